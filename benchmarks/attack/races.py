"""Swap a folder of the site for a link that leads out while commands write into it: nothing outside changes."""

import random
import tempfile
from pathlib import Path

from benchmarks.attack.counted import Counted
from benchmarks.attack.kills import _run
from tests.hostile_repositories import victim
from tests.test_door import swapped

_COMMANDS = ("scaffold --missing", "stamp 1 --language es --yes", "report --format badge --output walks/1/es")


def run(count: int, draw: random.Random) -> Counted:
    """Run `count` commands while another process swaps the folder that they write into."""
    found = Counted()
    for _ in range(count):
        with tempfile.TemporaryDirectory() as folder:
            target = victim(Path(folder))
            command = draw.choice(_COMMANDS)
            before = _tree(target.outside)
            with swapped(target.root / "walks" / "1" / "es", target.outside):
                done = _run(target.root, command)
            held = _tree(target.outside) == before and b"Traceback" not in done.stderr
            found.check(held, f"{command}: {done.stderr!r}")
    return found


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
