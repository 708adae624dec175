"""Find what the source said when a translation was made and the translation never said: sections left out."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from transtool.assess.rules.structure import Targets
from transtool.model import Finding, SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.translation_pair import Pair
from transtool.text.words import words

_SECTION_WORDS = 12
"""Words that a section of the source needs, so that leaving it out leaves something out. Set by hand."""
_PART = 0.05
"""Share of the source's words that all sections left out have at least, so that they are worth saying. Set by hand."""


class _Section(NamedTuple):
    """A heading of the source and what stands below it until the next one, by positions."""

    heading: int
    places: tuple[int, ...]


def incomplete(pair: Pair, targets: Targets, new_lines: Collection[int]) -> Iterator[Finding]:
    """Report the sections of the source that the translation never had, though they were there when it was made.

    `new_lines` are the lines of the source that came after the translation was made: `stale` speaks of those.
    """
    source = pair.source_segments
    lacking = [each for each in _sections(source) if _is_lacking(each, source, targets, new_lines)]
    left_out = sum(_size(each, source) for each in lacking)
    total = sum(words(wording(segment)) for segment in source if segment.translatable)
    if not lacking or left_out < _PART * total:
        return
    yield pair.finding(
        "incomplete",
        line=pair.translation.body_line,
        sections=len(lacking),
        words=left_out,
        total=total,
        names="; ".join(wording(source[each.heading]) for each in lacking),
        source_lines=[source[each.heading].line for each in lacking],
    )


def _sections(source: Sequence[Segment]) -> Iterator[_Section]:
    heading, places = None, list[int]()
    for at, segment in enumerate(source):
        if segment.kind is SegmentKind.HEADING:
            if heading is not None:
                yield _Section(heading, tuple(places))
            heading, places = at, []
        elif segment.translatable and not segment.field:
            places.append(at)
    if heading is not None:
        yield _Section(heading, tuple(places))


def _is_lacking(section: _Section, source: Sequence[Segment], targets: Targets, new_lines: Collection[int]) -> bool:
    places = (section.heading, *section.places)
    if any(targets.get(at) for at in places) or _size(section, source) < _SECTION_WORDS:
        return False
    return not any(source[at].line in new_lines for at in places)


def _size(section: _Section, source: Sequence[Segment]) -> int:
    return sum(words(wording(source[at])) for at in (section.heading, *section.places))
