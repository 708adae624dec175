"""Which segments of an old source, of the present one and of a translation are one thing: a token of a merge.

What the edit script and the pairing of `staleness` say is all there is; segments that were split or joined on the way
make one group.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from transtool.align import EDITED
from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import opaque_markup
from transtool.staleness.changes import may_be_missed
from transtool.staleness.evidence import Base
from transtool.staleness.pairing import Pairing
from transtool.text.similarity import similarity
from transtool.update.skeleton import Span, defined

OLD, NEW, OURS = range(3)
_SAME_CODE = 0.6
"""The share of lines in common from which on code was edited, not replaced. Set by hand."""


class Place(NamedTuple):
    """A segment: of the old source, of the new one, or of the translation (`OLD`, `NEW`, `OURS`), by its position."""

    page: int
    at: int


@dataclass(frozen=True, slots=True)
class Group:
    """Segments that are one thing, by page, in order; a page may have none."""

    key: str
    pages: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]

    @property
    def is_single(self) -> bool:
        """Whether each page has one segment of it."""
        return all(len(each) == 1 for each in self.pages)


def groups(base: Base, pairing: Pairing, removed: Iterable[int]) -> list[Group]:
    """Return the groups of everything that is merged as a whole: prose, and code.

    `removed` are positions in the translation that the source no longer has. Whatever else of the translation has a
    counterpart in the old source only is its own.
    """
    pages = (base.diff.old.segments, base.diff.new.segments, pairing.translation.segments)
    wanted = {Place(page, at) for page, each in enumerate(pages) for at, one in enumerate(each) if is_merged(one)}
    joined = _Joined(wanted)
    _with_definitions(joined, pages)
    for step in base.diff.steps:
        if is_recast(step.old, step.new, pages[OLD], pages[NEW]) or _defines(step.old, step.new, pages):
            continue
        joined.join([*(Place(OLD, at) for at in step.old), *(Place(NEW, at) for at in step.new)])
    for at, targets in pairing.counterparts.items():
        joined.join([Place(NEW, at), *(Place(OURS, target) for target in targets)])
    _with_moved(joined, base)
    _with_removed(joined, base, frozenset(removed), pages)
    _with_equal_code(joined, pages)
    _with_edited_code(joined, pages)
    made = [_group(each) for each in joined.groups()]
    return [part for each in made for part in (_parts(each) if _is_tangled(each, pages) else [each])]


def is_recast(old: Sequence[int], new: Sequence[int], before: Sequence[Segment], after: Sequence[Segment]) -> bool:
    """Say whether a text became one of another kind: a list item that was a paragraph is put in place in other ways."""
    return bool(old and new) and {before[at].kind for at in old}.isdisjoint(after[at].kind for at in new)


def spans(found: Iterable[Group], segments: Sequence[Segment], page: int) -> list[Span]:
    """Return the tokens of one page that groups are."""
    there = [
        Span(segments[each.pages[page][0]].start, segments[each.pages[page][-1]].end, each.key)
        for each in found
        if each.pages[page]
    ]
    return sorted(there)


def is_merged(segment: Segment) -> bool:
    """Say whether a segment is merged as a whole: prose, code and link definitions of a body."""
    return not segment.field and (segment.translatable or segment.kind in (SegmentKind.CODE, SegmentKind.DEFINITION))


def label_of(segment: Segment) -> str | None:
    """Return the label that a link definition defines, as it is compared; None for anything else."""
    return defined(segment.text) if segment.kind is SegmentKind.DEFINITION else None


class _Joined:
    """A disjoint-set forest (Galler and Fischer 1964) of places; each tree knows the pages that it has places of."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.above: dict[Place, Place] = {place: place for place in places}
        self._pages: dict[Place, set[int]] = {place: {place.page} for place in self.above}

    def root(self, place: Place) -> Place:
        while self.above[place] != place:
            self.above[place] = place = self.above[self.above[place]]
        return place

    def join(self, places: Sequence[Place]) -> None:
        roots = [self.root(place) for place in places if place in self.above]
        for each in roots[1:]:
            root, other = self.root(roots[0]), self.root(each)
            self.above[other] = root
            self._pages[root] |= self._pages[other]

    def has(self, place: Place, page: int) -> bool:
        """Say whether a place is joined with any of a page."""
        return place in self.above and page in self._pages[self.root(place)]

    def groups(self) -> list[list[Place]]:
        found: dict[Place, list[Place]] = defaultdict(list)
        for place in sorted(self.above):
            found[self.root(place)].append(place)
        return list(found.values())

    def alone(self, page: int) -> list[int]:
        """Return the positions on a page that are joined with nothing of the translation, or of the source."""
        sides = {page != OURS}
        return [
            place.at
            for each in self.groups()
            for place in each
            if place.page == page and {other.page != OURS for other in each} == sides
        ]


def _with_moved(joined: _Joined, base: Base) -> None:
    """Join what the source says as before, in another place, with what of the translation stood for it before."""
    for step in base.diff.steps:
        targets = [target for at in step.old for target in base.pairing.targets(at)]
        if not (step.same and step.old and step.new and targets) or joined.has(Place(NEW, step.new[0]), OURS):
            continue
        if not any(joined.has(Place(OURS, target), page) for target in targets for page in (OLD, NEW)):
            joined.join([Place(NEW, step.new[0]), *(Place(OURS, target) for target in targets)])


