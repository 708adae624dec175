"""Which segments of a translation are behind its source, told from the versions of both in git.

Every version of the translation stands beside the version of the source that is in the same commit. A segment
is behind when the translation's words were there already in a version beside which the source said something
else than it says now. So nothing needs to be walked commit by commit: only those versions of the translation are
read that stand right before a change of the source's segment.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from transtool.align import align, carried
from transtool.history import Trail, Version
from transtool.model import Change, SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.amount import bare
from transtool.staleness.fit import fitting
from transtool.staleness.followed import literally, told_by_literals
from transtool.staleness.pages import Page, Revision, compare
from transtool.staleness.past import Past
from transtool.staleness.sides import Sides, counterparts, said
from transtool.staleness.touch import Touch

_FAR = 12
_TRIED = 4

_Before = tuple[Segment, ...]
"""What a segment of the source was in an older version; empty where it was not there."""


class Blame:
    """A translation beside its source, with the trails that led to both."""

    def __init__(self, sides: Sides, source: Trail, translation: Trail, past: Past, translated: Sequence[str]) -> None:
        """Take both sides as they are now and their trails; `translated` names the translated fields."""
        self._sides = sides
        sides.guide(self._known)
        self._source, self._trail = source, translation
        self._past = past
        self._translated = tuple(translated)
        self._owns: dict[Version, Revision | None] = {}
        self._touches: dict[Version, Touch | None] = {}
        self._pairs: dict[Page, Mapping[int, tuple[int, ...]]] = {}

    @cached_property
    def revisions(self) -> Mapping[Version, Revision]:
        """What became of the source that stood beside each version of the translation, later versions first."""
        found = ((version, self._beside(version)) for version in self._trail.versions())
        return {version: revision for version, revision in found if revision is not None}

    @property
    def is_younger(self) -> bool:
        """Whether the source came into being after the translation."""
        created = self._trail.created
        return created is not None and self._source.at(created.commit) is None

    @property
    def is_lost(self) -> bool:
        """Whether git does not have a version of the source that is needed."""
        beside = (
            self._source.at(version.commit) for version in self._trail.versions() if version not in self.revisions
        )
        return any(version and self._past.read(version.blob) is None for version in beside)

    def changes(self) -> Iterator[Change]:
        """Yield what the source changed and the translation did not follow."""
        segments = self._sides.source.segments
        changed = frozenset[int]().union(*(revision.changed for revision in self.revisions.values()))
        found = (self._change(at) for at in sorted(changed) if segments[at].translatable)
        yield from filter(None, found)
        yield from self._removals()

    def _known(self) -> tuple[tuple[int, int], ...]:
        """Return what belongs together because it did when the translation first had the shape of its source."""
        for version, beside in [*self.revisions.items()][: -_TRIED - 1 : -1]:
            made = self._made(version)
            if made is not None and made.shape == beside.old.shape and (own := self._own(version)):
                return carried(align(beside.old.segments, made.segments), beside.steps, own.steps)
        return ()

    def _own(self, version: Version) -> Revision | None:
        """Return what became of a version of the translation."""
        if version not in self._owns:
            page = self._made(version)
            self._owns[version] = compare(page, self._sides.translation) if page else None
        return self._owns[version]

    def _made(self, version: Version) -> Page | None:
        """Return the page that a version of the translation was."""
        is_head = version == self._trail.head
        return self._sides.translation if is_head else self._past.page(version, self._translated)

    def _beside(self, version: Version) -> Revision | None:
        page = self._page_beside(version)
        if page is not None and not self._trail.parents(version):
            page = self._fitting(version, page)
        return None if page is None else self._past.revision(page, self._sides.source)

    def _page_beside(self, version: Version) -> Page | None:
        beside = self._source.at(version.commit)
        if beside is None or beside == self._source.head:
            return self._sides.source if beside else None
        return self._past.page(beside, self._translated)

    def _fitting(self, version: Version, beside: Page) -> Page:
        """Return the version of the source, `beside` or an older one, that the translation was made from."""
        made, past = self._made(version), self._past
        if made is None:
            return beside
        return past.fitted(version, beside, lambda: fitting(made, beside, self._older(version), past.revision))

    def _older(self, version: Version) -> Iterator[Page]:
        """Yield the versions of the source before the one beside `version`, along first parents."""
        beside = self._source.at(version.commit)
        for _ in range(_FAR):
            beside = next(iter(self._source.parents(beside)), None) if beside else None
            page = self._past.page(beside, self._translated) if beside else None
            if page is None:
                return
            yield page

    def _change(self, at: int) -> Change | None:
        if not self._sides.targets(at):
            self._adopt(at)
        if not self._sides.targets(at):
            return self._sides.added(at) if self._is_lacking(at) else None
        before = None if self._sides.reads_the_same(at) else self._baseline(at)
        if before is None or self._says_now(before, at):
            return None
        return self._sides.edited(at, before) if before else self._sides.added(at)

    def _before(self, version: Version, at: int) -> _Before | None:
        """Return what the source's segment `at` was beside a version of the translation, None where nobody knows."""
        revision = self.revisions.get(version)
        if revision is None:
            return None
        olds = revision.became[at].old or self._recognised(revision, at)
        return tuple(revision.old.segments[old] for old in olds)

    def _recognised(self, old: Revision, at: int) -> tuple[int, ...]:
        """Return what in an old page is what segment `at` was later on, though too much changed since to tell so."""
        for revision in self.revisions.values():
            if revision is old:
                break
            before = [wording(revision.old.segments[place]) for place in revision.became[at].old]
            found = [old.places[each] for each in before if each in old.places]
            if before and len(found) == len(before):
                return tuple(found)
        return ()

    def _says_now(self, before: _Before, at: int) -> bool:
        """Say whether the source said `before` what its segment `at` says, or the translation says so by itself."""
        then, now = said(before), wording(self._sides.source.segments[at])
        if bare(now) == bare(then) or (len(before) == 1 and self._is_part(at) and bare(now) in bare(then)):
            return True
        return bool(before) and told_by_literals(then, now, said(self._sides.present(at))) > 0

    def _is_part(self, at: int) -> bool:
        return any(len(revision.became[at].new) > 1 for revision in self.revisions.values())

    def _baseline(self, at: int) -> _Before | None:
        """Return what the source's segment `at` was when its translation got the words it has now."""
        version = self._trail.head
        if version is None:
            return None
        while True:
            before = self._before(version, at)
            older = (each for each in self._frontier(version, at, before) if self._stood(each, at))
            version = next(older, None)
            if version is None:
                return before

    def _frontier(self, version: Version, at: int, before: _Before | None) -> Iterator[Version]:
        """Yield the nearest older versions beside which the source said something else than `before`."""
        now = None if before is None else said(before)
        seen, waiting = {version}, [version]
        while waiting:
            for parent in self._trail.parents(waiting.pop()):
                if parent in seen:
                    continue
                seen.add(parent)
                there = self._before(parent, at)
                if there is not None and said(there) != now:
                    yield parent
                else:
                    waiting.append(parent)

    def _stood(self, version: Version, at: int) -> bool:
        """Say whether what stands for segment `at` has not followed the source since `version`."""
        touch = self._touch(version)
        if touch is None:
            return False
        return self._was_made_from(*touch.edit(at), at) if touch.was_left(at) else touch.stood(at)

    def _was_made_from(self, then: str, now: str, at: int) -> bool:
        """Say whether what had been left in the source's words was translated when these were `then`, not `now`."""
        if literally((then, now), (then, said(self._sides.present(at)))):
            return False
        for version in self._trail.versions()[1:]:
            page = self._past.page(version, self._translated)
            there = {wording(segment) for segment in page.segments} if page else ()
            if then in there or now in there:
                return now not in there
        return True

    def _touch(self, version: Version) -> Touch | None:
        """Return what happened since a version of the translation."""
        if version not in self._touches:
            own = self._own(version)
            beside = self.revisions.get(version)
            self._touches[version] = Touch(self._sides, beside, own) if beside and own else None
        return self._touches[version]

    def _adopt(self, at: int) -> None:
        """Look for what stands for segment `at` by where it was before it was moved or written anew."""
        surplus = self._sides.surplus
        for revision in self.revisions.values() if self._of_kind(surplus, self._sides.source.segments[at]) else ():
            step = revision.became[at]
            before = step.old or self._recognised(revision, at)
            if before and (step.moved or not step.same):
                targets = self._paired(revision.old).get(before[0], ())
                if targets and surplus.issuperset(targets):
                    self._sides.adopt(at, targets)
                    return

    def _of_kind(self, places: Iterable[int], segment: Segment) -> bool:
        """Say whether any of some `places` in the translation may stand for `segment`, by their kinds."""
        heading = segment.kind is SegmentKind.HEADING
        kinds = (self._sides.translation.segments[place].kind for place in places)
        return any((kind is SegmentKind.HEADING) is heading for kind in kinds)

    def _is_lacking(self, at: int) -> bool:
        """Say whether the source's segment `at` came after the translation was made, which did not take it in since."""
        before = next((version for version in self.revisions if self._before(version, at) == ()), None)
        touch = self._touch(before) if before else None
        return touch is not None and not touch.took_in(at)

    def _removals(self) -> Iterator[Change]:
        """Yield what the source removed and the translation still has."""
        known: set[str] = set()
        free = set(self._sides.surplus)
        for version, revision in self.revisions.items():
            if not free:
                return
            old = revision.old.segments
            gone = [
                at for at in sorted(revision.removed) if wording(old[at]) not in known and self._of_kind(free, old[at])
            ]
            known |= revision.places.keys()
            for at in gone:
                targets = self._paired(revision.old).get(at, ())
                if targets and free.issuperset(targets) and self._stood_without(version, at, targets):
                    free.difference_update(targets)
                    yield from (self._sides.removed(old[at], target) for target in targets)

    def _stood_without(self, version: Version, before: int, targets: Sequence[int]) -> bool:
        """Say whether `targets` still say what they said in `version`, beside which the source still had `before`."""
        touch = self._touch(version)
        return touch is not None and touch.stood_without(before, targets)

    def _paired(self, old: Page) -> Mapping[int, tuple[int, ...]]:
        """Return what in the present translation stands for the segments of an old source."""
        if old not in self._pairs:
            self._pairs[old] = counterparts(old, self._sides.translation)
        return self._pairs[old]
