"""Which files every episode was made of, from one commit to the next: the past linked, not judged and hardly read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transtool.assess import stamps_file
from transtool.document import Document, Unreadable, parse
from transtool.errors import N_, ConfigError, Message
from transtool.history import History, Version
from transtool.link import Entry, Episode, arrange, entry_of
from transtool.model import Key, Stamp
from transtool.settings import Config, StampPlace
from transtool.staleness.page_store import Past


@dataclass(frozen=True, slots=True)
class Scene:
    """An episode as it stands at `commit`, which is number `start` of those asked about, until its next scene.

    `versions` tells for the path of each entry which state of the file is meant; the entries' documents are empty.
    """

    start: int
    commit: int
    episode: Episode
    versions: Mapping[str, Version]

    @property
    def stamps(self) -> Mapping[str, Stamp | None]:
        """The stamps that the site's own file of them holds, by path."""
        return {entry.path: entry.stamp for entry in self.episode.entries}


def scenes(
    past: Past, config: Config, commits: Sequence[int], chooses: Callable[[str], bool]
) -> tuple[tuple[Scene, ...], ...]:
    """Return for every episode what it was in the trees of `commits` (oldest first): a scene when its files changed.

    An episode that is gone has a scene without files. `chooses` tells by its path whether a file is one of the site.
    """
    tree = _Tree(past, config, chooses)
    found: dict[tuple[str, Key], list[Scene]] = {}
    for index, commit in enumerate(commits):
        if index and commit == commits[index - 1]:
            continue
        there = {(each.series, each.key): each for each in tree.episodes(commit)}
        for series, key in found.keys() - there.keys():
            there[series, key] = Episode(series=series, key=key, source=None, translations={})
        for place, episode in there.items():
            versions = {entry.path: tree.versions[entry.path] for entry in episode.entries}
            scene = Scene(index, commit, episode, versions)
            before = found.setdefault(place, [])
            if not before or (before[-1].versions, before[-1].stamps) != (versions, scene.stamps):
                before.append(scene)
    return tuple(map(tuple, found.values()))


def read(past: Past, path: str, version: Version) -> Document | Unreadable:
    """Return the file that was at `path` in this version."""
    data = past.read(version.blob)
    if data is None:
        return Unreadable(path, Message(N_("git does not have this version")), None, b"")
    return parse(path, data)


class _Tree:
    """The files of the site in the tree of one commit after another: `versions` by their paths."""

    def __init__(self, past: Past, config: Config, chooses: Callable[[str], bool]) -> None:
        assert past.history is not None  # noqa: S101  (without history there are no commits to ask about)
        self._history: History = past.history
        self._past = past
        self._config = config
        self._paths = sorted(path for path in self._history.paths() if chooses(path))
        self._needs_fields = any(
            series.key is not None or any(each.reads_pages for each in series.exempt) for series in config.series
        )
        self._entries: dict[str, Entry | None] = {}
        self.versions: Mapping[str, Version] = {}

    def episodes(self, commit: int) -> tuple[Episode, ...]:
        """Return the episodes in the tree of `commit`."""
        before, self.versions = self.versions, dict(self._files(commit))
        for path, version in self.versions.items():
            if path not in self._entries or (self._needs_fields and before.get(path) != version):
                self._entries[path] = self._entry(path, version)
        stamps = self._stamps(commit)
        entries = (
            replace(entry, stamp=stamps.get(version.path))
            for path, version in self.versions.items()
            if (entry := self._entries[path]) is not None
        )
        return arrange(entries, self._config)

    def _stamps(self, commit: int) -> Mapping[str, Stamp]:
        """Return what the site's file of stamps said; nothing where it was none."""
        blob = self._history.blob(stamps_file.NAME, commit) if self._config.stamps is StampPlace.FILE else None
        data = self._past.read(blob) if blob else None
        try:
            return stamps_file.read(data, stamps_file.NAME).by_path if data is not None else {}
        except ConfigError:
            return {}

    def _files(self, commit: int) -> Iterator[tuple[str, Version]]:
        """Yield the version of each file, those that have moved since under the paths that they were to have."""
        there: set[Version] = set()
        for in_place in (True, False):
            for path in self._paths:
                if bool(self._history.blob(path, commit)) is in_place:
                    version = self._history.trail(path, at=commit).committed
                    if version and version not in there and self._stands(version, commit):
                        there.add(version)
                        yield path, version

    def _stands(self, version: Version, commit: int) -> bool:
        """Say whether a version, which may be the last of a file before it was deleted, is in the tree of `commit`."""
        return self._history.version(version.path, commit) == version

    def _entry(self, path: str, version: Version) -> Entry | None:
        # Where no series looks into front matter for keys or exemptions, the path alone tells what a file is.
        document = read(self._past, path, version) if self._needs_fields else Document(path=path, data=b"")
        entry = entry_of(document, self._config)
        if entry is None or isinstance(document, Unreadable):
            return entry
        return replace(entry, document=replace(document, data=b""))
