"""The source that stood beside each version of a translation, and what became of it until now."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from transtool.history import Trail, Version
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.infer_baseline import fitting
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, Revision
from transtool.staleness.pairing import Sides

_FAR = 12

Before = tuple[Segment, ...]
"""What a segment of the source was in an older version; empty where it was not there."""


class Beside:
    """The versions of a translation, each with the version of the source in the same commit."""

    def __init__(self, sides: Sides, source: Trail, translation: Trail, past: Past, translated: Sequence[str]) -> None:
        """Take both sides as they are now and their trails; `translated` names the translated fields."""
        self._sides = sides
        self._source, self.trail = source, translation
        self._past = past
        self._translated = tuple(translated)

    @cached_property
    def revisions(self) -> Mapping[Version, Revision]:
        """What became of the source that stood beside each version of the translation, later versions first."""
        found = ((version, self._revision(version)) for version in self.trail.versions())
        return {version: revision for version, revision in found if revision is not None}

    @property
    def is_younger(self) -> bool:
        """Whether the source came into being after the translation."""
        created = self.trail.created
        return created is not None and self._source.at(created.commit) is None

    @property
    def is_lost(self) -> bool:
        """Whether git does not have a version of the source that is needed."""
        beside = (self._source.at(version.commit) for version in self.trail.versions() if version not in self.revisions)
        return any(version and self._past.read(version.blob) is None for version in beside)

    def made(self, version: Version) -> Page | None:
        """Return the page that a version of the translation was."""
        is_head = version == self.trail.head
        return self._sides.translation if is_head else self._past.page(version, self._translated)

    def own(self, version: Version) -> Revision | None:
        """Return what became of a version of the translation."""
        page = self.made(version)
        return None if page is None else self._past.revision(page, self._sides.translation)

    def before(self, version: Version, at: int) -> Before | None:
        """Return what the source's segment `at` was beside a version of the translation, None where nobody knows."""
        revision = self.revisions.get(version)
        if revision is None:
            return None
        olds = revision.became[at].old or self.recognised(revision, at)
        return tuple(revision.old.segments[old] for old in olds)

    def recognised(self, old: Revision, at: int) -> tuple[int, ...]:
        """Return what in an old page is what segment `at` was later on, though too much changed since to tell so."""
        for revision in self.revisions.values():
            if revision is old:
                break
            before = [wording(revision.old.segments[place]) for place in revision.became[at].old]
            found = [place for each in before if (place := old.places.get(each)) in old.removed]
            if before and len(found) == len(before):
                return tuple(found)
        return ()

    def _revision(self, version: Version) -> Revision | None:
        page = self._page_beside(version)
        if page is not None and not self.trail.parents(version):
            page = self._fitting(version, page)
        return None if page is None else self._past.revision(page, self._sides.source)

    def _page_beside(self, version: Version) -> Page | None:
        beside = self._source.at(version.commit)
        if beside is None or beside == self._source.head:
            return self._sides.source if beside else None
        return self._past.page(beside, self._translated)

    def _fitting(self, version: Version, beside: Page) -> Page:
        """Return the version of the source, `beside` or an older one, that the translation was made from."""
        made, past = self.made(version), self._past
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
