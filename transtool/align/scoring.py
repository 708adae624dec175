"""How well segments of two languages fit each other: by kind, length and what they share."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import exp, log, sqrt
from typing import NamedTuple

from transtool.align.literals import STRONG
from transtool.align.prepared_page import Body
from transtool.model import SegmentKind

_WEIGHTS = {"u": 2.0, "c": 1.5, "n": 1.0, "w": 0.7}
"""What an anchor of each sort is worth that stands once on both sides."""

SAME = 3.0
"""What it is worth that two texts are the same."""

_KNOWN = 2.0
_MOST_SHARED = 3.0
_MOST_UNLIKELY = 1.2
_OPAQUE = 0.6
_LONG = 20
_JOINED = 0.6
_LONGEST_JOINED = 2.0
_CERTAIN = 2.0
_AS_LONG = 1.3
_TOLERANCE = 0.3
_SHORT_TOLERANCE = 3.0
_EXACT = 1 << 10  # weights are multiples of its inverse, so that sums do not depend on their order


class Section(NamedTuple):
    """What a section is compared by: its heading's level, how many segments (of each kind), its length, its anchors."""

    level: int
    segments: int
    kinds: Mapping[SegmentKind, int]
    length: int
    anchors: int


class Fit:
    """Two bodies, and how well places of the one fit places of the other.

    Anchors are bits of a number, those that both sides have: `ours` and `theirs` say which of them stand where.
    """

    def __init__(self, source: Body, target: Body, known: Iterable[tuple[int, int]] = ()) -> None:
        """Take both sides; each pair of `known` positions gets an anchor of its own."""
        self.source, self.target = source, target
        self._ratio = exp(target.usual_length - source.usual_length)
        # The source is compared with many translations: what of them it does not have is left out at once.
        there = [each & source.vocabulary for each in target.anchors]
        counts = Counter(chain.from_iterable(there))
        marks = {anchor: 1 << bit for bit, anchor in enumerate(sorted(counts))}
        self._weights = [
            _exactly(_WEIGHTS[anchor[0]] / sqrt(source.counts[anchor] * counts[anchor])) for anchor in marks
        ]
        self._strong = sum([mark for anchor, mark in marks.items() if anchor[0] in STRONG])
        both = frozenset(marks)
        self.ours = [sum([marks[anchor] for anchor in each & both]) for each in source.anchors]
        self.theirs = [sum([marks[anchor] for anchor in each]) for each in there]
        self._summed: dict[int, float] = {0: 0.0}
        self._summed_strong: dict[int, float] = {0: 0.0}
        for i, j in known:
            self._mark(source.places.get(i), target.places.get(j))
        self._same = {*source.keys} & {*target.keys}
        self._long = {key for key in self._same if len(key) > _LONG}

    def _mark(self, i: int | None, j: int | None) -> None:
        """Give two places an anchor of their own, if both take part."""
        if i is not None and j is not None:
            bit = 1 << len(self._weights)
            self._weights.append(_KNOWN)
            self._strong |= bit
            self.ours[i] |= bit
            self.theirs[j] |= bit

    def worth(self, i: int, a: int, j: int, b: int) -> float | None:
        """Return how well `a` source segments from `i` fit `b` target segments from `j`; None if never.

        One fits one; two neighbours fit one, if they were joined.
        """
        if a + b > 2:
            return self._joined(i, a, j, b)
        source, target = self.source, self.target
        prose = source.prose[i]
        if prose is not target.prose[j]:
            return None
        worth = _kinds_fit(source.shape[i], target.shape[j])
        if worth is None:
            return None
        if self._same:
            ours, theirs = source.keys[i], target.keys[j]
            if ours == theirs:
                return SAME
            if self._long and (ours in self._long or theirs in self._long):
                return None  # the same text stands elsewhere
        if self.ours[i] or self.theirs[j]:
            worth += self._shared(self.ours[i], self.theirs[j])
        if not prose:
            return worth - 1 + _OPAQUE
        return worth - self._unlikely(source.lengths[i], target.lengths[j])

    def matches(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        """Give the ways to match what starts at two places: one by one, or one with two."""
        worth = self.worth(i, 1, j, 1)
        if worth is not None:
            yield 1, 1, worth
        if self.source.shape[i][0] is self.target.shape[j][0]:
            if self.target.joins[j] and (worth := self._joined(i, 1, j, 2)) is not None:
                yield 1, 2, worth
            if self.source.joins[i] and (worth := self._joined(i, 2, j, 1)) is not None:
                yield 2, 1, worth

    def is_certain(self, i: int, j: int) -> bool:
        """Say whether two segments belong together whatever stands around them; a half of a split one does not."""
        worth = self.worth(i, 1, j, 1)
        if worth is None or worth < _CERTAIN:
            return False
        length, other = self.source.lengths[i], self.target.lengths[j]
        return worth == SAME or 1 / _AS_LONG < (other + 1) / (length * self._ratio + 1) < _AS_LONG

    def sections(self, ours: Sequence[int], theirs: Sequence[int]) -> tuple[list[Section], list[Section]]:
        """Return the sections that start at places of either side, and end where the next one starts."""
        return (
            [_section(self.source, self.ours, *each) for each in pairwise(ours)],
            [_section(self.target, self.theirs, *each) for each in pairwise(theirs)],
        )

    def section_worth(self, ours: Section, theirs: Section) -> float:
        """Return how well two sections fit."""
        total = ours.segments + theirs.segments
        alike = 2 * sum([min(count, theirs.kinds.get(kind, 0)) for kind, count in ours.kinds.items()]) / total
        shared = 2 * self.weight(ours.anchors & theirs.anchors)
        if shared:
            shared /= 1 + self.weight(ours.anchors) + self.weight(theirs.anchors)
        level = 0.5 if ours.level == theirs.level else -0.7
        return level + alike + _MOST_SHARED * shared - self._unlikely(ours.length, theirs.length)

    def weight(self, anchors: int) -> float:
        """Return what anchors are worth together."""
        found = self._summed.get(anchors)
        if found is None:
            found = self._summed[anchors] = sum([self._weights[bit] for bit in bits(anchors)])
        return found

    def _joined(self, i: int, a: int, j: int, b: int) -> float | None:
        """Return how well neighbours of one kind fit that were joined or split."""
        source, target = self.source, self.target
        if source.shape[i][0] is not target.shape[j][0]:
            return None
        if not (source.joins[i] if a > 1 else target.joins[j]):
            return None
        length, other = source.length(i, i + a), target.length(j, j + b)
        if not 1 / _LONGEST_JOINED < (other + 1) / (length * self._ratio + 1) < _LONGEST_JOINED:
            return None
        if self._same and not {*source.keys[i : i + a]}.isdisjoint(target.keys[j : j + b]):
            return None  # one of them is there as it is
        ours = self.ours[i] | self.ours[i + a - 1]
        theirs = self.theirs[j] | self.theirs[j + b - 1]
        return 1 - _JOINED + self._shared(ours, theirs) - self._unlikely(length, other)

    def _shared(self, ours: int, theirs: int) -> float:
        """Return what the anchors that both have speak for a pair, less what those speak against it that one lacks."""
        shared = ours & theirs
        strong = self._weight_of_strong
        lacking = strong(ours) + strong(theirs) - 2 * strong(shared)
        return min(_MOST_SHARED, self.weight(shared)) - min(1.0, 0.5 * lacking)

    def _weight_of_strong(self, anchors: int) -> float:
        """Return what the strong ones among anchors are worth together."""
        found = self._summed_strong.get(anchors)
        if found is None:
            found = self._summed_strong[anchors] = self.weight(anchors & self._strong)
        return found

    def _unlikely(self, length: int, other: int) -> float:
        """Return how much the length of a translation speaks against it; short texts vary more."""
        if not length or not other:
            return 0.0
        expected = length * self._ratio
        tolerance = _TOLERANCE + _SHORT_TOLERANCE / sqrt(max(expected, other))
        return min(_MOST_UNLIKELY, 0.5 * (log(other / expected) / tolerance) ** 2)


def _section(body: Body, marks: Sequence[int], start: int, end: int) -> Section:
    anchors = 0
    for each in marks[start:end]:
        anchors |= each
    kinds: dict[SegmentKind, int] = {}
    for kind, _ in body.shape[start:end]:
        kinds[kind] = kinds.get(kind, 0) + 1
    return Section(body.shape[start][1], end - start, kinds, body.length(start, end), anchors)


def _kinds_fit(ours: tuple[SegmentKind, int], theirs: tuple[SegmentKind, int]) -> float | None:
    """Return what two kinds and levels speak for a pair; a heading stands for a heading only, opaque for its like."""
    if ours == theirs:
        return 1.5 if ours[0] is SegmentKind.HEADING else 1.0
    if ours[0] is theirs[0]:
        return 0.7 if ours[0] is SegmentKind.HEADING else 0.8
    return 0.4 if ours[0] in _BLOCKS and theirs[0] in _BLOCKS else None


_BLOCKS = (SegmentKind.PARAGRAPH, SegmentKind.ITEM, SegmentKind.CELL)


def bits(mask: int) -> Iterator[int]:
    """Yield the positions of the bits that are set in a mask."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _exactly(weight: float) -> float:
    return round(weight * _EXACT) / _EXACT
