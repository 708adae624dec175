"""Which segments of a translation and its source belong together because they did in older versions.

Where the present pages leave gaps in their alignment, older versions can be clearer: a translation that was just made
mirrors its source segment by segment. What corresponded then is carried over to the present pages by the edit scripts
of both sides.
"""

from transtool.align import carried_over
from transtool.history import Version
from transtool.staleness.baselines import Baselines
from transtool.staleness.page_store import Past

Pairs = tuple[tuple[int, int], ...]
"""Positions in the source and in the translation."""

_TRIED = 4
"""Versions at either end of the history that are looked at for pages of one shape. Set by hand: each costs an
alignment."""

_NEARLY = 0.1
"""The share of its segments by which a new translation may differ from its source, for all differences to be segments
that were split or joined. Set by hand."""


def known_pairs(baselines: Baselines, past: Past) -> Pairs:
    """Return the pairs known from when the translation was made, and from later versions what came since.

    The best evidence is a version in which both pages have the same shape. Where there is none, it is the first
    version, if that has nearly as many segments as its source.
    """
    versions = [*baselines.diffs]
    first = next((each for each in versions[: -_TRIED - 1 : -1] if _has_one_shape(baselines, each)), None)
    if first is None:
        is_whole = bool(versions) and _is_nearly_as_long(baselines, versions[-1])
        return _carried(baselines, versions[-1], past, complete=True) if is_whole else ()
    last = next((each for each in versions[:_TRIED] if _has_one_shape(baselines, each)), first)
    made = _carried(baselines, first, past, complete=False)
    ours, theirs = {i for i, _ in made}, {j for _, j in made}
    since = _carried(baselines, last, past, complete=False) if last != first else ()
    return (*made, *((i, j) for i, j in since if i not in ours and j not in theirs))


def _has_one_shape(baselines: Baselines, version: Version) -> bool:
    """Say whether a version of the translation has the same kinds of segments as its baseline, in the same order."""
    translation = baselines.translation_at(version)
    return translation is not None and translation.shape == baselines.diffs[version].old.shape


def _is_nearly_as_long(baselines: Baselines, version: Version) -> bool:
    """Say whether a version of the translation has nearly as many segments as its baseline."""
    translation, source = baselines.translation_at(version), baselines.diffs[version].old
    if translation is None:
        return False
    return abs(len(translation.shape) - len(source.shape)) <= _NEARLY * len(translation.shape)


def _carried(baselines: Baselines, version: Version, past: Past, *, complete: bool) -> Pairs:
    """Return the present pairs that continue the alignment of a version of the translation with its baseline."""
    source, translation = baselines.diffs[version], baselines.translation_diff(version)
    if translation is None:
        return ()
    beads = past.pairing(source.old, translation.old, complete=complete).beads
    return carried_over(beads, source.steps, translation.steps)
