"""Read a whole site once: its configuration, its files, its history; and judge it."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from transtool import __version__
from transtool.assess import baseline_file as known
from transtool.assess.baseline_file import Known
from transtool.errors import N_, ConfigError, Message, Problem, UsageError, WorldError
from transtool.link import Catalogue
from transtool.model import Report
from transtool.settings import Config, Series
from transtool.site.progress import Stages

if TYPE_CHECKING:  # heavy, and needed by some commands only
    from transtool.assess.report import Recall, Task, Wants
    from transtool.assess.translation import Judge, Judgement
    from transtool.discover import Proposal
    from transtool.site.cache import Memory
    from transtool.staleness.page_store import Past

CONFIG_NAME = "transtool.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site as it stands on disk: its root directory, configuration (and its text) and linked files."""

    root: Path
    text: bytes
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
    _require_directory(start)
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / CONFIG_NAME).is_file():
            return _as_named(folder / CONFIG_NAME)
    message = Message(N_("no {name} here or in any folder above"), {"name": CONFIG_NAME})
    raise ConfigError(
        Problem(message=message, path=str(start), hint=Message(N_("`transtool init` looks at the site and writes one")))
    )


def read_config(start: Path, config: Path | None = None) -> tuple[Path, Config]:
    """Return the configuration that `start` belongs to, and its path as people know it."""
    path, _, settings = _configured(start, config)
    return path, settings


def _configured(start: Path, config: Path | None) -> tuple[Path, bytes, Config]:
    """Return the path, the text and the meaning of the configuration that `start` belongs to."""
    from transtool import config as configuration

    path = find_config(start, config)
    text = _read(path)
    return path, text, configuration.parse(text, str(path))


def open_site(start: Path, config: Path | None = None, stages: Stages | None = None) -> Site:
    """Read configuration and files of the site that `start` belongs to, and link them.

    Raises ConfigError for a missing or wrong configuration, one that fits no file at all included, and WorldError
    where the site cannot be read.
    """
    from transtool import document
    from transtool.link import link
    from transtool.site import scan as files

    stages = stages or Stages()
    with stages.stage(N_("configuration")):
        path, text, settings = _configured(start, config)
    root = path.resolve().parent
    with stages.stage(N_("files")):
        scan = files.scan(root, settings)
    stages.counts[N_("files")] = len(scan.files)
    with stages.stage(N_("front matter")):
        documents = [document.parse(name, data) for name, data in scan.files]
        documents += [document.Unreadable(each.path or "", each.message, each.line, b"") for each in scan.problems]
    with stages.stage(N_("linking")):
        catalogue = link(documents, settings, scan.others)
    if not (catalogue.episodes or catalogue.findings):
        raise ConfigError(*(_no_file(series, path) for series in settings.series))
    there = {episode.series for episode in catalogue.episodes}
    stages.notes += [_no_file(series, path) for series in settings.series if series.name not in there]
    return Site(root=root, text=text, config=settings, catalogue=catalogue, stages=stages)


@contextmanager
def past_of(site: Site) -> Iterator["Past"]:
    """Give what git remembers of `site`; its reader of objects runs until the block ends."""
    from transtool import history
    from transtool.site import git
    from transtool.staleness.page_store import Past, alike_in

    with git.Blobs(site.root) as blobs:
        with site.stages.stage(N_("history")):
            snapshot = git.read(site.root)
            known = None
            if not snapshot.reason:
                known = history.parse(snapshot.log, prefix=snapshot.prefix, alike=alike_in(blobs))
        site.stages.no_history = snapshot.problem
        site.stages.counts[N_("commits")] = 0 if known is None else len(known.commits)
        yield Past(known, blobs, algorithm=snapshot.algorithm, reason=snapshot.reason)


def report_on(site: Site, wants: "Wants | None" = None) -> Report:
    """Judge the wanted translations of `site`, by their stamps, their pins or the site's git history."""
    with past_of(site) as past:
        return report_with(site, past, wants)


def report_with(site: Site, past: "Past", wants: "Wants | None" = None) -> Report:
    """Judge the wanted translations of `site`, by their stamps, their pins or `past`."""
    from transtool.assess.report import tasks
    from transtool.staleness import judging

    judge = judging(past)
    with site.stages.stage(N_("judging")), _memory(site, past, whole=wants is None) as memory:
        todo = tuple(tasks(site.catalogue, site.config, judge, wants))
        site.stages.counts[N_("translations")] = len(todo)
        step = site.stages.steps(N_("judging"), len(todo))
        with _together(todo, memory) as recall:

            def counted(task: "Task") -> "Judgement":
                step()
                return recall(task)

            return assess_with(site, judge, counted, wants)


