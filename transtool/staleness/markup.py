"""Links, includes, code and attributes that the source changed and the translation did not take over."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from transtool.align import Step
from transtool.segments import Segment
from transtool.segments.views import markup
from transtool.staleness.pages import PageDiff
from transtool.staleness.pairing import Pairing


class MarkupEdit(NamedTuple):
    """Segments of the present source (positions) whose markup changed though their words did not, then and now."""

    positions: tuple[int, ...]
    before: Counter[str]
    after: Counter[str]


def markup_edits(diffs: Iterable[PageDiff]) -> list[MarkupEdit]:
    """Return what edit scripts from older versions to the present source changed of its markup alone."""
    different = {id(each.old): each for each in diffs if each.old is not each.new}
    found = (_edit(step, diff) for diff in different.values() for step in diff.steps if step.same)
    return [edit for edit in found if edit is not None]


def lines_behind(edits: Iterable[MarkupEdit], pairing: Pairing) -> tuple[int, ...]:
    """Return the lines of the translation that still have what the source had before one of the `edits`.

    What a translation has of its own (another link, code with translated comments) does not count: only what the
    source itself once had and replaced or removed, and what it added if the translation has less than it.
    """
    return tuple(sorted({line for edit in edits for line in _behind(edit, pairing)}))


def _edit(step: Step, diff: PageDiff) -> MarkupEdit | None:
    olds, news = [diff.old.segments[at] for at in step.old], [diff.new.segments[at] for at in step.new]
    if not olds or not news or [old.text for old in olds] == [new.text for new in news]:
        return None
    before, after = _tokens(olds), _tokens(news)
    return None if before == after else MarkupEdit(step.new, before, after)


def _behind(edit: MarkupEdit, pairing: Pairing) -> Iterator[int]:
    present = [segment for at in edit.positions for segment in pairing.counterpart(at)]
    theirs = _tokens(present)
    gone, came = edit.before - edit.after, edit.after - edit.before
    stale = theirs & gone
    lacking = came - theirs
    if present and (
        (stale and (lacking or not came)) or (not gone and lacking and theirs.total() < edit.after.total())
    ):
        yield present[0].line


def _tokens(segments: Sequence[Segment]) -> Counter[str]:
    return Counter(token for segment in segments for token in markup(segment))
