"""How deeply a text of TOML or JSON is nested, found before a reader that calls itself is let loose on it.

`tomllib` and `json` call themselves for every bracket, and `tomllib` compares every prefix of a dotted key: a small
file of brackets overflows the stack, one of dots takes minutes. Neither has a limit of its own.
"""

import re

DEEPEST = 64
"""Brackets inside brackets, and parts of a dotted key, that are read. Nobody writes ten."""

# Texts and comments are passed over whole. One that is not closed is passed over to where the reader will stop, or to
# the end: the reader refuses it in any case.
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\.|"(?!""))*+(?:"{3,5}+|\Z)'
    r"|'''(?:[^']++|'(?!''))*+(?:'{3,5}+|\Z)"
    r'|"(?:[^"\\\n]++|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+"
    r"|(?P<sign>[\[\]{}.,=\n])",
    re.DOTALL,
)


def is_too_deep(text: str) -> bool:
    """Tell whether brackets, or the parts of a key, go deeper in `text` (TOML or JSON) than anybody means them to."""
    depth = dots = 0
    for found in _TOKEN.finditer(text):
        sign = found["sign"]
        if sign is None:
            continue
        dots = dots + 1 if sign == "." else 0
        depth += (sign in "[{") - (sign in "]}")
        if depth > DEEPEST or dots > DEEPEST:
            return True
        depth = max(depth, 0)
    return False
