"""Infer which version of the source a new translation was made from: often one older than the day it was committed.

A translator takes a copy of the source, works for weeks, and commits when the source has moved on. Going back from the
source in the same commit, each edit that the translation does not show speaks for an older version, each edit that it
does show against one. Evidence is what can be seen in another language: paragraphs that are there or not, names,
numbers and code, and lengths. The points are meant as log-odds; they were set by hand, and checked against the
simulator's family "made later from an older source".
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from transtool.align import Step
from transtool.align.length_model import LengthModel
from transtool.align.literals import numbers_differ, version_by_literals, version_by_missing_numbers
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, PageDiff
from transtool.staleness.pairing import Pairing, joined_wording

_ENOUGH = 1.0
"""Points from which on an older version is preferred to the one in the same commit."""

_PRIOR = 0.2
"""Points against every version further back."""

_SAME_TEXT = 3.0
"""A segment has the source's own words, of before the edit or after it: it was left untranslated."""

_LITERAL = 2.0
"""A name, a number or code of one side of the edit is in the translation."""

_NUMBER = 1.0
"""A number of one side of the edit is missing in the translation."""

_ADDED = 1.5
"""An added paragraph has a counterpart, or has none."""

_REMOVED_SHOWN, _REMOVED_HIDDEN = 0.5, 1.5
"""Where a paragraph was removed, the translation has nothing left over (which it mostly has not), or has."""

_LENGTH = 2.0
"""The most points that lengths give."""

_TO_LENGTH = 0.25
"""Points for the difference of the squares of two standard scores: half of what the likelihoods would give, as lengths
depend on each other."""

_WHOLE = 0.8
"""The share of the translation's prose that must be aligned for anything that is missing to mean something."""

_LONG = 40
"""Characters on both sides of an edit from which on its length means something."""

_FITS = 1.5
"""Standard score up to which a length is usual; if it is for neither side of an edit, lengths say nothing."""

_ODD = 2.5
"""Standard score up to which an unaligned segment may translate what was removed."""


def infer_baseline(translation: Page, committed: Page, older: Iterable[Page], past: Past) -> Page:
    """Return the page that `translation`, the first version of one, was most likely made from.

    `committed` is the source in the same commit; `older` are its older versions, newest first.
    """
    evidence = _Evidence(committed, translation, past)
    where: Mapping[int, int] = {at: at for at in range(len(committed.segments))}
    newer, best, least, points = committed, committed, _ENOUGH, 0.0
    for page in older:
        edits = past.diff(page, newer)
        points -= evidence.all_shown(edits, where) + _PRIOR
        where = {
            step.old[0]: where[step.new[0]] for step in edits.steps if step.old and step.new and step.new[0] in where
        }
        newer = page
        if points >= least:
            best, least = page, points
    return best


