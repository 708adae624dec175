"""Kill commands that write at random moments: every file is the old one or the new one, and a second run completes."""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.attack.counted import Counted
from tests.hostile_repositories import victim
from tests.runs import environment

_COMMANDS = (
    "scaffold --missing",
    "sync --all",
    "stamp 1 --language es",
    "check --write-baseline",
    "report --output report.html",
)
_LONGEST = 0.9
"""Seconds after which a command is killed at the latest; most of them take less than a second."""


def run(count: int, draw: random.Random) -> Counted:
    """Kill `count` commands, each on a fresh copy of a small site."""
    found = Counted()
    with tempfile.TemporaryDirectory() as folder:
        original = victim(Path(folder, "original")).root if Path(folder, "original").mkdir() is None else Path()
        whole = {
            command: _completed(original, command, Path(folder, f"whole-{at}")) for at, command in enumerate(_COMMANDS)
        }
        for number in range(count):
            command = draw.choice(_COMMANDS)
            site = Path(folder, str(number))
            shutil.copytree(original, site)
            _killed(site, command, draw.uniform(0, _LONGEST))
            held = _is_whole(site, original, whole[command])
            done = _run(site, command)
            held = held and done.returncode in (0, 1) and b"Traceback" not in done.stderr
            found.check(held and _contents(site).keys() >= whole[command].keys(), f"{command}: {done.stderr!r}")
            shutil.rmtree(site)
    return found


def _completed(original: Path, command: str, site: Path) -> dict[str, bytes]:
    shutil.copytree(original, site)
    _run(site, command)
    return _contents(site)


def _run(site: Path, command: str) -> "subprocess.CompletedProcess[bytes]":
    line = [sys.executable, "-m", "transtool", *command.split()]
    return subprocess.run(line, cwd=site, env=_environment(site), stdin=subprocess.DEVNULL, capture_output=True)


def _killed(site: Path, command: str, after: float) -> None:
    line = [sys.executable, "-m", "transtool", *command.split()]
    with subprocess.Popen(
        line, cwd=site, env=_environment(site), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(after)
        process.kill()


def _environment(site: Path) -> dict[str, str]:
    return environment(TRANSTOOL_NO_CACHE="1", GIT_CEILING_DIRECTORIES=str(site.parent))


def _contents(site: Path) -> dict[str, bytes]:
    """Return the files of a site but git's own and leftovers, which the next run sweeps."""
    return {
        str(path.relative_to(site)): path.read_bytes()
        for path in site.rglob("*")
        if path.is_file() and ".git/" not in f"{path.relative_to(site)}" and not path.name.endswith(".tmp")
    }


def _is_whole(site: Path, original: Path, whole: dict[str, bytes]) -> bool:
    """Say whether every file is the old one or the new one; a report tells the time of its making."""
    old = _contents(original)
    for path, data in _contents(site).items():
        if path.endswith(".html"):
            if not data.rstrip().endswith(b"</html>"):
                return False
        elif data not in (old.get(path), whole.get(path)):
            return False
    return True
