"""Front matter of every kind, generated: a text and what an independent reader must read in it."""

import json
import random
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

NAMES = ("title", "lang", "summary", "date", "weight", "draft", "l10n-hash", "Größe", "a.b", "with space", "on")
TEXTS = (
    "Tea",
    "",
    "no",
    "042",
    "it's",
    'a "b"',
    "x # y",
    "a: b",
    "[x]",
    "tab\there",
    "two\nlines",
    "\\d",
    "é日😀",
    "{{ x }}",
)
BODIES = ("Text.\n", "", "+++\n", "---\na: b\n---\n", "}\n", "\n\nTwo.\n", "Key: value\n", "No line end")
COMMENTS = ("", "", " # why", "\t# 'quoted: [")

Files = Callable[[random.Random], str]


def yaml(draw: random.Random) -> str:
    """A file with YAML front matter: comments, anchors, blocks, lists and mappings in both styles."""
    lines = [line for name in _names(draw, bare=True) for line in _yaml_field(draw, name)]
    return (
        "---\n"
        + "".join(f"{line}\n" for line in lines)
        + draw.choice(("---\n", "---\n", "...\n"))
        + draw.choice(BODIES)
    )


def _yaml_field(draw: random.Random, name: str) -> list[str]:
    text = draw.choice(TEXTS)
    quoted = json.dumps(text, ensure_ascii=False)
    value = draw.choice(
        (
            quoted,
            quoted,
            "'" + re.sub(r"[\n\t]", "", text).replace("'", "''") + "'",
            "plain words",
            "42",
            "2031-03-05",
            "no",
            "",
            "[a, 'b', \"c\"]",
            "{a: 1, b: '}'}",
            "|\n  a block\n\n  # no comment",
            ">-\n    folded\n    text",
            "\n  - one\n  - two: three",
            "\n  inner: x\n  # a comment\n  other: [1]",
            f"&{name} old",
            "!!str 7",
        )
    )
    comment = draw.choice(("", "", " # why")) if "\n" not in value else ""
    return [
        *draw.choice(((), (), ("",), ("# a line",))),
        f"{name}:{'' if value.startswith(chr(10)) else ' '}{value}{comment}",
    ]


def toml(draw: random.Random) -> str:
    """A file with TOML front matter: comments, tables, arrays over lines, all kinds of strings."""
    lines = [line for name in _names(draw, bare=False) for line in _toml_field(draw, name)]
    for table in draw.sample(("params", "menu.main", "l10n"), draw.randrange(3)):
        lines += [draw.choice(("", "# a table")), f"[{table}]", f"inner = {_toml_value(draw)}"]
    if draw.random() < 0.3:
        lines += ["[[resources]]", "src = 'a.png'", "[[resources]]", 'src = "b.png"']
    return "+++\n" + "".join(f"{line}\n" for line in lines) + "+++\n" + draw.choice(BODIES)


def _toml_field(draw: random.Random, name: str) -> list[str]:
    key = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name, ensure_ascii=False)
    if draw.random() < 0.1:
        key = f"nested-{len(name)}.{key}"
    blank = draw.choice(("", "", " "))
    field = f"{key}{blank}={blank}{_toml_value(draw)}{draw.choice(COMMENTS)}"
    return [*draw.choice(((), (), ("",), ("# a line",))), field]


def _toml_value(draw: random.Random) -> str:
    text = draw.choice(TEXTS)
    return draw.choice(
        (
            json.dumps(text, ensure_ascii=False),
            json.dumps(text, ensure_ascii=False),
            "'" + re.sub(r"[\'\n\t]", "", text) + "'",
            '"""\nlong = 1\n[x]\n"""',
            "'''raw\n# no comment\n'''",
            "42",
            "-1.5",
            "true",
            "2031-03-05",
            "2031-03-05T10:00:00+02:00",
            "[1, 2,\n  3, # more\n]",
            "[\"a\", 'b # c']",
            '{ x = 1, y = "}" }',
        )
    )


def json_file(draw: random.Random) -> str:
    """A file with JSON front matter, on one line or several, indented in some way."""
    value: dict[str, Any] = {name: _json_value(draw) for name in _names(draw, bare=False)}
    indent = draw.choice((None, 2, 4, "\t", 0))
    text = json.dumps(value, indent=indent, ensure_ascii=draw.random() < 0.5)
    if draw.random() < 0.2:
        text = text.replace("{", "{ ", 1).replace('": ', '" :')
    return text + draw.choice(("\n", "\n\n", " \n")) + draw.choice(BODIES)


def _json_value(draw: random.Random) -> object:
    text = draw.choice(TEXTS)
    return draw.choice((text, text, 42, -1.5e3, True, None, [1, "]", {"a": "}"}], {"x": text}, {}, []))


def header(draw: random.Random) -> str:
    """A file with a header without fences, values over several lines and without any included."""
    lines = ["Title: Tea"]
    for name in _names(draw, bare=True):
        if name == "title":
            continue
        written = draw.choice((name, name.capitalize(), name.upper()))
        value = re.sub(r"[\n\t]", " ", draw.choice(TEXTS)).strip()
        lines += [f"{written}:{draw.choice((' ', '  ', chr(9)))}{value}", *draw.choice(((), (), ("    more of it",)))]
    return "".join(f"{line}\n" for line in lines) + "\n" + draw.choice(BODIES)


def _names(draw: random.Random, *, bare: bool) -> list[str]:
    known = [name for name in NAMES if not bare or re.fullmatch(r"[A-Za-z0-9-]+", name)]
    return draw.sample(known, draw.randrange(len(known)))


def read_toml(text: str) -> dict[str, Any]:
    """What `tomllib` reads."""
    return tomllib.loads(re.split(r"^\+\+\+[ \t\r]*\n", text.replace("\r\n", "\n"), maxsplit=2, flags=re.MULTILINE)[1])


def read_json(text: str) -> dict[str, Any]:
    """What `json` reads."""
    value: dict[str, Any] = json.JSONDecoder().raw_decode(text)[0]
    return value


def read_header(text: str) -> dict[str, Any]:
    """What a reader in the manner of Python-Markdown's `meta` reads."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        if not line.strip():
            break
        match = re.match(r"[ ]{0,3}([A-Za-z0-9_-]+):\s*(.*)", line)
        if line.startswith("    "):
            found[name].append(line.strip())
        elif match:
            name = match[1].lower()
            found[name] = [match[2].strip()]
    return {name: "\n".join(filter(None, lines)) for name, lines in found.items()}


KINDS: Mapping[str, tuple[Files, Callable[[str], dict[str, Any]]]] = {
    "toml": (toml, read_toml),
    "json": (json_file, read_json),
    "header": (header, read_header),
}
"""By kind: what makes a file, and the independent reader of its front matter."""
