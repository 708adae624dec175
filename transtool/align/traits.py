"""What a segment can be recognised by: in another language, or after it was edited in its own."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from operator import add

from transtool.segments.views import markup_of, wording_of

_CACHED = 1 << 14
_PREFIX = 6
_LONG_WORD = 8
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LANGUAGE_PART = re.compile(r"(?<=/)[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?=/|$)")
_TOKEN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

STRONG = ("u", "n", "c")
"""The sorts of anchors (targets, numbers, code) that a translation hardly ever lacks."""


@lru_cache(maxsize=_CACHED)
def anchors(text: str) -> frozenset[str]:
    """Return what the raw `text` of a segment shares with a translation of it.

    Targets (`u:`), numbers (`n:`), code spans (`c:`) and words (`w:`, their first six letters, because names and
    many terms keep those); a translation into another script keeps those that are in Latin letters.
    """
    said = wording_of(text)
    found = {"n:" + _digits(number) for number in _NUMBER.findall(said)}
    found.update("w:" + word[:_PREFIX] for word in _WORD.findall(_folded(said)))
    if "`" in text:
        found.update("c:" + code.strip() for _, code in _CODE.findall(text))
    found.update("u:" + _LANGUAGE_PART.sub("", part) for part in markup_of(text))
    return frozenset(found)


@lru_cache(maxsize=_CACHED)
def tokens(said: str) -> Counter[str]:
    """Return the words of a wording, case folded, with their counts; pairs of letters where there are no spaces."""
    words = _TOKEN.findall(said.casefold())
    if not _UNSPACED.search(said):
        return Counter(words)
    counts: Counter[str] = Counter()
    for word in words:
        if len(word) > 2 and _UNSPACED.search(word):
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


def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(each)) for each in number if each.isdecimal())


def _folded(text: str) -> str:
    """Return `text` in lower case and without accents."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
