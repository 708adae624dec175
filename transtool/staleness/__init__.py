"""Say whether a translation still says what its source says, from the best evidence there is."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from transtool.model import Basis, Change, Json, Status
from transtool.segments import source_digest
from transtool.staleness.baselines import Beside
from transtool.staleness.blame import Blame
from transtool.staleness.markup import not_carried
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page
from transtool.staleness.pairing import Sides, changes_since
from transtool.staleness.pins import pinned
from transtool.staleness.translation_pair import Pair

_DIGEST = re.compile(r"[0-9a-f]{32}")
_BLOB = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a translation is current, stale or unknown.

    `basis` is the evidence that decided. `changes` are what the source changed since the baseline, in the order
    of the source. `markup` are the lines of the translation whose links, includes, code or attributes are no
    longer the source's, though the words are. `reason` says why better evidence could not decide, or none at all
    (an id of the sentences of the rule `unknown`), with its `facts`.
    """

    status: Status
    basis: Basis | None = None
    changes: tuple[Change, ...] = ()
    markup: tuple[int, ...] = ()
    reason: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)


def judge(pair: Pair, *, past: Past, brief: bool = False) -> Verdict:
    """Judge a translation by its stamp, else by its pin, else by history; `unknown` where none of them can tell.

    Whoever wants the status alone asks for a `brief` verdict: it may leave out changes and markup, and is found sooner.
    """
    sides = Sides(past.present(pair.source, pair.source_segments), past.present(pair.translation, pair.segments))
    failed = Verdict(status=Status.UNKNOWN)
    for evidence in (_by_stamp, _by_pin):
        verdict = evidence(pair, sides, past)
        if verdict is not None and verdict.status is not Status.UNKNOWN:
            return verdict
        failed = verdict if verdict is not None and not failed.reason else failed
    verdict = _by_history(pair, sides, past, brief=brief)
    return replace(verdict, reason=failed.reason, facts=failed.facts) if failed.reason else verdict


def judging(past: Past) -> Callable[[Pair], Verdict]:
    """Return what judges pair after pair. What was read for one source is forgotten with the next one."""
    path, own = "", past

    def judged(pair: Pair) -> Verdict:
        nonlocal path, own
        if pair.source.path != path:
            path, own = pair.source.path, past.anew()
        return judge(pair, past=own)

    return judged


def _by_stamp(pair: Pair, sides: Sides, past: Past) -> Verdict | None:
    names = pair.config.stamp
    digest = (pair.translation.raw(names.digest) or "").strip().lower()
    if not digest:
        return None
    if not _DIGEST.fullmatch(digest):
        return Verdict(status=Status.UNKNOWN, reason="bad-stamp", facts={"value": digest})
    baseline = _stamped(pair, past)
    if digest == source_digest(pair.source_segments):
        lines = not_carried(sides, [past.revision(baseline, sides.source)]) if baseline else ()
        return Verdict(status=Status.CURRENT, basis=Basis.STAMP, markup=lines)
    if baseline is None or source_digest(baseline.segments) != digest:
        return Verdict(status=Status.STALE, basis=Basis.STAMP)
    return _since(baseline, sides, past, Basis.STAMP)


def _stamped(pair: Pair, past: Past) -> Page | None:
    """Return the source that the stamp was made of, where git has it."""
    blob = (pair.translation.raw(pair.config.stamp.blob) or "").strip().lower()
    if not _BLOB.fullmatch(blob) or past.blob_of(pair.source) == blob:
        return None
    data = past.read(blob)
    return None if data is None else past.page_of(data, pair.source.path, pair.series.fields.translated, blob)


def _by_pin(pair: Pair, sides: Sides, past: Past) -> Verdict | None:
    if pair.config.pin is None:
        return None
    found = pinned(pair.config.pin, pair.source, pair.translation, past)
    if found is None:
        return None
    page = None
    if found.data is not None:
        page = past.page_of(found.data, pair.source.path, pair.series.fields.translated)
    if page is None:
        return Verdict(status=Status.UNKNOWN, reason="pin", facts={"value": found.value})
    return _since(page, sides, past, Basis.PIN)


def _since(baseline: Page, sides: Sides, past: Past, basis: Basis) -> Verdict:
    revision = past.revision(baseline, sides.source)
    changes = changes_since(revision, sides)
    status = Status.STALE if changes else Status.CURRENT
    return Verdict(status=status, basis=basis, changes=changes, markup=not_carried(sides, [revision]))


def _by_history(pair: Pair, sides: Sides, past: Past, *, brief: bool) -> Verdict:
    source, own = past.trail(pair.source), past.trail(pair.translation)
    if source is None or own is None:
        return Verdict(status=Status.UNKNOWN, reason=past.reason)
    if own.committed is None or source.committed is None:
        return Verdict(status=Status.UNKNOWN, reason="uncommitted")
    beside = Beside(sides, source, own, past, pair.series.fields.translated)
    changes = tuple(islice(Blame(sides, beside).changes(), 1 if brief else None))
    sides.guide(tuple)  # what refers to itself would never be freed: nobody looks for cycles
    if not changes and beside.is_younger:
        return Verdict(status=Status.UNKNOWN, reason="older")
    if not changes and beside.is_lost:
        return Verdict(status=Status.UNKNOWN, reason="lost")
    status = Status.STALE if changes else Status.CURRENT
    markup = () if brief else not_carried(sides, beside.revisions.values())
    return Verdict(status=status, basis=Basis.HISTORY, changes=changes, markup=markup)
