"""Open a site: find and read its configuration, read its files and link them."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from transtool.assess import baseline_file as known
from transtool.assess.baseline_file import Known
from transtool.errors import N_, ConfigError, Message, Problem, UsageError, WorldError
from transtool.model import Dismissed, Key, Report, Severity
from transtool.selection import Selection, parse, require_numbers
from transtool.settings import Config, Series, StampPlace
from transtool.site.progress import Stages

if TYPE_CHECKING:  # a run in which nothing changed links no files
    from transtool.link import Catalogue
    from transtool.site.scan import Scan
    from transtool.site.unchanged import Unchanged

CONFIG_NAME = "transtool.toml"


class Linked(NamedTuple):
    """The linked files of a site, and the changes that it dismissed."""

    catalogue: "Catalogue"
    dismissed: Dismissed = Dismissed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site as it stands on disk: its root directory, configuration, and what `linked` gives when it is asked for.

    `before` is what is remembered of earlier runs, as far as files and settings are what they were.
    """

    root: Path
    config: Config
    linked: Callable[[], Linked]
    stages: Stages
    before: "Unchanged"

    @property
    def catalogue(self) -> "Catalogue":
        """The linked files."""
        return self.linked().catalogue

    @property
    def dismissed(self) -> Dismissed:
        """The changes that the site dismissed."""
        return self.linked().dismissed

    @property
    def keys(self) -> Iterator[tuple[str, Key]]:
        """Series and key of every episode."""
        known = self.before.keys
        yield from ((each.series, each.key) for each in self.catalogue.episodes) if known is None else known


def find_config(start: Path, config: Path | None = None) -> Path:
    """Return the configuration file: `config` itself, else the one in `start` or the nearest folder above it.

    Raises UsageError where `start` is no directory, ConfigError where there is no configuration.
    """
    if config is not None:
        if not config.is_file():
            raise ConfigError(Problem(message=Message(N_("there is no such configuration file")), path=str(config)))
        return config
    require_directory(start)
    for folder in (start.resolve(), *start.resolve().parents):
        found = config_in(folder)
        if found is not None:
            return as_named(found)
    message = Message(N_("no {name} here or in any folder above"), {"name": CONFIG_NAME})
    raise ConfigError(
        Problem(message=message, path=str(start), hint=Message(N_("`transtool init` looks at the site and writes one")))
    )


def root_of(config: Path) -> Path:
    """Return the root of the site of a configuration: where it stands, even if it is a link to another site's."""
    return config.parent.resolve()


def config_in(folder: Path) -> Path | None:
    """Return the configuration in `folder`: `transtool.toml`, else a `pyproject.toml` with a table for transtool."""
    from transtool import config as configuration

    if (folder / CONFIG_NAME).is_file():
        return folder / CONFIG_NAME
    shared = folder / configuration.SHARED
    return shared if shared.is_file() and configuration.holds(read_file(shared)) else None


def read_config(start: Path, config: Path | None = None) -> tuple[Path, Config]:
    """Return the configuration that `start` belongs to, and its path as people know it."""
    from transtool import config as configuration

    path = find_config(start, config)
    return path, configuration.parse(read_file(path), path.as_posix())


def open_site(start: Path, config: Path | None = None, stages: Stages | None = None, *, lazily: bool = False) -> Site:
    """Read configuration and files of the site that `start` belongs to, and link them.

    `lazily` leaves files for later that are those of the last run: for commands that will hardly need them. Raises
    ConfigError for a missing or wrong configuration, one that fits no file at all included, and WorldError where the
    site cannot be read.
    """
    from transtool import config as configuration
    from transtool.site import cache_file
    from transtool.site.scan import Listing
    from transtool.site.unchanged import Unchanged

    stages = stages or Stages()
    with stages.stage(N_("configuration")):
        path = find_config(start, config)
        text = read_file(path)
        settings = configuration.parse(text, path.as_posix())
    root = root_of(path)
    own = _OwnFiles(_stamps(root, settings), _dismissed(root))
    with stages.stage(N_("files")):
        listing = Listing(root, settings)
        told = (text, os.fsencode(as_named(root)), *own)
        before = Unchanged(cache_file.place(root, os.environ), listing, settings, told)
        stages.counts[N_("files")] = len(listing.paths if before.seen else before.scan.files)
    stages.asides += cache_file.damage(before)
    linked = cache(partial(_linked, before, root, own, stages))
    if before.seen is None or not lazily:
        linked()
    if before.seen is None:
        before.odd = tuple(_oddities(linked().catalogue, before.scan, settings))
    stages.notes += before.odd
    return Site(root=root, config=settings, linked=linked, stages=stages, before=before)


class _OwnFiles(NamedTuple):
    """The bytes of the files that a site keeps its stamps and the changes that it dismissed in, None without one."""

    stamps: bytes | None
    dismissed: bytes | None


def _linked(before: "Unchanged", root: Path, own: _OwnFiles, stages: Stages) -> Linked:
    """Return what there is of a site. Raises ConfigError where that is nothing."""
    from transtool.assess import dismissed_file, stamps_file
    from transtool.document import Unreadable
    from transtool.link import link
    from transtool.site import cache_file, heads

    settings = before.config
    with stages.stage(N_("files")):
        scan = before.scan
    with stages.stage(N_("front matter")):
        documents = heads.read(scan, cache_file.place(root, os.environ), stages)
        documents += [Unreadable(each.path or "", each.message, each.line, b"") for each in scan.problems]
    with stages.stage(N_("linking")):
        kept = own.stamps
        stamps = None if kept is None else stamps_file.read(kept, as_named(root / stamps_file.NAME).as_posix())
        catalogue = link(documents, settings, scan.others, stamps)
    if not (catalogue.episodes or catalogue.findings):
        raise ConfigError(*(_no_file(series, settings.path) for series in settings.series))
    if own.dismissed is None:
        return Linked(catalogue)
    return Linked(catalogue, dismissed_file.read(own.dismissed, as_named(root / dismissed_file.NAME).as_posix()))


