"""Links, includes, code and attributes that the source changed and the translation did not take over."""

from collections.abc import Iterable, Iterator, Sequence

from transtool.model import Change, ChangeKind
from transtool.segments import Segment
from transtool.segments.views import wording_digest
from transtool.staleness.pages import MarkupEdit, PageDiff, markup_tokens, text_of
from transtool.staleness.pairing import Pairing


def markup_edits(diffs: Iterable[PageDiff]) -> list[MarkupEdit]:
    """Return what edit scripts from older versions to the present source changed of its markup alone."""
    different = {id(each.old): each for each in diffs if each.old is not each.new}
    return [edit for diff in different.values() for edit in diff.markup]


def markup_behind(edits: Iterable[MarkupEdit], pairing: Pairing) -> tuple[Change, ...]:
    """Return the `edits` whose former state the translation still has, one for each of its lines, in their order.

    What a translation has of its own (another link, code with translated comments) does not count: only what the
    source itself once had and replaced or removed, and what it added if the translation has less than it.
    """
    found = {change.line or 0: change for edit in edits for change in _behind(edit, pairing)}
    return tuple(found[line] for line in sorted(found))


def _behind(edit: MarkupEdit, pairing: Pairing) -> Iterator[Change]:
    present = [segment for at in edit.positions for segment in pairing.counterpart(at)]
    theirs = markup_tokens(present)
    gone, came = edit.before - edit.after, edit.after - edit.before
    stale = theirs & gone
    lacking = came - theirs
    if present and (
        (stale and (lacking or not came)) or (not gone and lacking and theirs.total() < edit.after.total())
    ):
        yield _change(edit, [pairing.source.segments[at] for at in edit.positions], present)


def _change(edit: MarkupEdit, source: Sequence[Segment], present: Sequence[Segment]) -> Change:
    return Change(
        change=ChangeKind.EDITED,
        kind=source[0].kind,
        field=source[0].field or None,
        source_line=source[0].line,
        source_end_line=source[-1].end_line,
        line=present[0].line,
        end_line=present[-1].end_line,
        digest=wording_digest(source[0]),
        before=edit.text,
        after=text_of(source),
        present=text_of(present),
    )
