"""Measure `update`, on stories (no arguments) and on a site with pins (`SITE --config FILE`)."""

import argparse
import tempfile
from pathlib import Path

from benchmarks.pins import adapter
from benchmarks.pins.halves import half
from benchmarks.update import pins, stories
from transtool.site.judge import past_of


def main() -> None:
    """Measure, and print a table and what is to be read."""
    options = _options()
    if options.site is None:
        told = stories.Tally()
        with tempfile.TemporaryDirectory() as folder:
            for seed in range(options.seed, options.seed + options.sites):
                stories.replay(Path(folder) / str(seed), seed, 1, told)
        print(stories.table(told))
        return
    tally = pins.Tally()
    with (
        tempfile.TemporaryDirectory() as folder,
        adapter.checked_out(options.site, options.rev, options.config, Path(folder)) as site,
        past_of(site) as past,
    ):
        found = [page for page in adapter.pages(site) if options.half in (None, half(page.episode.key))]
        for number, case in enumerate(pins.cases(found, adapter.Histories(site, past), site.config, past)):
            if number == options.most:
                break
            tally.add(case)
    print(pins.table(tally))
    if options.read:
        for case, text in tally.contradicted[: options.read]:
            print(f"\n{case.page.path} {case.commit}: update writes\n  {text}")
        for missed, line in tally.missed[: options.read]:
            print(f"\n{missed.page.path} {missed.commit}: update does not {'remove' if line.removed else 'write'}")
            print(f"  {line.text}\n  before: {list(line.before)}")
            print(f"  left: {[(each.why, each.line, each.source_line) for each in missed.updated.left][:6]}")
        for unstable in tally.unstable[: options.read]:
            print(f"\n{unstable.page.path} {unstable.commit}: a second run changes it")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.update", description=__doc__)
    parser.add_argument("site", type=Path, nargs="?", help="a clone with the whole history; it is not touched")
    parser.add_argument("--config", type=Path, help="the site's transtool.toml, with a [pin]")
    parser.add_argument("--rev", default="HEAD", help="the revision to look at")
    parser.add_argument("--half", choices=("A", "B"), help="only the pages to develop on (A), or to report on (B)")
    parser.add_argument("--most", type=int, default=-1, help="stop after so many updates")
    parser.add_argument("--seed", type=int, default=1, help="the seed of the first site of stories")
    parser.add_argument("--sites", type=int, default=3, help="how many sites of stories")
    parser.add_argument("--read", type=int, default=0, metavar="N", help="print N disagreements of each sort")
    return parser.parse_args()


if __name__ == "__main__":
    main()
