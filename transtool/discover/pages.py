"""Take paths apart: where the language stands, where a number does, and what all paths have in common."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from transtool.discover.sightings import SLOT, Sighting, meant
from transtool.languages import canonical
from transtool.model import Language

ANY = "\1"
"""Stands for a part that is not compared."""

_NUMBER = re.compile(r"(?P<before>[^0-9\0]*)(?P<number>[0-9]{1,9})(?P<after>[^\w\0].*|_.*)?", re.DOTALL)
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_DIGITS = re.compile(r"[0-9][0-9\W_]*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A path taken apart: its folders and its name (`parts`) with `SLOT` for the language, and what follows.

    `tail` is the language at the end of the name (`.` and `SLOT`), `twice` the mark before a language that the name
    repeats; `extension` has its dot. `plain` is the path without the language.
    """

    path: str
    plain: str
    language: Language
    spelling: str
    kind: str
    parts: tuple[str, ...]
    tail: str
    twice: str
    extension: str

    @property
    def slot(self) -> int:
        """The index of the part that holds the language; the name's where none does."""
        return next((index for index, part in enumerate(self.parts) if SLOT in part), len(self.parts) - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in a path: in which part, what stands before and after it there."""

    index: int
    before: str
    value: int
    after: str


def page(sightings: Sequence[Sighting]) -> Page:
    """Take apart the path that `sightings` are of; the first says where the language stands."""
    first = sightings[0]
    *folders, name = first.skeleton.split("/")
    stem, dot, extension = name.rpartition(".")
    tail = ""
    if first.kind == "suffix":
        stem, tail = stem[: -len(first.mark + SLOT)], first.mark + SLOT
    again = next((each for each in sightings[1:] if each.kind == "suffix" and first.kind != "suffix"), None)
    if again is not None:
        stem = stem[: -len(again.mark + again.tag)]
    return Page(
        path=first.path,
        # Sources of Jekyll's collections lie in collections of their own: see `sources.with_bases`.
        plain="" if f"_{SLOT}" in folders else first.plain,
        language=canonical(meant(first.tag)),
        spelling=first.tag,
        kind=first.kind,
        parts=(*folders, stem),
        tail=tail,
        twice="" if again is None else again.mark,
        extension=dot + extension,
    )


def once(of: Page) -> Page:
    """Return the page with its whole name, where that ends with its language by coincidence."""
    return replace(of, parts=(*of.parts[:-1], of.parts[-1] + of.twice + of.spelling * bool(of.twice)), twice="")


def number(of: Page) -> Number | None:
    """Return the number that could be the episode's: in a folder above the language, else in the last part with one."""
    found = [each for index, part in enumerate(of.parts) if (each := _number(index, part)) is not None]
    folders = [each for each in found if each.index < of.slot]
    candidates = folders or found
    return candidates[-1] if candidates else None


def shape(of: Page, at: Number) -> tuple[str, ...]:
    """Return what the paths of one numbered series have in common: everything but the number and other digits."""
    return (
        *(
            (at.before + "#" + at.after[:1]) if index == at.index else ANY if _DIGITS.fullmatch(part) else part
            for index, part in enumerate(of.parts)
        ),
        of.tail,
    )


def common_folders(tails: Collection[Sequence[str]]) -> int:
    """Return how many folders all `tails` (folders and a name) begin with."""
    first, *others = tails
    count = 0
    while all(len(tail) > count + 1 and tail[count] == first[count] for tail in (first, *others)):
        count += 1
    return count


def common_date(names: Iterable[str]) -> str | None:
    """Return what follows the date in all `names`; None where they are not dates, or differ."""
    found = [_DATE.fullmatch(name) for name in names]
    rests = {None if each is None else each["rest"] for each in found}
    return next(iter(rests)) if len(rests) == 1 else None


def _number(index: int, part: str) -> Number | None:
    found = _NUMBER.fullmatch(part)
    if found is None or _YEAR.fullmatch(part) or _DATE.match(part) or re.match(r"[-_.][0-9]", found["after"] or ""):
        return None
    return Number(index=index, before=found["before"], value=int(found["number"]), after=found["after"] or "")
