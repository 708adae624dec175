"""Coverage and freshness at the end of every month, each translation judged as it stood then.

Trees are told by `History`; nothing is checked out. A verdict depends on nothing but the versions of both sides and
on what led to them, so a translation is judged once for all months in which the same two versions stand beside each
other, and episode by episode, so that what was read for one month serves the next.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial

from transtool.document import Unreadable
from transtool.history import Version
from transtool.link import Catalogue, Entry
from transtool.model import Language, Report, Status, Tally
from transtool.selection import EVERYTHING, Selection
from transtool.settings import Config
from transtool.staleness.page_store import Past
from transtool.trend.episode import Counts, Recall, Story, Told, Versions
from transtool.trend.model import Point, Trend
from transtool.trend.month_ends import month_ends
from transtool.trend.snapshots import scenes

__all__ = ["Recall", "Told", "Versions", "Watcher", "look_back", "month_ends", "verdicts"]

Watcher = Callable[[int, int], None]
"""Is told how much is done, and how much there is to do."""


Share = Callable[[Sequence[Callable[[], Told]], int], AbstractContextManager[Callable[[int], Told]]]
"""Takes work, and how many translations it looks at; gives what returns the result of a piece by its number."""


@contextmanager
def one_by_one(work: Sequence[Callable[[], Told]], size: int) -> Iterator[Callable[[int], Told]]:
    """Do every piece when it is asked for."""
    yield lambda number: work[number]()


def look_back(
    past: Past,
    config: Config,
    *,
    now: int,
    chooses: Callable[[str], bool],
    selection: Selection = EVERYTHING,
    recall: Recall = lambda pair, judged: judged(),
    share: Share = one_by_one,
    watch: Watcher = lambda done, total: None,
) -> Trend:
    """Return how the languages stood at the end of each month, by the configuration of today.

    The points begin with the first source there was and end with the newest commit; without history there are none.
    Files that have moved since are taken for what they are today. `now` is in seconds since 1970; `chooses` tells by
    its path whether a file is one of the site; `recall` may know verdicts that then need not be found again.
    `share` may let others tell some of the episodes.
    """
    if past.history is None:
        return Trend()
    ends = month_ends(past.history, now)
    stories = list(_stories(past, config, [commit for _, commit in ends], chooses, selection))
    total, done = sum(map(len, stories)), 0
    changes: dict[int, Counts] = defaultdict(Counter)
    with share([partial(story.tell, recall) for story in stories], total) as told:
        for number, story in enumerate(stories):
            for start, change in told(number).changes:
                changes[start].update(change)
            done += len(story)
            watch(done, total)
    languages = sorted(filter(selection.wants_language, set(config.known_languages) - {config.source}))
    return Trend(tuple(_points([month for month, _ in ends], changes, languages)))


def verdicts(report: Report, catalogue: Catalogue, past: Past) -> Mapping[Versions, Status]:
    """Return what `report` says of translations that are committed, beside sources that are, for `look_back`."""
    cells = {(each.series, each.key, cell.language): cell.status for each in report.episodes for cell in each.cells}
    found: dict[Versions, Status] = {}
    for episode in catalogue.episodes:
        source = _committed(episode.source, past) if episode.source else None
        for language, entry in episode.translations.items() if source else ():
            own, status = _committed(entry, past), cells.get((episode.series, episode.key, language))
            if source and own and status:
                found[source, own] = status
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
            yield Story(past.anew(), config, series, own, selection)


def _points(months: Sequence[str], changes: Mapping[int, Counts], languages: Sequence[Language]) -> Iterator[Point]:
    """Yield the points of every month and language of which something was expected."""
    counts: Counts = Counter()
    for index, month in enumerate(months):
        counts.update(changes.get(index, {}))
        for language in languages:
            tally = Tally({status: counts[language, status] for status in Status})
            if tally.expected:
                yield Point(
                    month=month,
                    language=language,
                    expected=tally.expected,
                    covered=tally.covered,
                    current=tally.current,
                )
