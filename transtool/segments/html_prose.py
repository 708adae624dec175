"""Find the prose inside a block of HTML: to a translator, the text between two block tags is a paragraph."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transtool.model import SegmentKind
from transtool.segments.mdx import Walk, tag_end
from transtool.segments.views import LIQUID, TAG

_INLINE_TAG = re.compile(
    r"a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|mark|q|rb|rp|rt|ruby|s|samp|small|span"
    r"|strike|strong|sub|sup|time|tt|u|var",
    re.IGNORECASE,
)
_VOID = frozenset({"img", "br", "wbr"})
_KINDS = {
    "li": SegmentKind.ITEM,
    "td": SegmentKind.CELL,
    "th": SegmentKind.CELL,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), SegmentKind.HEADING),
}
_BLOCKS = ("raw", "comment", "highlight", "capture")
_RAW_ELEMENTS = ("script", "style", "pre", "textarea", "svg", "math", "template", "object", "canvas")
_LIQUID_BLOCK = rf"\{{%-?\s*(?P<block>{'|'.join(_BLOCKS)})\b"
_RAW = rf"<(?P<raw>{'|'.join(_RAW_ELEMENTS)})\b"
_CLOSERS = {
    **{name: re.compile(rf"\{{%-?\s*end{name}\b[^%]{{0,200}}%\}}") for name in _BLOCKS},
    **{name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in _RAW_ELEMENTS},
}
_TOKEN = re.compile(
    rf"(?P<opaque>{_LIQUID_BLOCK}|{_RAW})|(?P<liquid>{LIQUID})|(?P<tag>{TAG})", re.DOTALL | re.IGNORECASE
)
_NAME = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
_ENTITY = re.compile(r"&#?\w+;")
_WORD = re.compile(r"[^\W_]")
_DEEPEST = 20  # elements in one another, all on one line
_SPACES = re.compile(r"\s*")
_LINE_END = re.compile(r"[ \t]*(?:\r?\n|\Z)")


class Run(NamedTuple):
    """A stretch of an HTML block: prose with inline tags, or opaque HTML or Liquid."""

    kind: SegmentKind
    start: int
    end: int
    level: int


class _Piece(NamedTuple):
    start: int
    end: int
    sort: str  # text, inline, void, liquid, break


def runs(text: str) -> Iterator[Run]:
    """Yield the prose and the opaque stretches of `text`, a block of HTML, in order and without overlap."""
    position = 0
    for run in _prose(text):
        yield from _opaque(text, position, run.start)
        yield run
        position = run.end
    yield from _opaque(text, position, len(text))


def tags(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where the tags in a block of HTML stand, and whether each is Liquid; not what is inside of scripts."""
    for piece in _pieces(text):
        if piece.sort != "text" and not text.startswith("<!--", piece.start):
            end = piece.end
            if piece.sort == "break" and (match := _TOKEN.match(text, piece.start)) is not None and match["opaque"]:
                end = match.end()
            yield piece.start, end, piece.sort == "liquid"


def elements(text: str, depth: int = _DEEPEST) -> Iterator[Run]:
    """Yield a paragraph of MDX without the tags around whole lines of it; elements that stand in a line stay in it."""
    position = 0
    while depth and position < len(text) and (found := _element(text, position)) is not None:
        after, before, end, name = found
        yield Run(SegmentKind.HTML, position, after, 0)
        inner = _trimmed_to(text, after, before)
        if inner is not None:
            yield from _inner(text, *inner, name, depth - 1)
        yield Run(SegmentKind.HTML, before, end, 0)
        spaces = _SPACES.match(text, end)
        position = end if spaces is None else spaces.end()
    if position < len(text):
        yield Run(SegmentKind.PARAGRAPH, position, len(text), 0)


