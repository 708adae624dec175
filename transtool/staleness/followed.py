"""Whether a translator who edited a segment followed what the source had changed in it: a small fitted model.

Nobody can tell this for sure from two languages. Names, numbers and code that came or went on both sides tell it
nearly always (`followed_by_literals`). Where they do not, a logistic regression of what else can be seen of the two
edits does. `python -m benchmarks.fit` fits it to edits that the histories of sites label; docs/staleness.md says what
it is worth on sites that it was not fitted on.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from math import log, log1p
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

from transtool.align.literals import followed_by_literals, version_by_literals
from transtool.text.bounded_matcher import BoundedMatcher
from transtool.text.edit_size import bare_tokens, edit_size
from transtool.text.scripts import UNSPACED_LETTER
from transtool.text.sequences import common_prefix
from transtool.text.words import bare, words

Edit = tuple[str, str]
"""The wording of a segment, then and now."""

_TYPO = 2
"""The most letters that differ in a misspelling. Set by hand."""

COEFFICIENTS: Mapping[str, float] = MappingProxyType(
    {
        "constant": 0.74,
        "literals": 3.24,
        "fewer": -2.22,
        "more": -0.82,
        "share": 2.14,
        "growth": -4.11,
        "apart": -4.01,
    }
)
"""What each of the `features` adds to the logarithm of the odds that an edit followed.

Fitted to the edits of half A of the pages of four sites (opentelemetry.io, starlight, astro docs and fastapi), both
answers and all sites weighing the same."""

_USUALLY = log(19)
"""What is added because an edit of what the source changed follows it in about 19 of 20 cases: of the edits of the four
sites that updates did not make, one in 20 was made again by the next update, or nobody knows."""

_AT_ONCE = log(20)
"""What is added where one commit edited both. Set by hand: hardly anybody edits a text and, apart from that, its
translation at once."""

_MOST = 0.4
"""The share of other segments that were edited without need, from which on a translation was proofread."""

_REWRITTEN = 0.35
"""The median share of their words that was edited, from which on it was not proofread but translated again."""

_FEW = 5
"""Segments below which their share says nothing. The three were set by hand."""


class BackgroundEdits(NamedTuple):
    """Edits that one commit made where the source did not change: the share of segments, and the median extent."""

    share: float
    extent: float

    def explain(self, own: float) -> bool:
        """Say whether an edit of this extent is one of many that somebody made to improve the language of a page."""
        return self.share >= _MOST and own <= self.extent < _REWRITTEN


NO_BACKGROUND = BackgroundEdits(0.0, 0.0)


def background_edits(edits: Sequence[Edit]) -> BackgroundEdits:
    """Return how much segments were edited, from the wording of each then and now."""
    extents = [extent(old, new) for old, new in edits]
    some = [each for each in extents if each]
    if not some or len(extents) < _FEW:
        return NO_BACKGROUND
    return BackgroundEdits(len(some) / len(extents), median(some))


def extent(old: str, new: str) -> float:
    """Return the share of a text's words that an edit changed."""
    return min(1.0, edit_size(old, new).words / max(1, words(bare(new))))


def no_background() -> BackgroundEdits:
    """Return that nothing else was edited."""
    return NO_BACKGROUND


def followed(
    source: Edit,
    translation: Edit,
    *,
    alone: bool = True,
    at_once: bool = False,
    background: Callable[[], BackgroundEdits] = no_background,
) -> bool:
    """Say whether the edit of `translation` more likely than not followed that of `source`.

    `alone` says that the translation's text corresponds to nothing but the source's, so that places can be compared.
    `at_once` says that one commit made both edits.
    `background` gives what the same commit edited without need; it is asked only where it can decide.
    """
    by_literals = followed_by_literals(source, translation)
    if by_literals is not None:
        return by_literals
    if is_misspelling(*translation) and not is_misspelling(*source):
        return False  # a mended slip follows nothing but another one
    if not edit_size(*translation).words and edit_size(*source).words:
        return False
    found = features(source, translation, alone=alone)
    odds = COEFFICIENTS["constant"] + sum(COEFFICIENTS[name] * value for name, value in found.items()) + _USUALLY
    odds += _AT_ONCE if at_once else 0.0
    return odds >= 0 and not background().explain(found["share"])


def features(source: Edit, translation: Edit, *, alone: bool = True) -> dict[str, float]:
    """Return what can be seen of an edit of a translation beside one of its source, by name.

    - `literals`: the translation now has the literals of the new source (1) or of the old one (-1);
    - `fewer`, `more`: logarithm of how many times fewer or more words were edited than in the source;
    - `share`: the share of its words that was edited;
    - `growth`: how many times more the one side grew than the other, as a logarithm; 0 where a text is new or gone;
    - `apart`: how far the nearest two edits are from each other, as a share of the text.

    What would compare all of the translation's text with a part of its source is 0 unless `alone`.
    """
    wanted, done = edit_size(*source).words, edit_size(*translation).words
    beyond = log1p(done) - log1p(wanted)
    return {
        "literals": version_by_literals(*source, translation[1]),
        "fewer": max(0.0, -beyond),
        "more": max(0.0, beyond) if alone else 0.0,
        "share": extent(*translation),
        "growth": abs(_growth(*translation) - _growth(*source)) if alone and all((*source, *translation)) else 0.0,
        "apart": _apart(source, translation) if alone else 0.0,
    }


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


def _growth(then: str, now: str) -> float:
    return log((len(now) + 1) / (len(then) + 1))


def _apart(source: Edit, translation: Edit) -> float:
    """Return how far the nearest two edits are from each other, as a share of the length of the text."""
    ours, theirs = _places(*source), _places(*translation)
    nearest = 1.0 if ours and theirs else 0.0
    i = j = 0
    while i < len(ours) and j < len(theirs):  # both are in order
        (start, end), (start_b, end_b) = ours[i], theirs[j]
        nearest = min(nearest, max(0.0, start - end_b, start_b - end))
        i, j = (i + 1, j) if end < end_b else (i, j + 1)
    return nearest


def _places(then: str, now: str) -> list[tuple[float, float]]:
    """Return where a text was edited, as shares of its length."""
    before, after = bare_tokens(then), bare_tokens(now)
    length = max(1, len(after))
    codes = BoundedMatcher(before, after).get_opcodes()
    return [(start / length, end / length) for kind, _, _, start, end in codes if kind != "equal"]
