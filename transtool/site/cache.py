"""Remember judgements between runs: what two files and their past say does not change until one of them does.

A judgement is known by everything that it depends on, so nothing is ever out of date: the settings that judgements
depend on (see `assess.criteria`), both files, every commit that touched them (its message included) and the changes of
the source that were dismissed. What is kept by another state of the program is never read (see `site.cache_file`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from transtool.assess.criteria import criteria
from transtool.assess.judgement import Judgement
from transtool.assess.plan import ToJudge
from transtool.assess.rules.files import unclosed
from transtool.assess.source_page import Original
from transtool.document import Document
from transtool.history import History, blob_id
from transtool.link import Entry
from transtool.model import Dismissal, Status
from transtool.settings import Config, Reading, Series
from transtool.site.cache_file import LARGEST, OFF, CacheFile, digest, place
from transtool.site.codec import decoded, encoded
from transtool.staleness.page_store import Past

if TYPE_CHECKING:
    from transtool.trend.episode import Asked

__all__ = ["LARGEST", "OFF", "Memory", "Statuses", "place"]

T = TypeVar("T")

_Kept = dict[str, tuple[str, msgspec.Raw]]
"""The digest of a file's path -> the key of what is remembered of it, and that: a judgement, of a source its words.

What is never closed in a file stands by its path with a word before it.
"""


class Memory:
    """The newest judgement of every translation of a site, from earlier runs and from this one.

    `is_damaged` tells that there was something at `place` that could not be used.
    """

    def __init__(self, place: Path, past: Past) -> None:
        """Read what is remembered at `place`."""
        self._file = CacheFile(place, _Kept)
        self.place = place
        self._past = past
        self._kept: _Kept = self._file.content or {}
        self.is_damaged = self._file.is_damaged
        self._new: _Kept = {}
        self._settings: dict[str, str] = {}
        self._says: dict[str, str] = {}
        self._asked: set[str] = set()

    def recall(self, asked: ToJudge) -> Judgement | None:
        """Return the judgement that is remembered of two files, None where there is none that holds."""
        return self._recalled(asked.path, self._key(asked), Judgement)

    def remember(self, asked: ToJudge, found: Judgement) -> None:
        """Remember a new judgement; one that names a file in no Unicode cannot be."""
        self._remember(asked.path, self._key(asked), found)

    def words(self, source: Original) -> int:
        """Return how many words a source has: as remembered, or counted now and remembered."""
        path = source.entry.path
        key = digest(self._settings_of(source.config, source.series), self._told(source.entry))
        words = self._recalled(path, key, int)
        if words is None:
            words = source.words
            self._remember(path, key, words)
        return words

    def unclosed(self, document: Document, reading: Reading) -> int | None:
        """Return the line of what is never closed in a page of MDX: as remembered, or looked for now and remembered."""
        path = f"unclosed {document.path}"
        key = digest(msgspec.json.encode(reading).decode(), blob_id(document.data, self._past.algorithm))
        known = self._recalled(path, key, tuple[int | None])
        if known is None:
            known = (unclosed(document, reading),)
            self._remember(path, key, known)
        return known[0]

    def _recalled(self, path: str, key: str, kind: type[T]) -> T | None:
        place = digest(path)
        self._asked.add(place)
        kept = self._kept.get(place)
        if kept is None or kept[0] != key:
            return None
        found = decoded(kept[1], kind)
        self.is_damaged |= found is None
        return found

    def _remember(self, path: str, key: str, found: object) -> None:
        with suppress(ValueError):
            self._new[digest(path)] = (key, msgspec.Raw(encoded(found)))

    def keep(self, *, whole: bool) -> None:
        """Write what is remembered if that changed; after a run on the `whole` site only what it asked for."""
        kept = {path: each for path, each in self._kept.items() if not whole or path in self._asked}
        if self._new or len(kept) < len(self._kept) or self.is_damaged:
            self._file.keep(kept | self._new)

    def _key(self, asked: ToJudge) -> str:
        """Return the digest of everything that a judgement depends on."""
        files = asked.files
        settings = self._settings_of(files.config, files.series)
        return digest(settings, self._past.reason, self._told(asked.source.entry), self._told(files.entry))

    def _settings_of(self, config: Config, series: Series) -> str:
        if series.name not in self._settings:
            self._settings[series.name] = _settings(config, series)
        return self._settings[series.name]

    def _told(self, entry: Entry) -> str:
        """Return the digest of all that a judgement takes from one file: its place, its bytes, its stamp, its past."""
        if entry.path not in self._says:
            blob, history = blob_id(entry.document.data, self._past.algorithm), self._past.history
            past = () if history is None else _past_of(history, entry.path)
            stamp = entry.stamp
            kept = () if stamp is None else (stamp.digest, stamp.blob, *stamp.reviewed)
            named = (entry.series, entry.key, entry.language, entry.path)
            said = _dismissals(self._past.dismissed.of(entry.series, entry.key))
            self._says[entry.path] = digest(*named, blob, *kept, "", said, *past)
        return self._says[entry.path]


class Statuses:
    """How translations stood in commits of the past, from earlier runs on a site and from this one.

    `is_damaged` tells that there was something at `place` that could not be used.
    """

    def __init__(self, place: Path, config: Config, past: Past) -> None:
        """Read what is remembered beside `place`."""
        self.place = place.with_suffix(".past.msgpack")
        self._settings = {each.name: _settings(*criteria(config, each)) for each in config.series}
        self._base = digest(*self._settings.values(), _dismissals(past.dismissed.entries))
        self._commits = past.history.commits if past.history is not None else ()
        self._file = CacheFile(self.place, tuple[str, dict[str, Status]])
        self.is_damaged = self._file.is_damaged
        base, known = self._file.content or ("", {})
        self._known = known if base == self._base else {}

    def recall(self, asked: "Asked") -> Status | None:
        """Return how a translation stood beside its source, None where that is not remembered."""
        return self._known.get(self._key(asked))

    def keep(self, found: Mapping["Asked", Status]) -> None:
        """Remember what was found out, and write it if anything of that is new."""
        known = self._known | {self._key(asked): status for asked, status in found.items()}
        if len(known) > len(self._known) or self.is_damaged:
            self._file.keep((self._base, known))

    def _key(self, asked: "Asked") -> str:
        series, pair = asked
        told = (part for each in pair for part in (self._commits[each.commit].id, each.path, each.blob))
        return digest(self._settings[series], *told)


def _settings(config: Config, series: Series) -> str:
    """Return what tells these settings (of `criteria`) from any others."""
    return digest(msgspec.json.encode((config, series)).decode())


def _dismissals(entries: Sequence[Dismissal]) -> str:
    """Return what tells these dismissed changes from others: where they stand, and why, makes no difference."""
    told = sorted((each.series, each.key, each.before, each.after, each.languages) for each in entries)
    return digest(msgspec.json.encode(told).decode()) if told else ""


def _past_of(history: History, path: str) -> Iterator[str]:
    """Give what the newest commit has of a file, and every touch of it."""
    yield history.blob(path, history.head)
    for trace in history.traces(path):
        yield from trace
