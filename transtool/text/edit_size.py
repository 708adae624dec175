"""How much of a text changed: the words somebody has to look at, and the letters, to tell a typo from a rewording."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from transtool.text.scripts import UNSPACED
from transtool.text.words import bare, words

_PIECE = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")

_MANY = 4_000
_CACHED = 1 << 14


class Amount(NamedTuple):
    """The size of an edit: words and characters of the greater one of what went and what came, added up."""

    words: int
    characters: int


@lru_cache(maxsize=_CACHED)
def amount(before: str, after: str) -> Amount:
    """Return how much differs between two wordings of one text, in what `bare` leaves of them."""
    counted = spelt = 0
    for old, new in _differences(pieces(before), pieces(after)):
        counted += max(words(" ".join(old)), words(" ".join(new)))
        spelt += _letters(" ".join(old), " ".join(new))
    return Amount(counted, spelt)


def pieces(wording: str) -> list[str]:
    """Return the bare words of a wording, one by one; single characters where there are no spaces."""
    return _PIECE.findall(bare(wording))


def _differences(before: list[str], after: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    start = shared(before, after)
    old, new = before[start:], after[start:]
    kept = shared(old[::-1], new[::-1])
    old, new = old[: len(old) - kept], new[: len(new) - kept]
    if len(old) * len(new) > _MANY * _MANY:
        yield old, new
        return
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield old[i:i_end], new[j:j_end]


def _letters(old: str, new: str) -> int:
    start = shared(old, new)
    end = shared(old[start:][::-1], new[start:][::-1])
    return max(len(old), len(new)) - start - end


def shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items two sequences have in common at their start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
