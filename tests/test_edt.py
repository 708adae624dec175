"""The site sampled in the corpora, from `transtool init` to scaffolding, as its maintainer would go about it.

The sample is not part of this repository: it is looked for beside the checkout, and these tests are skipped where it
is absent.
"""

import json
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.sync import main as measure_sync
from tests.runs import ROOT, Run, environment, run, runs

SAMPLE = ROOT.parent / "shared" / "corpora" / "edt"
TRANSLATIONS = ("de", "es", "fr", "it", "pt")

pytestmark = pytest.mark.skipif(not SAMPLE.is_dir(), reason="the sample of the site is not here")


def copied(folder: Path) -> Path:
    """A copy of the sample with the configuration that init writes."""
    site = folder / "site"
    shutil.copytree(SAMPLE, site, ignore=shutil.ignore_patterns("transtool.toml"))
    said = run("init", at=site)
    assert said.returncode == 0, said.stderr
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that nobody writes to."""
    return copied(tmp_path_factory.mktemp("edt"))


@pytest.fixture(scope="module")
def checked(site: Path) -> dict[str, Run]:
    """What check says, as a table and as JSON."""
    return runs(["check", "check --format json"], at=site)


@pytest.fixture(scope="module")
def report(checked: dict[str, Run]) -> dict[str, Any]:
    """The report of the copy."""
    return dict(json.loads(checked["check --format json"].stdout))


def findings(report: dict[str, Any], rule: str) -> list[dict[str, Any]]:
    return [finding for finding in report["findings"] if finding["rule"] == rule]


def places(report: dict[str, Any], rule: str) -> set[tuple[str, str, str]]:
    return {(each["series"], each["key"], each["language"]) for each in findings(report, rule)}


def statuses(report: dict[str, Any], key: str, series: str = "episodes") -> dict[str, str]:
    episode = next(each for each in report["episodes"] if (each["series"], each["key"]) == (series, key))
    return {language: cell["status"] for language, cell in episode["translations"].items()}


# init


def test_init_finds_both_series_six_languages_and_what_fields_are_for(site: Path) -> None:
    written = tomllib.loads((site / "transtool.toml").read_text("utf-8"))
    episodes, briefs = written["series"]["episodes"], written["series"]["briefs"]

    assert (written["source"], tuple(written["languages"])) == ("en", TRANSLATIONS)
    assert set(written["series"]) == {"episodes", "briefs"}
    assert episodes["path"][0] == "docs/episodes/edt-{number}/{lang}/episode.md"
    assert briefs["path"] == "docs/briefs/edw-{number}/{lang}/episode.md"
    assert written["fields"]["translated"] == ["title", "summary", "description"]
    assert written["fields"]["local"] == {"lang": "{lang}", "grand_parent": {"title_of": "docs/{lang}/index.md"}}
    assert episodes["fields"]["local"]["permalink"] == "episode-EDT{number}-{lang}"
    assert episodes["fields"]["local"]["parent"] == {"title_of": "docs/{lang}/episodes.md"}


def test_init_leaves_a_configuration_alone(site: Path) -> None:
    before = (site / "transtool.toml").read_bytes()

    done = run("init", at=site)

    assert (done.stdout, done.returncode) == ("", 0)
    assert (site / "transtool.toml").read_bytes() == before


# sync


def test_front_matter_is_brought_in_line_and_no_other_line_changes(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert measure_sync([str(site)]) == 0
    written, unmeant, differ, left, refused, again = capsys.readouterr().out.split()[-6:]
    assert int(written) > 0
    assert {unmeant, differ, left, refused, again} == {"0"}


# check


def test_nothing_but_the_second_english_files_fails_the_run(checked: dict[str, Run], report: dict[str, Any]) -> None:
    assert {(each["rule"], each["path"]) for each in report["findings"] if each["severity"] == "error"} == {
        ("duplicate", "docs/episodes/edt-120/episode.md"),
        ("duplicate", "docs/episodes/edt-157/episode.md"),
    }
    assert [each.returncode for each in checked.values()] == [1, 1]
    assert checked["check"].stderr.endswith("failed: 2 errors\n")


def test_the_table_and_the_json_find_the_same(checked: dict[str, Run], report: dict[str, Any]) -> None:
    lines = [line for line in checked["check"].stdout.splitlines() if line.endswith("]")]
    rules = [line.rpartition("[")[2].removesuffix("]") for line in lines]

    assert sorted(rules) == sorted(finding["rule"] for finding in report["findings"])


@pytest.mark.parametrize("number", ["118", "120"])
def test_two_episodes_are_missing_in_five_languages(number: str, report: dict[str, Any]) -> None:
    assert statuses(report, number) == dict.fromkeys(TRANSLATIONS, "missing")
    (finding,) = [each for each in findings(report, "missing") if (each["series"], each["key"]) == ("episodes", number)]
    assert (finding["language"], sorted(finding["facts"]["languages"])) == (None, sorted(TRANSLATIONS))


def test_the_swapped_labels_of_italian_and_portuguese_are_found_with_the_right_ones(report: dict[str, Any]) -> None:
    swapped = {"it": ("Episódios", "Episodi"), "pt": ("Episodi", "Episódios")}

    assert {
        (each["key"], each["language"], each["facts"]["field"], each["facts"]["value"], each["facts"]["expected"])
        for each in findings(report, "local")
    } == {(key, tag, "parent", *values) for key in ("1", "157") for tag, values in swapped.items()}
    assert "parent is “Episódios”, expected “Episodi”" in {each["message"] for each in findings(report, "local")}


def test_dates_of_one_instant_in_two_zones_are_the_same(site: Path, report: dict[str, Any]) -> None:
    dates = {
        path.parent.name: next(line for line in path.read_text("utf-8").splitlines() if line.startswith("date: "))
        for path in site.glob("docs/briefs/edw-1/*/episode.md")
    }

    assert dates["en"] != dates["it"]  # the sample has them
    assert [each for each in findings(report, "mismatch") if each["facts"]["field"] == "date"] == []


def test_videos_that_were_never_filled_in_are_placeholders(report: dict[str, Any]) -> None:
    videos = [each for each in findings(report, "placeholder") if each["facts"].get("field") == "video"]

    assert {(each["path"], each["facts"]["value"]) for each in videos} == {
        ("docs/episodes/edt-118/en/episode.md", "https://youtu.be/url"),
        ("docs/episodes/edt-120/en/episode.md", "https://youtu.be/url"),
        ("docs/briefs/edw-1/it/episode.md", "https://youtu.be/"),
        ("docs/briefs/edw-1/pt/episode.md", "https://youtu.be/"),
    }


def test_what_was_said_to_a_translating_machine_is_found_in_the_texts(report: dict[str, Any]) -> None:
    prompts = [each for each in findings(report, "placeholder") if each["message"].startswith("left over from asking")]

    assert {each["path"] for each in prompts} == {
        "docs/episodes/edt-1/it/episode.md",
        "docs/episodes/edt-1/pt/episode.md",
        "docs/episodes/edt-242/es/episode.md",
    }


def test_english_left_in_the_front_matter_of_the_briefs_is_found(report: dict[str, Any]) -> None:
    assert {
        (each["language"], each["facts"]["field"])
        for each in findings(report, "untranslated")
        if each["series"] == "briefs"
    } == {(tag, field) for tag in ("it", "pt") for field in ("summary", "description")}


def test_english_left_in_a_body_is_found_and_no_include_is_taken_for_it(site: Path, report: dict[str, Any]) -> None:
    """Two paragraphs of one page still have a sentence of the source, after the words that asked to translate it."""
    bodies = [each for each in findings(report, "untranslated") if "field" not in each["facts"]]
    lines = {
        (each["path"], place["line"]): (site / each["path"]).read_text("utf-8").splitlines()[place["line"] - 1]
        for each in bodies
        for place in each["facts"]["places"]
    }

    assert {path for path, _ in lines} == {"docs/episodes/edt-1/pt/episode.md"}
    assert len(lines) == 2
    assert not [line for line in lines.values() if "{%" in line or "title=" in line]


def test_a_translation_without_a_history_is_unknown_and_never_guessed(report: dict[str, Any]) -> None:
    tallies = report["summary"]["languages"].values()

    assert sum(each["unknown"] for each in tallies) == 11
    assert sum(each["current"] + each["stale"] for each in tallies) == 0


# scaffold


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Run]]:
    """Another copy, in which episode 118 was created in every language, twice; and episode 1 where it was missing."""
    site = copied(tmp_path_factory.mktemp("edt"))
    said = runs(
        ["scaffold 118 --all-languages --dry-run", "scaffold 118 --all-languages", "check --number 118 --format json"],
        at=site,
    )
    return site, said | runs(["scaffold 118 --all-languages", "scaffold 1 --series episodes --all-languages"], at=site)


def changed_lines(site: Path, number: int, language: str) -> list[str]:
    """The lines of an episode that `git diff --no-index` shows between English and `language`."""
    folder = f"docs/episodes/edt-{number}"
    done = subprocess.run(
        ["git", "diff", "--no-index", "-U0", f"{folder}/en/episode.md", f"{folder}/{language}/episode.md"],
        cwd=site,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stderr
    return [line for line in done.stdout.splitlines()[4:] if not line.startswith("@@")]


def test_scaffolding_creates_five_files_and_nothing_else(grown: tuple[Path, dict[str, Run]]) -> None:
    site, _ = grown
    before = {path.relative_to(SAMPLE) for path in SAMPLE.rglob("*") if path.is_file()}
    after = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}

    assert {path for path in after - before if "edt-1" not in path.parts} - {Path("transtool.toml")} == {
        Path(f"docs/episodes/edt-118/{language}/episode.md") for language in TRANSLATIONS
    }
    assert all((site / path).read_bytes() == (SAMPLE / path).read_bytes() for path in before - {Path("transtool.toml")})


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_new_file_differs_from_english_in_its_local_fields_and_the_stamp(
    language: str, grown: tuple[Path, dict[str, Run]]
) -> None:
    permalink, tag, *stamp = [line for line in changed_lines(grown[0], 118, language) if line.startswith("+")]

    assert (permalink, tag) == (f"+permalink: episode-EDT118-{language}", f"+lang: {language}")
    assert [line.split(": ")[0] for line in stamp] == ["+source_digest", "+source_blob"]
    assert [line for line in changed_lines(grown[0], 118, language) if line.startswith("-")] == [
        "-permalink: episode-EDT118-en",
        "-lang: en",
    ]


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_where_english_names_its_pages_a_new_file_names_those_of_its_language(
    language: str, grown: tuple[Path, dict[str, Run]]
) -> None:
    site, _ = grown
    pages = [(site / "docs" / language / name).read_text("utf-8") for name in ("episodes.md", "index.md")]
    episodes, home = (page.split("\ntitle: ")[1].splitlines()[0].strip("\"'") for page in pages)

    added = [line for line in changed_lines(site, 1, language) if line.startswith("+")]

    assert f"+parent: {episodes}" in added
    assert f"+grand_parent: {home}" in added


def test_the_blob_of_the_stamp_is_what_git_calls_the_source(grown: tuple[Path, dict[str, Run]]) -> None:
    site, _ = grown
    source = "docs/episodes/edt-118/en/episode.md"

    blob = subprocess.check_output(["git", "hash-object", source], cwd=site, env=environment(), text=True).strip()

    assert f"+source_blob: {blob}" in changed_lines(site, 118, "fr")


def test_the_new_files_are_drafts(grown: tuple[Path, dict[str, Run]]) -> None:
    _, said = grown
    report = json.loads(said["check --number 118 --format json"].stdout)

    assert statuses(report, "118") == dict.fromkeys(TRANSLATIONS, "draft")
    assert findings(report, "missing") == findings(report, "local") == findings(report, "mismatch") == []


def test_a_second_run_changes_nothing(grown: tuple[Path, dict[str, Run]]) -> None:
    _, said = grown

    assert said["scaffold 118 --all-languages"] == Run("", "nothing to write: what was asked for already exists\n", 0)


def test_a_dry_run_is_a_patch_that_git_applies(grown: tuple[Path, dict[str, Run]], tmp_path: Path) -> None:
    site, said = grown
    clean = tmp_path / "site"
    shutil.copytree(SAMPLE, clean)
    subprocess.run(["git", "init", "-q"], cwd=clean, check=True, env=environment())

    patch = said["scaffold 118 --all-languages --dry-run"].stdout
    subprocess.run(["git", "apply"], input=patch, cwd=clean, check=True, env=environment(), encoding="utf-8")

    for language in TRANSLATIONS:
        path = f"docs/episodes/edt-118/{language}/episode.md"
        assert (clean / path).read_bytes() == (site / path).read_bytes()
