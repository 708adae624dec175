"""Look at a site: from its paths and files to everything that can be found out about it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from transtool import document
from transtool.discover.cases import Case, Titles, flat, usual
from transtool.discover.drafts import Draft, Placed, draft, is_usable, place, spellings, tongues
from transtool.discover.families import families
from transtool.discover.found import Deviation, Found
from transtool.discover.keys import key_reader, with_key
from transtool.discover.pages import Page, page
from transtool.discover.roles import Roles, roles
from transtool.discover.sightings import SLOT, meant, recognised
from transtool.discover.sources import read_hint, source_language, with_bases
from transtool.document import Document
from transtool.errors import N_, Message, Problem, UsageError
from transtool.languages import canonical, is_wellformed
from transtool.model import Key, Language, natural_order
from transtool.settings import Learn, TitleOf

_PAGES = (".md", ".mdx", ".markdown")
_NOT_CONTENT = frozenset({"node_modules", "vendor", "_site"})
_LANGUAGE_FIELDS = ("lang", "language", "locale", "lang_code")

# Roles of fields show in a few hundred episodes as well as in thousands.
_MOST_EPISODES = 400
# A series with fewer episodes, or with less than this share of the largest one's, is mentioned and not proposed.
_SMALL = 6
_SMALL_SHARE = 0.1


class Files:
    """The pages of a site, parsed when they are needed, without keeping their texts."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Take the function that gives the bytes of a path."""
        self.read = read
        self.unread: list[str] = []
        self._fronts: dict[str, Document | None] = {}

    def front(self, path: str) -> Document | None:
        """Return the front matter of a page; None where it cannot be read."""
        if path not in self._fronts:
            found = document.parse(path, self.read(path))
            if isinstance(found, Document):
                self._fronts[path] = replace(found, data=b"", text="", body_start=0)
            else:
                self._fronts[path] = None
                self.unread.append(path)
        return self._fronts[path]

    def told(self, path: str) -> str | None:
        """Return the language that the front matter of a page names."""
        front = self.front(path)
        named = (None if front is None else front.raw(name) for name in _LANGUAGE_FIELDS)
        return next((tag for tag in named if tag is not None and is_wellformed(tag)), None)

    def text(self, path: str) -> str:
        """Return the body of a page."""
        found = document.parse(path, self.read(path))
        return found.body if isinstance(found, Document) else ""


def look(paths: Sequence[str], read: Callable[[str], bytes]) -> Found:
    """Find out what the site with the files `paths` looks like. Raises UsageError where nothing is translated."""
    files = Files(read)
    hint = read_hint(paths, read)
    known = [path for path in sorted(paths) if _is_page(path)]
    seen = recognised(known, files.told, () if hint is None else (*hint.languages, hint.default))
    pages = [page(sightings) for sightings in seen.values()]
    likely = Language("en") if hint is None or not hint.default else canonical(meant(hint.default))
    found = tuple(with_bases(families(pages, known), [path for path in known if path not in seen], likely))
    source = source_language(found, files.told, files.text, hint) if found else likely
    drafts = _drafts([draft(family, source) for family in found], known, source, files)
    if not drafts:
        raise UsageError(_nothing(len(known)))
    tags = spellings(drafts, source)
    by_path = place(drafts, known, tags, source) if any(each.points_to for each in drafts) else ()
    placed = place(drafts, known, tags, source, key_reader(by_path, source, files.front))
    titles, titled = _titles(pages, files)
    proposed = {each.name: {*each.key_fields, each.points_to} for each in drafts if not each.minor}
    cases = _cases([each for each in placed if each.series in proposed], proposed, source, files)
    inferred = roles(cases, titles)
    return Found(
        files=len(known),
        drafts=drafts,
        tongues=tongues(drafts, placed, source),
        counts=_counts(drafts, placed, source),
        episodes={each.name: len({one.key for one in placed if one.series == each.name}) for each in drafts},
        roles=inferred,
        values=_learnt(inferred, cases),
        deviations=tuple(_deviations(inferred, cases, titled)),
        hint=hint,
        unread=tuple(files.unread),
    )


def _is_page(path: str) -> bool:
    folders = path.split("/")[:-1]
    hidden = any(folder.startswith(".") or folder in _NOT_CONTENT for folder in folders)
    # What is no Unicode cannot stand in a configuration, and a control character not in a template.
    writable = path.isprintable() or not re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", path)
    return path.lower().endswith(_PAGES) and not hidden and writable


def _drafts(candidates: Sequence[Draft], known: Sequence[str], source: Language, files: Files) -> tuple[Draft, ...]:
    """Return the series that have translations, each with what links its files; small ones are marked."""
    drafts: list[Draft] = []
    for each in filter(is_usable, candidates):
        placed = place([each], known, spellings([each], source), source)
        if any(one.language != source for one in placed):
            drafts.append(with_key(each, placed, source, files.front))
    return _without_small(drafts)


