"""Turn a report into a work list: what a translator does next, most valuable first."""

import shlex
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from transtool.i18n.safe_text import visible
from transtool.model import Cell, EpisodeReport, Key, Language, Report, Status, natural_order

T = TypeVar("T")

_TRIFLE = 3
"""Words of the source that changed, up to which a stale page waits for the others: a typo, a name. Set by hand."""

_UNDATED = 0.5
"""The rank by age, from 0 (newest) to 1, of keys without a number: neither new nor old. Set by hand."""

_ABSENT = (Status.MISSING, Status.EXEMPT)

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
    """One thing to do: an episode in a language that is not current, how many words, and the command to begin with.

    `others` counts the other languages that have the episode.
    """

    series: str
    key: Key
    language: Language
    title: str
    status: Status
    words: int
    path: str
    source_path: str
    command: str
    others: int


def tasks(report: Report, order: Order = Order.VALUE) -> tuple[Task, ...]:
    """Return the work that `report` shows, in `order`, for all of its languages.

    `value` puts first what is new, what is small, and what other translators thought worth their while: the sum of a
    task's ranks by age, by words and by how many languages have the episode, each between 0 and 1. Pages of which the
    source changed a word or two come after these, what only lacks a baseline last. Episodes are as old as their keys: a
    higher number, or a later date, is newer; one without a number is neither new nor old.
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
        others=sum(each.status not in _ABSENT for each in episode.cells if each is not cell),
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
    numbers = {task.key: _numbers(task.key) for task in found}
    age = _ranks(sorted({*numbers.values()}, reverse=True))
    novelty = {**age, (): _UNDATED}
    size = _ranks(sorted({task.words for task in found}))
    reach = _ranks(sorted({task.others for task in found}, reverse=True))
    ranks: Mapping[Order, Callable[[Task], float]] = {
        Order.VALUE: lambda task: novelty[numbers[task.key]] + size[task.words] + reach[task.others],
        Order.NEWEST: lambda task: age[numbers[task.key]],
        Order.OLDEST: lambda task: -age[numbers[task.key]],
        Order.SHORTEST: lambda task: task.words,
        Order.LONGEST: lambda task: -task.words,
    }
    return lambda task: (
        order is Order.VALUE and (task.status is Status.UNKNOWN, _is_trifle(task)),
        ranks[order](task),
        age[numbers[task.key]],
        natural_order(task.key),
        task.series,
        task.language,
    )


def _ranks(values: Sequence[T]) -> Mapping[T, float]:
    """Return the places of values in their order, from 0 to 1."""
    return {value: rank / len(values) for rank, value in enumerate(values)}


def _numbers(key: Key) -> tuple[int, ...]:
    """Return the numbers in a key, which say how old it is: those of dates too."""
    return tuple(number for _, number, digits in natural_order(key) if digits.isdigit())


def _is_trifle(task: Task) -> bool:
    return task.status is Status.STALE and task.words <= _TRIFLE
