"""The past of a site: commits, the versions of every file, and which version a commit has.

`parse` reads the text of one `git log` (see `git.read`) in which every merge is compared only with its first parent.
The version of a file in the tree of a commit is then the one that the nearest commit along first parents wrote. This
is a query on nested intervals (the descendants of a commit by first parent are numbered without gaps), so no tree is
ever built, and "later" is decided by ancestry, never by a clock.
"""

import hashlib

from transtool.history.file_versions import Trail
from transtool.history.graph import Alike, History, history_of, parse
from transtool.history.log import Log, extended, read_log
from transtool.history.model import Commit, Touch, Version

__all__ = [
    "Alike",
    "Commit",
    "History",
    "Log",
    "Touch",
    "Trail",
    "Version",
    "blob_id",
    "extended",
    "history_of",
    "parse",
    "read_log",
]


def blob_id(data: bytes, algorithm: str = "sha1") -> str:
    """Return the id that git gives a file of these bytes (`git hash-object --no-filters`)."""
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
