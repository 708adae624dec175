"""The versions of one file, also before it was moved, and which version came from which."""

from collections.abc import Callable, Sequence
from typing import Protocol

from transtool.history.model import Commit, Version


class Versions(Protocol):
    """What a trail needs from a history; paths are relative to the repository."""

    @property
    def now(self) -> int:
        """The position of the working tree."""

    @property
    def commits(self) -> Sequence[Commit]:
        """The commits, oldest first."""

    def names(self, path: str) -> tuple[str, ...]:
        """Return `path` and the paths that it was moved from."""

    def version(self, path: str, commit: int) -> Version | None:
        """Return the version in a commit's tree."""

    def last_version(self, path: str, commit: int) -> Version | None:
        """Return the version in a commit's tree, or the last one before it was deleted."""

    def is_alike(self, one: str, other: str) -> bool:
        """Say whether two blobs are the same file, perhaps edited."""


class Trail:
    """The versions of one file, newest first, also before it was moved, and which version came from which.

    `head` is the newest version; None where the file was neither committed nor given.
    """

    def __init__(self, history: Versions, path: str, blob: str | None, at: int) -> None:
        """Follow `path` (relative to the repository) back from the commit `at`."""
        self._history = history
        self._paths = history.names(path)
        self._parents: dict[Version, tuple[Version, ...]] = {}
        self._versions: tuple[Version, ...] | None = None
        self.committed = self.at(at)
        self.head = self.committed
        if blob is not None and (self.committed is None or self.committed.blob != blob):
            self.head = Version(history.now, path, blob)
            self._parents[self.head] = (self.committed,) if self.committed else ()

    def at(self, commit: int) -> Version | None:
        """Return the version in the tree of `commit`, or the last one if the file was deleted by then."""
        if commit >= self._history.now:
            return self.head
        return self._find(self._history.version, commit) or self._find(self._history.last_version, commit)

    def parents(self, version: Version) -> tuple[Version, ...]:
        """Return the versions that `version` was made from: none for the first, several for a merge."""
        known = self._parents.get(version)
        if known is None:
            found = (self._before(commit, version) for commit in self._history.commits[version.commit].parents)
            known = self._parents[version] = tuple(dict.fromkeys(one for one in found if one and one != version))
        return known

    def _before(self, commit: int, version: Version) -> Version | None:
        """Return what `version` was made from in a parent commit; a deleted file only if this is the same one again."""
        alive = self._find(self._history.version, commit)
        if alive is not None:
            return alive
        dead = self._find(self._history.last_version, commit)
        return dead if dead is not None and self._history.is_alike(dead.blob, version.blob) else None

    def _find(self, ask: Callable[[str, int], Version | None], commit: int) -> Version | None:
        return next((found for path in self._paths if (found := ask(path, commit)) is not None), None)

    def versions(self) -> tuple[Version, ...]:
        """Return all versions that led to the newest one, later ones first."""
        if self._versions is None:
            self._versions = self._walk()
        return self._versions

    def _walk(self) -> tuple[Version, ...]:
        seen = {self.head} if self.head else set()
        waiting = list(seen)
        while waiting:
            for parent in self.parents(waiting.pop()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return tuple(sorted(seen, reverse=True))

    @property
    def created(self) -> Version | None:
        """The very first version."""
        return min(self.versions(), default=None)
