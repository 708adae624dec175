"""The commits of a translation, each with the versions of the source that it is in step with before and after."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from benchmarks.pins.adapter import Page as Translation
from transtool.align import Step
from transtool.document import Document, parse
from transtool.history import Version
from transtool.settings import Config
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, diff_pages
from transtool.staleness.pairing import joined_wording, pair_pages
from transtool.staleness.pins import pinned
from transtool.text.words import bare


class Went:
    """What became of an old page in a new one, asked by positions in the old one."""

    def __init__(self, old: Page, new: Page) -> None:
        """Compare two versions of a page."""
        self.old, self.new = old, new
        self._steps = {at: step for step in diff_pages(old, new).steps for at in step.old}

    def became(self, at: int) -> tuple[int, ...]:
        """Return the positions of what a segment became."""
        return self._steps[at].new

    def said(self, at: int) -> tuple[str, str]:
        """Return what a segment said, with what was joined to it, and says now."""
        step = self._steps[at]
        return self._said(step)

    def _said(self, step: Step) -> tuple[str, str]:
        old, new = self.old.segments, self.new.segments
        return joined_wording(old[at] for at in step.old), joined_wording(new[at] for at in step.new)

    @cached_property
    def edited(self) -> frozenset[int]:
        """The positions of prose that says something else now (but is still there)."""
        prose = (at for at, segment in enumerate(self.old.segments) if segment.translatable)
        return frozenset(at for at in prose if self._is_edited(self._steps[at]))

    def _is_edited(self, step: Step) -> bool:
        if step.same or not step.new:
            return False
        then, now = self._said(step)
        return bare(then) != bare(now)

    @cached_property
    def kept(self) -> frozenset[int]:
        """The positions of prose that says what it said."""
        prose = (at for at, segment in enumerate(self.old.segments) if segment.translatable)
        return frozenset(at for at in prose if self._steps[at].new and at not in self.edited)


@lru_cache(maxsize=256)
def went(old: Page, new: Page) -> Went:
    """Return what became of an old page in a new one."""
    return Went(old, new)


@lru_cache(maxsize=256)
def paired(source: Page, translation: Page) -> Mapping[int, tuple[int, ...]]:
    """Return what stands for each segment of a source in its translation."""
    return pair_pages(source, translation).counterparts


@dataclass(frozen=True, slots=True)
class Edge:
    """A commit's edit of a translation.

    `then` and `known` are the versions of the source that the translation is in step with before and after it: one page
    where the commit says nothing of that. `source` and `beside` are the source right before the commit and in it.
    """

    before: Page
    after: Page
    then: Page
    known: Page
    source: Page
    beside: Page

    @property
    def is_update(self) -> bool:
        """Whether the commit brought the translation in step."""
        return self.known is not self.then


class Titles:
    """Tells by the title of a commit whether it brought translations in step."""

    def __init__(self, root: Path, pattern: str) -> None:
        """Read the titles of a repository's commits."""
        command = ["git", "log", "--format=%H %s"]
        listed = subprocess.run(command, cwd=root, check=True, capture_output=True, encoding="utf-8").stdout
        titles = (line.partition(" ") for line in listed.splitlines())
        self._ids = {commit for commit, _, title in titles if re.search(pattern, title, re.IGNORECASE)}

    def __contains__(self, commit: str) -> bool:
        """Say whether a commit, named by its id, did."""
        return commit in self._ids


class Walk:
    """One translation through its versions."""

    def __init__(self, page: Translation, past: Past, config: Config, titles: Titles | None) -> None:
        """Take a translation; without `titles` its pins tell what it is in step with."""
        self._page, self._past, self._config, self._titles = page, past, config, titles
        self._sources: dict[str, Page | None] = {}
        self._known: dict[Version, Page | None] = {}

    def edges(self) -> Iterator[Edge]:
        """Yield the edits of the translation, oldest first; merges are left out."""
        trail = self._past.trail(self._page.translation)
        for version in reversed(trail.versions()) if trail else ():
            parents = trail.parents(version) if trail else ()
            known = self._known[version] = self._in_step(version, parents)
            if len(parents) != 1 or (history := self._past.history) is None or version.commit >= history.now:
                continue
            then = self._known.get(parents[0])
            before, after = self._own(parents[0]), self._own(version)
            beside, source = self._beside(version.commit), self._beside(self._parent(version.commit))
            if before and after and known and then and source and beside:
                yield Edge(before, after, then, known, source, beside)

    def _parent(self, commit: int) -> int:
        history = self._past.history
        parents = history.commits[commit].parents if history else ()
        return parents[0] if parents else commit

    def _in_step(self, version: Version, parents: tuple[Version, ...]) -> Page | None:
        if self._titles is None:
            return self._pinned(version)
        history = self._past.history
        if not parents or (
            history and version.commit < history.now and history.commits[version.commit].id in self._titles
        ):
            return self._beside(self._parent(version.commit))
        return self._known.get(parents[0])

    def _pinned(self, version: Version) -> Page | None:
        data = self._past.read(version.blob)
        document = parse(self._page.path, data) if data is not None else None
        pin = next(iter(self._config.pins), None)
        if not isinstance(document, Document) or pin is None:
            return None
        found = pinned(pin, self._page.source, document, self._past)
        return self._source(found.data) if found and found.data is not None else None

    def _own(self, version: Version) -> Page | None:
        return self._past.page(version, self._page.series)

    def _beside(self, commit: int) -> Page | None:
        trail = self._past.trail(self._page.source)
        version = trail.at(commit) if trail else None
        data = self._past.read(version.blob) if version else None
        return self._source(data) if data is not None else None

    def present(self) -> Page | None:
        """Return the source as it is now."""
        return self._source(self._page.source.data)

    def _source(self, data: bytes) -> Page | None:
        """Return the page with these bytes: always the same one for the same bytes."""
        page = self._past.page_of(data, self._page.source.path, self._page.series)
        return None if page is None else self._sources.setdefault(page.blob, page)
