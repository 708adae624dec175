"""Lines of keys in TOML texts."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.config.lines import dotted, key_lines, line_of

TRICKY = '''\
# "not = a key"
a = "x # y" # [c]
'quoted key'.b . c = """
d = 1
""\\"" still
"""
list = [ # one
  "x", [1, 2],
  { in = 1, deep.er = [3] },
]
date = 1979-05-27 07:32:00
raw = \'\'\'it''s
]\'\'\'\'

[table . "dotted.name"]
k = true
[[many]]
n = 1
[many.inner]
n = 2
[[many]]
n = 3
[[many.more]]
x = {}
[[many.more]]
x = []
'''


def places(value: object, path: tuple = ()) -> set:
    """Every key and every element of a parsed document."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = {path} if path else set()
    for name, part in parts:
        found |= places(part, (*path, name))
    return found


def test_every_key_table_and_element_of_a_tricky_text_has_its_line() -> None:
    lines = key_lines(TRICKY)

    assert lines == {
        ("a",): 2,
        ("quoted key",): 3,
        ("quoted key", "b"): 3,
        ("quoted key", "b", "c"): 3,
        ("list",): 7,
        ("list", 0): 8,
        ("list", 1): 8,
        ("list", 1, 0): 8,
        ("list", 1, 1): 8,
        ("list", 2): 9,
        ("list", 2, "in"): 9,
        ("list", 2, "deep"): 9,
        ("list", 2, "deep", "er"): 9,
        ("list", 2, "deep", "er", 0): 9,
        ("date",): 11,
        ("raw",): 12,
        ("table",): 15,
        ("table", "dotted.name"): 15,
        ("table", "dotted.name", "k"): 16,
        ("many",): 17,
        ("many", 0): 17,
        ("many", 0, "n"): 18,
        ("many", 0, "inner"): 19,
        ("many", 0, "inner", "n"): 20,
        ("many", 1): 21,
        ("many", 1, "n"): 22,
        ("many", 1, "more"): 23,
        ("many", 1, "more", 0): 23,
        ("many", 1, "more", 0, "x"): 24,
        ("many", 1, "more", 1): 25,
        ("many", 1, "more", 1, "x"): 26,
    }
    assert set(lines) == places(tomllib.loads(TRICKY))


def test_a_place_that_is_not_there_has_the_line_of_what_is_around_it() -> None:
    lines = key_lines("\n[a]\nb = [1]\n")

    assert line_of(lines, ("a", "b", 7, "c")) == 3
    assert line_of(lines, ("a", "z")) == 2
    assert line_of(lines, ("z",)) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("series", "episodes", "path"), "series.episodes.path"),
        (("series", "a b", "exempt", 0, "key"), 'series."a b".exempt[0].key'),
        ((), ""),
    ],
)
def test_a_path_is_written_as_people_write_it(path: tuple, text: str) -> None:
    assert dotted(path) == text


KEYS = st.sampled_from(["a", "b-c", "1", '"x y"', "'#['", '"]\\""'])
SCALARS = st.sampled_from(
    ["1", "true", "-inf", "2020-05-08", "1979-05-27 07:32:00", '"#,]}="', "'\"'", '"""\na = 1\n"""', "'''\n[x]'''"]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: "[\n # [\n" + ",\n".join(parts) + "\n]"),
        st.lists(st.tuples(KEYS, inner), max_size=3, unique_by=lambda pair: pair[0]).map(
            lambda pairs: "{" + ", ".join(f"{key}={value}" for key, value in pairs) + "}"
        ),
    ),
    max_leaves=8,
)
PAIRS = st.tuples(KEYS, VALUES).map(lambda pair: f"{pair[0]} = {pair[1]} # = [")
HEADERS = st.one_of(
    st.lists(KEYS, min_size=1, max_size=3).map(lambda names: f"[ {' . '.join(names)} ]"),
    st.lists(KEYS, min_size=1, max_size=2).map(lambda names: f"[[{'.'.join(names)}]]"),
    st.just(""),
    st.just("# ["),
)


@given(st.lists(st.one_of(PAIRS, HEADERS), max_size=12))
def test_every_place_that_tomllib_finds_has_a_line_and_its_name_stands_there(parts: list[str]) -> None:
    accepted: list[str] = []
    for part in parts:
        try:
            tomllib.loads("\n".join([*accepted, part]))
        except tomllib.TOMLDecodeError:
            continue
        accepted.append(part)
    text = "\n".join(accepted)

    lines = key_lines(text)

    assert set(lines) == places(tomllib.loads(text))
    rows = text.split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert path[-1].strip('"') in rows[line - 1].replace('\\"', '"')
