"""Plan a report: what is known of every expected (episode, language) at sight, and which texts have to be read."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice

from transtool.assess.criteria import criteria
from transtool.assess.exemptions import date_of
from transtool.assess.local_fields import Conventions, learn, place
from transtool.assess.rules.files import Unclosed, file_findings, unclosed
from transtool.assess.rules.metadata import locals_wrong
from transtool.assess.source_page import Original, at_sight, original
from transtool.document import Document
from transtool.link import Catalogue, Entry, Episode, readable
from transtool.model import Cell, Finding, Key, Language, Severity, Source, Status
from transtool.selection import Selection
from transtool.settings import Config, Series
from transtool.staleness.translation_pair import Files

Wants = Callable[[Episode, Language], bool]
"""Says whether a run is about an episode in a language; what it is not about is not judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A translation that does not exist: where it would be, and the finding of that, unless nobody wants to hear it.

    How many words it lacks is told by its source.
    """

    language: Language
    path: str
    finding: Finding | None
    source: Original | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToJudge:
    """A translation whose text has to be compared with its source before its cell can be made.

    `files` has the configuration without what no judgement depends on (see `criteria`). `linked` and `local` are what
    is known already: the findings of linking, and those about local fields, which depend on other files of the site.
    """

    source: Original
    files: Files
    linked: tuple[Finding, ...]
    local: tuple[Finding, ...]

    @property
    def path(self) -> str:
        """The path of the translation, which no other one has."""
        return self.files.entry.path


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedEpisode:
    """One episode of the report to be, with a cell or what there is to do for one in every wanted language."""

    series: str
    key: Key
    title: str
    dated: date | None
    source: Source | None
    cells: tuple[Cell | Missing | ToJudge, ...]


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """The report to be. `findings` are those that are about no episode of it."""

    config: Config
    catalogue: Catalogue
    episodes: tuple[PlannedEpisode, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def to_judge(self) -> tuple[ToJudge, ...]:
        """All translations that have to be judged; those of one source stand together."""
        return tuple(each for episode in self.episodes for each in episode.cells if isinstance(each, ToJudge))

    @property
    def missing(self) -> Iterator[Missing]:
        """All translations that do not exist."""
        return (each for episode in self.episodes for each in episode.cells if isinstance(each, Missing))

    @property
    def to_count(self) -> Iterator[Original]:
        """The sources of which translations are missing and none is judged: nothing else tells how long they are."""
        for episode in self.episodes:
            if not any(isinstance(each, ToJudge) for each in episode.cells):
                missing = (each.source for each in episode.cells if isinstance(each, Missing) and each.source)
                yield from islice(missing, 1)


def concerning(selection: Selection, edited: Collection[str] | None = None) -> Wants | None:
    """Return what wants the selected translations and, unless `edited` is None, of these those that its paths concern.

    None means that there are no others.
    """
    if edited is None and selection.is_whole:
        return None

    def wants(episode: Episode, language: Language) -> bool:
        if not (selection.wants_episode(episode.series, episode.key) and selection.wants_language(language)):
            return False
        own = episode.translations.get(language)
        if edited is None or own is None:
            return True
        return own.path in edited or (episode.source is not None and episode.source.path in edited)

    return wants


def plan(catalogue: Catalogue, config: Config, wants: Wants | None = None, unclosed: Unclosed = unclosed) -> Agenda:
    """Walk the catalogue once and return what its report will consist of; `wants` narrows it.

    `unclosed` may remember what it said of a page before.
    """
    linked: dict[tuple[str | None, Key | None], list[Finding]] = {}
    for finding in heard(catalogue.findings):
        linked.setdefault((finding.series, finding.key), []).append(finding)
    conventions = learn(catalogue, config)
    series = {each.name: (each, criteria(config, each)) for each in config.series}
    episodes = []
    for episode in catalogue.episodes:
        found = tuple(linked.pop((episode.series, episode.key), ()))
        context = _Context(config, conventions, *series[episode.series], episode, found, unclosed)
        episodes.append(_planned(context, wants))
    findings = tuple(finding for found in linked.values() for finding in found)
    return Agenda(config=config, catalogue=catalogue, episodes=tuple(episodes), findings=findings)


def heard(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings of the rules that are not switched off."""
    return tuple(finding for finding in findings if finding.severity is not Severity.OFF)


