"""Dialects of Markdown: what is markup in each is no prose, what is prose in it is a segment, and every byte stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.markdown_texts import mdx
from tests.test_segments import assert_exact, page
from transtool.document import Document, parse
from transtool.errors import EditRefused
from transtool.segments import Segment, broken, replace, source_digest, split, split_body
from transtool.segments.dialects import Syntax, syntax, syntax_of
from transtool.segments.sections import parsed, read
from transtool.segments.views import has_words, markup, wording
from transtool.settings import Dialect, Reading

MDX = syntax(Dialect.MDX)

MARKDOWN = {
    "a directive with a title": (
        ":::note[Mind the *gap*]{.wide}\nIt is wide.\n:::\n",
        [
            ("directive", ":::note["),
            ("label", "Mind the *gap*"),
            ("directive", "]{.wide}"),
            ("paragraph", "It is wide."),
            ("directive", ":::"),
        ],
    ),
    "a container of VitePress": (
        "::: tip Before you start\n- one\n:::\n",
        [("directive", "::: tip"), ("label", "Before you start"), ("item", "one"), ("directive", ":::")],
    ),
    "a fenced div of Pandoc": (
        ":::: {.columns}\n::: {.column width=40%}\nLeft.\n:::\n::::\n",
        [
            ("directive", ":::: {.columns}"),
            ("directive", "::: {.column width=40%}"),
            ("paragraph", "Left."),
            ("directive", ":::"),
            ("directive", "::::"),
        ],
    ),
    "a leaf directive": (
        "::video[A walk in rain]{#x}\n",
        [("directive", "::video["), ("label", "A walk in rain"), ("directive", "]{#x}")],
    ),
    "two colons that are no directive": (":: so\n", [("paragraph", ":: so")]),
    "a box with a title": (
        '!!! note inline "Mind"\n\n    One.\n\n    - two\n\n        code\n\nAfter.\n',
        [
            ("directive", '!!! note inline "'),
            ("label", "Mind"),
            ("directive", '"'),
            ("paragraph", "One."),
            ("item", "two"),
            ("paragraph", "code"),
            ("paragraph", "After."),
        ],
    ),
    "a box without a body is a paragraph": ("!!! what a day\n", [("paragraph", "!!! what a day")]),
    "tabs": (
        '=== "Left"\n\n    One.\n\n=== "Right"\n\n    Two.\n',
        [
            ("directive", '=== "'),
            ("label", "Left"),
            ("directive", '"'),
            ("paragraph", "One."),
            ("directive", '=== "'),
            ("label", "Right"),
            ("directive", '"'),
            ("paragraph", "Two."),
        ],
    ),
    "a block of slashes": (
        "/// tip | Good to know\n\nIt is.\n\n///\n",
        [("directive", "/// tip |"), ("label", "Good to know"), ("paragraph", "It is."), ("directive", "///")],
    ),
    "an alert": ("> [!NOTE]\n> It is so.\n", [("directive", "[!NOTE]"), ("paragraph", "It is so.")]),
    "an alert with a title": (
        "> [!tip]- Do this\n> first\n",
        [("directive", "[!tip]-"), ("label", "Do this"), ("paragraph", "first")],
    ),
    "no alert outside of a quotation": ("[!NOTE]\nSo.\n", [("paragraph", "[!NOTE]\nSo.")]),
    "snippets": (
        '--8<-- "part.md"\n\n{* ../code.py hl[6:11] *}\n\n{!../part.md!}\n',
        [("liquid", '--8<-- "part.md"'), ("liquid", "{* ../code.py hl[6:11] *}"), ("liquid", "{!../part.md!}")],
    ),
    "a block of snippets": ("--8<--\none.md\ntwo.md\n--8<--\n", [("liquid", "--8<--\none.md\ntwo.md\n--8<--")]),
    "documentation taken from code": (
        "::: tool.part\n    options:\n      show_root: true\n\nAfter.\n",
        [("liquid", "::: tool.part\n    options:\n      show_root: true"), ("paragraph", "After.")],
    ),
    "a definition": (
        "Tide\n: What comes\n  and goes\n\n    twice\n: A word\n\nAfter.\n",
        [
            ("paragraph", "Tide"),
            ("item", "What comes\n  and goes"),
            ("paragraph", "twice"),
            ("item", "A word"),
            ("paragraph", "After."),
        ],
    ),
    "a footnote": (
        "So[^1].\n\n[^1]: It is\n    known.\n\n    Widely.\n",
        [("paragraph", "So[^1]."), ("paragraph", "It is\n    known."), ("paragraph", "Widely.")],
    ),
    "a formula in the middle": (
        "One\n$$\na_1\n$$\ntwo\n",
        [("paragraph", "One"), ("code", "$$\na_1\n$$"), ("paragraph", "two")],
    ),
    "a placeholder for the contents": (
        "* TOC\n{:toc}\n\n[TOC]\n",
        [("directive", "TOC"), ("attributes", "{:toc}"), ("directive", "[TOC]")],
    ),
    "attributes of Hugo": ("Text\n{.lead #x}\n", [("paragraph", "Text"), ("attributes", "{.lead #x}")]),
    "a definition with Liquid in its target": (
        '[home]: {{ site.url }}/{{ page.lang }} "Home"\n[rel]: {% link a b.md %}\n',
        [("definition", '[home]: {{ site.url }}/{{ page.lang }} "Home"'), ("definition", "[rel]: {% link a b.md %}")],
    ),
    "a long include": ('{% include a.html text="' + "long " * 500 + '" %}\n', None),
    "a shortcode over lines with prose in it": (
        '{{< figure\n  src="a.png"\n  alt="A wet cat" >}}\n\n{{% box %}}\nText.\n{{% /box %}}\n',
        [
            ("liquid", '{{< figure\n  src="a.png"\n  alt="'),
            ("label", "A wet cat"),
            ("liquid", '" >}}'),
            ("liquid", "{{% box %}}"),
            ("paragraph", "Text."),
            ("liquid", "{{% /box %}}"),
        ],
    ),
    "a diagram in a shortcode": (
        "{{< mermaid >}}\ngraph TD\n\n# A\n{{< /mermaid >}}\n",
        [("liquid", "{{< mermaid >}}\ngraph TD\n\n# A\n{{< /mermaid >}}")],
    ),
    "a comment in a shortcode": (
        '{{% comment %}}\n\n<img alt="Two words">\n\n{{% /comment %}}\n',
        [("liquid", '{{% comment %}}\n\n<img alt="Two words">\n\n{{% /comment %}}')],
    ),
    "attributes of HTML": (
        '<img src="cat.png" alt="A wet cat" title="cat.png">\n',
        [("html", '<img src="cat.png" alt="'), ("label", "A wet cat"), ("html", '" title="cat.png">')],
    ),
    "a script sets no title": (
        '<script>\ntitle = "Some words"\n</script>\n',
        [("html", '<script>\ntitle = "Some words"\n</script>')],
    ),
}

COMPONENTS = {
    "imports up to a blank line": (
        "import A from './a.js'\nimport {\n  B,\n} from 'b';\n\nText.\n",
        [("html", "import A from './a.js'\nimport {\n  B,\n} from 'b';"), ("paragraph", "Text.")],
    ),
    "an export with blank lines": (
        "export const a = {\n\n  b: `x\n\ny`,\n};\n\n# Head\n",
        [("html", "export const a = {\n\n  b: `x\n\ny`,\n};"), ("heading", "Head")],
    ),
    "prose that starts like a module": ("import duties are high.\n", [("paragraph", "import duties are high.")]),
    "prose in a component, however deep": (
        '<Card title="Do & don\'t" icon="star">\n        Some **prose**.\n\n        ## A heading\n</Card>\n',
        [
            ("html", '<Card title="'),
            ("label", "Do & don't"),
            ("html", '" icon="star">'),
            ("paragraph", "Some **prose**."),
            ("heading", "A heading"),
            ("html", "</Card>"),
        ],
    ),
    "a fence right below a tag": (
        "<Tab>\n```js\n<a>\n```\n</Tab>\n",
        [("html", "<Tab>"), ("code", "```js\n<a>\n```"), ("html", "</Tab>")],
    ),
    "a tag line ends a paragraph": (
        "One\n<A />\ntwo\n",
        [("paragraph", "One"), ("html", "<A />"), ("paragraph", "two")],
    ),
    "attributes over lines": (
        '<Picture\n  src={cat}\n  alt={"A \\"wet\\" cat"}\n  caption={`So it is`}\n  label={`${a} b`}\n/>\n',
        [
            ("html", '<Picture\n  src={cat}\n  alt={"'),
            ("label", 'A \\"wet\\" cat'),
            ("html", '"}\n  caption={`'),
            ("label", "So it is"),
            ("html", "`}\n  label={`${a} b`}\n/>"),
        ],
    ),
    "objects in an attribute": (
        "<Grid items={[{ href: 'a/b', title: 'So it is', on: 'no text' }]} />\n",
        [
            ("html", "<Grid items={[{ href: 'a/b', title: '"),
            ("label", "So it is"),
            ("html", "', on: 'no text' }]} />"),
        ],
    ),
    "expressions and comments": (
        "{/* a\n\nb */}\n\n{list.map((x) => <li>{x}</li>)}\n",
        [("html", "{/* a\n\nb */}"), ("html", "{list.map((x) => <li>{x}</li>)}")],
    ),
    "a heading between tags": (
        "<h2>So **be** it</h2>\n",
        [("html", "<h2>"), ("heading", "So **be** it"), ("html", "</h2>")],
    ),
    "elements on lines of their own": (
        "<Option>One</Option>\n<Option right>`two`</Option>\n",
        [
            ("html", "<Option>"),
            ("paragraph", "One"),
            ("html", "</Option>"),
            ("html", "<Option right>"),
            ("paragraph", "`two`"),
            ("html", "</Option>"),
        ],
    ),
    "elements in a line": ("Press <Key>A</Key> now.\n", [("paragraph", "Press <Key>A</Key> now.")]),
    "tags in code": ("Use `<A>` and\n`</A>` so.\n", [("paragraph", "Use `<A>` and\n`</A>` so.")]),
    "no Liquid": ("{% raw %} stays\n", [("paragraph", "{% raw %} stays")]),
    "a directive": (
        ":::tip[Why]\nSo.\n:::\n",
        [("directive", ":::tip["), ("label", "Why"), ("directive", "]"), ("paragraph", "So."), ("directive", ":::")],
    ),
    "a list, deep in a component": (
        "<A>\n      - one\n      - two\n</A>\n",
        [("html", "<A>"), ("item", "one"), ("item", "two"), ("html", "</A>")],
    ),
}


def shown(segments: tuple[Segment, ...]) -> list[tuple[str, str]]:
    return [(segment.kind.value, segment.text) for segment in segments]


@pytest.mark.parametrize(("text", "blocks"), MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_of_any_generator_is_read_as(text: str, blocks: list[tuple[str, str]] | None) -> None:
    assert shown(split_body(text)) == (blocks or [("liquid", text.strip())])
    assert_exact(text, split_body(text))


@pytest.mark.parametrize(("text", "blocks"), COMPONENTS.values(), ids=COMPONENTS)
def test_mdx_is_read_as(text: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(split_body(text, how=MDX)) == blocks
    assert_exact(text, split_body(text, how=MDX))


def test_a_dialect_has_its_own_constructs_only() -> None:
    text = '!!! note "So"\n\n    text\n\n:::tip\n'

    assert shown(split_body(text, how=syntax(Dialect.COMMONMARK))) == [
        ("paragraph", '!!! note "So"'),
        ("code", "text"),
        ("paragraph", ":::tip"),
    ]
    assert shown(split_body(text, how=syntax(Dialect.MKDOCS)))[-1] == ("paragraph", ":::tip")
    assert shown(split_body(text, how=syntax(Dialect.VITEPRESS)))[-1] == ("directive", ":::tip")


TOLD = {
    "the suffix": ("a.mdx", "Text.\n", True),
    "an import at the start": ("a.md", "import A from '@theme/A';\n\n<A />\n", True),
    "an import after text": ("a.md", "Text.\n\nimport './a.css'\n", True),
    "plain Markdown": ("a.md", "Text.\n", False),
    "an import in code": ("a.md", "```js\n\nimport A from 'a'\n```\n", False),
    "an import in the script of a component": ("a.md", "<script setup>\n\nimport A from 'a'\n</script>\n", False),
    "a sentence": ("a.md", "import duties from abroad are high\n", False),
}


@pytest.mark.parametrize(("path", "text", "is_mdx"), TOLD.values(), ids=TOLD)
def test_a_dialect_is_told_from(path: str, text: str, is_mdx: bool) -> None:
    assert syntax_of(path, text, Reading()).mdx is is_mdx


def test_a_configured_dialect_is_not_told() -> None:
    assert syntax_of("a.md", "Text.\n", Reading(Dialect.MDX)) is MDX
    assert not syntax_of("a.mdx", "import A from 'a'\n", Reading(Dialect.HUGO)).mdx


BROKEN = {
    "a tag": ("# A\n\ntext\n\n<Card title='x'\n\n# B\n", 8),
    "an expression": ("text\n\n{a.map(\n", 6),
    "an export": ("export const a = {\n\n# B\n", 4),
}


@pytest.mark.parametrize(("text", "line"), BROKEN.values(), ids=BROKEN)
def test_what_is_not_mdx_to_its_end_is_read_as_plain_markdown(text: str, line: int) -> None:
    document = parse("a.mdx", f"---\ntitle: A\n---\n{text}".encode())
    assert isinstance(document, Document)

    assert broken(document) == line
    assert shown(split(document, ())) == shown(split_body(text))


@settings(max_examples=400, deadline=None)
@given(mdx())
def test_any_mdx_is_given_back_and_read_by_section_as_at_once(text: str) -> None:
    found = split_body(text, how=MDX)

    assert_exact(text, found)
    at_once = [(span.kind, span.start, span.end, span.level) for span in read(text, MDX).spans]
    assert [(each.kind, each.start, each.end, each.level) for each in found] == at_once


@settings(max_examples=400, deadline=None)
@given(mdx())
def test_plain_parts_of_mdx_are_read_as_the_parser_reads_them(text: str) -> None:
    assert read(text, MDX).spans == parsed(text, MDX).spans


@settings(max_examples=200, deadline=None)
@given(mdx(), st.text(alphabet="ab\"'`\\[]${}<>& ", min_size=1, max_size=8), st.data())
def test_a_segment_of_mdx_is_replaced_or_refused_and_nothing_else_changes(
    body: str, new: str, data: st.DataObject
) -> None:
    document = parse("a.mdx", f"---\ntitle: A\n---\n{body}".encode())
    assert isinstance(document, Document)
    found = split(document, ())
    if not found:
        return
    segment = data.draw(st.sampled_from(found))
    assert replace(document, {segment: segment.text}) == document.text
    try:
        changed = replace(document, {segment: new})
    except EditRefused:
        assert segment.kind.value == "label"
        return
    assert changed.startswith(document.text[: segment.start])
    assert changed.endswith(document.text[segment.end :])


LABELS = {
    "an attribute": ('<A title="Old one" />\n', 'new "x"', '<A title="new &quot;x&quot;" />\n'),
    "an attribute in single quotes": ("<A title='Old one' />\n", 'it\'s "x"', "<A title='it&#39;s \"x\"' />\n"),
    "a string": ('<A title={"Old one"} />\n', 'a "b" \\"c\\"', '<A title={"a \\"b\\" \\"c\\""} />\n'),
    "a template": ("<A title={`Old one`} />\n", "`a` ${b}", "<A title={`\\`a\\` \\${b}`} />\n"),
    "a title in brackets": (":::note[Old one]\n", "a [b] c", ":::note[a [b] c]\n"),
    "a title in brackets that does not balance": (":::note[Old one]\n", "a ] c", None),
    "a title on a line": ("::: note Old one\n", "a\nb", None),
    "a string on a line": ('<A title={"Old one"} />\n', "a\nb", None),
}


@pytest.mark.parametrize(("text", "new", "wanted"), LABELS.values(), ids=LABELS)
def test_a_label_is_written_as_the_markup_around_it_asks(text: str, new: str, wanted: str | None) -> None:
    document = parse("a.mdx", text.encode())
    assert isinstance(document, Document)
    label = next(each for each in split(document, ()) if each.kind.value == "label")

    if wanted is None:
        with pytest.raises(EditRefused, match="cannot be written there"):
            replace(document, {label: new})
    else:
        assert replace(document, {label: new}) == wanted


def test_the_written_label_is_read_again() -> None:
    document = page('{{< figure alt="Old one" >}}\n')
    label = split(document, ())[1]

    changed = page(replace(document, {label: 'a "b"'}))

    assert split(changed, ())[1].text == 'a \\"b\\"'


def test_which_attributes_hold_prose_is_configured() -> None:
    text = '<A cta="Go there" title="Some words" />\n\n{% include a.html cta="Go there" %}\n'
    document = page(text)

    assert [each.text for each in split(document, ()) if each.kind.value == "label"] == ["Some words"]
    only = split(document, (), Reading(prose_attributes=("cta",)))
    assert [each.text for each in only if each.kind.value == "label"] == ["Go there", "Go there"]


NO_LABELS = ["a/b.png", "https://a.example", "{{ page.title }}", "snake_case", "12.5", "file.md", "true", "@name"]


@pytest.mark.parametrize("value", NO_LABELS)
def test_an_attribute_that_nobody_translates_is_no_label(value: str) -> None:
    assert [each.kind.value for each in split_body(f'<A title="{value}" />\n')] == ["html"]


SAME_WORDS = {
    "an import": ("import A from 'a'\n\nText.\n", "import B from 'b'\n\nText.\n"),
    "a component": ("<A b={1}>\nText.\n</A>\n", "<A b={2}>\nText.\n</A>\n"),
    "an expression": ("Text {a.b}.\n", "Text {c(d)}.\n"),
    "a formula": ("Text $x^2$.\n", "Text $x^3$.\n"),
    "a box": (":::note\nText.\n:::\n", ":::tip\nText.\n:::\n"),
}


@pytest.mark.parametrize(("old", "new"), SAME_WORDS.values(), ids=SAME_WORDS)
def test_markup_that_changes_leaves_the_wording(old: str, new: str) -> None:
    before, after = split_body(old, how=MDX), split_body(new, how=MDX)

    assert source_digest(before) == source_digest(after)
    assert [markup(each) for each in before] != [markup(each) for each in after]


def test_attributes_in_a_paragraph_are_said_and_are_no_markup() -> None:
    one, other = (
        split_body(f'See <Badge text="{text}" type="a" /> and {{{{< x text="{text}" >}}}}.\n')[0] for text in "AB"
    )

    assert wording(one) == "See A and A ."
    assert markup(one) == markup(other)


UNRENDERED = ["{% assign a = 1 %}", "{% comment %}\nx\n{% endcomment %}", "<!-- x\ny -->", "{:toc}"]


@pytest.mark.parametrize("text", UNRENDERED)
def test_what_is_not_rendered_is_no_markup(text: str) -> None:
    assert [markup(each) for each in split_body(f"{text}\n")] == [()]


def test_formulas_and_expressions_have_no_words() -> None:
    assert not has_words("$\\alpha_{x}$")
    assert not has_words("{props.title}")
    assert has_words("It costs $5, not $6_000.")
    assert wording(split_body("It costs $5 and $6 {or, so}.\n")[0]) == "It costs $5 and $6 {or, so}."


@pytest.mark.parametrize(
    "line",
    [
        "<A b={\n",
        "{\n",
        "{`\n",
        "<A\n",
        "</\n",
        "<A>\n",
        "{a}\n",
        "export const a = {\n",
        "import 'a'\n",
        "$$ a\n",
        ":::x[\n",
        ":::x y {\n",
        "!!! note\n    a\n",
        ": a\n",
        "> [!x]\n",
        "--8<--\n",
        '<A b="',
        "{* *\n",
        "<A>x</A>\n",
        "a\n<A/>\n",
        "<!--\n",
        "{/*\n",
        "'\\'",
        '{"\\"',
        "[a]: {{ x }}{\n",
        '{% include a="',
        "<a {",
        "<A1><A2>",
        "{a:",
        "$a_b ",
        "[^1]: a\n",
    ],
)
@pytest.mark.parametrize("how", [MDX, syntax()], ids=["mdx", "markdown"])
def test_hostile_pages_are_read_in_linear_time(line: str, how: Syntax) -> None:
    """Thousands of what opens something; the suite's timeout is the judge."""
    for text in (line * 5_000, f"# a\n{line}" * 2_000):
        for segment in split_body(text, how=how):
            wording(segment), markup(segment)
