"""`dismiss` and `stamp`, seen from outside: what they ask, what they write, and what is open afterwards."""

import json
import os
import pty
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.repositories import Repository
from tests.runs import COMMAND, environment, run
from transtool.assess import dismissed_file, stamps_file

CONFIG = 'source = "en"\nlanguages = ["es", "fr"]\n[series.walks]\npath = "walks/{number}/{lang}.md"\n'
FILES = {
    "transtool.toml": CONFIG,
    "walks/7/en.md": "---\ntitle: A walk\n---\nTake the red bus at nine.\n\nBring a cup and a spoon.\n\nWe swim.\n",
    "walks/7/es.md": "---\ntitle: Un paseo\n---\nToma el autobús a las nueve.\n\nTrae una taza.\n\nNadamos.\n",
    "walks/7/fr.md": "---\ntitle: Une balade\n---\nPrends le bus à neuf heures.\n\nApporte une tasse.\n\nOn nage.\n",
    "walks/8/en.md": "---\ntitle: Tea\n---\nBoil fresh water.\n",
    "walks/8/es.md": "---\ntitle: Té\n---\nHierve agua fresca.\n",
    "walks/8/fr.md": "---\ntitle: Thé\n---\nFais bouillir de l'eau fraîche.\n",
}
BUS, CUP = ("red bus", "blue coach"), ("a cup and a spoon", "your own plate")
DISMISSED, ES = dismissed_file.NAME, "walks/7/es.md"


def english(*edits: tuple[str, str], key: str = "7") -> dict[str, str]:
    text = FILES[f"walks/{key}/en.md"]
    for old, new in edits:
        text = text.replace(old, new)
    return {f"walks/{key}/en.md": text}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repository = Repository(tmp_path_factory.mktemp("walks") / "site")
    repository.commit(FILES)
    repository.commit(english(BUS, CUP))
    return repository.root


@pytest.fixture
def site(made: Path, tmp_path: Path) -> Path:
    """Two changes of the source of walk 7 that no translation has followed; walk 8 is current."""
    return Path(shutil.copytree(made, tmp_path / "site"))


def open_(site: Path) -> dict[str, list[str]]:
    """What walk 7 is behind with, by language."""
    told = json.loads(run("diff", "7", "-f", "json", at=site).stdout)["translations"]
    return {each["language"]: [change["after"] or change["before"] for change in each["changes"]] for each in told}


COACH, PLATE = "Take the blue coach at nine.", "Bring your own plate."
BOTH = {"es": [COACH, PLATE], "fr": [COACH, PLATE]}


def words(site: Path) -> list[tuple[str, list[str]]]:
    """What the file of the site says: the words after each change, and for which languages."""
    if not (site / DISMISSED).exists():
        return []
    found = dismissed_file.read((site / DISMISSED).read_bytes(), "x").entries
    return sorted((each.after, [*each.languages]) for each in found)


# dismiss


def test_it_says_how_many_changes_there_are_and_dismisses_none_of_several_by_itself(site: Path) -> None:
    done = run("dismiss", "7", at=site)
    assert done.stderr == (
        "transtool: 2 changes are open; say which need no translation "
        "(--list shows them; --segment names some, --yes means all)\n"
    )
    assert (done.returncode, done.stdout, words(site)) == (2, "", [])


def test_one_change_is_dismissed_in_all_languages(site: Path) -> None:
    listed = run("dismiss", "7", "--list", at=site).stdout
    done = run("dismiss", "7", "--segment", "1", "--reason", "the same\nline", at=site)

    assert re.findall(r"^(\d)\. .*  (\S+:\d+)  (.+)$", listed, re.MULTILINE) == [
        ("1", "walks/7/en.md:4", "es, fr"),
        ("2", "walks/7/en.md:6", "es, fr"),
    ]
    assert done.stderr.splitlines()[:2] == ["wrote .transtool/.gitattributes", f"wrote {DISMISSED}"]
    assert done.returncode == 0
    assert open_(site) == {"es": [PLATE], "fr": [PLATE]}
    assert "1. dismissed  “the same line”" in run("dismiss", "7", "--list", at=site).stdout
    assert [line for line in (site / DISMISSED).read_text().splitlines() if "blue" in line] != []


