"""A field is copied from one file into another as it is written there, and nothing else changes."""

import importlib
import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.own_reader import split, unmeant, values
from transtool.document import Document, adopt, parse
from transtool.errors import EditRefused


def page(text: str) -> Document:
    document = parse("page.md", text.encode())
    assert isinstance(document, Document)
    return document


def adopted(ours: str, theirs: str, *paths: str) -> str:
    """The text of `ours` with fields as `theirs` has them."""
    document = page(ours)
    for path in paths:
        document = page(adopt(document, page(theirs), tuple(path.split("/"))).decode())
    return document.text


SOURCE = """---
title: "Tea"
date: 2031-03-05   # the day
tags: [green, "black tea"]
steps:
  - boil # first
  - pour
box:
    deep:
        warm: 80
        times: [1,
                2]
    lid: 'yes'
note: |
  two
    lines

folded: >-
  one
  line
nothing:
---
Body.
"""

# What is copied; ours before; ours after, both without fences and title.
COPIED = {
    "the spelling of a date, and our own comment stays": (
        "date",
        "date: '2030-01-01'  # old\n",
        "date: 2031-03-05  # old\n",
    ),
    "the style of a list": ("tags", "tags:\n- a\n- b\nlang: es\n", 'tags: [green, "black tea"]\nlang: es\n'),
    "a list in lines": ("steps", "steps: [a]\n", "steps:\n  - boil # first\n  - pour\n"),
    "a block": ("note", "note: no # comment\nlang: es\n", "note: |\n  two\n    lines\nlang: es\n"),
    "a folded block": ("folded", 'folded: "x"\n', "folded: >-\n  one\n  line\n"),
    "nothing": ("nothing", "nothing: full\n", "nothing:\n"),
    "an inner value, in our own margin": (
        "box/deep/times",
        "box:\n  deep:\n    times: 3\n",
        "box:\n  deep:\n    times: [1,\n            2]\n",
    ),
    "an inner field beside its neighbours": (
        "box/deep/warm",
        "box:\n  # ours\n  deep:\n    times: 3\n  lid: no\n",
        "box:\n  # ours\n  deep:\n    warm: 80\n    times: 3\n  lid: no\n",
    ),
    "a whole mapping that we lack": (
        "box/deep/warm",
        "lang: es\n",
        "lang: es\nbox:\n    deep:\n        warm: 80\n        times: [1,\n                2]\n    lid: 'yes'\n",
    ),
    "a field into braces": ("box/lid", "box: {deep: 1}\n", "box: {deep: 1, lid: 'yes'}\n"),
    "lines into braces": ("box/deep", "box: {lid: 1}\n", None),
    "a field behind the one that it follows": (
        "tags",
        "date: 2031-03-05\nours: 1\n",
        'date: 2031-03-05\ntags: [green, "black tea"]\nours: 1\n',
    ),
    "a field that the source has not got": (
        "ours",
        "date: 1\n# about it\nours:\n  - a\n\nlang: es\n",
        "date: 1\n# about it\n\nlang: es\n",
    ),
    "the last inner field": ("box/deep/ours", "box:\n  deep:\n    ours: 1\n", "box:\n  deep: {}\n"),
    "a field of braces": ("box/ours", "box: {deep: 1, ours: 2}\n", "box: {deep: 1}\n"),
}


@pytest.mark.parametrize(("path", "ours", "after"), COPIED.values(), ids=COPIED)
@pytest.mark.parametrize("eol", ["\n", "\r\n"], ids=["unix", "dos"])
def test_yaml_is_copied_as_it_is_written(path: str, ours: str, after: str | None, eol: str) -> None:
    before = f"---\ntitle: Té\n{ours}---\nCuerpo.\n".replace("\n", eol)
    done = adopted(before, SOURCE, path)
    if after is None:
        assert values(done.encode())["box"] == {"deep": {"warm": "80", "times": ["1", "2"]}, "lid": "1"}
    else:
        # a field without neighbours stands behind the last of its mapping
        expected = f"---\ntitle: Té\n{after}---\nCuerpo.\n".replace("\n", eol)
        assert sorted(done.split(eol)) == sorted(expected.split(eol))
        if "a whole" not in str(path):
            assert values(done.encode()) == values(expected.encode())


JSON = '{\n  "title": "t",\n  "tags": [\n    "a"\n  ],\n  "box": {"x": 1, "y": {"z": 2}},\n  "last": true\n}\nBody.\n'
TOML = """+++
title = "t"
date = 2031-03-05
tags = ["a",
  "b"]
[box]
x = 1
y = 'as it is'
[box.deep]
z = { a = 1 }
[[menu]]
name = "m"
[[menu]]
name = "n"
+++
Body.
"""
HEADER = "Title: t\nAuthor: me\nDate: 2031\nTags: a,\n    b\n\nBody.\n"

