"""Work shared among processes gives what it gives without them, whatever happens to them."""

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import Barrier
from pathlib import Path
from threading import Event, Thread
from typing import TypeVar

import pytest

from tests.repositories import Repository
from tests.runs import run
from transtool.site import workers

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")  # whoever runs the tests may be
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="only there processes are forked")

T = TypeVar("T")

CONFIG = """
source = "en"
languages = ["de", "es"]
[series.talks]
path = "talks/{number}/{lang}.md"
[fields]
translated = ["title"]
"""


def squared(number: int) -> int:
    return number * number


def done(work: Sequence[Callable[[], T]], kind: type[T], processes: int) -> list[T]:
    """The results of `work`."""
    with workers.shared(work, kind, processes) as results:
        return list(results)


@needs_fork
@pytest.mark.parametrize("processes", [0, 1, 2, 3, 7, 40])
def test_results_are_those_of_the_work_in_its_order(processes: int) -> None:
    work = [partial(squared, number) for number in range(20)]

    assert done(work, int, processes) == [number * number for number in range(20)]


@needs_fork
def test_no_work_is_no_result() -> None:
    assert done([], int, 3) == []


@needs_fork
def test_work_is_done_in_other_processes() -> None:
    meeting = Barrier(3)

    def met() -> int:
        meeting.wait()
        return os.getpid()

    found = done([met] * 3, int, 3)

    assert len({*found, os.getpid()}) == 4


@needs_fork
def test_an_error_is_raised_where_its_result_is_asked_for() -> None:
    work = [partial(divmod, 1, number) for number in (1, 2, 0, 1)]

    with workers.shared(work, tuple[int, int], 2) as results:
        assert (next(results), next(results)) == ((1, 0), (0, 1))
        with pytest.raises(ZeroDivisionError):
            next(results)
    assert multiprocessing.active_children() == []


@needs_fork
@pytest.mark.parametrize("fatal", [1, 4, 11])
def test_what_is_left_of_the_work_when_a_process_dies_is_done_here(fatal: int) -> None:
    here = os.getpid()

    def piece(number: int) -> int:
        if number == fatal and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert done([partial(piece, number) for number in range(12)], int, 3) == list(range(12))


@needs_fork
def test_results_that_cannot_be_handed_on_are_worked_out_here() -> None:
    """The name of a file need not be Unicode."""
    assert done([partial(str, "\udcff"), partial(str, "a")] * 3, str, 2) == ["\udcff", "a"] * 3


@needs_fork
def test_results_of_any_size_do_not_hold_up_the_work() -> None:
    found = done([partial(bytes, 1_000_000)] * 9, bytes, 3)

    assert list(map(len, found)) == [1_000_000] * 9


@needs_fork
@pytest.mark.parametrize("lacking", ["fork", "memfd_create"])
def test_without_what_processes_take_everything_is_done_here(lacking: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(os, lacking, refused)

    assert done([os.getpid] * 6, int, 3) == [os.getpid()] * 6


@needs_fork
def test_when_the_second_process_cannot_be_forked_none_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    fork, forked = os.fork, []

    def once() -> int:
        if forked:
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        forked.append(True)
        return fork()

    monkeypatch.setattr(os, "fork", once)

    assert done([os.getpid] * 6, int, 3) == [os.getpid()] * 6
    assert multiprocessing.active_children() == []


@needs_fork
def test_beside_threads_nothing_is_forked() -> None:
    ended = Event()
    other = Thread(target=ended.wait)
    other.start()
    try:
        assert workers.processors() == 1
    finally:
        ended.set()
        other.join()


LONG = """
import os, sys, time
from transtool.site import workers

def piece():
    print(os.getpid(), flush=True)
    time.sleep(0.05)
    return os.urandom(100_000)

with workers.shared([piece] * 10_000, bytes, 3) as results:
    next(results)
    print("begun", flush=True)
    time.sleep(3600)
"""


@needs_fork
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_process_outlives_the_one_that_started_it(end: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", LONG], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    started: set[int] = set()
    while len(started) < 3:
        line = parent.stdout.readline()
        started |= {int(line)} if line.strip().isdigit() else set()

    parent.send_signal(end)
    parent.stdout.close()
    parent.wait()

    while any(Path(f"/proc/{process}").exists() and not _is_zombie(process) for process in started):
        time.sleep(0.05)  # the suite's timeout ends it


def _is_zombie(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@needs_fork
def test_a_site_is_judged_alike_by_one_process_and_by_several(tmp_path: Path) -> None:
    made = Repository(tmp_path / "site")
    talks = {
        f"talks/{number}/{language}.md": f"---\ntitle: {language} {number}\n---\n\nWhat {language} says of {number}.\n"
        for number in range(24)
        for language in ("en", "de", "es")
    }
    made.commit({"transtool.toml": CONFIG, **talks})
    made.commit(
        {f"talks/{number}/en.md": talks[f"talks/{number}/en.md"] + "\nAnd more.\n" for number in range(0, 24, 5)}
    )
    together = run("check", "--format", "json", at=made.root, TRANSTOOL_NO_CACHE="1")
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(everywhere)})
    try:
        alone = run("check", "--format", "json", at=made.root, TRANSTOOL_NO_CACHE="1")
    finally:
        os.sched_setaffinity(0, everywhere)

    assert _judged(together.stdout) == _judged(alone.stdout)
    assert together.stdout.count('"stale"') >= 10


def _judged(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if '"generated"' not in line)
