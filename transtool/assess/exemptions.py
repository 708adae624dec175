"""Which translations are not wanted, and which exemptions and globs of the configuration fit nothing."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from transtool.document import Scalar, Sequence, same_value
from transtool.document.values import day, instant
from transtool.errors import N_, Message, Problem
from transtool.link import Entry, Episode, readable
from transtool.model import Key, Language, Noun
from transtool.settings import Config, Exemption, FieldIs, Series, Side
from transtool.text.globs import fits

_DATE_FIELD = "date"
# A year, then month and day as far as they are there; digits around it would make it another number.
_IN_TEXT = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<by>[-._/]?)(?P<month>[01][0-9])(?:(?P=by)(?P<day>[0-3][0-9]))?(?![0-9])"
)


def is_exempt(episode: Episode, language: Language, series: Series) -> bool:
    """Say whether no translation of `episode` into `language` is wanted: by key, by language, by what its pages say."""
    if series.is_exempt(episode.key, language):
        return True
    return any(
        each.reads_pages and each.covers(episode.key, language) and _fits_pages(each, episode, language)
        for each in series.exempt
    )


def date_of(episode: Episode) -> date | None:
    """Return the date of an episode: of the source's field `date`, else as its key or path tells."""
    entry = episode.source or next(iter(episode.entries), None)
    if entry is None:
        return None
    page = readable(entry)
    told = None if page is None else page.raw(_DATE_FIELD)
    moment = instant(told) if told else None
    found = (day(told) if told else None) or (moment.date() if moment else None)
    texts = (entry.match.captures.get("date", ""), episode.key, entry.path)
    return found or next((named for text in texts if (named := _date_in(text)) is not None), None)


def idle(episodes: Iterable[Episode], config: Config, paths: Collection[str] = ()) -> Iterator[Problem]:
    """Give what fits nothing: keys, globs, marks and languages of exemptions, and globs of `exclude`.

    `paths` are those of all files of the site, and of the files and folders that it excludes.
    """
    by_series: dict[str, list[Episode]] = {}
    for episode in episodes:
        by_series.setdefault(episode.series, []).append(episode)
    for glob in (*config.exclude, *(glob for series in config.series for glob in series.exclude)):
        if not any(fits(glob, path) for path in paths):
            yield Problem(message=Message(N_("exclude: no file is {value}"), {"value": glob}), path=config.path)
    for series in config.series:
        if series.name in by_series:  # of a series without files, that is said instead
            for exemption in series.exempt:
                for message in _idle(exemption, series, by_series[series.name], config.noun):
                    yield Problem(message=message, path=config.path)


def _idle(exemption: Exemption, series: Series, episodes: list[Episode], noun: Noun) -> Iterator[Message]:
    called = N_("series {series} has no episode {number} to exempt")
    template = called if noun is Noun.EPISODE else N_("series {series} has no {number} to exempt")
    keys: set[Key] = {episode.key for episode in episodes}
    named = () if exemption.keys is None else exemption.keys.unmatched(keys)
    for name in (*named, *(glob for glob in exemption.globs if not any(fits(glob, key) for key in keys))):
        yield Message(template, {"series": series.name, "number": name})
    mark = exemption.field
    if mark is not None and not any(_is_marked(mark, entry) for episode in episodes for entry in episode.entries):
        facts = {"series": series.name, "field": mark.field, "value": mark.value}
        yield Message(N_("no page of series {series} has {field}: {value}"), facts)
    for language in exemption.languages or ():
        if language not in series.languages:
            facts = {"series": series.name, "language": language}
            yield Message(N_("series {series} exempts {language_name}, which it does not expect anyway"), facts)


def _fits_pages(exemption: Exemption, episode: Episode, language: Language) -> bool:
    """Say whether the dates and the mark of `exemption` are those of the pages; an unknown date is in no range."""
    if exemption.before is not None or exemption.after is not None:
        dated = date_of(episode)
        if dated is None or not (exemption.after or date.min) <= dated <= (exemption.before or date.max):
            return False
        if dated in (exemption.after, exemption.before):
            return False
    mark = exemption.field
    if mark is None:
        return True
    pages = {Side.SOURCE: (episode.source,), Side.TRANSLATION: (episode.translations.get(language),)}
    asked = pages.get(mark.of) or (*pages[Side.SOURCE], *pages[Side.TRANSLATION])
    return any(entry is not None and _is_marked(mark, entry) for entry in asked)


def _is_marked(mark: FieldIs, entry: Entry) -> bool:
    """Say whether the field of a page has the value, or lists it."""
    page = readable(entry)
    value = None if page is None else page.value(mark.field)
    wanted = Scalar(mark.value, plain=True)
    values = value.items if isinstance(value, Sequence) else (value,)
    return any(same_value(each, wanted) for each in values)


def _date_in(text: str) -> date | None:
    """Return the first date in a key or path, a month as its first day."""
    for found in _IN_TEXT.finditer(text):
        try:
            return date(int(found["year"]), int(found["month"]), int(found["day"] or 1))
        except ValueError:
            continue
    return None
