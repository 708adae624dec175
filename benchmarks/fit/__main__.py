"""Collect examples from clones and fit a model to them: `python -m benchmarks.fit collect|fit …` (see --help)."""

import argparse
import json
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from benchmarks.fit.edges import Titles
from benchmarks.fit.examples import Example, Examples
from benchmarks.pins.adapter import checked_out
from transtool.site.judge import past_of


def main() -> None:
    """Do what the command line says."""
    options = _options()
    if options.command == "collect":
        _collect(options)
    elif options.command == "stands":
        from benchmarks.fit import stands

        print(stands.report({site.name: (site, config) for site, config in options.site}, options.pages))
    else:
        from benchmarks.fit.model import report

        print(report([_read(line) for path in options.examples for line in path.open(encoding="utf-8")]))


def _collect(options: argparse.Namespace) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        checked_out(options.site, options.rev, options.config, Path(folder)) as site,
        past_of(site) as past,
        options.output.open("w", encoding="utf-8") as output,
    ):
        titles = Titles(site.root, options.titles) if options.titles else None
        for example in Examples(site, past, options.site.name, titles).of_all(options.pages):
            counts[example.kind, example.half] += 1
            output.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
    for (kind, which), count in sorted(counts.items()):
        print(f"{options.site.name:24}{kind:10}{which:3}{count:7}")


def _read(line: str) -> Example:
    values = {name: value for name, value in json.loads(line).items() if name in Example.__slots__}
    return Example(**{**values, "source": tuple(values["source"]), "own": tuple(values["own"])})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.fit", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    collect = commands.add_parser("collect", help="write the examples that a site gives, one a line")
    collect.add_argument("site", type=Path, help="a clone with the whole history; it is not touched")
    collect.add_argument("--config", type=Path, required=True, help="the site's transtool.toml")
    collect.add_argument("--rev", default="HEAD", help="the revision to look at")
    collect.add_argument("--titles", help="what the title of a commit holds that brings a translation in step")
    collect.add_argument("--pages", type=int, default=600, help="translations looked at, at most")
    collect.add_argument("-o", "--output", type=Path, required=True, help="a file outside the repository")
    fit = commands.add_parser("fit", help="fit a model, and print what it is worth on sites it was not fitted on")
    fit.add_argument("examples", type=Path, nargs="+", help="what `collect` wrote")
    stands = commands.add_parser("stands", help="the same for which segment stands for which, on clones")
    stands.add_argument("--site", type=Path, nargs=2, action="append", required=True, metavar=("CLONE", "CONFIG"))
    stands.add_argument("--pages", type=int, default=100, help="pages of each site, at most")
    return parser.parse_args()


if __name__ == "__main__":
    main()
