"""Which value a local field should have: from a pattern, the title of a page, the configuration, or other files.

`scaffold` writes these values and `assess` compares with them, so both come here.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transtool.document import Document, Unreadable
from transtool.languages import own_name
from transtool.link import Catalogue, Entry, Episode
from transtool.model import Key, Language
from transtool.settings import Config, LocalValue, Pattern, Series, TitleOf

_PLACE = re.compile(r"\{(lang|Language|number|key)\}")


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

    A pattern is filled. Any other value is the title of the page it names, else the label configured, else what
    more than half of that series' files in that language say; None where none of these applies. The language and the
    number are written as the site writes them in that field.
    """
    if isinstance(value, Pattern):
        number = conventions.number(field, value.template, series.name, key)
        return _fill(value.template, conventions.spelling(field, language), language, number, key)
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
    for entry in episode.entries:
        for template in dict.fromkeys((entry.template, *series.templates)):
            path = template.build(language=language, key=entry.match.key, like=entry.match, spelling=spelling)
            if path is not None:
                return path
    return None


def _fill(template: str, spelling: str, language: Language, number: str, key: Key) -> str:
    facts = {"lang": spelling, "number": number, "key": key}
    return _PLACE.sub(lambda place: own_name(language) if place[1] == "Language" else facts[place[1]], template)


@dataclass(frozen=True, slots=True)
class Conventions:
    """How a site does things, learnt in one walk from the files that are there.

    `pages` are its documents by path, `episodes` its episodes by (series, key). `values` counts the texts of each
    local field by (field, series, language); `habits` counts, by (field, language), the spelling of the language that
    made the text of a pattern; `folders`, by (series, language), the spelling in paths.
    """

    pages: Mapping[str, Document | Unreadable]
    episodes: Mapping[tuple[str, Key], Episode]
    values: Mapping[tuple[str, str, Language], Counter[str]]
    habits: Mapping[tuple[str, Language], Counter[str]]
    folders: Mapping[tuple[str, Language], Counter[str]]
    spellings: Mapping[Language, tuple[str, ...]]

    def path_spelling(self, series: str, language: Language) -> str | None:
        """Return how most paths of the series spell `language`; None where there is none."""
        counts = self.folders.get((series, language))
        return counts.most_common(1)[0][0] if counts else None

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
        if source is None or source.match.number in ("", key) or not isinstance(source.document, Document):
            return key
        padded = _fill(template, self.spelling(field, source.language), source.language, source.match.number, key)
        return source.match.number if source.document.raw(field) == padded else key

    def title(self, path: str, language: Language) -> str | None:
        """Return the title of the page at `path`, with whichever spelling of the language exists."""
        for spelling in self.spellings_of(language):
            page = self.pages.get(_fill(path, spelling, language, "", Key("")))
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
    spellings = _spellings(folders, config)
    values: dict[tuple[str, str, Language], Counter[str]] = {}
    habits: dict[tuple[str, Language], Counter[str]] = {}
    for entry, document in _documents(catalogue):
        series = config.named(entry.series)
        for field, value in {} if series is None else series.fields.local.items():
            text = document.raw(field)
            if text is None:
                continue
            if not isinstance(value, Pattern):
                values.setdefault((field, entry.series, entry.language), Counter())[text] += 1
                continue
            ways = spellings.get(entry.language) or _ways(entry.language)
            made = (way for way in ways if text in _fillings(value.template, way, entry))
            way = next(made, None)
            if way is not None and "{lang}" in value.template:
                habits.setdefault((field, entry.language), Counter())[way] += 1
    episodes = {(episode.series, episode.key): episode for episode in catalogue.episodes}
    return Conventions(catalogue.pages, episodes, values, habits, folders, spellings)


def _fillings(template: str, way: str, entry: Entry) -> Iterator[str]:
    for number in dict.fromkeys((entry.key, entry.match.number or entry.key)):
        yield _fill(template, way, entry.language, number, entry.key)


def _documents(catalogue: Catalogue) -> Iterator[tuple[Entry, Document]]:
    for episode in catalogue.episodes:
        for entry in episode.entries:
            if isinstance(entry.document, Document):
                yield entry, entry.document


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
