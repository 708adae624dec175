"""Match two sequences in order: patience diff, and the best-scoring matches by dynamic programming.

Positions are those of the elements; `i` is always one in the first sequence, `j` one in the second.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from transtool.text.bounded_matcher import BoundedMatcher

Match = tuple[int, int, int, float]
"""A match: where in the second sequence it starts, `a` elements with `b` elements, and its score."""

Row = Callable[[int, int, int], Iterable[Match]]
"""Gives the matches that may start at `i` and at any `j` from the second number to the third, in the order of `j`."""

# All six limits are about time, not about results, and were set by hand.

_NO_BAND = 144
"""Cells (elements of the one times elements of the other) up to which the whole table is filled."""

_BAND = 8
"""How many columns to either side of the diagonal are filled at first in a larger table."""

_QUADRATIC = 2_500
"""Cells up to which `difflib`, whose time grows with them, looks for equal keys that are not unique."""

_MOST_CELLS = 2_000_000
"""Cells up to which a band is doubled, about two seconds' worth; beyond it, the best path inside the band is taken."""

_MOST_LEVELS = 64
"""How often, on average, patience diff may look at an element; beyond it, what is not divided yet stays unmatched."""

_NEVER = float("-inf")
_DOWN, _RIGHT = (1, 0), (0, 1)
"""The moves that skip one element."""


class Block(NamedTuple):
    """Elements `i` to `i_end` of the one sequence and `j` to `j_end` of the other; either range may be empty."""

    i: int
    i_end: int
    j: int
    j_end: int


