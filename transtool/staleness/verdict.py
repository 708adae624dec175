"""Judge a translation by its stamp, by its pin, or by history."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial

from transtool.model import Basis, Change, Json, SegmentKind, Status
from transtool.segments import Segment, source_digest
from transtool.settings import Corrections, PinKind
from transtool.staleness.adoption import adopt_old_counterparts
from transtool.staleness.age import dated
from transtool.staleness.baselines import Baselines, Start
from transtool.staleness.blame import blame
from transtool.staleness.changes import changes_since
from transtool.staleness.corrections import Sorted, sort_out
from transtool.staleness.dismissals import dismissals
from transtool.staleness.known_pairs import known_pairs
from transtool.staleness.markup import markup_behind, markup_edits
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, PageDiff
from transtool.staleness.pairing import Pairing, carried_pairing, pair_pages
from transtool.staleness.pins import Pinned, pin_text, pinned
from transtool.staleness.translation_pair import Pair

_DIGEST = re.compile(r"[0-9a-f]{32}")
_BLOB = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a translation is current, stale or unknown.

    `basis` is the evidence that decided. `changes` are those of the source since the baseline, in the order of the
    source; `corrections` are what was only corrected in it, which leaves a translation current; `dismissed` are the
    names of the dismissed changes without which there would be more. `markup` are the edits of links, includes, code or
    attributes alone that the translation did not follow, in the order of its lines. `baseline` is the source that the
    translation was made from (by history: when it was new), None where nobody knows. `reason` says why better evidence
    could not decide, or why none could (the id of a sentence of the rule `unknown`), with its `facts`. `pairing` says
    which segments of both correspond: where history was asked, and where the pages have other headings, so that it is
    of interest which. `diffs` are the edit scripts to the present source from every source that parts of the
    translation may be made from, the oldest first.
    """

    status: Status
    basis: Basis | None = None
    changes: tuple[Change, ...] = ()
    corrections: tuple[Change, ...] = ()
    dismissed: tuple[str, ...] = ()
    markup: tuple[Change, ...] = ()
    baseline: Page | None = None
    reason: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)
    pairing: Pairing | None = None
    diffs: tuple[PageDiff, ...] = ()


def judge(pair: Pair, *, past: Past, brief: bool = False) -> Verdict:
    """Judge a translation by its stamp, else by its pin, else by history; `unknown` where none of them can tell.

    Whoever only needs the status asks for a `brief` verdict: it may leave out changes and markup, and is found sooner.
    """
    verdict = _judged(pair, past, brief=brief)
    if verdict.changes and not brief:
        verdict = replace(verdict, changes=dated(verdict.changes, past.trail(pair.source), past, pair.series))
    if brief or verdict.pairing is not None or _headings(pair.segments) == _headings(pair.source_segments):
        return verdict
    return replace(verdict, pairing=past.pairing(*_pages(pair, past)))


def _headings(segments: Sequence[Segment]) -> Counter[int]:
    """Return how many headings of each level a page has."""
    return Counter(segment.level for segment in segments if segment.kind is SegmentKind.HEADING)


def _judged(pair: Pair, past: Past, *, brief: bool) -> Verdict:
    _pages(pair, past)  # versions that are as the pages are now need not be read
    failed = Verdict(status=Status.UNKNOWN)
    for evidence in (_by_stamp, _by_pin):
        verdict = evidence(pair, past)
        if verdict is not None and verdict.status is not Status.UNKNOWN:
            return verdict
        failed = verdict if verdict is not None and not failed.reason else failed
    verdict = by_history(pair, past, brief=brief)
    if not failed.reason:
        return verdict
    overruled = failed.reason == "pin" and verdict.status is Status.CURRENT and _says_older(pair)
    return replace(verdict, reason="pin-overruled" if overruled else failed.reason, facts=failed.facts)


def _says_older(pair: Pair) -> bool:
    """Say whether a pin that names no known version says at least that the source was another one than now.

    A digest and a date do; a commit may have been squashed or belong to another repository.
    """
    there = (pin for pin in pair.config.pins if pin_text(pin, pair.translation) is not None)
    return any(pin.kind is not PinKind.COMMIT for pin in there)


def _pages(pair: Pair, past: Past) -> tuple[Page, Page]:
    """Return the present pages of a source and its translation."""
    return (
        past.present_page(pair.source, pair.source_segments, pair.series),
        past.present_page(pair.translation, pair.segments, pair.series),
    )


def _by_stamp(pair: Pair, past: Past) -> Verdict | None:
    digest = pair.stamp.digest.strip().lower()
    if not digest:
        return None
    if not _DIGEST.fullmatch(digest):
        return Verdict(status=Status.UNKNOWN, reason="bad-stamp", facts={"value": digest})
    baseline = _stamped(pair, past)
    if digest == source_digest(pair.source_segments):
        behind = _markup_since(baseline, pair, past) if baseline else ()
        diffs = (past.diff(baseline, _pages(pair, past)[0]),) if baseline else ()
        return Verdict(status=Status.CURRENT, basis=Basis.STAMP, markup=behind, baseline=baseline, diffs=diffs)
    if past.blob_of(pair.source) == _stamped_blob(pair):  # stamped by a version that read other words in the same file
        return Verdict(status=Status.CURRENT, basis=Basis.STAMP)
    if baseline is None or not (source_digest(baseline.segments) == digest or _was_source(baseline, pair, past)):
        undone = dismissals(pair, (), past).undone(pair.source_segments, digest)
        status = Status.STALE if undone is None else Status.CURRENT
        return Verdict(status=status, basis=Basis.STAMP, dismissed=undone or ())
    return _since(baseline, pair, past, Basis.STAMP)


