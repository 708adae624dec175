"""Break lines where readers expect it: rich knows of spaces only, and breaks at every kind of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Span, Text

# Chinese and Japanese are broken between any two letters, but not before what closes or goes on, nor after an opening.
_LETTERS = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
_NEVER_FIRST = "、。，．・：；？！ー々ゝゞヽヾ〜～）］｝〕〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
_NEVER_LAST = "（［｛〔〈《「『【"
_BETWEEN_LETTERS = re.compile(f"(?<=[{_LETTERS}])(?<![{_NEVER_LAST}])(?=[{_LETTERS}0-9A-Za-z])(?![{_NEVER_FIRST}])")
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
                renderable = _BETWEEN_LETTERS.sub(_BREAK, renderable.translate(_GLUED))
            case Text() if not renderable.plain.isascii():
                renderable = _marked(renderable)
            case _:
                return super().render(renderable, options)
        return (Segment(unmarked(text), style, control) for text, style, control in super().render(renderable, options))


def together(text: Text) -> Text:
    """Return `text` as it can be put into a longer one that is wrapped: as one word."""
    kept = text.copy()
    kept.plain = kept.plain.replace(" ", _GLUED_SPACE)
    return kept


def unmarked(text: str) -> str:
    """Return text without what steers its lines, as it is to be read."""
    return text if text.isascii() and _BREAK not in text else text.translate(_UNMARKED)


def _marked(text: Text) -> Text:
    plain = text.plain.translate(_GLUED)
    places = [match.start() for match in _BETWEEN_LETTERS.finditer(plain)]
    marked = text.blank_copy(_BETWEEN_LETTERS.sub(_BREAK, plain))
    marked.spans = [
        Span(start + bisect_right(places, start), end + bisect_left(places, end), style)
        for start, end, style in text.spans
    ]
    return marked
