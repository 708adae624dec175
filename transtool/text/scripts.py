"""Which characters belong to scripts that are written without spaces between words: the one table of them.

Each name is the inside of a character class of a regular expression.
"""

import re

IDEOGRAPHIC = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
"""The letters of Chinese and Japanese: ideographs and kana. Lines may be broken between any two of them."""

WIDE = f"\u2e80-\u2fdf\u3000-\u3004\u3008-\u303f\u3100-\u312f\uff00-\uff65{IDEOGRAPHIC}"
"""The same with their punctuation, radicals and full-width forms: a line break between two of them is no space."""

SOUTH_EAST_ASIAN = "\u0e00-\u109f\u1780-\u17ff"
"""Thai, Lao, Tibetan, Burmese and Khmer: spaces part phrases, words of several letters follow each other directly."""

UNSPACED = SOUTH_EAST_ASIAN + IDEOGRAPHIC
"""The letters of all scripts without spaces between words. Korean is not among them: it has spaces."""

UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")
"""Finds a letter of a script without spaces between words."""

_NEVER_FIRST = "、。，．・：；？！ー々ゝゞヽヾ〜～）］｝〕〉》」』】ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
_NEVER_LAST = "（［｛〔〈《「『【"

BETWEEN_LETTERS = re.compile(f"(?<=[{WIDE}])(?<![{_NEVER_LAST}])(?=[{WIDE}0-9A-Za-z])(?![{_NEVER_FIRST}])")
"""Finds where a line of Chinese or Japanese may be broken: between any two letters, but not before what closes or goes
on, nor after an opening."""
