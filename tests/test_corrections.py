"""What an edit of the source corrected, and what it changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.text.corrections import is_correction

CORRECTIONS = [
    ("a slip of the keyboard", "Open the platfrom now.", "Open the platform now."),
    ("an inflection", "It energizes the coil.", "It energize the coil."),
    ("another inflection", "The parts are separated by hand.", "The parts are separate by hand."),
    ("a tense", "When it finished, stop.", "When it finishes, stop."),
    ("a doubled word", "Turn the the dial.", "Turn the dial."),
    ("an article", "Take cup of tea.", "Take a cup of tea."),
    ("a preposition", "Put it on the drawer.", "Put it in the drawer."),
    ("a form of to be", "The valves is warm.", "The valves are warm."),
    ("one word", "Use the sound board.", "Use the soundboard."),
    ("capitals", "Use github here.", "Use GitHub here."),
    ("two slips", "Teh kettel boils.", "The kettle boils."),
    ("British spelling", "Mind the colour of it.", "Mind the color of it."),
]
CHANGES = [
    ("a number", "Wait 4 minutes.", "Wait 5 minutes."),
    ("a negation", "Do touch the coil.", "Do not touch the coil."),
    ("a negation that looks like a slip", "It is now safe.", "It is not safe."),
    ("a prefix", "You can install it.", "You can uninstall it."),
    ("another word", "Turn the dial.", "Turn the knob."),
    ("a name", "Ask Anna about it.", "Ask Berta about it."),
    ("a condition", "Stop it.", "Stop it if it hums."),
    ("another choice", "Tea and coffee.", "Tea or coffee."),
    ("a preposition of time", "Stir before you pour.", "Stir after you pour."),
    ("a code", "Run tea --hot.", "Run tea --cold."),
    ("a sign", "Keep a < b.", "Keep a > b."),
    ("a new sentence", "Stir.", "Stir. Then pour it slowly."),
    ("a modal", "You may leave.", "You must leave."),
    ("nothing", "Stir.", "Stir."),
    ("a hyphen, which is no word", "A long term plan.", "A long-term plan."),
]


@pytest.mark.parametrize(("name", "before", "after"), CORRECTIONS)
def test_spelling_inflection_and_function_words_are_corrections(name: str, before: str, after: str) -> None:
    assert is_correction(before, after, "en"), name


@pytest.mark.parametrize(("name", "before", "after"), CHANGES)
def test_whatever_changes_the_meaning_is_none(name: str, before: str, after: str) -> None:
    assert not is_correction(before, after, "en"), name


def test_a_word_that_is_used_elsewhere_was_not_misspelt() -> None:
    assert is_correction("Read the test again.", "Read the text again.", "en")
    assert not is_correction("Read the test again.", "Read the text again.", "en", {"test"})


def test_function_words_are_those_of_the_language() -> None:
    assert is_correction("Abra grifo.", "Abra el grifo.", "es")
    assert is_correction("Abra grifo.", "Abra el grifo.", "es-MX")
    assert not is_correction("Abra grifo.", "Abra el grifo.", "en")
    assert not is_correction("Yiyi ba.", "Yiyi ba wo.", "ak")


TEXTS = st.text(st.sampled_from("abc no the 12.,'’- <Å字"), max_size=30)


@given(one=TEXTS, other=TEXTS)
def test_no_number_or_sign_comes_or_goes_in_a_correction(one: str, other: str) -> None:
    if is_correction(one, other, "en"):
        assert [sign for sign in one if sign in "12<"] == [sign for sign in other if sign in "12<"]
