"""Draw coverage and freshness over time: a chart of all languages together, and a small one for each."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from transtool.errors import N_
from transtool.i18n import Words
from transtool.render.html.elements import Markup, el, join, style
from transtool.trend.model import ALL, Point, Trend, total

_COLUMNS = 4
_GAP = 24
_MARGIN = 28
_SHARES = (0.0, 0.5, 1.0)
_TICK = 44
"""Pixels that a year takes below a chart, with the space around it."""


def render(trend: Trend, words: Words) -> str:
    """Return the chart as an SVG file of its own, which follows the reader's light or dark mode."""
    if not trend.points:
        return _sheet(_WIDTH, 2 * _MARGIN + 20, [], words)
    names = trend.languages
    rows = -(-len(names) // _COLUMNS)
    top = _MARGIN + 60
    below = top + _LARGE.height + _GAP
    height = below + rows * (_SMALL.height + _GAP) + _MARGIN - _GAP
    drawing = [_legend(words, _MARGIN, _MARGIN + 38), _placed(_LARGE, trend, total(trend), words, _MARGIN, top)]
    for index, language in enumerate(names):
        row, column = divmod(index, _COLUMNS)
        x, y = _MARGIN + column * (_SMALL.width + _GAP), below + row * (_SMALL.height + _GAP)
        drawing.append(_placed(_SMALL, trend, trend.of(language), words, x, y))
    return _sheet(_WIDTH, height, drawing, words)


def _sheet(width: int, height: int, drawing: Iterable[Markup], words: Words) -> str:
    """Return a drawing under its headline, as a whole file."""
    ground = [
        el("title", words.text(TITLE)),
        style(css()),
        el("rect", class_="paper", width=width, height=height),
        el("text", words.text(TITLE), class_="headline", x=_MARGIN, y=_MARGIN + 14),
    ]
    space = {"xmlns": "http://www.w3.org/2000/svg", "lang": words.tag, "class_": "chart"}
    return _svg(width, height, [*ground, *drawing], words.text(TITLE), **space) + "\n"


def figure(trend: Trend, words: Words) -> Markup:
    """Return the same charts for the dashboard, each its own SVG, so that they flow with the width of the page."""
    whole = el("li", _drawn(_SMALL, trend, total(trend), words), class_="whole")
    each = [el("li", _drawn(_SMALL, trend, trend.of(language), words)) for language in trend.languages]
    return el(
        "div",
        el("div", _drawn(_LARGE, trend, total(trend), words), class_="trend-all"),
        el("ul", whole, each, class_="trend-each"),
        class_="trend",
    )


def css() -> str:
    """Return the styles of the charts."""
    return (files(__package__) / "assets" / "charts.css").read_text(encoding="utf-8")


TITLE = N_("Coverage and freshness over time")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The size of a chart and of the room around its lines, in pixels."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    large: bool

    def y(self, share: float) -> float:
        """Return the height at which a share (0 to 1) stands."""
        return self.top + (1 - share) * (self.height - self.top - self.bottom)

    def x(self, month: int, first: int, last: int) -> float:
        """Return where a month stands between the first and the last."""
        part = (month - first) / (last - first) if last > first else 1.0
        return self.left + part * (self.width - self.left - self.right)


_SMALL = _Frame(206, 116, 1, 5, 30, 18, False)
_LARGE = _Frame(896, 250, 44, 150, 10, 24, True)
_WIDTH = 2 * _MARGIN + _LARGE.width


def _drawn(frame: _Frame, trend: Trend, points: Sequence[Point], words: Words) -> Markup:
    """Return the chart of `points` as an SVG of its own."""
    first, last = _number(trend.months[0]), _number(trend.months[-1])
    spread = max(1, last - first)
    read = [
        [
            round((_number(each.month) - first) / spread, 4),
            each.month,
            round(each.tally.coverage, 3),
            round(each.tally.freshness, 3),
        ]
        for each in points
    ]
    attributes = {"data_points": json.dumps(read), "data_span": f"{frame.left} {frame.width - frame.right}"}
    cursor = el("line", x1=0, x2=0, y1=frame.top, y2=frame.height - frame.bottom, class_="cursor")
    parts = [*_parts(frame, trend, points, words), cursor]
    return _svg(frame.width, frame.height, parts, _said(points, words), class_="chart", **attributes)


def _placed(frame: _Frame, trend: Trend, points: Sequence[Point], words: Words, x: int, y: int) -> Markup:
    """Return the chart of `points` as a part of a larger SVG."""
    title = el("title", _said(points, words))
    return el("g", title, _parts(frame, trend, points, words), transform=f"translate({x} {y})")


def _parts(frame: _Frame, trend: Trend, points: Sequence[Point], words: Words) -> Iterable[Markup]:
    first, last = _number(trend.months[0]), _number(trend.months[-1])
    places = [frame.x(_number(point.month), first, last) for point in points]
    fresh = [(x, frame.y(point.tally.freshness)) for x, point in zip(places, points, strict=True)]
    covered = [(x, frame.y(point.tally.coverage)) for x, point in zip(places, points, strict=True)]
    yield from _grid(frame, first, last, words)
    yield el("path", d=f"{_path(fresh)}V{frame.y(0):.1f}H{fresh[0][0]:.1f}Z", class_="area")
    yield el("path", d=_path(covered), class_="line covered")
    yield el("path", d=_path(fresh), class_="line fresh")
    for (x, y), name in ((covered[-1], "covered"), (fresh[-1], "fresh")):
        yield el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3, class_=f"end {name}")
    yield from _ends(frame, points[-1], words) if frame.large else _head(frame, points[-1], words)


