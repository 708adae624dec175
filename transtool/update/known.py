"""The open changes of a translation, by the positions of the segments that they are about."""

from collections.abc import Iterable, Sequence

from transtool.model import Change, ChangeKind
from transtool.segments import Segment
from transtool.segments.views import wording_digest


class Known:
    """What `check` says is open: edited and added by positions in the source, removed by those in the translation."""

    def __init__(self, source: Sequence[Segment], ours: Sequence[Segment], changes: Iterable[Change]) -> None:
        """Take the segments of both pages and what is open between them."""
        places: dict[tuple[object, ...], list[int]] = {}
        for at, segment in enumerate(source):
            key = (segment.line, segment.kind, segment.field or None, wording_digest(segment))
            places.setdefault(key, []).append(at)
        there: dict[tuple[object, ...], list[int]] = {}
        for at, segment in enumerate(ours):
            there.setdefault((segment.line, segment.kind, segment.text), []).append(at)
        self.edited: dict[int, Change] = {}
        self.added: dict[int, Change] = {}
        self.removed: dict[int, Change] = {}
        for change in changes:
            if change.change is ChangeKind.REMOVED:
                found = there.get((change.line, change.kind, change.present))
                into = self.removed
            else:
                found = places.get((change.source_line, change.kind, change.field, change.digest))
                into = self.edited if change.change is ChangeKind.EDITED else self.added
            if found:
                into[found.pop(0)] = change
