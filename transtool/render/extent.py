"""How much of a report is shown on a terminal; apart from what draws there, so that options can be read without it."""

from enum import StrEnum


class Extent(StrEnum):
    """How much of a report is shown: a page, all findings, their numbers alone, or only what fails the run."""

    PAGE = "page"
    ALL = "all"
    SUMMARY = "summary"
    FAILING = "failing"
