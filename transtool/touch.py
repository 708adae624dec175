"""One older version of a translation and of the source beside it: what happened to both until now."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from transtool.amount import bare
from transtool.followed import Touched, followed, literally, touched
from transtool.pages import Revision
from transtool.sides import Sides, counterparts, said
from transtool.views import wording


class Touch:
    """What became of the source (`beside`) and of the translation (`own`) since one version."""

    def __init__(self, sides: Sides, beside: Revision, own: Revision) -> None:
        """Take both sides as they are now, and what became of each."""
        self._sides = sides
        self._beside, self._own = beside, own

    def stood(self, at: int) -> bool:
        """Say whether what stands for the source's segment `at` has not followed what the source did to it since."""
        before = self._beside.became[at].old
        edit = self._said_beside(before), wording(self._sides.source.segments[at])
        return self._stood(self._sides.targets(at), before, edit)

    def stood_without(self, before: int, targets: Sequence[int]) -> bool:
        """Say whether `targets`, which stood for the removed segment `before`, still say what they said."""
        return self._stood(targets, (before,), (self._said_beside((before,)), ""))

    def _stood(self, targets: Sequence[int], before: Sequence[int], edit: tuple[str, str]) -> bool:
        then, now = self._translation(targets, before)
        if bare(then) == bare(now):
            return True
        if not then:
            return self._was_left(edit, now)
        return not followed(edit, (then, now), self._around)

    def _was_left(self, edit: tuple[str, str], now: str) -> bool:
        """Say whether what was left in the source's language was translated later, from what stood there."""
        left = any(wording(self._own.old.segments[at]) == edit[0] for at in self._own.removed)
        return left and not literally(edit, (edit[0], now))

    def _translation(self, targets: Sequence[int], before: Sequence[int]) -> tuple[str, str]:
        """Return what stood for `before` in the translation then, and what does now."""
        steps = [self._own.became[target] for target in targets]
        olds = {at for step in steps for at in step.old}
        news = {at for step in steps for at in step.new}
        if any(at + 1 in self._own.removed or at - 1 in self._own.removed for at in olds):
            # Of a paragraph that a translator had split in two, one may have been removed.
            olds |= {at for old in before for at in self._paired.get(old, ()) if at in self._own.removed}
        old, new = self._own.old.segments, self._own.new.segments
        return said([old[at] for at in sorted(olds)]), said([new[at] for at in sorted(news)])

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
        before, after = self._own.old.segments, self._own.new.segments
        return touched(
            [
                (said([before[at] for at in step.old]), said([after[at] for at in step.new]))
                for step in steps
                if step.old
            ]
        )
