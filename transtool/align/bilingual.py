"""Which segments of a translation stand for which segments of its source, as both are now."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import log, sqrt
from typing import NamedTuple

from transtool.align.chain import Match, best, gaps, rising
from transtool.align.revision import Step
from transtool.align.traits import STRONG, anchors
from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.views import opaque_markup, wording

_ANCHORING = frozenset({SegmentKind.CODE, SegmentKind.HTML, SegmentKind.LIQUID, SegmentKind.BREAK})
_WEIGHTS = {"k": 2.0, "u": 2.0, "c": 1.5, "n": 1.0, "w": 0.7}
_SAME = 3.0
_MOST_SHARED = 3.0
_SHAPES = ((1, 1), (1, 2), (2, 1))
_SKIP = 0.3
_SKIP_SECTION = 0.4
_JOINED = 0.6
_MOST_UNLIKELY = 1.2
_PLAUSIBLE = 0.5
_CLEARLY = 2.0
_MANY = 2_500


class Link(NamedTuple):
    """Positions of source segments and of the target segments that stand for them; one of both may be empty.

    `score` tells how well they fit: above 1 something is shared (a number, code, a target, a name), near 0 only
    place, kind and length speak for it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


def align(
    source: Sequence[Segment], target: Sequence[Segment], known: Iterable[tuple[int, int]] = ()
) -> tuple[Link, ...]:
    """Return which segments belong together: 1:1, 1:2, 2:1, 1:0 or 0:1, in the order of the source.

    Fields pair by name. Bodies are matched section by section (heading, kinds, anchors, length), the segments
    inside by kind, length and anchors; what the same text shows to have moved is found last. Every translatable
    segment is in exactly one link; code, HTML, Liquid and thematic breaks are in links too, because they are
    good anchors; link definitions and attribute lists are not. `known` are pairs of positions that are thought to
    belong together, because they did in older versions (see `carried`): they count as one more anchor.
    """
    fields = {segment.field: at for at, segment in enumerate(target) if segment.field}
    links = []
    for at, segment in enumerate(source):
        if segment.field:
            there = fields.pop(segment.field, None)
            links.append(Link((at,), () if there is None else (there,), 0.0 if there is None else _SAME))
    links += [Link((), (at,), 0.0) for at in fields.values()]
    links += _Bodies(_Body(source), _Body(target), known).links()
    return _in_order(links)


