"""Edits of translations, labelled by what their site's history says of them.

Two questions: did this edit follow that one? And where a commit followed some changes of the source and left a segment
alone whose source had changed as well: was that reviewed, or is it still waiting?

A translation is *in step* with a version of its source at certain commits: those that move its pin or, on a site
without pins, those whose title says so (`i18n(fr): update …`). Between them the source goes on. Of a segment of the
source that changed, and of an edit of what stands for it, there are these kinds:

- `update`: the commit brought the translation in step with the source's change and edited the segment: it followed (1);
- `touched`: the source had changed, a commit edited the segment without saying that the translation is in step, and the
  next one that did edited the segment again, though the source had left it alone since (0);
- `before`: the segment was edited while the source's was as it had been, which changed only later (0);
- `unclear`: as `touched`, but nobody edited the segment again, so that nobody knows (counted, not fitted on).

For the other question there is one kind, `left`: segments that were left alone by a commit that brought the translation
in step and edited others. They were reviewed (1) unless the next such commit edited them though the source had not
changed since (0); so were those left alone by a commit that said nothing (0).

A change of both sides in one commit is no example: there transtool takes it for followed without asking.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from benchmarks.fit.edges import Edge, Titles, Walk, Went, paired, went
from benchmarks.pins.adapter import Page as Translation
from benchmarks.pins.adapter import pages
from benchmarks.pins.halves import half
from transtool.site.open import Site
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page

_LATER = 4
"""How many later updates are searched for the change that came after an edit."""

_BEFORE = 5
"""Examples `before` that one commit gives at most: mass edits would give thousands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One edit of a segment of a translation, and one of what it stands for in the source.

    `changed` counts the source's segments that changed and have a counterpart, `changed_touched` those of them whose
    counterpart the commit edited; `kept` and `kept_touched` count those that did not change. `alone`: nothing else
    stands for the segment.
    """

    site: str
    key: str
    path: str
    half: str
    kind: str
    label: int
    source: tuple[str, str]
    own: tuple[str, str]
    changed: int
    changed_touched: int
    kept: int
    kept_touched: int
    alone: bool


@dataclass(frozen=True)
class Both:
    """A change of the source and an edit of the translation, segment by segment (positions are the old source's)."""

    source: Went
    own: Went
    pairs: Mapping[int, tuple[int, ...]]

    @cached_property
    def touched(self) -> frozenset[int]:
        """The segments of the source whose counterparts were edited."""
        return frozenset(at for at, there in self.pairs.items() if not self.own.edited.isdisjoint(there))

    @cached_property
    def changed(self) -> frozenset[int]:
        """The segments of the source that changed and have a counterpart."""
        return self.source.edited & self.pairs.keys()

    @cached_property
    def kept(self) -> frozenset[int]:
        """The segments of the source that did not change and have a counterpart."""
        return self.source.kept & self.pairs.keys()

    def said(self, at: int) -> tuple[str, str]:
        """Return what stood for a segment of the source, and stands for it now."""
        texts = [self.own.said(target) for target in self.pairs[at]]
        olds, news = (" ".join(dict.fromkeys(filter(None, side))) for side in zip(*texts, strict=True))
        return olds, news

    def is_alone(self, at: int) -> bool:
        """Say whether the counterpart of a segment stands for nothing else."""
        return sum(not {*self.pairs[at]}.isdisjoint(there) for there in self.pairs.values()) == 1


class Examples:
    """The examples that one site gives."""

    def __init__(self, site: Site, past: Past, name: str, titles: Titles | None = None) -> None:
        """Take an open site, its past and a name; `titles` where it keeps no pins."""
        self._site, self._past, self._name, self._titles = site, past, name, titles
        self._random = random.Random(name)

    def of_all(self, most: int) -> Iterator[Example]:
        """Yield the examples of at most so many translations, drawn with a fixed seed."""
        found = sorted(pages(self._site), key=lambda page: page.path)
        for page in self._random.sample(found, min(most, len(found))):
            yield from self._of(page)

    def _of(self, page: Translation) -> Iterator[Example]:
        walk = Walk(page, self._past.anew(), self._site.config, self._titles)
        edges = [*walk.edges()]
        for at, edge in enumerate(edges):
            own, pairs = went(edge.before, edge.after), paired(edge.then, edge.before)
            if not own.edited:
                continue
            both = Both(went(edge.then, edge.known if edge.is_update else edge.source), own, pairs)
            for place in sorted(both.changed & both.touched):
                if edge.is_update:
                    yield self._example(page, both, place, "update")
                elif _was_redone(both, place, edge, edges[at + 1 :]):
                    yield self._example(page, both, place, "touched")
                else:
                    yield self._example(page, both, place, "unclear")
            yield from self._left(page, edge, both, edges[at + 1 :])
            known = (each.known for each in edges[at + 1 :] if each.is_update)
            later = dict.fromkeys(filter(None, (*islice(known, _LATER), walk.present())))
            yield from self._before(page, edge, [Both(went(edge.then, each), own, pairs) for each in later])

    def _before(self, page: Translation, edge: Edge, later: Sequence[Both]) -> Iterator[Example]:
        until = went(edge.then, edge.known if edge.is_update else edge.beside)
        found: dict[int, Both] = {}
        for both in reversed(later):
            found |= dict.fromkeys(both.changed & both.touched & until.kept, both)
        for at in self._random.sample(sorted(found), min(_BEFORE, len(found))):
            yield self._example(page, found[at], at, "before")

    def _left(self, page: Translation, edge: Edge, both: Both, later: Sequence[Edge]) -> Iterator[Example]:
        if both.changed.isdisjoint(both.touched):
            return
        for at in sorted(both.changed - both.touched):
            redone = _was_redone(both, at, edge, later)
            if edge.is_update or redone:
                yield self._example(page, both, at, "left", label=int(not redone))

    def _example(self, page: Translation, both: Both, at: int, kind: str, label: int | None = None) -> Example:
        return Example(
            site=self._name,
            key=page.episode.key,
            path=page.path,
            half=half(page.episode.key),
            kind=kind,
            label=int(kind == "update") if label is None else label,
            source=both.source.said(at),
            own=both.said(at),
            changed=len(both.changed),
            changed_touched=len(both.changed & both.touched),
            kept=len(both.kept),
            kept_touched=len(both.kept & both.touched),
            alone=both.is_alone(at),
        )


def _was_redone(both: Both, at: int, edge: Edge, later: Sequence[Edge]) -> bool:
    """Say whether the next commit that brought the translation in step edited a segment again, for the same change."""
    source = both.source.became(at)
    start = edge.known if edge.is_update else edge.source
    if not edge.is_update and not {*source} <= went(edge.source, edge.beside).kept:
        return False
    places = {new for old in both.pairs[at] for new in both.own.became(old)}
    page: Page = edge.after
    for each in later:
        if each.before.blob != page.blob:  # another branch
            continue
        own = went(each.before, each.after)
        if each.is_update:
            return not own.edited.isdisjoint(places) and {*source} <= went(start, each.known).kept
        places, page = {new for place in places for new in own.became(place)}, each.after
    return False
