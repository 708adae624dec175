"""One side of an alignment: the segments of a body that take part, with what they are compared by."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from math import log
from statistics import fmean
from typing import NamedTuple

from transtool.align.traits import anchors
from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import opaque_markup, wording

_KINDS = tuple(SegmentKind)
_ANCHORING = frozenset({SegmentKind.CODE, SegmentKind.HTML, SegmentKind.LIQUID, SegmentKind.BREAK})


class Section(NamedTuple):
    """What a section is compared by: its heading's level, how many segments of each kind, its length, its anchors."""

    level: int
    kinds: tuple[int, ...]
    length: int
    anchors: frozenset[str]


class Side:
    """The segments of a body that take part: prose, and what is opaque but makes a good anchor.

    Places count these segments only; `at` has their positions among all segments.
    """

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Take all segments of a page."""
        self.at = [
            at
            for at, segment in enumerate(segments)
            if not segment.field and (segment.translatable or segment.kind in _ANCHORING)
        ]
        self.segments = [segments[at] for at in self.at]
        self.prose = [segment.translatable for segment in self.segments]
        self.keys = [wording(one) if one.translatable else "\n".join(opaque_markup(one.text)) for one in self.segments]
        self.anchors = [anchors(segment.text) for segment in self.segments]
        self.shape = [(segment.kind, segment.level) for segment in self.segments]
        lengths = [len(key) if prose else 0 for key, prose in zip(self.keys, self.prose, strict=True)]
        self._lengths = [0, *accumulate(lengths)]

    @property
    def usual_length(self) -> float:
        """The geometric mean of the lengths of prose, which a few segments too many do not disturb."""
        lengths = [log(length) for place in range(len(self.at)) if (length := self.length(place, place + 1))]
        return fmean(lengths) if lengths else 0.0

    def length(self, start: int, end: int) -> int:
        """Return the length of the wordings from `start` to `end`."""
        return self._lengths[end] - self._lengths[start]

    def mark(self, at: int, anchor: str) -> None:
        """Give the segment that stands at `at` among all segments one more anchor, if it takes part."""
        place = bisect_left(self.at, at)
        if place < len(self.at) and self.at[place] == at:
            self.anchors[place] |= {anchor}

    def headings(self, start: int, end: int) -> list[int]:
        """Return the places of the headings from `start` to `end`."""
        return [place for place in range(start, end) if self.segments[place].kind is SegmentKind.HEADING]

    def section(self, start: int, end: int) -> Section:
        """Return what the section from `start` to `end` is compared by."""
        counts = Counter(kind for kind, _ in self.shape[start:end])
        return Section(
            level=self.segments[start].level,
            kinds=tuple(counts[kind] for kind in _KINDS),
            length=self.length(start, end),
            anchors=frozenset[str]().union(*self.anchors[start:end]),
        )
