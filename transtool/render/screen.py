"""Draw on a terminal: rich's layout as text, with every line running the way the interface does."""

from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from transtool.render.flow import FlowingConsole, unmarked
from transtool.wording import Words
from transtool.wording.safe_text import isolated, right_to_left, visible

if TYPE_CHECKING:  # most of what is drawn is no table
    from rich.table import Table

PLAIN_WIDTH = 120
"""Columns of tables where no terminal says how wide it is."""

_UNLIMITED = 100_000
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}


def plain_table() -> "Table":
    """Return an empty table as all of ours look: a dim head over rows, and no frame."""
    from rich import box
    from rich.table import Table

    return Table(
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="dim",
        border_style="dim",
    )


def drawn(parts: Iterable[RenderableType], words: Words, *, colour: bool, width: int | None) -> str:
    """Return `parts` below each other. `width` None: text is never wrapped."""
    target = StringIO()
    console = FlowingConsole(
        file=target,
        width=width or _UNLIMITED,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for part in parts:
        if isinstance(part, Text) and width is None and not colour:
            target.write(f"{unmarked(part.plain)}\n")  # Nothing to lay out: thousands of lines must not take seconds.
        else:
            console.print(part)
    lines = target.getvalue().split("\n")[:-1]
    return "".join(_directed(line.rstrip(), words) + "\n" for line in lines)


def shown(text: str, words: Words, style: str = "") -> Text:
    """Return text of the site (a title, a path) as it can be put into a table."""
    return Text(isolated(visible(text), words.direction), style)


def _directed(line: str, words: Words) -> str:
    """Keep a terminal that reorders text from turning the line around because of one word in it."""
    return _MARKS[words.direction] + line if line and right_to_left(line) else line
