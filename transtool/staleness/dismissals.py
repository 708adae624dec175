"""Changes of a source that need no translation, because somebody said so; and segments that somebody reviewed.

A dismissed change is known by its words before and after, wherever it is committed. Dismissed changes are the edges
of a graph whose nodes are wordings: a translation of one wording stands for all that can be reached from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product
from typing import NamedTuple

from transtool.model import Change, ChangeKind
from transtool.segments import Segment, page_digest
from transtool.segments.views import digest, wording, wording_of
from transtool.staleness.page_store import Past, WordPair
from transtool.staleness.pages import PageDiff, text_of
from transtool.staleness.translation_pair import Pair
from transtool.text.edit_size import edit_size
from transtool.text.expressions import compiled
from transtool.text.similarity import similarity
from transtool.text.words import bare

_KEY = 12
"""Hexadecimal digits of the name of a dismissed change: enough for a page, and for all pages of a large site."""

_MARK = 8
"""Hexadecimal digits of the mark of a reviewed segment: enough for one page."""

_SAME = 0.5
"""Similarity from which on a new segment counts as an edit of one that was dismissed before. Set by hand."""

_ATTEMPTS = 256
"""Versions of a source that are made by taking dismissed changes back, to find the one that was stamped: all subsets of
eight changes of a page."""

_FARTHEST = 500
"""Wordings that are followed from one: more than anybody dismisses of one segment."""

_CLOSEST = 64
"""Of those, the last ones that are compared with what the source says now."""


def said(text: str) -> str:
    """Return what counts of the words of a segment as it is written."""
    return bare(wording_of(text))


def name_of(before: str, after: str) -> str:
    """Return the name of a dismissed change, which no other change of the page has."""
    return digest(f"{said(before)}\0{said(after)}")[:_KEY]


def mark(change: Change) -> str:
    """Return the mark of a segment that was reviewed: of what it says now; of a removed one, with `-`, what it said."""
    if change.change is ChangeKind.REMOVED:
        return f"-{_mark_of(change.before)}"
    return _mark_of(change.after)


def marks(segments: Sequence[Segment]) -> frozenset[str]:
    """Return the marks that the segments of a source may have."""
    return frozenset(_mark_of(each.text) for each in segments if each.translatable)


def _mark_of(text: str) -> str:
    return digest(said(text))[:_MARK]


class Settled(NamedTuple):
    """What is left of a change: None if nothing; and the names of the dismissed changes that this rests on."""

    change: Change | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dismissals:
    """What was dismissed of the source of one translation, and the marks of the segments of it that were `reviewed`."""

    pairs: tuple[WordPair, ...]
    reviewed: frozenset[str] = frozenset()

    def settle(self, change: Change) -> Settled:
        """Return what is left of a change: nothing, or the part that is newer than what was dismissed or reviewed."""
        if self.reviewed and mark(change) in self.reviewed:
            return Settled(None)
        if not self.pairs:
            return Settled(change)
        reached = self._reached(change.before)
        goal = said(change.after)
        if goal in reached:
            return Settled(None, reached[goal].names)
        nearest = self._nearest(change, [*reached.values()])
        return Settled(change) if nearest is None else Settled(_since(nearest.text, change), nearest.names)

    def shorter(self, change: Change) -> Iterator[Change]:
        """Yield an edit as it would be without what was dismissed last: up to the words before that."""
        if change.change is ChangeKind.EDITED:
            goal = said(change.after)
            texts = (before for before, after in self.pairs if before and said(after) == goal)
            yield from (replace(change, after=text) for text in texts)

    def undone(self, segments: Sequence[Segment], wanted: str) -> tuple[str, ...] | None:
        """Return the names of the dismissed changes without which a source has the digest `wanted`.

        None where no choice of them gives it. What was removed cannot be put back, as nobody knows where it was.
        """
        if not any(after for _, after in self.pairs):
            return None
        ways = [self._ways(each) for each in segments]
        for taken in islice(product(*ways), _ATTEMPTS):
            if page_digest((way.field, way.wording) for way in taken if way.is_there) == wanted:
                return tuple(name for way in taken for name in way.names)
        return None

    @cached_property
    def _edges(self) -> "dict[str, list[_Node]]":
        edges: dict[str, list[_Node]] = {}
        for before, after in self.pairs:
            edges.setdefault(said(before), []).append(_Node(after, (name_of(before, after),)))
        return edges

    def _reached(self, text: str) -> "dict[str, _Node]":
        """Return what a translation of `text` stands for: by what counts of its words; the text itself first."""
        start = said(text)
        reached = {start: _Node(text, ())}
        waiting = [start]
        for place in islice(waiting, _FARTHEST):
            if place or not start:  # what was removed is no reason to do without whatever else was added
                for edge in self._edges.get(place, ()):
                    if said(edge.text) not in reached:
                        reached[said(edge.text)] = _Node(edge.text, reached[place].names + edge.names)
                        waiting.append(said(edge.text))
        return reached

    def _nearest(self, change: Change, reached: "Sequence[_Node]") -> "_Node | None":
        """Return what a change went on from, None if from what it says itself."""
        after = wording_of(change.after)
        if change.change is ChangeKind.EDITED:
            found = min(
                (each for each in (reached[0], *reached[-_CLOSEST:]) if each.text),
                key=lambda each: edit_size(wording_of(each.text), after).characters,
            )
            return found if found.names else None
        texts = [each for each in reached[-_CLOSEST:] if each.text and after]
        there = [(similarity(wording_of(each.text), after), each) for each in texts]
        best = max(there, key=lambda each: each[0], default=None)
        return best[1] if best is not None and best[0] >= _SAME else None

    def _ways(self, segment: Segment) -> "tuple[_Way, ...]":
        """Return what a segment may have said before dismissed changes of it, beginning with what it says now."""
        found = [_Way(segment.field, wording(segment), ())]
        if not segment.translatable:
            return tuple(found)
        for way in found:
            for before, after in self.pairs if way.is_there else ():
                older = wording_of(before)
                if after and said(after) == bare(way.wording) and all(older != each.wording for each in found):
                    found.append(_Way(segment.field, older, (*way.names, name_of(before, after)), bool(before)))
        return tuple(found)


class _Node(NamedTuple):
    """What a segment says, as it is written, and the names of the dismissed changes that lead there."""

    text: str
    names: tuple[str, ...]


class _Way(NamedTuple):
    """What a segment may have said, if it was there, and the names of the changes that are taken back then."""

    field: str
    wording: str
    names: tuple[str, ...]
    is_there: bool = True


def _since(text: str, change: Change) -> Change:
    """Return the part of a change that is newer than `text`."""
    size = edit_size(wording_of(text), wording_of(change.after))
    return replace(change, before=text, words=size.words, characters=size.characters)


def dismissals(pair: Pair, reviewed: Sequence[str], past: Past) -> Dismissals:
    """Return what the site's file and the messages of commits dismiss of a source, for the language of `pair`."""
    language = pair.language.casefold()
    told = (
        (each.before, each.after)
        for each in past.dismissed.of(pair.entry.series, pair.entry.key)
        if not each.languages or language in (name.casefold() for name in each.languages)
    )
    return Dismissals((*told, *_unaffected(pair, past)), frozenset(reviewed))


