"""JSON front matter, read with its places and edited at exact offsets: `json` decides what it says."""

import json
import re
from collections.abc import Iterator

from transtool.document.head import Head, eol_of
from transtool.document.members import Names, fitted, inserted_between_braces, place_of, without_between_braces
from transtool.document.values import Mapping, Path, Scalar, Sequence, Span, Value, find
from transtool.document.yaml_text import DEEPEST, Broken, Entry, Repeated, Tree
from transtool.errors import N_

_BLANK = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_PLAIN = re.compile(r"[^\s,\]}]+")
_NOTHING_ELSE = re.compile(r"[ \t\r]*(?:\n|\Z)")


def end_of(text: str, most: int) -> tuple[int, int] | None:
    """Return where the object that `text` starts with ends, and where its last line does.

    None where there is no object of at most `most` characters.

    Raises `Broken` with the reason.
    """
    try:
        value, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(text[:most])
    except json.JSONDecodeError as error:
        raise Broken(N_("not valid JSON: {reason}"), error.lineno, reason=error.msg) from error
    except RecursionError as error:
        raise Broken(N_("nested too deeply"), 1) from error
    alone = isinstance(value, dict) and _NOTHING_ELSE.match(text, end)
    return (end, text.find("\n", end) + 1 or len(text)) if alone else None


def read(text: str, *, offset: int = 0, line: int = 1) -> Tree:
    """Read an object that `json` accepts; see `yaml_text.read` for the places and for `Broken`."""
    scanner = _Scanner(text, offset, line)
    entries = tuple(scanner.members(1))
    return Tree(entries, tuple(scanner.repeated))


def candidates(head: Head, name: str, wanted: str | None) -> Iterator[str]:
    """Yield `head.text` with the field `name` (dotted) set to `wanted`, or removed."""
    path = find(head.mapping, name)
    if wanted is None:
        if path is not None and len(path) == 1:
            yield _removed(head, name)
    elif path is None:
        yield _appended(head, name, wanted)
    else:
        value = head.value(path)
        for written in _ways(value, wanted):
            yield head.text[: value.span.start] + written + head.text[value.span.end :]


def copied(head: Head, theirs: Head, path: Names) -> Iterator[str]:
    """Yield `head.text` with the field at `path` as `theirs` has it."""
    ours, other, name = place_of(head, path[:-1]), place_of(theirs, path[:-1]), path[-1]
    if ours is None or (ours.mapping.items and not ours.members):
        return
    mine, wanted = ours[name], None if other is None else other[name]
    if wanted is None or other is None:
        yield without_between_braces(head, ours, name)
    elif mine is not None:
        start, end = wanted.value.span.start, wanted.value.span.end
        value = fitted(theirs.text[start:end], mine.column - wanted.column, head)
        yield head.text[: mine.value.span.start] + value + head.text[mine.value.span.end :]
    else:
        margin = ours.members[0].column if ours.members else wanted.column
        member = fitted(theirs.text[wanted.key.start : wanted.end], margin - wanted.column, head)
        yield inserted_between_braces(head, ours, other, name, member)


def is_same_but(before: str, after: str, path: Path) -> bool:
    """Say whether `json` reads `after` as it reads `before`, but for the value at `path`."""
    old, new = json.loads(before), json.loads(after)
    return repr(without(old, path)) == repr(without(new, path))


def without(value: object, path: Path) -> object:
    """Return plain lists and dictionaries with the value at `path` taken out."""
    if isinstance(value, dict):
        rest = {name: without(each, path[1:]) if path[:1] == (name,) else each for name, each in value.items()}
        return {name: each for name, each in rest.items() if (name,) != path}
    if isinstance(value, list):
        inner = [without(each, path[1:]) if path[:1] == (at,) else each for at, each in enumerate(value)]
        return [None if (at,) == path else each for at, each in enumerate(inner)]
    return value


