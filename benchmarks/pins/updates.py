"""Update by update: the segments that transtool named before a pin moved, beside those that were then edited."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from benchmarks.pins.adapter import Histories, Page, State, is_added
from benchmarks.pins.oracle import Block, Edited, blocks, edited
from benchmarks.staleness.score import Score

_ANEW = 0.6


@dataclass(frozen=True, slots=True)
class Update:
    """A commit that moved a translation's pin and edited its text; the lines are those of the translation before."""

    page: Page
    before: State
    after: State
    old: tuple[Block, ...]
    edited: Edited
    lines: tuple[int, ...]
    added: int
    without_line: int

    @property
    def is_anew(self) -> bool:
        """Whether most of the translation was written anew."""
        return len(self.edited.blocks) > _ANEW * max(1, len(self.old))


@dataclass(slots=True)
class Tally:
    """Scores of segments over many updates."""

    updates: int = 0
    anew: int = 0
    untouched: int = 0
    named_untouched: int = 0
    unknown: int = 0
    without_line: int = 0
    blocks: int = 0
    edited: Score = field(default_factory=Score)
    steady: Score = field(default_factory=Score)
    added: Score = field(default_factory=Score)
    pages: Score = field(default_factory=Score)

    @property
    def all(self) -> Score:
        """Edited, removed and added segments together."""
        both = Score()
        both.add(self.edited)
        both.add(self.added)
        return both

    def add(self, update: Update) -> None:
        """Count one update."""
        named, done = _named(update), {block.first for block in update.edited.blocks}
        if not done and not update.edited.added:
            self.untouched += 1
            self.named_untouched += len(named) + update.added
            return
        self.updates += 1
        self.anew += update.is_anew
        self.blocks += len(update.old)
        self.without_line += update.without_line
        score = Score(len(named & done), len(named - done), len(done - named))
        self.edited.add(score)
        if not update.is_anew:
            self.steady.add(score)
        hits = min(update.added, update.edited.added)
        self.added.add(Score(hits, update.added - hits, update.edited.added - hits))


def _named(update: Update) -> set[int]:
    """Return the first lines of the blocks that the named lines are in."""
    places = {line: block.first for block in update.old for line in range(block.first, block.last + 1)}
    return {places.get(line, -line) for line in update.lines}


def updates(found: Iterable[Page], past: Histories) -> Iterator[Update]:
    """Yield the updates of some translations, each judged as it was right before, by its pin, up to its next pin."""
    for page in found:
        fields = page.series.fields.translated
        for before, after in past.states(page):
            if not before or before.pin in (None, after.pin) or before.pinned is None or after.pinned is None:
                continue
            told = past.told(page, after.pinned, before.data, past.parent(after.commit))
            if told is None:
                continue
            old = blocks(before.data, fields)
            yield Update(
                page,
                before,
                after,
                old,
                edited(old, blocks(after.data, fields)),
                tuple(change.line for change in told.changes if change.line),
                sum(is_added(change) for change in told.changes),
                sum(not change.line and not is_added(change) for change in told.changes),
            )


def table(found: Iterable[Update]) -> str:
    """Return the scores by segment."""
    tally = Tally()
    for update in found:
        tally.add(update)
    rows = [
        f"{tally.updates} updates moved a pin and edited the text: {tally.edited.hits + tally.edited.missed} of"
        f" {tally.blocks} blocks edited or removed, {tally.added.hits + tally.added.missed} added;"
        f" {tally.anew} wrote most of the page anew",
        f"{tally.untouched} moved a pin and left the text alone: {tally.named_untouched} segments were named there",
        f"{tally.without_line} edited segments of the source had no line in the translation",
        _row("segments edited or removed", tally.edited),
        _row("  the same, without pages written anew", tally.steady),
        _row("segments added (by their number)", tally.added),
        _row("all of them", tally.all),
    ]
    return "\n".join(rows)


def _row(name: str, score: Score) -> str:
    shown = f"{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}"
    return f"{name:40} P, R, F1 {shown}   {score.hits} hits, {score.false} false, {score.missed} missed"
