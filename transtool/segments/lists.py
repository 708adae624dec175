"""Read lists in lists, and paragraphs in their items, without a Markdown parser.

A list is left to the parser as soon as a line is anything but an item with one blank behind its mark, a line of prose
or a blank one, or stands at another indent than the list that it would continue.
"""

import re

from transtool.model import SegmentKind
from transtool.segments.lines import Span

# How a line of prose begins: with a letter, an @ or an opening quotation mark (no other ASCII, no white space), with a
# number, emphasis, a link, an address or code. None of these can begin or end another block.
PROSE = (
    r"(?:[^\s\x00-!#-&)-?\[-`{-\x7f]|[0-9]++(?![.)](?:\s|\Z))|(?:\*{1,3}|__?)(?![\s*_]|\Z)|\$(?!\$)|/(?!/)"
    r"|!?(?!\[(?:toc|TOC)\])\[[^\[\]\\\n]*+\](?!:)|\[(?!\^)[^\[\]\\\n]*+\[(?!toc|TOC)|``?[^`\n]|<https?://)"
)
_LINE = re.compile(
    rf"(?P<indent>[ ]*+)(?:(?P<blank>[ \t]*+\r?(?:\n|\Z))|(?P<mark>[-*+][ ])?(?={PROSE})(?P<said>[^\n]*+)\n?)"
)
_CONTENT = 2
"""Columns from the mark of an item to its text, by which what belongs to the item is indented at least."""

_CODE = 4
"""Columns in addition from which on text is code."""

_END = re.compile(r"[^\s*+\-0-9]")
"""What a line after a blank one begins with that is no part of the list."""


def read(text: str, position: int, line: int) -> tuple[list[Span], int] | None:
    """Return the spans of the list whose first mark stands at `position`, on that line, and where the list ends.

    It ends with the text, or at a line after a blank one. None is left to the parser.
    """
    spans: list[Span] = []
    marks: list[int] = []  # the columns of the marks of the items that are open
    after_blank = True
    while position < len(text) and not (after_blank and _END.match(text, position)):
        found = _LINE.match(text, position)
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
                spans.append(Span(kind, start, start + len(said), line, line, len(marks), ""))
            else:
                spans[-1] = spans[-1]._replace(end=start + len(said), end_line=line)
            after_blank = False
        position, line = found.end(), line + 1
    return [span._replace(text=text[span.start : span.end]) for span in spans], position


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
