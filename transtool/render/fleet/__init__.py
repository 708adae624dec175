"""Formats of a fleet: each is a function from a Fleet and words, imported only when it is asked for."""

from collections.abc import Mapping

from transtool.errors import N_
from transtool.fleet import Fleet
from transtool.i18n import Words

RENDERERS: Mapping[str, str] = {
    "table": "transtool.render.fleet.text:render",
    "json": "transtool.render.fleet.machines:json_of",
    "csv": "transtool.render.fleet.machines:csv_of",
    "markdown": "transtool.render.fleet.text:render_markdown",
    "html": "transtool.render.fleet.page:render",
    "parquet": "transtool.render.parquet:fleet",
}
"""The formats of `fleet`, and the function of each."""

SUFFIXES: Mapping[str, str] = {
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".html": "html",
    ".parquet": "parquet",
}
"""The format that a file's name asks for; a folder gets the pages, any other name the table."""


def title(fleet: Fleet, words: Words) -> str:
    """Return how many sites there are, and how many translations."""
    sites, expected = len(fleet.judged), fleet.tally().expected
    return words.text(N_("{counted_sites}, {counted_translations} expected"), sites=sites, translations=expected)
