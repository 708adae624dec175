"""The part of the dashboard that shows how coverage and freshness went over time: charts, and the same as a table."""

from transtool.errors import N_
from transtool.i18n import Words
from transtool.render.html import charts
from transtool.render.html.elements import Markup, el, join
from transtool.trend.model import Point, Trend


def trend_section(trend: Trend, words: Words) -> Markup:
    """Return the charts and, folded up, their figures."""
    summary = el("summary", words.text(N_("The same as a table")))
    return join(charts.figure(trend, words), el("details", summary, _table(trend, words), class_="figures-table"))


def _table(trend: Trend, words: Words) -> Markup:
    """Return coverage and freshness of each language at the end of each year."""
    years = sorted({month[:4] for month in trend.months})
    head = [
        el("th", words.text(N_("Language")), scope="col"),
        *(el("th", year, scope="col", class_="n") for year in years),
    ]
    rows = []
    for language in trend.languages:
        by_year = {point.month[:4]: point for point in trend.of(language)}
        cells = [_cell(by_year.get(year), words) for year in years]
        rows.append(el("tr", el("th", words.language(language), scope="row"), cells))
    caption = el("caption", words.text(N_("Coverage and freshness at the end of each year")))
    return el("div", el("table", caption, el("thead", el("tr", head)), el("tbody", rows)), class_="scroll")


def _cell(point: Point | None, words: Words) -> Markup:
    if point is None:
        return el("td", "–", class_="n")
    text = words.text(N_("{coverage} / {freshness}"), coverage=point.tally.coverage, freshness=point.tally.freshness)
    return el("td", text, class_="n")
