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
    page.locator(f"{ROWS}:nth-child(2) td.l", has_text="stale").first.click()
    page.get_by_role("dialog").wait_for()
    assert page.evaluate("decodeURIComponent(location.hash)") == "#episode/episodes/2/de"


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
        page.locator(f"{ROWS}:nth-child({place}) a").click()
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
    page.locator("#matrix-table tbody a").nth(4).click()
    visible = page.locator("article:visible")
    assert visible.count() == 1
    assert visible.locator(".eyebrow").inner_text() == "episodes 5"
