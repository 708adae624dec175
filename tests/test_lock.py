"""One run at a time writes to a site; a lock never outlives the run that took it."""

import errno
import fcntl
import os
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.runs import COMMAND, environment, run
from transtool.edits import Edit
from transtool.errors import WorldError
from transtool.site.lock import locked
from transtool.site.write import apply

CONFIGURATION = """source = "en"
languages = ["es", "fr"]
[series.walks]
path = "walks/{number}/{lang}/page.md"
"""
PAGE = "---\ntitle: Along the canal\n---\n\nWe start at the lock.\n"
BUSY = "another transtool is writing to this site"

HOLDER = """
import sys
from pathlib import Path
from transtool.site.lock import locked

with locked(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for language in ("en", "es"):
        (root / "walks" / "1" / language).mkdir(parents=True)
        (root / "walks" / "1" / language / "page.md").write_text(PAGE)
    (root / "transtool.toml").write_text(CONFIGURATION)
    return root


@contextmanager
def held(root: Path) -> Iterator["subprocess.Popen[str]"]:
    """Have another process hold the lock of a site until its stdin ends."""
    line = [sys.executable, "-c", HOLDER, str(root)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        yield process


def as_it_is(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


COMMANDS = ("scaffold --missing", "stamp 1 --language es", "init --languages de", "check --write-baseline")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_that_writes_waits_a_moment_and_then_says_in_one_line_who_is_in_the_way(
    command: str, site: Path
) -> None:
    before = as_it_is(site)
    with held(site):
        done = run(*command.split(), at=site, TRANSTOOL_LOCK_PATIENCE="0")

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines()[-1].endswith(f"{BUSY}; try again when it is done")
    assert as_it_is(site) == before


@pytest.mark.parametrize("command", ["check", "scaffold --missing --dry-run", "stamp 1 -l es --dry-run", "report"])
def test_a_command_that_only_reads_waits_for_nobody(command: str, site: Path) -> None:
    with held(site):
        done = run(*command.split(), at=site, TRANSTOOL_LOCK_PATIENCE="0")

    assert done.returncode == 0


def test_a_command_goes_on_when_the_other_one_is_done(site: Path) -> None:
    with held(site) as other:
        line = [*COMMAND, "stamp", "1", "--language", "es"]
        with subprocess.Popen(line, cwd=site, env=environment(), stderr=subprocess.PIPE, text=True) as waiting:
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.wait(timeout=1.5)
            assert other.stdin is not None
            other.stdin.close()
            assert waiting.wait() == 0
    assert "source_digest" in (site / "walks" / "1" / "es" / "page.md").read_text()


def test_the_lock_of_a_run_that_was_killed_is_free_and_leaves_no_file(site: Path) -> None:
    before = as_it_is(site)
    with held(site) as other:
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        with locked(site, patience=0):
            pass
    assert as_it_is(site) == before


def test_who_has_the_lock_has_it_already(site: Path) -> None:
    with locked(site), locked(site / "walks" / "..", patience=0):
        apply(site, [Edit("new.md", None, b"x")])
    assert (site / "new.md").read_bytes() == b"x"


def in_another_thread(root: Path) -> str:
    """What a thread of its own is told that wants the lock at once."""
    outcomes: list[str] = []

    def attempt() -> None:
        try:
            with locked(root, patience=0):
                outcomes.append("locked")
        except WorldError as error:
            outcomes.append(str(error))

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return outcomes[0]


def test_another_thread_has_not_got_it(site: Path) -> None:
    with locked(site):
        assert BUSY in in_another_thread(site)
    assert in_another_thread(site) == "locked"


def test_where_folders_have_no_locks_an_empty_file_elsewhere_is_locked(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(handle: int, operation: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        real(handle, operation)

    real = fcntl.flock
    monkeypatch.setattr(fcntl, "flock", flock)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = as_it_is(site)
    with locked(site):
        assert BUSY in in_another_thread(site)

    assert in_another_thread(site) == "locked"
    assert as_it_is(site) == before
    assert [path.read_bytes() for path in tmp_path.iterdir() if path.suffix == ".lock"] == [b""]


def test_where_nothing_can_be_locked_what_is_written_is_still_compared(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def flock(handle: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(WorldError, match="changed since it was read"):
        apply(site, [Edit("transtool.toml", b"old", b"new")])
    assert (site / "transtool.toml").read_text() == CONFIGURATION


# An editor that saves in between

SAVED_IN_BETWEEN = """
import sys
from pathlib import Path
from transtool.cli import run
from transtool.site import scan

page, saved = Path(sys.argv[1]), sys.argv[2].encode()

def trace(frame, event, argument):
    if frame.f_code.co_name == "attempt":
        sys.settrace(None)
        page.write_bytes(saved)
    return None

sys.argv = ["transtool", *sys.argv[3:]]
sys.settrace(trace)
sys.exit(run())
"""


def test_a_page_that_an_editor_saves_between_reading_and_writing_is_left_alone_and_the_others_go_on(site: Path) -> None:
    french = site / "walks" / "1" / "fr" / "page.md"
    french.parent.mkdir()
    french.write_text(PAGE)
    mine = site / "walks" / "1" / "es" / "page.md"

    line = [sys.executable, "-c", SAVED_IN_BETWEEN, str(mine), "mine", "stamp", "1"]
    done = subprocess.run(line, cwd=site, env=environment(), capture_output=True, text=True)

    assert (done.returncode, mine.read_text()) == (3, "mine")
    assert "source_digest" in french.read_text()
    assert done.stderr.splitlines() == [
        "wrote walks/1/fr/page.md",
        "walks/1/es/page.md: this file changed since it was read; it was left alone, run the command again",
        "in all: 1 file written, 1 left",
    ]
