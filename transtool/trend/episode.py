"""How the translations of one episode stood, from one scene to the next."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

from transtool.assess.rules.untranslated import overlap
from transtool.assess.source_page import Original, at_sight, is_draft, original
from transtool.document import Document, Unreadable
from transtool.history import Version
from transtool.link import Catalogue, Entry, Episode
from transtool.model import Language, Status
from transtool.segments import Segment, split
from transtool.selection import Selection
from transtool.settings import Config, Series
from transtool.staleness import judge
from transtool.staleness.page_store import Past
from transtool.staleness.translation_pair import Pair
from transtool.trend.snapshots import Scene, read

Counts = Counter[tuple[Language, Status]]
"""How many translations of a language have a status."""

Versions = tuple[Version, Version]
"""The versions of a source and of a translation that stand beside each other."""

Recall = Callable[[Versions, Callable[[], Status]], Status]
"""Gives the status of a translation: a remembered one, or what the function works out."""


class Told(NamedTuple):
    """By how much the numbers of translations change, since which of the commits, and what was judged to tell that."""

    changes: list[tuple[int, Counts]]
    judged: Mapping[Versions, Status]


class Story:
    """One episode from scene to scene, and whatever was read to judge it."""

    def __init__(self, past: Past, config: Config, series: Series, scenes: Sequence[Scene], which: Selection) -> None:
        """Take the scenes of an episode of `series` (see `scenes`); `which` selects languages."""
        self._past = past
        self._config = config
        self._series = series
        self._scenes = scenes
        self._which = which
        self._files: dict[str, _File] = {}
        self._judged: dict[Versions, Status] = {}

    def __len__(self) -> int:
        """Return how many translations `tell` looks at."""
        return sum(len(self._languages(scene.episode)) for scene in self._scenes)

    def tell(self, recall: Recall) -> Told:
        """Return by how much the numbers of translations change, and since which commits; forget what was read."""
        before: Counts = Counter()
        changes: list[tuple[int, Counts]] = []
        for scene in self._scenes:
            now = Counter(self._standings(scene, recall))
            change = now.copy()
            change.subtract(before)
            changes.append((scene.start, change))
            before = now
        told = Told(changes, self._judged)
        self._past, self._files, self._judged = self._past.anew(), {}, {}
        return told

    def _languages(self, episode: Episode) -> list[Language]:
        return sorted(filter(self._which.wants_language, {*self._series.languages, *episode.translations}))

    def _standings(self, scene: Scene, recall: Recall) -> Iterator[tuple[Language, Status]]:
        """Yield the status of every translation of a scene."""
        episode, series = scene.episode, self._series
        held = original(episode.source, series, self._config)
        self._files = {entry.path: self._file(entry, scene.versions[entry.path]) for entry in episode.entries}
        for language in self._languages(episode):
            status = at_sight(episode, language, held, series)
            if status is None and episode.source is not None:
                source, own = self._files[episode.source.path], self._files[episode.translations[language].path]
                pair = (source.version, own.version)
                if pair not in self._judged:
                    past = self._past.as_of(scene.commit)
                    self._judged[pair] = recall(pair, partial(_judged, source, own, past))
                status = self._judged[pair]
            yield language, status or Status.UNKNOWN

    def _file(self, entry: Entry, version: Version) -> "_File":
        known = self._files.get(entry.path)
        if known is not None and known.version == version:
            return known
        return _File(version, entry, self._series, self._config, self._past)


@dataclass(frozen=True, eq=False)
class _File:
    """One version of one file, read when it is asked for and once, however long it stands."""

    version: Version
    place: Entry
    series: Series
    config: Config
    past: Past

    @cached_property
    def entry(self) -> Entry:
        """The file with what it says."""
        return replace(self.place, document=read(self.past, self.place.path, self.version))

    @cached_property
    def original(self) -> Original | None:
        """What translations of it are held against."""
        return original(self.entry, self.series, self.config)

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """What it says; nothing where it cannot be read."""
        document = self.entry.document
        return split(document, self.series.fields.translated) if isinstance(document, Document) else ()


def _judged(source: _File, translation: _File, past: Past) -> Status:
    held, document, config = source.original, translation.entry.document, source.config
    if isinstance(document, Unreadable):
        return Status.UNREADABLE
    if held is None:
        return Status.UNKNOWN
    if is_draft(overlap(held.segments, translation.segments, held.names), config):
        return Status.DRAFT
    pair = Pair(
        config=config,
        series=source.series,
        catalogue=Catalogue(episodes=()),
        entry=translation.entry,
        source=held.document,
        translation=document,
        source_segments=held.segments,
        segments=translation.segments,
    )
    return judge(pair, past=past, brief=True).status
