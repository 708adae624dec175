"""Whether a translator who edited a segment followed what the source had changed in it.

Nobody can tell this for sure from two languages. What speaks for it or against it is weighed in the order of its
strength: names and numbers that came or went on both sides, the size of both edits, where in the text they are, and
how much the same commits edited of what had not changed in the source.
"""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from transtool.align.literals import followed_by_literals
from transtool.text.bounded_matcher import BoundedMatcher
from transtool.text.edit_size import EditSize, bare_tokens, edit_size
from transtool.text.scripts import UNSPACED_LETTER
from transtool.text.sequences import common_prefix
from transtool.text.words import bare, words

# All thresholds were set by hand, on pages of the Open Source Guides that were read together with their history.

_TYPO = 2
"""The most letters that differ in a misspelling."""

_TRIFLE = 3
"""The letters of an edit of the source up to which any edit of the translation follows it."""

_ENOUGH = 0.25
"""The share of the source's edited words below which an edit of the translation is too small to have followed."""

_LITTLE_WORDS, _LITTLE_LETTERS = 0.5, 0.3
"""The shares of its edited words and of its letters below both of which it is too small as well."""

_NEAR = 0.1
"""The share of the whole text by which two edits may be apart beyond the length of its longest sentence."""

_COMMON = 0.3
"""The share of other segments that were edited without need, from which on a translation was proofread."""

_REWRITTEN = 0.35
"""The median share of their words that was edited, from which on it was not proofread but translated again."""

_MORE_THAN_PROOFREADING = 2
"""How much more of a segment must have been edited in a proofread translation than is usual there."""

_FEW = 5
"""Segments below which their share says nothing."""

_SENTENCE = re.compile(r"[.!?。！？।؟](?=\s|\Z)|[。！？]")


class BackgroundEdits(NamedTuple):
    """Edits of the translation where its source did not change: the share of segments, and the median extent."""

    share: float
    extent: float

    @property
    def is_proofread(self) -> bool:
        """Whether somebody went through the translation to improve its language."""
        return self.share >= _COMMON and self.extent < _REWRITTEN


NO_BACKGROUND = BackgroundEdits(0.0, 0.0)


def background_edits(edits: Sequence[tuple[str, str]]) -> BackgroundEdits:
    """Return how much segments were edited, from the wording of each then and now."""
    extents = [extent(old, new) for old, new in edits]
    some = [each for each in extents if each]
    if not some or len(extents) < _FEW:
        return NO_BACKGROUND
    return BackgroundEdits(len(some) / len(extents), median(some))


def extent(old: str, new: str) -> float:
    """Return the share of a text's words that an edit changed."""
    return edit_size(old, new).words / max(1, words(bare(new)))


def followed(
    source: tuple[str, str],
    translation: tuple[str, str],
    background: BackgroundEdits = NO_BACKGROUND,
    *,
    alone: bool = True,
) -> bool:
    """Say whether the edit of `translation` (then, now) followed that of `source` (then, now).

    `alone` says that the translation's text corresponds to nothing but the source's, so that places can be compared.
    """
    by_literals = followed_by_literals(source, translation)
    if by_literals is not None:
        return by_literals
    wanted, done = edit_size(*source), edit_size(*translation)
    if not done.words:
        return False
    elsewhere = alone and _is_elsewhere(source, translation)
    if is_misspelling(*translation):
        return is_misspelling(*source) and not elsewhere
    if wanted.characters <= _TRIFLE:
        return True
    if is_trifle(done, wanted) or elsewhere:
        return False
    return not background.is_proofread or extent(*translation) > _MORE_THAN_PROOFREADING * background.extent


def is_trifle(done: EditSize, wanted: EditSize) -> bool:
    """Say whether an edit of the translation is too small to have followed that of the source."""
    little = done.words < _LITTLE_WORDS * wanted.words and done.characters < _LITTLE_LETTERS * wanted.characters
    return little or done.words < _ENOUGH * wanted.words


def is_misspelling(old: str, new: str) -> bool:
    """Say whether an edit only corrects (or makes) a typo: a letter was added, removed, replaced, or two were swapped.

    In scripts without spaces, a character more or less is a word, unless it only repeats the one before.
    """
    size = edit_size(old, new)
    before, after = Counter(bare(old)), Counter(bare(new))
    gone, came = before - after, after - before
    if size.characters > _TYPO or any(each.isdigit() for each in (*gone, *came)):
        return False
    if UNSPACED_LETTER.search(new):
        return (not gone and not came) or _is_doubled(bare(old), bare(new))
    return size.words <= 1 and max(gone.total(), came.total()) <= 1


def _is_doubled(old: str, new: str) -> bool:
    """Say whether the only difference is a character that one text has twice in a row and the other once."""
    shorter, longer = sorted((old, new), key=len)
    at = common_prefix(shorter, longer)
    return longer[:at] + longer[at + 1 :] == shorter and longer[at - 1 : at] == longer[at : at + 1]


def _is_elsewhere(source: tuple[str, str], translation: tuple[str, str]) -> bool:
    """Say whether the two edits are too far apart, as shares of their texts, for the one to have followed the other."""
    sentences = [_SENTENCE.findall(text) for text in (source[1], translation[1])]
    if min(map(len, sentences)) < 2:
        return False
    near = max(_longest(source[1]), _longest(translation[1])) + _NEAR
    return not _meet(_places(*source), _places(*translation), near)


def _meet(ours: Sequence[tuple[float, float]], theirs: Sequence[tuple[float, float]], near: float) -> bool:
    """Say whether a place in one text is at most `near` away from one in the other; both are in order."""
    i = j = 0
    while i < len(ours) and j < len(theirs):
        (start, end), (start_b, end_b) = ours[i], theirs[j]
        if start - near <= end_b and start_b - near <= end:
            return True
        i, j = (i, j + 1) if end_b < start - near else (i + 1, j)
    return False


def _longest(text: str) -> float:
    """Return the share of a text in its longest sentence: another language may put a word anywhere in a sentence."""
    sizes = [len(bare_tokens(sentence)) for sentence in _SENTENCE.split(text)]
    return max(sizes) / max(1, sum(sizes))


def _places(then: str, now: str) -> list[tuple[float, float]]:
    """Return where a text was edited, as shares of its length."""
    before, after = bare_tokens(then), bare_tokens(now)
    length = max(1, len(after))
    codes = BoundedMatcher(before, after).get_opcodes()
    return [(start / length, end / length) for kind, _, _, start, end in codes if kind != "equal"]
