"""Prose of a source that became code there by nothing but its indent: no code for the translation, which has prose."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transtool.model import SegmentKind
from transtool.segments import Segment

_MARK = re.compile(r"^[ \t]*(?:#{1,6}|[-*+]|\d+[.)])[ \t]+", re.MULTILINE)
_FEW_WORDS = 3
"""Up to so many words, code says by chance what prose said elsewhere. Set by hand."""


class Indented(NamedTuple):
    """Positions in the old source of prose that is code in the new one, and of that code."""

    old: frozenset[int]
    new: frozenset[int]


def indented(old: Sequence[Segment], new: Sequence[Segment]) -> Indented:
    """Return what of an old source's prose the new one has as code."""
    still = {_words(one.text) for one in new if one.translatable}
    there = {at: text for at, one in enumerate(old) if one.translatable and (text := _words(one.text)) not in still}
    had = {each.text for each in old if each.kind is SegmentKind.CODE}
    code = {
        at: f" {_words(one.text)} "
        for at, one in enumerate(new)
        if one.kind is SegmentKind.CODE and one.text not in had
    }
    found = [
        (was, at)
        for at, text in code.items()
        for was, said in there.items()
        if text.strip() == said or (said.count(" ") >= _FEW_WORDS and f" {said} " in text)
    ]
    return Indented(frozenset(was for was, _ in found), frozenset(at for _, at in found))


def _words(text: str) -> str:
    """Return a text without line ends and the marks of headings and list items."""
    return " ".join(_MARK.sub("", text).split())