def _inner(text: str, start: int, end: int, name: str, depth: int) -> Iterator[Run]:
    """Yield what is in an element: elements again, or prose."""
    kind = _KINDS.get(name, SegmentKind.PARAGRAPH)
    for run in elements(text[start:end], depth):
        own = kind if run.kind is SegmentKind.PARAGRAPH else run.kind
        if own is kind and not _has_words(text[start + run.start : start + run.end]):
            own = SegmentKind.HTML
        level = int(name[1]) if own is SegmentKind.HEADING and kind is own and not run.level else run.level
        yield Run(own, start + run.start, start + run.end, level)


def _element(text: str, start: int) -> tuple[int, int, int, str] | None:
    """Return where the tag at `start` ends, where its closing tag starts and ends, and its name.

    None where there is none, or where anything but the end of the line follows it.
    """
    opening = _NAME.match(text, start)
    if opening is None or opening[1] or _INLINE_TAG.fullmatch(opening[2]):
        return None
    after, closing = tag_end(Walk(text), start), f"</{opening[2]}>"
    before = text.find(closing, after) if after > 0 and text[after - 2] != "/" else -1
    if before < 0 or f"<{opening[2]}" in text[after:before]:
        return None
    end = before + len(closing)
    return (after, before, end, opening[2].lower()) if _LINE_END.match(text, end) else None


def _trimmed_to(text: str, start: int, end: int) -> tuple[int, int] | None:
    inner = text[start:end]
    return (start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())) if inner.strip() else None


def _prose(text: str) -> Iterator[Run]:
    """Yield the runs of inline content that contain words."""
    run: list[_Piece] = []
    name = ""
    for piece in _pieces(text):
        if piece.sort != "break":
            run.append(piece)
            continue
        yield from _trimmed(text, run, name)
        run = []
        match = _NAME.match(text, piece.start)
        name = match[2].lower() if match is not None and not match[1] else ""
    yield from _trimmed(text, run, name)


def _trimmed(text: str, run: list[_Piece], name: str) -> Iterator[Run]:
    """Yield the run without the white space, images and Liquid around it, if it contains words."""
    if not any(piece.sort == "text" and _has_words(text[piece.start : piece.end]) for piece in run):
        return
    first, last = 0, len(run) - 1
    while run[first].sort in ("void", "liquid") or not text[run[first].start : run[first].end].strip():
        first += 1
    while run[last].sort in ("void", "liquid") or not text[run[last].start : run[last].end].strip():
        last -= 1
    start = run[first].start
    end = run[last].end
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    kind = _KINDS.get(name, SegmentKind.PARAGRAPH)
    yield Run(kind, start, end, int(name[1]) if kind is SegmentKind.HEADING else 0)


def _pieces(text: str) -> Iterator[_Piece]:
    """Yield the tags, the Liquid and the text between them."""
    position = 0
    while (match := _TOKEN.search(text, position)) is not None:
        if match.start() > position:
            yield _Piece(position, match.start(), "text")
        end = match.end()
        if match["opaque"]:
            end = _closed(text, match)
            sort = "break"
        elif match["liquid"]:
            sort = "liquid"
        else:
            sort = _sort(match[0])
        yield _Piece(match.start(), end, sort)
        position = end
    if position < len(text):
        yield _Piece(position, len(text), "text")


def _closed(text: str, opener: re.Match[str]) -> int:
    """Return where the element or Liquid block that `opener` opens ends; the end of the text if it is never closed."""
    match = _CLOSERS[(opener["block"] or opener["raw"]).lower()].search(text, opener.end())
    return len(text) if match is None else match.end()


def _sort(tag: str) -> str:
    match = _NAME.match(tag)
    if match is None:
        return "void"  # a comment
    name = match[2].lower()
    if name in _VOID:
        return "void"
    return "inline" if _INLINE_TAG.fullmatch(name) else "break"


def _has_words(text: str) -> bool:
    return _WORD.search(_ENTITY.sub("", text)) is not None


def _opaque(text: str, start: int, end: int) -> Iterator[Run]:
    """Yield what is between two runs of prose, unless that is only white space."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        kind = SegmentKind.HTML if "<" in text[start:end] else SegmentKind.LIQUID
        yield Run(kind, start, end, 0)
