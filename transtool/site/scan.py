"""Read a site's files, each once, and nothing outside the site."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from transtool.edits import Change, Copy, Edit, diff
from transtool.errors import N_, Message, Problem
from transtool.settings import Config, Series, TitleOf
from transtool.site.cache_file import digest
from transtool.site.folder import Folder
from transtool.site.place import belongs_to_git, inside, is_readable
from transtool.site.write import apply, attempt, is_leftover, possible, save
from transtool.text.globs import fits

__all__ = [
    "Change",
    "Copy",
    "Edit",
    "Listing",
    "Scan",
    "apply",
    "attempt",
    "diff",
    "exists",
    "inside",
    "is_readable",
    "paths",
    "possible",
    "save",
    "scan",
]

_NEVER = frozenset({".git", "node_modules"})


@dataclass(frozen=True)
class Scan:
    """What a look at a site gave: (path, bytes) of every file of interest, in the order of their paths.

    `problems` name what could not be read. `others` are the paths of files beside them that no template fits,
    `left_out` those of files and folders that the site excludes.

    Paths are relative to the site, with `/`; bytes of names that are not UTF-8 are surrogates.
    """

    files: tuple[tuple[str, bytes], ...]
    problems: tuple[Problem, ...] = ()
    others: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @cached_property
    def digests(self) -> tuple[bytes, ...]:
        """The digests (BLAKE2b, 16 bytes) of the files."""
        return tuple(blake2b(data, digest_size=16).digest() for _, data in self.files)


class Marks(NamedTuple):
    """What tells files from others without reading them, and when the newest of them was touched (ns since 1970)."""

    digest: str
    newest: int


class Listing:
    """The files of a site before any of them is read: see `Scan`, which `read` makes of it.

    `found` are the paths of all, of interest or not.
    """

    def __init__(self, root: Path, config: Config) -> None:
        """List the files of the site at `root`."""
        self._wanted = _Wanted.of(config)
        self._root, self._config, self._walk = root, config, _Walk(root, self._wanted)
        self.found = tuple(sorted(self._walk.files()))
        self.left_out = tuple(sorted(self._walk.left_out))

    @cached_property
    def others(self) -> tuple[str, ...]:
        """The files that no template fits. Who knows them of the same listing may set them."""
        return tuple(path for path in self.found if not self._wanted.file(path))

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files of interest."""
        others = frozenset(self.others)
        return tuple(path for path in self.found if path not in others)

    def marks(self) -> Marks | None:
        """Return what says that nothing changed, as git's index has it: sizes, times, inodes, and all paths.

        None where the system does not let everything be looked at.
        """
        start = f"{self._root}{os.sep}"
        try:
            told = [(path, os.lstat(start + self._walk.places[path])) for path in self.paths]
        except OSError:
            return None
        if self._walk.problems:
            return None
        seen = (f"{path}\0{at.st_size} {at.st_mtime_ns} {at.st_ctime_ns} {at.st_ino} {at.st_dev}" for path, at in told)
        newest = max((max(at.st_mtime_ns, at.st_ctime_ns) for _, at in told), default=0)
        return Marks(digest(*seen, "", *self.others, "", *self.left_out), newest)

    def read(self) -> Scan:
        """Read every file."""
        with Folder.at(self._root) as site:
            files = tuple(_contents(site, self._walk, self.paths, self._config))
        return Scan(files, tuple(self._walk.problems), self.others, self.left_out)


def scan(root: Path, config: Config) -> Scan:
    """Read every file of the site that a template of `config` fits, and the pages that fields take titles from.

    Folders are listed once even if links lead to them again. Links out of the site, or into git's own folder, are
    reported, not followed; a folder that becomes such a link meanwhile is not followed either.
    """
    return Listing(root, config).read()


def _too_large(path: str, config: Config) -> Problem:
    facts = {"size": config.max_file_size >> 20}
    return Problem(message=Message(N_("larger than {size} MiB, the max_file_size"), facts), path=path)


