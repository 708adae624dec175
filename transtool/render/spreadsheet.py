"""Text of a site in the cells of spreadsheets: one function for CSV, and what XLSX has to know of it."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

from transtool.i18n.safe_text import visible

# OWASP, "CSV injection". A list separator that is a semicolon, as most of Europe has it, begins a cell inside of ours.
_FORMULA = re.compile(r"(?:(?<=;)|\A)(?=[\s\u200b]*[=+\-@\t\r\n;＝＋－＠])")


def begins_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take `text`, once somebody edits the cell, for a formula."""
    return _FORMULA.match(text) is not None


def cell(value: str | float) -> str | int | float:
    """Make text harmless: one line of visible characters, and nothing that a spreadsheet calculates."""
    return visible(_FORMULA.sub("'", value)) if isinstance(value, str) else value


def table(rows: Iterable[Iterable[str | float]], *, lineterminator: str = "\r\n") -> str:
    """Return rows as CSV, every text made harmless."""
    target = StringIO()
    csv.writer(target, lineterminator=lineterminator).writerows([*map(cell, row)] for row in rows)
    return target.getvalue()
