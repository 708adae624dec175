"""Draw on a terminal: rich's layout as text, with every line running the way the interface does."""

from collections.abc import Iterable
from io import StringIO

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from transtool.safe_text import isolated, right_to_left, visible
from transtool.wording import Words

PLAIN_WIDTH = 120
"""Columns of tables where no terminal says how wide it is."""

_UNLIMITED = 100_000
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
# Rich breaks lines at no-break spaces too (French has them before `:` and in quotation marks). Characters for private
# use, at which it breaks nothing, stand for them while lines are laid out, and for the spaces of `together`.
_GLUE = {"\u00a0": "\U0010fffc", "\u202f": "\U0010fffd"}
_GLUED_SPACE = "\U0010fffb"
_GLUED = str.maketrans(_GLUE)
_UNGLUED = str.maketrans({_GLUED_SPACE: " "} | {glue: space for space, glue in _GLUE.items()})


class _Console(Console):
    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Lay out text so that what a no-break space joins stays on one line."""
        if isinstance(renderable, str):
            renderable = renderable.translate(_GLUED)
        elif isinstance(renderable, Text) and not renderable.plain.isascii():
            renderable = renderable.copy()
            renderable.plain = renderable.plain.translate(_GLUED)
        return super().render(renderable, options)


def drawn(parts: Iterable[RenderableType], words: Words, *, colour: bool, width: int | None) -> str:
    """Return `parts` below each other. `width` None: text is never wrapped."""
    target = StringIO()
    console = _Console(
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
            target.write(f"{part.plain}\n")  # Nothing to lay out: thousands of lines must not take seconds.
        else:
            console.print(part)
    lines = target.getvalue().translate(_UNGLUED).split("\n")[:-1]
    return "".join(_directed(line.rstrip(), words) + "\n" for line in lines)


def shown(text: str, words: Words, style: str = "") -> Text:
    """Return text of the site (a title, a path) as it can be put into a table."""
    return Text(isolated(visible(text), words.direction), style)


def together(text: Text) -> Text:
    """Return `text` as it can be put into a longer one that is wrapped: as one word."""
    kept = text.copy()
    kept.plain = kept.plain.replace(" ", _GLUED_SPACE)
    return kept


def _directed(line: str, words: Words) -> str:
    """Keep a terminal that reorders text from turning the line around because of one word in it."""
    return _MARKS[words.direction] + line if line and right_to_left(line) else line
