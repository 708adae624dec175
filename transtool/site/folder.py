"""A folder held open: what is done with a name in it is done in it, wherever its path leads meanwhile.

No link is ever followed below the folder that was opened first. Where a system has no functions relative to a
handle (Windows), paths are looked at right before they are used: a swap in that moment is not noticed there.
"""

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

from transtool.site import system

_READ = 1 << 20
"""Bytes to read at once: nearly every page has fewer."""


class LinkInTheWay(OSError):
    """A name is a link, and no link is followed here."""

    def __init__(self, path: str) -> None:
        """Say where."""
        super().__init__(errno.ELOOP, os.strerror(errno.ELOOP), path)


class Folder:
    """An open folder. Every name is one of its own: no path. Use it as a context manager. All raises OSError."""

    def __init__(self, path: str, handle: int | None) -> None:
        """Take a handle (None where there are none here); `path` is where people know the folder."""
        self.path = path
        self._handle = handle

    @classmethod
    def at(cls, path: Path, *, handles: bool = system.HANDLES) -> "Folder":
        """Open the folder at `path`, whatever that goes through."""
        if handles:
            return cls(str(path), os.open(path, system.FOLDER))
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))
        return cls(str(path), None)

    def __enter__(self) -> Self:
        """Return the folder."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of it."""
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def walk(self, names: Iterable[str], *, mode: int | None = None) -> "Folder":
        """Return the folder that `names` lead to, one in the other; this one if there are none.

        What is missing is made with the rights `mode` (of which a umask may take some), unless that is None.
        """
        here = Folder(self.path, None if self._handle is None else os.dup(self._handle))
        for name in names:
            try:
                below = here._enter(name, mode)
            finally:
                here.close()
            here = below
        return here

    def status(self, name: str) -> os.stat_result | None:
        """Return what stands at `name` (a link is one); None for nothing."""
        try:
            return os.stat(self._at(name), dir_fd=self._handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def open(self, name: str) -> BinaryIO:
        """Open the regular file `name` for reading."""
        return os.fdopen(self._opened(name, os.O_RDONLY), "rb")

    def read(self, name: str, most: int | None = None) -> bytes | None:
        """Return the bytes of the regular file `name`; None where there are more than `most`: these are not read."""
        handle = self._opened(name, os.O_RDONLY)
        try:
            if most is not None and os.fstat(handle).st_size > most:
                return None
            data = b"".join(iter(lambda: os.read(handle, _READ), b""))
            return data if most is None or len(data) <= most else None
        finally:
            os.close(handle)

    def create(self, name: str, mode: int) -> BinaryIO:
        """Open the new file `name` for writing; `mode` is what a umask may take rights from."""
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | system.CAREFUL
        return os.fdopen(os.open(self._at(name), flags, mode, dir_fd=self._handle), "wb")

    def extend(self, name: str) -> BinaryIO:
        """Open the file `name`, made if need be, for writing at its end."""
        return os.fdopen(self._opened(name, os.O_WRONLY | os.O_APPEND | os.O_CREAT), "ab")

    def publish(self, name: str, free: str) -> None:
        """Give the file `name` the name `free`, too. Raises FileExistsError where something stands there."""
        os.link(self._at(name), self._at(free), src_dir_fd=self._handle, dst_dir_fd=self._handle, follow_symlinks=False)

    def replace(self, name: str, taken: str) -> None:
        """Give the file `name` the name `taken` instead; what stood there is gone, even if it was a link."""
        os.replace(self._at(name), self._at(taken), src_dir_fd=self._handle, dst_dir_fd=self._handle)

    def remove(self, name: str) -> None:
        """Remove the file `name`, if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(self._at(name), dir_fd=self._handle)

    def may_write(self, name: str) -> bool:
        """Say whether this process may write to the file `name`."""
        return system.may_write(self._at(name), self._handle)

    def names(self) -> list[str]:
        """Return all names; none where that is not allowed."""
        try:
            if self._handle is None:
                return os.listdir(self.path)  # noqa: PTH208
            handle = os.open(".", system.LISTING, dir_fd=self._handle)
        except PermissionError:
            return []
        try:
            return os.listdir(handle)  # noqa: PTH208
        finally:
            os.close(handle)

    def flush(self) -> None:
        """Let the disk remember the names, where a system can be asked to."""
        if self._handle is None:
            return
        with suppress(PermissionError):
            handle = os.open(".", system.LISTING, dir_fd=self._handle)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _enter(self, name: str, mode: int | None) -> "Folder":
        if mode is not None:
            with suppress(FileExistsError):
                os.mkdir(self._at(name), mode, dir_fd=self._handle)
        path = f"{self.path}{os.sep}{name}"
        if self._handle is None:
            self._require(name, stat.S_IFDIR)
            return Folder(path, None)
        try:
            return Folder(path, os.open(name, system.FOLDER | system.CAREFUL, dir_fd=self._handle))
        except OSError:
            self._require(name, stat.S_IFDIR)
            raise

    def _opened(self, name: str, flags: int) -> int:
        """Return a handle of the regular file `name`: not of a folder, and never of a pipe that nobody writes to."""
        if self._handle is None:
            self._require(name, stat.S_IFREG, absent=bool(flags & os.O_CREAT))
        try:
            handle = os.open(self._at(name), flags | system.CAREFUL, 0o666, dir_fd=self._handle)
        except OSError:
            self._require(name, stat.S_IFREG)
            raise
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return handle
        os.close(handle)
        self._require(name, stat.S_IFREG)
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), name)

    def _require(self, name: str, kind: int, *, absent: bool = False) -> None:
        """Raise the OSError that says why `name` is nothing of this kind, if it is not."""
        status = self.status(name)
        if status is None:
            if not absent:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
        elif system.is_link(status):
            raise LinkInTheWay(f"{self.path}{os.sep}{name}")
        elif stat.S_IFMT(status.st_mode) != kind:
            code = (
                errno.ENOTDIR
                if kind == stat.S_IFDIR
                else errno.EISDIR
                if stat.S_ISDIR(status.st_mode)
                else errno.EINVAL
            )
            raise OSError(code, os.strerror(code), name)

    def _at(self, name: str) -> str:
        """Return `name` for a function that is given the handle, or the path for one that is given none."""
        if name in ("", ".", "..") or not system.NO_NAME.isdisjoint(name):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), name)
        return name if self._handle is not None else os.path.join(self.path, name)  # noqa: PTH118
