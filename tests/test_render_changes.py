"""What `diff` prints: both sides by name and place, and every change to be seen without colours."""

import re
from dataclasses import replace
from html import unescape

import pytest
from rich.cells import cell_len

from tests.reports import EN, ES, cell, episode, finding
from transtool.i18n import ENGLISH, Words
from transtool.model import Age, Basis, Change, ChangeKind, Report, SegmentKind, Status
from transtool.render import renderer
from transtool.render.changes import changed, render, render_json, render_markdown
from transtool.render.issue import issues

LONG = "https://example.org/a/long/way/down/to/a/page/that/nobody/can/type/by/hand.html#at-the-end"


def change(before: str, after: str, present: str = "", **more: object) -> Change:
    """An edit of a paragraph."""
    kind = {"change": ChangeKind.EDITED, "kind": SegmentKind.PARAGRAPH, "source_line": 7, "line": 9, "words": 2}
    return Change(**{**kind, "before": before, "after": after, "present": present, **more})


def report(*changes: Change, markup: tuple[Change, ...] = ()) -> Report:
    """A report of one Spanish page that these changes are about."""
    status = Status.STALE if changes else Status.CURRENT
    noted = (finding("markup", "docs/talks/ep-1/es/episode.md", segments=len(markup)),) if markup else ()
    page = cell("talks", "1", ES, status, basis=Basis.STAMP, changes=changes, markup=markup, findings=noted)
    return Report(
        version="1", source=EN, languages=(ES,), series=("talks",), episodes=(episode("talks", "1", "Salt", page),)
    )


def shown(*changes: Change, words: Words = ENGLISH, width: int | None = None, colour: bool = False) -> list[str]:
    """The lines of the first change and what follows it."""
    return render(report(*changes), words, width=width, colour=colour).splitlines()[3:]


def test_both_sides_are_named_with_their_places() -> None:
    assert shown(change("We sail.", "We row.", "Navegamos.")) == [
        "1. edited: paragraph, 2 words",
        "  English  docs/talks/ep-1/en/episode.md:7",
        "      We [-sail-]{+row+}.",
        "  Spanish  docs/talks/ep-1/es/episode.md:9",
        "      Navegamos.",
        "",
    ]


def test_colours_add_to_the_marks_and_do_not_replace_them() -> None:
    coloured = "\n".join(shown(change("We sail.", "We row."), colour=True))

    assert "\x1b[31m[-sail-]\x1b[0m\x1b[32m{+row+}\x1b[0m" in coloured


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Documentaci&oacute;n &#8212; s&iacute;", "Documentación — sí"),
        ("It&#39;s &quot;that&quot;", 'It\'s "that"'),
        ("`&eacute;` is an e: &eacute;", "`&eacute;` is an e: é"),
        ("&amp;lt; &lt;b&gt; &#42;a&#42; &#96;", "&amp;lt; &lt;b&gt; &#42;a&#42; &#96;"),
        ("a&nbsp;b&shy;c&zwj;d", "a&nbsp;b&shy;c&zwj;d"),
        ("&notit; &nothing;", "&notit; &nothing;"),
        ("[a](https://example.org/?a=1&copy=2)", "[a](https://example.org/?a=1&copy=2)"),
        ("It stands\n  in three\nlines.", "It stands in three lines."),
        ("&#27;[31m", "&#27;[31m"),
        ("&#x202e; &#x200f;", "&#x202e; &#x200f;"),
    ],
)
def test_a_text_is_shown_as_it_reads(text: str, expected: str) -> None:
    assert shown(change("", "", text))[-2] == f"      {expected}"


