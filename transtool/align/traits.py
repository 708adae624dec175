"""What a segment can be recognised by: in another language, or after it was edited in its own."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from transtool.views import markup_of, wording_of

_CACHED = 1 << 16
_PREFIX = 6
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LANGUAGE_PART = re.compile(r"(?<=/)[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?=/|$)")
_TOKEN = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

STRONG = ("k", "u", "n", "c")
"""The sorts of anchors (known pairs, targets, numbers, code) that a translation hardly ever lacks."""


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
    counts: Counter[str] = Counter()
    for word in _TOKEN.findall(said.casefold()):
        if len(word) > 2 and _UNSPACED.search(word):
            counts.update(word[at : at + 2] for at in range(len(word) - 1))
        else:
            counts[word] += 1
    return counts


@lru_cache(maxsize=_CACHED)
def squeezed(said: str) -> str:
    """Return a wording without white space: equal before and after paragraphs are split or joined."""
    return said.replace(" ", "")


@lru_cache(maxsize=_CACHED)
def likeness(before: str, after: str) -> float:
    """Return how alike two wordings of one language are, 0 to 1: the share of their words, long ones weighing more."""
    ours, theirs = tokens(before), tokens(after)
    if len(theirs) < len(ours):
        ours, theirs = theirs, ours
    common = total = 0
    for word, count in ours.items():
        weight = min(len(word), 8)
        total += weight * count
        common += weight * min(count, theirs.get(word, 0))
    total += sum(min(len(word), 8) * count for word, count in theirs.items())
    share = 2 * common / total if total else float(before == after)
    return max(share, _letters_alike(before, after)) if len(before) + len(after) < 2 * _SHORT else share


_SHORT = 60


def _letters_alike(before: str, after: str) -> float:
    """Return the share of pairs of letters: tells a mistyped or inflected word from another one."""
    ours, theirs = (
        Counter(text[at : at + 2] for at in range(len(text) - 1)) for text in (before.casefold(), after.casefold())
    )
    total = ours.total() + theirs.total()
    return 0.9 * 2 * (ours & theirs).total() / total if total else float(before == after)


def _digits(number: str) -> str:
    return "".join(str(unicodedata.decimal(each)) for each in number if each.isdecimal())


def _folded(text: str) -> str:
    """Return `text` in lower case and without accents."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
