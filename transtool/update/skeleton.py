"""A page as a sequence of tokens: the prose and code that have counterparts on other pages, and the lines around them.

Prose stands for what it translates, whatever it says, so that a source and its translation are sequences of the same
keys wherever they have the same structure. Everything else is compared by how it is written: link definitions,
includes, HTML, rows of dashes below a table's head, and what surrounds prose on its lines (`## `, `- `, ` | `).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

END_OF_LINE = "\n"
BLANK = "\n\n"
_BULLET = re.compile(r"^(\s*(?:>\s?)*)[-*+](\s+)(?=\S|\Z)")
_NUMBERED = re.compile(r"^(\s*(?:>\s?)*)\d+[.)](\s+)(?=\S|\Z)")
_SPACE = re.compile(r"[ \t]+")
_DASHES = re.compile(r"-{3,}")
_RULE = re.compile(r"(?=[ \t|:>]*+-)[ \t|:>-]*+\Z")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
DEFINITION = re.compile(r"[ \t>]{0,8}\[(?!\^)(?P<label>[^\[\]]+)\]:")
_ITEM, _STEP = "\ue001", "\ue002"


def defined(text: str) -> str | None:
    """Return the label that a link definition defines, as it is compared; None for anything else."""
    found = DEFINITION.match(text)
    return None if found is None else folded(found["label"])


def folded(label: str) -> str:
    """Return a label of a link as it is compared."""
    return " ".join(label.casefold().split())


class Span(NamedTuple):
    """A stretch of a page that is one token: its offsets and its key."""

    start: int
    end: int
    key: str


class Token(NamedTuple):
    """A piece of a page: offsets, what it is compared by, and whether it is a span (or a piece of the lines around)."""

    start: int
    end: int
    key: str
    is_span: bool = False


def is_neutral(key: str) -> bool:
    """Say whether a key tells nothing by itself: a line end, blank lines, the mark of a list item, a cell's border."""
    return not key.strip(f" \t\r\n>|{_ITEM}{_STEP}")


def tokens(text: str, start: int, spans: Sequence[Span]) -> list[Token]:
    """Return the tokens of `text` from offset `start` on; `spans` are in order and do not overlap."""
    found: list[Token] = []
    at, inside = start, False
    for span in spans:
        found += _around(text, at, span.start, inside=inside)
        found.append(Token(*span, is_span=True))
        at, inside = span.end, True
    found += _around(text, at, len(text), inside=inside)
    if found and (found[-1].is_span or not text.endswith(("\n", "\r"))):
        found.append(Token(len(text), len(text), END_OF_LINE))
    return [*_with_blanks_joined(found)]


def _around(text: str, start: int, end: int, *, inside: bool) -> Iterator[Token]:
    """Yield what is between two spans, line by line; `inside` says that the first line began before."""
    at = start
    while at < end:
        match = _LINE.match(text, at, end)
        assert match is not None  # noqa: S101 - an empty line matches
        stop = match.end()
        line = match[0]
        ends = line.endswith(("\n", "\r"))
        if inside:
            key = line.strip() if not ends else f"{line.strip()}{END_OF_LINE}"
            yield Token(at, stop, _SPACE.sub("", key) if "|" in key else key)
        elif ends and not line.strip():
            yield Token(at, stop, BLANK)
        else:
            yield Token(at, stop, _key(line, whole=ends or stop == len(text)))
        inside = False
        at = stop


def _key(line: str, *, whole: bool) -> str:
    line = line.rstrip() if whole else line
    if _RULE.match(line) and "|" in line:
        return _DASHES.sub("---", _SPACE.sub("", line)).strip("|")
    if not whole:
        line = _NUMBERED.sub(rf"\1{_STEP}", _BULLET.sub(rf"\1{_ITEM}", line)).rstrip()
        return _SPACE.sub("", line) if "|" in line else line
    return line


def _with_blanks_joined(found: Iterable[Token]) -> Iterator[Token]:
    for is_blank, run in groupby(found, lambda token: token.key == BLANK):
        tokens = [*run]
        yield from [Token(tokens[0].start, tokens[-1].end, BLANK)] if is_blank else tokens
