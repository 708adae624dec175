"""Propose a layout for a site that has no translation yet: the one that its generator expects, and two others."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal

from transtool.discover.drafts import Draft
from transtool.discover.families import Family, escaped, extension, series_name
from transtool.discover.generators import Hint, Name
from transtool.languages import fold
from transtool.model import Language

Shape = Literal["folder", "suffix", "tree", "beside", "apart", "plugin"]
"""Where translations go: a folder before the page, a suffix of its name, a folder for every language (also the source),
a folder beside the source's, one for all translations, or where Docusaurus looks for them."""

_LAYOUTS: Mapping[Name | None, tuple[tuple[Shape, Shape, Shape], tuple[str, ...]]] = {
    None: (("folder", "suffix", "apart"), ()),
    "Jekyll": (("folder", "suffix", "apart"), ()),
    "Hexo": (("folder", "suffix", "apart"), ("source",)),
    "Hugo": (("suffix", "beside", "tree"), ("content",)),
    "Zola": (("suffix", "folder", "tree"), ("content",)),
    "Astro": (("folder", "suffix", "tree"), ("src/content/docs", "src/content", "src/pages")),
    "Docusaurus": (("plugin", "suffix", "folder"), ("docs", "blog")),
    "MkDocs": (("suffix", "tree", "folder"), ("docs",)),
    "VitePress": (("folder", "suffix", "tree"), ()),
    "Eleventy": (("folder", "suffix", "tree"), ("src", "content")),
    "Quarto": (("suffix", "folder", "tree"), ()),
    "Pelican": (("suffix", "folder", "tree"), ("content",)),
}
"""Where the translations of a generator's site go, the likeliest first, and the folders that its pages are in."""
_IN_A_TREE: tuple[Shape, ...] = ("tree",)
_PLUGIN = {"docs": "docusaurus-plugin-content-docs/current", "blog": "docusaurus-plugin-content-blog"}
_COLLECTION = re.compile(r"_(?!includes|layouts|data|sass|plugins|site)[a-z][^/]*")


def newcomers(known: Sequence[str], source: Language, hint: Hint | None) -> tuple[Draft, ...]:
    """Return the series of a site whose pages `known` have no translation, the largest first."""
    pages = [path for path in known if not about_the_project(path)]
    drafts = []
    for base, paths in _trees(pages, hint):
        shapes, _folders = _LAYOUTS[None if hint is None else hint.generator]
        own = f"{base}{_own_folder(paths, base, source)}"
        templates: list[tuple[str, ...]] = []
        for shape in shapes if own == base else _IN_A_TREE:
            found = _templates(shape, base, _rest(paths, own))
            if found is not None:
                templates.append(found)
        name = series_name(base.rstrip("/").rpartition("/")[2])
        family = Family(name=name, pattern=templates[0][-1], numbered=False, pages=(), roots=tuple(paths))
        # What lies at the top beside the pages is about the project.
        aside = () if base else tuple(path for path in known if about_the_project(path))
        drafts.append(
            Draft(name=name, templates=templates[0], family=family, others=tuple(templates[1:]), excluded=aside)
        )
    return tuple(sorted(drafts, key=lambda draft: (-len(draft.family.roots), draft.name)))


def about_the_project(path: str) -> bool:
    """Return whether a file at the top is about the project, not a page of its site: README, LICENSE and the like."""
    return bool(re.fullmatch(r"[A-Z][A-Z0-9_-]{3,40}(?:[._-][A-Za-z_-]{1,40})?\.\w{1,20}", path))


def _trees(pages: Sequence[str], hint: Hint | None) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the folders (with a slash at their ends, empty for the top) that hold the pages of a site."""
    top = "" if hint is None or hint.path.count("/") == 0 else hint.folder
    inside = [path for path in pages if path.startswith(top)]
    _shapes, folders = _LAYOUTS[None if hint is None else hint.generator]
    bases = [f"{top}{folder}/" for folder in folders]
    found = [(base, paths) for base in bases if (paths := [path for path in inside if path.startswith(base)])]
    if found:
        return found if hint is not None and hint.generator == "Docusaurus" else found[:1]
    if hint is not None and hint.generator is not None and inside:
        return _collections(top, inside)
    return _largest(pages)


def _collections(top: str, inside: Sequence[str]) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the collections of Jekyll, and everything else there."""
    groups: dict[str, list[str]] = defaultdict(list)
    for path in inside:
        first = path[len(top) :].partition("/")[0]
        collected = "/" in path[len(top) :] and _COLLECTION.fullmatch(first)
        groups[f"{top}{first}/" if collected else top].append(path)
    return list(groups.items())


def _largest(pages: Sequence[str]) -> Sequence[tuple[str, Sequence[str]]]:
    """Return the folder at the top that holds most pages; the top itself where most lie right there."""
    counts = Counter(path.partition("/")[0] + "/" if "/" in path else "" for path in pages)
    if not counts:
        return []
    base = max(counts, key=lambda folder: (counts[folder], folder))
    return [(base, [path for path in pages if path.startswith(base) and (base or "/" not in path)])]


def _own_folder(paths: Sequence[str], base: str, source: Language) -> str:
    """Return the folder (with a slash) that holds all `paths` and is called like the source's language, if any."""
    firsts = {path[len(base) :].partition("/")[0] for path in paths}
    first = next(iter(firsts)) if len(firsts) == 1 else ""
    return f"{first}/" if fold(first) == fold(source) else ""


def _rest(paths: Sequence[str], own: str) -> str:
    """Return the template of what follows the folder `own` in all `paths`."""
    names = [path[len(own) :] for path in paths]
    across = own or any("/" in name for name in names)
    return ("{key**}" if across else "{key}") + extension("." + name.rpartition(".")[2] for name in names)


def _templates(shape: Shape, base: str, rest: str) -> tuple[str, ...] | None:
    """Return the templates of a shape, None where the site cannot have it."""
    folder = escaped(base)
    key, _, ending = rest.partition(".")
    match shape:
        case "folder":
            return (f"{folder}[{{lang}}/]{rest}",)
        case "suffix":
            return (f"{folder}{key}[.{{lang}}].{ending}",)
        case "tree":
            return (f"{folder}{{lang}}/{rest}",)
        case "beside":
            return (f"{folder.rstrip('/')}[.{{lang}}]/{rest}",) if base else None
        case "apart":
            return (f"{folder}{rest}", f"translations/{{lang}}/{folder}{rest}")
        case "plugin":
            above, _, name = base.rstrip("/").rpartition("/")
            i18n = f"{above}/i18n" if above else "i18n"
            return (f"{folder}{rest}", f"{escaped(i18n)}/{{lang}}/{_PLUGIN.get(name, name)}/{rest}")
