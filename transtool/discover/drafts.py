"""Decide what the series of a site are: their templates, their languages, and which are worth checking."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from transtool.discover.families import Family, escaped
from transtool.discover.pages import common_folders
from transtool.languages import Spellings, canonical, fold, same
from transtool.layout import Match, Template, TemplateError, compile_template
from transtool.model import Key, Language
from transtool.text.globs import fits

# With fewer episodes than this, a language that has none may only not have been begun.
_ENOUGH_EPISODES = 10
# The share of its translations with fewer of which a series has only been begun: what it lacks may come yet.
_BEGUN = 0.3
# Sources from which on it is not by accident that all are in one folder.
_SOURCES_IN_A_FOLDER = 5
# The endings of file names that a template lists, at its end.
_SUFFIXES = re.compile(r"\.\((?P<listed>[^(){}]+)\)$")
# Files that name no language, for each source that does, up to which they are not copies: an error page at the top.
_STRAY = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A series as proposed: `templates` as text; `key_fields` or `points_to` where front matter links the files.

    `copies` are files without a language beside sources that have one; `minor` series are proposed as comments.
    `others` are templates that a site without translations could have as well, `excluded` globs of paths that fit the
    templates and are not pages of the series.
    """

    name: str
    templates: tuple[str, ...]
    family: Family
    copies: tuple[str, ...] = ()
    key_fields: tuple[str, ...] = ()
    points_to: str = ""
    minor: bool = False
    others: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A file of a series: where it belongs, and how its path says so."""

    path: str
    series: str
    key: Key
    language: Language
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongues:
    """The languages of a site: `site` those of every series, `series` those of the series that differ.

    `aliases` are spellings that are not the tag of their language; `written` is how each language is written.
    """

    source: Language
    site: tuple[Language, ...]
    series: Mapping[str, tuple[Language, ...]]
    aliases: Mapping[str, Language]
    written: Mapping[Language, str]


def draft(family: Family, source: Language) -> Draft:
    """Return the series that `family` is, in a site whose episodes are written in `source`."""
    named = {page.plain or page.path for page in family.pages if page.language == source}
    if family.base:
        templates = [family.base, family.template("always"), *family.more]
    elif len(family.roots) > len(named):
        templates = [family.template("optional")]
    elif len(family.roots) > _STRAY * len(named):
        templates = [family.template("always"), family.template("never")]
    else:
        templates = [family.template("always")]
    copies = family.roots if len(templates) > 1 and not family.base else ()
    return Draft(
        name=family.name, templates=tuple(templates), family=family, copies=copies, excluded=_folders_of(family)
    )


def _folders_of(family: Family) -> tuple[str, ...]:
    """Return the folders of the copies of the sources that lie among the translations."""
    slot = family.pages[0].slot if family.pages else 0
    return tuple(sorted({"/".join(path.split("/")[: slot + 1]) for path in family.copies}))


def is_usable(draft: Draft) -> bool:
    """Return whether every template can be understood; names of files can be too odd or too long for that."""
    try:
        for text in draft.templates:
            compile_template(text, Spellings({}), source=Language("en"))
    except TemplateError:
        return False
    return True


def sourced(draft: Draft, placed: Sequence[Placed], source: Language) -> Draft:
    """Return `draft` without the suffixes of files that no source has, and that translate no source.

    `placed` are its files. Pages of that kind are made otherwise: a front page in every language, a search page.
    """
    draft = _narrowed(draft, placed, source)
    keys = {each.key for each in placed if each.language == source}
    known = {_suffix(each.path) for each in placed if each.language == source or each.key in keys}
    listed = {suffix for text in draft.templates for suffix in _listed(text)}
    foreign = listed - known
    if not keys or not foreign or not listed & known:
        return draft
    pages = tuple(page for page in draft.family.pages if _suffix(page.path) not in foreign)
    templates = tuple(_without(text, foreign) for text in draft.templates)
    return replace(draft, templates=templates, family=replace(draft.family, pages=pages))


def _narrowed(draft: Draft, placed: Sequence[Placed], source: Language) -> Draft:
    """Return `draft` with the folders that all of its sources are in: what lies beside them, no source has."""
    tails = [each.key.split("/") for each in placed if each.language == source]
    above = tails[0][: common_folders(tails)] if len(tails) >= _SOURCES_IN_A_FOLDER else []
    (text,) = draft.templates if len(draft.templates) == 1 else ("",)
    if not above or draft.key_fields or draft.points_to or text.count("{key**}") != 1:
        return draft
    return replace(draft, templates=(text.replace("{key**}", "/".join([*map(escaped, above), "{key**}"])),))


def _suffix(path: str) -> str:
    return path.rpartition(".")[2]


def _listed(template: str) -> Sequence[str]:
    found = _SUFFIXES.search(template)
    return found["listed"].split("|") if found else ()


def _without(template: str, suffixes: Collection[str]) -> str:
    kept = [suffix for suffix in _listed(template) if suffix not in suffixes]
    if not kept:
        return template
    return _SUFFIXES.sub(lambda _: "." + (kept[0] if len(kept) == 1 else f"({'|'.join(kept)})"), template)


def place(
    drafts: Sequence[Draft],
    known: Iterable[str],
    source: Language,
    wished: Sequence[str] = (),
    key_of: Callable[[Draft, str, Match], Key] = lambda _draft, _path, match: match.key,
) -> tuple[Placed, ...]:
    """Return the files of every series among the `known` paths, one for each place: the most specific path wins.

    Languages are read as the paths of all `drafts` write them, and as they are `wished` for. `key_of` gives the key of
    a path that fits a template, where the path alone does not tell.
    """
    tags = _spellings(drafts, source, wished)
    templates = [(each.name, compile_template(text, tags, source=source)) for each in drafts for text in each.templates]
    by_name = {each.name: each for each in drafts}
    best: dict[tuple[str, Key, Language], tuple[tuple[object, ...], Placed]] = {}
    for path in sorted(known):
        claim = _claim(path, templates)
        if claim is None or any(fits(glob, path) for glob in by_name[claim[1].series].excluded):
            continue
        template, found = claim
        found = replace(found, key=key_of(by_name[found.series], path, found.match))
        rank = (found.match.spelling != "", template.rank)
        where = (found.series, found.key, found.language)
        if where not in best or best[where][0] < rank:
            best[where] = (rank, found)
    return tuple(found for _, found in best.values())


def tongues(drafts: Sequence[Draft], placed: Sequence[Placed], source: Language, wished: Sequence[str] = ()) -> Tongues:
    """Return the languages of the site and of its series; `drafts` have the largest series first.

    Languages that are `wished` for are those of the site, whatever there is.
    """
    aliases, written = _spelled(drafts, wished)
    if wished:
        asked = tuple(sorted({*map(canonical, wished)} - {source}))
        return Tongues(source=source, site=asked, series={}, aliases=aliases, written=written)
    counts = episodes(drafts, placed)
    seen = {
        each.name: {one.language for one in placed if one.series == each.name and one.language != source}
        for each in drafts
    }
    settled = [seen[each.name] for each in drafts if counts[each.name] >= _ENOUGH_EPISODES and not each.minor]
    files = Counter(one.series for one in placed)
    main = max(drafts, key=lambda each: (not each.minor, files[each.name]))
    common = Counter(language for languages in settled for language in languages)
    site = {language for language in common if 2 * common[language] > len(settled)} or seen[main.name]
    translated = Counter(one.series for one in placed if one.language != source)
    own: dict[str, tuple[Language, ...]] = {}
    for each in drafts:
        begun = translated[each.name] < _BEGUN * counts[each.name] * len(seen[each.name])
        young = counts[each.name] < _ENOUGH_EPISODES or begun
        expected = seen[each.name] | (site if young else set())
        if expected and expected != site:
            own[each.name] = tuple(sorted(expected))
    return Tongues(source=source, site=tuple(sorted(site)), series=own, aliases=aliases, written=written)


def episodes(drafts: Sequence[Draft], placed: Iterable[Placed]) -> dict[str, int]:
    """Return how many episodes each series has."""
    keys = {(one.series, one.key) for one in placed}
    counts = Counter(series for series, _ in keys)
    return {each.name: counts[each.name] for each in drafts}


def _spellings(drafts: Sequence[Draft], source: Language, wished: Sequence[str]) -> Spellings:
    aliases, written = _spelled(drafts, wished)
    languages = {source, *map(canonical, wished), *(page.language for each in drafts for page in each.family.pages)}
    return Spellings.of([written.get(language, language) for language in sorted(languages)], aliases)


def _claim(path: str, templates: Sequence[tuple[str, Template]]) -> tuple[Template, Placed] | None:
    claims = [
        (
            template.rank,
            -index,
            template,
            Placed(path=path, series=name, key=match.key, language=match.language, match=match),
        )
        for index, (name, template) in enumerate(templates)
        if (match := template.match(path)) is not None
    ]
    return max(claims, key=lambda claim: claim[:2])[2:] if claims else None


def _spelled(drafts: Sequence[Draft], wished: Sequence[str] = ()) -> tuple[dict[str, Language], dict[Language, str]]:
    """Return the aliases of the site, and how it usually writes each language; `wished` ones as they are given."""
    usual = Counter((page.language, page.spelling) for each in drafts for page in each.family.pages)
    aliases: dict[str, Language] = {}
    written: dict[Language, str] = {}
    for language, spelling in sorted(usual, key=lambda pair: (-usual[pair], pair)):
        if same(spelling, language):
            written.setdefault(language, spelling)
        else:
            aliases.setdefault(fold(spelling), canonical(language))
    for tag in wished:
        written.setdefault(canonical(tag), tag)
    return aliases, written
