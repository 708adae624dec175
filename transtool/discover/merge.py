"""Add to a configuration that people wrote what a new look at the site found, and change nothing else."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transtool.discover import toml
from transtool.document.toml_text import Places

_PINS = ("pin", "pins")
_HEADER = re.compile(r"\[\[?+(?P<name>[^\[\]]++)\]\]?+\s*+(?:#.*+)?+")


@dataclass(frozen=True, slots=True)
class _Block:
    """A table of a configuration: its name (empty: the top), the comment lines above it, its header and its lines.

    `start` is the row of its header, `end` the row after its last key.
    """

    name: str
    above: tuple[str, ...]
    header: str
    lines: tuple[str, ...]
    start: int
    end: int


def merged(current: str, proposed: str, known: Collection[str] = ()) -> str:
    """Return the configuration `current` with the tables and keys of `proposed` that it lacks; both are valid TOML.

    What it says already stays as it is, byte for byte, comments included; only a comment that a look at the site wrote
    before is written anew, if its figures have changed. A series is lacking if no series of `current` has its name or
    one of its paths, and it is not among those that are `known` under other names.
    """
    had = tomllib.loads(current)
    ours = _blocks(current.replace("\r\n", "\n"))
    text = current
    for block in _blocks(proposed):
        if block.name.startswith("series.") and _is_known_series(block, had, proposed, known):
            more = _refreshed(text, block)
        elif block.name in _PINS:
            more = _with_pin(text, block, had)
        else:
            more = _with_block(text, block, had, ours)
        text = more if _only_adds(had, more) else text
    return text


def _with_block(text: str, block: _Block, had: Mapping[str, object], ours: Sequence[_Block]) -> str:
    """Return `text` with what `had`, of which `ours` are the tables, lacks of `block`."""
    mine = next((each for each in ours if each.name == block.name), None)
    fields = _named_fields(had, block.name)
    lacking = _lacking(block, _table(had, _parts(block.name)), fields)
    if mine is None and lacking and not _has(had, block.name):
        return _appended(text, [*block.above, block.header, *(lacking if fields else block.lines)])
    return _inserted(text, block.name, lacking) if mine is not None and lacking else text


def _with_pin(text: str, block: _Block, had: Mapping[str, object]) -> str:
    """Return `text` with the pin of `block`, if `had` has none in any of its fields."""
    pins = had.get("pins")
    there = [_mapping(had.get("pin")), *map(_mapping, pins if isinstance(pins, list) else [])]
    taken = {name for each in there for name in _names(each.get("field"))}
    if taken.intersection(_names(tomllib.loads("\n".join(block.lines)).get("field"))):
        return text
    return _appended(text, [*block.above, "[[pins]]" if taken else block.header, *block.lines])


def _appended(text: str, rows: Sequence[str]) -> str:
    return text.rstrip("\n") + "\n\n" + "\n".join(rows).strip("\n") + "\n"


def _is_known_series(block: _Block, had: Mapping[str, object], proposed: str, known: Collection[str]) -> bool:
    """Return whether a series, or a table of one, is there already: by its name or by one of its paths."""
    name = _parts(block.name)[1]
    series = _mapping(had.get("series"))
    found = _mapping(_mapping(tomllib.loads(proposed).get("series")).get(name))
    paths = {path for each in series.values() for path in _names(_mapping(each).get("path"))}
    return name in known or name in series or bool(paths & set(_names(found.get("path"))))


def _lacking(block: _Block, table: Mapping[str, object], fields: Collection[str]) -> list[str]:
    """Return the lines of `block`, with the comments above them, whose keys `table` lacks.

    `fields` have a role there already: they get no second one.
    """
    found: list[str] = []
    comments: list[str] = []
    for entry in _entries("\n".join(block.lines)):
        first = entry[0]
        if not first.strip() or first.startswith("#"):
            comments = [] if not first.strip() else [*comments, first]
            continue
        key, value = next(iter(tomllib.loads("\n".join(entry)).items()))
        is_role = bool(fields) and block.name.endswith("fields")
        names = [name for name in _names(value) if name not in fields] if is_role else []
        if key not in table and key not in fields and (names or not is_role):
            rows = [f"{key} = {toml.texts(names)}"] if is_role else entry
            found += [*([""] if comments and not block.name else []), *comments, *rows]
        comments = []
    return found


def _named_fields(had: Mapping[str, object], name: str) -> Collection[str]:
    """Return the fields that have a role in the table `fields` that the table `name` is, or is in."""
    above = name.removesuffix(".local")
    if not above.endswith("fields"):
        return ()
    table = _table(had, _parts(above))
    listed = (each for value in table.values() if isinstance(value, list) for each in _names(value))
    return {*listed, *_mapping(table.get("local"))}


def _entries(text: str) -> Iterator[list[str]]:
    """Yield the lines of every key with its value, and headers, blank lines and comments one by one."""
    values = Places(text).scanned().values.values()
    within = {row for start, end in values for row in range(text.count("\n", 0, start), text.count("\n", 0, end))}
    entry: list[str] = []
    for row, line in enumerate(text.split("\n")):
        entry.append(line)
        if row not in within:
            yield entry
            entry = []


def _inserted(text: str, name: str, lines: Sequence[str]) -> str:
    """Return `text` with `lines` after the last key of the table `name`."""
    rows = text.split("\n")
    at = max(each.end for each in _blocks(text) if _parts(each.name) == _parts(name))
    return "\n".join([*rows[:at], *lines, *rows[at:]])


def _refreshed(text: str, block: _Block) -> str:
    """Return `text` with the comment above a series written anew where it is the same sentence with other figures."""
    mine = next((each for each in _blocks(text) if _parts(each.name) == _parts(block.name)), None)
    if mine is None or not (mine.above and block.above) or _sentence(mine.above) != _sentence(block.above):
        return text
    rows = text.split("\n")
    return "\n".join([*rows[: mine.start - len(mine.above)], *block.above, *rows[mine.start :]])


def _header(entry: Sequence[str]) -> str | None:
    """Return the name of the table that an entry begins; None where it is a key, a comment or a blank line."""
    found = _HEADER.fullmatch(entry[0].strip()) if len(entry) == 1 else None
    return None if found is None else found["name"].strip()


def _sentence(comment: Sequence[str]) -> str:
    """Return what a comment says without its figures, up to what it lists."""
    return re.sub(r"[\d\W_]+", " ", " ".join(comment).partition(":")[0])


def _blocks(text: str) -> list[_Block]:
    """Return the tables of a configuration, in order, the top first."""
    blocks: list[_Block] = []
    name, header = "", ""
    above: tuple[str, ...] = ()
    lines: list[str] = []
    start = end = row = 0
    for entry in _entries(text):
        found = _header(entry)
        if found is None:
            lines += entry
        else:
            kept = len(lines)
            while kept and lines[kept - 1].startswith("#"):
                kept -= 1
            blocks.append(_Block(name, above, header, tuple(lines[:kept]), start, end))
            name, header, above, lines, start = found, entry[0], tuple(lines[kept:]), [], row
        row += len(entry)
        if entry[0].strip() and not entry[0].lstrip().startswith("#"):
            end = row
    return [*blocks, _Block(name, above, header, tuple(lines), start, end)]


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts of a dotted name of a table; none of that of the top."""
    table: object = tomllib.loads(f"[{name}]\n") if name else {}
    parts: list[str] = []
    while isinstance(table, dict) and table:
        key, table = next(iter(table.items()))
        parts.append(str(key))
    return tuple(parts)


def _table(had: Mapping[str, object], parts: Sequence[str]) -> Mapping[str, object]:
    table: object = had
    for part in parts:
        table = _mapping(table).get(part)
    return _mapping(table)


def _has(had: Mapping[str, object], name: str) -> bool:
    *above, last = _parts(name)
    return last in _table(had, above)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _names(value: object) -> Sequence[str]:
    """Return the texts of a value that may be one or a list; what else TOML can hold there names nothing."""
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _only_adds(had: Mapping[str, object], text: str) -> bool:
    """Return whether `text` says everything that was there, in the same words; what cannot be merged is left alone."""
    try:
        return _contains(tomllib.loads(text), had)
    except ValueError:
        return False


def _contains(now: object, before: object) -> bool:
    if isinstance(before, dict):
        return isinstance(now, dict) and all(key in now and _contains(now[key], each) for key, each in before.items())
    return bool(now == before)
