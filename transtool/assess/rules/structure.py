"""Compare the skeleton of a translation with its source's: headings, includes, code blocks."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from transtool.model import Finding, SegmentKind
from transtool.segments import Segment
from transtool.staleness.translation_pair import Pair

_INCLUDE = re.compile(r"\{%-?\s*include(?:_cached|_relative)?\s+([^\s%]+)")


def structure(pair: Pair) -> Iterator[Finding]:
    """Report counts of headings (level by level), includes (name by name) and code blocks that differ."""
    yield from _compared(pair, "headings", _headings(pair.segments), _headings(pair.source_segments))
    yield from _compared(pair, "includes", _includes(pair.translation.body), _includes(pair.source.body))
    yield from _compared(pair, "code", _code(pair.segments), _code(pair.source_segments))


def _compared(pair: Pair, problem: str, ours: Counter[str], theirs: Counter[str]) -> Iterator[Finding]:
    if ours != theirs:
        names = sorted((ours - theirs) + (theirs - ours))
        same = ours.total() == theirs.total()
        yield pair.finding(
            "structure",
            problem="levels" if same and problem == "headings" else problem,
            line=pair.translation.body_line,
            count=ours.total(),
            expected=theirs.total(),
            names=", ".join(names),
        )


def _headings(segments: Sequence[Segment]) -> Counter[str]:
    return Counter(f"h{segment.level}" for segment in segments if segment.kind is SegmentKind.HEADING)


def _includes(body: str) -> Counter[str]:
    return Counter(_INCLUDE.findall(body))


def _code(segments: Sequence[Segment]) -> Counter[str]:
    return Counter("code" for segment in segments if segment.kind is SegmentKind.CODE)
