"""The addresses of the pages of a site: where a link leads."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import normpath

from transtool.assess.judgement import Link
from transtool.layout import Template
from transtool.link import Catalogue, Entry, Episode
from transtool.model import Language

_SUFFIX = re.compile(r"\.(?:mdx?|markdown|html?)\Z")
_INDEX = re.compile(r"(?:\A|/)(?:_?index|README)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Addresses:
    """The addresses of the pages of a site: which episode and language a link leads to."""

    catalogue: Catalogue

    @cached_property
    def _pages(self) -> Mapping[str, tuple[Episode, Entry]]:
        """Every page by the addresses that its path or its permalink gives it."""
        found: dict[str, tuple[Episode, Entry]] = {}
        for episode in self.catalogue.episodes:
            for entry in episode.entries:
                for address in _addresses(entry):
                    found.setdefault(address, (episode, entry))
        return found

    def page_of(self, link: Link, page: Entry) -> Entry | None:
        """Return the page of the site that a link on `page` leads to; None where it leads elsewhere."""
        found = self._found(link, page)
        return None if found is None else found[1]

    def own_page(self, link: Link, page: Entry, source: Language) -> Entry | None:
        """Return the page in the language of `page` that `link` should lead to, where it leads to the source's.

        None where the link leads elsewhere, or that page does not exist.
        """
        found = self._found(link, page)
        if found is None or found[1].language != source or page.language == source:
            return None
        own = found[0].translations.get(page.language)
        return None if own is None or own.path == page.path else own

    def _found(self, link: Link, page: Entry) -> tuple[Episode, Entry] | None:
        target = link.target.partition("#")[0].partition("?")[0]
        return next(filter(None, map(self._pages.get, _readings(target, page.path))), None) if target else None


def _addresses(entry: Entry) -> Iterator[str]:
    """Give the addresses of a page: its path, and what follows the fixed beginning of its template."""
    yield _normal(entry.path)
    beginning = _fixed(entry.template)
    if beginning and entry.path.startswith(beginning):
        yield "/" + _normal("/" + entry.path[len(beginning) :]).lstrip("/")


def _fixed(template: Template) -> str:
    """Return the folders that a template begins with before anything in it varies."""
    return re.split(r"[\[{(]", template.text)[0].rpartition("/")[0] + "/"


def _readings(target: str, page: str) -> Iterator[str]:
    """Give the addresses that a link on `page` may mean.

    With a suffix, it is relative to the file. Without one it is relative to the address of the page, which is a folder
    (`talks/7/`) with most generators; else to the folder of the file.
    """
    if target.startswith("/"):
        yield _normal(target)
        return
    folder = page.rpartition("/")[0]
    if not _SUFFIX.search(target):
        yield _normal(normpath(f"{_normal(page)}/{target}"))
    yield _normal(normpath(f"{folder}/{target}"))


def _normal(target: str) -> str:
    """Return an address without suffix and index."""
    return _INDEX.sub("", _SUFFIX.sub("", target.rstrip("/"))) or "/"
