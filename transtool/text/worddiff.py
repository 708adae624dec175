"""What changed between two texts, word by word, for people who have to update a translation.

White space does not count as a difference (a paragraph that was only re-wrapped is unchanged). Scripts without spaces
between words are compared character by character; marks, joiners and modifiers stay with their base character.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby, pairwise

from transtool.text.bounded_matcher import BoundedMatcher
from transtool.text.scripts import UNSPACED_LETTER
from transtool.text.sequences import common_prefix

WORK_LIMIT = 100_000
"""Pairs of equal words that one diff may look at, which bounds its time; beyond it, all that differs is one
replacement. Set by hand."""

_ADDRESS = re.compile(r"https?://[!#-;=?-Z^-~]++|(?<=\]\()[!#-(*-;=?-Z^-~]++")
"""An address in ASCII, with what may end the sentence after it; the target of a Markdown link, up to its `)`."""
_AFTER_ADDRESS = ".,;:!?'*_"
_JOINER = "\u200d"
_MODIFIERS = range(0x1F3FB, 0x1F400)
_APOSTROPHES = ("'", "\u2019")


class RunKind(StrEnum):
    """Where a run of words occurs: in both texts, only in the old one, only in the new one."""

    EQUAL = "equal"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words of one kind, with the white space around them."""

    kind: RunKind
    text: str


def diff(before: str, after: str) -> tuple[Run, ...]:
    """Return the runs that lead from `before` to `after`.

    Joining the equal and added runs gives `after` exactly; joining the equal and removed runs gives `before` up to
    its white space. No two neighbours are of the same kind, none is empty, and what was removed comes before what
    replaced it. The diff is that of `difflib` (Ratcliff and Obershelp).
    """
    begin = len(after) - len(after.lstrip())
    runs = [Run(RunKind.EQUAL, after[:begin])]
    gap = ""
    for stretch in _without_islands(_stretches(_words(before.lstrip()), _words(after[begin:]))):
        old, new = _text(stretch.old), _text(stretch.new)
        if stretch.equal:
            runs.append(Run(RunKind.EQUAL, new))
            gap = "" if _space_at_end(new) else _space_at_end(old)
        else:
            runs += _replacement(gap + old if old else "", new)
    return tuple(_tidy(runs))


def _replacement(old: str, new: str) -> Iterator[Run]:
    """Yield what was removed and what was added; white space at the end of both counts as equal."""
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
    """Split `text` into words, runs of white space and single other characters; joined again they are `text`.

    An address is one word: half of one is of no use to anybody.
    """
    cut: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _bare(match[0])
        cut += (*_cut(text[end : match.start()]), address)
        end = match.start() + len(address)
    return (*cut, *_cut(text[end:]))


def _bare(address: str) -> str:
    """Return an address without what belongs to the sentence around it: a full stop, a parenthesis that it closes."""
    end, closed = len(address), address.count(")") - address.count("(")
    while end and (address[end - 1] in _AFTER_ADDRESS or (address[end - 1] == ")" and closed > 0)):
        closed -= address[end - 1] == ")"
        end -= 1
    return address[:end] or address


def _cut(text: str) -> tuple[str, ...]:
    """Split text without addresses."""
    starts = [
        at for at, character in enumerate(text) if not at or (_kind(character) != "mark" and text[at - 1] != _JOINER)
    ]
    clusters = [text[start:end] for start, end in pairwise([*starts, len(text)])]
    cut: list[str] = []
    for kind, group in groupby(clusters, lambda cluster: _kind(cluster[0])):
        members = list(group)
        cut += ["".join(members)] if kind in ("word", "space") else members
    return _with_apostrophes(cut)


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Return `space`, `word` (joins its neighbours), `sign` (stands alone) or `mark` (joins what precedes it)."""
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
    """Join `don`, `'`, `t` into one word."""
    joined: list[list[str]] = []
    inside = False
    for before, token, after in zip(["", *cut], cut, [*cut[1:], ""], strict=False):
        apostrophe = token in _APOSTROPHES and _is_word(before) and _is_word(after)
        if inside or apostrophe:
            joined[-1].append(token)
        else:
            joined.append([token])
        inside = apostrophe
    return tuple(map("".join, joined))


def _is_word(token: str) -> bool:
    return token != "" and _kind(token[0]) == "word"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or sign, and the white space after it."""

    text: str
    space: str


def _words(text: str) -> tuple[_Word, ...]:
    """Return the words and signs of a text that does not begin with white space."""
    cut = tokens(text)
    return tuple(
        _Word(token, after if after.isspace() else "")
        for token, after in zip(cut, [*cut[1:], ""], strict=False)
        if not token.isspace()
    )


def _text(words: Iterable[_Word]) -> str:
    return "".join(word.text + word.space for word in words)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of both texts: `equal` except for white space, or `old` replaced by `new`."""

    equal: bool
    old: tuple[_Word, ...]
    new: tuple[_Word, ...]

    @property
    def weight(self) -> int:
        """Words (not signs) on the longer side."""
        return max(sum(_counts(word.text) for word in side) for side in (self.old, self.new))


def _counts(text: str) -> bool:
    """Say whether this is a word (in any script) rather than a sign."""
    return text != "" and unicodedata.category(text[0])[0] in "LN"


def _stretches(old: tuple[_Word, ...], new: tuple[_Word, ...]) -> Iterator[_Stretch]:
    """Yield the stretches of both texts in order; neighbours may both be equal."""
    one, two = [word.text for word in old], [word.text for word in new]
    start = common_prefix(one, two)
    stop = common_prefix(one[start:][::-1], two[start:][::-1])
    last_one, last_two = len(one) - stop, len(two) - stop
    yield _Stretch(True, old[:start], new[:start])
    for equal, a, b, c, d in _opcodes(one[start:last_one], two[start:last_two]):
        yield _Stretch(equal, old[start + a : start + b], new[start + c : start + d])
    yield _Stretch(True, old[last_one:], new[last_two:])


def _opcodes(one: Sequence[str], two: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Yield (equal, start, end, start, end) for the stretches of two lists of words."""
    counts = Counter(two)
    if sum(counts[word] for word in one) > WORK_LIMIT:
        yield False, 0, len(one), 0, len(two)
        return
    for tag, a, b, c, d in BoundedMatcher(one, two).get_opcodes():
        yield tag == "equal", a, b, c, d


def _without_islands(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """Join neighbours, and drop equal stretches that are small compared with the changes on both sides.

    Two unrelated phrases share a comma and an `of` by chance; a diff that keeps these is hard to read. Neil Fraser's
    diff-match-patch calls this semantic cleanup.
    """
    joined: list[_Stretch] = []
    for stretch in stretches:
        if not stretch.old and not stretch.new:
            continue
        if joined and joined[-1].equal == stretch.equal:
            joined[-1] = _merged(stretch.equal, joined[-1], stretch)
        else:
            joined.append(stretch)
        while len(joined) > 2 and not joined[-1].equal and _is_island(*joined[-3:]):
            joined[-3:] = [_merged(False, *joined[-3:])]
    return joined


def _is_island(left: _Stretch, middle: _Stretch, right: _Stretch) -> bool:
    return 2 * middle.weight <= min(left.weight, right.weight)


def _merged(equal: bool, *stretches: _Stretch) -> _Stretch:
    """Return consecutive stretches as one."""
    old = tuple(word for stretch in stretches for word in stretch.old)
    new = tuple(word for stretch in stretches for word in stretch.new)
    return _Stretch(equal, old, new)
