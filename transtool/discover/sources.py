"""Find the sources of a site: the language they are in, and where they lie when no path names it."""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transtool.discover.families import Family, escaped, extension
from transtool.discover.files import Files
from transtool.discover.generators import Hint
from transtool.discover.pages import Page
from transtool.discover.pins import is_pinned
from transtool.discover.sightings import meant
from transtool.errors import N_, Message
from transtool.history import History
from transtool.languages import canonical, exists, is_wellformed
from transtool.model import Language
from transtool.text.sequences import common_prefix

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0410-\u044f]")),
    ("ar", re.compile("[\u0621-\u064a]")),
    ("el", re.compile("[\u0391-\u03c9]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
)
_ENGLISH = Language("en")
# Pages from which on it means something that one language has them first; and as many as are looked up.
_ENOUGH = 3
_MOST_PAGES = 3000
# Pages that tell the language of a site in which no path does.
_SAMPLE = 20
# The share of the dates of translated posts that posts elsewhere must have to be their sources.
_MOST_DATES = 0.6
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})-.")
# What folders are called that hold nothing but translations: whatever they have in the source's language is a copy.
_FOR_TRANSLATIONS = re.compile(r"(?i)translations?|translated|i18n|l10n|locales?|localized|intl")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person says of a site: the language of its sources (empty: not said), and those to translate into."""

    source: str = ""
    languages: tuple[str, ...] = ()

    @property
    def tags(self) -> tuple[str, ...]:
        """Every language that was named, as written."""
        return (*self.languages, self.source)


NO_WISH = Wish()


def with_bases(found: Sequence[Family], unnamed: Collection[str], likely: Language) -> Iterator[Family]:
    """Give `found`, families without sources split by where their sources lie among the `unnamed` paths.

    A family that has pages in the `likely` source language has its sources.
    """
    by_name: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for path in sorted(unnamed):
        by_name[path.rpartition("/")[2]].append(tuple(path.split("/")))
    for family in found:
        whole = all(page.kind == "folder" for page in family.pages) and not family.numbered
        sourced = any(page.language == likely for page in family.pages) and not _is_for_translations(family)
        if not family.roots and not sourced and (dated := _dated(family, unnamed)) is not None:
            yield dated
        elif not whole or family.roots or sourced:
            yield family
        else:
            yield from _split(family, by_name, likely)


@dataclass(frozen=True, slots=True)
class Origin:
    """The language of the sources, why it is taken for that, and whether a person should make sure."""

    language: Language
    why: Message
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells the source's language from outside of the pages' paths."""

    wish: Wish
    hint: Hint | None
    files: Files
    history: History | None


def source_language(found: Sequence[Family], evidence: Evidence) -> Origin:
    """Return the language that the sources of `found` are in.

    A person is believed first; then sources that name no language; then pins, which only translations have; then the
    configuration of the generator, unless git says that most pages were there before in another language; then git;
    and only then numbers, in which English has an advance.
    """
    votes = Counter(page.language for family in found for page in family.pages)
    if evidence.wish.source:
        return Origin(canonical(meant(evidence.wish.source)), Message(N_("as you said")))
    roots = [path for family in found for path in family.roots]
    most = max(votes.values(), default=0)
    if 2 * len(roots) >= most or (roots and _is_elsewhere(len(roots), votes, evidence.hint)):
        reason = Message(N_("the sources are the pages without a language in their path"))
        return Origin(_of_roots(roots, votes, evidence), reason)
    candidates = {language for language in votes if 2 * votes[language] >= most}
    return _pinned(found, candidates, evidence) or _settled(found, candidates, evidence) or _by_number(votes, most)


def _is_elsewhere(roots: int, votes: Counter[Language], hint: Hint | None) -> bool:
    """Return whether the sources cannot be in a language that a path names: there is one only, or not the default."""
    default = None if hint is None else hint.source_among(votes)
    return (len(votes) == 1 and 5 * roots >= votes.total()) or (default is not None and default not in votes)


