"""Judge one translation against its source: everything in a report that depends on just these two files and git."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from transtool.assess.judgement import Alike, Judgement, Left, Link
from transtool.assess.rules.damaged import damaged
from transtool.assess.rules.files import file_findings
from transtool.assess.rules.foreign import suspects
from transtool.assess.rules.incomplete import incomplete
from transtool.assess.rules.links import links, missing_anchors
from transtool.assess.rules.metadata import mismatches
from transtool.assess.rules.structure import structure
from transtool.assess.rules.untranslated import Overlap, overlap
from transtool.assess.source_page import Original, is_draft
from transtool.model import Change, ChangeKind, Finding, Json, SegmentKind, Status
from transtool.segments import Segment, source_digest, split
from transtool.segments.views import wording
from transtool.staleness.pages import Page
from transtool.staleness.translation_pair import Files, Pair
from transtool.staleness.verdict import Verdict
from transtool.text.words import words

Judge = Callable[[Pair], Verdict]
"""Says whether a translation still says what its source says (`staleness.judge` with its evidence bound)."""


def judgement(files: Files, source: Original, judge: Judge) -> Judgement:
    """Return how a translation stands beside its source."""
    pair = Pair(
        config=files.config,
        series=files.series,
        entry=files.entry,
        source=files.source,
        translation=files.translation,
        source_segments=source.segments,
        segments=split(files.translation, files.series.fields.translated, files.series.reading),
    )
    verdict = judge(pair)
    alike, drafted = left_untranslated(source, pair.segments, verdict.baseline)
    found = tuple(links(pair.segments))
    return Judgement(
        verdict=verdict.status,
        basis=verdict.basis,
        changes=verdict.changes,
        corrections=verdict.corrections,
        markup=verdict.markup,
        findings=tuple(_findings(pair, source, found)),
        behind=(*_verdict_findings(pair, verdict), *_skeleton(pair, verdict)),
        alike=_remembered(alike, pair, drafted=drafted),
        suspects=tuple(suspects(source.segments, pair.segments, alike.segments)),
        links=tuple(link for link in found if not link.target.startswith("#")),
        length=_length(pair, source),
        total=source.words,
        reason=verdict.reason,
        dismissed=verdict.dismissed,
    )


def _findings(pair: Pair, source: Original, found: Sequence[Link]) -> Iterator[Finding]:
    """Give what is wrong with a translation whether it is a draft or not."""
    yield from file_findings(pair.entry, pair.config, pair.series, known=source.document)
    if any(segment.translatable for segment in pair.segments):
        yield from mismatches(pair)
    yield from damaged(pair)
    for link in missing_anchors(pair.segments, found, source.segments):
        yield pair.finding("link", problem="anchor", line=link.line, target=link.target)


def _skeleton(pair: Pair, verdict: Verdict) -> Iterator[Finding]:
    """Give what a whole translation lacks or has too much of; of what changed since it was made, `stale` speaks."""
    targets = None if verdict.pairing is None else verdict.pairing.counterparts
    new_lines = {change.source_line for change in verdict.changes if change.change is ChangeKind.ADDED}
    regrouped = any(
        change.kind is SegmentKind.HEADING and change.change is not ChangeKind.EDITED for change in verdict.changes
    )
    new = {line for line in new_lines if line is not None}
    left_out = () if targets is None else tuple(incomplete(pair, targets, new))
    yield from left_out
    for finding in () if regrouped else structure(pair, targets):
        if not (left_out and finding.problem.endswith(("heading", "headings"))):
            yield finding


def _length(pair: Pair, source: Original) -> float:
    """Return the length of the body beside the source's; 1 where the source has too little prose to tell."""
    return round(len(pair.translation.body) / len(pair.source.body), 3) if source.tells_length else 1.0


def left_untranslated(source: Original, translation: Sequence[Segment], baseline: Page | None) -> tuple[Overlap, bool]:
    """Return what of a translation still reads as the source, and whether that makes it a draft.

    A draft is told from the source that it was made from (`baseline`), where that is known: a translation of all that
    stood there then is complete, however much the source has grown since, and text left in the words that the source
    had then is left untranslated, although the source says something else now.
    """
    now = overlap(source.segments, translation, source.names)
    if baseline is None or baseline.segments == source.segments:
        return now, is_draft(now, source.config)
    then = overlap(baseline.segments, translation, source.names)
    if is_draft(then, source.config) and (now.sparse or not then.sparse):
        return then, True
    return now, not now.sparse and is_draft(now, source.config)


def _remembered(alike: Overlap, pair: Pair, *, drafted: bool) -> Alike:
    """Return what is to be remembered of an overlap: places, not texts.

    A page that is short because its source grew is `sparse` for nobody (`drafted` is false).
    """
    return Alike(
        left=tuple(
            Left(
                line=(pair.translation.line_of(segment.field) if segment.field else None) or segment.line,
                start=segment.start,
                end=segment.end,
                words=words(wording(segment)),
                field=segment.field,
            )
            for segment in alike.segments
        ),
        total=alike.total,
        identical=alike.identical,
        sparse=alike.sparse and drafted,
        here=alike.here,
        there=alike.there,
        segments=sum(segment.translatable for segment in pair.segments),
    )


def _verdict_findings(pair: Pair, verdict: Verdict) -> Iterable[Finding]:
    """Turn the verdict into findings: stale, correction, unknown, markup."""
    if verdict.status is Status.STALE:
        line = next((change.line for change in verdict.changes if change.line is not None), None)
        counts: dict[str, Json] = {
            "segments": len(verdict.changes),
            "words": sum(change.words for change in verdict.changes),
            "characters": sum(change.characters for change in verdict.changes),
            "digest": source_digest(pair.source_segments),
        }
        yield pair.finding("stale", line=line, problem="" if verdict.changes else "digest", **counts)
    for problem in ("", "left"):
        found = [each for each in verdict.corrections if each.left_alone is bool(problem)]
        if found:
            yield _corrected(pair, found, problem)
    if verdict.status is Status.UNKNOWN or verdict.reason:
        yield replace(pair.finding("unknown", problem=verdict.reason), facts=verdict.facts)
    if verdict.markup:
        lines: list[Json] = [change.line for change in verdict.markup]
        yield pair.finding("markup", line=verdict.markup[0].line, segments=len(lines), lines=lines)


def _corrected(pair: Pair, corrections: Sequence[Change], problem: str) -> Finding:
    """Return the finding that the source was edited where the translation need not follow."""
    places: list[Json] = [{"line": each.line, "source_line": each.source_line} for each in corrections]
    return pair.finding(
        "correction", line=corrections[0].line, problem=problem, segments=len(corrections), places=places
    )
