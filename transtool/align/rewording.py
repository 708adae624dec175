"""How alike stretches of prose are that were edited from one version of a page to the next, whole, split or joined."""

from collections.abc import Iterator, Sequence

from transtool.align.side import Side
from transtool.align.traits import SHORT, common, likeness, weighed
from transtool.model import SegmentKind

EDITED = 0.35
"""The likeness that an edited segment keeps at least."""

_EDITED_ALONE = 0.2
_JOINED = 0.05
_PART = 0.3
_MOST_PARTS = 3


class Rewording:
    """Prose that was edited between two versions: how alike stretches of it are. Places count what is left of it."""

    def __init__(self, old: Side, olds: Sequence[int], new: Side, news: Sequence[int], *, alone: bool) -> None:
        """Take the positions of what is left in both versions; `alone` says that one stands in the place of one."""
        self._old, self._new = [old.said[at] for at in olds], [new.said[at] for at in news]
        self._old_headed = [old.segments[at].kind is SegmentKind.HEADING for at in olds]
        self._new_headed = [new.segments[at].kind is SegmentKind.HEADING for at in news]
        self._ours, self._theirs = [weighed(each) for each in self._old], [weighed(each) for each in self._new]
        self._common: dict[tuple[int, int], int] = {}
        self._is_same_kind = old.segments[olds[0]].kind is new.segments[news[0]].kind
        self._alone = alone

    def matches(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        """Give the ways to match what starts at two places: edited, split or joined.

        They are worth by how much they are more alike than what was edited needs to be.
        """
        least = _EDITED_ALONE if self._alone else EDITED
        if self._old_headed[i] is not self._new_headed[j]:
            least += _JOINED
        if (share := self._share(i, j, least)) > least:
            yield 1, 1, share - least
        shared, (_, ours), (_, theirs) = self._shared(i, j), self._ours[i], self._theirs[j]
        shapes = [(1, b) for b in self._split(i, j)] if shared >= _PART * theirs else []
        shapes += [(a, 1) for a in self._joined(i, j)] if shared >= _PART * ours else []
        for a, b in shapes:
            needed = least + _JOINED * (a + b - 2)
            share = self._share_of(slice(i, i + a), slice(j, j + b))
            if share > needed:
                yield a, b, share - needed

    def _split(self, i: int, j: int) -> Iterator[int]:
        """Give how many segments from `j` may be parts of `i`: all must be found in it."""
        for b in range(2, _MOST_PARTS + 1):
            at = j + b - 1
            if at == len(self._new) or self._shared(i, at) < _PART * self._theirs[at][1]:
                return
            yield b

    def _joined(self, i: int, j: int) -> Iterator[int]:
        """Give how many segments from `i` may be parts of `j`: all must be found in it."""
        for a in range(2, _MOST_PARTS + 1):
            at = i + a - 1
            if at == len(self._old) or self._shared(at, j) < _PART * self._ours[at][1]:
                return
            yield a

    def _share(self, i: int, j: int, least: float) -> float:
        """Return how alike two segments are; 0 where that cannot be more than `least`."""
        before, after = self._old[i], self._new[j]
        if len(before) + len(after) < 2 * SHORT:
            return 1.0 + least if self._alone and self._is_same_kind else likeness(before, after)
        (_, ours), (_, theirs) = self._ours[i], self._theirs[j]
        if 2 * min(ours, theirs) <= least * (ours + theirs):
            return 0.0
        return 2 * self._shared(i, j) / (ours + theirs)

    def _share_of(self, olds: slice, news: slice) -> float:
        """Return how alike two stretches are; 0 where that is certainly too little."""
        ours, theirs = (sum([total for _, total in each]) for each in (self._ours[olds], self._theirs[news]))
        if 2 * min(ours, theirs) <= _EDITED_ALONE * (ours + theirs):
            return 0.0
        return likeness(" ".join(self._old[olds]), " ".join(self._new[news]))

    def _shared(self, i: int, j: int) -> int:
        """Return what two segments have in common."""
        found = self._common.get((i, j))
        if found is None:
            found = self._common[i, j] = common(self._ours[i][0], self._theirs[j][0])
        return found
