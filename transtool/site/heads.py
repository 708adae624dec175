"""Remember front matter between runs: what a file of these very bytes says does not change."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from transtool.document import Document, Field, FrontMatterKind, Note, Unreadable, parse
from transtool.site.cache_file import CacheFile, damage
from transtool.site.progress import Stages
from transtool.site.scan import Scan


class _Head(msgspec.Struct, frozen=True, array_like=True):
    """What was read of a file: the digest of its bytes, and of a `Document` what takes time to find."""

    digest: bytes
    fields: tuple[Field, ...]
    body_start: int
    body_line: int
    format: FrontMatterKind
    notes: tuple[Note, ...]


_Heads = dict[str, _Head]
"""Heads by the paths of their files."""


def read(scan: Scan, place: Path | None, stages: Stages) -> list[Document | Unreadable]:
    """Return the documents of all files that were read, as remembered at `place` where the bytes are the same.

    What stands there is replaced by what is known of these files now, if that is anything new. None remembers nothing.
    """
    if place is None:
        return [parse(path, data) for path, data in scan.files]
    file = _file(place)
    stages.asides += damage(file)
    known = file.content or {}
    heads: _Heads = {}
    documents = []
    for (path, data), digest in zip(scan.files, scan.digests, strict=True):
        head = known.get(path)
        document = parse(path, data) if head is None or head.digest != digest else _revived(path, data, head)
        documents.append(document)
        if isinstance(document, Document):
            heads[path] = head if head is not None and head.digest == digest else _head(digest, document)
    if heads != known:
        file.keep(heads)
    return documents


def remembered(place: Path | None) -> Callable[[str], Document | None]:
    """Return what gives the front matter that is remembered of a path at `place`, in a document without any text."""
    heads = (_file(place).content if place is not None else None) or {}
    return lambda path: _revived(path, b"", heads[path]) if path in heads else None


def _file(place: Path) -> CacheFile[_Heads]:
    return CacheFile(place.with_suffix(".heads.msgpack"), _Heads)


def _head(digest: bytes, document: Document) -> _Head:
    return _Head(digest, document.fields, document.body_start, document.body_line, document.format, document.notes)


def _revived(path: str, data: bytes, head: _Head) -> Document:
    return Document(
        path=path,
        data=data,
        fields=head.fields,
        body_start=head.body_start,
        body_line=head.body_line,
        format=head.format,
        notes=head.notes,
    )
