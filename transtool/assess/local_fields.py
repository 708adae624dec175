"""Which value a local field should have: from a pattern, the source, the title of a page, the labels, or other files.

`scaffold` writes these values and `assess` compares with them, so both come here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from transtool.assess import from_source
from transtool.document import Document, Unreadable
from transtool.languages import own_name
from transtool.link import Catalogue, Entry, Episode, readable
from transtool.model import Key, Language
from transtool.settings import Config, FromSource, LocalValue, Pattern, Series, TitleOf

_PLACE = re.compile(r"\{(\w+)\}", re.ASCII)


def expected(
    field: str,
    value: LocalValue,
    *,
    series: Series,
    key: Key,
    language: Language,
    conventions: "Conventions",
) -> str | None:
    """Return the text that the local `field` of (`series`, `key`) should have in `language`.

    A pattern is filled, a value of the source is given the language. Any other value is the title of the page it
    names, else the label configured, else what more than half of that series' files in that language say; None where
    none of these applies. The language and the number are written as the site writes them in that field.
    """
    if isinstance(value, Pattern):
        number = conventions.number(field, value.template, series.name, key)
        places = {**conventions.captures(series.name, key, language), "number": number, "key": key}
        return _fill(value.template, conventions.spelling(field, language), language, places)
    if isinstance(value, FromSource):
        return conventions.from_source(field, series.name, key, language)
    title = conventions.title(value.path, language) if isinstance(value, TitleOf) else None
    return title or series.labels.get(field, {}).get(language) or conventions.usual(field, series.name, language)


def place(episode: Episode, language: Language, series: Series, conventions: "Conventions") -> str | None:
    """Return the path that `episode` has or would have in `language`; None where the layout cannot say.

    The template of the source comes first, then those of the series in their order; the language is spelled as
    it is in the series' other paths.
    """
    if language in episode.translations:
        return episode.translations[language].path
    spelling = conventions.path_spelling(series.name, language)
    for entry in episode.walk():
        for template in (entry.template, *(each for each in series.templates if each is not entry.template)):
            path = template.build(language=language, key=entry.match.key, like=entry.match, spelling=spelling)
            if path is not None:
                return path
    return None


def belongs(field: str, series: Series, source: Document, conventions: "Conventions") -> bool:
    """Say whether a translation of `source` needs the local `field`: as the source does.

    Where no source of the series has it, it is a field of translations: every one needs it if half of them have it.
    """
    if source.has(field) or (field, series.name) in conventions.in_sources:
        return source.has(field)
    return conventions.is_usual_in_translations(field, series.name)


def is_given(field: str, series: Series, source: Document, conventions: "Conventions") -> bool:
    """Say whether a new translation of `source` gets the local `field`: one that needs it, and a pattern of the site.

    A pattern that no source of the whole site has is made for translations, though the older ones lack it.
    """
    elsewhere = any(name == field for name, _ in conventions.in_sources)
    made = isinstance(series.fields.local[field], Pattern) and not elsewhere
    return made or belongs(field, series, source, conventions)


def _fill(template: str, spelling: str, language: Language, places: Mapping[str, str]) -> str | None:
    """Return the pattern filled; None where it has a place that this path has not."""
    facts = {**places, "lang": spelling}
    names = _PLACE.findall(template)
    if "Language" in names:
        facts["Language"] = own_name(language)
    if any(name not in facts for name in names):
        return None
    return _PLACE.sub(lambda place: facts[place[1]], template)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a site does things, learnt in one walk from the files that are there.

    `pages` are its documents by path, `episodes` its episodes by (series, key). `values` counts the texts of each
    local field by (field, series, language); `habits` counts, by (field, language), the spelling of the language that
    made the text of a pattern; `folders` has the spelling of most paths by (series, language); `forms` counts, by
    (field, series), how values are made from the source's. `in_sources` has (field, series) where a source has that
    field; `in_translations` counts the translations that have it, and under no name all there are.
    """

    pages: Mapping[str, Document | Unreadable]
    episodes: Mapping[tuple[str, Key], Episode]
    values: Mapping[tuple[str, str, Language], Counter[str]]
    habits: Mapping[tuple[str, Language], Counter[str]]
    folders: Mapping[tuple[str, Language], str]
    spellings: Mapping[Language, tuple[str, ...]]
    forms: Mapping[tuple[str, str], Counter[str]]
    in_sources: frozenset[tuple[str, str]]
    in_translations: Counter[tuple[str, str]]

    def path_spelling(self, series: str, language: Language) -> str | None:
        """Return how most paths of the series spell `language`; None where there is none."""
        return self.folders.get((series, language))

    def spellings_of(self, language: Language) -> tuple[str, ...]:
        """Return how the site's paths spell `language`, most frequent first, then every other usual way."""
        return self.spellings.get(language) or _ways(language)

    def spelling(self, field: str, language: Language) -> str:
        """Return how `field` spells `language`: as in most files, else as in paths."""
        habit = self.habits.get((field, language))
        return habit.most_common(1)[0][0] if habit else self.spellings_of(language)[0]

    def number(self, field: str, template: str, series: str, key: Key) -> str:
        """Return the number as the source writes it in `field`: as in the path, or without leading zeros."""
        episode = self.episodes.get((series, key))
        source = None if episode is None else episode.source
        page = readable(source)
        if source is None or page is None or source.match.number in ("", key):
            return key
        places = {**source.match.captures, "number": source.match.number, "key": key}
        padded = _fill(template, self.spelling(field, source.language), source.language, places)
        return source.match.number if page.raw(field) == padded else key

    def is_usual_in_translations(self, field: str, series: str) -> bool:
        """Say whether at least half of the translations of the series have `field`."""
        count = self.in_translations[field, series]
        return count > 0 and self.in_translations["", series] <= 2 * count

    def captures(self, series: str, key: Key, language: Language) -> Mapping[str, str]:
        """Return the named parts of the path of a translation, or of its source where there is none yet."""
        episode = self.episodes.get((series, key))
        entry = None if episode is None else episode.translations.get(language) or episode.source
        return {} if entry is None else entry.match.captures

    def from_source(self, field: str, series: str, key: Key, language: Language) -> str | None:
        """Return the source's value of `field` with the language in it, as most files of the series have it."""
        episode = self.episodes.get((series, key))
        source = None if episode is None else episode.source
        page = readable(source)
        if source is None or page is None:
            return None
        value = page.raw(field)
        habits = [form for form, _ in self.forms.get((field, series), Counter()).most_common()]
        ways = self.spellings_of(source.language)
        return value and from_source.made(value, ways, self.spelling(field, language), habits)

    def title(self, path: str, language: Language) -> str | None:
        """Return the title of the page at `path`, with whichever spelling of the language exists."""
        for spelling in self.spellings_of(language):
            page = self.pages.get(path.replace("{lang}", spelling))
            if isinstance(page, Document) and page.title:
                return page.title
        return None

    def usual(self, field: str, series: str, language: Language) -> str | None:
        """Return the value that more than half of the files with `field` agree on."""
        counts = self.values.get((field, series, language))
        if not counts:
            return None
        value, count = counts.most_common(1)[0]
        return value if 2 * count > counts.total() else None


