"""Work lists: what a translator does next."""

import pytest

from tests.pages import assessed, page
from transtool.assess.work_list import Order, tasks
from transtool.model import Cell, EpisodeReport, Language, Report, Source, Status

EN = Language("en")
SOURCE = Source(language=EN, path="en.md")
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
    return Cell(language=Language(language), status=status, path=f"{language}.md", words=words, total=words)


def in_french(*episodes: tuple[str, dict[str, Cell]]) -> list[str]:
    """The keys of what there is to do in French, in the order of its value."""
    languages = tuple(Language(each) for each in ("de", "es", "fr"))
    made = tuple(
        EpisodeReport(
            series="docs", key=key, title=key, source=Source(language=EN, path="en.md"), cells=(*cells.values(),)
        )
        for key, cells in episodes
    )
    report = Report(version="1", source=EN, languages=languages, series=("docs",), episodes=made, findings=())
    return [task.key for task in tasks(report) if task.language == "fr"]


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
    "a page of one typo comes after all others that are known to be behind": (
        ("long", {"fr": cell("fr", Status.STALE, 900)}),
        ("typo", {"fr": cell("fr", Status.STALE, 1), **CURRENT}),
        ("unsure", {"fr": cell("fr", Status.UNKNOWN), **CURRENT}),
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_what_is_worth_most_comes_first(name: str) -> None:
    assert in_french(*reversed(VALUES[name])) == [key for key, _ in VALUES[name]]


def test_orphans_and_what_is_current_are_no_work() -> None:
    assert "4" not in {task.key for task in tasks(assessed(SITE))}


def test_a_task_says_the_command_to_begin_with() -> None:
    commands = {(task.series, task.key, task.language): task.command for task in tasks(assessed(SITE))}

    assert commands["talks", "2", "fr"] == "transtool scaffold 2 --language fr"
    assert commands["talks", "3", "es"] == "transtool show 3"


def test_a_number_that_two_series_have_needs_the_series() -> None:
    commands = {(task.series, task.key, task.language): task.command for task in tasks(assessed(SITE))}

    assert commands["notes", "1", "fr"] == "transtool scaffold 1 --language fr --series notes"


def test_words_are_those_left_to_translate() -> None:
    words = {
        (task.series, task.key): (task.words, task.status) for task in tasks(assessed(SITE)) if task.language == "fr"
    }

    assert words["talks", "2"] == (11, Status.MISSING)
