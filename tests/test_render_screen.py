"""Lines on a terminal: what belongs together stays on one line, whatever the language joins it with."""

import pytest
from rich.table import Table
from rich.text import Text

from transtool.render.screen import drawn, together
from transtool.wording import ENGLISH


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
