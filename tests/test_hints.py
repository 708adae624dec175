"""Every command that is proposed can be pasted where it was proposed, and works."""

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.podcast import CONFIGURATION, podcast
from tests.repositories import Repository
from tests.runs import on_a_terminal, runs

PROPOSED = re.compile(r"(transtool (?:check|show|diff|todo|scaffold|stamp|report)\b[^\n]*)")
ASKING = (
    "todo {site}",
    "todo {site} --all",
    "todo {site} --series briefs",
    "todo {site} --language es --sort oldest",
    "show 2 {of_site}",
    "show 1 --series briefs {of_site}",
)


def many(root: Path) -> Repository:
    """The invented podcast with briefs that have the talks' numbers, and more to do than fits a list."""
    repository = podcast(root)
    text = "---\ntitle: Brief {0}\nlang: en\npermalink: /en/{0}/\n---\n\nSomething short about {0}, in a few words.\n"
    wiki = 'path = "wiki/{lang}/{key**}.md"\nlanguages = ["es"]\n'
    names = ("a, b & c", "-n", "it's", "[slug]", "2024-05", "1-2")
    repository.commit(
        {
            "transtool.toml": CONFIGURATION + f"\n[series.wiki]\n{wiki}",
            **{f"briefs/{number}/en/brief.md": text.format(number) for number in range(2, 24)},
            **{f"wiki/en/{name}.md": text.format(name.strip("[]'-")) for name in names},
        }
    )
    return repository


def proposals(printed: Iterable[str]) -> set[str]:
    """The commands in what was printed."""
    return {found for each in printed for found in PROPOSED.findall(each)}


def harmless(command: str) -> str:
    """A command that writes, so that it only says what it would write."""
    return command.removeprefix("transtool ").replace("scaffold ", "scaffold --dry-run ", 1)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in a folder whose name has to be quoted."""
    root = tmp_path_factory.mktemp("of sites") / "my site"
    root.mkdir()
    many(root)
    return root


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("inside", [True, False], ids=["in the site", "beside it"])
def test_a_command_that_is_proposed_works(inside: bool, language: str, site: Path) -> None:
    at, places = (site, {"site": "", "of_site": ""}) if inside else (site.parent, {})
    if not inside:
        places = {"site": shlex.quote(site.name), "of_site": f"--site {shlex.quote(site.name)}"}
    done = runs((each.format(**places) for each in ASKING), at=at, COLUMNS="60", LANGUAGE=language)
    pages = (
        on_a_terminal(*shlex.split(each.format(**places)), at=at, COLUMNS="60", LANGUAGE=language, NO_COLOR="1")
        for each in ("check {site}", "check {site} --summary --severity warning", "check {site} --fail-on missing")
    )
    found = proposals((*(each.stdout for each in done.values()), *(page.replace("\r", "") for page in pages)))

    tried = runs(map(harmless, found), at=at)

    assert {each.split()[1] for each in found} == {"check", "todo", "diff", "scaffold", "show"}
    assert {command: each.stderr for command, each in tried.items() if each.returncode} == {}
    assert [command for command, each in tried.items() if not (each.stdout or each.stderr)] == []


def test_a_number_that_another_series_has_too_is_proposed_with_its_series(site: Path) -> None:
    done = runs(["todo --series briefs --all", "show 2 --series talks"], at=site)

    assert "transtool scaffold 4 --language es --series briefs" in done["todo --series briefs --all"].stdout
    assert "transtool scaffold 9 --language es\n" in done["todo --series briefs --all"].stdout
    assert "transtool diff 2 --language es --series talks\n" in done["show 2 --series talks"].stdout
