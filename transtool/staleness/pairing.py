"""A translation beside its source as both are now: which segments belong together, and what a change reads like."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from transtool.align import Link, align
from transtool.align.length_model import Lengths, lengths
from transtool.model import Change, ChangeKind
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.pages import Page, Revision
from transtool.text.edit_size import amount
from transtool.text.words import bare, words

_REMEMBERED = 32
_LIKELY = 0.2
_SURE = 0.8
_RELATED = 0.4
_LIKELY_IN_PART = 1.5

Known = Callable[[], Iterable[tuple[int, int]]]
"""Gives pairs of positions in a source and its translation."""


class Sides:
    """The present pages of a source and its translation, aligned when that is asked for."""

    def __init__(self, source: Page, translation: Page) -> None:
        """Take the present pages."""
        self.source = source
        self.translation = translation
        self._known: Known = tuple

    def guide(self, known: Known) -> None:
        """Let pairs of positions that belonged together in older versions decide where the present ones do not."""
        self._known = known

    @cached_property
    def _targets(self) -> dict[int, tuple[int, ...]]:
        return counterparts(self.source, self.translation, self._known)

    def targets(self, at: int) -> tuple[int, ...]:
        """Return the positions of what stands for the source's segment `at`."""
        return self._targets.get(at, ())

    def adopt(self, at: int, targets: tuple[int, ...]) -> None:
        """Take `targets`, which stand for nothing yet, for what stands for the source's segment `at`."""
        self._targets = {**self._targets, at: targets}
        self.surplus -= {*targets}

    def present(self, at: int) -> tuple[Segment, ...]:
        """Return what stands for the source's segment `at`."""
        return tuple(self.translation.segments[target] for target in self.targets(at))

    @cached_property
    def lengths(self) -> Lengths:
        """How long the translation's segments are beside those of the source."""
        return lengths((wording(self.source.segments[at]), said(self.present(at))) for at in self._targets)

    @cached_property
    def surplus(self) -> frozenset[int]:
        """The positions of what stands for nothing that the source says now."""
        taken = {target for targets in self._targets.values() for target in targets}
        segments = enumerate(self.translation.segments)
        return frozenset(at for at, segment in segments if segment.translatable and at not in taken)

    def are_shared(self, targets: Sequence[int]) -> bool:
        """Say whether `targets` stand for several segments of the source together."""
        return sum(not {*targets}.isdisjoint(theirs) for theirs in self._targets.values()) > 1

    def sharing(self, at: int) -> tuple[int, ...]:
        """Return the segments of the source that the same stands for as for segment `at`, which is one of them."""
        return sharing(self._targets, at)

    def beside(self, targets: Sequence[int]) -> frozenset[int]:
        """Return which neighbours of `targets` stand for nothing, so that they may belong to them."""
        near = {place for at in targets for place in (at - 1, at + 1)} & self.surplus
        segments = self.translation.segments
        return frozenset(at for at in near if segments[at].kind is segments[targets[0]].kind)

    def reads_the_same(self, at: int) -> bool:
        """Say whether both sides have the same text where the source has its segment `at`."""
        said = wording(self.source.segments[at])
        return any(wording(each) == said for each in self.present(at))

    def edited(self, at: int, before: Sequence[Segment]) -> Change:
        """Return the change of the source's segment `at`, which was `before`."""
        segment, present = self.source.segments[at], self.present(at)
        size = amount(said(before), wording(segment))
        return Change(
            change=ChangeKind.EDITED,
            kind=segment.kind,
            field=segment.field or None,
            source_line=segment.line,
            line=present[0].line if present else None,
            words=size.words,
            characters=size.characters,
            before=_raw(before),
            after=segment.text,
            present=_raw(present),
        )

    def added(self, at: int) -> Change:
        """Return the change that added the source's segment `at`."""
        segment = self.source.segments[at]
        return Change(
            change=ChangeKind.ADDED,
            kind=segment.kind,
            field=segment.field or None,
            source_line=segment.line,
            words=words(wording(segment)),
            characters=len(wording(segment)),
            after=segment.text,
        )

    def removed(self, before: Segment, target: int) -> Change:
        """Return the removal of `before` from the source, for which the translation's segment `target` still stands."""
        present = self.translation.segments[target]
        return Change(
            change=ChangeKind.REMOVED,
            kind=before.kind,
            field=before.field or None,
            line=present.line,
            words=words(wording(present)),
            characters=len(wording(present)),
            before=before.text,
            present=present.text,
        )


def said(segments: Sequence[Segment]) -> str:
    """Return what segments say together."""
    return " ".join(map(wording, segments))


def sharing(targets: Mapping[int, tuple[int, ...]], at: int) -> tuple[int, ...]:
    """Return the segments of the source that the same stands for as for segment `at`, which is one of them."""
    return tuple(place for place, there in targets.items() if there == targets[at])


def _raw(segments: Sequence[Segment]) -> str:
    return "\n\n".join(segment.text for segment in segments)


@lru_cache(maxsize=_REMEMBERED)
def aligned(source: Page, translation: Page, *, complete: bool) -> tuple[Link, ...]:
    """Return which segments of two pages belong together by themselves (see `align`)."""
    return align(source.side, translation.side, complete=complete)


def counterparts(source: Page, translation: Page, known: Known = tuple) -> dict[int, tuple[int, ...]]:
    """Return what in `translation` stands for each segment of `source`, where that is likely.

    `known` is asked only where some segment has no counterpart, so that others may have got a wrong one.
    Where little of the translation surely belongs to the source (a summary of it, say), only what does is taken.
    """
    ours, theirs = source.segments, translation.segments
    links: Sequence[Link] = aligned(source, translation, complete=False)
    alone = [link for link in links if not (link.source and link.target)]
    if any(ours[at].translatable for link in alone for at in link.source) or any(
        theirs[at].translatable for link in alone for at in link.target
    ):
        guided = tuple(known())
        links = align(source.side, translation.side, guided) if guided else links
    links = [link for link in links if link.source and link.target]
    prose = translation.side.prose
    sure = sum(prose[at] for link in links if link.score >= _SURE for at in link.target)
    least = _LIKELY if sure >= _RELATED * sum(prose) else _LIKELY_IN_PART
    return {at: link.target for link in links if link.score >= least for at in link.source}


def changes_since(revision: Revision, sides: Sides) -> tuple[Change, ...]:
    """Return the changes from the baseline (`revision.old`) to the source as it is now."""
    return (*_edited(revision, sides), *_removed(revision, sides))


def _edited(revision: Revision, sides: Sides) -> Iterator[Change]:
    for at in sorted(revision.changed):
        step = revision.became[at]
        segment = sides.source.segments[at]
        before = [revision.old.segments[old] for old in step.old]
        now, then = bare(wording(segment)), bare(said(before))
        if not segment.translatable or sides.reads_the_same(at) or now == then:
            continue
        if len(step.new) == 1 or now not in then:
            yield sides.edited(at, before) if before else sides.added(at)


def _removed(revision: Revision, sides: Sides) -> Iterator[Change]:
    surplus = sides.surplus
    if not revision.removed or not surplus:
        return
    for at, targets in counterparts(revision.old, sides.translation).items():
        if at in revision.removed and surplus.issuperset(targets):
            yield from (sides.removed(revision.old.segments[at], target) for target in targets)
