"""Replay the simulator's histories through `update`, and compare with the truth that the stories know.

Of every translation, what is owed to the source without a translator is told from the pages themselves: blocks without
words, targets of links and numbers in texts that are in step, texts that the source no longer has, the order of the
rest. A text that is in step, or that nobody has translated yet, must not be touched.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.staleness.families import Story
from benchmarks.staleness.pages import Element, Page, Unit, Writer
from benchmarks.staleness.score import tell
from transtool.selection import EVERYTHING
from transtool.site import update as updating
from transtool.site.judge import past_of
from transtool.site.open import open_site

_TARGET = re.compile(r"\]\([^)]*\)")
_ATTRIBUTE = re.compile(r'(?<=[\s"])icon="[^"]*"')
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Tally:
    """What was owed and what was done, over many translations."""

    pages: int = 0
    owed: int = 0
    carried: int = 0
    touched: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)


def replay(root: Path, seed: int, pages: int, tally: Tally) -> None:
    """Make a site, update all of it, and count."""
    os.environ["TRANSTOOL_NO_CACHE"] = "1"
    _, stories = tell(root, seed, pages)
    (root / "transtool.toml").write_text('mark = "none"\n' + (root / "transtool.toml").read_text())
    site = open_site(root)
    with past_of(site) as past:
        plan, _ = updating.plan(site, EVERYTHING, past)
    made = {change.path: change.after.decode() for change in plan.changes if hasattr(change, "after")}
    for (family, _), story in stories.items():
        for tag, target in story.targets.items():
            path = story.path(tag)
            before = (root / path).read_bytes().decode()
            texts = (text.replace("\r\n", "\n") for text in (before, made.get(path, before)))
            _count(tally, f"{family}: {path}", story, target, *texts)


def _count(tally: Tally, name: str, story: Story, target: Page, before: str, after: str) -> None:
    tally.pages += 1
    for what, was, owed in _owed(story.source, target, before, after):
        tally.owed += not was or owed
        if owed:
            tally.missed.append((name, what))
        elif not was:
            tally.carried += 1
    ours = {unit.id: unit for unit in story.source.units()}
    for unit in target.units():
        text = _written(target, unit)
        if unit.id in ours and _plain(text) not in _plain(after) and _plain(text) in _plain(before):
            tally.touched.append((name, text))
    known = {_plain(line) for line in (before + "\n" + Writer(story.source).write()[0].decode()).splitlines()}
    tally.wrong += [(name, line) for line in after.splitlines() if _plain(line) not in known]


def _owed(source: Page, target: Page, before: str, after: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield what the source has that needs no translator: what it is, whether the translation had it, and lacks it."""
    shown = {unit.id for unit in target.units()}
    wanted, there = (
        Counter(
            _payload(each) for each in page.elements if each.payload and all(unit.id in shown for unit in each.units)
        )
        for page in (source, target)
    )
    for payload in wanted | there:
        had = before.count(payload) == wanted[payload]
        yield payload, had, after.count(payload) != wanted[payload]
    ours = {unit.id: unit for unit in source.units()}
    text_of_source = Writer(source).write()[0].decode()
    for unit in target.units():
        if unit.id not in ours:
            text = _plain(_written(target, unit))
            yield f"removed: {text}", text not in _plain(before), text in _plain(after)
        elif unit.meaning == ours[unit.id].meaning:
            for link in {word.target for saying in ours[unit.id].sayings for word in saying.words if word.target}:
                if f"]({link})" not in text_of_source:
                    continue
                yield f"target: {link}", f"]({link})" in before, f"]({link})" not in after


def _payload(element: Element) -> str:
    """Return what an element has besides words, as it is written."""
    return f'="{element.payload}"' if element.payload.isalnum() else element.payload


def _written(page: Page, unit: Unit) -> str:
    return Writer(page)._text(unit, unit.sayings)


def _plain(text: str) -> str:
    """Return a text as it is compared: without targets, numbers and the way that its lines are broken."""
    text = _ATTRIBUTE.sub("", text)
    return re.sub(r"\s+", "", _NUMBER.sub("0", _TARGET.sub("]", text))).replace("*", "")


def table(tally: Tally) -> str:
    """Return what was found."""
    return (
        f"{tally.pages} translations: {tally.carried} of {tally.owed} mechanical changes carried over,"
        f" finished segments touched {len(tally.touched)}, lines that nobody wrote {len(tally.wrong)}"
    )
