"""What an update of a translation needs to know: what its source was, what it is, and what nobody has followed yet."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from transtool.document import Document
from transtool.model import Basis, Change, ChangeKind
from transtool.staleness.baselines import Start
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, PageDiff
from transtool.staleness.pairing import Pairing, carried_pairing
from transtool.staleness.pins import pin_text, unchanged_since
from transtool.staleness.translation_pair import Pair
from transtool.staleness.verdict import Verdict, by_history, judge


@dataclass(frozen=True, eq=False)
class Base:
    """A source that parts of the translation may be made from: what became of it, and its pairing with the translation.

    The pairing is that of the old source with the present translation.
    """

    diff: PageDiff
    pairing: Pairing


@dataclass(frozen=True, eq=False)
class Evidence:
    """A translation beside its source: the pairing of both as they are, and every source that it may be made from.

    `bases` are in the order of time. `changes` are those that the translation has not followed, as far as anybody can
    tell.
    """

    pairing: Pairing
    bases: tuple[Base, ...]
    changes: tuple[Change, ...]


def evidence(pair: Pair, past: Past) -> Evidence | None:
    """Return what is known of a translation and its source; None where no older source can be read."""
    verdict = judge(pair, past=past)
    if not verdict.diffs:
        return None
    source = past.present_page(pair.source, pair.source_segments, pair.series)
    translation = past.present_page(pair.translation, pair.segments, pair.series)
    bases = tuple(Base(diff, past.pairing(diff.old, translation)) for diff in verdict.diffs)
    if len(bases) == 1:
        bases = (_since_then(bases[0], pair, past),)
    pairing = verdict.pairing
    if verdict.basis is not Basis.HISTORY and len(bases) == 1:
        pairing = carried_pairing(bases[0].pairing, bases[0].diff)
    elif pairing is None:
        pairing = past.pairing(source, translation)
    if len(bases) == 1:
        pairing = _exchanged(pairing, bases[0])
    return Evidence(pairing, bases, tuple(_open(verdict, pair, past)))


def _since_then(base: Base, pair: Pair, past: Past) -> Base:
    """Return a baseline with its pairing by where texts of the translation were before somebody moved them.

    Text that tells nothing of its source is paired by its place, which counts in the version that was made from it.
    """
    trail = past.trail(pair.translation)
    start = _recorded(pair, past, base.diff.old)
    version = start.version if start is not None else None if trail is None else trail.committed
    then = None if version is None else past.page(version, pair.series)
    if then is None:
        return base
    own = past.diff(then, base.pairing.translation)
    if not any(step.moved for step in own.steps):
        return base
    went = {old: step.new for step in own.steps for old in step.old}
    before = past.pairing(base.diff.old, then).counterparts.items()
    found = {at: tuple(now for one in places for now in went.get(one, ())) for at, places in before}
    return replace(base, pairing=replace(base.pairing, counterparts={at: now for at, now in found.items() if now}))


def _exchanged(pairing: Pairing, base: Base) -> Pairing:
    """Return a pairing in which texts of the source that only changed places keep their translations."""
    then = {
        step.new[0]: base.pairing.counterparts[step.old[0]]
        for step in base.diff.steps
        if step.same and len(step.old) == len(step.new) == 1 and step.old[0] in base.pairing.counterparts
    }
    differ = {at: places for at, places in then.items() if pairing.counterparts.get(at, places) != places}
    if sorted(differ.values()) != sorted(pairing.counterparts[at] for at in differ):
        return pairing
    return replace(pairing, counterparts={**pairing.counterparts, **differ})


def _open(verdict: Verdict, pair: Pair, past: Past) -> Iterator[Change]:
    """Yield the changes that are not followed: those that a stamp or pin is older than may have been since."""
    if verdict.basis is Basis.HISTORY or verdict.baseline is None or not verdict.changes:
        yield from verdict.changes
        return
    start = _recorded(pair, past, verdict.baseline)
    if start is None:
        yield from verdict.changes
        return
    since = by_history(pair, past, start=start)
    there = {_identity(each) for each in (*since.changes, *since.corrections)}
    yield from (each for each in verdict.changes if _identity(each) in there)


def _identity(change: Change) -> tuple[object, ...]:
    place = change.line if change.change is ChangeKind.REMOVED else change.source_line
    return change.change is ChangeKind.REMOVED, change.kind, change.field, place, change.digest


def _recorded(pair: Pair, past: Past, baseline: Page) -> Start | None:
    """Return the version of a translation that got its present stamp or pin; None where no older one has that."""
    trail = past.trail(pair.translation)
    if trail is None or pair.entry.stamp is not None:
        return None
    told = partial(_record, pair)
    version = unchanged_since(told, told(pair.translation), trail, past)
    return None if version is None or version == trail.head else Start(version, baseline)


def _record(pair: Pair, document: Document) -> str:
    """Return what a version of the translation says of the source that it was made from."""
    said = [document.raw(pair.config.stamp.digest), *(pin_text(pin, document) for pin in pair.config.pins)]
    return next(filter(None, said), "")
