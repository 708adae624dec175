"""Which lines of a translation were changed without touching words, told without transtool."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from benchmarks.pins.oracle import blocks, line_words

_LITERAL = re.compile(
    r"https?://[^\s)\]>\"']+|(?<=\]\()[^\s)]+|`[^`]+`|\{\{.*?\}\}|\{#[^}]*\}|\d+(?:[.,]\d+)*|^\[[^\]]+\]:.*$"
)
_DEFINED = re.compile(r"\s*\[(?!\^)([^\[\]]+)\]:")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Line:
    """A changed line: what it says now (before, where it was removed), and what it replaced."""

    text: str
    before: tuple[str, ...]
    removed: bool = False


def body(data: bytes) -> str:
    """Return a page without its front matter."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").removeprefix("\ufeff")
    end = text.find("\n---", 3) if text.startswith("---") else -1
    return text if end < 0 else text[text.find("\n", end + 1) + 1 :]


def changed(old: str, new: str) -> Iterator[Line]:
    """Yield the lines that changed although their words did not: code, markup, targets, numbers; not those that moved.

    Words of the whole stretch of changed lines count, over blank ones as well: code in a section that was written anew
    came with words. So did a link definition that came or went with what uses it, wherever on the page that stands.
    """
    ours, theirs = old.split("\n"), new.split("\n")
    before, after = [_said(each) for each in line_words(old)], [_said(each) for each in line_words(new)]
    gone, came = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    worded = _defined_with_words(ours, before, theirs, after)
    for i, i_end, j, j_end in _stretches(ours, theirs):
        words = {before[at] for at in range(i, i_end)}
        if " ".join(filter(None, before[i:i_end])).split() != " ".join(filter(None, after[j:j_end])).split():
            continue
        for at in range(j, j_end):
            if theirs[at].strip() and came[theirs[at]] > 0 and (not after[at] or after[at] in words):
                if theirs[at] in worded:
                    continue
                came[theirs[at]] -= 1
                yield Line(theirs[at], tuple(ours[one] for one in range(i, i_end) if before[one] == after[at]))
        for at in range(i, i_end):
            if ours[at].strip() and not before[at] and gone[ours[at]] > 0 and ours[at] not in worded:
                gone[ours[at]] -= 1
                yield Line(ours[at], (), removed=True)


def _defined_with_words(
    ours: Sequence[str], before: Sequence[str], theirs: Sequence[str], after: Sequence[str]
) -> frozenset[str]:
    """Return the link definitions that one page has and the other has not, where the words that use them differ."""
    found: set[str] = set()
    sides = (ours, before), (theirs, after)
    for (lines, said), (others, others_said) in (sides, sides[::-1]):
        labels = {match[1].casefold() for line in others if (match := _DEFINED.match(line))}
        for line in lines:
            match = _DEFINED.match(line)
            if match is None or match[1].casefold() in labels:
                continue
            uses = [at for at, each in enumerate(lines) if f"[{match[1]}]".casefold() in each.casefold() and said[at]]
            if any(said[at] not in others_said for at in uses):
                found.add(line)
    return frozenset(found)


def _stretches(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the stretches of lines that differ, from and to, on both pages; blank lines do not part them."""
    waiting: tuple[int, int, int, int] | None = None
    for kind, i, i_end, j, j_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal" and any(line.strip() for line in ours[i:i_end]):
            if waiting is not None:
                yield waiting
            waiting = None
        elif kind != "equal" or waiting is not None:
            waiting = (i, i_end, j, j_end) if waiting is None else (waiting[0], i_end, waiting[2], j_end)
    if waiting is not None:
        yield waiting


def _said(words: str) -> str:
    return " ".join(_NUMBER.sub("", words).split())


def literals(text: str) -> Counter[str]:
    """Return the targets, numbers, code and shortcodes of a text."""
    return Counter(_LITERAL.findall(text))


@dataclass(frozen=True, slots=True)
class Wordless:
    """What a source changed without touching words: lines without any that came and went, and literals in others."""

    came: frozenset[str]
    gone: frozenset[str]
    literals: frozenset[str]

    def explains(self, line: Line) -> bool:
        """Say whether a line of a translation changed because the source changed in the same way."""
        text = line.text.strip()
        if line.removed:
            return text in self.gone
        fresh = literals(line.text) - sum((literals(each) for each in line.before), Counter())
        return text in self.came or (bool(fresh) and fresh.keys() <= self.literals)


def wordless(old: str, new: str) -> Wordless:
    """Return what a source changed without touching words, in blocks that say the same (but for numbers) as before."""
    silent = [
        {line.strip() for line, said in zip(text.split("\n"), line_words(text), strict=True) if not said} - {""}
        for text in (old, new)
    ]
    said: list[dict[str, Counter[str]]] = []
    for text in (old, new):
        lines = text.split("\n")
        found: dict[str, Counter[str]] = {}
        for block in blocks(text.encode(), ()):
            there = found.setdefault(_said(block.words), Counter())
            there.update(literals("\n".join(lines[block.first - 1 : block.last])))
        said.append(found)
    fresh = {each for words, there in said[1].items() if words in said[0] for each in there - said[0][words]}
    return Wordless(frozenset(silent[1] - silent[0]), frozenset(silent[0] - silent[1]), frozenset(fresh))


def same(found: Sequence[Line], text: str, before: str) -> tuple[list[Line], list[Line]]:
    """Return which changed lines another version of the page has changed in the same way, and which it has not."""
    came, gone = (
        Counter(text.split("\n")) - Counter(before.split("\n")),
        Counter(before.split("\n")) - Counter(text.split("\n")),
    )
    hits: list[Line] = []
    missed: list[Line] = []
    for each in found:
        there = gone if each.removed else came
        (hits if there[each.text] > 0 else missed).append(each)
        there[each.text] -= 1
    return hits, missed
