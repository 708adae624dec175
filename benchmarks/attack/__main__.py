"""Run attacks and count them: `python -m benchmarks.attack [KIND ...] [--count N] [--seed S]`.

The data and the checks are those of the tests; here there are more of each, drawn at random with a seed. An attack
fails where transtool does what `docs/security.md` promises that it never does.
"""

import argparse
import random
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from benchmarks.attack import caches, front_matter, kills, races, repositories, strings, writers
from benchmarks.attack.counted import Counted


class Kind(NamedTuple):
    """One kind of attack: what runs it, and how often unless it is told otherwise (0: all there is)."""

    run: Callable[[int, random.Random], Counted]
    count: int


KINDS: Mapping[str, Kind] = {
    "front-matter": Kind(front_matter.run, 20_000),
    "kills": Kind(kills.run, 1_000),
    "races": Kind(races.run, 100),
    "pairs": Kind(writers.run_pairs, 200),
    "editors": Kind(writers.run_editors, 100),
    "full-disks": Kind(writers.run_full, 100),
    "caches": Kind(caches.run, 500),
    "repositories": Kind(repositories.run, 0),
    "strings": Kind(strings.run, 0),
}


def main(arguments: list[str]) -> int:
    """Run the kinds of attack that are asked for; return 1 if any attack failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument("kinds", nargs="*", choices=[[], *KINDS], metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--count", type=int, help="how many attacks of each kind")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    failed = 0
    print(f"{'attack':14} {'tried':>8} {'refused':>8} {'failed':>8}", flush=True)
    for name in options.kinds or KINDS:
        kind = KINDS[name]
        count = kind.count if options.count is None else options.count
        found = kind.run(count, random.Random(options.seed))
        print(f"{name:14} {found.tried:8} {found.refused:8} {len(found.failed):8}", flush=True)
        for failure in found.failed[:20]:
            print(f"    {failure}")
        failed += len(found.failed)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
