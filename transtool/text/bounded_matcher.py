"""Compare two sequences as `difflib` does, for at most a fixed number of steps per item.

`SequenceMatcher` looks at every pair of equal items once for each stretch that it finds: with a word that stands ten
thousand times on both sides, that takes hours. Here such a comparison gives up on what it has not divided yet; the
answer is coarser then (a greater stretch counts as replaced), never wrong and never late.
"""

from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate

STEPS = 1_000
"""Pairs of equal items looked at, for each item of both sequences. Prose of 4,000 words needs about 500."""


class BoundedMatcher(SequenceMatcher[str]):
    """A `SequenceMatcher` without its notion of junk, that ends in time whatever it compares."""

    a: Sequence[str]
    b2j: dict[str, list[int]]

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._steps = STEPS * (len(old) + len(new))
        # What one look at the items before each place of `old` takes.
        self._before = [0, *accumulate(1 + len(self.b2j.get(item, ())) for item in old)]

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Return the longest stretch that two parts have in common; an empty one once all steps are taken."""
        ahi = len(self.a) if ahi is None else ahi
        self._steps -= self._before[ahi] - self._before[alo]
        return Match(alo, blo, 0) if self._steps < 0 else super().find_longest_match(alo, ahi, blo, bhi)
