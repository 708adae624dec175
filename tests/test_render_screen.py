"""Lines on a terminal: what belongs together stays on one line, whatever the language joins it with."""

import pytest
from rich.table import Table
from rich.text import Text

from transtool.i18n import ENGLISH
from transtool.render.screen import drawn, together


@pytest.mark.parametrize("space", ["\u00a0", "\u202f"], ids=["no-break", "narrow no-break"])
@pytest.mark.parametrize("boxed", [False, True], ids=["alone", "in a table"])
def test_no_line_breaks_at_a_no_break_space(space: str, boxed: bool) -> None:
    sentence = f"tags vaut «{space}radio{space}»"
    grid = Table.grid()
    grid.add_row(sentence)

    lines = drawn([grid if boxed else Text(sentence)], ENGLISH, colour=False, width=16)

    assert lines == f"tags vaut\n«{space}radio{space}»\n"


def test_what_is_kept_together_moves_to_the_next_line_as_a_whole_and_has_plain_spaces() -> None:
    legend = Text("   ").join(together(Text(entry)) for entry in ("✓ current", "✗ not there"))

    assert drawn([legend], ENGLISH, colour=False, width=20) == "✓ current\n✗ not there\n"
    assert drawn([legend], ENGLISH, colour=False, width=None) == "✓ current   ✗ not there\n"


@pytest.mark.parametrize("boxed", [False, True], ids=["alone", "in a table"])
@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        ("古いラジオを直す人たち", "古いラジオ\nを直す人た\nち\n"),
        ("古いラジオ、直す人たち", "古いラジ\nオ、直す人\nたち\n"),
        ("古いもの「ラジオ」たち", "古いもの\n「ラジオ」\nたち\n"),
        ("古い ラジオ を直す", "古い ラジ\nオ を直す\n"),
    ],
    ids=["between letters", "not before what closes", "not after what opens", "at spaces, too"],
)
def test_japanese_needs_no_spaces_to_be_broken(sentence: str, lines: str, boxed: bool) -> None:
    text = Text(sentence)
    grid = Table.grid()
    grid.add_row(text)

    part = grid if boxed else text
    assert drawn([part], ENGLISH, colour=False, width=10) == lines


def test_letters_that_may_be_broken_keep_their_colours() -> None:
    text = Text.assemble("古い", ("ラジオ", "red"), ("を直す", "bold"), "人")

    coloured = drawn([text], ENGLISH, colour=True, width=10)

    assert coloured == "古い\x1b[31mラジオ\x1b[0m\n\x1b[1mを直す\x1b[0m人\n"


def test_nothing_steers_lines_where_nothing_is_laid_out() -> None:
    legend = Text("  ").join(together(Text(each)) for each in ("要更新 3", "最新 5"))

    assert drawn([legend], ENGLISH, colour=False, width=None) == "要更新 3  最新 5\n"
    assert drawn([legend], ENGLISH, colour=False, width=40) == "要更新 3  最新 5\n"
