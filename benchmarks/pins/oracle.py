"""Say what a page says, without transtool: blocks of words with their lines, and what became of them.

This is the truth that transtool is held against, so it shares no code with it and is kept simple: what is not read
(code blocks, comments, tags, templates, targets of links, marks) is cut out; what is left are words in lower case.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import yaml

_HEAD = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])?[ \t]*(`{3,}|~{3,})(.*)")
_UNREAD = tuple(
    re.compile(expression, re.DOTALL)
    for expression in (
        r"<!--.*?-->|<(script|style)\b.*?</\1>",
        r"\{\{[<%].*?[%>]\}\}",  # Hugo
        r"\{%.*?%\}|\{\{.*?\}\}",  # Liquid
        r"\{\*.*?\*\}|\{/\*.*?\*/\}",  # MkDocs snippets, comments of MDX
        r"</?[A-Za-z][^<>]*>",
    )
)
_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)|\]\[[^\]]*\]")
_DEFINITION = re.compile(r"\s{0,3}\[[^\]]+\]:\s*\S.*|\s*(?:import|export)\s.*(?:from\s|=).*")
_ADDRESS = re.compile(r"<?\bhttps?://\S+")
_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}]*\}")
_MARKER = re.compile(r"\[![A-Za-z]+\]|^\s*(?::{3,}|!{3}|\?{3}\+?|/{3})\s*[\w-]*\s*\|?")
_QUOTE = re.compile(r"^(?:\s*>)+\s?")
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s")
_RULE = re.compile(r"^[\s|:=*_-]+$")
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’]")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item, table row or field: its first and last line in the file (1-based), and its words."""

    first: int
    last: int
    words: str


def blocks(data: bytes, fields: Sequence[str]) -> tuple[Block, ...]:
    """Return the blocks of a page that say anything; `fields` are those of its front matter that are translated."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    head = _HEAD.match(text)
    found = [*_fields(head[1], fields)] if head else []
    body, line = (text[head.end() :], text.count("\n", 0, head.end()) + 1) if head else (text, 1)
    return (*found, *_body(body, line))


def _fields(head: str, fields: Sequence[str]) -> Iterator[Block]:
    try:
        values = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError):
        return
    for name in fields:
        value = values.get(name) if isinstance(values, dict) else None
        if isinstance(value, str) and (said := _words(_read(value))):
            lines = [at for at, each in enumerate(head.split("\n"), 2) if each.startswith(name + ":")]
            yield Block(lines[0] if lines else 1, lines[0] if lines else 1, said)


def _body(text: str, line: int) -> Iterator[Block]:
    run: list[str] = []
    start = line
    for at, each in enumerate([*_prose(text), ""], line):
        ends = not each.strip() or _RULE.match(each)
        begins = _BULLET.match(each) or _HEADING.match(each) or each.lstrip().startswith("|")
        if run and (ends or begins or _HEADING.match(run[0])):
            if said := _words(" ".join(run)):
                yield Block(start, start + len(run) - 1, said)
            run = []
        if not ends:
            start = start if run else at
            run.append(each)


def _prose(text: str) -> Iterator[str]:
    """Yield the lines of a text with what is not read taken out of them; there are as many lines as before."""
    lines, fence = [], ""
    for each in text.split("\n"):
        mark = _FENCE.match(each)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not mark[2].strip() else fence
            lines.append("")
        elif mark and not (mark[1][0] == "`" and "`" in mark[2]):
            fence = mark[1]
            lines.append("")
        else:
            lines.append("" if _DEFINITION.fullmatch(each) else _QUOTE.sub("", each))
    yield from _read("\n".join(lines)).split("\n")


def _read(text: str) -> str:
    """Return what is read of a text, on the lines where it stands."""
    for expression in _UNREAD:
        text = expression.sub(_line_ends, text)
    return text


def _line_ends(match: re.Match[str]) -> str:
    return " " + "\n" * match[0].count("\n")


def _words(text: str) -> str:
    for expression in (_MARKER, _BULLET, _TARGET, _ADDRESS, _ATTRIBUTES):
        text = expression.sub(" ", text)
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", html.unescape(text)).casefold()))


def line_words(text: str) -> list[str]:
    """Return the words on each line of a text, as `blocks` reads them."""
    return [_words(each) for each in _prose(text)]


def changed_words(before: Sequence[Block], after: Sequence[Block]) -> int:
    """Return how many words differ between two versions of a page.

    Blocks that only moved, and paragraphs that were only split or joined, are the same words.
    """
    if Counter(each.words for each in before) == Counter(each.words for each in after):
        return 0
    ours, theirs = ([word for block in page for word in block.words.split()] for page in (before, after))
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return sum(max(i_end - i, j_end - j) for kind, i, i_end, j, j_end in codes if kind != "equal")


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a page: the blocks of the old version that were edited or removed, and how many came besides."""

    blocks: tuple[Block, ...]
    added: int


def edited(before: Sequence[Block], after: Sequence[Block]) -> Edited:
    """Return which blocks were edited; those that stand elsewhere word for word only moved."""
    ours, theirs = [each.words for each in before], [each.words for each in after]
    codes = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    runs = [(slice(i, i_end), slice(j, j_end)) for kind, i, i_end, j, j_end in codes if kind != "equal"]
    gone = Counter(words for olds, _ in runs for words in ours[olds])
    came = Counter(words for _, news in runs for words in theirs[news])
    moved = gone & came
    leaving, coming = moved.copy(), moved.copy()
    touched: list[Block] = []
    added = 0
    for olds, news in runs:
        lost = [block for block in before[olds] if not _taken(leaving, block.words)]
        fresh = [words for words in theirs[news] if not _taken(coming, words)]
        touched += lost
        added += max(0, len(fresh) - len(lost))
    return Edited(tuple(touched), added)


def _taken(counts: Counter[str], words: str) -> bool:
    counts[words] -= 1
    return counts[words] >= 0
