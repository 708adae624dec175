"""How a site went over time: read its git history, judge it month by month, and remember the judgements."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from transtool.errors import N_, Message, Problem, UsageError
from transtool.model import Report, Status
from transtool.selection import EVERYTHING, Selection, select
from transtool.site.open import Site, past_of, report_with

if TYPE_CHECKING:
    from transtool.staleness.page_store import Past
    from transtool.trend.compute import Recall, Told, Versions
    from transtool.trend.model import Trend

_MUCH = 1_000
"""Translations looked at, so that starting processes is worth while."""


def trend_of(site: Site, selection: Selection = EVERYTHING) -> "Trend":
    """Return how the selected part of `site` stood at the end of each month: as committed, by today's configuration.

    Raises UsageError where there is no git history that could tell.
    """
    with past_of(site) as past:
        return _trend(site, past, selection, {})


def report_and_trend(site: Site, selection: Selection = EVERYTHING) -> tuple[Report, "Trend"]:
    """Return how the selected part of `site` stands, and how it did at the end of each month (see `trend_of`)."""
    from transtool.trend.compute import verdicts

    with past_of(site) as past:
        _require_history(site, past)
        report = report_with(site, past)
        return select(report, selection), _trend(site, past, selection, verdicts(report, site.catalogue, past))


def _trend(site: Site, past: "Past", selection: Selection, known: Mapping["Versions", Status]) -> "Trend":
    from transtool.site import scan as files
    from transtool.trend import compute as timeline

    _require_history(site, past)
    with _memory(site, past, known) as recall, site.stages.stage(N_("looking back")):
        return timeline.look_back(
            past,
            site.config,
            now=int(time.time()),
            chooses=files.chooser(site.config),
            selection=selection,
            recall=recall,
            share=partial(_shared, recall),
            watch=partial(site.stages.watch, N_("looking back")),
        )


@contextmanager
def _shared(recall: "Recall", work: Sequence[Callable[[], "Told"]], size: int) -> Iterator[Callable[[int], "Told"]]:
    """Let all processors tell the episodes, where there is much to tell; remember what any of them judged."""
    from transtool.site import workers

    with workers.shared(work, workers.processors() if size >= _MUCH else 1) as shares:

        def told(number: int) -> "Told":
            found = shares.result(number)
            for pair, status in found.judged.items():
                recall(pair, partial(Status, status))
            return found

        yield told


def _require_history(site: Site, past: "Past") -> None:
    if past.history is None:
        raise UsageError(site.stages.no_history or Problem(message=Message(N_("there is no git history"))))


@contextmanager
def _memory(site: Site, past: "Past", known: Mapping["Versions", Status]) -> Iterator["Recall"]:
    """Give what knows verdicts: those of this run, and what is remembered of earlier ones."""
    from transtool.site import cache

    place = cache.place(site.root, os.environ)
    if place is None:
        yield lambda pair, judged: known.get(pair) or judged()
        return
    memory = cache.Statuses(place, site.text, past)
    try:
        yield lambda pair, judged: memory.recall(pair, lambda: known.get(pair) or judged())
    finally:
        memory.keep()
