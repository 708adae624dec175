"""Sort the pages of a site into families that one path template each can describe."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from transtool.discover.pages import ANY, Number, Page, common_date, common_folders, number, once, shape
from transtool.discover.sightings import SLOT

Naming = Literal["always", "optional", "never"]
_SPECIAL = re.compile(r"[{}\[\]()|*\\]")

# The share of the pages of a language's folder from which on numbered ones are a series of their own.
_OF_ITS_OWN = 0.5
# More files than this beside each other under one number are chapters of a version, not the parts of an episode.
_MOST_FILES_OF_A_NUMBER = 3
# The share of the pages in a folder that have numbers where numbers mean anything.
_MOST = 0.5
# The share of pages that repeat their language in the name where that is not a coincidence.
_REPEATED = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Pages that belong to one series: `pattern` is their template with `SLOT` for the language.

    `base` is the template of sources that lie elsewhere, without a language; empty where there are none. `roots` are
    the sources that name no language, there or beside the pages; `copies` lie among the translations and are in the
    source's language. `more` are further templates of translations of the sources at `base`.
    """

    name: str
    pattern: str
    numbered: bool
    pages: tuple[Page, ...]
    roots: tuple[str, ...] = ()
    base: str = ""
    copies: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    def template(self, naming: Naming) -> str:
        """Return the path template with the language named always, optionally or never."""
        folder = {"always": "{lang}/", "optional": "[{lang}/]", "never": ""}[naming]
        ending = {"always": r"\1{lang}", "optional": r"[\1{lang}]", "never": ""}[naming]
        text = self.pattern.replace(f"/{SLOT}/", f"/{folder}").removeprefix(f"{SLOT}/")
        text = folder + text if self.pattern.startswith(f"{SLOT}/") else text
        return re.sub(f"([._-]){SLOT}", ending, text).replace(SLOT, "{lang}")


def families(pages: Sequence[Page], known: Collection[str]) -> tuple[Family, ...]:
    """Return the families of `pages`, those with most pages first; `known` are all paths of the site."""
    files = frozenset(known)
    numbered, rest = _numbered(pages, files)
    numbered, joining = _apart(numbered, pages)
    found = [*numbered, *_texts([*rest, *joining])]
    named = {page.path for page in pages}
    unnamed = [path for path in known if path not in named]
    with_roots = [
        _deepened(replace(family, roots=tuple(sorted({page.plain for page in family.pages} & files))), unnamed)
        for family in found
    ]
    ordered = sorted(with_roots, key=lambda family: (-len(family.pages), family.pattern))
    return tuple(_named(ordered))


def _deepened(family: Family, unnamed: Collection[str]) -> Family:
    """Return `family` with keys across folders, where sources that nobody has translated lie in folders below it."""
    above = family.pattern.partition("{key}")[0].replace(f"{SLOT}/", "")
    if not family.roots or "/" not in above or SLOT in above or "{key}" not in family.pattern.rpartition("/")[2]:
        return family
    ending = family.pages[0].extension
    deeper = any(path.startswith(above) and "/" in path[len(above) :] and path.endswith(ending) for path in unnamed)
    return replace(family, pattern=family.pattern.replace("{key}", "{key**}")) if deeper else family


