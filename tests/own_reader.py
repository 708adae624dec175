"""A reader of front matter that shares nothing with transtool's: PyYAML, tomllib and json, and a split at fences.

It says of two states of a file which of its lines changed and were not meant to.
"""

import difflib
import json
import re
import tomllib
from collections.abc import Collection, Iterator
from typing import Any

import yaml

Values = dict[str, Any]


def split(data: bytes) -> tuple[str, str]:
    """Front matter with its fences, and the body."""
    text = data.decode("utf-8-sig")
    for fence in ("---", "+++"):
        if text.startswith(fence):
            found = re.search(rf"\n{re.escape(fence)}[ \t\r]*(\n|\Z)", text)
            assert found is not None
            return text[: found.end()], text[found.end() :]
    if text.startswith("{"):
        _, end = json.JSONDecoder().raw_decode(text)
        return text[:end], text[end:]
    return "", text


def values(data: bytes) -> Values:
    """The fields of a file; of YAML, every scalar as its text."""
    head, _ = split(data)
    inner = head.strip().removeprefix(head[:3]).removesuffix(head[:3]) if head[:1] in "-+" else head
    if head.startswith("+++"):
        return tomllib.loads(inner.replace("\r\n", "\n"))
    read = json.loads(inner) if head.startswith("{") else yaml.load(inner, Loader=yaml.BaseLoader)
    return read if isinstance(read, dict) else {}


def unmeant(before: bytes, after: bytes, source: bytes, local: Collection[str] = ()) -> list[str]:
    """What changed from `before` to `after` and is neither the source's value nor that of a `local` field.

    Tells the names of fields with another value, and the lines that changed and belong to no field that did.
    """
    old, new, theirs = values(before), values(after), values(source)
    found = [name for name in _changed(old, new) if name not in local and not _is_from(name, old, new, theirs)]
    if split(before)[1] != split(after)[1]:
        found.append("the body")
    names = {name.split("\0")[0] for name in _changed(old, new)}
    return found + [line for name, line in _changed_lines(before, after) if name not in names]


def _changed(old: Values, new: Values, above: str = "") -> Iterator[str]:
    """The fields that differ, down to where they are no mappings on both sides."""
    for name in dict.fromkeys((*old, *new)):
        a, b = old.get(name), new.get(name)
        if isinstance(a, dict) and isinstance(b, dict):
            yield from _changed(a, b, f"{above}{name}\0")
        elif (name in old, repr(a)) != (name in new, repr(b)):
            yield f"{above}{name}"


def _is_from(name: str, old: Values, new: Values, theirs: Values) -> bool:
    """Whether a field that changed is now as in the source; a whole mapping may have come from there."""
    value: Any = new
    wanted: Any = theirs
    for part in name.split("\0"):
        value = value.get(part) if isinstance(value, dict) else None
        wanted = wanted.get(part) if isinstance(wanted, dict) else None
    return repr(value) == repr(wanted)


def _changed_lines(before: bytes, after: bytes) -> Iterator[tuple[str, str]]:
    """Each line that is in one of the two only, with the field that it belongs to."""
    old, new = (split(data)[0].splitlines(keepends=True) for data in (before, after))
    owned = [list(zip(_owners(lines), lines, strict=True)) for lines in (old, new)]
    # A blank line that stays may belong to another field now.
    blank = len({sum(not line.strip() for line in lines) for lines in (old, new)}) == 1
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, *owned, autojunk=False).get_opcodes():
        if tag != "equal":
            changed = (*owned[0][i1:i2], *owned[1][j1:j2])
            yield from (each for each in changed if each[1].strip() or not blank)


def _owners(lines: list[str]) -> list[str]:
    """The outermost field that each line belongs to."""
    owners, name = [], ""
    depth = min((len(line) - len(line.lstrip()) for line in lines[1:-1] if line.strip()), default=0)
    for line in lines:
        found = re.match(rf"\s{{{depth}}}(?:[\"'](?P<quoted>[^\"']*)[\"']|(?P<bare>[\w.-]+))\s*[:=]", line)
        table = re.match(r"\[+\s*([\w-]+)", line)
        if table:
            name = table[1]
            depth = 99
        elif found:
            name = found["quoted"] or found["bare"]
        elif line.startswith(("#", "---", "+++")):
            name = ""
        owners.append(name)
    return owners
