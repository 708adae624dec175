"""Draw on a terminal: rich's layout as text, with every line running the way the interface does."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Span, Text

from transtool.i18n import Words
from transtool.i18n.safe_text import harmless, isolated, right_to_left, visible
from transtool.text.scripts import BETWEEN_LETTERS

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
            target.write(f"{_harmless(part.plain)}\n")  # Nothing to lay out: thousands of lines must not take seconds.
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


# While lines are laid out, a control character without width, white space to rich, stands where a line may be broken,
# and characters for private use, at which rich breaks nothing, stand for no-break spaces (French has them before `:`)
# and for the spaces of `together`.
_BREAK = "\x1c"
_GLUE = {"\u00a0": "\U0010fffc", "\u202f": "\U0010fffd"}
_GLUED_SPACE = "\U0010fffb"
_GLUED = str.maketrans(_GLUE)
_UNMARKED = str.maketrans({_BREAK: "", _GLUED_SPACE: " "} | {glue: space for space, glue in _GLUE.items()})


class FlowingConsole(Console):
    """A console that breaks lines between the letters of scripts without spaces, and at no no-break space."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Lay out `renderable`, text in lines as its script wants it."""
        match renderable:
            case str() if not renderable.isascii():
                renderable = BETWEEN_LETTERS.sub(_BREAK, renderable.translate(_GLUED))
            case Text() if not renderable.plain.isascii():
                renderable = _marked(renderable)
            case Text() if renderable.plain.isprintable():
                return super().render(renderable, options)
            case str() | Text():
                pass
            case _:
                return super().render(renderable, options)
        return (
            Segment(_harmless(text), style, control) for text, style, control in super().render(renderable, options)
        )


def together(text: Text) -> Text:
    """Return `text` as it can be put into a longer one that is wrapped: as one word."""
    kept = text.copy()
    kept.plain = kept.plain.replace(" ", _GLUED_SPACE)
    return kept


def unmarked(text: str) -> str:
    """Return text without what steers its lines, as it is to be read."""
    return text if text.isascii() and _BREAK not in text else text.translate(_UNMARKED)


def _harmless(text: str) -> str:
    """Return text as it goes to the terminal: unmarked, and nothing that steers, whoever forgot to see to that."""
    return text if text.isascii() and text.isprintable() else harmless(unmarked(text))


def _marked(text: Text) -> Text:
    plain = text.plain.translate(_GLUED)
    places = [match.start() for match in BETWEEN_LETTERS.finditer(plain)]
    marked = text.blank_copy(BETWEEN_LETTERS.sub(_BREAK, plain))
    marked.spans = [
        Span(start + bisect_right(places, start), end + bisect_left(places, end), style)
        for start, end, style in text.spans
    ]
    return marked
