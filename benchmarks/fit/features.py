"""What can be seen of an edit in one language beside one in another: a dozen numbers with names."""

from collections.abc import Callable, Mapping
from math import log, log1p

from benchmarks.fit.examples import Example
from transtool.align.literals import followed_by_literals, version_by_literals
from transtool.staleness.followed import _places, extent, is_misspelling
from transtool.text.edit_size import edit_size
from transtool.text.scripts import UNSPACED_LETTER

_HALF = 0.5


def _told(example: Example) -> float:
    told = followed_by_literals(example.source, example.own)
    return 0.0 if told is None else 1.0 if told else -1.0


def _stands_for_now(example: Example) -> float:
    return float(version_by_literals(*example.source, example.own[1]))


def _size(pair: tuple[str, str]) -> float:
    return log1p(edit_size(*pair).words)


def _letters(pair: tuple[str, str]) -> float:
    return log1p(edit_size(*pair).characters)


def _growth(pair: tuple[str, str]) -> float:
    then, now = pair
    return log((len(now) + 1) / (len(then) + 1))


def _apart(example: Example) -> float:
    """Return how far apart the edits are, as a share of the text's length; 0 where the texts cannot be compared."""
    if not example.alone:
        return 0.0
    theirs = _places(*example.own)
    gaps = (
        max(start - end_b, start_b - end, 0.0) for start, end in _places(*example.source) for start_b, end_b in theirs
    )
    return min(gaps, default=0.0)


def _odds(some: int, all_of_them: int) -> float:
    return log((some + _HALF) / (all_of_them - some + _HALF))


Features = Mapping[str, Callable[[Example], float]]

FOLLOWED: Features = {
    "told by names, numbers, code": _told,
    "stands for the new text by them": _stands_for_now,
    "size of the source's edit": lambda each: _size(each.source),
    "size of the own edit": lambda each: _size(each.own),
    "sizes apart": lambda each: abs(_size(each.own) - _size(each.source)),
    "letters apart": lambda each: abs(_letters(each.own) - _letters(each.source)),
    "share of the own text": lambda each: min(1.0, extent(*each.own)),
    "growth alike": lambda each: -abs(_growth(each.own) - _growth(each.source)),
    "edits far apart": _apart,
    "own a misspelling": lambda each: float(is_misspelling(*each.own)),
    "both a misspelling": lambda each: float(is_misspelling(*each.own) and is_misspelling(*each.source)),
    "odds that the commit edits what changed": lambda each: _odds(each.changed_touched, each.changed),
    "odds that it edits what did not": lambda each: _odds(each.kept_touched, each.kept),
    "share edited beyond the usual": lambda each: min(1.0, extent(*each.own)) - min(1.0, each.usual),
    "no spaces between words": lambda each: float(bool(UNSPACED_LETTER.search(each.own[1]))),
}
"""What tells whether an edit followed."""

OF_THE_PAGE = frozenset(
    {"odds that the commit edits what changed", "odds that it edits what did not", "share edited beyond the usual"}
)
"""The features that the rest of the page decides."""

LEFT: Features = {
    "size of the source's edit": lambda each: _size(each.source),
    "letters of the source's edit": lambda each: _letters(each.source),
    "share of the source's text": lambda each: min(1.0, extent(*each.source)),
    "growth of the source's text": lambda each: abs(_growth(each.source)),
    "the source's a misspelling": lambda each: float(is_misspelling(*each.source)),
    "lacks names, numbers, code that came": lambda each: float(version_by_literals(*each.source, each.own[1]) < 0),
    "has names, numbers, code that came": lambda each: float(version_by_literals(*each.source, each.own[1]) > 0),
    "odds that the commit edits what changed": lambda each: _odds(each.changed_touched, each.changed),
    "segments that changed and it edits": lambda each: log1p(each.changed_touched),
    "odds that it edits what did not": lambda each: _odds(each.kept_touched, each.kept),
}
"""What tells whether a segment that a catch-up left alone was reviewed."""
