"""The old source as the translation lays it out: tags on lines of their own that the source had on those of a text.

Translators often give `{{% alert %}} Take care. {{% /alert %}}` three lines. Where the source then drops the tags, the
lines of the translation have to go: in a merge, the old source must have them as well.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from transtool.update.skeleton import BLANK, END_OF_LINE, Token

Ends = tuple[str, str]
"""The tags that a text begins and ends with."""

_VALUE = re.compile(r"\"[^\"]*\"|'[^']*'")


def laid_out(old: Sequence[Token], ours: Sequence[Token], text: str, dropped: Mapping[str, Ends]) -> list[Token]:
    """Return the tokens of an old source with the lines of tags that the translation has around its texts.

    `text` is that of the translation, `dropped` says by the keys of texts what tags the source had on their lines, and
    has no more.
    """
    places = {token.key: at for at, token in enumerate(ours) if token.key in dropped}
    found: list[Token] = []
    waiting = [*reversed(old)]
    while waiting:
        token = waiting.pop()
        at = places.get(token.key)
        head, tail = ((), ()) if at is None else _around(ours, at, text, dropped[token.key])
        found += [*_at(token.start, head), token, *_at(token.end, tail)]
        if tail and waiting and waiting[-1].key == END_OF_LINE:
            waiting.pop()
    return found


def _around(ours: Sequence[Token], at: int, text: str, tags: Ends) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return what the translation has above and below a text: lines of tags, and the blank lines between."""
    head, tail = _above(ours, at, text, tags[0]), _below(ours, at, text, tags[1])
    if (
        head
        and not tail
        and not tags[1].strip()
        and [each.key for each in ours[at + 1 : at + 3]] == [END_OF_LINE, BLANK]
    ):
        tail = ours[at + 1 : at + 3]
    return head, tail


def _at(offset: int, there: Sequence[Token]) -> Iterator[Token]:
    return (Token(offset, offset, each.key, each.is_span) for each in there)


def _above(ours: Sequence[Token], at: int, text: str, tags: str) -> Sequence[Token]:
    """Return the line of tags above a text of the translation, with the blank line after it."""
    end = at - 1 if at and ours[at - 1].key == BLANK else at
    start = end
    while start and (start == end or not _ends_line(ours[start - 1], text)):
        start -= 1
    return ours[start:at] if start < end and _is_same(text[ours[start].start : ours[end - 1].end], tags) else ()


def _below(ours: Sequence[Token], at: int, text: str, tags: str) -> Sequence[Token]:
    """Return the line of tags below a text of the translation, with what is between."""
    start = at + 1
    while start < len(ours) and ours[start].key in (END_OF_LINE, BLANK):
        start += 1
    end = start
    while end < len(ours) and (end == start or not _ends_line(ours[end - 1], text)):
        end += 1
    return ours[at + 1 : end] if start < end and _is_same(text[ours[start].start : ours[end - 1].end], tags) else ()


def _ends_line(token: Token, text: str) -> bool:
    return text[token.start : token.end].endswith(("\n", "\r"))


def _is_same(line: str, tags: str) -> bool:
    """Say whether a line is nothing but tags, whatever the values of their attributes, which may be translated."""
    return bool(tags.strip()) and _VALUE.sub('""', line).split() == _VALUE.sub('""', tags).split()
