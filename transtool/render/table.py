"""The report for a terminal: how far every language is, then what is wrong. Plain lines where no terminal reads."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transtool.errors import N_
from transtool.i18n import Words
from transtool.i18n.safe_text import isolated, location, visible
from transtool.model import Report, Severity, Status
from transtool.render.coverage import coverage
from transtool.render.groups import Entry, Group, grouped
from transtool.render.marks import SEVERITY_SYMBOLS, STYLES
from transtool.render.screen import PLAIN_WIDTH, drawn

ENTRIES = 10
"""Entries of one rule before the rest is only counted."""
PLACES = 3
"""Places of one entry before the rest is only counted."""


def render(
    report: Report, words: Words, *, colour: bool = False, width: int | None = None, entries: int | None = ENTRIES
) -> str:
    """Return the coverage table and the findings.

    `width` is that of the terminal, in columns; None means that no person reads along: nothing is folded, cut or
    wrapped, and every finding is one line that begins with `path:line`. `entries` limits how much of one rule is
    shown on a terminal (None: all of it). `colour` adds escape sequences.
    """
    groups = grouped(report.all_findings(), words)
    parts = [*coverage(report, words, width or PLAIN_WIDTH)]
    for group in groups:
        parts += ["", _heading(group, words, width)]
        parts += _lines(group, words) if width is None else _folded(group, words, width, entries)
    parts += ["", _summary(groups, words)]
    return drawn(parts, words, colour=colour, width=width)


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


def _lines(group: Group, words: Words) -> Iterator[Text]:
    for finding in group.findings:
        place = isolated(location(finding.path, finding.line), words.direction)
        yield Text(f"{place}: {words.severity(finding.severity)}: {words.finding(finding)} [{visible(finding.rule)}]")


def _folded(group: Group, words: Words, width: int, limit: int | None) -> Iterator[RenderableType]:
    entries = group.entries[:limit]
    if len(entries) < len(group.entries) and len(group.fields) > 1:
        yield Text("  " + ", ".join(f"{visible(field)}: {words.number(count)}" for field, count in group.fields), "dim")
    for entry in entries:
        if len(entry.places) > 1:
            yield from _repeated(entry, words, None if limit is None else PLACES)
    yield from _single([entry for entry in entries if len(entry.places) == 1], words, width)
    hidden = len(group.findings) - sum(len(entry.findings) for entry in entries)
    if hidden:
        command = f"transtool check --rule {group.rule}"
        yield Text("  " + words.text(N_("and {count} more: {command}"), count=hidden, command=command), "dim")


def _repeated(entry: Entry, words: Words, limit: int | None) -> Iterator[RenderableType]:
    """Say once what is true of many places, then where."""
    yield Padding(
        Text.assemble(entry.sentence, (f"  {words.counted('places', len(entry.places))}", "dim")), (0, 0, 0, 2)
    )
    for path, line in entry.places[:limit]:
        yield Text("      ").append(_place(path, line, words))
    hidden = len(entry.places[limit:]) if limit else 0
    if hidden:
        yield Text("      " + words.text(N_("and {count} more"), count=hidden), "dim")


def _single(entries: list[Entry], words: Words, width: int) -> Iterator[RenderableType]:
    """Put places and sentences side by side, or below each other where half of the width is too little."""
    places = [_place(*entry.places[0], words) for entry in entries]
    widest = max((place.cell_len for place in places), default=0)
    if widest * 2 > width:
        for place, entry in zip(places, entries, strict=True):
            yield Text("  ").append(place)
            yield Padding(Text(entry.sentence), (0, 0, 0, 6))
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=0)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for place, entry in zip(places, entries, strict=True):
        grid.add_row("", place, entry.sentence)
    yield grid


def _place(path: str, line: int | None, words: Words) -> Text:
    return Text(isolated(location(path, line), words.direction), "cyan")


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
