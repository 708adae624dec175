"""Front matter in TOML, JSON and headers is read and edited as YAML is: one field, and nothing else."""

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.edits.generate import KINDS, TEXTS
from transtool.document import Document, FrontMatterKind, Scalar, Unreadable, edit, parse
from transtool.errors import EditRefused


def read(text: str) -> Document:
    document = parse("page.md", text.encode())
    assert isinstance(document, Document), document
    return document


@settings(max_examples=150)
@given(seed=st.integers(0, 2**32), windows=st.booleans(), bom=st.booleans())
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_edited_is_one_field_for_every_reader(kind: str, seed: int, windows: bool, bom: bool) -> None:
    draw = random.Random(seed)
    make, independent = KINDS[kind]
    text = make(draw)
    if windows:
        text = text.replace("\n", "\r\n")
    document = parse("page.md", (b"\xef\xbb\xbf" if bom else b"") + text.encode())
    assert isinstance(document, Document) and document.format == kind
    before = independent(text)
    name, wanted = draw.choice((*before, "source_digest")), draw.choice(TEXTS)

    try:
        data = edit(document, {name: wanted})
    except EditRefused:
        assert may_be_refused(kind, wanted, before.get(name))
        return

    after = data.decode("utf-8-sig")
    read_there = independent(after)
    assert data.startswith(b"\xef\xbb\xbf") is bom
    assert after.endswith(document.body)
    assert {key: repr(value) for key, value in read_there.items() if key != name} == {
        key: repr(value) for key, value in before.items() if key != name
    }
    assert says(read_there[name]) == wanted
    assert edit(parsed(data), {name: wanted}) == data


def parsed(data: bytes) -> Document:
    document = parse("page.md", data)
    assert isinstance(document, Document)
    return document


