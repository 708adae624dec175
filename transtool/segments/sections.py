"""Read a section of a body: its blocks with exact offsets, and whether its end is open.

Plain text is read directly (`fast_path`), the rest with markdown-it-py.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from transtool.segments import fast_path as plain
from transtool.segments import liquid
from transtool.segments.lines import MASK, Lines, Span
from transtool.segments.markdown_tokens import Reader, moved

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")
_CACHED = 1 << 12

_LONGEST_REMEMBERED = 1 << 16
"""Characters of a section that is remembered: longer ones would take more memory than they save time."""


class Section(NamedTuple):
    """The blocks of a section and the number of line ends in it.

    `awaits` holds the marks that would close a block which is still open at the end (an empty string if nothing in
    particular would); it is empty where the next section starts outside of every block.
    """

    spans: tuple[Span, ...]
    newlines: int
    awaits: tuple[str, ...]


def read(text: str) -> Section:
    """Return the blocks of `text`, which must start outside of every block."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _read(text)


def _read(text: str) -> Section:
    spans: list[Span] = []
    awaits: tuple[str, ...] = ()
    for part in plain.read(text):
        if isinstance(part, Span):
            spans.append(part)
            continue
        section = parsed(text[part.start : part.end])
        if part.end - part.start == len(text):
            return section
        spans.extend(moved(span, part.start, part.line) for span in section.spans)
        awaits = section.awaits if part.end == len(text) else ()
    return Section(tuple(spans), text.count("\n"), awaits)


_remembered = lru_cache(maxsize=_CACHED)(_read)


def parsed(text: str) -> Section:
    """Return the same as `read`, using only markdown-it-py."""
    regions = liquid.find(text)
    lines = Lines(text)
    tokens = _parser().parse(lines.masked(regions.found))
    reader = Reader(lines, lambda inner: read(inner).spans)
    spans = reader.read(tokens, lines.numbers(regions.found))
    return Section(
        spans=tuple(_in_order(spans)),
        newlines=len(lines.starts) - 1,
        awaits=_open_end(tokens, lines) + regions.awaits,
    )


@cache
def _parser() -> "MarkdownIt":
    """Return the parser: CommonMark with tables, block rules only, definitions kept as tokens."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _open_end(tokens: "Sequence[Token]", lines: Lines) -> tuple[str, ...]:
    """Return what would close the last block, if following text could belong to it."""
    last = tokens[-1] if tokens else None
    if last is None or last.level or last.map is None:
        return ()
    count = len(lines.starts) - (lines.starts[-1] == len(lines.text))
    if last.map[1] < count:
        return ()
    if last.type == "fence":
        closer = _FENCE_END.fullmatch(lines.line(last.map[1] - 1))
        closed = closer is not None and closer[1].startswith(last.markup) and last.map[1] - last.map[0] > 1
        return () if closed else (last.markup,)
    if last.type == "html_block":
        content = last.content.strip()
        if content == MASK:
            return ()
        if content.startswith("<!--"):
            return () if content.endswith("-->") else ("-->",)
        return ("",)
    return ()


def _in_order(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans in the order of the text, without any that would overlap the one before it."""
    done = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start >= done and span.end > span.start:
            yield span
            done = span.end
