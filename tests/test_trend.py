"""Coverage and freshness over time as values, and as CSV."""

from tests.reports import point
from transtool.model import Language
from transtool.render import trend_table
from transtool.trend.model import Trend

ES, DE = Language("es"), Language("de")


TREND = Trend((point("2024-02", ES, 8, 6, 3), point("2024-01", ES, 0, 0, 0), point("2024-02", DE, 3, 1, 1)))


def test_points_of_a_language_come_oldest_first() -> None:
    assert [each.month for each in TREND.of(ES)] == ["2024-01", "2024-02"]
    assert TREND.languages == (ES, DE)
    assert TREND.months == ("2024-01", "2024-02")


def test_shares_are_of_the_expected_and_whole_where_nothing_is() -> None:
    assert [(each.tally.coverage, each.tally.freshness) for each in TREND.of(ES)] == [(1.0, 1.0), (0.75, 0.375)]


def test_the_csv_has_a_row_for_every_point_with_counts_and_shares() -> None:
    assert trend_table.csv_of(TREND).splitlines() == [
        "month,language,expected,covered,current,coverage,freshness",
        "2024-01,es,0,0,0,1.0000,1.0000",
        "2024-02,es,8,6,3,0.7500,0.3750",
        "2024-02,de,3,1,1,0.3333,0.3333",
    ]
