"""Find the status of a translation with as little reading as possible: its place, then its text, then its past."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from transtool.assess.exemptions import is_exempt
from transtool.document import Document, Unreadable, show
from transtool.link import Entry, Episode
from transtool.model import Language, Status
from transtool.settings import Config, Series

if TYPE_CHECKING:  # a text is read where it was not remembered
    from transtool.assess.judgement import Alike
    from transtool.assess.rules.untranslated import Overlap
    from transtool.segments import Segment

SHORTEST = 400
"""Characters of a source below which its length tells nothing of how long its translations should be."""

_PEOPLE = ("guests", "guest", "author", "authors")


@dataclass(frozen=True, kw_only=True)
class Original:
    """A source file that translations are compared with. Its text is split when needed, once for all of them."""

    entry: Entry
    document: Document
    series: Series
    config: Config

    @cached_property
    def segments(self) -> "tuple[Segment, ...]":
        """Its segments, translated fields first."""
        from transtool.segments import split

        return split(self.document, self.series.fields.translated, self.series.reading)

    @cached_property
    def names(self) -> frozenset[str]:
        """Words that nobody translates; none are known where the language capitalises every noun."""
        if self.config.source.startswith("de"):
            return frozenset()
        from transtool.assess.rules.untranslated import proper_names

        people = (show(each.value) for each in self.document.fields if each.name in _PEOPLE)
        return proper_names(self.segments, people)

    @cached_property
    def words(self) -> int:
        """The words that a translator has to write."""
        from transtool.segments.views import wording
        from transtool.text.words import words

        return sum(words(wording(segment)) for segment in self.segments if segment.translatable)

    @cached_property
    def tells_length(self) -> bool:
        """Whether it has so much prose that a translation can be far too short: not where it is includes, or links."""
        from transtool.segments.views import wording

        prose = (len(wording(each)) for each in self.segments if each.translatable and not each.field)
        return sum(prose) >= SHORTEST


def original(entry: Entry | None, config: Config, series: Series) -> Original | None:
    """Return what translations are compared with; None where there is no source, or it cannot be read."""
    if entry is None or isinstance(entry.document, Unreadable):
        return None
    return Original(entry=entry, document=entry.document, series=series, config=config)


def at_sight(episode: Episode, language: Language, source: Original | None, series: Series) -> Status | None:
    """Return the status of a translation that needs no comparison; None where its text has to be read."""
    entry = episode.translations.get(language)
    if is_exempt(episode, language, series) or (entry is None and episode.source is None):
        return Status.EXEMPT
    if entry is None:
        return Status.MISSING
    if isinstance(entry.document, Unreadable):
        return Status.UNREADABLE
    return Status.UNKNOWN if source is None else None


def is_draft(alike: "Overlap | Alike", config: Config) -> bool:
    """Say whether a translation is still mostly in the words of the source, or mostly missing."""
    return alike.identical or alike.sparse or (alike.words > 0 and alike.share >= config.draft_share)
