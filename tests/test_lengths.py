"""How long a translation is beside its source: what is usual, and what is odd."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.align.length_model import LengthModel, fit_length_model

WORDS = "water in the kettle is hot and tea is good "
PAIRS = [(WORDS * times, "水壶里的水热了茶很好" * times) for times in (1, 1, 2, 2, 2, 3, 3, 4, 5, 6)]


def test_what_is_as_long_as_the_others_is_not_odd() -> None:
    usual = fit_length_model(PAIRS)

    assert usual.usual < -1
    assert all(abs(usual.deviation(source, present)) < 0.1 for source, present in PAIRS)


def test_a_long_text_is_odd_where_a_short_one_with_the_same_share_is_not() -> None:
    usual = fit_length_model(PAIRS)

    assert 0 < usual.deviation(WORDS, "水壶里的水热了茶很好喝喝喝") < 1.5
    assert usual.deviation(WORDS * 9, "水壶里的水热了茶很好喝喝喝" * 9) > 2


def test_what_is_too_short_is_below_zero() -> None:
    assert fit_length_model(PAIRS).deviation(WORDS * 4, "水壶里的水热了") < -3


def test_names_and_code_are_as_long_in_any_language() -> None:
    usual, code = fit_length_model(PAIRS), "setup-the-kettle/boil-it.sh"

    assert usual.deviation(WORDS + code, "水壶里的水热了茶很好" + code) < 1


def test_of_few_pairs_little_is_known() -> None:
    assert fit_length_model([]) == LengthModel(0.0, fit_length_model(PAIRS[:2]).spread)
    assert fit_length_model(PAIRS[:2]).spread > fit_length_model(PAIRS).spread


@pytest.mark.parametrize(("source", "present"), [("", ""), ("", "té"), ("tea", "")])
def test_what_says_nothing_has_some_length(source: str, present: str) -> None:
    assert isinstance(fit_length_model(PAIRS).deviation(source, present), float)


@given(st.lists(st.tuples(st.text(max_size=90), st.text(max_size=90)), max_size=12), st.text(), st.text())
def test_any_texts_are_measured(pairs: list[tuple[str, str]], source: str, present: str) -> None:
    assert abs(fit_length_model(pairs).deviation(source, present)) < 1_000
