"""How large an edit is: in words, which somebody has to look at, and in letters, which tell a typo from a rewording."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from transtool.text.bounded_matcher import BoundedMatcher
from transtool.text.scripts import UNSPACED
from transtool.text.sequences import common_prefix
from transtool.text.words import bare, words

_TOKEN = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")

_LONGEST_DIFF = 4_000 * 4_000
"""Words of the one text times words of the other, beyond which the texts are not diffed: all that differs is one edit.
It bounds the time that a hostile page can take."""

_CACHED = 1 << 14
"""Pairs of texts remembered: more than the edits of all versions of a large page."""


class EditSize(NamedTuple):
    """The size of an edit in words and in characters: of each replacement, the larger side counts."""

    words: int
    characters: int


@lru_cache(maxsize=_CACHED)
def edit_size(before: str, after: str) -> EditSize:
    """Return how much differs between two wordings, not counting what `bare` leaves out (punctuation, capitals)."""
    counted = spelt = 0
    for old, new in _replacements(bare_tokens(before), bare_tokens(after)):
        counted += max(words(" ".join(old)), words(" ".join(new)))
        spelt += _letters(" ".join(old), " ".join(new))
    return EditSize(counted, spelt)


def bare_tokens(wording: str) -> list[str]:
    """Return the bare words of a wording; single characters in scripts without spaces between words."""
    return _TOKEN.findall(bare(wording))


def _replacements(before: list[str], after: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield what was replaced by what, by the diff of `difflib` (Ratcliff and Obershelp)."""
    start = common_prefix(before, after)
    old, new = before[start:], after[start:]
    kept = common_prefix(old[::-1], new[::-1])
    old, new = old[: len(old) - kept], new[: len(new) - kept]
    if len(old) * len(new) > _LONGEST_DIFF:
        yield old, new
        return
    for kind, i, i_end, j, j_end in BoundedMatcher(old, new).get_opcodes():
        if kind != "equal":
            yield old[i:i_end], new[j:j_end]


def _letters(old: str, new: str) -> int:
    """Return how many letters differ between the common start and the common end of two texts."""
    start = common_prefix(old, new)
    end = common_prefix(old[start:][::-1], new[start:][::-1])
    return max(len(old), len(new)) - start - end