def says(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def may_be_refused(kind: str, wanted: str, value: object) -> bool:
    """Headers hold one line each, and a table of TOML stands on lines of its own."""
    if kind == "header":
        return wanted != wanted.strip() or "\n" in wanted or not wanted
    return isinstance(value, dict | list) and kind == "toml"


@pytest.mark.parametrize(
    ("text", "changes", "wanted"),
    [
        ("+++\n[a]\nb = 1\n+++\n", {"c": "x"}, '+++\nc = "x"\n[a]\nb = 1\n+++\n'),
        (
            "+++\n# top\nz = 1 # one\n\n# of a\n[a]\n+++\n",
            {"c": "x"},
            '+++\n# top\nz = 1 # one\nc = "x"\n\n# of a\n[a]\n+++\n',
        ),
        ("+++\n+++\nText", {"c": "x"}, '+++\nc = "x"\n+++\nText'),
        ("+++\na = 1\n+++\n", {"a": "2"}, "+++\na = 2\n+++\n"),
        ("+++\na = 2020-01-01\n+++\n", {"a": "2021-02-03"}, "+++\na = 2021-02-03\n+++\n"),
        ("+++\na = 2020-01-01\n+++\n", {"a": "soon"}, '+++\na = "soon"\n+++\n'),
        ("+++\n[a]\nb = 'x' # y\n+++\n", {"a.b": "z"}, "+++\n[a]\nb = 'z' # y\n+++\n"),
        ("+++\na = 1\nb = [\n 2,\n]\nc = 3\n+++\n", {"b": None}, "+++\na = 1\nc = 3\n+++\n"),
        ('{\n  "a": 1\n}\n', {"b": "x"}, '{\n  "a": 1,\n  "b": "x"\n}\n'),
        ('{"a": 1}\nText', {"b": 'x"'}, '{"a": 1, "b": "x\\""}\nText'),
        ("{}\nText", {"b": "x"}, '{"b": "x"}\nText'),
        ("{\n}\nText", {"b": "x"}, '{\n  "b": "x"\n}\nText'),
        ('{"a": 1, "b": [2, {"c": true}]}\n', {"b.1.c": "false", "a": "x"}, '{"a": "x", "b": [2, {"c": false}]}\n'),
        ('{\n  "a": 1,\n  "b": 2\n}\n', {"a": None}, '{\n  "b": 2\n}\n'),
        ('{\n  "a": 1,\n  "b": 2\n}\n', {"b": None}, '{\n  "a": 1\n}\n'),
        ("Title: a\nLang:\n\nText", {"lang": "es", "x": "y"}, "Title: a\nLang: es\nx: y\n\nText"),
        ("Title: a", {"x": "y"}, "Title: a\nx: y"),
        (
            "Title: a\nSummary: one\n    two\nTags: b\n\nText",
            {"summary": "three"},
            "Title: a\nSummary: three\nTags: b\n\nText",
        ),
        ("Title: a\nSummary: one\n    two\n\nText", {"SUMMARY": None}, "Title: a\n\nText"),
    ],
)
def test_an_edit_leaves_everything_else_as_it_was(text: str, changes: dict[str, str | None], wanted: str) -> None:
    assert edit(read(text), changes).decode() == wanted


@pytest.mark.parametrize(
    ("text", "kind", "fields", "body"),
    [
        ('{"title": "A", "n": 1}\nB\n', FrontMatterKind.JSON, {"title": "A", "n": "1"}, "B\n"),
        ("Title: A\nModified: 2020-01-01\n\nB", FrontMatterKind.HEADER, {"title": "A", "modified": "2020-01-01"}, "B"),
        ("Base Header: 2\r\nX: y\r\nB", FrontMatterKind.HEADER, {"baseheader": "2", "x": "y"}, "B"),
        (
            '%{\n  title: "A \\"b\\"",\n  tags: ~w(x y),\n  draft: false,\n  at: ~D[2020-01-01]\n}\n---\nB',
            FrontMatterKind.ELIXIR,
            {"title": 'A "b"', "draft": "false", "at": "~D[2020-01-01]", "tags.1": "y"},
            "B",
        ),
        ("+++\nd = 2020-01-01 # x\n[a]\nb = [1]\n+++\nB", FrontMatterKind.TOML, {"d": "2020-01-01", "a.b.0": "1"}, "B"),
        ("{{ page.title }}\n", FrontMatterKind.NONE, {}, "{{ page.title }}\n"),
        ("%{x}\n", FrontMatterKind.NONE, {}, "%{x}\n"),
        ("Note: this\n\nB", FrontMatterKind.NONE, {}, "Note: this\n\nB"),
    ],
)
def test_every_kind_is_read(text: str, kind: FrontMatterKind, fields: dict[str, str], body: str) -> None:
    document = read(text)

    assert (document.format, document.body) == (kind, body)
    assert {name: document.raw(name) for name in fields} == fields


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('{\n  "a": 1,\n}\nText', 3, "not valid JSON"),
        ('{"a": 1', 1, "not valid JSON"),
        ('{"a":' * 3000, 1, ""),
        ('{"a":' + "[" * 100 + "]" * 100 + "}\n", 1, "nested too deeply"),
        ("+++\na = \n+++\n", 2, "not valid TOML"),
    ],
)
def test_what_is_broken_is_said_with_its_line(text: str, line: int, said: str) -> None:
    found = parse("page.md", text.encode())

    assert isinstance(found, Unreadable)
    assert (found.line, str(found.problem)[: len(said)]) == (line, said)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_stands_where_it_says(kind: str) -> None:
    text = {"toml": "+++\nx = 1\na = 'b' # c\n+++\n", "json": '{\n"x": 1,\n"a": "b"}\n', "header": "Date: 1\na:  b\n\n"}

    document = read(text[kind])
    value: Any = document.value("a")

    assert isinstance(value, Scalar)
    assert document.text[value.span.start : value.span.end].strip("'\"") == "b"
    assert document.text.split("\n")[value.span.line - 1].startswith(("a", '"a"'))
    assert document.line_of("a") == value.span.line
