"""Which commit stood at the end of which month."""

from collections.abc import Container, Iterator
from datetime import UTC, datetime

from transtool.history import History
from transtool.text.sequences import longest_increasing

_SILENCE = 92 * 86_400


def month_ends(history: History, now: int) -> tuple[tuple[str, int], ...]:
    """Return the months from the first commit to the newest one (`2024-03`), and the commit at the end of each.

    Only what the branch itself was at the time counts (see `mainline`). A clock that was wrong for a while tells no
    month, and no month is later than `now` (seconds since 1970).
    """
    line = mainline(history)
    times = [min(history.commits[commit].time, now) for commit in line]
    reliable = longest_increasing([(at, time * len(line) + at) for at, time in enumerate(times)])
    newest = {_month(times[at]): line[at] for at, _ in reliable}
    if not newest:
        return ()
    newest[max(newest)] = history.head
    found: list[tuple[str, int]] = []
    for month in _months(min(newest), max(newest)):
        found.append((month, newest[month] if month in newest else found[-1][1]))
    return tuple(found)


def mainline(history: History) -> list[int]:
    """Return the commits that the branch consisted of, oldest first: the line of first parents.

    Whoever merges the branch into an old copy of it and pushes that swaps the parents. Where first parents are silent
    for a quarter of a year in which another parent of a later merge went on, that one is followed.
    """
    line = [history.head] if history.commits else []
    while line and history.commits[line[-1]].parents:
        line.append(history.commits[line[-1]].parents[0])
    at = 0
    while at + 1 < len(line):
        if history.commits[line[at]].time - history.commits[line[at + 1]].time > _SILENCE:
            line = _rejoined(history, line, at)
        at += 1
    return line[::-1]


def _rejoined(history: History, line: list[int], at: int) -> list[int]:
    """Return `line` (newest first), silent before its commit number `at`, by way of the merge that fills the gap."""
    end, start = (history.commits[commit].time for commit in (line[at], line[at + 1]))
    places = {commit: place for place, commit in enumerate(line)}
    for place in range(at, -1, -1):
        for parent in history.commits[line[place]].parents[1:]:
            branch = _branch(history, parent, places)
            times = [time for commit in branch if start < (time := history.commits[commit].time) < end]
            went_on = len(times) > 1 and max(times) - min(times) > _SILENCE
            if went_on and not _contains(history, parent, line[place + 1]):
                fork = history.commits[branch[-1]].parents[0]
                return line[: place + 1] + branch + line[places[fork] :]
    return line


def _branch(history: History, tip: int, line: Container[int]) -> list[int]:
    """Return `tip` and what came before it along first parents, up to where it left `line`; none if it never did."""
    branch: list[int] = []
    commit: int | None = tip
    while commit is not None and commit not in line:
        branch.append(commit)
        commit = next(iter(history.commits[commit].parents), None)
    return branch if commit is not None else []


def _contains(history: History, commit: int, older: int) -> bool:
    """Say whether `older` is an ancestor of `commit`."""
    seen, waiting = {commit}, [commit]
    while waiting:
        # Parents stand before their children: what stands before `older` does not lead to it.
        parents = {parent for parent in history.commits[waiting.pop()].parents if parent >= older} - seen
        seen |= parents
        waiting += parents
    return older in seen


def _month(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m")


def _months(first: str, last: str) -> Iterator[str]:
    """Yield every month from `first` to `last`."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    for number in range(start, end + 1):
        yield f"{number // 12:04}-{number % 12 + 1:02}"
