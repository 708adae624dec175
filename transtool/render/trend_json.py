"""The points of a trend as JSON: for programs. Stable English with a schema number."""

import json

from transtool.trend import Trend


def render(trend: Trend) -> str:
    """Return the points, oldest month first; `coverage` and `freshness` are shares from 0 to 1."""
    points = [
        {
            "month": point.month,
            "language": point.language,
            "expected": point.expected,
            "covered": point.covered,
            "current": point.current,
            "coverage": round(point.coverage, 4),
            "freshness": round(point.freshness, 4),
        }
        for point in sorted(trend.points, key=lambda point: point.month)
    ]
    document = {"schema": 1, "languages": list(trend.languages), "points": points}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
