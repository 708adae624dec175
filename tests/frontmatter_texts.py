"""Hypothesis strategies for front matter as people and programs write it, and as nobody should."""

import re

from hypothesis import strategies as st

NAMES = ("title", "lang", "number", "summary", "tags", "img", "date", "l10n", "a-b", "x.y", "on", "Größe")
WORDS = st.text("abc éß日😀 '\"#:,-[]{}&*!|>%@`\\\t0123.", max_size=12)
COMMENTS = st.sampled_from(["", "", "", " # a comment", "\t# after a tab", "  # 'quoted: [", " "])
BETWEEN = st.sampled_from(["", "", "", "# a line\n", "\n", "\n\n", "   # indented\n", "  \n", "#\n"])
PLAIN = (
    "word",
    "two words",
    "no",
    "042",
    "1.10",
    "2031-03-05",
    "a: b"[:1],
    "http://x.y/#z",
    "~",
    "",
    "1e5",
    "x # y",
    "it's",
    'a "b"',
)

ODD = (
    "&anchor value",
    "&anchor 'x'",
    "&anchor [x]",
    "!!str 42",
    "*anchor",
    "!local y",
    "[a, 'b', \"c\"]",
    "{a: 1, b: , c}",
    "[]",
    "{}",
)
LINES = ("one", "two # no comment", "", "--- no fence", "key: value", "é日😀")


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


@st.composite
def scalars(draw: st.DrawFn) -> str:
    """A scalar on one line, or a quoted or plain one over several lines, even at column 0."""
    style = draw(st.integers(0, 6))
    words = draw(WORDS)
    if style == 0:
        return draw(st.sampled_from(PLAIN))
    if style == 1:
        return single(words)
    if style == 2:
        return double(words)
    if style == 3:
        return f"'first\n{draw(st.sampled_from(['', '  ', chr(10)]))}second {words.replace(chr(39), '')}'"
    if style == 4:
        return f'"first \\\n   second\n\n{draw(st.sampled_from(["", "  "]))}third"'
    if style == 5:
        return "plain over\n  two lines"
    return draw(
        st.sampled_from(
            [
                "&anchor value",
                "&anchor 'x'",
                "&anchor [x]",
                "!!str 42",
                "*anchor",
                "!local y",
                "[a, 'b', \"c\"]",
                "{a: 1, b: , c}",
                "[]",
                "{}",
            ]
        )
    )


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """A block scalar: literal or folded, every way to chomp, its own indentation, blank lines in it and after it."""
    header = draw(st.sampled_from("|>")) + draw(st.sampled_from(["", "-", "+"])) + draw(st.sampled_from(["", " # c"]))
    margin = " " * draw(st.integers(1, 5))
    lines = draw(st.lists(st.sampled_from(LINES), max_size=4))
    return header + "\n" + "".join((margin + line if line else "") + "\n" for line in ["first", *lines]).rstrip("\n")


@st.composite
def collections(draw: st.DrawFn) -> str:
    """A list or a mapping in block style, indented in some way, with comments between its lines."""
    margin = " " * draw(st.integers(1, 4))
    gap = draw(st.sampled_from(["", "\n", f"\n{margin}# inside", " # behind"]))
    if draw(st.booleans()):
        margin = draw(st.sampled_from(["", margin]))
        items = draw(st.lists(scalars(), min_size=1, max_size=3))
        return gap + "".join(f"\n{margin}- {item}" for item in items)
    items = draw(st.lists(scalars(), min_size=1, max_size=3))
    return gap + "".join(f"\n{margin}k{at}: {item}" for at, item in enumerate(items))


@st.composite
def fields(draw: st.DrawFn, name: str) -> str:
    """One field with the blank lines and comments before it."""
    key = draw(st.sampled_from([name, name, name, single(name), double(name)]))
    value = draw(st.one_of(scalars(), scalars(), blocks(), collections()))
    colon = draw(st.sampled_from([": ", ": ", ":  ", " : ", ":\t"])) if value[:1] not in ("", "\n") else ":"
    comment = draw(COMMENTS) if not value.startswith(("|", ">")) else ""
    return draw(BETWEEN) + key + colon + value + comment + "\n"


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A whole file: mark, fences, fields (some twice), body, line ends, with or without a last line end."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=0, max_size=6, unique=draw(st.booleans())))
    parts = [draw(fields(name)) for name in names]
    indent = draw(st.sampled_from(["", "", "", "  "]))
    # PyYAML, the oracle, refuses one name for two anchors; an alias names the first.
    count = 0
    pieces = re.split("([&*]anchor)", "".join(parts))
    for at, piece in enumerate(pieces):
        count += piece == "&anchor"
        pieces[at] = (
            f"{piece}{count}" if piece == "&anchor" else f"*anchor{count}" if piece == "*anchor" and count else piece
        )
    parts = ["".join(pieces)]
    inner = "".join(indent + line if line.strip() else line for line in "".join(parts).splitlines(keepends=True))
    opening = "---" + draw(st.sampled_from(["", "", " ", "\t"])) + "\n"
    closing = draw(st.sampled_from(["---", "...", "--- "]))
    body = draw(st.sampled_from(["", "\n", "\n\n---\n\n# One\n\ntext\n", "\nno end", "\ntitle: x\n---\n"]))
    text = opening + inner + draw(BETWEEN) + closing + body
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    mark = "\ufeff" if draw(st.booleans()) else ""
    return (mark + text).encode()


HOSTILE = st.text("ab\n\n :-#'\"[]{},&*!|>%@?.\t\r\x00\x85\u2028\ufeff0~<=\\", max_size=60).map(
    lambda text: f"---\n{text}\n---\n".encode()
)
