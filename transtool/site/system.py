"""What systems differ in: all that only some of them have is here, beside what the others do instead.

No other module names any of it (`tests/test_system.py`). What is looked for is the thing, not the name of a system.

| | Linux | macOS and other POSIX | Windows |
|---|---|---|---|
| names in an open folder | by its handle | by its handle | by path, looked at right before |
| the lock of a site | on its folder | on its folder | on a file in the folder for temporary files |
| programs that are run | end with this one, have a limit of memory | are ended as a group | are ended one by one |
| work | shared out among processes | done by this one | done by this one |
"""

import errno
import importlib
import os
import select
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any


def _there(name: str) -> Any:
    """Return a module of the standard library that only some systems have; None without it."""
    with suppress(ImportError):
        return importlib.import_module(name)
    return None


_fcntl, _resource, _msvcrt = map(_there, ("fcntl", "resource", "msvcrt"))


def _flags(*names: str) -> int:
    """Return those of the flags for opening files that this system has, together."""
    return sum(getattr(os, name, 0) for name in names)


# Files and folders

HANDLES = {os.open, os.stat, os.mkdir, os.link, os.rename, os.unlink} <= os.supports_dir_fd
"""Whether this system has functions relative to the handle of a folder."""

CAREFUL = _flags("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
"""Opens no link, waits for no pipe, and leaves line ends alone."""

LISTING = os.O_RDONLY | _flags("O_DIRECTORY")
"""Opens a folder to list it."""

FOLDER = _flags("O_DIRECTORY", "O_PATH") or os.O_RDONLY
"""Opens a folder; on Linux that needs no right to list it."""

NO_NAME = frozenset("/\0" if os.sep == "/" else "/\0\\:")
"""What no name has: what leads on from it, or ends it."""

_LINKS = frozenset({0xA0000003, 0xA000000C})
"""Windows: IO_REPARSE_TAG_MOUNT_POINT and IO_REPARSE_TAG_SYMLINK."""


def is_link(status: os.stat_result) -> bool:
    """Say whether this is a link, or what Windows has of that kind."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINKS


def is_own(status: os.stat_result) -> bool:
    """Say whether this belongs to the user, as far as the system can tell."""
    return status.st_uid == os.geteuid() if hasattr(os, "geteuid") else True


def may_write(name: str, folder: int | None) -> bool:
    """Say whether this process may write to the file `name`, in an open folder or by its path."""
    return os.access(name, os.W_OK, dir_fd=folder, effective_ids=os.access in os.supports_effective_ids)


def give(file: int, like: os.stat_result) -> None:
    """Give an open file the rights of another one and, as far as that is allowed, its owner."""
    if hasattr(os, "fchown"):
        with suppress(OSError):  # only root may give files away; anybody else owns what is written
            os.fchown(file, like.st_uid, like.st_gid)
        os.fchmod(file, stat.S_IMODE(like.st_mode))


def cache_folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder for caches that the environment names; None for none."""
    named = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    folder = Path(named or Path(environ.get("HOME") or "", ".cache"))
    return folder if folder.is_absolute() else None


# Locks

LOCKS_FOLDERS = _fcntl is not None
"""Whether a folder can be locked."""

_TAKEN = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
"""What systems say when another process has the lock."""


def take(handle: int) -> bool:
    """Take the lock of an open file or folder if it is free; say whether it was. Raises OSError where that has none."""
    try:
        if _fcntl is not None:
            _fcntl.flock(handle, _fcntl.LOCK_EX | _fcntl.LOCK_NB)
        else:
            _msvcrt.locking(handle, _msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True


def release(handle: int) -> None:
    """Give a lock back, even if a process that was forked meanwhile still has the handle."""
    if _fcntl is not None:
        _fcntl.flock(handle, _fcntl.LOCK_UN)
    else:
        _msvcrt.locking(handle, _msvcrt.LK_UNLCK, 1)


# Programs

GROUPS = hasattr(os, "killpg") and hasattr(select, "poll")
"""Whether programs run in groups that can be ended as one, and their pipes can be waited for."""

_MEMORY = 4 << 30
"""Bytes that a program may use for data (files that it maps are not counted)."""


def start(command: Sequence[str], **options: Any) -> tuple[subprocess.Popen[bytes], int | None]:
    """Start a program, in a group of its own; return it, and the handle that it ends with, where there is one."""
    with _lifeline() as (end, hold):
        groups: dict[str, Any] = {} if end is None else {"pass_fds": (end,), "process_group": 0}
        process = subprocess.Popen(command, bufsize=0, **groups, **options)
        _tie(process.pid, end)
    return process, hold


def end(process: subprocess.Popen[bytes]) -> None:
    """End a program that has not been waited for, and whatever it started. Raises OSError where it has ended."""
    if GROUPS:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def ready(streams: Sequence[IO[bytes]], patience: float) -> list[IO[bytes]]:
    """Return those of `streams` that have something to read within `patience` seconds; all, where nothing tells."""
    if not GROUPS:
        return list(streams)
    poll = select.poll()
    for stream in streams:
        poll.register(stream, select.POLLIN)
    handles = {handle for handle, _ in poll.poll(patience * 1000)}
    return [stream for stream in streams if stream.fileno() in handles]


@contextmanager
def _lifeline() -> Iterator[tuple[int | None, int | None]]:
    """Give both ends of a pipe that breaks when this process ends; the first one is for the program alone."""
    if not GROUPS:
        yield None, None
        return
    end, hold = os.pipe()
    try:
        yield end, hold
    except BaseException:
        os.close(hold)
        raise
    finally:
        os.close(end)


def _tie(pid: int, end: int | None) -> None:
    """Let the system kill the process group `pid` when the pipe breaks, and cap the memory of its leader.

    Linux sends the signal of our choice to whom we name when the last writer of a pipe is gone, whatever ended it
    (fcntl(2), F_SETOWN and F_SETSIG). Unlike PR_SET_PDEATHSIG nothing has to run between fork and exec, which is
    not safe beside threads, and no wrapper has to be started, which takes longer than git.
    """
    if end is not None and hasattr(_fcntl, "F_SETSIG"):
        with suppress(OSError):
            _fcntl.fcntl(end, _fcntl.F_SETOWN, -pid)
            _fcntl.fcntl(end, _fcntl.F_SETSIG, signal.SIGKILL)
            _fcntl.fcntl(end, _fcntl.F_SETFL, _fcntl.fcntl(end, _fcntl.F_GETFL) | os.O_ASYNC)
    if hasattr(_resource, "prlimit"):
        with suppress(OSError, ValueError):  # it has ended already, or may use less than that anyway
            _resource.prlimit(pid, _resource.RLIMIT_DATA, (_MEMORY, _MEMORY))


# Processes that share work

_PATIENCE = 50
"""Milliseconds to wait until the threads of an earlier pool, which have ended, are gone for the system too."""

_PR_SET_PDEATHSIG = 1
"""The option of prctl(2) that asks for a signal when the process that forked this one ends, whatever ends it."""


def processors() -> int:
    """Return how many processors to share work among; 1 where a fork is not safe: not on Linux, and beside threads."""
    if not (sys.platform == "linux" and hasattr(os, "sched_getaffinity") and hasattr(os, "fork")):
        return 1
    return len(os.sched_getaffinity(0)) if _is_single() else 1


def tied_to_parent() -> Callable[[], bool]:
    """Return what a process that was forked calls so that it ends with this one; it says whether that can be had.

    Raises OSError or AttributeError where that cannot even be asked for.
    """
    from ctypes import CDLL, c_ulong

    parent, ask = os.getpid(), partial(CDLL(None).prctl, _PR_SET_PDEATHSIG, c_ulong(signal.SIGKILL))
    return lambda: not ask() and os.getppid() == parent


def shared_memory() -> int:
    """Return the handle of a file that has no name, for processes that are forked. Raises OSError, AttributeError."""
    return os.memfd_create("transtool")


def reopened(handle: int) -> int:
    """Return another handle of a file to write at its end, with a position that nobody else moves."""
    return os.open(f"/proc/self/fd/{handle}", os.O_WRONLY | os.O_APPEND)


def read_at(handle: int, length: int, position: int) -> bytes:
    """Return that many bytes of a file from a position; its own position stays where it is."""
    return os.pread(handle, length, position)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put an interruption off until the block ends; a process forked in it never sees one."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _is_single() -> bool:
    """Say whether this process surely has one thread only."""
    if threading.active_count() > 1:
        return False
    with suppress(OSError):
        for _ in range(_PATIENCE):
            if len(list(Path("/proc/self/task").iterdir())) == 1:
                return True
            time.sleep(0.001)
    return False
