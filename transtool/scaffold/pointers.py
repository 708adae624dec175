"""Make the field by which a translation names its source, the way the site's other translations write it."""

import posixpath
from collections import Counter
from collections.abc import Callable, Iterator

from transtool.link import ORIGIN, Catalogue, Entry, readable

Forms = tuple[tuple[str, str], ...]
"""Ways to name a source, most used first: the origin of a URL or nothing, and the name of the form of the path."""


def forms(series: str, field: str, catalogue: Catalogue) -> Forms:
    """Return how the translations of `series` name their sources in `field`, most used first."""
    return tuple(form for form, _ in Counter(_used(series, field, catalogue)).most_common())


def pointer(source: Entry, known: Forms) -> str:
    """Return how a translation names `source`: in the first of the forms that it has, else by `/` and its path."""
    for origin, name in known:
        text = _FORMS[name](source)
        if text is not None:
            return origin + text
    return f"/{source.path}"


def _used(series: str, field: str, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Give the form (origin of a URL, name of the form) in which each translation of the series names its source."""
    for episode in catalogue.episodes:
        if episode.series != series or episode.source is None:
            continue
        for entry in episode.translations.values():
            page = readable(entry)
            told = None if page is None else page.raw(field)
            if told:
                found = ORIGIN.match(told)
                origin = found.group() if found else ""
                rest = told[len(origin) :]
                yield from ((origin, name) for name, form in _FORMS.items() if form(episode.source) == rest)


def _stem(entry: Entry) -> str:
    return posixpath.splitext(entry.path)[0]


def _permalink(entry: Entry) -> str | None:
    page = readable(entry)
    return None if page is None else page.raw("permalink")


_FORMS: dict[str, Callable[[Entry], str | None]] = {
    "rooted path": lambda entry: f"/{entry.path}",
    "path": lambda entry: entry.path,
    "rooted stem": lambda entry: f"/{_stem(entry)}",
    "folder": lambda entry: f"/{_stem(entry)}/",
    "stem": _stem,
    "name": lambda entry: posixpath.basename(entry.path),
    "permalink": _permalink,
}
