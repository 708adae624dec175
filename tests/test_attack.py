"""The long attacks of `benchmarks.attack`, a few of each."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.attack.counted import Counted
from benchmarks.attack.front_matter import run as edit_front_matter

ROOT = Path(__file__).parent.parent
WRITERS = ("pairs", "editors", "full-disks")


def test_what_failed_is_counted_and_told() -> None:
    found = Counted()
    found.check(True, "held")
    found.check(False, "broke")

    assert (found.tried, found.failed) == (2, ["broke"])


@pytest.mark.parametrize("seed", range(5))
def test_generated_front_matter_is_edited_or_refused(seed: int) -> None:
    found = edit_front_matter(200, random.Random(seed))

    assert found.failed == []
    assert found.tried == 200
    assert found.refused < found.tried


def test_every_kind_of_attack_can_be_run() -> None:
    line = [sys.executable, "-m", "benchmarks.attack", "strings", "caches", "races", "kills", *WRITERS, "--count", "2"]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert [row.split()[0] for row in done.stdout.splitlines()[1:]] == ["strings", "caches", "races", "kills", *WRITERS]
