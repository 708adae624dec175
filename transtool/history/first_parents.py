"""Which commit wrote the version of a file in the tree of another commit: nested intervals along first parents."""

from bisect import bisect_right
from collections.abc import Sequence

from transtool.history.model import Commit, Touch


class Lane:
    """The touches of one path, as nested intervals of the numbers that `intervals` gives to commits."""

    __slots__ = ("_first", "_last", "_outer", "_touches")

    def __init__(self, touches: Sequence[Touch], first: Sequence[int], last: Sequence[int]) -> None:
        """Take the touches in any order, and the numbers of all commits."""
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


def intervals(commits: Sequence[Commit]) -> tuple[list[int], list[int]]:
    """Return for each commit the first and last of the numbers that it and its descendants by first parent have."""
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
