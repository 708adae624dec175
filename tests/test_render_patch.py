"""A diff that people look at is coloured and cannot drive the terminal."""

from hypothesis import given
from hypothesis import strategies as st

from transtool.i18n import ENGLISH
from transtool.render.patch import render

PATCH = "--- a/x.md\n+++ b/x.md\n@@ -1,2 +1,2 @@\n same\n-old\x1b[31m\n+new\n"


def test_every_line_is_there_and_controls_are_visible() -> None:
    shown = render(PATCH, ENGLISH, colour=False)

    assert shown.count("\n") == PATCH.count("\n")
    assert "\x1b" not in shown
    assert "+new\n" in shown


def test_colours_tell_what_comes_from_what_goes() -> None:
    shown = render(PATCH, ENGLISH, colour=True)

    assert "\x1b[32m+new" in shown
    assert "\x1b[31m-old" in shown


def test_nothing_is_nothing() -> None:
    assert render("", ENGLISH, colour=True) == ""


@given(st.text())
def test_no_text_gets_through_with_controls(text: str) -> None:
    shown = render(text, ENGLISH, colour=False)

    assert not any(ord(character) < 32 and character != "\n" for character in shown)
