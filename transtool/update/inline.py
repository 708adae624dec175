"""Carry a change of links, code, attributes and numbers into the translation of the same sentence.

A three-way merge of what a text holds besides words: where the source replaced one of its *pieces* by another, and the
translation still has the old one, it gets the new one. Nothing is replaced by its looks alone: a piece that the source
has several times, and changed in one place, is replaced only where the translation has the same pieces in the same
order.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from transtool.align.literals import with_ascii_digits
from transtool.segments.views import inline_markup, wording_of
from transtool.update.model import SamePlural, Why

_NUMBER = re.compile(r"\d++(?:[.,:]\d++)*+")
_DESTINATION = re.compile(r"\]\(\s*+<?([^\s<>)]*)")
_EMPHASIS = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?P<inside>(?! )[^*_]++)(?<! )(?P=mark)")
"""A text that is emphasised as a whole."""
_TAG = re.compile(r"<[^<>]*+>")
_HOLD = "\ue000"
"""Stands for a number or code in a text that is compared without them: a private character, which no text holds."""
_WORD = re.compile(rf"[^\W_]+|{_HOLD}")


class Sort(StrEnum):
    """What a piece is."""

    TARGET = "target"
    CODE = "code"
    NUMBER = "number"
    MARKUP = "markup"


class Piece(NamedTuple):
    """A piece of a text: its sort and offsets; `text` is what it is compared by."""

    sort: Sort
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Carried:
    """The translation with what the source changed (the same text where it has that already), or why not."""

    text: str
    sorts: frozenset[Sort] = frozenset()
    why: Why | None = None


def carry(old: str, new: str, translation: str, same_plural: SamePlural, *, settled: bool = False) -> Carried:
    """Return `translation` of the raw text `old` with what changed in it besides words, now that it is `new`.

    `settled` says that nothing in it is for a translator; then neither punctuation counts as words, nor capitals.
    """
    frames = _frame(old), _frame(new)
    if frames[0] != frames[1] and not (settled and _bare(frames[0]) == _bare(frames[1])):
        return Carried(translation, why=Why.REWORDED)
    marks = [_EMPHASIS.fullmatch(text) for text in (old, new, translation)]
    if marks[0] is not None and marks[2] is not None and marks[0]["mark"] == marks[2]["mark"]:
        mark = "" if marks[1] is None else marks[1]["mark"]
        if mark != marks[0]["mark"]:
            now = new if marks[1] is None else marks[1]["inside"]
            inner = carry(marks[0]["inside"], now, marks[2]["inside"], same_plural, settled=settled)
            text = translation if inner.why else f"{mark}{inner.text}{mark}"
            return Carried(text, inner.sorts | {Sort.MARKUP}, inner.why)
    ours, theirs, there = without_ends(old), without_ends(new), without_ends(translation)
    body = _replaced(ours[1], theirs[1], there[1], same_plural)
    if body.why is not None:
        return Carried(translation, why=body.why)
    ends = [_end(ours[at], theirs[at], there[at]) for at in (0, 2)]
    if None in ends:
        return Carried(translation, why=Why.OWN)
    moved = frozenset([Sort.MARKUP]) if ends != [there[0], there[2]] else frozenset()
    return Carried(f"{ends[0]}{body.text}{ends[1]}", body.sorts | moved)


def _end(old: str, new: str, translation: str) -> str | None:
    """Return what the translation gets at its beginning or end, None where it has something of its own there."""
    if old.strip() == new.strip() or translation.strip() == new.strip():
        return translation
    if translation.strip() != old.strip():
        return None
    # The translation may have on one line what the source has on two.
    new = _TAG.sub(lambda tag: " ".join(tag[0].split()), new)
    return translation.replace(old.strip(), new.strip()) if old.strip() and new.strip() else new


def without_ends(text: str) -> tuple[str, str, str]:
    """Return the pieces that `text` begins with, what is between, and those that it ends with."""
    found = [(start, end) for sort, start, end in inline_markup(text) if sort in ("liquid", "attributes", "tag")]
    begin, stop = 0, len(text)
    for start, end in found:
        if text[begin:start].strip():
            break
        begin = end
    for start, end in reversed(found):
        if start < begin or text[end:stop].strip():
            break
        stop = start
    begin += len(text[begin:stop]) - len(text[begin:stop].lstrip()) if begin else 0
    stop -= len(text[begin:stop]) - len(text[begin:stop].rstrip()) if stop < len(text) else 0
    return text[:begin], text[begin:stop], text[stop:]


def _replaced(old: str, new: str, translation: str, same_plural: SamePlural) -> Carried:
    ours, theirs, there = [*_pieces(old)], [*_pieces(new)], [*_pieces(translation)]
    if [each.sort for each in ours] != [each.sort for each in theirs]:
        return Carried(translation, why=Why.OWN)
    splices: list[tuple[Piece, str]] = []
    sorts: set[Sort] = set()
    for sort in Sort:
        before, after, present = ([each for each in side if each.sort is sort] for side in (ours, theirs, there))
        if [each.text for each in before] == [each.text for each in after]:
            continue
        found = _splices(before, after, present)
        if found is None:
            return Carried(translation, why=Why.OWN)
        if sort is Sort.NUMBER and not all(same_plural(piece.text, text) for piece, text in found):
            return Carried(translation, why=Why.FORM)
        splices += found
        sorts |= {sort} if found else set()
    for piece, text in sorted(splices, key=lambda each: each[0].start, reverse=True):
        written = _in_digits_of(translation[piece.start : piece.end], text)
        translation = translation[: piece.start] + written + translation[piece.end :]
    return Carried(translation, frozenset(sorts))


def _splices(old: Sequence[Piece], new: Sequence[Piece], there: Sequence[Piece]) -> list[tuple[Piece, str]] | None:
    """Return which pieces of the translation become what; None where that is not certain."""
    before, after, present = ([each.text for each in side] for side in (old, new, there))
    if present == after or Counter(present) == Counter(after) != Counter(before):
        return []
    if present == before:
        pairs = zip(there, after, strict=True)
        return [(piece, text) for piece, text in pairs if piece.text != text]
    changed = {(a, b) for a, b in zip(before, after, strict=True) if a != b}
    gone, came = {a for a, _ in changed}, {b for _, b in changed}
    kept = {a for a, b in zip(before, after, strict=True) if a == b}
    if len(gone) < len(changed) or gone & (came | kept):
        return None
    counts, wanted = Counter(present), Counter(before)
    if any(counts[text] not in (0, wanted[text]) for text in gone):
        return None
    if any(counts[a] == 0 and counts[b] < Counter(after)[b] for a, b in changed):
        return None
    becomes = dict(changed)
    return [(piece, becomes[piece.text]) for piece in there if piece.text in becomes]


def _pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text, in order."""
    done = 0
    for sort, start, end in inline_markup(text):
        yield from _numbers(text, done, start)
        done = end
        if sort == "target":
            found = _DESTINATION.match(text, start)
            if found is not None:
                yield Piece(Sort.TARGET, *found.span(1), found[1])
        elif sort in ("autolink", "address"):
            begin, stop = (start + 1, end - 1) if sort == "autolink" else (start, end)
            yield Piece(Sort.TARGET, begin, stop, text[begin:stop])
        elif sort == "code":
            yield Piece(Sort.CODE, start, end, " ".join(text[start:end].split()))
        elif text[start:end] != "][]" and (sort == "reference" or not text.startswith(("</", "<!--"), start)):
            yield Piece(Sort.MARKUP, start, end, " ".join(text[start:end].split()))
    yield from _numbers(text, done, len(text))


def _numbers(text: str, start: int, end: int) -> Iterator[Piece]:
    for found in _NUMBER.finditer(text, start, end):
        yield Piece(Sort.NUMBER, found.start(), found.end(), with_ascii_digits(found[0]))


def _frame(text: str) -> str:
    """Return what `text` says without its numbers, its code and the pieces at its ends."""
    text = without_ends(text)[1]
    for piece in reversed([*_pieces(text)]):
        if piece.sort in (Sort.CODE, Sort.NUMBER):
            text = text[: piece.start] + _HOLD + text[piece.end :]
    return wording_of(text)


def _bare(frame: str) -> list[str]:
    return _WORD.findall(frame.casefold())


def _in_digits_of(model: str, number: str) -> str:
    """Return `number` in the digits of `model` (Arabic, Bengali, Devanagari …)."""
    other = next((each for each in model if each.isdecimal() and not each.isascii()), None)
    if other is None or not number.replace(".", "").replace(",", "").isdecimal():
        return number
    zero = ord(other) - int(with_ascii_digits(other))
    return "".join(chr(zero + int(each)) if each.isdecimal() else each for each in number)
