"""Align a translation with its source: which segments of the one correspond to which segments of the other.

The method is that of Gale and Church (1993): dynamic programming over *beads* of one or two segments on either side. To
lengths it adds anchors, as later aligners (hunalign, for instance) do, and it goes section by section, so that
long pages take time in proportion to their length.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from transtool.align.prepared_page import PreparedBody, PreparedPage
from transtool.align.scoring import SAME, Scorer, bits, in_place
from transtool.align.segment_diff import Step
from transtool.text.sequences import Block, Match, best_matches, gaps, longest_increasing

# Costs and thresholds are in the points of `scoring`; all were set by hand.

_SKIP = 0.3
"""The cost of a segment that stays without a counterpart."""

_SKIP_COMPLETE = 0.9
"""The same in a translation that is known to lack nothing: segments there were joined or split, not left out."""

_SKIP_SECTION = 0.4
"""The cost of a section that stays without a counterpart."""

_PLAUSIBLE = 0.5
"""The score that each pair needs where two blocks of the same shape are matched one by one."""

_SURE = 0.8
"""What a bead scores that hardly anything speaks against."""

_RELATED = 0.4
"""The share of a translation's prose that must be in sure beads for it to be one of the whole page."""

_NEARLY_ALL = 0.95
"""The share of the smaller side that must be matched by subtrees of headings for single sections not to be tried."""

_CLEARLY = 2.0
"""By how much matching single sections must score higher than matching subtrees: as much as a certain pair."""

_SURE_SHARED = 1.0
"""The score above which a pair with a unique common anchor cuts a long block: more than kind and length alone give."""

_LONG_BLOCK = 2_500
"""Source segments times target segments, from which on unique anchors cut a block before dynamic programming."""


class Bead(NamedTuple):
    """Positions of source segments and of the target segments that correspond to them; either may be empty.

    `score` tells how well they match: above 1 they have something in common (a number, code, a target, a name), near 0
    only order, kind and length speak for it.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float


def align(
    source: PreparedPage,
    target: PreparedPage,
    known: Iterable[tuple[int, int]] = (),
    *,
    complete: bool = False,
) -> tuple[Bead, ...]:
    """Return the beads of two pages, 1:1, 1:2, 2:1, 1:0 or 0:1, in the order of the source.

    Fields pair by name. Bodies are matched section by section (heading, kinds, anchors, length), the segments
    inside by kind, length and anchors; identical texts that moved are matched last. Every translatable segment is in
    exactly one bead; so are code, HTML, Liquid and thematic breaks, which are good anchors, but not link definitions
    and attribute lists. `known` are pairs of positions that probably belong together, because they did in older
    versions (see `carried_over`): each counts as one more anchor. A `complete` translation lacks nothing: where it has
    fewer or more segments, some were joined or split.
    """
    fields = {segment.field: at for at, segment in enumerate(target.segments) if segment.field}
    beads = []
    for at, segment in enumerate(source.segments):
        if segment.field:
            there = fields.pop(segment.field, None)
            beads.append(Bead((at,), () if there is None else (there,), 0.0 if there is None else SAME))
    beads += [Bead((), (at,), 0.0) for at in fields.values()]
    known = tuple(known)
    one_by_one = None if known else _in_place(source.body, target.body)
    if one_by_one is not None and is_of_whole((*beads, *one_by_one), target):
        return _in_order((*beads, *one_by_one))
    scorer = Scorer(source.body, target.body, known)
    return _in_order((*beads, *_Aligner(scorer, _SKIP_COMPLETE if complete else _SKIP).beads()))


def _in_place(source: PreparedBody, target: PreparedBody) -> list[Bead] | None:
    """Return the beads of bodies that surely correspond one by one, with the least that they score; None for others."""
    scores = in_place(source, target)
    if scores is None or any(score < _PLAUSIBLE for score in scores):
        return None
    return [Bead((i,), (j,), score) for i, j, score in zip(source.at, target.at, scores, strict=True)]


def is_of_whole(beads: Iterable[Bead], target: PreparedPage) -> bool:
    """Say whether enough of a translation's prose surely translates something, so that it is one of the whole page."""
    sure = sum(target.prose[at] for bead in beads if bead.source and bead.score >= _SURE for at in bead.target)
    return sure >= _RELATED * sum(target.prose)


