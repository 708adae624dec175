"""What the commands do, seen from outside: what they print, what they write, and how they end."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from tests.podcast import EDITED, podcast, talk
from tests.runs import ROOT, Run, environment, on_a_terminal, run, runs
from transtool import __version__
from transtool.render import RENDERERS
from transtool.schemas import SCHEMAS

COMMANDS = ("check", "show", "diff", "todo", "report", "scaffold", "dismiss", "stamp", "init", "config")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented podcast; nobody writes to it."""
    return podcast(tmp_path_factory.mktemp("podcast") / "site").root


@pytest.fixture
def copy(site: Path, tmp_path: Path) -> Path:
    """The invented podcast, to be written to."""
    return Path(shutil.copytree(site, tmp_path / "site"))


def statuses(text: str) -> dict[str, dict[str, str]]:
    """Language -> talk -> status, of a JSON report."""
    found: dict[str, dict[str, str]] = {}
    for episode in json.loads(text)["episodes"]:
        if episode["series"] == "talks":
            for language, cell in episode["translations"].items():
                found.setdefault(language, {})[episode["key"]] = cell["status"]
    return found


def rules(text: str) -> list[tuple[str, str, str]]:
    """(rule, key, language) of every finding of a JSON report."""
    return [(each["rule"], each["key"], each["language"]) for each in json.loads(text)["findings"]]


# check


READING = (
    "check",
    "check --format json",
    "report",
    "report --format json",
    "check -f json --language fr",
    "check -f json --number 2-3",
    "check -f json --number 1,4 --series talks -l es",
    "check -f json --series briefs",
    "check -f json --rule stale,local",
    "check --ui-language es",
    "check --verbose",
    *(f"report -f {name}" for name in RENDERERS if name not in ("json", "table", "xlsx", "parquet")),
)


@pytest.fixture(scope="module")
def said(site: Path) -> dict[str, Run]:
    """What reading commands say."""
    return runs(READING, at=site)


def test_check_judges_every_translation_of_the_site(said: dict[str, Run]) -> None:
    assert statuses(said["check --format json"].stdout) == {
        "es": {"1": "current", "2": "stale", "3": "missing", "4": "current"},
        "fr": {"1": "current", "2": "missing", "3": "missing", "4": "draft"},
    }


def test_check_shows_coverage_with_denominators_and_findings_with_places(said: dict[str, Run]) -> None:
    table = said["check"].stdout

    assert re.search(r"^  Spanish es +3/4 +75% ", table, re.MULTILINE)
    assert re.search(r"^  French fr +1/4 +25% ", table, re.MULTILINE)
    assert "talks/2/es/talk.md:10: warning: the source has changed since: 1 segment, " in table
    assert "talks/4/es/talk.md:4: warning: permalink is “/fr/4/”, expected “/es/4/” [local]" in table
    assert "talks/4/es/talk.md:5: warning: date is “2024-05-05”, in the source “2024-05-04” [mismatch]" in table
    assert said["check"].stderr == ""


def test_a_report_is_what_check_shows(said: dict[str, Run]) -> None:
    assert said["report"] == said["check"]
    assert said["report --format json"] == said["check --format json"]


def test_warnings_do_not_fail_a_run(said: dict[str, Run]) -> None:
    assert {each.returncode for each in said.values()} == {0}


def test_the_json_is_what_its_schema_says(said: dict[str, Run], site: Path) -> None:
    schema = json.loads(run("config", "--schema", "report", at=site).stdout)

    jsonschema.validate(json.loads(said["check --format json"].stdout), schema)


