"""Order-keeping matching of two sequences: chains of sure pairs, and dynamic programming between them."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

Score = Callable[[int, int, int, int], float | None]
"""Gives what it is worth to match `a` elements from `i` with `b` elements from `j` (i, a, j, b); None: never."""

_WIDE = 144
_BAND = 10
_WIDEST = 60
_NEVER = float("-inf")


class Match(NamedTuple):
    """Elements `i` to `i_end` of the one sequence belong to `j` to `j_end` of the other; either may be empty."""

    i: int
    i_end: int
    j: int
    j_end: int


def rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest chain of `pairs` that rises on both sides; no two pairs may share their first number."""
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    ordered = sorted(pairs)
    for index, (_, j) in enumerate(ordered):
        place = bisect_left(tails, j)
        if place == len(tails):
            tails.append(j)
            ends.append(index)
        else:
            tails[place] = j
            ends[place] = index
        before[index] = ends[place - 1] if place else -1
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(ordered[index])
        index = before[index]
    return chain[::-1]


def gaps(chain: Sequence[tuple[int, int]], n: int, m: int) -> Iterator[Match]:
    """Yield what stands before, between and after the pairs of a rising chain, where there is anything."""
    i = j = 0
    for next_i, next_j in (*chain, (n, m)):
        if next_i > i or next_j > j:
            yield Match(i, next_i, j, next_j)
        i, j = next_i + 1, next_j + 1


def best(gap: Match, score: Score, shapes: Sequence[tuple[int, int]], skip: float) -> list[Match]:
    """Return the matches inside `gap` with the greatest total score, in order; unmatched elements are left out.

    `shapes` are the (a, b) that `score` is asked for; every element that stays unmatched costs `skip`. Of long
    gaps only a band around the diagonal is looked at, so that the cost stays linear.
    """
    n, m = gap.i_end - gap.i, gap.j_end - gap.j
    if not n or not m:
        return []
    band = m if n * m <= _WIDE else max(min(abs(n - m) + _BAND, _WIDEST), 2 * m // n)
    rows: list[_Row] = []
    for i in range(n + 1):
        low, high = max(0, i * m // n - band), min(m, i * m // n + band)
        row = _Row(low, [], [])
        rows.append(row)
        for j in range(low, high + 1):
            total, move = (_NEVER, (0, 0)) if i or j else (0.0, (0, 0))
            for a, b in ((1, 0), (0, 1), *shapes):
                base = rows[i - a].total(j - b) if a <= i else _NEVER
                if base == _NEVER:
                    continue
                worth = score(gap.i + i - a, a, gap.j + j - b, b) if a and b else -skip
                if worth is not None and base + worth > total:
                    total, move = base + worth, (a, b)
            row.totals.append(total)
            row.moves.append(move)
    return _walked(gap, rows)


class _Row(NamedTuple):
    """The best totals up to each place of one row, from column `low` on, and the last move of each."""

    low: int
    totals: list[float]
    moves: list[tuple[int, int]]

    def total(self, column: int) -> float:
        """Return the best total in `column`."""
        at = column - self.low
        return self.totals[at] if 0 <= at < len(self.totals) else _NEVER


def _walked(gap: Match, rows: Sequence[_Row]) -> list[Match]:
    found: list[Match] = []
    i, j = gap.i_end - gap.i, gap.j_end - gap.j
    while i or j:
        a, b = rows[i].moves[j - rows[i].low]
        if a and b:
            found.append(Match(gap.i + i - a, gap.i + i, gap.j + j - b, gap.j + j))
        i, j = i - a, j - b
    return found[::-1]
