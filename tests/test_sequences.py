"""Matching sequences: what both begin with, what keeps its order, and runs of words."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transtool.text.sequences import Block, best_matches, common_prefix, longest_increasing, patience_diff
from transtool.text.words import shingles

KEYS = st.lists(st.sampled_from("abcdef"), max_size=12)


@pytest.mark.parametrize(
    ("one", "other", "length"), [("", "", 0), ("a", "", 0), ("abc", "abd", 2), ("ab", "abc", 2), ("xa", "ya", 0)]
)
def test_a_common_prefix_ends_at_the_first_difference(one: str, other: str, length: int) -> None:
    assert common_prefix(one, other) == common_prefix(other, one) == length


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), max_size=7))
def test_no_increasing_subsequence_is_longer(numbers: list[int]) -> None:
    pairs = list(enumerate(numbers))
    found = longest_increasing(pairs)

    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    longer = combinations(pairs, len(found) + 1)
    assert not any(all(b < d for (_, b), (_, d) in pairwise(each)) for each in longer)


@settings(deadline=None)
@given(KEYS, KEYS)
def test_a_patience_diff_pairs_equal_keys_in_order(old: list[str], new: list[str]) -> None:
    found = patience_diff(old, new)

    assert all(old[i] == new[j] for i, j in found)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))
    assert patience_diff(old, old) == [(at, at) for at in range(len(old))]


def test_shingles_overlap_and_short_texts_have_none() -> None:
    assert list(shingles(["we", "drink", "hot", "tea"])) == [("we", "drink", "hot"), ("drink", "hot", "tea")]
    assert list(shingles(["hot", "tea"])) == []


Scores = Mapping[tuple[int, int, int, int], float]
"""The score of matching `a` elements from `i` with `b` from `j`."""


def one_by_one(n: int, m: int, scores: Scores, skip: float) -> list[Block]:
    """Return the best matches by their definition: every cell asks every move, and of equal ones the last wins."""
    moves = ((2, 1), (1, 2), (1, 1), (1, 0), (0, 1))

    def ways(i: int, j: int) -> Iterator[tuple[float, tuple[int, int]]]:
        """The ways to a cell in the order in which rows find them: from rows further up, and there further left."""
        for a, b in sorted(moves, key=lambda move: (-move[0], -move[1])):
            score = scores.get((i - a, a, j - b, b)) if a and b else -skip
            if i >= a and j >= b and score is not None:
                yield best(i - a, j - b)[0] + score, (a, b)

    @cache
    def best(i: int, j: int) -> tuple[float, tuple[int, int]]:
        if not i and not j:
            return 0.0, (0, 0)
        found = [*ways(i, j)]
        most = max(total for total, _ in found)
        return next(way for way in reversed(found) if way[0] == most)

    matches, i, j = [], n, m
    while i or j:
        a, b = best(i, j)[1]
        matches += [Block(i - a, i, j - b, j)] if a and b else []
        i, j = i - a, j - b
    return matches[::-1]


@st.composite
def scored(draw: st.DrawFn) -> tuple[int, int, Scores, float]:
    """Two short sequences, the scores of some matches (few different ones, so that many are equal), and a skip."""
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    places = [
        (i, a, j, b)
        for i in range(n)
        for j in range(m)
        for a, b in ((1, 1), (1, 2), (2, 1))
        if i + a <= n and j + b <= m
    ]
    some = draw(st.lists(st.sampled_from(places), unique=True, max_size=14))
    return (
        n,
        m,
        {place: draw(st.sampled_from([-0.5, 0.25, 0.5, 1.0])) for place in some},
        draw(st.sampled_from([0.0, 0.25])),
    )


@settings(deadline=None)
@given(scored())
def test_the_best_matches_are_those_that_cell_after_cell_finds(case: tuple[int, int, Scores, float]) -> None:
    n, m, scores, skip = case

    def row(i: int, start: int, end: int) -> Iterator[tuple[int, int, int, float]]:
        for j in range(start, end):
            yield from ((j, a, b, scores[i, a, j, b]) for a, b in ((1, 1), (1, 2), (2, 1)) if (i, a, j, b) in scores)

    assert best_matches(Block(0, n, 0, m), row, skip) == one_by_one(n, m, scores, skip)
    shifted = best_matches(
        Block(3, 3 + n, 5, 5 + m), lambda i, s, e: [(j + 5, a, b, x) for j, a, b, x in row(i - 3, s - 5, e - 5)], skip
    )
    assert shifted == [Block(i + 3, k + 3, j + 5, o + 5) for i, k, j, o in one_by_one(n, m, scores, skip)]
