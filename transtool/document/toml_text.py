"""TOML front matter read as text: `tomllib` decides what stands there, the file itself how it is written and where."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

from transtool.config.lines import Path as Place
from transtool.config.lines import Scanner
from transtool.document.head import Head, eol_of
from transtool.document.json_text import without
from transtool.document.values import Mapping, Path, Scalar, Sequence, Span, Value, find
from transtool.document.yaml_text import DEEPEST, Broken, Entry, Tree
from transtool.errors import N_
from transtool.text.nesting import is_too_deep

_LINE = re.compile(r"line ([0-9]+)")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPED = re.compile(r'[\x00-\x1f"\\\x7f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LITERAL = re.compile(r"[^\x00-\x1f\x7f']*")


def read(text: str, *, offset: int = 0, line: int = 1) -> Tree:
    """Read the tables of a TOML text; see `yaml_text.read` for the places and for `Broken`.

    Numbers, dates and booleans keep the text they are written with.
    """
    if is_too_deep(text):
        raise Broken(N_("nested too deeply"), line)
    try:
        table = tomllib.loads(text.replace("\r\n", "\n"))
        written = _Written(text, offset, line)
    except (ValueError, RecursionError) as error:
        found = _LINE.search(str(error))
        at = line + int(found[1]) - 1 if found else line
        raise Broken(N_("not valid TOML: {reason}"), at, reason=str(error)) from error
    entries = [Entry(name, _value(value, (name,), written, 1), written.key((name,))) for name, value in table.items()]
    return Tree(tuple(entries))


def candidates(head: Head, name: str, wanted: str | None) -> Iterator[str]:
    """Yield `head.text` with the field `name` (dotted) set to `wanted`, or without its lines."""
    path = find(head.mapping, name)
    scanner = Places(head.inner).scanned()
    text, start = head.text, head.start
    if wanted is None:
        place = scanner.values.get(path) if path is not None and len(path) == 1 else None
        if place is not None and path is not None:
            first = text.rfind("\n", 0, start + scanner.keys[path]) + 1
            end = text.find("\n", start + place[1]) + 1
            yield text[:first] + text[end:]
    elif path is None:
        last = max((stop for key, (_, stop) in scanner.values.items() if key[:1] in scanner.top), default=None)
        at = start if last is None else text.find("\n", start + last) + 1
        yield f"{text[:at]}{key_of(name)} = {quoted(wanted)}{eol_of(text)}{text[at:]}"
    elif (place := scanner.values.get(path)) is not None:
        old = head.inner[place[0] : place[1]]
        for way in _ways(old, head.value(path), wanted):
            yield text[: start + place[0]] + way + text[start + place[1] :]


def is_same_but(before: str, after: str, path: Path) -> bool:
    """Say whether `tomllib` reads `after` as it reads `before`, but for the value at `path`."""
    old, new = (tomllib.loads(text.replace("\r\n", "\n")) for text in (before, after))
    return repr(without(old, path)) == repr(without(new, path))


def told(text: str, path: Path) -> str:
    """Return how Python writes what `tomllib` reads at `path`; nothing where it reads nothing there."""
    value: object = tomllib.loads(text.replace("\r\n", "\n"))
    for name in path:
        if not isinstance(value, dict) or name not in value:
            return ""
        value = value[name]
    return repr(value)


def _ways(old: str, value: Value, wanted: str) -> Iterator[str]:
    """Yield `wanted` as TOML: a value of the old one's type without quotes, else text in the old one's quotes."""
    if isinstance(value, Scalar) and value.plain:
        try:
            told, was = (tomllib.loads(f"x = {text}").get("x") for text in (wanted, old))
        except ValueError:
            told = was = None
        if told is not None and type(told) is type(was) and wanted == wanted.strip():
            yield wanted
    if old.startswith("'") and _LITERAL.fullmatch(wanted):
        yield f"'{wanted}'"
    yield quoted(wanted)


def key_of(name: str) -> str:
    """Return a name as it is written before `=`."""
    return name if _BARE.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """Return `text` as a basic string on one line."""
    return '"' + _ESCAPED.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04X}"), text) + '"'


@dataclass(slots=True)
class Found:
    """Where the keys and values of a TOML text stand (offsets); `top` are the keys above the first table."""

    keys: dict[Place, int] = field(default_factory=dict)
    values: dict[Place, tuple[int, int]] = field(default_factory=dict)
    tables: dict[Place, tuple[int, int]] = field(default_factory=dict)
    top: set[Place] = field(default_factory=set)


class Places(Scanner):
    """A walk over a valid TOML text that keeps where everything stands."""

    def scanned(self) -> Found:
        """Walk over the text and return what was found."""
        self.found = Found()
        self.scan()
        return self.found

    def header(self) -> Place:
        """Take a table's header."""
        start = self.at
        path = super().header()
        self.found.tables.setdefault(path, (start, self.at))
        if isinstance(path[-1], int):
            self.found.tables.setdefault(path[:-1], (start, self.at))
        return path

    def pair(self, table: Place) -> None:
        """Take a key and its value."""
        self.began = self.at
        super().pair(table)

    def value(self, path: Place) -> None:
        """Take a value."""
        start = self.at
        self.found.keys[path] = self.began
        if not self.found.tables:
            self.found.top.add(path[:1])
        super().value(path)
        self.found.values[path] = (start, start + len(self.text[start : self.at].rstrip()))


class _Written:
    """The values of a text as they are written, by their paths; `offset` and `line` say where the text starts."""

    def __init__(self, text: str, offset: int, line: int) -> None:
        self.text, self.offset, self.line = text, offset, line
        self.found = Places(text).scanned()
        self.firsts: dict[Place, int] = {}
        for path, at in self.found.keys.items():
            self.firsts.setdefault(path[:1], at)

    def raw(self, path: Place) -> str:
        start, end = self.found.values.get(path, (0, 0))
        return self.text[start:end]

    def span(self, path: Place) -> Span:
        return self._span(*(self.found.values.get(path) or self.found.tables.get(path) or (0, 0)))

    def key(self, path: Place) -> Span:
        """Return the line of an outermost key: of a table its header, of a dotted key the first of its lines."""
        start = self.found.keys.get(path)
        if start is None:
            start = self.found.tables[path][0] if path in self.found.tables else self.firsts.get(path, 0)
        end = self.text.find("\n", start)
        return self._span(start, len(self.text) if end < 0 else end)

    def _span(self, start: int, end: int) -> Span:
        line = self.line + self.text.count("\n", 0, start)
        return Span(start=start + self.offset, end=end + self.offset, line=line)


def _value(value: object, path: Place, written: _Written, depth: int) -> Value:
    span = written.span(path)
    if depth > DEEPEST:
        raise Broken(N_("nested too deeply"), span.line)
    match value:
        case dict():
            pairs = ((name, _value(inner, (*path, name), written, depth + 1)) for name, inner in value.items())
            return Mapping(tuple(pairs), span=span)
        case list():
            items = (_value(inner, (*path, at), written, depth + 1) for at, inner in enumerate(value))
            return Sequence(tuple(items), span=span)
        case str():
            return Scalar(value, span=span)
    return Scalar(written.raw(path), True, span)
