"""Tell how a translation stands, with as little reading as it takes: its place, then its text, then its past."""

from dataclasses import dataclass

from transtool.document import Document, Unreadable, show
from transtool.link import Entry, Episode
from transtool.model import Language, Status
from transtool.segments import Segment, split
from transtool.settings import Config, Series
from transtool.untranslated import Overlap, proper_names
from transtool.views import wording, words

_PEOPLE = ("guests", "guest", "author", "authors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A source file read once for all of its translations; `names` are words that nobody translates."""

    entry: Entry
    document: Document
    segments: tuple[Segment, ...]
    names: frozenset[str]
    words: int


def original(entry: Entry | None, series: Series, config: Config) -> Original | None:
    """Return what translations are held against, None where there is no source or it cannot be read."""
    if entry is None or isinstance(entry.document, Unreadable):
        return None
    segments = split(entry.document, series.fields.translated)
    people = (show(each.value) for each in entry.document.fields if each.name in _PEOPLE)
    capitals_tell = not config.source.startswith("de")
    return Original(
        entry=entry,
        document=entry.document,
        segments=segments,
        names=proper_names(segments, people) if capitals_tell else frozenset(),
        words=sum(words(wording(segment)) for segment in segments if segment.translatable),
    )


def at_sight(episode: Episode, language: Language, source: Original | None, series: Series) -> Status | None:
    """Return the status of a translation that needs no comparison, None where its text has to be read."""
    entry = episode.translations.get(language)
    if series.is_exempt(episode.key, language) or (entry is None and episode.source is None):
        return Status.EXEMPT
    if entry is None:
        return Status.MISSING
    if isinstance(entry.document, Unreadable):
        return Status.UNREADABLE
    return Status.UNKNOWN if source is None else None


def is_draft(alike: Overlap, config: Config) -> bool:
    """Tell whether a translation still is mostly the source's text."""
    return alike.identical or (alike.words > 0 and alike.share >= config.draft_share)
