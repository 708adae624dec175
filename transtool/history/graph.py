"""The commits of a site and the touches of its files: which commit has which version of a file."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from transtool.history.file_versions import Trail
from transtool.history.first_parents import Lane, intervals
from transtool.history.log import Log, read_log
from transtool.history.model import Commit, Touch, Version
from transtool.history.renames import ALIKE, origin

Alike = Callable[[str, str], float]
"""Gives the similarity (0 to 1) of two blobs, named by their ids."""


class History:
    """The commits of a site, oldest first, and the touches of every path.

    Commits are identified by their position; every commit comes after its parents. Position `now` is the working
    tree, one commit after all others. Paths are relative to the site; a file outside of it has none.
    """

    def __init__(
        self,
        commits: Sequence[Commit],
        touches: Mapping[str, Sequence[Touch]],
        *,
        prefix: str = "",
        alike: Alike | None = None,
        undated: int = 0,
        trailers: Mapping[int, tuple[str, ...]] | None = None,
    ) -> None:
        """Take what `parse` read; `undated` commits have no date that can be read, and another one's time.

        `trailers` are the last lines of messages that say something by name (`Name: value`), by the commits' positions.
        """
        self.undated = undated
        self.trailers = trailers or {}
        self.commits = commits
        self.now = len(commits)
        self._touches = touches
        self._prefix = prefix
        self._alike = alike
        self._first, self._last = intervals(commits)
        self._lanes: dict[str, Lane] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._gone: dict[int, list[tuple[str, str]]] | None = None
        self._blobs: frozenset[str] | None = None
        self._by_id: list[tuple[str, int]] | None = None

    @property
    def head(self) -> int:
        """The position of the newest commit, -1 where there is none."""
        return self.now - 1

    @property
    def prefix(self) -> str:
        """The site's folder in the repository, with a slash at its end, or empty."""
        return self._prefix

    def paths(self) -> Iterator[str]:
        """Yield every path of the site that any commit touched."""
        length = len(self._prefix)
        return (path[length:] for path in self._touches if path.startswith(self._prefix))

    def position(self, commit: str) -> int | None:
        """Return the position of the only commit whose id is or begins with `commit`; None if there is none."""
        if self._by_id is None:
            self._by_id = sorted((entry.id, position) for position, entry in enumerate(self.commits))
        at = bisect_right(self._by_id, (commit, -1))
        found = [position for entry, position in self._by_id[at : at + 2] if entry.startswith(commit)]
        return found[0] if len(found) == 1 and commit else None

    def born(self, path: str) -> int | None:
        """Return the position of the first commit that touched `path` or what it was moved from, if any did."""
        touches = (touch.commit for name in self.names(self._prefix + path) for touch in self._touches.get(name, ()))
        return min(touches, default=None)

    def arrived(self, path: str) -> Commit | None:
        """Return the newest commit that created `path`, from a former name or not; None where none did."""
        touches = self._touches.get(self._prefix + path, ())
        return next((self.commits[touch.commit] for touch in touches if touch.created and touch.blob), None)

    def blob(self, path: str, commit: int) -> str:
        """Return the blob id of `path` in the tree of `commit`, empty where it is not in it."""
        touch = self._touch(self._prefix + path, min(commit, self.head))
        return touch.blob if touch else ""

    def trail(self, path: str, *, blob: str | None = None, at: int | None = None) -> Trail:
        """Return the versions of `path` up to the commit `at` (by default the newest one).

        `blob` is the id of the file as it is in the working tree: where the newest commit has another one, the
        working tree's is the newest version.
        """
        return Trail(self, self._prefix + path, blob, self.head if at is None else at)

    def traces(self, path: str) -> Iterator[tuple[str, str]]:
        """Yield every touch of `path`: the commit's id and the blob it left.

        Two histories with the same traces and the same file in their newest commits give the same versions of it, even
        under earlier names, because the id of a commit identifies everything before it.
        """
        touches = self._touches.get(self._prefix + path, ())
        return ((self.commits[touch.commit].id, touch.blob) for touch in touches)

    def names_blob(self, blob: str) -> bool:
        """Say whether any commit left a file with this blob id."""
        if self._blobs is None:
            self._blobs = frozenset(touch.blob for touches in self._touches.values() for touch in touches)
        return blob in self._blobs

    def meeting(self, one: int, other: int) -> int | None:
        """Return the first commit that contains two, of which neither contains the other: None where there is none.

        That is where what was made on parallel branches came together.
        """
        holding = {one: {one}, other: {other}}  # which of the two each commit contains
        for at in range(min(one, other) + 1, self.now):
            held = holding.get(at, set()).union(*(holding.get(parent, ()) for parent in self.commits[at].parents))
            if len(held) > 1:
                return None if at in (one, other) else at
            if held:
                holding[at] = held
        return None

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
        """Return the version of `path` in the tree of `commit`; None where it is not there."""
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
            lane = self._lanes[path] = Lane(self._touches.get(path, ()), self._first, self._last)
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


def parse(log: str, *, prefix: str = "", alike: Alike | None = None) -> History:
    """Read the text of `git.read(...).log`.

    `prefix` is the site's folder in the repository; `alike` lets a file be followed through a move that
    changed it, too.
    """
    return history_of(read_log(log), prefix=prefix, alike=alike)


def history_of(log: Log, *, prefix: str = "", alike: Alike | None = None) -> History:
    """Return the history that a log tells; see `parse`."""
    return History(log.commits, log.touches, prefix=prefix, alike=alike, undated=log.undated, trailers=log.trailers)
