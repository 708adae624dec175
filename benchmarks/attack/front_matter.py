"""Edit one field of generated front matter: every other byte stays, and other readers read what was written."""

import json
import random
import tomllib
from collections.abc import Callable
from typing import Any

import yaml

from benchmarks.attack.counted import Counted
from transtool.document import Document, edit, parse
from transtool.errors import EditRefused

_WORDS = [
    "one",
    "two",
    "é",
    "日本",
    "#x",
    "a:b",
    "'q'",
    '"d"',
    "[l]",
    "{m}",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "-",
    "?",
    ",",
    "~",
    "no",
    "yes",
    "042",
    "1.10",
    "2031-03-05",
    "=",
    "<<",
]
_NAMES = ("title", "lang", "number", "summary", "tags", "date")
_EDITED = "title"
Read = Callable[[bytes], Any]


def run(count: int, draw: random.Random) -> Counted:
    """Edit `count` generated files of every kind of front matter."""
    found = Counted()
    for number in range(count):
        kind = draw.choice(("yaml", "toml", "json", "header", "none"))
        data, new = _file(kind, draw), _value(draw)
        try:
            _attack(kind, data, new, found)
        except Exception as error:  # whatever it is, it is a failure
            found.check(False, f"{number}: {kind}: {type(error).__name__} {error} of {data!r} with {new!r}")
    return found


def _attack(kind: str, data: bytes, new: str, found: Counted) -> None:
    document = parse("a.md", data)
    if not isinstance(document, Document):
        found.refused += 1
        found.check(True, "")
        return
    try:
        after = edit(document, {_EDITED: new})
    except EditRefused:
        found.refused += 1
        found.check(True, "")
        return
    read = _READERS.get(kind)
    again = parse("a.md", after)
    held = isinstance(again, Document) and again.raw(_EDITED) == new and again.body == document.body
    if held and read is not None:
        before, now = _told(read, data), _told(read, after)
        held = before is None or (now is not None and _others(before) == _others(now))
    found.check(held, f"{kind}: {data!r} -> {after!r}")


def _others(values: Any) -> Any:
    return {name: value for name, value in values.items() if name != _EDITED}


def _told(read: Read, data: bytes) -> Any:
    """Return what an independent reader says, None where it cannot read the file."""
    try:
        values = read(data)
    except Exception:  # readers fail in many ways
        return None
    return values if isinstance(values, dict) else None


def _head(data: bytes, fence: str) -> str:
    return data.decode().split(f"{fence}\n", 2)[1]


_READERS: dict[str, Read] = {
    "yaml": lambda data: yaml.load(_head(data, "---"), Loader=yaml.BaseLoader),
    "toml": lambda data: tomllib.loads(_head(data, "+++")),
    "json": lambda data: json.JSONDecoder().raw_decode(data.decode())[0],
}


def _value(draw: random.Random) -> str:
    return " ".join(draw.choices(_WORDS, k=draw.randint(1, 4)))


def _file(kind: str, draw: random.Random) -> bytes:
    """Return a file with front matter of a kind, its fields in any order and style."""
    names = draw.sample(_NAMES, draw.randint(1, len(_NAMES)))
    body = draw.choice(("", "\n", "Text.\n", "\n---\n\nText.", "a: b\n"))
    match kind:
        case "yaml":
            return f"---\n{''.join(_yaml(name, draw) for name in names)}---\n{body}".encode()
        case "toml":
            fields = "".join(f"{name} = {json.dumps(_value(draw), ensure_ascii=False)}\n" for name in names)
            return f"+++\n{fields}{draw.choice(('', '# end', '[params]', 'x = 1'))}\n+++\n{body}".encode()
        case "json":
            indent = draw.choice((None, 2, 4))
            return f"{json.dumps({name: _value(draw) for name in names}, indent=indent)}\n{body}".encode()
        case "header":
            return ("".join(f"{name.title()}: {_value(draw)}\n" for name in names) + f"\n{body}").encode()
    return body.encode()


def _yaml(name: str, draw: random.Random) -> str:
    value = _value(draw)
    style = draw.randint(0, 5)
    written = {
        0: json.dumps(value, ensure_ascii=False),
        1: "'" + value.replace("'", "''") + "'",
        2: f"|\n    {value}",
        3: f">-\n    {value}\n    more",
        4: f"\n  - {json.dumps(value, ensure_ascii=False)}\n  - x",
        5: draw.choice(("plain words", "", "~", "no", "042", "[a, b]", "{a: b}", "2031-03-05 # a comment")),
    }[style]
    return f"{name}:{'' if written.startswith(chr(10)) else ' '}{written}{draw.choice(('', '  # note', ''))}\n"
