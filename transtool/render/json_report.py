"""The report as JSON, schema 1: stable, English, the same bytes for the same report. See `report.schema.json`."""

from collections.abc import Iterable, Iterator
from typing import Any

from transtool.i18n import ENGLISH, Words
from transtool.model import (
    COUNTED,
    Age,
    Cell,
    Change,
    EpisodeReport,
    Finding,
    Report,
    SegmentKind,
    Tally,
    natural_order,
)
from transtool.render.json_text import dumps_long

SCHEMA = 1


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return the JSON document. It is in English whatever `words` speak: programs read it."""
    return dumps_long(_head(report), _lists(report))


def document(report: Report) -> dict[str, Any]:
    """Return the document as plain values."""
    return _head(report) | {name: list(values) for name, values in _lists(report).items()}


def _head(report: Report) -> dict[str, Any]:
    """Return the document without what is long about it."""
    tallies = report.tallies()
    return {
        "schema": SCHEMA,
        "tool": {"name": "transtool", "version": report.version},
        "source": report.source,
        "languages": sorted(report.languages),
        "summary": {
            "episodes": len(report.episodes),
            "languages": {each: tally_of(tallies.get(each, Tally({}))) for each in sorted(report.languages)},
        },
    }


def _lists(report: Report) -> dict[str, Iterator[Any]]:
    return {"episodes": map(_episode, _ordered(report)), "findings": map(_finding, report.all_findings())}


def _ordered(report: Report) -> Iterable[EpisodeReport]:
    series = {name: index for index, name in enumerate(report.series)}
    return sorted(
        report.episodes, key=lambda episode: (series.get(episode.series, len(series)), natural_order(episode.key))
    )


def tally_of(tally: Tally) -> dict[str, Any]:
    """Return the counts of statuses, and the shares that they make."""
    return {
        "expected": tally.expected,
        **{status.value: tally[status] for status in COUNTED},
        "coverage": round(tally.coverage, 4),
        "freshness": round(tally.freshness, 4),
    }


def _episode(episode: EpisodeReport) -> dict[str, Any]:
    source = episode.source
    return {
        "series": episode.series,
        "key": episode.key,
        "title": episode.title,
        "source": None if source is None else {"language": source.language, "path": source.path},
        "translations": {cell.language: _cell(cell) for cell in sorted(episode.cells, key=lambda cell: cell.language)},
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "status": str(cell.status),
        "path": cell.path,
        "basis": None if cell.basis is None else cell.basis.value,
        **age_of(cell.age),
        "changes": [facts_of(change) for change in cell.changes],
    }


def facts_of(change: Change) -> dict[str, Any]:
    """Return a change without its texts."""
    return {
        "change": change.change.value,
        "kind": change.kind.value,
        **({"field": change.field} if change.kind is SegmentKind.FIELD else {}),
        "source_line": change.source_line,
        "source_end_line": change.source_end_line,
        "line": change.line,
        "end_line": change.end_line,
        "after_line": change.after_line,
        "words": change.words,
        "digest": change.digest,
        **age_of(change.age),
    }


def age_of(age: Age | None) -> dict[str, Any]:
    """Return since when the source says something else, by which commit, and how many there are since."""
    return {
        "since": None if age is None else age.since,
        "commit": None if age is None else age.commit,
        "commits": None if age is None else age.commits,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "series": finding.series,
        "key": finding.key,
        "language": finding.language,
        "path": finding.path,
        "line": finding.line,
        "message": ENGLISH.finding(finding),
        "facts": dict(finding.facts),
    }