def escaped(text: str) -> str:
    """Return `text` as it is written in a template."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _named(found: Sequence[Family]) -> Iterator[Family]:
    """Give every family a name of its own."""
    seen: Counter[str] = Counter()
    for family in found:
        seen[family.name] += 1
        yield family if seen[family.name] == 1 else replace(family, name=f"{family.name}-{seen[family.name]}")


def _numbered(pages: Sequence[Page], known: frozenset[str]) -> tuple[list[Family], list[Page]]:
    """Return the families whose episodes have numbers, and the pages left over."""
    groups: dict[tuple[str, ...], list[tuple[Page, Number]]] = defaultdict(list)
    rest: list[Page] = []
    for page in pages:
        at = number(page)
        if at is None:
            rest.append(page)
        else:
            groups[shape(page, at)].append((page, at))
    beside = Counter(_above(group[0]) for group in groups.values())
    merged: dict[tuple[str, ...], list[tuple[Page, Number]]] = defaultdict(list)
    folders = Counter(page.parts[:index] for page in pages for index in range(len(page.parts)))
    counted = Counter(page.parts[: at.index] for group in groups.values() for page, at in group)
    for each, group in groups.items():
        page, at = group[0]
        crowded = beside[_above(group[0])] > _MOST_FILES_OF_A_NUMBER
        rare = counted[page.parts[: at.index]] < _MOST * folders[page.parts[: at.index]]
        if crowded or rare or not _is_numbered(group, known):
            rest.extend(page for page, _ in group)
            continue
        anonymous = (*each[: at.index], "#" + at.after[:1], *each[at.index + 1 :])
        # A series that was renamed goes on counting; two series that count side by side share numbers.
        taken = {(page.language, number.value) for page, number in merged[anonymous]}
        shared = any((page.language, number.value) in taken for page, number in group)
        merged[each if shared else anonymous].extend(group)
    return [_number_family(group) for group in merged.values() if group], rest


def _apart(numbered: Sequence[Family], pages: Sequence[Page]) -> tuple[list[Family], list[Page]]:
    """Return the numbered families that are series of their own, and the pages that belong to the tree around them.

    A numbered folder inside a tree of pages is a chapter of it, unless only its numbers link the languages.
    """
    trees = Counter(page.parts[: page.slot] for page in pages if page.kind == "folder")
    own: list[Family] = []
    joining: list[Page] = []
    for family in numbered:
        first = family.pages[0]
        above = first.kind != "folder" or "{number}" in family.pattern.partition(SLOT)[0]
        languages: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for page in family.pages:
            languages[page.parts].add(page.language)
        linked = sum(len(each) > 1 for each in languages.values()) * 2 >= len(languages)
        if above or not linked or len(family.pages) >= _OF_ITS_OWN * trees[first.parts[: first.slot]]:
            own.append(family)
        else:
            joining.extend(family.pages)
    return own, joining


def _above(entry: tuple[Page, Number]) -> tuple[str, ...]:
    page, at = entry
    return (*page.parts[: at.index], at.before)


def _is_numbered(group: Sequence[tuple[Page, Number]], known: frozenset[str]) -> bool:
    """Return whether the numbers in `group` tell episodes apart, and the pages of an episode have the same."""
    languages: dict[int, set[str]] = defaultdict(set)
    for page, at in group:
        languages[at.value].add(page.language)
    rooted = any(page.plain in known for page, _ in group)
    if len({page.language for page, _ in group}) < 2 and not rooted:
        return False
    lettered = any(re.search(r"[^\W\d_]", at.before) and at.index < len(page.parts) - 1 for page, at in group)
    if len(languages) < 2 and not lettered:
        return False
    if 10 * sum(map(len, languages.values())) < 9 * len(group):
        return False
    titled = any(at.after and at.index == len(page.parts) - 1 for page, at in group)
    return not titled or rooted or 2 * sum(len(each) > 1 for each in languages.values()) >= len(languages)


def _number_family(group: Sequence[tuple[Page, Number]]) -> Family:
    first, at = group[0]
    befores = list(dict.fromkeys(number.before for _, number in sorted(group, key=lambda entry: entry[1].value)))
    afters = {number.after for _, number in group}
    mark = befores[0][-1:] if len({before[-1:] for before in befores}) == 1 and befores[0][-1:] in "-_. " else ""
    stems = [escaped(before.removesuffix(mark)) for before in befores]
    before = (stems[0] if len(stems) == 1 else f"({'|'.join(stems)})") + mark
    after = escaped(at.after) if len(afters) == 1 else f"{escaped(at.after[:1])}{{_}}"
    parts = list(map(escaped, first.parts))
    for index, part in enumerate(shape(first, at)[:-1]):
        if part == ANY and len({page.parts[index] for page, _ in group}) > 1:
            parts[index] = "{_}"
    parts[at.index] = f"{before}{{number}}{after}"
    above = [part for part in shape(first, at)[: at.index] if SLOT not in part and part != ANY]
    name = above[-1] if above else befores[0].strip("-_. ") or "episodes"
    pages = tuple(page for page, _ in group)
    pattern = "/".join(parts) + first.tail + extension(page.extension for page in pages)
    return Family(name=series_name(name), pattern=pattern, numbered=True, pages=pages)


def _texts(pages: Sequence[Page]) -> Iterator[Family]:
    """Yield the families whose episodes have names."""
    groups: dict[tuple[tuple[str, ...], str, str], list[Page]] = defaultdict(list)
    for page in pages:
        groups[_prefix(page), page.kind, page.tail].append(page)
    for (prefix, kind, _), group in _merged(groups).items():
        yield _text_family(prefix, kind, group)


def _prefix(page: Page) -> tuple[str, ...]:
    """Return the parts that all pages of a family have before anything varies."""
    if page.kind == "folder":
        return page.parts[: page.slot]
    if page.kind == "folder suffix":
        return page.parts[: page.slot + 1]
    return page.parts[: min(1, len(page.parts) - (2 if page.kind == "name" else 1))]


def _merged(
    groups: Mapping[tuple[tuple[str, ...], str, str], list[Page]],
) -> Mapping[tuple[tuple[str, ...], str, str], list[Page]]:
    """Join groups that are one page each, in folders beside each other: the folder's name is the key."""
    joined: dict[tuple[tuple[str, ...], str, str], list[Page]] = {}
    beside: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for place, group in groups.items():
        tails = {page.parts[page.slot + 1 :] for page in group}
        if place[1] == "folder" and place[0] and len(tails) == 1:
            beside[place[0][:-1], next(iter(tails))].append(place)
        else:
            joined[place] = group
    for (parent, _), places in beside.items():
        if len(places) == 1:
            joined[places[0]] = groups[places[0]]
        else:
            joined[(*parent, ANY), "folder", ""] = [page for place in places for page in groups[place]]
    return joined


