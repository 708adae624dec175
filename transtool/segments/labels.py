"""Labels: prose that stands inside of markup, as the title of a box or an attribute of a component.

Each is a segment of its own, and can be written anew where it stands: what would end it there is escaped, and refused
where there is no way to escape it.
"""

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from transtool.errors import N_, EditRefused, Message, Problem
from transtool.segments.views import NO_PROSE, has_words


class Quoting(IntEnum):
    """How a label is kept apart from the markup around it: the `level` of its segment."""

    LINE = 0
    """It goes to the end of its line, or to the attributes there."""
    BRACKETS = 1
    """`[Title]`"""
    QUOTES = 2
    """It goes to the last quotation mark of its line."""
    ENTITIES = 3
    """An attribute of HTML or JSX: a quotation mark is written as an entity."""
    BACKSLASHES = 4
    """A parameter of Liquid or of a shortcode."""
    STRING = 5
    """A string of JavaScript: the same, and on one line."""
    TEMPLATE = 6
    """A template of JavaScript: as in the last but one, and `${` is escaped too."""
    RAW = 7
    """A raw string of Hugo: no backquote can stand in it."""


class Label(NamedTuple):
    """Where a label stands in the text that was searched."""

    start: int
    end: int
    quoting: Quoting


_VALUE = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+|/\*(?:[^*]++|\*(?!/))*+"
    r"|(?:(?<![\w:@.-])(?P<name>[A-Za-z_][\w@.-]*+(?::[\w@.-]++)*+)\s*+(?:(?P<key>:)|=)\s*+(?P<brace>\{\s*+)?)?"
    r"(?P<quote>[\"'`])"
)
_ENDS = {
    (quoting, quote): re.compile(rf"(?:[^{quote}\\{line}]++|\\.)*+", re.DOTALL)
    for quoting, line in ((Quoting.BACKSLASHES, ""), (Quoting.STRING, r"\n"), (Quoting.TEMPLATE, ""))
    for quote in "\"'`"
}
_NO_PROSE = re.compile(NO_PROSE)
# What is escaped already, and what has to be: a last backslash, and what ends the value.
_ESCAPED = {
    end: re.compile(rf"\\.|\\\Z|{mark}", re.DOTALL)
    for end, mark in (('"', '"'), ("'", "'"), ("`", "`"), ("${", r"`|\$(?=\{)"))
}
_ENTITIES = {'"': "&quot;", "'": "&#39;"}


def find(text: str, names: tuple[str, ...], *, liquid: bool) -> Iterator[Label]:
    """Yield the values of the attributes called `names` (in lower case) that hold prose, of all tags in `text`.

    With `liquid` these are Liquid or shortcodes of Hugo, without it HTML or JSX (with the keys of objects in it).
    """
    position, hopeless = 0, dict[tuple[Quoting, str], int]()
    while (match := _VALUE.search(text, position)) is not None:
        position = match.end()
        if not match["quote"]:
            continue
        quoting = _quoting(match, liquid)
        end = _end(text, position, match["quote"], quoting, hopeless)
        if end < 0:
            continue  # an apostrophe
        if match["name"] and match["name"].lower() in names and _is_prose(text[position:end], quoting):
            yield Label(position, end, quoting)
        position = end + 1


def _quoting(match: re.Match[str], liquid: bool) -> Quoting:
    if match["quote"] == "`":
        return Quoting.RAW if liquid else Quoting.TEMPLATE
    if liquid:
        return Quoting.BACKSLASHES
    return Quoting.STRING if match["brace"] or match["key"] or not match["name"] else Quoting.ENTITIES


def _end(text: str, start: int, quote: str, quoting: Quoting, hopeless: dict[tuple[Quoting, str], int]) -> int:
    """Return where the value ends that starts at `start`, -1 where it does not end.

    How far one was looked for in vain is in `hopeless`: before that, no other one ends.
    """
    if start < hopeless.get((quoting, quote), 0):
        return -1
    if quoting in (Quoting.ENTITIES, Quoting.RAW):
        end = text.find(quote, start)
        stop = len(text) if end < 0 else end
    else:
        match = _ENDS[quoting, quote].match(text, start)
        stop = start if match is None else match.end()
        end = stop if text.startswith(quote, stop) else -1
    if end < 0:
        hopeless[quoting, quote] = stop
    return end


def _is_prose(value: str, quoting: Quoting) -> bool:
    if quoting is Quoting.TEMPLATE and "${" in value:
        return False
    return _NO_PROSE.fullmatch(value.strip()) is None and has_words(value)


def written(new: str, quoting: int, quote: str) -> str:
    """Return `new` as it is written in the place of a label that begins behind the character `quote`.

    What is escaped already stays as it is. Raises EditRefused for what cannot be written there.
    """
    lines = "\n" in new or "\r" in new
    match quoting:
        case Quoting.ENTITIES:
            return new.replace(quote, _ENTITIES[quote])
        case Quoting.BACKSLASHES | Quoting.STRING | Quoting.TEMPLATE:
            marks = _ESCAPED["${" if quoting == Quoting.TEMPLATE else quote]
            unfit, new = lines and quoting == Quoting.STRING, marks.sub(_escaped, new)
        case Quoting.RAW:
            unfit = quote in new
        case Quoting.BRACKETS:
            unfit = lines or not _is_balanced(new)
        case _:
            unfit = lines or not new.strip()
    if unfit:
        raise EditRefused(Problem(message=Message(N_("this text cannot be written there: {value}"), {"value": new})))
    return new


def _escaped(match: re.Match[str]) -> str:
    return match[0] if len(match[0]) == 2 else "\\" + match[0]


def _is_balanced(text: str) -> bool:
    depth = 0
    for mark in re.findall(r"\\.|[\[\]]", text):
        depth += (mark == "[") - (mark == "]")
        if depth < 0:
            return False
    return depth == 0
