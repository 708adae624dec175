"""Drawn with a seed, to be opened and read: edits that are said not to have followed, and stale pages."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from benchmarks.pins.adapter import Histories, Page, Told
from benchmarks.pins.oracle import Block, blocks, edited
from transtool.model import Change, ChangeKind, Status

_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Doubt:
    """A segment that history calls behind right after an update of the pin that edited it; `was` is its text before."""

    page: Page
    pin: str
    change: Change
    was: str


@dataclass(frozen=True, slots=True)
class Doubts:
    """What history alone says right after updates: `edits` blocks that translators edited, and which are doubted."""

    edits: int
    doubts: tuple[Doubt, ...]


def doubts(found: Iterable[Page], past: Histories) -> Doubts:
    """Ask history after every update of a pin to the source of that very commit which edits did not follow."""
    edits, doubted = 0, list[Doubt]()
    for page in found:
        fields = page.series.fields.translated
        for before, after in past.states(page):
            if before is None or before.pin in (None, after.pin) or after.pinned is None:
                continue
            if after.pinned != past.source_beside(page, after.commit):
                continue
            old, new = blocks(before.data, fields), blocks(after.data, fields)
            touched = {block.first for block in edited(new, old).blocks}  # of the new version
            edits += len(touched)
            told = past.told(page, after.pinned, after.data, after.commit, pins=False) if touched else None
            for change in told.changes if told else ():
                own = _block(new, change.line)
                if change.change is ChangeKind.EDITED and own and own.first in touched:
                    doubted.append(Doubt(page, after.pin or "", change, _closest(own, old)))
    return Doubts(edits, tuple(doubted))


def _block(found: Iterable[Block], line: int | None) -> Block | None:
    return next((block for block in found if line and block.first <= line <= block.last), None)


def _closest(block: Block, others: Iterable[Block]) -> str:
    """Return what a block most likely was before it was edited, nothing where it was written anew."""
    ours = block.words.split()
    rated = [(SequenceMatcher(None, ours, each.words.split(), autojunk=False).ratio(), each.words) for each in others]
    share, best = max(rated, default=(0.0, ""))
    return best if share >= _ALIKE else ""


def drawn_doubts(found: Doubts, number: int, seed: int) -> str:
    """Return `number` doubts to read."""
    chosen = random.Random(seed).sample(found.doubts, min(number, len(found.doubts)))
    parts = [
        f"of {found.edits} blocks that updates of the pin edited, history alone then calls {len(found.doubts)} behind;"
        f" {len(chosen)} drawn"
    ]
    for at, each in enumerate(chosen, 1):
        parts += [
            f"\n[{at}] {each.page.path}:{each.change.line} (pin {each.pin[:12]})",
            f"  source then: {_line(each.change.before)}",
            f"  source now:  {_line(each.change.after)}",
            f"  own then:    {each.was}",
            f"  own now:     {_line(each.change.present)}",
        ]
    return "\n".join(parts)


def drawn_stale(told: Mapping[str, Told], number: int, seed: int) -> str:
    """Return `number` stale translations with what their sources changed."""
    stale = sorted(path for path, each in told.items() if each.status is Status.STALE)
    chosen = random.Random(seed).sample(stale, min(number, len(stale)))
    parts = [f"{len(stale)} stale translations, {len(chosen)} drawn"]
    for at, path in enumerate(chosen, 1):
        changes = told[path].changes
        parts.append(f"\n[{at}] {path}: {len(changes)} changes, {sum(change.words for change in changes)} words")
        for change in changes:
            parts += [f"  {change.change.value} {change.kind.value}, {change.words} words, line {change.line}"]
            parts += [f"    {sign} {_line(text)}" for sign, text in (("-", change.before), ("+", change.after)) if text]
            parts += [f"    = {_line(change.present)}"] if change.present else []
    return "\n".join(parts)


def _line(text: str) -> str:
    return " ".join(text.split())
