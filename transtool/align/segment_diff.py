"""What became of each segment from one version of a page to the next, in one language."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transtool.align.prepared_page import Side
from transtool.model import SegmentKind
from transtool.text.sequences import Match, Matches, best, equal, gaps, rising
from transtool.text.similarity import SHORT, common, could_be_alike, likeness, squeezed, weighed

_MOVED_AND_EDITED = 0.6
_MANY = 2_500
_TOO_MANY = 100_000  # with no three words in a row in common: another text
_START = 8


class Step(NamedTuple):
    """Segments of the old version (positions) and the segments of the new one that they became.

    Without `new` they were removed, without `old` added. `same` says that the words did not change (which
    paragraph they stand in does not matter), `moved` that the order did.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    same: bool
    moved: bool = False


def diff(old: Side, new: Side) -> tuple[Step, ...]:
    """Return what became of every segment of `old`, in the order of `new` (removed ones where they stood).

    Each segment is in exactly one step. Segments of equal wording match first, then paragraphs that were split
    or joined, then edited ones by their words, at last what moved elsewhere. Opaque segments match by what is
    written in them; as they say nothing, an edited one is `same`.
    """
    return _Revision(old, new).steps()


class _Version:
    """One version: its segments, what identifies each, and the positions that no step has yet."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.segments, self.prose, self.said, self.keys = side.segments, side.prose, side.said, side.keys
        self.left = dict.fromkeys(range(len(side.segments)))

    def open(self, start: int, end: int, *, prose: bool) -> list[int]:
        """Return the positions from `start` to `end` that are left, of the body, of prose or of the opaque."""
        return [
            at
            for at in range(start, end)
            if at in self.left and self.prose[at] is prose and not self.segments[at].field
        ]


class _Revision:
    """The state of one comparison."""

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = _Version(old), _Version(new)
        self.found: list[Step] = []

    def steps(self) -> tuple[Step, ...]:
        """Run the comparison."""
        old, new = self.old, self.new
        chain = equal(old.keys, new.keys)
        for i, j in chain:
            self._take((i,), (j,), same=True)
        if old.left and new.left:
            self._fields()
            self._moved()
            for gap in gaps(chain, Match(0, len(old.keys), 0, len(new.keys))):
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
        """Match the fields of the same name."""
        named = {self.new.segments[j].field: j for j in self.new.left if self.new.segments[j].field}
        for i in list(self.old.left):
            j = named.get(self.old.segments[i].field)
            if j is not None:
                self._take((i,), (j,), same=False)

    def _moved(self) -> None:
        """Match what reads the same, but stands elsewhere."""
        places: dict[str, list[int]] = defaultdict(list)
        for j in reversed(list(self.new.left)):
            places[self.new.keys[j]].append(j)
        for i in list(self.old.left):
            if places.get(self.old.keys[i]):
                self._take((i,), (places[self.old.keys[i]].pop(),), same=True, moved=True)

    def _regrouped(self, olds: list[int], news: list[int]) -> None:
        """Match consecutive segments that were split or joined and say the same words overall."""
        starts: dict[str, list[int]] = defaultdict(list)
        for at, j in enumerate(news):
            starts[squeezed(self.new.said[j])[:_START]].append(at)
        after = 0
        for at, i in enumerate(olds):
            if i not in self.old.left:
                continue
            for place in starts.get(squeezed(self.old.said[i])[:_START], ()):
                ends = self._same_words(olds, at, news, place) if place >= after else None
                if ends is not None:
                    self._take(olds[at : ends[0]], news[place : ends[1]], same=True)
                    after = ends[1]
                    break

    def _same_words(self, olds: list[int], at: int, news: list[int], place: int) -> tuple[int, int] | None:
        """Return where two stretches that begin at `at` and `place` have said the same, if they ever have."""
        ours, theirs, i, j = "", "", at, place
        while True:
            if len(ours) <= len(theirs):
                if i == len(olds):
                    return None
                ours, i = ours + squeezed(self.old.said[olds[i]]), i + 1
            else:
                if j == len(news):
                    return None
                theirs, j = theirs + squeezed(self.new.said[news[j]]), j + 1
            if ours == theirs:
                return i, j
            if not (ours.startswith(theirs) or theirs.startswith(ours)):
                return None

    def _edited(self, olds: list[int], news: list[int]) -> None:
        """Match edited segments, in order, by the words they kept."""
        alone = len(olds) == len(news) == 1
        if not alone:
            # Most of a page that was written anew, or translated, shares next to nothing with what stood there.
            olds, news = self._sharing(self.old, olds, self.new, news), self._sharing(self.new, news, self.old, olds)
        if not olds or not news:
            return
        opaque = not self.old.prose[olds[0]]
        if opaque:
            pairs = self._written(olds, news, alone)
        else:
            pairs = Rewording(self.old.side, olds, self.new.side, news, alone=alone).matches
        chain = self._sure(olds, news, pairs) if len(olds) * len(news) > _MANY else []
        matches = [Match(i, i + 1, j, j + 1) for i, j in chain]
        for gap in gaps(chain, Match(0, len(olds), 0, len(news))):
            if (gap.i_end - gap.i) * (gap.j_end - gap.j) <= _TOO_MANY:
                matches += best(gap, pairs, 0.0)
        for i, i_end, j, j_end in matches:
            self._take(olds[i:i_end], news[j:j_end], same=opaque)

    def _written(self, olds: list[int], news: list[int], alone: bool) -> Matches:
        """Return what matches opaque segments of a kind by how alike they are."""

        def matches(i: int, j: int) -> Iterator[tuple[int, int, float]]:
            ours, theirs = self.old.segments[olds[i]], self.new.segments[news[j]]
            if ours.kind is theirs.kind:
                above = 1.0 if alone else likeness(ours.text, theirs.text) - EDITED
                if above > 0:
                    yield 1, 1, above

        return matches

    def _sharing(self, side: _Version, places: list[int], other: _Version, there: list[int]) -> list[int]:
        """Return which of `places` could be alike anything `there`, by the words that all of that says."""
        texts = [other.said[at] or other.segments[at].text for at in there]
        everything: dict[str, int] = {}
        for text in texts:
            for word, weight in weighed(text)[0].items():
                everything[word] = max(weight, everything.get(word, 0))
        return [at for at in places if could_be_alike(side.said[at] or side.segments[at].text, everything, EDITED)]

    def _sure(self, olds: list[int], news: list[int], pairs: Matches) -> list[tuple[int, int]]:
        """Return a chain of places in `olds` and `news` that share runs of words which stand nowhere else."""
        ours = _only_places([self.old.said[i] for i in olds])
        theirs = _only_places([self.new.said[j] for j in news])
        votes = Counter((ours[run], theirs[run]) for run in ours.keys() & theirs.keys())
        strongest: dict[int, tuple[int, int]] = {}
        for (i, j), count in votes.items():
            strongest[i] = max(strongest.get(i, (0, 0)), (count, j))
        chain = rising([(i, j) for i, (count, j) in strongest.items()])
        return [(i, j) for i, j in chain if any(a == b for a, b, _ in pairs(i, j))]

    def _moved_and_edited(self) -> None:
        """Match what is left by its words, wherever it stands."""
        olds = self.old.open(0, len(self.old.keys), prose=True)
        news = self.new.open(0, len(self.new.keys), prose=True)
        if not olds or not news or len(olds) * len(news) > _MANY:
            return
        shares = ((likeness(self.old.said[i], self.new.said[j]), -i, -j) for i in olds for j in news)
        for _, i, j in sorted((each for each in shares if each[0] >= _MOVED_AND_EDITED), reverse=True):
            if -i in self.old.left and -j in self.new.left:
                self._take((-i,), (-j,), same=False, moved=True)


def _only_places(texts: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Return the runs of three words that stand in one of the texts only, with its position."""
    places: dict[tuple[str, ...], int] = {}
    for at, text in enumerate(texts):
        words = text.split()
        for run in {*zip(words, words[1:], words[2:], strict=False)}:
            places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _ordered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps in the order of the new version, removals behind what they stood behind."""
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


EDITED = 0.35
"""The likeness that an edited segment keeps at least."""
_EDITED_ALONE = 0.2
_JOINED = 0.05
_PART = 0.3
_MOST_PARTS = 3


class Rewording:
    """Prose that was edited between two versions: how alike stretches of it are. Places count what is left of it."""

    def __init__(self, old: Side, olds: Sequence[int], new: Side, news: Sequence[int], *, alone: bool) -> None:
        """Take the positions of what is left in both versions; `alone` says that one stands in the place of one."""
        self._old, self._new = [old.said[at] for at in olds], [new.said[at] for at in news]
        self._old_headed = [old.segments[at].kind is SegmentKind.HEADING for at in olds]
        self._new_headed = [new.segments[at].kind is SegmentKind.HEADING for at in news]
        self._ours, self._theirs = [weighed(each) for each in self._old], [weighed(each) for each in self._new]
        self._common: dict[tuple[int, int], int] = {}
        self._is_same_kind = old.segments[olds[0]].kind is new.segments[news[0]].kind
        self._alone = alone

    def matches(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        """Give the ways to match what starts at two places: edited, split or joined.

        They are worth by how much they are more alike than what was edited needs to be.
        """
        least = _EDITED_ALONE if self._alone else EDITED
        if self._old_headed[i] is not self._new_headed[j]:
            least += _JOINED
        if (share := self._share(i, j, least)) > least:
            yield 1, 1, share - least
        shared, (_, ours), (_, theirs) = self._shared(i, j), self._ours[i], self._theirs[j]
        shapes = [(1, b) for b in self._split(i, j)] if shared >= _PART * theirs else []
        shapes += [(a, 1) for a in self._joined(i, j)] if shared >= _PART * ours else []
        for a, b in shapes:
            needed = least + _JOINED * (a + b - 2)
            share = self._share_of(slice(i, i + a), slice(j, j + b))
            if share > needed:
                yield a, b, share - needed

    def _split(self, i: int, j: int) -> Iterator[int]:
        """Give how many segments from `j` may be parts of `i`: all must be found in it."""
        for b in range(2, _MOST_PARTS + 1):
            at = j + b - 1
            if at == len(self._new) or self._shared(i, at) < _PART * self._theirs[at][1]:
                return
            yield b

    def _joined(self, i: int, j: int) -> Iterator[int]:
        """Give how many segments from `i` may be parts of `j`: all must be found in it."""
        for a in range(2, _MOST_PARTS + 1):
            at = i + a - 1
            if at == len(self._old) or self._shared(at, j) < _PART * self._ours[at][1]:
                return
            yield a

    def _share(self, i: int, j: int, least: float) -> float:
        """Return how alike two segments are; 0 where that cannot be more than `least`."""
        before, after = self._old[i], self._new[j]
        if len(before) + len(after) < 2 * SHORT:
            return 1.0 + least if self._alone and self._is_same_kind else likeness(before, after)
        (_, ours), (_, theirs) = self._ours[i], self._theirs[j]
        if 2 * min(ours, theirs) <= least * (ours + theirs):
            return 0.0
        return 2 * self._shared(i, j) / (ours + theirs)

    def _share_of(self, olds: slice, news: slice) -> float:
        """Return how alike two stretches are; 0 where that is certainly too little."""
        ours, theirs = (sum([total for _, total in each]) for each in (self._ours[olds], self._theirs[news]))
        if 2 * min(ours, theirs) <= _EDITED_ALONE * (ours + theirs):
            return 0.0
        return likeness(" ".join(self._old[olds]), " ".join(self._new[news]))

    def _shared(self, i: int, j: int) -> int:
        """Return what two segments have in common."""
        found = self._common.get((i, j))
        if found is None:
            found = self._common[i, j] = common(self._ours[i][0], self._theirs[j][0])
        return found
