"""Find links of a translation that lead to the source language's page, or to a place that is not on the page."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from transtool.assess.judgement import Link
from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording_of

_TARGET = re.compile(
    r"\]\(\s*+<?([^\s()<>\"']++)|\bhref=[\"']([^\"'\s]++)[\"']|^\[[^\]\n]++\]:\s*+(\S++)", re.MULTILINE
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_GIVEN_ID = re.compile(r"\{\s*+:?+\s*+#([\w.:-]++)|\{/\*\s*+#([\w.:-]++)|\b(?:id|name)=[\"']([^\"']++)[\"']")
_MARKUP = re.compile(r"\{[^{}]*+\}|<[^<>]*+>")


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
