"""Gates on pull requests: what a run shows of what was edited since, and of what is new."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.podcast import EDITED, SENTENCES, edited, page, podcast, talk
from tests.repositories import Repository
from tests.runs import run, runs

BASELINE = ".transtool-baseline.json"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented podcast; nobody writes to it."""
    return podcast(tmp_path_factory.mktemp("history") / "site").root


@pytest.fixture
def repository(original: Path, tmp_path: Path) -> Repository:
    """A copy of it, on a branch of its own."""
    shutil.copytree(original, tmp_path / "site")
    copy = Repository(tmp_path / "site")
    copy.switch("work", new=True)
    return copy


def findings(text: str) -> list[tuple[str, str, str]]:
    """(rule, key, language) of every finding of a JSON report."""
    return [(each["rule"], each["key"], each["language"]) for each in json.loads(text)["findings"]]


def cells(text: str) -> dict[tuple[str, str], str]:
    """(key, language) -> status of every translation of a JSON report."""
    return {
        (episode["key"], language): cell["status"]
        for episode in json.loads(text)["episodes"]
        for language, cell in episode["translations"].items()
    }


# Since a commit


def test_nothing_is_listed_where_nothing_was_edited(repository: Repository) -> None:
    done = run("check", "--since", "main", "--strict", "--format", "json", at=repository.root)

    assert (findings(done.stdout), cells(done.stdout), done.returncode) == ([], {}, 0)


def test_an_edit_of_english_puts_its_translations_on_the_list(repository: Repository) -> None:
    repository.commit({talk(1, "en"): edited(page("en", 1))})

    done = runs(["check --since main --format json", "check --since main --strict"], at=repository.root)

    text = done["check --since main --format json"].stdout
    assert cells(text) == {("1", "es"): "stale", ("1", "fr"): "stale"}
    assert findings(text) == [("stale", "1", "es"), ("stale", "1", "fr")]
    assert done["check --since main --strict"].stderr == (
        "this makes 2 translations stale\nfailed: 2 warnings (--strict)\n"
    )


def test_an_edit_of_english_and_its_translations_together_passes(repository: Repository) -> None:
    fresh = "Luego tres vecinas cuentan por qué regalaron el reloj viejo en otoño."
    french = "Puis trois voisins racontent pourquoi ils ont donné leur horloge en automne."
    repository.commit(
        {
            talk(1, "en"): edited(page("en", 1)),
            talk(1, "es"): page("es", 1).replace(str(SENTENCES["es"]["second"]), fresh),
            talk(1, "fr"): page("fr", 1).replace(str(SENTENCES["fr"]["second"]), french),
        }
    )

    done = run("check", "--since", "main", "--strict", at=repository.root)

    assert (done.stderr, done.returncode) == ("", 0)
    assert "Spanish es  1/1  100%" in done.stdout


def test_a_translation_that_was_stale_before_fails_nobody_who_edits_something_else(repository: Repository) -> None:
    repository.commit({talk(2, "es"): page("es", 2).replace("un paseo", "un paseo tranquilo")})

    done = run("check", "--since", "main", "--strict", "--format", "json", at=repository.root)

    assert cells(done.stdout) == {("2", "es"): "stale"}
    assert findings(done.stdout) == []
    assert done.stderr == "1 finding was there before, and is not shown\n"
    assert done.returncode == 0


def test_another_edit_of_a_paragraph_that_was_stale_before_fails_nobody(repository: Repository) -> None:
    before = edited(page("en", 2))
    repository.commit({talk(2, "en"): before.replace("autumn", "early autumn")})

    done = run("check", "--since", "main", "--strict", "--format", "json", at=repository.root)

    assert ("stale", "2", "es") not in findings(done.stdout)


def test_another_paragraph_of_a_stale_page_is_new(repository: Repository) -> None:
    repository.commit({talk(2, "en"): edited(page("en", 2)) + "\nAt last the door closed by itself.\n"})

    done = run("check", "--since", "main", "--strict", "--format", "json", at=repository.root)

    assert ("stale", "2", "es") in findings(done.stdout)
    assert done.returncode == 1


def test_what_a_change_breaks_besides_is_shown(repository: Repository) -> None:
    repository.commit({talk(1, "es"): page("es", 1).replace("lang: es", "lang: fr")})

    done = run("check", "--since", "main", "--format", "json", at=repository.root)

    assert {rule for rule, _, _ in findings(done.stdout)} & {"identity", "local"}


