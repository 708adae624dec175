"""Put the report together: what was planned, with the judgements that it left open."""

from collections.abc import Mapping
from dataclasses import replace

from transtool.assess.plan import Agenda, Missing, PlannedEpisode, ToJudge, heard, title_of
from transtool.assess.translation import Judgement
from transtool.model import Cell, EpisodeReport, Report

_ON_FIELDS = ("mismatch", "local")


def report(agenda: Agenda, judgements: Mapping[str, Judgement], *, version: str, generated: str = "") -> Report:
    """Return the report: a cell for every wanted episode and language of its series, with its findings.

    `judgements` has one for the path of every translation of `agenda.to_judge`.
    """
    config = agenda.config
    return Report(
        version=version,
        source=config.source,
        languages=tuple(sorted(set(config.known_languages) - {config.source})),
        series=tuple(series.name for series in config.series),
        episodes=tuple(_episode(each, judgements) for each in agenda.episodes),
        findings=agenda.findings,
        repository=config.repository,
        generated=generated,
    )


def _episode(planned: PlannedEpisode, judgements: Mapping[str, Judgement]) -> EpisodeReport:
    return EpisodeReport(
        series=planned.series,
        key=planned.key,
        title=planned.title,
        source=planned.source,
        cells=tuple(_cell(each, planned, judgements) for each in planned.cells),
    )


def _cell(open_: Cell | Missing | ToJudge, planned: PlannedEpisode, judgements: Mapping[str, Judgement]) -> Cell:
    match open_:
        case Cell():
            return open_
        case Missing(cell=cell):
            words = _words(open_, planned, judgements)
            return replace(cell, words=words, total=words)
        case ToJudge():
            return _judged(open_, judgements[open_.path])


def _words(missing: Missing, planned: PlannedEpisode, judgements: Mapping[str, Judgement]) -> int:
    """Return how many words a missing translation lacks; a judgement beside it knows, else the source is counted."""
    beside = next((judgements[each.path] for each in planned.cells if isinstance(each, ToJudge)), None)
    if beside is not None:
        return beside.total
    return missing.source.words if missing.source else 0


def _judged(planned: ToJudge, found: Judgement) -> Cell:
    disputed = {finding.facts.get("field") for finding in planned.linked if finding.rule == "identity"}
    compared = (
        finding
        for finding in (*found.findings, *planned.local)
        if finding.rule not in _ON_FIELDS or finding.facts.get("field") not in disputed
    )
    entry = planned.files.entry
    return Cell(
        language=entry.language,
        status=found.status,
        path=entry.path,
        title=title_of(entry),
        basis=found.basis,
        changes=found.changes,
        findings=heard((*planned.linked, *compared)),
        words=found.words,
        total=found.total,
        translated=found.translated,
        reason=found.reason,
    )
