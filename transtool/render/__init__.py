"""Formats: each is a function from a report and words to text (or bytes), imported only when it is asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

RENDERERS: Mapping[str, str] = MappingProxyType(
    {
        "table": "transtool.render.table:render",
        "json": "transtool.render.json_report:render",
        "csv": "transtool.render.csv_report:render",
        "markdown": "transtool.render.markdown:render",
        "html": "transtool.render.html:render",
        "sarif": "transtool.render.sarif:render",
        "github": "transtool.render.github:render",
        "junit": "transtool.render.junit:render",
        "badge": "transtool.render.badge:render",
        "shields": "transtool.render.badge:shields",
        "xlsx": "transtool.render.xlsx:render",
        "jekyll": "transtool.render.jekyll:render",
    }
)
"""The formats of `check` and `report`, and the function of each."""

FORMATS = tuple(RENDERERS)

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".json": "json",
        ".csv": "csv",
        ".md": "markdown",
        ".html": "html",
        ".sarif": "sarif",
        ".xml": "junit",
        ".svg": "badge",
        ".xlsx": "xlsx",
    }
)
"""The format that a file's name asks for; any other name gets the table."""


def renderer(name: str) -> Callable[..., str | bytes]:
    """Return the function of a format: it takes a Report and Words; `table` also takes `colour` and `width`.

    Raises KeyError for a name that is not in `FORMATS`.
    """
    module, _, function = RENDERERS[name].partition(":")
    found: Callable[..., str | bytes] = getattr(import_module(module), function)
    return found
