"""Headers without fences (`Title: …` lines, as Pelican, MkDocs and MultiMarkdown have them), read and edited by lines.

Names are compared without case, and their blanks do not count, as all three have it. A line that is indented goes on
with the value above it.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from msgspec import structs

from transtool.document.head import Head, eol_of
from transtool.document.values import Scalar, Span, find
from transtool.document.yaml_text import Entry, Repeated, Tree

_FIELD = re.compile(r"[ ]{0,3}(?P<name>[A-Za-z0-9][A-Za-z0-9_ -]{0,40}?)[ \t]{0,8}:[ \t]*+(?P<value>[^\n]*+)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,40}")
_MORE = re.compile(r"(?:[ ]{4}|\t)[ \t]*\S")


def end_of(text: str, most: int) -> tuple[int, int]:
    """Return where the header of `text` ends, twice: behind an empty line, or before a line without a field."""
    at = 0
    while at < min(len(text), most):
        stop = text.find("\n", at) + 1 or len(text)
        line = text[at:stop].rstrip("\r\n")
        if not line.strip():
            return stop, stop
        if not (_FIELD.fullmatch(line) or _MORE.match(line)):
            break
        at = stop
    return at, at


def read(text: str, *, offset: int = 0, line: int = 1) -> Tree:
    """Read the lines of a header; see `yaml_text.read` for the places."""
    entries: list[Entry] = []
    repeated: list[Repeated] = []
    seen: set[str] = set()
    more: list[str] = []
    at = 0
    for number, content in enumerate(text.split("\n"), line):
        bare = content.removesuffix("\r")
        found = _FIELD.fullmatch(bare)
        if entries and _MORE.match(bare):
            more.append(bare.strip())
            entries[-1] = _until(entries[-1], offset + at + len(bare.rstrip()))
        elif found:
            _join(entries, more)
            entries.append(_entry(found, offset + at, number))
            if entries[-1].name in seen:
                repeated.append(Repeated(entries[-1].name, number))
            seen.add(entries[-1].name)
        at += len(content) + 1
    _join(entries, more)
    return Tree(tuple(entries), tuple(repeated))


def candidates(head: Head, name: str, wanted: str | None) -> Iterator[str]:
    """Yield `head.text` with the field `name` (folded) set to `wanted`, or without its lines."""
    text = head.text
    if wanted is None:
        yield _removed(head, name)
    elif wanted != wanted.strip() or "\n" in wanted or "\r" in wanted:
        return
    elif find(head.mapping, name) is not None:
        entry = next(entry for entry in reversed(head.tree.entries) if entry.name == name)
        start, end = entry.value.span.start, entry.value.span.end
        blank = "" if text[start - 1] in " \t" else " "
        yield text[:start] + blank + wanted + text[end:]
    elif _NAME.fullmatch(name):
        eol = eol_of(text)
        stop = text.find("\n", head.tree.entries[-1].value.span.end) + 1 or len(text)
        first = "" if text[:stop].endswith("\n") else eol
        yield f"{text[:stop]}{first}{name}: {wanted}{eol if text[:stop].endswith(chr(10)) else ''}{text[stop:]}"


def copied(head: Head, theirs: Head, path: tuple[str, ...]) -> Iterator[str]:
    """Yield `head.text` with the field at `path` (one name, folded) as `theirs` has it."""
    ours, other = ({entry.name: entry for entry in each.tree.entries} for each in (head, theirs))
    wanted = other.get(path[0])
    if wanted is None:
        yield _removed(head, path[0])
        return
    eol, text = eol_of(head.text), head.text
    written = theirs.text[wanted.key.start : wanted.value.span.end].replace("\r\n", "\n").replace("\n", eol)
    mine = ours.get(path[0])
    if mine is not None:
        value = theirs.text[wanted.value.span.start : wanted.value.span.end].replace("\r\n", "\n").replace("\n", eol)
        yield text[: mine.value.span.start] + value + text[mine.value.span.end :]
        return
    names = list(other)
    previous = next((ours[each] for each in reversed(names[: names.index(path[0])]) if each in ours), None)
    at = text.find("\n", previous.value.span.end) + 1 if previous is not None else head.start
    yield f"{text[:at]}{written}{eol}{text[at:]}"


def _removed(head: Head, name: str) -> str:
    text = head.text
    for entry in reversed(head.tree.entries):
        if entry.name == name:
            start = text.rfind("\n", 0, entry.key.start) + 1
            end = text.find("\n", entry.value.span.end) + 1 or len(text)
            text = text[:start] + text[end:]
    return text


def _entry(found: re.Match[str], start: int, line: int) -> Entry:
    """Return the field of a line that starts at offset `start` of the file."""
    value = found["value"].rstrip()
    span = Span(start=start + found.start("value"), end=start + found.start("value") + len(value), line=line)
    key = Span(start=start + found.start("name"), end=start + found.end("name"), line=line)
    return Entry(folded(found["name"]), Scalar(value, not value, span), key)


def _until(entry: Entry, end: int) -> Entry:
    span = entry.value.span
    return replace(entry, value=structs.replace(entry.value, span=Span(start=span.start, end=end, line=span.line)))


def _join(entries: list[Entry], more: list[str]) -> None:
    """Give the last field the lines that go on with it."""
    if more and isinstance(entries[-1].value, Scalar):
        first = entries[-1].value
        text = "\n".join([first.text, *more] if first.text else more)
        entries[-1] = replace(entries[-1], value=Scalar(text, span=first.span))
    more.clear()


def folded(name: str) -> str:
    """Return a name as names are compared."""
    return name.strip().casefold().replace(" ", "")
