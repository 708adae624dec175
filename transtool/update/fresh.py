"""New text of a source that is to be marked: where it belongs in the translation."""

from collections.abc import Iterator
from dataclasses import dataclass

from transtool.update.groups import NEW, OURS
from transtool.update.merge import Splice
from transtool.update.skeleton import BLANK, is_neutral
from transtool.update.source_lines import Line, SourceLines, blocks
from transtool.update.three import Three


@dataclass(frozen=True, slots=True)
class Fresh:
    """New text: the offset in the translation before which it belongs, its lines, and what it follows.

    `positions` are those of its segments in the source. `indent` says how far an item of a list, which it is, is
    indented (None: it is a block of its own).
    """

    offset: int
    text: str
    positions: tuple[int, ...]
    source_line: int
    indent: int | None
    after_blank: bool


def fresh(three: Three, lines: SourceLines, splice: Splice) -> Iterator[Fresh]:
    """Yield what of a splice is new text to be marked; only where nothing else of the page has to change."""
    if lines.takes_source or not three.begins_line(splice.new_start):
        return
    ours = three.tokens[OURS]
    before = ours[splice.start - 1] if splice.start else None
    offset = ours[splice.start].start if splice.start < len(ours) else len(three.texts[OURS])
    after_blank = before is None or before.key == BLANK
    for block in blocks(lines.of(splice)):
        left_out = [line for line in block if not line.is_kept and not line.is_blank]
        positions = tuple(at for line in left_out for at in line.fresh)
        if positions or any(line.is_worded for line in left_out):
            start, end = left_out[0].tokens[0].start, left_out[-1].tokens[-1].end
            text = three.texts[NEW][start:end].strip("\r\n")
            yield Fresh(offset, text, positions, three.line(NEW, start), _indent(three, left_out[0]), after_blank)


def _indent(three: Three, line: Line) -> int | None:
    first = line.tokens[0]
    if first.is_span or not is_neutral(first.key) or "|" in first.key or not first.key.strip():
        return None
    return len(three.written(NEW, first).expandtabs(4))
