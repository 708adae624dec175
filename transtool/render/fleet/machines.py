"""A fleet for programs: what the formats of one site say, with the name of the site beside it."""

from typing import Any

from transtool.fleet import Broken, Fleet, Judged
from transtool.i18n import ENGLISH, Words
from transtool.render import csv_report, json_report
from transtool.render.json_text import dumps
from transtool.render.spreadsheet import table


def json_of(fleet: Fleet, words: Words = ENGLISH) -> str:
    """Return the JSON document: a summary, and for each site its own document or what is wrong with it."""
    return dumps(
        {
            "schema": json_report.SCHEMA,
            "tool": {"name": "transtool", "version": fleet.version},
            "summary": {
                "sites": len(fleet.judged),
                "broken": len(fleet.broken),
                "languages": {language: json_report.tally_of(fleet.tally(language)) for language in fleet.languages},
            },
            "sites": [_site(site) for site in fleet.sites],
        }
    )


def csv_of(fleet: Fleet, words: Words = ENGLISH) -> str:
    """Return a line for each translation, which begins with the name of its site; see `csv_report`."""
    rows = ((site.name, *row) for site in fleet.judged for row in csv_report.rows(site.report))
    return csv_report.BYTE_ORDER_MARK + table([("site", *csv_report.COLUMNS), *rows])


def _site(site: Judged | Broken) -> dict[str, Any]:
    match site:
        case Judged(name=name, report=report):
            return {"name": name, "report": json_report.document(report), "errors": []}
        case Broken(name=name, problems=problems):
            return {"name": name, "report": None, "errors": [str(problem) for problem in problems]}