def title_of(entry: Entry | None) -> str:
    """Return the title of a file, empty where it has none, cannot be read or is not there."""
    page = readable(entry)
    return "" if page is None else page.title


@dataclass(frozen=True)
class _Context:
    """An episode, and what its cells need to know of the site; `linked` is what linking found out about it."""

    config: Config
    conventions: Conventions
    series: Series
    criteria: tuple[Config, Series]
    episode: Episode
    linked: tuple[Finding, ...]
    unclosed: Unclosed

    @cached_property
    def source(self) -> Original | None:
        """What all translations of the episode are compared with."""
        return original(self.episode.source, *self.criteria)

    def found(self, language: Language) -> tuple[Finding, ...]:
        """Return what linking found out about the files of `language`."""
        return tuple(finding for finding in self.linked if finding.language == language)

    def alone(self, entry: Entry) -> Iterator[Finding]:
        """Return what is wrong with a file on its own."""
        return file_findings(entry, self.config, self.series, unclosed=self.unclosed)

    def place(self, language: Language) -> str:
        """Return where the translation is or would be; empty where the layout cannot say."""
        return place(self.episode, language, self.series, self.conventions) or ""


def _planned(context: _Context, wants: Wants | None) -> PlannedEpisode:
    episode = context.episode
    languages = sorted({*context.series.languages, *episode.translations})
    return PlannedEpisode(
        series=episode.series,
        key=episode.key,
        title=next(filter(None, map(title_of, episode.entries)), ""),
        dated=date_of(episode),
        source=None if episode.source is None else _source(episode.source, context),
        cells=tuple(_cell(each, context) for each in languages if wants is None or wants(episode, each)),
    )


def _source(entry: Entry, context: _Context) -> Source:
    findings = [*context.found(entry.language), *context.alone(entry)]
    return Source(language=entry.language, path=entry.path, findings=heard(findings))


def _cell(language: Language, context: _Context) -> Cell | Missing | ToJudge:
    status = at_sight(context.episode, language, context.source, context.series)
    entry = context.episode.translations.get(language)
    if status is Status.MISSING:
        return _missing(language, context)
    if status is Status.EXEMPT or entry is None:
        reason = "no-source" if entry is None and context.episode.source is None else ""
        path = context.place(language)
        return Cell(language=language, status=Status.EXEMPT, path=path, title=title_of(entry), reason=reason)
    if context.source is None or status is not None:
        return _unjudged(entry, status or Status.UNKNOWN, context)
    return _to_judge(entry, context.source, context)


def _missing(language: Language, context: _Context) -> Missing:
    """Return what is known of a translation that does not exist."""
    path, episode = context.place(language), context.episode
    finding = Finding(
        rule="missing",
        severity=context.config.severities["missing"],
        path=episode.source.path if episode.source else "",
        series=episode.series,
        key=episode.key,
        language=language,
        facts={"target": path},
    )
    wanted = finding.severity is not Severity.OFF
    return Missing(language=language, path=path, finding=finding if wanted else None, source=context.source)


def _unjudged(entry: Entry, status: Status, context: _Context) -> Cell:
    """Return the cell of a translation that cannot be compared with its source, as one of them cannot be read."""
    reason = "source-unreadable" if context.episode.source else "no-source"
    return Cell(
        language=entry.language,
        status=status,
        path=entry.path,
        title=title_of(entry),
        findings=context.found(entry.language) + heard(context.alone(entry)),
        reason=reason if status is Status.UNKNOWN else "",
    )


def _to_judge(entry: Entry, source: Original, context: _Context) -> ToJudge:
    assert isinstance(entry.document, Document)  # noqa: S101  (`at_sight` has dealt with the unreadable)
    whole = Files(
        config=context.config,
        series=context.series,
        entry=entry,
        source=source.document,
        translation=entry.document,
    )
    config, series = context.criteria
    return ToJudge(
        source=source,
        files=replace(whole, config=config, series=series),
        linked=context.found(entry.language),
        local=tuple(locals_wrong(whole, context.conventions)),
    )
