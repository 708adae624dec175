"""What only the pages of a site together tell: what is kept on purpose, what is a habit, what nobody asked for.

A judgement of two files is remembered, so it may not depend on others. What does is settled here, when the report is
put together. Everything is learnt from the whole site, whatever part of it a run is about, and only when it is needed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from statistics import median
from types import MappingProxyType
from typing import TypeVar

from transtool.assess.addresses import Addresses
from transtool.assess.function_words import FunctionWords, function_words, is_foreign
from transtool.assess.judgement import Judgement, Link, Suspect
from transtool.assess.source_page import SHORTEST
from transtool.document import Document, same_value
from transtool.link import Catalogue, Entry, Episode, readable
from transtool.model import Finding, Json, Key, Language
from transtool.settings import Config, Mark, Reading

P = TypeVar("P", bound=Hashable)
T = TypeVar("T")

_HABIT = 5
_HABITUAL = 0.6
"""How many translations, and what share of those that have a field, differ from their source in it where it is no
shared field at all. Set by hand."""
_HARDLY = 0.15
"""Share of a series' pages, below which a language hardly has any: what lacks is said once."""
_MANY = 8
"""Missing pages of a language from which on they are said at once."""
_MOST = 60
"""Pages that what is usual is learnt from."""
_SAMPLE = 40
"""Translations of a language that its habits of linking are learnt from."""
_FEWEST_LINKS = 5
"""Links to the source's language that are no habit yet."""
_FEWEST_PAGES = 5
"""Pages of a language that tell how long its translations usually are."""
_KEPT = 3
"""Translations of a page that keep a segment, from which on it is kept on purpose, if they are at least half of all."""

_NUMBERS = re.compile(r"\d+")
_Texts = Mapping[str, AbstractSet[str]]


@dataclass(frozen=True, slots=True)
class Habit:
    """In how many translations a field differs from the source's, of those that have it or whose source has."""

    differ: int
    total: int


