"""The edit script between two versions of a page in one language: what became of each segment."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transtool.align.prepared_page import PreparedPage
from transtool.model import SegmentKind
from transtool.text.sequences import Block, Candidates, best_matches, gaps, longest_increasing, patience_diff
from transtool.text.similarity import (
    SHORT,
    common_weight,
    may_be_similar,
    similarity,
    without_spaces,
    word_weights,
)
from transtool.text.words import shingles

# Thresholds of similarity (0 to 1, see `text.similarity`); all were set by hand.

_EDITED = 0.35
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


def diff(old: PreparedPage, new: PreparedPage) -> tuple[Step, ...]:
    """Return the edit script from `old` to `new`, in the order of `new` (removed segments where they were).

    Each segment is in exactly one step. Segments with the same wording match first (patience diff), then paragraphs
    that were split or joined, then edited ones by their similarity, last what moved. Opaque segments match by their
    text; since they have no wording, an edited one is `same`.
    """
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

    def text(self, at: int) -> str:
        """Return what a segment is compared by: its wording, or its raw text if it is opaque."""
        return self.wordings[at] or self.segments[at].text


class _Diff:
    """The state of one comparison."""

    def __init__(self, old: PreparedPage, new: PreparedPage) -> None:
        self.old, self.new = _Version(old), _Version(new)
        self.found: list[Step] = []

    def steps(self) -> tuple[Step, ...]:
        """Run the comparison."""
        old, new = self.old, self.new
        equal = patience_diff(old.keys, new.keys)
        for i, j in equal:
            self._take((i,), (j,), same=True)
        if old.left and new.left:
            self._fields()
            self._moved()
            for gap in gaps(equal, Block(0, len(old.keys), 0, len(new.keys))):
                self._regrouped(old.open(gap.i, gap.i_end, prose=True), new.open(gap.j, gap.j_end, prose=True))
                for prose in (True, False):
                    self._edited(old.open(gap.i, gap.i_end, prose=prose), new.open(gap.j, gap.j_end, prose=prose))
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

    def _edited(self, olds: list[int], news: list[int]) -> None:
        """Match edited segments, in order, by their similarity."""
        alone = len(olds) == len(news) == 1
        if not alone:
            # Most of a page that was rewritten, or translated, has next to nothing in common with what was there.
            olds, news = self._similar(self.old, olds, self.new, news), self._similar(self.new, news, self.old, olds)
        if not olds or not news:
            return
        opaque = not self.old.prose[olds[0]]
        if opaque:
            candidates = self._opaque_candidates(olds, news, alone)
        else:
            candidates = _EditedProse(self.old.page, olds, self.new.page, news, alone=alone).candidates
        anchors = self._anchored(olds, news, candidates) if len(olds) * len(news) > _LONG_GAP else []
        matches = [Block(i, i + 1, j, j + 1) for i, j in anchors]
        for gap in gaps(anchors, Block(0, len(olds), 0, len(news))):
            if (gap.i_end - gap.i) * (gap.j_end - gap.j) <= _OTHER_TEXT:
                matches += best_matches(gap, candidates, 0.0)
        for i, i_end, j, j_end in matches:
            self._take(olds[i:i_end], news[j:j_end], same=opaque)

    def _opaque_candidates(self, olds: list[int], news: list[int], alone: bool) -> Candidates:
        """Return what gives the opaque segments of one kind that may be each other, by how similar they are."""

        def candidates(i: int, j: int) -> Iterator[tuple[int, int, float]]:
            ours, theirs = self.old.segments[olds[i]], self.new.segments[news[j]]
            if ours.kind is theirs.kind:
                above = 1.0 if alone else similarity(ours.text, theirs.text) - _EDITED
                if above > 0:
                    yield 1, 1, above

        return candidates

    def _similar(self, version: _Version, places: list[int], other: _Version, there: list[int]) -> list[int]:
        """Return which of `places` may be similar to anything `there`, by the words of all of that together."""
        vocabulary: dict[str, int] = {}
        for at in there:
            for word, weight in word_weights(other.text(at))[0].items():
                vocabulary[word] = max(weight, vocabulary.get(word, 0))
        return [at for at in places if may_be_similar(version.text(at), vocabulary, _EDITED)]

    def _anchored(self, olds: list[int], news: list[int], candidates: Candidates) -> list[tuple[int, int]]:
        """Return places in `olds` and `news`, in increasing order, that share shingles which occur nowhere else."""
        ours = _unique_shingles([self.old.wordings[i] for i in olds])
        theirs = _unique_shingles([self.new.wordings[j] for j in news])
        votes = Counter((ours[each], theirs[each]) for each in ours.keys() & theirs.keys())
        strongest: dict[int, tuple[int, int]] = {}
        for (i, j), count in votes.items():
            strongest[i] = max(strongest.get(i, (0, 0)), (count, j))
        chain = longest_increasing([(i, j) for i, (count, j) in strongest.items()])
        return [(i, j) for i, j in chain if any(a == b for a, b, _ in candidates(i, j))]

    def _moved_and_edited(self) -> None:
        """Match what is left by its similarity alone, the most similar first."""
        olds = self.old.open(0, len(self.old.keys), prose=True)
        news = self.new.open(0, len(self.new.keys), prose=True)
        if not olds or not news or len(olds) * len(news) > _LONG_GAP:
            return
        shares = ((similarity(self.old.wordings[i], self.new.wordings[j]), -i, -j) for i in olds for j in news)
        for _, i, j in sorted((each for each in shares if each[0] >= _MOVED_AND_EDITED), reverse=True):
            if -i in self.old.left and -j in self.new.left:
                self._take((-i,), (-j,), same=False, moved=True)


class _EditedProse:
    """Prose between equal segments: how similar runs of one or more segments are. Places count what is left of it."""

    def __init__(
        self, old: PreparedPage, olds: Sequence[int], new: PreparedPage, news: Sequence[int], *, alone: bool
    ) -> None:
        """Take the positions of what is left in both versions; `alone` says that one segment replaced one other."""
        self._old, self._new = [old.wordings[at] for at in olds], [new.wordings[at] for at in news]
        self._old_headings = [old.segments[at].kind is SegmentKind.HEADING for at in olds]
        self._new_headings = [new.segments[at].kind is SegmentKind.HEADING for at in news]
        self._ours, self._theirs = (
            [word_weights(each) for each in self._old],
            [word_weights(each) for each in self._new],
        )
        self._common: dict[tuple[int, int], int] = {}
        self._is_same_kind = old.segments[olds[0]].kind is new.segments[news[0]].kind
        self._alone = alone

    def candidates(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        """Give the ways to match what starts at two places: edited, split or joined.

        The score of each is by how much its similarity exceeds what is needed.
        """
        least = _EDITED_ALONE if self._alone else _EDITED
        if self._old_headings[i] is not self._new_headings[j]:
            least += _MORE_FOR_A_STEP
        if (share := self._similarity(i, j, least)) > least:
            yield 1, 1, share - least
        common, (_, ours), (_, theirs) = self._common_weight(i, j), self._ours[i], self._theirs[j]
        shapes = [(1, b) for b in self._split(i, j)] if common >= _PART * theirs else []
        shapes += [(a, 1) for a in self._joined(i, j)] if common >= _PART * ours else []
        for a, b in shapes:
            needed = least + _MORE_FOR_A_STEP * (a + b - 2)
            share = self._similarity_of_runs(slice(i, i + a), slice(j, j + b))
            if share > needed:
                yield a, b, share - needed

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

    def _similarity(self, i: int, j: int, least: float) -> float:
        """Return how similar two segments are; 0 where that cannot be more than `least`."""
        before, after = self._old[i], self._new[j]
        if len(before) + len(after) < 2 * SHORT:
            return 1.0 + least if self._alone and self._is_same_kind else similarity(before, after)
        (_, ours), (_, theirs) = self._ours[i], self._theirs[j]
        if 2 * min(ours, theirs) <= least * (ours + theirs):
            return 0.0
        return 2 * self._common_weight(i, j) / (ours + theirs)

    def _similarity_of_runs(self, olds: slice, news: slice) -> float:
        """Return how similar two runs of segments are; 0 where that is certainly too little."""
        ours, theirs = (sum([total for _, total in each]) for each in (self._ours[olds], self._theirs[news]))
        if 2 * min(ours, theirs) <= _EDITED_ALONE * (ours + theirs):
            return 0.0
        return similarity(" ".join(self._old[olds]), " ".join(self._new[news]))

    def _common_weight(self, i: int, j: int) -> int:
        """Return the weight of the words that two segments have in common."""
        found = self._common.get((i, j))
        if found is None:
            found = self._common[i, j] = common_weight(self._ours[i][0], self._theirs[j][0])
        return found


def _unique_shingles(texts: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the shingles that occur in exactly one of the texts, with its position."""
    places: dict[tuple[str, ...], int] = {}
    for at, text in enumerate(texts):
        for each in {*shingles(text.split())}:
            places[each] = -1 if each in places else at
    return {each: at for each, at in places.items() if at >= 0}


def _ordered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps in the order of the new version, removals after what they followed."""
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
