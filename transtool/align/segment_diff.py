"""The edit script between two versions of a page in one language: what became of each segment."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from transtool.align.prepared_page import PreparedPage
from transtool.model import SegmentKind
from transtool.text.sequences import Block, Match, Row, best_matches, gaps, longest_increasing, patience_diff
from transtool.text.similarity import (
    SHORT,
    common_weight,
    common_weights,
    may_be_similar,
    similarity,
    without_spaces,
    word_weights,
)
from transtool.text.words import shingles

# Thresholds of similarity (0 to 1, see `text.similarity`); all were set by hand.

EDITED = 0.35
"""The least similarity of an edited segment to what it was."""

_EDITED_ALONE = 0.2
"""The same where one segment replaced one other, with equal neighbours: its place speaks for it."""

_MOVED_AND_EDITED = 0.6
"""The same where an edited segment also moved, so that nothing but its words speaks for it."""

_MORE_FOR_A_STEP = 0.05
"""What is needed in addition for each further segment that was split off or joined, and for another kind."""

_PART = 0.3
"""The share of its words that a segment must have in common with another one to have been split from it."""

_MOST_PARTS = 3
"""How many segments one may be split into, or joined from, if it was edited as well."""

# Limits of time, set by hand: segments of the one version times segments of the other.

_LONG_GAP = 2_500
"""From here on, unique shingles cut a gap before dynamic programming, and nothing that moved as well is looked for."""

_OTHER_TEXT = 100_000
"""From here on, a gap that no unique shingle cuts is taken for another text altogether."""

_CACHED = 1 << 11
"""Gaps remembered: more than those between all versions of a page."""

_START = 8
"""Characters at the start of a segment by which those that may have been split or joined are found quickly."""


class Step(NamedTuple):
    """One step of an edit script: segments of the old version (positions), and the new segments they became.

    Without `new` they were removed, without `old` added. `same` says that the words did not change (the paragraph they
    are in does not matter), `moved` that their order did.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    same: bool
    moved: bool = False


@lru_cache(maxsize=1 << 14)
def unchanged(old: int, new: int) -> Step:
    """Return the step of a segment whose words are as they were: nearly all steps are, of all pages."""
    return Step((old,), (new,), same=True)


def diff(old: PreparedPage, new: PreparedPage) -> tuple[Step, ...]:
    """Return the edit script from `old` to `new`, in the order of `new` (removed segments where they were).

    Each segment is in exactly one step. Segments with the same wording match first (patience diff), then paragraphs
    that were split or joined, then edited ones by their similarity, last what moved. Opaque segments match by their
    text; since they have no wording, an edited one is `same`.
    """
    if old.keys == new.keys:
        return tuple(unchanged(at, at) for at in range(len(new.keys)))
    return _Diff(old, new).steps()


class _Version:
    """One version: its segments, what identifies each, and the positions that are in no step yet."""

    def __init__(self, page: PreparedPage) -> None:
        self.page = page
        self.segments, self.prose, self.wordings, self.keys = page.segments, page.prose, page.wordings, page.keys
        self.left = dict.fromkeys(range(len(page.segments)))

    def open(self, start: int, end: int, *, prose: bool) -> list[int]:
        """Return the positions of the body from `start` to `end` that are left: those of prose, or the opaque ones."""
        return [
            at
            for at in range(start, end)
            if at in self.left and self.prose[at] is prose and not self.segments[at].field
        ]

    def said(self, places: Sequence[int]) -> "tuple[Said, ...]":
        """Return the kind of each segment and what it is compared by: its wording, or its raw text if opaque."""
        return tuple((self.segments[at].kind, self.wordings[at] or self.segments[at].text) for at in places)


