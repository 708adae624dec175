"""The changes of a source that its translation lacks, as they are reported."""

from collections.abc import Iterator, Sequence

from transtool.model import Change, ChangeKind, SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording, wording_digest
from transtool.staleness.page_store import Past
from transtool.staleness.pages import PageDiff, text_of
from transtool.staleness.pairing import Pairing, joined_wording
from transtool.text.edit_size import edit_size
from transtool.text.words import bare, words


def edited(pairing: Pairing, at: int, before: Sequence[Segment]) -> Change:
    """Return the change of segment `at` of the source, which was `before`."""
    segment, counterpart = pairing.source.segments[at], pairing.counterpart(at)
    size = edit_size(joined_wording(before), wording(segment))
    return Change(
        change=ChangeKind.EDITED,
        kind=segment.kind,
        field=segment.field or None,
        source_line=segment.line,
        source_end_line=segment.end_line,
        line=counterpart[0].line if counterpart else None,
        end_line=counterpart[-1].end_line if counterpart else None,
        words=size.words,
        characters=size.characters,
        digest=wording_digest(segment),
        before=text_of(before),
        after=segment.text,
        present=text_of(counterpart),
    )


def added(pairing: Pairing, at: int) -> Change:
    """Return the change that added segment `at` to the source."""
    segment = pairing.source.segments[at]
    return Change(
        change=ChangeKind.ADDED,
        kind=segment.kind,
        field=segment.field or None,
        source_line=segment.line,
        source_end_line=segment.end_line,
        after_line=None if segment.field else _line_before(pairing, at),
        words=words(wording(segment)),
        characters=len(wording(segment)),
        digest=wording_digest(segment),
        after=segment.text,
    )


def _line_before(pairing: Pairing, at: int) -> int:
    """Return the last line of what the translation of segment `at` of the source, which has none, would follow."""
    segments = pairing.translation.segments
    nearest = next((there for place in range(at - 1, -1, -1) if (there := pairing.targets(place))), ())
    return max((segments[target].end_line for target in nearest if not segments[target].field), default=0)


def removed(pairing: Pairing, before: Segment, target: int) -> Change:
    """Return the removal of `before` from the source, which segment `target` of the translation still translates."""
    present = pairing.translation.segments[target]
    return Change(
        change=ChangeKind.REMOVED,
        kind=before.kind,
        field=before.field or None,
        line=present.line,
        end_line=present.end_line,
        words=words(wording(present)),
        characters=len(wording(present)),
        digest=wording_digest(before),
        before=before.text,
        present=present.text,
    )


def may_be_missed(before: Segment) -> bool:
    """Say whether a reader may miss that the source removed `before`: not where it was the title of a box or tab.

    Titles such as "Note" go when the box gets another syntax, and stand in translations for many others.
    """
    return before.kind is not SegmentKind.LABEL


def changes_since(baseline: PageDiff, pairing: Pairing, past: Past) -> tuple[Change, ...]:
    """Return the changes from the baseline (`baseline.old`) to the source as it is now."""
    return (*_edited(baseline, pairing), *_removed(baseline, pairing, past))


def _edited(baseline: PageDiff, pairing: Pairing) -> Iterator[Change]:
    for at in sorted(baseline.changed):
        step = baseline.became[at]
        segment = pairing.source.segments[at]
        before = [baseline.old.segments[old] for old in step.old]
        now, then = bare(wording(segment)), bare(joined_wording(before))
        if not segment.translatable or pairing.is_identical(at) or now == then:
            continue
        if len(step.new) == 1 or now not in then:
            yield edited(pairing, at, before) if before else added(pairing, at)


def _removed(baseline: PageDiff, pairing: Pairing, past: Past) -> Iterator[Change]:
    if not baseline.removed or not pairing.unaligned:
        return
    for at, targets in past.pairing(baseline.old, pairing.translation).counterparts.items():
        if (
            may_be_missed(baseline.old.segments[at])
            and at in baseline.removed
            and pairing.unaligned.issuperset(targets)
        ):
            yield from (removed(pairing, baseline.old.segments[at], target) for target in targets)
