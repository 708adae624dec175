"""Hold `update` against updates that translators made: the commits that moved a translation's pin.

Before each, `update` is given what the translator had: the translation, the source of its pin, and the source of the
next pin. What it writes is compared with what the translator wrote, line by line.

Owed are lines that the translator changed without touching words, and the source as well (`lines`). A line that
`update` writes contradicts the translator's (*otherwise*) where they changed what it stands for into something else.
It does not where they made that change and more (*on the way*), and not where it was added to what they left as it was,
or translated: comments in new code, and definitions for links that they wrote in another way.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher, get_close_matches
from functools import partial

from benchmarks.pins.adapter import Histories, Page, State
from benchmarks.update.lines import Line, body, changed, same, wordless
from transtool.document import Document, parse
from transtool.languages import same_plural
from transtool.link import Entry
from transtool.segments import Segment, split
from transtool.settings import Config, Mark
from transtool.site.update import comments_of
from transtool.staleness.evidence import Evidence, evidence
from transtool.staleness.page_store import Past
from transtool.staleness.translation_pair import Pair
from transtool.update import Manner, Updated, update

_ALIKE = 0.3
"""The likeness from which on a line that a translator wrote can be what a line was on the way to. Set by hand."""

_CLOSE = 3
"""How many lines of the translator are looked at for one."""

_PIECE = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Case:
    """One update: the page, the source before and after, the translation before and after, and what `update` makes."""

    page: Page
    commit: int
    old: str
    new: str
    before: str
    after: str
    made: str
    updated: Updated
    finished_touched: int
    is_stable: bool


@dataclass(slots=True)
class Tally:
    """What was found in many updates."""

    cases: int = 0
    lines: int = 0
    hits: int = 0
    owed: int = 0
    owed_hits: int = 0
    written: int = 0
    agreed: int = 0
    left_alone: int = 0
    added: int = 0
    reworded_too: int = 0
    contradicted: list[tuple[Case, str]] = field(default_factory=list)
    missed: list[tuple[Case, Line]] = field(default_factory=list)
    touched: int = 0
    unstable: list[Case] = field(default_factory=list)

    def add(self, case: Case) -> None:
        """Count one update."""
        self.cases += 1
        self.touched += case.finished_touched
        if not case.is_stable:
            self.unstable.append(case)
        found = [*changed(case.before, case.after)]
        explained = wordless(case.old, case.new)
        owed = [each for each in found if explained.explains(each)]
        self.lines += len(found)
        self.hits += len(same(found, case.made, case.before)[0])
        hits, missed = same(owed, case.made, case.before)
        self.owed += len(owed)
        self.owed_hits += len(hits)
        self.missed += [(case, each) for each in missed]
        self._written(case)

    def _written(self, case: Case) -> None:
        before, after, made = (Counter(text.split("\n")) for text in (case.before, case.after, case.made))
        new = {each: count for each, count in (made - before).items() if each.strip()}
        for text, count in new.items():
            self.written += count
            if after[text] > before[text]:
                self.agreed += count
                continue
            replaced = _replaced(case, text)
            if not replaced:
                self.added += count
            elif all(after[each] for each in replaced):
                self.left_alone += count
            elif _is_on_the_way(case, text):
                self.reworded_too += count
            else:
                self.contradicted += [(case, text)] * count


def _is_on_the_way(case: Case, text: str) -> bool:
    """Say whether the translator made the same change of a line, and more: what came and went did so in theirs."""
    before, after, made = (Counter(each.split("\n")) for each in (case.before, case.after, case.made))
    old = get_close_matches(text, [*(before - made)], 1, 0)
    now, was = _pieces(text), _pieces(old[0] if old else "")
    came, gone = now - was, was - now
    for wrote in get_close_matches(text, [*(after - before)], _CLOSE, _ALIKE):
        there = _pieces(wrote)
        if came <= there and all(there[each] <= now[each] for each in gone):
            return True
    return False


def _pieces(line: str) -> Counter[str]:
    return Counter(_PIECE.findall(line))


def _replaced(case: Case, text: str) -> list[str]:
    """Return the lines in the place of which `update` wrote one: none where it only added."""
    before, made = case.before.split("\n"), case.made.split("\n")
    codes = SequenceMatcher(None, before, made, autojunk=False).get_opcodes()
    places = ((i, i_end) for kind, i, i_end, j, j_end in codes if kind != "equal" and text in made[j:j_end])
    return [line for i, i_end in places for line in before[i:i_end] if line.strip()]


def cases(found: Iterable[Page], past: Histories, config: Config, store: Past) -> Iterator[Case]:
    """Yield the updates of some translations."""
    for page in found:
        for before, after in past.states(page):
            if before is None or before.pin in (None, after.pin) or before.pinned is None or after.pinned is None:
                continue
            if before.pinned == after.pinned:
                continue
            case = _case(page, before, after, config, store.anew().as_of(past.parent(after.commit)))
            if case is not None:
                yield case


def _case(page: Page, before: State, after: State, config: Config, past: Past) -> Case | None:
    source, translation = parse(page.source.path, after.pinned or b""), parse(page.path, before.data)
    if not isinstance(source, Document) or not isinstance(translation, Document):
        return None

    def divided(document: Document) -> tuple[Segment, ...]:
        return split(document, page.series.fields.translated, page.series.reading)

    def look(document: Document) -> Evidence | None:
        entry: Entry = replace(page.entry, document=document)
        pair = Pair(
            config=config,
            series=page.series,
            entry=entry,
            source=source,
            translation=document,
            source_segments=divided(source),
            segments=divided(document),
        )
        return evidence(pair, past.anew())

    manner = Manner(
        mark=Mark.NONE,
        comments=comments_of(translation, page.series),
        split=divided,
        same_plural=partial(same_plural, page.entry.language),
    )
    updated = update(translation, look, manner)
    if updated is None:
        return None
    made = parse(page.path, updated.data)
    known = look(translation)
    touched = 0 if known is None or not isinstance(made, Document) else _touched(known, divided(made))
    again = update(made, look, manner) if isinstance(made, Document) else None
    return Case(
        page,
        after.commit,
        body(before.pinned or b""),
        body(after.pinned or b""),
        body(before.data),
        body(after.data),
        body(updated.data),
        updated,
        touched,
        again is not None and again.data == updated.data,
    )


def _touched(known: Evidence, made: Iterable[Segment]) -> int:
    """Count the finished segments that the result no longer has, byte for byte.

    Finished is what translates a segment of the old source that the new one has unchanged, and that nothing is open in.
    """
    lost: Counter[str] = Counter()
    changes = {(each.source_line, each.kind, each.field or "") for each in known.changes}
    for base in known.bases:
        old, new = base.diff.old.segments, base.diff.new.segments
        for step in base.diff.steps:
            if len(step.old) != 1 or len(step.new) != 1 or old[step.old[0]].text != new[step.new[0]].text:
                continue
            after = new[step.new[0]]
            if after.translatable and (after.line, after.kind, after.field) not in changes:
                lost.update(one.text for one in base.pairing.counterpart(step.old[0]))
    there = Counter(one.text for one in made)
    return sum(count for text, count in lost.items() if not there[text])


def table(tally: Tally) -> str:
    """Return what was found."""
    rows = [
        f"{tally.cases} updates that moved a pin; second runs that changed anything: {len(tally.unstable)};"
        f" finished segments touched: {tally.touched}",
        f"lines that translators changed without touching words: {tally.lines};"
        f" `update` writes {_share(tally.hits, tally.lines)}",
        f"  of those that the source changed, too: {tally.owed}; `update` writes {_share(tally.owed_hits, tally.owed)}",
        f"lines that `update` writes: {tally.written}; as translators wrote them {tally.agreed},"
        f" on the way to what they wrote {tally.reworded_too},"
        f" in the place of what they left alone {tally.left_alone},"
        f" added where they put nothing or words of their own {tally.added},"
        f" otherwise {len(tally.contradicted)}",
    ]
    return "\n".join(rows)


def _share(count: int, total: int) -> str:
    return f"{count} ({count / total if total else 1:.3f})"