def _grid(frame: _Frame, first: int, last: int, words: Words) -> Iterable[Markup]:
    """Yield the lines of 0, 50 and 100 % and the years."""
    right, foot = frame.width - frame.right, frame.height - 4
    for share in _SHARES:
        y = f"{frame.y(share):.1f}"
        yield el("line", x1=frame.left, x2=right, y1=y, y2=y, class_="grid")
        if frame.large:
            yield el(
                "text", words.percent(share), x=frame.left - 8, y=frame.y(share) + 4, class_="tick", text_anchor="end"
            )
    januaries = [month for month in range(first, last + 1) if month % 12 == 0]
    apart = 1 + len(januaries) * _TICK // (right - frame.left)
    for month in januaries[::apart] if frame.large else januaries[:1] + januaries[1:][-1:]:
        x = frame.x(month, first, last)
        anchor = "end" if x > frame.width - 16 else "start" if x < 16 else "middle"
        yield el("text", str(month // 12), x=f"{x:.1f}", y=foot, class_="tick", text_anchor=anchor)


def _head(frame: _Frame, point: Point, words: Words) -> Iterable[Markup]:
    """Yield the name of the language and its present shares, above its chart."""
    yield el("text", _name(point, words), x=0, y=14, class_="name")
    yield el(
        "text",
        el("tspan", words.percent(point.tally.coverage), class_="covered"),
        el("tspan", words.percent(point.tally.freshness), class_="fresh", dx=8),
        x=frame.width,
        y=14,
        class_="value",
        text_anchor="end",
    )


def _ends(frame: _Frame, point: Point, words: Words) -> Iterable[Markup]:
    """Yield what the two lines are, at their ends and never over one another."""
    upper, lower = frame.y(point.tally.coverage), frame.y(point.tally.freshness)
    apart = max(0.0, 18 - (lower - upper)) / 2
    x = frame.width - frame.right + 12
    coverage = words.text(N_("Coverage {coverage}"), coverage=point.tally.coverage)
    freshness = words.text(N_("Freshness {freshness}"), freshness=point.tally.freshness)
    yield el("text", coverage, x=x, y=f"{upper - apart + 4:.1f}", class_="name covered")
    yield el("text", freshness, x=x, y=f"{lower + apart + 4:.1f}", class_="name fresh")


def _legend(words: Words, x: int, y: int) -> Markup:
    """Return the key: the two kinds of line and what they mean."""
    entries = (("covered", words.text(N_("Coverage"))), ("fresh", words.text(N_("Freshness"))))
    parts = []
    for index, (name, text) in enumerate(entries):
        at = x + 180 * index
        parts.append(el("line", x1=at, x2=at + 24, y1=y - 4, y2=y - 4, class_=f"line {name}"))
        parts.append(el("text", text, x=at + 32, y=y, class_=f"name {name}"))
    return join(parts)


def _said(points: Sequence[Point], words: Words) -> str:
    """Return the last point as a sentence, for those who do not see the chart."""
    last = points[-1]
    return words.text(
        N_("{name}: coverage {coverage}, freshness {freshness} in {month}; in {first} coverage was {share}"),
        name=_name(last, words),
        coverage=last.tally.coverage,
        freshness=last.tally.freshness,
        month=last.month,
        first=points[0].month,
        share=points[0].tally.coverage,
    )


def _name(point: Point, words: Words) -> str:
    return words.text(N_("All languages")) if point.language == ALL else words.language(point.language)


def _svg(width: int, height: int, parts: Iterable[Markup], label: str, **attributes: str) -> Markup:
    """Return an SVG that is read out as one picture. Its texts are placed from the left in every language."""
    named = {"role": "img", "aria_label": label} if label else {}
    size: dict[str, str | int] = {
        "viewBox": f"0 0 {width} {height}",
        "width": width,
        "height": height,
        "direction": "ltr",
    }
    return el("svg", *parts, **size, **named, **attributes)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _number(month: str) -> int:
    """Return `2024-03` as the number of months since year 0."""
    year, _, rest = month.partition("-")
    return int(year) * 12 + int(rest) - 1
