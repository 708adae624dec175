"""One file: bytes to front matter and body, and back with single fields changed and every other byte kept."""

from collections.abc import Mapping as Names

from transtool.document.kinds import NOT_EDITED, FrontMatterKind
from transtool.document.model import Document, Field, Note, Unreadable
from transtool.document.values import Mapping, Scalar, Sequence, Value, same_value, show

__all__ = [
    "NOT_EDITED",
    "Document",
    "Field",
    "FrontMatterKind",
    "Mapping",
    "Note",
    "Scalar",
    "Sequence",
    "Unreadable",
    "Value",
    "adopt",
    "edit",
    "parse",
    "same_value",
    "show",
]


# What reads and writes front matter is imported when a file has to be read that is not remembered, or to be written.


def parse(path: str, data: bytes) -> Document | Unreadable:
    """Read a file. Whatever is wrong with it comes back as `Unreadable` or as a note; nothing is raised.

    Takes a time that depends on the front matter only, but for decoding.
    """
    from transtool.document import reading

    return reading.parse(path, data)


def edit(
    document: Document,
    changes: Names[str, str | None],
    *,
    append: Names[str, str] | None = None,
    create: bool = False,
) -> bytes:
    """Return the file with fields changed (None removes one) and every other byte as it was.

    A new value is written in the style of the old one if it reads back as the same text and type, else in double
    quotes. Fields that are not there yet are added at the end of the front matter (of TOML, above its tables), in
    order, those of `append` last. A file without front matter is given some only with `create`. Raises `EditRefused`
    when anything else would have changed, and for front matter that is only read.
    """
    from transtool.document import editing

    return editing.edit(document, changes, append=append, create=create)


def adopt(document: Document, source: Document, path: tuple[str, ...]) -> bytes:
    """Return the file with the field at `path` as `source` has it, and every other byte as it was.

    The value is copied as it is written there: its quotes, the style of its lists, the spelling of dates. A field that
    `source` does not have is taken out; a new one gets the neighbours that it has there. Where a mapping on the way is
    missing, the whole of it is copied. Raises `EditRefused` when anything else would change.
    """
    from transtool.document import editing

    return editing.adopt(document, source, path)
