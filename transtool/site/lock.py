"""One lock for a site: whoever writes holds it, from the first file that is read to the last that is written.

It is the system's own lock on the folder of the site: it leaves no file behind and ends with the process, whatever
ends that. Where a folder cannot be locked (on Windows, on some network file systems), an empty file in the folder for
temporary files is locked instead, which keeps the runs of one user on one machine apart.
"""

import errno
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from transtool.errors import N_, Message, Problem, WorldError
from transtool.site import system

PATIENCE = "TRANSTOOL_LOCK_PATIENCE"
"""The environment variable that says how many seconds to wait for another run."""

_USUAL_PATIENCE = 10.0
"""Seconds: most commands that write are done by then."""
_PAUSE = 0.05
"""Seconds between two attempts."""
_CANNOT = {errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""What they say where this cannot be locked at all."""

_HELD: ContextVar[frozenset[str]] = ContextVar("held", default=frozenset())
"""The sites that this thread has the lock of."""


@contextmanager
def locked(root: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of the site at `root`; who has it already has it.

    Waits `patience` seconds for another run (None: what the environment says). Raises WorldError after that, and where
    `root` cannot be opened.
    """
    key = str(root.resolve())
    if key in _HELD.get():
        yield
        return
    handle = _taken(root, key, _patience() if patience is None else patience)
    token = _HELD.set(_HELD.get() | {key})
    try:
        yield
    finally:
        _HELD.reset(token)
        if handle is not None:
            system.release(handle)
            os.close(handle)


def _patience() -> float:
    """Return how long to wait, in seconds; what is no number is not believed."""
    text = os.environ.get(PATIENCE, "")
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 6 else _USUAL_PATIENCE


def _taken(root: Path, key: str, patience: float) -> int | None:
    """Take the lock and return its handle; None where nothing can be locked, and only comparing protects."""
    end = time.monotonic() + patience
    for handle in _handles(root, key):
        try:
            while not system.take(handle):
                if time.monotonic() >= end:
                    raise _busy(root)
                time.sleep(_PAUSE)
        except OSError as error:
            os.close(handle)
            if error.errno not in _CANNOT:
                raise _failed(root, error) from error
        except BaseException:
            os.close(handle)
            raise
        else:
            return handle
    return None


def _handles(root: Path, key: str) -> Iterator[int]:
    """Open what can be locked, best first: the folder of the site, then a file that is named after it."""
    if system.LOCKS_FOLDERS:
        try:
            yield os.open(root, os.O_RDONLY)
        except OSError as error:
            raise _failed(root, error) from error
    name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    place = os.path.join(tempfile.gettempdir(), f"transtool-{name[:32]}.lock")  # noqa: PTH118
    try:
        handle = os.open(place, os.O_RDWR | os.O_CREAT | system.CAREFUL, 0o600)
    except OSError:  # somebody else's: other users are not kept apart here
        return
    yield handle


def _busy(root: Path) -> WorldError:
    message = Message(N_("another transtool is writing to this site; try again when it is done"))
    return WorldError(Problem(message=message, path=root.as_posix()))


def _failed(root: Path, error: OSError) -> WorldError:
    message = Message(N_("cannot be written: {reason}"), {"reason": error.strerror or str(error)})
    return WorldError(Problem(message=message, path=root.as_posix()))