def carried_over(beads: Iterable[Bead], source: Iterable[Step], target: Iterable[Step]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of positions in new versions that continue the `beads` between old ones.

    `source` and `target` are the edit scripts from the old to the new version of either page.
    """
    ours = {old: step.new for step in source for old in step.old}
    theirs = {old: step.new for step in target for old in step.old}
    return tuple(
        pair
        for bead in beads
        for i in bead.source
        for j in bead.target
        for pair in product(ours.get(i, ()), theirs.get(j, ()))
    )


class _Aligner:
    """Aligns two bodies block by block."""

    def __init__(self, scorer: Scorer, skip: float) -> None:
        self.scorer = scorer
        self.skip = skip
        self.source, self.target = scorer.source, scorer.target

    def beads(self) -> Iterator[Bead]:
        """Yield the beads, with positions among all segments."""
        found = self._matched(Block(0, len(self.source.at), 0, len(self.target.at)), titled=False)
        found += self._moved(found)
        for i, i_end, j, j_end in found:
            score = self.scorer.score(i, i_end - i, j, j_end - j) or 0.0
            yield Bead(tuple(self.source.at[i:i_end]), tuple(self.target.at[j:j_end]), score)
        ours = {i for each in found for i in range(each.i, each.i_end)}
        theirs = {j for each in found for j in range(each.j, each.j_end)}
        yield from (Bead((at,), (), 0.0) for i, at in enumerate(self.source.at) if i not in ours)
        yield from (Bead((), (at,), 0.0) for j, at in enumerate(self.target.at) if j not in theirs)

    def _matched(self, block: Block, *, titled: bool) -> list[Block]:
        """Match the segments of a block: one by one where that is plausible, else section by section.

        A `titled` block starts with its own heading, which does not divide it.
        """
        found = self._zipped(block)
        if found is not None:
            return found
        ours = self.source.headings(block.i + titled, block.i_end)
        theirs = self.target.headings(block.j + titled, block.j_end)
        if not ours or not theirs:
            return self._by_segment(block)
        our_levels = [self.source.shape[at][1] for at in ours]
        their_levels = [self.target.shape[at][1] for at in theirs]
        top = min(our_levels)
        if our_levels == their_levels or top != min(their_levels):
            return self._by_section(block, ours, theirs)
        # Where headings were added, subtrees are better evidence than single sections; where levels differ, worse.
        our_tops = [at for at, level in zip(ours, our_levels, strict=True) if level == top]
        their_tops = [at for at, level in zip(theirs, their_levels, strict=True) if level == top]
        nested = self._by_section(block, our_tops, their_tops)
        if len(nested) >= _NEARLY_ALL * min(block.i_end - block.i, block.j_end - block.j):
            return nested
        flat = self._by_section(block, ours, theirs)
        return flat if self._total(flat) > self._total(nested) + _CLEARLY else nested

    def _by_section(self, block: Block, ours: list[int], theirs: list[int]) -> list[Block]:
        """Match the sections of a block that start at `ours` and `theirs`, then the segments inside each."""
        return [
            match
            for part, whole in self._parts(block, [*ours, block.i_end], [*theirs, block.j_end])
            for match in (self._matched(part, titled=True) if whole else self._by_segment(part))
        ]

    def _total(self, matches: Sequence[Block]) -> float:
        """Return the total score of matches, with what their segments would have cost unmatched."""
        score = sum(self.scorer.score(i, i_end - i, j, j_end - j) or 0.0 for i, i_end, j, j_end in matches)
        return score + _SKIP * sum(i_end - i + j_end - j for i, i_end, j, j_end in matches)

    def _parts(self, block: Block, ours: list[int], theirs: list[int]) -> Iterator[tuple[Block, bool]]:
        """Yield pairs of parts of a block, and whether each is one whole section on both sides.

        A section without a counterpart goes with the part before it. `ours` and `theirs` are where sections start, and
        where the last one ends.
        """
        source, target = self.scorer.sections(ours, theirs)

        def pairs(i: int, start: int, end: int) -> Sequence[Match]:
            score = self.scorer.section_score
            return [(j, 1, 1, score(source[i], target[j])) for j in range(start, end)]

        matches = best_matches(Block(0, len(source), 0, len(target)), pairs, _SKIP_SECTION)
        start, before = (block.i, block.j), None
        for match in (*matches, Block(len(source), 0, len(target), 0)):
            end = ours[match.i], theirs[match.j]
            whole = before is not None and match.i - before.i == match.j - before.j == 1
            yield Block(start[0], end[0], start[1], end[1]), whole
            start, before = end, match

    def _zipped(self, block: Block) -> list[Block] | None:
        """Return the pairs one by one where both sides have the same shape and every pair is plausible, else None."""
        if self.source.shape[block.i : block.i_end] != self.target.shape[block.j : block.j_end]:
            return None
        pairs = list(zip(range(block.i, block.i_end), range(block.j, block.j_end), strict=True))
        if any((self.scorer.score(i, 1, j, 1) or 0.0) < _PLAUSIBLE for i, j in pairs):
            return None
        return [Block(i, i + 1, j, j + 1) for i, j in pairs]

    def _by_segment(self, block: Block) -> list[Block]:
        """Match the segments of a block by dynamic programming, after taking the certain pairs at either end."""
        i, i_end, j, j_end = block
        chain: list[tuple[int, int]] = []
        while i < i_end and j < j_end and self.scorer.is_certain(i, j):
            chain.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and self.scorer.is_certain(i_end - 1, j_end - 1):
            i_end, j_end = i_end - 1, j_end - 1
            chain.append((i_end, j_end))
        rest = Block(i, i_end, j, j_end)
        if (i_end - i) * (j_end - j) > _LONG_BLOCK:
            chain += self._anchored(rest)
        found = [Block(i, i + 1, j, j + 1) for i, j in chain]
        for gap in gaps(sorted(chain), block):
            found += best_matches(gap, self.scorer.row, self.skip)
        return found

    def _anchored(self, block: Block) -> list[tuple[int, int]]:
        """Return pairs in increasing order that share anchors which are unique in the block on both sides."""
        unique = _unique(self.scorer.ours[block.i : block.i_end]) & _unique(self.scorer.theirs[block.j : block.j_end])
        places = {bit: j for j in range(block.j, block.j_end) for bit in bits(self.scorer.theirs[j] & unique)}
        votes: dict[tuple[int, int], float] = defaultdict(float)
        for i in range(block.i, block.i_end):
            for bit in bits(self.scorer.ours[i] & unique):
                votes[i, places[bit]] += self.scorer.weight(1 << bit)
        strongest: dict[int, tuple[float, int]] = {}
        for (i, j), count in votes.items():
            if (self.scorer.score(i, 1, j, 1) or 0.0) > _SURE_SHARED:
                strongest[i] = max(strongest.get(i, (0.0, 0)), (count, j))
        return longest_increasing([(i, j) for i, (_, j) in strongest.items()])

    def _moved(self, found: Sequence[Block]) -> list[Block]:
        """Return pairs with the same text among what is not in `found`, in whatever order."""
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
                moved.append(Block(i, i + 1, j, j + 1))
        return moved


def _unique(marks: Sequence[int]) -> int:
    """Return the anchors that exactly one of the segments has."""
    some = several = 0
    for each in marks:
        several |= some & each
        some |= each
    return some & ~several


def _in_order(beads: Sequence[Bead]) -> tuple[Bead, ...]:
    """Return the beads in the order of the source; a bead of the target alone follows what it follows there."""
    became = {bead.target[0]: bead.source[0] for bead in beads if bead.source and bead.target}
    keys: dict[Bead, tuple[int, int]] = {}
    behind = -1
    for bead in sorted(beads, key=lambda bead: bead.target or (-1,)):
        if bead.source:
            keys[bead] = (bead.source[0], -1)
            behind = became.get(bead.target[0], behind) if bead.target else behind
        else:
            keys[bead] = (behind, bead.target[0])
    return tuple(sorted(beads, key=keys.__getitem__))
