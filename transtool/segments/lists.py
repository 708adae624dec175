"""Read lists in lists, and paragraphs in their items, without a Markdown parser.

A list is left to the parser as soon as a line is anything but an item with one blank behind its mark, a line of prose
or a blank one, or stands at another indent than the list that it would continue.
"""

import re
from collections.abc import Callable

from transtool.model import SegmentKind
from transtool.segments.lines import Span

_CONTENT = 2
"""Columns from the mark of an item to its text, by which what belongs to the item is indented at least."""

_CODE = 4
"""Columns in addition from which on text is code."""

_END = re.compile(r"[^\s*+\-0-9]")
"""What a line after a blank one begins with that is no part of the list."""


def reader(prose: str) -> Callable[[str, int, int], tuple[list[Span], int] | None]:
    """Return what reads a list, where this pattern is how a line of prose begins.

    It takes a text, the offset of a line that begins with the mark of an item, and the number of that line. It gives
    the spans, and where the list ends: with the text, or at a line after a blank one. None is left to the parser.
    """
    line_of_list = re.compile(
        rf"(?P<indent>[ ]*+)(?:(?P<blank>[ \t]*+\r?(?:\n|\Z))|(?P<mark>[-*+][ ])?(?={prose})(?P<said>[^\n]*+)\n?)"
    )

    def read(text: str, position: int, line: int) -> tuple[list[Span], int] | None:
        spans: list[Span] = []
        marks: list[int] = []  # the columns of the marks of the items that are open
        after_blank = True
        while position < len(text) and not (after_blank and _END.match(text, position)):
            found = line_of_list.match(text, position)
            if found is None:
                return None
            if found["blank"] is not None:
                after_blank = True
            else:
                start, said = found.start("said"), found["said"].rstrip()
                if found["mark"] or after_blank:
                    if not _opens(marks, len(found["indent"]), is_item=found["mark"] is not None):
                        return None
                    kind = SegmentKind.ITEM if found["mark"] else SegmentKind.PARAGRAPH
                    spans.append(Span(kind, start, start + len(said), line, line, len(marks), said))
                else:
                    spans[-1] = _continued(spans[-1], text, start + len(said), line)
                after_blank = False
            position, line = found.end(), line + 1
        return spans, position

    return read


def _opens(marks: list[int], indent: int, *, is_item: bool) -> bool:
    """Close the items that what stands at `indent` is outside of, and open its own if it is one.

    Says whether it can be told: not of code, nor of an item at another indent than those before it.
    """
    inner = None
    while marks and indent < marks[-1] + _CONTENT:
        inner = marks.pop()
    if indent - (marks[-1] + _CONTENT if marks else 0) >= (_CODE if marks else 1):
        return False
    if is_item:
        marks.append(indent)
        return inner in (None, indent)
    return bool(marks)


def _continued(span: Span, text: str, end: int, line: int) -> Span:
    """Return a span with one more line, up to the offset `end`."""
    return span._replace(end=end, end_line=line, text=text[span.start : end])
