"""Show what changed in the source since a translation was made, segment by segment (`transtool diff`)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rich.console import RenderableType
from rich.text import Text

from transtool.errors import N_
from transtool.i18n import Words
from transtool.i18n.safe_text import isolated, legible, location
from transtool.model import Cell, Change, ChangeKind, EpisodeReport, Finding, Json, Report, Status
from transtool.render import markdown_text as markdown
from transtool.render.change_text import heading_of, marked, places, told_in_markdown
from transtool.render.json_report import facts_of
from transtool.render.json_text import dumps
from transtool.render.marks import SEVERITY_SYMBOLS, STYLES, SYMBOLS
from transtool.render.readable import prose, readable, title_of
from transtool.render.screen import drawn, flowing, place, shown, unbroken
from transtool.text.worddiff import RunKind, diff

_STYLES: Mapping[RunKind, str] = {RunKind.EQUAL: "", RunKind.REMOVED: "red", RunKind.ADDED: "green"}
_PLAIN: Mapping[RunKind, tuple[str, str]] = {
    RunKind.EQUAL: ("", ""),
    RunKind.REMOVED: ("[-", "-]"),
    RunKind.ADDED: ("{+", "+}"),
}
_SIDE, _TEXT = 2, 6
"""Columns that the name of a side is indented by, and what it says."""


def render(report: Report, words: Words, *, colour: bool = False, width: int | None = None) -> str:
    """Return the changes of every translation in `report` for a terminal: `[-old-]{+new+}`, with and without colours.

    They are numbered, as `stamp --segment` names them; what is only noted has no numbers. `width` is that of the
    terminal, in columns; None means that nothing is wrapped.
    """
    parts: list[RenderableType] = []
    for episode, cell in report.translations:
        parts += [*_head(episode, cell, words), Text()]
        for number, change in enumerate(cell.changes, 1):
            parts += _block(f"{number}. ", change, episode, cell, words, width)
        for finding, changes in _notes(cell):
            parts += [Text(_said(finding, words), STYLES[finding.severity]), Text()]
            for change in changes:
                parts += _block("", change, episode, cell, words, width)
    if not parts:
        parts = [Text.assemble(("✓ ", STYLES[Status.CURRENT]), words.text(N_("nothing to report")))]
    return drawn(parts, words, colour=colour, width=width)


def changed(report: Report) -> Report:
    """Return the part of `report` of which there is something to show: what is stale, or has notes."""
    kept = (replace(each, cells=tuple(filter(_has_changed, each.cells))) for each in report.episodes)
    return report.with_episodes(each for each in kept if each.cells)


def _has_changed(cell: Cell) -> bool:
    return cell.status is Status.STALE or any(_notes(cell))


def render_json(report: Report) -> str:
    """Return the changes as JSON: the changes of the report with their texts and word-level runs."""
    document = {"schema": 1, "translations": [_json(episode, cell) for episode, cell in report.translations]}
    return dumps(document)


def render_markdown(report: Report, words: Words) -> str:
    """Return the changes as Markdown, for an issue or a message to a translator."""
    lines: list[str] = []
    for episode, cell in report.translations:
        name = markdown.text(f"{episode.series} {episode.key}")
        title = markdown.text(title_of(episode))
        lines += [f"## {name} ({markdown.escaped(words.language(cell.language))}): {title}", ""]
        lines += [markdown.escaped(_state(cell, words)), ""]
        for change in cell.changes:
            lines += _in_markdown(change, episode, cell, words)
        for finding, changes in _notes(cell):
            lines += [markdown.escaped(_said(finding, words)), ""]
            for change in changes:
                lines += _in_markdown(change, episode, cell, words)
    return "\n".join(lines)


def _in_markdown(change: Change, episode: EpisodeReport, cell: Cell, words: Words) -> Iterator[str]:
    where = " → ".join(places(change, episode, cell, words, lambda *place: markdown.code(location(*place))))
    yield from (f"### {markdown.escaped(heading_of(change, words))} {where}", "")
    yield from told_in_markdown(change)


def _notes(cell: Cell) -> Iterator[tuple[Finding, tuple[Change, ...]]]:
    """Give what the source changed that a translation need not follow, below the finding that says so."""
    for finding in cell.findings:
        if finding.rule == "markup":
            yield finding, cell.markup
        elif finding.rule == "correction":
            left_alone = bool(finding.problem)
            yield finding, tuple(change for change in cell.corrections if change.left_alone is left_alone)


def _said(finding: Finding, words: Words) -> str:
    return f"{SEVERITY_SYMBOLS[finding.severity]} {words.severity(finding.severity)}: {words.finding(finding)}"


def _head(episode: EpisodeReport, cell: Cell, words: Words) -> Iterator[RenderableType]:
    name = shown(f"{episode.series} {episode.key}", words, "bold")
    yield Text("  ").join([name, Text(words.language(cell.language)), shown(prose(episode.title), words)])
    yield Text(f"{SYMBOLS[cell.status]} ", STYLES[cell.status]) + Text(_state(cell, words))


def _state(cell: Cell, words: Words) -> str:
    """Return one sentence about what the translation is, and how that is known."""
    if cell.status is Status.STALE and cell.changes:
        count = sum(change.words for change in cell.changes)
        facts = {"segments": len(cell.changes), "words": count, "basis": cell.basis or ""}
        return words.text(
            N_("the source changed since this translation: {counted_segments}, {counted_words} ({basis})"), **facts
        )
    if cell.status is Status.STALE:
        return words.text(N_("the source changed since this translation was stamped; git cannot show where"))
    if cell.status is Status.CURRENT:
        nothing = N_("nothing changed since this translation ({basis})")
        if any(_notes(cell)):
            nothing = N_("nothing changed since this translation that it has to follow ({basis})")
        return words.text(nothing, basis=cell.basis or "")
    if cell.status is Status.UNKNOWN:
        return words.reason(cell.reason)
    return words.status(cell.status)


def _block(
    number: str, change: Change, episode: EpisodeReport, cell: Cell, words: Words, width: int | None
) -> Iterator[RenderableType]:
    """Show both sides of a change: what the source says and said, and what the translation says now."""
    told = readable(change)
    yield Text(f"{number}{heading_of(change, words)}", "bold")
    if episode.source is not None:
        where = None if change.source_line is None else place(episode.source.path, change.source_line)
        yield _side(words.language(episode.source.language, alone=True), where, words)
        yield from text_of(told.before, told.after, width)
    there = place(cell.path, change.line or change.after_line or None)
    yield _side(words.language(cell.language, alone=True), there, words, _after(change, words))
    if change.present:
        said = isolated(legible(told.present.strip()), words.direction)
        yield from flowing(Text(said, "dim"), width, _TEXT)
    yield Text()


def _side(language: str, where: Text | None, words: Words, remark: str = "") -> RenderableType:
    """Name a side, and its place: alone at the end of a line, so that it can be found and copied."""
    line = unbroken("", indent=_SIDE).append(shown(language, words, "bold"))
    if remark:
        line.append(f"  {remark}")
    return line if where is None else line.append("  ").append(where)


def _after(change: Change, words: Words) -> str:
    """Say that something is to be added after the line that is named with it."""
    if change.change is not ChangeKind.ADDED or change.line is not None or change.after_line is None:
        return ""
    return words.text(N_("to be added after")) if change.after_line else words.text(N_("to be added at the top of"))


def text_of(before: str, after: str, width: int | None) -> Iterator[Text]:
    """Give lines with what became of a text, indented, as `[-old-]{+new+}`: a colour is not seen by everybody."""
    runs = diff(before, after)
    pieces = zip(runs, marked(runs, _PLAIN, legible), strict=True)
    yield from flowing(Text.assemble(*((text, _STYLES[run.kind]) for run, text in pieces)), width, _TEXT)


def _json(episode: EpisodeReport, cell: Cell) -> dict[str, Json]:
    return {
        "series": episode.series,
        "key": episode.key,
        "language": cell.language,
        "status": cell.status.value,
        "basis": cell.basis.value if cell.basis else None,
        "reason": cell.reason,
        "source": episode.source.path if episode.source else None,
        "path": cell.path,
        "changes": [_json_change(change) for change in cell.changes],
        "corrections": [_json_change(change) for change in cell.corrections],
        "markup": [_json_change(change) for change in cell.markup],
    }


def _json_change(change: Change) -> dict[str, Json]:
    runs: list[Json] = [{"run": run.kind.value, "text": run.text} for run in diff(change.before, change.after)]
    return {
        **facts_of(change),
        "characters": change.characters,
        "before": change.before,
        "after": change.after,
        "present": change.present,
        "runs": runs,
    }