def assess_with(site: Site, judge: "Judge", recall: "Recall", wants: "Wants | None" = None) -> Report:
    """Return the report of `site` that these give, as of now."""
    from transtool.assess.report import assess

    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return assess(site.catalogue, site.config, judge, wants=wants, recall=recall, version=__version__, generated=now)


@contextmanager
def _memory(site: Site, past: "Past", *, whole: bool) -> Iterator["Memory | None"]:
    """Give what remembers judgements between runs, None where that is switched off."""
    from transtool.site import cache

    place = cache.place(site.root, os.environ)
    if place is None:
        yield None
        return
    memory = cache.Memory(place, site.text, past)
    yield memory
    memory.keep(whole=whole)


@contextmanager
def _together(tasks: Sequence["Task"], memory: "Memory | None") -> Iterator["Recall"]:
    """Give what judges: from memory, else with all processors."""
    lacking = [task for task in tasks if memory is None or not memory.has(task)]
    if memory is not None and not lacking:
        yield memory.recall
        return
    from transtool.site import workers

    numbers = {task.translation.path: number for number, task in enumerate(lacking)}
    with workers.shared([task.work for task in lacking]) as shares:

        def recall(task: "Task") -> "Judgement":
            number = numbers.get(task.translation.path)
            if number is not None:
                task = replace(task, work=lambda: shares.result(number))
            return task.work() if memory is None else memory.recall(task)

        yield recall


def touched(site: Site, since: str | None) -> frozenset[str]:
    """Return the paths that were edited: not committed yet, and committed after the fork point from `since`.

    Raises UsageError where `since` names no commit or there is no history to tell.
    """
    from transtool.history import blob_id
    from transtool.site import git

    with past_of(site) as past:
        if past.history is None:
            raise UsageError(site.stages.no_history or Problem(message=Message(N_("there is no git history"))))
        head = past.history.head
        paths = {
            path
            for path, document in site.catalogue.pages.items()
            if blob_id(document.data, past.algorithm) != past.history.blob(path, head)
        }
        if since is not None:
            base = past.history.position(git.fork_point(site.root, since))
            paths |= past.history.touched_since(-1 if base is None else base)
        return frozenset(paths)


def look_at(root: Path, say: Callable[[Message], str] = str, *, again: bool = False) -> "Proposal":
    """Look at a site without configuration and propose one; `say` makes the sentences of its comments.

    Raises UsageError where `root` is no directory or holds nothing that looks like translations, and ConfigError
    where it has a configuration already, unless `again`.
    """
    from transtool import discover
    from transtool.site import scan as files

    _require_directory(root)
    if (root / CONFIG_NAME).exists() and not again:
        hint = Message(N_("move it away first, or compare with: transtool init --dry-run"))
        message = Message(N_("there is a configuration already; it was left alone"))
        raise ConfigError(Problem(message=message, path=str(root / CONFIG_NAME), hint=hint))
    return discover.propose(files.paths(root).others, lambda path: _read(root / path), say)


def write_config(root: Path, text: str) -> Path:
    """Write a new configuration for the site at `root`; return its path. Raises WorldError."""
    from transtool.site.scan import Edit, apply

    apply(root, [Edit(CONFIG_NAME, None, text.encode())])
    return root / CONFIG_NAME


def algorithm_of(site: Site) -> str:
    """Return how the site's repository names its objects; `sha1` where there is none."""
    from transtool.site import git

    return git.read(site.root).algorithm


def known_findings(site: Site) -> Known:
    """Return the findings that the site's baseline file lists; none where there is no such file."""
    path = site.root / known.NAME
    return known.read(_read(path).decode("utf-8", "replace"), str(_as_named(path))) if path.is_file() else Known()


def remember_findings(site: Site, report: Report) -> tuple[Path, int]:
    """Write the site's baseline file with the findings of `report`; return its path and their number."""
    from transtool.site.write import save

    findings = report.all_findings()
    path = _as_named(site.root / known.NAME)
    save(path, known.write(findings).encode())
    return path, len(findings)


def _no_file(series: Series, config: Path) -> Problem:
    """Return the problem that a series has no file at all: most likely its path is misspelt."""
    facts = {"series": series.name, "paths": ", ".join(template.text for template in series.templates)}
    return Problem(
        message=Message(N_("no file of the site fits the path of series {series}: {paths}"), facts), path=str(config)
    )


def _require_directory(path: Path) -> None:
    if not path.exists():
        raise UsageError(Problem(message=Message(N_("there is no such directory")), path=str(path)))
    if not path.is_dir():
        raise UsageError(Problem(message=Message(N_("this is no directory")), path=str(path)))


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
