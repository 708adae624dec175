"""The words of a text: how many there are, which of them matter to a translator, and runs of them."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeVar

from transtool.text.scripts import SOUTH_EAST_ASIAN, WIDE

T = TypeVar("T")

LETTER = re.compile(r"[^\W_]")
"""Finds a letter or digit."""

_SPACED = re.compile(r"[^\W_]\S*")
_WIDE_RUN = re.compile(f"[{WIDE}]+")
_SYLLABIC_RUN = re.compile(f"[{SOUTH_EAST_ASIAN}]+")
_PICTOGRAPH = "\u20e3\u2600-\u27bf\ufe0e\ufe0f\U0001f000-\U0001faff\U000e0020-\U000e007f"
"""Pictographs with what selects their form: variation selectors, the frame of a key, the tags of flags. For a set of
characters in a regular expression."""

PICTOGRAPHS = re.compile(rf"[{_PICTOGRAPH}](?:\u200d?[{_PICTOGRAPH}])*")
"""Finds pictographs in a row, also such as are joined into one (U+200D)."""

_APOSTROPHES = re.compile(r"['’]")
_PUNCTUATION = re.compile(
    rf"(?:[\s!\"(),\-./:;?\[\]_`{{}}¡«·»¿‐-―‘“-‟…‹›⁃、。〈-』【-】〜・！（），．：；？［］｡-･।॥،؛؟۔՝՞։׃{_PICTOGRAPH}]"
    rf"|(?<=[{_PICTOGRAPH}])\u200d)+"
)
_WIDE_WORD = 2
"""Characters of a Chinese or Japanese word, on average. Set by hand."""

_SYLLABIC_WORD = 5
"""Characters of a Thai, Lao, Khmer or Burmese word, on average. Set by hand."""

_CACHED = 1 << 14
"""Texts remembered: more than the paragraphs of all versions of a large page."""


@lru_cache(maxsize=_CACHED)
def bare(wording: str) -> str:
    """Return a wording without punctuation and pictographs, and in lower case: what matters to a translator.

    Nobody translates a paragraph again because of a comma, or because `Github` is now spelled `GitHub`.
    """
    return _PUNCTUATION.sub(" ", _APOSTROPHES.sub("", wording.casefold())).strip()


@lru_cache(maxsize=_CACHED)
def words(text: str) -> int:
    """Count the words of a wording.

    A word is anything between white space that contains a letter or digit. Chinese and Japanese count as one word for
    every two characters; Thai, Lao, Khmer and Burmese as one for every five.
    """
    count = 0
    if not text.isascii():
        for expression, length in ((_WIDE_RUN, _WIDE_WORD), (_SYLLABIC_RUN, _SYLLABIC_WORD)):
            if not expression.search(text):
                continue
            runs = [run for run in expression.findall(text) if LETTER.search(run)]
            count += sum(-(-len(run) // length) for run in runs)
            text = expression.sub(" ", text)
    return count + len(_SPACED.findall(text))


SHINGLE = 3
"""Words of a shingle: so many in a row that two texts hardly share one by chance. Set by hand."""


def shingles(tokens: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Yield the overlapping runs of three words (w-shingling, Broder 1997; here w = 3)."""
    return zip(*(tokens[start:] for start in range(SHINGLE)), strict=False)
