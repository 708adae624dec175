"""Remember judgements between runs: what two files and their past say does not change until one of them does.

A judgement is known by everything that it depends on, so nothing is ever out of date: this state of the program, the
settings that judgements depend on (see `assess.criteria`), both files and every commit that touched them.

A file of the cache is a digest (BLAKE2b, 32 bytes) and then what it is the digest of, as MessagePack. Whatever is
wrong with it (cut off, a byte flipped, wrong types, no file at all) costs time and nothing else: all is worked out
anew, and what cannot be written is forgotten. The digest tells damage, not malice: who may write to the user's cache
folder can also write a file whose digest fits.
"""

import hashlib
import os
import stat
import sys
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from transtool import __version__
from transtool.assess.criteria import criteria
from transtool.assess.judgement import Judgement
from transtool.assess.plan import ToJudge
from transtool.errors import WorldError
from transtool.history import History, blob_id
from transtool.link import Entry
from transtool.model import Status
from transtool.settings import Config, Series
from transtool.site.codec import decoded, encoded
from transtool.site.write import keep
from transtool.staleness.page_store import Past

if TYPE_CHECKING:
    from transtool.trend.episode import Asked

OFF = "TRANSTOOL_NO_CACHE"
"""The environment variable that switches the cache off."""

LARGEST = 128 * 1024 * 1024
"""Bytes that a file of the cache may have: a larger one is neither written nor read. (336 judgements take 2 MB.)"""

_DIGEST_SIZE = 32
"""Bytes of the digest that a file of the cache begins with."""

_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
"""How a file of the cache is opened: no pipe holds the run up, and no link is followed. (Windows has neither.)"""

_READERS = ("markdown_it", "yaml")
"""Packages that texts are read with: the file that each begins with says its version."""

_Kept = dict[str, tuple[str, msgspec.Raw]]
"""The digest of a translation's path -> the key of its judgement, and the judgement."""

T = TypeVar("T")


class Memory:
    """The newest judgement of every translation of a site, from earlier runs and from this one.

    `is_damaged` tells that there was something at `place` that could not be used.
    """

    def __init__(self, place: Path, past: Past) -> None:
        """Read what is remembered at `place`."""
        self.place = place
        self._past = past
        kept, self.is_damaged = _read(place, _Kept)
        self._kept: _Kept = kept or {}
        self._new: _Kept = {}
        self._settings: dict[str, str] = {}
        self._says: dict[str, str] = {}

    def recall(self, asked: ToJudge) -> Judgement | None:
        """Return the judgement that is remembered of two files, None where there is none that holds."""
        kept = self._kept.get(_digest(asked.path))
        if kept is None or kept[0] != self._key(asked):
            return None
        found = decoded(kept[1], Judgement)
        self.is_damaged |= found is None
        return found

    def remember(self, asked: ToJudge, found: Judgement) -> None:
        """Remember a new judgement; one that names a file in no Unicode cannot be."""
        with suppress(ValueError):
            self._new[_digest(asked.path)] = (self._key(asked), msgspec.Raw(encoded(found)))

    def keep(self, there: Collection[str] | None) -> None:
        """Write what is remembered if that changed; only of the paths that are `there`, unless that is None."""
        known = None if there is None else frozenset(map(_digest, there))
        kept = {path: each for path, each in self._kept.items() if known is None or path in known}
        if self._new or len(kept) < len(self._kept) or self.is_damaged:
            _write(self.place, kept | self._new)

    def _key(self, asked: ToJudge) -> str:
        """Return the digest of everything that a judgement depends on."""
        files = asked.files
        settings = self._settings.get(files.series.name)
        if settings is None:
            settings = self._settings[files.series.name] = _settings(files.config, files.series)
        return _digest(settings, self._past.reason, self._told(asked.source.entry), self._told(files.entry))

    def _told(self, entry: Entry) -> str:
        """Return the digest of all that a judgement takes from one file: its place, its bytes, its stamp, its past."""
        if entry.path not in self._says:
            blob, history = blob_id(entry.document.data, self._past.algorithm), self._past.history
            past = () if history is None else _past_of(history, entry.path)
            kept = () if entry.stamp is None else (entry.stamp.digest, entry.stamp.blob)
            named = (entry.series, entry.key, entry.language, entry.path)
            self._says[entry.path] = _digest(*named, blob, *kept, "", *past)
        return self._says[entry.path]


