"""Formats: each is a function from a report and words to text (or bytes), imported only when it is asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from transtool.errors import N_

RENDERERS: Mapping[str, str] = {
    "table": "transtool.render.table:render",
    "json": "transtool.render.json_report:render",
    "csv": "transtool.render.csv_report:render",
    "markdown": "transtool.render.markdown:render",
    "html": "transtool.render.html:render",
    "sarif": "transtool.render.sarif:render",
    "github": "transtool.render.github:render",
    "junit": "transtool.render.junit:render",
    "atom": "transtool.render.atom:render",
    "badge": "transtool.render.badge:render",
    "shields": "transtool.render.badge:shields",
    "xlsx": "transtool.render.xlsx:render",
    "parquet": "transtool.render.parquet:render",
    "data": "transtool.render.page_data:render",
    "jekyll": "transtool.render.page_data:jekyll",
}
"""The formats of `check` and `report`, and the function of each."""

BINARY: Mapping[str, str] = {
    "xlsx": N_("a workbook cannot be shown on a terminal: use --output FILE"),
    "parquet": N_("Parquet cannot be shown on a terminal: use --output FILE"),
}
"""Formats that are not text, and what is said where they would go to a terminal."""

SUFFIXES: Mapping[str, str] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".html": "html",
    ".sarif": "sarif",
    ".xml": "junit",
    ".atom": "atom",
    ".svg": "badge",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}
"""The format that a file's name asks for; any other name gets the table."""
TRENDS: Mapping[str, str] = {
    "table": "transtool.render.trend_table:render",
    "html": "transtool.render.html:render",
    "csv": "transtool.render.trend_table:csv_of",
    "svg": "transtool.render.html.charts:render",
    "json": "transtool.render.trend_table:json_of",
}
"""The formats of `report --history`, and the function of each."""

TREND_SUFFIXES: Mapping[str, str] = {".html": "html", ".csv": "csv", ".svg": "svg", ".json": "json"}
"""The format of `report --history` that a file's name asks for; any other name gets the table."""


def renderer(name: str, known: Mapping[str, str] = RENDERERS) -> Callable[..., Any]:
    """Return the function of a format, which is imported now. Raises KeyError for a name that is not `known`.

    The formats of reports take a Report and Words, `table` also how to draw, `junit` what fails the run. Those of
    `TRENDS` take a Trend and Words, but `html`, which takes a Report, Words and `trend`.
    """
    module, _, function = known[name].partition(":")
    found: Callable[..., Any] = getattr(import_module(module), function)
    return found
