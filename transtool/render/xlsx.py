"""The report as a workbook for spreadsheets: summary, matrix, work list and findings, each with a filter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from transtool.errors import N_, lacking_extra
from transtool.i18n import Words
from transtool.i18n.safe_text import visible
from transtool.model import COUNTED, Cell, EpisodeReport, Report, Severity, Status, Tally
from transtool.render.links import Links, links
from transtool.render.marks import SYMBOLS
from transtool.render.spreadsheet import begins_formula

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

LONGEST = 32_767
"""Characters that a cell holds."""

LINKS = 65_000
"""Web addresses that a sheet holds, a few less than Excel allows."""

_DONE = (Status.CURRENT, Status.EXEMPT)
# Dark text on a light ground, as spreadsheets mark good, neutral and bad.
_COLOURS: dict[str, tuple[str, str]] = {
    Status.CURRENT: ("#0b5d1e", "#d7f0dd"),
    Status.STALE: ("#6b4a00", "#fdeec2"),
    Status.DRAFT: ("#5b2a6e", "#efe0f5"),
    Status.MISSING: ("#8c1622", "#fbdadd"),
    Status.UNKNOWN: ("#0b4a66", "#d9eef8"),
    Status.UNREADABLE: ("#ffffff", "#a11220"),
    Status.EXEMPT: ("#57606a", "#f0f1f3"),
    Severity.ERROR: ("#ffffff", "#a11220"),
    Severity.WARNING: ("#6b4a00", "#fdeec2"),
    Severity.INFO: ("#0b4a66", "#d9eef8"),
}


@dataclass(frozen=True, slots=True)
class _Marked:
    """Text with the look of a status or a severity."""

    text: str
    look: str


@dataclass(frozen=True, slots=True)
class _Share:
    """A share from 0 to 1, shown in percent."""

    share: float


@dataclass(frozen=True, slots=True)
class _Link:
    """Text that leads to a web address; just text without one."""

    text: str
    address: str


_Value = str | int | _Marked | _Share | _Link


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One sheet: titles and widths of its columns, its rows, and how many columns stay in sight.

    `totals` is how many rows at the end are sums, which are not filtered and sorted with the others.
    """

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[_Value]]
    frozen: int
    bars: Sequence[int] = ()
    totals: int = 0


