"""Coverage and freshness at the end of every month, each translation judged as it stood then.

Trees are told by `History`; nothing is checked out. A verdict depends on nothing but the versions of both sides and
on what led to them, so a translation is judged once for all months in which the same two versions stand beside each
other, and episode by episode, so that what was read for one month serves the next.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transtool.document import Unreadable
from transtool.history import Version
from transtool.link import Catalogue, Entry
from transtool.model import Language, Report, Status, Tally
from transtool.selection import EVERYTHING, Selection
from transtool.settings import Config
from transtool.staleness.page_store import Past
from transtool.trend.episode import Asked, Counts, Story, Told
from transtool.trend.model import Point, Trend
from transtool.trend.month_ends import month_ends
from transtool.trend.snapshots import scenes


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrospect:
    """What a trend is to be made of: the months, the story of every episode, and the languages that are asked about."""

    months: tuple[str, ...]
    stories: tuple[Story, ...]
    languages: tuple[Language, ...]


def plan(
    past: Past, config: Config, *, now: int, chooses: Callable[[str], bool], selection: Selection = EVERYTHING
) -> Retrospect:
    """Return what there is to look back on, by the configuration of today; nothing where there is no history.

    Files that have moved since are taken for what they are today. `now` is in seconds since 1970; `chooses` tells by
    its path whether a file is one of the site.
    """
    ends = () if past.history is None else month_ends(past.history, now)
    languages = sorted(filter(selection.wants_language, set(config.known_languages) - {config.source}))
    return Retrospect(
        months=tuple(month for month, _ in ends),
        stories=tuple(_stories(past, config, [commit for _, commit in ends], chooses, selection)) if ends else (),
        languages=tuple(languages),
    )


def trend(retrospect: Retrospect, told: Iterable[Told]) -> Trend:
    """Return how the languages stood at the end of each month, from what every story told.

    The points begin with the first source there was and end with the newest commit.
    """
    changes: dict[int, Counts] = defaultdict(Counter)
    for each in told:
        for start, change in each.changes:
            changes[start].update(change)
    return Trend(tuple(_points(retrospect, changes)))


def verdicts(report: Report, catalogue: Catalogue, past: Past) -> Mapping[Asked, Status]:
    """Return what `report` says of translations that are committed, beside sources that are."""
    cells = {(each.series, each.key, cell.language): cell.status for each in report.episodes for cell in each.cells}
    found: dict[Asked, Status] = {}
    for episode in catalogue.episodes:
        source = _committed(episode.source, past) if episode.source else None
        for language, entry in episode.translations.items() if source else ():
            own, status = _committed(entry, past), cells.get((episode.series, episode.key, language))
            if source and own and status:
                found[episode.series, (source, own)] = status
    return found


def _committed(entry: Entry, past: Past) -> Version | None:
    """Return the version that a file is, None where it is edited or never was committed."""
    trail = None if isinstance(entry.document, Unreadable) else past.trail(entry.document)
    return trail.head if trail and trail.head == trail.committed else None


def _stories(
    past: Past, config: Config, commits: Sequence[int], chooses: Callable[[str], bool], selection: Selection
) -> Iterator[Story]:
    for own in scenes(past, config, commits, chooses):
        series, episode = config.named(own[0].episode.series), own[0].episode
        if series is not None and selection.wants_episode(episode.series, episode.key):
            yield Story(past=past, config=config, series=series, scenes=own, selection=selection)


def _points(retrospect: Retrospect, changes: Mapping[int, Counts]) -> Iterator[Point]:
    """Yield the points of every month and language of which something was expected."""
    counts: Counts = Counter()
    for index, month in enumerate(retrospect.months):
        counts.update(changes.get(index, {}))
        for language in retrospect.languages:
            tally = Tally({status: counts[language, status] for status in Status})
            if tally.expected:
                yield Point(month=month, language=language, tally=tally)
