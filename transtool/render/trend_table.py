"""Coverage and freshness over time for a terminal: a small line of columns for each language."""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from transtool.errors import N_
from transtool.i18n import ENGLISH, Words
from transtool.i18n.safe_text import visible
from transtool.render.json_text import dumps
from transtool.render.screen import PLAIN_WIDTH, drawn, plain_table, shown
from transtool.render.spreadsheet import table
from transtool.trend.model import Point, Trend, total

_COLUMNS = " ▁▂▃▄▅▆▇█"
_STEPS = (1, 2, 3, 4, 6, 12)
_ROOM = 48
"""Columns for names and shares, beside the two lines."""
_SHORTEST = 8


def render(trend: Trend, words: Words, *, colour: bool = False, width: int | None = None) -> str:
    """Return a line for each language, one for all of them, and what they mean. See `table.render`."""
    return drawn(_parts(trend, words, width or PLAIN_WIDTH), words, colour=colour, width=width)


def _parts(trend: Trend, words: Words, width: int) -> Iterator[RenderableType]:
    months = trend.months
    if not months:
        yield Text(words.text(N_("no translation was ever expected")))
        return
    yield Text(words.text(N_("Coverage and freshness, {first} to {last}"), first=months[0], last=months[-1]), "bold")
    step = _step(len(months), max(_SHORTEST, (width - _ROOM) // 2))
    shown_months = frozenset(months[::-1][::step])
    yield ""
    yield _table(trend, shown_months, words)
    yield ""
    yield Text(words.plural(N_("each column is a month"), N_("each column is {count} months"), step), "dim")


def _step(months: int, room: int) -> int:
    """Return how many months a column stands for, so that all fit: a number that divides a year, else full years."""
    fitting = (step for step in _STEPS if -(-months // step) <= room)
    return next(fitting, 12 * -(-months // (12 * room)))


def _table(trend: Trend, months: frozenset[str], words: Words) -> Table:
    table = plain_table()
    table.add_column(words.text(N_("language")), no_wrap=True)
    for heading in (words.text(N_("coverage")), words.text(N_("fresh"))):
        table.add_column(heading, no_wrap=True)
        table.add_column("", no_wrap=True, justify="right")
    for language in trend.languages:
        name = Text.assemble(shown(words.language(language, alone=True), words), (f" {visible(language)}", "dim"))
        table.add_row(name, *_cells(trend.of(language), months, words))
    if len(trend.languages) > 1:
        table.add_section()
        table.add_row(Text(words.text(N_("Total")), "bold"), *_cells(total(trend), months, words))
    return table


def _cells(points: Sequence[Point], months: frozenset[str], words: Words) -> Iterator[Text]:
    some = [point for point in points if point.month in months]
    now = points[-1].tally
    # Both lines end today: what began later begins later.
    yield Text("".join(_column(point.tally.coverage) for point in some).rjust(len(months)), "blue")
    yield _share(now.coverage, now.covered, now.expected, words)
    yield Text("".join(_column(point.tally.freshness) for point in some).rjust(len(months)), "green")
    yield _share(now.freshness, now.current, now.expected, words)


def _share(share: float, count: int, expected: int, words: Words) -> Text:
    """Return `9/12  75%`, the percent in a column of their own."""
    percent, widest = words.percent(share), cell_len(words.percent(1)) + 1
    counted = f"{words.number(count)}/{words.number(expected)}"
    return Text.assemble((counted, "dim"), " " * (widest - cell_len(percent)), percent)


def _column(share: float) -> str:
    """Return the column for a share: empty for none, full only for all."""
    if share >= 1:
        return _COLUMNS[-1]
    return _COLUMNS[0] if share <= 0 else _COLUMNS[1 + int(share * (len(_COLUMNS) - 2))]


COLUMNS = ("month", "language", "expected", "covered", "current", "coverage", "freshness")


def csv_of(trend: Trend, words: Words = ENGLISH) -> str:
    """Return the CSV: `coverage` and `freshness` are shares from 0 to 1 with four decimals. Stable English."""
    points = sorted(trend.points, key=lambda point: point.month)
    return table([COLUMNS, *map(_row, points)], lineterminator="\n")


def _row(point: Point) -> tuple[str | int, ...]:
    counts = (point.tally.expected, point.tally.covered, point.tally.current)
    return (point.month, point.language, *counts, f"{point.tally.coverage:.4f}", f"{point.tally.freshness:.4f}")


def json_of(trend: Trend, words: Words = ENGLISH) -> str:
    """Return the points, oldest month first; `coverage` and `freshness` are shares from 0 to 1."""
    points = [
        {
            "month": point.month,
            "language": point.language,
            "expected": point.tally.expected,
            "covered": point.tally.covered,
            "current": point.tally.current,
            "coverage": round(point.tally.coverage, 4),
            "freshness": round(point.tally.freshness, 4),
        }
        for point in sorted(trend.points, key=lambda point: point.month)
    ]
    document = {"schema": 1, "languages": list(trend.languages), "points": points}
    return dumps(document)