def learn(catalogue: Catalogue, config: Config) -> Conventions:
    """Return what the files of a site teach about its local fields and its paths."""
    folders = _folders(catalogue)
    lessons = _Lessons(_spellings(folders, config))
    for episode in catalogue.episodes:
        series = config.named(episode.series)
        local = {} if series is None else series.fields.local
        for entry in episode.entries:
            if isinstance(entry.document, Document):
                lessons.in_translations["", entry.series] += entry is not episode.source
                for field, value in local.items():
                    lessons.add(field, value, entry, entry.document, episode.source)
    return Conventions(
        pages=catalogue.pages,
        episodes={(episode.series, episode.key): episode for episode in catalogue.episodes},
        values=lessons.values,
        habits=lessons.habits,
        folders={place: counts.most_common(1)[0][0] for place, counts in folders.items()},
        spellings=lessons.spellings,
        forms=lessons.forms,
        in_sources=frozenset(lessons.in_sources),
        in_translations=lessons.in_translations,
    )


@dataclass(slots=True)
class _Lessons:
    """What was learnt so far; see `Conventions`."""

    spellings: Mapping[Language, tuple[str, ...]]
    values: dict[tuple[str, str, Language], Counter[str]] = dataclass_field(default_factory=dict)
    habits: dict[tuple[str, Language], Counter[str]] = dataclass_field(default_factory=dict)
    forms: dict[tuple[str, str], Counter[str]] = dataclass_field(default_factory=dict)
    in_sources: set[tuple[str, str]] = dataclass_field(default_factory=set)
    in_translations: Counter[tuple[str, str]] = dataclass_field(default_factory=Counter)

    def add(self, field: str, value: LocalValue, entry: Entry, document: Document, source: Entry | None) -> None:
        """Learn from one local field of one file."""
        if document.has(field) and entry is source:
            self.in_sources.add((field, entry.series))
        elif document.has(field):
            self.in_translations[field, entry.series] += 1
        text = document.raw(field)
        if text is None:
            return
        match value:
            case Pattern(template=template) if "{lang}" in template:
                ways = self._ways(entry.language)
                self._note(field, entry, next((way for way in ways if text in _fillings(template, way, entry)), None))
            case FromSource():
                if source is not None and entry is not source:
                    self._compare(field, text, entry, source)
            case Pattern():
                pass
            case _:
                self.values.setdefault((field, entry.series, entry.language), Counter())[text] += 1

    def _compare(self, field: str, text: str, entry: Entry, source: Entry) -> None:
        """Learn how the value of a translation is made from its source's."""
        page = readable(source)
        value = None if page is None else page.raw(field)
        for way in self._ways(entry.language) if value else ():
            for name, form in from_source.FORMS.items():
                if value is not None and form(value, self._ways(source.language), way) == text:
                    self.forms.setdefault((field, entry.series), Counter())[name] += 1
                    self._note(field, entry, way)
                    return

    def _note(self, field: str, entry: Entry, way: str | None) -> None:
        if way is not None:
            self.habits.setdefault((field, entry.language), Counter())[way] += 1

    def _ways(self, language: Language) -> tuple[str, ...]:
        return self.spellings.get(language) or _ways(language)


