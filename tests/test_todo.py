"""Work lists: what a translator does next."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pytest

from tests import reports
from tests.pages import assessed, page
from tests.reports import EN, ES
from transtool.assess.work_list import Order, tasks
from transtool.i18n import ENGLISH
from transtool.model import Cell, Language, Report, Status
from transtool.render.worklist import render

SITE = {
    "talks/1/en/talk.md": page("title: One", "word " * 50),
    "talks/2/en/talk.md": page("title: Two", "word " * 10),
    "talks/3/en/talk.md": page("title: Three", "word " * 90),
    "talks/3/es/talk.md": page("title: Tres", "palabra " * 90),
    "talks/4/es/talk.md": page("title: Cuatro"),
    "notes/en/1.md": page("title: Note", "word " * 5),
}


def keys(order: Order) -> list[str]:
    """The episodes that French lacks, in `order`."""
    found = tasks(assessed(SITE), order)
    return [f"{task.series} {task.key}" for task in found if task.language == "fr"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NEWEST, ["talks 3", "talks 2", "notes 1", "talks 1"]),
        (Order.OLDEST, ["notes 1", "talks 1", "talks 2", "talks 3"]),
        (Order.SHORTEST, ["notes 1", "talks 2", "talks 1", "talks 3"]),
        (Order.LONGEST, ["talks 3", "talks 1", "talks 2", "notes 1"]),
        (Order.VALUE, ["talks 3", "talks 2", "notes 1", "talks 1"]),
    ],
)
def test_work_is_sorted_as_asked(order: Order, expected: list[str]) -> None:
    assert keys(order) == expected


def cell(language: str, status: Status, words: int = 100) -> Cell:
    return reports.cell("docs", "1", Language(language), status, words=words, total=words)


def site(pages: Iterable[tuple[str, dict[str, Cell]]], dates: Mapping[str, date] | None = None) -> Report:
    """A report of pages by key, some of which have dates."""
    made = (
        replace(reports.episode("docs", key, key, *cells.values()), dated=(dates or {}).get(key))
        for key, cells in pages
    )
    return Report(version="1", source=EN, languages=(ES,), series=("docs",), episodes=tuple(made))


def in_french(report: Report, order: Order = Order.VALUE) -> list[str]:
    """The keys of what there is to do in French."""
    return [task.key for task in tasks(report, order) if task.language == "fr"]


MISSING, CURRENT = cell("fr", Status.MISSING), {each: cell(each, Status.CURRENT) for each in ("de", "es")}
VALUES = {
    "what other languages have comes before what none has": (
        ("common", {"fr": MISSING, **CURRENT}),
        ("rare", {"fr": MISSING, "de": cell("de", Status.MISSING), "es": cell("es", Status.EXEMPT)}),
    ),
    "a later date in the name of a folder is newer": (
        ("news/2025/b", {"fr": MISSING}),
        ("news/2024/a", {"fr": MISSING}),
    ),
    "what has no date is neither new nor old": (
        ("news/2025/b", {"fr": MISSING}),
        ("news/2024/a", {"fr": MISSING}),
        ("news/2023/a", {"fr": MISSING}),
        ("about", {"fr": MISSING}),
        ("news/2022/a", {"fr": MISSING}),
    ),
    "what lacks a baseline comes late, and a page of one typo last": (
        ("long", {"fr": cell("fr", Status.STALE, 900)}),
        ("unsure", {"fr": cell("fr", Status.UNKNOWN), **CURRENT}),
        ("typo", {"fr": cell("fr", Status.STALE, 1), **CURRENT}),
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_what_is_worth_most_comes_first(name: str) -> None:
    assert in_french(site(reversed(VALUES[name]))) == [key for key, _ in VALUES[name]]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NEWEST, ["apple", "zebra", "cherry", "9", "mango"]),
        (Order.OLDEST, ["mango", "9", "cherry", "zebra", "apple"]),
        (Order.VALUE, ["apple", "zebra", "cherry", "mango", "9"]),
    ],
)
def test_pages_with_text_keys_are_as_old_as_their_dates(order: Order, expected: list[str]) -> None:
    keys = ("apple", "mango", "zebra", "cherry", "9")
    dates = {"apple": date(2024, 5, 6), "zebra": date(2024, 1, 10), "cherry": date(2020, 2, 1), "9": date(2025, 1, 1)}

    assert in_french(site(((key, {"fr": MISSING}) for key in keys), dates), order) == expected


def test_orphans_and_what_is_current_are_no_work() -> None:
    assert "4" not in {task.key for task in tasks(assessed(SITE))}


def test_a_task_says_the_command_to_begin_with() -> None:
    commands = {(task.series, task.key, task.language): task.command for task in tasks(assessed(SITE))}

    assert commands["talks", "2", "fr"] == "transtool scaffold 2 --language fr"
    assert commands["talks", "3", "es"] == "transtool show 3 --language es"


def test_a_number_that_two_series_have_needs_the_series() -> None:
    commands = {(task.series, task.key, task.language): task.command for task in tasks(assessed(SITE))}

    assert commands["notes", "1", "fr"] == "transtool scaffold 1 --language fr --series notes"


def test_words_are_those_left_to_translate() -> None:
    words = {
        (task.series, task.key): (task.words, task.status) for task in tasks(assessed(SITE)) if task.language == "fr"
    }

    assert words["talks", "2"] == (11, Status.MISSING)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_however_narrow_a_terminal_is_nothing_is_lost(width: int) -> None:
    key = "news/2024-05-16-a-very-long-name-of-a-page-as-they-are-on-real-sites"
    title = "A title that is much longer than whatever is left of a line of eighty columns"
    lacking = reports.episode("pages", key, title, cell("es", Status.MISSING, 1234))
    found = tasks(Report(version="1", source=EN, languages=(ES,), series=("pages",), episodes=(lacking,)))

    drawn = render(found, ENGLISH, width=width)

    assert f"\n  transtool scaffold {key} --language es\n" in drawn
    assert "…" not in drawn
    for words in (key, title, "1,234 words"):
        assert words in " ".join(drawn.split())
