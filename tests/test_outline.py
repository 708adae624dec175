"""An outline has a page's headings, includes, code and HTML, and none of its prose."""

import pytest

from transtool.document import Document, parse
from transtool.scaffold.outline import outline
from transtool.settings import Reading

CASES = {
    "headings stay, paragraphs go": ("# One\n\nText\nmore.\n\n## Two\n\nText.\n", "# One\n\n## Two\n"),
    "underlined headings keep their line": ("One\n===\n\nText.\n\nTwo\n---\n", "One\n===\n\nTwo\n---\n"),
    "lists, quotes and tables go": ("# A\n\n- b\n- c\n\n> d\n\n| e |\n|---|\n| f |\n\n# G\n", "# A\n\n# G\n"),
    "includes and rules stay": (
        'Text.\n\n---\n\n{% include a.html t="b c" %}\n',
        '\n---\n\n{% include a.html t="b c" %}\n',
    ),
    "code stays": ("Do this:\n\n```sh\nls\n\nls\n```\n\nThen that.\n", "\n```sh\nls\n\nls\n```\n"),
    "attributes stay": ("# A\n{: .wide}\n\nText.\n", "# A\n{: .wide}\n"),
    "images without words stay": ("![](chart.png)\n\nText.\n", "![](chart.png)\n"),
    "tags stay, what they hold goes": ("<div>\n<p>A long story.</p>\n</div>\n", "<div>\n<p></p>\n</div>\n"),
    "what a summary says stays": (
        "<details>\n<summary> Transcript </summary>\n\nLong.\n\n</details>\n",
        "<details>\n<summary> Transcript </summary>\n\n</details>\n",
    ),
    "prose alone leaves nothing": ("Text.\n\nText.\n", ""),
    "nothing stays nothing": ("", ""),
}


def body(text: str) -> str:
    document = parse("page.md", text.encode())
    assert isinstance(document, Document)
    return outline(document, Reading())


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES.keys())
def test_outline(text: str, wanted: str) -> None:
    assert body(f"---\ntitle: x\n---\n{text}") == wanted
    assert body(text.replace("\n", "\r\n")) == wanted.replace("\n", "\r\n")


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES.keys())
def test_the_outline_of_an_outline_is_itself(text: str, wanted: str) -> None:
    assert body(wanted) == wanted
