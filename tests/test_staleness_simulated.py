"""The simulator tells the truth, and transtool finds it: a small fixed run of the benchmark."""

import random
import subprocess
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.staleness import edits
from benchmarks.staleness.families import FAMILIES, NEEDLESS
from benchmarks.staleness.pages import Builder, Page, stale, translated
from benchmarks.staleness.score import Case, Row, ask, build, rows, table
from benchmarks.staleness.tongues import TONGUES, Author, Translator

ORDER = (edits.split, edits.join, edits.move_paragraph, edits.move_section)
MARKUP = (edits.retarget, edits.change_asset, edits.change_code, edits.change_shared)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    root = tmp_path_factory.mktemp("simulated") / "site"
    return ask(root, build(root, 20, 1))


def made(seed: int) -> tuple[Builder, Page, Page]:
    """Return a page and its translation, in step."""
    builder = Builder(Author(random.Random(seed)))
    source = builder.page()
    translator = Translator(TONGUES[seed % len(TONGUES)], random.Random(seed))
    return builder, source, translated(source, None, translator)


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.tag)
def test_a_translation_shares_little_but_anchors_with_its_source(tongue: object) -> None:
    """Numbers, code and targets stay; hardly any word does."""
    assert tongue in TONGUES
    builder = Builder(Author(random.Random(7)))
    source = builder.page()
    target = translated(source, None, Translator(TONGUES[TONGUES.index(tongue)], random.Random(7)))

    kept = Counter()
    for ours, theirs in zip(source.units(), target.units(), strict=True):
        for kind in ("word", "number", "code", "link"):
            said, heard = (
                {word.target or word.text for saying in unit.sayings for word in saying.words if word.kind == kind}
                for unit in (ours, theirs)
            )
            kept[kind] += len(said & heard)
            kept[f"{kind} lost"] += len(said - heard)

    assert kept["number lost"] == kept["code lost"] == kept["link lost"] == 0 < kept["number"]
    assert kept["word"] < kept["word lost"] / 20


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("edit", edits.LAYOUTS)
def test_layout_makes_nothing_stale(edit: edits.Layout, seed: int) -> None:
    """Whatever happens to the bytes."""
    builder, source, target = made(seed)

    edit(source, builder.rng)

    assert not stale(source, target)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("edit", [*ORDER, *MARKUP])
def test_order_and_markup_make_nothing_stale(edit: edits.Rewrite, seed: int) -> None:
    """A split, joined or moved paragraph says what it said."""
    builder, source, target = made(seed)

    edit(source, builder)

    assert not stale(source, target)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("edit", sorted(set(edits.REWRITES), key=lambda edit: edit.__name__))
def test_other_words_are_stale_until_they_are_translated(edit: edits.Rewrite, seed: int) -> None:
    """In the segment that holds them; a removed one where its translation still stands."""
    builder, source, target = made(seed)

    changed = edit(source, builder)

    truth = stale(source, target)
    assert bool(truth) is changed
    assert all(
        side == ("target" if edit.__name__ in ("remove_paragraph", "remove_item") else "source") for side, _, _ in truth
    )
    again = translated(source, target, Translator(TONGUES[seed % len(TONGUES)], random.Random(seed)))
    assert not stale(source, again)


def test_the_same_seed_makes_the_same_site(tmp_path: Path) -> None:
    """Down to the ids of its commits."""
    sites = [tmp_path / name for name in ("one", "other")]
    cases = [build(site, 3, 1, ("word changed", "merge with both sides")) for site in sites]

    heads = [
        subprocess.run(["git", "rev-parse", "HEAD"], cwd=site, check=True, capture_output=True).stdout for site in sites
    ]
    assert cases[0] == cases[1]
    assert heads[0] == heads[1]


def test_transtool_finds_what_is_stale(judged: Sequence[Case]) -> None:
    """Pages and segments; the benchmark itself asks for more, of many sites."""
    found = rows(judged)

    assert found["all"].pages.f1 >= 0.97, table(found)
    assert found["all"].segments.f1 >= 0.93, table(found)
    assert found["all"].pages.f1 > found["all"].by_date.f1 + 0.2


def test_transtool_bothers_nobody_for_nothing(judged: Sequence[Case]) -> None:
    """No page is stale in the families that need no translator."""
    assert [case for case in judged if case.family in NEEDLESS and case.told] == []


def test_every_family_is_told_and_tabled(judged: Sequence[Case]) -> None:
    """Hundreds of lines are no table."""
    found = rows(judged)

    assert list(found) == [*FAMILIES, "all"]
    assert len(table(found).splitlines()) == len(FAMILIES) + 2


@pytest.mark.parametrize(
    ("told", "truth", "scores"),
    [
        (Counter({("source", "item", 3): 2}), Counter({("source", "item", 3): 1}), (1, 1, 0)),
        (Counter(), Counter({("source", "item", 3): 1}), (0, 0, 1)),
        (None, Counter({("target", "item", 3): 1}), (0, 0, 1)),
    ],
)
def test_segments_are_counted_by_where_they_stand(
    told: Counter[tuple[str, str, int]] | None, truth: Counter[tuple[str, str, int]], scores: tuple[int, int, int]
) -> None:
    """What a rule does not know, it misses."""
    row = Row()
    row.add(Case("word changed", "page", "es", truth, False, told))

    assert (row.segments.hits, row.segments.false, row.segments.missed) == scores


def test_a_score_is_the_usual_one() -> None:
    """Precision, recall and their harmonic mean."""
    row = Row()
    for told, true in ((True, True), (True, True), (True, False), (False, True)):
        truth = Counter({("source", "item", 3): int(true)})
        row.add(Case("x", "page", "es", +truth, told, Counter()))

    assert (row.by_date.precision, row.by_date.recall) == (2 / 3, 2 / 3)
    assert row.by_date.f1 == pytest.approx(2 / 3)
