"""Formats of a fleet: each is a function from a Fleet and words, imported only when it is asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType

RENDERERS: Mapping[str, str] = MappingProxyType(
    {
        "table": "transtool.render.fleet.text:render",
        "json": "transtool.render.fleet.machines:json_of",
        "csv": "transtool.render.fleet.machines:csv_of",
        "markdown": "transtool.render.fleet.text:render_markdown",
        "html": "transtool.render.fleet.page:render",
        "parquet": "transtool.render.parquet:fleet",
    }
)
"""The formats of `fleet`, and the function of each."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {".json": "json", ".csv": "csv", ".md": "markdown", ".html": "html", ".parquet": "parquet"}
)
"""The format that a file's name asks for; a folder gets the pages, any other name the table."""


def renderer(name: str) -> Callable[..., str | bytes]:
    """Return the function of a format. Raises KeyError for a name that is not in `RENDERERS`."""
    module, _, function = RENDERERS[name].partition(":")
    found: Callable[..., str | bytes] = getattr(import_module(module), function)
    return found