@pytest.mark.parametrize(
    ("options", "languages", "keys", "found"),
    [
        ("--language fr", ["fr"], "1234", {"missing", "untranslated"}),
        ("--number 2-3", ["es", "fr"], "23", {"missing", "stale"}),
        ("--number 1,4 --series talks -l es", ["es"], "14", {"local", "mismatch"}),
        ("--series briefs", ["es"], "", set()),
        ("--rule stale,local", ["es", "fr"], "1234", {"stale", "local"}),
    ],
)
def test_a_selection_narrows_what_is_shown(
    options: str, languages: list[str], keys: str, found: set[str], said: dict[str, Run]
) -> None:
    text = said[f"check -f json {options}"].stdout

    assert sorted(statuses(text)) == (languages if keys else [])
    assert {key for each in statuses(text).values() for key in each} == set(keys)
    assert {rule for rule, _, _ in rules(text)} == found


FORMAT_IS = {
    "csv": lambda text: len(list(csv.reader(io.StringIO(text)))) == 1 + 9,
    "markdown": lambda text: text.startswith("#") and "| Spanish" in text,
    "html": lambda text: text.startswith("<!doctype html>") and "Content-Security-Policy" in text,
    "sarif": lambda text: json.loads(text)["version"] == "2.1.0",
    "github": lambda text: "::warning file=talks/2/es/talk.md,line=10" in text,
    "junit": lambda text: ET.fromstring(text).tag == "testsuites",
    "atom": lambda text: ET.fromstring(text).tag == "{http://www.w3.org/2005/Atom}feed",
    "badge": lambda text: ET.fromstring(text).tag.endswith("svg"),
    "shields": lambda text: json.loads(text)["schemaVersion"] == 1,
    "data": lambda text: "talks/2/es/talk.md" in json.loads(text)["pages"],
    "jekyll": lambda text: "talks/2/es/talk.md" in json.loads(text)["pages"],
}


@pytest.mark.parametrize("name", [name for name in RENDERERS if name not in ("json", "table", "xlsx", "parquet")])
def test_every_format_is_what_it_is_called(name: str, said: dict[str, Run]) -> None:
    done = said[f"report -f {name}"]

    assert FORMAT_IS[name](done.stdout)
    assert done.stderr == ""


def test_the_interface_speaks_the_language_that_is_asked_for(site: Path) -> None:
    done = run("check", "--ui-language", "es", at=site)
    machine = run("check", "--format", "json", "--ui-language", "es", at=site)

    assert "francés" in done.stdout
    assert "French" not in done.stdout
    assert machine.stdout == run("check", "--format", "json", at=site).stdout


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"LANGUAGE": "es:en"}, "talks y briefs"),
        ({"LANGUAGE": "", "LC_ALL": "es_ES.UTF-8"}, "talks y briefs"),
        ({"LANGUAGE": "", "LC_ALL": "", "LANG": "es_MX.UTF-8"}, "talks y briefs"),
        ({"LANGUAGE": "xx", "LC_ALL": "xx_XX.UTF-8"}, "talks and briefs"),
        ({"LANGUAGE": "es", "LC_ALL": "C"}, "talks and briefs"),
    ],
    ids=str,
)
def test_the_interface_takes_its_language_from_the_environment(
    variables: dict[str, str], said: str, site: Path
) -> None:
    assert run("config", at=site, **variables).stderr.endswith(f": {said}\n")


def test_verbose_says_what_was_read_and_where_the_time_went(site: Path, said: dict[str, Run]) -> None:
    anew = run("check", "--verbose", at=site, TRANSTOOL_NO_CACHE="1").stderr.splitlines()
    again = said["check --verbose"].stderr.splitlines()

    assert {each[0].rpartition(" in ")[0] for each in (anew, again)} == {"11 files, 2 commits, and 6 translations"}
    assert {line.split()[0] for line in anew[1:]} >= {"files", "linking", "history", "judging"}
    assert "judging" not in {line.split()[0] for line in again[1:]}


# The gate

