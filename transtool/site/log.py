"""Remember the history of a site between runs: a commit stands for all before it, so only new ones are read."""

from pathlib import Path

from transtool.history import Log, extended, read_log
from transtool.site import git
from transtool.site.cache_file import CacheFile, damage
from transtool.site.progress import Stages


def read(root: Path, place: Path | None, stages: Stages) -> tuple[git.Snapshot, Log | None]:
    """Return what git says of the site at `root`, and its log; None where there is none (see `git.Snapshot`).

    What is remembered at `place` is read on from there and replaced; None remembers nothing.
    """
    if place is None:
        snapshot = git.read(root)
        return snapshot, None if snapshot.reason else read_log(snapshot.log)
    file = CacheFile(place.with_suffix(".log.msgpack"), Log)
    stages.asides += damage(file)
    known = file.content
    snapshot = git.read(root, known.head if known is not None else "")
    log = None
    if known is not None and snapshot.since:
        log = known if snapshot.since == snapshot.head else extended(known, snapshot.log)
        if log is None:  # the history was rewritten, or a branch came in that left it earlier
            snapshot = git.read(root)
    if log is None and not snapshot.reason:
        log = read_log(snapshot.log)
    if log is not None and log is not known:
        file.keep(log)
    return snapshot, log
