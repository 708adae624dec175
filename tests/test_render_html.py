"""The dashboard as text: what it says, and that no text of a site becomes markup."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.browser import sample
from tests.reports import NASTY, SMALL, point
from transtool.i18n import ENGLISH, Words
from transtool.i18n.safe_text import harmless, visible
from transtool.model import (
    Age,
    Cell,
    Change,
    ChangeKind,
    EpisodeReport,
    Key,
    Language,
    Masthead,
    Report,
    SegmentKind,
    Source,
    State,
    Status,
)
from transtool.render.html import charts, render
from transtool.render.html.elements import VOID, el, join, script, shown, shown_lines
from transtool.trend.model import Trend

HTML = render(sample.living(), ENGLISH, trend=sample.trend())


class Checker(HTMLParser):
    """Read a page as a browser does, with script on or off, and keep its elements, ids, links and text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    def values(self, name: str) -> list[str]:
        return [value or "" for _, attribute, value in self.attributes if attribute == name]


def with_title(title: str) -> Report:
    """Return a report of one episode in which `title` stands everywhere where a site's text can."""
    es = Language("es")
    change = Change(change=ChangeKind.EDITED, kind=SegmentKind.FIELD, field=title, before=title, after=title + "x",
                    present=title)  # fmt: skip
    cell = replace(SMALL.episodes[0].cells[0], title=title, path=f"docs/{title}", changes=(change,), language=es)
    source = Source(language=Language("en"), path=f"en/{title}")
    episode = EpisodeReport(series=title, key=Key(f"key {title}"), title=title, source=source, cells=(cell,))
    return replace(SMALL, languages=(es,), series=(title,), episodes=(episode,), findings=())


def test_every_element_is_closed_and_every_id_stands_once() -> None:
    page = Checker(HTML)
    assert page.open == []
    ids = page.values("id")
    assert len(ids) == len(set(ids))


def test_links_within_the_page_lead_somewhere() -> None:
    from urllib.parse import unquote

    page = Checker(HTML)
    anchors = {unquote(href[1:]) for href in page.values("href") if href.startswith("#") and not href.startswith("#?")}
    assert anchors - set(page.values("id")) <= {f"{each}" for each in anchors if re.fullmatch("episode/.*/[^/]+", each)}
    assert len(anchors) > 100


def test_the_page_fetches_nothing_and_its_policy_says_so() -> None:
    page = Checker(HTML)
    assert not {"iframe", "img", "object", "embed", "base", "audio", "video"} & set(page.tags)
    assert page.values("src") == []
    assert page.values("style") == []
    assert [name for name in page.attributes if name[1].startswith("on")] == []
    assert not re.search(r"@import|url\((?!\"data:)", HTML)
    assert [value for tag, name, value in page.attributes if tag == "link" and name == "href"] == ["data:,"]


def test_the_policy_names_the_style_and_the_script_by_their_digests() -> None:
    policy = next(value for value in Checker(HTML).values("content") if "default-src" in value)
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    blocks = re.findall(r"<style>(.*?)</style>|<script>(.*?)</script>", HTML, re.DOTALL)
    for text in (style or javascript for style, javascript in blocks):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy


def test_the_same_report_gives_the_same_page() -> None:
    assert render(SMALL, ENGLISH) == render(SMALL, ENGLISH)


@pytest.mark.parametrize("text", NASTY)
def test_text_of_a_site_stays_text_wherever_it_stands(text: str) -> None:
    page = Checker(render(with_title(text), ENGLISH))
    assert page.open == []
    assert page.tags.count("script") == 2
    assert "img" not in page.tags
    assert shown(text) in "".join(page.text)


@given(st.text())
def test_no_text_changes_the_elements_of_the_page(text: str) -> None:
    plain, page = Checker(render(with_title("plain"), ENGLISH)), Checker(render(with_title(text), ENGLISH))
    ignored = {"bdi", "wbr", "br", "ins", "del", "a", "code", "p", "div", "ul", "li", "span"}
    assert [tag for tag in page.tags if tag not in ignored] == [tag for tag in plain.tags if tag not in ignored]
    render(with_title(text), ENGLISH).encode("utf-8")


@given(st.text(), st.text())
def test_elements_escape_text_and_attributes(text: str, value: str) -> None:
    page = Checker(el("p", text.replace("\r", ""), title=value))
    assert page.attributes == [("p", "title", visible(value))]
    assert "".join(page.text) == harmless(text.replace("\r", ""))


def test_elements_leave_markup_alone_and_skip_what_is_not_there() -> None:
    assert (
        el("p", el("br"), None, ["a", ["<"]], class_="x", hidden=True, id=None) == '<p class="x" hidden><br>a&lt;</p>'
    )
    assert join("&", el("b", 'say "hi"')) == "&amp;<b>say &quot;hi&quot;</b>"


