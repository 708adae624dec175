"""Turn the tokens of markdown-it into spans: where exactly each block's own text starts and ends."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from transtool.model import SegmentKind
from transtool.segments import directives, labels
from transtool.segments.dialects import Syntax
from transtool.segments.html_prose import elements, runs, tags
from transtool.segments.labels import Quoting
from transtool.segments.lines import MASK, Lines, Span
from transtool.segments.liquid import opens_block
from transtool.segments.views import LIQUID

if TYPE_CHECKING:
    from markdown_it.token import Token

_ATTRIBUTE_LINE = re.compile(r"[ \t>]*\{(?::{1,2}|\s*[#.][\w-]|\s*[\w-]+=)[^{}\n]*\}[ \t]*")
_CONTENTS = re.compile(r"[ \t>]*\{:\s*toc\b")
_ONLY_LIQUID = re.compile(rf"(?:{LIQUID}|\s)+")
_ALERT = re.compile(r"\[![A-Za-z][\w-]*\](?:\{[^{}\n]*\})?[+-]?[ \t]*(?P<title>[^\n]*)")
_QUOTE_BEFORE = re.compile(r"[ \t]*>[ \t>]*")
_PREFIX = re.compile(r"[ \t>]*")
_ITEM_PREFIX = re.compile(r"[ \t>]*(?:(?:[-*+:]|\d{1,9}[.)])[ \t]+)*")
_CELL = re.compile(r"(?:[^|\\]|\\.)+")
_TAG_START = re.compile(r"\s*<[A-Za-z/!]")
_MARKERS = {"snippet": SegmentKind.LIQUID, "definition": SegmentKind.DEFINITION, "directive": SegmentKind.DIRECTIVE}


@dataclass(slots=True)
class Reader:
    """Turns the tokens of one section into spans. `nested` reads Markdown inside HTML."""

    lines: Lines
    syntax: Syntax
    nested: Callable[[str], Sequence[Span]]
    spans: list[Span] = field(default_factory=list)
    covered: set[int] = field(default_factory=set)
    depth: int = 0  # of lists
    fresh: bool = False  # at the start of a list item
    heading: "Token | None" = None
    titled: int = 0  # how many spans there were before the last heading
    in_table: bool = False

    def read(self, tokens: "Sequence[Token]", regions: Sequence[tuple[int, int]]) -> list[Span]:
        """Return the spans of `tokens` and of the Liquid regions (given as lines)."""
        masked = {number for region in regions for number in range(*region)}
        for token in tokens:
            self._structure(token)
            if token.map is None or (token.type == "html_block" and token.content.strip() == MASK):
                continue
            found = len(self.spans)
            self._block(token, token.map[0], token.map[1])
            if masked and len(self.spans) > found:
                self.covered.update(range(*token.map))
        for first, after in regions:
            if first not in self.covered:
                start = _past(_PREFIX, self.lines.text, self.lines.starts[first])
                end = self.lines.last(first, after)
                self._markup(SegmentKind.LIQUID, start, end, not opens_block(self.lines.text[start:end]))
        return self.spans

    def _structure(self, token: "Token") -> None:
        """Keep track of the lists, tables and headings around the next token."""
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self.depth -= 1
            case "dd_open":
                self.depth, self.fresh = self.depth + 1, True
            case "dd_close":
                self.depth, self.fresh = self.depth - 1, False
            case "list_item_open":
                self.fresh = True
            case "list_item_close":
                self.fresh = False
            case "heading_open":
                self.heading, self.titled = token, len(self.spans)
            case "heading_close":
                self.heading = None
            case "table_open" | "table_close":
                self.in_table = token.nesting > 0

    def _block(self, token: "Token", first: int, after: int) -> None:
        """Handle one token, which covers lines `first` to `after` (exclusive)."""
        match token.type:
            case "inline" if not self.in_table:
                self._inline(token, first, after)
            case "tr_open":
                self.spans.extend(self._cells(first))
            case "fence" | "code_block":
                self._code(token, first, after)
            case "html_block":
                self._html(self._start(first), self.lines.last(first, after))
            case "mdx_flow" | "mdx_module":
                self._markup(
                    SegmentKind.HTML, self._start(first), self.lines.last(first, after), token.type == "mdx_flow"
                )
            case "math_block" | "math_block_label":
                self.spans.append(self.lines.span(SegmentKind.CODE, self._start(first), self.lines.last(first, after)))
            case "marker":
                self._marker(token.info, self._start(first), self.lines.last(first, after))
            case "hr":
                line = self.lines.line(first).rstrip()
                start = self.lines.starts[first] + len(line) - len(_rule(line))
                self.spans.append(self.lines.span(SegmentKind.BREAK, start, self.lines.end(first)))
            case "definition":
                self._marker("definition", self._start(first), self.lines.last(first, after))
            case _:
                return
        self.fresh = self.fresh and token.type == "definition"

    def _start(self, line: int) -> int:
        """Return the offset where the content of a line starts, after quote marks (and item marks, in a list)."""
        return _past(_ITEM_PREFIX if self.depth else _PREFIX, self.lines.text, self.lines.starts[line])

    def _inline(self, token: "Token", first: int, after: int) -> None:
        """Add a paragraph or a heading, from its first to its last visible character."""
        if not token.content:
            return
        head, breaks = token.content.partition("\n")[0].rstrip(), token.content.count("\n")
        first = self._opening(head, first, after)
        line = self.lines.line(first).rstrip()
        if self.heading is not None:
            line = _without_closing_marks(line) if self.heading.markup.startswith("#") else line
            start = self.lines.starts[first] + len(line) - len(head)
            end = self.lines.end(first + breaks) if breaks else self.lines.starts[first] + len(line)
            self.spans.append(self.lines.span(SegmentKind.HEADING, start, end, int(self.heading.tag[1])))
            return
        start = self.lines.starts[first] + len(line) - len(head)
        self._paragraph(start, first, first + breaks)

    def _opening(self, head: str, first: int, after: int) -> int:
        """Return the line that `head` is on: white space before it may not count as blank in Markdown."""
        if self.heading is not None and self.heading.markup.startswith("#"):
            return first
        there = (number for number in range(first, after) if _as_parsed(self.lines.line(number)).endswith(head))
        return next(there, first)

    def _paragraph(self, start: int, first: int, last: int) -> None:
        """Add lines `first` to `last`, without the attribute lists at either end and the mark of an alert."""
        lines, kind, after = self.lines, SegmentKind.ITEM if self.fresh else SegmentKind.PARAGRAPH, last + 1
        if lines.text.startswith("[!", start) and (alert := self._alert(start, first)) is not None:
            first, start = alert
        elif not lines.has_attributes:
            self._prose(kind, start, lines.last(first, after))
            return
        while after > first and _ATTRIBUTE_LINE.fullmatch(
            lines.text, max(start, lines.starts[after - 1]), lines.end(after - 1)
        ):
            after -= 1
        while first < after and _ATTRIBUTE_LINE.fullmatch(lines.text, start, lines.end(first)):
            self.spans.append(lines.span(SegmentKind.ATTRIBUTES, start, lines.end(first)))
            first += 1
            start = self._start(first) if first < len(lines.starts) else start
        if first < after:
            if after <= last and _CONTENTS.match(lines.text, lines.starts[after]):
                self.spans.append(lines.span(SegmentKind.DIRECTIVE, start, lines.last(first, after)))
            else:
                self._prose(kind, start, lines.last(first, after))
        for line in range(after, last + 1):
            begin = _past(_PREFIX, lines.text, max(start, lines.starts[line]))
            self.spans.append(lines.span(SegmentKind.ATTRIBUTES, begin, lines.end(line)))

    def _alert(self, start: int, first: int) -> tuple[int, int] | None:
        """Add the mark of an alert (`> [!NOTE] Title`); return the line after it and where that starts."""
        lines = self.lines
        match = _ALERT.match(lines.text, start, lines.end(first))
        if match is None or not _QUOTE_BEFORE.match(lines.text, lines.starts[first], start):
            return None
        self._titled(start, match.end(), *match.span("title"), Quoting.LINE)
        return first + 1, self._start(first + 1) if first + 1 < len(lines.starts) else len(lines.text)

    def _marker(self, info: str, start: int, end: int) -> None:
        """Add a line of markup; the title that it bears is prose."""
        title = directives.title(self.lines.text[start:end]) if info == "directive" else None
        if title is None:
            self.spans.append(self.lines.span(_MARKERS[info], start, end))
            return
        quoting = {"quotes": Quoting.QUOTES, "brackets": Quoting.BRACKETS}.get(title.within, Quoting.LINE)
        self._titled(start, end, start + title.start, start + title.end, quoting)

    def _titled(self, start: int, end: int, title: int, after: int, quoting: Quoting) -> None:
        """Add a line of markup with the title that stands from `title` to `after`."""
        if after == title:
            title = after = end
        for kind, begin, stop in (
            (SegmentKind.DIRECTIVE, start, title),
            (SegmentKind.LABEL, title, after),
            (SegmentKind.DIRECTIVE, after, end),
        ):
            text = self.lines.text[begin:stop]
            if text.strip():
                begin += len(text) - len(text.lstrip())
                self.spans.append(
                    self.lines.span(kind, begin, begin + len(text.strip()), quoting * (kind is SegmentKind.LABEL))
                )

    def _prose(self, kind: SegmentKind, start: int, end: int) -> None:
        """Add text as prose, or as opaque if it is only Liquid; in MDX, without the tags around all of it."""
        text = self.lines.text[start:end]
        if text[:1] == "{" and _ONLY_LIQUID.fullmatch(text):
            self._markup(SegmentKind.LIQUID, start, end)
        elif text[:1] == "<" and self.syntax.mdx:
            for run in elements(text):
                if run.kind is SegmentKind.HTML:
                    self._markup(run.kind, start + run.start, start + run.end)
                else:
                    level = run.level if run.kind is SegmentKind.HEADING else self.depth
                    own = kind if run.kind is SegmentKind.PARAGRAPH else run.kind
                    self.spans.append(self.lines.span(own, start + run.start, start + run.end, level))
        else:
            self.spans.append(self.lines.span(kind, start, end, self.depth))

    def _markup(self, kind: SegmentKind, start: int, end: int, said: bool = True) -> None:
        """Add opaque text; what its attributes say (unless not `said`) is prose."""
        text, done = self.lines.text[start:end], start
        for label in self._labels(kind, text) if said and "=" in text else ():
            self.spans.append(self.lines.span(kind, done, start + label.start))
            self.spans.append(self.lines.span(SegmentKind.LABEL, start + label.start, start + label.end, label.quoting))
            done = start + label.end
        if done < end:
            self.spans.append(self.lines.span(kind, done, end))

    def _labels(self, kind: SegmentKind, text: str) -> Iterator[labels.Label]:
        """Yield the labels in the tags of `text`."""
        names = self.syntax.attributes
        if self.syntax.mdx:
            yield from labels.find(text, names, liquid=False)
            return
        for begin, end, is_liquid in tags(text):
            if text.startswith("{%", begin) and not self.syntax.in_liquid:
                continue
            for label in labels.find(text[begin:end], names, liquid=is_liquid):
                yield label._replace(start=begin + label.start, end=begin + label.end)

    def _cells(self, number: int) -> Iterator[Span]:
        """Yield the cells of a table row that are not empty; their level is their column."""
        start, end = self._start(number), self.lines.end(number)
        text = self.lines.text[start:end]
        column, position = 0, start + (text[:1] == "|")
        for match in _CELL.finditer(self.lines.text, position, end):
            column += self.lines.text.count("|", position, match.start())
            position = match.end()
            cell = match[0]
            if cell.strip():
                begin = match.start() + len(cell) - len(cell.lstrip())
                yield self.lines.span(SegmentKind.CELL, begin, begin + len(cell.strip()), column)

    def _code(self, token: "Token", first: int, after: int) -> None:
        """Add code. Indented text is HTML if it looks like it and follows HTML."""
        start, end = self._start(first), self.lines.last(first, after)
        before = self.spans[-1] if len(self.spans) > self.titled else None
        if (
            token.type == "code_block"
            and before is not None
            and before.kind is SegmentKind.HTML
            and _TAG_START.match(token.content)
        ):
            self._html(start, end)
            return
        self.spans.append(self.lines.span(SegmentKind.CODE, start, max(start, end)))

    def _html(self, start: int, end: int) -> None:
        """Add a block of HTML: the prose in it, which may be Markdown again, and the opaque rest."""
        for run in runs(self.lines.text[start:end]):
            begin, after = start + run.start, start + run.end
            text = self.lines.text[begin:after]
            if run.kind is SegmentKind.PARAGRAPH and "\n" in text and len(text) < len(self.lines.text):
                line = self.lines.number(begin)
                self.spans.extend(moved(span, begin, line) for span in self.nested(text))
            elif run.kind in (SegmentKind.HTML, SegmentKind.LIQUID):
                self._markup(run.kind, begin, after)
            else:
                self.spans.append(self.lines.span(run.kind, begin, after, run.level))


def moved(span: Span, start: int, line: int) -> Span:
    """Return a span of a part of a text as a span of the text, in which the part starts at this offset and line."""
    return span._replace(
        start=span.start + start, end=span.end + start, line=span.line + line, end_line=span.end_line + line
    )


def _past(prefix: re.Pattern[str], text: str, start: int) -> int:
    """Return where the `prefix` at `start` ends; `start` if there is none."""
    match = prefix.match(text, start)
    return start if match is None else match.end()


def _as_parsed(line: str) -> str:
    """Return a line as the parser hands it back: without blanks behind it, and without NUL."""
    return line.rstrip().replace("\0", "\ufffd")


def _rule(line: str) -> str:
    """Return the thematic break that a line ends with."""
    before = line.rstrip("-*_ \t")
    return line[len(before) :].lstrip(" \t") or line


def _without_closing_marks(line: str) -> str:
    """Return an ATX heading without the number signs that may close it."""
    bare = line.rstrip("#")
    return bare.rstrip() if bare != line and bare[-1:] in (" ", "\t") else line
