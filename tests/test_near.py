"""What was probably meant is found among many names at once, and is no other episode."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.text.near import Names
from transtool.text.suggestions import suggestion

POSTS = (
    "news/2019-12-25-engine-2-7-0-released",
    "news/2020-12-25-engine-3-0-0-released",
    "news/2020-02-03-engine-2-7-1-released",
    "news/2020-05-01-call-for-papers",
    "guide/php/_index",
    "guide/php/auto",
    "guide/baking",
    "old/section/oven",
    "part-2",
    "part-21",
    "12",
)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("guide/bakng", "guide/baking"),
        ("Guide/Baking", "guide/baking"),
        ("section/oven", "old/section/oven"),
        ("guide/php", "guide/php/_index"),
        ("guide/php/index", "guide/php/_index"),
        ("guide/php/README", "guide/php/_index"),
        ("news/2020-02-10-engine-2-7-1-veroeffentlicht", "news/2020-02-03-engine-2-7-1-released"),
        ("news/2020-01-02-engine-2-7-0-released", "news/2019-12-25-engine-2-7-0-released"),
        ("news/2019-05-01-call-for-papers", None),
        ("news/2020-12-25-engine-3-0-1-released", None),
        ("news/2020-99-99-call-for-papers", None),
        ("part-3", None),
        ("part-210", None),
        ("13", None),
        ("something/else/altogether", None),
        ("", None),
    ],
)
def test_the_nearest_name_says_the_same_numbers_at_about_the_same_time(name: str, meant: str | None) -> None:
    assert Names(POSTS).nearest(name) == meant


def test_what_is_left_out_is_not_meant() -> None:
    names = Names(["together", "togethers", "a/_index"])

    assert names.nearest("togethe") == "together"
    assert names.nearest("togethe", {"together"}) == "togethers"
    assert names.nearest("a", {"a/_index"}) is None


def test_the_nearest_of_very_many_is_found_in_time() -> None:
    """Some names looked up among twenty thousand: to compare each with each takes hours."""
    random.seed(8)
    words = ["".join(random.choices("abcdefghijklmnop", k=random.randint(3, 9))) for _ in range(3000)]
    there = ["docs/section/" + "-".join(random.choices(words, k=8)) for _ in range(20_000)]
    names = Names(there)

    for name in there[:200]:
        assert names.nearest(name[:20] + name[21:], {"docs"}) == name


def test_text_without_end_is_nobodys_name() -> None:
    long = "a" * 100_000

    assert Names([long, f"{long}a"]).nearest(f"{long}b") is None


@given(st.lists(st.text(max_size=12), max_size=40), st.text(max_size=12))
def test_the_answer_is_one_of_the_names_whatever_they_are(there: list[str], name: str) -> None:
    found = Names(there).nearest(name)

    assert found is None or (found in there and found != name)


def test_a_longer_form_of_a_name_is_meant_first() -> None:
    assert str(suggestion("zh", ["ja", "zh-TW", "zu"])) == "did you mean zh-TW?"


def test_of_names_that_are_equally_alike_the_nearest_date_is_meant() -> None:
    letters = Names(["letters/2020-01-01-letter", "letters/2020-01-15-letter", "letters/2020-01-29-letter"])

    assert letters.nearest("letters/2020-01-15-letter-ja") == "letters/2020-01-15-letter"
    assert letters.nearest("letters/2020-01-15-letter-ja", {"letters/2020-01-15-letter"}) is not None
