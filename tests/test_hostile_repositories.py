"""Whatever a repository wants: a run ends, runs nothing of it, writes nothing outside and says what is odd."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile_repositories import HOSTILE, Victim, processes, victim
from tests.runs import _ONE_AFTER_THE_OTHER, environment

COMMANDS = (
    "check --format json",
    "report --history --format csv",
    "check --write-baseline",
    "report --format badge --output walks",
    "scaffold --missing",
)
PATIENCE = 1


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def attacked(victim: Victim) -> dict[str, tuple[str, str, int]]:
    """What every command says in the site, one after the other in one process."""
    done = subprocess.run(
        [sys.executable, "-c", _ONE_AFTER_THE_OTHER, *COMMANDS],
        cwd=victim.root,
        env=environment(
            TRANSTOOL_GIT_PATIENCE=str(PATIENCE),
            XDG_CACHE_HOME=str(victim.root.parent / "cache"),
            GIT_CEILING_DIRECTORIES=str(victim.root.parent),
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
        timeout=60,
    )
    answers: dict[str, tuple[str, str, int]] = json.loads(done.stdout)
    return answers


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_repository_gets_nothing(attack: object, tmp_path: Path) -> None:
    target = victim(tmp_path)
    attack(target)
    before = tree(target.outside)

    answers = attacked(target)

    assert {command: code for command, (_, _, code) in answers.items() if code not in (0, 1, 2, 3)} == {}
    assert [said for _, said, _ in answers.values() if "Traceback" in said or "bug of transtool" in said] == []
    assert {"1", "2"} <= {episode["key"] for episode in json.loads(answers[COMMANDS[0]][0])["episodes"]}
    assert all("Nobody may read" not in printed for printed, _, _ in answers.values())
    assert not target.marker.exists()
    assert tree(target.outside) == before
    assert processes(tmp_path) == []