def _fillings(template: str, way: str, entry: Entry) -> Iterator[str | None]:
    for number in dict.fromkeys((entry.key, entry.match.number or entry.key)):
        yield _fill(template, way, entry.language, {**entry.match.captures, "number": number, "key": entry.key})


def _folders(catalogue: Catalogue) -> Mapping[tuple[str, Language], Counter[str]]:
    seen: dict[tuple[str, Language], Counter[str]] = {}
    for episode in catalogue.episodes:
        for entry in episode.entries:
            if entry.match.spelling:
                seen.setdefault((entry.series, entry.language), Counter())[entry.match.spelling] += 1
    return seen


def _spellings(
    folders: Mapping[tuple[str, Language], Counter[str]], config: Config
) -> Mapping[Language, tuple[str, ...]]:
    """Return, by language, the spellings found in paths, most frequent first, then the other ways."""
    counts: dict[Language, Counter[str]] = {language: Counter() for language in config.known_languages}
    for (_, language), seen in folders.items():
        counts.setdefault(language, Counter()).update(seen)
    return {
        language: tuple(
            dict.fromkeys((*(way for way, _ in seen.most_common()), config.spellings.spell(language), *_ways(language)))
        )
        for language, seen in counts.items()
    }


def _ways(language: Language) -> tuple[str, ...]:
    """Return the usual spellings of a tag, the tag itself first."""
    ways = (language, language.lower(), language.replace("-", "_"), language.replace("-", "_").lower())
    return tuple(dict.fromkeys(ways))
