"""Hold transtool against a site that pins its translations: `python -m benchmarks.pins SITE --config FILE`."""

import argparse
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.pins import adapter, reading, updates, verdicts
from benchmarks.pins.halves import half
from transtool.site.open import Site


def main() -> None:
    """Measure, and print tables or what is to be read."""
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        adapter.checked_out(options.site, options.rev, options.config, Path(folder)) as site,
    ):
        by_history = _wanted(site, adapter.reports(site, pins=False), options.half)
        if options.draw:
            print(reading.drawn_stale(by_history, options.draw, options.seed))
        elif site.config.pins:
            _against_pins(site, by_history, options)


def _against_pins(site: Site, by_history: Mapping[str, adapter.Told], options: argparse.Namespace) -> None:
    by_pin = adapter.reports(site, pins=True)
    found = [page for page in adapter.pages(site) if page.path in by_history]
    print(f"{len(found)} translations, half {options.half or 'A and half B'}")
    with adapter.histories(site) as past:
        print(verdicts.table([*verdicts.verdicts(found, past, by_pin, by_history)]))
        if not options.pages:
            print("\n" + updates.table(updates.updates(found, past)))
        if options.read:
            print("\n" + reading.drawn_doubts(reading.doubts(found, past), options.read, options.seed))


def _wanted(site: Site, told: Mapping[str, adapter.Told], which: str | None) -> dict[str, adapter.Told]:
    wanted = {page.path for page in adapter.pages(site) if which in (None, half(page.episode.key))}
    return {path: each for path, each in told.items() if path in wanted}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.pins", description=__doc__)
    parser.add_argument("site", type=Path, help="a clone with the whole history; it is not touched")
    parser.add_argument("--config", type=Path, required=True, help="the site's transtool.toml, with a [pin]")
    parser.add_argument("--rev", default="HEAD", help="the revision to look at")
    parser.add_argument("--half", choices=("A", "B"), help="only the pages to develop on (A), or to report on (B)")
    parser.add_argument("--pages", action="store_true", help="leave out the updates, which take minutes")
    parser.add_argument("--read", type=int, default=0, metavar="N", help="print N edits said not to have followed")
    parser.add_argument("--draw", type=int, default=0, metavar="N", help="print N stale translations")
    parser.add_argument("--seed", type=int, default=1, help="the seed of what is drawn")
    return parser.parse_args()


if __name__ == "__main__":
    main()