def _ways(value: Value, wanted: str) -> Iterator[str]:
    """Yield `wanted` as JSON: a number or a truth value in the place of one, else text."""
    if isinstance(value, Scalar) and value.plain:
        try:
            told, was = json.loads(wanted), json.loads(value.text)
        except ValueError:
            told = was = None
        if type(told) is type(was) and told is not None and wanted == wanted.strip():
            yield wanted
    yield json.dumps(wanted, ensure_ascii=False)


def _appended(head: Head, name: str, wanted: str) -> str:
    text, eol = head.text, eol_of(head.text)
    member = f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(wanted, ensure_ascii=False)}"
    if not head.tree.entries:
        opening = text.index("{") + 1
        closing = text.index("}", opening)
        between = text[opening:closing]
        return f"{text[:opening]}{f'{eol}  {member}{eol}' if chr(10) in between else member}{text[closing:]}"
    last = head.tree.entries[-1]
    end = last.value.span.end
    start = text.rfind("\n", 0, last.key.start) + 1
    indent = text[start : last.key.start]
    own_line = start > 0 and not indent.strip()
    return f"{text[:end]},{eol + indent if own_line else ' '}{member}{text[end:]}"


def _removed(head: Head, name: str) -> str:
    text = head.text
    for at in reversed(range(len(head.tree.entries))):
        entry = head.tree.entries[at]
        if entry.name != name:
            continue
        if at:
            start, end = head.tree.entries[at - 1].value.span.end, entry.value.span.end
        else:
            start, end = entry.key.start, entry.value.span.end
            found = re.compile(r"\s*,\s*").match(text, end)
            end = found.end() if found else end
        text = text[:start] + text[end:]
    return text


class _Scanner:
    """One walk over an object that is known to be valid."""

    def __init__(self, text: str, offset: int, line: int) -> None:
        self.text, self.offset = text, offset
        self.at, self.line, self.counted = text.index("{"), line, 0
        self.repeated: list[Repeated] = []

    def members(self, depth: int, prefix: str = "") -> Iterator[Entry]:
        """Yield the members of the object at hand, and step behind it."""
        if depth > DEEPEST:
            raise Broken(N_("nested too deeply"), self.line)
        seen: set[str] = set()
        self.step(1)
        while self.text[self.at] != "}":
            start = self.at
            name = json.loads(self.take(_STRING))
            key = self.span(start, self.at)
            if name in seen:
                self.repeated.append(Repeated(prefix + name, key.line))
            seen.add(name)
            self.skip()
            self.step(1)
            yield Entry(name, self.value(depth, f"{prefix}{name}."), key)
            self.comma()
        self.at += 1

    def value(self, depth: int, prefix: str) -> Value:
        start, opening = self.at, self.text[self.at]
        if opening == "{":
            last = {entry.name: entry for entry in self.members(depth + 1, prefix)}
            pairs = tuple((name, entry.value) for name, entry in last.items())
            return Mapping(pairs, True, self.span(start, self.at), tuple(entry.key for entry in last.values()))
        if opening == "[":
            return Sequence(tuple(self.items(depth + 1, prefix)), True, self.span(start, self.at))
        if opening == '"':
            return Scalar(json.loads(self.take(_STRING)), span=self.span(start, self.at))
        return Scalar(self.take(_PLAIN), True, self.span(start, self.at))

    def items(self, depth: int, prefix: str) -> Iterator[Value]:
        if depth > DEEPEST:
            raise Broken(N_("nested too deeply"), self.line)
        self.step(1)
        while self.text[self.at] != "]":
            yield self.value(depth, prefix)
            self.comma()
        self.at += 1

    def step(self, count: int) -> None:
        self.at += count
        self.skip()

    def skip(self) -> None:
        found = _BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def comma(self) -> None:
        self.skip()
        if self.text[self.at] == ",":
            self.step(1)

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise Broken(N_("not valid JSON: {reason}"), self.line, reason="?")
        self.at = found.end()
        return found[0]

    def span(self, start: int, end: int) -> Span:
        if start >= self.counted:
            self.line += self.text.count("\n", self.counted, start)
            self.counted = start
            line = self.line
        else:
            line = self.line - self.text.count("\n", start, self.counted)
        return Span(start=start + self.offset, end=end + self.offset, line=line)