def _was_source(page: Page, pair: Pair, past: Past) -> bool:
    """Say whether a page is a version of the source, whatever words were read in it when it was stamped."""
    trail = past.trail(pair.source)
    return trail is not None and any(version.blob == page.blob for version in trail.versions())


def _stamped_blob(pair: Pair) -> str:
    return pair.stamp.blob.strip().lower()


def _stamped(pair: Pair, past: Past) -> Page | None:
    """Return the source that was stamped, where git has it."""
    blob = _stamped_blob(pair)
    if not _BLOB.fullmatch(blob) or past.blob_of(pair.source) == blob:
        return None
    data = past.read(blob)
    return None if data is None else past.page_of(data, pair.source.path, pair.series, blob)


def _by_pin(pair: Pair, past: Past) -> Verdict | None:
    found = _pinned(pair, past)
    if found is None:
        return None
    page = None
    if found.data is not None:
        page = past.page_of(found.data, pair.source.path, pair.series)
    if page is None:
        return Verdict(status=Status.UNKNOWN, reason="pin", facts={"value": found.value})
    if found.since is not None:
        return by_history(pair, past, start=Start(found.since, page))
    return _since(page, pair, past, Basis.PIN)


def _pinned(pair: Pair, past: Past) -> Pinned | None:
    """Return the first pin of the translation that names a version of the source, else the first that it has."""
    first = None
    for pin in pair.config.pins:
        found = pinned(pin, pair.source, pair.translation, past)
        if found is not None and found.data is not None:
            return found
        first = first or found
    return first


def _since(baseline: Page, pair: Pair, past: Past, basis: Basis) -> Verdict:
    """Judge by the one version of the source that the translation is known to be made from."""
    source, translation = _pages(pair, past)
    diff = past.diff(baseline, source)
    changes: tuple[Change, ...] = ()
    if diff.changed or diff.removed:
        changes = changes_since(diff, carried_pairing(past.pairing(baseline, translation), diff), past)
    told = _sorted(changes, pair, source, past)
    return replace(_told(told, basis, baseline, markup=_markup_since(baseline, pair, past)), diffs=(diff,))


def _sorted(found: Iterable[Change], pair: Pair, source: Page, past: Past, *, brief: bool = False) -> Sorted:
    """Tell changes of the source from corrections, unless those count as changes, and from what was dismissed."""
    language = None if pair.config.corrections is Corrections.STALE else pair.config.source
    dismissed = cache(partial(dismissals, pair, pair.stamp.reviewed, past))
    return sort_out(found, source, language, dismissed, first_only=brief)


def _told(found: Sorted, basis: Basis, baseline: Page | None, *, markup: tuple[Change, ...]) -> Verdict:
    """Return the verdict that what happened to the source gives."""
    status = Status.STALE if found.changes else Status.CURRENT
    return Verdict(
        status=status,
        basis=basis,
        changes=found.changes,
        corrections=found.corrections,
        dismissed=found.dismissed,
        markup=markup,
        baseline=baseline,
    )


def _markup_since(baseline: Page, pair: Pair, past: Past) -> tuple[Change, ...]:
    source, translation = _pages(pair, past)
    edits = markup_edits([past.diff(baseline, source)])
    return markup_behind(edits, past.pairing(source, translation)) if edits else ()


def by_history(pair: Pair, past: Past, *, brief: bool = False, start: Start | None = None) -> Verdict:
    """Judge by segment blame, from `start` on if a pin says what the translation was made from then."""
    source, own = past.trail(pair.source), past.trail(pair.translation)
    if source is None or own is None:
        return Verdict(status=Status.UNKNOWN, reason=past.reason)
    if own.committed is None or source.committed is None:
        return Verdict(status=Status.UNKNOWN, reason="uncommitted")
    baselines = Baselines(*_pages(pair, past), (source, own), past, pair.series, start)
    pairing = _informed_pairing(baselines, past)
    found = _sorted(blame(pairing, baselines, past), pair, baselines.source, past, brief=brief)
    if not found.changes and baselines.came_later:
        return Verdict(status=Status.UNKNOWN, reason="older")
    if not found.changes and baselines.are_lost:
        return Verdict(status=Status.UNKNOWN, reason="lost")
    markup = () if brief else markup_behind(markup_edits(baselines.diffs.values()), pairing)
    basis = Basis.HISTORY if start is None else Basis.PIN
    told = _told(found, basis, baselines.made_from, markup=markup)
    diffs = tuple({id(each.old): each for each in reversed([*baselines.diffs.values()])}.values())
    return replace(told, pairing=pairing, diffs=diffs)


def _informed_pairing(baselines: Baselines, past: Past) -> Pairing:
    """Return the pairing of the present pages, with what older versions say about it."""
    source, translation = baselines.source, baselines.translation
    pairing = past.pairing(source, translation)
    known = known_pairs(baselines, past) if pairing.has_gaps else ()
    if known:
        pairing = pair_pages(source, translation, known=known)
    return adopt_old_counterparts(pairing, baselines, past, baselines.changed)
