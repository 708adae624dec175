"""Turn a report into a work list: what a translator does next, most valuable first."""

import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from transtool.i18n.safe_text import visible
from transtool.keys import asked_for, is_number
from transtool.model import Cell, EpisodeReport, Key, Language, Report, Status, natural_order

T = TypeVar("T")

_TRIFLE = 3
"""Words of the source that changed, up to which a stale page waits for the others: a typo, a name. Set by hand."""

_UNDATED = 0.5
"""The rank by age, from 0 (newest) to 1, of pages without a date or a number: neither new nor old. Set by hand."""

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

    `others` counts the other languages that have the episode. `age` is its number, its date, or else the numbers in its
    key, the larger the newer; empty where nothing tells it.
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
    age: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a report does not say of its site, and commands about it have to name.

    `shared` are keys that more than one series has, selected or not, for which a command must name the series.
    `where` are the options that tell a command where the site is.
    """

    shared: frozenset[Key] = frozenset()
    where: tuple[str, ...] = ()

    def series_of(self, episode: EpisodeReport) -> str | None:
        """Return the series that a command about `episode` must name, None where its key is enough."""
        return episode.series if episode.key in self.shared else None


def tasks(report: Report, order: Order = Order.VALUE, about: Surroundings | None = None) -> tuple[Task, ...]:
    """Return the work that `report` shows, in `order`, for all of its languages.

    `value` puts first what is new, what is small, and what other translators thought worth their while: the sum of a
    task's ranks by age, by words and by how many languages have the episode, each between 0 and 1; what is of no age
    counts as neither new nor old. What only lacks a baseline comes after that, and last come pages of which the source
    changed a word or two.
    """
    about = about or Surroundings(shared=shared_keys((each.series, each.key) for each in report.episodes))
    found = [
        _task(episode, cell, about)
        for episode in report.episodes
        if episode.source is not None
        for cell in episode.cells
        if cell.status in _OPEN
    ]
    return tuple(sorted(found, key=_sorting(found, order)))


def shared_keys(keys: Iterable[tuple[str, Key]]) -> frozenset[Key]:
    """Return the keys that more than one series has, for which a command must name the series."""
    counts = Counter(key for _, key in set(keys))
    return frozenset(key for key, count in counts.items() if count > 1)


def _task(episode: EpisodeReport, cell: Cell, about: Surroundings) -> Task:
    return Task(
        series=episode.series,
        key=episode.key,
        language=cell.language,
        title=episode.title,
        status=cell.status,
        words=cell.words,
        path=cell.path,
        source_path=episode.source.path if episode.source else "",
        command=_command(episode, cell, about),
        others=sum(each.status not in _ABSENT for each in episode.cells if each is not cell),
        age=_age(episode),
    )


def _age(episode: EpisodeReport) -> tuple[int, ...]:
    dated = episode.dated
    if dated is not None and not is_number(episode.key):
        return dated.year, dated.month, dated.day
    return tuple(number for _, number, digits in natural_order(episode.key) if digits.isdigit())


def _command(episode: EpisodeReport, cell: Cell, about: Surroundings) -> str:
    """Return the command line that begins the work."""
    verb = {Status.MISSING: "scaffold", Status.STALE: "diff"}.get(cell.status, "show")
    return command(verb, episode.key, language=cell.language, series=about.series_of(episode), where=about.where)


def command(
    verb: str,
    key: Key,
    *,
    language: Language | None = None,
    series: str | None = None,
    where: Iterable[str] = (),
) -> str:
    """Return a command line about one episode as it can be copied: each name one word, no key taken for an option.

    `where` are options that say where the site is.
    """
    options = [
        *(() if language is None else ("--language", language)),
        *(() if series is None else ("--series", series)),
        *where,
    ]
    name = asked_for(key)
    return joined([verb, *options, "--", name] if name.startswith("-") else [verb, name, *options])


def joined(parts: Iterable[str]) -> str:
    """Return a command line of ours as a shell takes it, with nothing in it that steers a terminal."""
    return shlex.join(map(visible, ("transtool", *parts)))


def _sorting(found: Sequence[Task], order: Order) -> Callable[[Task], tuple[object, ...]]:
    age = _ranks(sorted({task.age for task in found}, reverse=True))
    novelty = {**age, (): _UNDATED}
    size = _ranks(sorted({task.words for task in found}))
    reach = _ranks(sorted({task.others for task in found}, reverse=True))
    ranks: Mapping[Order, Callable[[Task], float]] = {
        Order.VALUE: lambda task: novelty[task.age] + size[task.words] + reach[task.others],
        Order.NEWEST: lambda task: age[task.age],
        Order.OLDEST: lambda task: -age[task.age],
        Order.SHORTEST: lambda task: task.words,
        Order.LONGEST: lambda task: -task.words,
    }
    return lambda task: (
        order is Order.VALUE and (_is_trifle(task), task.status is Status.UNKNOWN),
        ranks[order](task),
        age[task.age],
        natural_order(task.key),
        task.series,
        task.language,
    )


def _ranks(values: Sequence[T]) -> Mapping[T, float]:
    """Return the places of values in their order, from 0 to 1."""
    return {value: rank / len(values) for rank, value in enumerate(values)}


def _is_trifle(task: Task) -> bool:
    return task.status is Status.STALE and task.words <= _TRIFLE