def chooser(config: Config) -> Callable[[str], bool]:
    """Return what tells by its path whether `scan` would read a file: for files that are no longer there."""
    wanted = _Wanted.of(config)
    return lambda path: (
        not wanted.leaves_out(path) and wanted.file(path) and all(wanted.enters(name) for name in path.split("/")[:-1])
    )


def listed(root: Path, config: Config) -> list[str]:
    """Return the paths of all files where those of `config` can be, in their order; what is in the way is left out."""
    return sorted(_Walk(root, _Wanted.of(config)).files())


def paths(root: Path) -> Scan:
    """List every file of a site that has no configuration yet, without reading any: all are in `others`.

    Of folders that begin with a dot only one is entered, in which a generator keeps its settings.
    """
    walk = _Walk(root, _Wanted((), (), {"": None}, frozenset({".vitepress"})))
    found = tuple(sorted(walk.files()))
    return Scan((), tuple(walk.problems), found)


def exists(root: Path, path: str) -> bool:
    """Tell whether there is a file, or anything else, at `path` of the site at `root`."""
    return os.path.lexists(root / path)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which files are of interest and where they can be.

    `starts` maps folders to start from to how many folders lie above the deepest file there (None: no limit).
    `pages` are the paths of pages that fields take their titles from. `dotted` are the folders beginning
    with a dot that a template names; `exclude` are globs of what is not looked at.
    """

    series: tuple[Series, ...]
    pages: tuple[tuple[re.Pattern[str], Config], ...]
    starts: Mapping[str, int | None]
    dotted: frozenset[str]
    exclude: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: Config) -> "_Wanted":
        """Gather what `config` asks for."""
        templates = tuple(template for series in config.series for template in series.templates)
        values = [value for series in config.series for value in series.fields.local.values()]
        titles = sorted({value.path for value in values if isinstance(value, TitleOf)})
        asked = [(template.static_prefix, template.text) for template in templates]
        asked += [(title.partition("{")[0].rpartition("/")[0], title) for title in titles]
        starts: dict[str, int | None] = {}
        for folder, text in asked:
            known, depth = starts.get(folder.strip("/"), 0), _depth(text)
            starts[folder.strip("/")] = None if known is None or depth is None else max(known, depth)
        dotted = {part for _, text in asked for part in re.split(r"[/|()\[\]]", text) if part.startswith(".")}
        pages = tuple((_page(title), config) for title in titles)
        return cls(config.series, pages, starts, frozenset(dotted), config.exclude)

    def file(self, path: str) -> bool:
        """Tell whether `path` is to be read."""
        claimed = any(
            template.match(path) is not None and not series.leaves_out(path)
            for series in self.series
            for template in series.templates
        )
        return claimed or any(
            (found := page.fullmatch(path)) is not None
            and all(config.spellings.resolve(spelling) is not None for spelling in found.groups())
            for page, config in self.pages
        )

    def leaves_out(self, path: str) -> bool:
        """Tell whether the site excludes the file or folder at `path`."""
        return any(fits(glob, path) for glob in self.exclude)

    def enters(self, name: str) -> bool:
        """Tell whether folders called `name` are looked into."""
        return name not in _NEVER and (not name.startswith(".") or name in self.dotted)

    def folder(self, path: str) -> bool:
        """Tell whether the folder at `path` may hold files of interest."""
        if not self.enters(path.rpartition("/")[2]):
            return False
        return any(
            limit is None or path.count("/") < limit
            for start, limit in self.starts.items()
            if not start or path == start or path.startswith(f"{start}/")
        )


def _page(title: str) -> re.Pattern[str]:
    """Compile the path of a page with `{lang}` in it."""
    return re.compile("([^/]+)".join(map(re.escape, title.split("{lang}"))))


def _depth(template: str) -> int | None:
    """Return the largest number of folders that a path of this template can have above it."""
    return None if "**" in template else template.count("/")


@dataclass(slots=True)
class _Walk:
    """One walk over a site: `listed` and `found` are the real folders and files met so far, relative to the site.

    `places` tells where each file really is.
    """

    root: Path
    wanted: _Wanted
    problems: list[Problem] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    found: set[str] = field(default_factory=set)
    places: dict[str, str] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def files(self) -> Iterator[str]:
        """Give the path of every file: what lies in real folders first, then what only links lead to."""
        for start in sorted(self.wanted.starts):
            if not (self.root / start).is_dir():
                continue
            if self._real(start) == start:
                yield from self._below(start, start)
            else:
                self.links.append(start)
        while self.links:
            links, self.links = sorted(self.links), []
            for link in links:
                yield from self._follow(link)

    def report(self, path: str, error: OSError) -> None:
        """Remember that `path` could not be read."""
        cause = error.strerror or str(error)
        self.problems.append(Problem(message=Message(N_("the system refuses: {cause}"), {"cause": cause}), path=path))

    def _below(self, folder: str, real: str) -> Iterator[str]:
        """Give the files below `folder`, which really is the folder `real`, leaving links for later."""
        pending = [(folder, real)]
        while pending:
            folder, real = pending.pop()
            if real in self.listed:
                continue
            self.listed.add(real)
            for entry in self._entries(folder):
                path, place = _join(folder, entry.name), _join(real, entry.name)
                if self.wanted.leaves_out(path):
                    self.left_out.append(path)
                elif entry.is_symlink():
                    self.links.append(path)
                elif entry.is_dir(follow_symlinks=False):
                    if self.wanted.folder(path):
                        pending.append((path, place))
                elif entry.is_file(follow_symlinks=False) and not is_leftover(entry.name):
                    self.found.add(place)
                    self.places[path] = place
                    yield path

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(self.root / folder) as entries:
                return list(entries)
        except OSError as error:
            self.report(folder or ".", error)
            return []

    def _follow(self, link: str) -> Iterator[str]:
        """Give what the link at `link` leads to, if it is of interest, inside the site and not met before.

        It may change while it is looked at.
        """
        try:
            yield from list(self._followed(link))
        except OSError as error:
            self.report(link, error)

    def _followed(self, link: str) -> Iterator[str]:
        place = self.root / link
        folder = place.is_dir()
        if not (self.wanted.folder(link) if folder else self.wanted.file(link)):
            return
        real = self._real(link)
        if real is None:
            self.problems.append(
                Problem(message=Message(N_("this link leads out of the site; it was not followed")), path=link)
            )
        elif folder:
            yield from self._below(link, real)
        elif place.is_file() and real not in self.found:
            self.found.add(real)
            self.places[link] = real
            yield link

    def _real(self, path: str) -> str | None:
        """Return where `path` really is, relative to the site; None outside of it and in git's own folder."""
        site, place = Path(os.path.realpath(self.root)), Path(os.path.realpath(self.root / path))
        if not place.is_relative_to(site) or belongs_to_git(place.relative_to(site).parts):
            return None
        return "" if place == site else place.relative_to(site).as_posix()


def _contents(site: Folder, walk: "_Walk", paths: Sequence[str], config: Config) -> Iterator[tuple[str, bytes]]:
    """Give the bytes of all files in their order, each from where it really is, and have the others reported."""
    for folder, group in groupby(paths, lambda path: walk.places[path].rpartition("/")[0]):
        there = list(group)
        try:
            with site.walk(folder.split("/") if folder else ()) as opened:
                for path in there:
                    try:
                        data = opened.read(walk.places[path].rpartition("/")[2], config.max_file_size)
                        if data is None:
                            walk.problems.append(_too_large(path, config))
                        else:
                            yield path, data
                    except OSError as error:
                        walk.report(path, error)
        except OSError as error:
            for path in there:
                walk.report(path, error)


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
