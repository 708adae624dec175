"""What a site's past was: commits, the versions of every file, and which version stood in which commit.

`parse` reads the text of one `git log` (see `git.read`) in which every merge is compared with its first
parent only. The tree of a commit is then told by the commits along its first parents: a file's version in
it is the one that the nearest of them wrote. That is a question about nested intervals (each commit's
descendants by first parent are numbered without gaps), so no tree is ever built, and "later" is decided by
ancestry, never by a clock.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from transtool.history.moves import ALIKE, origin

Alike = Callable[[str, str], float]
"""Gives the share (0 to 1) of two blobs, named by their ids, that is the same."""


class Commit(NamedTuple):
    """One commit: its id, its time (seconds since 1970, never used for order) and its parents' positions."""

    id: str
    time: int
    parents: tuple[int, ...]


class Version(NamedTuple):
    """One state of one file: the position of the commit that wrote it, the path it had then, its blob id."""

    commit: int
    path: str
    blob: str


class Touch(NamedTuple):
    """One commit's change of one path: the blob it left (empty where it deleted the file), whether it created it."""

    commit: int
    blob: str
    created: bool


class History:
    """The commits of a site, oldest first, and the touches of every path.

    Commits are known by their position: every commit stands after its parents. Position `now` is the working
    tree, one commit after all others. Paths are relative to the site; a file outside of it has none.
    """

    def __init__(
        self,
        commits: Sequence[Commit],
        touches: Mapping[str, Sequence[Touch]],
        *,
        prefix: str = "",
        alike: Alike | None = None,
    ) -> None:
        """Take what `parse` read."""
        self.commits = commits
        self.now = len(commits)
        self._touches = touches
        self._prefix = prefix
        self._alike = alike
        self._first, self._last = _intervals(commits)
        self._lanes: dict[str, _Lane] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._gone: dict[int, list[tuple[str, str]]] | None = None
        self._by_id: list[tuple[str, int]] | None = None

    @property
    def head(self) -> int:
        """The position of the newest commit, -1 where there is none."""
        return self.now - 1

    def paths(self) -> Iterator[str]:
        """Yield every path of the site that any commit touched."""
        length = len(self._prefix)
        return (path[length:] for path in self._touches if path.startswith(self._prefix))

    def position(self, commit: str) -> int | None:
        """Return the position of the commit whose id is or begins with `commit`; None for none or several."""
        if self._by_id is None:
            self._by_id = sorted((entry.id, position) for position, entry in enumerate(self.commits))
        at = bisect_right(self._by_id, (commit, -1))
        found = [position for entry, position in self._by_id[at : at + 2] if entry.startswith(commit)]
        return found[0] if len(found) == 1 and commit else None

    def blob(self, path: str, commit: int) -> str:
        """Return the blob id of `path` in the tree of `commit`, empty where it is not in it."""
        touch = self._touch(self._prefix + path, min(commit, self.head))
        return touch.blob if touch else ""

    def trail(self, path: str, *, blob: str | None = None, at: int | None = None) -> "Trail":
        """Return the versions of `path` up to the commit `at` (the newest one unless told).

        `blob` is the id of the file as it is in the working tree: where the newest commit has another one, the
        working tree's is the newest version.
        """
        return Trail(self, self._prefix + path, blob, self.head if at is None else at)

    def traces(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield every touch of `path`: the commit's id and the blob it left.

        Two histories with the same traces and the same file in their newest commits tell the same of it, even of
        the names that it had before: a commit's id stands for all that came before it.
        """
        touches = self._touches.get(self._prefix + path, ())
        return ((self.commits[touch.commit].id, touch.blob) for touch in touches)

    def touched_since(self, base: int) -> frozenset[str]:
        """Return the paths of the site that commits touch which `base` does not contain."""
        old = self._ancestors(base)
        length = len(self._prefix)
        return frozenset(
            path[length:]
            for path, touches in self._touches.items()
            if path.startswith(self._prefix) and any(touch.commit not in old for touch in touches)
        )

    # What a trail asks; paths are relative to the repository from here on.

    def version(self, path: str, commit: int) -> Version | None:
        """Return the version of `path` in the tree of `commit`, None where it is not in it."""
        touch = self._touch(path, commit)
        return self._as_version(path, touch) if touch is not None and touch.blob else None

    def last_version(self, path: str, commit: int) -> Version | None:
        """Return the version of `path` in `commit`, or the last one before it was deleted, if it ever was there."""
        touch = self._touch(path, commit)
        while touch is not None and not touch.blob:
            parents = self.commits[touch.commit].parents
            touch = self._touch(path, parents[0]) if parents else None
        return self._as_version(path, touch) if touch is not None else None

    def names(self, path: str) -> tuple[str, ...]:
        """Return `path` and the paths that it was moved from, the newest first."""
        known = self._names.get(path)
        if known is None:
            names = [path]
            for name in names:
                names.extend(old for old in self._origins(name) if old not in names)
            known = self._names[path] = tuple(names)
        return known

    def _origins(self, path: str) -> Iterator[str]:
        for touch in self._touches.get(path, ()):
            if touch.created and touch.blob:
                found = origin(path, touch.blob, self._deleted_in(touch.commit), self._alike)
                if found is not None:
                    yield found

    def is_alike(self, one: str, other: str) -> bool:
        """Say whether two blobs are the same file, perhaps edited: at least half of it is the same."""
        return one == other or (self._alike is not None and self._alike(one, other) >= ALIKE)

    def _as_version(self, path: str, touch: Touch) -> Version:
        # A merge that took the file as another parent has it wrote nothing.
        for parent in self.commits[touch.commit].parents[1:]:
            there = self._touch(path, parent)
            if there is not None and there.blob == touch.blob:
                return self._as_version(path, there)
        return Version(touch.commit, path, touch.blob)

    def _touch(self, path: str, commit: int) -> Touch | None:
        lane = self._lanes.get(path)
        if lane is None:
            lane = self._lanes[path] = _Lane(self._touches.get(path, ()), self._first, self._last)
        return lane.nearest(self._first[commit]) if 0 <= commit < self.now else None

    def _deleted_in(self, commit: int) -> Sequence[tuple[str, str]]:
        if self._gone is None:
            self._gone = {}
            for path, touches in self._touches.items():
                for touch in touches:
                    if not touch.blob:
                        self._gone.setdefault(touch.commit, []).append((path, self._before(path, touch.commit)))
        return self._gone.get(commit, ())

    def _before(self, path: str, commit: int) -> str:
        parents = self.commits[commit].parents
        touch = self._touch(path, parents[0]) if parents else None
        return touch.blob if touch else ""

    def _ancestors(self, commit: int) -> set[int]:
        seen = {commit}
        waiting = [commit]
        while waiting:
            for parent in self.commits[waiting.pop()].parents:
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return seen


class Trail:
    """The versions of one file, newest first, through its moves: which came from which.

    `head` is the newest version, None where the file was never committed nor given.
    """

    def __init__(self, history: History, path: str, blob: str | None, at: int) -> None:
        """Follow `path` (relative to the repository) back from the commit `at`."""
        self._history = history
        self._paths = history.names(path)
        self._parents: dict[Version, tuple[Version, ...]] = {}
        self.committed = self.at(at)
        self.head = self.committed
        if blob is not None and (self.committed is None or self.committed.blob != blob):
            self.head = Version(history.now, path, blob)
            self._parents[self.head] = (self.committed,) if self.committed else ()

    def at(self, commit: int) -> Version | None:
        """Return the version in the tree of `commit`; of a file deleted by then, the last one before."""
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
        """Return what `version` was made from in a parent commit; a deleted file only if it came back."""
        alive = self._find(self._history.version, commit)
        if alive is not None:
            return alive
        dead = self._find(self._history.last_version, commit)
        return dead if dead is not None and self._history.is_alike(dead.blob, version.blob) else None

    def _find(self, ask: Callable[[str, int], Version | None], commit: int) -> Version | None:
        return next((found for path in self._paths if (found := ask(path, commit)) is not None), None)

    def versions(self) -> tuple[Version, ...]:
        """Return all versions that led to the newest one, later ones first."""
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
        """The first version of all."""
        return min(self.versions(), default=None)


class _Lane:
    """The touches of one path as nested intervals of the numbers that `_intervals` gives commits."""

    __slots__ = ("_first", "_last", "_outer", "_touches")

    def __init__(self, touches: Sequence[Touch], first: Sequence[int], last: Sequence[int]) -> None:
        self._touches = sorted(touches, key=lambda touch: first[touch.commit])
        self._first = [first[touch.commit] for touch in self._touches]
        self._last = [last[touch.commit] for touch in self._touches]
        self._outer: list[int] = []
        around: list[int] = []
        for at, number in enumerate(self._first):
            while around and self._last[around[-1]] < number:
                around.pop()
            self._outer.append(around[-1] if around else -1)
            around.append(at)

    def nearest(self, number: int) -> Touch | None:
        """Return the innermost touch around the commit numbered `number`."""
        at = bisect_right(self._first, number) - 1
        while at >= 0 and self._last[at] < number:
            at = self._outer[at]
        return self._touches[at] if at >= 0 else None


def parse(log: str, *, prefix: str = "", alike: Alike | None = None) -> History:
    """Read the text of `git.read(...).log`.

    `prefix` is the site's folder in the repository; `alike` lets a file be followed through a move that
    changed it, too.
    """
    commits, touches = _entries(log)
    newest = len(commits) - 1
    position = {commit[1]: newest - at for at, commit in enumerate(commits)}
    ordered = [
        Commit(commit[1], int(commit[0]), tuple(position[parent] for parent in commit[2:] if parent in position))
        for commit in reversed(commits)
    ]
    for changes in touches.values():
        changes[:] = [Touch(newest - commit, blob, created) for commit, blob, created in changes]
    return History(ordered, touches, prefix=prefix, alike=alike)


def blob_id(data: bytes, algorithm: str = "sha1") -> str:
    """Return the id that git gives a file of these bytes (`git hash-object --no-filters`)."""
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _entries(log: str) -> tuple[list[list[str]], dict[str, list[Touch]]]:
    # `time id parents... NUL`, then for each change `:mode mode old new STATUS NUL path NUL`; the first
    # change follows a line feed.
    commits: list[list[str]] = []
    touches: dict[str, list[Touch]] = {}
    words = iter(log.split("\0"))
    for word in words:
        if word.startswith(("\n:", ":")):
            _, mode, _, blob, status = word.lstrip("\n").split(" ")
            kept = blob if status != "D" and mode.startswith("100") else ""
            touches.setdefault(next(words), []).append(Touch(len(commits) - 1, kept, status == "A"))
        elif word:
            commits.append(word.split())
    return commits, touches


def _intervals(commits: Sequence[Commit]) -> tuple[list[int], list[int]]:
    # Number the commits so that each commit's descendants by first parent follow it without a gap.
    sizes = [1] * len(commits)
    for position in range(len(commits) - 1, -1, -1):
        if commits[position].parents:
            sizes[commits[position].parents[0]] += sizes[position]
    first, free, roots = [0] * len(commits), [0] * len(commits), 0
    for position, commit in enumerate(commits):
        if commit.parents:
            first[position] = free[commit.parents[0]]
            free[commit.parents[0]] += sizes[position]
        else:
            first[position], roots = roots, roots + sizes[position]
        free[position] = first[position] + 1
    return first, [start + size - 1 for start, size in zip(first, sizes, strict=True)]
