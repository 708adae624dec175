"""What happened to a translation and its source since one older version, and whether the one followed the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import pairwise

from transtool.align import Step
from transtool.align.literals import numbers_differ
from transtool.segments.views import wording
from transtool.staleness.followed import BackgroundEdits, background_edits, followed
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, PageDiff
from transtool.staleness.pairing import Pairing, joined_wording
from transtool.text.words import bare

_MOST = 0.6
"""The share of its expected length by which a neighbour must have grown to have taken in a new segment. Set by hand."""


class SinceVersion:
    """The edit script of a source and the old page of its translation since one version, and their present pairing."""

    def __init__(
        self,
        pairing: Pairing,
        source: PageDiff,
        translation: Page,
        past: Past,
        later: Callable[[], Iterable[Page]] = tuple,
    ) -> None:
        """Take the present pairing, the edit script from the old source to the present one, and the old translation.

        `later` gives the pages of later versions of the translation, newest first.
        """
        self._pairing = pairing
        self._source, self._then = source, translation
        self._past = past
        self._later = later
        self._backgrounds: dict[tuple[PageDiff, PageDiff | None], BackgroundEdits] = {}

    @cached_property
    def _translation(self) -> PageDiff:
        """The edit script of the translation. Of what surely nobody touched, nothing needs to be compared."""
        return self._past.diff(self._then, self._pairing.translation)

    def source_edit(self, at: int) -> tuple[str, str]:
        """Return the wording of segment `at` of the source, then and now; all parts of a split one."""
        step = self._source.became[at]
        return self._old_source(step.old), joined_wording(self._pairing.source.segments[new] for new in step.new)

    def is_behind(self, at: int, later: str | None = None) -> bool:
        """Say whether the counterpart of segment `at` has not followed what happened to that in the source.

        `later` is what the segment became in the meantime, if the present wording is not what is asked for.
        """
        before, (then, now) = self._source.became[at].old, self.source_edit(at)
        edit = (then, now if later is None else later)
        return self._has_not_followed(self._pairing.targets(at), before, edit) and not self._neighbour_followed(
            at, edit
        )

    @cached_property
    def share_followed(self) -> float:
        """The share of the edited segments of the source whose counterparts followed, between 0 and 1."""
        seen = [at for at in sorted(self._source.changed) if self._is_edited(at)]
        return sum(not self.is_behind(at) for at in seen) / max(1, len(seen))

    def _is_edited(self, at: int) -> bool:
        """Say whether segment `at` of the source was there and has a counterpart, and its words changed."""
        if not (self._source.became[at].old and self._pairing.targets(at)):
            return False
        then, now = self.source_edit(at)
        return self._pairing.source.segments[at].translatable and bare(then) != bare(now)

    def was_untranslated(self, at: int) -> bool:
        """Say whether the translation had segment `at` in the words of the source then, and no longer has."""
        then = self.source_edit(at)[0]
        if not then or then not in self._then.said:
            return False
        steps = [self._translation.became[target] for target in self._pairing.targets(at)]
        olds = {old for step in steps for old in step.old if not step.same} | self._translation.removed
        return any(wording(self._then.segments[old]) == then for old in olds)

    def still_translates(self, before: int, targets: Sequence[int]) -> bool:
        """Say whether `targets`, once the counterpart of the removed segment `before`, still say what they said."""
        return self._has_not_followed(targets, (before,), (self._old_source((before,)), ""))

    def was_taken_in(self, at: int) -> bool:
        """Say whether the counterpart of a neighbour became longer by about what the new segment `at` says."""
        pairing, segments = self._pairing, self._pairing.source.segments
        near = [place for place in (at - 1, at + 1) if pairing.targets(place) and segments[place].translatable]
        return any(
            self._grew(place, at) if self._source.became[place].same else self._holds(place, at) for place in near
        )

    def _grew(self, near: int, at: int) -> bool:
        """Say whether the counterpart of `near`, which did not change in the source, grew by about what `at` says."""
        segments = self._pairing.source.segments
        then, now = self._translation_edit(self._pairing.targets(near), self._source.became[near].old)
        ratio = len(then) / max(1, len(wording(segments[near])))
        return len(now) - len(then) > _MOST * ratio * len(wording(segments[at])) > 0

    def _holds(self, near: int, at: int) -> bool:
        """Say whether the counterpart of `near`, which changed in the source, has the length of both together."""
        pairing, segments = self._pairing, self._pairing.source.segments
        alone = pairing.sharing(near)
        one, both = (
            joined_wording(segments[place] for place in places) for places in (sorted(alone), sorted((*alone, at)))
        )
        present = pairing.translated(near)
        if segments[near].kind is not segments[at].kind or numbers_differ(both, present):
            return False
        return abs(pairing.lengths.deviation(both, present)) < abs(pairing.lengths.deviation(one, present))

    def _has_not_followed(self, targets: Sequence[int], before: Sequence[int], edit: tuple[str, str]) -> bool:
        """Say whether `targets`, the counterpart of old segments `before`, have not followed the source's `edit`."""
        if self._is_untouched(targets):
            return True
        then, now = self._translation_edit(targets, before)
        if bare(then) == bare(now):
            return True
        alone = not self._pairing.are_shared(targets)
        return bool(then) and not followed(
            edit, (then, now), alone=alone, background=partial(self._background, targets)
        )

    def _is_untouched(self, targets: Sequence[int]) -> bool:
        """Say whether `targets` and what stands around them are surely as they were, so that no diff has to tell."""
        new, old = self._pairing.translation, self._then
        places = [old.sure_place(new, target) for target in sorted(targets)]
        return (
            not self._pairing.unaligned_neighbours(targets)
            and all(a is not None and b is not None and a < b for a, b in pairwise(places))
            and all(place is not None and old.keeps_around(new, place) for place in places)
        )

    def _neighbour_followed(self, at: int, edit: tuple[str, str]) -> bool:
        """Say whether an unaligned neighbour of the counterpart of `at` followed: it may be a split-off half."""
        near = self._pairing.unaligned_neighbours(self._pairing.targets(at))
        steps = (self._translation.became[target] for target in near)
        edits = (self._wordings(step) for step in steps if step.old and not step.same)
        return any(followed(edit, each, alone=False) for each in edits)

    def _translation_edit(self, targets: Sequence[int], before: Sequence[int]) -> tuple[str, str]:
        """Return the wording of the counterpart of the old segments `before`, then and now (`targets`)."""
        steps = [self._translation.became[target] for target in {*targets, *self._split_off(targets, before)}]
        olds = {at for step in steps for at in step.old}
        news = {at for step in steps for at in step.new}
        removed = self._translation.removed
        if any(at + 1 in removed or at - 1 in removed for at in olds):
            # A translator may have split a paragraph in two, and removed one of the two since.
            olds |= self._old_counterparts(before) & removed
        old, new = self._then.segments, self._pairing.translation.segments
        return joined_wording(old[at] for at in sorted(olds)), joined_wording(new[at] for at in sorted(news))

    def _split_off(self, targets: Sequence[int], before: Sequence[int]) -> Iterator[int]:
        """Yield the unaligned neighbours of `targets` that belong to them: those that did then, and new ones."""
        near = self._pairing.unaligned_neighbours(targets)
        counterparts = self._old_counterparts(before) if near else frozenset()
        for at in near:
            olds = self._translation.became[at].old
            if not olds or counterparts.intersection(olds):
                yield at

    def _old_counterparts(self, before: Sequence[int]) -> frozenset[int]:
        """Return the positions of the counterparts of old segments in the old translation."""
        pairing = self._past.pairing(self._source.old, self._then)
        return frozenset(target for at in before for target in pairing.targets(at))

    def _old_source(self, places: Sequence[int]) -> str:
        return joined_wording(self._source.old.segments[at] for at in places)

    def _background(self, targets: Sequence[int]) -> BackgroundEdits:
        """Return how much was edited, together with `targets`, of the translation of what the source left alone."""
        before, after = edit = self._last_edit(targets)
        if edit not in self._backgrounds:
            unchanged = (self._pairing.targets(at) for at, step in self._source.became.items() if step.same)
            edits = [self._edit_between(before, after, theirs) for theirs in unchanged if theirs]
            self._backgrounds[edit] = background_edits(edits)
        return self._backgrounds[edit]

    def _edit_between(self, before: PageDiff, after: PageDiff | None, targets: Sequence[int]) -> tuple[str, str]:
        """Return what `targets` were before and after one version; both are edit scripts to the present page."""
        present = joined_wording(self._pairing.translation.segments[target] for target in targets)
        then, now = (joined_wording(diff.before(targets)) if diff else "" for diff in (before, after))
        return then or present, now or present

    def _last_edit(self, targets: Sequence[int]) -> tuple[PageDiff, PageDiff | None]:
        """Return the edit scripts to the present page from before and after the last edit of `targets`.

        None stands for the present page.
        """
        page, after, present = self._then, None, self._pairing.translation
        for each in self._later():
            if not self._had(each, targets):
                page = each
                break
            after = each
        return self._past.diff(page, present), None if after is None else self._past.diff(after, present)

    def _had(self, page: Page, targets: Sequence[int]) -> bool:
        """Say whether `targets` were in an old page as they are now."""
        present = self._pairing.translation
        if all(page.has_surely(present, target) for target in targets):
            return True
        diff = self._past.diff(page, present)
        return all(diff.became[target].same for target in targets)

    def _wordings(self, step: Step) -> tuple[str, str]:
        """Return what the translation says in a step, then and now."""
        old, new = self._then.segments, self._pairing.translation.segments
        return joined_wording(old[at] for at in step.old), joined_wording(new[at] for at in step.new)
