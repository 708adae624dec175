"""What changed inside of the texts and the code that all three pages have, each merged by itself."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from transtool.model import Change, SegmentKind
from transtool.segments import Segment, labels
from transtool.update.code import merged_code
from transtool.update.groups import NEW, OLD, OURS, Group, is_recast
from transtool.update.indented import Indented
from transtool.update.inline import Carried, Sort, carry
from transtool.update.lead import added, lead_of, without
from transtool.update.merge import like
from transtool.update.model import Done, How, Left, Why
from transtool.update.three import Three

_TARGET = re.compile(r"[^\n]*?\]:\s*(\S+)")
_SEAM = "\n\ue004\n"
"""Stands between texts that are looked at as one: a private character, which no text holds."""
_DONE = {
    Sort.TARGET: Done.TARGET,
    Sort.NUMBER: Done.NUMBER,
    Sort.CODE: Done.MARKUP,
    Sort.MARKUP: Done.MARKUP,
}


@dataclass(frozen=True, slots=True)
class Made:
    """The new text of a token of the translation, the segments that it holds, and what was done in it."""

    text: str
    holds: tuple[str, ...]
    done: Counter[Done] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Inside:
    """The new texts by the keys of their tokens, what was left, and the positions of all that needs no translator."""

    made: Mapping[str, Made]
    left: tuple[Left, ...]
    handled: frozenset[int]


def inside(three: Three, how: How, code: Indented) -> Inside:
    """Return what becomes of the texts and the code of a translation."""
    return _Texts(three, how, code).run()


class _Texts:
    def __init__(self, three: Three, how: How, code: Indented) -> None:
        self._three, self._how, self._indented = three, how, code
        self._left: list[Left] = []
        self._handled: set[int] = set()

    def run(self) -> Inside:
        self._left += self._recast()
        made = {group.key: made for group in self._three.groups if (made := self._made(group)) is not None}
        return Inside(made, (*self._left,), frozenset(self._handled))

    def _recast(self) -> Iterator[Left]:
        """Yield what became a text of another kind, while the translation has one of the old kind."""
        before, after, _ = self._three.segments
        for step in self._three.base.diff.steps:
            ours = [one for at in step.new for one in self._three.pairing.counterpart(at)]
            if ours and is_recast(step.old, step.new, before, after) and ours[0].kind is before[step.old[0]].kind:
                yield Left(Why.OWN, ours[0].line, after[step.new[0]].line)

    def _made(self, group: Group) -> Made | None:
        if not group.is_single:
            return self._joined(group)
        old, new, ours = (self._three.segments[page][group.pages[page][0]] for page in (OLD, NEW, OURS))
        kinds = (old.kind, new.kind, ours.kind)
        if SegmentKind.DEFINITION in kinds:
            return self._defined(old, new, ours)
        if SegmentKind.CODE in kinds:
            return self._code(old, new, ours, is_prose=group.pages[NEW][0] in self._indented.new)
        return self._prose(group.pages[NEW][0], old, new, ours)

    def _joined(self, group: Group) -> Made | None:
        """Return texts that were split or joined on one of the pages, with what changed in them besides words."""
        segments = [[self._three.segments[page][at] for at in group.pages[page]] for page in (OLD, NEW, OURS)]
        if not all(segments) or not all(one.translatable for each in segments for one in each):
            return None
        if any(at in self._three.open.edited for at in group.pages[NEW]):
            return None
        old, new, ours = (_SEAM.join(one.text for one in each) for each in segments)
        carried = carry(old.replace(_SEAM, "\n"), new.replace(_SEAM, "\n"), ours, self._how.same_plural)
        texts = carried.text.split(_SEAM)
        if carried.why is not None or carried.text == ours or len(texts) != len(segments[OURS]):
            return None
        start, span = segments[OURS][0].start, self._three.texts[OURS]
        parts, done = [], start
        for one, text in zip(segments[OURS], texts, strict=True):
            parts += [span[done : one.start], text]
            done = one.end
        return Made("".join(parts), tuple(texts), _counted(carried))

    def _defined(self, old: Segment, new: Segment, ours: Segment) -> Made | None:
        """Return a link definition of the translation with the target of today."""
        before, after, there = (" ".join(each.text.split()) for each in (old, new, ours))
        if before == after or there == after:
            return None
        if there != before:
            self._left.append(Left(Why.OWN, ours.line, new.line))
            return None
        text = _with_target(old.text, new.text, ours.text) or like(new.text, self._three.texts[OURS])
        return Made(text, (text,), Counter([Done.TARGET]))

    def _code(self, old: Segment, new: Segment, ours: Segment, *, is_prose: bool) -> Made | None:
        if old.text == new.text or not old.kind is new.kind is ours.kind:
            return None
        leads = [lead_of(self._three.texts[page], each.start) for page, each in enumerate((old, new, ours))]
        texts = [
            each.text if lead is None else without(each.text, lead)
            for each, lead in zip((old, new, ours), leads, strict=True)
        ]
        merged = None if None in texts or is_prose else merged_code(*(text or "" for text in texts))
        if merged is None:
            self._left.append(Left(Why.OWN, ours.line, new.line))
            return None
        own = leads[OURS]
        text = merged if own is None else added(merged, own)
        return None if text == ours.text else Made(text, (text,), Counter([Done.CODE]))

    def _prose(self, at: int, old: Segment, new: Segment, ours: Segment) -> Made | None:
        change = self._three.open.edited.get(at)
        if change is None and old.text == new.text:
            return None
        before = old.text if change is None else change.before
        carried = carry(before, new.text, ours.text, self._how.same_plural, settled=change is None)
        if carried.why is None:
            if change is not None:
                self._handled.add(at)
            if carried.text == ours.text:
                return None
            text = like(carried.text, self._three.texts[OURS])
            return Made(text, (text,), _counted(carried))
        return self._reworded(at, change, new, ours, carried)

    def _reworded(self, at: int, change: Change | None, new: Segment, ours: Segment, carried: Carried) -> Made | None:
        if change is None:
            if self._three.base.diff.became[at].same:
                why = Why.FORM if carried.why is Why.FORM else Why.OWN
                self._left.append(Left(why, ours.line, new.line))
            return None
        if not self._how.takes_source or not self._three.open.is_worth_taking(at):
            return None
        text = self._fitted(new.text, ours)
        return Made(text, (text,))

    def _fitted(self, text: str, ours: Segment) -> str:
        """Return text of the source as it can stand in the place of a segment of the translation."""
        there = self._three.texts[OURS]
        if ours.kind is SegmentKind.LABEL:
            text = labels.written(text, ours.level, there[ours.start - 1])
        return like(text, there)


def _counted(carried: Carried) -> Counter[Done]:
    return Counter({_DONE[sort]: 1 for sort in carried.sorts})


def _with_target(old: str, new: str, ours: str) -> str | None:
    """Return a link definition with the target of the new one, where nothing but the target differs from the old."""
    was, now, mine = (_TARGET.match(text) for text in (old, new, ours))
    if was is None or now is None or mine is None:
        return None
    rest = [each.string[: each.start(1)] + each.string[each.end(1) :] for each in (was, now)]
    if " ".join(rest[0].split()) != " ".join(rest[1].split()):
        return None
    return ours[: mine.start(1)] + now[1] + ours[mine.end(1) :]
