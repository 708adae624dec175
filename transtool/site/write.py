"""Write files so that nobody ever sees half of one, and nothing is overwritten that was not read."""

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from transtool.edits import Change, Copy, Edit
from transtool.errors import N_, Message, Problem, WorldError

try:
    import fcntl
except ImportError:  # Windows has no flock; the comparison with what was read still protects
    fcntl = None  # type: ignore[assignment]  # a module or None: mypy knows the module alone

_MARK = ".transtool-"
_LONGEST_NAME = 200
_NO_HARD_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def apply(root: Path, changes: Sequence[Change]) -> None:
    """Make `changes` in the site at `root`, one whole file after the other.

    Nothing is written if any of them leads out of the site, would overwrite a file that was not read, or finds a
    file that is no longer what was read. Raises WorldError then, and when the system refuses; the files
    written until then stay, each of them whole.
    """
    with _locked(root):
        check(root, changes)
        swept: set[Path] = set()
        for change in changes:
            _make(root, change, swept)


def check(root: Path, changes: Sequence[Change]) -> None:
    """Raise the WorldError that `apply` would raise before it writes anything."""
    for change in changes:
        _check(root, change)


def save(target: Path, data: bytes) -> None:
    """Write `data` to `target`, wherever that is, as a whole or not at all. Raises WorldError."""
    try:
        if target.exists() and not target.is_file():  # a device or a pipe cannot be replaced
            target.write_bytes(data)
            return
        place = target.resolve()
        mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
        with _temporary(place, mode) as (file, temporary):
            file.write(data)
            _flush(file)
            temporary.replace(place)
            _flush_directory(place.parent)
    except OSError as error:
        raise _failed(str(target), error) from error


def append(target: Path, data: bytes) -> None:
    """Add `data` to the end of `target`, which others write to as well. Raises WorldError."""
    try:
        with target.open("ab") as file:
            file.write(data)
    except OSError as error:
        raise _failed(str(target), error) from error


def inside(root: Path, path: str) -> Path:
    """Return where `path` of the site at `root` really is. Raises WorldError where that is outside the site."""
    try:
        place = (root / path).resolve()
        if place.is_relative_to(root.resolve()):
            return place
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL
        raise WorldError(
            Problem(message=Message(N_("this is no usable path: {error}"), {"error": str(error)}), path=path)
        ) from error
    raise WorldError(Problem(message=Message(N_("this path leads out of the site; nothing was written")), path=path))


def is_leftover(name: str) -> bool:
    """Tell whether a file of this name was left behind by a run that was killed while writing."""
    return name.startswith(".") and name.endswith(".tmp")


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Hold the lock of the site, which leaves no file behind and ends with the process."""
    try:
        handle = os.open(root, os.O_RDONLY)
    except OSError as error:
        raise _failed(str(root), error) from error
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        message = Message(N_("another transtool is writing to this site; try again when it is done"))
        raise WorldError(Problem(message=message, path=str(root))) from error
    finally:
        os.close(handle)


def _check(root: Path, change: Change) -> None:
    place = inside(root, change.path)
    if isinstance(change, Copy):
        inside(root, change.origin)
    if isinstance(change, Copy) or change.before is None:
        if os.path.lexists(place):
            raise _exists(change.path)
        above = next(folder for folder in place.parents if os.path.lexists(folder))
        if not above.is_dir():
            raise _failed(change.path, NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)))
        return
    _compare(place, change)


def _compare(place: Path, edit: Edit) -> None:
    try:
        same = place.read_bytes() == edit.before
    except OSError as error:
        raise _failed(edit.path, error) from error
    if not same:
        message = Message(N_("this file changed since it was read; it was left alone, run the command again"))
        raise WorldError(Problem(message=message, path=edit.path))


def _make(root: Path, change: Change, swept: set[Path]) -> None:
    place = inside(root, change.path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.parent not in swept:
            swept.add(place.parent)
            _sweep(place.parent)
    except OSError as error:
        raise _failed(change.path, error) from error
    try:
        if isinstance(change, Edit) and change.before is not None:
            _replace(place, change)
        else:
            _create(root, place, change)
        _flush_directory(place.parent)
    except FileExistsError as error:
        raise _exists(change.path) from error
    except OSError as error:
        raise _failed(change.path, error) from error


def _replace(place: Path, edit: Edit) -> None:
    if edit.after == edit.before:
        return
    if not os.access(place, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
        # A rename would not mind, but whoever took that right away does.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    status = place.stat()
    with _temporary(place, stat.S_IMODE(status.st_mode)) as (file, temporary):
        file.write(edit.after)
        with suppress(OSError):  # only root may give files away; anybody else owns what is written
            os.fchown(file.fileno(), status.st_uid, status.st_gid)
        _flush(file)
        _compare(place, edit)
        temporary.replace(place)


def _create(root: Path, place: Path, change: Change) -> None:
    with _temporary(place, None) as (file, temporary):
        if isinstance(change, Copy):
            with inside(root, change.origin).open("rb") as origin:
                shutil.copyfileobj(origin, file)
        else:
            file.write(change.after)
        _flush(file)
        _publish(temporary, place)


def _publish(temporary: Path, place: Path) -> None:
    """Give the finished file its name, which must be free: a link, unlike a rename, never overwrites."""
    try:
        os.link(temporary, place)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from error
        temporary.rename(place)


@contextmanager
def _temporary(place: Path, mode: int | None) -> Iterator[tuple[BinaryIO, Path]]:
    """Give an open file beside `place`, with `mode` (None: what a new file gets), gone when this ends."""
    name = os.fsdecode(os.fsencode(place.name)[:_LONGEST_NAME])
    path = place.with_name(f".{name}{_MARK}{secrets.token_hex(4)}.tmp")
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if mode is not None:
                path.chmod(mode)
            yield file, path
    finally:
        path.unlink(missing_ok=True)


def _sweep(directory: Path) -> None:
    """Remove what killed runs of transtool left in `directory`; the lock says that none is running."""
    with os.scandir(directory) as entries:
        leftovers = [entry.path for entry in entries if is_leftover(entry.name) and _MARK in entry.name]
    for path in leftovers:
        Path(path).unlink(missing_ok=True)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _flush_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exists(path: str) -> WorldError:
    return WorldError(Problem(message=Message(N_("this file exists already and is not overwritten")), path=path))


def _failed(path: str, error: OSError) -> WorldError:
    reason = error.strerror or str(error)
    return WorldError(Problem(message=Message(N_("cannot be written: {reason}"), {"reason": reason}), path=path))