class _Diff:
    """The state of one comparison."""

    def __init__(self, old: PreparedPage, new: PreparedPage) -> None:
        self.old, self.new = _Version(old), _Version(new)
        self.found: list[Step] = []

    def steps(self) -> tuple[Step, ...]:
        """Run the comparison."""
        old, new = self.old, self.new
        equal = patience_diff(old.keys, new.keys)
        self.found = [unchanged(i, j) for i, j in equal]
        old.left = dict.fromkeys(sorted(old.left.keys() - {i for i, _ in equal}))
        new.left = dict.fromkeys(sorted(new.left.keys() - {j for _, j in equal}))
        if old.left and new.left:
            self._fields()
            self._moved()
            for gap in gaps(equal, Block(0, len(old.keys), 0, len(new.keys))):
                self._regrouped(old.open(gap.i, gap.i_end, prose=True), new.open(gap.j, gap.j_end, prose=True))
                for prose in (True, False):
                    olds, news = old.open(gap.i, gap.i_end, prose=prose), new.open(gap.j, gap.j_end, prose=prose)
                    self._edited(olds, news, prose=prose)
            self._moved_and_edited()
        self.found += [Step((i,), (), same=not old.prose[i]) for i in old.left]
        self.found += [Step((), (j,), same=not new.prose[j]) for j in new.left]
        return _ordered(self.found)

    def _take(self, old: Sequence[int], new: Sequence[int], *, same: bool, moved: bool = False) -> None:
        self.found.append(Step(tuple(old), tuple(new), same, moved))
        for i in old:
            del self.old.left[i]
        for j in new:
            del self.new.left[j]

    def _fields(self) -> None:
        """Match fields of the same name."""
        named = {self.new.segments[j].field: j for j in self.new.left if self.new.segments[j].field}
        for i in list(self.old.left):
            j = named.get(self.old.segments[i].field)
            if j is not None:
                self._take((i,), (j,), same=False)

    def _moved(self) -> None:
        """Match segments with the same key that are somewhere else."""
        places: dict[str, list[int]] = defaultdict(list)
        for j in reversed(list(self.new.left)):
            places[self.new.keys[j]].append(j)
        for i in list(self.old.left):
            if places.get(self.old.keys[i]):
                self._take((i,), (places[self.old.keys[i]].pop(),), same=True, moved=True)

    def _regrouped(self, olds: list[int], news: list[int]) -> None:
        """Match consecutive segments that were split or joined without a change of their words."""
        starts: dict[str, list[int]] = defaultdict(list)
        for at, j in enumerate(news):
            starts[without_spaces(self.new.wordings[j])[:_START]].append(at)
        after = 0
        for at, i in enumerate(olds):
            if i not in self.old.left:
                continue
            for place in starts.get(without_spaces(self.old.wordings[i])[:_START], ()):
                ends = self._same_words(olds, at, news, place) if place >= after else None
                if ends is not None:
                    self._take(olds[at : ends[0]], news[place : ends[1]], same=True)
                    after = ends[1]
                    break

    def _same_words(self, olds: list[int], at: int, news: list[int], place: int) -> tuple[int, int] | None:
        """Return how far two runs of segments from `at` and `place` reach that have the same words; None: none do."""
        ours, theirs, i, j = "", "", at, place
        while True:
            if len(ours) <= len(theirs):
                if i == len(olds):
                    return None
                ours, i = ours + without_spaces(self.old.wordings[olds[i]]), i + 1
            else:
                if j == len(news):
                    return None
                theirs, j = theirs + without_spaces(self.new.wordings[news[j]]), j + 1
            if ours == theirs:
                return i, j
            if not (ours.startswith(theirs) or theirs.startswith(ours)):
                return None

    def _edited(self, olds: list[int], news: list[int], *, prose: bool) -> None:
        """Match edited segments, in order, by their similarity."""
        if olds and news:
            for i, j in _edited(self.old.said(olds), self.new.said(news), prose=prose):
                self._take([olds[at] for at in i], [news[at] for at in j], same=not prose)

    def _moved_and_edited(self) -> None:
        """Match what is left by its similarity alone, the most similar first."""
        olds = self.old.open(0, len(self.old.keys), prose=True)
        news = self.new.open(0, len(self.new.keys), prose=True)
        if olds and news and len(olds) * len(news) <= _LONG_GAP:
            ours, theirs = tuple(self.old.wordings[i] for i in olds), tuple(self.new.wordings[j] for j in news)
            for i, j in _moved_and_edited(ours, theirs):
                self._take((olds[i],), (news[j],), same=False, moved=True)


Said = tuple[SegmentKind, str]
"""The kind of a segment, and what it is compared by."""

Runs = tuple[tuple[Sequence[int], Sequence[int]], ...]
"""Places of segments in two gaps that became one another."""


@lru_cache(maxsize=_CACHED)
def _edited(old: tuple[Said, ...], new: tuple[Said, ...], *, prose: bool) -> Runs:
    """Return which segments in one gap between equal ones were edited into which, by their similarity.

    It is remembered, since most versions of a page have most gaps in common.
    """
    olds: Sequence[int] = range(len(old))
    news: Sequence[int] = range(len(new))
    alone = len(old) == len(new) == 1
    if not alone:
        # Most of a page that was rewritten, or translated, has next to nothing in common with what was there.
        olds, news = _similar(old, new), _similar(new, old)
    if not olds or not news:
        return ()
    gap = (_EditedProse if prose else _EditedOpaque)([old[i] for i in olds], [new[j] for j in news], alone=alone)
    anchors = gap.anchors() if len(olds) * len(news) > _LONG_GAP else []
    matches = [Block(i, i + 1, j, j + 1) for i, j in anchors]
    for part in gaps(anchors, Block(0, len(olds), 0, len(news))):
        if (part.i_end - part.i) * (part.j_end - part.j) <= _OTHER_TEXT:
            matches += best_matches(part, gap.within(part), 0.0)
    return tuple((olds[i:i_end], news[j:j_end]) for i, i_end, j, j_end in matches)


