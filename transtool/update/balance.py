"""Which tags, shortcodes and directives of a text are left open, so that an update opens and closes both or neither."""

import re
from collections import Counter
from collections.abc import Iterable

_MARK = re.compile(
    r"\{\{[<%]-?\s*+(?P<ends>/?)\s*+(?P<code>[\w./-]++)(?P<arguments>[^{}]*+)\}\}"
    r"|\{%-?\s*+(?P<end>end)?(?P<tag>\w++)[^{}]*+\}"
    r"|<(?P<closes>/?)(?P<name>[A-Za-z][\w.:-]*+)(?P<attributes>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>"
    r"|^[ \t>]*+(?P<colons>:{3,}+|/{3,}+)[ \t]*+(?P<said>[\w\[{])?",
    re.MULTILINE,
)
_DELIMITERS = (("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"))


def opened(text: str) -> Counter[str]:
    """Return by name how many more times something is opened in `text` than closed."""
    found: Counter[str] = Counter()
    for mark in _MARK.finditer(text):
        if mark["code"]:
            is_void = mark["arguments"].rstrip(" \n->%").endswith("/")
            found["{{" + mark["code"]] += -1 if mark["ends"] else 0 if is_void else 1
        elif mark["tag"]:
            found["{%" + mark["tag"]] += -1 if mark["end"] else 1
        elif mark["name"]:
            found["<" + mark["name"]] += -1 if mark["closes"] else 0 if mark["attributes"].endswith("/") else 1
        else:
            found[mark["colons"][0] * 3] += 1 if mark["said"] else -1
    for begins, ends in _DELIMITERS:
        found[begins] += text.count(begins) - text.count(ends)
    return found


def closed(texts: Iterable[str]) -> frozenset[str]:
    """Return the names of all that is closed anywhere in some texts: what is never closed need not be."""
    names: set[str] = set()
    for text in texts:
        for mark in _MARK.finditer(text):
            if mark["ends"]:
                names.add("{{" + mark["code"])
            elif mark["end"]:
                names.add("{%" + mark["tag"])
            elif mark["closes"]:
                names.add("<" + mark["name"])
            elif mark["colons"]:
                names.add(mark["colons"][0] * 3)
    return frozenset(names) | {begins for begins, _ in _DELIMITERS}


def is_in_tag(text: str, offset: int) -> bool:
    """Say whether an offset is between the brackets of a tag that began before it, and after the last blank line."""
    start = text.rfind("<", max(0, text.rfind("\n\n", 0, offset)), offset)
    while start >= 0 and not text[start + 1 : start + 2].isalpha():
        start = text.rfind("<", max(0, text.rfind("\n\n", 0, start)), start)
    return start >= 0 and ">" not in text[start:offset]
