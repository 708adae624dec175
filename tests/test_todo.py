"""Work lists: what a translator does next."""

import pytest

from tests.pages import assessed, page
from transtool.assess.work_list import Order, tasks
from transtool.model import Status

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
        (Order.VALUE, ["talks 2", "notes 1", "talks 3", "talks 1"]),
    ],
)
def test_work_is_sorted_as_asked(order: Order, expected: list[str]) -> None:
    assert keys(order) == expected


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
