"""Matching sequences: what both begin with, what keeps its order, and runs of words."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transtool.text.sequences import common_prefix, longest_increasing, patience_diff
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
