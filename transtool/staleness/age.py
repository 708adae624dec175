"""Since when a translation is behind: which commit of the source made each of its changes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice

from transtool.history import Trail, Version
from transtool.model import Age, Change, ChangeKind
from transtool.settings import Series
from transtool.staleness.page_store import Past

_OLDEST = 200
"""Versions of a source that are read for the age of its changes, from the newest on; what is older has no age."""

_AT_ONCE = 16
"""Versions that are asked for at once."""

_Texts = frozenset[str]
"""What the segments of a page say, as written."""


def dated(changes: Sequence[Change], trail: Trail | None, past: Past, series: Series) -> tuple[Change, ...]:
    """Return the changes of a source with their ages, as far as its `trail` tells.

    A change is as old as the commit after the newest version that still says what the change replaced or removed. An
    added segment is as old as its present words.
    """
    if not changes or trail is None or past.history is None:
        return tuple(changes)
    versions = list(islice(trail.versions(), _OLDEST))
    found: dict[int, Age] = {}
    open_ = {at: _said_before(change) for at, change in enumerate(changes)}
    for place, version in enumerate(versions):
        if place % _AT_ONCE == 0:
            past.expect(each.blob for each in versions[place : place + _AT_ONCE])
        for at in _before(version, changes, open_, past, series):
            del open_[at]
            age = _age(versions[:place], past)
            if age is not None:
                found[at] = age
        if not open_:
            break
    return tuple(replace(change, age=found.get(at)) for at, change in enumerate(changes))


def _before(
    version: Version, changes: Sequence[Change], said: Mapping[int, Sequence[bytes]], past: Past, series: Series
) -> Sequence[int]:
    """Return the places of the changes before which a version was; none where it cannot be read.

    Only a version that may be one is split: one that has what is `said` before a change (by its place) in its bytes.
    """
    data = past.read(version.blob)
    likely = [at for at, texts in said.items() if data is not None and all(text in data for text in texts)]
    page = past.page_of(data, version.path, series, version.blob) if data is not None and likely else None
    texts = frozenset() if page is None else frozenset(segment.text for segment in page.segments)
    return [at for at in likely if page is not None and _is_before(changes[at], texts)]


def _said_before(change: Change) -> Sequence[bytes]:
    """Return what is surely in the bytes of a file from before a change: segments, but not fields, are as written."""
    if change.change is ChangeKind.ADDED or change.field:
        return ()
    return [part.encode() for part in change.before.split("\n\n")]


def _is_before(change: Change, texts: _Texts) -> bool:
    """Say whether a page says what the source said before a change."""
    if change.change is ChangeKind.ADDED:
        return change.after not in texts
    said = change.before in texts or texts.issuperset(change.before.split("\n\n"))
    return said and (change.change is ChangeKind.REMOVED or change.after not in texts)


def _age(newer: Sequence[Version], past: Past) -> Age | None:
    """Return the age of what the oldest of these versions brought; None while it is not committed."""
    if past.history is None:
        return None
    commits = [each for each in newer if each.commit < past.history.now]
    if not commits:
        return None
    first = past.history.commits[commits[-1].commit]
    return Age(commit=first.id, since=first.moment, commits=len(commits))
