"""Pages made to take for ever: whatever they hold, they are read and judged in a time that grows with their length.

There is no clock in these tests. What is superlinear takes hours on pages of this length: the time limit of the tests
notices that, and nothing else.
"""

import pytest

from transtool import config
from transtool.assess.rules.placeholders import placeholders
from transtool.assess.rules.untranslated import overlap, proper_names
from transtool.document import Document, parse
from transtool.link import link
from transtool.segments import markup, split

CONFIG = config.parse(b'source = "en"\nlanguages = ["es"]\n[series.talks]\npath = "t/{number}/{lang}.md"\n', "t.toml")
LENGTH = 200_000

# Each is repeated up to the length; the worst are those that begin something and never end it.
REPEATED = [
    "[", "](", "[a](", "[a]: ", "[^a]: x\n", "![", "<", "<a b='", "<!--", "<b>", "<div>\n\n", "{%", "{{", "{{<", "`",
    "``a", "\\", "*a ", "_a", "~~", "&", "http://", "www.", "a@", "a.b@", "| a", "> ", "- ", "1. ", "#", "    ",
    "\n", " \n", "\r", "```\n", "~~~\n", "{: .a}\n", "- a\n", "- a\n\n", "a\n\n", "$$", "A", "a Bc ", "-- ",
    "\u00a0", "\u6f22\u5b57", "{% include a", "{% include x y='", "{% include x y ", "translate this\n", "Please ",
    "Sure, ", "\u017f", "\0",
]  # fmt: skip
WHOLE = {
    "an image in a line": "![x](data:image/png;base64," + "Ab9+" * LENGTH + ")",
    "blanks in an include": "{% include a" + " " * LENGTH,
    "a long attribute": "{% include x y" + "a" * LENGTH + " %}",
    "an unclosed attribute": "{% include x " + 'a="' * LENGTH + " %}",
    "a heading of blanks": "# a" + " " * LENGTH + "b",
    "brackets in brackets": "[" * LENGTH + "]" * LENGTH,
    "a mailbox": "a.b-c+" * (LENGTH // 6) + "@",
}
PAGES = {repr(text): text * (LENGTH // len(text)) for text in REPEATED} | WHOLE


def read(path: str, body: str) -> Document:
    """A page with a title and this body."""
    page = parse(path, f"---\ntitle: One two three\n---\n{body}".encode())
    assert isinstance(page, Document)
    return page


@pytest.mark.parametrize("body", PAGES.values(), ids=PAGES)
def test_a_page_is_read_and_compared_in_time(body: str) -> None:
    source, translation = read("t/1/en.md", body), read("t/1/es.md", f"{body}\n\nuno dos tres cuatro cinco\n")
    (episode,) = link([source, translation], CONFIG).episodes
    ours, theirs = split(source, ["title"]), split(translation, ["title"])

    found = overlap(ours, theirs, proper_names(ours))

    assert found.words <= found.total
    assert all(segment.end <= len(translation.text) for segment in theirs)
    assert sum(len(markup(segment)) for segment in theirs) <= len(translation.text)
    assert list(placeholders(translation, episode.translations["es"], CONFIG, known=source)) == []
