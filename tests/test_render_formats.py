"""What is true of every format."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import CLEAN, EMPTY, NASTY, SMALL, filled_with
from transtool.i18n import ENGLISH, Words
from transtool.model import Report
from transtool.render import RENDERERS, renderer
from transtool.render.episode import render as show

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY)
WORDS = [ENGLISH, Words("es", "es"), Words("ar", "ar")]


def rendered(name: str, report: Report, words: Words = ENGLISH) -> bytes:
    made = renderer(name)(report, words)
    return made if isinstance(made, bytes) else made.encode()


def test_every_format_has_a_function() -> None:
    assert all(callable(renderer(name)) for name in RENDERERS)


def test_a_format_that_there_is_not_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        renderer("papyrus")


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words.tag)
@pytest.mark.parametrize("report", [SMALL, EMPTY, CLEAN], ids=["small", "empty", "clean"])
@pytest.mark.parametrize("name", RENDERERS)
def test_the_same_report_gives_the_same_bytes(name: str, report: Report, words: Words) -> None:
    assert rendered(name, report, words) == rendered(name, report, words)


@pytest.mark.parametrize("name", ["json", "csv"])
def test_formats_for_machines_are_english_whatever_the_interface_speaks(name: str) -> None:
    assert rendered(name, SMALL, Words("es", "es")) == rendered(name, SMALL)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", RENDERERS)
def test_every_format_survives_every_nasty_string(name: str, text: str) -> None:
    assert rendered(name, filled_with(text))


@pytest.mark.parametrize("name", ["table", "json", "csv", "markdown"])
def test_every_format_survives_every_string(name: str) -> None:
    @settings(max_examples=20)
    @given(ANY_TEXT)
    def survives(text: str) -> None:
        assert rendered(name, filled_with(text), WORDS[-1])

    survives()


@settings(max_examples=20)
@given(text=ANY_TEXT, width=st.none() | st.integers(1, 200), colour=st.booleans())
def test_nothing_of_a_site_steers_a_terminal(text: str, width: int | None, colour: bool) -> None:
    for draw in (renderer("table"), show):
        drawn = str(draw(filled_with(text), ENGLISH, width=width, colour=colour))
        assert drawn.encode()
        bare = drawn if not colour else _without_colours(drawn)
        assert not [character for character in bare if ord(character) < 32 and character != "\n"]
        assert not set(bare) & {"\u202e", "\u2066", "\x9b"}


def _without_colours(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)
