"""Damage the memory of earlier runs: it costs time and never an answer."""

import os
import random
import tempfile
from pathlib import Path

from benchmarks.attack.counted import Counted
from tests.repositories import Repository
from tests.test_cache import CHANGED, FILES, reported, sealed


def run(count: int, draw: random.Random) -> Counted:
    """Judge a small site `count` times, each time with another damage of its memory."""
    found = Counted()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder, "cache"))
        made = Repository(Path(folder) / "site")
        made.commit(FILES)
        made.commit({"talks/1/en/talk.md": CHANGED})
        good = reported(made.root)
        wholes = {place: place.read_bytes() for place in sorted(Path(folder, "cache").rglob("*.msgpack"))}
        for number in range(count):
            place, whole = draw.choice([*wholes.items()])
            damage, is_forged = _damaged(whole, draw)
            place.write_bytes(damage)
            if place.suffixes[0] not in (".seen", ".report"):  # which make up for all others
                for each in place.parent.glob("*.seen.msgpack"):
                    each.unlink()
            try:
                held = reported(made.root) == good or is_forged
            except Exception as error:  # a crash is a failure
                held, damage = False, repr(error).encode()
            found.check(held, f"{number}: {damage[:80]!r}")
    return found


def _damaged(whole: bytes, draw: random.Random) -> tuple[bytes, bool]:
    """Return the memory with bytes flipped, cut, doubled or made up, and whether it was forged with a digest.

    Who can forge a memory can write to the cache of the user: that it crashes nothing is all that is promised then.
    """
    data = bytearray(whole)
    match draw.randint(0, 4):
        case 0:
            for _ in range(draw.randint(1, 8)):
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        case 1:
            del data[draw.randrange(len(data)) :]
        case 2:
            at = draw.randrange(len(data))
            data[at:at] = data[draw.randrange(len(data)) :][:200]
        case 3:
            data = bytearray(draw.randbytes(draw.randint(0, 2_000)))
        case _:
            at = draw.randrange(32, len(data))
            return sealed(bytes(data[32:at]) + draw.randbytes(draw.randint(0, 40)) + bytes(data[at + 1 :])), True
    return bytes(data), False