def test_what_is_left_is_one_change_which_needs_no_number(site: Path) -> None:
    run("dismiss", "7", "--segment", "1", at=site)
    assert run("dismiss", "7", at=site).returncode == 0
    assert open_(site) == {"es": [], "fr": []}
    again = run("dismiss", "7", at=site)
    assert again.stderr == "nothing to write: no translation is behind with a change of the source\n"
    assert again.returncode == 0


COMMANDS = ("show 7", "check", "todo", "report -f html", "check --since HEAD~1", "report --history -f csv")


def test_every_command_agrees(site: Path) -> None:
    before = {command: run(*command.split(), at=site).stdout for command in COMMANDS}
    run("dismiss", "7", "--yes", at=site)
    after = {command: run(*command.split(), at=site).stdout for command in COMMANDS}

    assert "dismissed: 2 segments" in after["show 7"]
    assert "nothing to report" in after["check"]
    assert "nothing to report" in after["check --since HEAD~1"]
    assert "stale" in before["check --since HEAD~1"]
    assert "7" in before["todo"] and "7" not in after["todo"]
    assert "blue coach" in before["report -f html"] and "blue coach" not in after["report -f html"]
    assert before["report --history -f csv"] != after["report --history -f csv"]


def test_one_language_is_enough(site: Path) -> None:
    run("dismiss", "7", "-l", "fr", "--yes", at=site)
    assert open_(site) == {"es": [COACH, PLATE], "fr": []}
    assert words(site) == [(PLATE, ["fr"]), (COACH, ["fr"])]

    run("dismiss", "7", "--segment", "1", at=site)
    assert open_(site) == {"es": [PLATE], "fr": []}
    assert words(site) == [(PLATE, ["fr"]), (COACH, [])]


def test_what_was_dismissed_is_taken_back(site: Path) -> None:
    run("dismiss", "7", "--yes", at=site)
    run("dismiss", "7", "--undo", "--segment", "1", at=site)
    assert len(words(site)) == 1
    run("dismiss", "7", "--undo", at=site)
    assert (words(site), open_(site)) == ([], BOTH)
    nothing = run("dismiss", "7", "--undo", at=site)
    assert nothing.stderr == "nothing to write: nothing of this was dismissed\n"


def test_for_some_languages_only_what_names_them_is_taken_back(site: Path) -> None:
    run("dismiss", "7", "--segment", "1", at=site)
    run("dismiss", "7", "-l", "es,fr", "--yes", at=site)
    run("dismiss", "7", "--undo", "-l", "es", at=site)
    assert words(site) == [(PLATE, ["fr"]), (COACH, [])]


def test_a_dry_run_shows_all_and_writes_nothing(site: Path) -> None:
    done = run("dismiss", "7-8", "--dry-run", at=site)
    assert len(re.findall(r"^\+walks\.7\.", done.stdout, re.MULTILINE)) == 2
    assert not (site / ".transtool").exists()


def test_what_nothing_needs_any_more_is_said_and_can_be_tidied_away(site: Path) -> None:
    run("dismiss", "7", "--yes", at=site)
    assert run("check", at=site).stderr == ""
    (site / "walks/7/en.md").write_text(english(BUS)["walks/7/en.md"])

    said = run("check", at=site).stderr
    assert re.fullmatch(
        rf"{re.escape(DISMISSED)}:[23]: no translation is behind with this dismissed change any more "
        r"\(`transtool dismiss --tidy` takes such lines out\)\n",
        said,
    )
    assert run("check", "-l", "es", at=site).stderr == ""

    assert run("dismiss", "--tidy", at=site).stderr == f"wrote {DISMISSED}\n"
    assert words(site) == [(COACH, [])]
    assert run("check", at=site).stderr == ""
    assert run("dismiss", "--tidy", at=site).stderr == "nothing to write: all that was dismissed is needed\n"