GATES = {
    "check": (0, []),
    "check --strict": (1, ["6 warnings (--strict)"]),
    "check --strict --number 1": (0, []),
    "check --fail-on stale": (1, ["1 finding of stale (--fail-on)"]),
    "check --fail-on orphan,duplicate": (0, []),
    "check --fail-on missing --language es --number 1-2": (0, []),
    "check --min-coverage 25": (0, []),
    "check --min-coverage 26": (1, ["coverage of French is 25% (1/4), wanted 26%"]),
    "check --min-coverage es=80 --min-coverage fr=0": (0, []),
    "check --min-coverage es=81 --series talks": (1, ["coverage of Spanish is 75% (3/4), wanted 81%"]),
    "check --min-freshness es=60": (0, []),
    "check --min-freshness es=61 --min-freshness fr=99": (
        1,
        ["freshness of Spanish is 60% (3/5), wanted 61%", "freshness of French is 25% (1/4), wanted 99%"],
    ),
}


@pytest.fixture(scope="module")
def gated(site: Path) -> dict[str, Run]:
    """What check says when it is asked to fail on something."""
    return runs(GATES, at=site)


@pytest.mark.parametrize("command", GATES)
def test_check_fails_on_what_it_is_asked_to_and_says_why(command: str, gated: dict[str, Run]) -> None:
    code, reasons = GATES[command]

    assert gated[command].stderr.splitlines() == [f"failed: {reason}" for reason in reasons]
    assert gated[command].returncode == code


def test_errors_fail_a_check_and_never_a_report(copy: Path) -> None:
    (copy / talk(1, "es")).write_text("---\ntitle: a: b\n---\n")

    done = runs(["check", "report", "check -n 2-4"], at=copy)

    assert [each.returncode for each in done.values()] == [1, 0, 0]
    assert done["check"].stderr == "failed: 1 error\n"
    assert done["report"].stderr == ""


# Where the answer goes


@pytest.mark.parametrize("command", ["check", "report"])
def test_output_goes_to_a_file_and_nothing_to_stdout(command: str, copy: Path, said: dict[str, Run]) -> None:
    done = run(command, "--format", "json", "--output", "report.json", at=copy)

    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)
    assert rules((copy / "report.json").read_text("utf-8")) == rules(said["check --format json"].stdout)


def test_a_dash_is_stdout(site: Path, said: dict[str, Run]) -> None:
    assert run("report", "-f", "markdown", "-o", "-", at=site).stdout == said["report -f markdown"].stdout


SUFFIXES = {
    "a.json": b"{",
    "a.csv": b"\xef\xbb\xbfseries,",
    "a.md": b"#",
    "a.html": b"<!doctype html>",
    "a.sarif": b"{",
    "a.xml": b"<?xml",
    "a.svg": b"<svg",
    "a.xlsx": b"PK",
    "a.txt": b"5 episodes",
}


def test_a_report_takes_its_format_from_the_name_of_the_file(copy: Path) -> None:
    done = runs([f"report --output {name}" for name in SUFFIXES], at=copy)

    assert {each.returncode for each in done.values()} == {0}
    assert {name: (copy / name).read_bytes()[: len(start)] for name, start in SUFFIXES.items()} == SUFFIXES


def test_the_site_is_found_upwards_and_by_name(site: Path, said: dict[str, Run]) -> None:
    inside = site / "talks" / "2"

    assert run("check", at=inside).stdout == said["check"].stdout
    assert run("check", str(site), at=site.parent).stdout == said["check"].stdout
    assert run("check", "--config", str(site / "transtool.toml"), at=site.parent).stdout == said["check"].stdout
    assert "talks 2 " in run("show", "2", "--site", str(site), at=site.parent).stdout


# Colours and terminals

ESCAPE = "\x1b["


@pytest.mark.parametrize(
    ("changes", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
    ],
    ids=str,
)
def test_a_terminal_gets_colours_unless_it_is_told_not_to(changes: dict[str, str], coloured: bool, site: Path) -> None:
    assert (ESCAPE in on_a_terminal("check", at=site, **changes)) is coloured


@pytest.mark.parametrize(
    ("changes", "coloured"), [({"NO_COLOR": None}, False), ({"NO_COLOR": None, "FORCE_COLOR": "1"}, True)]
)
def test_a_pipe_gets_colours_only_if_it_is_told_to(changes: dict[str, str | None], coloured: bool, site: Path) -> None:
    assert (ESCAPE in run("check", at=site, **changes).stdout) is coloured