class Statuses:
    """How translations stood in commits of the past, from earlier runs on a site and from this one.

    `is_damaged` tells that there was something at `place` that could not be used.
    """

    def __init__(self, place: Path, config: Config, past: Past) -> None:
        """Read what is remembered beside `place`."""
        self.place = place.with_suffix(".past.msgpack")
        self._settings = {each.name: _settings(*criteria(config, each)) for each in config.series}
        self._base = _digest(*self._settings.values())
        self._commits = past.history.commits if past.history is not None else ()
        kept, self.is_damaged = _read(self.place, tuple[str, dict[str, Status]])
        base, known = kept or ("", {})
        self._known = known if base == self._base else {}

    def recall(self, asked: "Asked") -> Status | None:
        """Return how a translation stood beside its source, None where that is not remembered."""
        return self._known.get(self._key(asked))

    def keep(self, found: Mapping["Asked", Status]) -> None:
        """Remember what was found out, and write it if anything of that is new."""
        known = self._known | {self._key(asked): status for asked, status in found.items()}
        if len(known) > len(self._known) or self.is_damaged:
            _write(self.place, (self._base, known))

    def _key(self, asked: "Asked") -> str:
        series, pair = asked
        told = (part for each in pair for part in (self._commits[each.commit].id, each.path, each.blob))
        return _digest(self._settings[series], *told)


def place(site: Path, environ: Mapping[str, str]) -> Path | None:
    """Return the file that remembers the judgements of `site`, None where the cache is switched off."""
    if environ.get(OFF):
        return None
    root = environ.get("XDG_CACHE_HOME") or os.path.join(environ.get("HOME") or "", ".cache")  # noqa: PTH118
    if not Path(root).is_absolute():
        return None
    return Path(root, "transtool", _digest(str(site)) + ".msgpack")


def _read(place: Path, kind: type[T]) -> tuple[T | None, bool]:
    """Return what is kept at `place`, and whether there is something that cannot be used."""
    try:
        with os.fdopen(os.open(place, _OPENING), "rb") as file:
            usable = _is_usable(os.fstat(file.fileno()))
            whole = file.read(LARGEST + 1) if usable else b""
    except FileNotFoundError:
        return None, False
    except OSError:
        return None, True
    digest, content = whole[:_DIGEST_SIZE], whole[_DIGEST_SIZE:]
    found = decoded(content, kind) if digest == _checksum(content) else None
    return found, found is None


def _is_usable(status: os.stat_result) -> bool:
    """Say whether this is a file, of the user's own and not too large."""
    own = status.st_uid == os.geteuid() if hasattr(os, "geteuid") else True
    return stat.S_ISREG(status.st_mode) and own and status.st_size <= LARGEST


def _write(place: Path, content: object) -> None:
    """Keep `content` for the user alone, unless the system refuses or it is too large."""
    data = encoded(content)
    if len(data) + _DIGEST_SIZE > LARGEST:
        return
    with suppress(OSError, WorldError):
        keep(place, _checksum(data) + data)


def _checksum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_SIZE).digest()


def _settings(config: Config, series: Series) -> str:
    """Return what tells this program and these settings (of `criteria`) from any others."""
    return _digest(_program(), msgspec.json.encode((config, series)).decode())


def _past_of(history: History, path: str) -> Iterator[str]:
    """Give what the newest commit has of a file, and every touch of it."""
    yield history.blob(path, history.head)
    for trace in history.traces(path):
        yield from trace


@cache
def _program() -> str:
    """Return what tells this state of the program, and of what it reads texts with, from others.

    A checkout changes daily without another version: its files are read.
    """
    digest = hashlib.blake2b("\0".join((__version__, sys.version, unicodedata.unidata_version)).encode())
    for package in _READERS:
        found = find_spec(package)
        if found is not None and found.origin is not None:
            digest.update(Path(found.origin).read_bytes())
    for folder, _, names in sorted(os.walk(Path(__file__).parents[1])):
        for name in sorted(name for name in names if name.endswith(".py")):
            digest.update(Path(folder, name).read_bytes())
    return digest.hexdigest()


def _digest(*parts: str) -> str:
    whole = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()
