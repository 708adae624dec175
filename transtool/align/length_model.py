"""How long a translation is beside its source, and how much that varies from text to text of one page."""

from collections.abc import Iterable
from math import hypot, log, sqrt
from statistics import median
from typing import NamedTuple

from transtool.align.literals import kept

_LONG = 40
_SOME = 8
_SPREAD = 2.5
_LEAST_SPREAD = 1.0
_STYLE = 0.1
_TO_SPREAD = 1.48  # from the median of deviations to the standard deviation


class Lengths(NamedTuple):
    """How much longer (as a logarithm) the translations of a page are than their sources, and how much that varies.

    A text is many words, each of which may turn out longer or shorter: the more there are, the less it varies all
    together. So `spread` is that of a text of one character, and that of a longer one is smaller by the square root;
    what remains is that translators are now terse, now wordy.
    """

    usual: float
    spread: float

    def off(self, source: str, present: str) -> float:
        """Return how unusual it is that `present` translates `source`, in standard deviations; below 0: too short."""
        ours, theirs = _lengths(source, present)
        return (log(theirs / ours) - self.usual) / hypot(_STYLE, self.spread / sqrt(ours))


def lengths(pairs: Iterable[tuple[str, str]]) -> Lengths:
    """Return what is usual among pairs of a source and its translation."""
    sizes = [_lengths(source, present) for source, present in pairs if present and len(source) >= _LONG]
    usual = median([log(theirs / ours) for ours, theirs in sizes]) if sizes else 0.0
    if len(sizes) < _SOME:
        return Lengths(usual, _SPREAD)
    spread = _TO_SPREAD * median([abs(log(theirs / ours) - usual) * sqrt(ours) for ours, theirs in sizes])
    return Lengths(usual, max(_LEAST_SPREAD, spread))


def _lengths(source: str, present: str) -> tuple[int, int]:
    """Return the lengths of what is translated: names, numbers and code that both have are as long in any language."""
    same = sum(map(len, kept(source, present)))
    return max(1, len(source) - same), max(1, len(present) - same)
