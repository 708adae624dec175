"""The hooks and the action that other repositories use: what they run exists, and does what docs/ci.md says."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

from tests.repositories import Repository
from tests.runs import ROOT, environment
from transtool.cli.app import app

COMMANDS = get_command(app).commands
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step["run"] for step in ACTION["runs"]["steps"] if "run" in step}
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
PAGE_ABOUT_IT = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", PAGE_ABOUT_IT, re.MULTILINE | re.DOTALL)

CONFIGURATION = 'source = "en"\nlanguages = ["es"]\n[series.notes]\npath = "{number}/{lang}.md"\n'
PAGE = "---\ntitle: {}\n---\n{}\n"

GH = """\
#!/usr/bin/env bash
# Stands in for GitHub: says what it was asked, knows the comment that $KNOWN names, and refuses where $REFUSES is set.
printf '%s\\n' "$*" >>"$ASKED"
[[ -z ${REFUSES:-} ]] || exit 1
case $* in *--paginate*) printf '%s' "${KNOWN:-}" ;; *) cat "${@: -1:1}" >/dev/null 2>&1 || true ;; esac
"""


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "site")
    repository.commit({"transtool.toml": CONFIGURATION, "1/en.md": PAGE.format("Bus", "The bus leaves at ten.")})
    repository.commit({"1/es.md": PAGE.format("Autobús", "El autobús sale a las diez.")})
    return repository


def program(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    place.chmod(0o755)


def step(name: str, site: Repository, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action."""
    return run_script(STEPS[name], site, **variables)


def run_script(script: str, site: Repository, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step as a runner does: bash that stops at the first error."""
    temp = site.root.parent / "runner"
    program(temp / "transtool/bin/transtool", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m transtool "$@"\n')
    program(temp / "bin/gh", GH)
    given = {
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "step.md"),
        "ASKED": str(temp / "asked"),
        "PATH": os.pathsep.join((str(temp / "bin"), str(temp / "transtool/bin"), os.environ["PATH"])),
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=site.root,
        env=environment(**given, **variables),
        capture_output=True,
        text=True,
    )


def kept(site: Repository, name: str) -> str:
    place = site.root.parent / "runner" / name
    return place.read_text(encoding="utf-8") if place.exists() else ""


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs_a_command_that_exists(hook: dict[str, object]) -> None:
    program_, command, *options = str(hook["entry"]).split()

    assert (program_, hook["language"]) == ("transtool", "python")
    assert set(options) <= {name for param in COMMANDS[command].params for name in param.opts}


def test_the_page_shows_the_hooks_inputs_and_versions_that_there_are() -> None:
    (hooks, *_rest) = map(yaml.safe_load, EXAMPLES)

    assert {each["id"] for each in hooks["repos"][0]["hooks"]} == {each["id"] for each in HOOKS}
    assert re.findall(r"^\| `([\w-]+)` \|", PAGE_ABOUT_IT, re.MULTILINE) == list(ACTION["inputs"])
    assert set(ACTION["outputs"]) <= set(re.findall(r"`(\w+)`", PAGE_ABOUT_IT))


def test_every_action_that_ours_uses_is_pinned_by_its_commit_with_the_release_beside_it() -> None:
    lines = re.findall(r"uses: (.+)", (ROOT / "action.yml").read_text(encoding="utf-8"))

    assert lines
    assert [line for line in lines if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line)] == []


def test_the_container_file_copies_what_there_is_and_what_its_builder_is_given() -> None:
    text = (ROOT / "Containerfile").read_text("utf-8")
    copied = {
        place for sources in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for place in sources.split()
    }
    given = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}

    assert copied == given
    assert [place for place in copied if not (ROOT / place).exists()] == []
    assert re.search(r"^USER [1-9]\d*$", text, re.MULTILINE)
    assert 'ENTRYPOINT ["transtool"]' in text


def test_no_script_of_the_action_has_expressions_put_into_it() -> None:
    assert [name for name, script in STEPS.items() if "${{" in script] == []


def test_the_action_judges_what_a_pull_request_edits_and_passes_the_exit_code_on(site: Repository) -> None:
    base = site.git("rev-parse", "HEAD")
    site.commit({"1/en.md": PAGE.format("Bus", "The bus leaves at noon, from the old harbour.")})

    done = step("Check", site, SITE=".", SINCE=base, ARGUMENTS="--fail-on stale")

    assert done.returncode == 0, done.stderr
    assert "::warning file=1/es.md" in done.stdout
    assert "code=1\n" in kept(site, "output")
    assert "### Translations" in kept(site, "transtool.md")
    assert kept(site, "step.md") == kept(site, "transtool.md")
    assert step("Pass or fail", site, CODE="1").returncode == 1


def test_the_action_checks_the_whole_site_where_there_is_nothing_to_compare_with(site: Repository) -> None:
    done = step("Check", site, SITE=".", SINCE="", ARGUMENTS="")

    assert done.returncode == 0, done.stderr
    assert "code=0\n" in kept(site, "output")


@pytest.mark.parametrize(
    ("variables", "asked"),
    [
        ({}, "--method POST repos/o/r/issues/7/comments"),
        ({"KNOWN": "41\n42"}, "--method PATCH repos/o/r/issues/comments/41"),
    ],
    ids=["new", "known"],
)
def test_the_action_writes_one_comment_and_rewrites_it(site: Repository, variables: dict[str, str], asked: str) -> None:
    summary = site.root / "summary.md"
    summary.write_text("### Translations\n", encoding="utf-8")

    done = step("Comment", site, NUMBER="7", REPOSITORY="o/r", SUMMARY=str(summary), **variables)

    assert done.returncode == 0, done.stderr
    assert asked in kept(site, "asked").splitlines()[-1]
    assert kept(site, "transtool-comment.md") == "<!-- transtool -->\n### Translations\n"


def test_a_token_that_may_not_write_fails_nothing(site: Repository) -> None:
    done = step("Comment", site, NUMBER="7", REPOSITORY="o/r", SUMMARY=os.devnull, REFUSES="1")

    assert done.returncode == 0
    assert "::notice title=transtool::No comment was written" in done.stdout


SCHEDULED = next(each for each in map(yaml.safe_load, EXAMPLES) if "translation-issues" in each.get("jobs", {}))


def test_the_scheduled_workflow_may_write_issues_and_nothing_else() -> None:
    assert SCHEDULED["permissions"] == {}
    assert SCHEDULED["jobs"]["translation-issues"]["permissions"] == {"contents": "read", "issues": "write"}


def test_the_scheduled_workflow_opens_an_issue_for_each_language_and_fails_where_transtool_does(
    site: Repository,
) -> None:
    site.commit({"1/en.md": PAGE.format("Bus", "The bus leaves at noon, from the old harbour.")})
    *_, script = (step["run"] for step in SCHEDULED["jobs"]["translation-issues"]["steps"] if "run" in step)
    done = run_script(script, site)

    assert done.returncode == 0, done.stderr
    assert (
        kept(site, "asked").splitlines()[-1].startswith("issue create --label transtool --title Traducciones: Español")
    )
    assert kept(site, "issues/es.md").startswith("<!-- transtool: es -->\n")
    (site.root / "transtool.toml").unlink()
    assert run_script(script, site).returncode == 2
