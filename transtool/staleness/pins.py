"""Find the version of the source that a site's own pin names.

Sites record it in many ways: a commit, a blob, a digest of the source's bytes, a date copied from the source, in
front matter or in a comment. A pin whose version cannot be found is reported and otherwise ignored.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from transtool.document import Document, Unreadable, parse, same_value
from transtool.document.values import Scalar, Value
from transtool.history import Trail, Version
from transtool.settings import Pin, PinKind
from transtool.staleness.page_store import Past

_HEX = re.compile(r"[0-9a-f]{7,64}")
_LABEL = re.compile(r"\A\w[\w .-]{0,80}+[:=]\s*+(?=\{)")
"""What may name a record in a comment: `NAME: {…}`."""

_ALGORITHMS = {PinKind.MD5: "md5", PinKind.SHA256: "sha256"}


@dataclass(frozen=True, slots=True)
class Pinned:
    """The pin of a translation: its text, and the bytes of the source that it names (None: not found).

    `since` is the version of the translation that got the pin, where the pin may name several versions of the source:
    the pin says what the translation was made from then, and history what happened to it later.
    """

    value: str
    data: bytes | None
    since: Version | None = None


def pinned(pin: Pin, source: Document, translation: Document, past: Past) -> Pinned | None:
    """Return what the pin of `translation` says about `source`, None where it has no pin."""
    value = pin_text(pin, translation)
    if value is None:
        return None
    trail = past.trail(source)
    if pin.kind is PinKind.DATE:
        return _dated(pin, value, source, translation, past)
    if pin.kind in _ALGORITHMS:
        versions = trail.versions() if trail else ()
        return Pinned(value, _digested(value, _ALGORITHMS[pin.kind], source.data, versions, past))
    named = value.lower()
    if not _HEX.fullmatch(named):
        return Pinned(value, None)
    if pin.kind is PinKind.BLOB:
        return Pinned(value, source.data if past.blob_of(source).startswith(named) else past.read(named))
    return Pinned(value, _committed(named, source, trail, past))


def pin_text(pin: Pin, translation: Document) -> str | None:
    """Return the text of a translation's pin, None where it has none."""
    if pin.comment:
        found = (_member(record, name) for record in _records(translation.body) for name in pin.fields)
    else:
        found = (translation.raw(name) for name in pin.fields)
    return next((text.strip() for text in found if text and text.strip()), None)


def _records(body: str) -> Iterator[object]:
    """Yield the JSON objects that stand in HTML comments."""
    opening = body.find("<!--")
    while opening >= 0 and (closing := body.find("-->", opening + 4)) >= 0:
        inside = body[opening + 4 : closing].rpartition("<!--")[2].strip()
        record = _LABEL.sub("", inside, count=1)
        if record.startswith("{"):
            with suppress(ValueError, RecursionError):
                yield json.loads(record)
        opening = body.find("<!--", closing + 3)


def _member(record: object, dotted: str) -> str | None:
    for name in dotted.split("."):
        record = record.get(name) if isinstance(record, Mapping) else None
    return str(record) if isinstance(record, str | int) and not isinstance(record, bool) else None


def _committed(commit: str, source: Document, trail: Trail | None, past: Past) -> bytes | None:
    """Return the source as it was in `commit`, which need not be an ancestor of what is checked out."""
    position = past.history.position(commit) if past.history else None
    if position is not None and trail is not None:
        version = trail.at(position)
        return past.read(version.blob) if version else None
    return past.read(f"{commit}:./{source.path}")


def _digested(digest: str, algorithm: str, present: bytes, versions: tuple[Version, ...], past: Past) -> bytes | None:
    """Return the newest version of the source whose bytes have this digest."""
    states = (present, *(data for version in versions if (data := past.read(version.blob)) is not None))
    return next((data for data in states if digest.lower() in _digests(data, algorithm)), None)


def _digests(data: bytes, algorithm: str) -> Iterator[str]:
    # The pin may have been made on a system with other line ends.
    unix = data.replace(b"\r\n", b"\n")
    for state in (data, unix, unix.replace(b"\n", b"\r\n")):
        yield hashlib.new(algorithm, state, usedforsecurity=False).hexdigest()


def _dated(pin: Pin, wanted: str, source: Document, translation: Document, past: Past) -> Pinned:
    """Return the source as it was when the translation copied its date.

    The source may have been edited without a new date. Of its versions with that date, the one in the commit in which
    the translation got the date is meant; if that has another date, the newest.
    """
    field = pin.source_field or pin.fields[0]
    value = Scalar(wanted)
    trail, own = past.trail(source), past.trail(translation)
    if trail is None or own is None:
        return Pinned(wanted, source.data if same_value(source.value(field), value) else None)
    version = unchanged_since(partial(pin_text, pin), wanted, own, past)
    beside = trail.at(version.commit) if version else None
    candidates = ([beside] if beside else []) + list(trail.versions())
    for candidate in candidates:
        data = source.data if candidate == trail.head else past.read(candidate.blob)
        if data is not None and same_value(_value(data, field), value):
            return Pinned(wanted, data, version if candidate == beside else None)
    return Pinned(wanted, None)


def unchanged_since(
    told: Callable[[Document], str | None], wanted: str | None, trail: Trail, past: Past
) -> Version | None:
    """Return the oldest version of a file since which `told` said `wanted` of every version."""
    version = trail.head
    while version is not None:
        older = next((one for one in trail.parents(version) if _told(told, past.read(one.blob)) == wanted), None)
        if older is None:
            return version
        version = older
    return None


def _told(told: Callable[[Document], str | None], data: bytes | None) -> str | None:
    document = parse("", data) if data is not None else None
    return told(document) if isinstance(document, Document) else None


def _value(data: bytes, field: str) -> Value | None:
    document = parse("", data)
    return None if isinstance(document, Unreadable) else document.value(field)
