"""The report as CSV: a line per episode and language, to open in a spreadsheet."""

from collections.abc import Iterator

from transtool.i18n import ENGLISH, Words
from transtool.model import Cell, EpisodeReport, Report, Severity
from transtool.render.spreadsheet import table

COLUMNS = (
    "series",
    "key",
    "language",
    "status",
    "title",
    "translated_title",
    "path",
    "source_path",
    "basis",
    "words_to_translate",
    "total_words",
    "share_translated",
    "changes",
    "errors",
    "warnings",
    "notes",
)
"""The columns, in English whatever the interface speaks; new ones are added at the end."""

BYTE_ORDER_MARK = "\ufeff"


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return the table. It is the same in every language of the interface: programs read it too.

    It begins with a byte order mark: without one, Excel takes UTF-8 for the code page of the machine and shows
    `Ã±` for `ñ`; LibreOffice and Google Sheets do not mind, Python's codec is `utf-8-sig`. Cells that a spreadsheet
    would calculate get an apostrophe in front. Control characters become visible escapes, so a row is a line.
    """
    return BYTE_ORDER_MARK + table([COLUMNS, *rows(report)])


def rows(report: Report) -> Iterator[tuple[str | int | float, ...]]:
    """Yield the values of `COLUMNS` for every cell, in the order of the report."""
    for episode in report.episodes:
        for cell in sorted(episode.cells, key=lambda cell: cell.language):
            yield tuple(_row(episode, cell))


def _row(episode: EpisodeReport, cell: Cell) -> Iterator[str | int | float]:
    yield from (episode.series, episode.key, cell.language, cell.status.value, episode.title, cell.title, cell.path)
    yield "" if episode.source is None else episode.source.path
    yield "" if cell.basis is None else cell.basis.value
    yield from (cell.words, cell.total, round(cell.translated, 4), len(cell.changes))
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO):
        yield sum(finding.severity is severity for finding in cell.findings)
