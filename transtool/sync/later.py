"""Whose value of a field is the newer one, by what git remembers of both files."""

from dataclasses import dataclass, field
from typing import NamedTuple

from transtool.document import Document, Value, same_value
from transtool.history import Trail, Version
from transtool.staleness.page_store import Past

Names = tuple[str, ...]
"""The way to a field through mappings."""


class _Arrival(NamedTuple):
    """When the present value of a field came into a file: the position of the commit, and whether it created the file.

    Lower than every commit where the file has had that value as long as git can tell.
    """

    commit: int
    created: bool


@dataclass(slots=True)
class Later:
    """Tells whether a translation's value of a field was changed later than its source's."""

    past: Past | None
    _documents: dict[Version, Document | None] = field(default_factory=dict)

    def __call__(self, translation: Document, source: Document, path: Names) -> bool:
        """Say so; false where there is no history, and for what a translation has said ever since it was made.

        A value arrives with the commit that no parent of has it; what is not committed yet is later than all commits.
        """
        trails = None if self.past is None else [self.past.trail(each) for each in (translation, source)]
        if trails is None or trails[0] is None or trails[1] is None:
            return False
        ours = self._arrival(trails[0], translation, path)
        return not ours.created and ours.commit > self._arrival(trails[1], source, path).commit

    def _arrival(self, trail: Trail, page: Document, path: Names) -> _Arrival:
        """Follow the present value back to the version that it arrived with."""
        version, value = trail.head, value_in(page, path)
        while version is not None:
            parents = trail.parents(version)
            same = next((each for each in parents if self._says(each, path, value)), None)
            if same is None:
                return _Arrival(version.commit, not parents)
            version = same
        return _Arrival(-1, True)

    def _says(self, version: Version, path: Names, value: Value | None) -> bool:
        """Say whether a version has this value; one that git lacks, or that cannot be read, is taken to have it."""
        if version not in self._documents:
            self._documents[version] = None if self.past is None else self.past.document(version)
        page = self._documents[version]
        return page is None or same_value(value_in(page, path), value)


def value_in(page: Document, path: Names) -> Value | None:
    """Return the value that `path` leads to; None where there is none."""
    first = page.field(path[0])
    value = None if first is None else first.value
    for name in path[1:]:
        get = getattr(value, "get", None)
        value = None if get is None else get(name)
    return value
