"""Plain Markdown is read without a parser exactly as the parser reads it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transtool.segments import fast_path as plain
from transtool.segments.dialects import syntax
from transtool.segments.lines import Span
from transtool.segments.sections import parsed, read

PLAIN = syntax()
PROSE = [
    "Plain words", "two blanks  ", "été", "日本語", "1990 was", "\"quoted", "(aside)", "@anna", "*so*", "__so__",
    "![i](u)", "`code` x", "``c``", "a | b", "[x] y", "[[x]] y", "[[toc]]", "[a[b]]: /u", "[[x] y]: u", "[a[",
    "**été**", "*-x", "1.0", "2)x", "$x", "/etc", "<https://a.b> c", "x\u00a0", "x\x0c", "x \t", "[l](u) x",
]  # fmt: skip
BLOCKS = [
    "# H", "## H #", "#\tx", "# !!! note", "# x\u00a0", "####### x", "- item", "* **b**", "+ item", "1. one", "2. two",
    "1) one", "١. x", "- [ ] task", "- [x]: u", "  more", "   more", "  - deep", "5.", "[l]: u", "[^1]: note", "***",
    "- - -", "===", "---", "    indented", "\tindented", "> quoted", "> [!NOTE]", ">",
    "|---|", "--- | ---", "!!! note", "??? q x",
    "=== tab",
    "<div>", "</div>", "<b>x</b>", "<pre>", "<script>", "</script>", "<!-- c", "-->", "<?x", "- <div>", "    <p>x</p>",
    "[l]: /u", "[b]: https://c.d/e  ", "[b]: /u 'x'", "'title'",
    "```", "~~~", "````", "``` py", "```x```", "    ```", "> ```", "{% include x %}", "{% raw %}", "{% endraw %}",
    "{% endraw", "{%- raw x -%}", "{% raw %} {% endraw %}", "{% endraw %} x",
    "{% a %} x", "{{ x }}", "{{< x", "%}", "{: .c}", "$$", "$$x$$", "\u00a0", "\u2028x", "\x0c", "\\[x]", "\ufeffx",
    "\u200bx", "-\t\u00a0",
]  # fmt: skip
LINES = st.one_of(st.sampled_from(PROSE), st.sampled_from(BLOCKS), st.just(""), st.just("  "))
PAGES = st.builds(
    lambda lines, end: "\n".join(lines) + end, st.lists(LINES, max_size=10), st.sampled_from(["", "\n", "\n\n "])
)


@given(text=PAGES)
@example("# !!! note\n\n{% endraw %}\n    ind\n")
@example("- a\n\n- b\n\n  c")
@example("text\n```\ncode\n```\ntext")
@example("a\rb\r\n\nc")
@example("a\0\n\n- b")
def test_plain_text_is_read_as_the_parser_reads_it(text: str) -> None:
    assert read(text, PLAIN) == parsed(text, PLAIN)


ITEMS = st.builds(
    lambda indent, mark, said: " " * indent + mark + said,
    st.integers(0, 8),
    st.sampled_from(["- ", "- ", "* ", "1. ", ""]),
    st.one_of(st.sampled_from(PROSE), st.sampled_from(["a", "b"])),
)


@given(lines=st.lists(st.one_of(ITEMS, ITEMS, st.just(""), st.sampled_from(BLOCKS)), max_size=8))
@example(lines=["  - b", "", "  c", "d", "- e", "    - f"])
@example(lines=["  - b", "   - c", "      d"])
def test_lists_in_lists_are_read_as_the_parser_reads_them(lines: list[str]) -> None:
    text = "\n".join(["- a", *lines])

    assert read(text, PLAIN) == parsed(text, PLAIN)


@given(text=st.text(alphabet="ab \n\r-*+1.)#>`<{%}[]:=|!_\té\u00a0", max_size=60))
def test_any_text_is_read_as_the_parser_reads_it(text: str) -> None:
    assert read(text, PLAIN) == parsed(text, PLAIN)


@given(
    lines=st.lists(
        st.sampled_from(
            [
                "Some words of prose.",
                "- An item",
                "1. A step",
                "## A heading",
                "> Quoted\n> words",
                "[a]: /b\n[c]: /d",
                "",
            ]
        ),
        max_size=12,
    )
)
def test_what_is_plain_needs_no_parser(lines: list[str]) -> None:
    text = "\n\n".join(lines)

    assert all(isinstance(part, Span) for part in plain.read(text, PLAIN))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40_000,
        "[a" * 100_000,
        "`" * 200_000,
        "#" * 200_000,
        "# " + "# " * 100_000,
        "\n" * 200_000 + "x",
        "x\n" + " \n" * 100_000 + "    y",
        "- a\n" * 50_000,
        "- a\n\n" * 30_000,
        "- a\n  - b\n" * 20_000 + "  ~",
        "- a\n   > b\n\n" * 2_000,
        "- a\n" + "b\n" * 100_000,
        "a\n" * 50_000 + "-",
        "[a]: /b\n" * 30_000,
        "```\n" * 50_001,
        "{%" * 100_000,
        "{% raw %}\n\na\n\n" * 5_000,
        "*" * 200_000,
        "> " * 10 + "x\n" * 20_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_a_long_section_is_walked_through_once(text: str) -> None:
    """Steps are counted, not seconds: what is given never overlaps, and one more line adds at most one more step."""
    parts = list(plain.read(text, PLAIN))
    ends = [part.end for part in parts]

    assert ends == sorted(ends)
    assert len(parts) <= text.count("\n") + 1
    assert sum(part.end - part.start for part in parts if not isinstance(part, Span)) <= len(text)
