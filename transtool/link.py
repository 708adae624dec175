"""Link the files of one episode across languages: path and front matter in, a catalogue out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from transtool.document import Document, Unreadable
from transtool.layout import Match, Template
from transtool.model import Finding, Json, Key, Language, Stamp, Stamps, natural_order
from transtool.settings import Config, KeyField, Pattern, PointsTo, Series
from transtool.text.expressions import compiled
from transtool.text.near import Names

PAGE_SUFFIX = r"\.(?:md|mdx|markdown|html?|qmd|njk|liquid|adoc|asciidoc|rst)"
"""How the names of pages end, whatever case they are written in: a pattern."""
_PAGE_SUFFIX = re.compile(rf"(?:/?(?:_?index|README))?{PAGE_SUFFIX}$", re.IGNORECASE)
ORIGIN = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://[^/]*")
"""Finds the scheme and host of a URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of an episode. `match` and `template` say how its path was understood.

    `stamp` is the one that the site keeps in a file of its own.
    """

    path: str
    series: str
    key: Key
    language: Language
    match: Match
    template: Template
    document: Document | Unreadable
    stamp: Stamp | None = None


def readable(entry: Entry | None) -> Document | None:
    """Return the document of a file; None where it cannot be read, or is not there."""
    return entry.document if entry is not None and isinstance(entry.document, Document) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """The files of one (series, key): the source, if it exists, and its translations by language."""

    series: str
    key: Key
    source: Entry | None
    translations: Mapping[Language, Entry]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return every file of the episode, the source first, then by language."""
        return tuple(self.walk())

    def walk(self) -> Iterator[Entry]:
        """Give every file of the episode, the source first, then by language."""
        if self.source is not None:
            yield self.source
        for language in sorted(self.translations):
            yield self.translations[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The linked site: episodes in order, the findings made while linking, and the other pages read.

    `pages` has every document by its path, navigation pages included; `stamps` are those of the site's own file.
    """

    episodes: tuple[Episode, ...]
    findings: tuple[Finding, ...] = ()
    pages: Mapping[str, Document | Unreadable] = field(default_factory=dict)
    stamps: Stamps = field(default_factory=Stamps)

    def episode(self, series: str, key: Key) -> Episode | None:
        """Return one episode, or None."""
        return next((each for each in self.episodes if each.series == series and each.key == key), None)


def link(
    documents: Iterable[Document | Unreadable],
    config: Config,
    others: Iterable[str] = (),
    stamps: Stamps | None = None,
) -> Catalogue:
    """Link `documents` into episodes by (series, key), whatever order they come in.

    Where two files claim the same place, the more specific path wins and the other is a `duplicate`. `others` are
    paths that no template fits: those that only an unknown language keeps apart are reported, once a language.
    `stamps` are those that the site keeps in a file of its own.
    """
    ordered = sorted(documents, key=lambda document: document.path)
    claimed = [entry for each in ordered if (entry := _claim(each, config)) is not None]
    stamps = stamps or Stamps()
    if stamps.by_path:
        claimed = [replace(entry, stamp=stamps.by_path.get(entry.path)) for entry in claimed]
    entries = _follow_pointers([entry for entry in claimed if _has_key(entry, config)], config)
    places, duplicates = _places_of(entries, config)
    episodes = tuple(_episodes(places, config))
    findings = (
        *(finding for entry in entries for finding in _identity(entry, config)),
        *_keyless(claimed, config),
        *duplicates,
        *_orphans(episodes, config),
        *_strangers(others, config),
        *_broken_pages(ordered, entries, config),
    )
    pages = {document.path: document for document in ordered}
    return Catalogue(episodes=episodes, findings=findings, pages=pages, stamps=stamps)


def entry_of(document: Document | Unreadable, config: Config) -> Entry | None:
    """Return what a file is by its path and its front matter, None where it belongs to no episode."""
    entry = _claim(document, config)
    return entry if entry is not None and _has_key(entry, config) else None


def _claim(document: Document | Unreadable, config: Config) -> Entry | None:
    """Return what a file is; the key is empty where neither path nor front matter has it."""
    if config.leaves_out(document.path):
        return None
    claims = [
        (template.rank, index, series, template, match)
        for index, series in enumerate(config.series)
        if not series.leaves_out(document.path)
        for template in series.templates
        if (match := template.match(document.path)) is not None
    ]
    if not claims:
        return None
    _, _, series, template, match = max(claims, key=lambda claim: (claim[0], -claim[1]))
    return Entry(
        path=document.path,
        series=series.name,
        key=_key(document, match, series),
        language=match.language,
        match=match,
        template=template,
        document=document,
    )


def _has_key(entry: Entry, config: Config) -> bool:
    """Say whether a file of a series with keys in front matter has one; elsewhere the path is what tells."""
    series = config.named(entry.series)
    return bool(entry.key) or series is None or not isinstance(series.key, KeyField)


def _keyless(entries: Iterable[Entry], config: Config) -> Iterator[Finding]:
    """Report files that nothing tells the episode of; what cannot be read is reported for that."""
    for entry in entries:
        series = config.named(entry.series)
        if series is None or not isinstance(series.key, KeyField) or _has_key(entry, config):
            continue
        if isinstance(entry.document, Document):
            names = [name for name in series.key.fields if entry.document.has(name)]
            line = entry.document.line_of(names[0]) if names else 1
            problem = "other-key" if names else "no-key"
            found = finding_about("identity", entry, config, line=line, problem=problem, field=series.key.fields[0])
            yield replace(found, key=None)


def arrange(entries: Iterable[Entry], config: Config) -> tuple[Episode, ...]:
    """Return the episodes that `entries` make up, as `link` does, without saying what is odd about them."""
    places, _ = _places_of(_follow_pointers(list(entries), config), config)
    return tuple(_episodes(places, config))


def finding_about(
    rule: str, entry: Entry, config: Config, *, line: int | None = None, problem: str = "", **facts: Json
) -> Finding:
    """Return a finding about one file of an episode."""
    return Finding(
        rule=rule,
        severity=config.severities[rule],
        path=entry.path,
        line=line,
        series=entry.series,
        key=entry.key,
        language=entry.language,
        problem=problem,
        facts=facts,
    )


def number_field(series: Series) -> str:
    """Return the name of the field that repeats the number: a local `{number}` field, else `number`."""
    return _field_made_of("{number}", series) or "number"


def language_field(series: Series) -> str:
    """Return the name of the field that repeats the language: a local `{lang}` field, else `lang`."""
    return _field_made_of("{lang}", series) or "lang"


def canonical_key(text: str) -> Key:
    """Return `text` as a key: a number without leading zeros and without `#`, other text as it is."""
    digits = text.strip().removeprefix("#")
    if digits.isascii() and digits.isdigit():
        return Key(digits.lstrip("0") or "0")
    return Key(text.strip())


def _field_made_of(template: str, series: Series) -> str | None:
    made = series.fields.local.items()
    return next((name for name, value in made if isinstance(value, Pattern) and value.template == template), None)


def reason(document: Unreadable) -> dict[str, Json]:
    """Return the facts of an `unreadable` finding: the template of what is wrong, and what fills it."""
    facts = {name: fact if isinstance(fact, int) else str(fact) for name, fact in document.problem.facts.items()}
    return {"problem": document.problem.template, **facts}


def _key(document: Document | Unreadable, match: Match, series: Series) -> Key:
    """Return the key that front matter names, else the one of the path."""
    if isinstance(series.key, KeyField) and isinstance(document, Document):
        for name in series.key.fields:
            text = document.raw(name)
            found = text and _matched(text, series.key.pattern)
            if found:
                return canonical_key(found)
    return match.key


def _matched(text: str, pattern: str | None) -> str | None:
    if pattern is None:
        return text
    found = compiled(pattern).search(text)
    return None if found is None else next((group for group in found.groups() if group), found.group())


def _follow_pointers(entries: list[Entry], config: Config) -> list[Entry]:
    """Give translations that name their source (`points_to`) the key of that source."""
    pointing = {series.name: series.key for series in config.series if isinstance(series.key, PointsTo)}
    if not pointing:
        return entries
    sources = {
        (entry.series, name): entry
        for entry in entries
        if entry.language == config.source
        for name in pointer_targets(entry.path, entry.document)
    }
    followed = []
    for entry in entries:
        pointer, page = pointing.get(entry.series), readable(entry)
        told = page.raw(pointer.field) if pointer and page and entry.language != config.source else None
        source = sources.get((entry.series, normalised_pointer(told))) if told else None
        followed.append(entry if source is None else replace(entry, key=source.key))
    return followed


def pointer_targets(path: str, document: Document | Unreadable) -> Iterator[str]:
    """Give the normalised ways in which a translation may point to a source: tails of its path, its permalink."""
    parts = normalised_pointer(path).split("/")
    yield from ("/".join(parts[start:]) for start in range(len(parts)))
    if isinstance(document, Document):
        for name in ("permalink", "url", "slug"):
            named = document.raw(name)
            if named:
                yield normalised_pointer(named)


def normalised_pointer(pointer: str) -> str:
    """Normalise a path or URL: no origin, no query, no slashes at the ends, no page suffix."""
    path = ORIGIN.sub("", pointer.strip()).split("#")[0].split("?")[0].strip("/")
    return _PAGE_SUFFIX.sub("", path).strip("/")


_Places = Mapping[tuple[str, Key, Language], Entry]


def _places_of(entries: Iterable[Entry], config: Config) -> tuple[_Places, list[Finding]]:
    """Give every place to the entry with the most specific path; the others are duplicates."""
    places: dict[tuple[str, Key, Language], Entry] = {}
    duplicates = []
    for entry in sorted(entries, key=_preference):
        winner = places.setdefault((entry.series, entry.key, entry.language), entry)
        if winner is not entry:
            duplicates.append(finding_about("duplicate", entry, config, other=winner.path))
    return places, duplicates


def _preference(entry: Entry) -> tuple[object, ...]:
    """Order claims to one place: a path that names its language first, then the more specific template."""
    return (not entry.match.spelling, [-part for part in entry.template.rank], entry.path)


def _identity(entry: Entry, config: Config) -> Iterator[Finding]:
    """Path and front matter disagree on number or language."""
    if isinstance(entry.document, Unreadable):
        return
    series = config.named(entry.series)
    if series is None:
        return
    number = number_field(series)
    told = entry.document.raw(number)
    if told and series.key is None and entry.match.key.isdigit() and _is_other_number(told, entry.match.key):
        yield _identity_finding(entry, config, number, told, entry.match.number or entry.match.key)
    language = language_field(series)
    spelling = entry.document.raw(language)
    if spelling and entry.match.spelling and config.spellings.resolve(spelling) not in (None, entry.language):
        yield _identity_finding(entry, config, language, spelling, entry.match.spelling)


def _is_other_number(told: str, key: Key) -> bool:
    digits = told.strip().removeprefix("#")
    return digits.isascii() and digits.isdigit() and digits.lstrip("0") != key.lstrip("0")


def _identity_finding(entry: Entry, config: Config, name: str, value: str, expected: str) -> Finding:
    assert isinstance(entry.document, Document)  # noqa: S101  (only readable documents have fields to disagree)
    line = entry.document.line_of(name)
    return finding_about("identity", entry, config, line=line, field=name, value=value, expected=expected)


def _episodes(places: _Places, config: Config) -> Iterator[Episode]:
    order = {series.name: index for index, series in enumerate(config.series)}
    keys = sorted({place[:2] for place in places}, key=lambda place: (order[place[0]], natural_order(place[1])))
    files: dict[tuple[str, Key], dict[Language, Entry]] = {place: {} for place in keys}
    for (series, key, language), entry in sorted(places.items()):
        files[series, key][language] = entry
    for (series, key), by_language in files.items():
        source = by_language.pop(config.source, None)
        yield Episode(series=series, key=key, source=source, translations=by_language)


def _orphans(episodes: tuple[Episode, ...], config: Config) -> Iterator[Finding]:
    """Report translations without a source, with the nearest key of a source that lacks this translation."""
    orphaned = [episode for episode in episodes if episode.source is None]
    if not orphaned:
        return
    keys: dict[str, list[Key]] = {}
    translated: dict[tuple[str, Language], set[str]] = {}
    for episode in episodes:
        if episode.source is not None:
            keys.setdefault(episode.series, []).append(episode.key)
            for language in episode.translations:
                translated.setdefault((episode.series, language), set()).add(episode.key)
    names = {series: Names(keys.get(series, ())) for series in dict.fromkeys(each.series for each in orphaned)}
    for episode in orphaned:
        for language, entry in sorted(episode.translations.items()):
            near = names[episode.series].nearest(episode.key, translated.get((episode.series, language), ()))
            if near is None:
                yield finding_about("orphan", entry, config)
            else:
                yield finding_about("orphan", entry, config, problem="near", suggestion=near)


def _strangers(others: Iterable[str], config: Config) -> Iterator[Finding]:
    """Report what stands in a language's place and is a language, but none of the site's."""
    seen: set[str] = set()
    templates = [template for series in config.series for template in series.templates if template.has_language]
    for path in others:
        for template in templates:
            folder = template.foreign(path)
            if folder is not None and (name := folder.rpartition("/")[2]) not in seen:
                seen.add(name)
                yield Finding(
                    rule="identity",
                    severity=config.severities["identity"],
                    path=path,
                    problem="language-folder",
                    facts={"folder": name},
                )


def _broken_pages(
    documents: Iterable[Document | Unreadable], entries: Iterable[Entry], config: Config
) -> Iterator[Finding]:
    """Report what cannot be read and belongs to no episode: a navigation page, a folder."""
    known = {entry.path for entry in entries}
    for document in documents:
        if isinstance(document, Unreadable) and document.path not in known:
            yield Finding(
                rule="unreadable",
                severity=config.severities["unreadable"],
                path=document.path,
                line=document.line,
                facts=reason(document),
            )
