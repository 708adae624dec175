"""Carry what a source changed into its translation, as far as no translator is needed; say and mark what is left.

Pure: `update` takes what is known of a translation (`staleness.evidence`) and returns the bytes of the new file with
what was done and what is left. See docs/update.md.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from transtool.assess.rules.untranslated import counts, proper_names
from transtool.document import Document, Unreadable, edit, parse
from transtool.errors import EditRefused
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.settings import Mark
from transtool.staleness.evidence import Evidence
from transtool.staleness.pages import Page
from transtool.update.inline import SamePlural, carry
from transtool.update.known import Known
from transtool.update.marks import Comments, unmarked
from transtool.update.model import Done, How, Left, Split, Updated, Why
from transtool.update.page import Pass, carried_over
from transtool.update.place import Placing

__all__ = ["Done", "Left", "Manner", "Updated", "Why", "update"]

_ROUNDS = 4
"""How often a page is looked at again after something was carried over. Mostly once; a page that does not come to rest
by then is left alone."""

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
    text, cleared = unmarked(document.text, document.body_start)
    bare = _read(document, text)
    evidence = None if bare is None else look(bare)
    if bare is None or evidence is None:
        return None
    for moves in (True, False):
        settled = _settled(bare, evidence, look, manner, moves=moves)
        if settled is not None:
            return _marked(document, settled, manner, cleared)
    return Updated(data=document.data, left=(Left(Why.OWN, None, None),))


@dataclass(frozen=True, slots=True)
class _Settled:
    """A translation to which nothing more can be carried over, what was, and what its passes found last."""

    document: Document
    evidence: Evidence
    done: Counter[Done]
    passes: tuple[Pass, ...]


def _settled(document: Document, evidence: Evidence, look: Look, manner: Manner, *, moves: bool) -> _Settled | None:
    """Carry over until there is nothing left; None where that has no end."""
    done: Counter[Done] = Counter()
    for _ in range(_ROUNDS):
        passes: list[Pass] = []
        carried = _carried(document, evidence, look, manner, done, passes, moves=moves)
        if carried is None:
            return _Settled(document, evidence, done, tuple(passes))
        document, evidence = carried
    return None


def _read(like: Document, text: str) -> Document | None:
    found = parse(like.path, like.written(text))
    return None if isinstance(found, Unreadable) else found


def _splitter(document: Document, manner: Manner) -> Split:
    """Return what splits another text of a file as the file is split."""

    def split(text: str) -> tuple[Segment, ...]:
        read = _read(document, text)
        return () if read is None else manner.split(read)

    return split


def _carried(
    document: Document,
    evidence: Evidence,
    look: Look,
    manner: Manner,
    done: Counter[Done],
    passes: list[Pass],
    *,
    moves: bool,
) -> tuple[Document, Evidence] | None:
    """Return the file with the next thing carried over, and what is known of it then; None where there is nothing.

    What each baseline's pass found is added to `passes`.
    """
    how = How(
        takes_source=manner.mark is Mark.SOURCE,
        moves=moves,
        split=_splitter(document, manner),
        same_plural=manner.same_plural,
    )
    for base in evidence.bases:
        if base.diff.old is base.diff.new:
            continue
        result = carried_over(evidence, base, how)
        passes.append(result)
        made = _read(document, result.text) if result.text != document.text else None
        again = look(made) if made is not None else None
        if made is not None and again is not None:
            done.update(result.done)
            return made, again
    return _with_fields(document, evidence, look, manner, done)


def _with_fields(
    document: Document, evidence: Evidence, look: Look, manner: Manner, done: Counter[Done]
) -> tuple[Document, Evidence] | None:
    values: dict[str, str] = {}
    kinds: Counter[Done] = Counter()
    for at, change in _known(evidence).edited.items():
        ours = evidence.pairing.counterpart(at) if change.field else ()
        if not ours:
            continue
        carried = carry(change.before, change.after, ours[0].text, manner.same_plural)
        if carried.why is None and carried.text != ours[0].text:
            values[ours[0].field] = carried.text
            kinds[Done.NUMBER] += 1
        elif carried.why is not None and ours[0].text != change.after and _takes(evidence.pairing.source, at, manner):
            values[ours[0].field] = change.after
    try:
        made = parse(document.path, edit(document, values)) if values else None
    except EditRefused:
        return None
    if not isinstance(made, Document) or made.data == document.data:
        return None
    again = look(made)
    done.update(kinds)
    return None if again is None else (made, again)


def _takes(source: Page, at: int, manner: Manner) -> bool:
    """Say whether a field gives way to the source's text: if `check` finds that it is not translated."""
    return manner.mark is Mark.SOURCE and counts(source.segments[at], proper_names(source.segments))


def _known(evidence: Evidence) -> Known:
    source, ours = evidence.pairing.source.segments, evidence.pairing.translation.segments
    return Known(source, ours, evidence.changes)


def _marked(document: Document, settled: _Settled, manner: Manner, cleared: int) -> Updated:
    """Return the file with comments for what is open, and the list of that."""
    bare, evidence, done, results = settled.document, settled.evidence, settled.done, settled.passes
    known = _known(evidence)
    handled = _handled(known, evidence, manner)
    wants = manner.mark is Mark.COMMENT and manner.comments is not None
    placing = Placing(bare, manner.comments, _splitter(bare, manner)) if wants and manner.comments is not None else None
    left: list[Left] = []
    for at, change in sorted(known.edited.items()):
        if at in handled:
            continue
        ours = evidence.pairing.counterpart(at)
        marked = placing is not None and placing.reworded(change, ours)
        left.append(Left(Why.REWORDED, change.line, change.source_line, marked))
    marked_new: set[int] = set()
    seen: set[int] = set()
    for fresh in (each for result in results for each in result.fresh):
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
        for at, change in sorted(known.added.items())
    ]
    left += [Left(Why.REMOVED, change.line, None) for _, change in sorted(known.removed.items())]
    left += dict.fromkeys(each for result in results for each in result.left)
    left += _still_source(evidence, known)
    text = bare.text if placing is None else placing.result()
    lines = (lambda line: line) if placing is None else placing.line
    final = _read(document, text)
    return Updated(
        data=document.data if final is None else final.data,
        done=done,
        left=tuple(Left(each.why, each.line and lines(each.line), each.source_line, each.marked) for each in left),
        cleared=max(0, cleared - sum(each.marked for each in left)),
    )


def _handled(known: Known, evidence: Evidence, manner: Manner) -> set[int]:
    """Return the positions of what was reworded only in what is carried over, and has been."""
    found = set()
    for at, change in known.edited.items():
        ours = evidence.pairing.counterpart(at)
        if len(ours) == 1 and carry(change.before, change.after, ours[0].text, manner.same_plural).why is None:
            found.add(at)
    return found


def _still_source(evidence: Evidence, known: Known) -> Iterator[Left]:
    """Yield what is new or reworded in the source since a baseline, and stands in the translation in its words."""
    pairing = evidence.pairing
    changed = frozenset[int]().union(*(base.diff.changed for base in evidence.bases))
    there: dict[str, Segment] = {}
    for one in pairing.translation.segments:
        there.setdefault(wording(one), one)
    for at in sorted(changed):
        segment = pairing.source.segments[at]
        same = there.get(wording(segment))
        if at not in known.edited and same is not None and segment.translatable and counts(segment):
            yield Left(Why.SOURCE, same.line, segment.line, marked=True)
