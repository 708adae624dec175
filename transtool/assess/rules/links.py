"""Find links of a translation that lead to the source language's page, or to a place that is not on the page."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import normpath

from transtool.layout import Template
from transtool.link import Catalogue, Entry, Episode
from transtool.model import Language, SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording_of

_TARGET = re.compile(
    r"\]\(\s*+<?([^\s()<>\"']++)|\bhref=[\"']([^\"'\s]++)[\"']|^\[[^\]\n]++\]:\s*+(\S++)", re.MULTILINE
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_SUFFIX = re.compile(r"\.(?:mdx?|markdown|html?)\Z")
_INDEX = re.compile(r"(?:\A|/)(?:_?index|README)\Z", re.IGNORECASE)
_GIVEN_ID = re.compile(r"\{\s*+:?+\s*+#([\w.:-]++)|\{/\*\s*+#([\w.:-]++)|\b(?:id|name)=[\"']([^\"']++)[\"']")
_MARKUP = re.compile(r"\{[^{}]*+\}|<[^<>]*+>")


@dataclass(frozen=True, slots=True)
class Link:
    """One link inside the site: its line and its target as written."""

    line: int
    target: str


def links(segments: Iterable[Segment]) -> Iterator[Link]:
    """Give the links of a page that lead to another page of the site, or to a place on this one."""
    for segment in segments:
        if segment.kind is SegmentKind.CODE or segment.field:
            continue
        for match in _TARGET.finditer(segment.text):
            target = next(filter(None, match.groups()))
            if not _SCHEME.match(target) and "{" not in target:
                yield Link(segment.line + segment.text.count("\n", 0, match.start()), target)


def anchors(segments: Sequence[Segment]) -> frozenset[str]:
    """Return the names that places on a page may have: ids given in it, and what generators make of its headings.

    Generators differ (GitHub's slugger, kramdown, Hugo, python-markdown), so every form that any of them makes counts.
    """
    given = {
        name for segment in segments for match in _GIVEN_ID.finditer(segment.text) for name in match.groups() if name
    }
    headings = (_MARKUP.sub("", segment.text) for segment in segments if segment.kind is SegmentKind.HEADING)
    return frozenset(given.union(*(_slugs(wording_of(text)) for text in headings)))


def missing_anchors(translation: Sequence[Segment], found: Iterable[Link], source: Sequence[Segment]) -> Iterator[Link]:
    """Give the links to places on the same page that the page has not, though its source has them.

    A place that the source has not, either, is made by something else (a component, a script), or is its problem.
    """
    own: frozenset[str] | None = None
    theirs: frozenset[str] | None = None
    for link in found:
        if link.target.startswith("#") and len(link.target) > 1:
            name = _decoded(link.target[1:])
            own = anchors(translation) if own is None else own
            if name in own:
                continue
            theirs = anchors(source) if theirs is None else theirs
            if name in theirs:
                yield link


def _slugs(heading: str) -> Iterator[str]:
    text = heading.strip().casefold()
    kept = "".join(sign for sign in text if sign in " -_" or unicodedata.category(sign)[0] in "LNM")
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    for form in (kept, text, ascii_only, "".join(sign for sign in ascii_only if sign.isalnum() or sign in " -_")):
        hyphened = form.replace(" ", "-")
        yield hyphened
        yield re.sub("-+", "-", hyphened).strip("-")
        yield re.sub(r"[^\w]+", "-", form).strip("-")
        yield re.sub("^[^a-z]+", "", hyphened)


def _decoded(name: str) -> str:
    from urllib.parse import unquote

    return unicodedata.normalize("NFC", unquote(name)).casefold()


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
