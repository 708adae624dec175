"""Data for a site's generator: language switchers and out-of-date banners from one file; see `docs/generators/`."""

from typing import Any

from transtool import languages
from transtool.i18n import ENGLISH, Words
from transtool.model import Cell, EpisodeReport, Language, Report, Status
from transtool.render.json_text import dumps

SCHEMA = 1

_ABSENT = (Status.MISSING, Status.EXEMPT)


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return the data file. It is the same in every language of the interface: names of languages are their own."""
    return dumps(document(report), indent=1)


def jekyll(report: Report, words: Words = ENGLISH) -> str:
    """Return the data file as it was when it was for Jekyll only: what is `lang` is called `language` as well."""
    data = document(report)
    files = [file for episode in data["episodes"].values() for file in episode["files"]]
    for each in (*data["pages"].values(), *files):
        each["language"] = each["lang"]
    return dumps(data, indent=1)


def document(report: Report) -> dict[str, Any]:
    """Return the data as plain values: `languages`, `episodes`, and `pages`, which leads from a path to the others."""
    tags = (report.source, *report.languages)
    return {
        "schema": SCHEMA,
        "source": report.source,
        "languages": {tag: {"name": languages.own_name(tag), "dir": languages.direction(tag)} for tag in tags},
        "episodes": {_id(episode): _episode(episode) for episode in report.episodes},
        "pages": {path: page for episode in report.episodes for path, page in _pages(episode).items()},
    }


def _id(episode: EpisodeReport) -> str:
    return f"{episode.series}/{episode.key}"


def _existing(episode: EpisodeReport) -> list[Cell]:
    return [cell for cell in episode.cells if cell.status not in _ABSENT]


def _episode(episode: EpisodeReport) -> dict[str, Any]:
    """Return the files there are (the source first) and the languages that are wanted, but not there."""
    source = episode.source
    files = [] if source is None else [_file(source.language, source.path, episode.title, "source")]
    files += [_file(cell.language, cell.path, cell.title, cell.status.value) for cell in _existing(episode)]
    return {
        "series": episode.series,
        "key": episode.key,
        "files": files,
        "missing": [cell.language for cell in episode.cells if cell.status is Status.MISSING],
    }


def _file(language: Language, path: str, title: str, status: str) -> dict[str, Any]:
    """Return an entry of a language switcher, whole: templates need to look nothing up."""
    return {**_language(language), "path": path, "title": title, "status": status}


def _language(tag: Language) -> dict[str, str]:
    """Return what the attributes `lang` and `dir` of an element hold, and the language's name in itself."""
    return {"lang": tag, "dir": languages.direction(tag), "name": languages.own_name(tag)}


def _pages(episode: EpisodeReport) -> dict[str, dict[str, Any]]:
    """Return what a page has to know of itself, by path."""
    source = episode.source
    about = {"episode": _id(episode), "source": None if source is None else source.path}
    pages = {cell.path: _page(cell) | about for cell in _existing(episode)}
    if source is not None:
        pages[source.path] = _language(source.language) | {"status": "source", "changes": 0, "words": 0} | about
    return pages


def _page(cell: Cell) -> dict[str, Any]:
    state = {"status": cell.status.value, "changes": len(cell.changes), "words": cell.words}
    return _language(cell.language) | state