def test_nothing_is_called_needless_where_nothing_can_be_judged(site: Path, tmp_path: Path) -> None:
    run("dismiss", "7", "--yes", at=site)
    subprocess.run(["git", "add", "-A"], cwd=site, check=True, env=environment())
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "x"], cwd=site, check=True
    )
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{site}", str(shallow)], check=True)
    assert "dismissed" not in run("check", at=shallow).stderr


BAD_LINES = {
    "dismiss": "transtool: say which episodes",
    "dismiss 9": "transtool: there is no episode 9 (there are 7 to 8)",
    "dismiss 7 --segment 3": "transtool: there is no change 3 (there are 1 to 2)",
    "dismiss 7 --segment 2-1": "transtool: the range 2-1 runs backwards (did you mean 1-2?)",
    "stamp 7 --segment 1": (
        "transtool: --segment goes with one episode and one --language, whose translation can be compared"
    ),
    "stamp 7 -l es --segment 0": "transtool: there is no change 0 (there are 1 to 2)",
}


@pytest.mark.parametrize(("command", "said"), BAD_LINES.items())
def test_a_command_that_cannot_be_is_one_clear_line(site: Path, command: str, said: str) -> None:
    done = run(*command.split(), at=site)
    assert (done.stderr, done.stdout, done.returncode) == (f"{said}\n", "", 2)