class _Body:
    """The segments of a body that take part, with what they are compared by."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.at = [
            at
            for at, segment in enumerate(segments)
            if not segment.field and (segment.translatable or segment.kind in _ANCHORING)
        ]
        self.segments = [segments[at] for at in self.at]
        self.prose = [segment.translatable for segment in self.segments]
        self.keys = [
            wording(each) if each.translatable else "\n".join(opaque_markup(each.text)) for each in self.segments
        ]
        self.lengths = [len(key) for key in self.keys]
        self.anchors = [anchors(segment.text) for segment in self.segments]
        self.shape = [(segment.kind, segment.level) for segment in self.segments]

    def mark(self, at: int, anchor: str) -> None:
        """Give the segment that stands at `at` among all segments one more anchor, if it takes part."""
        place = bisect_left(self.at, at)
        if place < len(self.at) and self.at[place] == at:
            self.anchors[place] |= {anchor}

    def headings(self, start: int, end: int) -> list[int]:
        """Return the positions of the headings from `start` to `end`."""
        return [at for at in range(start, end) if self.segments[at].kind is SegmentKind.HEADING]

    def total(self, start: int = 0, end: int | None = None) -> int:
        """Return the length of the wordings from `start` to `end`."""
        end = len(self.at) if end is None else end
        return sum(self.lengths[at] for at in range(start, end) if self.prose[at])


class _Bodies:
    """The state of one alignment."""

    def __init__(self, source: _Body, target: _Body, known: Iterable[tuple[int, int]]) -> None:
        self.source, self.target = source, target
        for number, (i, j) in enumerate(known):
            source.mark(i, f"k:{number}")
            target.mark(j, f"k:{number}")
        self.ratio = min(4.0, max(0.15, (target.total() + 1) / (source.total() + 1)))
        self.weights = _shared_weights(source.anchors, target.anchors)
        shared = self.weights.keys()
        self.ours = [each & shared for each in source.anchors]
        self.theirs = [each & shared for each in target.anchors]

    def links(self) -> list[Link]:
        """Return the links, with positions among all segments."""
        found = self._matched(Match(0, len(self.source.at), 0, len(self.target.at)), titled=False)
        found += self._moved(found)
        left_out = set(range(len(self.source.at))) - {i for each in found for i in range(each.i, each.i_end)}
        extra = set(range(len(self.target.at))) - {j for each in found for j in range(each.j, each.j_end)}
        return [
            *(self._link(each) for each in found),
            *(Link((self.source.at[i],), (), 0.0) for i in left_out),
            *(Link((), (self.target.at[j],), 0.0) for j in extra),
        ]

    def _link(self, match: Match) -> Link:
        i, i_end, j, j_end = match
        score = self._worth(i, i_end - i, j, j_end - j) or 0.0
        return Link(tuple(self.source.at[i:i_end]), tuple(self.target.at[j:j_end]), score)

    def _matched(self, block: Match, *, titled: bool) -> list[Match]:
        """Match the segments of a block: one by one where that is plausible, else section by section.

        `titled` says that the block starts with its own heading, which does not divide it.
        """
        found = self._zipped(block)
        if found is not None:
            return found
        ours = self.source.headings(block.i + titled, block.i_end)
        theirs = self.target.headings(block.j + titled, block.j_end)
        if not ours or not theirs:
            return self._inside(block)
        flat = self._divided(block, ours, theirs)
        our_levels = [self.source.segments[at].level for at in ours]
        their_levels = [self.target.segments[at].level for at in theirs]
        top = min(our_levels)
        if our_levels == their_levels or top != min(their_levels):
            return flat
        # Where headings were added, whole subtrees tell more than single sections; where levels differ, they mislead.
        our_tops = [at for at, level in zip(ours, our_levels, strict=True) if level == top]
        their_tops = [at for at, level in zip(theirs, their_levels, strict=True) if level == top]
        nested = self._divided(block, our_tops, their_tops)
        return flat if self._total(flat) > self._total(nested) + _CLEARLY else nested

    def _divided(self, block: Match, ours: list[int], theirs: list[int]) -> list[Match]:
        """Match the sections of a block that start at `ours` and `theirs`, and the segments inside each."""
        return [
            match
            for part, whole in self._parts(block, [*ours, block.i_end], [*theirs, block.j_end])
            for match in (self._matched(part, titled=True) if whole else self._inside(part))
        ]

    def _total(self, matches: Sequence[Match]) -> float:
        """Return what matches are worth together; what is unmatched costs."""
        worth = sum(self._worth(i, i_end - i, j, j_end - j) or 0.0 for i, i_end, j, j_end in matches)
        return worth + _SKIP * sum(i_end - i + j_end - j for i, i_end, j, j_end in matches)

    def _parts(self, block: Match, ours: list[int], theirs: list[int]) -> Iterator[tuple[Match, bool]]:
        """Yield the pairs of sections, and whether each is whole: one without a partner goes with those before it.

        `ours` and `theirs` are where sections start, and the end of the last.
        """
        source = [self._summed(self.source, self.ours, *each) for each in pairwise(ours)]
        target = [self._summed(self.target, self.theirs, *each) for each in pairwise(theirs)]

        def score(i: int, _a: int, j: int, _b: int) -> float:
            return self._section_worth(source[i], target[j])

        matches = best(Match(0, len(source), 0, len(target)), score, ((1, 1),), _SKIP_SECTION)
        start, before = (block.i, block.j), None
        for match in (*matches, Match(len(source), 0, len(target), 0)):
            end = ours[match.i], theirs[match.j]
            whole = before is not None and match.i - before.i == match.j - before.j == 1
            yield Match(start[0], end[0], start[1], end[1]), whole
            start, before = end, match

    def _zipped(self, block: Match) -> list[Match] | None:
        """Return the pairs one by one where both sides have the same shape and every pair is plausible."""
        if self.source.shape[block.i : block.i_end] != self.target.shape[block.j : block.j_end]:
            return None
        pairs = list(zip(range(block.i, block.i_end), range(block.j, block.j_end), strict=True))
        if any((self._worth(i, 1, j, 1) or 0.0) < _PLAUSIBLE for i, j in pairs):
            return None
        return [Match(i, i + 1, j, j + 1) for i, j in pairs]

    def _inside(self, block: Match) -> list[Match]:
        """Match the segments of a block by dynamic programming; sure pairs cut a long one into pieces."""
        if (block.i_end - block.i) * (block.j_end - block.j) <= _MANY:
            return best(block, self._worth, _SHAPES, _SKIP)
        chain = self._sure(block)
        pieces = gaps([(i - block.i, j - block.j) for i, j in chain], block.i_end - block.i, block.j_end - block.j)
        found = [Match(i, i + 1, j, j + 1) for i, j in chain]
        for i, i_end, j, j_end in pieces:
            piece = Match(i + block.i, i_end + block.i, j + block.j, j_end + block.j)
            found += best(piece, self._worth, _SHAPES, _SKIP)
        return found

    def _sure(self, block: Match) -> list[tuple[int, int]]:
        """Return a chain of pairs that share anchors which stand nowhere else in the block."""
        ours, theirs = _only(self.ours, block.i, block.i_end), _only(self.theirs, block.j, block.j_end)
        votes: dict[tuple[int, int], float] = defaultdict(float)
        for anchor in ours.keys() & theirs.keys():
            votes[ours[anchor], theirs[anchor]] += _WEIGHTS[anchor[0]]
        strongest: dict[int, tuple[float, int]] = {}
        for (i, j), count in votes.items():
            if (self._worth(i, 1, j, 1) or 0.0) > 1.0:
                strongest[i] = max(strongest.get(i, (0.0, 0)), (count, j))
        return rising([(i, j) for i, (_, j) in strongest.items()])

    def _moved(self, found: Sequence[Match]) -> list[Match]:
        """Return pairs of the same text among what is not in `found`, wherever they stand."""
        taken = {j for each in found for j in range(each.j, each.j_end)}
        places: dict[str, list[int]] = defaultdict(list)
        for j in reversed(range(len(self.target.at))):
            if j not in taken:
                places[self.target.keys[j]].append(j)
        taken = {i for each in found for i in range(each.i, each.i_end)}
        moved = []
        for i in range(len(self.source.at)):
            if i not in taken and places.get(self.source.keys[i]):
                j = places[self.source.keys[i]].pop()
                moved.append(Match(i, i + 1, j, j + 1))
        return moved

    def _worth(self, i: int, a: int, j: int, b: int) -> float | None:
        """Return how well `a` source segments from `i` fit `b` target segments from `j`; None if never."""
        source, target = self.source, self.target
        ours, theirs = source.segments[i], target.segments[j]
        if source.prose[i] is not target.prose[j]:
            return None
        if a + b == 2 and source.keys[i] == target.keys[j]:
            return _SAME
        if not source.prose[i]:
            return (
                None if ours.kind is not theirs.kind or a + b > 2 else 0.6 + self._shared(self.ours[i], self.theirs[j])
            )
        worth = _kinds_fit(ours, theirs)
        if worth is None:
            return None
        if a + b == 2:
            length, other = source.lengths[i], target.lengths[j]
            shared = self._shared(self.ours[i], self.theirs[j])
        else:
            if any(source.shape[at][0] is not ours.kind for at in range(i, i + a)) or any(
                target.shape[at][0] is not theirs.kind for at in range(j, j + b)
            ):
                return None
            length, other = sum(source.lengths[i : i + a]), sum(target.lengths[j : j + b])
            shared = self._shared(frozenset().union(*self.ours[i : i + a]), frozenset().union(*self.theirs[j : j + b]))
            worth -= _JOINED
        return worth + shared - _unlikely(length * self.ratio, other)

    def _shared(self, ours: frozenset[str], theirs: frozenset[str]) -> float:
        """Return what the anchors that both have speak for a pair, less what those speak against it that one lacks."""
        weights = self.weights
        shared = sum(weights[each] for each in ours & theirs)
        lacking = sum(weights[each] for each in ours ^ theirs if each[0] in STRONG)
        return min(_MOST_SHARED, shared) - min(1.0, 0.5 * lacking)

    def _summed(self, body: _Body, shared: Sequence[frozenset[str]], start: int, end: int) -> "_Section":
        kinds = Counter(segment.kind for segment in body.segments[start:end])
        return _Section(
            body.segments[start].level, kinds, body.total(start, end), frozenset().union(*shared[start:end])
        )

    def _section_worth(self, ours: "_Section", theirs: "_Section") -> float:
        total = ours.kinds.total() + theirs.kinds.total()
        alike = 2 * (ours.kinds & theirs.kinds).total() / total if total else 1.0
        weights = self.weights
        shared = 2 * sum(weights[each] for each in ours.anchors & theirs.anchors)
        shared /= 1 + sum(weights[each] for each in ours.anchors) + sum(weights[each] for each in theirs.anchors)
        level = 0.5 if ours.level == theirs.level else -0.7
        return level + alike + _MOST_SHARED * shared - _unlikely(ours.length * self.ratio, theirs.length)


class _Section(NamedTuple):
    """What a section is compared by."""

    level: int
    kinds: Counter[SegmentKind]
    length: int
    anchors: frozenset[str]


def carried(links: Iterable[Link], source: Iterable[Step], target: Iterable[Step]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of positions in new versions that continue `links` between old ones.

    `source` and `target` are the steps from the old to the new version of either side.
    """
    ours = {old: step.new for step in source for old in step.old}
    theirs = {old: step.new for step in target for old in step.old}
    return tuple(
        pair
        for link in links
        for i in link.source
        for j in link.target
        for pair in product(ours.get(i, ()), theirs.get(j, ()))
    )


