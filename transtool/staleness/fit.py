"""Which version of the source a new translation was made from: often one older than the day it was committed.

A translator takes a copy of the source, works for weeks, and commits when the source has gone on. Going back from the
version that stands beside the new translation, each edit of the source that the translation does not show speaks
for an older version; each that it does show speaks against. Only what can be seen in another language counts:
paragraphs that are there or not, names, numbers and code, and lengths.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from math import log
from statistics import median

from transtool.align import Step
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.followed import told_by_literals
from transtool.staleness.pages import Page, Revision
from transtool.staleness.sides import counterparts, said

_ENOUGH = 1.0
_PRIOR = 0.3
_SAME_TEXT = 3.0
_LITERAL = 2.0
_ADDED = 1.5
_REMOVED_SHOWN, _REMOVED_HIDDEN = 0.5, 1.5
_WHOLE = 0.8
_LONG = 40
_SOME = 8
_SPREAD = 0.2
_LEAST_SPREAD = 0.08
_TO_SPREAD = 1.48  # from the median of deviations to the standard deviation
_FITS, _ODD = 1.2, 2.0
_LENGTH = 1.5


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
    def _growth(self) -> tuple[float, float]:
        """How much longer (as a logarithm) the translation is than its source, and how much that varies."""
        pairs = ((wording(self._beside.segments[at]), self._present(at)) for at in self._targets)
        logs = [log(len(text) / len(source)) for source, text in pairs if text and len(source) >= _LONG]
        usual = median(logs) if logs else 0.0
        spread = _TO_SPREAD * median(abs(each - usual) for each in logs) if len(logs) >= _SOME else _SPREAD
        return usual, max(_LEAST_SPREAD, spread)

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
            return _ADDED if present else -_ADDED if self._belongs else 0.0
        then, now = (
            said([edits.old.segments[old] for old in step.old]),
            said([edits.new.segments[new] for new in step.new]),
        )
        return self._edit_shown(then, now, present) if present and len(step.new) == 1 else 0.0

    def _edit_shown(self, then: str, now: str, present: str) -> float:
        if present in (then, now):
            return _SAME_TEXT if present == now else -_SAME_TEXT
        return _LITERAL * told_by_literals(then, now, present) + self._length_shows(then, now, present)

    def _length_shows(self, then: str, now: str, present: str) -> float:
        if min(len(then), len(now)) < _LONG:
            return 0.0
        usual, spread = self._growth
        off_then, off_now = (abs(log(len(present) / len(text)) - usual) / spread for text in (then, now))
        if min(off_then, off_now) > _FITS or max(off_then, off_now) < _ODD:
            return 0.0
        return _LENGTH if off_now < off_then else -_LENGTH

    def _removal_shown(self, gone: Segment, step: Step, edits: Revision, where: Mapping[int, int]) -> float:
        """Look for one segment more of the removed one's kind where it stood."""
        if not gone.translatable:
            return 0.0
        kept = [(each.old[0], where.get(each.new[0])) for each in edits.steps if each.new and each.old]
        targets = [(old, self._targets[at]) for old, at in kept if at is not None and at in self._targets]
        start = max((there[-1] for old, there in targets if old < step.old[0]), default=-1)
        end = min((there[0] for old, there in targets if old > step.old[0]), default=len(self._made.segments))
        extra = any(start < at < end and self._made.segments[at].kind is gone.kind for at in self._surplus)
        return -_REMOVED_HIDDEN if extra else _REMOVED_SHOWN
