"""The dashboard in a real browser: what people can do with it, and that it does nothing else."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser import sample
from transtool.model import Status

pytestmark = pytest.mark.xdist_group("browser")

Page = Any
Show = Callable[..., Page]
ROWS = "#matrix-table tbody tr"


def titles(page: Page) -> list[str]:
    """The titles in the matrix, from the top."""
    found: list[str] = page.locator(f"{ROWS} th").all_inner_texts()
    return found


def counted(page: Page) -> str:
    """What the page says about how many episodes are shown."""
    text: str = page.locator("#shown").inner_text()
    return text


def with_status(language: str, *statuses: Status) -> int:
    """How many episodes of the sample have one of `statuses` in a language."""
    cells = (episode.cell(sample.Language(language)) for episode in sample.living().episodes)
    return sum(cell is not None and cell.status in statuses for cell in cells)


def test_a_language_is_chosen_and_only_its_column_stays(show: Show) -> None:
    page = show()
    page.select_option("[name=language]", "es")
    assert page.locator("#matrix-table thead .l:visible").all_inner_texts() == ["Spanish"]
    assert page.locator(f"{ROWS} td.l:visible").count() == page.locator(ROWS).count() == 36
    words = sum(cell.words for e in sample.living().episodes for cell in e.cells if cell.language == "es")
    shown = [int(text.replace(",", "")) for text in page.locator(f"{ROWS} td.n").all_inner_texts()]
    assert sum(shown) == words


def test_statuses_filter_within_the_chosen_language(show: Show) -> None:
    page = show()
    page.select_option("[name=language]", "ja")
    page.get_by_label("missing", exact=True).check()
    page.get_by_label("draft", exact=True).check()
    expected = with_status("ja", Status.MISSING, Status.DRAFT)
    assert page.locator(ROWS).count() == expected
    assert set(page.locator(f"{ROWS} td.l:visible .s").all_inner_texts()) == {"missing", "draft"}
    assert counted(page) == f"Episodes shown: {expected} of 36"


def test_text_is_found_in_titles_of_every_language_whatever_its_case_and_accents(show: Show) -> None:
    page = show()
    page.get_by_label("Search").fill("LIGHTHOUSE")
    assert titles(page) == [
        "The lighthouse that moved",
        "The lighthouse that moved, part 2",
        "The lighthouse that moved, part 3",
    ]
    page.get_by_label("Search").fill("marees")
    assert page.locator(ROWS).count() > 0
    page.get_by_label("Search").fill("no such thing")
    assert counted(page) == "Episodes shown: 0 of 36"


def test_series_and_numbers_narrow_the_list_and_clearing_brings_all_back(show: Show) -> None:
    page = show()
    page.select_option("[name=series]", "briefs")
    page.get_by_label("First number").fill("3")
    page.get_by_label("Last number").fill("7")
    assert page.locator(f"{ROWS} .key").all_inner_texts() == ["3", "4", "5", "6", "7"]
    page.get_by_role("button", name="Clear filters").click()
    page.locator(ROWS).nth(35).wait_for()
    assert counted(page) == "Episodes shown: 36 of 36"


def test_the_address_keeps_the_filters_so_that_a_list_can_be_sent(show: Show) -> None:
    page = show()
    page.select_option("[name=language]", "de")
    page.get_by_label("missing", exact=True).check()
    page.locator("#matrix-table [data-sort=words] button").click()
    anchor = page.evaluate("location.hash")
    again = show(anchor=anchor)
    assert titles(again) == titles(page) != []
    assert again.get_by_label("missing", exact=True).is_checked()
    assert again.locator("#matrix-table [aria-sort]").get_attribute("data-sort") == "words"


@pytest.mark.parametrize("column", ["key", "title", "words", "series", "fr"])
def test_a_column_sorts_one_way_and_then_the_other_and_says_so(show: Show, column: str) -> None:
    page = show()
    head = page.locator(f"#matrix-table [data-sort={column}]")
    if column != "key":
        head.locator("button").click()
    first, way = titles(page), head.get_attribute("aria-sort")
    head.locator("button").click()
    assert {way, head.get_attribute("aria-sort")} == {"ascending", "descending"}
    assert titles(page) == first[::-1]
    assert page.locator("#matrix-table [aria-sort]").count() == 1


def test_a_language_column_sorts_the_worst_first(show: Show) -> None:
    page = show()
    page.locator("#matrix-table [data-sort=it] button").click()
    place = 1 + [cell.get_attribute("data-sort") for cell in page.locator("#matrix-table thead th").all()].index("it")
    order = [str(status) for status in Status]
    found = [
        order.index(text.split("+")[0].strip())
        for text in page.locator(f"{ROWS} > :nth-child({place}) .s").all_inner_texts()
    ]
    assert found == sorted(found)


def test_the_table_of_languages_sorts_with_the_rows_of_its_series(show: Show) -> None:
    page = show()
    page.get_by_role("button", name="Coverage").click()
    shares = [float(group.get_attribute("data-coverage")) for group in page.locator("#languages-table tbody").all()]
    assert shares == sorted(shares, reverse=True)
    assert page.locator("#languages-table tbody").first.locator("tr").count() == 3


def test_the_panel_shows_changes_word_by_word_beside_the_present_translation(show: Show) -> None:
    page = show(anchor="#episode/episodes/2/de")
    change = page.get_by_role("dialog").locator(".change.edited", has_text="Paragraph").first
    assert change.locator("del").all_inner_texts() == ["five", "or not"]
    assert change.locator("ins").all_inner_texts() == ["ten", "in winter", "or not", "last"]
    assert change.locator("[lang=de]").inner_text() == sample.PARAGRAPHS["de"]
    address = change.get_by_role("link").last.get_attribute("href")
    assert address.startswith(f"{sample.REPOSITORY}/blob/HEAD/docs/episodes/2/de/episode.md?plain=1#L")


def test_the_panel_says_how_every_verdict_was_reached(show: Show) -> None:
    page = show(anchor="#episode/episodes/2")
    text = page.get_by_role("dialog").inner_text()
    assert "Compared segment by segment with the git history" in text
    assert "transtool scaffold 2 --series episodes" in text
    text = show(anchor="#fr/episodes/2").get_by_role("dialog").inner_text()
    assert "transtool scaffold 2 --language fr --series episodes" in text


def test_the_panel_goes_through_the_episodes_that_are_shown(show: Show) -> None:
    page = show()
    page.get_by_label("Search").fill("fog")
    page.locator(f"{ROWS} a").first.click()
    panel = page.get_by_role("dialog")
    names = titles(page)
    assert panel.get_by_role("button", name="Previous episode").is_disabled()
    for name in names[1:]:
        panel.get_by_role("button", name="Next episode").click()
        assert panel.get_by_role("heading", level=3).inner_text() == name
    assert panel.get_by_role("button", name="Next episode").is_disabled()
    panel.get_by_role("button", name="Close").click()
    page.wait_for_url(re.compile(r"#\?text=fog$"))


def test_a_click_on_a_cell_leads_to_its_translation(show: Show) -> None:
    page = show()
    page.locator(f"{ROWS}:nth-child(2) td.l a", has_text="stale").first.click()
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("decodeURIComponent(location.hash)") == "#de/episodes/2"


def test_translators_find_their_list_open_and_longest_first(show: Show) -> None:
    page = show(locale="pt-PT")
    assert page.locator("#todo details[open]").evaluate_all("lists => lists.map(list => list.id)") == ["todo/pt-BR"]
    cells = page.locator("[id='todo/pt-BR'] tbody td.n").all_inner_texts()
    words = [int(text.replace(",", "")) for text in cells]
    assert words == sorted(words, reverse=True) != []
    page.locator("#languages-table [href='#todo/fr']").click()
    assert page.locator("[id='todo/fr']").evaluate("list => list.open")


def test_titles_that_try_to_break_out_stay_text(show: Show) -> None:
    page = show("trapped")
    expected = [
        episode.title.replace("\u202e", r"\u202e").replace("\u202c", r"\u202c").replace("\u2067", r"\u2067")
        .replace("\u2069", r"\u2069").replace("\x07", r"\x07").replace("\n", " ").replace("\t", " ")
        for episode in sample.trapped().episodes
    ]  # fmt: skip
    assert titles(page) == expected
    assert page.title() == "Translations – example/harbour-radio"
    assert page.locator("img, h1:has-text('out')").count() == 0
    assert page.locator("script").count() == 2
    for place, title in enumerate(expected, 1):
        page.locator(f"{ROWS}:nth-child({place}) th a").click()
        panel = page.get_by_role("dialog")
        assert panel.get_by_role("heading", level=3).inner_text() == title
        assert panel.locator("img, script, h1").count() == 0
        panel.get_by_role("button", name="Close").click()


def test_a_long_matrix_comes_in_pages_and_filters_over_all_of_them(show: Show) -> None:
    page = show("long")
    assert page.locator(ROWS).count() == 200
    page.get_by_role("button", name="Next page").click()
    assert page.locator(f"{ROWS} .key").first.inner_text() == "201"
    assert page.locator("#page").inner_text() == "Page 2 of 12"
    page.get_by_label("First number").fill("2295")
    assert page.locator(f"{ROWS} .key").all_inner_texts() == ["2295", "2296", "2297", "2298", "2299", "2300"]
    assert page.locator("#pager").is_hidden()
    page.locator(f"{ROWS} a").last.click()
    assert page.get_by_role("dialog").locator(".eyebrow").inner_text() == "episodes 2300"


def test_without_script_everything_is_there(show: Show) -> None:
    page = show("long", java_script_enabled=False)
    assert page.locator(".matrix tbody tr").count() == 2300
    assert page.locator("#filters").is_hidden()
    page.locator(".plain tbody a").nth(4).click()
    visible = page.locator("article:visible")
    assert visible.count() == 1
    assert visible.locator(".eyebrow").inner_text() == "episodes 5"


ADDRESSES = (
    ("#de", "h2", "Deutsch German"),
    ("#de/episodes/2", "dialog h4", "Deutsch German"),
    ("#de/episodes/2/2", "dialog .at h5", "Paragraph: edited"),
    ("#de/2/2", "dialog .at h5", "Paragraph: edited"),
    ("#de/17", "dialog h4", "Deutsch German"),
    ("#episode/episodes/2/de", "dialog h4", "Deutsch German"),
    ("#episode/episodes/2/ja", "dialog h4", "日本語 Japanese"),
    ("#episode/episodes/2", "dialog h3", "How ferries learn to wait"),
    ("#changes", "h2", "Changes of the source"),
    ("#todo/fr", "summary", "Français"),
    ("#?language=de&status=stale", "h2", "Matrix"),
)


@pytest.mark.parametrize(("anchor", "kind", "text"), ADDRESSES)
@pytest.mark.parametrize("height", [500, 900])
def test_an_address_lands_with_its_heading_in_sight(show: Show, anchor: str, kind: str, text: str, height: int) -> None:
    page = show(anchor=anchor, viewport={"width": 1360, "height": height})
    heading = page.locator(kind).filter(has_text=text).first
    bar = page.locator(".panel-bar").bounding_box() if kind.startswith("dialog") else None
    box = heading.bounding_box()
    assert box is not None
    assert (bar["y"] + bar["height"] if bar else 0) <= box["y"] <= height - box["height"]


def test_the_language_is_that_of_the_address_then_the_one_remembered_then_the_browsers(show: Show) -> None:
    page = show(locale="fr-CA")
    chosen = page.locator(".mine:visible h2")
    assert chosen.text_content() == "Français French"
    page.locator(".choose").get_by_role("link", name="Italiano").click()
    assert chosen.text_content() == "Italiano Italian"
    page.goto(page.url.partition("#")[0])
    assert chosen.text_content() == "Italiano Italian"
    page.evaluate("location.hash = '#ja'")
    page.locator("#ja:visible").wait_for()
    assert chosen.text_content() == "日本語 Japanese"
    assert page.locator(".choose [aria-current]").get_attribute("data-language") == "ja"


def test_the_first_screen_has_five_jobs_with_their_changes_open_and_a_command_to_copy(show: Show) -> None:
    page = show(anchor="#de")
    jobs = page.locator("#de .jobs > li")
    assert jobs.count() == 5
    stale = jobs.filter(has=page.locator(".s.stale")).first
    assert stale.locator(".change del, .change ins").count() > 0
    assert stale.locator(".change [lang=de]").first.is_visible()
    assert stale.get_by_role("link", name="Edit").get_attribute("href").startswith(f"{sample.REPOSITORY}/edit/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stale.get_by_role("button", name="Copy").click()
    page.locator("#said", has_text="Copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == stale.locator(".command").inner_text()


def test_a_page_in_one_language_goes_from_change_to_change_by_key_and_button(show: Show) -> None:
    page = show(anchor="#de/episodes/2/1")
    panel = page.get_by_role("dialog")
    assert panel.locator(".translation:visible").count() == 1
    page.keyboard.press("n")
    assert page.evaluate("location.hash") == "#de/episodes/2/2"
    panel.get_by_role("button", name="Previous change").click()
    assert page.evaluate("location.hash") == "#de/episodes/2/1"
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert re.fullmatch(r"#de/episodes/(?!2$)\d+", page.evaluate("location.hash"))
    panel.get_by_role("button", name="All languages").click()
    assert panel.locator(".translation:visible").count() > 1


def test_a_change_can_be_settled_by_the_command_that_stands_below_it(show: Show) -> None:
    change = show(anchor="#de/episodes/2/2").locator("dialog .change.at")
    assert change.locator(".command").all_inner_texts() == [
        "transtool stamp 2 --language de --series episodes --segment 2",
        "transtool dismiss 2 --language de --series episodes --segment 2",
    ]


def test_changes_of_the_source_lead_to_every_translation_that_lacks_them(show: Show) -> None:
    page = show(anchor="#changes")
    first = page.locator(".slips > li").first
    languages = first.locator(".chips a")
    assert f"{languages.count()} translations stale" in first.inner_text()
    languages.last.click()
    assert page.locator("dialog .change.at ins").count() > 0


def test_chips_and_bars_filter_the_matrix(show: Show) -> None:
    page = show()
    page.locator(".legend a", has_text="draft").click()
    page.wait_for_url(re.compile(r"#\?status=draft$"))
    assert page.locator(f"{ROWS}:not(:has(.s.draft))").count() == 0
    page.locator("#languages-table .bar a[href='#?language=ja&status=missing']").first.dispatch_event("click")
    page.wait_for_url(re.compile(r"#\?language=ja&status=missing$"))
    assert page.locator(ROWS).count() == with_status("ja", Status.MISSING)


def test_complete_rows_are_hidden_on_demand_and_an_empty_list_says_what_to_do(show: Show) -> None:
    page = show()
    page.select_option("[name=language]", "ar")
    page.get_by_label("Hide what is complete").check()
    assert page.locator(f"{ROWS} .s.current, {ROWS} .s.exempt").count() == 0
    page.get_by_label("Search").fill("no such thing")
    assert page.get_by_text("Nothing matches these filters.").is_visible()


def test_many_languages_are_rows_and_the_reader_may_turn_them(show: Show) -> None:
    page = show("wide")
    assert page.locator(ROWS).count() == 14
    assert page.locator("#matrix-table thead .p").count() == 30
    page.get_by_label("Languages as rows").uncheck()
    assert page.locator(ROWS).count() == 30
    assert page.evaluate("location.hash") == "#?turn=0"


def test_cells_say_words_and_shade_and_tell_all_of_it_to_pointer_and_screen_reader(show: Show) -> None:
    page = show()
    cell = page.locator(f"{ROWS}:first-child td.l", has_text="missing").first
    assert re.fullmatch(r"l w[1-4]", cell.get_attribute("class"))
    assert re.fullmatch(
        r"\w+: missing [\d,]+, Words left: [\d,]+", cell.get_by_role("link").get_attribute("aria-label")
    )
    cell.get_by_role("link").hover()
    assert "Words left" in page.get_by_role("tooltip").inner_text()
    page.keyboard.press("Escape")
    assert page.get_by_role("tooltip").is_hidden()


def test_the_arrow_keys_go_from_cell_to_cell(show: Show) -> None:
    page = show()
    page.locator(f"{ROWS}:first-child td.l a").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.hash") == "#de/episodes/2"
    page.keyboard.press("Enter")
    assert page.locator("dialog h4:visible").inner_text().startswith("Deutsch")


def test_a_chart_can_be_read_where_the_pointer_is(show: Show) -> None:
    page = show()
    page.locator(".trend-all svg").hover(position={"x": 300, "y": 100})
    assert re.fullmatch(r"\w+ 20\d\d\s*Coverage \d+%\s*Freshness \d+%", page.get_by_role("tooltip").inner_text())
