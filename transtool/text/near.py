"""What was probably meant: the one of many names that is nearest to a name that is none of them.

Two names are near when they say the same numbers, are of about the same time, and what else they say is alike by
the measure of Ratcliff and Obershelp ("Pattern Matching: The Gestalt Approach", 1988; `difflib`). That measure takes
a time that grows with the product of two lengths, so of many names only those that share the rarest trigrams are
measured: to look up a name takes a time that does not grow with how many there are.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from itertools import takewhile

CUTOFF = 0.65
"""Likeness (0 to 1) from which on one name may be a misspelling of another; fitted on the orphans of real sites."""

NUMBERED = 0.45
"""The same for names that have two or more numbers in common apart from a date: words around a version differ more."""

APART = 31
"""Days between the date in the name of a translation and that of its source: some are dated when they were made."""

_LONGEST = 255
"""Characters of a name; what is longer is no name that anybody typed."""

_FEW = 32
"""Names that are all measured for one that is looked up."""
_MEASURED = 12
"""Names that are measured where there are more."""
_LOOKED_UP = 1000
"""Places in the lists of trigrams that are looked at for one name; the rarest come first."""

_DATE = re.compile(r"(?<![0-9])([0-9]{4})[-_/.]([0-9]{2})[-_/.]([0-9]{2})(?![0-9])")
_NUMBER = re.compile(r"0*([0-9]+)")
_INDEX = re.compile(r"(?:^|/)(?:_?index|readme)$")


class Names:
    """Names that can be meant, in a shape in which the nearest one is found quickly."""

    def __init__(self, known: Iterable[str]) -> None:
        """Sort `known` into what can be near to each other; of names that differ in case, the first counts."""
        self._buckets: dict[_Bucket, _Alike] = {}
        self._pages: dict[str, list[_Name]] = {}
        for name in {text.casefold(): text for text in reversed(tuple(known)) if len(text) <= _LONGEST}.values():
            read = _Name(name)
            self._buckets.setdefault(read.bucket, _Alike()).names.append(read)
            self._pages.setdefault(read.page, []).append(read)

    def nearest(self, name: str, without: Collection[str] = ()) -> str | None:
        """Return the name that `name` most likely means, none of `without`; None where nothing is near.

        Another form of the same index page (`php`, `php/_index`) is the first guess. Numbers are never near, nor
        are dates that are more than `APART` days apart: part 2 is no misspelt part 3. Of names equally like it, the
        one with the nearest date counts.
        """
        if len(name) > _LONGEST:
            return None
        wanted = _Name(name)
        for same in self._pages.get(wanted.page, ()):
            if same.text not in (name, *without):
                return same.text
        rated = [
            (wanted.likeness(other), -wanted.days_from(other), other.text)
            for other in self._candidates(wanted, without)
        ]
        likeness, _, best = max(rated, default=(0.0, 0, ""))
        return best if likeness >= (NUMBERED if len(wanted.bucket[1]) > 1 else CUTOFF) else None

    def _candidates(self, wanted: "_Name", without: Collection[str]) -> Iterable["_Name"]:
        month, numbers = wanted.bucket
        months = (None,) if month is None else (month - 1, month, month + 1)
        for each in months:
            alike = self._buckets.get((each, numbers))
            for other in () if alike is None else alike.closest(wanted, without):
                if other.text != wanted.text and wanted.days_from(other) <= APART:
                    yield other


_Bucket = tuple[int | None, tuple[str, ...]]
"""What near names have in common: the month (counted from year 0) of the date, a month more or less; the numbers."""


@dataclass(frozen=True)
class _Name:
    """A name and what counts when it is compared."""

    text: str

    @cached_property
    def folded(self) -> str:
        return self.text.casefold()

    @cached_property
    def page(self) -> str:
        """The name without what only says that it is the index page of a folder."""
        return _INDEX.sub("", self.folded)

    @cached_property
    def day(self) -> date | None:
        """The date that the name holds; what looks like one and is none is a number."""
        found = _DATE.search(self.folded)
        try:
            return None if found is None else date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            return None

    @cached_property
    def rest(self) -> str:
        """The page without its date."""
        return self.page if self.day is None else _DATE.sub("", self.page, count=1)

    @cached_property
    def bucket(self) -> _Bucket:
        month = None if self.day is None else self.day.year * 12 + self.day.month
        return month, tuple(_NUMBER.findall(self.rest))

    @cached_property
    def trigrams(self) -> frozenset[str]:
        padded = f"  {self.rest} "
        return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))

    def days_from(self, other: "_Name") -> int:
        """Return how many days are between the dates of two names; 0 where either has none."""
        return 0 if self.day is None or other.day is None else abs((self.day - other.day).days)

    def likeness(self, other: "_Name") -> float:
        """Return how alike two names are, from 0 to 1; in folders, the file's own name counts for a half.

        The folders that both begin with say nothing: whole sections of a site have them in common.
        """
        start = _shared_folders(self.rest, other.rest)
        whole = _ratio(self.rest[start:], other.rest[start:])
        if "/" not in self.rest[start:] + other.rest[start:]:
            return whole
        return (whole + _ratio(self.rest.rpartition("/")[2], other.rest.rpartition("/")[2])) / 2


def _shared_folders(ours: str, theirs: str) -> int:
    """Return the length of the folders (with their slashes) that two paths both begin with."""
    pairs = zip(ours.split("/")[:-1], theirs.split("/")[:-1], strict=False)
    return sum(len(folder) + 1 for folder, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _ratio(ours: str, theirs: str) -> float:
    return SequenceMatcher(None, theirs, ours, autojunk=False).ratio()


@dataclass(slots=True)
class _Alike:
    """Names of one bucket, and which of them have each trigram once there are many."""

    names: list[_Name] = field(default_factory=list)
    places: dict[str, list[_Name]] = field(default_factory=dict)

    def closest(self, wanted: _Name, without: Collection[str]) -> Iterable[_Name]:
        """Return the names to measure: all of a few, of many those with the most rare trigrams of `wanted`."""
        if len(self.names) <= _FEW:
            return [name for name in self.names if name.text not in without]
        if not self.places:
            for name in self.names:
                for trigram in name.trigrams:
                    self.places.setdefault(trigram, []).append(name)
        shared: Counter[_Name] = Counter()
        room = _LOOKED_UP
        for trigram in sorted(wanted.trigrams & self.places.keys(), key=lambda each: (len(self.places[each]), each)):
            found = self.places[trigram]
            if len(found) > room:
                break
            room -= len(found)
            shared.update(name for name in found if name.text not in without)
        return [name for name, _ in shared.most_common(_MEASURED)]
