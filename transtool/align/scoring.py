"""Score how well segments of two languages match: by kind, length, and what they have in common.

Scores are points without a unit. A pair of one kind and of the expected length scores 1, whatever it says; every
anchor (see `literals.anchors`) that both have adds to it, an unexpected length subtracts. All numbers were set by hand.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import exp, sqrt
from typing import NamedTuple

from transtool.align.length_model import misfit
from transtool.align.literals import STRONG
from transtool.align.prepared_page import PreparedBody
from transtool.model import SegmentKind
from transtool.text.sequences import Match

SAME = 3.0
"""The score of two segments with the same text: as much as any pair gains from anchors."""

# What the kinds of two segments score.

_SAME_SHAPE, _SAME_HEADING = 1.0, 1.5
"""The same kind and level (depth of a list item, column of a cell). Headings are few, so they count more."""

_OTHER_LEVEL, _OTHER_HEADING = 0.8, 0.7
"""The same kind at another level."""

_OTHER_BLOCK = 0.4
"""A paragraph, a list item and a cell for one another: translators change layout, but seldom."""

_OPAQUE = 0.6
"""What a pair of opaque segments (code, HTML, Liquid) scores instead of 1: their order says less."""

_BLOCKS = (SegmentKind.PARAGRAPH, SegmentKind.ITEM, SegmentKind.CELL)

# What anchors score.

_WEIGHTS = {"u": 2.0, "c": 1.5, "n": 1.0, "w": 0.7}
"""An anchor of each sort (target, code, number, word) that occurs once on either side; more frequent ones weigh less by
the geometric mean of their counts."""

_KNOWN = 2.0
"""What it scores that two segments belonged together in older versions: as much as a link target."""

_MOST_SHARED = 3.0
"""The most that anchors in common add up to, and what a full overlap of the anchors of two sections scores."""

_LACKING, _MOST_LACKING = 0.5, 1.0
"""The share of the weight of strong anchors on one side only that is subtracted, and the most of it."""

# Beads that are not 1:1, and pairs that need no context.

_JOINED = 0.6
"""Subtracted for two segments matched with one (Gale and Church's 2:1 and 1:2), which is rare."""

_LONGEST_JOINED = 2.0
"""The factor by which two segments and their one counterpart may differ from the expected ratio of lengths."""

_LONG = 20
"""Characters from which on a text that occurs on both sides is taken to belong to its double only."""

_CERTAIN, _AS_LONG = 2.0, 1.3
"""The score from which on a pair needs no context, and the factor by which its lengths may miss the expected ratio."""

# Sections.

_SAME_DEPTH, _OTHER_DEPTH = 0.5, -0.7
"""What two sections score by their headings being of the same level, or not."""

Places = Mapping[str, Sequence[int]]
"""The places of the segments that have each anchor."""

_EXACT = 1 << 10
"""Weights are multiples of its inverse, so that sums do not depend on their order."""


class Section(NamedTuple):
    """What a section is compared by: its heading's level, its segments by kind, its length, its anchors (bits).

    `weight` is that of its anchors.
    """

    level: int
    segments: int
    kinds: Mapping[SegmentKind, int]
    length: int
    anchors: int
    weight: float


_MOST_ANCHORS = 20_000
"""Anchors that two pages are compared by; a page of a thousand paragraphs has fewer than 10,000. Set by hand."""

_MOST_BITS = 1 << 28
"""The same times the segments of both pages: the bits that they take, 32 MiB. It matters from 13,000 segments on."""


class Scorer:
    """Scores places of one body against places of another.

    Anchors that both bodies have are numbered, and a set of them is an integer with their bits: `ours` and `theirs`
    hold one for each place.
    """

    def __init__(self, source: PreparedBody, target: PreparedBody, known: Iterable[tuple[int, int]] = ()) -> None:
        """Take both bodies; each pair of `known` positions gets an anchor of its own."""
        self.source, self.target = source, target
        self._same = {*source.keys} & {*target.keys}
        self._ratio, self._long = _usual(source, target, self._same)
        self.ours, self.theirs = [0] * len(source.at), [0] * len(target.at)
        self._weights: dict[int, float] = {}
        self._groups: dict[float, int] = {}  # the marks of each weight
        self._strong = 0
        most = min(_MOST_ANCHORS, _MOST_BITS // (len(source.at) + len(target.at) + 1))
        common = source.all_anchors & target.all_anchors
        ours, theirs = _places(common, source.anchors), _places(common, target.anchors)
        for anchor in _rarest(ours, theirs, most):
            here, there = ours[anchor], theirs[anchor]
            weight = _exactly(_WEIGHTS[anchor[0]] / sqrt(len(here) * len(there)))
            self._mark(here, there, weight, is_strong=anchor[0] in STRONG)
        for i, j in known:  # an anchor that only these two have, if both are aligned at all
            if i in source.places and j in target.places and len(self._weights) < 2 * most:
                self._mark((source.places[i],), (target.places[j],), _KNOWN, is_strong=True)
        self._summed: dict[int, float] = {0: 0.0}
        # What is subtracted for strong anchors that only one side has is told from sums: weights are exact.
        strong = self._strong
        self._our_strong, self._their_strong = (
            [self.weight(each & strong) for each in marks] for marks in (self.ours, self.theirs)
        )
        self._our_pairs: dict[int, tuple[int, float]] = {}
        self._their_pairs: dict[int, tuple[int, float]] = {}
        self._known: list[dict[int, float | None]] = [{} for _ in source.at]

    def _mark(self, here: Iterable[int], there: Iterable[int], weight: float, *, is_strong: bool) -> None:
        """Give an anchor that segments at these places have a number."""
        mark = 1 << len(self._weights)
        self._weights[mark] = weight
        self._groups[weight] = self._groups.get(weight, 0) | mark
        if is_strong:
            self._strong |= mark
        for i in here:
            self.ours[i] |= mark
        for j in there:
            self.theirs[j] |= mark

    def score(self, i: int, a: int, j: int, b: int) -> float | None:
        """Return the score of `a` source segments from `i` with `b` target segments from `j`; None if impossible.

        Possible are one with one, and two neighbours with one.
        """
        if a + b > 2:
            return self._joined(i, a, j, b)
        known = self._known[i]
        return known[j] if j in known else self._scores(i, j, j + 1)[j]

    def row(self, i: int, start: int, end: int) -> Sequence[Match]:
        """Give the beads that may start at place `i` of the source and each from `start` to `end` of the target."""
        found: list[Match] = []
        kind, joins = self.source.shape[i][0], self.source.joins[i]
        shape, their_joins, scores = self.target.shape, self.target.joins, self._scores(i, start, end)
        for j in range(start, end):
            if (score := scores[j]) is not None:
                found.append((j, 1, 1, score))
            if (joins or their_joins[j]) and kind is shape[j][0]:
                if their_joins[j] and (score := self._joined(i, 1, j, 2)) is not None:
                    found.append((j, 1, 2, score))
                if joins and (score := self._joined(i, 2, j, 1)) is not None:
                    found.append((j, 2, 1, score))
        return found

    def _scores(self, i: int, start: int, end: int) -> Mapping[int, float | None]:
        """Return the scores of place `i` of the source with places of the target, among them `start` to `end`."""
        known, target = self._known[i], self.target
        shape, prose, length, ours = self.source.shape[i], self.source.prose[i], self.source.lengths[i], self.ours[i]
        key, strong, ratio = self.source.keys[i], self._our_strong[i], self._ratio
        is_elsewhere = key in self._long
        for j in range(start, end):
            if j in known:
                continue
            score = _kind_score(shape, target.shape[j]) if prose is target.prose[j] else None
            if score is not None and self._same:
                if key == target.keys[j]:
                    known[j] = SAME
                    continue
                if is_elsewhere or target.keys[j] in self._long:
                    score = None
            if score is not None:
                theirs = self.theirs[j]
                if ours or theirs:
                    score += self._anchor_score(ours, theirs, strong + self._their_strong[j])
                score = score - misfit(length, target.lengths[j], ratio) if prose else score - 1 + _OPAQUE
            known[j] = score
        return known

    def is_certain(self, i: int, j: int) -> bool:
        """Say whether two segments match whatever is around them. One half of a split segment never does."""
        score = self.score(i, 1, j, 1)
        if score is None or score < _CERTAIN:
            return False
        length, other = self.source.lengths[i], self.target.lengths[j]
        return score == SAME or 1 / _AS_LONG < (other + 1) / (length * self._ratio + 1) < _AS_LONG

    def sections(self, ours: Sequence[int], theirs: Sequence[int]) -> tuple[list[Section], list[Section]]:
        """Return the sections that start at the given places of either body; each ends where the next one starts."""
        return (
            [self._section(self.source, self.ours, *each) for each in pairwise(ours)],
            [self._section(self.target, self.theirs, *each) for each in pairwise(theirs)],
        )

    def _section(self, body: PreparedBody, marks: Sequence[int], start: int, end: int) -> Section:
        anchors = 0
        for each in marks[start:end]:
            anchors |= each
        kinds: dict[SegmentKind, int] = {}
        for kind, _ in body.shape[start:end]:
            kinds[kind] = kinds.get(kind, 0) + 1
        length = body.length(start, end)
        return Section(body.shape[start][1], end - start, kinds, length, anchors, self.weight(anchors))

    def section_score(self, ours: Section, theirs: Section) -> float:
        """Return how well two sections match: by level, kinds and anchors (both Sørensen–Dice), and length."""
        total = ours.segments + theirs.segments
        alike = 2 * sum([min(count, theirs.kinds.get(kind, 0)) for kind, count in ours.kinds.items()]) / total
        shared = 2 * self.weight(ours.anchors & theirs.anchors)
        if shared:
            shared /= 1 + ours.weight + theirs.weight
        level = _SAME_DEPTH if ours.level == theirs.level else _OTHER_DEPTH
        return level + alike + _MOST_SHARED * shared - misfit(ours.length, theirs.length, self._ratio)

    def weight(self, anchors: int) -> float:
        """Return what anchors weigh together."""
        found = self._summed.get(anchors)
        if found is None:
            found, left = 0.0, anchors
            if left.bit_count() > len(self._groups):
                found, left = sum([each * (left & marks).bit_count() for each, marks in self._groups.items()]), 0
            while left:
                mark = left & -left
                found += self._weights[mark]
                left ^= mark
            self._summed[anchors] = found
        return found

    def _joined(self, i: int, a: int, j: int, b: int) -> float | None:
        """Return the score of two neighbours of one kind with the one segment they were joined into, or split from."""
        source, target = self.source, self.target
        if source.shape[i][0] is not target.shape[j][0]:
            return None
        if not (source.joins[i] if a > 1 else target.joins[j]):
            return None
        length, other = source.length(i, i + a), target.length(j, j + b)
        if not 1 / _LONGEST_JOINED < (other + 1) / (length * self._ratio + 1) < _LONGEST_JOINED:
            return None
        if self._same and not {*source.keys[i : i + a]}.isdisjoint(target.keys[j : j + b]):
            return None  # one of them is there unchanged
        ours, strong = self.ours[i], self._our_strong[i]
        theirs, their_strong = self.theirs[j], self._their_strong[j]
        if a > 1:
            ours, strong = self._pair(self._our_pairs, self.ours, self._our_strong, i)
        else:
            theirs, their_strong = self._pair(self._their_pairs, self.theirs, self._their_strong, j)
        score = self._anchor_score(ours, theirs, strong + their_strong)
        return 1 - _JOINED + score - misfit(length, other, self._ratio)

    def _pair(
        self, known: dict[int, tuple[int, float]], marks: Sequence[int], strong: Sequence[float], at: int
    ) -> tuple[int, float]:
        """Return the anchors of a place and the next one, and what the strong ones weigh; `known` remembers it."""
        if at not in known:
            both = self.weight(marks[at] & marks[at + 1] & self._strong)
            known[at] = marks[at] | marks[at + 1], strong[at] + strong[at + 1] - both
        return known[at]

    def _anchor_score(self, ours: int, theirs: int, strong: float) -> float:
        """Return what common anchors say for a pair, less what strong anchors on one side only say against it.

        `strong` is what those of both sides weigh.
        """
        shared = ours & theirs
        if not shared:
            return -min(_MOST_LACKING, _LACKING * strong)
        lacking = strong - 2 * self.weight(shared & self._strong)
        return min(_MOST_SHARED, self.weight(shared)) - min(_MOST_LACKING, _LACKING * lacking)


def _usual(source: PreparedBody, target: PreparedBody, same: Collection[str]) -> tuple[float, Collection[str]]:
    """Return how much longer a target is overall, and the long texts among those that both have word for word."""
    ratio = exp(target.mean_log_length(same) - source.mean_log_length(same))
    return ratio, {key for key in same if len(key) > _LONG}


def _places(common: frozenset[str], anchors: Iterable[Iterable[str]]) -> Places:
    """Return where each of the anchors that two bodies have in common is, from those of each segment of one."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(anchors):
        for anchor in common.intersection(each):
            found[anchor].append(place)
    return found


def in_place(source: PreparedBody, target: PreparedBody) -> list[float] | None:
    """Return what each segment scores at least with the one in its place; None where only a `Scorer` can tell.

    Most translations have what their source has, in the same order, with the same targets, numbers and code: then
    nothing that both have in common could change which segments belong together.
    """
    if source.shape != target.shape:
        return None
    same = {*source.keys} & {*target.keys}
    ratio, long = _usual(source, target, same)
    strong = frozenset().union(*source.strong_anchors) & frozenset().union(*target.strong_anchors)
    scores: list[float] = []
    for at, (key, other) in enumerate(zip(source.keys, target.keys, strict=True)):
        if key == other:
            scores.append(SAME)
            continue
        lacking = source.strong_anchors[at] ^ target.strong_anchors[at]
        if key in long or other in long or not strong.isdisjoint(lacking):
            return None
        score = _kind_score(source.shape[at], target.shape[at]) or 0.0
        prose = source.prose[at]
        scores.append(score - misfit(source.lengths[at], target.lengths[at], ratio) if prose else score - 1 + _OPAQUE)
    return scores


def _rarest(ours: Places, theirs: Places, most: int) -> Iterable[str]:
    """Return the anchors that two bodies have; of more than `most`, those that the fewest segments of both have."""
    if len(ours) <= most:
        return ours
    return sorted(ours, key=lambda anchor: (len(ours[anchor]) * len(theirs[anchor]), anchor))[:most]


def _kind_score(ours: tuple[SegmentKind, int], theirs: tuple[SegmentKind, int]) -> float | None:
    """Return the score of two kinds with their levels; None where one never translates the other."""
    if ours == theirs:
        return _SAME_HEADING if ours[0] is SegmentKind.HEADING else _SAME_SHAPE
    if ours[0] is theirs[0]:
        return _OTHER_HEADING if ours[0] is SegmentKind.HEADING else _OTHER_LEVEL
    return _OTHER_BLOCK if ours[0] in _BLOCKS and theirs[0] in _BLOCKS else None


def bits(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set in a mask."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _exactly(weight: float) -> float:
    return round(weight * _EXACT) / _EXACT
