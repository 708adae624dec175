"""Remember the report of a whole site: where nothing changed since, no file is read, linked or judged again.

A report is known by everything that it depends on: the configuration, all files and what is beside them, the files of
stamps and of dismissed changes, and the newest commit. Whether files are the same is told as git tells it of those in
its index, by their sizes, times and inodes; where these differ, or could be the same after another edit, by their
bytes.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import msgspec

from transtool.errors import Problem
from transtool.model import EpisodeReport, Key, Report
from transtool.settings import Config
from transtool.site.cache_file import CacheFile, digest, write
from transtool.site.codec import decoded, encoded
from transtool.site.scan import Listing, Scan

DOUBTFUL = 2_000_000_000
"""Nanoseconds after which an edit surely gives a file another time: the coarsest file system (FAT) counts by 2 s."""


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """What a run saw and said beside its report.

    `listed` tells settings and paths from others, of which `others` are no pages. `marks` tell its files from others
    without reading them, empty where they could not; `files` by their bytes; `key` is that of files and settings,
    `head` of the newest commit (see `head`). `odd` is what was odd about the site when it was opened, `notes` what the
    report was noted with, `counts` what was counted.
    """

    listed: str
    others: tuple[str, ...]
    marks: str
    files: str
    key: str
    head: str
    odd: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    counts: dict[str, int]


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A report: its name, all but its episodes, and these by series and key."""

    name: str
    report: Report
    keys: tuple[tuple[str, Key], ...]
    episodes: tuple[msgspec.Raw, ...]


class Unchanged:
    """What is remembered of a site, as far as its files and settings are what they were.

    `seen` is None where they are not; then `odd` (see `Seen`) is for the caller to say. `is_damaged` tells that there
    was something at `place` that could not be used.
    """

    def __init__(self, place: Path | None, listing: Listing, config: Config, told: Iterable[bytes | None]) -> None:
        """Look at what is remembered beside `place` of listed files and what `config` and `told` say."""
        self.config, self._listing = config, listing
        self._settings = digest(config.path, *("" if each is None else blake2b(each).hexdigest() for each in told))
        self.place, self._is_kept = place or Path(), place is not None
        self.seen: Seen | None = None
        self.odd: tuple[Problem, ...] = ()
        self.is_damaged = False
        if place is None:
            return
        self._file = CacheFile(place.with_suffix(".seen.msgpack"), Seen)
        self.place, self.is_damaged = self._file.place, self._file.is_damaged
        self._listed = digest(self._settings, *listing.found, "", *listing.left_out)
        seen = self._file.content
        if seen is not None and seen.listed == self._listed:
            listing.others = seen.others
        self._began = time.time_ns()
        self._marks = listing.marks()
        if seen is not None:
            files = seen.files if seen.marks and seen.marks == self._mark() else self._contents
            if seen.key == self._key(files):
                self.seen, self.odd = seen, seen.odd

    @cached_property
    def scan(self) -> Scan:
        """The files, read when they are first asked for."""
        return self._listing.read()

    @cached_property
    def keys(self) -> tuple[tuple[str, Key], ...] | None:
        """Series and key of every episode of these files, if they are remembered."""
        return None if self._kept is None else self._kept.keys

    def report(self, wants: Callable[[str, Key], bool]) -> Report | None:
        """Return the report on wanted episodes at the commit that was `seen`, if that is remembered."""
        kept = self._kept
        if kept is None or self.seen is None or self.keys is None:
            return None
        del self._kept  # large, and hardly ever asked for again
        raw = (each for place, each in zip(kept.keys, kept.episodes, strict=True) if wants(*place))
        episodes = [decoded(each, EpisodeReport) for each in raw]
        known = [each for each in episodes if each is not None]
        if len(known) < len(episodes):
            self.is_damaged = True
            return None
        self._refresh(self.seen)
        return kept.report.with_episodes(known)

    @cached_property
    def _kept(self) -> _Kept | None:
        if self.seen is None:
            return None
        file = CacheFile(self._report_place, _Kept)
        self.place, self.is_damaged = file.place, file.is_damaged
        found = file.content
        fits = found is not None and found.name == _name(self.seen) and len(found.keys) == len(found.episodes)
        return found if fits else None

    def keep(self, report: Report, head: str, notes: Iterable[Problem], counts: Mapping[str, int]) -> None:
        """Remember the report on the whole site at a commit (see `head`), and what was said beside it."""
        if not self._is_kept or self.scan.problems:
            return
        files = self._contents
        if self.seen is not None and self.seen.files != files:  # they were edited after they had been looked at
            return
        seen = Seen(
            listed=self._listed,
            others=self._listing.others,
            marks=self._mark(),
            files=files,
            key=self._key(files),
            head=head,
            odd=self.odd,
            notes=tuple(notes),
            counts=dict(counts),
        )
        if _is_writable(seen):
            write(self._file.place, seen)
            keys = tuple((each.series, each.key) for each in report.episodes)
            write(self._report_place, (_name(seen), report.with_episodes(()), keys, report.episodes))

    def _refresh(self, seen: Seen) -> None:
        """Remember the marks of files that were known by their bytes."""
        if self._mark() not in ("", seen.marks):
            write(self._file.place, msgspec.structs.replace(seen, marks=self._mark()))

    @property
    def _report_place(self) -> Path:
        return self._file.place.with_suffix("").with_suffix(".report.msgpack")

    def _mark(self) -> str:
        """Return what tells the files without reading them; empty where another edit could leave them the same."""
        marks = self._marks
        return marks.digest if marks is not None and marks.newest < self._began - DOUBTFUL else ""

    @cached_property
    def _contents(self) -> str:
        """What tells the files from any others by their bytes, and what could not be read."""
        scan = self.scan
        told = (f"{path}\0{mark.hex()}" for (path, _), mark in zip(scan.files, scan.digests, strict=True))
        return digest(*told, "", *scan.others, "", *scan.left_out, "", *map(str, scan.problems))

    def _key(self, files: str) -> str:
        return digest(files, self._settings)


def head(commit: str, prefix: str) -> str:
    """Return what tells the newest commit, and the site's folder (see `git.Snapshot`) in its tree, from others."""
    return digest(commit, prefix)


def _name(seen: Seen) -> str:
    return digest(seen.key, seen.head)


def _is_writable(seen: Seen) -> bool:
    """Say whether a file gives this back as it is: a note can have facts that it does not."""
    try:
        return decoded(encoded(seen), Seen) == seen
    except (TypeError, ValueError):
        return False
