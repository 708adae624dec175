"""The baseline of each version of a translation: the version of the source in the same commit, or an inferred one."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from transtool.history import Trail, Version
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.settings import Series
from transtool.staleness.followed import Edit
from transtool.staleness.infer_baseline import infer_baseline
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, PageDiff
from transtool.staleness.pairing import joined_wording
from transtool.text.words import bare

_OLDEST = 12
"""Versions of the source that are tried as the baseline of a new translation, going back from the one in the same
commit. Set by hand: one costs a diff, and a translator hardly works longer from one copy."""

_NEAR = 12
"""Versions of a translation at either end of its history that are read at once as soon as any of them is needed."""

SegmentBaseline = tuple[Segment, ...]
"""What a segment of the source was in an older version; empty if it was not there."""


class Start(NamedTuple):
    """The version of a translation from which on history counts, and the source that it is known to be made from."""

    version: Version
    source: Page


class Baselines:
    """The versions of a translation, each with the source that it was made from, or that it was committed with."""

    def __init__(
        self,
        source: Page,
        translation: Page,
        trails: tuple[Trail, Trail],
        past: Past,
        series: Series,
        start: Start | None = None,
    ) -> None:
        """Take the present pages of a source and its translation, and their trails; `series` says how they are read.

        Versions of the translation before `start` are left out.
        """
        self._start = start
        self.source, self.translation = source, translation
        self._source_trail, self.trail = trails
        self._past = past
        self._series = series
        self._sources: dict[int, Version | None] = {}
        self._has_asked = False

    @cached_property
    def diffs(self) -> Mapping[Version, PageDiff]:
        """The edit script from the baseline of each version of the translation to the present source, newest first."""
        there = [self._source_at(version.commit) for version in self.versions]
        self._past.expect(each.blob for each in there if each is not None)
        found = ((version, self._diff(version)) for version in self.versions)
        return {version: diff for version, diff in found if diff is not None}

    @cached_property
    def changed(self) -> Sequence[int]:
        """The positions of the source's prose that is new, or was edited, since any baseline, in order."""
        changed = frozenset[int]().union(*(diff.changed for diff in self.diffs.values()))
        return [at for at in sorted(changed) if self.source.segments[at].translatable]

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """The versions of the translation that count, newest first."""
        every = self.trail.versions()
        return every if self._start is None else tuple(each for each in every if each.commit >= self._start[0].commit)

    def parents(self, version: Version) -> tuple[Version, ...]:
        """Return the versions that a version of the translation was made from, of those that count."""
        if self._start is None:
            return self.trail.parents(version)
        if version == self._start.version:
            return ()
        return tuple(each for each in self.trail.parents(version) if each.commit >= self._start.version.commit)

    @property
    def made_from(self) -> Page | None:
        """The source that the translation was made from when it was new; None where nobody knows."""
        return next((diff.old for diff in reversed([*self.diffs.values()])), None)

    @property
    def came_later(self) -> bool:
        """Whether the source was created after the translation."""
        return bool(self.versions) and self._source_at(self.versions[-1].commit) is None

    @property
    def are_lost(self) -> bool:
        """Whether git does not have a version of the source that is needed."""
        lacking = (self._source_at(each.commit) for each in self.versions if each not in self.diffs)
        return any(version and self._past.read(version.blob) is None for version in lacking)

    def translation_at(self, version: Version) -> Page | None:
        """Return the page of a version of the translation; None where it cannot be read."""
        if version == self.trail.head:
            return self.translation
        if not self._has_asked:
            self._has_asked = True
            self._past.expect(each.blob for each in {*self.versions[:_NEAR], *self.versions[-_NEAR:]})
        return self._past.page(version, self._series)

    def translation_diff(self, version: Version) -> PageDiff | None:
        """Return the edit script from a version of the translation to the present one."""
        page = self.translation_at(version)
        return None if page is None else self._past.diff(page, self.translation)

    def later_pages(self, version: Version) -> Iterator[Page]:
        """Yield the pages of the versions of the translation after `version` but the present one, newest first."""
        later = [each for each in self.versions[1:] if each > version]
        self._past.expect(each.blob for each in later)
        yield from filter(None, map(self.translation_at, later))

    def of_segment(self, version: Version, at: int) -> SegmentBaseline | None:
        """Return what segment `at` of the source was in the baseline of a version; None where nobody knows."""
        diff = self.diffs.get(version)
        if diff is None:
            return None
        olds = diff.became[at].old or self.recognised(diff, at)
        return tuple(diff.old.segments[old] for old in olds)

    def edit_of_source(self, version: Version, at: int) -> Edit | None:
        """Return what the commit of a version of the translation made of segment `at` of the source; None: nothing."""
        source, now = self._source_at(version.commit), self.of_segment(version, at)
        if source is None or source.commit != version.commit or not now:
            return None
        for parent in self._source_trail.parents(source):
            page = self._past.page(parent, self._series)
            then = joined_wording(self._past.diff(page, self.source).before((at,))) if page else ""
            if then and bare(then) != bare(joined_wording(now)):
                return then, joined_wording(now)
        return None

    def recognised(self, diff: PageDiff, at: int) -> tuple[int, ...]:
        """Return the positions in an old source of what became segment `at`, if only a newer baseline can tell.

        Between the old source and the present one too much changed; but what the segment was in a newer baseline is
        in the old source word for word.
        """
        for newer in self.diffs.values():
            if newer is diff:
                break
            before = [wording(newer.old.segments[place]) for place in newer.became[at].old]
            found = [place for each in before if (place := diff.places.get(each)) in diff.removed]
            if before and len(found) == len(before):
                return tuple(found)
        return ()

    def _diff(self, version: Version) -> PageDiff | None:
        if self._start is not None and version == self._start.version:
            return self._past.diff(self._start.source, self.source)
        page = self._committed_with(version)
        if page is not None and not self.parents(version):
            page = self._inferred(version, page)
        return None if page is None else self._past.diff(page, self.source)

    def _committed_with(self, version: Version) -> Page | None:
        """Return the source in the commit of a version of the translation."""
        source = self._source_at(version.commit)
        if source is None or source == self._source_trail.head:
            return self.source if source else None
        return self._past.page(source, self._series)

    def _source_at(self, commit: int) -> Version | None:
        """Return the source in a commit; if it was made on a parallel branch, as it was when the two were merged."""
        if commit not in self._sources:
            there, created = self._source_trail.at(commit), self._source_trail.created
            if there is None and created is not None and self._past.history is not None:
                merged = self._past.history.meeting(commit, created.commit)
                there = None if merged is None else self._source_trail.at(merged)
            self._sources[commit] = there
        return self._sources[commit]

    def _inferred(self, first: Version, committed: Page) -> Page:
        """Return the source that the translation was made from: `committed`, or an older version of it."""
        past, older = self._past, self._older(first)
        translation = self.translation_at(first) if older else None
        if translation is None:
            return committed
        return past.inferred(first, committed, lambda: infer_baseline(translation, committed, self._pages(older), past))

    def _pages(self, older: Sequence[Version]) -> Iterator[Page]:
        """Yield the pages of older versions of the source, up to the first that cannot be read."""
        self._past.expect(each.blob for each in older)
        for version in older:
            page = self._past.page(version, self._series)
            if page is None:
                return
            yield page

    def _older(self, version: Version) -> Sequence[Version]:
        """Return the versions of the source before the one in the commit of `version`, along first parents."""
        found: list[Version] = []
        source = self._source_at(version.commit)
        while source is not None and len(found) <= _OLDEST:
            found.append(source)
            source = next(iter(self._source_trail.parents(source)), None)
        return found[1:]
