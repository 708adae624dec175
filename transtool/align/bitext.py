"""Which segments of a translation stand for which segments of its source, as both are now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from transtool.align.prepared_page import Side
from transtool.align.scoring import SAME, Fit, bits
from transtool.align.segment_diff import Step
from transtool.text.sequences import Match, best, gaps, rising

_SKIP = 0.3
_SKIP_OF_ALL = 0.9
_SKIP_SECTION = 0.4
_PLAUSIBLE = 0.5
_CLEARLY = 2.0
_NEARLY_ALL = 0.95
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
    source: Side,
    target: Side,
    known: Iterable[tuple[int, int]] = (),
    *,
    complete: bool = False,
) -> tuple[Link, ...]:
    """Return which segments belong together: 1:1, 1:2, 2:1, 1:0 or 0:1, in the order of the source.

    Fields pair by name. Bodies are matched section by section (heading, kinds, anchors, length), the segments
    inside by kind, length and anchors; what the same text shows to have moved is found last. Every translatable
    segment is in exactly one link; code, HTML, Liquid and thematic breaks are in links too, because they are
    good anchors; link definitions and attribute lists are not. `known` are pairs of positions that are thought to
    belong together, because they did in older versions (see `carried`): they count as one more anchor. In a
    `complete` translation nothing is missing: where it has fewer or more segments, they were joined or split.
    """
    fields = {segment.field: at for at, segment in enumerate(target.segments) if segment.field}
    links = []
    for at, segment in enumerate(source.segments):
        if segment.field:
            there = fields.pop(segment.field, None)
            links.append(Link((at,), () if there is None else (there,), 0.0 if there is None else SAME))
    links += [Link((), (at,), 0.0) for at in fields.values()]
    fit = Fit(source.body, target.body, known)
    return _in_order((*links, *_Matcher(fit, _SKIP_OF_ALL if complete else _SKIP).links()))


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


class _Matcher:
    """Matches two sides block by block."""

    def __init__(self, fit: Fit, skip: float) -> None:
        self.fit = fit
        self.skip = skip
        self.source, self.target = fit.source, fit.target

    def links(self) -> Iterator[Link]:
        """Yield the links, with positions among all segments."""
        found = self._matched(Match(0, len(self.source.at), 0, len(self.target.at)), titled=False)
        found += self._moved(found)
        for i, i_end, j, j_end in found:
            score = self.fit.worth(i, i_end - i, j, j_end - j) or 0.0
            yield Link(tuple(self.source.at[i:i_end]), tuple(self.target.at[j:j_end]), score)
        ours = {i for each in found for i in range(each.i, each.i_end)}
        theirs = {j for each in found for j in range(each.j, each.j_end)}
        yield from (Link((at,), (), 0.0) for i, at in enumerate(self.source.at) if i not in ours)
        yield from (Link((), (at,), 0.0) for j, at in enumerate(self.target.at) if j not in theirs)

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
        our_levels = [self.source.shape[at][1] for at in ours]
        their_levels = [self.target.shape[at][1] for at in theirs]
        top = min(our_levels)
        if our_levels == their_levels or top != min(their_levels):
            return self._divided(block, ours, theirs)
        # Where headings were added, whole subtrees tell more than single sections; where levels differ, they mislead.
        our_tops = [at for at, level in zip(ours, our_levels, strict=True) if level == top]
        their_tops = [at for at, level in zip(theirs, their_levels, strict=True) if level == top]
        nested = self._divided(block, our_tops, their_tops)
        if len(nested) >= _NEARLY_ALL * min(block.i_end - block.i, block.j_end - block.j):
            return nested
        flat = self._divided(block, ours, theirs)
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
        worth = sum(self.fit.worth(i, i_end - i, j, j_end - j) or 0.0 for i, i_end, j, j_end in matches)
        return worth + _SKIP * sum(i_end - i + j_end - j for i, i_end, j, j_end in matches)

    def _parts(self, block: Match, ours: list[int], theirs: list[int]) -> Iterator[tuple[Match, bool]]:
        """Yield the pairs of sections, and whether each is whole: one without a partner goes with those before it.

        `ours` and `theirs` are where sections start, and the end of the last.
        """
        source, target = self.fit.sections(ours, theirs)

        def pairs(i: int, j: int) -> Iterator[tuple[int, int, float]]:
            yield 1, 1, self.fit.section_worth(source[i], target[j])

        matches = best(Match(0, len(source), 0, len(target)), pairs, _SKIP_SECTION)
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
        if any((self.fit.worth(i, 1, j, 1) or 0.0) < _PLAUSIBLE for i, j in pairs):
            return None
        return [Match(i, i + 1, j, j + 1) for i, j in pairs]

    def _inside(self, block: Match) -> list[Match]:
        """Match the segments of a block by dynamic programming; sure pairs cut a long one into pieces."""
        i, i_end, j, j_end = block
        chain: list[tuple[int, int]] = []
        while i < i_end and j < j_end and self.fit.is_certain(i, j):
            chain.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and self.fit.is_certain(i_end - 1, j_end - 1):
            i_end, j_end = i_end - 1, j_end - 1
            chain.append((i_end, j_end))
        rest = Match(i, i_end, j, j_end)
        if (i_end - i) * (j_end - j) > _MANY:
            chain += self._sure(rest)
        found = [Match(i, i + 1, j, j + 1) for i, j in chain]
        for piece in gaps(sorted(chain), block):
            found += best(piece, self.fit.matches, self.skip)
        return found

    def _sure(self, block: Match) -> list[tuple[int, int]]:
        """Return a chain of pairs that share anchors which stand nowhere else in the block."""
        once = _once(self.fit.ours[block.i : block.i_end]) & _once(self.fit.theirs[block.j : block.j_end])
        places = {bit: j for j in range(block.j, block.j_end) for bit in bits(self.fit.theirs[j] & once)}
        votes: dict[tuple[int, int], float] = defaultdict(float)
        for i in range(block.i, block.i_end):
            for bit in bits(self.fit.ours[i] & once):
                votes[i, places[bit]] += self.fit.weight(1 << bit)
        strongest: dict[int, tuple[float, int]] = {}
        for (i, j), count in votes.items():
            if (self.fit.worth(i, 1, j, 1) or 0.0) > 1.0:
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


def _once(marks: Sequence[int]) -> int:
    """Return the anchors that stand in one of the segments only."""
    some = several = 0
    for each in marks:
        several |= some & each
        some |= each
    return some & ~several


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
