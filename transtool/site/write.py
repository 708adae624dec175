"""The one door for everything that is written: whole files, inside, and never over something that was not read.

Nobody ever sees half a file, and no link leads out: see `place`.
"""

import errno
import os
import secrets
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from transtool.edits import Change, Copy, Edit
from transtool.errors import N_, Message, Problem, WorldError
from transtool.site.folder import Folder, LinkInTheWay
from transtool.site.lock import locked
from transtool.site.place import belongs_to_git, folder_of, located, reading, resolved
from transtool.site.system import give, is_link

_MARK = ".transtool-"
_LONGEST_NAME = 200
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
_HOPELESS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE}
"""What ends a run: the next file would meet it, too."""
_PUBLIC = 0o777
"""The rights of a new folder of a site, of which a umask takes some."""
_PRIVATE = 0o700
"""The rights of a folder that is the user's alone."""
_LONG_AGO = 3600
"""Seconds after which a temporary file is nobody's any more: writing one takes a few."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of changes: those that were (or could be) made, and why each of the others was not."""

    done: tuple[Change, ...]
    left: tuple[Problem, ...] = ()


def apply(root: Path, changes: Sequence[Change]) -> None:
    """Make all `changes` in the site at `root`, one whole file after the other.

    Nothing is written if any of them leads out of the site, would overwrite a file that was not read, or finds a
    file that is no longer what was read. Raises WorldError then, and when the system refuses; the files
    written until then stay, each of them whole.
    """
    with locked(root), _opened(root) as site:
        for change in changes:
            _check(site, root, change)
        swept: set[str] = set()
        for change in changes:
            _make(site, root, change, swept)


def attempt(root: Path, changes: Sequence[Change], made: Callable[[Change], None] = lambda change: None) -> Outcome:
    """Make those of `changes` that can be made; `made` is told of each. Raises WorldError where nothing can be."""
    with locked(root), _opened(root) as site:
        swept: set[str] = set()

        def make(change: Change) -> None:
            _check(site, root, change)
            _make(site, root, change, swept)
            made(change)

        return _outcome(changes, make)


def possible(root: Path, changes: Sequence[Change]) -> Outcome:
    """Tell what `attempt` would make, as far as that can be told without writing anything."""
    with _opened(root) as site:
        return _outcome(changes, lambda change: _check(site, root, change))


def save(target: Path, data: bytes) -> None:
    """Write `data` to `target`, which people name, as a whole or not at all. Raises WorldError.

    A device or a pipe is written to.
    """
    with _naming(target.as_posix()):
        place = resolved(target)
        if _is_stream(target):
            target.write_bytes(data)
            return
        with folder_of(place) as folder:
            _put(folder, place.name, data)


def save_all(folder: Path, files: Mapping[str, bytes], *, make: bool = False) -> tuple[str, ...]:
    """Write `files` (name -> data) into `folder`, which people name; return the names of those that were not like that.

    Where asked to `make` it, the folder may be missing. Raises WorldError; where one of the files is a link or no file,
    before anything is written.
    """
    written = []
    with _naming(folder.as_posix()), folder_of(resolved(folder) / "_", mode=_PUBLIC if make else None) as there:
        for name in files:
            with _naming((folder / name).as_posix()):
                _require_file(there, name)
        for name, data in files.items():
            with _naming((folder / name).as_posix()):
                if there.status(name) is None or there.read(name) != data:
                    _put(there, name, data)
                    written.append(name)
    return tuple(written)


def put(root: Path, path: str, data: bytes) -> None:
    """Write `data` to `path` of the site at `root`, whatever file is there; no link is followed. Raises WorldError."""
    *above, name = path.split("/")
    if belongs_to_git(above):
        raise WorldError(
            Problem(message=Message(N_("this path leads out of the site; nothing was written")), path=path)
        )
    with locked(root), _naming(path), _opened(root) as site, site.walk(above, mode=_PUBLIC) as folder:
        _put(folder, name, data)