def test_a_workbook_is_not_thrown_at_a_terminal(site: Path) -> None:
    assert on_a_terminal("report", "--format", "xlsx", at=site) == ""
    assert on_a_terminal("report", "--format", "xlsx", "--output", os.devnull, at=site) == ""


@pytest.mark.parametrize("width", ["50", "80", "120"])
def test_no_line_is_wider_than_the_terminal(width: str, site: Path) -> None:
    done = runs(["show 2", "show 4", "diff 2 -l es", "todo", "todo -l es"], at=site, COLUMNS=width)
    printed = {command: each.stdout for command, each in done.items()}
    printed |= {"check": on_a_terminal("check", at=site, COLUMNS=width, NO_COLOR="1")}

    for command, each in printed.items():
        lines = [line for line in each.splitlines() if "transtool" not in line]
        assert max(map(len, lines)) <= int(width), command


def test_a_work_list_has_its_commands_however_narrow_the_terminal_is(site: Path) -> None:
    listed = run("todo", at=site, COLUMNS="50").stdout.splitlines()

    assert "  transtool scaffold 2 --language fr" in listed
    at = listed.index("  transtool scaffold 2 --language fr")
    assert re.match(r"✗ missing +French +talks 2 +\d+ words$", listed[at - 2])
    assert listed[at - 1] == "  How Bells Are Tuned"


@pytest.mark.parametrize("changes", [{}, {"COLUMNS": "60"}, {"LANGUAGE": "ar", "COLUMNS": "60"}], ids=str)
def test_into_a_pipe_every_finding_is_one_line_whatever_the_environment_says(
    changes: dict[str, str], site: Path
) -> None:
    expected = json.loads(run("check", "--format", "json", at=site).stdout)["findings"]

    for options in ([], ["--all"]):
        lines = run("check", *options, at=site, **changes).stdout.splitlines()
        found = [re.match(r"(\S+?\.md)(?::(\d+))?: .* \[(\w+)\]$", line) for line in lines]
        places = [(each[1], each[2], each[3]) for each in found if each]
        assert sorted(places, key=str) == sorted(
            ((each["path"], each["line"] and str(each["line"]), each["rule"]) for each in expected), key=str
        )


def test_a_terminal_is_shown_a_page_and_everything_if_that_is_asked_for(site: Path) -> None:
    shown = {
        option: on_a_terminal("check", "--fail-on", "local", *option.split(), at=site, PAGER="cat", NO_COLOR="1")
        for option in ("", "--all", "--summary", "--quiet", "--severity error")
    }

    assert "permalink is" in shown[""]
    assert "permalink is" in shown["--all"]
    assert "permalink is" not in shown["--summary"] + shown["--severity error"]
    assert "Total" in shown["--summary"]
    assert shown["--quiet"].startswith("▲ local")
    assert {option for option, each in shown.items() if "next: transtool todo" in each} == {"", "--all", "--summary"}


def test_options_of_the_table_do_not_go_together_or_with_other_formats(site: Path) -> None:
    done = runs(["check --all --quiet", "check --summary -f json", "check -q --fail-on local", "check -q"], at=site)

    assert done["check --all --quiet"].returncode == 2
    assert done["check --summary -f json"].returncode == 2
    assert (done["check -q"].stdout, done["check -q"].stderr, done["check -q"].returncode) == ("", "", 0)
    failed = done["check -q --fail-on local"]
    assert (failed.stdout.count("\n"), failed.stderr.count("\n"), failed.returncode) == (1, 1, 1)


def test_a_severity_narrows_what_is_found_and_no_status(site: Path) -> None:
    done = runs(["check -f json", "check -f json --severity error", "check --strict --severity error"], at=site)
    whole, errors = (json.loads(each.stdout) for each in list(done.values())[:2])

    assert errors["findings"] == []
    assert errors["episodes"] == whole["episodes"]
    assert done["check --strict --severity error"].returncode == 0


