"""Compare the skeleton of a translation with its source's: headings, includes, code blocks."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from transtool.languages import is_wellformed
from transtool.model import Finding, SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording
from transtool.staleness.translation_pair import Pair

_INCLUDE = re.compile(r"\{%-?\s*include(?:_cached|_relative)?\s+([^\s%]+)")

Targets = Mapping[int, tuple[int, ...]]
"""What in a translation stands for each segment of its source, by positions."""


def structure(pair: Pair, targets: Targets | None) -> Iterator[Finding]:
    """Report headings, includes and code blocks that one page has and the other has not.

    Which heading it is tells the alignment (`targets`), if there is one. An include whose path holds the language is
    the same include.
    """
    yield from _headings(pair, targets)
    yield from _compared(pair, "includes", _includes(pair.translation.body), _includes(pair.source.body))
    yield from _compared(pair, "code", _code(pair.segments), _code(pair.source_segments))


def _headings(pair: Pair, targets: Targets | None) -> Iterator[Finding]:
    ours, theirs = _levels(pair.segments), _levels(pair.source_segments)
    if ours == theirs:
        return
    facts = {"count": ours.total(), "expected": theirs.total()}
    if ours.total() == theirs.total():
        changed = (
            (pair.source_segments[at], pair.segments[there[0]])
            for at, there in (targets or {}).items()
            if _is_heading(pair.source_segments[at]) and _is_heading(pair.segments[there[0]])
        )
        names = ", ".join(sorted((ours - theirs) + (theirs - ours)))
        line = next((our.line for their, our in changed if our.level != their.level), pair.translation.body_line)
        yield pair.finding("structure", problem="levels", line=line, names=names)
        return
    if targets is None:
        yield pair.finding("structure", problem="headings", line=pair.translation.body_line, **facts)
        return
    taken = {place for there in targets.values() for place in there}
    extra = [each for at, each in enumerate(pair.segments) if _is_heading(each) and at not in taken]
    lacking = [each for at, each in enumerate(pair.source_segments) if _is_heading(each) and at not in targets]
    if ours.total() > theirs.total() and extra:
        yield pair.finding("structure", problem="extra-heading", line=extra[0].line, heading=wording(extra[0]), **facts)
    elif ours.total() < theirs.total() and lacking:
        first = lacking[0]
        yield pair.finding(
            "structure",
            problem="lacking-heading",
            line=pair.translation.body_line,
            heading=wording(first),
            source_line=first.line,
            **facts,
        )
    else:
        yield pair.finding("structure", problem="headings", line=pair.translation.body_line, **facts)


def _compared(pair: Pair, problem: str, ours: Counter[str], theirs: Counter[str]) -> Iterator[Finding]:
    if ours != theirs:
        yield pair.finding(
            "structure",
            problem=problem,
            line=pair.translation.body_line,
            count=ours.total(),
            expected=theirs.total(),
            names=", ".join(sorted((ours - theirs) + (theirs - ours))),
        )


def _is_heading(segment: Segment) -> bool:
    return segment.kind is SegmentKind.HEADING


def _levels(segments: Sequence[Segment]) -> Counter[str]:
    return Counter(f"h{segment.level}" for segment in segments if _is_heading(segment))


def _includes(body: str) -> Counter[str]:
    return Counter(map(_without_language, _INCLUDE.findall(body)))


def _without_language(path: str) -> str:
    """Return the path of an include without its parts that are languages: `en/note.md` and `es/note.md` are one."""
    return "/".join(part for part in path.split("/") if not _is_language(part))


def _is_language(part: str) -> bool:
    return len(part.split("-")[0].split("_")[0]) in (2, 3) and is_wellformed(part)


def _code(segments: Sequence[Segment]) -> Counter[str]:
    return Counter("code" for segment in segments if segment.kind is SegmentKind.CODE)
