"""Segments: which blocks a page has, exactly where they stand, and that nothing else is ever touched."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.markdown_texts import markdown
from transtool.document import Document, parse
from transtool.segments import Segment, replace, source_digest, split, split_body
from transtool.segments.dialects import syntax
from transtool.segments.sections import read

PLAIN = syntax()
CORPORA = Path(__file__).parents[2] / "shared" / "corpora"

BLOCKS = {
    "a heading without its marks": ("## Where we live ##\n", [("heading", "Where we live")]),
    "a heading underlined": ("Where\nwe live\n=======\n", [("heading", "Where\nwe live")]),
    "a paragraph with its line breaks": ("One\ntwo  \n", [("paragraph", "One\ntwo")]),
    "one segment an item": (
        "- one\n  on\n- two\n  1. deep\n",
        [("item", "one\n  on"), ("item", "two"), ("item", "deep")],
    ),
    "a second paragraph of an item": ("- one\n\n  more\n", [("item", "one"), ("paragraph", "more")]),
    "one segment a cell": (
        "| a | b \\| c |\n|---|:-:|\n| 1 |   |\n",
        [("cell", "a"), ("cell", "b \\| c"), ("cell", "1")],
    ),
    "the text of a quote": ("> one\n> two\n", [("paragraph", "one\n> two")]),
    "a fence": ("```sh\n# no heading\n\n```\n", [("code", "```sh\n# no heading\n\n```")]),
    "indented code": ("text\n\n    code\n", [("paragraph", "text"), ("code", "code")]),
    "a formula": ("$$\nx\n$$\n", [("code", "$$\nx\n$$")]),
    "a thematic break": ("one\n\n---\n", [("paragraph", "one"), ("break", "---")]),
    "a definition": ("[a]: https://a.example 'T'\n", [("definition", "[a]: https://a.example 'T'")]),
    "a footnote is prose": ("[^1]: note.example\n", [("paragraph", "note.example")]),
    "an attribute list behind a paragraph": ("text\n{: .lead}\n", [("paragraph", "text"), ("attributes", "{: .lead}")]),
    "an attribute list alone": ("{: .lead}\n", [("attributes", "{: .lead}")]),
    "an include on a line": ('{% include a.html x="1" %}\n', [("liquid", '{% include a.html x="1" %}')]),
    "an output on a line": ("{{ page.x }}\n", [("liquid", "{{ page.x }}")]),
    "a Hugo shortcode around prose": (
        "{{< note >}}\nMind it.\n{{< /note >}}\n",
        [("liquid", "{{< note >}}"), ("paragraph", "Mind it."), ("liquid", "{{< /note >}}")],
    ),
    "Liquid that interrupts a paragraph": (
        "one\n{% if x %}\ntwo {% y %} on\n{% endif %}\n",
        [("paragraph", "one"), ("liquid", "{% if x %}"), ("paragraph", "two {% y %} on"), ("liquid", "{% endif %}")],
    ),
    "a raw block with blank lines": (
        "{% raw %}\n\n# none\n\n```\n{% endraw %}\n",
        [("liquid", "{% raw %}\n\n# none\n\n```\n{% endraw %}")],
    ),
    "a tag over several lines": ("{% include a.html\n# b=1 %}\n", [("liquid", "{% include a.html\n# b=1 %}")]),
    "raw tags inside a fence": (
        "```\n{% raw %}\n```\ntext\n",
        [("code", "```\n{% raw %}\n```"), ("paragraph", "text")],
    ),
    "HTML around includes": (
        "<div>\n{% include a.html %}\n\n{% include b.html %}\n</div>\n",
        [("html", "<div>\n{% include a.html %}"), ("liquid", "{% include b.html %}"), ("html", "</div>")],
    ),
    "prose inside HTML": (
        '<aside markdown="1">\n  <img src="x" alt="y">\n  I said <b>no</b>.\n  <p class="by">\nMe\n  </p>\n</aside>',
        [
            ("html", '<aside markdown="1">\n  <img src="x" alt="'),
            ("label", "y"),
            ("html", '">'),
            ("paragraph", "I said <b>no</b>."),
            ("html", '<p class="by">'),
            ("paragraph", "Me"),
            ("html", "</p>\n</aside>"),
        ],
    ),
    "Markdown inside HTML": (
        '<div markdown="1">\nIntro\n\n* one\n* two\n</div>\n',
        [("html", '<div markdown="1">'), ("paragraph", "Intro"), ("item", "one"), ("item", "two"), ("html", "</div>")],
    ),
    "a summary": (
        "<details>\n<summary> Transcript </summary>\n<p></p>\n</details>\n",
        [("html", "<details>\n<summary>"), ("paragraph", "Transcript"), ("html", "</summary>\n<p></p>\n</details>")],
    ),
    "a table in HTML": (
        "<table><tr><th>Who</th><td><a href='x'><img src='y'><br>Me</a></td></tr></table>\n",
        [
            ("html", "<table><tr><th>"),
            ("cell", "Who"),
            ("html", "</th><td>"),
            ("cell", "<a href='x'><img src='y'><br>Me</a>"),
            ("html", "</td></tr></table>"),
        ],
    ),
    "a form's label": (
        '<div><input type="checkbox">\n<label for="a">\n  Done?\n</label></div>\n',
        [
            ("html", '<div><input type="checkbox">\n<label for="a">'),
            ("paragraph", "Done?"),
            ("html", "</label></div>"),
        ],
    ),
    "a heading in HTML": ("<h2>Here</h2>\n", [("html", "<h2>"), ("heading", "Here"), ("html", "</h2>")]),
    "HTML without a word": ("<p>&nbsp;&mdash;</p>\n", [("html", "<p>&nbsp;&mdash;</p>")]),
    "a script": ("<script>\nlet a = 1;\n\n# no\n</script>\n", [("html", "<script>\nlet a = 1;\n\n# no\n</script>")]),
    "a style beside prose": (
        "<style>\np {}\n</style>\ntext\n",
        [("html", "<style>\np {}\n</style>"), ("paragraph", "text")],
    ),
    "a comment with blank lines": (
        "<!-- a\n\n# b\n-->\ntext\n",
        [("html", "<!-- a\n\n# b\n-->"), ("paragraph", "text")],
    ),
    "indented HTML after HTML": (
        "<div>\n\n    <p>Deep</p>\n",
        [("html", "<div>"), ("html", "<p>"), ("paragraph", "Deep"), ("html", "</p>")],
    ),
    "an admonition": ("!!! note\n\n    Mind\n    it.\n", [("directive", "!!! note"), ("paragraph", "Mind\n    it.")]),
}


def shown(text: str) -> list[tuple[str, str]]:
    return [(segment.kind.value, segment.text) for segment in split_body(text)]


def page(text: str) -> Document:
    document = parse("page.md", text.encode())
    assert isinstance(document, Document)
    return document


def assert_exact(text: str, segments: tuple[Segment, ...]) -> None:
    """Gaps and segments give the text back; offsets and lines are those of the slices."""
    joined, position = "", 0
    for segment in segments:
        assert segment.start >= position
        assert segment.text == text[segment.start : segment.end] != ""
        assert segment.line == 1 + len(re.findall(r"\r\n?|\n", text[: segment.start]))
        assert segment.end_line == 1 + len(re.findall(r"\r\n?|\n", text[: segment.end - 1]))
        joined += text[position : segment.start] + segment.text
        position = segment.end
    assert joined + text[position:] == text


@pytest.mark.parametrize(("text", "blocks"), BLOCKS.values(), ids=BLOCKS)
def test_a_body_is_split_into(text: str, blocks: list[tuple[str, str]]) -> None:
    """Each kind of block, and its near misses."""
    assert shown(text) == blocks
    assert_exact(text, split_body(text))


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("name", ["one segment an item", "a quote", "a fence"])
def test_other_line_ends_change_no_block(name: str, ends: str) -> None:
    """Only the raw texts hold the other line ends."""
    text, blocks = BLOCKS.get(name, BLOCKS["the text of a quote"])

    assert shown(text.replace("\n", ends)) == [(kind, slice_.replace("\n", ends)) for kind, slice_ in blocks]


def test_levels_are_those_of_headings_lists_and_columns() -> None:
    """A heading's number of marks, an item's depth, a cell's column."""
    levels = [each.level for each in split_body("### a\n\n- b\n  - c\n\n| d | e |\n|---|---|\n|   | f |\n")]

    assert levels == [3, 1, 2, 0, 1, 1]


