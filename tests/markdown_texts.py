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
_DIALECTS = (
    ":::note[Title]{a=b}",
    ":::",
    "::: tip Title",
    "::: pkg.mod",
    "    options:",
    "::leaf[said]{#id}",
    '!!! note "Title"',
    "??? tip",
    '=== "Tab"',
    "/// tip | Title",
    "///",
    "> [!NOTE] Title",
    "> [!WARNING]",
    '--8<-- "file"',
    "--8<--",
    "{* file.py hl[1] *}",
    "[TOC]",
    "[[toc]]",
    ": definition",
    "  : deeper",
    "[^n]: note",
    "    more of it",
    "$$x$$",
    "x $$",
    "[a]: {{ site.url }}/x",
    '{{< figure alt="Some cat" >}}',
    "{{< mermaid >}}",
    "{{< /mermaid >}}",
    "{{< s",
    'p="Some words" >}}',
    '<img alt="A cat" src=x>',
    '<div title="Hi',
)
_MDX = (
    "import A from 'a'",
    "import {",
    "} from 'b';",
    "export const a = {",
    "}",
    "export const b = `",
    "`;",
    "import this",
    '<Card title="Some words">',
    "</Card>",
    "<Card",
    '  title="Some"',
    "/>",
    "<A b={",
    "}>",
    "{expression}",
    "{/* open",
    "*/}",
    "{",
    "<A>word</A>",
    "<Option>one</Option>",
    "\t<A>",
    "\t</A>",
    "    deep",
    "        - deep item",
    "text <b>x</b>",
    "<A> text",
    "    ```",
    "< 3",
    "<!-- c -->",
    "{`",
    "# `}",
    "  ===",
    "don't",
)


@st.composite
def markdown(draw: st.DrawFn, more: tuple[str, ...] = _DIALECTS) -> str:
    """Draw a body: lines of all sorts, many of them empty, with one sort of line end or all of them."""
    kinds = (st.just(""), st.sampled_from(_LINES), st.sampled_from((*_LINES, *more)), st.sampled_from(more))
    lines = draw(st.lists(st.one_of(*kinds), max_size=24))
    ends = draw(st.sampled_from((("\n",), ("\n",), ("\r\n",), ("\n", "\r\n", "\r"))))
    text = "".join(line + draw(st.sampled_from(ends)) for line in lines)
    return text.rstrip("\r\n") if draw(st.booleans()) else text


def mdx() -> st.SearchStrategy[str]:
    """Return a strategy for bodies of MDX."""
    return markdown((*_DIALECTS, *_MDX, *_MDX))