def test_what_is_longer_than_a_terminal_goes_through_the_pager(site: Path, tmp_path: Path) -> None:
    pager = tmp_path / "a pager"
    pager.write_text("#!/bin/sh\necho paged by $1; cat\n")
    pager.chmod(0o755)
    named = {"PAGER": f"{shlex.quote(str(pager))} me", "NO_COLOR": "1"}

    short = on_a_terminal("check", "--all", at=site, LINES="500", **named)
    long = on_a_terminal("check", "--all", at=site, LINES="5", **named)
    lost = on_a_terminal("check", "--all", at=site, LINES="5", PAGER="no-such-pager", NO_COLOR="1")

    assert long == f"paged by me\r\n{short}"
    assert lost == short


# show, diff, todo, config


def test_show_is_about_the_languages_that_are_asked_for_and_speaks_json(site: Path) -> None:
    done = runs(["show 4 --language es", "show 4 -l es -f json", "check -f json -n 4 -s talks -l es"], at=site)

    assert "French" not in done["show 4 --language es"].stdout
    shown, checked = (json.loads(done[each].stdout) for each in list(done)[1:])
    assert shown == checked
    assert list(shown["episodes"][0]["translations"]) == ["es"]


def test_diff_shows_all_that_changed_for_a_language(site: Path) -> None:
    done = runs(["diff -l es", "diff 2 -l es", "diff 1..4 -l es", "diff '*' -s talks", "diff", "diff 1 -l es"], at=site)

    assert done["diff -l es"].stdout == done["diff 2 -l es"].stdout == done["diff 1..4 -l es"].stdout
    assert done["diff '*' -s talks"].stdout == done["diff 2 -l es"].stdout
    assert "nothing changed since" in done["diff 1 -l es"].stdout
    assert (done["diff"].returncode, done["diff"].stderr) == (
        2,
        "transtool: say which episodes, or which --language\n",
    )


def test_show_tells_all_about_one_episode(site: Path) -> None:
    shown = run("show", "4", at=site).stdout

    assert shown.startswith("talks 4  Three Kinds of Glue\ntalks/4/en/talk.md  source, English\n")
    assert "current  Spanish es  Tres pegamentos\n    talks/4/es/talk.md\n    baseline: git history\n" in shown
    assert re.search(r"^    4 +▲ local +permalink is “/fr/4/”, expected “/es/4/”$", shown, re.MULTILINE)
    assert "draft  French fr" in shown


def test_diff_shows_what_changed_beside_what_the_translation_says(site: Path) -> None:
    done = runs([f"diff 2 -l es{option}" for option in ("", " -f json", " -f markdown", " -f html")], at=site)
    text, document, markdown, html = (each.stdout for each in done.values())

    assert "the source changed since this translation: 1 segment, " in text
    sides = re.search(
        r"\n  English  talks/2/en/talk.md:10\n      (.*)\n  Spanish  talks/2/es/talk.md:10\n      (.*)\n", text
    )
    assert sides is not None
    assert "[-two-]{+three+} neighbours" in sides[1]
    assert sides[2].startswith("Luego dos vecinas cuentan")
    [translation] = json.loads(document)["translations"]
    [change] = translation["changes"]
    assert (change["change"], change["source_line"], change["line"], change["after"]) == ("edited", 10, 10, EDITED)
    assert markdown.startswith("## talks 2 (Spanish)")
    assert html.startswith("<!doctype html>")


def test_todo_lists_what_to_do_with_the_command_to_begin_with(site: Path) -> None:
    done = runs(["todo", "todo --format json", "todo --language fr --sort shortest"], at=site)
    tasks = json.loads(done["todo --format json"].stdout)["tasks"]

    assert {(task["key"], task["language"], task["command"]) for task in tasks} == {
        ("2", "es", "transtool diff 2 --language es"),
        ("2", "fr", "transtool scaffold 2 --language fr"),
        ("3", "es", "transtool scaffold 3 --language es"),
        ("3", "fr", "transtool scaffold 3 --language fr"),
        ("4", "fr", "transtool show 4 --language fr"),
    }
    assert "5 translations, " in done["todo"].stdout
    assert "Spanish" not in done["todo --language fr --sort shortest"].stdout


