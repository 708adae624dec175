"""Whether a translator who touched a segment followed what the source had changed in it.

Nobody can read this off two languages for sure; what speaks for it or against it is weighed in the order of its
strength: names and numbers that came or went on both sides, the size of both edits, where in the text they are, and
how much the same commits touched of what the source had left alone.
"""

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from statistics import median
from typing import NamedTuple

from transtool.align.literals import literally
from transtool.text.edit_size import Amount, amount, pieces, shared
from transtool.text.scripts import UNSPACED_LETTER
from transtool.text.words import bare, words

_TYPO = 2
_TRIFLE = 3
_ENOUGH = 0.25
_LITTLE = (0.5, 0.3)
_NEAR = 0.1
_COMMON = 0.3
_REWRITTEN = 0.35
_FEW = 5
_CACHED = 1 << 13

_SENTENCE = re.compile(r"[.!?。！？।؟](?=\s|\Z)|[。！？]")


class Touched(NamedTuple):
    """How the translation's segments were touched whose source was left alone: their share, and the usual extent."""

    share: float
    extent: float

    @property
    def is_proofread(self) -> bool:
        """Whether somebody went through the translation to improve its language."""
        return self.share >= _COMMON and self.extent < _REWRITTEN


UNTOUCHED = Touched(0.0, 0.0)


def touched(edits: Sequence[tuple[str, str]]) -> Touched:
    """Return how segments were touched, from what each said then and says now."""
    extents = [extent(old, new) for old, new in edits]
    some = [each for each in extents if each]
    return Touched(len(some) / len(extents), median(some)) if some and len(extents) >= _FEW else UNTOUCHED


def extent(old: str, new: str) -> float:
    """Return the share of a text's words that an edit changed."""
    return amount(old, new).words / max(1, words(bare(new)))


def followed(
    source: tuple[str, str], translation: tuple[str, str], around: Touched = UNTOUCHED, *, alone: bool = True
) -> bool:
    """Say whether the edit of `translation` (then, now) followed that of `source` (then, now).

    `alone` says that the translation's text stands for nothing but the source's, so that places can be compared.
    """
    told = literally(source, translation)
    if told is not None:
        return told
    made, done = amount(*source), amount(*translation)
    if not done.words:
        return False
    elsewhere = alone and _elsewhere(source, translation)
    if is_misspelling(*translation):
        return is_misspelling(*source) and not elsewhere
    if made.characters <= _TRIFLE:
        return True
    if is_trifle(done, made) or elsewhere:
        return False
    return not around.is_proofread or extent(*translation) > 2 * around.extent


def is_trifle(done: Amount, made: Amount) -> bool:
    """Say whether an edit is too small to have followed another one."""
    little = done.words < _LITTLE[0] * made.words and done.characters < _LITTLE[1] * made.characters
    return little or done.words < _ENOUGH * made.words


def is_misspelling(old: str, new: str) -> bool:
    """Say whether all that was edited is the spelling of one word: a letter more, less, for another, or in its place.

    Where words are single signs, one more or less is a word, unless it stood there twice.
    """
    done = amount(old, new)
    before, after = Counter(bare(old)), Counter(bare(new))
    gone, came = before - after, after - before
    if done.characters > _TYPO or any(each.isdigit() for each in (*gone, *came)):
        return False
    if UNSPACED_LETTER.search(new):
        return (not gone and not came) or _is_doubled(bare(old), bare(new))
    return done.words <= 1 and max(gone.total(), came.total()) <= 1


def _is_doubled(old: str, new: str) -> bool:
    """Say whether all the difference is a sign that stands twice in a row in one of the texts and once in the other."""
    shorter, longer = sorted((old, new), key=len)
    at = shared(shorter, longer)
    return longer[:at] + longer[at + 1 :] == shorter and longer[at - 1 : at] == longer[at : at + 1]


def _elsewhere(source: tuple[str, str], translation: tuple[str, str]) -> bool:
    """Say whether both edits are in parts of the text too far apart to be the same."""
    sentences = [_SENTENCE.findall(text) for text in (source[1], translation[1])]
    if min(map(len, sentences)) < 2:
        return False
    theirs = _places(*translation)
    near = max(_longest(source[1]), _longest(translation[1])) + _NEAR
    return not any(
        start - near <= end_b and start_b - near <= end for start, end in _places(*source) for start_b, end_b in theirs
    )


def _longest(text: str) -> float:
    """Return the share of a text that its longest sentence is; in another language a word may stand anywhere in it."""
    sizes = [len(pieces(sentence)) for sentence in _SENTENCE.split(text)]
    return max(sizes) / max(1, sum(sizes))


def _places(then: str, now: str) -> list[tuple[float, float]]:
    """Return where a text was edited, as shares of its length."""
    before, after = pieces(then), pieces(now)
    length = max(1, len(after))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(start / length, end / length) for kind, _, _, start, end in codes if kind != "equal"]