def test_fields_come_first_in_the_order_that_is_asked_for() -> None:
    """A list has a segment for each item; what is absent, empty or null has none."""
    document = page('---\ntags: [sea, "old: boat"]\ntitle: "A \\"boat\\""\nnote:\nsub: {one: Two}\n---\n\nText\n')

    found = split(document, ["title", "tags", "note", "absent", "sub"])

    assert [(each.field, each.text, each.line) for each in found] == [
        ("title", 'A "boat"', 3),
        ("tags.0", "sea", 2),
        ("tags.1", "old: boat", 2),
        ("sub.one", "Two", 5),
        ("", "Text", 8),
    ]
    assert document.text[found[0].start : found[0].end] == '"A \\"boat\\""'


def test_only_what_has_a_letter_or_digit_is_translatable() -> None:
    """Kinds decide first."""
    found = {
        each.text: each.translatable for each in split_body("a\n\n---\n\n![](x.png)\n\n\u2014\n\n12\n\n`````\n`````\n")
    }

    assert found == {"a": True, "---": False, "![](x.png)": False, "\u2014": False, "12": True, "`````\n`````": False}


def test_replacing_segments_keeps_every_other_byte() -> None:
    """Fields and blocks at once, in any order."""
    text = "---\ntitle: Old  # keep\nother: 1\n---\n\n# Old *head*\r\n\n- one\n-   two\n"
    document = page(text)
    found = {each.text: each for each in split(document, ["title"])}

    changed = replace(document, {found["two"]: "zwei", found["Old"]: "New: one", found["Old *head*"]: "Kopf"})

    assert changed == '---\ntitle: "New: one"  # keep\nother: 1\n---\n\n# Kopf\r\n\n- one\n-   zwei\n'


