"""Lines that a source added, and which of them may go into the translation as they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from transtool.model import SegmentKind
from transtool.segments.views import prose_values
from transtool.update.groups import NEW, OLD, OURS, label_of
from transtool.update.merge import Splice
from transtool.update.skeleton import BLANK, DEFINITION, Token, folded
from transtool.update.three import Three

_LABEL = re.compile(r"\[([^\[\]]+)\](?![(:])")
_WORDED = re.compile(
    r"(?<![\w:@.-])(?!(?:class|className|style|rel|id|sizes|srcset|allow)\s*=)[\w:@.-]+\s*=\s*"
    r"(?:\"[^\"=;]*[^\W\d_]{2}\s+[^\W\d_]{2}[^\"=;]*\"|'[^'=;]*[^\W\d_]{2}\s+[^\W\d_]{2}[^'=;]*')"
)
"""An attribute that holds several words, in a tag or a shortcode."""
_VOID = re.compile(r"\s*!\[\]\([^()]*\)\s*\Z|\s*<(?:img|br|hr|source)\b|\s*<!--.*-->\s*\Z", re.IGNORECASE)
_CALL = re.compile(r"\s*+\{[{%][<%-]?\s*+(?P<name>[\w./-]++)[^{}]*+\}\s*+\}?\s*+\Z")
"""A line that is one tag or shortcode, perhaps the opening one of two."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that the source added.

    `is_kept`: the translation gets it as it is. `moved`: it has translated text. `fresh`: the positions of the new
    prose on it. `is_worded`: it has words outside of prose.
    """

    tokens: tuple[Token, ...]
    is_kept: bool
    moved: bool
    fresh: tuple[int, ...]
    is_blank: bool
    is_worded: bool


class SourceLines:
    """The lines of the new source, as seen from the translation."""

    def __init__(self, three: Three, *, takes_source: bool) -> None:
        """Take the pages, and whether text that is not translated goes into the translation."""
        self._three, self.takes_source = three, takes_source
        self._read: dict[tuple[int, int], list[Line]] = {}

    def of(self, splice: Splice) -> list[Line]:
        """Return what a splice adds, line by line; it is asked for whenever the page is written."""
        place = splice.new_start, splice.new_end
        if place not in self._read:
            self._read[place] = self._lines(*place)
        return self._read[place]

    def _lines(self, start: int, end: int) -> list[Line]:
        found: list[Line] = []
        run: list[Token] = []
        for token in self._three.tokens[NEW][start:end]:
            run.append(token)
            if not token.is_span and self._three.written(NEW, token).endswith(("\n", "\r")):
                found.append(self._line(run))
                run = []
        if run:
            found.append(self._line(run))
        if self.takes_source and all(line.is_kept or line.is_blank for line in found):
            return found
        if any(line.fresh for line in found):
            text = "".join(self._text(line.tokens) for line in found)
            found = [replace(line, is_kept=line.is_kept and self._stands_alone(line, text)) for line in found]
        return [*_in_blocks(found)]

    def kept(self, splice: Splice) -> Iterator[Token]:
        """Yield the tokens of the new source that go into the translation with a splice."""
        lines = self.of(splice)
        whole = all(line.is_kept for line in lines)
        for at, line in enumerate(lines):
            if whole or (line.is_kept and not (line.is_blank and not _is_wanted(lines, at))):
                yield from line.tokens

    @cached_property
    def used(self) -> frozenset[str]:
        """The labels in brackets in the translation, in lower case, other than those that define links."""
        lines = (line for line in self._three.documents[OURS].body.splitlines() if not DEFINITION.match(line))
        return _labels_in("\n".join(lines))

    @cached_property
    def _wanted(self) -> frozenset[str]:
        """The labels that the translation uses, or will use when it is finished, if it keeps those of its source."""
        three = self._three
        old, new, ours = ({label_of(one) for one in three.segments[page]} - {None} for page in (OLD, NEW, OURS))
        waiting = [three.segments[NEW][at].text for at in (*three.open.edited, *three.open.added)]
        keeps = bool(ours) and len(ours & (old | new)) * 2 >= len(ours)
        return self.used | _labels_in("\n".join(waiting)) if keeps else self.used

    def _text(self, run: Sequence[Token]) -> str:
        return self._three.texts[NEW][run[0].start : run[-1].end] if run else ""

    def _line(self, run: Sequence[Token]) -> Line:
        prose = [token for token in run if token.is_span]
        translated = [self._three.translated(token) is not None for token in prose]
        fresh = tuple(at for token in prose for at in self._three.new_positions(token))
        text = self._text(run)
        is_worded = not prose and (_WORDED.search(text) is not None or any(prose_values(text)))
        is_left_out = not all(
            has or self._three.new_positions(token) or self._is_opaque(token)
            for token, has in zip(prose, translated, strict=True)
        )
        is_unused = not self._labels(prose) <= self._wanted
        keeps = self._takes(fresh) or not (fresh or is_worded or is_unused)
        is_blank = all(token.key == BLANK for token in run)
        return Line(tuple(run), keeps and not is_left_out, any(translated), fresh, is_blank, is_worded)

    def _takes(self, positions: Sequence[int]) -> bool:
        worth = not positions or any(self._three.open.is_worth_taking(at) for at in positions)
        return self.takes_source and worth

    def _stands_alone(self, line: Line, run: str) -> bool:
        """Say whether a line without prose says something by itself and is not put around the prose of a run."""
        text = self._text(line.tokens)
        if line.is_blank or line.moved or any(token.is_span for token in line.tokens):
            return True
        call = _CALL.match(text)
        if call is not None:
            name = re.escape(call["name"].lstrip("/"))
            return not call["name"].startswith(("/", "end")) and not re.search(rf"[{{%<-]\s*+(?:/|end){name}\b", run)
        return _VOID.match(text) is not None

    def _labels(self, prose: Sequence[Token]) -> set[str]:
        """Return the labels of the link definitions among some tokens."""
        found = (label_of(self._three.segments[NEW][at]) for token in prose for at in self._three.at(NEW, token.key))
        return {label for label in found if label is not None}

    def _is_opaque(self, token: Token) -> bool:
        opaque = (SegmentKind.CODE, SegmentKind.DEFINITION)
        return all(self._three.segments[NEW][at].kind in opaque for at in self._three.at(NEW, token.key))


def _labels_in(text: str) -> frozenset[str]:
    return frozenset(folded(label) for label in _LABEL.findall(text))


def blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Return the runs of lines without blank ones."""
    return ([*run] for is_blank, run in groupby(lines, attrgetter("is_blank")) if not is_blank)


def _in_blocks(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines; with one that is left out, all of its block are, unless translated text is in it."""
    for is_blank, group in groupby(lines, attrgetter("is_blank")):
        run = [*group]
        left_out = not is_blank and any(not each.is_kept for each in run) and not any(each.moved for each in run)
        yield from (replace(each, is_kept=False) if left_out else each for each in run)


def _is_wanted(lines: Sequence[Line], at: int) -> bool:
    """Say whether a blank line goes with something that is kept: the lines before it, or those after it at the end."""
    if at and not lines[at - 1].is_blank:
        return lines[at - 1].is_kept
    return at + 1 < len(lines) and lines[at + 1].is_kept
