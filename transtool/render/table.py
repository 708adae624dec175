"""The report for a terminal: a page of how far every language is, what fails the run, and how much else there is.

Where no terminal reads, all findings, in lines that programs can read.
"""

from collections.abc import Callable, Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transtool.assess.gate import Gate
from transtool.errors import N_
from transtool.i18n import Said, Words
from transtool.i18n.safe_text import isolated, location, visible
from transtool.model import Finding, Report, Severity, Status
from transtool.render.coverage import coverage
from transtool.render.extent import Extent
from transtool.render.groups import Entry, Group, grouped
from transtool.render.hints import NOWHERE, Hints
from transtool.render.marks import SEVERITY_SYMBOLS, STYLES
from transtool.render.screen import PLAIN_WIDTH, FromLeft, drawn, place, shown, unbroken

ENTRIES = 10
"""Entries of a rule that fails the run before the rest is only counted."""
PLACES = 3
"""Places of one entry before the rest is only counted."""
FEW = 10
"""Entries of all rules that are shown rather than counted: with the coverage of some languages they fit on a page."""

_USUAL = Gate().fails
"""Says which findings fail a run that asks for nothing else."""

_Part = RenderableType | FromLeft


def render(
    report: Report,
    words: Words,
    *,
    colour: bool = False,
    width: int | None = None,
    extent: Extent = Extent.PAGE,
    fails: Callable[[Finding], bool] = _USUAL,
    hints: Hints = NOWHERE,
) -> str:
    """Return the coverage table, as much of the findings as `extent` says, and the sum with the next command.

    `width` is that of the terminal, in columns; None means that no person reads along: nothing is folded, cut or
    wrapped, every finding is one line that begins with `path:line`, and a page has all of them. `fails` says which
    findings fail the run. `colour` adds escape sequences.
    """
    groups = grouped(report.all_findings(), words)
    failing = [group for group in groups if fails(group.findings[0])]
    if extent is Extent.FAILING:
        return drawn(_failing(failing, words, width, hints), words, colour=colour, width=width)
    parts: list[_Part] = [*coverage(report, words, width or PLAIN_WIDTH)]
    listed, counted = _divided(groups, failing, extent, is_page=width is not None)
    for group in listed:
        limit = ENTRIES if extent is Extent.PAGE else None
        parts += ["", _heading(group, words, width)]
        parts += _lines(group, words) if width is None else _folded(group, words, width, limit, hints)
    if counted:
        parts += ["", *_counts(counted, words), *_more(counted, words, hints)]
    parts += ["", _summary(groups, words)]
    if width is not None and groups:
        parts += _next(report, words, hints)
    return drawn(parts, words, colour=colour, width=width)


def _divided(
    groups: Sequence[Group], failing: Sequence[Group], extent: Extent, *, is_page: bool
) -> tuple[Sequence[Group], Sequence[Group]]:
    """Return the groups whose findings are listed, and those that are only counted."""
    if extent is Extent.SUMMARY:
        return (), groups
    if extent is Extent.ALL or not is_page or sum(len(group.entries) for group in groups) <= FEW:
        return groups, ()
    return failing, [group for group in groups if group not in failing]


def _failing(groups: Sequence[Group], words: Words, width: int | None, hints: Hints) -> Iterator[_Part]:
    for group in groups:
        if width is None:
            yield from _lines(group, words)
        else:
            yield from (_heading(group, words, width), *_folded(group, words, width, ENTRIES, hints))


