"""Read the text of one `git log`."""

from transtool.history.commits import Alike, History
from transtool.history.lanes import Commit, Touch


def parse(log: str, *, prefix: str = "", alike: Alike | None = None) -> History:
    """Read the text of `git.read(...).log`.

    `prefix` is the site's folder in the repository; `alike` lets a file be followed through a move that
    changed it, too.
    """
    commits, touches = _entries(log)
    newest = len(commits) - 1
    position = {commit[1]: newest - at for at, commit in enumerate(commits)}
    ordered = [
        Commit(commit[1], int(commit[0]), tuple(position[parent] for parent in commit[2:] if parent in position))
        for commit in reversed(commits)
    ]
    for changes in touches.values():
        changes[:] = [Touch(newest - commit, blob, created) for commit, blob, created in changes]
    return History(ordered, touches, prefix=prefix, alike=alike)


def _entries(log: str) -> tuple[list[list[str]], dict[str, list[Touch]]]:
    # `time id parents... NUL`, then for each change `:mode mode old new STATUS NUL path NUL`; the first
    # change follows a line feed.
    commits: list[list[str]] = []
    touches: dict[str, list[Touch]] = {}
    words = iter(log.split("\0"))
    for word in words:
        if word.startswith(("\n:", ":")):
            _, mode, _, blob, status = word.lstrip("\n").split(" ")
            kept = blob if status != "D" and mode.startswith("100") else ""
            touches.setdefault(next(words), []).append(Touch(len(commits) - 1, kept, status == "A"))
        elif word:
            commits.append(word.split())
    return commits, touches
