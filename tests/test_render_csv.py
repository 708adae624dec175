"""The CSV is a line per episode and language, and harmless in a spreadsheet."""

import csv
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import EMPTY, NASTY, SMALL, filled_with
from transtool.model import Report
from transtool.render.csv_report import COLUMNS, render


def rows(report: Report) -> list[dict[str, str]]:
    text = render(report)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text[1:], newline=""), strict=True))


def test_every_cell_is_a_row_in_the_order_of_the_report() -> None:
    assert [(row["series"], row["key"], row["language"], row["status"]) for row in rows(SMALL)][:5] == [
        ("episodes", "9", "ar", "current"),
        ("episodes", "9", "de", "current"),
        ("episodes", "9", "es", "stale"),
        ("episodes", "9", "ja", "current"),
        ("episodes", "10", "ar", "unreadable"),
    ]
    assert len(rows(SMALL)) == 11


def test_a_row_says_all_there_is_to_know() -> None:
    assert rows(SMALL)[2] == {
        "series": "episodes",
        "key": "9",
        "language": "es",
        "status": "stale",
        "title": "Bread, slowly",
        "translated_title": "Pan, despacio",
        "path": "docs/episodes/ep-9/es/episode.md",
        "source_path": "docs/episodes/ep-9/en/episode.md",
        "basis": "stamp",
        "words_to_translate": "24",
        "total_words": "310",
        "share_translated": "0.97",
        "changes": "4",
        "errors": "0",
        "warnings": "2",
        "notes": "0",
    }


def test_without_episodes_there_are_only_titles() -> None:
    assert render(EMPTY) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", r"'\t=1"),
        ("\r=1", r"'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("  =1", "'  =1"),
        ("a=1", "a=1"),
        ("1-2", "1-2"),
        ('say "no", he said', 'say "no", he said'),
        ("two\nlines", r"two\nlines"),
        ("", ""),
    ],
)
def test_what_a_spreadsheet_would_calculate_is_text(text: str, cell: str) -> None:
    (row,) = rows(filled_with(text))
    assert row["title"] == row["translated_title"] == row["path"] == cell


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY))
def test_a_row_is_a_line_and_no_cell_is_a_formula(text: str) -> None:
    made = render(filled_with(text))
    assert len(made.splitlines()) == 2
    for row in rows(filled_with(text)):
        assert not any((cell or "").lstrip()[:1] in tuple("=+-@＝＋－＠") for cell in row.values() if cell)
