"""Since when a translation is behind: which commit of the source made each of its changes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from transtool.history import Trail, Version
from transtool.model import Age, Change, ChangeKind
from transtool.settings import Series
from transtool.staleness.page_store import Past

_OLDEST = 200
"""Versions of a source that are read for the age of its changes, from the newest on; what is older has no age."""

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
    open_ = set(range(len(changes)))
    for place, texts in enumerate(_texts(versions, past, series)):
        for at in [at for at in open_ if texts is not None and _is_before(changes[at], texts)]:
            open_.remove(at)
            age = _age(versions[:place], past)
            if age is not None:
                found[at] = age
        if not open_:
            break
    return tuple(replace(change, age=found.get(at)) for at, change in enumerate(changes))


def _texts(versions: Sequence[Version], past: Past, series: Series) -> Iterator[_Texts | None]:
    """Give what each version says; None where git does not have it, or where it cannot be read."""
    for version in versions:
        page = past.page(version, series)
        yield None if page is None else frozenset(segment.text for segment in page.segments)


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
