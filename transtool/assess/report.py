"""Judge every expected (episode, language): the catalogue in, the report out."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transtool.assess.local_fields import place
from transtool.assess.rules.metadata import locals_wrong
from transtool.assess.source_page import Original, at_sight, original
from transtool.assess.translation import Judge, Judgement, file_findings, judgement
from transtool.document import Document
from transtool.link import Catalogue, Entry, Episode
from transtool.model import (
    Cell,
    EpisodeReport,
    Finding,
    Key,
    Language,
    Report,
    Severity,
    Source,
    Status,
)
from transtool.selection import EVERYTHING, Selection
from transtool.settings import Config, Series
from transtool.staleness.translation_pair import Files

_ON_FIELDS = ("mismatch", "local")


@dataclass(frozen=True, slots=True)
class Task:
    """A translation to judge beside its source; `work` finds out, which takes a while."""

    source: Entry
    translation: Entry
    work: Callable[[], Judgement]


Wants = Callable[[Episode, Language], bool]
"""Says whether a run is about an episode in a language; what it is not about is not judged."""


def concerning(selection: Selection, edited: Collection[str] | None = None) -> Wants | None:
    """Return what wants the selected translations and, unless `edited` is None, of these those that its paths concern.

    None means that there are no others.
    """
    if edited is None and replace(selection, rules=None) == EVERYTHING:
        return None

    def wants(episode: Episode, language: Language) -> bool:
        if not (selection.wants_episode(episode.series, episode.key) and selection.wants_language(language)):
            return False
        own = episode.translations.get(language)
        if edited is None or own is None:
            return True
        return own.path in edited or (episode.source is not None and episode.source.path in edited)

    return wants


Recall = Callable[[Task], Judgement]
"""Gives the judgement that a task asks for: a remembered one, or what its work is."""


def anew(task: Task) -> Judgement:
    """Remember nothing."""
    return task.work()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Context:
    """What the judgement of one episode needs to know of the site."""

    config: Config
    series: Series
    catalogue: Catalogue
    episode: Episode
    judge: Judge
    wants: Wants | None
    recall: Recall
    linked: tuple[Finding, ...]

    @property
    def translations(self) -> tuple[Entry, ...]:
        """The translations that there are and that the run is about."""
        there = sorted(self.episode.translations.items())
        return tuple(entry for language, entry in there if self.is_wanted(language))

    def is_wanted(self, language: Language) -> bool:
        """Say whether the run is about the episode in `language`."""
        return self.wants is None or self.wants(self.episode, language)

    def found(self, language: Language) -> tuple[Finding, ...]:
        """Return what linking found out about the files of `language`."""
        return tuple(finding for finding in self.linked if finding.language == language)


def assess(
    catalogue: Catalogue,
    config: Config,
    judge: Judge,
    *,
    wants: Wants | None = None,
    recall: Recall = anew,
    version: str,
    generated: str = "",
) -> Report:
    """Return the report: a cell for every wanted episode and language of its series, with its findings."""
    linked: dict[tuple[str | None, Key | None], list[Finding]] = {}
    for finding in _heard(catalogue.findings):
        linked.setdefault((finding.series, finding.key), []).append(finding)
    episodes = tuple(_episode(context) for context in _contexts(catalogue, config, judge, wants, recall, linked))
    about = {(episode.series, episode.key) for episode in episodes}
    return Report(
        version=version,
        source=config.source,
        languages=tuple(sorted(set(config.known_languages) - {config.source})),
        series=tuple(series.name for series in config.series),
        episodes=episodes,
        findings=tuple(finding for key, findings in linked.items() if key not in about for finding in findings),
        repository=config.repository,
        generated=generated,
    )


def tasks(catalogue: Catalogue, config: Config, judge: Judge, wants: Wants | None = None) -> Iterator[Task]:
    """Give what `assess` will have to find out, in that order."""
    for context in _contexts(catalogue, config, judge, wants, anew, {}):
        source = original(context.episode.source, context.series, context.config)
        for entry in context.translations:
            if source is not None and at_sight(context.episode, entry.language, source, context.series) is None:
                yield _task(entry, source, context)


def _contexts(
    catalogue: Catalogue,
    config: Config,
    judge: Judge,
    wants: Wants | None,
    recall: Recall,
    linked: Mapping[tuple[str | None, Key | None], Sequence[Finding]],
) -> Iterator[_Context]:
    for episode in catalogue.episodes:
        series = config.named(episode.series)
        if series is not None:
            yield _Context(
                config=config,
                series=series,
                catalogue=catalogue,
                episode=episode,
                judge=judge,
                wants=wants,
                recall=recall,
                linked=tuple(linked.get((episode.series, episode.key), ())),
            )


def _heard(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of the rules that are not switched off."""
    return tuple(finding for finding in findings if finding.severity is not Severity.OFF)


