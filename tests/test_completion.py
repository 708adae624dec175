"""What shells offer for what is being typed: by the protocol of each, and typed at the prompt of each."""

import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.runs import environment
from tests.sites import Site
from transtool.i18n.catalogues import available
from transtool.rules import RULES

CONFIG = """
source = "en"
languages = ["es", "pt-BR"]
[series.talks]
path = "{lang}/talks/{number}.md"
[series.briefs]
path = "{lang}/briefs/{key}.md"
[fields.local]
lang = "{lang}"
"""
HOSTILE = 'A "title" with `touch pwned` $(touch pwned) \\$(touch pwned) [/red] \'; touch pwned; ( & | \x1b[31m end'
PAGES = {
    "en/talks/157.md": "---\ntitle: The first talk\nguest: Ada\n---\nText.\n",
    "en/talks/158.md": f"---\ntitle: {json.dumps(HOSTILE)}\n---\nText.\n",
    "es/talks/157.md": "---\ntitle: La primera charla\n---\nTexto.\n",
    "en/briefs/plain-key.md": "---\ntitle: A brief\n---\nText.\n",
    "en/briefs/$(touch pwned).md": "---\ntitle: A trap\n---\nText.\n",
}
SHELLS = ("bash", "zsh", "fish")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that transtool has looked at once, so that its titles are remembered."""
    root = tmp_path_factory.mktemp("completion") / "site"
    Site(root, CONFIG, PAGES)
    subprocess.run([sys.executable, "-m", "transtool", "todo"], cwd=root, env=env(root.parent), check=True, stdout=-3)
    return root


def env(home: Path, **changes: str | None) -> dict[str, str]:
    return environment(**{"XDG_CACHE_HOME": str(home / "cache"), "HOME": str(home)} | changes)


def asked(shell: str, line: str, site: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Answer what `shell` asks when the tabulator key is pressed at the end of `line`."""
    words = line.split(" ")
    protocol = {
        "_TRANSTOOL_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    variables = env(site.parent, **protocol, **changes)
    command = [sys.executable, "-m", "transtool"]
    return subprocess.run(command, cwd=site, env=variables, capture_output=True, encoding="utf-8")


def offered(line: str, site: Path, **changes: str | None) -> dict[str, str]:
    """The values and what is said of them, as fish gets them."""
    said = asked("fish", line, site, **changes)
    assert said.stderr == ""
    return {value: text for value, _, text in (each.partition("\t") for each in said.stdout.splitlines())}


OFFERS = {
    "transtool show ": {"157", "158", "plain-key"},
    "transtool diff 157 ": {"157", "158", "plain-key"},
    "transtool show --series talks ": {"157", "158"},
    "transtool check --number 157,": {"157,157", "157,158", "157,plain-key"},
    "transtool check --language ": {"en", "es", "pt-BR"},
    "transtool check -l es,p": {"es,pt-BR"},
    "transtool sync --from e": {"en", "es"},
    "transtool sync --field ": {"guest", "lang", "title"},
    "transtool todo --series ": {"talks", "briefs"},
    "transtool check --rule ": set(RULES),
    "transtool check --fail-on stal": {"stale"},
    "transtool check --format j": {"json", "junit", "jekyll"},
    "transtool report --history --format ": {"table", "html", "csv", "svg", "json"},
    "transtool diff --format ": {"text", "json", "markdown", "html"},
    "transtool todo --sort v": {"value"},
    "transtool config --schema ": {"config", "report", "fleet"},
    "transtool fleet --format p": {"parquet"},
    "transtool --ui-language ": set(available()),
    "transtool sca": {"scaffold"},
}


@pytest.mark.parametrize("line", OFFERS)
def test_the_values_of_an_option_are_those_of_the_site_and_of_transtool(line: str, site: Path) -> None:
    assert set(offered(line, site)) == OFFERS[line]


def test_a_site_that_is_named_on_the_command_line_is_the_one_that_is_asked(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    line = f"transtool show --site {site} 15"
    variables = {"_TYPER_COMPLETE_ARGS": line, "_TRANSTOOL_COMPLETE": "complete_fish"}
    command = [sys.executable, "-m", "transtool"]
    fish = env(tmp_path, _TYPER_COMPLETE_FISH_ACTION="get-args", **variables)
    done = subprocess.run(command, cwd=elsewhere, env=fish, capture_output=True, encoding="utf-8")

    assert [each.partition("\t")[0] for each in done.stdout.splitlines()] == ["157", "158"]


def test_titles_and_names_tell_what_is_offered(site: Path) -> None:
    assert offered("transtool show ", site)["157"] == "The first talk"
    assert offered("transtool check --language ", site)["pt-BR"] == "Portuguese Brazil"
    assert offered("transtool check --rule ", site, LANGUAGE="de")["stale"] != RULES["stale"].summary


def test_numbers_are_offered_before_anything_is_remembered(site: Path, tmp_path: Path) -> None:
    empty = tmp_path / "cache"

    assert offered("transtool show 15", site, XDG_CACHE_HOME=str(empty)) == {"157": "", "158": ""}
    assert not empty.exists()


def test_a_key_that_a_shell_would_take_for_more_than_a_word_is_not_offered(site: Path) -> None:
    assert not any("touch" in value for value in offered("transtool show ", site))


@pytest.mark.parametrize("shell", SHELLS)
def test_of_a_hostile_title_nothing_is_left_that_a_shell_could_evaluate(shell: str, site: Path) -> None:
    said = asked(shell, "transtool show 158", site)

    assert "158" in said.stdout
    assert "touch pwned" in said.stdout or shell == "bash"
    frame = said.stdout.replace('_arguments \'*: :(("158":"', "").replace("\"))'", "")
    assert set(frame) & set("`$\\'\"();&|<>\x1b[]{}*?!#~") == set()


BROKEN = {
    "no configuration": None,
    "a broken one": "source = \n",
    "a wrong one": "source = 5\n",
    "no series": 'source = "en"\n',
}


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("configuration", BROKEN.values(), ids=list(BROKEN))
def test_a_prompt_hears_nothing_of_what_is_wrong(shell: str, configuration: str | None, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    if configuration is not None:
        (site / "transtool.toml").write_text(configuration, encoding="utf-8")

    for line in ("transtool show ", "transtool check --language ", "transtool show --site /nowhere "):
        said = asked(shell, line, site)
        assert (said.stdout.strip() in ("", "_files"), said.stderr) == (True, ""), line
    assert asked(shell, "transtool nonsense --language ", site).stderr == ""


@pytest.mark.parametrize("variables", [{"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}], ids=str)
def test_a_title_is_offered_whatever_the_locale(variables: dict[str, str], tmp_path: Path) -> None:
    Site(tmp_path / "site", CONFIG, {"en/talks/157.md": "---\ntitle: 最初の話\n---\nText.\n"})
    subprocess.run([sys.executable, "-m", "transtool", "todo"], cwd=tmp_path / "site", env=env(tmp_path), stdout=-3)

    assert offered("transtool show ", tmp_path / "site", **variables) == {"157": "最初の話"}


# At the prompt of a real shell: the command stands on the PATH, and writes down what it was called with.


INIT = {
    "bash": ["--norc", "--noprofile", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "--interactive"],
}
SETUP = {
    "bash": "source {script}",
    "zsh": "autoload -Uz compinit && compinit -u -D && source {script}",
    "fish": "source {script}",
}


def typed(shell: str, line: str, shown: str, site: Path, tmp_path: Path) -> str:
    """Type `line` and the tabulator key at the prompt; when `shown` appears, return what the command is called with."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    bin_, script, called, ready = (tmp_path / name for name in ("bin", f"complete.{shell}", "called", "ready"))
    bin_.mkdir()
    command = bin_ / "transtool"
    command.write_text(COMMAND.format(called=called, python=sys.executable), encoding="utf-8")
    command.chmod(0o755)
    prompt = {"TERM": "vt100", "PATH": f"{bin_}:{os.environ['PATH']}", "XDG_CONFIG_HOME": str(tmp_path / "config")}
    variables = env(site.parent, **prompt)
    source = subprocess.run([command], env=variables | {"_TRANSTOOL_COMPLETE": f"source_{shell}"}, capture_output=True)
    script.write_bytes(source.stdout)
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(site)
        os.execvpe(shell, [shell, *INIT[shell]], variables)
    try:
        say(terminal, f"{SETUP[shell].format(script=script)}; touch {ready}\r", lambda _: ready.exists())
        say(terminal, f"{line}\t", lambda seen: shown in seen)
        say(terminal, "\r", lambda _: called.exists() and called.stat().st_size > 0)  # it is made before it is written
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
    return called.read_text(encoding="utf-8").strip() if called.exists() else ""


COMMAND = """#!/bin/sh
[ -n "$_TRANSTOOL_COMPLETE" ] || exec printf "%s" "$*" >{called}
exec {python} -m transtool "$@"
"""


def say(terminal: int, text: str, is_done: Callable[[str], bool]) -> None:
    """Type `text`, and read what is shown until that is enough, or for half a minute."""
    os.write(terminal, text.encode())
    end, seen = time.monotonic() + 30, ""
    while time.monotonic() < end and not is_done(seen):
        if select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 1 << 16).decode("utf-8", "replace")


@pytest.mark.slow
@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("show plai", "n-key"),
        ("check --language p", "t-BR"),
        ("check --language es,p", "t-BR"),
        ("todo --series bri", "efs"),
    ],
)
def test_the_tabulator_key_completes_a_value(shell: str, line: str, rest: str, site: Path, tmp_path: Path) -> None:
    assert typed(shell, f"transtool {line}", rest, site, tmp_path) == line + rest


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_list_tells_numbers_by_titles_and_evaluates_none(shell: str, site: Path, tmp_path: Path) -> None:
    typed(shell, "transtool show 15", "touch pwned", site, tmp_path)

    assert [*tmp_path.rglob("pwned"), *site.rglob("pwned")] == []
