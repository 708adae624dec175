"""Coverage and freshness over time on a terminal and as JSON."""

import json

from tests.test_trend import DE, ES, TREND, point
from transtool.i18n import ENGLISH, Words
from transtool.model import Language
from transtool.render import TREND_SUFFIXES, TRENDS, renderer, trend_table
from transtool.trend.model import Trend

GROWING = (point(f"{2015 + at // 12}-{at % 12 + 1:02}", ES, 100, at, at // 2) for at in range(100))
YEARS = Trend((*GROWING, point("2023-04", DE, 4, 4, 0)))


def lines(trend: Trend, width: int | None = None, words: Words = ENGLISH) -> list[str]:
    """The table of a trend."""
    return trend_table.render(trend, words, width=width).splitlines()


def test_the_json_has_every_point_with_counts_and_shares() -> None:
    document = json.loads(trend_table.json_of(TREND))

    assert document["schema"] == 1
    assert document["languages"] == ["es", "de"]
    assert [(each["month"], each["language"]) for each in document["points"]] == [
        ("2024-01", "es"),
        ("2024-02", "es"),
        ("2024-02", "de"),
    ]
    assert document["points"][1] == {
        "month": "2024-02",
        "language": "es",
        "expected": 8,
        "covered": 6,
        "current": 3,
        "coverage": 0.75,
        "freshness": 0.375,
    }


def test_the_table_has_a_line_for_each_language_and_all_of_them_with_denominators() -> None:
    text = "\n".join(lines(YEARS))

    assert "2015-01" in text
    assert "2023-04" in text
    assert "Spanish es" in text
    assert "99/100  99%" in text
    assert "49/100  49%" in text
    assert "4/4 100%" in text
    assert "103/104  99%" in text


def test_columns_grow_with_the_share_and_only_all_is_full() -> None:
    (spanish,) = [line for line in lines(YEARS) if line.startswith("Spanish")]
    (german,) = [line for line in lines(YEARS) if line.startswith("German")]
    coverage = [sign for sign in spanish.split("99/100")[0] if sign in "▁▂▃▄▅▆▇█"]

    assert coverage == sorted(coverage)
    assert coverage[0] == "▁"
    assert coverage[-1] == "▇"
    assert german.count("█") == 1


def test_both_lines_end_with_the_last_month() -> None:
    (spanish,) = [line for line in lines(YEARS) if line.startswith("Spanish")]
    (german,) = [line for line in lines(YEARS) if line.startswith("German")]

    assert german.index("█") == spanish.rindex("▇")


def test_a_narrow_terminal_has_fewer_columns_that_stand_for_more_months() -> None:
    wide, narrow = lines(YEARS, 200), lines(YEARS, 80)

    assert max(map(len, narrow)) <= 80
    assert wide[-1] == "each column is 2 months"
    assert narrow[-1] == "each column is 12 months"


def test_decades_fit_too() -> None:
    trend = Trend(tuple(point(f"{1990 + at // 12}-{at % 12 + 1:02}", ES, 1, 1, 1) for at in range(500)))

    assert max(map(len, lines(trend, 60))) <= 60


def test_a_trend_without_points_says_so() -> None:
    assert lines(Trend()) == ["no translation was ever expected"]


def test_every_format_of_trends_can_be_loaded_and_every_suffix_asks_for_one() -> None:
    assert all(callable(renderer(name, TRENDS)) for name in TRENDS)
    assert set(TREND_SUFFIXES.values()) <= set(TRENDS)


def test_one_language_needs_no_total() -> None:
    assert not [line for line in lines(Trend(YEARS.of(Language("es")))) if line.startswith("Total")]
