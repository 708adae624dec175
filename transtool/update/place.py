"""Put comments for a translator into a file: above a paragraph or a heading, below a list item, inside a cell."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from transtool.document import Document, FrontMatterKind, Unreadable, parse
from transtool.model import Change, SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.update.balance import is_in_tag
from transtool.update.fresh import Fresh
from transtool.update.marks import Comments, What, comment, in_front_matter, unmarked
from transtool.update.merge import like
from transtool.update.model import Split

_PREFIX = re.compile(r"[ \t>]*")


@dataclass(frozen=True, slots=True)
class Insertion:
    """Text to put in before an offset of a file."""

    offset: int
    text: str


class Placing:
    """Places comments in one file, and keeps only those that change nothing else of it."""

    def __init__(self, document: Document, comments: Comments, split: Split) -> None:
        self.document, self.text = document, document.text
        self._comments, self._split = comments, split
        self._said = self._says(document.text)
        self.kept: list[Insertion] = []

    def reworded(self, change: Change, ours: Sequence[Segment]) -> bool:
        """Mark the translation of a reworded segment; say whether that could be done."""
        if change.field:
            return self._field(change)
        if not ours:
            return False
        return any(self._tries(made) for made in self._around(ours, (change.before, change.after)))

    def fresh(self, fresh: Fresh) -> bool:
        """Mark the place of new text; say whether that could be done."""
        return any(self._tries(made) for made in self._in_place(fresh))

    def result(self) -> str:
        """Return the text of the file with its comments."""
        return self._with(self.kept)

    def line(self, line: int) -> int:
        """Return the line that a line of the file has become."""
        starts = [0, *accumulate(len(each) for each in self.text.splitlines(keepends=True))]
        offset = starts[min(line, len(starts)) - 1]
        return line + sum(each.text.count("\n") for each in self.kept if each.offset <= offset)

    def _with(self, insertions: Sequence[Insertion]) -> str:
        text, parts, done = self.text, [], 0
        for each in sorted(insertions, key=lambda one: one.offset):
            parts += [text[done : each.offset], like(each.text, text)]
            done = each.offset
        return "".join([*parts, text[done:]])

    def _tries(self, made: Insertion) -> bool:
        if is_in_tag(self.text, made.offset):
            return False
        text = self._with([*self.kept, made])
        document = parse(self.document.path, text.encode("utf-8", "surrogateescape"))
        if isinstance(document, Unreadable) or unmarked(text, document.body_start)[0] != self.text:
            return False
        if self._says(text) != self._said:
            return False
        self.kept.append(made)
        return True

    def _says(self, text: str) -> list[tuple[SegmentKind, str, str]]:
        return [
            (one.kind, one.field, one.text if one.kind is SegmentKind.CODE else wording(one))
            for one in self._split(text)
            if one.translatable or one.kind is SegmentKind.CODE
        ]

    def _around(self, ours: Sequence[Segment], texts: tuple[str, str]) -> Iterator[Insertion]:
        first, last = ours[0], ours[-1]
        begin = self._line_start(first.start)
        prefix = self.text[begin : first.start]
        inline = Insertion(last.end, " " + " ".join(comment(self._comments, What.REWORDED, texts, block=False).split()))
        if first.kind is SegmentKind.CELL:
            yield Insertion(last.end, inline.text.replace("|", "\\|"))
            return
        if first.kind is SegmentKind.ITEM:
            after = self._line_end(last.end)
            indent = "".join(each if each in " \t>" else " " for each in prefix)
            if not self.text[last.end : after].strip() and self.text[after - 1 : after] == "\n":
                yield Insertion(after, self._lines(What.REWORDED, texts, indent, block=False))
            yield inline
            return
        lead = _PREFIX.match(prefix)
        assert lead is not None  # noqa: S101 - it matches nothing as well
        bare = prefix[lead.end() :]
        if not bare or (first.kind is SegmentKind.HEADING and not bare.strip("# \t")):
            block = self._is_blank_before(begin)
            yield Insertion(begin, self._lines(What.REWORDED, texts, lead[0], block=block))
        yield inline

    def _in_place(self, fresh: Fresh) -> Iterator[Insertion]:
        texts = (fresh.text,)
        if fresh.indent is not None and not fresh.after_blank:
            yield Insertion(fresh.offset, self._lines(What.NEW, texts, " " * fresh.indent, block=False))
            return
        ends = fresh.offset == len(self.text)
        if not ends:
            yield Insertion(fresh.offset, self._lines(What.NEW, texts, "", block=True))
        elif not fresh.after_blank:
            lines = "\n" + self._lines(What.NEW, texts, "", block=True).removesuffix("\n\n")
            yield Insertion(fresh.offset, lines + "\n" if self.text.endswith(("\n", "\r")) else "\n" + lines)
        if "|" not in fresh.text:
            yield Insertion(fresh.offset, self._lines(What.NEW, texts, "", block=False))

    def _lines(self, what: What, texts: tuple[str, ...], prefix: str, *, block: bool) -> str:
        """Return a comment on lines of its own, with a blank one after a block."""
        lines = comment(self._comments, what, texts, block=block).split("\n")
        made = "".join(f"{prefix}{line}\n" for line in lines)
        return f"{made}{prefix.rstrip()}\n" if block else made

    def _field(self, change: Change) -> bool:
        document = self.document
        field = document.field(change.field or "")
        if field is None or document.format not in (FrontMatterKind.YAML, FrontMatterKind.TOML):
            return False
        begin = self._line_start(field.key.start)
        if self.text[begin : field.key.start].strip():
            return False
        return self._tries(Insertion(begin, in_front_matter(change.before, change.after)))

    def _line_start(self, offset: int) -> int:
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def _line_end(self, offset: int) -> int:
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1

    def _is_blank_before(self, begin: int) -> bool:
        """Say whether nothing, or a blank line, stands above the line that begins at an offset."""
        if begin <= self.document.body_start:
            return True
        return not self.text[self._line_start(begin - 1) : begin].strip(" \t\r\n>")
