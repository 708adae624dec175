"""Carry what a source changed into its translation, as far as no translator is needed; say and mark what is left.

Pure: `update` takes what is known of a translation (`staleness.evidence`) and returns the bytes of the new file with
what was done and what is left. See docs/update.md.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transtool.assess.rules.untranslated import counts
from transtool.document import Document, edit, parse
from transtool.errors import EditRefused
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.settings import Mark
from transtool.staleness.evidence import Evidence
from transtool.update.inline import Carried, carry
from transtool.update.marks import Comments, unmarked
from transtool.update.model import Done, How, Left, SamePlural, Updated, Why
from transtool.update.open_changes import OpenChanges
from transtool.update.page import Pass, carried_over
from transtool.update.place import Placing

__all__ = ["Done", "Left", "Manner", "Updated", "Why", "update"]

_ROUNDS = 4
"""How often a page is looked at again after something was carried over, besides once for every baseline. Mostly once in
all; a page that does not come to rest by then is left alone."""

Look = Callable[[Document], Evidence | None]
"""Returns what is known of a translation whose file would be this; None where nobody knows an older source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a file is updated: what is written for a translator, how comments look, how it is split, its plurals."""

    mark: Mark
    comments: Comments | None
    split: Callable[[Document], tuple[Segment, ...]]
    same_plural: SamePlural


def update(document: Document, look: Look, manner: Manner) -> Updated | None:
    """Return a translation brought in line with its source; None where no older source is known.

    The result is a fixed point: updating it changes nothing. A page that does not get there comes back as it was.
    """
    return _Update(document, look, manner).run()


@dataclass(frozen=True, slots=True)
class _State:
    """A translation on its way: its file, what is known of it, and what is open."""

    document: Document
    evidence: Evidence
    open: OpenChanges


@dataclass(frozen=True, slots=True)
class _Settled:
    """A translation to which nothing more can be carried over, what was, and what its passes found last."""

    state: _State
    done: Counter[Done]
    passes: tuple[Pass, ...]


class _Update:
    def __init__(self, document: Document, look: Look, manner: Manner) -> None:
        self._original, self._look, self._manner = document, look, manner

    def run(self) -> Updated | None:
        text, cleared = unmarked(self._original.text, self._original.body_start)
        bare = self._state(self._read(text))
        if bare is None:
            return None
        for moves in (True, False):
            settled = self._settled(bare, moves=moves)
            if settled is not None:
                return self._marked(settled, cleared)
        return Updated(data=self._original.data, left=(Left(Why.UNSETTLED, None, None),))

    def _read(self, text: str) -> Document | None:
        """Return the file with another text; None where it cannot be read any more."""
        found = parse(self._original.path, self._original.written(text))
        return found if isinstance(found, Document) else None

    def _state(self, document: Document | None) -> _State | None:
        evidence = None if document is None else self._look(document)
        return None if document is None or evidence is None else _State(document, evidence, OpenChanges(evidence))

    def _split(self, text: str) -> tuple[Segment, ...]:
        read = self._read(text)
        return () if read is None else self._manner.split(read)

    # What is carried over.

    def _settled(self, state: _State, *, moves: bool) -> _Settled | None:
        """Carry over until there is nothing left; None where that has no end."""
        how = How(
            takes_source=self._manner.mark is Mark.SOURCE,
            moves=moves,
            split=self._split,
            same_plural=self._manner.same_plural,
        )
        done: Counter[Done] = Counter()
        for _ in range(_ROUNDS + len(state.evidence.bases)):
            passes: list[Pass] = []
            carried = self._carried(state, how, done, passes) or self._with_fields(state, done)
            if carried is None:
                return _Settled(state, done, tuple(passes))
            state = carried
        return None

    def _carried(self, state: _State, how: How, done: Counter[Done], passes: list[Pass]) -> _State | None:
        """Return the page with what changed since the next baseline carried over; None where there is nothing.

        What each baseline's pass found is added to `passes`.
        """
        for base in state.evidence.bases:
            if base.diff.old is base.diff.new:
                continue
            result = carried_over(base, state.evidence.pairing, state.open, how)
            passes.append(result)
            made = self._state(self._read(result.text)) if result.text != state.document.text else None
            if made is not None:
                done.update(result.done)
                return made
        return None

    def _with_fields(self, state: _State, done: Counter[Done]) -> _State | None:
        """Return the file with what changed in its front matter carried over; None where there is nothing."""
        values: dict[str, str] = {}
        kinds: Counter[Done] = Counter()
        for at, ours, carried in self._tried(state):
            change = state.open.edited[at]
            if not change.field:
                continue
            if carried.why is None and carried.text != ours.text:
                values[ours.field] = carried.text
                kinds[Done.NUMBER] += 1
            elif carried.why is not None and ours.text != change.after and self._takes(at, state.open):
                values[ours.field] = change.after
        try:
            made = parse(state.document.path, edit(state.document, values)) if values else None
        except EditRefused:
            return None
        if not isinstance(made, Document) or made.data == state.document.data:
            return None
        done.update(kinds)
        return self._state(made)

    def _takes(self, at: int, still_open: OpenChanges) -> bool:
        """Say whether a field gives way to the source's text: if `check` finds that it is not translated."""
        return self._manner.mark is Mark.SOURCE and still_open.is_worth_taking(at)

    def _tried(self, state: _State) -> Iterator[tuple[int, Segment, Carried]]:
        """Yield what was reworded in the source and has one counterpart, with what can be carried over to that."""
        for at, change in state.open.edited.items():
            ours = state.evidence.pairing.counterpart(at)
            if len(ours) == 1:
                yield at, ours[0], carry(change.before, change.after, ours[0].text, self._manner.same_plural)

    # What is left.

    def _marked(self, settled: _Settled, cleared: int) -> Updated:
        """Return the file with comments for what is open, and the list of that."""
        bare, evidence, still_open = settled.state.document, settled.state.evidence, settled.state.open
        handled = {at for at, _, carried in self._tried(settled.state) if carried.why is None}
        comments = self._manner.comments if self._manner.mark is Mark.COMMENT else None
        placing = None if comments is None else Placing(bare, comments, self._split)
        left: list[Left] = []
        for at, change in sorted(still_open.edited.items()):
            if at in handled:
                continue
            marked = placing is not None and placing.reworded(change, evidence.pairing.counterpart(at))
            left.append(Left(Why.REWORDED, change.line, change.source_line, marked))
        marked_new: set[int] = set()
        seen: set[int] = set()
        for fresh in (each for result in settled.passes for each in result.fresh):
            if fresh.source_line in seen or not marked_new.isdisjoint(fresh.positions):
                continue
            seen.add(fresh.source_line)
            marked = placing is not None and placing.fresh(fresh)
            marked_new |= {*fresh.positions} if marked else set()
            if not fresh.positions:
                line = bare.text.count("\n", 0, fresh.offset) + 1
                left.append(Left(Why.NEW, line, fresh.source_line, marked))
        left += [
            Left(Why.NEW, change.after_line, change.source_line, at in marked_new)
            for at, change in sorted(still_open.added.items())
        ]
        left += [Left(Why.REMOVED, change.line, None) for _, change in sorted(still_open.removed.items())]
        left += dict.fromkeys(each for result in settled.passes for each in result.left)
        left += _still_source(settled.state)
        final = self._read(bare.text if placing is None else placing.result())
        lines = (lambda line: line) if placing is None else placing.line
        return Updated(
            data=self._original.data if final is None else final.data,
            done=settled.done,
            left=tuple(Left(each.why, each.line and lines(each.line), each.source_line, each.marked) for each in left),
            cleared=max(0, cleared - sum(each.marked for each in left)),
        )


def _still_source(state: _State) -> Iterator[Left]:
    """Yield what is new or reworded in the source since a baseline, and stands in the translation in its words."""
    pairing = state.evidence.pairing
    changed = frozenset[int]().union(*(base.diff.changed for base in state.evidence.bases))
    there: dict[str, Segment] = {}
    for one in pairing.translation.segments:
        there.setdefault(wording(one), one)
    for at in sorted(changed):
        segment = pairing.source.segments[at]
        same = there.get(wording(segment))
        if at not in state.open.edited and same is not None and segment.translatable and counts(segment):
            yield Left(Why.SOURCE, same.line, segment.line, marked=True)
