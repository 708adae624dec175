"""Judge many sites, each by itself: by processes of this machine, or by those of a Dask cluster."""

import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from transtool import __version__
from transtool.errors import TranstoolError, of_bug, refused
from transtool.fleet import Broken, Fleet, Judged, Member, read
from transtool.i18n import Words
from transtool.model import Report
from transtool.selection import EVERYTHING
from transtool.site import workers
from transtool.site.judge import judged
from transtool.site.open import open_site, read_file
from transtool.site.progress import Stages


def members(path: Path) -> tuple[Member, ...]:
    """Return the sites that the file at `path` lists. Raises ConfigError and WorldError."""
    return read(read_file(path), path.as_posix())


def judge(
    sites: Sequence[Member],
    *,
    scheduler: str | None = None,
    pages: Words | None = None,
    watch: Callable[[int, int], None] = lambda done, total: None,
) -> Fleet:
    """Judge `sites`, on the cluster at the address `scheduler` if there is one; draw dashboards where `pages` are said.

    `watch` is told how many sites are done, and how many there are.
    """
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    found: list[Judged | Broken] = []
    with _here(sites, pages) if scheduler is None else _there(sites, pages, scheduler) as results:
        for each in results:
            found.append(each)
            watch(len(found), len(sites))
    return Fleet(tuple(found), __version__, now)


def visit(site: Member, pages: Words | None = None) -> Judged | Broken:
    """Judge one site; whatever goes wrong is told, and stays its own affair."""
    try:
        return _judged(site, pages)
    except TranstoolError as error:
        return Broken(site.name, error.problems)
    except OSError as error:
        return Broken(site.name, refused(error).problems)
    except Exception as bug:
        return Broken(site.name, of_bug(bug).problems)


def _judged(site: Member, pages: Words | None) -> Judged:
    report = judged(open_site(site.path, site.config, Stages(), lazily=True), EVERYTHING)
    page = ""
    if pages is not None:
        from transtool.render.html import render

        page = render(report, pages.calling(report.noun))
    return Judged(site.name, _without_texts(report), page)


def _without_texts(report: Report) -> Report:
    """Return what a report of many sites needs: no texts of changes, which are most of a large one."""
    return report.with_episodes(
        replace(
            episode,
            cells=tuple(
                replace(
                    cell,
                    changes=tuple(replace(each, before="", after="", present="") for each in cell.changes),
                    corrections=(),
                    markup=(),
                )
                for cell in episode.cells
            ),
        )
        for episode in report.episodes
    )


@contextmanager
def _here(sites: Sequence[Member], pages: Words | None) -> Iterator[Iterator[Judged | Broken]]:
    """Give what each site is like. Few sites are judged one after the other, each with all processors."""
    processors = workers.processors()
    work = [partial(_packed, site, pages) for site in sites]
    with workers.shared(work, bytes, processors if len(sites) >= processors else 1) as results:
        # Only what this process and those that it forked made itself is read.
        yield (pickle.loads(packed) for packed in results)  # noqa: S301


def _packed(site: Member, pages: Words | None) -> bytes:
    return pickle.dumps(visit(site, pages))


@contextmanager
def _there(sites: Sequence[Member], pages: Words | None, scheduler: str) -> Iterator[Iterator[Judged | Broken]]:
    from transtool.site import cluster

    work = [partial(visit, replace(site, path=site.path.resolve(), config=_whole(site)), pages) for site in sites]
    with cluster.shared(work, scheduler) as results:
        yield (
            each if isinstance(each, Judged | Broken) else Broken(site.name, (each,))
            for site, each in zip(sites, results, strict=True)
        )


def _whole(site: Member) -> Path | None:
    return None if site.config is None else site.config.absolute()
