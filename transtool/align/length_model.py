"""How long a translation may be: the one model of lengths, before and after an alignment is known.

As in Gale and Church (1993), lengths vary normally around what is usual for the page; here the logarithm of (length
of the translation / length of its source) does. Its standard deviation has two parts: one that shrinks with the square
root of the length, because each of the many words may turn out longer or shorter, and one that stays, because
translators are sometimes terse and sometimes wordy. Lengths are in characters.

The model is asked at two moments that know different things. *While* two pages are being aligned, only their overall
ratio is known, and it is off where sections are missing on one side: `misfit` is tolerant, and never weighs more than
what two segments share. *After* that, the ratio and its spread are measured on the pairs that were found: a
`LengthModel` is strict. The numbers for each moment stand side by side below. All were set by hand; those for
afterwards were also checked against the simulator's family "made later from an older source".
"""

from collections.abc import Iterable
from math import hypot, log, sqrt
from statistics import median
from typing import NamedTuple

from transtool.align.literals import shared_literals

_STYLE_BEFORE, _STYLE_AFTER = 0.3, 0.1
"""The part of the standard deviation that does not depend on the length, while aligning and afterwards."""

_WORD_BEFORE, _WORD_AFTER = 3.0, 2.5
"""The part for a text of one character; for one of n characters it is smaller by √n. The one for afterwards is only
used where a page has too few pairs to measure it. While aligning, the two parts are added up, which is more tolerant
than adding their squares."""

_LEAST_WORD = 1.0
"""The least value measured for it that is believed, however regular the pairs of a page happen to be."""

_MOST_MISFIT = 1.2
"""The most that lengths can say against a pair: a little more than a number or a name on both sides says for it."""

_LONG_ENOUGH = 40
"""Characters of a source from which on its translation is measured; shorter ones vary too much."""

_ENOUGH_PAIRS = 8
"""Pairs from which on the spread is measured rather than assumed."""

_MAD_TO_DEVIATION = 1.48
"""From the median absolute deviation to the standard deviation of a normal distribution (1 / 0.6745)."""


def misfit(length: int, other: int, ratio: float) -> float:
    """Return how much the lengths of two segments say against their being translations of each other, 0 to 1.2.

    `ratio` is how much longer the translation is overall. The result is the negative log-likelihood up to a constant:
    half the square of the deviation.
    """
    if not length or not other:
        return 0.0
    expected = length * ratio
    tolerance = _STYLE_BEFORE + _WORD_BEFORE / sqrt(max(expected, other))
    return min(_MOST_MISFIT, 0.5 * (log(other / expected) / tolerance) ** 2)


class LengthModel(NamedTuple):
    """What is usual on a page: the logarithm of the ratio of the lengths, and its spread for one character."""

    usual: float
    spread: float

    def deviation(self, source: str, translation: str) -> float:
        """Return how unusually long `translation` is (a standard score); below 0 it is too short."""
        ours, theirs = _lengths(source, translation)
        return (log(theirs / ours) - self.usual) / hypot(_STYLE_AFTER, self.spread / sqrt(ours))


def fit_length_model(pairs: Iterable[tuple[str, str]]) -> LengthModel:
    """Return the model of a page from the wordings of its sources and their translations.

    The location is the median, the scale the median absolute deviation: a few wrong pairs do not matter.
    """
    sizes = [
        _lengths(source, translation) for source, translation in pairs if translation and len(source) >= _LONG_ENOUGH
    ]
    usual = median([log(theirs / ours) for ours, theirs in sizes]) if sizes else 0.0
    if len(sizes) < _ENOUGH_PAIRS:
        return LengthModel(usual, _WORD_AFTER)
    spread = _MAD_TO_DEVIATION * median([abs(log(theirs / ours) - usual) * sqrt(ours) for ours, theirs in sizes])
    return LengthModel(usual, max(_LEAST_WORD, spread))


def _lengths(source: str, translation: str) -> tuple[int, int]:
    """Return the lengths of what is translated: names, numbers and code on both sides have the same length anyway."""
    same = sum(map(len, shared_literals(source, translation)))
    return max(1, len(source) - same), max(1, len(translation) - same)
