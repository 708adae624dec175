"""Which segments of a translation correspond to which segments of its source, as a value."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from transtool.align import Bead, Step, align, carried_over, is_of_whole
from transtool.align.length_model import LengthModel, fit_length_model
from transtool.align.literals import strong_anchors
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.pages import Page, PageDiff

# The scores of beads (see `align.scoring`) from which on they are believed; all were set by hand.

_LIKELY = 0.2
"""In a translation of the whole page: order, kind and length are enough."""

_LIKELY_IN_PART = 1.5
"""In anything else (a summary, say): something must be in common."""


@dataclass(frozen=True, eq=False)
class Pairing:
    """A page and a translation of it: the positions of the segments that correspond.

    `beads` are the alignment as it was found; `counterparts` gives, for each position in the source, the positions in
    the translation, where that is likely enough. A pairing never changes: `adopting` returns another one.
    """

    source: Page
    translation: Page
    beads: tuple[Bead, ...]
    counterparts: Mapping[int, tuple[int, ...]]

    @property
    def has_gaps(self) -> bool:
        """Whether some prose has no counterpart in the alignment, so that other prose may have got a wrong one."""
        ours, theirs = self.source.prepared.prose, self.translation.prepared.prose
        alone = [bead for bead in self.beads if not (bead.source and bead.target)]
        return any(ours[at] for bead in alone for at in bead.source) or any(
            theirs[at] for bead in alone for at in bead.target
        )

    @cached_property
    def unaligned(self) -> frozenset[int]:
        """The positions of the translation's prose that is no counterpart of anything."""
        return self.unaligned_but_for(())

    def unaligned_but_for(self, places: Collection[int]) -> frozenset[int]:
        """Return the positions of the translation's prose that is no counterpart of anything but of `places`."""
        taken = {target for at, targets in self.counterparts.items() if at not in places for target in targets}
        prose = enumerate(self.translation.prepared.prose)
        return frozenset(at for at, there in prose if there and at not in taken)

    @cached_property
    def lengths(self) -> LengthModel:
        """How long the translation's segments are compared with those of the source."""
        return fit_length_model((wording(self.source.segments[at]), self.translated(at)) for at in self.counterparts)

    def adopting(self, at: int, targets: tuple[int, ...]) -> "Pairing":
        """Return this pairing with `targets`, so far unaligned, as the counterpart of segment `at` of the source."""
        return replace(self, counterparts={**self.counterparts, at: targets})

    def targets(self, at: int) -> tuple[int, ...]:
        """Return the positions of the counterpart of segment `at` of the source; empty if it has none."""
        return self.counterparts.get(at, ())

    def counterpart(self, at: int) -> tuple[Segment, ...]:
        """Return the segments that are the counterpart of segment `at` of the source."""
        return tuple(self.translation.segments[target] for target in self.targets(at))

    def translated(self, at: int) -> str:
        """Return the wording of the counterpart of segment `at` of the source."""
        return joined_wording(self.counterpart(at))

    def is_identical(self, at: int) -> bool:
        """Say whether the counterpart of segment `at` of the source has a segment with the same wording."""
        text = wording(self.source.segments[at])
        return any(wording(each) == text for each in self.counterpart(at))

    def are_shared(self, targets: Sequence[int]) -> bool:
        """Say whether several segments of the source have any of `targets` in their counterparts."""
        return len({at for target in targets for at in self._translating.get(target, ())}) > 1

    @cached_property
    def _translating(self) -> Mapping[int, Sequence[int]]:
        """The positions in the source whose counterparts have each position in the translation."""
        found: dict[int, list[int]] = {}
        for at, targets in self.counterparts.items():
            for target in targets:
                found.setdefault(target, []).append(at)
        return found

    def sharing(self, at: int) -> tuple[int, ...]:
        """Return the segments of the source that have the same counterpart as segment `at`, itself included."""
        return tuple(place for place, there in self.counterparts.items() if there == self.counterparts[at])

    def unaligned_neighbours(self, targets: Sequence[int]) -> frozenset[int]:
        """Return the unaligned neighbours of `targets` that are of the same kind, so that they may belong to them."""
        near = {place for at in targets for place in (at - 1, at + 1)} & self.unaligned
        segments = self.translation.segments
        return frozenset(at for at in near if segments[at].kind is segments[targets[0]].kind)


def pair_pages(
    source: Page, translation: Page, *, known: Iterable[tuple[int, int]] = (), complete: bool = False
) -> Pairing:
    """Align two pages (see `align.align`) and return their pairing."""
    beads = align(source.prepared, translation.prepared, known, complete=complete)
    return Pairing(source, translation, beads, _believed(beads, source, translation))


def carried_pairing(pairing: Pairing, diff: PageDiff) -> Pairing:
    """Return the pairing of the new page of `diff` with a translation, from that of the old one.

    A translation mirrors the source that it was made from; where the source changed since, it stands as it did. What is
    new in the source gets what is left over, if it looks like it: somebody may have added it meanwhile.
    """
    ours = tuple(Step((at,), (at,), same=True) for at in range(len(pairing.translation.segments)))
    present = pair_pages(diff.new, pairing.translation, known=carried_over(pairing.beads, diff.steps, ours))
    counterparts = {at: there for at, step in diff.became.items() if (there := _targets_of(step, pairing))}
    taken = {target for there in pairing.counterparts.values() for target in there}
    late = {
        at: there for at, there in present.counterparts.items() if at not in counterparts and taken.isdisjoint(there)
    }
    return replace(present, counterparts=dict(sorted((counterparts | late).items())))


def _targets_of(step: Step, pairing: Pairing) -> tuple[int, ...]:
    return tuple(sorted({target for old in step.old for target in pairing.targets(old)}))


def joined_wording(segments: Iterable[Segment]) -> str:
    """Return the wordings of segments as one text."""
    return " ".join(map(wording, segments))


def _believed(beads: Sequence[Bead], source: Page, translation: Page) -> Mapping[int, tuple[int, ...]]:
    """Return the counterparts that beads of a likely score give, and what stands alone between two of those."""
    both = [bead for bead in beads if bead.source and bead.target]
    least = _LIKELY if is_of_whole(both, translation.prepared) else _LIKELY_IN_PART
    alone = {
        bead
        for before, bead, after in zip(beads, beads[1:], beads[2:], strict=False)
        if min(before.score, after.score) >= least > bead.score
        and _is_between(before, bead, after)
        and _has_same_literals(bead, source, translation)
    }
    return {at: bead.target for bead in both if bead.score >= least or bead in alone for at in bead.source}


def _is_between(before: Bead, bead: Bead, after: Bead) -> bool:
    """Say whether the target of `bead`, the only one between two others in the source, stands between theirs."""
    if not (bead.source and before.target and bead.target and after.target):
        return False
    return before.target[-1] < bead.target[0] < after.target[0]


def _has_same_literals(bead: Bead, source: Page, translation: Page) -> bool:
    """Say whether both sides of a bead have the same links, numbers and code, if any."""
    ours, theirs = (
        " ".join(page.segments[at].text for at in places)
        for page, places in ((source, bead.source), (translation, bead.target))
    )
    return strong_anchors(ours) == strong_anchors(theirs)