def test_a_broken_file_is_said_with_its_line_by_every_command(site: Path) -> None:
    run("dismiss", "7", "--yes", at=site)
    with (site / DISMISSED).open("a") as file:
        file.write(">>>>>>> theirs\n")
    for command in ("check", "dismiss 7", "stamp 7"):
        done = run(*command.split(), at=site)
        assert done.stderr.startswith(f"transtool: {DISMISSED}:4: this line is not a dismissed change (")
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_a_file_that_is_a_link_out_of_the_site_is_not_followed(site: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    (site / ".transtool").mkdir()
    (site / DISMISSED).symlink_to(tmp_path / "secret")
    done = run("check", at=site)
    assert "hunter2" not in done.stderr
    assert done.stderr.startswith(f"transtool: {DISMISSED}: ")
    assert done.returncode == 3


def test_what_a_stamp_cannot_tell_the_changes_of_cannot_be_dismissed(site: Path) -> None:
    text = (site / ES).read_text()
    (site / ES).write_text(text.replace("title", f"source_digest: {'0' * 32}\ntitle"))
    done = run("dismiss", "7", "--yes", at=site)
    assert f"{ES}: the source changed since this translation was stamped; git cannot show where" in done.stderr
    assert done.returncode == 3
    assert len(words(site)) == 2


# stamp


OPEN = (
    "2 segments are open, and would count as reviewed "
    "(`transtool diff` shows them; --yes stamps all the same, --segment single ones)\n"
)


def test_a_page_with_open_segments_is_not_stamped_unasked(site: Path) -> None:
    before = (site / ES).read_bytes()
    done = run("stamp", "7", "-l", "es", at=site)
    assert (done.stderr, done.returncode) == (f"transtool: {ES}: {OPEN}", 2)
    assert (site / ES).read_bytes() == before
    assert run("stamp", "7-8", at=site).stderr.startswith("transtool: 4 segments are open")
    assert run("stamp", "8", "-l", "es", at=site).returncode == 0

    assert run("stamp", "7", "-l", "es", "--yes", at=site).stderr == f"wrote {ES}\n"
    assert open_(site) == {"es": [], "fr": [COACH, PLATE]}


@pytest.mark.parametrize(("answer", "is_written"), [("y", True), ("n", False), ("", False)])
def test_on_a_terminal_it_asks(site: Path, answer: str, is_written: bool) -> None:
    before = (site / ES).read_bytes()
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [*COMMAND, "stamp", "7", "-l", "es"],
        cwd=site,
        env=environment(TERM="xterm"),
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    said = b""
    while b"[y/N]" not in said:
        said += os.read(ours, 4096)
    os.write(ours, f"{answer}\n".encode())
    try:
        while os.read(ours, 4096):
            pass
    except OSError:  # the other end is closed
        pass
    os.close(ours)

    assert child.wait() == 0
    assert f"{ES}: {OPEN}".encode().rstrip() in said
    assert ((site / ES).read_bytes() != before) is is_written


def test_single_segments_count_as_reviewed_until_they_change_again(site: Path) -> None:
    done = run("stamp", "7", "-l", "es", "--segment", "1", at=site)
    assert (done.stderr, done.returncode) == (f"wrote {ES}\n", 0)
    added = (site / ES).read_text().replace(FILES[ES].split("---\n", 2)[2], "")
    assert re.fullmatch(r"---\ntitle: Un paseo\nsource_reviewed: \"?[0-9a-f]{8}\"?\n---\n", added)
    assert open_(site) == {"es": [PLATE], "fr": [COACH, PLATE]}
    assert run("check", "--rule", "mismatch", at=site).stdout.endswith("nothing to report\n")

    source = site / "walks/7/en.md"
    source.write_text(source.read_text().replace("blue coach", "blue tram"))
    assert open_(site)["es"] == ["Take the blue tram at nine.", PLATE]


def test_the_last_open_segment_stamps_the_page(site: Path) -> None:
    run("stamp", "7", "-l", "es", "--segment", "2", at=site)
    assert "source_reviewed" in (site / ES).read_text()
    run("stamp", "7", "-l", "es", "--segment", "1", at=site)

    text = (site / ES).read_text()
    assert re.findall(r"^source_\w+", text, re.MULTILINE) == ["source_digest", "source_blob"]
    assert open_(site)["es"] == []


def test_what_was_reviewed_before_stays_reviewed_and_what_the_source_no_longer_has_goes(site: Path) -> None:
    source = site / "walks/7/en.md"
    source.write_text(source.read_text().replace("We swim.", "We dive from the pier."))
    run("stamp", "7", "-l", "es", "--segment", "1", at=site)
    first = re.findall(r"[0-9a-f]{8}", (site / ES).read_text())
    run("stamp", "7", "-l", "es", "--segment", "1", at=site)
    second = re.findall(r"[0-9a-f]{8}", (site / ES).read_text())
    assert len(second) == 2 and set(first) < set(second)
    assert open_(site)["es"] == ["We dive from the pier."]

    source.write_text(source.read_text().replace("blue coach", "blue tram"))
    run("stamp", "7", "-l", "es", "--segment", "1", at=site)
    third = re.findall(r"[0-9a-f]{8}", (site / ES).read_text())
    assert len(third) == 2 and not set(first) & set(third)


def test_a_review_of_segments_stands_beside_the_stamp_of_the_page(site: Path) -> None:
    run("stamp", "7", "-l", "es", "--yes", at=site)
    subprocess.run(["git", "add", "-A"], cwd=site, check=True, env=environment())
    source = site / "walks/7/en.md"
    source.write_text(source.read_text().replace("blue", "green").replace("We swim.", "We dive."))
    stamp = re.findall(r"^source_(?:digest|blob): .*", (site / ES).read_text(), re.MULTILINE)

    run("stamp", "7", "-l", "es", "--segment", "2", at=site)

    assert re.findall(r"^source_(?:digest|blob): .*", (site / ES).read_text(), re.MULTILINE) == stamp
    assert open_(site)["es"] == ["Take the green coach at nine."]


def test_a_site_with_a_file_of_stamps_keeps_reviews_there(site: Path) -> None:
    (site / "transtool.toml").write_text(f'stamps = "file"\n{CONFIG}')
    run("stamp", "8", at=site)
    done = run("stamp", "7", "-l", "es", "--segment", "2", at=site)
    assert done.stderr == f"wrote {stamps_file.NAME}\n"

    told = json.loads((site / stamps_file.NAME).read_text())[ES]
    assert (told["digest"], told["blob"], len(told["reviewed"])) == ("", "", 8)
    assert set(json.loads((site / stamps_file.NAME).read_text())["walks/8/es.md"]) == {"digest", "blob"}
    assert open_(site) == {"es": [COACH], "fr": [COACH, PLATE]}
    run("stamp", "7", "-l", "es", "--yes", at=site)
    assert set(json.loads((site / stamps_file.NAME).read_text())[ES]) == {"digest", "blob"}
