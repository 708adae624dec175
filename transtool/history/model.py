"""The nouns of the past: commits, versions of files, and touches, by which a commit changes one path."""

from datetime import UTC, datetime
from typing import NamedTuple


class Commit(NamedTuple):
    """One commit: its id, its time (seconds since 1970, never used for order) and its parents' positions."""

    id: str
    time: int
    parents: tuple[int, ...]

    @property
    def moment(self) -> str:
        """Its time as reports write it: `2026-05-04T12:00:00Z`."""
        return datetime.fromtimestamp(self.time, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Version(NamedTuple):
    """One state of one file: the position of the commit that wrote it, the path it had then, its blob id."""

    commit: int
    path: str
    blob: str


class Touch(NamedTuple):
    """One commit's change of one path: the blob it left (empty where it deleted the file), whether it created it."""

    commit: int
    blob: str
    created: bool