def _similar(said: Sequence[Said], other: Sequence[Said]) -> Sequence[int]:
    """Return the places of what may be similar to anything in `other`, by the words of all of that together."""
    vocabulary: dict[str, int] = {}
    for _, text in other:
        for word, weight in word_weights(text)[0].items():
            if weight > vocabulary.get(word, 0):
                vocabulary[word] = weight
    return [at for at, (_, text) in enumerate(said) if may_be_similar(text, vocabulary, EDITED)]


@lru_cache(maxsize=_CACHED)
def _moved_and_edited(olds: tuple[str, ...], news: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return which texts are similar enough to be each other wherever they stand, the most similar first."""
    shares = []
    commons = common_weights(news)
    for i, ours in enumerate(olds):
        common, total = commons(ours), word_weights(ours)[1]
        for j, theirs in enumerate(news):
            if len(ours) + len(theirs) < 2 * SHORT:
                share = similarity(ours, theirs)
            else:
                share = 2 * common.get(j, 0) / (total + word_weights(theirs)[1])
            if share >= _MOVED_AND_EDITED:
                shares.append((share, -i, -j))
    left, free = {*range(len(olds))}, {*range(len(news))}
    found = []
    for _, i, j in sorted(shares, reverse=True):
        if -i in left and -j in free:
            left.remove(-i)
            free.remove(-j)
            found.append((-i, -j))
    return tuple(found)


class _EditedOpaque:
    """Opaque segments between equal ones: how similar those of one kind are."""

    def __init__(self, old: Sequence[Said], new: Sequence[Said], *, alone: bool) -> None:
        """Take what is left in both versions; `alone` says that one segment replaced one other."""
        self._old, self._new, self._alone = old, new, alone

    def anchors(self) -> list[tuple[int, int]]:
        """Return nothing: code and markup share shingles by chance."""
        return []

    def within(self, _: Block) -> Row:
        """Return what gives the segments that may be each other."""
        return self._row

    def _row(self, i: int, start: int, end: int) -> Iterator[Match]:
        kind, text = self._old[i]
        for j in range(start, end):
            if self._new[j][0] is kind:
                above = 1.0 if self._alone else similarity(text, self._new[j][1]) - EDITED
                if above > 0:
                    yield j, 1, 1, above


class _EditedProse:
    """Prose between equal segments: how similar runs of one or more segments are."""

    def __init__(self, old: Sequence[Said], new: Sequence[Said], *, alone: bool) -> None:
        """Take what is left in both versions; `alone` says that one segment replaced one other."""
        self._old, self._new = [text for _, text in old], [text for _, text in new]
        self._old_headings, self._new_headings = (
            [kind is SegmentKind.HEADING for kind, _ in version] for version in (old, new)
        )
        self._ours, self._theirs = (
            [word_weights(each) for each in self._old],
            [word_weights(each) for each in self._new],
        )
        self._is_same_kind = old[0][0] is new[0][0]
        self._alone = alone
        self._common: dict[int, Mapping[int, int]] = {}

    def anchors(self) -> list[tuple[int, int]]:
        """Return places in increasing order that share shingles which occur nowhere else."""
        ours, theirs = _unique_shingles(self._old), _unique_shingles(self._new)
        votes = Counter((ours[each], theirs[each]) for each in ours.keys() & theirs.keys())
        strongest: dict[int, tuple[int, int]] = {}
        for (i, j), count in votes.items():
            strongest[i] = max(strongest.get(i, (0, 0)), (count, j))
        chain = longest_increasing([(i, j) for i, (count, j) in strongest.items()])
        return [(i, j) for i, j in chain if any(a == b for _, a, b, _ in self._candidates(i, j))]

    def within(self, block: Block) -> Row:
        """Return what gives the ways to match what starts at two places of a block."""
        commons = common_weights(self._new[block.j : block.j_end], block.j)
        self._common = {}
        short = [j for j in range(block.j, block.j_end) if len(self._new[j]) < 2 * SHORT]

        def row(i: int, start: int, end: int) -> Iterator[Match]:
            for at in range(i, min(i + _MOST_PARTS, block.i_end)):
                if at not in self._common:
                    self._common[at] = commons(self._old[at])
            # Segments without a common word are no match, unless they are so short that their letters count.
            places = {*self._common[i], *short} if len(self._old[i]) < 2 * SHORT else self._common[i]
            for j in sorted([j for j in places if start <= j < end]):
                if self._may_match(i, j):
                    yield from self._candidates(i, j)

        return row

    def _may_match(self, i: int, j: int) -> bool:
        """Say whether two places have enough in common for any candidate: `False` is certain."""
        common, ours, theirs = self._common_weight(i, j), self._ours[i][1], self._theirs[j][1]
        if self._alone or common >= _PART * ours or common >= _PART * theirs:
            return True
        before, after = self._old[i], self._new[j]
        if len(before) + len(after) < 2 * SHORT:
            return similarity(before, after) > EDITED
        return 2 * common > EDITED * (ours + theirs)

    def _candidates(self, i: int, j: int) -> Iterator[Match]:
        """Give the ways to match what starts at two places: edited, split or joined.

        The score of each is by how much its similarity exceeds what is needed.
        """
        common, ours, theirs = self._common_weight(i, j), self._ours[i][1], self._theirs[j][1]
        before, after = self._old[i], self._new[j]
        is_short = len(before) + len(after) < 2 * SHORT
        least = _EDITED_ALONE if self._alone else EDITED
        if self._old_headings[i] is not self._new_headings[j]:
            least += _MORE_FOR_A_STEP
        share = similarity(before, after) if is_short else 2 * common / max(1, ours + theirs)
        if is_short and self._alone and self._is_same_kind:
            share = 1.0 + least
        if share > least:
            yield j, 1, 1, share - least
        shapes = [(1, b) for b in self._split(i, j)] if common >= _PART * theirs else []
        shapes += [(a, 1) for a in self._joined(i, j)] if common >= _PART * ours else []
        for a, b in shapes:
            needed = least + _MORE_FOR_A_STEP * (a + b - 2)
            share = self._similarity_of_runs(slice(i, i + a), slice(j, j + b))
            if share > needed:
                yield j, a, b, share - needed

    def _split(self, i: int, j: int) -> Iterator[int]:
        """Give how many segments from `j` may be parts of `i`: each must have enough in common with it."""
        for b in range(2, _MOST_PARTS + 1):
            at = j + b - 1
            if at == len(self._new) or self._common_weight(i, at) < _PART * self._theirs[at][1]:
                return
            yield b

    def _joined(self, i: int, j: int) -> Iterator[int]:
        """Give how many segments from `i` may be parts of `j`: each must have enough in common with it."""
        for a in range(2, _MOST_PARTS + 1):
            at = i + a - 1
            if at == len(self._old) or self._common_weight(at, j) < _PART * self._ours[at][1]:
                return
            yield a

    def _similarity_of_runs(self, olds: slice, news: slice) -> float:
        """Return how similar two runs of segments are; 0 where that is certainly too little."""
        ours, theirs = (sum([total for _, total in each]) for each in (self._ours[olds], self._theirs[news]))
        if 2 * min(ours, theirs) <= _EDITED_ALONE * (ours + theirs):
            return 0.0
        return similarity(" ".join(self._old[olds]), " ".join(self._new[news]))

    def _common_weight(self, i: int, j: int) -> int:
        """Return the weight of the words that two segments have in common."""
        row = self._common.get(i)
        if row is None:
            return common_weight(self._ours[i][0], self._theirs[j][0])
        return row.get(j, 0)


def _unique_shingles(texts: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the shingles that occur in exactly one of the texts, with its position."""
    places: dict[tuple[str, ...], int] = {}
    for at, text in enumerate(texts):
        for each in {*shingles(text.split())}:
            places[each] = -1 if each in places else at
    return {each: at for each, at in places.items() if at >= 0}


_NEW = attrgetter("new")


def _ordered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps in the order of the new version, removals after what they followed."""
    kept = sorted([step for step in steps if step.new], key=_NEW)
    if len(kept) == len(steps):
        return tuple(kept)
    became = {i: step.new[-1] for step in steps if step.new for i in step.old}
    keys: dict[Step, tuple[int, int, int]] = {}
    behind = -1
    for step in sorted(steps, key=lambda step: step.old or (-1,)):
        if step.new:
            keys[step] = (step.new[0], 0, 0)
            behind = became[step.old[-1]] if step.old and not step.moved else behind
        else:
            keys[step] = (behind, 1, step.old[0])
    return tuple(sorted(steps, key=keys.__getitem__))
