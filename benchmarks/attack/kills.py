"""Kill commands that write at random moments: every file is the old one or the new one, and a second run completes."""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.attack.counted import Counted
from tests.hostile_repositories import victim
from tests.runs import environment

_COMMANDS = (
    "scaffold --missing",
    "sync --all",
    "update --all",
    "dismiss 1",
    "stamp 1 --language es --yes",
    "check --write-baseline",
    "report --output report.html",
)
_LONGEST = 0.9
"""Seconds after which a command is killed at the latest; most of them take less than a second."""


def run(count: int, draw: random.Random) -> Counted:
    """Kill `count` commands, each on a fresh copy of a small site."""
    found = Counted()
    with tempfile.TemporaryDirectory() as folder:
        original = _site(Path(folder, "original"))
        whole = {
            command: _completed(original, command, Path(folder, f"whole-{at}")) for at, command in enumerate(_COMMANDS)
        }
        for number in range(count):
            command = draw.choice(_COMMANDS)
            site = Path(folder, str(number))
            shutil.copytree(original, site)
            _killed(site, command, draw.uniform(0, _LONGEST))
            held = _is_whole(site, _contents(original), whole[command])
            done = _run(site, command)
            held = held and done.returncode in (0, 1) and b"Traceback" not in done.stderr
            held = held and _is_whole(site, {}, whole[command]) and _contents(site).keys() == whole[command].keys()
            found.check(held, f"{command}: {done.stderr!r}")
            shutil.rmtree(site)
    return found


def _site(folder: Path) -> Path:
    """Make a site in which every command has something to write."""
    folder.mkdir()
    repository, page = victim(folder).repository, "walks/1/en/page.md"
    text = (repository.root / page).read_text(encoding="utf-8")
    repository.commit({page: text.replace("---\n", "---\ntags: [coast]\n", 1)})
    return repository.root


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


def _is_whole(site: Path, old: Mapping[str, bytes], whole: Mapping[str, bytes]) -> bool:
    """Say whether every file is the old one or the new one; a report tells the time of its making."""
    for path, data in _contents(site).items():
        if path.endswith(".html"):
            if not data.rstrip().endswith(b"</html>"):
                return False
        elif data not in (old.get(path), whole.get(path)):
            return False
    return True
