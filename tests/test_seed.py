"""The document that started the project, put in place as the Spanish file of its episode: what a careful reader finds.

Neither the document nor the site is part of this repository: both are looked for beside the checkout, and these tests
are skipped where they are absent.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repository
from tests.runs import ROOT, run, runs
from tests.test_edt import SAMPLE

SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*"))
PLACE = "docs/episodes/edt-157/es/episode.md"

pytestmark = pytest.mark.skipif(not (SEEDS and SAMPLE.is_dir()), reason="the document and its site are not here")

EXPECTED = {
    # The page was made before the video was known, and has the template's words where its address belongs. The source
    # has had the address since. That the field differs from the source's follows from this, and is not said again.
    ("placeholder", 48, "video is a placeholder: “https://youtu.be/url”"),
    # The same in the text: the player would be asked for a video called "url".
    ("placeholder", 55, 'the text contains a placeholder: “{% include youtube.html id="url" %}”'),
}
"""Rule, line and sentence of everything that is wrong with the document."""

NOT_EXPECTED = {
    "mismatch": "17:00 -0700 and 14:00 -1000 are one instant; tags and guests are the same lists",
    "local": "lang, permalink, parent and grand_parent are what Spanish pages have",
    "untranslated": "title, summary, description and every paragraph are Spanish; the English title inside an include "
    "is a parameter, and what stands in <summary> is HTML",
    "structure": "as many headings and includes as the source has",
    "identity": "number and lang are those of its folder",
    "duplicate": "the third file of this episode, without a language folder, is a second English one",
    "unreadable": "UTF-8, and its front matter is sound",
    "orphan": "there is a source",
    "missing": "it is there",
}
"""The rules that find nothing, and why."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the document in place, configured by init."""
    root = tmp_path_factory.mktemp("seed") / "site"
    shutil.copytree(SAMPLE, root, ignore=shutil.ignore_patterns("transtool.toml"))
    assert run("init", at=root).returncode == 0
    shutil.copyfile(SEEDS[0], root / PLACE)
    return root


@pytest.fixture(scope="module")
def report(site: Path) -> dict[str, Any]:
    """What check says about the document."""
    done = run("check", "--number", "157", "--series", "episodes", "--language", "es", "--format", "json", at=site)
    return dict(json.loads(done.stdout))


def test_it_has_the_two_faults_that_a_careful_reader_finds(report: dict[str, Any]) -> None:
    found = {(each["rule"], each["line"], each["message"]) for each in report["findings"] if each["rule"] != "unknown"}

    assert found == EXPECTED
    assert {each["path"] for each in report["findings"]} == {PLACE}


@pytest.mark.parametrize("rule", NOT_EXPECTED)
def test_it_has_no_other_faults(rule: str, report: dict[str, Any]) -> None:
    assert [each for each in report["findings"] if each["rule"] == rule] == [], NOT_EXPECTED[rule]


def test_without_a_history_nobody_knows_which_source_it_was_made_from(report: dict[str, Any]) -> None:
    """It bears no stamp and the sample has no history: this is said, once, and not counted as a fault."""
    unknown = [(each["severity"], each["line"]) for each in report["findings"] if each["rule"] == "unknown"]

    assert unknown == [("info", None)]
    assert report["summary"]["languages"]["es"]["coverage"] == 1.0


def test_the_second_english_file_is_a_fault_of_the_source(site: Path) -> None:
    done = runs(["check -n 157 -s episodes --format json"], at=site)
    whole = json.loads(done["check -n 157 -s episodes --format json"].stdout)

    duplicates = [(each["path"], each["language"]) for each in whole["findings"] if each["rule"] == "duplicate"]
    assert duplicates == [("docs/episodes/edt-157/episode.md", "en")]


def test_once_committed_beside_its_source_it_is_current(site: Path, tmp_path: Path) -> None:
    """Then history tells: it was written when the source already said what it says now."""
    shutil.copytree(site, tmp_path / "site")
    Repository(tmp_path / "site").commit()

    done = run("check", "-n", "157", "-s", "episodes", "-l", "es", "--format", "json", at=tmp_path / "site")

    episode = json.loads(done.stdout)["episodes"][0]
    assert (episode["translations"]["es"]["status"], episode["translations"]["es"]["basis"]) == ("current", "history")
