"""Measure how well staleness is told: `python -m benchmarks.staleness [--pages N] [--seed S] [--family NAME]`."""

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.staleness.families import FAMILIES
from benchmarks.staleness.score import Case, ask, build, rows, table


def main() -> None:
    """Build sites, ask transtool about them, and print the table."""
    options = _options()
    cases: list[Case] = []
    with tempfile.TemporaryDirectory() as folder:
        root = options.keep or Path(folder)
        for seed in range(options.seed, options.seed + options.sites):
            site = root / f"site-{seed}"
            built = build(site, seed, options.pages, options.family or tuple(FAMILIES))
            began = time.perf_counter()
            cases += ask(site, built)
            print(f"site {seed}: {len(built)} translations, judged in {time.perf_counter() - began:.1f} s")
    print(table(rows(cases)))
    if options.wrong:
        for case in cases:
            if case.told != case.truth:
                told = case.told or {}
                lacking, false = (
                    sorted(case.truth - (case.told or case.truth.__class__())),
                    sorted(set(told) - set(case.truth)),
                )
                print(f"{case.family}: {case.key} {case.tag} {case.status}: missed {lacking}, false {false}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.staleness", description=__doc__)
    parser.add_argument("--pages", type=int, default=4, help="pages of each family on each site")
    parser.add_argument("--sites", type=int, default=4, help="how many sites to build")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first site")
    parser.add_argument("--family", action="append", help="only these families")
    parser.add_argument("--keep", type=Path, help="a new folder to leave the sites in")
    parser.add_argument("--wrong", action="store_true", help="list every translation that is not told right")
    return parser.parse_args()


if __name__ == "__main__":
    main()
