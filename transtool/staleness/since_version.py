"""One older version of a translation and of the source beside it: what happened to both until now."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from transtool.align import Step
from transtool.align.literals import disagree
from transtool.segments.views import wording
from transtool.staleness.followed import Touched, followed, touched
from transtool.staleness.pages import Revision
from transtool.staleness.pairing import Sides, counterparts, said
from transtool.text.words import bare

_MOST = 0.6


class Touch:
    """What became of the source (`beside`) and of the translation (`own`) since one version."""

    def __init__(self, sides: Sides, beside: Revision, own: Revision) -> None:
        """Take both sides as they are now, and what became of each."""
        self._sides = sides
        self._beside, self._own = beside, own

    def edit(self, at: int) -> tuple[str, str]:
        """Return what the source said then, and says now, where its segment `at` is; all halves of a split one."""
        step = self._beside.became[at]
        return self._said_beside(step.old), said([self._sides.source.segments[new] for new in step.new])

    def stood(self, at: int) -> bool:
        """Say whether what stands for the source's segment `at` has not followed what the source did to it since."""
        before, edit = self._beside.became[at].old, self.edit(at)
        return self._stood(self._sides.targets(at), before, edit) and not self._followed_beside(at, edit)

    def was_left(self, at: int) -> bool:
        """Say whether segment `at` stood in the translation in the words of the source then, and does no longer."""
        then = self.edit(at)[0]
        steps = [self._own.became[target] for target in self._sides.targets(at)]
        olds = {old for step in steps for old in step.old if not step.same} | self._own.removed
        return bool(then) and any(wording(self._own.old.segments[old]) == then for old in olds)

    def stood_without(self, before: int, targets: Sequence[int]) -> bool:
        """Say whether `targets`, which stood for the removed segment `before`, still say what they said."""
        return self._stood(targets, (before,), (self._said_beside((before,)), ""))

    def took_in(self, at: int) -> bool:
        """Say whether what stands for a neighbour says about as much more as the source's new segment `at` says."""
        segments = self._sides.source.segments
        near = [place for place in (at - 1, at + 1) if self._sides.targets(place) and segments[place].translatable]
        return any(self._grew(place, at) if self._beside.became[place].same else self._has(place, at) for place in near)

    def _grew(self, near: int, at: int) -> bool:
        """Say whether what stands for `near`, which the source left alone, grew by about what `at` says."""
        segments = self._sides.source.segments
        then, now = self._translation(self._sides.targets(near), self._beside.became[near].old)
        ratio = len(then) / max(1, len(wording(segments[near])))
        return len(now) - len(then) > _MOST * ratio * len(wording(segments[at])) > 0

    def _has(self, near: int, at: int) -> bool:
        """Say whether what stands for `near`, which is new or was edited too, is rather as long as both together."""
        sides, segments = self._sides, self._sides.source.segments
        alone = sides.sharing(near)
        one, both = (said([segments[place] for place in sorted(places)]) for places in (alone, (*alone, at)))
        present = said(sides.present(near))
        if segments[near].kind is not segments[at].kind or disagree(both, present):
            return False
        return abs(sides.lengths.off(both, present)) < abs(sides.lengths.off(one, present))

    def _stood(self, targets: Sequence[int], before: Sequence[int], edit: tuple[str, str]) -> bool:
        then, now = self._translation(targets, before)
        if bare(then) == bare(now):
            return True
        alone = not self._sides.are_shared(targets)
        return bool(then) and not followed(edit, (then, now), self._around, alone=alone)

    def _followed_beside(self, at: int, edit: tuple[str, str]) -> bool:
        """Say whether a neighbour followed that stands for nothing by itself, as half of a split paragraph does."""
        steps = (self._own.became[target] for target in self._sides.beside(self._sides.targets(at)))
        edits = (self._said_in(step) for step in steps if step.old and not step.same)
        return any(followed(edit, each, self._around, alone=False) for each in edits)

    def _translation(self, targets: Sequence[int], before: Sequence[int]) -> tuple[str, str]:
        """Return what stood for `before` in the translation then, and what does now."""
        steps = [self._own.became[target] for target in {*targets, *self._split_off(targets, before)}]
        olds = {at for step in steps for at in step.old}
        news = {at for step in steps for at in step.new}
        if any(at + 1 in self._own.removed or at - 1 in self._own.removed for at in olds):
            # Of a paragraph that a translator had split in two, one may have been removed.
            olds |= self._stood_for(before) & self._own.removed
        old, new = self._own.old.segments, self._own.new.segments
        return said([old[at] for at in sorted(olds)]), said([new[at] for at in sorted(news)])

    def _split_off(self, targets: Sequence[int], before: Sequence[int]) -> Iterator[int]:
        """Yield the neighbours of `targets` that belong to them: what stood for `before` too, and what is new."""
        near = self._sides.beside(targets)
        stood = self._stood_for(before) if near else frozenset()
        for at in near:
            olds = self._own.became[at].old
            if not olds or stood.intersection(olds):
                yield at

    def _stood_for(self, before: Sequence[int]) -> frozenset[int]:
        """Return what stood for `before` in the translation then."""
        return frozenset(at for old in before for at in self._paired.get(old, ()))

    def _said_beside(self, places: Sequence[int]) -> str:
        return said([self._beside.old.segments[at] for at in places])

    @cached_property
    def _paired(self) -> Mapping[int, tuple[int, ...]]:
        return counterparts(self._beside.old, self._own.old)

    @cached_property
    def _around(self) -> Touched:
        """How much was touched of what the source left alone."""
        kept = (at for at, step in self._beside.became.items() if step.same)
        steps = (self._own.became[target] for at in kept for target in self._sides.targets(at))
        return touched([self._said_in(step) for step in steps if step.old])

    def _said_in(self, step: Step) -> tuple[str, str]:
        """Return what the translation said in a step, then and now."""
        before, after = self._own.old.segments, self._own.new.segments
        return said([before[at] for at in step.old]), said([after[at] for at in step.new])
