"""TOML front matter read as text: `tomllib` decides what stands there, the line itself how it is written."""

import re
import tomllib
from collections.abc import Iterator

from transtool.document.values import Mapping, Scalar, Sequence, Span, Value
from transtool.document.yaml_text import DEEPEST, Broken, Entry, Tree
from transtool.errors import N_, Message
from transtool.text.nesting import is_too_deep

_TABLE = re.compile(r"[ \t]*+\[++(?P<key>[^\]\n]++)\]++[ \t]*+(?:#.*)?")
_FIELD = re.compile(r"(?P<key>[^=\n#\[]++)=(?P<raw>.*)")
_PART = re.compile(r"""[\w-]+|"[^"\\]*"|'[^']*'""", re.ASCII)
_KEY = re.compile(rf"(?:{_PART.pattern})(?:[ \t]*\.[ \t]*(?:{_PART.pattern}))*", re.ASCII)
_DIGITS = re.compile(r"[^#\s][^#]*")
_LINE = re.compile(r"line ([0-9]+)")
_Path = tuple[str, ...]


def read(text: str, *, offset: int = 0, line: int = 1) -> Tree:
    """Read the tables of a TOML text; see `yamltext.read` for the places and for `Broken`.

    Numbers, dates and booleans keep the text they are written with wherever one line holds the whole value.
    """
    if is_too_deep(text):
        raise Broken(Message(N_("nested too deeply")), line)
    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        message = Message(N_("not valid TOML: {reason}"), {"reason": str(error)})
        raise Broken(message, line + int(found[1]) - 1 if found else line) from error
    written = dict(_written(text, offset, line))
    entries = [
        Entry(name, _value(value, (name,), written, line, 1), written.get((name,), ("", Span(line=line)))[1])
        for name, value in table.items()
    ]
    return Tree(tuple(entries))


def _written(text: str, offset: int, line: int) -> Iterator[tuple[_Path, tuple[str, Span]]]:
    """Yield the path of every line that looks like a field or a table, with the text after `=` and its place."""
    table: _Path = ()
    for number, content in enumerate(text.split("\n"), line):
        span = Span(start=offset, end=offset + len(content), line=number)
        if (found := _TABLE.fullmatch(content.rstrip("\r"))) and (path := _path(found["key"])):
            table = path
            yield table, ("", span)
        elif (found := _FIELD.fullmatch(content)) and (path := _path(found["key"].strip(" \t"))):
            yield table + path, (found["raw"].lstrip(" \t").rstrip(" \t\r"), span)
        offset += len(content) + 1


def _path(key: str) -> _Path | None:
    """Return the names of a dotted TOML key, or None where the text is no key (a line inside a long string)."""
    if not _KEY.fullmatch(key):
        return None
    return tuple(part.strip("\"'") for part in _PART.findall(key))


def _value(value: object, path: _Path, written: dict[_Path, tuple[str, Span]], line: int, depth: int) -> Value:
    raw, span = written.get(path, ("", Span(line=line)))
    if depth > DEEPEST:
        raise Broken(Message(N_("nested too deeply")), span.line)
    match value:
        case dict():
            pairs = (
                (name, _value(inner, (*path, name), written, span.line, depth + 1)) for name, inner in value.items()
            )
            return Mapping(tuple(pairs), span=span)
        case list():
            items = (_value(inner, (*path, str(at)), written, span.line, depth + 1) for at, inner in enumerate(value))
            return Sequence(tuple(items), span=span)
        case str():
            return Scalar(value, span=span)
    return Scalar(_as_written(value, raw), True, span)


def _as_written(value: object, raw: str) -> str:
    """Return the text of a number, date or boolean: as written where that reads back as the same value."""
    found = _DIGITS.match(raw)
    text = found[0].strip() if found else ""
    try:
        if tomllib.loads(f"x = {text}") == {"x": value}:
            return text
    except (ValueError, RecursionError):
        pass
    return str(value).lower() if isinstance(value, bool) else _plain(value)


def _plain(value: object) -> str:
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if callable(isoformat) else str(value)
