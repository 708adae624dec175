"""Two writers at once, an editor that saves in between, a full disk: every file is old or new, and nobody's is lost."""

import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from benchmarks.attack.counted import Counted
from tests.own_reader import values
from tests.repositories import Repository
from tests.runs import environment

_CONFIGURATION = """source = "en"
languages = ["es", "fr"]
[series.walks]
path = "walks/{number}/{lang}.md"
[fields]
translated = ["title"]
[fields.local]
lang = "{lang}"
"""
_ENGLISH = "---\ntitle: Walk {n}\nlang: en\ndate: 2031-03-0{n}\ntags: [water, easy]\n---\n\nWe start at lock {n}.\n"
_SPANISH = "---\ntitle: Paseo {n}\nlang: en\ndate: 2030-01-01\ntags: []\n---\n\nEmpezamos en la esclusa {n}.\n"
_IN_LINE = (
    "---\ntitle: Paseo {n}\nlang: es\ndate: 2031-03-0{n}\ntags: [water, easy]\n---\n\nEmpezamos en la esclusa {n}.\n"
)
_PAGES = range(1, 8)
_LATEST = 1.2
"""Seconds after which an editor saves at the latest."""
_WRITING = ("sync --all", "scaffold --missing", "stamp 1-7 --language es")

Contents = Mapping[str, bytes]


def site(root: Path) -> Path:
    """Make a site of seven pages, of which four are out of line in Spanish and all are missing in French."""
    files = {f"walks/{n}/en.md": _ENGLISH.format(n=n) for n in _PAGES}
    files |= {f"walks/{n}/es.md": (_SPANISH if n % 2 == 0 or n == 7 else _IN_LINE).format(n=n) for n in _PAGES}
    Repository(root).commit({"transtool.toml": _CONFIGURATION, **files})
    return root


def run_pairs(count: int, draw: random.Random) -> Counted:
    """Start `count` pairs of commands at once: together they do what one after the other does."""
    return _each(count, partial(_pair, draw))


def run_editors(count: int, draw: random.Random) -> Counted:
    """Save a page `count` times while a command writes: what was saved is there afterwards, whole."""
    return _each(count, partial(_editor, draw))


def run_full(count: int, draw: random.Random) -> Counted:
    """Let files grow to so many bytes only, `count` times: what does not fit is not there; the next run completes."""
    return _each(count, partial(_full, draw))


def _each(count: int, attack: Callable[[Path, Contents], str]) -> Counted:
    found = Counted()
    with tempfile.TemporaryDirectory() as folder:
        original = site(Path(folder, "original"))
        whole = shutil.copytree(original, Path(folder, "whole"))
        for command in _WRITING:
            _started(whole, command).communicate()
        for number in range(count):
            root = shutil.copytree(original, Path(folder, str(number)))
            failure = attack(root, _contents(whole))
            found.check(not failure, f"{number}: {failure}")
            shutil.rmtree(root)
    return found


def _pair(draw: random.Random, root: Path, whole: Contents) -> str:
    commands = draw.choices(_WRITING, k=2)
    before = _contents(root)
    both = [_started(root, command) for command in commands]
    said = [process.communicate()[1] for process in both]
    if any(process.returncode for process in both):
        return f"{commands}: {said}"
    return _torn(root, before, whole) or _completed(root, whole)


def _editor(draw: random.Random, root: Path, whole: Contents) -> str:
    """Save one page as editors do: beside it, then renamed, or in place."""
    page, saved = root / "walks" / "4" / "es.md", _SPANISH.format(n=4).replace("Paseo", "Vuelta").encode()
    before = _contents(root)
    process = _started(root, draw.choice(("sync --all", "stamp 1-7 --language es")))
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=draw.uniform(0.2, _LATEST))
    if draw.random() < 0.5:
        page.write_bytes(saved)
    else:
        beside = page.with_suffix(".new")
        beside.write_bytes(saved)
        beside.replace(page)
    process.communicate()
    now = page.read_bytes()
    if process.returncode not in (0, 3) or values(now)["title"] != "Vuelta 4":
        return f"{process.returncode}: {now!r}"
    return _torn(root, {**before, "walks/4/es.md": now}, whole)


def _full(draw: random.Random, root: Path, whole: Contents) -> str:
    command, most = draw.choice(_WRITING), draw.randrange(0, 260)
    before = _contents(root)
    process = _started(root, command, most)
    said = process.communicate()[1]
    if process.returncode not in (0, 3) or b"Traceback" in said:
        return f"{command}, {most} bytes: {said!r}"
    return _torn(root, before, whole) or _completed(root, whole)


def _torn(root: Path, before: Contents, whole: Contents) -> str:
    """Say which file is neither as it was nor as it shall be: with or without a stamp, in line or not."""
    for path, data in _contents(root).items():
        told = values(data) if path.endswith(".md") else {}
        if data in (before.get(path), whole.get(path)):
            continue
        ends = whole.get(path, b"").split(b"---\n")[-1]
        if not told or "title" not in told or not data.endswith(ends) or not ends:
            return f"torn: {path}: {data!r}"
    return ""


def _completed(root: Path, whole: Contents) -> str:
    for command in _WRITING:
        process = _started(root, command)
        said = process.communicate()[1]
        if process.returncode:
            return f"{command}: {said!r}"
    there = _contents(root)
    wrong = [path for path, data in whole.items() if path.endswith(".md") and values(there[path]) != values(data)]
    return f"not completed: {wrong}" if wrong else ""


def _started(root: Path, command: str, most: int | None = None) -> "subprocess.Popen[bytes]":
    """Start a command; files may grow to `most` bytes, after which the system refuses as on a full disk."""

    def limit() -> None:
        if most is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.Popen(
        [sys.executable, "-B", "-m", "transtool", *command.split()],
        cwd=root,
        env=environment(
            TRANSTOOL_NO_CACHE="1", TRANSTOOL_LOCK_PATIENCE="120", GIT_CEILING_DIRECTORIES=str(root.parent)
        ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=limit,
    )


def _contents(root: Path) -> dict[str, bytes]:
    """Return the files of a site but git's own and leftovers, which the next run sweeps."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git/" not in path.relative_to(root).as_posix() and not path.name.endswith(".tmp")
    }