def _counts(groups: Sequence[Group], words: Words) -> Iterator[_Part]:
    """Say of every rule how many findings it has and what it is about, in one line each where there is room."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    for justify in ("left", "right"):
        grid.add_column(no_wrap=True, justify=justify)
    grid.add_column(overflow="fold")
    for group in groups:
        mark = SEVERITY_SYMBOLS.get(group.severity, " ")
        count = words.number(len(group.findings))
        style = STYLES[group.severity]
        grid.add_row(Text(f"{mark} {visible(group.rule)}", style), count, shown(words.rule(group.rule), words))
    yield grid


def _more(groups: Sequence[Group], words: Words, hints: Hints) -> Iterator[Text]:
    yield Text()
    yield unbroken(words.text(N_("all findings: {command}"), command=Said(hints.check("--all"))), "dim")
    of_one = Said(hints.check("--rule", groups[0].rule))
    yield unbroken(words.text(N_("of one rule: {command}"), command=of_one), "dim")


def _next(report: Report, words: Words, hints: Hints) -> Iterator[Text]:
    """Give the command that goes on, if there is work for translators."""
    tally = report.tally()
    if tally.current < tally.expected:
        yield unbroken(words.text(N_("next: {command}"), command=Said(hints.todo())))


def _heading(group: Group, words: Words, width: int | None) -> Text:
    """Return the rule, what it is about and how much there is of it: in one line, or in two where that is too wide."""
    mark = SEVERITY_SYMBOLS.get(group.severity, " ")
    heading = Text.assemble(
        (f"{mark} {visible(group.rule)}", f"bold {STYLES[group.severity]}"),
        "  ",
        isolated(words.rule(group.rule), words.direction),
    )
    totals = words.total(group.severity, len(group.findings))
    count = Text(words.text(N_("{totals} in {counted_files}"), totals=totals, files=group.files), "dim")
    fits = width is None or heading.cell_len + count.cell_len + 2 <= width
    return Text("  " if fits else "\n  ").join([heading, count])


def _lines(group: Group, words: Words) -> Iterator[FromLeft]:
    for finding in group.findings:
        said = words.beside(f"{words.severity(finding.severity)}: {words.finding(finding)}")
        where = [location(finding.path, finding.line)] if finding.path else []
        yield FromLeft(
            Text(": ".join([*(isolated(each, "ltr") for each in where), f"{said} [{visible(finding.rule)}]"]))
        )


def _folded(group: Group, words: Words, width: int, limit: int | None, hints: Hints) -> Iterator[_Part]:
    entries = group.entries[:limit]
    if len(entries) < len(group.entries) and len(group.fields) > 1:
        yield Text("  " + ", ".join(f"{visible(field)}: {words.number(count)}" for field, count in group.fields), "dim")
    for entry in entries:
        if len(entry.places) > 1:
            yield from _repeated(entry, words, None if limit is None else PLACES)
    yield from _single([entry for entry in entries if len(entry.places) == 1], words, width)
    hidden = len(group.findings) - sum(len(entry.findings) for entry in entries)
    if hidden:
        command = Said(hints.check("--rule", group.rule))
        yield unbroken(words.text(N_("and {count} more: {command}"), count=hidden, command=command), "dim", 2)


def _repeated(entry: Entry, words: Words, limit: int | None) -> Iterator[_Part]:
    """Say once what is true of many places, then where."""
    yield Padding(
        Text.assemble(entry.sentence, (f"  {words.counted('places', len(entry.places))}", "dim")), (0, 0, 0, 2)
    )
    for path, line in entry.places[:limit]:
        yield FromLeft(Text("      ").append(place(path, line)))
    hidden = len(entry.places[limit:]) if limit else 0
    if hidden:
        yield Text("      " + words.text(N_("and {count} more"), count=hidden), "dim")


def _single(entries: list[Entry], words: Words, width: int) -> Iterator[FromLeft]:
    """Put places and sentences side by side, or below each other where half of the width is too little."""
    places = [place(*entry.places[0]) for entry in entries]
    sentences = [words.beside(entry.sentence) for entry in entries]
    widest = max((each.cell_len for each in places), default=0)
    if widest * 2 > width:
        for where, sentence in zip(places, sentences, strict=True):
            yield FromLeft(Text("  ").append(where))
            yield FromLeft(Padding(Text(sentence), (0, 0, 0, 6)))
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=0)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for where, sentence in zip(places, sentences, strict=True):
        grid.add_row("", where, sentence)
    yield FromLeft(grid)


def _summary(groups: Sequence[Group], words: Words) -> Text:
    """Return `2 errors, 34 warnings and 120 notes in 56 files`."""
    files = len({finding.path for group in groups for finding in group.findings})
    if not groups:
        return Text.assemble(("✓ ", STYLES[Status.CURRENT]), words.text(N_("nothing to report")))
    totals = [
        words.total(severity, count)
        for severity in Severity
        if (count := sum(len(group.findings) for group in groups if group.severity is severity))
    ]
    return Text(words.text(N_("{totals} in {counted_files}"), totals=words.list(totals), files=files), "bold")
