"""Values as bytes and back, checked by their types: between processes and between runs."""

from functools import cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def encoded(value: object) -> bytes:
    """Return what `decoded` reads. Raises ValueError for a text that is not Unicode, as a file name need not be."""
    return msgspec.msgpack.encode(value)


def decoded(data: bytes | msgspec.Raw, kind: type[T]) -> T | None:
    """Return the value that was encoded, None where that is not a `kind`."""
    try:
        found: T = _decoder(kind).decode(data)  # type: ignore[arg-type]  # types are hashable
    except Exception:  # damaged, of another program, nested without end: whatever it is
        return None
    return found


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
