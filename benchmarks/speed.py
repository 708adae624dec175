"""Measure how long `transtool check` takes on a site, beside git and the disk: `python -m benchmarks.speed SITE`.

Without a site a simulated one is built. Every figure is the median of several runs of a whole process, in seconds.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from benchmarks.staleness.families import FAMILIES
from benchmarks.staleness.score import build
from transtool.site.workers import processors

_GIT = ("git", "log", "--raw", "--no-renames", "-z", "--no-abbrev")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=__doc__)
    parser.add_argument("site", type=Path, nargs="?", help="a site in a git repository")
    parser.add_argument("--runs", type=int, default=3, help="runs of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = options.site
        if site is None:
            site = Path(folder, "site")
            build(site, 1, 4, tuple(FAMILIES))
        _measure(site, Path(folder, "cache"), options.runs)


def _measure(site: Path, cache: Path, runs: int) -> None:
    files = _listed(site)
    git = _time(lambda: _run(_GIT, site), runs)
    reading = _time(lambda: [Path(file).read_bytes() for file in files], runs)
    cold = _time(lambda: _check(site, TRANSTOOL_NO_CACHE="1"), runs)
    alone = _time(lambda: _check(site, alone=True, TRANSTOOL_NO_CACHE="1"), runs)
    keeping = {"TRANSTOOL_NO_CACHE": "", "XDG_CACHE_HOME": str(cache)}
    _check(site, **keeping)
    warm = _time(lambda: _check(site, **keeping), runs)
    nothing = _time(lambda: _run((sys.executable, "-m", "transtool", "--version"), site), runs)
    least = git + reading
    print(f"{site}: {len(files)} Markdown files, {processors()} processors")
    for name, seconds in (
        ("git log --raw", git),
        ("reading the files", reading),
        ("transtool --version", nothing),
        ("check, first run", cold),
        ("check, first run on one processor", alone),
        ("check, any later run", warm),
    ):
        print(f"  {name:36}{seconds:8.3f} s{seconds / least:8.1f} x git and reading")


def _listed(site: Path) -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=site, check=True, capture_output=True).stdout
    names = (os.fsdecode(name) for name in listing.split(b"\0"))
    return [site / name for name in names if name.endswith((".md", ".mdx", ".markdown"))]


def _time(action: Callable[[], object], runs: int) -> float:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return median(taken)


def _check(site: Path, *, alone: bool = False, **environment: str) -> None:
    """Run `transtool check`, on one processor if it is to be `alone`."""
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)} if alone else everywhere)
    try:
        _run((sys.executable, "-m", "transtool", "check"), site, {**os.environ, **environment})
    finally:
        os.sched_setaffinity(0, everywhere)


def _run(command: tuple[str, ...], site: Path, environment: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(command, cwd=site, stdout=subprocess.DEVNULL, env=environment)
    if done.returncode > 1:
        sys.exit(f"{' '.join(command)} failed")


if __name__ == "__main__":
    main()
