"""Carry over to one translation what its source changed since one baseline: the text of the new file, and why.

The three pages (`three`) are merged as sequences of tokens (`skeleton`, `groups`, `merge`): which changes are `wanted`,
and which `source_lines` may be put in. What changed inside of a text or a block of code is merged by itself (`inside`).
Afterwards the result (`parts`) is split again: unless it is `sound`, the change that is to blame is left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from transtool.staleness.evidence import Base
from transtool.staleness.pairing import Pairing
from transtool.update.fresh import Fresh, fresh
from transtool.update.groups import NEW, OLD, OURS
from transtool.update.indented import indented
from transtool.update.inside import Made, inside
from transtool.update.merge import Splice
from transtool.update.model import Done, How, Left
from transtool.update.open_changes import OpenChanges
from transtool.update.parts import Writer
from transtool.update.sound import Soundness
from transtool.update.source_lines import SourceLines
from transtool.update.three import Three
from transtool.update.wanted import Wanted

_FAR = 8
"""How many changes, one after the other, are tried together where none of them can be made alone. Set by hand."""


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass over a page did: the new text, what was done, what was left, and what is new, to be marked."""

    text: str
    done: Counter[Done]
    left: tuple[Left, ...]
    fresh: tuple[Fresh, ...]


def carried_over(base: Base, pairing: Pairing, still_open: OpenChanges, how: How) -> Pass:
    """Return a translation with what its source changed since a baseline, as far as no translator is needed.

    `pairing` is that of the present pages, `still_open` what is open in them.
    """
    return _PagePass(Three(base, pairing, still_open), how).run()


class _PagePass:
    def __init__(self, three: Three, how: How) -> None:
        self._three = three
        code = indented(three.segments[OLD], three.segments[NEW])
        self._lines = SourceLines(three, takes_source=how.takes_source)
        self._writer = Writer(three, self._lines)
        self._inside = inside(three, how, code)
        self._wanted = Wanted(three, self._lines, code, moves=how.moves)
        self._sound = Soundness(three, self._writer.leads, self._inside.handled, how.split)

    def run(self) -> Pass:
        three, splices, made = self._three, self._wanted.splices, self._inside.made
        refused: set[Splice] = set()
        parts = self._writer.parts(splices, made)
        if not self._sound.holds(parts):
            splices, made, refused = self._bisected(splices, made)
            parts = self._writer.parts(splices, made)
        head = three.texts[OURS][: three.documents[OURS].body_start]
        done = sum((each.done for each in made.values()), Counter[Done]())
        for splice in splices:
            done.update(self._kinds(splice))
        left = (*self._inside.left, *self._wanted.left, *(three.conflict(each) for each in refused))
        new = tuple(each for splice in splices for each in fresh(three, self._lines, splice))
        return Pass(head + "".join(part.text for part in parts), done, left, new)

    def _holds(self, splices: Sequence[Splice], made: Mapping[str, Made]) -> bool:
        return self._sound.holds(self._writer.parts(splices, made))

    def _kinds(self, splice: Splice) -> set[Done]:
        """Return what is done by a splice."""
        three = self._three
        ours = three.tokens[OURS][splice.start : splice.end]
        new = three.tokens[NEW][splice.new_start : splice.new_end]
        moved = any(token.is_span and three.translated(token) for token in new)
        removed = any(token.is_span and three.may_go(token.key) for token in ours)
        now = "".join(part.text for part in self._writer.written(splice, {}))
        was = "".join(three.written(OURS, token) for token in ours)
        lines = not moved and not removed and now != was and bool(now.strip() or was.strip())
        flags = {Done.MOVED: moved, Done.REMOVED: removed, Done.LINES: lines}
        return {kind for kind, is_so in flags.items() if is_so}

    def _bisected(
        self, splices: Sequence[Splice], made: Mapping[str, Made]
    ) -> tuple[list[Splice], dict[str, Made], set[Splice]]:
        """Return what can be done without anything else changing, change by change, and the splices that cannot."""
        kept: list[Splice] = []
        texts: dict[str, Made] = {}
        for key, each in made.items():
            if self._holds(kept, {**texts, key: each}):
                texts[key] = each
        waiting: list[Splice] = []
        for splice in splices:
            # What opens and what closes something may be in two places, with more between them.
            for more in ([splice], *([*waiting[-count:], splice] for count in range(1, min(_FAR, len(waiting)) + 1))):
                tried = sorted([*kept, *more])
                if not self._wanted.wrong(tried) and self._holds(tried, texts):
                    kept = tried
                    waiting = [each for each in waiting if each not in more]
                    break
            else:
                waiting.append(splice)
        return kept, texts, set(waiting)
