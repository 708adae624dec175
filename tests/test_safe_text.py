"""Text of others is shown so that it can neither hide nor steer."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.i18n.safe_text import encodable, isolated, location, right_to_left, visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, ñ, 日本, 👩‍👩‍👧", "plain, ñ, 日本, 👩‍👩‍👧"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x00\x1b[31m\x7f\x9b", r"\x00\x1b[31m\x7f\x9b"),
        ("\u202etxt\u2066\u200f\u061c", r"\u202etxt\u2066\u200f\u061c"),
        ("a\u2028b\ufeff", r"a\u2028b\ufeff"),
        ("caf\udce9", r"caf\xe9"),
        ("\ud800", r"\ud800"),
    ],
)
def test_what_hides_or_steers_becomes_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY_TEXT)
def test_visible_text_is_one_line_that_can_be_written_anywhere(text: str) -> None:
    shown = visible(text)
    assert shown.encode().decode() == shown
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(character) == "Cc" for character in shown)
    assert visible(shown) == shown


@given(ANY_TEXT)
def test_encodable_text_differs_only_where_it_must(text: str) -> None:
    assert encodable(text).encode().decode() == encodable(text)
    if all(unicodedata.category(character) != "Cs" for character in text):
        assert encodable(text) == text


def test_only_text_that_runs_the_other_way_is_isolated() -> None:
    assert isolated("abc", "ltr") == "abc"
    assert isolated("", "rtl") == ""
    assert isolated("שלום", "ltr") == "\u2068שלום\u2069"
    assert isolated("docs/a.md", "rtl") == "\u2068docs/a.md\u2069"


def test_letters_tell_the_direction_and_digits_do_not() -> None:
    assert right_to_left("1 خبز")
    assert not right_to_left("١٢٣ 123 日本")


def test_a_location_is_what_editors_open() -> None:
    assert location("docs/a b.md") == "docs/a b.md"
    assert location("docs/a\nb.md", 12) == r"docs/a\nb.md:12"
