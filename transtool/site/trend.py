"""How a site went over time: read its git history, judge it month by month, and remember the judgements."""

import os
import time
from collections.abc import Iterator, Mapping
from functools import partial

from transtool.errors import N_, Message, Problem
from transtool.history import History
from transtool.model import Report, Status
from transtool.selection import EVERYTHING, Selection, select
from transtool.site import cache, cache_file, workers
from transtool.site.judge import past_of, report_on, required
from transtool.site.open import Site
from transtool.site.progress import Stages
from transtool.site.scan import chooser
from transtool.staleness.page_store import Past
from transtool.trend.compute import Retrospect, plan, trend, verdicts
from transtool.trend.episode import Asked, Known, Told
from transtool.trend.model import Trend

_MUCH = 1_000
"""Translations looked at, so that starting processes is worth while."""


def trend_of(site: Site, selection: Selection = EVERYTHING) -> Trend:
    """Return how the selected part of `site` stood at the end of each month: as committed, by today's configuration.

    Raises UsageError where there is no git history that could tell.
    """
    with past_of(site) as past:
        return _trend(site, past, selection, {})


def report_and_trend(site: Site, selection: Selection = EVERYTHING) -> tuple[Report, Trend]:
    """Return how the selected part of `site` stands, and how it did at the end of each month (see `trend_of`)."""
    with past_of(site) as past:
        required(site, past)
        report = report_on(site, past)
        return select(report, selection), _trend(site, past, selection, verdicts(report, site.catalogue, past))


def _trend(site: Site, past: Past, selection: Selection, known: Mapping[Asked, Status]) -> Trend:
    """Look back; what the report of this run says is `known`."""
    site.stages.notes += _undated(required(site, past))
    with site.stages.stage(N_("looking back")):
        place = cache.place(site.root, os.environ)
        memory = None if place is None else cache.Statuses(place, site.config, past)
        retrospect = plan(past, site.config, now=int(time.time()), chooses=chooser(site.config), selection=selection)
        told = tell_all(retrospect, partial(_recalled, known, memory), site.stages)
        past.missing.update(*(each.missing for each in told))
        if memory is not None:
            site.stages.asides += cache_file.damage(memory)
            if not past.missing:
                memory.keep({**known, **_judged(retrospect, told)})
        return trend(retrospect, told)


def _recalled(known: Mapping[Asked, Status], memory: cache.Statuses | None, asked: Asked) -> Status | None:
    return known.get(asked) or (None if memory is None else memory.recall(asked))


def tell_all(retrospect: Retrospect, known: Known, stages: Stages, processes: int | None = None) -> tuple[Told, ...]:
    """Return what every story tells, with all processors (or `processes`) if there is much to tell."""
    work = [partial(story.tell, known) for story in retrospect.stories]
    sizes = [len(story) for story in retrospect.stories]
    told: list[Told] = []
    with workers.shared(work, Told, processes or (workers.processors() if sum(sizes) >= _MUCH else 1)) as results:
        for each in results:
            told.append(each)
            stages.watch(N_("looking back"), sum(sizes[: len(told)]), sum(sizes))
    return tuple(told)


def _undated(history: History) -> Iterator[Problem]:
    """Say how many commits have no date that can be read, if any."""
    if history.undated:
        yield Problem(
            message=Message(
                N_("one commit has no date that can be read: it counts as made with the one before it"),
                plural=N_("{count} commits have no date that can be read: each counts as made with the one before it"),
                count=history.undated,
            )
        )


def _judged(retrospect: Retrospect, told: tuple[Told, ...]) -> dict[Asked, Status]:
    """Return what was judged, by series and versions."""
    stories = zip(retrospect.stories, told, strict=True)
    return {(story.series.name, pair): status for story, each in stories for pair, status in each.judged.items()}
