"""Order-keeping matching of two sequences: chains of sure pairs, and dynamic programming between them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

Matches = Callable[[int, int], Iterable[tuple[int, int, float]]]
"""Gives the matches that start at `i` and `j`: `a` elements with `b` elements, and what that is worth."""

_WIDE = 144
_BAND = 8
_FEW = 2_500
_NEVER = float("-inf")


class Match(NamedTuple):
    """Elements `i` to `i_end` of the one sequence belong to `j` to `j_end` of the other; either may be empty."""

    i: int
    i_end: int
    j: int
    j_end: int


def equal(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return a rising chain of places of equal keys: those that stand once on both sides decide."""
    waiting = [Match(0, len(old), 0, len(new))]
    found: list[tuple[int, int]] = []
    while waiting:
        i, i_end, j, j_end = waiting.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        ours, theirs = _once(old, i, i_end), _once(new, j, j_end)
        chain = rising([(at, theirs[key]) for key, at in ours.items() if key in theirs])
        if chain:
            found += chain
            waiting += gaps(chain, Match(i, i_end, j, j_end))
        elif (i_end - i) * (j_end - j) <= _FEW:
            blocks = SequenceMatcher(None, old[i:i_end], new[j:j_end], autojunk=False).get_matching_blocks()
            found += ((a + i + n, b + j + n) for a, b, size in blocks for n in range(size))
    return sorted(found)


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


def gaps(chain: Sequence[tuple[int, int]], block: Match) -> Iterator[Match]:
    """Yield what stands in `block` before, between and after the pairs of a rising chain, where there is anything."""
    i, j = block.i, block.j
    for next_i, next_j in (*chain, (block.i_end, block.j_end)):
        if next_i > i or next_j > j:
            yield Match(i, next_i, j, next_j)
        i, j = next_i + 1, next_j + 1


def best(block: Match, matches: Matches, skip: float) -> list[Match]:
    """Return those of the `matches` inside `block` that have the greatest total worth, in order.

    Every element that stays unmatched costs `skip`. Of a large block only a band around the diagonal is looked at,
    made twice as wide as long as the best way touches its rim.
    """
    n, m = block.i_end - block.i, block.j_end - block.j
    if not n or not m:
        return []
    band = m if n * m <= _WIDE else _BAND + m // n
    while True:
        found, touches = _walked(block, _ways(block, matches, skip, band))
        if not touches:
            return found
        band *= 2


class _Row(NamedTuple):
    """The best totals up to each place of one row, from column `low` on, and the last move of each."""

    low: int
    totals: list[float]
    moves: list[tuple[int, int]]


def _ways(block: Match, matches: Matches, skip: float, band: int) -> list[_Row]:
    """Return the best ways inside a band. Where two are as good, the one that skips more is taken."""
    n, m = block.i_end - block.i, block.j_end - block.j
    rows = [_row(max(0, i * m // n - band), min(m, i * m // n + band)) for i in range(n + 1)]
    rows[0].totals[0] = 0.0
    for i, (low, totals, moves) in enumerate(rows):
        left = _NEVER
        for j, total in enumerate(totals, low):
            if left >= total and left != _NEVER:
                total = totals[j - low] = left
                moves[j - low] = (0, 1)
            left = total - skip
            if i == n or total == _NEVER:
                continue
            _offer(rows[i + 1], j, left, (1, 0))
            if j < m:
                for a, b, worth in matches(block.i + i, block.j + j):
                    if i + a <= n:
                        _offer(rows[i + a], j + b, total + worth, (a, b))
    return rows


def _row(low: int, high: int) -> _Row:
    width = high - low + 1
    return _Row(low, [_NEVER] * width, [(0, 0)] * width)


def _offer(row: _Row, j: int, total: float, move: tuple[int, int]) -> None:
    """Take a way to column `j` of a row, if it is in the band and no other one is better."""
    at = j - row.low
    if 0 <= at < len(row.totals) and total >= row.totals[at]:
        row.totals[at] = total
        row.moves[at] = move


def _walked(block: Match, rows: Sequence[_Row]) -> tuple[list[Match], bool]:
    """Return the matches along the best way, and whether it touches the rim of the band."""
    found: list[Match] = []
    i, j = block.i_end - block.i, block.j_end - block.j
    width, touches = j, False
    while i or j:
        row = rows[i]
        last = row.low + len(row.totals) - 1
        touches = touches or (j == row.low > 0) or (j == last < width)
        a, b = row.moves[j - row.low]
        if a and b:
            found.append(Match(block.i + i - a, block.i + i, block.j + j - b, block.j + j))
        i, j = i - a, j - b
    return found[::-1], touches


def _once(keys: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Return the keys that stand once between `start` and `end`, with their places."""
    counts = Counter(keys[start:end])
    return {keys[at]: at for at in range(start, end) if counts[keys[at]] == 1}
