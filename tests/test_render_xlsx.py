"""The workbook, as spreadsheets read it."""

import sys
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest

from tests.reports import EMPTY, NASTY, SMALL, filled_with, large
from transtool.errors import UsageError
from transtool.i18n import ENGLISH, Words, catalogues
from transtool.model import Report
from transtool.render.xlsx import render

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")


def workbook(report: Report, words: Words = ENGLISH) -> Any:
    return openpyxl.load_workbook(BytesIO(render(report, words)))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_there_are_sheets_for_summary_matrix_work_list_and_findings() -> None:
    assert workbook(SMALL).sheetnames == ["Summary", "Matrix", "Work list", "Findings"]


def test_the_summary_counts_by_series_and_language_and_sums_up() -> None:
    head, first, *_, total = rows(workbook(SMALL)["Summary"])
    assert head[:5] == ("Series", "Language", "BCP 47", "Expected", "Current")
    assert first == ("episodes", "Spanish", "es", 2, 0, 1, 0, 1, 0, 0, 0, 0.5, 0)
    assert total == ("Total", "", "", 10, 4, 1, 1, 2, 1, 1, 1, 0.6, 0.4)


def test_the_matrix_has_a_row_for_each_episode_and_a_column_for_each_language() -> None:
    head, first, *_ = rows(workbook(SMALL)["Matrix"])
    assert head == ("Series", "Episode", "Title", "Spanish", "German", "Japanese", "Arabic")
    assert first[:3] == ("episodes", 9, "Bread, slowly")
    assert [value.split()[-1] for value in first[3:]] == ["stale", "current", "current", "current"]


def test_the_work_list_has_what_is_not_done_longest_first_for_each_language() -> None:
    listed = [(row[0], row[2], row[5]) for row in rows(workbook(SMALL)["Work list"])[1:]]
    assert listed == [
        ("Spanish", 10, 200),
        ("Spanish", 9, 24),
        ("German", 10, 190),
        ("Japanese", 9, 80),
        ("Japanese", 10, 0),
        ("Arabic", 10, 0),
    ]


def test_files_lead_to_the_repository() -> None:
    sheet = workbook(SMALL)["Work list"]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 6
    assert all(link.startswith(SMALL.repository) for link in links)
    plain = workbook(replace(SMALL, repository=""))["Work list"]
    assert not [cell for row in plain.iter_rows() for cell in row if cell.hyperlink]


def test_every_sheet_can_be_filtered_and_keeps_its_head_in_sight() -> None:
    book = workbook(SMALL)
    assert [(sheet.auto_filter.ref, sheet.freeze_panes) for sheet in book] == [
        ("A1:M8", "D2"),
        ("A1:G4", "D2"),
        ("A1:I7", "D2"),
        ("A1:H12", "C2"),
    ]


@pytest.mark.parametrize("text", NASTY)
def test_every_text_of_a_site_is_text_and_no_formula(text: str) -> None:
    """Also when somebody edits the cell: what a spreadsheet would calculate is marked as text."""
    cells = [cell for sheet in workbook(filled_with(text)) for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    for cell in cells:
        if isinstance(cell.value, str) and cell.value.lstrip().startswith(("=", "+", "-", "@", "＝")):
            assert cell.quotePrefix


def test_a_text_too_long_for_a_cell_is_cut() -> None:
    title = rows(workbook(filled_with("x" * 40_000))["Matrix"])[1][2]
    assert len(title) == 32_767
    assert title.endswith("x…")


@pytest.mark.parametrize("report", [EMPTY, large(30)])
def test_reports_of_any_size_are_workbooks(report: Report) -> None:
    assert len(rows(workbook(report)["Matrix"])) == len(report.episodes) + 1


@pytest.mark.parametrize("tag", catalogues.available())
def test_the_workbook_speaks_the_language_of_the_interface(tag: str) -> None:
    book = workbook(SMALL, Words(tag, tag))
    assert len(book.sheetnames) == 4
    assert all(bool(sheet.sheet_view.rightToLeft) == (tag == "ar") for sheet in book)


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(SMALL, ENGLISH) == render(SMALL, ENGLISH)
    assert workbook(SMALL).properties.created == datetime(2026, 3, 4, 5, 6, 7)
    assert workbook(replace(SMALL, generated="?")).properties.created == datetime(1980, 1, 1)


def test_without_xlsxwriter_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(UsageError, match=r"transtool\[xlsx\]"):
        render(SMALL, ENGLISH)