def _unaffected(pair: Pair, past: Past) -> tuple[WordPair, ...]:
    """Return what commits changed in a source whose messages say that translations are not affected."""
    if past.history is None or not past.history.trailers:
        return ()
    trail = past.trail(pair.source)
    return past.unaffected(pair.source, trail.head if trail else None, lambda: tuple(_committed(pair, past)))


def _committed(pair: Pair, past: Past) -> Iterator[WordPair]:
    trail, history = past.trail(pair.source), past.history
    if trail is None or history is None:
        return
    expression = compiled(pair.config.unaffected, ignore_case=True)
    for version in trail.versions():
        if any(expression.search(line) for line in history.trailers.get(version.commit, ())):
            for parent in trail.parents(version):
                old, new = past.page(parent, pair.series), past.page(version, pair.series)
                if old is not None and new is not None:
                    yield from _word_pairs(past.diff(old, new))


def _word_pairs(diff: PageDiff) -> Iterator[WordPair]:
    """Yield what an edit script changed, segment by segment of the new page; then what it removed."""
    for at in sorted(diff.changed):
        if diff.new.segments[at].translatable:
            yield text_of(diff.old.segments[old] for old in diff.became[at].old), diff.new.segments[at].text
    yield from ((diff.old.segments[at].text, "") for at in sorted(diff.removed) if diff.old.segments[at].translatable)