def test_a_translation_that_catches_up_passes(repository: Repository) -> None:
    fresh = "Luego tres vecinas cuentan por qué regalaron el reloj viejo en otoño."
    repository.commit({talk(2, "es"): page("es", 2).replace(str(SENTENCES["es"]["second"]), fresh)})

    done = run("check", "--since", "main", "--strict", "--format", "json", at=repository.root)

    assert (cells(done.stdout), findings(done.stdout)) == ({("2", "es"): "current"}, [])
    assert done.returncode == 0


def test_a_new_english_page_asks_for_its_translations(repository: Repository) -> None:
    repository.commit({"talks/5/en/talk.md": page("en", 1)})

    done = run("check", "--since", "main", "--format", "json", at=repository.root)

    assert findings(done.stdout) == [("missing", "5", None)]


def test_what_the_main_branch_did_meanwhile_is_not_this_branch_s_doing(repository: Repository) -> None:
    repository.commit({talk(1, "en"): edited(page("en", 1))})
    repository.switch("main")
    repository.commit({talk(4, "en"): edited(page("en", 4))})
    repository.switch("work")

    done = run("check", "--since", "main", "--format", "json", at=repository.root)

    assert {key for key, _ in cells(done.stdout)} == {"1"}


def test_what_is_not_committed_counts_as_edited(repository: Repository) -> None:
    repository.write({talk(1, "en"): edited(page("en", 1))})

    done = runs(["check --changed -f json", "check --since main -f json"], at=repository.root)
    repository.commit()
    after = run("check", "--changed", "-f", "json", at=repository.root)

    for each in done.values():
        assert findings(each.stdout) == [("stale", "1", "es"), ("stale", "1", "fr")]
    assert findings(after.stdout) == []


# Known findings


def test_known_findings_are_not_shown_and_do_not_fail_a_run(repository: Repository) -> None:
    written = run("check", "--write-baseline", at=repository.root)
    after = run("check", "--strict", at=repository.root)

    assert (written.stdout, written.returncode) == ("", 0)
    assert written.stderr == f"wrote {BASELINE}: 6 findings known\n"
    assert (after.stderr, after.returncode) == (f"6 findings known, not shown ({BASELINE})\n", 0)
    assert "✓ nothing to report" in after.stdout
    assert re.search(r"^  Spanish es +3/4 ", after.stdout, re.MULTILINE)  # statuses stay what they are


def test_a_new_finding_fails_a_strict_run_and_is_the_only_one_shown(repository: Repository) -> None:
    run("check", "--write-baseline", at=repository.root)
    repository.commit({talk(1, "en"): edited(page("en", 1)), talk(1, "es"): page("es", 1, permalink="/es/")})

    done = runs(["check --strict --format json", "check --strict"], at=repository.root)

    assert sorted(findings(done["check --strict --format json"].stdout)) == [
        ("local", "1", "es"),
        ("stale", "1", "es"),
        ("stale", "1", "fr"),
    ]
    assert done["check --strict"].returncode == 1


def test_a_known_stale_translation_is_new_again_when_its_source_changes_again(repository: Repository) -> None:
    run("check", "--write-baseline", at=repository.root)
    repository.commit({talk(2, "en"): edited(page("en", 2)).replace("questions", "long questions")})

    done = run("check", "--strict", "--format", "json", at=repository.root)

    assert findings(done.stdout) == [("stale", "2", "es")]


def test_the_list_of_known_findings_is_stable_and_made_to_be_committed(repository: Repository) -> None:
    run("check", "--write-baseline", at=repository.root)
    first = (repository.root / BASELINE).read_text("utf-8")

    again = run("check", "--write-baseline", at=repository.root)

    assert again.stderr.endswith("6 findings known\n")
    assert (repository.root / BASELINE).read_text("utf-8") == first
    assert len(json.loads(first)["findings"]) == 6
    assert EDITED not in first


# What git is asked


@pytest.mark.parametrize(
    ("command", "times"),
    [
        ("check", 1),
        ("check --since main", 1),
        ("check --changed", 1),
        ("report --history --format html", 1),
        ("stamp --all-current --dry-run", 1),
        ("stamp 1 --dry-run", 1),
        ("scaffold --missing --dry-run", 0),
    ],
)
def test_history_is_read_once_a_run_if_at_all(repository: Repository, tmp_path: Path, command: str, times: int) -> None:
    noting = tmp_path / "bin" / "git"
    noting.parent.mkdir()
    noting.write_text(f'#!/bin/sh\necho "$*" >>{tmp_path}/asked\nexec {shutil.which("git")} "$@"\n')
    noting.chmod(0o755)

    run(*command.split(), at=repository.root, PATH=f"{noting.parent}:{os.environ['PATH']}")

    asked = (tmp_path / "asked").read_text().splitlines()
    assert sum(" log " in f" {each} " for each in asked) == times
