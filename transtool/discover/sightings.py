"""Find what looks like a language in paths, and decide where it is one."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from transtool.languages import exists, fold, same

SLOT = "\0"
"""Stands for the language in a skeleton; no path has it."""

MISTAKEN = {"cn": "zh", "cz": "cs", "dk": "da", "gr": "el", "iw": "he", "jp": "ja", "kr": "ko", "ua": "uk"}
"""What sites write for a language, being a country or an old code, and the tag they mean."""

_TAG = r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|[0-9]{3})){0,2}"
_WHOLE = re.compile(_TAG)
_FRONT_PAGE = re.compile(r"(?i:_?index|readme)\.\w+")

# The share of tags among the folders beside each other from which on they are taken for languages by themselves.
_ALONE = 0.8

_UNMISTAKABLE = frozenset(
    "ar bg bn cs da de el es fa fi fr he hi hu it ja ko nl pl pt ro ru sk sv th tr uk zh".split()  # noqa: SIM905  (a list of that many would be taller than this module)
)
"""Tags of much translated languages that stand in paths for hardly anything else: one page with one is enough."""

_Place = tuple[str, str, str]
Kind = Literal["folder", "folder suffix", "name", "suffix"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A text in `path`, from `start` to `end`, that could be a language.

    It is a whole folder name, the end of one, a whole file name (without its extension) or the end of one.
    """

    path: str
    start: int
    end: int
    kind: Kind

    @property
    def tag(self) -> str:
        """The text that could be a language, as written."""
        return self.path[self.start : self.end]

    @property
    def mark(self) -> str:
        """The character before the language where it is an ending, else nothing."""
        return self.path[self.start - 1] if self.kind.endswith("suffix") else ""

    @property
    def skeleton(self) -> str:
        """The path with `SLOT` in place of the language: the same for all languages of an episode."""
        return self.path[: self.start] + SLOT + self.path[self.end :]

    @property
    def plain(self) -> str:
        """The path without the language: where a source that names none would be; empty if it cannot be."""
        if self.kind == "name":
            return ""
        if self.kind == "folder":
            return self.path[: self.start] + self.path[self.end + 1 :]
        return self.path[: self.start - 1] + self.path[self.end :]

    @property
    def place(self) -> _Place:
        """Where languages stand together: the same kind, mark and folder (numbers in it do not count)."""
        above = self.path[: self.start].rpartition("/")[0] if self.kind.startswith("folder") else ""
        folder = above if self.kind.startswith("folder") else self.path.partition("/")[0] * ("/" in self.path)
        return (self.kind, self.mark, re.sub("[0-9]+", "#", folder))


def sightings(path: str) -> Iterator[Sighting]:
    """Yield every text in `path` that could be a language."""
    start = 0
    *folders, file = path.split("/")
    for folder in folders:
        # Jekyll's collections have a low line before their name: `_es/` holds what is Spanish of `_tour/`.
        tag = folder.removeprefix("_")
        if _WHOLE.fullmatch(tag) and _is_tag(tag):
            end = start + len(folder)
            yield Sighting(path=path, start=end - len(tag), end=end, kind="folder")
        else:
            yield from _ending(path, start, folder, "folder suffix")
        start += len(folder) + 1
    stem = file.rpartition(".")[0]
    if _WHOLE.fullmatch(stem) and _is_tag(stem):
        yield Sighting(path=path, start=start, end=start + len(stem), kind="name")
    else:
        yield from _ending(path, start, stem, "suffix")


