"""Tracking issues: what to do as check lists that fit on GitHub, and commands that open or update them."""

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reports import CLEAN, EN, ES, SMALL, cell, episode, large
from tests.repositories import NOTE, Repository, behind
from tests.runs import environment, run
from transtool.i18n import ENGLISH, speaking
from transtool.model import Change, ChangeKind, Language, Masthead, Report, SegmentKind, Status
from transtool.render.issue import Issue, command, issues

MOST = 65_536  # characters that GitHub takes


def issue_of(report: Report, language: str = "es", *part: str) -> Issue:
    return next(each for each in issues(report, lambda _: ENGLISH, part) if each.language == language)


def lists(body: str) -> dict[str, list[str]]:
    """The check lists of an issue by their headings: the lines of their pages."""
    parts = body.split("\n### ")[1:]
    return {
        part.partition("\n")[0]: [line for line in part.splitlines() if line.startswith("- [ ] ")] for part in parts
    }


# What it says


def test_an_issue_says_how_far_a_language_is_and_has_a_list_for_each_thing_to_do() -> None:
    issue = issue_of(SMALL)

    assert issue.title == "Translations: Spanish (es)"
    assert issue.body.splitlines()[1] == "3 episodes. Translated: 2 of 3 (67%). Current: 1 (33%)."
    assert {heading: len(pages) for heading, pages in lists(issue.body).items()} == {
        "Redo what changed in the source (1)": 1,
        "Translate it: there is no file yet (1)": 1,
        "Also to correct (1)": 1,
    }


def test_a_page_is_a_line_with_its_file_its_words_and_the_command_to_begin_with() -> None:
    [line] = lists(issue_of(replace(SMALL, repository="")).body)["Redo what changed in the source (1)"]

    assert line == (
        "- [ ] Bread, slowly · `docs/episodes/ep-9/es/episode.md` · 24 words"
        " · `transtool diff 9 --language es --series episodes`"
    )


def test_pages_lead_to_where_they_are_read_edited_and_created() -> None:
    body = issue_of(SMALL).body

    assert "[Bread, slowly](<https://example.org/owner/site/blob/HEAD/docs/episodes/ep-9/en/episode.md>)" in body
    assert "(<https://example.org/owner/site/edit/HEAD/docs/episodes/ep-9/es/episode.md>)" in body
    assert "(<https://example.org/owner/site/new/HEAD?filename=docs/episodes/ep-10/es/episode.md>)" in body


def test_below_a_page_are_the_changed_paragraphs_beside_what_the_translation_says() -> None:
    body = issue_of(replace(SMALL, repository="")).body

    assert body.count("<details>") == body.count("</details>") == 4
    assert "<details><summary>1. edited: paragraph, 12 words</summary>" in body
    assert "`docs/episodes/ep-9/en/episode.md:61` → `docs/episodes/ep-9/es/episode.md:63`" in body
    assert "  Bread needs time<ins>, salt</ins> and <del>salt</del><ins>patience</ins>\\." in body
    assert "  > El pan necesita tiempo y sal." in body


def test_what_is_wrong_with_a_page_stands_below_it_and_notes_do_not() -> None:
    body = issue_of(SMALL).body

    assert "?plain=1#L7>): parent is “Episodes”, expected “Episodios”" in body
    assert "?plain=1#L5>): tags is “\\[pan\\]”, in the source “\\[bread, salt\\]”" in body


def test_a_page_that_was_compared_with_nothing_says_why() -> None:
    assert "git history" in issue_of(SMALL, "ja").body


def test_a_language_with_nothing_to_do_says_so() -> None:
    issue = issue_of(CLEAN)

    assert issue.is_done
    assert "every translation is current" in issue.body
    assert not issue_of(SMALL).is_done


def test_an_issue_leads_to_the_page_for_people_who_want_to_help() -> None:
    report = replace(SMALL, masthead=Masthead(help="https://example.org/help"))

    assert "[How to help](<https://example.org/help>)" in issue_of(report).body


def test_a_language_that_nothing_is_expected_of_has_no_issue() -> None:
    report = replace(SMALL, languages=(ES, Language("nb")))

    assert [each.language for each in issues(report, lambda _: ENGLISH)] == ["es"]


def test_each_issue_can_speak_its_own_language() -> None:
    spanish = issues(SMALL, lambda language: speaking(language) or ENGLISH)[0]

    assert spanish.title == "Traducciones: Español (es)"


# Its marker


def test_the_marker_is_the_first_line_and_names_the_language_and_the_part_of_the_site() -> None:
    assert issue_of(SMALL).body.startswith("<!-- transtool: es -->\n")
    assert issue_of(SMALL, "es", "briefs").marker == "<!-- transtool: es briefs -->"


