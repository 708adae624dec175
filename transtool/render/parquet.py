"""The report as Parquet: a row per site, episode and language, for DuckDB and everything else that reads columns."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

from transtool.errors import N_, lacking_extra
from transtool.fleet import Fleet, Judged
from transtool.i18n import ENGLISH, Words
from transtool.model import Cell, EpisodeReport, Report, Severity

COLUMNS = {
    "site": "string",
    "series": "string",
    "key": "string",
    "language": "string",
    "status": "string",
    "words": "int64",
    "total": "int64",
    "path": "string",
    "since": "timestamp",
    "title": "string",
    "source_language": "string",
    "source_path": "string",
    "basis": "string",
    "translated": "double",
    "changes": "int64",
    "errors": "int64",
    "warnings": "int64",
    "notes": "int64",
}
"""The columns and their types, as docs/fleet.md describes them; new ones are added at the end."""

_ROWS = 100_000
"""Rows that are turned into columns at once: values of Python take ten times the memory of columns."""


def render(report: Report, words: Words = ENGLISH) -> bytes:
    """Return the file for one site, which has no name there. Raises UsageError without pyarrow (the extra `fleet`)."""
    return _file([Judged("", report)])


def fleet(found: Fleet, words: Words = ENGLISH) -> bytes:
    """Return the file for all sites that were judged."""
    return _file(found.judged)


def _file(sites: Iterable[Judged]) -> bytes:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise lacking_extra(N_("the format parquet needs PyArrow"), "fleet") from error
    types = {name: _type(pyarrow, kind) for name, kind in COLUMNS.items()}
    schema = pyarrow.schema(list(types.items()))
    target = BytesIO()
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in _batches(row for site in sites for row in _rows(site)):
            columns = zip(*rows, strict=True)
            arrays = [pyarrow.array(values, kind) for values, kind in zip(columns, types.values(), strict=True)]
            writer.write_table(pyarrow.table(arrays, schema=schema))
    return target.getvalue()


def _type(pyarrow: Any, kind: str) -> Any:
    return pyarrow.timestamp("s", "UTC") if kind == "timestamp" else pyarrow.type_for_alias(kind)


def _batches(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    while batch := [*islice(rows, _ROWS)]:
        yield batch


def _rows(site: Judged) -> Iterator[tuple[object, ...]]:
    for episode in site.report.episodes:
        for cell in sorted(episode.cells, key=lambda cell: cell.language):
            yield tuple(map(_unicode, _row(site.name, episode, cell)))


def _row(site: str, episode: EpisodeReport, cell: Cell) -> Iterator[object]:
    source = episode.source
    yield from (site, episode.series, episode.key, cell.language, cell.status.value, cell.words, cell.total, cell.path)
    yield None if cell.age is None else datetime.fromisoformat(cell.age.since)
    yield episode.title
    yield from (None, None) if source is None else (source.language, source.path)
    yield None if cell.basis is None else cell.basis.value
    yield from (cell.translated, len(cell.changes))
    for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO):
        yield sum(finding.severity is severity for finding in cell.findings)


def _unicode(value: object) -> object:
    """Return text as UTF-8 can hold it: names of files need not be Unicode."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