def test_config_says_that_the_configuration_is_fine_and_prints_schemas(site: Path) -> None:
    done = runs(["config", *(f"config --schema {name}" for name in SCHEMAS)], at=site)

    assert done["config"] == Run("", "transtool.toml is fine: talks and briefs\n", 0)
    for name in SCHEMAS:
        schema = json.loads(done[f"config --schema {name}"].stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema == json.loads((ROOT / "transtool" / "schemas" / f"{name}.schema.json").read_text("utf-8"))


def test_the_version_is_printed(site: Path) -> None:
    done = run("--version", at=site)

    assert (done.stdout, done.stderr, done.returncode) == (f"transtool {__version__}\n", "", 0)


# Help


@pytest.fixture(scope="module")
def helped(site: Path) -> dict[str, Run]:
    """The help of every command."""
    return runs(["", "--help", *(f"{command} --help" for command in COMMANDS)], at=site, COLUMNS="200", TERM="xterm")


def documented(command: str) -> set[str]:
    """The options that docs/commands.md tells of."""
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    text = page.partition(f"\n## `transtool {command}`\n")[2].partition("\n## ")[0]
    return set(re.findall(r"`(--[a-z-]+)", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)))


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_tells_of_every_option_that_is_documented(command: str, helped: dict[str, Run]) -> None:
    done = helped[f"{command} --help"]

    assert documented(command) - set(re.findall(r"--[a-z-]+", done.stdout)) == set()
    assert (done.stderr, done.returncode) == ("", 0)


def test_help_names_every_command_and_is_shown_where_none_is_given(helped: dict[str, Run]) -> None:
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\S", helped["--help"].stdout, re.MULTILINE)
    assert helped[""].stdout.strip() == helped["--help"].stdout.strip()
    assert (helped["--help"].returncode, helped[""].returncode, helped[""].stderr) == (0, 2, "")


# scaffold and stamp


