"""One file: bytes to front matter and body, and back with single fields changed and every other byte kept."""

import codecs
import re
from collections.abc import Mapping as Names
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import frontmatter
from frontmatter.default_handlers import BaseHandler

from transtool.document import yaml_text as yamltext
from transtool.document.kinds import FrontMatterKind, unfenced, without
from transtool.document.values import Mapping, Scalar, Sequence, Span, Value, find, follow, same_value, show
from transtool.document.yaml_text import Broken, Tree
from transtool.errors import N_, EditRefused, Message, Problem

if TYPE_CHECKING:  # only needed to write
    from transtool.document.head import Head

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

_SLOW = (FrontMatterKind.TOML, FrontMatterKind.ELIXIR, FrontMatterKind.HEADER)
LARGEST = {kind: 1 << 16 if kind in _SLOW else 1 << 20 for kind in FrontMatterKind}
"""Characters of front matter that are read; `tomllib` is slower by far."""

_MARK = codecs.BOM_UTF8


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the front matter: its value, and where its name stands (offsets into `Document.text`)."""

    name: str
    value: Value
    key: Span

    @property
    def line(self) -> int:
        """The 1-based line of the name, in the whole file."""
        return self.key.line


@dataclass(frozen=True, slots=True)
class Note:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that can be read.

    `text` is the decoded file without a byte order mark, its line ends untouched; the front matter ends and
    the body starts at `body_start` (an offset into `text`) in line `body_line`. Of a field that stands twice,
    `fields` has the last, which is the one that counts. Fields are looked up by dotted names (`l10n.sourceCommit`,
    `guests.0`); a name that holds a dot itself is found too.
    """

    path: str
    data: bytes
    text: str
    fields: tuple[Field, ...] = ()
    body_start: int = 0
    body_line: int = 1
    format: FrontMatterKind = FrontMatterKind.NONE
    notes: tuple[Note, ...] = ()

    @property
    def body(self) -> str:
        """Everything after the front matter."""
        return self.text[self.body_start :]

    @property
    def title(self) -> str:
        """The field `title`, or nothing."""
        return self.raw("title") or ""

    def field(self, name: str) -> Field | None:
        """Return the field `name` of the outermost mapping."""
        if self.format is FrontMatterKind.HEADER:
            name = name.casefold().replace(" ", "")
        return next((field for field in self.fields if field.name == name), None)

    def value(self, dotted: str) -> Value | None:
        """Return the value of a field, or None where there is no such field."""
        field = self.field(dotted)
        if field is not None or "." not in dotted:
            return None if field is None else field.value
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


