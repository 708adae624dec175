"""What changed between two texts, word by word: for people who have to redo a translation.

Whitespace is no difference (a paragraph that was only wrapped anew is unchanged). Scripts written without
spaces are compared character by character; marks, joiners and modifiers stay with what they belong to.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from transtool.text.scripts import UNSPACED_LETTER

WORK_LIMIT = 100_000
"""Pairs of equal words that a comparison may look at; beyond it all that differs is one replacement."""

_JOINER = "\u200d"
_MODIFIERS = range(0x1F3FB, 0x1F400)
_APOSTROPHES = ("'", "\u2019")


class RunKind(StrEnum):
    """Where a run of words stands: in both texts, only before, only after."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words of one kind, with the whitespace that stands with them."""

    kind: RunKind
    text: str


def diff(before: str, after: str) -> tuple[Run, ...]:
    """Return the runs that lead from `before` to `after`.

    Joining the equal and added runs gives `after` exactly; joining the equal and removed runs gives
    `before` but for its whitespace. No two neighbours are of the same kind, none is empty, and what was
    removed comes before what stands in its place.
    """
    begin = len(after) - len(after.lstrip())
    runs = [Run(RunKind.EQUAL, after[:begin])]
    gap = ""
    for block in _without_islands(_blocks(_words(before.lstrip()), _words(after[begin:]))):
        old, new = _text(block.old), _text(block.new)
        if block.equal:
            runs.append(Run(RunKind.EQUAL, new))
            gap = "" if _space_at_end(new) else _space_at_end(old)
        else:
            runs += _replacement(gap + old if old else "", new)
    return tuple(_tidy(runs))


def _replacement(old: str, new: str) -> Iterator[Run]:
    """Yield what was removed and what was added, and whitespace at the end of both as equal."""
    space = _space_at_end(new) if old and new and _space_at_end(old) else ""
    yield Run(RunKind.REMOVED, old.rstrip() if space else old)
    yield Run(RunKind.ADDED, new.rstrip() if space else new)
    yield Run(RunKind.EQUAL, space)


def _tidy(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield the runs without empty ones, equal neighbours joined."""
    for kind, group in groupby((run for run in runs if run.text), lambda run: run.kind):
        yield Run(kind, "".join(run.text for run in group))


def _space_at_end(text: str) -> str:
    return text[len(text.rstrip()) :]


def tokens(text: str) -> tuple[str, ...]:
    """Cut `text` into words, runs of whitespace and single other characters; joined they are `text`."""
    clusters: list[str] = []
    for character in text:
        if clusters and (_kind(character) == "mark" or clusters[-1].endswith(_JOINER)):
            clusters[-1] += character
        else:
            clusters.append(character)
    cut: list[str] = []
    for kind, group in groupby(clusters, lambda cluster: _kind(cluster[0])):
        members = list(group)
        cut += ["".join(members)] if kind in ("word", "space") else members
    return _with_apostrophes(cut)


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Return `space`, `word` (joins its neighbours), `sign` (stands alone) or `mark` (stays with what precedes)."""
    code = ord(character)
    category = unicodedata.category(character)
    if category[0] == "M" or character == _JOINER or code in _MODIFIERS:
        return "mark"
    if character.isspace():
        return "space"
    if UNSPACED_LETTER.match(character):
        return "sign"
    return "word" if category[0] in "LN" or character == "_" else "sign"


def _with_apostrophes(cut: Sequence[str]) -> tuple[str, ...]:
    """Make one word of `don`, `'`, `t`."""
    joined: list[str] = []
    inside = False
    for before, token, after in zip(["", *cut], cut, [*cut[1:], ""], strict=False):
        apostrophe = token in _APOSTROPHES and _is_word(before) and _is_word(after)
        if inside or apostrophe:
            joined[-1] += token
        else:
            joined.append(token)
        inside = apostrophe
    return tuple(joined)


def _is_word(token: str) -> bool:
    return token != "" and _kind(token[0]) == "word"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or sign with the whitespace after it."""

    text: str
    space: str


def _words(text: str) -> tuple[_Word, ...]:
    """Return the words and signs of a text that does not begin with whitespace."""
    cut = tokens(text)
    return tuple(
        _Word(token, after if after.isspace() else "")
        for token, after in zip(cut, [*cut[1:], ""], strict=False)
        if not token.isspace()
    )


def _text(words: Iterable[_Word]) -> str:
    return "".join(word.text + word.space for word in words)


@dataclass(frozen=True, slots=True)
class _Block:
    """A stretch of both texts: `equal` but for whitespace, or `old` replaced by `new`."""

    equal: bool
    old: tuple[_Word, ...]
    new: tuple[_Word, ...]

    @property
    def weight(self) -> int:
        """Words (not signs) on the longer side."""
        return max(sum(_counts(word.text) for word in side) for side in (self.old, self.new))


def _counts(text: str) -> bool:
    """Return whether this is a word, in any script, and no sign."""
    return text != "" and unicodedata.category(text[0])[0] in "LN"


def _blocks(old: tuple[_Word, ...], new: tuple[_Word, ...]) -> Iterator[_Block]:
    """Yield the blocks of both texts in order; neighbours may both be equal."""
    one, two = [word.text for word in old], [word.text for word in new]
    start = _common(one, two)
    stop = _common(one[start:][::-1], two[start:][::-1])
    last_one, last_two = len(one) - stop, len(two) - stop
    yield _Block(True, old[:start], new[:start])
    for equal, a, b, c, d in _opcodes(one[start:last_one], two[start:last_two]):
        yield _Block(equal, old[start + a : start + b], new[start + c : start + d])
    yield _Block(True, old[last_one:], new[last_two:])


def _common(one: Sequence[str], two: Sequence[str]) -> int:
    """Return how many items both begin with."""
    return next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


def _opcodes(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield (equal, start, end, start, end) for the stretches of two lists of words."""
    counts = Counter(two)
    if sum(counts[word] for word in one) > WORK_LIMIT:
        yield False, 0, len(one), 0, len(two)
        return
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        yield tag == "equal", a, b, c, d


def _without_islands(blocks: Iterable[_Block]) -> list[_Block]:
    """Join neighbours, and dissolve equal stretches that are small beside the changes around them.

    Two unrelated phrases share a comma and an `of` by chance; a diff that keeps these is unreadable.
    """
    joined: list[_Block] = []
    for block in blocks:
        if not block.old and not block.new:
            continue
        if joined and joined[-1].equal == block.equal:
            joined[-1] = _merged(block.equal, joined[-1], block)
        else:
            joined.append(block)
        while len(joined) > 2 and not joined[-1].equal and _is_island(*joined[-3:]):
            joined[-3:] = [_merged(False, *joined[-3:])]
    return joined


def _is_island(left: _Block, middle: _Block, right: _Block) -> bool:
    return 2 * middle.weight <= min(left.weight, right.weight)


def _merged(equal: bool, *blocks: _Block) -> _Block:
    """Return consecutive blocks as one."""
    old = tuple(word for block in blocks for word in block.old)
    new = tuple(word for block in blocks for word in block.new)
    return _Block(equal, old, new)