def render(report: Report, words: Words) -> bytes:
    """Return the workbook (XLSX) in the language of `words`; the same bytes for the same report.

    Text of the site is written as text whatever it begins with, control characters as visible escapes. Raises
    UsageError where XlsxWriter (the extra `xlsx`) is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise lacking_extra(N_("the format xlsx needs XlsxWriter"), "xlsx") from error
    target = BytesIO()
    with Workbook(target, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"title": words.text(N_("Translations")), "created": _moment(report.generated)})
        book = _Book(workbook, words.direction == "rtl")
        for sheet in (_summary(report, words), _matrix(report, words), _work(report, words), _findings(report, words)):
            book.add(sheet)
    return target.getvalue()


class _Book:
    """Writes sheets into a workbook; keeps the formats that cells share."""

    def __init__(self, workbook: Workbook, right_to_left: bool) -> None:
        self.workbook = workbook
        self.right_to_left = right_to_left
        self.links = 0
        self.head = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.share = workbook.add_format({"num_format": "0%"})
        self.quoted = workbook.add_format({"quote_prefix": True})
        self.link = workbook.add_format({"font_color": "#0b57d0", "underline": 1})
        self.looks = {
            name: workbook.add_format({"font_color": text, "bg_color": ground})
            for name, (text, ground) in _COLOURS.items()
        }

    def add(self, sheet: _Sheet) -> None:
        """Write one sheet with a filter over its columns, its head and first columns frozen."""
        target = self.workbook.add_worksheet(sheet.name[:31])
        if self.right_to_left:
            target.right_to_left()
        for column, (title, width) in enumerate(sheet.columns):
            target.set_column(column, column, width)
            target.write_string(0, column, title[:1].upper() + title[1:], self.head)
        for row, values in enumerate(sheet.rows, 1):
            for column, value in enumerate(values):
                self._write(target, row, column, value)
        target.autofilter(0, 0, max(1, len(sheet.rows) - sheet.totals), len(sheet.columns) - 1)
        target.freeze_panes(1, sheet.frozen)
        for column in sheet.bars:
            bar = {"type": "data_bar", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
            target.conditional_format(1, column, max(1, len(sheet.rows)), column, {**bar, "bar_color": "#8fd19e"})

    def _write(self, target: Any, row: int, column: int, value: _Value) -> None:
        match value:
            case str():
                self._text(target, row, column, value)
            case int():
                target.write_number(row, column, value)
            case _Share(share):
                target.write_number(row, column, share, self.share)
            case _Marked(text, look):
                target.write_string(row, column, text, self.looks.get(look))
            case _Link(text, address):
                self.links += 1
                # Excel repairs a file with an address that is too long, or with too many, by removing all links.
                if not address or len(address) > 2000 or self.links > LINKS:
                    self._text(target, row, column, text)
                else:
                    target.write_url(row, column, address, self.link, string=_fitting(text))

    def _text(self, target: Any, row: int, column: int, text: str) -> None:
        """Write text as text. The prefix keeps it text when somebody edits the cell and leaves it."""
        shown = _fitting(text)
        target.write_string(row, column, shown, self.quoted if begins_formula(text) else None)


def _fitting(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _moment(generated: str) -> datetime:
    """Return the moment of the report, or a fixed one: a workbook always says when it was made."""
    try:
        return datetime.fromisoformat(generated).astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return datetime(1980, 1, 1)


def _titled(words: Words, *columns: tuple[str, int]) -> list[tuple[str, int]]:
    """Return columns by their titles (marked with `N_`) and widths, in the language of `words`."""
    return [(words.text(title), width) for title, width in columns]


def _summary(report: Report, words: Words) -> _Sheet:
    counts = [(words.status(status), 11) for status in COUNTED]
    first = _titled(words, (N_("Series"), 18), (N_("language"), 24), ("BCP 47", 9), (N_("expected"), 11))
    columns = [*first, *counts, *_titled(words, (N_("coverage"), 12), (N_("fresh"), 12))]
    rows: list[Sequence[_Value]] = [
        [series, words.language(language, alone=True), language, *_figures(tally)]
        for series in report.series
        for language in report.languages
        if any((tally := report.tally(language, series)).counts.values())
    ]
    rows.append([words.text(N_("Total")), "", "", *_figures(report.tally())])
    bars = (len(columns) - 2, len(columns) - 1)
    return _Sheet(name=words.text(N_("Summary")), columns=columns, rows=rows, frozen=3, bars=bars, totals=1)


def _figures(tally: Tally) -> Iterator[_Value]:
    yield tally.expected
    yield from (tally[status] for status in COUNTED)
    yield from (_Share(tally.coverage), _Share(tally.freshness)) if tally.expected else ("–", "–")


def _matrix(report: Report, words: Words) -> _Sheet:
    columns = _titled(words, (N_("Series"), 14), (N_("Episode"), 10), (N_("Title"), 44))
    columns += [(words.language(language, alone=True), 14) for language in report.languages]
    rows = [
        [*_episode(episode), *(_status(episode.cell(language), words) for language in report.languages)]
        for episode in report.episodes
    ]
    return _Sheet(name=words.text(N_("Matrix")), columns=columns, rows=rows, frozen=3)


def _episode(episode: EpisodeReport) -> tuple[_Value, ...]:
    return (episode.series, _key(episode.key), episode.title)


def _key(key: str) -> str | int:
    """Return a key as a number where it is one, so that it sorts like one."""
    number = key.isascii() and key.isdigit() and len(key) < 16 and str(int(key)) == key
    return int(key) if number else key


def _status(cell: Cell | None, words: Words) -> _Value:
    return "" if cell is None else _Marked(f"{SYMBOLS[cell.status]} {words.status(cell.status)}", cell.status)


def _work(report: Report, words: Words) -> _Sheet:
    first = ((N_("language"), 18), (N_("Series"), 14), (N_("Episode"), 10), (N_("Title"), 44), (N_("Status"), 14))
    more = ((N_("Words"), 10), (N_("Words in the source"), 12), (N_("translated"), 12), (N_("File"), 60))
    columns = _titled(words, *first, *more)
    targets = links(report.repository)
    rows = [
        [words.language(cell.language, alone=True), *_episode(episode), *_task(cell, words, targets)]
        for language in report.languages
        for episode, cell in _longest_first(report, language)
    ]
    return _Sheet(name=words.text(N_("Work list")), columns=columns, rows=rows, frozen=3)


def _longest_first(report: Report, language: str) -> list[tuple[EpisodeReport, Cell]]:
    work = (pair for pair in report.translations if pair[1].language == language and pair[1].status not in _DONE)
    return sorted(work, key=lambda pair: -pair[1].words)


def _task(cell: Cell, words: Words, targets: Links) -> Iterator[_Value]:
    address = targets.create(cell.path) if cell.status is Status.MISSING else targets.edit(cell.path)
    yield _status(cell, words)
    yield from (cell.words, cell.total, _Share(cell.translated))
    yield _Link(cell.path, address)


def _findings(report: Report, words: Words) -> _Sheet:
    first = ((N_("severity"), 12), (N_("Rule"), 14), (N_("language"), 18), (N_("Series"), 14), (N_("Episode"), 10))
    columns = _titled(words, *first, (N_("File"), 60), (N_("Line"), 8), (N_("Finding"), 90))
    rows: list[Sequence[_Value]] = [
        [
            _Marked(words.severity(finding.severity), finding.severity),
            finding.rule,
            words.language(finding.language, alone=True) if finding.language else "",
            finding.series or "",
            _key(finding.key or ""),
            finding.path,
            finding.line or "",
            words.finding(finding),
        ]
        for finding in report.all_findings()
    ]
    return _Sheet(name=words.text(N_("Findings")), columns=columns, rows=rows, frozen=2)
