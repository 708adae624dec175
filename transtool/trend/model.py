"""Coverage and freshness over time, as plain values; drawn by `render`, computed from the site's history elsewhere."""

from dataclasses import dataclass

from transtool.model import Language, share_of_expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How one language stood at the end of a month (`2024-03`), each translation judged as it stood then."""

    month: str
    language: Language
    expected: int
    covered: int
    current: int

    @property
    def coverage(self) -> float:
        """Translations that existed and were no drafts / expected; 1.0 where none was expected."""
        return share_of_expected(self.covered, self.expected)

    @property
    def freshness(self) -> float:
        """Translations that were current / expected; 1.0 where none was expected."""
        return share_of_expected(self.current, self.expected)


@dataclass(frozen=True, slots=True)
class Trend:
    """The points of all languages, in any order; a month without a point says nothing about that language."""

    points: tuple[Point, ...] = ()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in the order in which they first stand in `points`."""
        return tuple(dict.fromkeys(point.language for point in self.points))

    @property
    def months(self) -> tuple[str, ...]:
        """The months that have points, oldest first."""
        return tuple(sorted({point.month for point in self.points}))

    def of(self, language: Language) -> tuple[Point, ...]:
        """Return the points of one language, oldest first."""
        return tuple(sorted((p for p in self.points if p.language == language), key=lambda point: point.month))


ALL = Language("")
"""Stands for all languages together."""


def total(trend: Trend) -> tuple[Point, ...]:
    """Return the points of all languages together, oldest first."""
    by_month: dict[str, list[Point]] = {}
    for point in trend.points:
        by_month.setdefault(point.month, []).append(point)
    return tuple(
        Point(
            month=month,
            language=ALL,
            expected=sum(point.expected for point in points),
            covered=sum(point.covered for point in points),
            current=sum(point.current for point in points),
        )
        for month, points in sorted(by_month.items())
    )
