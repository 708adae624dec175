"""How similar two texts of one language are, by the words they share."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import add

from transtool.text.scripts import UNSPACED_LETTER

_WORD = re.compile(r"[^\W_]+")

_CACHED = 1 << 14
"""Texts remembered: more than the paragraphs of all versions of a large page."""

_LONGEST_WEIGHT = 8
"""Letters beyond which a word weighs no more: a long word says more than an article, but not without limit.
Set by hand."""

SHORT = 60
"""Characters. Two texts that are shorter than this on average are compared by pairs of letters too, because they have
too few words to share. Set by hand."""

_LETTERS_COUNT = 0.9
"""What the similarity by letters is multiplied with, so that the same words in another order still beat it.
Set by hand."""


@lru_cache(maxsize=_CACHED)
def similarity(before: str, after: str) -> float:
    """Return how similar two texts are, 0 to 1: the Sørensen–Dice coefficient of their words, weighted by length.

    For two short texts it is at least nine tenths of the coefficient of their pairs of letters (Dice's bigrams).
    """
    (ours, our_total), (theirs, their_total) = word_weights(before), word_weights(after)
    total = our_total + their_total
    share = 2 * common_weight(ours, theirs) / total if total else float(before == after)
    return max(share, _bigram_similarity(before, after)) if len(before) + len(after) < 2 * SHORT else share


@lru_cache(maxsize=_CACHED)
def word_weights(text: str) -> tuple[Mapping[str, int], int]:
    """Return what each word of a text weighs (its letters, at most eight, times how often it occurs), and the total."""
    weights = {word: min(len(word), _LONGEST_WEIGHT) * count for word, count in _word_counts(text).items()}
    return weights, sum(weights.values())


def common_weight(ours: Mapping[str, int], theirs: Mapping[str, int]) -> int:
    """Return the weight of what two texts have in common, from the weights of their words."""
    both = ours.keys() & theirs.keys()
    return sum([min(ours[word], theirs[word]) for word in both]) if both else 0


def common_weights(texts: Sequence[str], first: int = 0) -> Callable[[str], Mapping[int, int]]:
    """Return what gives the `common_weight` of a text with each of `texts`, numbered from `first`, if there is any.

    One pass through the words of the text, by an index of the words of all `texts`, stands for one comparison with
    each of them.
    """
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, text in enumerate(texts, first):
        for word, weight in word_weights(text)[0].items():
            places[word].append((number, weight))

    def common(text: str) -> Mapping[int, int]:
        found: dict[int, int] = defaultdict(int)
        for word, weight in word_weights(text)[0].items():
            for number, other in places.get(word, ()):
                found[number] += weight if weight < other else other  # noqa: FURB136 - twice as fast as min()
        return found

    return common


def may_be_similar(text: str, vocabulary: Mapping[str, int], least: float) -> bool:
    """Say whether `text` could have a similarity of more than `least` to some text made of the words of `vocabulary`.

    `vocabulary` holds the weights of words. The answer is an upper bound: only a `False` is certain.
    """
    weights, total = word_weights(text)
    return len(text) < 2 * SHORT or 2 * common_weight(weights, vocabulary) > least * total


@lru_cache(maxsize=_CACHED)
def without_spaces(text: str) -> str:
    """Return a text without its spaces: the same before and after a paragraph was split or paragraphs were joined."""
    return text.replace(" ", "")


def _word_counts(text: str) -> Counter[str]:
    """Count the words of a text, case folded; pairs of letters where words are not separated by spaces."""
    words = _WORD.findall(text.casefold())
    if not UNSPACED_LETTER.search(text):
        return Counter(words)
    counts: Counter[str] = Counter()
    for word in words:
        if len(word) > 2 and UNSPACED_LETTER.search(word):
            counts.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            counts[word] += 1
    return counts


def _bigram_similarity(before: str, after: str) -> float:
    """Return the share of common pairs of letters: it tells a mistyped or inflected word from another one."""
    ours, theirs = _bigrams(before), _bigrams(after)
    total = len(ours) + len(theirs)
    return _LETTERS_COUNT * 2 * len(ours & theirs) / total if total else float(before == after)


@lru_cache(maxsize=_CACHED)
def _bigrams(text: str) -> frozenset[str | tuple[str, int]]:
    """Return the pairs of letters of a text, those that occur again with how often they did before."""
    folded = text.casefold()
    pairs = [*map(add, folded, folded[1:])]
    once = frozenset(pairs)
    if len(once) == len(pairs):
        return once
    seen: Counter[str] = Counter()
    again: set[tuple[str, int]] = set()
    for pair in pairs:
        if seen[pair]:
            again.add((pair, seen[pair]))
        seen[pair] += 1
    return once | again
