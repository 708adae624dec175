"""Put the report together: what was planned, with the judgements that it left open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
    episodes = tuple(_episode(each, judgements, counts, across) for each in agenda.episodes)
    alone, together = gathered(_missing(episodes), across)
    return Report(
        version=version,
        source=config.source,
        languages=tuple(sorted(set(config.known_languages) - {config.source})),
        series=tuple(series.name for series in config.series),
        episodes=tuple(_without(each, alone) for each in episodes),
        findings=(
            *agenda.findings,
            *together,
            *heard(_habits(agenda, judgements, across)),
        ),
        repository=config.repository,
        noun=config.noun,
        generated=generated,
    )


def _episode(
    planned: PlannedEpisode, judgements: Mapping[str, Judgement], counts: Mapping[str, int], across: Across
) -> EpisodeReport:
    words = _words(planned, judgements, counts)
    return EpisodeReport(
        series=planned.series,
        key=planned.key,
        title=planned.title,
        source=planned.source,
        cells=tuple(_cell(each, words, judgements, across) for each in planned.cells),
    )


def _cell(open_: Cell | Missing | ToJudge, words: int, judgements: Mapping[str, Judgement], across: Across) -> Cell:
    match open_:
        case Cell():
            return open_
        case Missing(cell=cell):
            return replace(cell, words=words, total=words)
        case ToJudge():
            return settled(open_, judgements[open_.path], across)


def _words(planned: PlannedEpisode, judgements: Mapping[str, Judgement], counts: Mapping[str, int]) -> int:
    """Return how many words a missing translation lacks: from a judgement of the episode, else from the source."""
    beside = next((judgements[each.path].total for each in planned.cells if isinstance(each, ToJudge)), None)
    missing = (each.source for each in planned.cells if isinstance(each, Missing))
    source = next(missing, None) if beside is None else None
    if source is None:
        return beside or 0
    known = counts.get(source.entry.path)
    return source.words if known is None else known


def _missing(episodes: Sequence[EpisodeReport]) -> list[Finding]:
    """Return the findings about missing translations."""
    cells = (cell for episode in episodes for cell in episode.cells if cell.status is Status.MISSING)
    return [finding for cell in cells for finding in cell.findings if finding.rule == "missing"]


def _without(episode: EpisodeReport, alone: frozenset[Place]) -> EpisodeReport:
    """Return an episode without the findings about missing translations that are said together."""

    def kept(cell: Cell) -> Cell:
        if cell.status is not Status.MISSING or (episode.series, episode.key, cell.language) in alone:
            return cell
        return replace(cell, findings=tuple(finding for finding in cell.findings if finding.rule != "missing"))

    return replace(episode, cells=tuple(map(kept, episode.cells)))


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
