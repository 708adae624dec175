"""YAML read as text: a small constructor over parser events that guesses no type and cannot be made to crash."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from transtool.document.values import Mapping, Scalar, Sequence, Span, Value
from transtool.errors import N_, Message

DEEPEST = 64
"""Collections inside collections that are read. libyaml's own constructor crashes the process at about 25,600."""

MOST = 20_000
"""Values that are read, with those that aliases stand for: a few lines of aliases to aliases can name billions."""

_SAYS_TEXT = (None, "tag:yaml.org,2002:str")
"""Tags of a scalar, and the lack of one, that are true of every text."""

# libyaml where PyYAML has it (every wheel does), else the slow reader in Python, which reads the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


_LONGEST_FOR_PYTHON = 1 << 16
"""Characters that are read a second time by the slow reader before they are written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One `name: value` of the outermost mapping; `key` is where the name stands."""

    name: str
    value: Value
    key: Span


@dataclass(frozen=True, slots=True)
class Repeated:
    """A name that appears twice in one mapping (dotted when it is an inner one) and the line of the later one."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Tree:
    """What a YAML text holds. `entries` has every line of the outermost mapping, repeated names too."""

    entries: tuple[Entry, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    flow: bool = False


def reads_alike(text: str, values: tuple[tuple[str, Value], ...]) -> bool:
    """Say whether PyYAML's reader in Python, stricter than libyaml and kin to ruamel.yaml's, reads `values` as well.

    It takes a thousand times as long for a megabyte: what is longer than usual is not asked for.
    """
    if len(text) > _LONGEST_FOR_PYTHON or _LOADER is yaml.SafeLoader:
        return True
    try:
        tree = _Reader(text, 0, 1, yaml.SafeLoader).tree()
    except (yaml.YAMLError, UnicodeError, ValueError, Broken):
        return False
    return tuple((entry.name, entry.value) for entry in tree.entries) == values


class Broken(Exception):
    """The text is no YAML mapping that can be read; says why and, where known, in which line (1-based)."""

    def __init__(self, template: str, line: int | None, /, **facts: object) -> None:
        self.message, self.line = Message(template, facts), line
        super().__init__(str(self.message))


def read(text: str, *, offset: int = 0, line: int = 1) -> Tree:
    """Read a mapping; all places are moved by `offset` characters and start at `line`.

    Raises `Broken` for everything that is not a mapping, is too deep, or unfolds to too much.
    """
    reader = _Reader(text, offset, line)
    try:
        return reader.tree()
    except yaml.YAMLError as error:
        raise reader.broken(error) from error
    except (UnicodeError, ValueError) as error:  # What PyYAML lets through of undecodable tags and names.
        raise Broken(N_("not valid YAML: {reason}"), line, reason=str(error)) from error


class _Reader:
    """Walks the events of one text and builds values; knows the anchors and how much was read."""

    def __init__(self, text: str, offset: int, line: int, loader: Any = _LOADER) -> None:
        self.text = text
        self.offset = offset
        self.line = line
        self.starts = _line_starts(text)
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=loader)
        self.anchors: dict[str, tuple[Value, int]] = {}
        self.repeated: list[Repeated] = []
        self.size = 0
        self.end = 0

    def tree(self) -> Tree:
        """Read the whole stream: at most one document, which is a mapping or empty."""
        for event in self.events:
            if isinstance(event, yaml.StreamEndEvent):
                return Tree()
            if not isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
                break
        tree = self._root(event)
        next(self.events)  # The end of the document: whatever follows must be the end of the stream.
        if not isinstance(after := next(self.events), yaml.StreamEndEvent):
            raise self._refuse(N_("the front matter contains a second YAML document"), _start(after))
        return tree

    def broken(self, error: yaml.YAMLError) -> Broken:
        """Return libyaml's own complaint as ours, with the line in the whole file."""
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        index = mark.index if mark is not None else None
        if isinstance(error, yaml.reader.ReaderError):
            # The position counts bytes, and there is no mark.
            index = len(self.text.encode()[: error.position].decode(errors="ignore"))
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        line = None if index is None else self._line(index)
        return Broken(N_("not valid YAML: {reason}"), line, reason=str(reason))

    def _root(self, event: yaml.Event) -> Tree:
        if isinstance(event, yaml.ScalarEvent) and self._scalar(event).null:
            return Tree()
        if not isinstance(event, yaml.MappingStartEvent):
            raise self._refuse(N_("the front matter is not a list of fields (`name: value`)"), _start(event))
        entries: list[Entry] = []
        for name, key, value in self._pairs(1, ""):
            entries.append(Entry(name, value, key))
        return Tree(tuple(entries), tuple(self.repeated), bool(event.flow_style))

    def _value(self, event: yaml.Event, depth: int, path: str) -> Value:
        """Build the value that starts with `event`; `path` is its dotted name."""
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        size = self.size
        self._grow(1, event)
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
        elif depth >= DEEPEST:
            raise self._refuse(N_("nested too deeply"), _start(event))
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(event, depth + 1, path)
        else:
            value = self._mapping(event, depth + 1, path)
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self.anchors[event.anchor] = (value, self.size - size)
        return value

    def _alias(self, event: yaml.AliasEvent) -> Value:
        start, end = _start(event), _end(event)
        if event.anchor not in self.anchors:
            raise self._refuse(N_("the alias *{alias} names nothing before it"), start, alias=str(event.anchor)[:40])
        value, size = self.anchors[event.anchor]
        self._grow(size, event)
        return _moved(value, self._span(start, end))

    def _grow(self, size: int, event: yaml.Event) -> None:
        self.size += size
        if self.size > MOST:
            raise self._refuse(N_("the front matter contains more than {most} values"), _start(event), most=MOST)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        first, end = _start(event), _end(event)
        start = self._after_properties(first, end) if event.anchor or event.tag else first
        if event.style in ("|", ">"):
            end = _without_blank_lines(self.text, start, end)
        return Scalar(
            event.value, not event.style, self._span(start, end), start - first if event.tag not in _SAYS_TEXT else 0
        )

    def _sequence(self, event: yaml.SequenceStartEvent, depth: int, path: str) -> Sequence:
        items: list[Value] = []
        while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(inner, depth, f"{path}.{len(items)}"))
        start, end = _start(event), _end(inner)
        if not event.flow_style and items:
            end = items[-1].span.end - self.offset
        return Sequence(tuple(items), bool(event.flow_style), self._span(start, end))

    def _mapping(self, event: yaml.Event, depth: int, path: str) -> Mapping:
        start, flow = _start(event), bool(getattr(event, "flow_style", False))
        items: dict[str, Value] = {}
        keys: dict[str, Span] = {}
        for name, key, value in self._pairs(depth, path + "."):
            items.pop(name, None)
            keys.pop(name, None)
            items[name], keys[name] = value, key
        # Of a block, libyaml's end mark runs over the blanks and comments that follow it.
        end = next(reversed(items.values())).span.end - self.offset if items and not flow else self.end
        return Mapping(tuple(items.items()), flow, self._span(start, end), tuple(keys.values()))

    def _pairs(self, depth: int, prefix: str) -> Iterator[tuple[str, Span, Value]]:
        """Yield name, place of the name, and value up to the end of the mapping; leaves its end in `end`."""
        seen: set[str] = set()
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._value(event, depth, prefix)
            # `{{ page.title }}` is a mapping whose name is a mapping: what is unusual stays text.
            name = key.text if isinstance(key, Scalar) else self._raw(key.span)
            if name in seen:
                self.repeated.append(Repeated(prefix + name, key.span.line))
            seen.add(name)
            yield name, key.span, self._value(next(self.events), depth, prefix + name)
        self.end = _end(event)

    def _raw(self, span: Span) -> str:
        return self.text[span.start - self.offset : span.end - self.offset]

    def _after_properties(self, start: int, end: int) -> int:
        """Return where the value itself starts, after an anchor and a tag."""
        while start < end and self.text[start] in "&!":
            while start < end and not self.text[start].isspace():
                start += 1
            while start < end and self.text[start].isspace():
                start += 1
        return start

    def _span(self, start: int, end: int) -> Span:
        return Span(start=start + self.offset, end=end + self.offset, line=self._line(start))

    def _line(self, index: int) -> int:
        return self.line + bisect_right(self.starts, index)

    def _refuse(self, template: str, index: int, **facts: object) -> Broken:
        return Broken(template, self._line(index), **facts)


def _start(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark is not None else 0


def _end(event: yaml.Event) -> int:
    return event.end_mark.index if event.end_mark is not None else 0


def _line_starts(text: str) -> list[int]:
    """Return where every line but the first starts; libyaml's own line numbers count more line ends than editors do."""
    starts: list[int] = []
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _without_blank_lines(text: str, start: int, end: int) -> int:
    """Return the end of the last line between `start` and `end` that holds anything, its line end left out."""
    while (at := text.rfind("\n", start, end)) >= 0 and not text[at:end].strip():
        end = at - 1 if at > start and text[at - 1] == "\r" else at
    return end


def _moved(value: Value, span: Span) -> Value:
    """Return `value` as if it stood at `span`: an alias stands where it is written, not at its anchor."""
    match value:
        case Scalar(text=text, plain=plain):
            return Scalar(text, plain, span)
        case Sequence(items=items, flow=flow):
            return Sequence(items, flow, span)
        case Mapping(items=pairs, flow=flow):
            return Mapping(pairs, flow, span)
