"""Markdown for properties: lines that open, close and confuse every kind of block."""

from hypothesis import strategies as st

_LINES = (
    "# Heading", "## Heading *x* ##", "### ", "#none", "some text", "more text  ", "- item", "  - nested", "    deep",
    "1. one", "   on", "> quote", ">> quote", "```", "```py", "~~~", "~~~~", "  ```", "    ```", "\t```", "    code",
    "<div>", "</div>", '<div markdown="1">', "<p>text", "<!-- open", "-->", "<!-- one -->", "<script>", "</script>",
    "<pre>", "</pre>", "<?php", "?>", "<details><summary>Sum</summary>", "{% raw %}", "{% endraw %}",
    "{% include a.html %}", "{% include a.html", "b=1 %}", "{% comment %}", "{% endcomment %}", "{{ x }}",
    "{{< s >}}", "text {% if %}", "| a | b |", "|---|---|", "a | b", "---", "===", "[r]: /u", "[r]:", "[^1]: note",
    "{: .c}", "$$", "* TOC", "{:toc}", "- ```", "> ```", "<a>", "<b>bold</b>", "\xa0", "- ", "!!! note",
    "    in note", "- <div>", "  <!-- x", "&nbsp;", "  # indented", "\u65e5\u672c\u8a9e",
)  # fmt: skip


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Draw a body: lines of all sorts, many of them empty, with one sort of line end or all of them."""
    lines = draw(st.lists(st.one_of(st.just(""), st.sampled_from(_LINES), st.sampled_from(_LINES)), max_size=24))
    ends = draw(st.sampled_from((("\n",), ("\n",), ("\r\n",), ("\n", "\r\n", "\r"))))
    text = "".join(line + draw(st.sampled_from(ends)) for line in lines)
    return text.rstrip("\r\n") if draw(st.booleans()) else text
