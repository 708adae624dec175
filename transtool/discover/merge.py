"""Add to a configuration that people wrote what a new look at the site found, and change nothing else."""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transtool.discover import toml

_HEADER = re.compile(r"\[\[?+(?P<name>[^\[\]]++)\]\]?+\s*+(?:#.*+)?+")


@dataclass(frozen=True, slots=True)
class _Block:
    """A table of a configuration: its name (empty: the top), the comment lines above it, its header and its lines."""

    name: str
    above: tuple[str, ...]
    header: str
    lines: tuple[str, ...]


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
            text = _refreshed(text, block)
            continue
        mine = next((each for each in ours if each.name == block.name), None)
        fields = _named_fields(had, block.name)
        lacking = _lacking(block, _table(had, block.name), fields)
        if mine is None and lacking and not _has(had, block.name):
            rows = [*block.above, block.header, *(lacking if fields else block.lines)]
            text = text.rstrip("\n") + "\n\n" + "\n".join(rows).strip("\n") + "\n"
        elif mine is not None and lacking:
            text = _inserted(text, block.name, lacking)
    return text if _only_adds(had, text) else current


def _is_known_series(block: _Block, had: Mapping[str, object], proposed: str, known: Collection[str]) -> bool:
    """Return whether a series, or a table of one, is there already: by its name or by one of its paths."""
    name = _parts(block.name)[1]
    series = _mapping(had.get("series"))
    found = _mapping(_mapping(tomllib.loads(proposed).get("series")).get(name))
    paths = {path for each in series.values() for path in _listed(_mapping(each).get("path"))}
    return name in known or name in series or bool(paths & set(_listed(found.get("path"))))


def _lacking(block: _Block, table: Mapping[str, object], fields: Collection[str]) -> list[str]:
    """Return the lines of `block`, with the comments above them, whose keys `table` has not.

    `fields` have a role there already: they get no second one.
    """
    found: list[str] = []
    comments: list[str] = []
    for entry in _entries(block.lines):
        first = entry[0]
        if not first.strip() or first.startswith("#"):
            comments = [] if not first.strip() else [*comments, first]
            continue
        key, value = next(iter(tomllib.loads("\n".join(entry)).items()))
        names = [name for name in _listed(value) if name not in fields]
        is_role = fields and block.name.endswith("fields")
        if key not in table and key not in fields and (names or not is_role):
            rows = [f"{key} = {toml.texts(list(map(str, names)))}"] if is_role else entry
            found += [*([""] if comments and not block.name else []), *comments, *rows]
        comments = []
    return found


def _named_fields(had: Mapping[str, object], name: str) -> Collection[str]:
    """Return the fields that have a role in the table `fields` that the table `name` is, or is in."""
    above = name.removesuffix(".local")
    if not above.endswith("fields"):
        return ()
    table = _table(had, above)
    listed = (each for value in table.values() if isinstance(value, list) for each in value)
    return {str(each) for each in (*listed, *_mapping(table.get("local")))}


def _entries(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of every key, and blank lines and comments one by one."""
    entry: list[str] = []
    for line in lines:
        entry.append(line)
        if entry[0].strip() and not entry[0].startswith("#"):
            try:
                tomllib.loads("\n".join(entry))
            except ValueError:
                continue
        yield entry
        entry = []


def _inserted(text: str, name: str, lines: Sequence[str]) -> str:
    """Return `text` with `lines` after the last key of the table `name`."""
    rows = text.split("\n")
    at = _end(rows, name)
    return "\n".join([*rows[:at], *lines, *rows[at:]])


def _end(rows: Sequence[str], name: str) -> int:
    """Return the index of the row after the last key of a table."""
    inside, at = not name, 0
    for index, row in enumerate(rows):
        header = _HEADER.fullmatch(row.strip())
        if header is not None:
            inside = _same(header["name"].strip(), name)
        if inside and row.strip() and not row.lstrip().startswith("#"):
            at = index + 1
    return at


def _refreshed(text: str, block: _Block) -> str:
    """Return `text` with the comment above a series written anew where it is the same sentence with other figures."""
    rows = text.split("\n")
    at = next((index for index, row in enumerate(rows) if _is_header_of(row, block.name)), None)
    if at is None or not block.above:
        return text
    start = at
    while start > 0 and rows[start - 1].startswith("#"):
        start -= 1
    above = [row for row in block.above if row.startswith("#")]
    if start == at or _sentence(rows[start:at]) != _sentence(above):
        return text
    return "\n".join([*rows[:start], *above, *rows[at:]])


def _is_header_of(row: str, name: str) -> bool:
    header = _HEADER.fullmatch(row.strip())
    return header is not None and _same(header["name"].strip(), name)


def _sentence(comment: Sequence[str]) -> str:
    """Return what a comment says without its figures, up to what it lists."""
    return re.sub(r"[\d\W_]+", " ", " ".join(comment).partition(":")[0])


def _blocks(text: str) -> list[_Block]:
    """Return the tables of a configuration, in order, the top first."""
    blocks: list[_Block] = []
    name, header = "", ""
    above: tuple[str, ...] = ()
    lines: list[str] = []
    for row in text.split("\n"):
        found = _HEADER.fullmatch(row.strip())
        if found is None:
            lines.append(row)
            continue
        kept = len(lines)
        while kept and lines[kept - 1].startswith("#"):
            kept -= 1
        blocks.append(_Block(name, above, header, tuple(lines[:kept])))
        name, header, above, lines = found["name"].strip(), row, tuple(lines[kept:]), []
    return [*blocks, _Block(name, above, header, tuple(lines))]


def _parts(name: str) -> tuple[str, ...]:
    """Return the parts of a dotted name of a table."""
    table: object = tomllib.loads(f"[{name}]\n")
    parts: list[str] = []
    while isinstance(table, dict) and table:
        key, table = next(iter(table.items()))
        parts.append(str(key))
    return tuple(parts)


def _same(one: str, other: str) -> bool:
    return one == other or (bool(one and other) and _parts(one) == _parts(other))


def _table(had: Mapping[str, object], name: str) -> Mapping[str, object]:
    table: object = had
    for part in _parts(name) if name else ():
        table = _mapping(table).get(part)
    return _mapping(table)


def _has(had: Mapping[str, object], name: str) -> bool:
    *above, last = _parts(name)
    table: object = had
    for part in above:
        table = _mapping(table).get(part)
    return last in _mapping(table)


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _listed(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else [value] if value is not None else []


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
