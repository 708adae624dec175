"""Share work among processes, where the system can fork them and there is enough to do."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from typing import TypeVar

from transtool.site import system
from transtool.site.codec import decoded, encoded

T = TypeVar("T")

Slice = tuple[int, int]
"""Where a result is: its position and its length in bytes."""

_MOST = 8
"""Processes at most: each has in memory what it changes of the site, and what it reads of the past."""


def processors() -> int:
    """Return how many processors to use, not too many: see `system.processors`.

    1 in a process that shares work already.
    """
    return 1 if _file >= 0 else min(_MOST, system.processors())


@contextmanager
def shared(work: Sequence[Callable[[], T]], kind: type[T], processes: int) -> Iterator[Iterator[T]]:
    """Give what every piece of `work` gives (a `kind`), in its order, while `processes` other processes do all of it.

    What they leave undone is done here when it is its turn: nothing is lost with them, not even an error. One process
    would be no help: then everything is done here. They end with the block, and with this process, whatever ends it.
    """
    pool = _Pool(work)
    try:
        if min(processes, len(work)) > 1:
            pool.start(min(processes, len(work)))
        yield (_result(pool, number, piece, kind) for number, piece in enumerate(work))
    finally:
        pool.stop()


def _result(pool: "_Pool", number: int, piece: Callable[[], T], kind: type[T]) -> T:
    with suppress(Exception):  # no process did it, or none that is left
        found = decoded(pool.take(number), kind)
        if found is not None:
            return found
    return piece()


class _Pool:
    """Processes that do pieces of work, and the memory that they leave the results in.

    Results do not go through the pool's pipe, but where they are, which fits into one write: else a process that is
    killed while it writes could hold up all others and this one.
    """

    def __init__(self, work: Sequence[Callable[[], object]]) -> None:
        self._work = work
        self._results = -1
        self._executor: ProcessPoolExecutor | None = None
        self._futures: list[Future[Slice]] = []
        self._others = frozenset(multiprocessing.active_children())

    def start(self, processes: int) -> None:
        """Fork the processes, unless the system lacks what that takes."""
        with suppress(OSError, RuntimeError, NotImplementedError, ImportError, AttributeError), system.uninterrupted():
            tied = system.tied_to_parent()
            self._results = system.shared_memory()
            self._executor = ProcessPoolExecutor(
                processes,
                multiprocessing.get_context("fork"),
                initializer=_begin,  # a fork hands its arguments on as they are
                initargs=(tied, self._work, self._results),
            )
            self._futures = [self._executor.submit(_do, number) for number in range(len(self._work))]

    def take(self, number: int) -> bytes:
        """Return the result of a piece; raises whatever kept the processes from it."""
        position, length = self._futures[number].result()
        return system.read_at(self._results, length, position)

    def stop(self) -> None:
        """End all processes, at once if any of them is not done."""
        processes = set(multiprocessing.active_children()) - self._others
        if not (self._futures and all(future.done() for future in self._futures)):
            for process in processes:
                process.kill()
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
        for process in processes:
            process.join()
        if self._results >= 0:
            os.close(self._results)


# What follows runs in the other processes.

_work: Sequence[Callable[[], object]] = ()
_file = -1


def _begin(tied: Callable[[], bool], work: Sequence[Callable[[], object]], results: int) -> None:
    """Make a process that was forked ready, and let it end with the one that forked it."""
    global _work, _file
    if not tied():  # that cannot be had, or it has ended already
        os._exit(1)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _work = work
    _file = system.reopened(results)


def _do(number: int) -> Slice:
    """Do one piece of the work and return where the result is."""
    result = encoded(_work[number]())
    if os.write(_file, result) != len(result):
        raise OSError  # there is no memory left
    return os.lseek(_file, 0, os.SEEK_CUR) - len(result), len(result)
