"""Three-way merge of sequences of keys: what a source changed since the baseline, made in its translation as well.

This is diff3 (Khanna, Kunal and Pierce 2007), except that only what stands in the way of a change of the source is a
conflict, and that a conflict is looked at once more by what it consists of (`_settled`).
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from transtool.text.sequences import Block, gaps, patience_diff

Neutral = Callable[[str], bool]
"""Says of a key whether it tells nothing by itself: a line end, a blank line, the mark of a list item."""


class Hunk(NamedTuple):
    """Elements `start` to `end` of the old sequence became `new_start` to `new_end` of the new one."""

    start: int
    end: int
    new_start: int
    new_end: int

    def meets(self, other: "Hunk") -> bool:
        """Say whether both changed the same elements, or added something in the same place."""
        if self.start == self.end and other.start == other.end:
            return self.start == other.start
        return self.start < other.end and other.start < self.end


class Splice(NamedTuple):
    """Elements `start` to `end` of the translation give way to `new_start` to `new_end` of the new source."""

    start: int
    end: int
    new_start: int
    new_end: int
    certain: bool


def hunks(old: Sequence[str], new: Sequence[str]) -> list[Hunk]:
    """Return what differs between two sequences, in order.

    What was only added, or only removed, is moved as far to the front as it goes, so that the same addition to two
    sequences is in the same place.
    """
    found: list[Hunk] = []
    for each in gaps(patience_diff(old, new), Block(0, len(old), 0, len(new))):
        found.append(_to_the_front(Hunk(*each), old, new, found[-1] if found else Hunk(0, 0, 0, 0)))
    return found


def _to_the_front(hunk: Hunk, old: Sequence[str], new: Sequence[str], before: Hunk) -> Hunk:
    keys, first, last = (new, *hunk[2:]) if hunk.start == hunk.end else (old, *hunk[:2])
    room = hunk.start - before.end
    if hunk.start != hunk.end and hunk.new_start != hunk.new_end:
        return hunk
    by = 0
    while by < room and keys[first - by - 1] == keys[last - by - 1]:
        by += 1
    return Hunk(hunk.start - by, hunk.end - by, hunk.new_start - by, hunk.new_end - by)


def across(at: int, own: Sequence[Hunk], length: int) -> int:
    """Return where the place before element `at` of the old sequence is in the translation, given what that changed.

    What the translation added in that very place comes first. `length` is that of the translation.
    """
    shift = 0
    for hunk in own:
        if hunk.start > at or (hunk.start == at and hunk.end > at):
            break
        if hunk.end > at:
            return hunk.new_end
        shift = hunk.new_end - hunk.end
    return min(length, at + shift)


def merge(old: Sequence[str], new: Sequence[str], translation: Sequence[str], neutral: Neutral) -> list[Splice]:
    """Return what the translation has to take over from the new source, in order; where not `certain`, it is left."""
    own = hunks(old, translation)
    found: list[Splice] = []
    for wanted, others in _clusters(hunks(old, new), own):
        first, last = wanted[0], wanted[-1]
        if not others:
            if _is_beside(first, own, new, translation):
                continue
            start = across(first.start, own, len(translation))
            end = start if first.start == first.end else start + first.end - first.start
            found.append(Splice(start, end, first.new_start, first.new_end, True))
            continue
        # Both sides, widened to the same elements of the old sequence.
        start, end = min(first.start, others[0].start), max(last.end, others[-1].end)
        ours = Block(
            others[0].new_start - (others[0].start - start),
            others[-1].new_end + end - others[-1].end,
            first.new_start - (first.start - start),
            last.new_end + end - last.end,
        )
        found += _settled(ours, frozenset(old[start:end]), new, translation, neutral)
    return found


def _is_beside(wanted: Hunk, own: Sequence[Hunk], new: Sequence[str], translation: Sequence[str]) -> bool:
    """Say whether what was only added is in the translation already, together with what that changed next to it."""
    added = new[wanted.new_start : wanted.new_end]
    if wanted.start != wanted.end:
        return False
    return any(
        (each.start == wanted.start and translation[each.new_start : each.new_end][: len(added)] == added)
        or (each.end == wanted.start and translation[each.new_start : each.new_end][-len(added) :] == added)
        for each in own
    )


def _clusters(wanted: Sequence[Hunk], own: Sequence[Hunk]) -> list[tuple[list[Hunk], list[Hunk]]]:
    """Return the changes of the source with those of the translation that they meet, joined where they share any."""
    found: list[tuple[list[Hunk], list[Hunk]]] = []
    for hunk in wanted:
        met = [each for each in own if each.meets(hunk)]
        if found and met and found[-1][1] and met[0] == found[-1][1][-1]:
            found[-1][0].append(hunk)
            found[-1][1].extend(met[1:])
        else:
            found.append(([hunk], met))
    return found


def _settled(
    block: Block, old: frozenset[str], new: Sequence[str], translation: Sequence[str], neutral: Neutral
) -> Iterator[Splice]:
    """Yield what of a conflict is certain, and what is not.

    Where the two still differ, what only the translation has is its own or was removed from the source, and what only
    the source has is new or was left out of the translation: the old source tells. Own and new, or removed and left
    out, in the same place cannot be told apart.
    """
    there, now = translation[block.i : block.i_end], new[block.j : block.j_end]
    for gap in gaps(patience_diff(there, now), Block(0, len(there), 0, len(now))):
        theirs = {key for key in there[gap.i : gap.i_end] if not neutral(key)}
        ours = {key for key in now[gap.j : gap.j_end] if not neutral(key)}
        if not theirs and not ours:
            continue
        own, gone, came, lacking = theirs - old, theirs & old, ours - old, ours & old
        if not came and not gone:
            continue
        place = Splice(block.i + gap.i, block.i + gap.i_end, block.j + gap.j, block.j + gap.j_end, certain=False)
        if not came and not lacking and own:
            yield from _without_own(place, own, gone, translation, neutral)
        else:
            yield place._replace(certain=not own and not lacking)


def _without_own(
    place: Splice, own: set[str], gone: set[str], translation: Sequence[str], neutral: Neutral
) -> Iterator[Splice]:
    """Yield what only the source removed from a part in which the translation has lines of its own: those stay."""
    kept = set[int]()
    for at in range(place.start, place.end):
        if translation[at] in own:
            first = last = at
            while first > place.start and neutral(translation[first - 1]) and not _ends_line(translation[first - 1]):
                first -= 1
            while last < place.end - 1 and not _ends_line(translation[last]) and neutral(translation[last + 1]):
                last += 1
            kept.update(range(first, last + 1))
    start = place.start
    for at in range(place.start, place.end + 1):
        if at == place.end or at in kept:
            if gone.intersection(translation[start:at]):
                yield Splice(start, at, place.new_start, place.new_start, certain=True)
            start = at + 1


def _ends_line(key: str) -> bool:
    return key.endswith("\n")


def like(text: str, model: str) -> str:
    """Return `text` with the line ends of `model`."""
    text = text.replace("\r\n", "\n")
    return text.replace("\n", "\r\n") if "\r\n" in model else text
