"""Order-keeping matching of two sequences: chains of sure pairs, and dynamic programming between them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

Score = Callable[[int, int, int, int], float | None]
"""Gives what it is worth to match `a` elements from `i` with `b` elements from `j` (i, a, j, b); None: never."""

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


def best(block: Match, score: Score, shapes: Sequence[tuple[int, int]], skip: float) -> list[Match]:
    """Return the matches inside `block` with the greatest total score, in order; unmatched elements are left out.

    `shapes` are the (a, b) that `score` is asked for; every element that stays unmatched costs `skip`. Of a large
    block only a band around the diagonal is looked at, made twice as wide as long as the best way touches its rim.
    """
    n, m = block.i_end - block.i, block.j_end - block.j
    if not n or not m:
        return []
    band = m if n * m <= _WIDE else _BAND + m // n
    while True:
        found, touches = _best(block, score, shapes, skip, band)
        if not touches:
            return found
        band *= 2


def _best(
    block: Match, score: Score, shapes: Sequence[tuple[int, int]], skip: float, band: int
) -> tuple[list[Match], bool]:
    """Return the best matches inside a band, and whether the way to them touches the rim of the band."""
    n, m = block.i_end - block.i, block.j_end - block.j
    rows: list[_Row] = []
    for i in range(n + 1):
        low, high = max(0, i * m // n - band), min(m, i * m // n + band)
        totals: list[float] = []
        moves: list[tuple[int, int]] = []
        above = [(a, b, rows[i - a].low, rows[i - a].totals) for a, b in ((1, 0), *shapes) if a <= i]
        for j in range(low, high + 1):
            total, move = (totals[-1] - skip, (0, 1)) if totals else (_NEVER if i or j else 0.0, (0, 0))
            for a, b, start, older in above:
                at = j - b - start
                if not 0 <= at < len(older):
                    continue
                worth = score(block.i + i - a, a, block.j + j - b, b) if b else -skip
                if worth is not None and older[at] + worth > total:
                    total, move = older[at] + worth, (a, b)
            totals.append(total)
            moves.append(move)
        rows.append(_Row(low, totals, moves))
    return _walked(block, rows)


class _Row(NamedTuple):
    """The best totals up to each place of one row, from column `low` on, and the last move of each."""

    low: int
    totals: list[float]
    moves: list[tuple[int, int]]


def _walked(block: Match, rows: Sequence[_Row]) -> tuple[list[Match], bool]:
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
