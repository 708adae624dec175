"""Find the records of the source's version that a site keeps itself, and try them on its repository."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transtool.discover.cases import flat
from transtool.discover.files import Files
from transtool.document import Document, Scalar, same_value
from transtool.document.values import day, instant
from transtool.history import History
from transtool.settings import Pin, PinKind
from transtool.staleness.page_store import Past
from transtool.staleness.pins import pinned

Beside = tuple[str, str]
"""The paths of a source and of a translation of it."""

_HEX = re.compile(r"(?i)(?=.*[0-9])[0-9a-f]{7,40}|[0-9a-f]{64}")
_DATED = re.compile(r"(?is).*(?:mod|updat|revis|sourc|origin|sync|transl|chang).*")

# A field is tried where this many translations have it, on as many of them, and proposed if this share fits.
_ENOUGH = 2
_TRIED = 40
_FITTING = 0.5
# Of dates, this share must be other than the source's date of today: one that never changes is not a version.
_MOVED = 0.05


@dataclass(frozen=True, slots=True)
class Proof:
    """A pin, how many translations have it, and that it names a version of the source in `fits` of `tried` of them."""

    pin: Pin
    count: int
    fits: int
    tried: int


def is_pinned(path: str, files: Files, history: History | None) -> bool:
    """Return whether a field or a record of a page names a commit of the repository."""
    front = files.front(path)
    if front is None or history is None:
        return False
    texts = (*(text for _, text in _texts(front)), *files.recorded(path).values())
    return any(_HEX.fullmatch(text) and history.position(text.lower()) is not None for text in texts)


def pins(beside: Sequence[Beside], files: Files, past: Past) -> tuple[Proof, ...]:
    """Return the pins that fit, those that most translations have first."""
    if past.history is None:
        return ()
    having: dict[tuple[str, bool], list[Beside]] = defaultdict(list)
    dated: dict[str, list[Beside]] = defaultdict(list)
    for pair in beside:
        document = files.front(pair[1])
        for name, text in () if document is None else _texts(document):
            if _HEX.fullmatch(text):
                having[name, False].append(pair)
            elif day(text) is not None or instant(text) is not None:
                dated[name].append(pair)
        for name in files.recorded(pair[1]):
            having[name, True].append(pair)
    found = [
        proof
        for (name, comment), pairs in having.items()
        if len(pairs) >= _ENOUGH and (proof := _best(name, comment=comment, pairs=pairs, files=files, past=past))
    ]
    found += [proof for name, pairs in dated.items() if (proof := _dated(name, pairs, files, past)) is not None]
    return tuple(sorted(found, key=lambda proof: (-proof.count, proof.pin.fields)))


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    return ((name, value.text.strip()) for name, value in flat(document).items() if isinstance(value, Scalar))


def _best(name: str, *, comment: bool, pairs: Sequence[Beside], files: Files, past: Past) -> Proof | None:
    """Return the kind of pin that fits most of `pairs`, None where none fits enough."""
    tried = _sample(pairs)
    kinds = (PinKind.COMMIT, PinKind.BLOB, PinKind.MD5, PinKind.SHA256)
    proofs = (
        Proof(pin, len(pairs), _fitting(pin, tried, files, past), len(tried))
        for pin in (Pin(fields=(name,), kind=kind, comment=comment) for kind in kinds)
    )
    best = max(proofs, key=lambda proof: proof.fits)
    return best if best.fits >= _FITTING * best.tried and best.fits >= _ENOUGH else None


def _dated(name: str, pairs: Sequence[Beside], files: Files, past: Past) -> Proof | None:
    """Return the pin that copies the source's date, None where the field is not such a copy.

    The dates that differ from the source's of today tell: a pin's stand in older versions of the source.
    """
    if not _DATED.fullmatch(name):
        return None
    among = [(source, document) for source, _ in pairs if (document := files.front(source)) is not None]
    fields = (
        [name] if any(document.has(name) for _, document in among) else _dates_of(document for _, document in among)
    )
    for field in fields:
        moved = [pair for pair in pairs if _differs(files.front(pair[0]), field, files.front(pair[1]), name)]
        tried = _sample(moved)
        if len(moved) < max(_ENOUGH, _MOVED * len(pairs)):
            continue
        pin = Pin(fields=(name,), kind=PinKind.DATE, source_field=None if field == name else field)
        fits = _fitting(pin, tried, files, past)
        if fits >= _FITTING * len(tried):
            return Proof(pin, len(pairs), fits, len(tried))
    return None


def _dates_of(sources: Iterable[Document]) -> list[str]:
    counts: dict[str, int] = defaultdict(int)
    for source in sources:
        for name, text in _texts(source):
            counts[name] += day(text) is not None or instant(text) is not None
    return sorted((name for name, count in counts.items() if count), key=lambda name: (-counts[name], name))


def _differs(source: Document | None, field: str, translation: Document | None, name: str) -> bool:
    if source is None or translation is None:
        return False
    there, own = source.value(field), translation.value(name)
    return there is not None and own is not None and not same_value(there, own)


def _fitting(pin: Pin, pairs: Sequence[Beside], files: Files, past: Past) -> int:
    """Return in how many of `pairs` the pin of the translation names a version of the source."""
    fits = 0
    for source, translation in pairs:
        original, document = files.whole(source), files.whole(translation)
        if isinstance(original, Document) and isinstance(document, Document):
            found = pinned(pin, original, document, past)
            fits += found is not None and found.data is not None
    return fits


def _sample(pairs: Sequence[Beside]) -> Sequence[Beside]:
    """Return at most `_TRIED` of `pairs`, from all over them."""
    return pairs[:: max(1, -(-len(pairs) // _TRIED))]
