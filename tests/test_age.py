"""Since when a translation is behind: which commit of the source did it, and how many there are since."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.repositories import Repository
from tests.test_judge import CONFIGURATION
from transtool.cli.app import app

HEAD = "---\ntitle: {}\n---\n\n"
SOURCE = (
    HEAD.format("Tea") + "Boil fresh water in the big kettle.\n\nWait for four minutes.\n\nPour it through a sieve.\n"
)
TARGET = (
    HEAD.format("Té") + "Hierva agua fresca en la tetera grande.\n\nEspere cuatro minutos.\n\nPáselo por un colador.\n"
)


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    """A page and its translation, committed together."""
    repository = Repository(tmp_path / "site")
    repository.commit({"transtool.toml": CONFIGURATION, "en/tea.md": SOURCE, "es/tea.md": TARGET})
    return repository


def translation(site: Repository) -> dict[str, Any]:
    """What the JSON report says of the Spanish page."""
    done = CliRunner().invoke(app, ["report", "--format", "json", str(site.root)])
    found: dict[str, Any] = json.loads(done.stdout)["episodes"][0]["translations"]["es"]
    return found


def test_a_change_is_as_old_as_the_commit_that_made_it(site: Repository) -> None:
    longer = SOURCE.replace("four minutes", "ten long minutes")
    made = site.commit({"en/tea.md": longer})
    site.commit({"en/tea.md": longer + "\nThen drink it while it is hot.\n"})
    found = translation(site)
    assert [(each["commit"] == made, each["commits"]) for each in found["changes"]] == [(True, 2), (False, 1)]
    assert found["since"] == found["changes"][0]["since"] == "2020-01-03T12:00:00Z"
    assert found["commit"] == made


def test_a_removed_segment_is_gone_since_the_commit_that_removed_it(site: Repository) -> None:
    site.commit({"en/tea.md": SOURCE.replace("Tea", "Good tea")})
    made = site.commit({"en/tea.md": SOURCE.replace("Tea", "Good tea").replace("Wait for four minutes.\n\n", "")})
    changes = {each["change"]: each for each in translation(site)["changes"]}
    assert (changes["removed"]["commit"], changes["removed"]["commits"]) == (made, 1)
    assert changes["edited"]["commits"] == 2


def test_words_that_were_only_added_to_a_segment_date_from_then(site: Repository) -> None:
    made = site.commit({"en/tea.md": SOURCE.replace("four minutes.", "four minutes. Then stir it with a long spoon.")})
    site.commit({"notes.txt": "of something else"})
    assert translation(site)["commit"] == made


def test_what_is_not_committed_yet_has_no_age(site: Repository) -> None:
    site.write({"en/tea.md": SOURCE.replace("four minutes", "ten long minutes")})
    found = translation(site)
    assert found["status"] == "stale"
    assert (found["since"], found["commit"], found["commits"]) == (None, None, None)


def test_a_current_translation_has_no_age(site: Repository) -> None:
    assert translation(site)["commit"] is None