def everything(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def test_scaffolding_all_that_is_missing_leaves_drafts_and_nothing_missing(copy: Path) -> None:
    before = everything(copy)

    done = run("scaffold", "--missing", at=copy)
    report = run("check", "--format", "json", at=copy).stdout

    new = [talk(2, "fr"), talk(3, "es"), talk(3, "fr")]
    total = f"in all: {len(new)} files written, 0 left"
    assert done.stderr.splitlines() == [*(f"wrote {path}" for path in new), total]
    assert sorted(everything(copy).keys() - before.keys()) == new
    assert {path: data for path, data in everything(copy).items() if path in before} == before
    assert statuses(report)["es"] == {"1": "current", "2": "stale", "3": "draft", "4": "current"}
    assert statuses(report)["fr"] == {"1": "current", "2": "draft", "3": "draft", "4": "draft"}
    assert [rule for rule, _, _ in rules(report) if rule == "missing"] == []


@pytest.mark.parametrize("body", ["copy", "outline", "empty"])
def test_a_new_file_is_a_draft_whatever_its_body_starts_as(body: str, copy: Path) -> None:
    run("scaffold", "3", "--language", "es", "--body", body, at=copy)

    text = (copy / talk(3, "es")).read_text("utf-8")
    assert ("We begin with a walk" in text) is (body == "copy")
    assert statuses(run("check", "-f", "json", at=copy).stdout)["es"]["3"] == "draft"


def test_a_file_without_text_is_a_draft_and_not_a_translation(copy: Path) -> None:
    fields = '---\ntitle: "Un jardín embotellado"\nlang: es\npermalink: /es/3/\ndate: 2024-05-04\n---\n'
    for content, left in (("", 37), (fields, 34)):
        (copy / talk(3, "es")).parent.mkdir(exist_ok=True)
        (copy / talk(3, "es")).write_text(content, "utf-8")

        done = runs(["check -f json", "check -n 3 -l es", "report -n 3 -l es -f csv"], at=copy)

        assert statuses(done["check -f json"].stdout)["es"]["3"] == "draft"
        assert "a draft: there is no text yet [untranslated]" in done["check -n 3 -l es"].stdout
        assert ",draft," in done["report -n 3 -l es -f csv"].stdout
        assert f",{left},37,0.0," in done["report -n 3 -l es -f csv"].stdout


def test_scaffolding_twice_changes_nothing(copy: Path) -> None:
    run("scaffold", "--missing", at=copy)
    before = everything(copy)

    done = run("scaffold", "1-4", "--all-languages", "--series", "talks", at=copy)

    assert done.stderr == "nothing to write: what was asked for already exists\n"
    assert (everything(copy), done.returncode) == (before, 0)


@pytest.mark.parametrize(
    "command",
    [
        ["scaffold", "--missing"],
        ["scaffold", "3", "-l", "fr", "--body", "empty"],
        ["stamp", "1-4", "-l", "es", "--yes"],
        ["dismiss", "2"],
    ],
)
def test_a_dry_run_writes_nothing_and_is_a_patch_that_does_the_same(command: list[str], copy: Path) -> None:
    before = everything(copy)
    dry = run(*command, "--dry-run", at=copy)
    assert (everything(copy), dry.returncode) == (before, 0)
    assert "wrote" not in dry.stderr

    wet = run(*command, at=copy)
    after = everything(copy)
    subprocess.run(["git", "apply", "-R"], input=dry.stdout, cwd=copy, check=True, env=environment(), encoding="utf-8")

    assert wet.stdout == ""
    assert after != before
    assert everything(copy) == before


def test_a_stamp_says_that_a_translation_was_reviewed_until_its_source_changes(copy: Path) -> None:
    stale = (copy / talk(2, "es")).read_text("utf-8")

    done = run("stamp", "2", "--language", "es", "--yes", at=copy)
    after = run("check", "-f", "json", "-n", "2", "-s", "talks", at=copy).stdout
    again = run("stamp", "2", "--language", "es", at=copy)
    english = copy / talk(2, "en")
    english.write_text(english.read_text("utf-8").replace("walk", "long walk"), "utf-8")
    edited = run("check", "-f", "json", "-n", "2", "-s", "talks", at=copy).stdout

    assert done.stderr == f"wrote {talk(2, 'es')}\n"
    stamped = (copy / talk(2, "es")).read_text("utf-8")
    assert re.sub(r"^source_(digest|blob): [0-9a-f]+\n", "", stamped, flags=re.MULTILINE) == stale
    translation = json.loads(after)["episodes"][0]["translations"]["es"]
    assert (translation["status"], translation["basis"]) == ("current", "stamp")
    assert again.stderr == "nothing to write: what was asked for is already stamped, or does not exist\n"
    assert statuses(edited)["es"]["2"] == "stale"


def test_all_that_is_current_can_be_stamped_at_once(copy: Path) -> None:
    done = run("stamp", "--all-current", at=copy)

    assert sorted(done.stderr.splitlines()) == [
        "in all: 4 files written, 0 left",
        "wrote briefs/1/es/brief.md",
        *(f"wrote {path}" for path in (talk(1, "es"), talk(1, "fr"), talk(4, "es"))),
    ]


# init


def test_init_writes_a_configuration_that_fits_the_site(copy: Path) -> None:
    (copy / "transtool.toml").unlink()

    dry = run("init", "--dry-run", at=copy)
    assert not (copy / "transtool.toml").exists()
    wet = run("init", at=copy)

    assert (copy / "transtool.toml").read_text("utf-8") == dry.stdout
    assert wet.stderr.endswith("wrote transtool.toml; read it, then run: transtool check\n")
    assert statuses(run("check", "-f", "json", at=copy).stdout)["es"] == {
        "1": "current",
        "2": "stale",
        "3": "missing",
        "4": "current",
    }
