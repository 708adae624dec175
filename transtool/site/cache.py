"""Remember judgements between runs: what two files and their past say does not change until one of them does.

A judgement is known by everything that it depends on, so nothing is ever out of date: this version of transtool,
the configuration, both files and every commit that touched them. What cannot be read is worked out anew, what
cannot be written is forgotten; nobody has to know that there is a cache.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from transtool import __version__
from transtool.assess.report import Task
from transtool.assess.translation import Judgement
from transtool.errors import WorldError
from transtool.history import History, blob_id
from transtool.link import Entry
from transtool.model import Basis, Change, ChangeKind, Finding, Key, Language, SegmentKind, Severity, Status
from transtool.site.write import save
from transtool.staleness.page_store import Past
from transtool.trend.compute import Versions

OFF = "TRANSTOOL_NO_CACHE"
"""The environment variable that switches the cache off."""


class Memory:
    """The judgements of the last run on a site, and those of this one."""

    def __init__(self, place: Path, configuration: bytes, past: Past) -> None:
        """Read what is remembered at `place`; `configuration` is the text of the site's configuration file."""
        self._place = place
        self._past = past
        self._base = _base(configuration, past)
        self._known = _read(place)
        self._used: dict[str, msgspec.Raw] = {}
        self._keys: dict[tuple[str, str], str] = {}

    def has(self, task: Task) -> bool:
        """Say whether a judgement is remembered."""
        return self._key(task) in self._known

    def recall(self, task: Task) -> Judgement:
        """Return the judgement of two files: what is remembered, or what the task's work is."""
        key = self._key(task)
        raw = self._known.get(key)
        if raw is not None:
            with suppress(ValueError, TypeError, KeyError, msgspec.MsgspecError):
                found = _revived(msgspec.msgpack.decode(raw))
                self._used[key] = raw
                return found
        found = task.work()
        self._used[key] = msgspec.Raw(msgspec.msgpack.encode(found))
        return found

    def keep(self, *, whole: bool = True) -> None:
        """Write what this run used, if that is not what was there; a run on a part of the site forgets nothing."""
        kept = self._used if whole else {**self._known, **self._used}
        if kept.keys() != self._known.keys():
            _write(self._place, kept)

    def _key(self, task: Task) -> str:
        files = task.source.path, task.translation.path
        if files not in self._keys:
            self._keys[files] = _digest(self._base, *self._says(task.source), *self._says(task.translation))
        return self._keys[files]

    def _says(self, entry: Entry) -> Iterator[str]:
        """Give all that a judgement takes from one file: its place, its bytes, its past."""
        yield from (entry.series, entry.key, entry.language, entry.path)
        yield blob_id(entry.document.data, self._past.algorithm)
        if self._past.history is not None:
            yield from _past_of(self._past.history, entry.path)


class Statuses:
    """How translations stood in commits of the past, from earlier runs on a site and from this one."""

    def __init__(self, place: Path, configuration: bytes, past: Past) -> None:
        """Read what is remembered beside `place`; `configuration` is the text of the site's configuration file."""
        self._place = place.with_suffix(".past.msgpack")
        self._base = _base(configuration, past)
        self._commits = past.history.commits if past.history is not None else ()
        self._known = _read_statuses(self._place, self._base)
        self._before = len(self._known)

    def recall(self, pair: Versions, judged: Callable[[], Status]) -> Status:
        """Return how a translation stood beside its source: what is remembered, or what `judged` works out."""
        key = _digest(*(part for each in pair for part in (self._commits[each.commit].id, each.path, each.blob)))
        if key not in self._known:
            self._known[key] = judged()
        return self._known[key]

    def keep(self) -> None:
        """Write what is known, if this run found out anything."""
        if len(self._known) > self._before:
            _write(self._place, (self._base, self._known))


def place(site: Path, environ: Mapping[str, str]) -> Path | None:
    """Return the file that remembers the judgements of `site`, None where the cache is switched off."""
    if environ.get(OFF):
        return None
    root = environ.get("XDG_CACHE_HOME") or os.path.join(environ.get("HOME") or "", ".cache")  # noqa: PTH118
    if not Path(root).is_absolute():
        return None
    return Path(root, "transtool", _digest(str(site)) + ".msgpack")


def _read(place: Path) -> Mapping[str, msgspec.Raw]:
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.msgpack.decode(place.read_bytes(), type=dict[str, msgspec.Raw])
    return {}


def _read_statuses(place: Path, base: str) -> dict[str, Status]:
    with suppress(OSError, msgspec.MsgspecError):
        about, known = msgspec.msgpack.decode(place.read_bytes(), type=tuple[str, dict[str, Status]])
        return known if about == base else {}
    return {}


def _write(place: Path, content: object) -> None:
    with suppress(OSError, WorldError):
        place.parent.mkdir(parents=True, exist_ok=True)
        save(place, msgspec.msgpack.encode(content))


def _base(configuration: bytes, past: Past) -> str:
    """Return what tells this program, this configuration and this kind of history from any others."""
    return _digest(__version__, _code(), configuration.hex(), past.reason)


def _past_of(history: History, path: str) -> Iterator[str]:
    """Give what the newest commit has of a file, and every touch of it."""
    yield history.blob(path, history.head)
    for trace in history.traces(path):
        yield from trace


@cache
def _code() -> str:
    """Return what tells this state of the program from others of the same version (a checkout changes daily)."""
    digest = hashlib.blake2b(digest_size=16)
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _digest(*parts: str) -> str:
    whole = "\0".join(parts).encode("utf-8", "surrogateescape")
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


def _revived(record: dict[str, Any]) -> Judgement:
    basis = record["basis"]
    return Judgement(
        **record
        | {
            "status": Status(record["status"]),
            "basis": None if basis is None else Basis(basis),
            "changes": tuple(map(_revived_change, record["changes"])),
            "findings": tuple(map(_revived_finding, record["findings"])),
        }
    )


def _revived_change(record: dict[str, Any]) -> Change:
    return Change(**record | {"change": ChangeKind(record["change"]), "kind": SegmentKind(record["kind"])})


def _revived_finding(record: dict[str, Any]) -> Finding:
    key, language = record["key"], record["language"]
    return Finding(
        **record
        | {
            "severity": Severity(record["severity"]),
            "key": None if key is None else Key(key),
            "language": None if language is None else Language(language),
        }
    )
