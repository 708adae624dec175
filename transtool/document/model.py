"""The nouns: a file that can be read, its fields, what is odd about it; and a file that cannot be read."""

import codecs
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import msgspec

from transtool.document.kinds import FrontMatterKind
from transtool.document.values import Mapping, Scalar, Span, Value, find, follow
from transtool.errors import Message


class Field(msgspec.Struct, frozen=True, array_like=True):
    """One field of the front matter: its value, and where its name stands (offsets into `Document.text`)."""

    name: str
    value: Value
    key: Span

    @property
    def line(self) -> int:
        """The 1-based line of the name, in the whole file."""
        return self.key.line


class Note(msgspec.Struct, frozen=True, array_like=True):
    """Something odd about a file that can be read: `problem` is a sentence of the rule `unreadable`."""

    problem: Literal["duplicate-key", "bom"]
    line: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file whose front matter or encoding is broken: why, and in which line (1-based, None if unknown)."""

    path: str
    problem: Message
    line: int | None
    data: bytes


@dataclass(frozen=True, kw_only=True)
class Document:
    """A file that can be read.

    The front matter ends and the body starts at `body_start` (an offset into `text`) in line `body_line`. Of a field
    that appears twice, `fields` has the last, which is the one that counts. Fields are looked up by dotted names
    (`l10n.sourceCommit`, `guests.0`); a name that holds a dot itself is found too.
    """

    path: str
    data: bytes
    fields: tuple[Field, ...] = ()
    body_start: int = 0
    body_line: int = 1
    format: FrontMatterKind = FrontMatterKind.NONE
    notes: tuple[Note, ...] = ()

    @cached_property
    def text(self) -> str:
        """The decoded file without a byte order mark, its line ends untouched; most are never asked for it."""
        return self.data.decode("utf-8-sig")

    @property
    def body(self) -> str:
        """Everything after the front matter."""
        return self.text[self.body_start :]

    def written(self, text: str) -> bytes:
        """Return the bytes of the file with another text, with its byte order mark if it has one."""
        return (codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b"") + text.encode()

    @property
    def title(self) -> str:
        """The field `title`, or nothing."""
        return self.raw("title") or ""

    def field(self, name: str) -> Field | None:
        """Return the field `name` of the outermost mapping."""
        if self.format is FrontMatterKind.HEADER:
            name = name.casefold().replace(" ", "")
        for field in self.fields:  # asked for thousands of pages: a generator would take twice as long
            if field.name == name:
                return field
        return None

    def value(self, dotted: str) -> Value | None:
        """Return the value of a field, or None where there is no such field."""
        field = self.field(dotted)
        if field is not None or "." not in dotted:
            return None if field is None else field.value
        if not any(dotted.startswith(field.name) for field in self.fields):
            return None
        mapping = Mapping(tuple((field.name, field.value) for field in self.fields))
        path = find(mapping, dotted)
        return None if path is None else follow(mapping, path)

    def has(self, dotted: str) -> bool:
        """Say whether the field is there, even if it holds nothing."""
        return self.value(dotted) is not None

    def raw(self, dotted: str) -> str | None:
        """Return the text of a scalar field as it was written, quotes resolved; None if absent, null or no scalar."""
        value = self.value(dotted)
        return value.text if isinstance(value, Scalar) and not value.null else None

    def line_of(self, dotted: str) -> int | None:
        """Return the 1-based line of a field in the whole file, or None where there is no such field."""
        field = self.field(dotted)
        if field is not None:
            return field.line
        value = self.value(dotted)
        return None if value is None else value.span.line
