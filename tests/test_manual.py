"""The manual page says what the commands say, in a form that every formatter takes."""

import shutil
import subprocess
import sys

import pytest

from tests.runs import ROOT, environment

PAGE = ROOT / "docs" / "transtool.1"


def test_the_manual_page_is_that_of_the_commands_as_they_are() -> None:
    command = [sys.executable, "docs/manual.py"]
    made = subprocess.run(command, cwd=ROOT, env=environment(LANGUAGE="de"), capture_output=True, check=True).stdout

    assert PAGE.read_bytes() == made, "`make manual` writes it anew"


@pytest.mark.parametrize(
    "command", [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-ww", "-mdoc", "-z"]], ids=lambda each: each[0]
)
def test_formatters_find_nothing_wrong_with_the_manual_page(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    done = subprocess.run([*command, PAGE], capture_output=True, text=True)

    assert (done.stdout + done.stderr, done.returncode) == ("", 0)