def keep(target: Path, data: bytes) -> None:
    """Write `data` to `target`, a file of the program's own, for the user alone. Raises WorldError.

    Missing folders are made; whatever stands at `target` is replaced: a link is not followed, a pipe not written to.
    """
    with _naming(target.as_posix()), folder_of(resolved(target.parent) / target.name, mode=_PRIVATE) as folder:
        _swap(folder, target.name, data, None, _PRIVATE & 0o666)


def append(target: Path, data: bytes) -> None:
    """Add `data` to the end of `target`, which others write to as well. Raises WorldError."""
    with _naming(target.as_posix()):
        place = resolved(target)
        with folder_of(place) as folder, folder.extend(place.name) as file:
            file.write(data)


def is_leftover(name: str) -> bool:
    """Tell whether a file of this name was left behind by a run that was killed while writing."""
    return name.startswith(".") and name.endswith(".tmp")


@contextmanager
def _opened(root: Path) -> Iterator[Folder]:
    try:
        site = Folder.at(root)
    except OSError as error:
        raise _failed(root.as_posix(), error) from error
    with site:
        yield site


@contextmanager
def _naming(path: str) -> Iterator[None]:
    """Turn what the system says into an error about `path`."""
    try:
        yield
    except OSError as error:
        raise _failed(path, error) from error


@contextmanager
def _blaming(origin: str) -> Iterator[None]:
    """Turn what the system says into an error about a file that is to be copied."""
    try:
        yield
    except OSError as error:
        if error.errno in _HOPELESS:
            raise
        message = Message(N_("cannot be read: {cause}"), {"cause": error.strerror or str(error)})
        raise WorldError(Problem(message=message, path=origin)) from error


def _outcome(changes: Sequence[Change], make: Callable[[Change], None]) -> Outcome:
    """Try `make` on all changes, until the system has nothing left for any of them."""
    done: list[Change] = []
    left: list[Problem] = []
    for change in changes:
        try:
            make(change)
            done.append(change)
        except WorldError as error:
            left += error.problems
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in _HOPELESS:
                break
    return Outcome(tuple(done), tuple(left))


def _is_new(change: Change) -> bool:
    return isinstance(change, Copy) or change.before is None


def _check(site: Folder, root: Path, change: Change) -> None:
    """Raise the WorldError that speaks against a change, if that can be told before it is made."""
    folders, name = located(root, change.path, new=_is_new(change))
    if isinstance(change, Copy):
        with _blaming(change.origin), reading(site, root, change.origin):
            pass
    with _naming(change.path):
        try:
            with site.walk(folders) as folder:
                if isinstance(change, Edit) and change.before is not None:
                    _compare(folder, name, change)
                elif folder.status(name) is not None:
                    raise _exists(change.path)
        except FileNotFoundError:
            if not _is_new(change):
                raise


def _compare(folder: Folder, name: str, edit: Edit) -> None:
    if folder.read(name) != edit.before:
        message = Message(N_("this file changed since it was read; it was left alone, run the command again"))
        raise WorldError(Problem(message=message, path=edit.path))


def _make(site: Folder, root: Path, change: Change, swept: set[str]) -> None:
    folders, name = located(root, change.path, new=_is_new(change))
    with _naming(change.path), site.walk(folders, mode=_PUBLIC if _is_new(change) else None) as folder:
        if folder.path not in swept:
            swept.add(folder.path)
            _sweep(folder, lambda leftover: True)
        if isinstance(change, Edit) and change.before is not None:
            _replace(folder, name, change)
        else:
            _create(site, root, folder, name, change)
        folder.flush()


def _replace(folder: Folder, name: str, edit: Edit) -> None:
    if edit.after == edit.before:
        return
    if not folder.may_write(name):
        # A rename would not mind, but whoever took that right away does.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with _temporary(folder, name, folder.status(name)) as (file, temporary):
        file.write(edit.after)
        _flush(file)
        _compare(folder, name, edit)
        folder.replace(temporary, name)


