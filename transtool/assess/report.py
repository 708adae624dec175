"""Put the report together: what was planned, with the judgements that it left open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from transtool.assess.across import Across, Place, gathered
from transtool.assess.judgement import Judgement
from transtool.assess.plan import Agenda, Missing, PlannedEpisode, ToJudge, heard
from transtool.assess.settle import settled
from transtool.model import Cell, EpisodeReport, Finding, Report, Status


def report(
    agenda: Agenda,
    judgements: Mapping[str, Judgement],
    counts: Mapping[str, int] = MappingProxyType({}),
    *,
    version: str,
    generated: str = "",
) -> Report:
    """Return the report: a cell for every wanted episode and language of its series, with its findings.

    `judgements` has one for the path of every translation of `agenda.to_judge`; `counts`, by path, the words of the
    sources in `agenda.to_count`, where they are known.
    """
    config, across = agenda.config, Across(agenda.catalogue, agenda.config, judgements)
    missing = (each.finding for each in agenda.missing)
    alone, together = gathered([each for each in missing if each is not None], across)
    known = _Known(judgements, counts, across, alone)
    return Report(
        version=version,
        source=config.source,
        languages=tuple(sorted(set(config.known_languages) - {config.source})),
        series=tuple(series.name for series in config.series),
        episodes=tuple(_episode(each, known) for each in agenda.episodes),
        findings=(
            *agenda.findings,
            *together,
            *heard(_habits(agenda, judgements, across)),
        ),
        repository=config.repository,
        noun=config.noun,
        masthead=config.masthead,
        generated=generated,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What cells are made of; `alone` are the missing translations that are said one by one."""

    judgements: Mapping[str, Judgement]
    counts: Mapping[str, int]
    across: Across
    alone: frozenset[Place]


def _episode(planned: PlannedEpisode, known: _Known) -> EpisodeReport:
    words = _words(planned, known)
    return EpisodeReport(
        series=planned.series,
        key=planned.key,
        title=planned.title,
        dated=planned.dated,
        source=planned.source,
        cells=tuple(_cell(each, planned, words, known) for each in planned.cells),
    )


def _cell(open_: Cell | Missing | ToJudge, planned: PlannedEpisode, words: int, known: _Known) -> Cell:
    match open_:
        case Cell():
            return open_
        case Missing(language=language, path=path, finding=finding):
            said = finding is not None and (planned.series, planned.key, language) in known.alone
            findings = (finding,) if said and finding is not None else ()
            return Cell(
                language=language, status=Status.MISSING, path=path, findings=findings, words=words, total=words
            )
        case ToJudge():
            return settled(open_, known.judgements[open_.path], known.across)


def _words(planned: PlannedEpisode, known: _Known) -> int:
    """Return how many words a missing translation lacks: from a judgement of the episode, else from the source."""
    beside = next((known.judgements[each.path].total for each in planned.cells if isinstance(each, ToJudge)), None)
    missing = (each.source for each in planned.cells if isinstance(each, Missing))
    source = next(missing, None) if beside is None else None
    if source is None:
        return beside or 0
    counted = known.counts.get(source.entry.path)
    return source.words if counted is None else counted


def _habits(agenda: Agenda, judgements: Mapping[str, Judgement], across: Across) -> Iterator[Finding]:
    """Give, once a series and field, that a field differs from the source's so often that it is no shared one."""
    said: set[tuple[str, str]] = set()
    for planned in agenda.to_judge:
        for finding in judgements[planned.path].findings:
            field = str(finding.facts.get("field"))
            place = (finding.series or "", field)
            if finding.rule != "mismatch" or place in said:
                continue
            habit = across.habit(*place)
            if habit is not None:
                said.add(place)
                yield Finding(
                    rule="mismatch",
                    severity=finding.severity,
                    path=agenda.config.path,
                    series=finding.series,
                    problem="habit",
                    facts={"field": field, "count": habit.differ, "total": habit.total},
                )
