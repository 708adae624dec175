"""Settle what a judgement left open, with the other pages of the site: the cell of a translation and its findings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from transtool.assess.across import Across, leading_away
from transtool.assess.judgement import Alike, Judgement, Left
from transtool.assess.plan import ToJudge, heard, title_of
from transtool.assess.source_page import is_draft
from transtool.model import Cell, Finding, Json, Status

_ON_FIELDS = ("mismatch", "local")
_FAR_TOO_SHORT = 0.5
"""Share of its language's usual length beside the source, below which a translation is incomplete. Set by hand."""


def settled(planned: ToJudge, found: Judgement, across: Across) -> Cell:
    """Return the cell of a translation that was judged."""
    alike = _without_kept(planned, found.alike, across)
    draft = is_draft(alike, planned.files.config)
    status = Status.DRAFT if draft else found.verdict
    left = {
        Status.DRAFT: max(found.total - alike.total, 0) + alike.words if alike.sparse else alike.words or alike.total,
        Status.STALE: sum(each.words for each in found.changes),
    }
    entry = planned.files.entry
    return Cell(
        language=entry.language,
        status=status,
        path=entry.path,
        title=title_of(entry),
        basis=found.basis,
        changes=found.changes,
        corrections=() if draft else found.corrections,
        markup=() if draft else found.markup,
        findings=heard((*planned.linked, *_findings(planned, found, alike, across, draft=draft))),
        words=left.get(status, 0),
        total=found.total,
        translated=(1 - alike.share) * (min(1.0, alike.here / alike.there) if alike.sparse else 1.0),
        reason=found.reason,
        dismissed=found.dismissed,
    )


def _findings(planned: ToJudge, found: Judgement, alike: Alike, across: Across, *, draft: bool) -> Iterator[Finding]:
    disputed = {finding.facts.get("field") for finding in planned.linked if finding.rule == "identity"}
    for finding in (*found.findings, *planned.local):
        field = finding.facts.get("field")
        habitual = finding.rule == "mismatch" and across.habit(finding.series or "", str(field)) is not None
        if not habitual and (finding.rule not in _ON_FIELDS or field not in disputed):
            yield finding
    yield from _untranslated(planned, alike, draft=draft)
    if not draft:
        yield from found.behind
        yield from _length(planned, found, across)
        yield from _foreign(planned, found, across)
    for link, own in leading_away(found.links, planned.files.entry, across):
        yield planned.files.finding("link", problem="source", line=link.line, target=link.target, own=own.path)


def _without_kept(planned: ToJudge, alike: Alike, across: Across) -> Alike:
    """Return `alike` without what most translations of the page keep, too."""
    if not alike.left:
        return alike
    page, entry = planned.files.translation, planned.files.entry
    left = tuple(
        each
        for each in alike.left
        if not across.keeps(entry.series, entry.key, page.text[each.start : each.end])
        and not (
            each.field and across.keeps_running(entry.series, entry.language, each.field, page.raw(each.field) or "")
        )
    )
    # A whole copy is a draft whatever others do: they may be copies, too.
    return alike if alike.identical else replace(alike, left=left)


def _untranslated(planned: ToJudge, alike: Alike, *, draft: bool) -> Iterator[Finding]:
    """Report fields one by one and the segments of the body together; a draft as a whole, once."""
    if draft:
        yield _draft(planned, alike)
        return
    for each in alike.left:
        if each.field:
            yield planned.files.finding(
                "untranslated", problem="field", line=each.line, field=each.field, words=each.words
            )
    body = [each for each in alike.left if not each.field]
    if body:
        yield _share(planned, alike, body)


def _draft(planned: ToJudge, alike: Alike) -> Finding:
    """Return the finding that a translation is a draft: still the source's text, or little of its own yet."""
    if not alike.sparse:
        return _share(planned, alike, alike.left, problem="draft")
    share = round(alike.here / alike.there, 4)
    problem = "sparse" if alike.here else "blank"
    return planned.files.finding("untranslated", problem=problem, segments=alike.here, total=alike.there, share=share)


def _share(planned: ToJudge, alike: Alike, left: Sequence[Left], problem: str = "") -> Finding:
    """Return the finding that segments still read as the source: which, how many, and what share of the words."""
    places: list[Json] = [{"line": each.line, "words": each.words} for each in left]
    count = sum(each.words for each in left)
    fields = sum(bool(each.field) for each in alike.left)
    return planned.files.finding(
        "untranslated",
        problem=problem,
        line=left[0].line if left else None,
        segments=len(left),
        total=alike.segments - (0 if problem == "draft" else fields),
        words=count,
        share=round(count / alike.total, 4) if alike.total else 0.0,
        places=places,
        lines=[each.line for each in left],
    )


def _length(planned: ToJudge, found: Judgement, across: Across) -> Iterator[Finding]:
    """Report a translation far shorter than its language needs, unless what it lacks was told."""
    if found.length >= _FAR_TOO_SHORT * 1.5 or any(each.rule == "incomplete" for each in found.behind):
        return
    entry = planned.files.entry
    usual = across.usual_length(entry.series, entry.language)
    if usual is not None and found.length < _FAR_TOO_SHORT * usual and not found.changes:
        yield planned.files.finding(
            "incomplete", problem="length", line=None, share=round(found.length / usual, 4), words=found.total
        )


def _foreign(planned: ToJudge, found: Judgement, across: Across) -> Iterator[Finding]:
    told = [each for each in found.suspects if across.is_foreign(each)]
    if told:
        yield planned.files.finding(
            "foreign",
            line=told[0].line,
            segments=len(told),
            places=[{"line": each.line, "words": len(each.words)} for each in told],
            lines=[each.line for each in told],
        )
