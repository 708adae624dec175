"""What `git log` said: read from its text, and extended by what was committed since."""

from collections.abc import Sequence
from typing import NamedTuple

from transtool.history.model import Commit, Touch


class Log(NamedTuple):
    """The commits up to the newest one, oldest first, and the touches of every path, newest first.

    `undated` commits have no date that can be read, and another one's time. `trailers` are the last lines of messages
    that say something by name (`Name: value`), by the commits' positions.
    """

    commits: list[Commit]
    touches: dict[str, list[Touch]]
    undated: int
    trailers: dict[int, tuple[str, ...]]

    @property
    def head(self) -> str:
        """The id of the newest commit; empty where there is none."""
        return self.commits[-1].id if self.commits else ""


def read_log(text: str) -> Log:
    """Read the text of a whole log (see `git.read`)."""
    commits, touches, said = _entries(text)
    newest = len(commits) - 1
    position = {commit[1]: newest - at for at, commit in enumerate(commits)}
    parents = [tuple(position[each] for each in commit[2:] if each in position) for commit in reversed(commits)]
    told = [_readable(commit[0]) for commit in reversed(commits)]
    times = _times(told, parents)
    ordered = [
        Commit(commit[1], time, before) for commit, time, before in zip(reversed(commits), times, parents, strict=True)
    ]
    counted = {path: _counted_from(newest, changes) for path, changes in touches.items()}
    return Log(ordered, counted, told.count(None), {newest - at: lines for at, lines in said.items()})


def extended(log: Log, text: str) -> Log | None:
    """Return a log with the commits that came since, as `text` lists them; None where the whole has to be read.

    That is so unless all that is new is built on the newest commit and nothing else (a branch that left before it, or
    a history that was rewritten, is not): only then `read_log` would have the old commits in the same places.
    """
    commits, touches, said = _entries(text)
    ids = {commit[1] for commit in commits}
    bases = {parent for commit in commits for parent in commit[2:] if parent not in ids}
    dated = not log.undated and all(_readable(commit[0]) is not None for commit in commits)
    if bases != {log.head} or not dated or any(len(commit) < 3 or not commit[2] for commit in commits):
        return None
    newest = len(log.commits) + len(commits) - 1
    position = {commit[1]: newest - at for at, commit in enumerate(commits)} | {log.head: len(log.commits) - 1}
    new = [Commit(id_, int(time), tuple(map(position.__getitem__, parents))) for time, id_, *parents in commits[::-1]]
    found = {path: _counted_from(newest, changes) for path, changes in touches.items()}
    for path, changes in log.touches.items():
        found.setdefault(path, []).extend(changes)
    trailers = log.trailers | {newest - at: lines for at, lines in said.items()}
    return Log([*log.commits, *new], found, 0, trailers)


def _counted_from(newest: int, touches: Sequence[Touch]) -> list[Touch]:
    """Return touches with the positions of their commits in place of their distances from the newest one."""
    return [Touch(newest - each.commit, each.blob, each.created) for each in touches]


_BEFORE_A_TRAILER = "\x1f"


def _entries(log: str) -> tuple[list[list[str]], dict[str, list[Touch]], dict[int, tuple[str, ...]]]:
    # `time id parents...`, for each trailer of the message US and its line, NUL; then for each change
    # `:mode mode old new STATUS NUL path NUL`; the first change follows a line feed.
    commits: list[list[str]] = []
    touches: dict[str, list[Touch]] = {}
    trailers: dict[int, tuple[str, ...]] = {}
    words = iter(log.split("\0"))
    for word in words:
        if word.startswith(("\n:", ":")):
            _, mode, _, blob, status = word.lstrip("\n").split(" ")
            kept = blob if status != "D" and mode.startswith("100") else ""
            touches.setdefault(next(words), []).append(Touch(len(commits) - 1, kept, status == "A"))
        elif word:
            facts, *said = word.split(_BEFORE_A_TRAILER)
            if any(said):
                trailers[len(commits)] = tuple(said)
            commits.append(facts.split(" "))
    return commits, touches, trailers


_LATEST = 253_402_300_799
"""The last second of the year 9999: no calendar goes further."""


def _readable(time: str) -> int | None:
    """Return a time that git gave; None for a commit without one that it can read, and for one beyond any calendar."""
    return int(time) if time.isdigit() and len(time) <= len(str(_LATEST)) and int(time) <= _LATEST else None


def _times(times: Sequence[int | None], parents: Sequence[Sequence[int]]) -> list[int]:
    """Return the times of all commits; in place of an unreadable one that of the first parent, else the first known."""
    found: list[int] = []
    first = next((time for time in times if time is not None), 0)
    for time, before in zip(times, parents, strict=True):
        found.append(time if time is not None else found[before[0]] if before else first)
    return found