def _kinds_fit(ours: Segment, theirs: Segment) -> float | None:
    """Return what the kinds of two segments speak for a pair; a heading stands for a heading only."""
    if ours.kind is theirs.kind:
        if ours.kind is SegmentKind.HEADING:
            return 1.5 if ours.level == theirs.level else 0.7
        return 1.0 if ours.level == theirs.level else 0.8
    return None if SegmentKind.HEADING in (ours.kind, theirs.kind) else 0.4


def _unlikely(expected: float, length: int) -> float:
    """Return how much the length of a translation speaks against it; short texts vary more."""
    if not expected or not length:
        return 0.0
    tolerance = 0.3 + 3 / sqrt(max(expected, length))
    return float(min(_MOST_UNLIKELY, 0.5 * (log(length / expected) / tolerance) ** 2))


def _shared_weights(source: Sequence[frozenset[str]], target: Sequence[frozenset[str]]) -> Mapping[str, float]:
    """Return the weight of every anchor that both sides have: the rarer, the more it tells."""
    ours = Counter(anchor for each in source for anchor in each)
    theirs = Counter(anchor for each in target for anchor in each)
    return {
        anchor: _WEIGHTS[anchor[0]] / sqrt(count * theirs[anchor]) for anchor, count in ours.items() if anchor in theirs
    }


def _only(sets: Sequence[frozenset[str]], start: int, end: int) -> dict[str, int]:
    """Return the anchors that stand in one of the segments only, with its position."""
    places: dict[str, int] = {}
    for at in range(start, end):
        for anchor in sets[at]:
            places[anchor] = -1 if anchor in places else at
    return {anchor: at for anchor, at in places.items() if at >= 0}


def _in_order(links: Sequence[Link]) -> tuple[Link, ...]:
    """Return the links in the order of the source; what only the target has, where it stands there."""
    became = {link.target[0]: link.source[0] for link in links if link.source and link.target}
    keys: dict[Link, tuple[int, int]] = {}
    behind = -1
    for link in sorted(links, key=lambda link: link.target or (-1,)):
        if link.source:
            keys[link] = (link.source[0], -1)
            behind = became.get(link.target[0], behind) if link.target else behind
        else:
            keys[link] = (behind, link.target[0])
    return tuple(sorted(links, key=keys.__getitem__))
