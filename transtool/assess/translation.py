"""Judge one translation against its source: everything in a report that depends on just these two files and git."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from transtool.assess.rules.metadata import mismatches
from transtool.assess.rules.placeholders import placeholders
from transtool.assess.rules.structure import structure
from transtool.assess.rules.untranslated import Overlap, overlap
from transtool.assess.source_page import Original, is_draft
from transtool.document import Document, Unreadable
from transtool.link import Entry, finding_about, reason
from transtool.model import Basis, Change, Finding, Json, Status
from transtool.segments import Segment, source_digest, split
from transtool.segments.views import wording
from transtool.settings import Config
from transtool.staleness import Verdict
from transtool.staleness.translation_pair import Files, Pair
from transtool.text.words import words

Judge = Callable[[Pair], Verdict]
"""Says whether a translation still says what its source says (`staleness.judge` with its evidence bound)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What two files and their past say about a cell, so that it can be cached.

    The fields are those of `Cell`; findings that depend on other files of the site are not included.
    """

    status: Status
    basis: Basis | None
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    words: int
    total: int
    translated: float
    reason: str


def judgement(files: Files, source: Original, judge: Judge) -> Judgement:
    """Return the judgement of a translation against its source."""
    pair = Pair(
        config=files.config,
        series=files.series,
        entry=files.entry,
        source=files.source,
        translation=files.translation,
        source_segments=source.segments,
        segments=split(files.translation, files.series.fields.translated),
    )
    alike = overlap(source.segments, pair.segments, source.names)
    verdict = judge(pair)
    status = Status.DRAFT if is_draft(alike, files.config) else verdict.status
    findings = [*file_findings(files.entry, files.config, known=source.document), *_untranslated(pair, alike, status)]
    findings += [*mismatches(files), *structure(pair)]
    if status is not Status.DRAFT:
        findings += _verdict_findings(pair, verdict)
    left = {
        Status.DRAFT: max(source.words - alike.total, 0) + alike.words if alike.sparse else alike.words or alike.total,
        Status.STALE: sum(each.words for each in verdict.changes),
    }
    return Judgement(
        status=status,
        basis=verdict.basis,
        changes=verdict.changes,
        findings=tuple(findings),
        words=left.get(status, 0),
        total=source.words,
        translated=(1 - alike.share) * (min(1.0, alike.here / alike.there) if alike.sparse else 1.0),
        reason=verdict.reason,
    )


def _untranslated(pair: Pair, alike: Overlap, status: Status) -> Iterator[Finding]:
    """Report fields one by one, and the segments of the body together; a draft gives one finding."""
    fields = [segment for segment in alike.segments if segment.field]
    body = [segment for segment in alike.segments if not segment.field]
    if status is Status.DRAFT:
        yield _draft(pair, alike)
        return
    for segment in fields:
        count = words(wording(segment))
        line = pair.translation.line_of(segment.field)
        yield pair.finding("untranslated", problem="field", line=line, field=segment.field, words=count)
    if body:
        yield _share(pair, alike, body)


def _draft(pair: Pair, alike: Overlap) -> Finding:
    """Return the finding that a translation is a draft: most of it is missing, or still in the words of the source."""
    if not alike.sparse:
        return _share(pair, alike, alike.segments, problem="draft")
    share = round(alike.here / alike.there, 4)
    problem = "sparse" if alike.here else "blank"
    return pair.finding("untranslated", problem=problem, segments=alike.here, total=alike.there, share=share)


def _share(pair: Pair, alike: Overlap, segments: Sequence[Segment], problem: str = "") -> Finding:
    """Return the finding that `segments` still read as the source, with their number and their share of the words."""
    places: list[Json] = [{"line": segment.line, "words": words(wording(segment))} for segment in segments]
    count = sum(words(wording(segment)) for segment in segments)
    return pair.finding(
        "untranslated",
        problem=problem,
        line=segments[0].line if segments else None,
        segments=len(segments),
        total=sum(segment.translatable and (problem == "draft" or not segment.field) for segment in pair.segments),
        words=count,
        share=round(count / alike.total, 4),
        places=places,
    )


def _verdict_findings(pair: Pair, verdict: Verdict) -> Iterable[Finding]:
    """Turn the verdict into findings: stale, unknown, markup."""
    if verdict.status is Status.STALE:
        line = next((change.line for change in verdict.changes if change.line is not None), None)
        counts: dict[str, Json] = {
            "segments": len(verdict.changes),
            "words": sum(change.words for change in verdict.changes),
            "characters": sum(change.characters for change in verdict.changes),
            "digest": source_digest(pair.source_segments),
        }
        yield pair.finding("stale", line=line, problem="" if verdict.changes else "digest", **counts)
    if verdict.status is Status.UNKNOWN or verdict.reason:
        yield replace(pair.finding("unknown", problem=verdict.reason), facts=verdict.facts)
    if verdict.markup:
        yield pair.finding("markup", line=verdict.markup[0], segments=len(verdict.markup), lines=list(verdict.markup))


def file_findings(entry: Entry, config: Config, known: Document | None = None) -> Iterator[Finding]:
    """Yield what is wrong with a file on its own: unreadable, odd front matter, placeholders."""
    document = entry.document
    if isinstance(document, Unreadable):
        yield replace(finding_about("unreadable", entry, config, line=document.line), facts=reason(document))
        return
    for note in document.notes:
        yield finding_about("unreadable", entry, config, line=note.line, problem=note.problem, field=note.field)
    yield from placeholders(document, entry, config, known=known)