def recognised(
    paths: Sequence[str], told: Callable[[str], str | None], hints: Collection[str]
) -> Mapping[str, tuple[Sighting, ...]]:
    """Return for every path in a language the sightings that name it, the most telling first.

    `told` gives the language that the front matter of a path names, `hints` are the languages that the site's own
    configuration names. A text is a language where front matter or the hints say so, or where it has two letters and
    stands in for another language of the same page, or with others like it where nothing else stands.
    """
    places: dict[_Place, dict[str, list[Sighting]]] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        for sighting in sightings(path):
            places[sighting.place][fold(sighting.tag)].append(sighting)
    known, beside = frozenset(paths), _folders(paths)
    accepted: dict[str, list[tuple[int, Sighting]]] = defaultdict(list)
    for where, tags in places.items():
        languages = _languages(tags, told, hints, known, beside.get(where, frozenset()))
        for sighting in (each for tag in languages for each in tags[tag]):
            accepted[sighting.path].append((len(languages), sighting))
    return {path: _ordered(found) for path, found in accepted.items()}


def meant(tag: str) -> str:
    """Return the tag that a site means by `tag` (`gr` -> `el`)."""
    return MISTAKEN.get(fold(tag), tag)


def _ending(path: str, start: int, name: str, kind: Kind) -> Iterator[Sighting]:
    """Yield the longest tag that `name` ends with: `a-zh-hans` ends with zh-hans."""
    for mark in re.finditer("[._-]", name):
        tag = name[mark.end() :]
        if mark.start() > 0 and _WHOLE.fullmatch(tag) and _is_tag(tag):
            yield Sighting(path=path, start=start + mark.end(), end=start + len(name), kind=kind)
            return


def _is_tag(text: str) -> bool:
    return fold(text) in MISTAKEN or exists(text)


def _folders(paths: Sequence[str]) -> dict[_Place, set[str]]:
    """Return the names of all folders by the place they stand in."""
    names: dict[_Place, set[str]] = defaultdict(set)
    for folder in {path.rpartition("/")[0] for path in paths}:
        above: list[str] = []
        for name in folder.split("/"):
            names["folder", "", re.sub("[0-9]+", "#", "/".join(above))].add(fold(name))
            above.append(name)
    return names


def _languages(
    tags: Mapping[str, Sequence[Sighting]],
    told: Callable[[str], str | None],
    hints: Collection[str],
    known: Collection[str],
    beside: Collection[str],
) -> list[str]:
    """Return which of the `tags` of one place are languages; `beside` are all names that stand in that place."""
    sure, likely = [], []
    for tag, group in tags.items():
        named = [language for each in group if (language := told(each.path)) is not None]
        if named:
            if 2 * sum(same(meant(language), meant(tag)) for language in named) >= len(named):
                sure.append(tag)
        elif any(same(meant(hint), meant(tag)) for hint in hints):
            sure.append(tag)
        elif len(tag.partition("-")[0]) == 2:
            likely.append(tag)
    among = len(sure) + len(likely)
    pairs = Counter(each.skeleton for tag in (*sure, *likely) for each in tags[tag])
    alone = among > 1 and among >= _ALONE * len(beside) > 0
    rooted = {tag: sum(_is_rooted(each, known) for each in tags[tag]) for tag in (*sure, *likely)}
    found = [
        *sure,
        *(
            tag
            for tag in likely
            if alone or rooted[tag] > (tag not in _UNMISTAKABLE) or any(pairs[each.skeleton] > 1 for each in tags[tag])
        ),
    ]
    return found if sure or len(found) > 1 or any(rooted[tag] for tag in found) else []


def _is_rooted(sighting: Sighting, known: Collection[str]) -> bool:
    """Return whether the same page is there without a language; front pages are in every folder."""
    front = sighting.kind.startswith("folder") and _FRONT_PAGE.fullmatch(sighting.plain.rpartition("/")[2])
    return sighting.plain in known and not front


def _ordered(found: Sequence[tuple[int, Sighting]]) -> tuple[Sighting, ...]:
    """Return the sighting where most languages stand, folders before file names, and where the same stands again."""
    first = max(found, key=lambda pair: (pair[1].kind.startswith("folder"), pair[0], -pair[1].start))[1]
    again = (each for each in sightings(first.path) if each != first and same(each.tag, first.tag))
    return (first, *again)
