"""Find the files that front matter names by a relative path, and what a translation elsewhere needs of them."""

import posixpath
import re
from collections.abc import Callable, Iterator

from transtool.document import Document, Mapping, Scalar, Value
from transtool.edits import Copy
from transtool.link import PAGE_SUFFIX

_FILE = re.compile(r"(?![#/\\~])[^\s:?*\"<>|][^:?*\"<>|\r\n]{0,250}\.[A-Za-z0-9]{1,5}")
_PAGE = re.compile(rf"{PAGE_SUFFIX}\Z", re.IGNORECASE)


def copies(document: Document, target: str, skip: frozenset[str], exists: Callable[[str], bool]) -> Iterator[Copy]:
    """Give the copies that a translation of `document` at `target` needs so that its relative paths lead to files.

    Fields in `skip` are not looked at: they differ by language. Nothing is given for what is there already, for
    addresses and absolute paths, for other pages, and for what the source itself lacks or has outside of the site.
    """
    ours, theirs = posixpath.dirname(document.path), posixpath.dirname(target)
    if ours == theirs:
        return
    names = {
        text for field in document.fields if field.name not in skip for text in _texts(field.value) if _is_file(text)
    }
    for name in sorted(names):
        origin, place = _joined(ours, name), _joined(theirs, name)
        if origin is not None and place is not None and exists(origin) and not exists(place):
            yield Copy(place, origin)


def _texts(value: Value) -> Iterator[str]:
    match value:
        case Scalar():
            yield value.text
        case Mapping():
            for _, item in value.items:
                yield from _texts(item)
        case _:
            for item in value.items:
                yield from _texts(item)


def _is_file(text: str) -> bool:
    return _FILE.fullmatch(text) is not None and _PAGE.search(text) is None


def _joined(folder: str, name: str) -> str | None:
    """Return the path in the site that `name` means in `folder`; None where it leads out of the site."""
    path = posixpath.normpath(posixpath.join(folder, name))
    return None if path == ".." or path.startswith("../") else path