class Across:
    """What the files of a site say together; each answer is worked out once, when it is asked for."""

    def __init__(
        self, catalogue: Catalogue, config: Config, judgements: Mapping[str, Judgement] = MappingProxyType({})
    ) -> None:
        """Take the linked files of a site, and what is known of its translations by their paths."""
        self.catalogue, self.config, self._judgements = catalogue, config, judgements
        self._keeping: dict[tuple[str, Key, str], bool] = {}
        self._lengths: dict[tuple[str, Language], float | None] = {}
        self._link_habits: dict[tuple[str, Language], bool] = {}
        self._nowhere: dict[tuple[str, Key], bool] = {}
        self._habits: dict[tuple[str, str], Habit | None] = {}
        self._running: dict[tuple[str, Language, str], tuple[_Texts, _Texts]] = {}

    def is_foreign(self, suspect: Suspect) -> bool:
        """Say whether a suspect is in the source's language."""
        return is_foreign(suspect, self._function_words)

    @cached_property
    def _function_words(self) -> FunctionWords:
        """The function words of the source's language, as the site's sources use them."""
        bodies = [page.body for each in self.catalogue.episodes if (page := readable(each.source)) is not None]
        return function_words(sample(bodies))

    @cached_property
    def addresses(self) -> Addresses:
        """Which pages links lead to."""
        return Addresses(self.catalogue)

    @cached_property
    def _pairs(self) -> Mapping[tuple[str, Language], Sequence[tuple[Entry, Document, Document]]]:
        """Some translations of every series and language, evenly drawn, with their sources."""
        found: dict[tuple[str, Language], list[tuple[Entry, Document, Document]]] = {}
        for episode in self.catalogue.episodes:
            source = readable(episode.source)
            for language, entry in episode.translations.items():
                page = readable(entry)
                if source is not None and page is not None:
                    found.setdefault((episode.series, language), []).append((entry, page, source))
        return {place: sample(pairs) for place, pairs in found.items()}

    def localises_links(self, series: str, language: Language) -> bool:
        """Say whether links of this language's pages lead to the source's by habit: the generator turns them around.

        So it is where more links lead to a page of the source's language, though there is one in this language, than
        to one in this language.
        """
        place = (series, language)
        if place not in self._link_habits:
            away = home = 0
            for entry, page, _ in islice(self._pairs.get(place, ()), _SAMPLE):
                for link in self._links(entry, page):
                    led = self.addresses.page_of(link, entry)
                    away += led is not None and self.addresses.own_page(link, entry, self.config.source) is not None
                    home += led is not None and led.language == language and led.path != entry.path
            self._link_habits[place] = away > max(home, _FEWEST_LINKS)
        return self._link_habits[place]

    def _links(self, entry: Entry, page: Document) -> Iterable[Link]:
        """Return the links of a page that lead to other pages."""
        known = self._judgements.get(entry.path)
        if known is not None:
            return known.links
        from transtool.assess.rules.links import links
        from transtool.segments import split

        series = self.config.named(entry.series)
        return links(split(page, (), Reading() if series is None else series.reading))

    def usual_length(self, series: str, language: Language) -> float | None:
        """Return how long bodies of this language usually are beside their sources' (1: as long); None: unknown."""
        place = (series, language)
        if place not in self._lengths:
            pairs = [(len(page.body), len(source.body)) for _, page, source in self._pairs.get(place, ())]
            ratios = [ours / theirs for ours, theirs in pairs if theirs > SHORTEST]
            self._lengths[place] = median(ratios) if len(ratios) >= _FEWEST_PAGES else None
        return self._lengths[place]

    def habit(self, series: str, field: str) -> Habit | None:
        """Return how often a field differs from the source's, if so often that it is no shared field."""
        place = (series, field)
        if place not in self._habits:
            self._habits[place] = self._habit(series, field)
        return self._habits[place]

    def _habit(self, series: str, field: str) -> Habit | None:
        differ = total = 0
        for episode in self.catalogue.episodes:
            source = readable(episode.source) if episode.series == series else None
            for entry in episode.translations.values() if source is not None else ():
                page = readable(entry)
                if page is None or source is None:
                    continue
                ours, theirs = page.value(field), source.value(field)
                total += ours is not None or theirs is not None
                differ += not same_value(ours, theirs)
        return Habit(differ, total) if differ >= _HABIT and differ >= _HABITUAL * total else None

    def is_nowhere(self, series: str, key: Key) -> bool:
        """Say whether a page has no translation at all, though several are expected."""
        place = (series, key)
        if place not in self._nowhere:
            episode = self._episodes.get(place)
            expected = self._expected(episode) if episode else ()
            there = episode is not None and any(each in episode.translations for each in expected)
            self._nowhere[place] = len(expected) > 1 and not there
        return self._nowhere[place]

    def has_hardly_any(self, series: str, language: Language | None) -> bool:
        """Say whether a language lacks nearly all pages of a series that are expected of it."""
        lacking, expected = self._lacking.get((series, language), (0, 0))
        return lacking >= _MANY and lacking > (1 - _HARDLY) * expected

    @cached_property
    def _lacking(self) -> Mapping[tuple[str, Language | None], tuple[int, int]]:
        """How many pages of each series a language lacks, and how many are expected of it."""
        found: dict[tuple[str, Language | None], tuple[int, int]] = {}
        for episode in self.catalogue.episodes:
            for language in self._expected(episode) if episode.source is not None else ():
                lacking, expected = found.get((episode.series, language), (0, 0))
                found[episode.series, language] = lacking + (language not in episode.translations), expected + 1
        return found

    def _expected(self, episode: Episode) -> Sequence[Language]:
        series = self.config.named(episode.series)
        return [each for each in series.languages if not series.is_exempt(episode.key, each)] if series else ()

    def keeps(self, series: str, key: Key, text: str) -> bool:
        """Say whether `text`, found untranslated in one translation of a page, is kept on purpose by most of them.

        Where `update` writes the source's text into all of them, that they have it says nothing.
        """
        if self.config.mark is Mark.SOURCE:
            return False
        place = (series, key, text)
        if place not in self._keeping:
            episode = self._episodes.get((series, key))
            pages = (readable(entry) for entry in episode.translations.values()) if episode else ()
            self._keeping[place] = kept_on_purpose(text, [page.text for page in pages if page is not None])
        return self._keeping[place]

    def keeps_running(self, series: str, language: Language, field: str, text: str) -> bool:
        """Say whether a language keeps a text that only its number tells from those of other pages: `Letter #12`.

        Such a title is the name of a series of letters, not of the page.
        """
        place = (series, language, field)
        if place not in self._running:
            self._running[place] = self._numbered(*place)
        kept, every = (each.get(_unnumbered(text), frozenset()) for each in self._running[place])
        return len(kept) >= _HABIT and 2 * len(kept) >= len(every)

    def _numbered(self, series: str, language: Language, field: str) -> tuple[_Texts, _Texts]:
        """Return the texts of the sources' field that a language keeps, and all of them, by what all have in common."""
        kept, every = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for episode in self.catalogue.episodes:
            source, page = readable(episode.source), readable(episode.translations.get(language))
            text = source.raw(field) if episode.series == series and source is not None and page is not None else None
            if text and page is not None:
                every[_unnumbered(text)].add(text)
                if page.raw(field) == text:
                    kept[_unnumbered(text)].add(text)
        return kept, every

    @cached_property
    def _episodes(self) -> Mapping[tuple[str, Key], Episode]:
        return {(each.series, each.key): each for each in self.catalogue.episodes}


