"""Draw on a terminal: rich's layout as text, with every line running the way the interface does."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Span, Text

from transtool.i18n import Words
from transtool.i18n.safe_text import harmless, isolated, location, right_to_left, visible
from transtool.text.scripts import BETWEEN_LETTERS

if TYPE_CHECKING:  # most of what is drawn is not a table
    from rich.table import Table

PLAIN_WIDTH = 120
"""Columns of tables where no terminal says how wide it is."""

_UNLIMITED = 100_000
_WORD = re.compile(r"\S++\s*+")
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


@dataclass(frozen=True, slots=True)
class FromLeft:
    """Something whose lines begin with a path: they run from left to right, and nothing stands before the path."""

    part: RenderableType


def drawn(parts: Iterable[RenderableType | FromLeft], words: Words, *, colour: bool, width: int | None) -> str:
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
    lines: list[str] = []
    for each in parts:
        part, direction = (each.part, "") if isinstance(each, FromLeft) else (each, words.direction)
        if isinstance(part, Text) and width is None and not colour:
            # Nothing to lay out: thousands of lines must not take seconds.
            lines += [_directed(_harmless(line).rstrip(), direction) for line in part.plain.split("\n")]
            continue
        # The console joins what it prints, and then a text has forgotten that it is not to be wrapped.
        is_unbroken = isinstance(part, Text) and part.no_wrap is True
        console.print(part, crop=False, no_wrap=is_unbroken, overflow="ignore" if is_unbroken else None)
        lines += [_directed(line.rstrip(), direction) for line in target.getvalue().split("\n")[:-1]]
        target.seek(0)
        target.truncate()
    return "".join(f"{line}\n" for line in lines)


def shown(text: str, words: Words, style: str = "") -> Text:
    """Return text of the site (a title, a path) as it can be put into a table."""
    return Text(isolated(visible(text), words.direction), style)


def place(path: str, line: int | None = None) -> Text:
    """Return `path:line` to begin a line with (see `FromLeft`), as other programs find it there."""
    return Text(isolated(location(path, line), "ltr"), "cyan")


def unbroken(text: str, style: str = "", indent: int = 0) -> Text:
    """Return a line with a command in it, which is never broken: it can be copied, and wrapped by the terminal."""
    return Text(" " * indent + text, style, no_wrap=True, overflow="ignore")


def flowing(text: Text, width: int | None, indent: int) -> Iterator[Text]:
    """Give `text` in lines of at most `width` columns with the indent, broken between words and before addresses.

    A longer word is left to the terminal: an address that it wraps can still be followed and copied.
    """
    for line in _marked(text, _BREAKS).split(allow_blank=True):
        places = () if width is None else _line_starts(line.plain, max(1, width - indent))
        for part in line.divide(places):
            part.rstrip()
            yield unbroken("", indent=indent).append(part) if part else part


def _line_starts(text: str, width: int) -> Iterator[int]:
    """Give the places at which `text` is broken into lines."""
    column = 0
    for word in _WORD.finditer(text):
        if column and column + cell_len(word[0].rstrip()) > width:
            yield word.start()
            column = 0
        column += cell_len(word[0])


def _directed(line: str, direction: str) -> str:
    """Keep a terminal that reorders text from turning the line around because of one word in it.

    Without a `direction` the line begins with a path, which says enough unless it is written from right to left.
    """
    if not line or not right_to_left(line):
        return line
    if direction:
        return _MARKS[direction] + line
    strong = next((each for each in map(unicodedata.bidirectional, line) if each in ("L", "R", "AL")), "L")
    return line if strong == "L" else _MARKS["ltr"] + line


_BREAKS = re.compile(rf"{BETWEEN_LETTERS.pattern}|(?<=\]\()(?=\S)|(?<=-\])(?=\{{\+)")
"""Where a line of Markdown may be broken besides: before the target of a link, and between what was and what is."""
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


def _marked(text: Text, breaks: re.Pattern[str] = BETWEEN_LETTERS) -> Text:
    plain = text.plain.translate(_GLUED)
    places = [match.start() for match in breaks.finditer(plain)]
    marked = text.blank_copy(breaks.sub(_BREAK, plain))
    marked.spans = [
        Span(start + bisect_right(places, start), end + bisect_left(places, end), style)
        for start, end, style in text.spans
    ]
    return marked
