"""Files of the cache: what is kept in one is given back as it was, or not at all.

Such a file is a digest (BLAKE2b, 32 bytes) and then what it is the digest of: as MessagePack, the program that wrote
it and what it kept. Whatever is wrong with it (cut off, a byte flipped, wrong types, no file at all) costs time and
nothing else: all is worked out anew, and what cannot be written is forgotten. The digest tells damage, not malice: who
may write to the user's cache folder can also write a file whose digest fits.
"""

import hashlib
import math
import os
import stat
import sys
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec

from transtool import __version__
from transtool.errors import N_, Message, Problem, WorldError
from transtool.site import system
from transtool.site.codec import decoded, encoded
from transtool.site.write import keep

OFF = "TRANSTOOL_NO_CACHE"
"""The environment variable that switches the cache off."""

LARGEST = 128 * 1024 * 1024
"""Bytes that a file of the cache may have: a larger one is neither written nor read. (336 judgements take 2 MB.)"""

_FORGOTTEN = 180 * 24 * 3600
"""Seconds after which a file that no run has written is removed: its site is gone, or is quickly judged again."""

_DIGEST_SIZE = 32
"""Bytes of the digest that a file of the cache begins with."""

_READERS = ("markdown_it", "yaml")
"""Packages that texts are read with: the file that each begins with says its version."""

T = TypeVar("T")


class CacheFile(Generic[T]):
    """One file of the cache: what this state of the program kept in it, None where that is nothing.

    `is_damaged` tells that there was something at `place` that could not be used.
    """

    def __init__(self, place: Path, kind: type[T]) -> None:
        """Read what is kept at `place`, a `kind`."""
        self.place = place
        self.content: T | None = None
        whole, self.is_damaged = _read(place)
        found = None if whole is None else decoded(whole, tuple[str, msgspec.Raw])
        if found is not None and found[0] == _program():
            self.content = decoded(found[1], kind)
        self.is_damaged |= whole is not None and (found is None or (self.content is None and found[0] == _program()))

    def keep(self, content: T) -> None:
        """Keep `content` in the place of what was there."""
        write(self.place, content)


def write(place: Path, content: object) -> None:
    """Keep `content` for the user alone, unless the system refuses, it is too large, or names no Unicode."""
    with suppress(OSError, WorldError, ValueError):
        data = encoded((_program(), content))
        if len(data) + _DIGEST_SIZE <= LARGEST:
            keep(place, _checksum(data) + data)
            _forget_old(place.parent)


class Damaged(Protocol):
    """What is read from a file of the cache, or made of what was."""

    place: Path
    is_damaged: bool


def damage(read: Damaged) -> Iterator[Problem]:
    """Say that a file of the cache cannot be used, if that is so."""
    if read.is_damaged:
        message = Message(N_("what was remembered of earlier runs cannot be used, and is made anew"))
        yield Problem(message=message, path=read.place.as_posix())


def place(site: Path, environ: Mapping[str, str]) -> Path | None:
    """Return the file that remembers the judgements of `site`, None where the cache is switched off."""
    root = None if environ.get(OFF) else folder(environ)
    return None if root is None else root / f"{digest(str(site))}.msgpack"


def folder(environ: Mapping[str, str]) -> Path | None:
    """Return the folder that holds what is remembered of all sites; None where the environment names none."""
    root = system.cache_folder(environ)
    return None if root is None else root / "transtool"


def kept(root: Path) -> dict[Path, os.stat_result]:
    """Return the files of the cache in its folder, with what is known of each. Raises OSError where that is refused."""
    return {path: status for path in sorted(root.glob("*.msgpack")) if stat.S_ISREG((status := path.lstat()).st_mode)}


def clear(root: Path, *, before: float = math.inf) -> None:
    """Forget what was written `before` a time (seconds since 1970). Raises OSError where it cannot be removed."""
    for path, status in kept(root).items():
        if status.st_mtime < before:
            path.unlink(missing_ok=True)


@cache
def _forget_old(root: Path) -> None:
    """Remove the files of sites that nobody has looked at for long: once in a process, which may write thousands."""
    with suppress(OSError):
        clear(root, before=time.time() - _FORGOTTEN)


def digest(*parts: str) -> str:
    """Return what tells these texts from any others."""
    whole = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


def _read(place: Path) -> tuple[bytes | None, bool]:
    """Return what a file holds behind its digest, and whether there is something that cannot be used."""
    try:
        with os.fdopen(os.open(place, os.O_RDONLY | system.CAREFUL), "rb") as file:
            usable = _is_usable(os.fstat(file.fileno()))
            whole = file.read(LARGEST + 1) if usable else b""
    except FileNotFoundError:
        return None, False
    except OSError:
        return None, True
    content = whole[_DIGEST_SIZE:]
    return (content, False) if whole[:_DIGEST_SIZE] == _checksum(content) else (None, True)


def _is_usable(status: os.stat_result) -> bool:
    """Say whether this is a file, of the user's own and not too large."""
    return stat.S_ISREG(status.st_mode) and system.is_own(status) and status.st_size <= LARGEST


def _checksum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()


@cache
def _program() -> str:
    """Return what tells this state of the program, and of what it reads texts with, from others.

    A checkout changes daily without another version: its files are read.
    """
    said = hashlib.blake2b("\0".join((__version__, sys.version, unicodedata.unidata_version)).encode())
    for package in _READERS:
        found = find_spec(package)
        if found is not None and found.origin is not None:
            said.update(Path(found.origin).read_bytes())
    for folder, _, names in sorted(os.walk(Path(__file__).parents[1])):
        for name in sorted(name for name in names if name.endswith(".py")):
            said.update(Path(folder, name).read_bytes())
    return said.hexdigest()
