"""A site's past as judgements need it: the versions of files, and what was worked out about them, each once."""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from transtool.document import Document, Unreadable, parse
from transtool.history import Alike, History, Trail, Version, blob_id
from transtool.model import Dismissed
from transtool.settings import Reading, Series

if TYPE_CHECKING:  # what splits pages and compares them is imported where any has to be
    from transtool.segments import Segment
    from transtool.staleness.pages import Page, PageDiff
    from transtool.staleness.pairing import Pairing

_COMPARED = 16
"""Files remembered while moved files are looked for: each is compared with several others."""

WordPair = tuple[str, str]
"""What a segment of a source said before and after a change of it, as it is written."""

_Key = tuple[str, str, tuple[str, ...], Reading]
"""What a page depends on: the bytes of its file, its path, and how it is read."""

Reader = Callable[[str], bytes | None]
"""Gives the bytes of a git object by its name; None where git does not have it."""

Expect = Callable[[Iterable[str]], None]
"""Is told which objects will be read, by their names, so that they can be read at once."""


def _expect_nothing(names: Iterable[str]) -> None:
    """Read no object before it is asked for."""


class Past:
    """What git remembers of a site. Pages, their diffs and their pairings are worked out when needed, and kept.

    `reason` says why there is no history (see `git.Snapshot`). `at` is the commit that is judged; None stands for the
    working tree. `missing` are the names of the objects that `read` could not give so far. `dismissed` are the changes
    of sources that the site says need no translation. `expect` is told what `read` is going to be asked for.
    """

    def __init__(
        self,
        history: History | None,
        read: Reader,
        *,
        expect: Expect = _expect_nothing,
        algorithm: str = "sha1",
        reason: str = "",
        at: int | None = None,
        missing: set[str] | None = None,
        dismissed: Dismissed | None = None,
    ) -> None:
        """Take the history, if there is one, and a reader of objects."""
        self.dismissed = dismissed or Dismissed()
        self.history = history
        self.reason = reason if history is not None else reason or "no-git"
        self.read, self.expect = read, expect
        self.algorithm = algorithm
        self.missing = set() if missing is None else missing
        self._at = at
        self._trails: dict[str, Trail] = {}
        self._pages: dict[_Key, Page | None] = {}
        self._presents: dict[str, Page] = {}
        self._diffs: dict[tuple[Page, Page], PageDiff] = {}
        self._pairings: dict[tuple[Page, Page, bool], Pairing] = {}
        self._inferred: dict[tuple[Version, str], Page] = {}
        self._heads: dict[str, Document] = {}
        self._unaffected: dict[tuple[str, Version | None], tuple[WordPair, ...]] = {}

    def anew(self) -> "Past":
        """Return the same past with nothing worked out yet."""
        return Past(
            self.history,
            self.read,
            expect=self.expect,
            algorithm=self.algorithm,
            reason=self.reason,
            at=self._at,
            missing=self.missing,
            dismissed=self.dismissed,
        )

    def as_of(self, commit: int) -> "Past":
        """Return the past as it was when `commit` was the newest. What either of the two works out, both keep."""
        then = copy(self)
        then._at, then._trails = commit, {}
        return then

    def blob_of(self, document: Document) -> str:
        """Return the id that git gives a file as it is now."""
        return blob_id(document.data, self.algorithm)

    def trail(self, document: Document) -> Trail | None:
        """Return the versions of a file, the present one at their head; None where there is no history.

        A file that differs from what is committed only by its line ends (git may change them on checkout) is unchanged.
        """
        if self.history is None:
            return None
        trail = self._trails.get(document.path)
        if trail is None:
            committed = self.history.blob(document.path, self.history.head if self._at is None else self._at)
            blob = self.blob_of(document)
            if committed not in ("", blob) and b"\r\n" in document.data:
                unix = blob_id(document.data.replace(b"\r\n", b"\n"), self.algorithm)
                blob = unix if unix == committed else blob
            trail = self._trails[document.path] = self.history.trail(document.path, blob=blob, at=self._at)
        return trail

    def present_page(self, document: Document, segments: "tuple[Segment, ...]", series: Series) -> "Page":
        """Return the page of a file as it is now. Versions with the same bytes are the same page from then on."""
        from transtool.staleness.pages import Page

        page = self._presents.get(document.path)
        if page is None or page.segments is not segments:
            page = self._presents[document.path] = Page(self.blob_of(document), document, segments)
            self._pages[_key(page.blob, document.path, series)] = page
        return page

    def diff(self, old: "Page", new: "Page") -> "PageDiff":
        """Return the edit script from one page to another."""
        from transtool.staleness.pages import diff_pages

        found = self._diffs.get((old, new))
        if found is None:
            found = self._diffs[old, new] = diff_pages(old, new)
        return found

    def pairing(self, source: "Page", translation: "Page", *, complete: bool = False) -> "Pairing":
        """Return the pairing of two pages, from what they say themselves (see `pair_pages`)."""
        from transtool.staleness.pairing import pair_pages

        key = (source, translation, complete)
        found = self._pairings.get(key)
        if found is None:
            found = self._pairings[key] = pair_pages(source, translation, complete=complete)
        return found

    def inferred(self, first: Version, committed: "Page", infer: "Callable[[], Page]") -> "Page":
        """Return the source that the first version of a translation was made from: what `infer` returned once.

        `committed` is the source in the same commit.
        """
        key = (first, committed.blob)
        if key not in self._inferred:
            self._inferred[key] = infer()
        return self._inferred[key]

    def document(self, version: Version) -> Document | None:
        """Return the file of `version`; None where git does not have it, or where it cannot be read."""
        data = self.read(version.blob)
        return None if data is None else self._document(version.path, data)

    def unaffected(
        self, document: Document, head: Version | None, find: Callable[[], tuple[WordPair, ...]]
    ) -> tuple[WordPair, ...]:
        """Return what commits up to the version `head` of a source say needs no translation: what `find` returned."""
        key = (document.path, head)
        if key not in self._unaffected:
            self._unaffected[key] = find()
        return self._unaffected[key]

    def page(self, version: Version, series: Series) -> "Page | None":
        """Return the page of `version`; None where git does not have it, or where it cannot be read."""
        key = _key(version.blob, version.path, series)
        if key not in self._pages:
            data = self.read(version.blob)
            self._pages[key] = None if data is None else self._split(data, version.path, series, version.blob)
        return self._pages[key]

    def page_of(self, data: bytes, path: str, series: Series, blob: str = "") -> "Page | None":
        """Return the page with these bytes; None where they cannot be read."""
        blob = blob or blob_id(data, self.algorithm)
        key = _key(blob, path, series)
        if key not in self._pages:
            self._pages[key] = self._split(data, path, series, blob)
        return self._pages[key]

    def _split(self, data: bytes, path: str, series: Series, blob: str) -> "Page | None":
        from transtool.segments import split
        from transtool.staleness.pages import Page

        document = self._document(path, data)
        if document is None:
            return None
        segments = split(document, series.fields.translated, series.reading)
        return Page(blob, document, segments)

    def _document(self, path: str, data: bytes) -> Document | None:
        # Most versions of a page share their front matter, which is therefore parsed once.
        last = self._heads.get(path)
        if last is not None and last.format != "none" and not data.startswith(b"\xef\xbb\xbf"):
            head = last.text[: last.body_start]
            try:
                text = data.decode()
            except UnicodeDecodeError:
                return None
            if text.startswith(head) and head.endswith("\n"):
                return replace(last, data=data)
        document = parse(path, data)
        if isinstance(document, Unreadable):
            return None
        self._heads[path] = document
        return document


def _key(blob: str, path: str, series: Series) -> _Key:
    return (blob, path, tuple(series.fields.translated), series.reading)


def alike_in(read: Reader) -> Alike:
    """Return what tells `history.parse` how similar two blobs are, to follow files that moved and changed at once."""
    from transtool.history.renames import alike

    read = lru_cache(maxsize=_COMPARED)(read)

    def share(one: str, other: str) -> float:
        left, right = read(one), read(other)
        if left is None or right is None:
            read.cache_clear()  # each time that an object is missed, `read` is to take note of it
            return 0.0
        return alike(left, right)

    return share
