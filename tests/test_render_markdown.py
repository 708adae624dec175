"""The Markdown fits into a comment, and nothing of the site is markup in it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.reports import CLEAN, EMPTY, NASTY, SMALL, filled_with, large
from transtool.i18n import ENGLISH, Words
from transtool.render.markdown import LIMIT, code, escaped, render, text

READER = MarkdownIt("gfm-like", {"linkify": False})


def tokens(markdown: str) -> list[Token]:
    found = READER.parse(markdown)
    return [*found, *(child for token in found for child in token.children or ())]


def test_each_language_has_a_line_with_denominators() -> None:
    lines = render(SMALL, ENGLISH).splitlines()
    assert "| Spanish `es` | 1/2 · 50% | 0/2 · 0% | – | 1 | – | 1 | – | – |" in lines
    assert lines[2] == "3 episodes. Translated: 6 of 10 (60%). Current: 4 (40%)."


def test_tables_are_tables_and_lists_are_folded_away() -> None:
    found = [token.type for token in tokens(render(SMALL, ENGLISH))]
    assert found.count("table_open") == 2
    assert render(SMALL, ENGLISH).count("<details>") == 9


def test_places_link_to_the_repository() -> None:
    address = "https://example.org/owner/site/blob/HEAD/docs/episodes/ep-9/es/episode.md?plain=1#L7"
    assert f"- [`docs/episodes/ep-9/es/episode.md:7`](<{address}>) parent is" in render(SMALL, ENGLISH)


def test_it_speaks_the_language_of_the_interface() -> None:
    assert "| Español `es` |" in render(SMALL, Words("es", "es"))


def test_without_findings_there_is_nothing_to_unfold() -> None:
    assert "<details>" not in render(CLEAN, ENGLISH)
    assert "0 episodes" in render(EMPTY, ENGLISH)


def test_two_thousand_findings_fit_into_a_comment() -> None:
    made = render(large(400), ENGLISH)
    assert len(made) <= LIMIT
    assert "and 1 more" in made or re.search(r"and [\d,]+ more", made)


def test_the_longest_findings_fit_into_a_comment() -> None:
    assert len(render(filled_with("x" * 300), ENGLISH)) <= LIMIT


@pytest.mark.parametrize("raw", NASTY)
def test_text_of_the_site_reads_as_it_is(raw: str) -> None:
    from transtool.i18n.safe_text import visible

    inline = [token for token in tokens(f"a {text(raw)} z") if token.type not in ("paragraph_open", "paragraph_close")]
    read = "".join(token.content for token in inline if token.type in ("text", "text_special"))
    assert read.split() == f"a {visible(raw)} z".split()


@pytest.mark.parametrize("raw", ["@someone", "see #12", "a@b.example"])
def test_nobody_is_called_and_nothing_is_referred_to(raw: str) -> None:
    assert not re.search(r"@\w|#\d", escaped(raw))


@given(st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY))
def test_code_is_one_span(raw: str) -> None:
    spans = [token for token in tokens(f"- {code(raw)} end") if token.type == "code_inline"]
    assert len(spans) == 1


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY))
def test_the_only_html_is_our_own(raw: str) -> None:
    ours = re.compile(r"</?details>|<summary>.*</summary>|<!-- -->")
    for token in tokens(render(filled_with(raw), ENGLISH)):
        if token.type in ("html_block", "html_inline"):
            assert not re.sub(r"</?b>|&\w+;", "", ours.sub("", token.content)).count("<")
