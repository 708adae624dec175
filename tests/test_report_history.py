"""`transtool report --history`: formats, and what is asked in vain."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.repositories import Repository
from tests.runs import Run, runs
from tests.test_timeline import CONFIG, tell

COMMANDS = (
    "report --history",
    "report --history --format csv --language es --number 1",
    "report --history --format json",
    "report --history --output out.svg",
    "report --history --output out.html",
    "report --history --output out.csv --verbose",
    "report --history --format sarif",
    "report shallow --history",
    "report shallow --history --format html",
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Run]]:
    """A site with a past, and what the commands said of it."""
    made = Repository(tmp_path_factory.mktemp("history") / "site")
    made.commit({"transtool.toml": CONFIG, ".gitignore": "/shallow\n/out.*\n"})
    tell(made)
    made.git("clone", "-q", "--depth=1", made.root.as_uri(), str(made.root / "shallow"))
    return made.root, runs(COMMANDS, at=made.root, TRANSTOOL_NO_CACHE="1")


def test_without_a_format_it_is_a_table(ran: tuple[Path, dict[str, Run]]) -> None:
    answer = ran[1]["report --history"]

    assert answer.returncode == 0
    assert "2021-01" in answer.stdout
    assert "Spanish es" in answer.stdout
    assert answer.stderr == ""


def test_csv_of_what_is_selected(ran: tuple[Path, dict[str, Run]]) -> None:
    answer = ran[1]["report --history --format csv --language es --number 1"]

    assert answer.stdout.splitlines()[:3] == [
        "month,language,expected,covered,current,coverage,freshness",
        "2021-01,es,1,1,1,1.0000,1.0000",
        "2021-02,es,1,1,1,1.0000,1.0000",
    ]


def test_json(ran: tuple[Path, dict[str, Run]]) -> None:
    document = json.loads(ran[1]["report --history --format json"].stdout)

    assert document["languages"] == ["es", "fr"]
    assert document["points"][-1]["month"] == "2021-07"


def test_the_name_of_a_file_asks_for_its_format(ran: tuple[Path, dict[str, Run]]) -> None:
    root, answers = ran

    assert ElementTree.parse(root / "out.svg").getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert 'id="trend"' in (root / "out.html").read_text(encoding="utf-8")
    assert (root / "out.csv").read_text(encoding="utf-8").startswith("month,")
    assert [answers[command].stdout for command in COMMANDS if "--output" in command] == ["", "", ""]


def test_verbose_says_what_was_read_and_where_the_time_went(ran: tuple[Path, dict[str, Run]]) -> None:
    said = ran[1]["report --history --output out.csv --verbose"].stderr.splitlines()

    assert said[0].startswith("8 files and 10 commits in ")
    assert [line.split("  ")[1] for line in said[1:]] == [
        "configuration",
        "files",
        "front matter",
        "linking",
        "history",
        "looking back",
        "rendering",
        "everything else",
    ]


def test_a_format_that_cannot_show_time_is_refused(ran: tuple[Path, dict[str, Run]]) -> None:
    answer = ran[1]["report --history --format sarif"]

    assert answer.returncode == 2
    assert answer.stderr == "transtool: unknown format sarif of --history (there are: table, html, csv, svg, json)\n"


@pytest.mark.parametrize("command", COMMANDS[-2:])
def test_a_shallow_clone_is_told_how_to_get_its_past(ran: tuple[Path, dict[str, Run]], command: str) -> None:
    answer = ran[1][command]

    assert answer.returncode == 2
    assert "shallow" in answer.stderr
    assert "fetch-depth: 0" in answer.stderr
    assert answer.stdout == ""
