"""What `update` writes for a translator: comments that are not rendered, with what the source said and what it says.

A comment is taken out again exactly as it was put in (`unmarked`), so that each run starts from the translation alone.
There are two forms. A *block* ends with its closing mark on a line of its own and has a blank line after it (at the end
of a file before it); any other comment is on lines of its own, or follows a space on the line of a text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

NAME = "transtool:"


class What(StrEnum):
    """What happened to the source."""

    NEW = "new"
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Comments:
    """How a file's dialect writes comments: their marks, and what must not be inside of them."""

    opening: str
    closing: str
    safe: Callable[[str], str]


def _without_liquid(text: str) -> str:
    """Return `text` with nothing in it that a template engine runs, even in a comment."""
    return re.sub(r"\{(?=[%{#])", r"{\\", text)


def _in_html(text: str) -> str:
    return _without_liquid(re.sub("-(?=-)", r"-\\", text))


def _in_javascript(text: str) -> str:
    return _without_liquid(text.replace("*/", r"*\/"))


HTML = Comments("<!--", "-->", _in_html)
MDX = Comments("{/*", "*/}", _in_javascript)

_OPENING = re.compile(rf"(?P<lead>^[ \t>]*+)?(?P<mark><!--|\{{/\*) {NAME} (?:new|reworded)\b", re.MULTILINE)
_CLOSING = {"<!--": "-->", "{/*": "*/}"}
_FIELD = re.compile(rf"^# {NAME} reworded\r?\n# old: [^\n]*\n# new: [^\n]*\n", re.MULTILINE)
_END = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)")
_BLANK = re.compile(r"[ \t>]*(?:\r\n|\r|\n)")
_BLANK_BEFORE = re.compile(r"(?:\r\n|\r|\n)\Z")


def comment(comments: Comments, what: What, texts: tuple[str, ...], *, block: bool) -> str:
    """Return a comment: of one text that is new, or of what was reworded, old and new. Lines end with a line feed."""
    lines = [f"{NAME} {what}"]
    if what is What.NEW:
        lines += texts
    else:
        lines += [f"old: {texts[0]}", f"new: {texts[1]}"]
    inside = "\n".join(line for text in lines for line in comments.safe(text).splitlines() if line.strip())
    return f"{comments.opening} {inside}{chr(10) if block else ' '}{comments.closing}"


def in_front_matter(old: str, new: str) -> str:
    """Return the comment above a field that was reworded, in YAML and TOML."""
    one, other = (" ".join(text.split()) for text in (old, new))
    return f"# {NAME} {What.REWORDED}\n# old: {one}\n# new: {other}\n"


def unmarked(text: str, body_start: int) -> tuple[str, int]:
    """Return the text of a file without the comments of `update`, and how many there were."""
    head, body = text[:body_start], text[body_start:]
    count = 0
    if NAME in head:
        head, count = _FIELD.subn("", head)
    at = 0
    while NAME in body and (found := _OPENING.search(body, at)) is not None:
        closing = body.find(_CLOSING[found["mark"]], found.end())
        if closing < 0:
            break
        start, end = _extent(body, found, closing + len(_CLOSING[found["mark"]]))
        body = body[:start] + body[end:]
        at = max(0, start - 1)
        count += 1
    return head + body, count


def _extent(text: str, found: re.Match[str], end: int) -> tuple[int, int]:
    """Return what goes with a comment that ends at `end`: its lines, a blank line beside a block, or a space before."""
    start = found.start("mark")
    after = _END.match(text, end)
    if found["lead"] is None or after is None:
        return start - (text[start - 1 : start] == " "), end
    start, is_last = found.start(), after.end() == len(text)
    if text[found.start("mark") : end].splitlines()[-1].lstrip(" \t>") not in ("-->", "*/}"):
        return start, after.end()
    if not is_last:
        blank = _BLANK.match(text, after.end())
        return start, after.end() if blank is None else blank.end()
    for _ in range(1 if after[0].strip(" \t") else 2):
        start -= len(before[0]) if (before := _BLANK_BEFORE.search(text, 0, start)) else 0
    return start, after.end()