@pytest.mark.parametrize("name", ["html", "atom", "markdown of diff", "issue"])
def test_entities_are_characters_in_what_people_read_but_not_those_of_markup(name: str) -> None:
    told = change(
        "la", "l&agrave; &lt;b&gt;", "h&eacute;", age=Age(since="2024-05-02T09:30:00Z", commit="c0ffee", commits=1)
    )
    found = report(told)
    found = replace(found, episodes=tuple(replace(each, title="Sel &oacute;") for each in found.episodes))
    drawn = {
        "html": lambda: str(renderer("html")(found, ENGLISH)),
        "atom": lambda: unescape(str(renderer("atom")(found, ENGLISH))),
        "markdown of diff": lambda: render_markdown(found, ENGLISH),
        "issue": lambda: issues(found, lambda _: ENGLISH)[0].body,
    }[name]()

    for shown in ("là", "hé", "Sel ó", "&amp;lt;b&amp;gt;"):
        assert shown in drawn
    assert "<b>" not in drawn.replace("<b>edited: paragraph, 2 words</b>", "")


def test_code_is_shown_as_it_stands() -> None:
    lines = shown(change("a &amp;\n  b", "a &amp;\n  c", kind=SegmentKind.CODE))

    assert lines[2:4] == ["      a &amp;", "        [-b-]{+c+}"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_lines_fit_the_terminal_and_no_address_is_broken(width: int) -> None:
    prose = "Words that go on and on until the line is full, as they do. " * 3
    lines = shown(
        change(f"{prose}[See]({LONG}).", f"{prose}[See]({LONG}x).", f"{prose}[Ver]({LONG}) y más."), width=width
    )

    assert all(cell_len(line) <= width for line in lines if "https" not in line)
    assert all(line.startswith("      ") for line in lines if "on and on" in line or "full" in line)
    for address in (f"[-{LONG}-]", f"{{+{LONG}x+}}", LONG):
        assert any(address in line for line in lines)


@pytest.mark.parametrize(
    ("after_line", "expected"),
    [
        (12, "  Spanish  to be added after  docs/talks/ep-1/es/episode.md:12"),
        (0, "  Spanish  to be added at the top of  docs/talks/ep-1/es/episode.md"),
    ],
)
def test_what_was_added_says_after_which_line_it_belongs(after_line: int, expected: str) -> None:
    added = change("", "New.", change=ChangeKind.ADDED, line=None, after_line=after_line)

    assert shown(added)[2:4] == ["      {+New.+}", expected]


def test_what_was_removed_shows_what_the_source_said_and_what_is_still_there() -> None:
    removed = change("Gone.", "", "Queda.", change=ChangeKind.REMOVED, source_line=None)

    assert shown(removed)[1:5] == [
        "  English",
        "      [-Gone.-]",
        "  Spanish  docs/talks/ep-1/es/episode.md:9",
        "      Queda.",
    ]


def test_changes_of_links_alone_are_shown_and_told_from_changes_of_words() -> None:
    link = change("[map](/a)", "[map](/b)", "[mapa](/a)", words=0)
    found = report(markup=(link,))
    text = render(found, ENGLISH)

    assert "✓ nothing changed since this translation that it has to follow (stamp)\n" in text
    assert "\nedited: paragraph\n" in text
    assert "      [map]([-/a-]{+/b+})\n" in text
    assert '"markup": [\n' in render_json(found)
    assert "/a" in render_markdown(found, ENGLISH)


def test_of_many_pages_only_those_are_shown_of_which_something_changed() -> None:
    current, stale = report(), report(change("a", "b"))
    markup = report(markup=(change("[a](/a)", "[a](/b)"),))

    assert changed(current).episodes == ()
    assert render(changed(current), ENGLISH) == "✓ nothing to report\n"
    assert changed(stale) == stale
    assert changed(markup) == markup
    assert changed(replace(stale, episodes=(*stale.episodes, *current.episodes))) == stale


def test_in_arabic_a_path_ends_its_line_as_it_is() -> None:
    lines = shown(change("a", "b", "c"), words=Words("ar", "ar"), width=80)

    assert len([line for line in lines if re.search(r"  docs/talks/ep-1/e[ns]/episode\.md:[79]$", line)]) == 2
