"""Which segments of a translation are behind its source, told from the versions of both in git.

Every version of the translation stands beside the version of the source that is in the same commit. A segment
is behind when the translation's words were there already in a version beside which the source said something
else than it says now. So nothing needs to be walked commit by commit: only those versions of the translation are
read that stand right before a change of the source's segment.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from transtool.align import Step, align
from transtool.amount import bare
from transtool.followed import Touched, followed, literally, touched
from transtool.history import Trail, Version
from transtool.model import Change
from transtool.past import Page, Past, Revision
from transtool.segments import Segment
from transtool.sides import Sides, said
from transtool.views import wording

_Before = tuple[Segment, ...]
"""What a segment of the source was in an older version; empty where it was not there."""


class Blame:
    """A translation beside its source, with the trails that led to both."""

    def __init__(self, sides: Sides, source: Trail, translation: Trail, past: Past, translated: Sequence[str]) -> None:
        """Take both sides as they are now and their trails; `translated` names the translated fields."""
        self._sides = sides
        self._source, self._trail = source, translation
        self._past = past
        self._translated = tuple(translated)
        self._touches: dict[Version, Revision | None] = {}
        self._touched: dict[Version, Touched] = {}

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

    def changes(self) -> tuple[Change, ...]:
        """Return what the source changed and the translation did not follow."""
        segments = self._sides.source.segments
        changed = frozenset[int]().union(*(revision.changed for revision in self.revisions.values()))
        found = (self._change(at) for at in sorted(changed) if segments[at].translatable)
        return (*(change for change in found if change), *self._removals())

    def _beside(self, version: Version) -> Revision | None:
        beside = self._source.at(version.commit)
        if beside is None:
            return None
        if beside == self._source.head:
            return self._past.revision(self._sides.source, self._sides.source)
        page = self._past.page(beside, self._translated)
        return None if page is None else self._past.revision(page, self._sides.source)

    def _change(self, at: int) -> Change | None:
        if self._sides.reads_the_same(at):
            return None
        before = self._baseline(at) if self._sides.targets(at) else self._never_matched(at)
        if before is None or self._says_now(before, at):
            return None
        return self._sides.edited(at, before) if before else self._sides.added(at)

    def _before(self, version: Version, at: int) -> _Before | None:
        """Return what the source's segment `at` was beside a version of the translation, None where nobody knows."""
        revision = self.revisions.get(version)
        return None if revision is None else tuple(revision.old.segments[old] for old in revision.became[at].old)

    def _says_now(self, before: _Before, at: int) -> bool:
        """Say whether the source said `before` what its segment `at` says."""
        now = bare(wording(self._sides.source.segments[at]))
        then = bare(said(before))
        return now == then or (len(before) == 1 and self._is_part(at) and now in then)

    def _is_part(self, at: int) -> bool:
        return any(len(revision.became[at].new) > 1 for revision in self.revisions.values())

    def _baseline(self, at: int) -> _Before | None:
        """Return what the source's segment `at` was when its translation got the words it has now."""
        version = self._trail.head
        if version is None:
            return None
        while True:
            before = self._before(version, at)
            older = (each for each in self._frontier(version, at, before) if self._is_untouched(each, at))
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

    def _is_untouched(self, version: Version, at: int) -> bool:
        """Say whether what stands for segment `at` has not followed the source since `version`."""
        touch, before = self._touch(version), self._before(version, at)
        if touch is None or before is None:
            return False
        edit = said(before), wording(self._sides.source.segments[at])
        return all(self._stood(version, touch, target, edit) for target in self._sides.targets(at))

    def _stood(self, version: Version, touch: Revision, target: int, edit: tuple[str, str]) -> bool:
        """Say whether the translation's segment `target` says what it said in `version`, or did not follow `edit`."""
        step = touch.became[target]
        if step.same:
            return True
        if not step.old:
            # What was left in the source's language was translated later, from what stood there, as far as can be told.
            left = any(wording(touch.old.segments[at]) == edit[0] for at in touch.removed)
            return left and not literally(edit, (edit[0], wording(touch.new.segments[target])))
        return not followed(edit, _said_in(touch, step), self._around(version, touch))

    def _around(self, version: Version, touch: Revision) -> Touched:
        """Return how much was touched since `version` of what the source left alone."""
        found = self._touched.get(version)
        if found is None:
            kept = (at for at, step in self.revisions[version].became.items() if step.same)
            steps = (touch.became[target] for at in kept for target in self._sides.targets(at))
            found = self._touched[version] = touched([_said_in(touch, step) for step in steps if step.old])
        return found

    def _touch(self, version: Version) -> Revision | None:
        """Return what became of a version of the translation."""
        if version not in self._touches:
            page = self._past.page(version, self._translated)
            self._touches[version] = self._past.revision(page, self._sides.translation) if page else None
        return self._touches[version]

    def _never_matched(self, at: int) -> _Before | None:
        """Return what the source's segment `at` was, for which nothing stands in the translation."""
        states = [self._before(version, at) for version in self.revisions]
        return () if () in states else states[0] if states else None

    def _removals(self) -> Iterator[Change]:
        """Yield what the source removed and the translation still has."""
        known: set[str] = set()
        free = set(self._sides.surplus)
        for version, revision in self.revisions.items():
            if not free:
                return
            gone = {at for at in revision.removed if wording(revision.old.segments[at]) not in known}
            known |= {wording(revision.old.segments[at]) for at in gone}
            if gone:
                yield from self._still_there(version, revision.old, gone, free)

    def _still_there(self, version: Version, old: Page, gone: set[int], free: set[int]) -> Iterator[Change]:
        touch = self._touch(version)
        for link in align(old.segments, self._sides.translation.segments):
            if touch is None or not gone.intersection(link.source) or not free.intersection(link.target):
                continue
            before, target = old.segments[link.source[0]], link.target[0]
            if self._stood(version, touch, target, (wording(before), "")):
                free.difference_update(link.target)
                yield self._sides.removed(before, target)


def _said_in(revision: Revision, step: Step) -> tuple[str, str]:
    """Return what the segments of a step said before and after it."""
    before, after = revision.old.segments, revision.new.segments
    return said([before[at] for at in step.old]), said([after[at] for at in step.new])
