"""Find the counterparts of source segments that moved, or that were rewritten beyond recognition.

The alignment of the present pages does not find those, as the translation still has them where they were, in words that
resemble the old ones. Aligning the old source with the present translation does.
"""

from collections.abc import Iterable

from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.baselines import Baselines
from transtool.staleness.page_store import Past
from transtool.staleness.pairing import Pairing


def adopt_old_counterparts(pairing: Pairing, baselines: Baselines, past: Past, positions: Iterable[int]) -> Pairing:
    """Return `pairing` with counterparts for those of the source's `positions` that have none, where one is found.

    A later position can only get what earlier ones left.
    """
    for at in positions:
        if not pairing.targets(at):
            targets = _old_counterpart(pairing, baselines, past, at)
            pairing = pairing.adopting(at, targets) if targets else pairing
    return pairing


def may_be_counterpart(pairing: Pairing, targets: Iterable[int], segment: Segment) -> bool:
    """Say whether the kind of any of `targets` allows it to translate `segment`: headings translate headings only."""
    heading = segment.kind is SegmentKind.HEADING
    kinds = (pairing.translation.segments[target].kind for target in targets)
    return any((kind is SegmentKind.HEADING) is heading for kind in kinds)


def _old_counterpart(pairing: Pairing, baselines: Baselines, past: Past, at: int) -> tuple[int, ...]:
    """Return the unaligned targets that are the counterpart of what segment `at` of the source once was."""
    if not may_be_counterpart(pairing, pairing.unaligned, pairing.source.segments[at]):
        return ()
    tried: set[str] = set()
    for diff in baselines.diffs.values():
        step = diff.became[at]
        before = step.old or baselines.recognised(diff, at)
        if not before or (step.same and not diff.has_moved(at)):
            continue
        then = wording(diff.old.segments[before[0]])
        if then in tried:
            continue
        tried.add(then)
        targets = past.pairing(diff.old, pairing.translation).targets(before[0])
        if targets and pairing.unaligned.issuperset(targets):
            return targets
    return ()
