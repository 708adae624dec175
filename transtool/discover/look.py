"""Look at a site: from its paths and files to everything that can be found out about it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transtool.discover.cases import Case, Titles, flat, usual
from transtool.discover.drafts import Draft, Placed, draft, episodes, is_usable, place, sourced, tongues
from transtool.discover.families import families
from transtool.discover.files import Files
from transtool.discover.found import Found
from transtool.discover.generators import Hint, read_hint
from transtool.discover.keys import key_reader, with_key
from transtool.discover.marks import marks
from transtool.discover.newcomer import about_the_project, newcomers
from transtool.discover.pages import Page, page
from transtool.discover.pins import pins
from transtool.discover.roles import Roles, of_sources, roles
from transtool.discover.sightings import SLOT, meant, recognised
from transtool.discover.sources import (
    NO_WISH,
    Evidence,
    Origin,
    Wish,
    source_language,
    untranslated_source,
    with_bases,
)
from transtool.document import Document
from transtool.errors import N_, Message, Problem, UsageError
from transtool.languages import canonical
from transtool.model import Key, Language, natural_order
from transtool.settings import Learn, TitleOf
from transtool.staleness.page_store import Past

_PAGES = (".md", ".mdx", ".markdown", ".qmd", ".rmd", ".rst", ".adoc", ".asciidoc")
# These are pages where they have front matter, and templates or data otherwise.
_PAGES_WITH_FRONT_MATTER = (".html", ".htm", ".njk", ".liquid")
_NOT_CONTENT = frozenset({"node_modules", "vendor", "_site", "_includes", "_layouts"})
# What folders at the top hold that is not a page of the site: what is built, tested, or comes with a theme.
_NOT_CONTENT_AT_TOP = frozenset(
    {
        *("archetypes", "build", "dist", "layouts", "out", "public", "resources", "scaffolds", "target", "themes"),
        *("__tests__", "fixtures", "spec", "test", "testdata", "tests"),
    }
)

# Roles of fields show in a few hundred episodes as well as in thousands.
_MOST_EPISODES = 600
# A series with fewer episodes than the first number (than half of the largest one's, on a small site), or than the
# third and this share of the largest one's, is mentioned and not proposed.
_SMALL = 6
_SMALL_SHARE = 0.1
_NOT_SMALL = 20
# Languages that are wished for are proposed a layout of their own unless this share of the pages has one.
_LAID_OUT = 0.2


def look(paths: Sequence[str], read: Callable[[str], bytes], wish: Wish = NO_WISH, past: Past | None = None) -> Found:
    """Find out what the site with the files `paths` looks like.

    `wish` is what a person says of it, `past` what git remembers. Raises UsageError where nothing is translated and
    no language is wished for.
    """
    files = Files(read)
    hint = read_hint(paths, read)
    known = [path for path in sorted(paths) if _is_page(path, files)]
    hints = () if hint is None else (*hint.languages, hint.default)
    seen = recognised(known, files.told, tuple(filter(None, (*hints, *wish.tags))))
    pages = [page(sightings) for sightings in seen.values()]
    likely = _likely(wish, hint, {each.language for each in pages})
    found = tuple(with_bases(families(pages, known), [path for path in known if path not in seen], likely))
    evidence = Evidence(wish, hint, files, None if past is None else past.history)
    origin = (
        source_language(found, evidence)
        if found
        else untranslated_source([path for path in known if not about_the_project(path)], evidence)
    )
    site = _Site(evidence, known, pages, origin, past)
    drafts = site.drafts([draft(family, origin.language) for family in found])
    if origin.language in map(canonical, wish.languages):
        already = N_("the sources seem to be in {language} already")
        hint_at_source = N_("say in which language they are: --source")
        raise UsageError(Problem.of(already, hint=hint_at_source, language=origin.language))
    fresh = site.newcomers(drafts) if wish.languages else ()
    if fresh:
        names = {each.name for each in fresh}
        drafts = (*fresh, *(replace(each, minor=True) for each in drafts if each.name not in names))
    if not drafts:
        raise UsageError(_nothing(len(known)))
    return site.understood(drafts, fresh=bool(fresh))


def _likely(wish: Wish, hint: Hint | None, languages: Collection[Language]) -> Language:
    """Return the language that sources are in if nothing else is found: as was said, as configured, else English."""
    if wish.source:
        return canonical(meant(wish.source))
    return (None if hint is None else hint.source_among(languages)) or Language("en")


@dataclass(frozen=True, slots=True)
class _Site:
    """What a look begins with: the `known` pages, those whose paths name a language taken apart, and what is told."""

    evidence: Evidence
    known: Sequence[str]
    pages: Sequence[Page]
    origin: Origin
    past: Past | None

    @property
    def files(self) -> Files:
        """The pages."""
        return self.evidence.files

    @property
    def source(self) -> Language:
        """The language of the sources."""
        return self.origin.language

    def drafts(self, candidates: Sequence[Draft]) -> tuple[Draft, ...]:
        """Return the series that have translations, each with what links its files; small ones are marked."""
        drafts: list[Draft] = []
        for each in filter(is_usable, candidates):
            placed = place([each], self.known, self.source)
            if any(one.language != self.source for one in placed):
                keyed = with_key(each, placed, self.source, self.files)
                linked = place([keyed], self.known, self.source, key_of=key_reader(placed, self.source, self.files))
                drafts.append(sourced(keyed, linked, self.source))
        return _without_small(drafts)

    def newcomers(self, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
        """Return the series that nobody has begun to translate, where they are most of the site."""
        wished = self.evidence.wish.languages
        covered = place(drafts, self.known, self.source, wished) if drafts else ()
        pages = [path for path in self.known if not about_the_project(path)]
        if len(covered) >= _LAID_OUT * len(pages) and drafts:
            return ()
        return tuple(filter(is_usable, newcomers(self.known, self.source, self.evidence.hint)))

    def understood(self, drafts: tuple[Draft, ...], *, fresh: bool) -> Found:
        """Return all that the series `drafts` show; they have no translation yet if they are `fresh`."""
        files, source, wished = self.files, self.source, self.evidence.wish.languages
        by_path = place(drafts, self.known, source, wished) if any(each.points_to for each in drafts) else ()
        placed = place(drafts, self.known, source, wished, key_reader(by_path, source, files))
        titles, titled = _titles(self.pages, files)
        proposed = {each.name: {*each.key_fields, each.points_to} for each in drafts if not each.minor}
        mine = [each for each in placed if each.series in proposed]
        cases, among = _cases(mine, proposed, source, files)
        if fresh and not cases:
            fronts = [front for each in mine[:_MOST_EPISODES] if (front := files.front(each.path)) is not None]
            inferred = of_sources(fronts, source)
        else:
            inferred = roles(cases, titles, among)
        return Found(
            files=len(self.known),
            drafts=drafts,
            tongues=tongues(drafts, placed, source, wished),
            counts=_counts(drafts, placed, source),
            episodes=episodes(drafts, placed),
            roles=inferred,
            values=_learnt(inferred, cases),
            deviations=tuple(_deviations(inferred, cases, titled)),
            hint=self.evidence.hint,
            unread=tuple(files.unread),
            origin=self.origin,
            proofs=pins(_beside_each_other(mine, source), files, self.past) if self.past else (),
            marks=tuple(marks(mine, source, files)),
            strays=tuple(_strays(drafts, placed, self.known)),
            paths=_by_series(placed),
        )


def _by_series(placed: Iterable[Placed]) -> Mapping[str, Sequence[str]]:
    paths: dict[str, list[str]] = defaultdict(list)
    for each in placed:
        paths[each.series].append(each.path)
    return paths


def _strays(drafts: Sequence[Draft], placed: Iterable[Placed], known: Sequence[str]) -> Iterator[str]:
    """Yield the pages that no series has."""
    taken = {each.path for each in placed}
    aside = {path for each in drafts for path in (*each.copies, *each.family.copies)}
    yield from (path for path in known if path not in taken and path not in aside)


def _beside_each_other(placed: Sequence[Placed], source: Language) -> Sequence[tuple[str, str]]:
    """Return the paths of every source and translation of it, in the order of their keys."""
    sources = {(each.series, each.key): each.path for each in placed if each.language == source}
    pairs = [
        (sources[each.series, each.key], each.path)
        for each in placed
        if each.language != source and (each.series, each.key) in sources
    ]
    return sorted(pairs)


def _is_page(path: str, files: Files) -> bool:
    folders = path.split("/")[:-1]
    hidden = any(folder.startswith(".") or folder in _NOT_CONTENT for folder in folders)
    # What is no Unicode cannot stand in a configuration, and a control character not in a template.
    writable = path.isprintable() or not re.search(r"[\x00-\x1f\x7f\ud800-\udfff]", path)
    if hidden or not writable or (folders and folders[0] in _NOT_CONTENT_AT_TOP):
        return False
    if path.lower().endswith(_PAGES_WITH_FRONT_MATTER):
        front = files.front(path)
        return front is not None and bool(front.fields)
    return path.lower().endswith(_PAGES)


def _nothing(count: int) -> Problem:
    return Problem(
        message=Message(
            N_("nothing here looks translated: {count} page, no language in its path"),
            plural=N_("nothing here looks translated: {count} pages, no language in their paths"),
            count=count,
        ),
        hint=Message(N_("say into which languages: transtool init --languages es,fr")),
    )


def _without_small(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Mark the series that are small beside another: pages of navigation, a translated README."""
    sizes = {each.name: len({page.plain or page.path for page in each.family.pages}) for each in drafts}
    numbered = any(each.family.numbered for each in drafts)
    largest = max(sizes.values(), default=0)

    def is_minor(each: Draft) -> bool:
        least = min(_SMALL, largest / 2)
        small = sizes[each.name] < max(least, min(_SMALL_SHARE * largest, _NOT_SMALL))
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
) -> tuple[Mapping[str, Sequence[Case]], Mapping[str, int]]:
    """Return the evidence for every field but those that are `links` in their series, in the order of the files.

    The second value counts the translations that it is from, by series.
    """
    groups: dict[tuple[str, Key], list[Placed]] = defaultdict(list)
    for each in placed:
        groups[each.series, each.key].append(each)
    cases: dict[str, list[Case]] = defaultdict(list)
    among: Counter[str] = Counter()
    for (series, _), group in _sample(groups):
        original = next((each for each in group if each.language == source), None)
        front = None if original is None else files.front(original.path)
        ways = (source,) if original is None or not original.match.spelling else (original.match.spelling, source)
        if front is None:
            continue
        for each in sorted((each for each in group if each.language != source), key=lambda each: each.language):
            among[series] += 1
            for name, case in _beside(front, ways, each, files):
                if name not in links[series]:
                    cases[name].append(case)
    return cases, among