class _Evidence:
    """What a new translation shows of the last edits of its source.

    In all methods, `where` gives for positions in the newer page of an edit those in the committed source. Points above
    0 say that the translation shows the edit, points below 0 that it does not.
    """

    def __init__(self, source: Page, translation: Page, past: Past) -> None:
        self._pages, self._past = (source, translation), past
        self._source, self._translation = source.segments, translation.segments

    @cached_property
    def _pairing(self) -> Pairing:
        """The pairing of the translation with the committed source, needed where the words of that were edited."""
        return self._past.pairing(*self._pages)

    @cached_property
    def _is_whole(self) -> bool:
        """Whether nearly all of the translation is aligned, so that what is missing means something."""
        prose = [at for at, segment in enumerate(self._translation) if segment.translatable]
        aligned = {target for targets in self._pairing.counterparts.values() for target in targets}
        return sum(at in aligned for at in prose) >= _WHOLE * len(prose)

    @property
    def _lengths(self) -> LengthModel:
        return self._pairing.lengths

    def all_shown(self, edits: PageDiff, where: Mapping[int, int]) -> float:
        """Return the points for all edits of one commit. Additions that are missing count once, so do those there."""
        shown = [(step, self._shown(step, edits, where)) for step in edits.steps if not step.same]
        added = [points for step, points in shown if not step.old]
        return sum(points for step, points in shown if step.old) + min((0.0, *added)) + max((0.0, *added))

    def _shown(self, step: Step, edits: PageDiff, where: Mapping[int, int]) -> float:
        """Return the points for one edit."""
        if not step.new:
            return self._removal_shown(edits.old.segments[step.old[0]], step, edits, where)
        segment = edits.new.segments[step.new[0]]
        at = where.get(step.new[0])
        if at is None or not segment.translatable:
            return 0.0
        present = self._pairing.translated(at)
        if not step.old:
            return _ADDED if present else self._absence_shown(at)
        if not present or len(step.new) > 1:
            return 0.0
        then = joined_wording(edits.old.segments[old] for old in step.old)
        now = joined_wording(edits.new.segments[new] for new in step.new)
        if present in (then, now):
            return _SAME_TEXT if present == now else -_SAME_TEXT
        by_literals = _LITERAL * version_by_literals(then, now, present)
        if self._may_be_split(at):
            return by_literals
        by_text = by_literals or _NUMBER * version_by_missing_numbers(then, now, present)
        return by_text + self._length_shows(then, now, present)

    def _may_be_split(self, at: int) -> bool:
        """Say whether the counterpart of segment `at` has an unaligned neighbour, which may be its other half."""
        near = {place for target in self._pairing.targets(at) for place in (target - 1, target + 1)}
        kind = self._source[at].kind
        return any(self._translation[place].kind is kind for place in near & self._pairing.unaligned)

    def _absence_shown(self, at: int) -> float:
        """Return the points for an added paragraph without a counterpart; that of a neighbour may have taken it in."""
        if not self._is_whole:
            return 0.0
        near = [place for place in (at - 1, at + 1) if self._pairing.targets(place)]
        taken_in = [self._says_too(place, at) for place in near if self._source[place].kind is self._source[at].kind]
        return min(0.0, max((-_ADDED, *taken_in)))

    def _says_too(self, near: int, at: int) -> float:
        """Return the points for the counterpart of `near` saying what segment `at` says, too."""
        places = self._pairing.sharing(near)
        alone, both = (
            " ".join(wording(self._source[place]) for place in each) for each in (places, sorted((*places, at)))
        )
        present = self._pairing.translated(near)
        return -_ADDED if numbers_differ(both, present) else self._fits_better(alone, both, present)

    def _length_shows(self, then: str, now: str, present: str) -> float:
        if min(len(then), len(now)) < _LONG:
            return 0.0
        deviations = [abs(self._lengths.deviation(text, present)) for text in (then, now)]
        return self._fits_better(then, now, present) if min(deviations) <= _FITS else 0.0

    def _fits_better(self, one: str, other: str, present: str) -> float:
        """Return the points that the length of `present` gives for its translating `other` rather than `one`."""
        of_one, of_other = self._lengths.deviation(one, present), self._lengths.deviation(other, present)
        return max(-_LENGTH, min(_LENGTH, _TO_LENGTH * (of_one**2 - of_other**2)))

    def _removal_shown(self, gone: Segment, step: Step, edits: PageDiff, where: Mapping[int, int]) -> float:
        """Return the points for a removal, which are against it if something of its kind is left over where it was."""
        if not gone.translatable:
            return 0.0
        kept = [(each.old[0], where.get(each.new[0])) for each in edits.steps if each.new and each.old]
        counterparts = self._pairing.counterparts
        targets = [(old, counterparts[at]) for old, at in kept if at is not None and at in counterparts]
        start = max((there[-1] for old, there in targets if old < step.old[0]), default=-1)
        end = min((there[0] for old, there in targets if old > step.old[0]), default=len(self._translation))
        extra = any(start < at < end and self._may_translate(at, gone) for at in self._pairing.unaligned)
        return -_REMOVED_HIDDEN if extra else _REMOVED_SHOWN

    def _may_translate(self, extra: int, gone: Segment) -> bool:
        """Say whether an unaligned segment of the translation may translate what was removed."""
        segment, lost = self._translation[extra], wording(gone)
        if segment.kind is not gone.kind or numbers_differ(lost, wording(segment)) or self._is_half(extra):
            return False
        return abs(self._lengths.deviation(lost, wording(segment))) <= _ODD

    def _is_half(self, extra: int) -> bool:
        """Say whether a neighbour of an unaligned segment has a more usual length together with it than alone."""
        half = self._translation[extra]
        for at, targets in self._pairing.counterparts.items():
            if self._source[at].kind is half.kind and not {extra - 1, extra + 1}.isdisjoint(targets):
                source, alone = wording(self._source[at]), self._pairing.translated(at)
                texts = (f"{alone} {wording(half)}", alone)
                together, by_itself = (abs(self._lengths.deviation(source, text)) for text in texts)
                if together < by_itself:
                    return True
        return False
