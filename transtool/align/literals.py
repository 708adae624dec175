"""Literals: names, numbers, code and link targets, which a translation has in common with its source to the letter.

`anchors` are what the aligner compares. The other functions ask what literals say about an edit: whether the
translation took over those that came into the source, and dropped those that went.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from sys import intern

from transtool.segments.views import markup_of, wording_of
from transtool.text.normal_forms import normalized
from transtool.text.scripts import UNSPACED_LETTER

_CACHED = 1 << 14
"""Texts remembered: more than the paragraphs of all versions of a large page."""

_MOSTLY = 0.8
"""The share of Latin letters above which a text is in a language written in them. Set by hand."""

_LITERAL = re.compile(r"[@#]?[A-Za-z0-9](?:[\w./+#-]*[\w+#])?", re.ASCII)
_DIGITS = "0123456789"
_TELLING = re.compile(r"[@\d/_]|[a-z][A-Z]|\A[A-Z].{3}")
_LATIN = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]+")


def followed_by_literals(source: tuple[str, str], translation: tuple[str, str]) -> bool | None:
    """Say by literals whether the edit of a translation (before, after) followed that of its source; None: unclear."""
    then, now, old, new = (_literals(text) for text in (*source, *translation))
    came, gone = _telling(now - then, translation[1]), _telling(then - now, translation[1])
    if came & (new - old) or gone & (old - new):
        return True
    if gone & new or any(each[0] == "@" or each.isdigit() for each in came - new):
        return False
    return None


def version_by_literals(then: str, now: str, translation: str) -> int:
    """Say by its literals whether `translation` translates `now` (1) or `then` (-1) of its source; 0: unclear."""
    came, gone = _literals(now) - _literals(then), _literals(then) - _literals(now)
    there = _telling(_literals(translation), translation)
    return bool(came & there) - bool(gone & there)


def version_by_missing_numbers(then: str, now: str, translation: str) -> int:
    """Say by the numbers it lacks whether `translation` translates `now` (1) or `then` (-1); 0: unclear."""
    before, after, there = (_numbers(text) for text in (then, now, translation))
    return bool(before - after - there) - bool(after - before - there)


def numbers_differ(source: str, translation: str) -> bool:
    """Say whether either text has a number that the other lacks, so that one cannot translate the other."""
    return bool(_numbers(source) ^ _numbers(translation))


def shared_literals(source: str, translation: str) -> frozenset[str]:
    """Return the names, numbers and code that both texts have."""
    return _telling(_literals(source) & _literals(translation), translation)


def _telling(literals: frozenset[str], translation: str) -> frozenset[str]:
    """Return those of `literals` that cannot be ordinary words of the language of `translation`."""
    return frozenset(filter(_TELLING.search, literals)) if _is_latin(translation) else literals


def _numbers(text: str) -> frozenset[str]:
    return frozenset(each for each in _literals(text) if each.isdigit())


@lru_cache(maxsize=_CACHED)
def _literals(text: str) -> frozenset[str]:
    found = frozenset(_LITERAL.findall(with_ascii_digits(text)))
    if not UNSPACED_LETTER.search(text):
        return found
    # Where there are no spaces, a number may directly follow or precede a name.
    return found.union(filter(None, (part for each in found for part in _without_numbers_around(each))))


def _without_numbers_around(text: str) -> tuple[str, str, str]:
    """Return the digits that `text` begins with, what follows them, and the digits that it ends with."""
    behind = text.lstrip(_DIGITS)
    between = behind.rstrip(_DIGITS)
    return text[: len(text) - len(behind)], between, behind[len(between) :]


@lru_cache(maxsize=_CACHED)
def _is_latin(text: str) -> bool:
    """Say whether a text is written in Latin letters; names and code in it do not make it so."""
    latin = len("".join(_LATIN.findall(text)))
    return latin > 0 and (
        text.isascii() or latin > _MOSTLY * len(text) or latin > _MOSTLY * sum(map(str.isalpha, text))
    )


_PREFIX = 6
"""Letters at the start of a word that are compared, since names and many terms keep those in another language.
Set by hand."""

_TICKS = re.compile("`+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_WORD = re.compile(rf"([^\W\d_]{{3,{_PREFIX}}})[^\W\d_]*+")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_LANGUAGE_PART = re.compile(r"(?<=/)[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?(?=/|$)")
STRONG = ("u", "n", "c")
"""The sorts of anchors (targets, numbers, code) that a translation hardly ever lacks."""


@lru_cache(maxsize=_CACHED)
def anchors(text: str) -> tuple[str, ...]:
    """Return what the raw `text` of a segment may have in common with a translation of it.

    These are the strong anchors and the first six letters of words (`w:`). A translation into another script shares
    only the words that it leaves in Latin letters.
    """
    words = map("w:".__add__, _WORD.findall(_folded(wording_of(text))))
    # The same few words stand in many segments: each is kept once.
    return (*strong_anchors(text), *map(intern, set(words)))


@lru_cache(maxsize=_CACHED)
def strong_anchors(text: str) -> frozenset[str]:
    """Return the link targets (`u:`), numbers (`n:`) and code spans (`c:`) of the raw `text` of a segment."""
    found = {"n:" + _digits(number) for number in _NUMBER.findall(wording_of(text))}
    if "`" in text:
        found.update("c:" + code.strip() for code in _code(text))
    found.update("u:" + _LANGUAGE_PART.sub("", part) for part in markup_of(text))
    return frozenset(map(intern, found))


def _code(text: str) -> Iterator[str]:
    """Give the insides of the code spans of `text`: from as many backticks to the next as many."""
    marks = [mark.span() for mark in _TICKS.finditer(text)]
    following: list[int | None] = []
    seen: dict[int, int] = {}
    for at in range(len(marks) - 1, -1, -1):
        start, end = marks[at]
        following.append(seen.get(end - start))
        seen[end - start] = at
    following.reverse()
    at = 0
    while at < len(marks):
        closing = following[at]
        if closing is not None:
            yield text[marks[at][1] : marks[closing][0]]
        at = (at if closing is None else closing) + 1


def with_ascii_digits(text: str) -> str:
    """Return `text` with the decimal digits of every script (Arabic, Bengali, Devanagari …) as 0 to 9."""
    return text if text.isascii() else _OTHER_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), text)


def _digits(number: str) -> str:
    """Return only the digits of a number, so that `1,000` equals `1.000`."""
    return "".join(filter(str.isdecimal, with_ascii_digits(number)))


def _folded(text: str) -> str:
    """Return `text` in lower case and without accents."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", normalized("NFKD", text.casefold()))
