"""A program that is run ends with us, is not waited for in vain, and gets no more memory than it may have."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.runs import ROOT
from transtool.site.process import Child, Done, Stopped, run

HERE = Path()
ENVIRONMENT = {"PATH": os.environ["PATH"]}


def sh(script: str, *, patience: float = 20, most: int = 1 << 20) -> Done:
    return run(["sh", "-c", script], cwd=HERE, env=ENVIRONMENT, patience=patience, most=most)


def is_gone(pid: int) -> bool:
    """Wait until a process has ended (or waits to be buried), for a while."""
    for _ in range(200):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def test_what_a_program_prints_is_told_with_its_exit_code() -> None:
    assert sh("echo out; echo err >&2; exit 3") == Done(3, b"out\n", b"err\n")
    assert sh("kill -9 $$").returncode == -9
    assert sh("cat") == Done(0, b"", b"")


def test_much_output_comes_through_whole_and_only_the_end_of_many_complaints() -> None:
    done = sh("head -c 900000 /dev/zero; head -c 900000 /dev/zero >&2; echo end >&2")

    assert done.stdout == bytes(900_000)
    assert (len(done.stderr), done.stderr[-4:]) == (65_536, b"end\n")


SILENT = {
    "asleep": "echo $$ > {pid}; exec sleep 100",
    "busy": "echo $$ > {pid}; while :; do :; done",
    "silent after a word": "echo $$ > {pid}; echo begun; exec sleep 100",
    "left to another one": "sleep 100 & echo $! > {pid}",
    "deaf": "echo $$ > {pid}; trap '' TERM INT; while :; do sleep 100; done",
}


@pytest.mark.parametrize("script", SILENT.values(), ids=SILENT)
def test_a_program_that_keeps_silent_is_stopped_with_all_that_it_started(script: str, tmp_path: Path) -> None:
    said = tmp_path / "pid"

    with pytest.raises(Stopped) as stopped:
        sh(script.format(pid=said), patience=0.5)

    assert stopped.value.is_silent
    assert is_gone(int(said.read_text()))


def test_a_program_that_says_something_now_and_then_is_waited_for() -> None:
    assert sh("for i in 1 2 3 4; do sleep 0.4; echo $i; done", patience=1.5).stdout == b"1\n2\n3\n4\n"


def test_a_program_that_prints_too_much_is_stopped() -> None:
    with pytest.raises(Stopped) as stopped:
        sh("cat /dev/zero")

    assert not stopped.value.is_silent


def test_a_program_that_does_not_exist_is_an_error() -> None:
    before = os.listdir("/proc/self/fd")

    with pytest.raises(FileNotFoundError):
        run(["no-such-program"], cwd=HERE, env=ENVIRONMENT, patience=1, most=1)

    assert os.listdir("/proc/self/fd") == before


def test_a_child_answers_line_by_line_and_byte_by_byte() -> None:
    with Child(["cat"], cwd=HERE, env=ENVIRONMENT, patience=20) as child:
        child.write(b"one\ntwo and three\n")
        assert (child.line(), child.read(4), child.line()) == (b"one\n", b"two ", b"and three\n")
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_that_is_gone_ends_its_answers() -> None:
    with Child(["sh", "-c", "printf half"], cwd=HERE, env=ENVIRONMENT, patience=20) as child:
        assert (child.line(), child.line(), child.read(5)) == (b"half", b"", b"")
    assert child.process.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux caps the memory of others")
def test_a_program_gets_no_more_memory_than_it_may_have() -> None:
    done = run([sys.executable, "-c", "x = bytearray(6 << 30)"], cwd=HERE, env=ENVIRONMENT, patience=60, most=1 << 20)

    assert b"MemoryError" in done.stderr


PARENT = """
import os, sys, time
from pathlib import Path
from transtool.site.process import Child

child = Child(["sh", "-c", "echo $$; while :; do :; done"], cwd=Path(), env=os.environ, patience=20)
print(child.line().decode(), end="", flush=True)
time.sleep(100)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux signals the end of a pipe to others")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_program_that_spins_ends_with_us_whatever_ends_us(how: signal.Signals) -> None:
    command = [sys.executable, "-c", PARENT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.send_signal(how)
    try:
        assert is_gone(child)
    finally:
        if not is_gone(child):
            os.kill(child, signal.SIGKILL)
