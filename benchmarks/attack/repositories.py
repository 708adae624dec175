"""Give every command every hostile repository: each ends, runs nothing, writes nothing outside, and crashes nowhere."""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.attack.counted import Counted
from tests.hostile_repositories import HOSTILE, victim
from tests.runs import _ONE_AFTER_THE_OTHER, environment
from tests.test_hostile_repositories import PATIENCE, tree

_COMMANDS = (
    "check --format json",
    "check --since HEAD",
    "show 1",
    "diff 1",
    "todo --language es",
    "scaffold --missing --dry-run",
    "stamp 1 --dry-run",
    "report --history --format csv",
    "report --format html",
    "check --write-baseline",
    "report --format badge --output walks",
    "scaffold --missing",
)


def run(count: int, draw: random.Random) -> Counted:
    """Try `count` kinds of hostile repositories (0: all of them) with every command."""
    found = Counted()
    kinds = list(HOSTILE.items())
    for name, attack in draw.sample(kinds, count) if count else kinds:
        with tempfile.TemporaryDirectory() as folder:
            target = victim(Path(folder))
            attack(target)
            before = tree(target.outside)
            answers = _answers(target.root)
            safe = not target.marker.exists() and tree(target.outside) == before
            for command in _COMMANDS:
                _, said, code = answers.get(command, ("", "no answer", 99))
                held = safe and code in (0, 1, 2, 3) and "Traceback" not in said
                found.check(held, f"{name}: {command}: {code} {said[-200:]}")
    return found


def _answers(root: Path) -> dict[str, tuple[str, str, int]]:
    try:
        done = subprocess.run(
            [sys.executable, "-c", _ONE_AFTER_THE_OTHER, *_COMMANDS],
            cwd=root,
            env=environment(
                TRANSTOOL_GIT_PATIENCE=str(PATIENCE),
                XDG_CACHE_HOME=str(root.parent / "cache"),
                GIT_CEILING_DIRECTORIES=str(root.parent),
            ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=300,
        )
    except subprocess.TimeoutExpired:
        return {}
    found: dict[str, tuple[str, str, int]] = json.loads(done.stdout)
    return found
