"""What a command loads before it does anything: whoever asks for help should not wait for what reads a site."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runs import COMMAND

HEAVY = {"babel", "frontmatter", "msgspec", "tomllib", "yaml"}
_READING = ("assess.report", "config", "document", "history", "link", "site.open", "site.scan", "site.git")
READERS = {f"transtool.{name}" for name in _READING}


def loaded_by(*arguments: str) -> set[str]:
    """The modules that are there when the command line has ended."""
    command = [sys.executable, "-X", "importtime", "-m", "transtool", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("check", "--help")])
def test_help_and_version_load_nothing_that_reads_a_site(arguments: tuple[str, ...]) -> None:
    assert loaded_by(*arguments) & (HEAVY | READERS) == set()


def test_help_is_drawn_without_what_draws_tables() -> None:
    assert loaded_by("--help") & {"markdown_it", "pygments", "rich.console", "typer.rich_utils"} == set()


def test_the_version_is_said_without_what_takes_options_and_has_sentences() -> None:
    assert loaded_by("--version") & {"dataclasses", "transtool.i18n", "typer"} == set()


def test_a_version_that_cannot_be_printed_is_an_error_like_any_other() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, "--version"], stdout=full, stderr=subprocess.PIPE, text=True)

    assert (done.returncode, done.stderr) == (
        3,
        f"transtool: the output cannot be written: {os.strerror(errno.ENOSPC)}\n",
    )


def test_the_package_itself_loads_none_of_its_modules() -> None:
    program = "import sys, transtool; print(*(name for name in sys.modules if name.startswith('transtool')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["transtool"]


@pytest.mark.parametrize("name", ["atom", "issue", "html", "markdown", "fleet.page", "json_report"])
def test_a_format_for_no_terminal_loads_nothing_that_draws_on_one(name: str) -> None:
    program = f"import sys, transtool.render.{name}; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