def untranslated_source(known: Sequence[str], evidence: Evidence) -> Origin:
    """Return the language of pages of which no path names one."""
    if evidence.wish.source:
        return Origin(canonical(meant(evidence.wish.source)), Message(N_("as you said")))
    sample = known[:: max(1, len(known) // _SAMPLE)]
    told = Counter(canonical(meant(tag)) for path in sample if (tag := evidence.files.told(path)) is not None)
    if 2 * told.total() > len(sample):
        return Origin(told.most_common(1)[0][0], Message(N_("front matter says so")))
    if evidence.hint is not None and evidence.hint.source is not None:
        return Origin(evidence.hint.source, Message(N_("{path} says so"), {"path": evidence.hint.path}))
    above = posixpath.commonpath(known) if known else ""
    folder = next((part for part in reversed(above.split("/")) if re.fullmatch("[a-z]{2}", part) and exists(part)), "")
    if folder:
        return Origin(canonical(folder), Message(N_("{path} says so"), {"path": f"{above}/"}), unsure=True)
    language = _written(map(evidence.files.text, sample))
    return Origin(language, Message(N_("a guess: nothing says otherwise")), unsure=True)


def _of_roots(roots: Sequence[str], votes: Counter[Language], evidence: Evidence) -> Language:
    default = None if evidence.hint is None else evidence.hint.source
    named = Counter(canonical(meant(tag)) for path in roots if is_wellformed(tag := evidence.files.told(path) or ""))
    if named:
        return max(named, key=lambda language: (named[language], language == default, language))
    english = any(language.partition("-")[0] == _ENGLISH for language in votes)
    return default or (_written(map(evidence.files.text, roots[:_SAMPLE])) if english else _ENGLISH)


def _pinned(found: Sequence[Family], candidates: Collection[Language], evidence: Evidence) -> Origin | None:
    """Return the only candidate without a pin, where a third of the pages in other languages have one."""
    counts: dict[Language, list[bool]] = defaultdict(list)
    for family in found:
        for page in family.pages:
            counts[page.language].append(is_pinned(page.path, evidence.files, evidence.history))
    bare = [language for language in candidates if not any(counts[language])]
    others = [pinned for language, each in counts.items() if language not in bare for pinned in each]
    if len(bare) != 1 or 3 * sum(others) < len(others) or not others:
        return None
    return Origin(bare[0], Message(N_("pages in other languages record its versions")))


def _settled(found: Sequence[Family], candidates: Collection[Language], evidence: Evidence) -> Origin | None:
    """Return what the generator's configuration and git say."""
    first = Counter(language for language in _first(found, evidence.history) if language in candidates)
    total = first.total()
    ahead = max(first, key=lambda language: (first[language], language), default=None)
    default = None if evidence.hint is None else evidence.hint.source_among(candidates)
    facts = {"count": 0 if ahead is None else first[ahead], "total": total}
    by_git = Message(N_("by git, {count} of {total} pages were there first in it"), facts)
    if evidence.hint is not None and default is not None and default in candidates and first[default] * 5 >= total:
        return Origin(default, Message(N_("{path} says so"), {"path": evidence.hint.path}))
    if ahead is not None and total >= _ENOUGH and 2 * first[ahead] > total:
        return Origin(ahead, by_git, unsure=3 * first[ahead] < 2 * total)
    return None


def _first(found: Sequence[Family], history: History | None) -> Iterator[Language]:
    """Yield for every page the language in which it was committed before all others."""
    if history is None:
        return
    groups: dict[tuple[str, ...], dict[Language, str]] = defaultdict(dict)
    for family in found:
        for page in family.pages:
            groups[family.pattern, *page.parts, page.tail][page.language] = page.path
    for group in list(groups.values())[:_MOST_PAGES]:
        born = {language: at for language, path in group.items() if (at := history.born(path)) is not None}
        earliest = [language for language, at in born.items() if at == min(born.values())]
        if len(born) > 1 and len(earliest) == 1:
            yield earliest[0]


def _by_number(votes: Counter[Language], most: int) -> Origin:
    """Return English where nearly as many pages are in it as in any language, else the language of most pages."""
    ahead = min(votes, key=lambda each: (-votes[each], each))
    language = _ENGLISH if 5 * votes[_ENGLISH] >= 4 * most > 0 else ahead
    sure = language == _ENGLISH and votes[language] == most
    return Origin(language, Message(N_("a guess: it has the most pages, or nearly")), unsure=not sure)


def _dated(family: Family, unnamed: Collection[str]) -> Family | None:
    """Return a family of posts whose folder and names are translated, so that only dates link them; None otherwise.

    Its sources are the posts of the folder that has most of the dates.
    """
    first = family.pages[0]
    dates = Counter(_date(page.parts[-1]) for page in family.pages)
    if first.kind != "suffix" or "" in dates or len({page.parts[:-1] for page in family.pages}) > 1:
        return None
    folders: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted(unnamed):
        folder, _, name = path.rpartition("/")
        if (date := _date(name)) and path.endswith(first.extension):
            folders[folder][date].append(path)
    best = max(folders, key=lambda folder: (len(dates.keys() & folders[folder].keys()), folder), default="")
    there = folders.get(best, {})
    shared = dates.keys() & there.keys()
    unique = all(len(paths) == 1 for paths in there.values()) and len(dates) == len(family.pages)
    if len(shared) < max(2, _MOST_DATES * len(dates)) or not unique:
        return None
    above = [*map(escaped, first.parts[:-1]), "{date}-{_}"]
    return replace(
        family,
        name=best.rpartition("/")[2].strip("_").lower() or family.name,
        pattern="/".join(above) + first.tail + first.extension,
        base="/".join([*map(escaped, filter(None, best.split("/"))), "{date}-{_}"]) + first.extension,
        roots=tuple(path for paths in there.values() for path in paths),
    )


def _date(name: str) -> str:
    """Return the date that a name begins with, before other words; empty where it does not."""
    found = _DATED.match(name)
    return found[1] if found else ""


def _is_for_translations(family: Family) -> bool:
    page = family.pages[0]
    return any(_FOR_TRANSLATIONS.fullmatch(part) for part in page.parts[: page.slot])


def _split(family: Family, by_name: dict[str, list[tuple[str, ...]]], likely: Language) -> Iterator[Family]:
    """Give a family for every pair of folders that hold the same names: one of translations, one of sources.

    What the folders of translations hold in the `likely` source language is a copy of the sources.
    """
    pairs: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[Page, str]]] = defaultdict(list)
    for page in family.pages:
        tail = (*page.parts[page.slot + 1 : -1], page.parts[-1] + page.extension)
        nearest = max(by_name.get(tail[-1], ()), key=lambda path: _nearness(tail, path), default=None)
        if nearest is not None:
            count = common_prefix(tail[::-1], nearest[::-1])
            pairs[tail[:-count], nearest[:-count]].append((page, "/".join(nearest)))
    usual = _usual(family, pairs)
    if not usual:
        yield family
    for (folders, base), group in sorted(usual.items()):
        sources = [path for paths in by_name.values() for path in paths if path[: len(base)] == base]
        deep = any(len(path) > len(base) + 1 for path in sources)
        based = _based(family, folders, base, group, likely, deep=deep)
        others = tuple(
            replace(based, pattern=_pattern(family, there, based.base.rpartition("/")[2])).template("always")
            for there in _other_places(family, base, usual)
        )
        yield replace(based, more=others)


