"""Front matter as the inference of roles sees it: one value for every field, nested ones by dotted names."""

import re
from collections.abc import Iterator, Mapping

from transtool.document import Document, Sequence, Value
from transtool.document import Mapping as Nested
from transtool.document.values import Scalar, day, instant

_DEEPEST = 3
_NO_WORDS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//.*|[^\s@]+@[^\s@]+|\S*/\S*|[\w./-]+\.[a-z0-9]{2,4}|[0-9a-f]{12,}", re.IGNORECASE
)


def flat(document: Document) -> Mapping[str, Value]:
    """Return every field that holds something, those inside mappings by dotted names."""
    return dict(pair for each in document.fields if each.name for pair in _flat(each.name, each.value, 1))


def is_wordy(value: Value) -> bool:
    """Return whether `value` holds words: not only numbers, dates, addresses or file names."""
    match value:
        case Scalar(text=text):
            plain = re.fullmatch("(?i:true|false|yes|no|on|off)", text) is not None
            dated = day(text) is not None or instant(text) is not None
            return not plain and not dated and not _NO_WORDS.fullmatch(text) and bool(re.search(r"[^\W\d_]{2}", text))
        case Sequence(items=items):
            return any(map(is_wordy, items))
        case Nested(items=pairs):
            return any(is_wordy(item) for _, item in pairs)


def _flat(name: str, value: Value, depth: int) -> Iterator[tuple[str, Value]]:
    match value:
        case Scalar():
            if not value.null and value.text:
                yield name, value
        case Sequence(items=items):
            if items:
                yield name, value
        case Nested(items=pairs):
            if depth == _DEEPEST or any("." in key or not key for key, _ in pairs):
                yield name, value
                return
            for key, item in pairs:
                yield from _flat(f"{name}.{key}", item, depth + 1)
