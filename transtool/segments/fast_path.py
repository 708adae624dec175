"""Read the plain parts of a section without a Markdown parser, because most of what people write needs none.

A paragraph, a heading, a list of one-line items or a Liquid tag on a line of its own is recognised by how its lines
begin. Everything else is left to the parser, up to the next such line after a blank one, which is outside of every
block. Nothing is guessed: plain text is read exactly as the parser would read it (`tests/test_segments_plain.py`
compares the two).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transtool.model import SegmentKind
from transtool.segments.lines import Span

# How a line of prose begins: with a letter, an @ or an opening quotation mark (no other ASCII, no white space), with a
# number, emphasis, a link or code. None of these can begin or end another block, or be the title of an admonition.
_PROSE = (
    r"(?:[^\s\x00-!#-&)-?\[-`{-\x7f]|[0-9]++(?![.)])|(?:\*{1,3}|__?)[A-Za-z0-9]"
    r"|!?\[[^\[\]\\\n]*+\](?!:)|``?[^`\n])"
)
_REST = r"[^\n]*+"
_BLANKS = r"(?:\n[ \t]*+\r?(?=\n|\Z))*+"
_TAG = r"\{%(?!-?\s*(?:raw|highlight|comment|capture)\b)[^%\n]{0,1000}+%\}[ \t]*+(?=\r?\n|\Z)"
_FENCE = r"(?:`{3,}+[^`\n]*+|~{3,}+[^\n]*+)(?=\n|\Z)"
_OUTSIDE = rf"(?:{_PROSE}|\#{{1,6}}[ \t]+{_PROSE}|{_TAG})"
_ITEM = rf"(?:[-*+]|[0-9]{{1,9}}[.)])[ ]{_PROSE}"

# The lines of one list have the same mark; what continues an item of bullets may be indented.
_BULLET = rf"[ ]{_PROSE}{_REST}(?:\n[ ]{{2,3}}{_PROSE}{_REST})*+"
_STEP = rf"[ ]{_PROSE}{_REST}"
_LIST = (
    rf"(?P<bullet>[-*+]){_BULLET}(?:\n(?P=bullet){_BULLET})*+"
    rf"|[0-9]{{1,9}}(?P<dot>[.)]){_STEP}(?:\n[0-9]{{1,9}}(?P=dot){_STEP})*+"
)

_BLOCK = re.compile(
    r"(?P<blank>[ \t]*+\r?\n)"
    rf"|(?P<heading>(?P<marks>#{{1,6}})[ \t]+(?P<title>(?={_PROSE})[^\n]*[^\s#])[ \t]*+(?=\r?\n|\Z))"
    rf"|(?P<prose>{_PROSE}{_REST}(?:\n{_PROSE}{_REST})*+(?=\n[ \t]*+\r?(?:\n|\Z)|\Z|\n{_FENCE}))"
    rf"|(?P<code>{_FENCE})"
    rf"|(?P<tag>{_TAG})"
    rf"|(?P<items>(?:{_LIST})(?={_BLANKS}\Z|\n[ \t]*+\r?(?=\n){_BLANKS}\n(?:{_OUTSIDE}|{_ITEM}|[^\s*+\-0-9])))"
)
_KINDS = {"prose": SegmentKind.PARAGRAPH, "tag": SegmentKind.LIQUID, "code": SegmentKind.CODE}
_CONTENT = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ ]([^\n]*(?:\n[ ]{2,3}[^\n]*)*)")
_AGAIN = re.compile(rf"^[ \t]*+\r?\n(?={_OUTSIDE})", re.MULTILINE)
# What may extend over blank lines: some HTML, fences and Liquid, also inside quotations and lists. HTML and the title
# of an admonition may also extend over a tag, to the indented text that follows it.
_FAR = re.compile(
    r"^[ \t>*+\-0-9.)]*+(?:<(?:[!?]|pre|script|style|textarea)|`{3}|~{3}|\{[{%])", re.MULTILINE | re.IGNORECASE
)
_FAR_OVER_TAGS = re.compile(rf"{_FAR.pattern}|<|!!!|\?\?\?|===", _FAR.flags)
_FENCED = re.compile(r"^(?P<indent>[ \t>]*+)(?P<mark>`{3,}+|~{3,}+)(?P<more>[^\n]*)", re.MULTILINE)


class Rest(NamedTuple):
    """A part of a section that is not plain; `line` is the 0-based line of its first character."""

    start: int
    end: int
    line: int


def read(text: str) -> Iterator[Span | Rest]:
    """Yield the plain blocks of `text`, which must start outside of every block, and the other parts between them.

    Each of those parts starts outside of every block and leaves none open, unless it is the last thing in `text`.
    """
    if "\0" in text or text.count("\r") != text.count("\r\n"):
        yield Rest(0, len(text), 0)
        return
    position = line = 0
    while position < len(text):
        block = _BLOCK.match(text, position)
        end = None if block is None else _code_end(block) if block.lastgroup == "code" else block.end()
        if block is None or end is None:
            end = _end(text, position)
            yield Rest(position, end, line)
        else:
            yield from _spans(block, end, line)
        line += text.count("\n", position, end)
        position = end


def _end(text: str, start: int) -> int:
    """Return where the part from `start` that is not plain ends: at plain text after a blank line."""
    again = _AGAIN.search(text, start)
    end = len(text) if again is None else again.end()
    far = _FAR_OVER_TAGS if text.startswith("{%", end) else _FAR
    return len(text) if far.search(text, start, end) else end


def _code_end(opening: re.Match[str]) -> int | None:
    """Return where the code that a fence opens ends; None where the closing fence is not certain."""
    closing = _FENCED.search(opening.string, opening.end())
    if closing is None or closing["indent"].strip(" ") or len(closing["indent"]) > 3 or closing["more"].strip(" \t\r"):
        return None
    mark = opening[0][: len(opening[0]) - len(opening[0].lstrip(opening[0][0]))]
    return closing.end() if closing["mark"].startswith(mark) else None


def _spans(block: re.Match[str], end: int, line: int) -> Iterator[Span]:
    match block.lastgroup:
        case "heading":
            title = block["title"]
            yield Span(SegmentKind.HEADING, *block.span("title"), line, line, len(block["marks"]), title)
        case "prose" | "tag" | "code" as kind:
            said = block.string[block.start() : end].rstrip()
            start, last = block.start(), line + said.count("\n")
            yield Span(_KINDS[kind], start, start + len(said), line, last, 0, said)
        case "items":
            for item in _CONTENT.finditer(block.string, *block.span()):
                said = item[1].rstrip()
                start, last = item.start(1), line + said.count("\n")
                yield Span(SegmentKind.ITEM, start, start + len(said), line, last, 1, said)
                line = last + 1
