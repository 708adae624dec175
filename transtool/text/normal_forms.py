"""Unicode's normal forms, in a time that grows with the text.

The marks that follow a letter are sorted one by one, so that a hundred thousand of them take minutes. No language
stacks more than a few; Unicode's own Stream-Safe Text Process (UAX #15, section 13) allows 30, and so does this.
"""

import unicodedata
from collections.abc import Iterator
from typing import Literal

_STACKED = 30
"""Marks in a row that are sorted together, as in Unicode's Stream-Safe Text Format."""

_SHORT = 2_000
"""Characters whose marks may all be sorted at once: that takes a few milliseconds at worst."""

_MARKS_IN_DISGUISE = "\u0f73\u0f75\u0f81"
"""Tibetan vowel signs that count as letters, but are taken apart into marks only."""


def normalized(form: Literal["NFC", "NFKD"], text: str) -> str:
    """Return `text` in a normal form; of more than 30 marks in a row, each 30 are sorted by themselves."""
    if len(text) <= _SHORT or unicodedata.is_normalized(form, text):
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, piece) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    """Give `text` in pieces, cut only where too many marks stand in a row."""
    start = stacked = 0
    for at, character in enumerate(text, 1):
        is_mark = unicodedata.combining(character) or character in _MARKS_IN_DISGUISE
        stacked = stacked + 1 if is_mark else 0
        if stacked == _STACKED:
            yield text[start:at]
            start, stacked = at, 0
    yield text[start:]
