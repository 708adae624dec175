"""What can be seen of an edit in one language beside one in another: numbers with names."""

from collections.abc import Callable, Mapping
from math import log, log1p

from benchmarks.fit.examples import Example
from transtool.align.literals import version_by_literals
from transtool.staleness.followed import COEFFICIENTS, is_misspelling
from transtool.staleness.followed import features as seen
from transtool.text.edit_size import edit_size
from transtool.text.words import bare, words

_HALF = 0.5

Features = Mapping[str, Callable[[Example], float]]


def _feature(name: str) -> Callable[[Example], float]:
    return lambda each: float(seen(each.source, each.own, alone=each.alone)[name])


FOLLOWED: Features = {name: _feature(name) for name in COEFFICIENTS if name != "constant"}
"""What tells whether an edit followed, as transtool sees it."""


def _size(pair: tuple[str, str]) -> float:
    return log1p(edit_size(*pair).words)


def _letters(pair: tuple[str, str]) -> float:
    return log1p(edit_size(*pair).characters)


def _share(pair: tuple[str, str]) -> float:
    return min(1.0, edit_size(*pair).words / max(1, words(bare(pair[1]))))


def _growth(pair: tuple[str, str]) -> float:
    then, now = pair
    return log((len(now) + 1) / (len(then) + 1))


def _odds(some: int, all_of_them: int) -> float:
    return log((some + _HALF) / (all_of_them - some + _HALF))


LEFT: Features = {
    "size of the source's edit": lambda each: _size(each.source),
    "letters of the source's edit": lambda each: _letters(each.source),
    "share of the source's text": lambda each: _share(each.source),
    "growth of the source's text": lambda each: abs(_growth(each.source)),
    "the source's a misspelling": lambda each: float(is_misspelling(*each.source)),
    "lacks names, numbers, code that came": lambda each: float(version_by_literals(*each.source, each.own[1]) < 0),
    "has names, numbers, code that came": lambda each: float(version_by_literals(*each.source, each.own[1]) > 0),
    "odds that the commit edits what changed": lambda each: _odds(each.changed_touched, each.changed),
    "segments that changed and it edits": lambda each: log1p(each.changed_touched),
    "odds that it edits what did not": lambda each: _odds(each.kept_touched, each.kept),
}
"""What tells whether a segment that a catch-up left alone was reviewed."""