@pytest.mark.parametrize("name", ["-->", "a --> b", '"', "a\nb", "\x1b[0m", "'; rm -rf ~ #"])
def test_no_name_of_a_series_gets_out_of_the_marker(name: str) -> None:
    marker = issue_of(SMALL, "es", name).marker

    assert marker.count("--") == 2
    assert set(marker) <= set("<!- transtool: es ->." + "abcdefghijklmnopqrstuvwxyz0123456789_")


# Its size


def stale(count: int, length: int) -> Report:
    """A site of `count` stale pages; each has three changed paragraphs of `length` words."""
    texts = " ".join(f"word{number}" for number in range(length))
    changes = tuple(
        Change(
            change=ChangeKind.EDITED, kind=SegmentKind.PARAGRAPH, source_line=line, line=line, words=length,
            before=texts, after=f"{texts} more", present=f"@someone #{line} {texts}",
        )
        for line in (1, 2, 3)
    )  # fmt: skip
    pages = [
        episode("episodes", str(number), "T" * 3000, cell("episodes", str(number), ES, Status.STALE, changes=changes))
        for number in range(count)
    ]
    return Report(version="1", source=EN, languages=(ES,), series=("episodes",), episodes=tuple(pages))


@pytest.mark.parametrize(
    "report",
    [large(120), large(3000), stale(50, 100), stale(2000, 10), stale(3, 100_000), stale(40, 3000)],
    ids=["large", "larger", "stale", "many", "long", "both"],
)
def test_an_issue_fits_and_says_how_much_it_leaves_out(report: Report) -> None:
    for issue in issues(replace(report, repository=f"https://example.org/{'long' * 20}/site"), lambda _: ENGLISH):
        assert len(issue.body) <= MOST
        assert issue.body.count("<details>") == issue.body.count("</details>")
        for heading, pages in lists(issue.body).items():
            count = int(heading.rpartition("(")[2].rstrip(")").replace(",", ""))
            left = f"- and {count - len(pages):,} more: `transtool"
            assert len(pages) == count or f"\n{left}" in issue.body


def test_changes_that_do_not_fit_are_counted_with_the_command_that_shows_them() -> None:
    body = issue_of(stale(50, 100)).body

    assert body.count("  - and 3 more: `transtool diff") > 10
    assert body.count("<details>") + 3 * body.count("  - and 3 more") in range(148, 151)
    assert len(body) > 40_000


def test_of_a_very_long_paragraph_only_its_place_is_told() -> None:
    body = issue_of(stale(1, 5000)).body

    assert body.count("ep-0/es/episode.md:") == 3
    assert "word1 " not in body


# Filing it

GH = """\
#!/bin/sh
# Stands in for GitHub: writes down what it is asked, an argument a line, and lists the issues of $ISSUES.
printf '%s\\n' "$@" "" >>"$ASKED"
case "$1 $2" in
  "issue list") [ -z "$REFUSES" ] || exit 1
    while [ "$1" != --jq ]; do shift; done
    printf '%s' "$ISSUES" | jq -r "$2" ;;
  "label create") exit 1 ;;
esac
"""
THERE = [
    {"number": 9, "body": "<!-- transtool: es -->\r\nlater"},
    {"number": 7, "body": "<!-- transtool: es -->\r\nhello"},
    {"number": 5, "body": "<!-- transtool: es briefs -->"},
    {"number": 3, "body": "I saw <!-- transtool: es -->"},
    {"number": 2, "body": ""},
]


