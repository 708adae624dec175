"""Build a site, ask a tool about it, and compare what it says with the truth."""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.staleness.families import FAMILIES, FORMS, NEEDLESS, Story
from benchmarks.staleness.pages import stale
from benchmarks.staleness.repository import Repository
from benchmarks.staleness.tongues import TONGUES

_CHECKOUT = Path(__file__).parents[2]

Places = Counter[tuple[str, str, int]]
"""Segments as (side, kind, line), with how often each stands there."""


@dataclass(slots=True)
class Score:
    """Hits, false alarms and misses."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def add(self, other: "Score") -> None:
        """Add what another score counted."""
        self.hits, self.false, self.missed = (
            self.hits + other.hits,
            self.false + other.false,
            self.missed + other.missed,
        )

    @property
    def precision(self) -> float:
        """Hits / what was said; 1.0 where nothing was."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        """Hits / what is true; 1.0 where nothing is."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """One translation: its family, where it stands, what is true and what the rules say."""

    family: str
    key: str
    tag: str
    truth: Places
    by_date: bool
    told: Places | None = None  # None where the tool does not know
    status: str = ""


@dataclass(slots=True)
class Row:
    """The scores of one family: pages and segments by the tool, pages by date."""

    pairs: int = 0
    unknown: int = 0
    pages: Score = field(default_factory=Score)
    segments: Score = field(default_factory=Score)
    by_date: Score = field(default_factory=Score)

    def add(self, case: Case) -> None:
        """Count one translation."""
        self.pairs += 1
        told = case.told or Counter()
        self.unknown += case.told is None
        self.pages.add(_judged(bool(told), bool(case.truth)))
        self.by_date.add(_judged(case.by_date, bool(case.truth)))
        hits = (told & case.truth).total()
        self.segments.add(Score(hits, told.total() - hits, case.truth.total() - hits))


def build(root: Path, seed: int, pages: int, names: Sequence[str] = tuple(FAMILIES)) -> list[Case]:
    """Make a site in `root` with at least `pages` pages of each family; return its translations and the truth."""
    repository, stories = tell(root, seed, pages, names)
    return [
        Case(
            name,
            story.key,
            tag,
            stale(story.source, target),
            repository.older_than(story.path(tag), story.path()),
        )
        for (name, _), story in stories.items()
        for tag, target in story.targets.items()
    ]


def tell(
    root: Path, seed: int, pages: int, names: Sequence[str] = tuple(FAMILIES)
) -> tuple[Repository, dict[tuple[str, int], Story]]:
    """Make a site in `root` and return its history, and its stories as they ended, by family and number."""
    rng = random.Random(seed)
    repository = Repository(rng)
    repository.commit({"transtool.toml": _configuration().encode()})
    stories = {
        (name, number): Story(
            f"page-{at:02}-{number}", f"{seed} {name} {number}", repository, rng.randint(1, 3), FORMS.get(name, "")
        )
        for at, name in enumerate(FAMILIES)
        if name in names
        for number in range(pages)
    }
    tellings = {place: story.tell(FAMILIES[place[0]]) for place, story in stories.items()}
    live = list(tellings)
    while live:
        at = rng.randrange(len(live))
        try:
            next(tellings[live[at]])
        except StopIteration:
            live[at] = live[-1]
            live.pop()
    repository.create(root)
    return repository, stories


def ask(root: Path, cases: Iterable[Case]) -> list[Case]:
    """Run `transtool check --format json` in `root` and note what it says about each of `cases`."""
    command = [sys.executable, "-m", "transtool", "check", "--format", "json"]
    paths = os.pathsep.join((str(_CHECKOUT), *filter(None, [os.environ.get("PYTHONPATH")])))
    done = subprocess.run(
        command,
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": paths, "TRANSTOOL_NO_CACHE": "1"},
    )
    if not done.stdout:
        raise RuntimeError(done.stderr)
    told = {
        (episode["key"], tag): translation
        for episode in json.loads(done.stdout)["episodes"]
        for tag, translation in episode["translations"].items()
    }
    return [_with_answer(case, told[case.key, case.tag]) for case in cases]


def _with_answer(case: Case, translation: Mapping[str, object]) -> Case:
    changes = translation["changes"]
    assert isinstance(changes, list)
    places: Places = Counter()
    for change in changes:
        source, target = ("source", change["kind"], change["source_line"]), ("target", change["kind"], change["line"])
        places[target if change["change"] == "removed" else source] += 1
        # Where one item was taken out and another put in its place, an edit that names both says it all.
        if change["change"] == "edited" and case.truth[target]:
            places[target] += 1
    status = str(translation["status"])
    known = status in ("stale", "current", "draft")
    return Case(case.family, case.key, case.tag, case.truth, case.by_date, places if known else None, status)


def rows(cases: Iterable[Case]) -> dict[str, Row]:
    """Return the scores by family, and of all under `all`."""
    found = {name: Row() for name in (*FAMILIES, "all")}
    for case in cases:
        found[case.family].add(case)
        found["all"].add(case)
    return {name: row for name, row in found.items() if row.pairs}


def table(found: Mapping[str, Row]) -> str:
    """Return the table that the benchmark prints."""
    lines = [f"{'family':42} pairs stale |  P     R     F1   | segments  P     R     F1   | by date P    R     F1"]
    for name, row in found.items():
        truth = row.pages.hits + row.pages.missed
        pages, segments, dates = (_shown(score) for score in (row.pages, row.segments, row.by_date))
        count = row.segments.hits + row.segments.missed
        lines.append(f"{name:42} {row.pairs:5} {truth:5} | {pages} | {count:5}  {segments} | {dates}{_note(name, row)}")
    return "\n".join(lines)


def _note(name: str, row: Row) -> str:
    notes = [f"{row.unknown} unknown"] if row.unknown else []
    if name in NEEDLESS and row.pages.false:
        notes.append(f"{row.pages.false} called stale")
    return "  " + ", ".join(notes) if notes else ""


def _shown(score: Score) -> str:
    if not score.hits + score.missed:
        return f"{score.false:5} false alarms".ljust(19)
    return f"{score.precision:6.3f}{score.recall:6.3f}{score.f1:6.3f} "


def _judged(told: bool, truth: bool) -> Score:
    return Score(int(told and truth), int(told and not truth), int(truth and not told))


def _configuration() -> str:
    tags = ", ".join(f'"{tongue.tag}"' for tongue in TONGUES)
    lines = (
        'source = "en"',
        'corrections = "stale"',  # how corrections are told is measured on real histories (benchmarks.pins)
        f"languages = [{tags}]",
        "[series.pages]",
        'path = "docs/[{lang}/]{key}.(md|mdx)"',
        "[fields]",
        'translated = ["title", "summary"]',
    )
    return "\n".join(lines) + "\n"
