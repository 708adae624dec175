"""A page as it is compared: what its segments are recognised by, prepared once for all comparisons."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain
from math import log
from statistics import fmean

from transtool.align.literals import anchors
from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import opaque_markup, wording

_ANCHORING = frozenset({SegmentKind.CODE, SegmentKind.HTML, SegmentKind.LIQUID, SegmentKind.BREAK})


class Side:
    """The segments of a page, with what each says and whether that is prose. Positions are those of segments."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Take all segments of a page."""
        self.segments = segments
        self.prose = [segment.translatable for segment in segments]
        self.said = [wording(segment) if prose else "" for segment, prose in zip(segments, self.prose, strict=True)]

    @cached_property
    def keys(self) -> list[str]:
        """What identifies each segment in another version of the page: its words, or what is written in it."""
        return [
            segment.field + "\0" + said if prose else "\0".join(("", *opaque_markup(segment.text)))
            for segment, said, prose in zip(self.segments, self.said, self.prose, strict=True)
        ]

    @cached_property
    def body(self) -> "Body":
        """The part of the page that takes part in an alignment with another language."""
        return Body(self)


class Body:
    """The segments of a body that take part: prose, and what is opaque but makes a good anchor.

    Places count these segments only; `at` has their positions among all segments.
    """

    def __init__(self, side: Side) -> None:
        """Take a page."""
        self.at = [
            at
            for at, segment in enumerate(side.segments)
            if not segment.field and (side.prose[at] or segment.kind in _ANCHORING)
        ]
        segments = [side.segments[at] for at in self.at]
        self.texts = [segment.text for segment in segments]
        self.prose = [side.prose[at] for at in self.at]
        self.keys = [
            side.said[at] if prose else "\n".join(opaque_markup(side.segments[at].text))
            for at, prose in zip(self.at, self.prose, strict=True)
        ]
        self.shape = [(segment.kind, segment.level) for segment in segments]
        self.lengths = [len(key) if prose else 0 for key, prose in zip(self.keys, self.prose, strict=True)]
        self._before = [0, *accumulate(self.lengths)]
        self.joins = [  # places that are of one kind with the next one
            prose and kind is following
            for prose, (kind, _), (following, _) in zip(
                self.prose, self.shape, [*self.shape[1:], (None, 0)], strict=False
            )
        ]

    @cached_property
    def anchors(self) -> list[frozenset[str]]:
        """What each segment can be recognised by."""
        return [anchors(text) for text in self.texts]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many segments have each anchor."""
        return Counter(chain.from_iterable(self.anchors))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All anchors."""
        return frozenset(self.counts)

    @cached_property
    def usual_length(self) -> float:
        """The geometric mean of the lengths of prose, which a few segments too many do not disturb."""
        lengths = [log(length) for length in self.lengths if length]
        return fmean(lengths) if lengths else 0.0

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each position that takes part."""
        return {at: place for place, at in enumerate(self.at)}

    def length(self, start: int, end: int) -> int:
        """Return the length of the wordings from `start` to `end`."""
        return self._before[end] - self._before[start]

    def headings(self, start: int, end: int) -> list[int]:
        """Return the places of the headings from `start` to `end`."""
        return [place for place in range(start, end) if self.shape[place][0] is SegmentKind.HEADING]
