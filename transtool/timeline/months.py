"""Which commit stood at the end of which month."""

from collections.abc import Iterator
from datetime import UTC, datetime

from transtool.align.chain import rising
from transtool.history import History


def month_ends(history: History, now: int) -> tuple[tuple[str, int], ...]:
    """Return the months from the first commit to the newest one (`2024-03`), and the commit at the end of each.

    Only the line of first parents counts: it is what the branch was at the time. A clock that was wrong for a while
    tells no month, and no month is later than `now` (seconds since 1970).
    """
    line = _first_parents(history)
    times = [min(history.commits[commit].time, now) for commit in line]
    reliable = rising([(at, time * len(line) + at) for at, time in enumerate(times)])
    newest = {_month(times[at]): line[at] for at, _ in reliable}
    if not newest:
        return ()
    newest[max(newest)] = history.head
    found: list[tuple[str, int]] = []
    for month in _months(min(newest), max(newest)):
        found.append((month, newest[month] if month in newest else found[-1][1]))
    return tuple(found)


def _first_parents(history: History) -> list[int]:
    """Return the commits from the first to the newest along first parents."""
    line = [history.head] if history.commits else []
    while line and history.commits[line[-1]].parents:
        line.append(history.commits[line[-1]].parents[0])
    return line[::-1]


def _month(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m")


def _months(first: str, last: str) -> Iterator[str]:
    """Yield every month from `first` to `last`."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    for number in range(start, end + 1):
        yield f"{number // 12:04}-{number % 12 + 1:02}"
