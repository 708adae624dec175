"""Coverage and freshness over time, as plain values; drawn by `render`, computed from the site's history elsewhere."""

from dataclasses import dataclass

from transtool.model import Language, Tally, added


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How one language stood at the end of a month (`2024-03`), each translation judged as it stood then."""

    month: str
    language: Language
    tally: Tally


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
    by_month: dict[str, list[Tally]] = {}
    for point in trend.points:
        by_month.setdefault(point.month, []).append(point.tally)
    return tuple(Point(month=month, language=ALL, tally=added(tallies)) for month, tallies in sorted(by_month.items()))
