"""Page by page: what pins, history and dates say, beside what the wording says."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.pins.adapter import Histories, Page, Told
from benchmarks.pins.oracle import Block, blocks, changed_words
from benchmarks.staleness.score import Score
from transtool.model import Change, Status

_SIZES = {
    "none": range(1),
    "1": range(1, 2),
    "2": range(2, 3),
    "3 to 5": range(3, 6),
    "6 to 20": range(6, 21),
    "21 and more": range(21, 10**9),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One translation with a pin: how many words of its source changed since, and what each judge says of it.

    `left_alone`: its pin once moved over a change of words and its text did not, so that only the pin knows that
    somebody reviewed it.
    """

    page: Page
    pin: str
    words: int
    by_pin: Told
    by_history: Told
    by_date: bool
    left_alone: bool


def verdicts(
    found: Sequence[Page], past: Histories, by_pin: Mapping[str, Told], by_history: Mapping[str, Told]
) -> Iterator[Verdict]:
    """Yield the translations whose pin names a version of their source."""
    read: dict[tuple[bytes, tuple[str, ...]], tuple[Block, ...]] = {}

    def said(data: bytes, fields: tuple[str, ...]) -> tuple[Block, ...]:
        if (data, fields) not in read:
            read[data, fields] = blocks(data, fields)
        return read[data, fields]

    for page in found:
        pin = past.pinned(page)
        if pin is None or pin[1] is None or page.path not in by_pin:
            continue
        fields = page.series.fields.translated
        words = changed_words(said(pin[1], fields), said(page.source.data, fields))
        told = by_pin[page.path], by_history[page.path]
        yield Verdict(page, pin[0], words, *told, past.newer_by_date(page), _left_alone(page, past, said))


def _left_alone(page: Page, past: Histories, said: Callable[[bytes, tuple[str, ...]], Sequence[Block]]) -> bool:
    fields = page.series.fields.translated
    for before, after in past.states(page):
        if before and before.pin != after.pin and before.pinned is not None and after.pinned is not None:
            moved = changed_words(said(before.pinned, fields), said(after.pinned, fields))
            if moved and not changed_words(blocks(before.data, fields), blocks(after.data, fields)):
                return True
    return False


def table(found: Sequence[Verdict]) -> str:
    """Return the scores of the three judges by page, and of history by segment against pins."""
    true = sum(each.words > 0 for each in found)
    alone = sum(each.left_alone for each in found)
    known = [each for each in found if not each.left_alone]
    rows = [
        f"{len(found)} translations whose pin names a version of the source; the words of {true} sources changed since",
        _row("pins, against the wording", found, lambda each: is_stale(each.by_pin)),
        _row("  the same, drafts by their changes", found, lambda each: is_stale(each.by_pin, drafts=True)),
        _row("history, against the wording", found, lambda each: is_stale(each.by_history)),
        _row("  the same, drafts by their changes", found, lambda each: is_stale(each.by_history, drafts=True)),
        _row("  the same, without pages left alone*", known, lambda each: is_stale(each.by_history, drafts=True)),
        _row("newer date, against the wording", found, lambda each: each.by_date),
        _counted("history, against what pins say", _pages(found)),
        _counted("history, segments, against pins", _segments(found)),
        f"* {alone} pages whose pin moved over a change of words while nobody edited them: git cannot know",
    ]
    return "\n".join((*rows, "", *_by_size(found)))


def _by_size(found: Sequence[Verdict]) -> Iterator[str]:
    """Yield how many are called stale by each judge, by how many words changed."""
    yield f"{'words changed':22}{'pages':>6}{'pins':>7}{'history':>9}{'date':>7}   (called stale)"
    for name, sizes in _SIZES.items():
        group = [each for each in found if each.words in sizes]
        pins = sum(is_stale(each.by_pin) for each in group)
        history = sum(is_stale(each.by_history) for each in group)
        yield f"{name:22}{len(group):6}{pins:7}{history:9}{sum(each.by_date for each in group):7}"


def is_stale(told: Told, *, drafts: bool = False) -> bool:
    """Say whether a translation is called stale; with `drafts` also a draft of which changes are known."""
    return told.status is Status.STALE or (drafts and told.status is Status.DRAFT and bool(told.changes))


def _segments(found: Sequence[Verdict]) -> Score:
    score = Score()
    for each in found:
        if Status.DRAFT in (each.by_pin.status, each.by_history.status):
            continue
        truth, told = ({place(change) for change in side.changes} for side in (each.by_pin, each.by_history))
        score.add(Score(len(truth & told), len(told - truth), len(truth - told)))
    return score


def place(change: Change) -> tuple[int | None, int | None]:
    """Return what tells a change from others of its page: its line in the source, else in the translation."""
    return (change.source_line, None) if change.source_line else (None, change.line)


def _pages(found: Sequence[Verdict]) -> Score:
    return _score((is_stale(each.by_history), is_stale(each.by_pin)) for each in found)


def _row(name: str, found: Sequence[Verdict], judge: Callable[[Verdict], bool]) -> str:
    return _counted(name, _score((judge(each), each.words > 0) for each in found))


def _score(judged: Iterable[tuple[bool, bool]]) -> Score:
    """Return the score of pairs of what is said and what is so."""
    score = Score()
    for told, truth in judged:
        score.add(Score(int(told and truth), int(told and not truth), int(truth and not told)))
    return score


def _counted(name: str, score: Score) -> str:
    shown = f"{score.precision:7.3f}{score.recall:7.3f}{score.f1:7.3f}"
    return f"{name:38} P, R, F1 {shown}   {score.hits} hits, {score.false} false, {score.missed} missed"