def _unnumbered(text: str) -> str:
    return _NUMBERS.sub("#", text)


def kept_on_purpose(text: str, translations: Sequence[str]) -> bool:
    """Say whether `text`, found untranslated in one page, is kept on purpose: most translations keep it.

    `translations` are the whole texts of all translations of the page. At least three, and at least half of them, keep
    it: titles of links, quoted messages of programs, items that are names of products.
    """
    least = max(_KEPT, -(-len(translations) // 2))
    keeping = 0
    for left in range(len(translations) - 1, -1, -1):
        keeping += text in translations[left]
        if not keeping < least <= keeping + left:
            break
    return keeping >= least


def sample(things: Sequence[T]) -> Sequence[T]:
    """Return at most sixty of some things, evenly drawn: enough to learn what is usual among them."""
    return things[:: max(1, len(things) // _MOST)][:_MOST]


Place = tuple[str | None, Key | None, Language | None]
"""A series, a key and a language: where a translation would be."""


def gathered(missing: Sequence[Finding], across: Across) -> tuple[frozenset[Place], tuple[Finding, ...]]:
    """Return the places of `missing` findings that are said one by one, and what is said once of all others.

    A language that has hardly any page of a series is said once; then a page that no other language has is said once.
    """
    hardly = [each for each in missing if across.has_hardly_any(each.series or "", each.language)]
    told = {(each.series, each.language) for each in hardly}
    rest = [each for each in missing if (each.series, each.language) not in told]
    nowhere = [each for each in rest if each.key is not None and across.is_nowhere(each.series or "", each.key)]
    pages = _grouped(nowhere, lambda each: (each.series, each.key))
    together = (
        *(_once(found, "language") for found in _grouped(hardly, lambda each: (each.series, each.language)).values()),
        *(_once(found, "page") for found in pages.values()),
    )
    alone = (each for each in rest if (each.series, each.key) not in pages)
    return frozenset((each.series, each.key, each.language) for each in alone), together


def _grouped(findings: Iterable[Finding], place: Callable[[Finding], P]) -> dict[P, list[Finding]]:
    found: dict[P, list[Finding]] = {}
    for each in findings:
        found.setdefault(place(each), []).append(each)
    return found


def _once(missing: Sequence[Finding], problem: str) -> Finding:
    """Return what stands for several missing translations: those of a language, or those of a page."""
    first, is_page = missing[0], problem == "page"
    languages: dict[str, Json] = {"languages": [str(each.language) for each in missing]} if is_page else {}
    return Finding(
        rule="missing",
        severity=first.severity,
        path=first.path if is_page else "",
        series=first.series,
        key=first.key if is_page else None,
        language=None if is_page else first.language,
        problem=problem,
        facts={"count": len(missing), **(languages or {"translations": len(missing)})},
    )


def leading_away(found: Iterable[Link], page: Entry, across: Across) -> Iterator[tuple[Link, Entry]]:
    """Give the links of a page that lead to the source's language, with the page that they should lead to."""
    for link in found:
        own = across.addresses.own_page(link, page, across.config.source)
        if own is not None and not across.localises_links(page.series, page.language):
            yield link, own
