"""JSON as every format of ours writes it, so that nothing of a site reaches a terminal or an editor raw."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from transtool.i18n.safe_text import escaped_in_json


def dumps(document: Any, *, indent: int | None = 2) -> str:
    """Return plain values as JSON with a final line end, letters as they are; what steers or hides is escaped."""
    return escaped_in_json(_indented(document, indent)) + "\n"


_AT_ONCE = 256
"""Values of a long list that are plain values, and text of several kinds, at the same time."""


def dumps_long(document: Mapping[str, Any], lists: Mapping[str, Iterable[Any]]) -> str:
    """Return what `dumps` makes of a document with `lists` at its end, of which there are never all values at once."""
    parts = [dumps(document).removesuffix("\n}\n")]
    for name, values in lists.items():
        items = ",".join(_items(iter(values)))
        parts += (f',\n  "{name}": [', f"{items}\n  " if items else "", "]")
    return "".join((*parts, "\n}\n"))


def _items(values: Iterator[Any]) -> Iterator[str]:
    """Give the values of a list, some at a time, as they stand in a member of a document."""
    while some := list(islice(values, _AT_ONCE)):
        yield dumps(some).removeprefix("[").removesuffix("\n]\n").replace("\n", "\n  ")


def _indented(document: Any, indent: int | None) -> str:
    # The package writes no line ends without going slowly, value by value, through all of it; msgspec adds them to
    # finished JSON.
    text = json.dumps(document, ensure_ascii=False)
    if indent is None:
        return text
    import msgspec

    try:
        return msgspec.json.format(text, indent=indent)
    except UnicodeEncodeError:  # bytes of file names that are not UTF-8
        return json.dumps(document, ensure_ascii=False, indent=indent)