def _nothing(count: int) -> Problem:
    return Problem(
        message=Message(
            N_("nothing here looks translated: {count} Markdown file, no language in its path"),
            plural=N_("nothing here looks translated: {count} Markdown files, no language in their paths"),
            count=count,
        ),
        hint=Message(N_("write transtool.toml by hand; the documentation of layouts shows how")),
    )


def _without_small(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Mark the series that are small beside another: pages of navigation, a translated README."""
    sizes = {each.name: len({page.plain or page.path for page in each.family.pages}) for each in drafts}
    numbered = any(each.family.numbered for each in drafts)
    largest = max(sizes.values(), default=0)

    def is_minor(each: Draft) -> bool:
        small = sizes[each.name] < max(_SMALL, _SMALL_SHARE * largest)
        return small and not each.family.numbered and (numbered or sizes[each.name] < largest)

    return tuple(replace(each, minor=is_minor(each)) for each in drafts)


def _counts(
    drafts: Sequence[Draft], placed: Iterable[Placed], source: Language
) -> Mapping[str, Mapping[Language, int]]:
    counts: dict[str, Counter[Language]] = {each.name: Counter() for each in drafts}
    for each in placed:
        counts[each.series][each.language] += 1
    return {
        name: dict(sorted(found.items(), key=lambda pair: (pair[0] != source, pair[0])))
        for name, found in counts.items()
    }


def _titles(pages: Iterable[Page], files: Files) -> tuple[Titles, Mapping[tuple[str, Language], str]]:
    """Return which pages have which titles, and the other way round, for pages that exist in several languages."""
    skeletons: dict[str, list[Page]] = defaultdict(list)
    for each in pages:
        if "{" not in each.path and "}" not in each.path:
            skeletons[_skeleton(each)].append(each)
    by_title: dict[tuple[Language, str], set[str]] = defaultdict(set)
    titles: dict[tuple[str, Language], str] = {}
    for skeleton, group in skeletons.items():
        for each in group:
            front = files.front(each.path)
            if len(group) > 1 and front is not None and front.title:
                by_title[each.language, front.title].add(skeleton)
                titles[skeleton, each.language] = front.title
    return {key: frozenset(found) for key, found in by_title.items()}, titles


def _skeleton(of: Page) -> str:
    return ("/".join(of.parts) + of.tail + of.extension).replace(SLOT, "{lang}")


def _cases(
    placed: Sequence[Placed], links: Mapping[str, Collection[str]], source: Language, files: Files
) -> Mapping[str, Sequence[Case]]:
    """Return the evidence for every field but those that are `links` in their series, in the order of the files."""
    groups: dict[tuple[str, Key], list[Placed]] = defaultdict(list)
    for each in placed:
        groups[each.series, each.key].append(each)
    cases: dict[str, list[Case]] = defaultdict(list)
    taken: Counter[str] = Counter()
    for (series, _), group in sorted(groups.items(), key=lambda item: (item[0][0], natural_order(item[0][1]))):
        original = next((each for each in group if each.language == source), None)
        front = None if original is None else files.front(original.path)
        taken[series] += 1
        if front is None or len(group) < 2 or taken[series] > _MOST_EPISODES:
            continue
        for each in sorted((each for each in group if each.language != source), key=lambda each: each.language):
            for name, case in _beside(front, each, files):
                if name not in links[series]:
                    cases[name].append(case)
    return cases


def _beside(source: Document, translation: Placed, files: Files) -> Iterator[tuple[str, Case]]:
    """Yield every field of a translation beside its source's."""
    front = files.front(translation.path)
    there, values = flat(source), {} if front is None else flat(front)
    for name in dict.fromkeys([*there, *values]):
        yield (
            name,
            Case(
                series=translation.series,
                key=translation.key,
                language=translation.language,
                spelling=translation.match.spelling or translation.language,
                source=there.get(name),
                value=values.get(name),
            ),
        )


def _learnt(inferred: Roles, cases: Mapping[str, Sequence[Case]]) -> Mapping[tuple[str, str], Mapping[Language, str]]:
    """Return the usual texts of the fields that are labels, by series and field."""
    found: dict[tuple[str, str], Mapping[Language, str]] = {}
    for series, roles_there in (("", inferred.site), *inferred.series.items()):
        for role in roles_there:
            if isinstance(role.role, Learn):
                found[series, role.name] = usual(case for case in cases[role.name] if series in {"", case.series})
    return found


def _deviations(
    inferred: Roles, cases: Mapping[str, Sequence[Case]], titles: Mapping[tuple[str, Language], str]
) -> Iterable[Deviation]:
    """Yield where a field that holds a page's title usually holds something else."""
    for series, roles_there in (("", inferred.site), *inferred.series.items()):
        for role in roles_there:
            if isinstance(role.role, TitleOf):
                for language, value in usual(c for c in cases[role.name] if series in {"", c.series}).items():
                    expected = titles.get((role.role.path, language), value)
                    if value != expected:
                        yield Deviation(field=role.name, language=language, value=value, expected=expected)
