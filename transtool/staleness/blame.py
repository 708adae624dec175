"""Which segments of a translation are behind its source, told from the versions of both in git.

Every version of the translation stands beside the version of the source that is in the same commit. A segment
is behind when the translation's words were there already in a version beside which the source said something
else than it says now. So nothing needs to be walked commit by commit: only those versions of the translation are
read that stand right before a change of the source's segment.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from transtool.align import carried
from transtool.align.literals import literally, told_by_literals
from transtool.history import Version
from transtool.model import Change, SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.baselines import Before, Beside
from transtool.staleness.pages import Page
from transtool.staleness.pairing import Sides, aligned, counterparts, said
from transtool.staleness.since_version import Touch
from transtool.text.words import bare

_TRIED = 4
_NEARLY = 0.1


class Blame:
    """A translation beside its source, with the versions that led to both."""

    def __init__(self, sides: Sides, beside: Beside) -> None:
        """Take both sides as they are now and the source beside each version of the translation."""
        self._sides = sides
        self._beside = beside
        self._trail = beside.trail
        sides.guide(self._known)
        self._touches: dict[Version, Touch | None] = {}
        self._pairs: dict[Page, Mapping[int, tuple[int, ...]]] = {}

    def changes(self) -> Iterator[Change]:
        """Yield what the source changed and the translation did not follow."""
        segments = self._sides.source.segments
        changed = frozenset[int]().union(*(revision.changed for revision in self._beside.revisions.values()))
        found = (self._change(at) for at in sorted(changed) if segments[at].translatable)
        yield from filter(None, found)
        yield from self._removals()

    def _known(self) -> tuple[tuple[int, int], ...]:
        """Return what belongs together because it did in older versions: as the translation was made, and since then.

        That is told best where both sides had the same shape, else where the translation was new and had nearly as
        many segments as its source: then some of them were split or joined.
        """
        versions = [*self._beside.revisions]
        first = next(filter(self._is_of_one_shape, versions[: -_TRIED - 1 : -1]), None)
        if first is None:
            return self._carried(versions[-1], complete=True) if versions and self._is_nearly(versions[-1]) else ()
        last = next(filter(self._is_of_one_shape, versions[:_TRIED]), first)
        made = self._carried(first, complete=False)
        ours, theirs = {i for i, _ in made}, {j for _, j in made}
        since = self._carried(last, complete=False) if last != first else ()
        return (*made, *((i, j) for i, j in since if i not in ours and j not in theirs))

    def _is_of_one_shape(self, version: Version) -> bool:
        made = self._beside.made(version)
        return made is not None and made.shape == self._beside.revisions[version].old.shape

    def _is_nearly(self, version: Version) -> bool:
        """Say whether a version of the translation has nearly as many segments as the source beside it."""
        made, beside = self._beside.made(version), self._beside.revisions[version].old
        return made is not None and abs(len(made.shape) - len(beside.shape)) <= _NEARLY * len(made.shape)

    def _carried(self, version: Version, *, complete: bool) -> tuple[tuple[int, int], ...]:
        made, beside, own = self._beside.made(version), self._beside.revisions[version], self._beside.own(version)
        if made is None or own is None:
            return ()
        links = aligned(beside.old, made, complete=complete)
        return carried(links, beside.steps, own.steps)

    def _change(self, at: int) -> Change | None:
        if not self._sides.targets(at):
            self._adopt(at)
        if not self._sides.targets(at):
            return self._sides.added(at) if self._is_lacking(at) else None
        before = None if self._sides.reads_the_same(at) else self._baseline(at)
        if before is None or self._says_now(before, at):
            return None
        return self._sides.edited(at, before) if before else self._sides.added(at)

    def _says_now(self, before: Before, at: int) -> bool:
        """Say whether the source said `before` what its segment `at` says, or the translation says so by itself."""
        then, now = said(before), wording(self._sides.source.segments[at])
        if bare(now) == bare(then) or (len(before) == 1 and self._is_part(at) and bare(now) in bare(then)):
            return True
        return bool(before) and told_by_literals(then, now, said(self._sides.present(at))) > 0

    def _is_part(self, at: int) -> bool:
        return any(len(revision.became[at].new) > 1 for revision in self._beside.revisions.values())

    def _baseline(self, at: int) -> Before | None:
        """Return what the source's segment `at` was when its translation got the words it has now."""
        version = self._trail.head
        if version is None:
            return None
        while True:
            before = self._beside.before(version, at)
            older = (each for each in self._frontier(version, at, before) if self._stood(each, at))
            version = next(older, None)
            if version is None:
                return before

    def _frontier(self, version: Version, at: int, before: Before | None) -> Iterator[Version]:
        """Yield the nearest older versions beside which the source said something else than `before`."""
        now = None if before is None else said(before)
        seen, waiting = {version}, [version]
        while waiting:
            for parent in self._trail.parents(waiting.pop()):
                if parent in seen:
                    continue
                seen.add(parent)
                there = self._beside.before(parent, at)
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
            page = self._beside.made(version)
            there = {wording(segment) for segment in page.segments} if page else ()
            if then in there or now in there:
                return now not in there
        return True

    def _touch(self, version: Version) -> Touch | None:
        """Return what happened since a version of the translation."""
        if version not in self._touches:
            own = self._beside.own(version)
            beside = self._beside.revisions.get(version)
            self._touches[version] = Touch(self._sides, beside, own) if beside and own else None
        return self._touches[version]

    def _adopt(self, at: int) -> None:
        """Look for what stands for segment `at` by where it was before it was moved or written anew."""
        surplus = self._sides.surplus
        if not self._of_kind(surplus, self._sides.source.segments[at]):
            return
        tried: set[str] = set()
        for revision in self._beside.revisions.values():
            step = revision.became[at]
            before = step.old or self._beside.recognised(revision, at)
            if (
                before
                and (not step.same or revision.has_moved(at))
                and (then := wording(revision.old.segments[before[0]])) not in tried
            ):
                tried.add(then)
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
        before = next((version for version in self._beside.revisions if self._beside.before(version, at) == ()), None)
        touch = self._touch(before) if before else None
        return touch is not None and not touch.took_in(at)

    def _removals(self) -> Iterator[Change]:
        """Yield what the source removed and the translation still has."""
        known: Counter[str] = Counter()
        free = set(self._sides.surplus)
        for version, revision in self._beside.revisions.items():
            if not free:
                return
            old, more = revision.old.segments, revision.old.wordings - known
            gone = [at for at in sorted(revision.removed) if more[wording(old[at])] and self._of_kind(free, old[at])]
            known |= revision.old.wordings
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