def filed(line: str, at: Path, there: list[dict[str, object]], **variables: str) -> tuple[int, list[list[str]]]:
    """What a shell made of a line: its exit code, and the calls of gh but for that which lists."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    gh, asked = at / "bin" / "gh", at / "asked"
    gh.parent.mkdir(exist_ok=True)
    gh.write_text(GH)
    gh.chmod(0o755)
    asked.unlink(missing_ok=True)
    given = environment(ISSUES=json.dumps(there), ASKED=str(asked), **{"REFUSES": ""} | variables)
    given["PATH"] = f"{gh.parent}:{given['PATH']}"
    done = subprocess.run(["sh", "-e", "-c", line], cwd=at, env=given, capture_output=True, text=True)
    assert done.stderr == ""
    calls = [call.split("\n") for call in asked.read_text().removesuffix("\n\n").split("\n\n")]
    return done.returncode, [call for call in calls if call[:2] != ["issue", "list"]]


LINE = command(issue_of(SMALL), "it's here/es.md", "l10n & co")


def test_an_issue_that_is_open_is_updated(tmp_path: Path) -> None:
    code, calls = filed(LINE, tmp_path, THERE)

    title = ["--title", "Translations: Spanish (es)", "--body-file", "it's here/es.md"]
    assert (code, calls) == (0, [["issue", "edit", "7", *title]])


def test_an_issue_that_is_not_open_is_opened_with_its_label(tmp_path: Path) -> None:
    code, calls = filed(LINE, tmp_path, THERE[2:])

    title = ["--title", "Translations: Spanish (es)", "--body-file", "it's here/es.md"]
    assert code == 0
    assert calls == [["label", "create", "l10n & co"], ["issue", "create", "--label", "l10n & co", *title]]


def test_an_issue_with_nothing_left_to_do_is_closed_but_never_opened(tmp_path: Path) -> None:
    line = command(issue_of(CLEAN), "es.md", "transtool")

    assert [call[:3] for call in filed(line, tmp_path, THERE)[1]] == [["issue", "edit", "7"], ["issue", "close", "7"]]
    assert filed(line, tmp_path, []) == (0, [])


def test_nothing_is_opened_where_the_list_cannot_be_had(tmp_path: Path) -> None:
    code, calls = filed(f"{LINE}\n{LINE}", tmp_path, [], REFUSES="1")

    assert (code, calls) == (1, [])


@pytest.mark.parametrize("name", ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", '"; touch pwned; "'])
def test_no_name_runs_in_the_shell(name: str, tmp_path: Path) -> None:
    issue = replace(issue_of(SMALL, "es", name), title=name)

    assert filed(command(issue, name, name), tmp_path, [])[0] == 0
    assert not (tmp_path / "pwned").exists()


# The command


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    return behind(tmp_path / "site")


def test_a_folder_gets_a_file_for_each_language_and_a_second_run_writes_nothing(site: Repository) -> None:
    first = run("issues", "--output", "todo/issues", at=site.root)
    times = {path: path.stat().st_mtime_ns for path in (site.root / "todo/issues").iterdir()}
    second = run("issues", "--output", "todo/issues", at=site.root)

    assert sorted(path.name for path in times) == ["es.md", "fr.md"]
    assert first.stderr == "wrote todo/issues/es.md\nwrote todo/issues/fr.md\n"
    assert second.stderr == "nothing to write\n"
    assert {path: path.stat().st_mtime_ns for path in times} == times
    assert first.stdout == second.stdout
    assert [line.count("--body-file todo/issues/") for line in first.stdout.splitlines()] == [2, 2]


def test_only_what_changed_is_written(site: Repository) -> None:
    run("issues", "--output", "issues", at=site.root)
    site.commit({"1/fr.md": NOTE.format("Bus", "Le bus part à midi et il est rouge.")})
    again = run("issues", "--output", "issues", at=site.root)

    assert again.stderr == "wrote issues/fr.md\n"
    assert "gh issue close" in again.stdout


def test_without_a_folder_the_issue_of_one_language_is_printed(site: Repository) -> None:
    printed = run("issues", "--language", "es", at=site.root)

    assert printed.stdout.startswith("<!-- transtool: es -->\n1 episode.")
    assert re.search(r" · 4 words · behind since Jan \d, 2020 · `transtool diff 1 --language es`\n", printed.stdout)
    assert "leaves at <del>ten</del><ins>noon and is red</ins>" in printed.stdout


@pytest.mark.parametrize("options", [[], ["--language", "es,fr"], ["--output", "-"]])
def test_several_languages_need_a_folder(options: list[str], site: Repository) -> None:
    refused = run("issues", *options, at=site.root)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "transtool: say --output FOLDER, or one --language\n"


def test_series_label_and_language_of_an_issue_can_be_chosen(site: Repository) -> None:
    options = ("--series", "notes", "--label", "l10n", "--in-language", "--language", "fr", "--output", "o")
    done = run("issues", *options, at=site.root)

    assert (site.root / "o/fr.md").read_text(encoding="utf-8").startswith("<!-- transtool: fr notes -->\n1 épisode")
    assert "--label l10n" in done.stdout
    assert "Traductions" in done.stdout


def test_no_link_is_followed_to_a_file(site: Repository, tmp_path: Path) -> None:
    (site.root / "o").mkdir()
    (site.root / "o" / "es.md").symlink_to(tmp_path / "elsewhere")
    done = run("issues", "--output", "o", at=site.root)

    assert (done.returncode, done.stdout) == (3, "")
    assert not (tmp_path / "elsewhere").exists()