def _create(site: Folder, root: Path, folder: Folder, name: str, change: Change) -> None:
    try:
        with _temporary(folder, name, None) as (file, temporary):
            if isinstance(change, Copy):
                with _blaming(change.origin), reading(site, root, change.origin) as origin:
                    shutil.copyfileobj(origin, file)
            else:
                file.write(change.after)
            _flush(file)
            _publish(folder, temporary, name)
    except FileExistsError as error:
        raise _exists(change.path) from error


def _put(folder: Folder, name: str, data: bytes) -> None:
    """Write `data` to the file `name`, whatever it holds."""
    _swap(folder, name, data, _require_file(folder, name))


def _swap(folder: Folder, name: str, data: bytes, like: os.stat_result | None, mode: int = 0o666) -> None:
    """Let `name` be a file with `data`; what a killed run left of it goes. See `_temporary` for the rights."""
    start = _temporary_start(name)
    _sweep(folder, lambda leftover: leftover.startswith(start) and _is_old(folder, leftover))
    with _temporary(folder, name, like, mode) as (file, temporary):
        file.write(data)
        _flush(file)
        folder.replace(temporary, name)
    folder.flush()


def _require_file(folder: Folder, name: str) -> os.stat_result | None:
    """Return what stands at `name`, None for nothing. Raises OSError for a link and for anything that is no file."""
    status = folder.status(name)
    if status is not None and is_link(status):
        raise LinkInTheWay(name)
    if status is not None and not stat.S_ISREG(status.st_mode):
        code = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
        raise OSError(code, os.strerror(code))
    return status


def _publish(folder: Folder, temporary: str, name: str) -> None:
    """Give the finished file its name, which must be free: a link, unlike a rename, never overwrites."""
    try:
        folder.publish(temporary, name)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if folder.status(name) is not None:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), name) from error
        folder.replace(temporary, name)


@contextmanager
def _temporary(
    folder: Folder, name: str, like: os.stat_result | None, mode: int = 0o666
) -> Iterator[tuple[BinaryIO, str]]:
    """Give an open file beside `name`, gone when this ends, with the rights of `like`.

    Without that it has those of a new file: `mode`, of which a umask may take some.
    """
    temporary = f"{_temporary_start(name)}{secrets.token_hex(4)}.tmp"
    file = folder.create(temporary, mode if like is None else stat.S_IMODE(like.st_mode) & 0o700)
    try:
        with file:
            if like is not None:
                give(file.fileno(), like)
            yield file, temporary
    finally:
        folder.remove(temporary)


def _temporary_start(name: str) -> str:
    return f".{os.fsdecode(os.fsencode(name)[:_LONGEST_NAME])}{_MARK}"


def _sweep(folder: Folder, chosen: Callable[[str], bool]) -> None:
    """Remove what killed runs of transtool left in `folder`; where nothing locks it, only what is `chosen`."""
    for name in folder.names():
        if is_leftover(name) and _MARK in name and chosen(name):
            folder.remove(name)


def _is_old(folder: Folder, name: str) -> bool:
    status = folder.status(name)
    return status is not None and time.time() - status.st_mtime > _LONG_AGO


def _flush(file: BinaryIO) -> None:
    """Let the disk have the file, and close it: Windows renames none that is open."""
    file.flush()
    os.fsync(file.fileno())
    file.close()


def _is_stream(target: Path) -> bool:
    """Say whether this is a device or a pipe, which cannot be replaced."""
    try:
        mode = target.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _exists(path: str) -> WorldError:
    return WorldError(Problem(message=Message(N_("this file already exists and is not overwritten")), path=path))


def _failed(path: str, error: OSError) -> WorldError:
    if isinstance(error, LinkInTheWay):
        message = Message(
            N_("{link} is a link, which is not followed; nothing was written"),
            {"link": Path(error.filename).name},
        )
        hint = Message(N_("remove the link, or name the place that it leads to"))
        return WorldError(Problem(message=message, path=path, hint=hint))
    reason = error.strerror or str(error)
    return WorldError(Problem(message=Message(N_("cannot be written: {reason}"), {"reason": reason}), path=path))