def parse(path: str, data: bytes) -> Document | Unreadable:
    """Read a file. Whatever is wrong with it comes back as `Unreadable` or as a note; nothing is raised.

    Takes a time that depends on the front matter only, but for decoding.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        message = Message(N_("UTF-16, not UTF-8")) if wide else Message(N_("not UTF-8"))
        return Unreadable(path, message, 1 if wide else data.count(b"\n", 0, error.start) + 1, data)
    try:
        fence = _fence(text)
        if fence is None:
            return Document(path=path, data=data, text=text, format=without(path))
        metadata, _ = frontmatter.parse(text[: fence.end], handler=_Handler(text, fence))
    except Broken as broken:
        return Unreadable(path, broken.message, broken.line, data)
    tree = metadata["tree"]
    assert isinstance(tree, Tree)  # noqa: S101 - what our own handler returned
    return _document(path, data, text, fence, tree)


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
    wanted: dict[str, str | None] = {**changes, **(append or {})}
    wanted = {name: value for name, value in wanted.items() if not _holds(document, name, value)}
    if not wanted:
        return document.data
    if document.format in NOT_EDITED and not (create and document.format is FrontMatterKind.NONE):
        raise _refused(document, NOT_EDITED[document.format])
    from transtool.document import splice

    head = document.text[: document.body_start] or splice.empty(document.text)
    for name, value in wanted.items():
        head = _changed(document, head, name, value)
    return (_MARK if document.data.startswith(_MARK) else b"") + (head + document.body).encode()


def adopt(document: Document, source: Document, path: tuple[str, ...]) -> bytes:
    """Return the file with the field at `path` as `source` has it, and every other byte as it was.

    The value is copied as it is written there: its quotes, the style of its lists, the spelling of dates. A field that
    `source` has not got is taken out; one that is new stands beside those that it stands beside there. Where a mapping
    on the way is missing, the whole of it is copied. Raises `EditRefused` when anything else would change.
    """
    for each in (document, source):
        if each.format in NOT_EDITED:
            raise _refused(each, NOT_EDITED[each.format])
    if document.format is not source.format:
        raise _refused(document, N_("its front matter is of another kind than the source's"))
    from transtool.document.adopt import adopted
    from transtool.document.members import place_of

    ours, theirs = (_head(each.text[: each.body_start]) for each in (document, source))
    whole = next((path[:at] for at in range(1, len(path)) if place_of(ours, path[:at]) is None), path)
    after = adopted(ours, theirs, whole, _head)
    if after is None:
        raise _refused(document, N_("{field} cannot be changed without changing something else"), field=".".join(path))
    return (_MARK if document.data.startswith(_MARK) else b"") + (after + document.body).encode()


NOT_EDITED: Names[FrontMatterKind, str] = MappingProxyType(
    {
        # Translators: a map of the programming language Elixir at the beginning of a file: %{ title: "..." }
        FrontMatterKind.ELIXIR: N_("a map of Elixir (`%{{…}}`) can be read, but not edited"),
        FrontMatterKind.PLAIN: N_("AsciiDoc and reStructuredText are given no front matter"),
        FrontMatterKind.NONE: N_("there is no front matter to edit"),
    }
)
"""What is said of the kinds of front matter that nothing can be written into."""

# A fence is a line of its own; Jekyll allows blanks behind it. `----` is none.
_OPENING = re.compile(r"(?P<fence>---|\+\+\+)[ \t\r\f\v]*\n")
_CLOSING = {
    "---": re.compile(r"\n(?:---|\.\.\.)[ \t\r\f\v]*(?=\n|\Z)"),
    "+++": re.compile(r"\n\+\+\+[ \t\r\f\v]*(?=\n|\Z)"),
}
_FIELD_LIKE = re.compile(r"(?:[ \t\r\f\v]*(?:#[^\n]*)?\n)*[\"']?[\w-]{1,99}[\"']?[ \t]*[:=]")


@dataclass(frozen=True, slots=True)
class _Fence:
    """The offsets of front matter: its text from `start` to `stop`, and where the line of the closing fence ends."""

    format: FrontMatterKind
    start: int
    stop: int
    end: int


def _fence(text: str) -> _Fence | None:
    """Find where the front matter of a file stands; None where there is none. Linear, and never far into a body."""
    opening = _OPENING.match(text)
    if opening is not None:
        return _fenced(text, opening)
    kind = unfenced(text)
    most = LARGEST[kind]
    match kind:
        case FrontMatterKind.JSON:
            from transtool.document import json_text

            stop = json_text.end_of(text, most)
            return None if stop is None else _Fence(kind, 0, stop, text.find("\n", stop) + 1 or len(text))
        case FrontMatterKind.ELIXIR:
            from transtool.document import elixir_text

            found = elixir_text.end_of(text, most)
            return None if found is None else _Fence(kind, 0, *found)
        case FrontMatterKind.HEADER:
            from transtool.document import header_text

            stop = header_text.end_of(text, most)
            return _Fence(kind, 0, stop, stop)
    return None


def _fenced(text: str, opening: re.Match[str]) -> _Fence | None:
    """Find the closing fence; None if the opening one is just a line of dashes."""
    format_ = FrontMatterKind.YAML if opening["fence"] == "---" else FrontMatterKind.TOML
    start = opening.end()
    closing = _CLOSING[opening["fence"]].search(text, start - 1, start + LARGEST[format_])
    if closing is not None and (closing.end() == len(text) or text[closing.end()] == "\n"):
        return _Fence(format_, start, closing.start() + 1, min(closing.end() + 1, len(text)))
    if not _FIELD_LIKE.match(text, start):
        return None
    raise Broken(Message(N_("the front matter is not closed (no line {fence})"), {"fence": opening["fence"]}), 1)


class _Handler(BaseHandler):
    """Tells python-frontmatter where front matter ends and how to read it.

    The package's own handlers take a `---` anywhere, guess types and stop the run on bad input. It also strips
    what it hands over and changes its line ends, so both steps go back to the text of the file itself.
    """

    FM_BOUNDARY = _CLOSING["---"]

    def __init__(self, text: str, fence: _Fence) -> None:
        super().__init__()
        self.text = text
        self.fence = fence

    def split(self, text: str) -> tuple[str, str]:
        """Return the text between the fences and no body: a body of megabytes is not worth copying."""
        return self.text[self.fence.start : self.fence.stop], ""

    def load(self, fm: str) -> dict[str, object]:
        """Return the one entry `tree`."""
        return {"tree": _tree(self.fence.format, fm, self.fence.start)}


def _tree(kind: FrontMatterKind, text: str, offset: int) -> Tree:
    """Read the text of front matter of a kind, which starts at `offset` of its file."""
    line = 2 if offset else 1
    match kind:
        case FrontMatterKind.YAML:
            return yamltext.read(text, offset=offset, line=line)
        case FrontMatterKind.TOML:
            from transtool.document import toml_text as reader
        case FrontMatterKind.JSON:
            from transtool.document import json_text as reader  # type: ignore[no-redef]
        case FrontMatterKind.ELIXIR:
            from transtool.document import elixir_text as reader  # type: ignore[no-redef]
        case _:
            from transtool.document import header_text as reader  # type: ignore[no-redef]
    return reader.read(text, offset=offset, line=line)


def _document(path: str, data: bytes, text: str, fence: _Fence, tree: Tree) -> Document:
    notes = [Note("bom", 1)] if data.startswith(_MARK) else []
    notes += [Note("duplicate-key", repeated.line, repeated.name) for repeated in tree.repeated]
    last = {entry.name: entry for entry in tree.entries}
    return Document(
        path=path,
        data=data,
        text=text,
        fields=tuple(Field(entry.name, entry.value, entry.key) for entry in tree.entries if last[entry.name] is entry),
        body_start=fence.end,
        body_line=text.count("\n", 0, fence.end) + 1,
        format=fence.format,
        notes=tuple(notes),
    )


def _holds(document: Document, name: str, wanted: str | None) -> bool:
    """Say whether nothing needs to be done."""
    value = document.value(name)
    if wanted is None or value is None:
        return wanted is None and value is None
    return isinstance(value, Scalar) and not value.null and value.text == wanted


def _changed(document: Document, text: str, name: str, wanted: str | None) -> str:
    """Return front matter (with its fences) with one field changed."""
    from transtool.document.change import changed

    after = changed(_head(text), name, wanted, _head)
    if after is None:
        raise _refused(document, N_("{field} cannot be changed without changing something else"), field=name)
    return after


def _head(text: str) -> "Head":
    """Read front matter; raises `Broken` unless all of `text` is front matter."""
    from transtool.document.head import Head

    fence = _fence(text)
    if fence is None or fence.end != len(text):
        raise Broken(Message(N_("the front matter would end elsewhere")), None)
    tree = _tree(fence.format, text[fence.start : fence.stop], fence.start)
    return Head(text, tree, fence.start, fence.stop, fence.format)


def _refused(document: Document, template: str, **facts: object) -> EditRefused:
    field = facts.get("field")
    line = document.line_of(field) if isinstance(field, str) else None
    return EditRefused(Problem(message=Message(template, facts), path=document.path, line=line))
