"""Editing changes one field and nothing else, or is refused."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.frontmatter_texts import HOSTILE, NAMES, WORDS, files
from transtool.document import Document, Mapping, Scalar, Sequence, Unreadable, Value, edit, parse
from transtool.document.splice import double_quoted
from transtool.errors import EditRefused

ODD = [
    "es",
    "no",
    "042",
    "43",
    "2031-03-05",
    "=",
    "",
    " x",
    "x ",
    "a\nb\n",
    "a\n\nb",
    "---",
    "x: y",
    "\x07",
    "\u2028",
    "\ufeff",
]
VALUES = st.one_of(WORDS, st.sampled_from(ODD), st.text(max_size=8))


def read(data: bytes) -> Document:
    document = parse("page.md", data)
    assert isinstance(document, Document)
    return document


def strict(document: Document) -> dict[Any, Any]:
    """What PyYAML itself reads between the fences, every scalar as text."""
    lines = document.text[: document.body_start].split("\n", 1)[1]
    inner = lines[: max(lines.rfind("\n---"), lines.rfind("\n...")) + 1]
    return yaml.load(inner, Loader=yaml.CBaseLoader) or {}


def plainly(document: Document) -> dict[str, Any]:
    """What we read, in the shapes that PyYAML uses."""

    def shape(value: Value) -> Any:
        match value:
            case Scalar(text=text):
                return text
            case Sequence(items=items):
                return [shape(item) for item in items]
            case Mapping(items=pairs):
                return {name: shape(item) for name, item in pairs}

    return {field.name: shape(field.value) for field in document.fields}


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ("a: old", "a: new", "new"),
        ("a: old # why", "a: new # why", "new"),
        ("a: 'old'\t# why", "a: 'it''s'\t# why", "it's"),
        ('a:  "old"', 'a:  "say \\"x\\"\\\\"', 'say "x"\\'),
        ("a:", "a: new", "new"),
        ("a: # later", "a: new # later", "new"),
        ("a: ~", "a: new", "new"),
        ("a: old", 'a: "no"', "no"),
        ("a: old", 'a: "042"', "042"),
        ("a: old", 'a: "2031-03-05"', "2031-03-05"),
        ("a: old", 'a: "="', "="),
        ("a: old", 'a: "x: y"', "x: y"),
        ("a: old", 'a: "x #y"', "x #y"),
        ("a: old", 'a: ""', ""),
        ("a: old", 'a: "one\\ntwo"', "one\ntwo"),
        ("a: old", 'a: "\\u2028\\x07\\uFEFF"', "\u2028\x07\ufeff"),
        ("a: old", "a: déjà vu 日 😀", "déjà vu 日 😀"),
        ("a: true", "a: false", "false"),
        ("a: 41", "a: 42", "42"),
        ("a: 41", 'a: "042"', "042"),
        ("a: 041", "a: 042", "042"),
        ("a: 2030-01-02", "a: 2031-03-05", "2031-03-05"),
        ("a: no", "a: es", "es"),
        ("a: &x old", "a: &x new", "new"),
        ("a: !!str 41", "a: !!str new", "new"),
        ("a: over\n  lines", "a: new", "new"),
        ("a: 'over\n\nlines'", "a: 'new'", "new"),
        ("a: |\n   old\n   text\n", "a: |\n   new\n\n   words\n", "new\n\nwords\n"),
        ("a: | # why\n  old", "a: |- # why\n  new", "new"),
        ("a: >-\n  old\n  text", "a: >-\n  new\n\n  words", "new\nwords"),
        ("a: [1, 2]", "a: new", "new"),
        ("a:\n  - 1\n  - 2 # two", "a: new # two", "new"),
        ("a:\n- x: 1", "a: new", "new"),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_new_value_is_written_like_the_old_one(before: str, after: str, new: str, eol: str) -> None:
    template = "---\n# one\nz: 1\n{}\n# two\nb:  'x'  \n---\nbody".replace("\n", eol)
    old, expected = (template.replace("{}", part.replace("\n", eol)) for part in (before, after))
    assert edit(read(old.encode()), {"a": new}).decode() == expected


@pytest.mark.parametrize(
    ("before", "dotted", "after"),
    [
        ("a: {b: old, c: 1}", "a.b", "a: {b: new, c: 1}"),
        ("a: {b: , c: 1}", "a.b", "a: {b: new, c: 1}"),
        ("a:\n  - x\n  - b: old # why", "a.1.b", "a:\n  - x\n  - b: new # why"),
        ("a: [x,old]", "a.1", "a: [x,new]"),
        ("a:\n  -", "a.0", "a:\n  - new"),
    ],
)
def test_an_inner_value_is_changed_in_its_place(before: str, dotted: str, after: str) -> None:
    assert edit(read(f"---\n{before}\n---\n".encode()), {dotted: "new"}) == f"---\n{after}\n---\n".encode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\na: b\n---\nx", '---\na: b\nnew: value\nhash: "12e4"\n---\nx'),
        ("---\r\n  a: b\r\n\r\n---", '---\r\n  a: b\r\n\r\n  new: value\r\n  hash: "12e4"\r\n---'),
        ("---\na: |+\n  b\n\n...\n", '---\na: |+\n  b\n\nnew: value\nhash: "12e4"\n...\n'),
        ("---\n---\n", '---\nnew: value\nhash: "12e4"\n---\n'),
        ("text\n", '---\nnew: value\nhash: "12e4"\n---\ntext\n'),
        ("text\r\n", '---\r\nnew: value\r\nhash: "12e4"\r\n---\r\ntext\r\n'),
        ("\ufefftext", '\ufeff---\nnew: value\nhash: "12e4"\n---\ntext'),
        ("---\nnew: old\n---\n", '---\nnew: value\nhash: "12e4"\n---\n'),
    ],
)
def test_appended_fields_stand_at_the_end_in_order(before: str, after: str) -> None:
    document = read(before.encode())
    assert edit(document, {}, append={"new": "value", "hash": "12e4"}, create=True).decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\na: b\nold: x # why\nc: d\n---\n", "---\na: b\nc: d\n---\n"),
        ("---\nold:\n  - x\n  # inside\n  - y\n# for c\nc: d\n---\n", "---\n# for c\nc: d\n---\n"),
        ("---\nold: 1\n---\n", "---\n---\n"),
        ("---\nold: 1\na: b\nold: 2\n---\n", "---\na: b\n---\n"),
        ("---\na: |+\n  x\nold: 1\n\nb: 2\n---\n", "---\na: |+\n  x\nb: 2\n---\n"),
        ("---\na: b\n---\n", "---\na: b\n---\n"),
    ],
)
def test_a_removed_field_takes_its_lines_along_and_no_others(before: str, after: str) -> None:
    assert edit(read(before.encode()), {"old": None}).decode() == after


def test_of_a_field_that_stands_twice_the_one_that_counts_is_changed() -> None:
    assert edit(read(b"---\na: 1\nb: 2\na: 3\n---\n"), {"a": "4"}) == b"---\na: 1\nb: 2\na: 4\n---\n"


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("+++\na = [1, 2]\n[b]\nc = 1\n+++\n", {"b": None}),
        ('{"a": {"b": 1}}\n', {"a.b": None}),
        ("Title: a\n\nText", {"title": "two\nlines"}),
        ("Title: a\n\nText", {"l10n.commit": "x"}),
        ('%{title: "a"}\n---\n', {"title": "b"}),
        ("no front matter", {"a": "2"}),
        ("---\na: &x {b: old}\nc: *x\n---\n", {"a.b": "new"}),
        ("---\na: &x old\nc: *x\n---\n", {"a": None}),
        ("---\n{a: b}\n---\n", {"c": "d"}),
        ("---\na: {b: c}\n---\n", {"a.b": None}),
        ("---\na: b\n---\n", {"a": "\ud800"}),
    ],
)
def test_an_edit_that_would_change_something_else_is_refused(text: str, changes: dict[str, str | None]) -> None:
    with pytest.raises(EditRefused, match=r"page\.md"):
        edit(read(text.encode()), changes)


@pytest.mark.parametrize("changes", [{}, {"a": "b"}, {"gone": None}])
@pytest.mark.parametrize("text", ["---\na: 'b'\n---\n", '+++\na = "b"\n+++\n'])
def test_nothing_to_do_gives_the_same_bytes(text: str, changes: dict[str, str | None]) -> None:
    document = read(text.encode())
    assert edit(document, changes) is document.data


@given(st.text())
def test_double_quotes_hold_every_text(text: str) -> None:
    assert yaml.load(double_quoted(text), Loader=yaml.CBaseLoader) == text


@given(files(), st.sampled_from([*NAMES, "new"]), st.one_of(st.none(), VALUES))
def test_an_edit_changes_one_field_and_keeps_every_other_byte(data: bytes, name: str, new: str | None) -> None:
    """The bytes before and after the value stay, and PyYAML itself reads the wanted fields from the result."""
    before = parse("page.md", data)
    if isinstance(before, Unreadable):
        return
    assert edit(before, {}) == data
    try:
        after = read(edit(before, {name: new}, create=True))
    except EditRefused:
        return
    wanted = {**strict(before), name: new}
    assert strict(after) == {key: value for key, value in wanted.items() if value is not None}
    assert (after.body, after.data[:3] == b"\xef\xbb\xbf") == (before.body, data[:3] == b"\xef\xbb\xbf")
    if (field := before.field(name)) is not None and new is not None:
        assert after.text.startswith(before.text[: field.key.end])
        assert after.text.endswith(before.text[field.value.span.end :])
    elif field is None and new is not None:
        added = after.body_start - before.body_start
        assert before.text in (after.text[:at] + after.text[at + added :] for at in range(before.body_start + 1))


@given(files())
def test_what_is_read_is_what_pyyaml_reads_when_it_guesses_nothing(data: bytes) -> None:
    document = parse("page.md", data)
    if isinstance(document, Document):
        assert plainly(document) == strict(document)


@given(files())
def test_every_value_stands_where_its_place_says(data: bytes) -> None:
    document = parse("page.md", data)
    if isinstance(document, Unreadable):
        return
    for field in document.fields:
        assert field.name in document.text[field.key.start : field.key.end].replace("''", "'")
        assert document.text.count("\n", 0, field.key.start) + 1 == field.line
        written = document.text[field.value.span.start : field.value.span.end]
        if isinstance(field.value, Scalar) and field.value.plain and "\n" not in written:
            assert written == field.value.text or written.startswith("*")


@given(HOSTILE, VALUES)
def test_no_text_between_fences_can_crash_reading_or_editing(data: bytes, new: str) -> None:
    document = parse("page.md", data)
    if isinstance(document, Unreadable):
        assert document.line is not None
        return
    for name in (*(field.name for field in document.fields), "new"):
        try:
            after = read(edit(document, {name: new}, append={"new": new}))
        except EditRefused:
            continue
        assert (after.raw(name), after.body) == (new, document.body)
