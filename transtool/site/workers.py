"""Share work among processes, where the system can fork them and there is enough to do."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

T = TypeVar("T")

_ENOUGH = 4
"""Pieces of work for each process, so that starting it is worth while."""
_MOST = 8


@contextmanager
def shared(work: Sequence[Callable[[], T]], processes: int | None = None) -> Iterator["Shares[T]"]:
    """Start on all of `work` at once, with as many processes as there are processors (or `processes`).

    Whatever the others cannot do is done here when it is asked for: nothing is lost with them, not even an error.
    """
    shares = Shares(work, processes or min(processors(), len(work) // _ENOUGH))
    try:
        yield shares
    finally:
        shares.stop()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put an interruption off until the block ends; a process forked in it sees none."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def processors() -> int:
    """Return how many processors to use, not too many; 1 where a fork is not safe: not on Linux, and beside threads."""
    return min(_MOST, len(os.sched_getaffinity(0))) if sys.platform == "linux" and _is_single() else 1


def _is_single() -> bool:
    """Say whether this process surely has one thread only."""
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


class Shares(Generic[T]):
    """Pieces of work dealt out to processes in turn, to be asked for in their order. This process has a share too."""

    def __init__(self, work: Sequence[Callable[[], T]], processes: int) -> None:
        """Fork all processes but this one, or as many as the system allows."""
        self._work = work
        self._others = max(0, processes - 1)
        self._readers: dict[int, Connection] = {}
        self._processes: list[BaseProcess] = []
        if self._others:
            with _uninterrupted(), suppress(OSError):
                for share in range(self._others):
                    self._fork(share)

    def result(self, number: int) -> T:
        """Return what piece `number` of the work gives."""
        share = number % (self._others + 1)
        if share in self._readers:
            try:
                return self._received(self._readers[share], number)
            except Exception:  # that process could not do it, or is gone
                self._readers.pop(share).close()
        return self._work[number]()

    def _received(self, reader: Connection, number: int) -> T:
        """Return the result of piece `number`; those before it that nobody asked for are dropped."""
        while True:
            found: int
            result: T
            found, result = reader.recv()
            if found == number:
                return result

    def stop(self) -> None:
        """End all processes."""
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.join()

    def _fork(self, share: int) -> None:
        fork = multiprocessing.get_context("fork")
        reader, writer = fork.Pipe(duplex=False)
        with writer:
            others = (*self._readers.values(), reader)
            process = fork.Process(target=self._do, args=(share, writer, others), daemon=True)
            process.start()
        self._readers[share] = reader
        self._processes.append(process)

    def _do(self, share: int, writer: Connection, others: Sequence[Connection]) -> None:
        """Do one share of the work: the process that was forked for it."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends all others
        for reader in others:
            reader.close()  # else there would always be somebody who may listen
        results: SimpleQueue[tuple[int, T] | None] = SimpleQueue()
        sender = Thread(target=_send, args=(results, writer), daemon=True)
        sender.start()
        with suppress(Exception):
            for number in range(share, len(self._work), self._others + 1):
                results.put((number, self._work[number]()))
        results.put(None)
        sender.join()


def _send(results: "SimpleQueue[tuple[int, T] | None]", writer: Connection) -> None:
    """Hand results on until there are no more: while nobody takes them they wait, and not the work."""
    try:
        for each in iter(results.get, None):
            writer.send(each)
    except Exception:  # nobody listens any more
        os._exit(1)