def _text_family(prefix: tuple[str, ...], kind: str, group: Sequence[Page]) -> Family:
    if sum(page.twice != "" for page in group) < _REPEATED * len(group):
        group = list(map(once, group))
    first = group[0]
    start = len(prefix) + (kind == "folder")
    tails = sorted({page.parts[start:] for page in group})
    if ANY in prefix:
        common, key = len(tails[0]) - 1, escaped(tails[0][-1])
    else:
        common = common_folders(tails)
        key = _key([tail[common:] for tail in tails], kind)
    twice = next((page.twice for page in group if page.twice), "")
    if twice:
        key += f"{twice}{{lang}}" if all(page.twice for page in group) else f"[{twice}{{lang}}]"
    named = [first.parts[first.slot]] if kind == "folder" else []
    folders = [*(("{key}" if part == ANY else escaped(part)) for part in prefix), *named]
    names = [part for part in (*prefix, *tails[0][:common]) if part != ANY and SLOT not in part]
    suffixed = re.sub(f"[._-]?{SLOT}.*", "", prefix[-1]) if prefix else ""
    pattern = (
        "/".join([*folders, *map(escaped, tails[0][:common]), key])
        + first.tail
        + extension(page.extension for page in group)
    )
    name = series_name(names[-1] if names else suffixed or "pages")
    return Family(name=name, pattern=pattern, numbered=False, pages=tuple(group))


def _key(tails: Sequence[tuple[str, ...]], kind: str) -> str:
    """Return the template of what tells pages apart: folders and a name, below what all have in common."""
    depths = {len(tail) for tail in tails}
    names = {tail[-1] for tail in tails}
    across = "{key**}" if len(depths) > 1 or depths > {1} else "{key}"
    if kind == "name":
        return f"{'{key**}' if max(depths) > 2 or len(depths) > 1 else '{key}'}/{SLOT}"
    if len(names) == 1 and min(depths) > 1:
        return f"{'{key**}' if depths != {2} else '{key}'}/{escaped(next(iter(names)))}"
    if depths != {1}:
        return "{key**}"
    rest = common_date(names) if len(names) > 1 else None
    return across if rest is None else f"{{date}}{escaped(rest)}"


def extension(suffixes: Iterable[str]) -> str:
    """Return the template of `suffixes` of files (with their dots), the commonest first."""
    counts = Counter(suffixes)
    ordered = sorted(counts, key=lambda suffix: (-counts[suffix], suffix))
    if len(ordered) == 1:
        return escaped(ordered[0])
    return f".({'|'.join(escaped(suffix.removeprefix('.')) for suffix in ordered)})"


def series_name(folder: str) -> str:
    """Return what a series is called whose pages are in a folder of this name."""
    return re.sub(r"[\s,]+", "-", folder.strip("_. ")).lower() or "pages"