OTHERS = {
    "JSON": (
        JSON,
        '{\n    "title": "u",\n    "box": {\n        "y": {}\n    },\n    "ours": 3\n}\nC.\n',
        ("tags", "box/x", "box/y/z", "last", "ours"),
        '{\n    "title": "u",\n    "tags": [\n      "a"\n    ],\n    "box": {\n        "x": 1,\n        "y": {"z": 2}\n'
        '    },\n    "last": true\n}\nC.\n',
    ),
    "JSON on one line": (
        JSON,
        '{"title": "u", "ours": 3}\nC.\n',
        ("last", "ours"),
        '{"title": "u", "last": true}\nC.\n',
    ),
    "TOML": (
        TOML,
        '+++\ntitle = "u"\nours = 1\n\n[box]\n# ours\ny = "q" # keep\nmore = [\n1]\n[other]\nq=1\n+++\nC.\n',
        ("date", "tags", "box/x", "box/y", "box/more", "box/deep", "menu", "ours", "other"),
        '+++\ntitle = "u"\ndate = 2031-03-05\ntags = ["a",\n  "b"]\n\n[box]\nx = 1\n# ours\ny = \'as it is\' # keep\n'
        '[box.deep]\nz = { a = 1 }\n\n[[menu]]\nname = "m"\n[[menu]]\nname = "n"\n+++\nC.\n',
    ),
    "a header": (
        HEADER,
        "Title: u\nDate: 2030\nOurs: x\n\nC.\n",
        ("author", "date", "tags", "ours"),
        "Title: u\nAuthor: me\nDate: 2031\nTags: a,\n    b\n\nC.\n",
    ),
}


@pytest.mark.parametrize(("source", "ours", "paths", "after"), OTHERS.values(), ids=OTHERS)
def test_every_other_kind_is_copied_as_it_is_written(
    source: str, ours: str, paths: tuple[str, ...], after: str
) -> None:
    assert adopted(ours, source, *paths) == after


REFUSED = {
    "another kind of front matter": ('{"title": "u"}\n', SOURCE, "date", "another kind than the source's"),
    "none at all": ("Text.\n", SOURCE, "date", "no front matter to edit"),
    "an alias whose anchor is elsewhere": ("---\na: 1\n---\n", "---\nb: &x 1\na: *x\n---\n", "a", ""),
}


@pytest.mark.parametrize(("ours", "theirs", "path", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_copied_is_refused_or_written_out(ours: str, theirs: str, path: str, reason: str) -> None:
    if not reason:
        assert adopted(ours, theirs, path) == ours
        return
    with pytest.raises(EditRefused, match=reason):
        adopted(ours, theirs, path)


# Properties, with readers that share nothing with ours

words = st.text(st.sampled_from("ab #:-'\"[]{},é&*!|>%@`?0129\t."), min_size=0, max_size=6)
plain_values = st.recursive(
    words | st.integers(0, 99) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("kmn"), inner, max_size=3),
    max_leaves=6,
)
NAMES = ("title", "date", "tags", "box", "more")
heads = st.dictionaries(st.sampled_from(NAMES), plain_values, min_size=1, max_size=5)
layouts = st.tuples(
    st.sampled_from([None, True, False]), st.sampled_from([2, 3, 4]), st.sampled_from([None, "'", '"']), st.booleans()
)


class _Indented(yaml.SafeDumper):
    """Writes lists with a margin of their own."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def as_yaml(fields: dict[str, Any], layout: tuple[bool | None, int, str | None, bool]) -> str:
    flow, indent, quotes, indented = layout
    dumper = _Indented if indented else yaml.SafeDumper
    lines = [
        yaml.dump(
            {name: value},
            Dumper=dumper,
            default_flow_style=flow,
            indent=indent,
            default_style=quotes,
            allow_unicode=True,
            width=40,
        )
        for name, value in fields.items()
    ]
    written = "".join(line if line[0] != "{" else line.strip()[1:-1] + "\n" for line in lines)
    return f"---\n# ours\n{written}# end\n---\nBody.\n"


def as_json(fields: dict[str, Any], layout: tuple[bool | None, int, str | None, bool]) -> str:
    return f"{json.dumps(fields, indent=layout[1] if layout[3] else None, ensure_ascii=False)}\nBody.\n"


@given(heads, heads, layouts, layouts, st.sampled_from([as_yaml, as_json]), st.booleans())
def test_whatever_is_copied_nothing_else_changes(
    ours: dict[str, Any], theirs: dict[str, Any], mine: Any, other: Any, write: Any, dos: bool
) -> None:
    before, source = write(ours, mine), write(theirs, other)
    before = before.replace("\n", "\r\n") if dos else before
    document, origin = parse("a.md", before.encode()), parse("b.md", source.encode())
    if not (isinstance(document, Document) and isinstance(origin, Document)) or not document.fields:
        return
    for name in sorted({*ours, *theirs}):
        if repr(values(document.data).get(name)) == repr(values(origin.data).get(name)):
            continue
        try:
            after = adopt(document, origin, (name,))
        except EditRefused:
            continue
        if write is as_yaml:
            assert unmeant(document.data, after, origin.data) == []
        told, wanted = values(after), values(origin.data)
        assert (name in told, told.get(name)) == (name in wanted, wanted.get(name))
        assert {key: told.get(key) for key in values(document.data) if key != name} == {
            key: value for key, value in values(document.data).items() if key != name
        }
        assert split(after)[1] == split(document.data)[1]
        changed = parse("a.md", after)
        assert isinstance(changed, Document)
        assert adopt(changed, origin, (name,)) == after
        document = changed


def test_the_package_offers_the_function_after_the_first_edit_too() -> None:
    document = importlib.import_module("transtool.document")
    importlib.import_module("transtool.document.editing")

    assert callable(document.adopt)
