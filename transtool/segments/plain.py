"""Split AsciiDoc and reStructuredText into headings, paragraphs, list items and opaque blocks: no more than that.

A paragraph ends at a blank line. Blocks between delimiters (AsciiDoc) and indented text below a directive or a `::`
(reStructuredText) are code, unless the directive is known to hold prose.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from transtool.model import SegmentKind

SUFFIXES = (".adoc", ".asciidoc", ".rst")
"""How the names of files end that are read this way."""

_DELIMITER = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,}.*)\s*\Z")
_STRUCTURE = re.compile(r"(?:={4,}|\*{4,}|_{4,}|--|[|,:!]={3,}|<<<|'{3,})\s*\Z")
_ADOC_HEADING = re.compile(r"(={1,6}|#{1,6})[ \t]+\S")
_ADOC_LINE = re.compile(r":[!\w][\w-]*!?:(?:\s|\Z)|//|\[[^\]]*\]\s*\Z|[a-z]{1,20}::[^\s\[]*+\[[^\n]*\]\s*\Z")
_ITEM = re.compile(r"\s*(?:[-*+•]|\*{1,5}|\.{1,5}|(?:\d+|[A-Za-z#])[.)])[ \t]+(?=\S)")
_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*\s*\Z")
_DIRECTIVE = re.compile(r"(\s*)\.\.(?:\s|\Z)(?:\s*([\w-]+)::)?")
_PROSE_DIRECTIVES = frozenset(
    "note warning tip hint important caution danger attention error admonition topic sidebar epigraph".split()  # noqa: SIM905
)
_RST_LINE = re.compile(r"\s*:[^:\s][^:]*:(?:\s|\Z)")


class Part(NamedTuple):
    """A block: its kind, its offsets and 0-based lines in the text, its level."""

    kind: SegmentKind
    start: int
    end: int
    line: int
    end_line: int
    level: int


def is_plain(path: str) -> bool:
    """Say whether a file is read this way."""
    return path.lower().endswith(SUFFIXES)


def parts(path: str, text: str) -> Iterator[Part]:
    """Yield the blocks of a text, in order; every line that is not blank is in one of them."""
    return (_Rst if path.lower().endswith(".rst") else _Adoc)(text).parts()


class _Reader:
    """A walk over the lines of a text."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def line(self, at: int) -> str:
        return self.lines[at].rstrip() if at < len(self.lines) else ""

    def part(self, kind: SegmentKind, first: int, after: int, level: int = 0, skip: int = 0) -> Part:
        """Return lines `first` to `after` (exclusive) as one block, without `skip` characters at its beginning."""
        start = self.starts[first] + (skip or len(self.lines[first]) - len(self.lines[first].lstrip()))
        return Part(kind, start, self.starts[after - 1] + len(self.line(after - 1)), first, after - 1, level)

    def parts(self) -> Iterator[Part]:
        at = 0
        while at < len(self.lines):
            if not self.line(at).strip():
                at += 1
                continue
            found = self.special(at) or self.prose(at)
            yield found
            at = found.end_line + 1

    def special(self, at: int) -> Part | None:
        raise NotImplementedError

    def prose(self, at: int) -> Part:
        """Return the list item or paragraph at line `at`: up to a blank line, or to whatever else begins."""
        item = _ITEM.match(self.line(at))
        after = at + 1
        while self.line(after).strip() and not _ITEM.match(self.line(after)) and self.special(after) is None:
            after += 1
        if item is None:
            return self.part(SegmentKind.PARAGRAPH, at, after)
        return self.part(SegmentKind.ITEM, at, after, level=1, skip=item.end())

    def until(self, closing: str, at: int) -> int:
        """Return the line after the next one that is `closing`, from `at` on; the end without one."""
        return next((each + 1 for each in range(at, len(self.lines)) if self.line(each) == closing), len(self.lines))

    def indented(self, at: int, margin: int) -> int:
        """Return the line after the block from `at` on whose lines are blank or further in than `margin`."""
        last = at
        for each in range(at, len(self.lines)):
            line = self.line(each)
            if line and len(line) - len(line.lstrip()) <= margin:
                break
            last = each + 1 if line else last
        return last


class _Adoc(_Reader):
    def special(self, at: int) -> Part | None:
        line = self.line(at)
        heading = _ADOC_HEADING.match(line)
        if heading is not None:
            return self.part(SegmentKind.HEADING, at, at + 1, len(heading[1]), heading.end() - 1)
        if _DELIMITER.match(line):
            closing = "```" if line.startswith("```") else line
            return self.part(SegmentKind.CODE, at, self.until(closing, at + 1))
        if _STRUCTURE.match(line):
            return self.part(SegmentKind.BREAK, at, at + 1)
        return self.part(SegmentKind.ATTRIBUTES, at, at + 1) if _ADOC_LINE.match(line) else None


class _Rst(_Reader):
    def special(self, at: int) -> Part | None:
        line, margin = self.line(at), len(self.line(at)) - len(self.line(at).lstrip())
        if self._underlines(at + 1) and not _ADORNMENT.match(line):
            return self.part(SegmentKind.HEADING, at, at + 1, "=-~^\"'*+#.".find(self.line(at + 1)[0]) + 2)
        if _ADORNMENT.match(line) and (len(line) > 1 or not self.line(at + 1)):
            return self.part(SegmentKind.BREAK, at, at + 1)
        directive = _DIRECTIVE.match(line)
        if directive is not None:
            prose = directive[2] in _PROSE_DIRECTIVES
            return self.part(SegmentKind.ATTRIBUTES if prose else SegmentKind.CODE, at, self._after(at, margin, prose))
        if at and self._is_literal(at, margin):
            return self.part(SegmentKind.CODE, at, self.indented(at, margin - 1))
        return self.part(SegmentKind.ATTRIBUTES, at, at + 1) if _RST_LINE.match(line) else None

    def _after(self, at: int, margin: int, prose: bool) -> int:
        return at + 1 if prose else max(at + 1, self.indented(at + 1, margin))

    def _underlines(self, at: int) -> bool:
        """Say whether line `at` is as long as the line above and made of one sign."""
        line, above = self.line(at), self.line(at - 1)
        return bool(line and above) and _ADORNMENT.match(line) is not None and len(line) >= max(2, len(above) // 2)

    def _is_literal(self, at: int, margin: int) -> bool:
        """Say whether line `at` begins the indented block that a line ending in `::` announces."""
        before = at - 1
        while before > 0 and not self.line(before):
            before -= 1
        above = self.line(before)
        announces = above.endswith("::") and not _DIRECTIVE.match(above)
        return before < at - 1 and announces and len(above) - len(above.lstrip()) < margin
