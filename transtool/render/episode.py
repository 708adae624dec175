"""One episode in all its languages, for a terminal: how each one stands, where it is, what is wrong with it."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transtool.assess.work_list import Surroundings, command
from transtool.errors import N_
from transtool.i18n import Said, Words
from transtool.i18n.safe_text import visible
from transtool.model import Cell, Change, EpisodeReport, Finding, Report, Severity, Status
from transtool.render.marks import SEVERITY_SYMBOLS, STYLES, SYMBOLS
from transtool.render.readable import prose
from transtool.render.screen import FromLeft, drawn, place, shown, unbroken

CHANGES = 12
"""Changes of the source that are listed; `transtool diff` shows them all."""

_Part = RenderableType | FromLeft


def render(
    report: Report, words: Words, *, colour: bool = False, width: int | None = None, about: Surroundings | None = None
) -> str:
    """Return every episode of `report` below each other; `about` is what commands about them have to name.

    `width` is that of the terminal, in columns; None means that nothing is wrapped. `colour` adds escape sequences.
    """
    parts: list[_Part] = []
    for episode in report.episodes:
        parts += [*([""] if parts else []), *_episode(episode, words, about or Surroundings())]
    return drawn(parts, words, colour=colour, width=width)


def _episode(episode: EpisodeReport, words: Words, about: Surroundings) -> Iterator[_Part]:
    title = shown(prose(episode.title), words, "bold")
    yield Text.assemble((f"{visible(episode.series)} {visible(episode.key)}", "bold"), "  ", title)
    if episode.source is None:
        yield Text(words.text(N_("no source file")), STYLES[Severity.WARNING])
    else:
        name = words.text(N_("source, {language_name}"), language=episode.source.language)
        yield FromLeft(Text.assemble(place(episode.source.path), (f"  {words.beside(name)}", "dim")))
        yield from _findings(episode.source.findings, episode.source.path, words)
    for cell in episode.cells:
        yield from ("", _head(cell, words), *map(_indented, _body(episode, cell, words, about)))


def _indented(part: _Part) -> _Part:
    """Indent everything but unbroken lines, which are indented already."""
    match part:
        case FromLeft(inner):
            return FromLeft(Text("    ").append(inner)) if isinstance(inner, Text) else part
        case Text() if part.no_wrap:
            return part
    return Padding(part, (0, 0, 0, 4))


def _head(cell: Cell, words: Words) -> Text:
    head = Text.assemble(
        (f"{SYMBOLS[cell.status]} ", STYLES[cell.status]),
        shown(words.status(cell.status), words, STYLES[cell.status]),
        "  ",
        shown(words.language(cell.language, alone=True), words, "bold"),
        (f" {visible(cell.language)}", "dim"),
    )
    return head.append("  ").append(shown(prose(cell.title), words)) if cell.title else head


def _body(episode: EpisodeReport, cell: Cell, words: Words, about: Surroundings) -> Iterator[_Part]:
    if cell.path and cell.status in (Status.MISSING, Status.EXEMPT):
        yield Text(words.text(N_("would be {path}"), path=cell.path), "dim")
    elif cell.path:
        yield FromLeft(place(cell.path))
    facts = [*_facts(cell, words)]
    if facts:
        yield Text(" · ".join(facts), "dim")
    # What a missing translation lacks is said by its status, and its path by the line above.
    yield from _findings([each for each in cell.findings if each.rule != "missing"], cell.path, words)
    yield from _changes(episode, cell, words, about)


def _facts(cell: Cell, words: Words) -> Iterator[str]:
    if cell.words and cell.words == cell.total:
        yield words.text(N_("to translate: {counted_words}"), words=cell.words)
    elif cell.words:
        yield words.text(
            N_("to translate: {counted_words} of {total} ({percent})"),
            words=cell.words,
            total=cell.total,
            share=cell.words / max(cell.total, cell.words),
        )
    if cell.basis is not None:
        yield words.text(N_("baseline: {basis}"), basis=cell.basis.value)
    if cell.dismissed:
        yield words.text(N_("dismissed: {counted_segments}"), segments=len(cell.dismissed))
    if cell.reason and not any(finding.rule == "unknown" for finding in cell.findings):
        yield words.reason(cell.reason)


def _findings(findings: Sequence[Finding], path: str, words: Words) -> Iterator[RenderableType]:
    if not findings:
        return
    grid = _grid(3)
    for finding in sorted(findings, key=lambda each: each.line or 0):
        # A line of the file named above needs no path.
        line = "" if finding.line is None else f"{finding.line}"
        where = Text(line, "cyan") if finding.path == path else place(finding.path, finding.line)
        mark = f"{SEVERITY_SYMBOLS.get(finding.severity, ' ')} {visible(finding.rule)}"
        grid.add_row(where, Text(mark, STYLES[finding.severity]), Text(words.finding(finding)))
    yield grid


def _changes(episode: EpisodeReport, cell: Cell, words: Words, about: Surroundings) -> Iterator[RenderableType]:
    if not cell.changes:
        return
    grid = _grid(3)
    for change in cell.changes[:CHANGES]:
        grid.add_row(Text("–" if change.line is None else str(change.line), "cyan"), *_change(change, words))
    yield grid
    series = about.series_of(episode)
    compare = Said(command("diff", episode.key, language=cell.language, series=series, where=about.where))
    hidden = len(cell.changes) - CHANGES
    if hidden > 0:
        yield unbroken(words.text(N_("and {count} more: {command}"), count=hidden, command=compare), "dim", 4)
    else:
        yield unbroken(words.text(N_("compare: {command}"), command=compare), "dim", 4)


def _change(change: Change, words: Words) -> Iterator[Text]:
    what = change.field or Said(words.kind(change.kind))
    # Translators: what happened to a part of the source, e.g. "edited paragraph"
    said = words.text(N_("{change} {what}"), change=change.change.value, what=what)
    yield Text(said, STYLES[Status.STALE])
    if change.source_line is None:
        yield Text(words.counted("words", change.words), "dim")
    else:
        facts = {"words": change.words, "line": change.source_line}
        yield Text(words.text(N_("{counted_words}, source line {line}"), **facts), "dim")


def _grid(columns: int) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(justify="right", no_wrap=True)
    for _ in range(columns - 1):
        grid.add_column(overflow="fold")
    return grid
