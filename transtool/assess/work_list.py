"""Turn a report into a work list: what a translator does next, most valuable first."""

import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from transtool.i18n.safe_text import visible
from transtool.model import Cell, EpisodeReport, Key, Language, Report, Status, natural_order

_OPEN = (Status.MISSING, Status.UNREADABLE, Status.DRAFT, Status.STALE, Status.UNKNOWN)


class Order(StrEnum):
    """What comes first in a work list."""

    VALUE = "value"
    NEWEST = "newest"
    OLDEST = "oldest"
    SHORTEST = "shortest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do: an episode in a language that is not current, how many words, and the command to begin with."""

    series: str
    key: Key
    language: Language
    title: str
    status: Status
    words: int
    path: str
    source_path: str
    command: str


def tasks(report: Report, order: Order = Order.VALUE) -> tuple[Task, ...]:
    """Return the work that `report` shows, in `order`, for all of its languages.

    `value` puts new episodes and small jobs first: the sum of a task's ranks by age and by words; what only
    lacks a baseline comes last. Episodes are as old as their keys: a higher number, or a later date, is newer.
    """
    ambiguous = shared_keys(report)
    found = [
        _task(episode, cell, ambiguous=episode.key in ambiguous)
        for episode in report.episodes
        if episode.source is not None
        for cell in episode.cells
        if cell.status in _OPEN
    ]
    return tuple(sorted(found, key=_sorting(found, order)))


def shared_keys(report: Report) -> frozenset[Key]:
    """Return the keys that more than one series has, for which a command must name the series."""
    counts = Counter(episode.key for episode in report.episodes)
    return frozenset(key for key, count in counts.items() if count > 1)


def _task(episode: EpisodeReport, cell: Cell, *, ambiguous: bool) -> Task:
    return Task(
        series=episode.series,
        key=episode.key,
        language=cell.language,
        title=episode.title,
        status=cell.status,
        words=cell.words,
        path=cell.path,
        source_path=episode.source.path if episode.source else "",
        command=_command(episode, cell, ambiguous=ambiguous),
    )


def _command(episode: EpisodeReport, cell: Cell, *, ambiguous: bool) -> str:
    """Return the command line that begins the work."""
    verb = {Status.MISSING: "scaffold", Status.STALE: "diff"}.get(cell.status, "show")
    language = None if verb == "show" else cell.language
    return command(verb, episode.key, language=language, series=episode.series if ambiguous else None)


def command(verb: str, key: Key, *, language: Language | None = None, series: str | None = None) -> str:
    """Return a command line about one episode as it can be copied: each name one word, no key taken for an option."""
    options = [
        *(() if language is None else ("--language", language)),
        *(() if series is None else ("--series", series)),
    ]
    parts = ["transtool", verb, *options, "--", key] if key.startswith("-") else ["transtool", verb, key, *options]
    return shlex.join(map(visible, parts))


def _sorting(found: Sequence[Task], order: Order) -> Callable[[Task], tuple[object, ...]]:
    age = {key: rank for rank, key in enumerate(sorted({task.key for task in found}, key=natural_order, reverse=True))}
    size = {words: rank for rank, words in enumerate(sorted({task.words for task in found}))}
    ranks: Mapping[Order, Callable[[Task], int]] = {
        Order.VALUE: lambda task: age[task.key] + size[task.words],
        Order.NEWEST: lambda task: age[task.key],
        Order.OLDEST: lambda task: -age[task.key],
        Order.SHORTEST: lambda task: task.words,
        Order.LONGEST: lambda task: -task.words,
    }
    return lambda task: (
        order is Order.VALUE and task.status is Status.UNKNOWN,
        ranks[order](task),
        age[task.key],
        task.series,
        task.language,
    )