def _oddities(catalogue: "Catalogue", scan: "Scan", settings: Config) -> Iterator[Problem]:
    """Yield what is odd about the files of a site as a whole, and about what its configuration says of them."""
    from transtool.assess.exemptions import idle

    there = {episode.series for episode in catalogue.episodes}
    yield from (_no_file(series, settings.path) for series in settings.series if series.name not in there)
    yield from idle(catalogue.episodes, settings, (*catalogue.pages, *scan.others, *scan.left_out))
    yield from _no_pin(settings, catalogue)


def selection_of(
    site: Site,
    languages: Iterable[str] | None = None,
    series: Iterable[str] | None = None,
    numbers: Iterable[str] | None = None,
    rules: Iterable[str] | None = None,
    severity: Severity | None = None,
) -> Selection:
    """Return what options of the command line select of `site`; raises UsageError for what it does not have."""
    selection = parse(
        languages=languages or (),
        series=series or (),
        numbers=numbers or (),
        rules=rules or (),
        severity=severity,
        spellings=site.config.spellings,
        known_languages=site.config.known_languages,
        known_series=(each.name for each in site.config.series),
    )
    require_numbers(selection, site.keys, site.config.noun)
    return selection


def known_findings(site: Site) -> Known:
    """Return the findings that the site's baseline file lists; none where there is no such file."""
    path = site.root / known.NAME
    if not (path.exists() or path.is_symlink()):
        return Known()
    try:
        return known.read(
            own_file(site.root, known.NAME, known.MOST).decode("utf-8", "replace"), as_named(path).as_posix()
        )
    except (ConfigError, WorldError) as error:
        site.stages.notes += error.problems
        return Known()


def remember_findings(site: Site, report: Report) -> tuple[Path, int]:
    """Write the site's baseline file with the findings of `report`; return its path and their number."""
    from transtool.site.write import put

    findings = report.all_findings()
    put(site.root, known.NAME, known.write(findings).encode("utf-8", "backslashreplace"))
    return as_named(site.root / known.NAME), len(findings)


def _stamps(root: Path, config: Config) -> bytes | None:
    """Return what the site's file of stamps holds, where it keeps one."""
    from transtool.assess import stamps_file

    path = root / stamps_file.NAME
    return None if config.stamps is StampPlace.FIELDS or not path.is_file() else read_file(path)


def _dismissed(root: Path) -> bytes | None:
    """Return what the site's file of dismissed changes holds, where there is one."""
    from transtool.assess import dismissed_file

    path = root / dismissed_file.NAME
    return own_file(root, dismissed_file.NAME, dismissed_file.MOST) if path.exists() or path.is_symlink() else None


def _no_file(series: Series, config: str) -> Problem:
    """Return the problem that a series has no file at all: most likely its path is misspelt."""
    facts = {"series": series.name, "paths": ", ".join(template.text for template in series.templates)}
    return Problem(
        message=Message(N_("no file of the site matches the path of series {series}: {paths}"), facts), path=config
    )


def _no_pin(settings: Config, catalogue: "Catalogue") -> Iterator[Problem]:
    """Yield the problem that no translation has a pin of the configuration: most likely its name is misspelt."""
    if not settings.pins:
        return
    from transtool.link import readable
    from transtool.staleness.pins import pin_text

    entries = (entry for episode in catalogue.episodes for entry in episode.translations.values())
    documents = [page for entry in entries if (page := readable(entry)) is not None]
    for pin in settings.pins if documents else ():
        if not any(pin_text(pin, each) for each in documents):
            facts = {"field": ", ".join(pin.fields)}
            yield Problem(message=Message(N_("no translation has the pin {field}"), facts), path=settings.path)


def require_directory(path: Path) -> None:
    """Raise UsageError where `path` is no directory."""
    if not path.exists():
        raise UsageError(Problem(message=Message(N_("there is no such directory")), path=path.as_posix()))
    if not path.is_dir():
        raise UsageError(Problem(message=Message(N_("this is not a directory")), path=path.as_posix()))


def read_file(path: Path) -> bytes:
    """Return the bytes of a file; raises WorldError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = Message(N_("cannot be read: {cause}"), {"cause": error.strerror or str(error)})
        raise WorldError(Problem(message=message, path=path.as_posix())) from error


def own_file(root: Path, path: str, most: int) -> bytes:
    """Return the beginning, `most` bytes at least, of a file of the site that is no content. Raises WorldError."""
    from transtool.site.folder import Folder
    from transtool.site.place import located, reading

    try:
        located(root, path)
    except WorldError as error:
        message = Message(N_("this link leads out of the site; it was not followed"))
        raise WorldError(Problem(message=message, path=path)) from error
    try:
        with Folder.at(root) as site, reading(site, root, path) as file:
            return file.read(most + 1)
    except OSError as error:
        message = Message(N_("cannot be read: {cause}"), {"cause": error.strerror or str(error)})
        raise WorldError(Problem(message=message, path=path)) from error


def as_named(path: Path) -> Path:
    """Return `path` relative to the working directory where it lies below it: that is how people know it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
