"""Many sites: the file that lists them, and what was found out about all of them together."""

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from transtool import config as configuration
from transtool.config.check import Faults, clean
from transtool.config.tables import Table, Text
from transtool.errors import N_, ConfigError, Problem
from transtool.model import Language, Report, Tally, added

INDEX = "index"
"""The name of the page of all sites, which no site can have."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*+")
"""Names that are those of files on every system."""


@dataclass(frozen=True, slots=True)
class Member:
    """A site of a fleet: its name, its folder, and its configuration where that is not the folder's."""

    name: str
    path: Path
    config: Path | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A site that was judged; `page` is its dashboard, where one was asked for."""

    name: str
    report: Report
    page: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A site that could not be judged, and why."""

    name: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Sites in the order of their file. `generated` is the moment of the run in ISO 8601 (UTC)."""

    sites: tuple[Judged | Broken, ...]
    version: str
    generated: str = ""

    @property
    def judged(self) -> tuple[Judged, ...]:
        """The sites that were judged."""
        return tuple(site for site in self.sites if isinstance(site, Judged))

    @property
    def broken(self) -> tuple[Broken, ...]:
        """The sites that could not be."""
        return tuple(site for site in self.sites if isinstance(site, Broken))

    @property
    def languages(self) -> tuple[Language, ...]:
        """Every language that some site translates into, in order."""
        return tuple(sorted({language for site in self.judged for language in site.report.languages}))

    def tally(self, language: Language | None = None) -> Tally:
        """Count the cells of `language` (or of all) in all sites."""
        return added(site.report.tally(language) for site in self.judged)


class _SiteTable(Table):
    """A table `[sites.NAME]`."""

    path: Text | None = None
    config: Text | None = None


class _FleetTable(Table):
    """The whole file."""

    sites: dict[str, _SiteTable] = msgspec.field(default_factory=dict)


def read(data: bytes, path: str) -> tuple[Member, ...]:
    """Return the sites that `data`, the content of the file called `path`, lists; their paths begin at its folder.

    Raises ConfigError with every problem.
    """
    document, lines = configuration.load(data, path)
    faults = Faults(path, lines)
    table = msgspec.convert(clean(document, _FleetTable, faults), _FleetTable)
    if not table.sites and not faults.problems:
        faults.add(("sites",), N_("{key} is missing: no [sites.NAME] says where a site is"))
    found = tuple(_member(name, site, Path(path).parent, faults) for name, site in table.sites.items())
    if faults.problems:
        raise ConfigError(*faults.sorted())
    return found


def _member(name: str, site: _SiteTable, folder: Path, faults: Faults) -> Member:
    place = ("sites", name)
    if not _NAME.fullmatch(name) or name.casefold() == INDEX:
        faults.add(place, N_("{key}: the name of a site has letters, digits, dots and hyphens, and is not “index”"))
    if site.path is None:
        if not faults.around((*place, "path")):
            faults.add((*place, "path"), N_("{key} is missing"))
        return Member(name, folder)
    root = folder / site.path
    return Member(name, root, None if site.config is None else root / site.config)
