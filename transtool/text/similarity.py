"""What a segment can be recognised by: in another language, or after it was edited in its own."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from operator import add

from transtool.text.scripts import UNSPACED_LETTER

_CACHED = 1 << 14
_LONG_WORD = 8
_TOKEN = re.compile(r"[^\W_]+")


@lru_cache(maxsize=_CACHED)
def tokens(said: str) -> Counter[str]:
    """Return the words of a wording, case folded, with their counts; pairs of letters where there are no spaces."""
    words = _TOKEN.findall(said.casefold())
    if not UNSPACED_LETTER.search(said):
        return Counter(words)
    counts: Counter[str] = Counter()
    for word in words:
        if len(word) > 2 and UNSPACED_LETTER.search(word):
            counts.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            counts[word] += 1
    return counts


@lru_cache(maxsize=_CACHED)
def weighed(said: str) -> tuple[Mapping[str, int], int]:
    """Return what each word of a wording weighs (its letters, eight at most, times its count), and all together."""
    weights = {word: min(len(word), _LONG_WORD) * count for word, count in tokens(said).items()}
    return weights, sum(weights.values())


@lru_cache(maxsize=_CACHED)
def squeezed(said: str) -> str:
    """Return a wording without white space: equal before and after paragraphs are split or joined."""
    return said.replace(" ", "")


@lru_cache(maxsize=_CACHED)
def likeness(before: str, after: str) -> float:
    """Return how alike two wordings of one language are, 0 to 1: the share of their words, long ones weighing more."""
    (ours, our_total), (theirs, their_total) = weighed(before), weighed(after)
    total = our_total + their_total
    share = 2 * common(ours, theirs) / total if total else float(before == after)
    return max(share, _letters_alike(before, after)) if len(before) + len(after) < 2 * SHORT else share


SHORT = 60
"""Two texts that have less than twice as many characters together are compared by their letters too."""


def could_be_alike(said: str, everything: Mapping[str, int], least: float) -> bool:
    """Say whether the likeness of `said` and a text of words in `everything` (their weights) may exceed `least`."""
    weights, total = weighed(said)
    return len(said) < 2 * SHORT or 2 * common(weights, everything) > least * total


def common(ours: Mapping[str, int], theirs: Mapping[str, int]) -> int:
    """Return what two texts have in common, by the weights of their words."""
    both = ours.keys() & theirs.keys()
    return sum([min(ours[word], theirs[word]) for word in both]) if both else 0


def _letters_alike(before: str, after: str) -> float:
    """Return the share of pairs of letters: tells a mistyped or inflected word from another one."""
    ours, theirs = _pairs_of_letters(before), _pairs_of_letters(after)
    total = ours.total() + theirs.total()
    return 0.9 * 2 * common(ours, theirs) / total if total else float(before == after)


@lru_cache(maxsize=_CACHED)
def _pairs_of_letters(text: str) -> Counter[str]:
    folded = text.casefold()
    return Counter(map(add, folded, folded[1:]))
