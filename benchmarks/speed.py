"""Measure how fast `transtool` is, beside git and the disk: `python -m benchmarks.speed [SITE | FILES | 3MB]…`.

A number stands for a generated site of that many files in ten languages, with a git history (`git fast-import`); every
second page lacks the last two languages. `3MB` stands for one page of three megabytes in five languages. Every figure
is the median of several runs of a whole process. *F* is the floor: what git takes to list the history, the disk to give
the files, and Python to start. The *exponent* is how the time of a first run grows between the smallest and the largest
generated site: 1 is in proportion to the files. The rule by newest commit date, which many sites use, is timed beside
it as they run it: with one `git log` a file.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import log
from pathlib import Path
from statistics import median
from typing import NamedTuple

LANGUAGES = ("en", "de", "es", "fr", "it", "ja", "ko", "pt", "ru", "zh")
_WORDS = ("the", "page", "of", "a", "site", "says", "what", "its", "readers", "need", "to", "know", "before", "they")
_PARAGRAPHS = (3, 6, 12, 12, 24, 48)
"""How many a page has: as the pages of the six sites of docs/performance.md, roughly."""
_SECTION = 4
"""Paragraphs below a heading."""
_UNFINISHED = 2
"""Languages, the last ones, that lack every second page."""
_COMMITTED = 20
"""Files that the commit between two runs edits."""
_SAMPLED = 100
"""Files that the rule by dates is asked about; the time for all is worked out from that."""
_TIDY = ("git", "clean", "-fdq", "-e", "transtool.toml")
_GIT_LOG = ("git", "log", "--raw", "--no-renames", "-z", "--no-abbrev")


class Cost(NamedTuple):
    """What a run takes: seconds by the clock and of processor time, and MiB of memory at most (of one process)."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Measure every site and print a table of each."""
    parser = argparse.ArgumentParser(prog="benchmarks.speed", description=__doc__)
    parser.add_argument(
        "sites", nargs="*", default=["1000"], help="a site in a git repository, a number of files, or 3MB"
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each kind")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled once, not in every run
    _tell_start(options.runs)
    cold: dict[int, float] = {}
    for name in options.sites:
        with tempfile.TemporaryDirectory() as folder:
            site = Path(folder, "site")
            if name.isdigit():
                generate(site, _stream(int(name)))
            elif name[-2:] == "MB" and name[:-2].isdigit():
                generate(site, _large(int(name[:-2]) * 1_000_000))
            elif Path(name).is_dir():
                _copy(Path(name).resolve(), site)
            else:
                print(f"{name}: not there, left out\n")
                continue
            first = _measure(name, site, Path(folder, "cache"), options.runs)
            if name.isdigit():
                cold[int(name)] = first
    if len(cold) > 1:
        least, most = min(cold), max(cold)
        print(f"exponent, {least} to {most} files: {log(cold[most] / cold[least]) / log(most / least):.2f}")


def _copy(original: Path, site: Path) -> None:
    """Clone a site, with a configuration that is not committed."""
    _require(("git", "clone", "-q", "--shared", str(original), str(site)))
    config = Path(original, "transtool.toml")
    if config.exists() and not Path(site, config.name).exists():
        shutil.copy(config, site)


def generate(site: Path, stream: Iterable[str]) -> None:
    """Make a site from what `git fast-import` reads."""
    site.mkdir()
    _require(("git", "init", "-q", "-b", "main", str(site)))
    with subprocess.Popen(("git", "fast-import", "--quiet"), cwd=site, stdin=subprocess.PIPE) as importing:
        assert importing.stdin is not None
        # Piece by piece: what this process has in memory counts as that of those that it starts.
        importing.stdin.writelines(each.encode() for each in stream)
    if importing.returncode:
        sys.exit("git fast-import failed")
    _require(("git", "reset", "-q", "--hard"), site)


def _stream(files: int) -> Iterator[str]:
    """Yield the commits of a site: one with everything, then one for each hundred pages that edits some of them."""
    chance = random.Random(1)
    pages = [_page(chance, chance.choice(_PARAGRAPHS)) for _ in range(max(1, files // (len(LANGUAGES) - 1)))]
    yield _commit(1, [_config(LANGUAGES), *_texts(enumerate(pages), LANGUAGES)])
    for number, start in enumerate(range(0, len(pages), 100), 2):
        edited = range(start, min(start + 100, len(pages)), 3)
        for at in edited:
            _change(pages[at], chance)
        yield _commit(number, _texts(((at, pages[at]) for at in edited), ("en", "de")))


def _large(size: int) -> Iterator[str]:
    """Yield the commits of a site of one page of so many bytes in five languages: three edit ten paragraphs each."""
    chance = random.Random(1)
    languages, page = LANGUAGES[:5], list[str]()
    while sum(map(len, page)) < size:
        page += _page(chance, 1_000)
    yield _commit(1, [_config(languages), *_texts([(0, page)], languages)])
    for number in range(2, 5):
        for _ in range(10):
            _change(page, chance)
        yield _commit(number, _texts([(0, page)], ("en", "de")))


def _config(languages: Sequence[str]) -> tuple[str, str]:
    others = list(languages[1:])
    return (
        "transtool.toml",
        f'source = "en"\nlanguages = {others}\n\n[series.docs]\npath = "docs/{{lang}}/{{key}}.md"\n',
    )


def _page(chance: random.Random, paragraphs: int) -> list[str]:
    """Return what a page says: paragraphs, with a heading before every few of them."""
    said = [_paragraph(chance) for _ in range(paragraphs)]
    for at in range(0, paragraphs, _SECTION):
        said[at] = f"## {' '.join(chance.choices(_WORDS, k=4))}\n\n{said[at]}"
    return said


def _change(page: list[str], chance: random.Random) -> None:
    """Write a paragraph of a page anew, below its heading if it has one."""
    at = chance.randrange(len(page))
    *heading, _ = page[at].split("\n\n")
    page[at] = "\n\n".join([*heading, _paragraph(chance)])


def _texts(pages: Iterable[tuple[int, list[str]]], languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the paths and texts of pages in the languages that have them."""
    for at, said in pages:
        for language in languages:
            if at % 2 and language in LANGUAGES[-_UNFINISHED:]:
                continue
            text = "\n\n".join(said if language == "en" else [_in(language, each) for each in said])
            yield f"docs/{language}/page-{at}.md", f"---\ntitle: {language} {at}\n---\n\n{text}\n"


def _in(language: str, text: str) -> str:
    """Return something of the length of a translation, with the same numbers."""
    return "\n\n".join(
        " ".join(each[::-1] + language if each.isalpha() else each for each in part.split())
        for part in text.split("\n\n")
    )


def _paragraph(chance: random.Random) -> str:
    return " ".join((*chance.choices(_WORDS, k=chance.randint(10, 60)), str(chance.randrange(10_000)))) + "."


def _commit(number: int, files: Iterable[tuple[str, str]]) -> str:
    said = [f"commit refs/heads/main\ncommitter A <a@example.org> {1_600_000_000 + number * 3600} +0000\ndata 1\nx\n"]
    said += (f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n" for path, text in files)
    return "".join(said)


def _tell_start(runs: int) -> None:
    """Print how long the program takes to start, compared with Python."""
    least = _median(_start, 3 * runs).cpu
    for option in ("--version", "--help"):
        cost = _median(lambda option=option: run((sys.executable, "-m", "transtool", option), Path.cwd()), 3 * runs)
        print(f"`{option}`: {1000 * cost.cpu:.0f} ms of processor time, {cost.cpu / least:.1f} times `python -c pass`")
    print()


def _measure(name: str, site: Path, cache: Path, runs: int) -> float:
    """Print what everything takes on one site; return the processor time of a first run."""
    files = _listed(site)
    floor = sum(_median(each, runs).wall for each in (lambda: run(_GIT_LOG, site), lambda: _read(files), _start))
    page = _first_page(site)
    print(f"{name}: {len(files)} files, F = {floor:.2f} s")
    print("| | wall | CPU | memory | wall / F |\n|---|--:|--:|--:|--:|")

    def tell(what: str, before: Callable[[], object], *arguments: str) -> Cost:
        taken = []
        for _ in range(runs):
            before()
            taken.append(transtool(site, cache, *arguments))
        cost = middle(taken)
        print(f"| {what} | {cost.wall:.2f} s | {cost.cpu:.2f} s | {cost.memory:.0f} MiB | {cost.wall / floor:.1f} |")
        return cost

    first = tell("first run", lambda: shutil.rmtree(cache, ignore_errors=True), "check")
    tell("nothing changed", lambda: None, "check")
    tell(f"a commit of {_COMMITTED} files", lambda: _edit(site, files), "check")
    tell("`check --since HEAD~1`", lambda: None, "check", "--since", "HEAD~1")
    for command in ("show", "diff"):
        tell(f"`{command}` of one page", lambda: None, command, page)
    tell("`scaffold --missing`", lambda: _require(_TIDY, site), "scaffold", "--missing")
    _require(_TIDY, site)
    tell("`report --format html`", lambda: None, "report", "--format", "html")
    dates = _median(lambda: _newest_dates(site, files[:_SAMPLED]), 1).wall * len(files) / max(1, len(files[:_SAMPLED]))
    print(f"| newest commit date, one `git log` a file | {dates:.1f} s | | | {dates / floor:.1f} |\n", flush=True)
    return first.cpu


def _first_page(site: Path) -> str:
    """Return the key of a page of a site."""
    command = (sys.executable, "-m", "transtool", "check", "--format", "json")
    said = subprocess.run(command, cwd=site, check=False, stdout=subprocess.PIPE).stdout
    return next(str(each["key"]) for each in json.loads(said)["episodes"] if each["source"] is not None)


def _edit(site: Path, files: Sequence[Path]) -> None:
    for file in files[:: max(1, len(files) // _COMMITTED)][:_COMMITTED]:
        file.write_bytes(file.read_bytes() + b"\nOne more paragraph, which nobody has translated yet.\n")
    _require(("git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "x"), site)


def _newest_dates(site: Path, files: Sequence[Path]) -> None:
    for file in files:
        run(("git", "log", "-1", "--format=%ct", "--", str(file)), site)


def _listed(site: Path) -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=site, check=True, capture_output=True).stdout
    names = (os.fsdecode(name) for name in listing.split(b"\0"))
    return [site / name for name in names if name.endswith((".md", ".mdx", ".markdown"))]


def _read(files: Sequence[Path]) -> Cost:
    began = time.perf_counter()
    for file in files:
        file.read_bytes()
    return Cost(time.perf_counter() - began, 0.0, 0.0)


def _start() -> Cost:
    return run((sys.executable, "-c", "pass"), Path.cwd())


def _median(action: Callable[[], Cost | None], runs: int) -> Cost:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        taken.append(action() or Cost(time.perf_counter() - began, 0.0, 0.0))
    return middle(taken)


def middle(taken: Sequence[Cost]) -> Cost:
    """Return the median of each figure of several runs."""
    return Cost(*(median(each) for each in zip(*taken, strict=True)))


def transtool(site: Path, cache: Path, *arguments: str) -> Cost:
    """Run `transtool` at a site, with a cache folder, and return what it took."""
    environment = {**os.environ, "TRANSTOOL_NO_CACHE": "", "XDG_CACHE_HOME": str(cache)}
    return run((sys.executable, "-m", "transtool", *arguments), site, environment)


def run(command: Sequence[str], site: Path, environment: dict[str, str] | None = None) -> Cost:
    """Run a command to its end, and return what it took, with the processes that it started."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=site, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"{' '.join(command)} failed")
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def _require(command: Sequence[str], site: Path | None = None) -> None:
    subprocess.run(command, cwd=site, check=True)


if __name__ == "__main__":
    main()
