"""The data file under the name that it had when it was for Jekyll only: what is `lang` is called `language` as well."""

from typing import Any

from transtool.i18n import ENGLISH, Words
from transtool.model import Report
from transtool.render import page_data
from transtool.render.json_text import dumps


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return the data file; see `page_data.render`."""
    return dumps(document(report), indent=1)


def document(report: Report) -> dict[str, Any]:
    """Return the plain values of `page_data.document`, with the older name where templates may look for it."""
    data = page_data.document(report)
    files = [file for episode in data["episodes"].values() for file in episode["files"]]
    for each in (*data["pages"].values(), *files):
        each["language"] = each["lang"]
    return data