SAME_DIGEST = {
    "another wrapping": "Here we\nare. So it is.\n\n- one\n- two\n",
    "a split paragraph": "Here we are.\n\nSo it is.\n\n- one\n- two\n",
    "emphasis and targets": "Here **we** [are](there). So it is.\n\n* one\n* two\n",
    "punctuation and capitals": "Here we are: so it is!\n\n- One\n- two\n",
    "an image and code more": "Here we are. So it is.\n\n![](x.png)\n\n```\nrun\n```\n\n- one\n- two\n",
}


@pytest.mark.parametrize("body", SAME_DIGEST.values(), ids=SAME_DIGEST)
def test_the_source_digest_counts_words_only(body: str) -> None:
    """Neither layout nor markup nor where a paragraph ends."""
    assert source_digest(split_body(body)) == source_digest(split_body("Here we are. So it is.\n\n- one\n- two\n"))


def test_the_source_digest_counts_every_word_and_field() -> None:
    """But not the order in which fields are asked for."""
    document = page("---\ntitle: A\nsummary: B\n---\nText\n")

    digests = {
        source_digest(split(document, ["title", "summary"])),
        source_digest(split(document, ["title"])),
        source_digest(split(page("---\ntitle: B\nsummary: A\n---\nText\n"), ["title", "summary"])),
        source_digest(split(page("---\ntitle: A\nsummary: B\n---\nTexts\n"), ["title", "summary"])),
    }

    assert len(digests) == 4
    assert source_digest(split(document, ["summary", "title"])) in digests


@settings(max_examples=300)
@given(markdown())
def test_any_body_is_given_back_and_read_by_section_as_at_once(text: str) -> None:
    """Sections are an optimisation: what they give is what the whole gives."""
    found = split_body(text)

    assert_exact(text, found)
    at_once = [(span.kind, span.start, span.end, span.level) for span in read(text, PLAIN).spans]
    assert [(each.kind, each.start, each.end, each.level) for each in found] == at_once


@settings(max_examples=100)
@given(markdown(), st.data())
def test_replacing_any_segment_keeps_the_rest(body: str, data: st.DataObject) -> None:
    """Whatever the new text is."""
    document = page("---\ntitle: A\n---\n" + body)
    segment = data.draw(st.sampled_from(split(document, ["title"])[1:] or [None]))
    if segment is not None:
        new = "new" if segment.kind.value == "label" else "new\n# text"
        changed = replace(document, {segment: new})
        assert changed == document.text[: segment.start] + new + document.text[segment.end :]


def test_an_open_fence_takes_everything_and_open_liquid_nothing() -> None:
    """A section that is left open is joined with what follows, a raw tag that is never closed is one tag."""
    assert shown("# a\n```\n# b\n# c\n") == [("heading", "a"), ("code", "```\n# b\n# c")]
    assert shown("# a\n{% raw %}\n# b\n") == [("heading", "a"), ("liquid", "{% raw %}"), ("heading", "b")]


def test_hostile_bodies_are_read_in_linear_time() -> None:
    """Thousands of sections that each leave something open; the suite's timeout is the judge."""
    for line in ("# a\n<div>\n", "# a\n```\n~~~\n", "{% raw %}\n# a\n", "# a\n<!-- \n", "# a\n{% \n"):
        assert split_body(line * 3_000)


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora are not here")
def test_every_page_of_the_corpora_is_given_back() -> None:
    """And read by section as it is read at once."""
    for path in sorted((CORPORA / "edt").rglob("*.md")):
        document = parse(path.name, path.read_bytes())
        assert isinstance(document, Document)
        found = [each for each in split(document, []) if not each.field]
        body = tuple(split_body(document.body))
        assert_exact(document.body, body)
        assert [each.text for each in found] == [each.text for each in body]
        assert [each.text for each in body] == [span.text for span in read(document.body, PLAIN).spans]
