"""The views: what counts as wording, what as markup, and how words are counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import (
    layout_digest,
    markup,
    markup_digest,
    markup_of,
    opaque_markup,
    wording,
    wording_digest,
    wording_of,
)
from transtool.text.words import words

SAME_WORDING = {
    "line breaks": ("One line\nand  another", "One line and another"),
    "hard line breaks": ("One line  \nand\\\nanother", "One line and another"),
    "Windows line ends": ("One line\r\nand another", "One line and another"),
    "quote marks of a blockquote": ("One line\n> and another", "One line and another"),
    "stars": ("**One** *line*", "One line"),
    "underscores": ("__One__ _line_", "One line"),
    "strike": ("~~One~~ line", "One line"),
    "emphasis by HTML": ("<em>One</em> <strong>line</strong>", "One line"),
    "an inline element with attributes": ('<span class="x">One</span> line', "One line"),
    "a break element": ("One<br/>line", "One line"),
    "an HTML comment": ("One <!-- no line --> line", "One line"),
    "curly quotes": ("It\u2019s \u201cone\u201d line", 'It\'s "one" line'),
    "angle quotes": ("\u00abone\u00bb line", '"one" line'),
    "an ellipsis": ("One line\u2026", "One line..."),
    "dashes": ("One \u2014 line -- or two", "One - line - or two"),
    "entities": ("Salt &amp; pepper&nbsp;mill", "Salt & pepper mill"),
    "soft hyphens": ("Donau\u00addampf", "Donaudampf"),
    "zero-width space": ("One\u200b line", "One line"),
    "composed letters": ("cafe\u0301", "caf\u00e9"),
    "the target of a link": ("[One line](https://a.example/x_(y) 'Title')", "One line"),
    "a reference": ("[One][ref] line", "One line"),
    "a target in angle brackets": ("[One line](<a b>)", "One line"),
    "a bare address": ("One line https://a.example/b_c", "One line"),
    "an autolink": ("One line <https://a.example>", "One line"),
    "Liquid tags": ("One {% if page.x %}line{% endif %}", "One line"),
    "Liquid in a target": ("[One line]({{ site.url }}/x)", "One line"),
    "a Hugo shortcode": ('One line {{< figure src="x" >}}', "One line"),
    "an attribute list": ("One line {: .lead}", "One line"),
    "the id of a heading": ("One line {#one}", "One line"),
    "a task's box": ("[x] One line", "One line"),
    "a footnote mark": ("One line[^1]", "One line"),
    "an escaped star": (r"2 \* 3", "2 * 3"),
    "an admonition's fence": (":::note\nOne line\n:::", "One line"),
    "a line break between ideographs": ("\u65e5\u672c\n\u8a9e", "\u65e5\u672c\u8a9e"),
}

OTHER_WORDING = {
    "a word": ("One line", "One lane"),
    "a letter's case": ("One line", "One Line"),
    "a number": ("Room 12", "Room 13"),
    "the text of a link": ("[One](x) line", "[Two](x) line"),
    "the description of an image": ("![One](x.png)", "![Two](x.png)"),
    "code": ("Run `a --b`", "Run `a -b`"),
    "an underscore inside a word": ("snake_case", "snakecase"),
    "a star between numbers": ("2 * 3", "2 3"),
    "punctuation": ("One line.", "One line?"),
}

MARKUP = {
    "a target": ("See [it](https://a.example 'T')", ("https://a.example 'T'",)),
    "an image": ("![A](a.png) b", ("a.png",)),
    "a reference": ("See [it][There]", ("There",)),
    "a bare address": ("See https://a.example/b.", ("https://a.example/b",)),
    "an include": ('{% include x.html\n  id="1" %} a', ('{% include x.html id="1" %}',)),
    "an element": ('<a href="x">a</a>', ('<a href="x">',)),
    "emphasis is layout": ("**a** <em>b</em>", ()),
    "plain text has none": ("Nothing here.", ()),
}

WORDS = {
    "": 0,
    "\u2014 * !": 0,
    "One, two - three": 3,
    "It's well-known": 2,
    "12 of 40 %": 3,
    "\u0939\u093f\u0928\u094d\u0926\u0940 \u092e\u0947\u0902": 2,
    "\u65e5\u672c\u8a9e\u3067\u3059": 3,
    "\ubc18\uac11\uc2b5\ub2c8\ub2e4 \uc5ec\ub7ec\ubd84": 2,
    "\u0e1b\u0e23\u0e30\u0e40\u0e17\u0e28\u0e44\u0e17\u0e22": 2,
    "Python \u306e\u672c": 2,
}


def paragraph(text: str, kind: SegmentKind = SegmentKind.PARAGRAPH) -> Segment:
    return Segment(kind, 0, len(text), 1, 1, text)


@pytest.mark.parametrize(("written", "said"), SAME_WORDING.values(), ids=SAME_WORDING)
def test_layout_and_markup_do_not_change_the_wording(written: str, said: str) -> None:
    """Whatever nobody hears is left out."""
    assert wording_of(written) == said == wording_of(said)


@pytest.mark.parametrize(("one", "other"), OTHER_WORDING.values(), ids=OTHER_WORDING)
def test_whatever_a_reader_would_notice_changes_the_wording(one: str, other: str) -> None:
    """Near misses of the cases above."""
    assert wording_of(one) != wording_of(other)


@pytest.mark.parametrize(("written", "kept"), MARKUP.values(), ids=MARKUP)
def test_markup_is_what_is_no_word_but_does_something(written: str, kept: tuple[str, ...]) -> None:
    """Targets, includes and elements in order."""
    assert markup_of(written) == kept


@pytest.mark.parametrize(("text", "count"), WORDS.items(), ids=WORDS)
def test_words_are_counted_in_every_script(text: str, count: int) -> None:
    """Scripts without spaces are counted by their letters."""
    assert words(text) == count


def test_opaque_segments_say_nothing_and_are_all_markup() -> None:
    """Indentation and empty lines of code are layout."""
    code = paragraph("```sh\n  run\n\n```", SegmentKind.CODE)

    assert wording(code) == ""
    assert markup(code) == ("```sh", "run", "```") == opaque_markup("```sh\nrun\n```")


def test_each_view_has_a_digest_of_its_own() -> None:
    """A changed target changes the markup and the layout, not the wording."""
    one, other = paragraph("[a](x)"), paragraph("[a](y)")

    assert wording_digest(one) == wording_digest(other)
    assert markup_digest(one) != markup_digest(other)
    assert layout_digest(one) != layout_digest(other)
    assert len(wording_digest(one)) == 32


@pytest.mark.parametrize(
    "text", ["[" * 20_000, "`" * 20_001 + " ` `` " * 5_000, "{% " * 5_000, "<a b='" * 5_000, "](" * 9_000]
)
def test_hostile_text_costs_no_more_than_its_length(text: str) -> None:
    """The suite's timeout is the judge."""
    assert isinstance(wording_of(text), str)
    assert isinstance(markup_of(text), tuple)


@given(st.text("ab *_`[](){}<>%|\\\n\u2019&;-.\u00e9\u65e5", max_size=60))
def test_a_wording_has_uniform_white_space_and_never_raises(text: str) -> None:
    """Any text at all."""
    said = wording_of(text)

    assert said == " ".join(said.split())
    assert words(said) >= 0
    assert isinstance(markup_of(text), tuple)
