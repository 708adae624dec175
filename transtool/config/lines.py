"""Find the line on which each key of a TOML text stands, so that an error can point at it."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""A place in a document: names of keys, and indexes of array elements."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = re.compile(r"[^,\]}#\n]+")
_STRING = re.compile(r'"""(?:\\.|[^\\])*?"{3,5}' r"|'''.*?'{3,5}" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'", re.DOTALL)


def key_lines(text: str) -> Mapping[Path, int]:
    """Return the 1-based line of every key, table and array element of `text`.

    `text` must be TOML that `tomllib` accepts. A table that several lines speak of has the first of them.
    Raises RecursionError for text nested as deep as Python's stack.
    """
    return Scanner(text).scan()


def line_of(lines: Mapping[Path, int], path: Path) -> int:
    """Return the line of `path`, or of the nearest thing around it that is there; 1 for the document."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, lines.get((), 1))


def dotted(path: Path) -> str:
    """Return `path` as people write it: `series.episodes.exempt[0].key`, quoted where TOML needs it."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
            continue
        name = part if _BARE_KEY.fullmatch(part) else f'"{part}"'
        text += f".{name}" if text else name
    return text


class Scanner:
    """One walk over a TOML text that is known to be valid; it only has to know where things end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {}
        self.elements: dict[Path, int] = {}
        self.breaks = [index for index, character in enumerate(text) if character == "\n"]

    def scan(self) -> Mapping[Path, int]:
        """Walk over the whole text and return the lines."""
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_BLANK)
        return self.lines

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Step over what `pattern` matches here, if anything, and return it."""
        found = pattern.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def note(self, path: Path) -> None:
        """Note that `path` stands here."""
        self.lines.setdefault(path, bisect_right(self.breaks, self.at - 1) + 1)

    def header(self) -> Path:
        """Read `[a.b]` or `[[a.b]]` and return the table that the lines below it fill."""
        array = self.text.startswith("[[", self.at)
        self.at += 2 if array else 1
        *around, last = self.names()
        path: Path = ()
        for name in around:
            path = self.inside((*path, name))
        path = (*path, last)
        self.note(path)
        if array:
            self.elements[path] = self.elements.get(path, -1) + 1
            path = (*path, self.elements[path])
            self.note(path)
        self.at += 2 if array else 1
        return path

    def inside(self, path: Path) -> Path:
        """Return `path`, or its newest element where it is an array of tables."""
        self.note(path)
        return (*path, self.elements[path]) if path in self.elements else path

    def names(self) -> list[str]:
        """Read a dotted key."""
        names = []
        while True:
            self.skip(_SPACE)
            quoted = self.skip(_STRING)
            names.append(next(iter(tomllib.loads(f"{quoted} = 0"))) if quoted else self.skip(_BARE_KEY))
            self.skip(_SPACE)
            if not self.text.startswith(".", self.at):
                return names
            self.at += 1

    def pair(self, table: Path) -> None:
        """Read `a.b = value` inside `table`."""
        path = table
        for name in self.names():
            path = (*path, name)
            self.note(path)
        self.at += 1
        self.skip(_SPACE)
        self.value(path)

    def value(self, path: Path) -> None:
        """Step over the value of `path`."""
        if self.text[self.at] == "[":
            self.array(path)
        elif self.text[self.at] == "{":
            self.inline_table(path)
        elif not self.skip(_STRING):
            self.skip(_PLAIN)

    def array(self, path: Path) -> None:
        """Step over an array."""
        self.at += 1
        index = 0
        self.skip(_BLANK)
        while self.text[self.at] != "]":
            self.note((*path, index))
            self.value((*path, index))
            index += 1
            self.comma()
        self.at += 1

    def inline_table(self, path: Path) -> None:
        """Step over an inline table."""
        self.at += 1
        self.skip(_BLANK)
        while self.text[self.at] != "}":
            self.pair(path)
            self.comma()
        self.at += 1

    def comma(self) -> None:
        """Step over blanks and a comma, if there is one."""
        self.skip(_BLANK)
        if self.text[self.at] == ",":
            self.at += 1
            self.skip(_BLANK)