def common_prefix(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many elements two sequences have in common at their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def patience_diff(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the positions of equal keys in increasing order on both sides.

    This is patience diff (Bram Cohen): what is equal at either end matches, then the longest increasing subsequence of
    the keys that occur exactly once on both sides, and so on between them. Where no key is unique, the matching
    blocks of `difflib` (Ratcliff and Obershelp) are taken.
    """
    waiting = [Block(0, len(old), 0, len(new))]
    found: list[tuple[int, int]] = []
    left = _MOST_LEVELS * (len(old) + len(new))
    while waiting and left >= 0:
        i, i_end, j, j_end = waiting.pop()
        left -= i_end - i + j_end - j
        while i < i_end and j < j_end and old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            found.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        ours, theirs = _unique(old, i, i_end), _unique(new, j, j_end)
        anchors = longest_increasing([(at, theirs[key]) for key, at in ours.items() if key in theirs])
        if anchors:
            found += anchors
            waiting += gaps(anchors, Block(i, i_end, j, j_end))
        elif (i_end - i) * (j_end - j) <= _QUADRATIC:
            blocks = BoundedMatcher(old[i:i_end], new[j:j_end]).get_matching_blocks()
            found += ((a + i + n, b + j + n) for a, b, size in blocks for n in range(size))
    return sorted(found)


def longest_increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence of `pairs` that increases on both sides; first numbers must be distinct.

    Longest increasing subsequence (Schensted 1961) by patience sorting, in O(n log n).
    """
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    ordered = sorted(pairs)
    for index, (_, j) in enumerate(ordered):
        pile = bisect_left(tails, j)
        if pile == len(tails):
            tails.append(j)
            ends.append(index)
        else:
            tails[pile] = j
            ends[pile] = index
        before[index] = ends[pile - 1] if pile else -1
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(ordered[index])
        index = before[index]
    return chain[::-1]


def gaps(pairs: Sequence[tuple[int, int]], block: Block) -> Iterator[Block]:
    """Yield the parts of `block` before, between and after increasing `pairs`, except empty ones."""
    i, j = block.i, block.j
    for next_i, next_j in (*pairs, (block.i_end, block.j_end)):
        if next_i > i or next_j > j:
            yield Block(i, next_i, j, next_j)
        i, j = next_i + 1, next_j + 1


def best_matches(block: Block, candidates: Row, skip: float) -> list[Block]:
    """Return the `candidates` inside `block` that together score highest, in order and without overlap.

    Every element that stays unmatched costs `skip`. This is sequence alignment by dynamic programming (Needleman and
    Wunsch 1970), with candidates of several elements as in Gale and Church (1993). Of a large block only a band around
    the diagonal is filled in; it is doubled for as long as the best path touches its edge and `_MOST_CELLS` allow it.
    """
    n, m = block.i_end - block.i, block.j_end - block.j
    if not n or not m:
        return []
    band = m if n * m <= _NO_BAND else _BAND + m // n
    while True:
        found, touches = _traced_back(block, _filled(block, candidates, skip, band), skip)
        if not touches or 2 * band * n > _MOST_CELLS:
            return found
        band *= 2


Offers = dict[int, tuple[float, tuple[int, int]]]
"""The best match that ends in each column of a row: the total up to there, and its move."""


class _Row(NamedTuple):
    """One row of the table from column `low` on: the best total up to each cell, and the matches that end in it."""

    low: int
    totals: list[float]
    offers: Offers


def _filled(block: Block, candidates: Row, skip: float, band: int) -> list[_Row]:
    """Return the rows of the table, filled inside a band. Of two equally good paths the one that skips more wins."""
    n, m = block.i_end - block.i, block.j_end - block.j
    bounds = [(max(0, i * m // n - band), min(m, i * m // n + band)) for i in range(n + 1)]
    offers: list[Offers] = [{} for _ in bounds]
    rows: list[_Row] = []
    for i, (low, high) in enumerate(bounds):
        above = rows[-1].totals[low - rows[-1].low :] if rows else [skip]
        totals = _best([*above, *[_NEVER] * (high - low + 1 - len(above))], low, offers[i], skip)
        rows.append(_Row(low, totals, offers[i]))
        shift = block.j + low
        for j, a, b, score in candidates(block.i + i, shift, min(shift + len(totals), block.j_end)) if i < n else ():
            before, to, at = totals[j - shift], i + a, j - block.j + b
            if to <= n and before != _NEVER and bounds[to][0] <= at <= bounds[to][1]:
                there = offers[to]
                if at not in there or before + score >= there[at][0]:
                    there[at] = (before + score, (a, b))
    return rows


def _best(above: list[float], low: int, offers: Offers, skip: float) -> list[float]:
    """Return the best total up to each cell of a row: from the row above, by a match, or along the row."""
    if skip:
        above = [total - skip for total in above]
    for at, (total, _) in offers.items():
        above[at - low] = max(above[at - low], total)
    return [*accumulate(above, (lambda left, total: max(left - skip, total)) if skip else max)]


def _traced_back(block: Block, rows: Sequence[_Row], skip: float) -> tuple[list[Block], bool]:
    """Return the matches along the best path, and whether it touches the edge of the band."""
    found: list[Block] = []
    i, j = block.i_end - block.i, block.j_end - block.j
    width, touches = j, False
    while i or j:
        row = rows[i]
        last = row.low + len(row.totals) - 1
        touches = touches or (j == row.low > 0) or (j == last < width)
        a, b = _move(rows, i, j, skip)
        if a and b:
            found.append(Block(block.i + i - a, block.i + i, block.j + j - b, block.j + j))
        i, j = i - a, j - b
    return found[::-1], touches


def _move(rows: Sequence[_Row], i: int, j: int, skip: float) -> tuple[int, int]:
    """Return the last move of the best path to a cell."""
    best, move, row = _NEVER, _DOWN, rows[i]
    if i and j - rows[i - 1].low < len(rows[i - 1].totals):
        best = rows[i - 1].totals[j - rows[i - 1].low] - skip
    if j in row.offers and row.offers[j][0] > best:
        best, move = row.offers[j]
    return _RIGHT if j > row.low and row.totals[j - 1 - row.low] - skip >= best else move


def _unique(keys: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Return the keys that occur exactly once between `start` and `end`, with their positions."""
    counts = Counter(keys[start:end])
    return {keys[at]: at for at in range(start, end) if counts[keys[at]] == 1}
