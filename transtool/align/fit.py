"""How well segments of two languages fit each other: by kind, length and what they share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, log, sqrt

from transtool.align.side import Section, Side
from transtool.align.traits import STRONG
from transtool.model import SegmentKind

WEIGHTS = {"k": 2.0, "u": 2.0, "c": 1.5, "n": 1.0, "w": 0.7}
"""What an anchor of each sort is worth that stands once on both sides."""

SAME = 3.0
"""What it is worth that two texts are the same."""

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


class Fit:
    """Two sides, and how well places of the one fit places of the other. Anchors that only one side has are dropped."""

    def __init__(self, source: Side, target: Side) -> None:
        """Take both sides."""
        self.source, self.target = source, target
        self.ratio = exp(target.usual_length - source.usual_length)
        self.weights = _shared_weights(source.anchors, target.anchors)
        self._summed: dict[frozenset[str], float] = {}
        self._both = {key for key in {*source.keys} & {*target.keys} if len(key) > _LONG}
        for side in (source, target):
            side.anchors = [each & self.weights.keys() for each in side.anchors]

    def worth(self, i: int, a: int, j: int, b: int) -> float | None:
        """Return how well `a` source segments from `i` fit `b` target segments from `j`; None if never."""
        if a + b > 2:
            return self._joined(i, a, j, b)
        source, target = self.source, self.target
        if source.prose[i] is not target.prose[j]:
            return None
        worth = _kinds_fit(source.shape[i], target.shape[j])
        if worth is None:
            return None
        if source.keys[i] == target.keys[j]:
            return SAME
        if self._both and (source.keys[i] in self._both or target.keys[j] in self._both):
            return None  # the same text stands elsewhere
        ours, theirs = source.anchors[i], target.anchors[j]
        if ours or theirs:
            worth += self._shared(ours, theirs)
        if not source.prose[i]:
            return worth - 1 + _OPAQUE
        return worth - self._unlikely(source.length(i, i + 1), target.length(j, j + 1))

    def is_certain(self, i: int, j: int) -> bool:
        """Say whether two segments belong together whatever stands around them; a half of a split one does not."""
        worth = self.worth(i, 1, j, 1)
        if worth is None or worth < _CERTAIN:
            return False
        length, other = self.source.length(i, i + 1), self.target.length(j, j + 1)
        return worth == SAME or 1 / _AS_LONG < (other + 1) / (length * self.ratio + 1) < _AS_LONG

    def section_worth(self, ours: Section, theirs: Section) -> float:
        """Return how well two sections fit."""
        total = sum(ours.kinds) + sum(theirs.kinds)
        alike = 2 * sum(map(min, ours.kinds, theirs.kinds)) / total if total else 1.0
        shared = 2 * self.weight(ours.anchors & theirs.anchors)
        if shared:
            shared /= 1 + self.weight(ours.anchors) + self.weight(theirs.anchors)
        level = 0.5 if ours.level == theirs.level else -0.7
        return level + alike + _MOST_SHARED * shared - self._unlikely(ours.length, theirs.length)

    def weight(self, anchors: frozenset[str]) -> float:
        """Return what anchors are worth together."""
        found = self._summed.get(anchors)
        if found is None:
            found = self._summed[anchors] = sum([self.weights[each] for each in anchors])
        return found

    def _joined(self, i: int, a: int, j: int, b: int) -> float | None:
        """Return how well neighbours of one kind fit that were joined or split."""
        source, target = self.source, self.target
        kind = source.shape[i][0]
        if not source.prose[i]:
            return None
        for at in range(i, i + a):
            if source.shape[at][0] is not kind:
                return None
        for at in range(j, j + b):
            if target.shape[at][0] is not kind:
                return None
        if not {*source.keys[i : i + a]}.isdisjoint(target.keys[j : j + b]):
            return None  # one of them is there as it is
        length, other = source.length(i, i + a), target.length(j, j + b)
        if not 1 / _LONGEST_JOINED < (other + 1) / (length * self.ratio + 1) < _LONGEST_JOINED:
            return None
        ours = frozenset[str]().union(*source.anchors[i : i + a])
        theirs = frozenset[str]().union(*target.anchors[j : j + b])
        return 1 - _JOINED + self._shared(ours, theirs) - self._unlikely(length, other)

    def _shared(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        """Return what the anchors that both have speak for a pair, less what those speak against it that one lacks."""
        if not ours and not theirs:
            return 0.0
        weights = self.weights
        shared = sum([weights[each] for each in ours & theirs])
        lacking = sum([weights[each] for each in ours ^ theirs if each[0] in STRONG])
        return min(_MOST_SHARED, shared) - min(1.0, 0.5 * lacking)

    def _unlikely(self, length: int, other: int) -> float:
        """Return how much the length of a translation speaks against it; short texts vary more."""
        if not length or not other:
            return 0.0
        expected = length * self.ratio
        tolerance = _TOLERANCE + _SHORT_TOLERANCE / sqrt(max(expected, other))
        return float(min(_MOST_UNLIKELY, 0.5 * (log(other / expected) / tolerance) ** 2))


def _kinds_fit(ours: tuple[SegmentKind, int], theirs: tuple[SegmentKind, int]) -> float | None:
    """Return what two kinds and levels speak for a pair; a heading stands for a heading only, opaque for its like."""
    if ours == theirs:
        return 1.5 if ours[0] is SegmentKind.HEADING else 1.0
    if ours[0] is theirs[0]:
        return 0.7 if ours[0] is SegmentKind.HEADING else 0.8
    return 0.4 if ours[0] in _BLOCKS and theirs[0] in _BLOCKS else None


_BLOCKS = (SegmentKind.PARAGRAPH, SegmentKind.ITEM, SegmentKind.CELL)


def _shared_weights(source: Sequence[frozenset[str]], target: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Return the weight of every anchor that both sides have: the rarer, the more it tells."""
    ours = Counter(anchor for each in source for anchor in each)
    theirs = Counter(anchor for each in target for anchor in each)
    return {
        anchor: WEIGHTS[anchor[0]] / sqrt(count * theirs[anchor]) for anchor, count in ours.items() if anchor in theirs
    }