_Parts = tuple[str, ...]
_Pairs = Mapping[tuple[_Parts, _Parts], Sequence[tuple[Page, str]]]


def _usual(family: Family, pairs: _Pairs) -> _Pairs:
    """Return the pairs of folders that hold a fifth of the family, or half of what is below the folder; none twice."""
    least = min(2, len(family.pages))
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Sequence[tuple[Page, str]]] = {}
    for (folders, base), group in sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0])):
        below = sum(page.parts[page.slot + 1 :][: len(folders)] == folders for page in family.pages)
        enough = 5 * len(group) >= len(family.pages) or (folders and 2 * len(group) >= below)
        inside = any(_is_inside(folders, base, known, above) for known, above in found)
        if len(group) >= least and enough and not inside:
            found[folders, base] = group
    return found


def _nearness(tail: _Parts, path: _Parts) -> tuple[int, bool, int]:
    """Return how near a source lies to the `tail` of a page: what both end with, a folder of that name, few folders."""
    count = common_prefix(tail[::-1], path[::-1])
    above, over = tail[:-count][-1:], path[:-count][-1:]
    return count, [each.lstrip("_") for each in above] == [each.lstrip("_") for each in over], -len(path)


def _other_places(family: Family, base: _Parts, usual: _Pairs) -> Iterator[_Parts]:
    """Yield the folders of translations of what is below `base` that a pair of folders around it has."""
    for folders, above in usual:
        there = (*folders, *base[len(above) :])
        inside = len(base) > len(above) and base[: len(above)] == above
        if inside and any(page.parts[page.slot + 1 :][: len(there)] == there for page in family.pages):
            yield there


def _pattern(family: Family, folders: _Parts, name: str) -> str:
    """Return the template of the pages below `folders` of every language, which are called `name`."""
    first = family.pages[0]
    return "/".join([*map(escaped, first.parts[: first.slot + 1]), *map(escaped, folders), name])


def _is_inside(folders: _Parts, base: _Parts, known: _Parts, above: _Parts) -> bool:
    """Return whether a pair of folders is in another pair, at the same place of both."""
    deeper = folders[len(known) :]
    return folders[: len(known)] == known and base == (*above, *deeper)


def _based(
    family: Family,
    folders: tuple[str, ...],
    base: tuple[str, ...],
    group: Sequence[tuple[Page, str]],
    likely: Language,
    *,
    deep: bool,
) -> Family:
    """Return the family of `group`, pages below `folders` of every language whose sources are below `base`."""
    deep = deep if base else any(len(page.parts) - page.slot - 2 > len(folders) for page, _ in group)
    name = ("{key**}" if deep else "{key}") + extension(page.extension for page, _ in group)
    copies = tuple(page.path for page in family.pages if page.language == likely)
    return replace(
        family,
        name=base[-1].strip("_").lower() if base else family.name,
        pattern=_pattern(family, folders, name),
        base="/".join([*map(escaped, base), name]),
        pages=tuple(page for page, _ in group if page.language != likely),
        roots=tuple(sorted({path for _, path in group})),
        copies=copies,
    )


def _written(texts: Iterator[str]) -> Language:
    """Return the language that the script of `texts` stands for, English where it stands for many."""
    sample = "".join(text[:2000] for text in texts)
    for tag, script in _SCRIPTS:
        if 10 * len(script.findall(sample)) > len(re.findall(r"[^\W\d_]", sample)):
            return Language(tag)
    return _ENGLISH
