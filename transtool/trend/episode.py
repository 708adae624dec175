"""How the translations of one episode stood, from one scene to the next."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from transtool.assess.criteria import criteria
from transtool.assess.source_page import Original, at_sight, original
from transtool.assess.translation import left_untranslated
from transtool.document import Document, Unreadable
from transtool.history import Version
from transtool.link import Entry, Episode
from transtool.model import Language, Stamp, Status
from transtool.segments import Segment, split
from transtool.selection import Selection
from transtool.settings import Config, Series, StampPlace
from transtool.staleness.page_store import Past
from transtool.staleness.translation_pair import Pair
from transtool.staleness.verdict import judge
from transtool.trend.snapshots import Scene, read

Counts = Counter[tuple[Language, Status]]
"""How many translations of a language have a status."""

Versions = tuple[Version, Version]
"""The versions of a source and of a translation that stand beside each other."""

Asked = tuple[str, Versions]
"""What is asked: how a translation of a series stood beside its source."""

Known = Callable[[Asked], Status | None]
"""Gives an answer that is known already."""


@dataclass(frozen=True, slots=True)
class Told:
    """By how much the numbers of translations change, since which of the commits, and what was judged to tell that.

    `missing` are the names of the objects that git could not give by then: what was judged may rest on them.
    """

    changes: tuple[tuple[int, dict[tuple[Language, Status], int]], ...]
    judged: dict[Versions, Status]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One episode of `series` from scene to scene; `selection` selects languages."""

    past: Past
    config: Config
    series: Series
    scenes: Sequence[Scene]
    selection: Selection

    def __len__(self) -> int:
        """Return how many translations are looked at to tell it."""
        return sum(len(self.languages(scene.episode)) for scene in self.scenes)

    def languages(self, episode: Episode) -> list[Language]:
        """Return the languages that are asked about and that the episode has or should have."""
        return sorted(filter(self.selection.wants_language, {*self.series.languages, *episode.translations}))

    def tell(self, known: Known = lambda asked: None) -> Told:
        """Return by how much the numbers of translations change, and since which commits."""
        telling = _Telling(self, known)
        before: Counts = Counter()
        changes: list[tuple[int, Counts]] = []
        for scene in self.scenes:
            now = Counter(telling.standings(scene))
            change = now.copy()
            change.subtract(before)
            changes.append((scene.start, change))
            before = now
        return Told(tuple(changes), telling.judged, tuple(sorted(self.past.missing)))


class _Telling:
    """A story being told: whatever was read and `judged` so far."""

    def __init__(self, story: Story, known: Known) -> None:
        self._story = story
        self._known = known
        self._past = story.past.anew()
        self._criteria = criteria(story.config, story.series)
        self._files: dict[str, _File] = {}
        self._answers: dict[tuple[Versions, Stamp | None], Status] = {}
        self.judged: dict[Versions, Status] = {}

    def standings(self, scene: Scene) -> Iterator[tuple[Language, Status]]:
        """Yield the status of every translation of a scene."""
        episode, series = scene.episode, self._story.series
        held = original(episode.source, *self._criteria)
        self._files = {entry.path: self._file(entry, scene.versions[entry.path]) for entry in episode.entries}
        for language in self._story.languages(episode):
            status = at_sight(episode, language, held, series)
            if status is None and episode.source is not None:
                files = self._files[episode.source.path], self._files[episode.translations[language].path]
                status = self._answer(*files, scene.commit)
            yield language, status or Status.UNKNOWN

    def _answer(self, source: "_File", own: "_File", commit: int) -> Status:
        """Return how a version of a translation stands beside one of its source: known, or judged now."""
        pair, stamp = (source.version, own.version), own.place.stamp
        if (pair, stamp) not in self._answers:
            # The same two files may stand otherwise where their stamp is in a third: nobody else's answer is theirs.
            alone = self._story.config.stamps is StampPlace.FILE
            status = None if alone else self._known((self._story.series.name, pair))
            if status is None:
                status = _judged(source, own, self._past.as_of(commit))
                self.judged |= {} if alone else {pair: status}
            self._answers[pair, stamp] = status
        return self._answers[pair, stamp]

    def _file(self, entry: Entry, version: Version) -> "_File":
        known = self._files.get(entry.path)
        if known is not None and (known.version, known.place.stamp) == (version, entry.stamp):
            return known
        return _File(version, entry, *self._criteria, self._past)


@dataclass(frozen=True, eq=False)
class _File:
    """One version of one file, read when it is asked for and once, however long it stands."""

    version: Version
    place: Entry
    config: Config
    series: Series
    past: Past

    @cached_property
    def entry(self) -> Entry:
        """The file with what it says."""
        return replace(self.place, document=read(self.past, self.place.path, self.version))

    @cached_property
    def original(self) -> Original | None:
        """What translations of it are held against."""
        return original(self.entry, self.config, self.series)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """What it says; nothing where it cannot be read."""
        document, series = self.entry.document, self.series
        if not isinstance(document, Document):
            return ()
        return split(document, series.fields.translated, series.reading)


def _judged(source: _File, translation: _File, past: Past) -> Status:
    held, document, config = source.original, translation.entry.document, source.config
    if isinstance(document, Unreadable):
        return Status.UNREADABLE
    if held is None:
        return Status.UNKNOWN
    pair = Pair(
        config=config,
        series=source.series,
        entry=translation.entry,
        source=held.document,
        translation=document,
        source_segments=held.segments,
        segments=translation.segments,
    )
    verdict = judge(pair, past=past, brief=True)
    _, drafted = left_untranslated(held, pair.segments, verdict.baseline)
    return Status.DRAFT if drafted else verdict.status
