"""What a site's past was: commits, the versions of every file, and which version stood in which commit.

`parse` reads the text of one `git log` (see `git.read`) in which every merge is compared with its first
parent only. The tree of a commit is then told by the commits along its first parents: a file's version in
it is the one that the nearest of them wrote. That is a question about nested intervals (each commit's
descendants by first parent are numbered without gaps), so no tree is ever built, and "later" is decided by
ancestry, never by a clock.
"""

import hashlib

from transtool.history.file_versions import Trail
from transtool.history.graph import Alike, History, parse
from transtool.history.model import Commit, Touch, Version

__all__ = ["Alike", "Commit", "History", "Touch", "Trail", "Version", "blob_id", "parse"]


def blob_id(data: bytes, algorithm: str = "sha1") -> str:
    """Return the id that git gives a file of these bytes (`git hash-object --no-filters`)."""
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
