"""Work shared among processes gives what it gives without them, whatever happens to them."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tests.repositories import Repository
from tests.runs import run
from transtool.site import workers

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")  # whoever runs the tests may be
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="only there processes are forked")

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


@needs_fork
@pytest.mark.parametrize("processes", [0, 1, 2, 3, 7])
def test_results_are_those_of_the_work_in_its_order(processes: int) -> None:
    work = [partial(squared, number) for number in range(20)]

    with workers.shared(work, processes) as shares:
        assert [shares.result(number) for number in range(20)] == [number * number for number in range(20)]


@needs_fork
def test_work_is_done_in_several_processes() -> None:
    with workers.shared([os.getpid] * 12, 3) as shares:
        assert len({shares.result(number) for number in range(12)}) == 3


@needs_fork
def test_what_nobody_asks_for_is_dropped() -> None:
    work = [partial(squared, number) for number in range(20)]

    with workers.shared(work, 3) as shares:
        assert [shares.result(number) for number in range(0, 20, 6)] == [0, 36, 144, 324]


@needs_fork
def test_an_error_is_raised_where_the_result_is_asked_for() -> None:
    work = [partial(divmod, 1, number) for number in (1, 2, 0, 1, 0, 1)]

    with workers.shared(work, 2) as shares:
        assert (shares.result(0), shares.result(1)) == ((1, 0), (0, 1))
        with pytest.raises(ZeroDivisionError):
            shares.result(2)
        assert shares.result(3) == (1, 0)
        with pytest.raises(ZeroDivisionError):
            shares.result(4)


@needs_fork
def test_work_of_a_process_that_died_is_done_here() -> None:
    here = os.getpid()

    def fatal() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return 1

    with workers.shared([fatal] * 6, 3) as shares:
        assert [shares.result(number) for number in range(6)] == [1] * 6


@needs_fork
def test_results_of_any_size_do_not_hold_up_the_work() -> None:
    work = [partial(bytes, 1_000_000)] * 9

    with workers.shared(work, 3) as shares:
        assert all(len(shares.result(number)) == 1_000_000 for number in range(9))


def test_a_little_work_starts_no_process() -> None:
    with workers.shared([os.getpid] * 7) as shares:
        assert {shares.result(number) for number in range(7)} == {os.getpid()}


LONG = """
import os, sys, time
from transtool.site import workers

def piece():
    print(os.getpid(), flush=True)
    time.sleep(0.05)
    return os.urandom(100_000)

with workers.shared([piece] * 100_000, 3) as shares:
    print("begun", flush=True)
    time.sleep(3600)
"""


@needs_fork
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_no_process_outlives_the_one_that_started_it(end: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", LONG], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout is not None
    started: set[int] = set()
    while len(started) < 2:
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
