"""Which version of the source a new translation was made from: often one older than the day it was committed.

A translator takes a copy of the source, works for weeks, and commits when the source has gone on. Going back from the
version that stands beside the new translation, each edit of the source that the translation does not show speaks
for an older version; each that it does show speaks against. Only what can be seen in another language counts:
paragraphs that are there or not, names, numbers and code, and lengths.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from transtool.align import Step
from transtool.align.length_model import Lengths, lengths
from transtool.align.literals import disagree, told_by_lacking, told_by_literals
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.pages import Page, Revision
from transtool.staleness.pairing import counterparts, said, sharing

_ENOUGH = 1.0
_PRIOR = 0.2
_SAME_TEXT = 3.0
_LITERAL = 2.0
_NUMBER = 1.0
_ADDED = 1.5
_REMOVED_SHOWN, _REMOVED_HIDDEN = 0.5, 1.5
_WHOLE = 0.8
_LENGTH = 2.0
_TO_LENGTH = 0.25
_LONG = 40
_FITS = 1.5
_ODD = 2.5


def fitting(made: Page, beside: Page, older: Iterable[Page], revision: Callable[[Page, Page], Revision]) -> Page:
    """Return the page that `made`, the first version of a translation, was most likely made from.

    `beside` is the source in the same commit; `older` are its older versions, newest first.
    """
    signs = _Signs(made, beside)
    where: Mapping[int, int] = {at: at for at in range(len(beside.segments))}
    newer, best, least, against = beside, beside, _ENOUGH, 0.0
    for page in older:
        edits = revision(page, newer)
        against -= signs.all_shown(edits, where) + _PRIOR
        where = {
            step.old[0]: where[step.new[0]] for step in edits.steps if step.old and step.new and step.new[0] in where
        }
        newer = page
        if against >= least:
            best, least = page, against
    return best


class _Signs:
    """What a new translation shows of the source's last edits."""

    def __init__(self, made: Page, beside: Page) -> None:
        self._made, self._beside = made, beside

    @cached_property
    def _targets(self) -> Mapping[int, tuple[int, ...]]:
        return counterparts(self._beside, self._made)

    @cached_property
    def _surplus(self) -> frozenset[int]:
        taken = {target for targets in self._targets.values() for target in targets}
        return frozenset(at for at, each in enumerate(self._made.segments) if each.translatable and at not in taken)

    @cached_property
    def _belongs(self) -> bool:
        """Whether nearly all of the translation has its place in the source, so that what is missing tells."""
        prose = [at for at, segment in enumerate(self._made.segments) if segment.translatable]
        taken = {target for targets in self._targets.values() for target in targets}
        return sum(at in taken for at in prose) >= _WHOLE * len(prose)

    @cached_property
    def _lengths(self) -> Lengths:
        return lengths((self._said(at), self._present(at)) for at in self._targets)

    def _said(self, at: int) -> str:
        return wording(self._beside.segments[at])

    def _present(self, at: int) -> str:
        return said([self._made.segments[target] for target in self._targets.get(at, ())])

    def all_shown(self, edits: Revision, where: Mapping[int, int]) -> float:
        """Say how much speaks for the translation showing the edits of one commit; a part there or not is one sign."""
        shown = [(step, self.shown(step, edits, where)) for step in edits.steps if not step.same]
        added = [worth for step, worth in shown if not step.old]
        return sum(worth for step, worth in shown if step.old) + min((0.0, *added)) + max((0.0, *added))

    def shown(self, step: Step, edits: Revision, where: Mapping[int, int]) -> float:
        """Say how much speaks for the translation showing one edit of the source (below 0: for its not doing so)."""
        if not step.new:
            return self._removal_shown(edits.old.segments[step.old[0]], step, edits, where)
        segment = edits.new.segments[step.new[0]]
        at = where.get(step.new[0])
        if at is None or not segment.translatable:
            return 0.0
        present = self._present(at)
        if not step.old:
            return _ADDED if present else self._absence_shown(at)
        then, now = (
            said([edits.old.segments[old] for old in step.old]),
            said([edits.new.segments[new] for new in step.new]),
        )
        if not present or len(step.new) > 1:
            return 0.0
        if present in (then, now):
            return _SAME_TEXT if present == now else -_SAME_TEXT
        told = _LITERAL * told_by_literals(then, now, present)
        if self._is_split(at):
            return told
        return (told or _NUMBER * told_by_lacking(then, now, present)) + self._length_shows(then, now, present)

    def _is_split(self, at: int) -> bool:
        """Say whether something that stands for nothing, maybe a half, is beside what stands for segment `at`."""
        near = {place for target in self._targets[at] for place in (target - 1, target + 1)} & self._surplus
        return any(self._made.segments[place].kind is self._beside.segments[at].kind for place in near)

    def _absence_shown(self, at: int) -> float:
        """Say how much speaks for a part being there that has no place of its own: a neighbour may have taken it in."""
        if not self._belongs:
            return 0.0
        segments = self._beside.segments
        near = [place for place in (at - 1, at + 1) if self._targets.get(place)]
        taken_in = [self._says_too(place, at) for place in near if segments[place].kind is segments[at].kind]
        return min(0.0, max((-_ADDED, *taken_in)))

    def _says_too(self, near: int, at: int) -> float:
        """Say how much speaks for what stands for `near` saying what segment `at` does, too (below 0: against it)."""
        places = sharing(self._targets, near)
        alone = " ".join(map(self._said, places))
        both = " ".join(map(self._said, sorted((*places, at))))
        present = self._present(near)
        return -_ADDED if disagree(both, present) else self._fits_better(alone, both, present)

    def _length_shows(self, then: str, now: str, present: str) -> float:
        if min(len(then), len(now)) < _LONG:
            return 0.0
        offs = [abs(self._lengths.off(text, present)) for text in (then, now)]
        return self._fits_better(then, now, present) if min(offs) <= _FITS else 0.0

    def _fits_better(self, one: str, other: str, present: str) -> float:
        """Say how much the length of `present` speaks for its translating `other` rather than `one`."""
        off_one, off_other = self._lengths.off(one, present), self._lengths.off(other, present)
        return max(-_LENGTH, min(_LENGTH, _TO_LENGTH * (off_one**2 - off_other**2)))

    def _removal_shown(self, gone: Segment, step: Step, edits: Revision, where: Mapping[int, int]) -> float:
        """Look for one segment more of the removed one's kind where it stood."""
        if not gone.translatable:
            return 0.0
        kept = [(each.old[0], where.get(each.new[0])) for each in edits.steps if each.new and each.old]
        targets = [(old, self._targets[at]) for old, at in kept if at is not None and at in self._targets]
        start = max((there[-1] for old, there in targets if old < step.old[0]), default=-1)
        end = min((there[0] for old, there in targets if old > step.old[0]), default=len(self._made.segments))
        extra = any(start < at < end and self._may_be(at, gone) for at in self._surplus)
        return -_REMOVED_HIDDEN if extra else _REMOVED_SHOWN

    def _may_be(self, extra: int, gone: Segment) -> bool:
        """Say whether a part of the translation that stands for nothing may translate what was removed."""
        segment, lost = self._made.segments[extra], wording(gone)
        if segment.kind is not gone.kind or disagree(lost, wording(segment)) or self._is_half(extra):
            return False
        return abs(self._lengths.off(lost, wording(segment))) <= _ODD

    def _is_half(self, extra: int) -> bool:
        """Say whether a part that stands for nothing makes what is beside it as long as that should be."""
        half = self._made.segments[extra]
        for at, targets in self._targets.items():
            if self._beside.segments[at].kind is half.kind and not {extra - 1, extra + 1}.isdisjoint(targets):
                source, alone = self._said(at), self._present(at)
                offs = [abs(self._lengths.off(source, text)) for text in (f"{alone} {wording(half)}", alone)]
                if offs[0] < offs[1]:
                    return True
        return False
