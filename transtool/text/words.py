"""The words of a text: how many there are, and what a translator translates of them."""

import re
from functools import lru_cache

from transtool.text.scripts import SOUTH_EAST_ASIAN, WIDE

LETTER = re.compile(r"[^\W_]")
"""Finds a letter or digit."""

_SPACED = re.compile(r"[^\W_]\S*")
_WIDE_RUN = re.compile(f"[{WIDE}]+")
_SYLLABIC_RUN = re.compile(f"[{SOUTH_EAST_ASIAN}]+")
_APOSTROPHES = re.compile(r"['’]")
_PUNCTUATION = re.compile(
    r"[\s!\"(),\-./:;?\[\]_`{}¡«·»¿‐-―‘“-‟…‹›⁃、。〈-』【-】〜・！（），．：；？［］｡-･।॥،؛؟۔՝՞։׃\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]+"
)
_WIDE_WORD = 2
"""Letters of a Chinese or Japanese word, on average."""

_SYLLABIC_WORD = 5
"""Letters of a Thai, Lao, Khmer or Burmese word, on average."""

_CACHED = 1 << 14
"""Texts remembered: more than the paragraphs of all versions of a large page."""


@lru_cache(maxsize=_CACHED)
def bare(wording: str) -> str:
    """Return a wording without punctuation, pictographs and the difference of capitals: what a translator translates.

    Joined and split paragraphs, a comma more or less and `GitHub` for `Github` are no reason to translate anew.
    """
    return _PUNCTUATION.sub(" ", _APOSTROPHES.sub("", wording.casefold())).strip()


@lru_cache(maxsize=_CACHED)
def words(text: str) -> int:
    """Count the words of a wording.

    Words are what white space separates, if they hold a letter or digit; Chinese and Japanese are counted as
    one word for two characters, Thai, Lao, Khmer and Burmese as one for five.
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