def test_a_script_that_would_end_early_is_refused() -> None:
    with pytest.raises(ValueError, match="end early"):
        script("'</SCRIPT>'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\tb", "a b"),
        ("x\u202ey", r"x\u202ey"),
        ("\x1b[1m", r"\x1b[1m"),
        ("caf\udce9", r"caf\xe9"),
        ("عنوان", "عنوان"),
    ],
)
def test_hidden_characters_of_a_site_are_shown(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_lines_of_a_segment_stay_lines() -> None:
    assert shown_lines("- a\r\n\t- b\u2066") == "- a\n    - b\\u2066"


def test_figures_come_with_their_denominators() -> None:
    text = "".join(Checker(HTML).text)
    tally = sample.living().tally()
    assert f"{tally.covered} of {tally.expected} translations" in text
    assert f"{tally[Status.CURRENT]} of {tally.expected} translations" in text


def test_every_cell_has_its_word_and_its_language_its_own_name() -> None:
    rows = re.search(r'<noscript class="plain">.*?</noscript>', HTML, re.DOTALL)
    assert rows is not None
    for status in Status:
        count = sample.living().tally()[status]
        assert len(re.findall(rf"<td>{status}( [\d,]+)?</td>", rows[0])) == count
    assert '<bdi lang="ar" dir="rtl">العربية</bdi>' in HTML


def test_work_is_listed_longest_first_with_links_to_create_and_edit() -> None:
    lists = re.search(r'<details id="todo/fr".*?</details>', HTML, re.DOTALL)
    assert lists is not None
    words = [int(found.replace(",", "")) for found in re.findall(r'data-label="Words">([\d,]+)<', lists[0])]
    assert words == sorted(words, reverse=True) != []
    assert f'href="{sample.REPOSITORY}/new/HEAD?filename=docs/' in lists[0]
    assert f'href="{sample.REPOSITORY}/edit/HEAD/docs/' in lists[0]


def test_without_a_repository_the_command_stands_in_place_of_links() -> None:
    page = render(replace(sample.living(), repository=""), ENGLISH)
    assert not [href for href in Checker(page).values("href") if href.startswith("http")]
    assert "transtool scaffold" in page


def test_findings_of_no_episode_are_listed_too() -> None:
    assert "“xx” looks like a language, but is not configured" in "".join(Checker(HTML).text)


@pytest.mark.parametrize(
    "report",
    [
        replace(SMALL, episodes=(), findings=()),
        replace(SMALL, episodes=(), languages=(), series=()),
        replace(SMALL, generated="", repository="javascript:alert(1)"),
        SMALL,
    ],
)
def test_any_report_gives_a_page(report: Report) -> None:
    page = Checker(render(report, ENGLISH))
    assert page.open == []
    assert not [href for href in page.values("href") if href.startswith("javascript")]


def test_the_page_is_in_the_language_of_its_reader() -> None:
    page = render(SMALL, Words("es", "es"))
    assert '<html lang="es" dir="ltr">' in page
    assert f'<span class="s missing">{Words("es", "es").status(Status.MISSING)}</span>' in page
    assert '<html lang="ar" dir="rtl">' in render(SMALL, Words("ar", "ar"))


def test_the_chart_is_a_whole_svg_with_a_panel_for_each_language() -> None:
    root = ElementTree.fromstring(charts.render(sample.trend(), ENGLISH))
    space = "{http://www.w3.org/2000/svg}"
    titles = [title.text or "" for title in root.iter(f"{space}title")]
    assert [title.partition(":")[0] for title in titles[1:]] == [
        "All languages", "Arabic", "German", "Spanish", "French", "Italian", "Japanese", "Portuguese (Brazil)",
    ]  # fmt: skip
    assert len(list(root.iter(f"{space}path"))) == 3 * 8


@pytest.mark.parametrize("points", [(), (("2024-01", 0, 0, 0),), (("2024-01", 4, 4, 4), ("2024-02", 4, 2, 0))])
def test_a_short_history_can_be_drawn_but_is_no_chart_of_the_page(
    points: tuple[tuple[str, int, int, int], ...],
) -> None:
    es = Language("es")
    trend = Trend(tuple(point(month, es, *counts) for month, *counts in points))
    ElementTree.fromstring(charts.render(trend, ENGLISH))
    assert 'id="trend"' not in render(SMALL, ENGLISH, trend=trend)


def test_the_head_says_what_the_site_wants_and_which_state_it_shows() -> None:
    masthead = Masthead(title="Our <translations>", intro="Help us.", help="https://example.org/help",
                        logo="data:image/png;base64,AA==")  # fmt: skip
    state = State("0123456789abcdef0123456789abcdef01234567", "2024-05-01T10:00:00Z")
    page = Checker(render(replace(sample.living(), masthead=masthead, state=state), ENGLISH))
    text = "".join(page.text)
    assert "Our <translations>" in text
    assert "Help us." in text
    assert "0123456 · May 1, 2024" in text
    assert f"{sample.REPOSITORY}/commit/{state.commit}" in page.values("href")
    assert "https://example.org/help" in page.values("href")
    assert page.values("src") == ["data:image/png;base64,AA=="]


def test_a_day_in_arabic_keeps_its_marks_unseen() -> None:
    age = Age(commit="0" * 40, since="2024-05-01T10:00:00Z", commits=2)
    stale = SMALL.episodes[0].cells[0]
    cell = replace(stale, changes=(replace(stale.changes[0], age=age),))
    page = render(SMALL.with_episodes([replace(SMALL.episodes[0], cells=(cell,))]), Words("ar", "ar"))
    assert f'<time datetime="{age.since}">' in page
    assert r"\u200f" not in page


def test_both_sides_of_a_change_keep_their_paragraphs() -> None:
    said = "First {0},\nwrapped.\n\nSecond {0}."
    change = Change(change=ChangeKind.EDITED, kind=SegmentKind.PARAGRAPH, before=said.format("one"),
                    after=said.format("two"), present=said.format("dos"), source_line=3, line=3, words=2)  # fmt: skip
    cell = Cell(language=Language("es"), status=Status.STALE, path="1/es.md", changes=(change,), words=2, total=9)
    source = Source(language=Language("en"), path="1/en.md")
    episode = EpisodeReport(series="talks", key=Key("1"), title="One", source=source, cells=(cell,))
    page = render(replace(SMALL, episodes=(episode,), languages=(cell.language,), series=("talks",)), ENGLISH)

    assert "First dos, wrapped.\nSecond dos." in page
    assert "wrapped. Second" not in page
    assert ", wrapped.\nSecond <del>one</del><ins>two</ins>." in page
