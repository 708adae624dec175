"""The coverage table: a line per language and series, with a bar, shares and their denominators."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from transtool.errors import N_
from transtool.i18n import Words
from transtool.i18n.safe_text import visible
from transtool.model import Report, Status, Tally
from transtool.render.marks import PIECES, STYLES, SYMBOLS, bar
from transtool.render.screen import plain_table, shown, together

_LONGEST_BAR, _SHORTEST_BAR = 24, 8
_ALWAYS = (Status.CURRENT, Status.STALE, Status.DRAFT, Status.MISSING, Status.UNKNOWN)
_WHERE_ANY = (Status.UNREADABLE, Status.EXEMPT)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table; a line without a tally is the title of what follows."""

    name: str
    tally: Tally | None
    indent: bool = False
    tag: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class _Shape:
    """What there is room for: a narrow terminal has symbols above the counts instead of names, then fewer columns."""

    bar: int = _SHORTEST_BAR
    freshness: bool = True
    names: bool = True
    counts: bool = True


_SHAPES = (
    _Shape(),
    _Shape(names=False),
    _Shape(bar=0, names=False),
    _Shape(bar=0, names=False, freshness=False),
    _Shape(counts=False, freshness=False),
    _Shape(bar=0, counts=False, freshness=False),
)


def coverage(report: Report, words: Words, width: int) -> Iterator[RenderableType]:
    """Yield the title, the table that fits into `width` columns and the legend; nothing without languages."""
    lines = tuple(_lines(report, words))
    yield Text(_title(report, words), "bold")
    if not any(line.tally for line in lines):
        return
    yield ""
    yield fitting(lines, report.tally(), words, width)
    yield ""
    yield legend(report.tally(), words)


def _title(report: Report, words: Words) -> str:
    return words.text(
        N_("{counted_episodes}, written in {source_name}"), episodes=len(report.episodes), source=report.source
    )


def _lines(report: Report, words: Words) -> Iterator[Line]:
    used = report.used_series
    for name in used:
        if len(used) > 1:
            yield Line(name, None)
        yield from _languages(report, name, words, indent=len(used) > 1)
    if len(report.cells) > 1:
        yield Line(words.text(N_("Total")), report.tally(), total=True)


def _languages(report: Report, series: str, words: Words, *, indent: bool) -> Iterator[Line]:
    tallies = report.tallies(series)
    for language in report.languages:
        tally = tallies.get(language, Tally({}))
        if tally.expected:
            yield Line(words.language(language, alone=True), tally, indent=indent, tag=visible(language))


def fitting(lines: tuple[Line, ...], total: Tally, words: Words, width: int, heading: str = N_("language")) -> Table:
    """Return the fullest table of `lines` that fits, the one with the longest bar.

    `heading` says what the lines are about; `total` has the statuses that there are columns for.
    """
    measure = Console(width=10_000, file=StringIO(), _environ={})

    def needs(shape: _Shape) -> int:
        return Measurement.get(measure, measure.options, _table(lines, total, words, shape, heading)).maximum

    for shape in _SHAPES:
        spare = width - needs(shape)
        if spare >= 0:
            longer = min(_LONGEST_BAR, shape.bar + spare) if shape.bar else 0
            return _table(lines, total, words, replace(shape, bar=longer), heading)
    return _table(lines, total, words, _SHAPES[-1], heading)


def _table(lines: tuple[Line, ...], total: Tally, words: Words, shape: _Shape, heading: str) -> Table:
    table = plain_table()
    statuses = _statuses(total) if shape.counts else ()
    table.add_column(shown(words.text(heading), words), no_wrap=True)
    # Translators: the share of wanted translations that exist and are not drafts
    table.add_column(shown(words.text(N_("coverage")), words), no_wrap=True, justify="right")
    if shape.bar:
        table.add_column("", no_wrap=True)
    if shape.freshness:
        # Translators: the share of wanted translations that are up to date
        table.add_column(shown(words.text(N_("fresh")), words), no_wrap=True, justify="right")
    for status in statuses:
        name = shown(words.status(status), words) if shape.names else Text(SYMBOLS[status], STYLES[status])
        table.add_column(name, no_wrap=True, justify="right")
    for line in lines:
        if line.total:
            table.add_section()
        table.add_row(*_cells(line, words, shape, statuses))
    return table


def _cells(line: Line, words: Words, shape: _Shape, statuses: tuple[Status, ...]) -> Iterator[RenderableType]:
    name = shown(line.name, words, "bold" if line.tally is None or line.total else "")
    tally = line.tally
    yield Text.assemble("  " if line.indent else "", name, (f" {line.tag}" if line.tag else "", "dim"))
    if tally is None:
        return
    yield _share(tally.coverage, tally.covered, tally, words)
    if shape.bar:
        yield Text.assemble(*((PIECES[status] * length, STYLES[status]) for status, length in bar(tally, shape.bar)))
    if shape.freshness:
        yield _share(tally.freshness, tally[Status.CURRENT], tally, words)
    for status in statuses:
        count = tally[status]
        yield Text(words.number(count), STYLES[status]) if count else Text("–", "dim")


def _share(share: float, count: int, tally: Tally, words: Words) -> Text:
    """Return `9/12  75%`: never a share without what it is a share of."""
    percent, widest = words.percent(share), cell_len(words.percent(1)) + 2
    return Text.assemble(
        (f"{words.number(count)}/{words.number(tally.expected)}", "dim"), " " * (widest - cell_len(percent)), percent
    )


def legend(tally: Tally, words: Words) -> Text:
    """Say what the pieces of bars and the symbols of columns mean."""
    return Text("   ").join(
        together(
            Text.assemble(
                (f"{PIECES.get(status, '')}{SYMBOLS[status]}", STYLES[status]),
                " ",
                shown(words.status(status), words, "dim"),
            )
        )
        for status in (*PIECES, Status.EXEMPT)
        if tally[status]
    )


def _statuses(total: Tally) -> tuple[Status, ...]:
    return (*_ALWAYS, *(status for status in _WHERE_ANY if total[status]))
