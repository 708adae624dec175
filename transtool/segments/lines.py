"""The lines of a text as markdown-it counts them, and the spans of text that blocks are."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from transtool.model import SegmentKind
from transtool.segments.liquid import Region

MASK = "<??>"
"""What Markdown sees in place of Liquid on lines of its own."""

_ATTRIBUTES = re.compile(r"\{\s*(?:[#.]|[\w-]+=)")
_NEWLINE = re.compile(r"\r\n?|\n")


class Span(NamedTuple):
    """A block inside a section: offsets, and 0-based lines of its first and last character."""

    kind: SegmentKind
    start: int
    end: int
    line: int
    end_line: int
    level: int
    text: str


class Lines:
    """The lines of a text, as markdown-it counts them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.has_attributes = "{:" in text or _ATTRIBUTES.search(text) is not None
        self.starts = [0]
        if "\r" in text:
            self.starts.extend(match.end() for match in _NEWLINE.finditer(text))
        else:
            position = 0
            while position := text.find("\n", position) + 1:
                self.starts.append(position)

    def line(self, number: int) -> str:
        """Return line `number` without its line end."""
        if number + 1 < len(self.starts):
            return self.text[self.starts[number] : self.starts[number + 1]].rstrip("\r\n")
        return self.text[self.starts[number] :]

    def end(self, number: int) -> int:
        """Return the offset after the last visible character of line `number`."""
        return self.starts[number] + len(self.line(number).rstrip())

    def last(self, first: int, after: int) -> int:
        """Return the offset after the last visible character of lines `first` to `after` (exclusive)."""
        while after - 1 > first and not self.line(after - 1).strip():
            after -= 1
        return self.end(after - 1)

    def number(self, offset: int) -> int:
        """Return the 0-based number of the line that holds `offset`."""
        return bisect_right(self.starts, offset) - 1

    def numbers(self, regions: Sequence[Region]) -> list[tuple[int, int]]:
        """Return the first line of each region and the one after its last."""
        return [(self.number(region.start), self.number(region.end - 1) + 1) for region in regions]

    def masked(self, regions: Sequence[Region]) -> str:
        """Return the text with a processing instruction on every line of the regions.

        Like Liquid, that interrupts a paragraph, but leaves an HTML block or comment around it open.
        """
        parts: list[str] = []
        done = 0
        for region, (first, after) in zip(regions, self.numbers(regions), strict=True):
            indent = self.text[self.starts[first] : region.start]
            parts += (self.text[done : region.start], ("\n" + indent).join([MASK] * (after - first)))
            done = region.end
        return "".join((*parts, self.text[done:])) if parts else self.text

    def span(self, kind: SegmentKind, start: int, end: int, level: int = 0) -> Span:
        """Return the span from `start` to `end`."""
        return Span(kind, start, end, self.number(start), self.number(max(start, end - 1)), level, self.text[start:end])
