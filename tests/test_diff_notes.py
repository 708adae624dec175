"""What a source changed without a need to follow: `diff` shows it below a word that says so, and numbers none of it."""

import json
from pathlib import Path

import pytest

from tests.repositories import Repository
from tests.runs import ROOT, Run, runs

SITE = 'source = "en"\nlanguages = ["es"]\n[series.notes]\npath = "{number}/{lang}.md"\n'
BEFORE = """\
---
title: Bus
---
The bus leaves at ten from the old harbour, and the platfrom is made of wood.

The rules of the day are on [the page of the house](https://example.org/house-rules).

Bread is sold on board, and soup in winter.
"""
TRANSLATED = """\
---
title: Autobús
---
El autobús sale a las diez del puerto viejo, y el andén es de madera.

Las normas del día están en [la página de la casa](https://example.org/house-rules).

A bordo se vende pan, y sopa en invierno.
"""
NOTED = BEFORE.replace("platfrom", "platform").replace("house-rules", "rules")
CORRECTED = "• note: the source was only corrected: 1 segment"
RELINKED = "• note: only links, includes or code of the source changed: 1 segment"
DIFFS = ("diff 1", "diff 1 --format markdown", "diff 1 --format json", "report --format json")


def site(root: Path, settings: str = "") -> Repository:
    repository = Repository(root)
    repository.commit({"transtool.toml": settings + SITE, "1/en.md": BEFORE, "1/es.md": TRANSLATED})
    repository.commit({"1/en.md": NOTED})
    return repository


@pytest.fixture(scope="module")
def noted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """What is said where there are notes only."""
    return runs(DIFFS, at=site(tmp_path_factory.mktemp("noted")).root)


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """What is said where something changed that has to be followed, too."""
    repository = site(tmp_path_factory.mktemp("stale"))
    repository.commit({"1/en.md": NOTED.replace("Bread is sold", "Bread and honey are sold")})
    return runs(DIFFS, at=repository.root)


def test_a_correction_is_shown_as_a_note(noted: dict[str, Run]) -> None:
    text = noted["diff 1"].stdout

    assert "✓ nothing changed since this translation that it has to follow (git history)" in text
    assert f"{CORRECTED}\n\nedited: paragraph, 1 word\n  English  1/en.md:4\n" in text
    assert "\n  Spanish  1/es.md:4\n" in text
    assert "the [-platfrom-]{+platform+} is made of wood." in text


def test_a_change_of_a_link_alone_is_shown_as_a_note_with_both_addresses(noted: dict[str, Run]) -> None:
    _, _, text = noted["diff 1"].stdout.partition(f"{RELINKED}\n\n")

    assert text.startswith("edited: paragraph\n  English  1/en.md:6\n")
    assert "[-https://example.org/house-rules-]{+https://example.org/rules+}" in text
    assert "\n  Spanish  1/es.md:6\n" in text
    assert "están en [la página de la casa](https://example.org/house-rules)" in text


def test_notes_come_after_the_changes_and_have_no_numbers(stale: dict[str, Run]) -> None:
    text = stale["diff 1"].stdout
    headings = [line for line in text.splitlines() if line.startswith(("1.", "2.", "edited", "•"))]

    assert [line.partition("  ")[0] for line in headings] == [
        "1. edited: paragraph, 3 words",
        CORRECTED,
        "edited: paragraph, 1 word",
        RELINKED,
        "edited: paragraph",
    ]


def test_in_markdown_a_sentence_stands_above_the_notes(noted: dict[str, Run]) -> None:
    text = noted["diff 1 --format markdown"].stdout

    assert f"\n{CORRECTED}\n\n### edited: paragraph, 1 word `1/en.md:4` → `1/es.md:4`\n" in text
    assert f"\n{RELINKED}\n\n### edited: paragraph `1/en.md:6` → `1/es.md:6`\n" in text
    assert "<del>platfrom</del><ins>platform</ins>" in text


def test_programs_get_notes_beside_the_changes(stale: dict[str, Run]) -> None:
    [told] = json.loads(stale["diff 1 --format json"].stdout)["translations"]

    assert {name: [each["line"] for each in told[name]] for name in ("changes", "corrections", "markup")} == {
        "changes": [8],
        "corrections": [4],
        "markup": [6],
    }
    assert told["markup"][0]["after"].endswith("(https://example.org/rules).")


def test_the_facts_of_notes_are_those_that_the_documentation_names(noted: dict[str, Run]) -> None:
    found = {each["rule"]: each["facts"] for each in json.loads(noted["report --format json"].stdout)["findings"]}

    assert found == {
        "correction": {"segments": 1, "places": [{"line": 4, "source_line": 4}]},
        "markup": {"segments": 1, "lines": [6]},
    }


def test_what_is_silenced_is_not_shown_and_what_counts_as_a_change_is_numbered(tmp_path: Path) -> None:
    quiet = site(tmp_path / "quiet")
    (quiet.root / "transtool.toml").write_text(f'{SITE}[rules]\nmarkup = "off"\ncorrection = "off"\n')
    strict = site(tmp_path / "strict", 'corrections = "stale"\n')

    silent = runs(["diff 1"], at=quiet.root)["diff 1"].stdout
    assert silent.endswith("✓ nothing changed since this translation (git history)\n\n")
    assert "\n1. edited: paragraph, 1 word\n" in runs(["diff 1"], at=strict.root)["diff 1"].stdout


def test_the_page_about_json_names_every_member_of_a_diff(stale: dict[str, Run]) -> None:
    page = (ROOT / "docs/json.md").read_text(encoding="utf-8")
    [told] = json.loads(stale["diff 1 --format json"].stdout)["translations"]

    names = {*told, *(name for change in told["changes"] for name in change), *told["changes"][0]["runs"][0]}
    assert sorted(name for name in names if f"`{name}`" not in page) == []
