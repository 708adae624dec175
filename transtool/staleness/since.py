"""What the source changed since a known baseline, beside what the translation says now."""

from collections.abc import Iterator

from transtool.model import Change
from transtool.segments.views import bare, wording
from transtool.staleness.pages import Revision
from transtool.staleness.sides import Sides, counterparts, said


def changes_since(revision: Revision, sides: Sides) -> tuple[Change, ...]:
    """Return the changes from the baseline (`revision.old`) to the source as it is now."""
    return (*_edited(revision, sides), *_removed(revision, sides))


def _edited(revision: Revision, sides: Sides) -> Iterator[Change]:
    for at in sorted(revision.changed):
        step = revision.became[at]
        segment = sides.source.segments[at]
        before = [revision.old.segments[old] for old in step.old]
        now, then = bare(wording(segment)), bare(said(before))
        if not segment.translatable or sides.reads_the_same(at) or now == then:
            continue
        if len(step.new) == 1 or now not in then:
            yield sides.edited(at, before) if before else sides.added(at)


def _removed(revision: Revision, sides: Sides) -> Iterator[Change]:
    surplus = sides.surplus
    if not revision.removed or not surplus:
        return
    for at, targets in counterparts(revision.old, sides.translation).items():
        if at in revision.removed and surplus.issuperset(targets):
            yield from (sides.removed(revision.old.segments[at], target) for target in targets)
