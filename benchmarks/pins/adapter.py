"""All that the benchmark asks transtool: opening a site, judging it with and without pins, and any state of it."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from transtool.document import Document, parse
from transtool.history import Version
from transtool.link import Entry, Episode
from transtool.model import Cell, Change, ChangeKind, Status
from transtool.segments import split
from transtool.settings import Series
from transtool.site.judge import past_of, report_on
from transtool.site.open import Site, open_site
from transtool.staleness.page_store import Past
from transtool.staleness.pins import pinned
from transtool.staleness.translation_pair import Pair
from transtool.staleness.verdict import judge

_PAGES = ("*.md", "*.mdx", "*.markdown", "*.html")


@dataclass(frozen=True, slots=True)
class Page:
    """A translation beside its source, as both are at the revision that is looked at."""

    episode: Episode
    entry: Entry
    source: Document
    translation: Document
    series: Series

    @property
    def path(self) -> str:
        """The path of the translation."""
        return self.entry.path


@dataclass(frozen=True, slots=True)
class Told:
    """What transtool says of a translation."""

    status: Status
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class State:
    """One version of a translation, with the commit that made it and the source that its pin names."""

    commit: int
    data: bytes
    pin: str | None
    pinned: bytes | None


@contextmanager
def checked_out(repository: Path, revision: str, config: Path, folder: Path) -> Iterator[Site]:
    """Open the site as it was at `revision`, in a clone that shares the objects of `repository` and leaves it alone.

    Only pages are written out: in a snapshot that lacks large files, git would refuse to write the others.
    """
    os.environ["TRANSTOOL_NO_CACHE"] = "1"
    root = folder / "site"
    _git(folder, "clone", "-q", "--shared", "--no-checkout", str(repository), str(root))
    _git(root, "update-ref", "--no-deref", "HEAD", _git(root, "rev-parse", revision + "^{commit}"))
    _git(root, "read-tree", "HEAD")
    listed = _git(root, "ls-files", "-z", "--", *_PAGES)
    _git(root, "checkout-index", "-q", "-z", "--stdin", text=listed)
    shutil.copy(config, root / "transtool.toml")
    yield open_site(root)


def _git(folder: Path, *arguments: str, text: str | None = None) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=text, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip("\n")


def reports(site: Site, *, pins: bool) -> Mapping[str, Told]:
    """Return what transtool says of every translation, by its path; without `pins`, by history alone."""
    asked = site if pins else replace(site, config=replace(site.config, pins=()))
    with past_of(asked) as past:
        report = report_on(asked, past)
    cells = (cell for episode in report.episodes for cell in episode.cells)
    return {cell.path: _told(cell) for cell in cells if cell.status is not Status.MISSING}


def _told(cell: Cell) -> Told:
    return Told(cell.status, cell.changes)


def pages(site: Site) -> Iterator[Page]:
    """Yield every translation that has a source, where both can be read."""
    for episode in site.catalogue.episodes:
        series, source = site.config.named(episode.series), episode.source and episode.source.document
        for entry in episode.translations.values():
            if series and isinstance(source, Document) and isinstance(entry.document, Document):
                yield Page(episode, entry, source, entry.document, series)


class Histories:
    """What git remembers of a site, and what transtool says of its earlier states."""

    def __init__(self, site: Site, past: Past) -> None:
        """Take an open site and its past."""
        self._site, self._past = site, past

    def pinned(self, page: Page, translation: Document | None = None) -> tuple[str, bytes | None] | None:
        """Return the pin of a translation with the source that it names (None: not to be found); None without a pin."""
        pin = next(iter(self._site.config.pins), None)
        found = pinned(pin, page.source, translation or page.translation, self._past) if pin else None
        return None if found is None else (found.value, found.data)

    def newer_by_date(self, page: Page) -> bool:
        """Say whether the newest commit of the source is newer than that of the translation, by the clock."""
        dates = [self._date(document) for document in (page.source, page.translation)]
        return dates[0] > dates[1]

    def _date(self, document: Document) -> int:
        trail, history = self._past.trail(document), self._past.history
        head = trail.committed if trail else None
        return history.commits[head.commit].time if history and head else 0

    def states(self, page: Page) -> Iterator[tuple[State | None, State]]:
        """Yield each version of a translation, after the one that it was made from (None for the first)."""
        trail = self._past.trail(page.translation)
        if trail is None:
            return
        for version in reversed(trail.versions()):
            after = self._state(page, version)
            for parent in trail.parents(version) or (None,):
                before = self._state(page, parent) if parent else None
                if after and (before or not parent):
                    yield before, after

    def _state(self, page: Page, version: Version) -> State | None:
        data = self._past.read(version.blob)
        document = parse(page.path, data) if data is not None else None
        if data is None or not isinstance(document, Document):
            return None
        value, named = self.pinned(page, document) or (None, None)
        return State(version.commit, data, value, named)

    def source_beside(self, page: Page, commit: int) -> bytes | None:
        """Return the source as it was in a commit."""
        trail = self._past.trail(page.source)
        version = trail.at(commit) if trail else None
        return self._past.read(version.blob) if version else None

    def parent(self, commit: int) -> int:
        """Return the first parent of a commit."""
        history = self._past.history
        parents = history.commits[commit].parents if history else ()
        return parents[0] if parents else commit

    def told(self, page: Page, source: bytes, translation: bytes, at: int, *, pins: bool = True) -> Told | None:
        """Return what transtool says of a translation with these bytes beside a source with those, at a commit.

        Without `pins` it is told by history alone.
        """
        ours, theirs = parse(page.source.path, source), parse(page.path, translation)
        if not isinstance(ours, Document) or not isinstance(theirs, Document):
            return None
        fields, config = page.series.fields.translated, self._site.config
        config = config if pins else replace(config, pins=())
        pair = Pair(
            config=config,
            series=page.series,
            entry=replace(page.entry, document=theirs),
            source=ours,
            translation=theirs,
            source_segments=split(ours, fields),
            segments=split(theirs, fields),
        )
        verdict = judge(pair, past=self._past.anew().as_of(at))
        return Told(verdict.status, verdict.changes)


@contextmanager
def histories(site: Site) -> Iterator[Histories]:
    """Give what git remembers of a site."""
    with past_of(site) as past:
        yield Histories(site, past)


def is_added(change: Change) -> bool:
    """Say whether a change added a segment to the source."""
    return change.change is ChangeKind.ADDED
