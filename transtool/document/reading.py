"""Bytes to front matter and body."""

import codecs
import re
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import frontmatter
from frontmatter.default_handlers import BaseHandler

from transtool.document.kinds import FrontMatterKind, unfenced, without
from transtool.document.model import Document, Field, Note, Unreadable
from transtool.document.yaml_text import Broken, Tree
from transtool.errors import N_, Message

_SLOW = (FrontMatterKind.TOML, FrontMatterKind.ELIXIR, FrontMatterKind.HEADER)
LARGEST = {kind: 1 << 16 if kind in _SLOW else 1 << 20 for kind in FrontMatterKind}
"""Characters of front matter that are read; `tomllib` is slower by far."""


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
        fence = fence_of(text)
        if fence is None:
            return Document(path=path, data=data, format=without(path))
        metadata, _ = frontmatter.parse(text[: fence.end], handler=_Handler(text, fence))
    except Broken as broken:
        return Unreadable(path, broken.message, broken.line, data)
    tree = metadata["tree"]
    assert isinstance(tree, Tree)  # noqa: S101 - what our own handler returned
    return _document(path, data, text, fence, tree)


# A fence is a line of its own; Jekyll allows blanks behind it. `----` is none.
_OPENING = re.compile(r"(?P<fence>---|\+\+\+)[ \t\r\f\v]*\n")
_CLOSING = {
    "---": re.compile(r"\n(?:---|\.\.\.)[ \t\r\f\v]*(?=\n|\Z)"),
    "+++": re.compile(r"\n\+\+\+[ \t\r\f\v]*(?=\n|\Z)"),
}
_FIELD_LIKE = re.compile(r"(?:[ \t\r\f\v]*(?:#[^\n]*)?\n)*[\"']?[\w-]{1,99}[\"']?[ \t]*[:=]")


@dataclass(frozen=True, slots=True)
class Fence:
    """The offsets of front matter: its text from `start` to `stop`, and where the line of the closing fence ends."""

    format: FrontMatterKind
    start: int
    stop: int
    end: int


def fence_of(text: str) -> Fence | None:
    """Find where the front matter of a file stands; None where there is none. Linear, and never far into a body."""
    opening = _OPENING.match(text)
    if opening is not None:
        return _fenced(text, opening)
    kind = unfenced(text)
    found = None if kind is FrontMatterKind.NONE else _reader(kind).end_of(text, LARGEST[kind])
    return None if found is None else Fence(kind, 0, *found)


def _fenced(text: str, opening: re.Match[str]) -> Fence | None:
    """Find the closing fence; None if the opening one is just a line of dashes."""
    format_ = FrontMatterKind.YAML if opening["fence"] == "---" else FrontMatterKind.TOML
    start = opening.end()
    closing = _CLOSING[opening["fence"]].search(text, start - 1, start + LARGEST[format_])
    if closing is not None and (closing.end() == len(text) or text[closing.end()] == "\n"):
        return Fence(format_, start, closing.start() + 1, min(closing.end() + 1, len(text)))
    if not _FIELD_LIKE.match(text, start):
        return None
    raise Broken(N_("the front matter is not closed (no line {fence})"), 1, fence=opening["fence"])


class _Handler(BaseHandler):
    """Tells python-frontmatter where front matter ends and how to read it.

    The package's own handlers take a `---` anywhere, guess types and stop the run on bad input. It also strips
    what it hands over and changes its line ends, so both steps go back to the text of the file itself.
    """

    FM_BOUNDARY = _CLOSING["---"]

    def __init__(self, text: str, fence: Fence) -> None:
        super().__init__()
        self.text = text
        self.fence = fence

    def split(self, text: str) -> tuple[str, str]:
        """Return the text between the fences and no body: a body of megabytes is not worth copying."""
        return self.text[self.fence.start : self.fence.stop], ""

    def load(self, fm: str) -> dict[str, object]:
        """Return the one entry `tree`."""
        return {"tree": tree_of(self.fence.format, fm, self.fence.start)}


def tree_of(kind: FrontMatterKind, text: str, offset: int) -> Tree:
    """Read the text of front matter of a kind, which starts at `offset` of its file."""
    tree: Tree = _reader(kind).read(text, offset=offset, line=2 if offset else 1)
    return tree


def _reader(kind: FrontMatterKind) -> ModuleType:
    """Return the module for a kind; most sites have one kind only."""
    return import_module(f"transtool.document.{kind.value}_text")


def _document(path: str, data: bytes, text: str, fence: Fence, tree: Tree) -> Document:
    notes = [Note("bom", 1)] if data.startswith(codecs.BOM_UTF8) else []
    notes += [Note("duplicate-key", repeated.line, repeated.name) for repeated in tree.repeated]
    last = {entry.name: entry for entry in tree.entries}
    return Document(
        path=path,
        data=data,
        fields=tuple(Field(entry.name, entry.value, entry.key) for entry in tree.entries if last[entry.name] is entry),
        body_start=fence.end,
        body_line=text.count("\n", 0, fence.end) + 1,
        format=fence.format,
        notes=tuple(notes),
    )
