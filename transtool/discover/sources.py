"""Find the sources of a site: the language they are in, and where they lie when no path names it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from transtool import document
from transtool.discover.families import Family, escaped
from transtool.discover.pages import Page
from transtool.discover.sightings import SLOT, meant
from transtool.document import Document, Scalar
from transtool.languages import canonical, is_wellformed
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


@dataclass(frozen=True, slots=True)
class Hint:
    """The languages that the file `path` lists, and the one it calls its default (empty: none)."""

    path: str
    languages: tuple[str, ...] = ()
    default: str = ""


def with_bases(found: Sequence[Family], unnamed: Collection[str], likely: Language) -> Iterator[Family]:
    """Give `found`, families without sources split by where their sources lie among the `unnamed` paths.

    A family that has pages in the `likely` source language has its sources.
    """
    by_name: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for path in sorted(unnamed):
        by_name[path.rpartition("/")[2]].append(tuple(path.split("/")))
    for family in found:
        whole = all(page.kind == "folder" for page in family.pages) and not family.numbered
        if not whole or family.roots or any(page.language == likely for page in family.pages):
            yield family
        else:
            yield from _split(family, by_name)


def source_language(
    found: Sequence[Family], told: Callable[[str], str | None], text: Callable[[str], str], hint: Hint | None
) -> Language:
    """Return the language most sources are in.

    `told` gives the language that front matter of a path names, `text` a file's text; the hint counts where the files
    do not say otherwise.
    """
    votes = Counter(page.language for family in found for page in family.pages)
    most = max(votes.values(), default=0)
    default = canonical(meant(hint.default)) if hint is not None and hint.default else None
    roots = [path for family in found for path in family.roots]
    if 2 * len(roots) >= most:
        named = Counter(canonical(meant(tag)) for path in roots if is_wellformed(tag := told(path) or ""))
        if named:
            return max(named, key=lambda language: (named[language], language == default, language))
        return default or (_ENGLISH if not votes[_ENGLISH] else _written(map(text, roots[:20])))
    if default is not None and 2 * votes[default] >= most:
        return default
    return min(votes, key=lambda language: (-votes[language], language != _ENGLISH, language))


def _split(family: Family, by_name: dict[str, list[tuple[str, ...]]]) -> Iterator[Family]:
    """Give a family for every pair of folders that hold the same names: one of translations, one of sources."""
    pairs: dict[tuple[tuple[str, ...], tuple[str, ...]], list[tuple[Page, str]]] = defaultdict(list)
    for page in family.pages:
        tail = (*page.parts[page.slot + 1 : -1], page.parts[-1] + page.extension)
        nearest = max(by_name.get(tail[-1], ()), key=lambda path: common_prefix(tail[::-1], path[::-1]), default=None)
        if nearest is not None:
            count = common_prefix(tail[::-1], nearest[::-1])
            pairs[tail[:-count], nearest[:-count]].append((page, "/".join(nearest)))
    usual = {pair: group for pair, group in pairs.items() if 5 * len(group) >= len(family.pages) and len(group) > 1}
    if not usual:
        yield family
    for (folders, base), group in sorted(usual.items()):
        pages = tuple(page for page, _ in group)
        deep = any(len(page.parts) - page.slot - 2 > len(folders) for page in pages)
        name = ("{key**}" if deep else "{key}") + escaped(pages[0].extension)
        above = family.pages[0].parts[: family.pages[0].slot]
        yield replace(
            family,
            name=base[-1].strip("_").lower() if base else family.name,
            pattern="/".join([*map(escaped, above), SLOT, *map(escaped, folders), name]),
            base="/".join([*map(escaped, base), name]),
            pages=pages,
            roots=tuple(sorted({path for _, path in group})),
        )


def _written(texts: Iterator[str]) -> Language:
    """Return the language that the script of `texts` stands for, English where it stands for many."""
    sample = "".join(text[:2000] for text in texts)
    for tag, script in _SCRIPTS:
        if 10 * len(script.findall(sample)) > len(re.findall(r"[^\W\d_]", sample)):
            return Language(tag)
    return _ENGLISH


_LISTS = ("languages", "langs", "locales")
_DEFAULTS = ("default_lang", "defaultLang", "default_language", "default_locale", "lang", "locale")


def read_hint(paths: Iterable[str], read: Callable[[str], bytes]) -> Hint | None:
    """Return what the Jekyll configuration nearest to the top says; None where there is none that says anything."""
    named = sorted((path for path in paths if _is_configuration(path)), key=lambda path: (path.count("/"), path))
    for path in named:
        hint = _hint(path, read(path))
        if hint.languages or hint.default:
            return hint
    return None


def _is_configuration(path: str) -> bool:
    return path.rpartition("/")[2] in {"_config.yml", "_config.yaml"}


def _hint(path: str, data: bytes) -> Hint:
    # It is YAML, and only `document` reads YAML: as the front matter of a page.
    found = document.parse(path, b"---\n" + data.removeprefix(b"---\n") + b"\n---\n")
    if not isinstance(found, Document):
        return Hint(path)
    listed = next((tags for name in _LISTS if (tags := _tags(found, name))), ())
    default = next((tag for name in _DEFAULTS if is_wellformed(tag := found.raw(name) or "")), "")
    return Hint(path, listed, default)


def _tags(found: Document, name: str) -> tuple[str, ...]:
    """Return the tags in a list, or the keys of a mapping."""
    value = found.value(name)
    match value:
        case document.Sequence(items=items):
            texts = [item.text for item in items if isinstance(item, Scalar)]
        case document.Mapping(items=pairs):
            texts = [key for key, _ in pairs]
        case _:
            texts = []
    return tuple(text for text in texts if is_wellformed(text))
