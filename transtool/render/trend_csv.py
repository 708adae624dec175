"""The points of a trend as CSV, one row a month and language: for spreadsheets and plotting programs."""

import csv
from io import StringIO

from transtool.trend import Trend

COLUMNS = ("month", "language", "expected", "covered", "current", "coverage", "freshness")


def render(trend: Trend) -> str:
    """Return the CSV: `coverage` and `freshness` are shares from 0 to 1 with four decimals. Stable English."""
    output = StringIO()
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(COLUMNS)
    for point in sorted(trend.points, key=lambda point: point.month):
        counts = (point.expected, point.covered, point.current)
        writer.writerow((point.month, point.language, *counts, f"{point.coverage:.4f}", f"{point.freshness:.4f}"))
    return output.getvalue()
