"""Read the plain parts of a section without a Markdown parser, because most of what people write needs none.

A paragraph, quoted or not, a heading, a list, a definition of a link or a Liquid tag on a line of its own is recognised
by how its lines begin. Everything else is left to the parser, up to the next such line after a blank one, which is
outside of every block. Nothing is guessed: plain text is read exactly as the parser would read it
(`tests/test_segments_plain.py` compares the two).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transtool.model import SegmentKind
from transtool.segments import lists
from transtool.segments.dialects import Feature, Syntax
from transtool.segments.labels import find
from transtool.segments.lines import Span
from transtool.segments.lists import PROSE
from transtool.segments.mdx import crosses

# A definition of a link whose address is one that no parser refuses, and that nothing follows.
_LINK = (
    r"\[[^\[\]\\\s^][^\[\]\\\n]*+\]:[ ]++(?:(?:https?|ftp):/|mailto:|[/#])[^\s\x00-\x1f\x7f\"'()<>\[\]\\{}]*+"
    r"[ \t]*+(?=\r?\n|\Z)"
)
_REST = r"[^\n]*+"
_BLANKS = r"(?:\n[ \t]*+\r?(?=\n|\Z))*+"
_TAG = r"\{%(?!-?\s*(?:raw|highlight|comment|capture)\b)[^%\n]{0,1000}+%\}[ \t]*+(?=\r?\n|\Z)"
# A tag with all that stands up to the one that closes it, which is not Markdown: no more than 50 braces, so that tags
# that nothing closes do not each look through the whole text.
_CODE_TAG = (
    r"\{%-?\s*(?P<name>raw|highlight|comment|capture)\b[^%\n]{0,1000}+%\}"
    r"[^{]*+(?:\{(?!%-?\s*end(?P=name)\b)[^{]*+){0,50}+\{%-?\s*end(?P=name)\b[^%]{0,200}+%\}[ \t]*+(?=\r?\n|\Z)"
)
_NO_TAG = r"(?!)"
_FENCE = r"(?:`{3,}+[^`\n]*+|~{3,}+[^\n]*+)(?=\n|\Z)"
_ITEM = rf"(?:[-*+]|[0-9]{{1,9}}[.)])[ ]{PROSE}"
_MODULE = r"(?!(?:import|export)[ ])"
_END = r"\n[ \t]*+\r?(?:\n(?![ ]{0,3}:[ \t])|\Z)|\Z"
"""The end of a paragraph that is no term of a definition."""

# The lines of one list have the same mark; what continues an item of bullets may be indented.
_BULLET = rf"[ ]{PROSE}{_REST}(?:\n[ ]{{2,3}}{PROSE}{_REST})*+"
_STEP = rf"[ ]{PROSE}{_REST}"
_LIST = (
    rf"(?P<bullet>[-*+]){_BULLET}(?:\n(?P=bullet){_BULLET})*+"
    rf"|[0-9]{{1,9}}(?P<dot>[.)]){_STEP}(?:\n[0-9]{{1,9}}(?P=dot){_STEP})*+"
)
_KINDS = {
    "prose": SegmentKind.PARAGRAPH,
    "quote": SegmentKind.PARAGRAPH,
    "tag": SegmentKind.LIQUID,
    "region": SegmentKind.LIQUID,
    "code": SegmentKind.CODE,
    "link": SegmentKind.DEFINITION,
}
_CONTENT = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ ]([^\n]*(?:\n[ ]{2,3}[^\n]*)*)")
# What may extend over blank lines: some HTML, fences and Liquid, also inside quotations and lists. HTML may also extend
# over a tag, to the indented text that follows it.
_FAR = re.compile(
    r"^[ \t>*+\-0-9.)]*+(?:<(?:[!?]|pre|script|style|textarea)|`{3}|~{3}|\{[{%])", re.MULTILINE | re.IGNORECASE
)
_FAR_OVER_TAGS = re.compile(rf"{_FAR.pattern}|<", _FAR.flags)
_FENCED = re.compile(r"^(?P<indent>[ \t>]*+)(?P<mark>`{3,}+|~{3,}+)(?P<more>[^\n]*)", re.MULTILINE)


def _block(prose: str, tag: str, region: str) -> str:
    """Return the pattern of a plain block: prose that begins so, these tags of Liquid, or anything else."""
    return (
        r"(?P<blank>[ \t]*+\r?\n)"
        rf"|(?P<heading>(?P<marks>#{{1,6}})[ \t]+(?P<title>(?={PROSE})[^\n]*[^\s#])[ \t]*+(?=\r?\n|\Z))"
        rf"|(?P<prose>{prose}{_REST}(?:\n{PROSE}{_REST})*+(?={_END}|\n{_FENCE}))"
        rf"|>[ ](?P<quote>(?!\[!){prose}{_REST}(?:\n>[ ]{PROSE}{_REST})*+(?={_END}))"
        rf"|(?P<code>{_FENCE})"
        rf"|(?P<link>{_LINK}(?=\r?\n[ \t]*+(?:\r?\n|\Z)|\Z|\r?\n{_LINK}))"
        rf"|(?P<tag>{tag})|(?P<region>{region})"
        rf"|(?P<items>(?:{_LIST})(?={_BLANKS}\Z"
        rf"|\n[ \t]*+\r?(?=\n){_BLANKS}\n(?:{_outside(prose, tag)}|{_ITEM}|[^\s*+\-0-9])))"
    )


def _outside(prose: str, tag: str) -> str:
    """Return the pattern of a line that is outside of every block if it follows a blank one."""
    return rf"(?:{prose}|\#{{1,6}}[ \t]+{PROSE}|{tag}|{_LINK})"


# Liquid is a tag only where there is Liquid, and ESM is no prose where there is ESM.
_STARTS = {
    "liquid": (PROSE, _TAG, _CODE_TAG),
    "plain": (PROSE, _NO_TAG, _NO_TAG),
    "mdx": (_MODULE + PROSE, _NO_TAG, _NO_TAG),
}
_BLOCK = {name: re.compile(_block(*starts)) for name, starts in _STARTS.items()}
_AGAIN = {
    name: re.compile(rf"^[ \t]*+\r?\n(?={_outside(prose, tag)})", re.MULTILINE)
    for name, (prose, tag, _) in _STARTS.items()
}


class Rest(NamedTuple):
    """A part of a section that is not plain; `line` is the 0-based line of its first character."""

    start: int
    end: int
    line: int


def read(text: str, syntax: Syntax) -> Iterator[Span | Rest]:
    """Yield the plain blocks of `text`, which must start outside of every block, and the other parts between them.

    Each of those parts starts outside of every block and leaves none open, unless it is the last thing in `text`.
    """
    if "\0" in text or text.count("\r") != text.count("\r\n"):
        yield Rest(0, len(text), 0)
        return
    kind = "mdx" if syntax.mdx else "liquid" if syntax.has(Feature.LIQUID) else "plain"
    position = line = 0
    while position < len(text):
        block = _BLOCK[kind].match(text, position)
        end = None if block is None else _code_end(block) if block.lastgroup == "code" else block.end()
        if block is None or end is None:
            nested = lists.read(text, position, line) if text[position] in "-*+" and not syntax.mdx else None
            end = _end(text, position, kind, syntax) if nested is None else nested[1]
            yield from (Rest(position, end, line),) if nested is None else nested[0]
        else:
            yield from _spans(block, end, line, syntax)
        line += text.count("\n", position, end)
        position = end


def _end(text: str, start: int, kind: str, syntax: Syntax) -> int:
    """Return where the part from `start` that is not plain ends: at plain text after a blank line."""
    found = _AGAIN[kind].search(text, start)
    end = len(text) if found is None else found.end()
    far = _FAR_OVER_TAGS if text.startswith("{%", end) else _FAR
    if far.search(text, start, end) or (syntax.mdx and crosses(text, start, end)):
        return len(text)
    return end


def _code_end(opening: re.Match[str]) -> int | None:
    """Return where the code that a fence opens ends; None where the closing fence is not certain."""
    closing = _FENCED.search(opening.string, opening.end())
    if closing is None or closing["indent"].strip(" ") or len(closing["indent"]) > 3 or closing["more"].strip(" \t\r"):
        return None
    mark = opening[0][: len(opening[0]) - len(opening[0].lstrip(opening[0][0]))]
    return closing.end() if closing["mark"].startswith(mark) else None


def _labelled(tag: re.Match[str], line: int, syntax: Syntax) -> Iterator[Span]:
    """Yield a tag and the prose in its parameters."""
    start, end, text = tag.start(), tag.start() + len(tag[0].rstrip()), tag.string
    for label in find(tag[0], syntax.attributes, liquid=True):
        begin, after = tag.start() + label.start, tag.start() + label.end
        yield Span(SegmentKind.LIQUID, start, begin, line, line, 0, text[start:begin])
        yield Span(SegmentKind.LABEL, begin, after, line, line, label.quoting, text[begin:after])
        start = after
    yield Span(SegmentKind.LIQUID, start, end, line, line, 0, text[start:end])


def _spans(block: re.Match[str], end: int, line: int, syntax: Syntax) -> Iterator[Span]:
    match block.lastgroup:
        case "heading":
            title = block["title"]
            yield Span(SegmentKind.HEADING, *block.span("title"), line, line, len(block["marks"]), title)
        case "tag" if syntax.in_liquid and "=" in block[0]:
            yield from _labelled(block, line, syntax)
        case "prose" | "quote" | "tag" | "region" | "code" | "link" as kind:
            start = block.start(kind)
            said = block.string[start:end].rstrip()
            last = line + said.count("\n")
            yield Span(_KINDS[kind], start, start + len(said), line, last, 0, said)
        case "items":
            for item in _CONTENT.finditer(block.string, *block.span()):
                said = item[1].rstrip()
                start, last = item.start(1), line + said.count("\n")
                yield Span(SegmentKind.ITEM, start, start + len(said), line, last, 1, said)
                line = last + 1
