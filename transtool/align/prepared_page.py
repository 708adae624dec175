"""A page prepared for comparison: what its segments can be recognised by, worked out once for all comparisons."""

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import accumulate
from math import log
from statistics import fmean

from transtool.align.literals import anchors, strong_anchors
from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import opaque_markup, wording_of

_ANCHORING = frozenset({SegmentKind.CODE, SegmentKind.HTML, SegmentKind.LIQUID, SegmentKind.BREAK})
"""Kinds that are not translated, but that a translation mostly keeps in their places."""


class PreparedPage:
    """The segments of a page with their wordings, and whether each is prose. Lists are by position of the segment."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        """Take all segments of a page."""
        self.segments = segments
        self.prose = [segment.translatable for segment in segments]
        self.wordings = [
            wording_of(segment.text) if prose else "" for segment, prose in zip(segments, self.prose, strict=True)
        ]

    @cached_property
    def keys(self) -> list[str]:
        """What identifies each segment in another version of the page: its wording, or its text if it is opaque."""
        return [
            segment.field + "\0" + text if prose else "\0".join(("", *opaque_markup(segment.text)))
            for segment, text, prose in zip(self.segments, self.wordings, self.prose, strict=True)
        ]

    @cached_property
    def body(self) -> "PreparedBody":
        """The part of the page that is aligned with another language."""
        return PreparedBody(self)


class PreparedBody:
    """The segments of a body that are aligned: prose, and opaque segments that make good anchors.

    A *place* counts these segments only; `at` gives, by place, their positions among all segments of the page.
    All other lists are by place.
    """

    def __init__(self, page: PreparedPage) -> None:
        """Take a page."""
        self.at = [
            at
            for at, segment in enumerate(page.segments)
            if not segment.field and (page.prose[at] or segment.kind in _ANCHORING)
        ]
        segments = [page.segments[at] for at in self.at]
        self.texts = [segment.text for segment in segments]
        self.prose = [page.prose[at] for at in self.at]
        self.keys = [
            page.wordings[at] if prose else "\n".join(opaque_markup(page.segments[at].text))
            for at, prose in zip(self.at, self.prose, strict=True)
        ]
        self.shape = [(segment.kind, segment.level) for segment in segments]
        self.lengths = [len(key) if prose else 0 for key, prose in zip(self.keys, self.prose, strict=True)]
        self._before = [0, *accumulate(self.lengths)]
        self.joins = [  # whether a place and the next one are prose of one kind, which is no cell of a table
            prose and kind is following and kind is not SegmentKind.CELL
            for prose, (kind, _), (following, _) in zip(
                self.prose, self.shape, [*self.shape[1:], (None, 0)], strict=False
            )
        ]

    @cached_property
    def anchors(self) -> Sequence[tuple[str, ...]]:
        """The anchors of each segment (see `literals.anchors`)."""
        return [*map(anchors, self.texts)]

    @cached_property
    def all_anchors(self) -> frozenset[str]:
        """The anchors of all segments."""
        return frozenset().union(*self.anchors)

    @cached_property
    def strong_anchors(self) -> Sequence[frozenset[str]]:
        """The strong anchors of each segment (see `literals.strong_anchors`)."""
        return [*map(strong_anchors, self.texts)]

    @cached_property
    def log_lengths(self) -> list[float]:
        """The logarithms of the lengths of prose; 0 for what is opaque."""
        return [log(length) if length else 0.0 for length in self.lengths]

    def mean_log_length(self, other: Collection[str]) -> float:
        """Return the mean of the logarithms of the lengths of prose, which a few extra segments hardly change.

        What the other body has word for word (`other`: names, code) is left out unless there is nothing else: it tells
        nothing of how long a translation gets.
        """
        lengths = [each for each, key in zip(self.log_lengths, self.keys, strict=True) if each and key not in other]
        return fmean(lengths or [each for each in self.log_lengths if each] or [0.0])

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each position that is aligned."""
        return {at: place for place, at in enumerate(self.at)}

    def length(self, start: int, end: int) -> int:
        """Return the characters of prose from place `start` to `end`."""
        return self._before[end] - self._before[start]

    def headings(self, start: int, end: int) -> list[int]:
        """Return the places of the headings from `start` to `end`."""
        return [place for place in range(start, end) if self.shape[place][0] is SegmentKind.HEADING]
