"""Find Liquid on lines of its own before Markdown is read, because its blocks may contain blank lines."""

import re
from bisect import bisect_left
from typing import NamedTuple

from transtool.segments.views import LIQUID

_BLOCKS = ("raw", "highlight", "comment", "capture")
_SHORTCODES = ("highlight", "mermaid", "math", "chem", "plantuml", "markmap", "comment")
_START = re.compile(r"^[ \t]*(?:(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})|(?P<liquid>\{[{%]))", re.MULTILINE)
_OPENER = re.compile(
    rf"\{{%-?\s*({'|'.join(_BLOCKS)})\b|\{{\{{[<%]\s*({'|'.join(_SHORTCODES)})\b(?![^{{}}]*/[>%]\}}\}})"
)
# Looking ahead, so that one that begins inside of another one is found too.
_CLOSERS = {
    **{f"end{name}": re.compile(rf"(?=(\{{%-?\s*end{name}\b(?:[^%]|%(?!\}})){{0,200}}%\}}))") for name in _BLOCKS},
    **{f"/{name}": re.compile(rf"(?=(\{{\{{[<%]\s*/{name}\s*[>%]\}}\}}))") for name in _SHORTCODES},
}
_PIECE = re.compile(LIQUID)
_OUTPUT = re.compile(r"\{\{(?![<%])")
_REST = re.compile(r"[ \t]*(?:\r?\n|\r|\Z)")
_FENCE_END = re.compile(r"^[ \t>]*(`{3,}|~{3,})[ \t]*\r?$", re.MULTILINE)


class Region(NamedTuple):
    """Whole lines of Liquid: the offsets of its first character and of the one after its last."""

    start: int
    end: int


class Regions(NamedTuple):
    """The Liquid regions of a text; `awaits` says what would close the blocks and fences that the text leaves open."""

    found: tuple[Region, ...]
    awaits: tuple[str, ...]


NO_REGIONS = Regions((), ())


def find(text: str) -> Regions:
    """Return the Liquid of `text` on lines of its own, in order.

    This includes tags, shortcodes and whole blocks whose content is not Markdown (raw, highlight, comment, capture;
    shortcodes for code, diagrams and formulas); code fences are skipped. A block that is never closed counts as a
    single tag.
    """
    if not any(mark in text for mark in ("{%", "{{<", "```", "~~~")):
        return NO_REGIONS
    found: list[Region] = []
    unclosed: dict[str, None] = {}
    closers, failed = _Closers(text), set[int]()
    fence, position = "", 0
    while (match := _START.search(text, position)) is not None:
        if match["fence"]:
            position, fence = _after_fence(text, match)
            if fence:
                break
            continue
        start = match.start("liquid")
        end = _end(text, start, unclosed, closers, failed)
        if end is not None:
            found.append(Region(start, end))
        position = max(end or 0, match.end())
    return Regions(tuple(found), (*([fence] if fence else []), *unclosed))


def opens_block(text: str) -> bool:
    """Say whether a region begins with a block whose content is not Markdown."""
    return _OPENER.match(text) is not None


def _after_fence(text: str, opener: re.Match[str]) -> tuple[int, str]:
    """Return where the fence that `opener` opens ends, and what would close it if nothing does."""
    mark = opener["fence"]
    for match in _FENCE_END.finditer(text, opener.end()):
        if match[1][0] == mark[0] and len(match[1]) >= len(mark):
            return match.end(), ""
    return len(text), mark


class _Closers:
    """The tags that close blocks in a text, looked for once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[str, list[tuple[int, int]]] = {}

    def end(self, name: str, position: int) -> int | None:
        """Return the end of the first tag from `position` on that closes a block called `name`."""
        if name not in self.found:
            self.found[name] = [match.span(1) for match in _CLOSERS[name].finditer(self.text)]
        at = bisect_left(self.found[name], (position, 0))
        return self.found[name][at][1] if at < len(self.found[name]) else None


def _end(text: str, start: int, unclosed: dict[str, None], closers: _Closers, failed: set[int]) -> int | None:
    """Return where the run of Liquid at `start` ends if it ends with its line, else None.

    Places from which no run does end so are in `failed`, so that no two runs walk the same way.
    """
    position, passed, outputs = start, list[int](), 0
    while position not in failed and (piece := _PIECE.match(text, position)) is not None:
        passed.append(position)
        end = _block_end(text, position, piece.end(), unclosed, closers)
        outputs = len(passed) if _OUTPUT.match(text, position) else outputs
        if _REST.match(text, end):
            failed.update(passed[:outputs])
            return None if outputs else end
        position = end
        while text[position : position + 1] in (" ", "\t"):
            position += 1
    failed.update(passed)
    if position not in failed and text[position : position + 2] in ("{%", "{{"):
        unclosed["%}" if text[position + 1] == "%" else "}}"] = None
    return None


def _block_end(text: str, start: int, end: int, unclosed: dict[str, None], closers: _Closers) -> int:
    """Return the end of the block that the tag from `start` to `end` opens, or of the tag itself."""
    opener = _OPENER.match(text, start)
    if opener is None:
        return end
    mark = f"end{opener[1]}" if opener[1] else f"/{opener[2]}"
    closer = None if mark in unclosed else closers.end(mark, end)
    if closer is None:
        unclosed[mark] = None
        return end
    return closer