def _with_removed(joined: _Joined, base: Base, removed: frozenset[int], pages: Sequence[Sequence[Segment]]) -> None:
    """Join what the source removed with what of the translation still stands for it."""
    for at, targets in base.pairing.counterparts.items():
        # `check` calls nobody's attention to a title that went, but it does not stay behind in its translation.
        gone = at in base.diff.removed and (not may_be_missed(pages[OLD][at]) or removed.issuperset(targets))
        gone = gone and not _lives_on(pages[OLD][at], (pages[NEW][new] for new in base.diff.changed))
        code = pages[OLD][at].kind is SegmentKind.CODE and all(
            opaque_markup(pages[OURS][target].text) == opaque_markup(pages[OLD][at].text) for target in targets
        )
        if gone or (code and not joined.has(Place(OLD, at), NEW)):
            alone = [target for target in targets if not joined.has(Place(OURS, target), NEW)]
            if len(alone) == len(targets):
                joined.join([Place(OLD, at), *(Place(OURS, target) for target in targets)])


def _lives_on(gone: Segment, changed: Iterable[Segment]) -> bool:
    """Say whether a text that seems to be removed may have been reworded: then its translation is of use."""
    return gone.translatable and any(
        one.kind is gone.kind and similarity(gone.text, one.text) >= EDITED for one in changed
    )


def _defines(old: Sequence[int], new: Sequence[int], pages: Sequence[Sequence[Segment]]) -> bool:
    places = [(OLD, at) for at in old] + [(NEW, at) for at in new]
    return any(pages[page][at].kind is SegmentKind.DEFINITION for page, at in places)


def _with_definitions(joined: _Joined, pages: Sequence[Sequence[Segment]]) -> None:
    """Join link definitions by their labels; of several with one label, the first counts, as in Markdown."""
    found: dict[str, dict[int, Place]] = defaultdict(dict)
    for page, segments in enumerate(pages):
        for at, segment in enumerate(segments):
            if (label := label_of(segment)) is not None:
                found[label].setdefault(page, Place(page, at))
    for places in found.values():
        joined.join([*places.values()])


def _with_equal_code(joined: _Joined, pages: Sequence[Sequence[Segment]]) -> None:
    """Join code of the translation that no pairing knows with that of a source that is written alike, and alone so."""
    unknown = joined.alone(OURS)
    for page in (NEW, OLD):
        named = _by_text(pages[OURS], unknown)
        theirs = _by_text(pages[page], joined.alone(page))
        for text, (at, *more) in named.items():
            if not more and len(theirs.get(text, ())) == 1:
                joined.join([Place(page, theirs[text][0]), Place(OURS, at)])
                unknown.remove(at)


def _with_edited_code(joined: _Joined, pages: Sequence[Sequence[Segment]]) -> None:
    """Join code that went from a source with code that came, where most of its lines are the same.

    The edit script knows code by what stands around it, which may all be new.
    """
    old = [
        at for at in range(len(pages[OLD])) if joined.has(Place(OLD, at), OURS) and not joined.has(Place(OLD, at), NEW)
    ]
    came, went = _lines_of_code(pages[NEW], joined.alone(NEW)), _lines_of_code(pages[OLD], old)
    pairs = [(_likeness(went[was], came[at]), was, at) for was in went for at in came]
    alike = [each for each in pairs if each[0] >= _SAME_CODE]
    for share, was, at in alike:
        if not any(other >= share and (one == was) != (two == at) for other, one, two in alike):
            joined.join([Place(OLD, was), Place(NEW, at)])


def _lines_of_code(segments: Sequence[Segment], places: Iterable[int]) -> Mapping[int, Counter[str]]:
    code = (at for at in places if segments[at].kind is SegmentKind.CODE)
    return {at: Counter(line.strip() for line in segments[at].text.splitlines()[1:-1]) for at in code}


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of lines that two blocks of code have in common (Dice 1945)."""
    return 2 * (one & other).total() / ((one.total() + other.total()) or 1)


def _by_text(segments: Sequence[Segment], places: Iterable[int]) -> Mapping[tuple[str, ...], list[int]]:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in places:
        if segments[at].kind is SegmentKind.CODE:
            found[opaque_markup(segments[at].text)].append(at)
    return found


def _group(places: Sequence[Place]) -> Group:
    first = places[0]
    page = [tuple(place.at for place in places if place.page == each) for each in (OLD, NEW, OURS)]
    return Group(f"\ue003{first.page}.{first.at}", (page[0], page[1], page[2]))


def _is_tangled(group: Group, pages: Sequence[Sequence[Segment]]) -> bool:
    """Say whether other prose stands between segments of a group, so that it is not a single token."""
    return any(
        any(is_merged(pages[page][at]) for at in range(places[0], places[-1]) if at not in places)
        for page, places in enumerate(group.pages)
        if len(places) > 1
    )


def _parts(group: Group) -> list[Group]:
    """Return the segments of a group that cannot be one token, each by itself: those of both sources as one still."""
    found = []
    for page, places in enumerate(group.pages):
        for number, at in enumerate(places):
            alone: list[tuple[int, ...]] = [(), (), ()]
            alone[page] = (at,)
            # What the sources have in the same order did not change between them.
            key = f"{group.key}.{number}" if page != OURS else f"{group.key}.ours.{number}"
            found.append(Group(key, (alone[OLD], alone[NEW], alone[OURS])))
    return found
