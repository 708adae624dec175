"""Run the command line as people do: as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

# Nothing of whoever runs the tests: no colours, English, no repository above the temporary folder.
_DROPPED = ("GIT_", "LC_", "PYTHONIOENCODING", "COLUMNS", "FORCE_COLOR", "TRANSTOOL_", "GITHUB_")
_ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "en",
    "NO_COLOR": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
COMMAND = (sys.executable, "-m", "transtool")


def environment(**changes: str | None) -> dict[str, str]:
    """The environment of a run with `changes`; None takes a variable away."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_DROPPED)}
    wanted: Mapping[str, str | None] = {**kept, **_ENVIRONMENT, **changes}
    return {name: value for name, value in wanted.items() if value is not None}


def run(*arguments: str, at: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run `transtool ARGUMENTS` in the folder `at`, without a terminal and without stdin."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=at,
        env=environment(GIT_CEILING_DIRECTORIES=str(at.parent), **changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def on_a_terminal(*arguments: str, at: Path, **changes: str | None) -> str:
    """What a run prints when stdout is a terminal, which this needs a POSIX system for."""
    import pty

    terminal, its_end = pty.openpty()
    done = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=at,
        env=environment(**{"NO_COLOR": None, "TERM": "xterm", **changes}),
        stdin=subprocess.DEVNULL,
        stdout=its_end,
        stderr=subprocess.DEVNULL,
    )
    os.close(its_end)
    printed = b""
    try:
        while part := os.read(terminal, 65_536):
            printed += part
    except OSError:  # the other end is closed: that is how a terminal says so
        pass
    os.close(terminal)
    done.wait()
    return printed.decode()


@dataclass(frozen=True)
class Run:
    """What a run printed, and its exit code."""

    stdout: str
    stderr: str
    returncode: int


def runs(commands: Iterable[str], *, at: Path, **changes: str | None) -> dict[str, Run]:
    """Run several command lines one after the other in one process, which is quicker; each sees a fresh stdout."""
    done = subprocess.run(
        [sys.executable, "-c", _ONE_AFTER_THE_OTHER, *commands],
        cwd=at,
        env=environment(GIT_CEILING_DIRECTORIES=str(at.parent), **changes),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return {command: Run(*answer) for command, answer in json.loads(done.stdout).items()}


_ONE_AFTER_THE_OTHER = """
import io, json, shlex, sys

from transtool.cli import run

def caught(command):
    sys.argv = ["transtool", *shlex.split(command)]
    sys.stdout, sys.stderr = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
    code = run()
    sys.stdout.flush(), sys.stderr.flush()
    return *(stream.buffer.getvalue().decode() for stream in (sys.stdout, sys.stderr)), code

real = sys.stdout
answers = {command: caught(command) for command in sys.argv[1:]}
sys.stdout = real
print(json.dumps(answers))
"""
