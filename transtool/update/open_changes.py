"""The open changes of a translation, by the positions of the segments that they are about."""

from functools import cached_property

from transtool.assess.rules.untranslated import counts, proper_names
from transtool.model import Change, ChangeKind
from transtool.segments.views import wording_digest
from transtool.staleness.evidence import Evidence


class OpenChanges:
    """What `check` says is open: edited and added by positions in the source, removed by those in the translation."""

    def __init__(self, evidence: Evidence) -> None:
        self._source = evidence.pairing.source.segments
        places: dict[tuple[object, ...], list[int]] = {}
        for at, segment in enumerate(self._source):
            key = (segment.line, segment.kind, segment.field or None, wording_digest(segment))
            places.setdefault(key, []).append(at)
        there: dict[tuple[object, ...], list[int]] = {}
        for at, segment in enumerate(evidence.pairing.translation.segments):
            there.setdefault((segment.line, segment.kind, segment.text), []).append(at)
        self.edited: dict[int, Change] = {}
        self.added: dict[int, Change] = {}
        self.removed: dict[int, Change] = {}
        for change in evidence.changes:
            if change.change is ChangeKind.REMOVED:
                found = there.get((change.line, change.kind, change.present))
                into = self.removed
            else:
                found = places.get((change.source_line, change.kind, change.field, change.digest))
                into = self.edited if change.change is ChangeKind.EDITED else self.added
            if found:
                into[found.pop(0)] = change

    def is_worth_taking(self, at: int) -> bool:
        """Say whether `check` would find a segment of the source, put into the translation, not to be translated."""
        return counts(self._source[at], self._names)

    @cached_property
    def _names(self) -> frozenset[str]:
        return proper_names(self._source)
