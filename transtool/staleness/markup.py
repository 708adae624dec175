"""Links, includes, code and attributes that the source changed and the translation did not take over."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from transtool.align import Step
from transtool.segments import Segment
from transtool.segments.views import markup
from transtool.staleness.pages import Revision
from transtool.staleness.pairing import Sides


def not_carried(sides: Sides, revisions: Iterable[Revision]) -> tuple[int, ...]:
    """Return the lines of the translation that still have what the source had in one of its older versions.

    What a translation has of its own (another link, code with translated comments) is not counted: only what the
    source itself once had and replaced or removed, and what it added where the translation has less than it.
    """
    lines: set[int] = set()
    for revision in {id(each.old): each for each in revisions}.values():
        for step in revision.steps:
            if step.same and revision.old is not revision.new:
                lines.update(_behind(step, revision, sides))
    return tuple(sorted(lines))


def _behind(step: Step, revision: Revision, sides: Sides) -> Iterator[int]:
    olds, news = [revision.old.segments[at] for at in step.old], [revision.new.segments[at] for at in step.new]
    if not olds or not news or [old.text for old in olds] == [new.text for new in news]:
        return
    before, now = _tokens(olds), _tokens(news)
    if before == now:
        return
    present = [segment for at in step.new for segment in sides.present(at)]
    theirs = _tokens(present)
    gone, came = before - now, now - before
    stale = theirs & gone
    lacking = came - theirs
    if present and ((stale and (lacking or not came)) or (not gone and lacking and theirs.total() < now.total())):
        yield present[0].line


def _tokens(segments: Sequence[Segment]) -> Counter[str]:
    return Counter(token for segment in segments for token in markup(segment))