def _sample(
    groups: Mapping[tuple[str, Key], list[Placed]],
) -> Iterator[tuple[tuple[str, Key], list[Placed]]]:
    """Yield the episodes of every series that have translations, evenly spread where there are very many."""
    by_series: dict[str, list[tuple[tuple[str, Key], list[Placed]]]] = defaultdict(list)
    for where, group in sorted(groups.items(), key=lambda item: (item[0][0], natural_order(item[0][1]))):
        if len(group) > 1:
            by_series[where[0]].append((where, group))
    for found in by_series.values():
        count = min(len(found), _MOST_EPISODES)
        yield from (found[at * len(found) // count] for at in range(count))


def _beside(source: Document, origin: tuple[str, ...], translation: Placed, files: Files) -> Iterator[tuple[str, Case]]:
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
                origin=origin,
            ),
        )


def _learnt(inferred: Roles, cases: Mapping[str, Sequence[Case]]) -> Mapping[tuple[str, str], Mapping[Language, str]]:
    """Return the usual texts of the fields that are labels, by series and field."""
    return {
        (series, role.name): usual(case for case in cases[role.name] if series in {"", case.series})
        for series, role in inferred.every()
        if isinstance(role.role, Learn)
    }


def _deviations(
    inferred: Roles, cases: Mapping[str, Sequence[Case]], titles: Mapping[tuple[str, Language], str]
) -> Iterator[Mapping[str, object]]:
    """Yield where a field that holds a page's title usually holds something else."""
    for series, role in inferred.every():
        if isinstance(role.role, TitleOf):
            values = usual(case for case in cases[role.name] if series in {"", case.series})
            for language, value in values.items():
                expected = titles.get((role.role.path, language), value)
                if value != expected:
                    yield {"field": role.name, "language": language, "value": value, "expected": expected}