def _episode(context: _Context) -> EpisodeReport:
    entry, episode = context.episode.source, context.episode
    source = original(entry, context.series, context.config)
    languages = sorted({*context.series.languages, *episode.translations})
    cells = tuple(_cell(language, source, context) for language in languages if context.is_wanted(language))
    titles = (
        _title(each) for each in (entry, *(translation for _, translation in sorted(episode.translations.items())))
    )
    return EpisodeReport(
        series=episode.series,
        key=episode.key,
        title=next(filter(None, titles), ""),
        source=None if entry is None else _source(entry, context),
        cells=cells,
    )


def _source(entry: Entry, context: _Context) -> Source:
    findings = [*context.found(entry.language), *file_findings(entry, context.config)]
    return Source(language=entry.language, path=entry.path, findings=_heard(findings))


def _cell(language: Language, source: Original | None, context: _Context) -> Cell:
    status = at_sight(context.episode, language, source, context.series)
    entry = context.episode.translations.get(language)
    if status is Status.MISSING:
        return _missing(language, source, context)
    if status is Status.EXEMPT or entry is None:
        reason = "no-source" if entry is None and context.episode.source is None else ""
        path = _place(language, context)
        return Cell(language=language, status=Status.EXEMPT, path=path, title=_title(entry), reason=reason)
    if source is None or status is not None:
        return _unjudged(entry, status or Status.UNKNOWN, context)
    return _judged(entry, source, context)


def _place(language: Language, context: _Context) -> str:
    return place(context.episode, language, catalogue=context.catalogue, config=context.config) or ""


def _missing(language: Language, source: Original | None, context: _Context) -> Cell:
    """Return the cell of a translation that does not exist."""
    path, episode, total = _place(language, context), context.episode, source.words if source else 0
    finding = Finding(
        rule="missing",
        severity=context.config.severities["missing"],
        path=episode.source.path if episode.source else "",
        series=episode.series,
        key=episode.key,
        language=language,
        facts={"target": path},
    )
    return Cell(
        language=language, status=Status.MISSING, path=path, findings=_heard([finding]), words=total, total=total
    )


def _unjudged(entry: Entry, status: Status, context: _Context) -> Cell:
    """Return the cell of a translation that cannot be held against its source: one of them is not there to read."""
    reason = "source-unreadable" if context.episode.source else "no-source"
    return Cell(
        language=entry.language,
        status=status,
        path=entry.path,
        title=_title(entry),
        findings=context.found(entry.language) + _heard(file_findings(entry, context.config)),
        reason=reason if status is Status.UNKNOWN else "",
    )


def _judged(entry: Entry, source: Original, context: _Context) -> Cell:
    linked, files = context.found(entry.language), _files(entry, source, context)
    found = context.recall(_task(entry, source, context))
    disputed = {finding.facts.get("field") for finding in linked if finding.rule == "identity"}
    compared = (
        finding
        for finding in (*found.findings, *locals_wrong(files))
        if finding.rule not in _ON_FIELDS or finding.facts.get("field") not in disputed
    )
    return Cell(
        language=entry.language,
        status=found.status,
        path=entry.path,
        title=_title(entry),
        basis=found.basis,
        changes=found.changes,
        findings=_heard((*linked, *compared)),
        words=found.words,
        total=found.total,
        translated=found.translated,
        reason=found.reason,
    )


def _task(entry: Entry, source: Original, context: _Context) -> Task:
    files = _files(entry, source, context)
    return Task(source.entry, entry, lambda: judgement(files, source, context.judge))


def _files(entry: Entry, source: Original, context: _Context) -> Files:
    assert isinstance(entry.document, Document)  # noqa: S101  (`at_sight` has dealt with the unreadable)
    return Files(
        config=context.config,
        series=context.series,
        catalogue=context.catalogue,
        entry=entry,
        source=source.document,
        translation=entry.document,
    )


def _title(entry: Entry | None) -> str:
    return (entry.document.raw("title") or "") if entry and isinstance(entry.document, Document) else ""
