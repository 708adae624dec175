"""The dashboard for everybody: keyboard, screen reader, dark and light, right to left, phone and paper."""

from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import pytest

from tests.browser import sample
from tests.browser.conftest import OTHERS

pytestmark = pytest.mark.xdist_group("browser")

Page = Any
Show = Callable[..., Page]
ROWS = "#matrix-table tbody tr"
PHONE = {"viewport": {"width": 360, "height": 740}}


def test_everything_can_be_reached_and_done_from_the_keyboard(show: Show) -> None:
    page = show()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the matrix"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "matrix"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("gulls")
    page.locator("#matrix-table [data-sort=title] button").focus()
    page.keyboard.press("Space")
    assert page.locator("#matrix-table [data-sort=title]").get_attribute("aria-sort") == "ascending"
    page.locator(f"{ROWS} a").first.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    panel.wait_for()
    assert panel.get_by_role("heading", level=3).inner_text().startswith("Counting gulls")
    assert page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")
    panel.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent").startswith("Counting gulls")


@pytest.mark.parametrize("typed", ["", "g"])
def test_an_address_that_is_heard_of_late_takes_nobody_out_of_a_field(show: Show, typed: str) -> None:
    """What the skip link did is heard of when a reader has gone on to the search field, or has begun to type."""
    page = show()
    page.evaluate("history.replaceState(null, '', '#matrix')")
    page.locator("#filters [name=text]").focus()
    page.keyboard.type(typed)
    page.evaluate("window.dispatchEvent(new HashChangeEvent('hashchange'))")
    page.keyboard.type("gulls"[len(typed) :])
    assert page.evaluate("document.activeElement.value") == "gulls"
    assert page.locator(f"{ROWS} th").first.inner_text().startswith("Counting gulls")


def test_every_stop_of_the_keyboard_is_seen(show: Show) -> None:
    page = show("wide")
    for _ in range(40):
        page.keyboard.press("Tab")
        outlined = page.evaluate("""() => { const at = document.activeElement;
            const drawn = at.matches("[type=checkbox]") ? at.nextElementSibling : at;
            return at === document.body || getComputedStyle(drawn).outlineStyle !== "none"; }""")
        assert outlined, page.evaluate("document.activeElement.outerHTML")


@pytest.mark.parametrize("name", ["living", "arabic", "trapped", "wide"])
@pytest.mark.parametrize(
    "size", [{"width": 320, "height": 640}, {"width": 768, "height": 900}, {"width": 1360, "height": 900}]
)
def test_no_page_is_wider_than_the_window(show: Show, name: str, size: dict[str, int]) -> None:
    page = show(name, viewport=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.locator(f"{ROWS} a").first.click()
    assert page.evaluate("document.querySelector('dialog').scrollWidth") <= size["width"]


def test_an_arabic_interface_runs_from_right_to_left(show: Show) -> None:
    page = show("arabic")
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == "ar"
    boxes = [cell.bounding_box()["x"] for cell in page.locator("#matrix-table thead th").all()]
    assert boxes == sorted(boxes, reverse=True)
    page.locator(f"{ROWS} a").first.click()
    assert page.locator("dialog").bounding_box()["x"] == 0
    assert page.locator("dialog h3").get_attribute("dir") == "ltr"


def test_a_date_in_arabic_is_not_parted_by_what_stands_beside_it(show: Show) -> None:
    page = show("arabic")
    boxes = [part.bounding_box() for part in page.locator(".top .site > *").all()]
    spans = sorted((box["x"], box["x"] + box["width"]) for box in boxes)
    assert len(spans) > 1
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_dark_and_light_follow_the_reader(show: Show) -> None:
    def luminance(scheme: str) -> int:
        page = show(color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in colour.strip("rgb()").split(","))

    assert luminance("dark") < 120 < 600 < luminance("light")


def test_paper_gets_the_list_of_one_language_unfolded_and_no_controls(show: Show) -> None:
    page = show(locale="pt-BR")
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.locator("nav:visible").count() == 0
    assert page.locator(".mine:visible").get_attribute("id") == "pt-BR"
    assert [list_.get_attribute("id") for list_ in page.locator("#todo details:visible").all()] == ["todo/pt-BR"]
    assert page.locator("[id='todo/pt-BR'] table").evaluate("table => table.offsetHeight") > 0
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") <= 2


def test_charts_are_read_out_with_their_figures(show: Show) -> None:
    page = show()
    name = page.locator(".trend-each li:not(.whole) svg").first.get_attribute("aria-label")
    assert name.startswith("Arabic: coverage")
    assert page.locator("#trend table tbody tr").count() == len(sample.LANGUAGES)


@pytest.mark.parametrize(
    ("name", "scheme"),
    [*product(["living", "arabic", "wide"], ["light", "dark"]), *((tag, "light") for tag in OTHERS)],
)
def test_axe_finds_nothing_against_wcag(
    show: Show, violations: Callable[[Page], list[str]], name: str, scheme: str
) -> None:
    page = show(name, color_scheme=scheme, bypass_csp=True)
    page.locator("details").evaluate_all("lists => lists.forEach(list => list.open = true)")
    assert violations(page) == []
    page.locator(f"{ROWS}:nth-child(2) th a").click()
    assert violations(page) == []
    page.evaluate("location.hash = document.querySelector('#matrix-table td.l a:has(.stale)').hash")
    page.locator("dialog [data-whole]:visible").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(show: Show, violations: Callable[[Page], list[str]], scheme: str) -> None:
    page = show(color_scheme=scheme, bypass_csp=True, has_touch=True, **PHONE)
    page.get_by_label("stale", exact=True).check(force=True)
    assert violations(page) == []
    page.locator(f"{ROWS} a").first.click()
    assert violations(page) == []
