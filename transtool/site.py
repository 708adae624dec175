"""Read a whole site once: its configuration, its files, its history; and judge it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from transtool import __version__
from transtool.errors import N_, ConfigError, Message, Problem, UsageError, WorldError
from transtool.link import Catalogue
from transtool.model import Report
from transtool.settings import Config

CONFIG_NAME = "transtool.toml"


@dataclass(slots=True)
class Stages:
    """Where the time of a run went: seconds by stage, in the order in which they began, and counts."""

    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to the stage `name`."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site as it stands on disk: its root directory, configuration and linked files."""

    root: Path
    config: Config
    catalogue: Catalogue
    stages: Stages


def find_config(start: Path, config: Path | None = None) -> Path:
    """Return the configuration file: `config` itself, else `transtool.toml` in `start` or above it.

    Raises UsageError where `start` is no directory, ConfigError where there is no configuration.
    """
    if config is not None:
        if not config.is_file():
            raise ConfigError(Problem(message=Message(N_("there is no such configuration file")), path=str(config)))
        return config
    if not start.exists():
        raise UsageError(Problem(message=Message(N_("there is no such directory")), path=str(start)))
    if not start.is_dir():
        raise UsageError(Problem(message=Message(N_("this is no directory")), path=str(start)))
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG_NAME).is_file():
            return _as_named(folder / CONFIG_NAME)
    message = Message(N_("no {name} here or in any folder above"), {"name": CONFIG_NAME})
    raise ConfigError(
        Problem(message=message, path=str(start), hint=Message(N_("`transtool init` looks at the site and writes one")))
    )


def open_site(start: Path, config: Path | None = None, stages: Stages | None = None) -> Site:
    """Read configuration and files of the site that `start` belongs to, and link them.

    Raises ConfigError for a missing or wrong configuration, WorldError where the site cannot be read.
    """
    from transtool import config as configuration
    from transtool import document, files
    from transtool.link import link

    stages = stages or Stages()
    path = find_config(start, config)
    with stages.stage("configuration"):
        settings = configuration.parse(_read(path), str(path))
    root = path.resolve().parent
    with stages.stage("files"):
        scan = files.scan(root, settings)
    stages.counts["files"] = len(scan.files)
    with stages.stage("front matter"):
        documents = [document.parse(name, data) for name, data in scan.files]
        documents += [document.Unreadable(each.path or "", each.message, each.line, b"") for each in scan.problems]
    with stages.stage("linking"):
        catalogue = link(documents, settings, scan.others)
    return Site(root=root, config=settings, catalogue=catalogue, stages=stages)


def report_on(site: Site) -> Report:
    """Judge every translation of `site`, by its stamp, its pin or the site's git history."""
    from transtool.assess import assess

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with site.stages.stage("judging"):
        return assess(site.catalogue, site.config, _judge(site), version=__version__, generated=now)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = Message(N_("cannot be read: {cause}"), {"cause": error.strerror or str(error)})
        raise WorldError(Problem(message=message, path=str(path))) from error


def _as_named(path: Path) -> Path:
    """Return `path` relative to the working directory where it lies below it: that is how people know it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
