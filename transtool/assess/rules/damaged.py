"""Find Markdown that is broken in a translation and not in its source: mostly what translators' tools do to markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transtool.model import Finding, SegmentKind
from transtool.segments import Segment
from transtool.staleness.translation_pair import Pair


class _Sign(NamedTuple):
    """One kind of damage: its id among the sentences of the rule, and what finds it in the text of a segment."""

    problem: str
    pattern: re.Pattern[str]


_CODE = re.compile(
    r"(?<!`)(`{1,3})(?!`)[^`]++(?<!`)\1(?!`)|\{%[^%\n]*+%\}|\{\{[^{}\n]*+\}\}|<!--.*?(?:-->|\Z)", re.DOTALL
)
_SHOWN = 60
"""Characters of a damaged place that a message shows."""
_ADDRESS_OF_LINK = r"(?:https?://|\.{0,2}/|#)"

_SIGNS = (
    _Sign("link-space", re.compile(rf"(?<=[^\s\[\]])\][ \u00a0\u3000]+\({_ADDRESS_OF_LINK}[^\s()]*\)")),
    _Sign("link-wide", re.compile(rf"\](?:（{_ADDRESS_OF_LINK}[^\s（）()]*[）)]|\({_ADDRESS_OF_LINK}[^\s（）()]*）)")),
    _Sign(
        "address",
        re.compile(r"\]\((?:h{2,}ttps?|htt+p?s?(?=:/[^/])|https?:/(?=[^/])|https?//|https? ?:\s++//)[^\])\n]*+\)?+"),
    ),
    _Sign("address-space", re.compile(r"\]\(https?://[^\s()<>]*[ \u00a0](?![\"'(])[^\s()\"']++[^()\n\"']*+\)")),
)
_STRONG = re.compile(r"(?<![\\*])\*\*(?!\*)")
_HEADING = re.compile(r"^[ ]{0,3}(#{2,6})(?=[^\s#!/.\d\-:;,)\]}&])[^\n]*$", re.MULTILINE)
_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")


def damaged(pair: Pair) -> Iterator[Finding]:
    """Report broken Markdown: links cut in two, addresses that are none, headings without their space, open fences.

    A kind of damage that the source has at least as often is the source's way of writing, or its problem.
    """
    ours = list(_damages(pair.segments))
    theirs = [problem for problem, _, _ in _damages(pair.source_segments)] if ours else []
    for problem, line, text in ours:
        if problem in theirs:
            theirs.remove(problem)
        else:
            yield pair.finding("damaged", problem=problem, line=line, value=text)
    opened = _open_fence(pair.segments)
    if opened is not None and _open_fence(pair.source_segments) is None:
        yield pair.finding("damaged", problem="fence", line=opened.line)


def _damages(segments: Iterable[Segment]) -> Iterator[tuple[str, int, str]]:
    """Give the problem, the line and the text of each damage in the prose of a page."""
    for segment in segments:
        if not segment.translatable or segment.kind is SegmentKind.FIELD:
            continue
        text = segment.text
        if "`" in text or "{" in text or "<!--" in text:
            text = _CODE.sub(_hidden, text)
        for sign in _SIGNS if "]" in text else ():
            for match in sign.pattern.finditer(text):
                yield sign.problem, segment.line + text.count("\n", 0, match.start()), match[0]
        at = _loose_emphasis(text) if "**" in text else None
        if at is not None:
            line = text[at:].split("\n", 1)[0]
            yield "emphasis-space", segment.line + text.count("\n", 0, at), line[:_SHOWN]
        if segment.kind is SegmentKind.PARAGRAPH and "##" in text:
            for match in _HEADING.finditer(text):
                yield "heading", segment.line + text.count("\n", 0, match.start()), match[0].strip()


def _loose_emphasis(text: str) -> int | None:
    """Return where `** words **` stands, which is shown with its asterisks; None where all emphasis is tight."""
    marks = [match.start() for match in _STRONG.finditer(text)]
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        inside = text[opening + 2 : closing]
        if inside[:1].isspace() and inside[-1:].isspace():
            return opening
        if inside[:1].isspace() or inside[-1:].isspace():
            return None  # the marks are not told apart for sure from here on
    return None


def _hidden(code: re.Match[str]) -> str:
    """Return as many line ends as code has: what is written in it is no markup."""
    return "`" + "\n" * code[0].count("\n") + "`"


def _open_fence(segments: Sequence[Segment]) -> Segment | None:
    """Return the fence that is never closed and takes the rest of the page for code, None where there is none."""
    last = segments[-1] if segments else None
    if last is None or last.kind is not SegmentKind.CODE:
        return None
    lines = last.text.rstrip().split("\n")
    mark = _FENCE.match(lines[0])
    if mark is None:
        return None
    closing = lines[-1].strip().lstrip("> ")
    closed = len(lines) > 1 and closing.startswith(mark[1]) and not closing.strip(mark[1][0])
    return None if closed else last
