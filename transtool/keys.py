"""Sets of keys: numbers and text keys, ranges of both, globs."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from transtool.errors import N_, Problem, UsageError
from transtool.model import Key, natural_order
from transtool.text.globs import LONGEST, fits

_LONGEST_NUMBER = 18
"""Digits of a number; longer runs of digits are text."""
_WILD = frozenset("*?[")
"""What makes a glob of a text key."""
_RANGE = re.compile(r"([0-9]{1,18})\s*(?:-|\.\.|–)\s*([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class NumberSet:
    """A set of keys: by name, in `ranges` of numbers, in `spans` of text keys, or by `globs`; ranges have both ends.

    A span is in natural order, and ends with whatever begins with its end: `2024-01..2024-03` has 2024-03-31.
    """

    names: frozenset[Key] = frozenset()
    ranges: tuple[tuple[int, int], ...] = ()
    spans: tuple[tuple[Key, Key], ...] = ()
    globs: tuple[str, ...] = ()

    def __contains__(self, key: object) -> bool:
        """Say whether `key` (a number as text without leading zeros, or a text key) is in the set."""
        if not isinstance(key, str):
            return False
        if key in self.names or any(fits(glob, key) for glob in self.globs):
            return True
        if is_number(key):
            return any(first <= int(key) <= last for first, last in self.ranges)
        return any(_spans(first, last, key) for first, last in self.spans)

    def unmatched(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """Return what was asked for and is none of `keys`: names, and ranges and globs that mean not one of them."""
        there = set(keys)
        numbers = [int(key) for key in there if is_number(key)]
        texts = [key for key in there if not is_number(key)]
        names = sorted(self.names - there, key=natural_order)
        ranges = [pair for pair in self.ranges if not any(pair[0] <= number <= pair[1] for number in numbers)]
        spans = [pair for pair in self.spans if not any(_spans(*pair, key) for key in texts)]
        asked = [f"{first}-{last}" for first, last in ranges]
        asked += [text for first, last in spans if (text := f"{first}..{last}") not in there]
        asked += [glob for glob in self.globs if glob not in there and not any(fits(glob, key) for key in there)]
        return (*(name for name in names if not _means_more(name)), *asked)


def parse_numbers(text: str) -> NumberSet:
    """Return the set that `100-160,200` (or text keys: `part-2`, `part-2..part-9`, `news/*`) means.

    A range is two numbers, or two keys with `..` between them, the smaller first; leading zeros do not count. What
    is a key to the letter is that key, too, whatever else it may mean. Raises UsageError for a range that runs
    backwards and for text that names nothing.
    """
    names: set[Key] = set()
    ranges: list[tuple[int, int]] = []
    spans: list[tuple[Key, Key]] = []
    globs: list[str] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        pair = _RANGE.fullmatch(part)
        if pair is not None and (int(pair[1]) <= int(pair[2]) or not _is_date_like(pair[2])):
            ranges.append(_forwards(part, int(pair[1]), int(pair[2])))
            continue
        names.add(_key(part))
        if span := _span(part):
            spans.append(span)
        elif _is_glob(part):
            globs.append(part)
    if not names and not ranges:
        raise UsageError(Problem.of(N_("{text} names no episode"), text=repr(text)))
    return NumberSet(frozenset(names), tuple(ranges), tuple(spans), tuple(globs))


def asked_for(key: Key) -> str:
    """Return the text that means `key` to `parse_numbers`: where it would mean two keys or a range, a glob of it."""
    name = key.replace(",", "?")
    if _RANGE.fullmatch(name):
        return re.sub("[-–.]", lambda match: f"[{match[0]}]", name, count=1)
    return name.replace("..", ".[.]")


def _means_more(part: str) -> bool:
    """Say whether what names a key may mean others as well."""
    return _span(part) is not None or _is_glob(part)


def _is_glob(part: str) -> bool:
    return not _WILD.isdisjoint(part) and len(part) <= LONGEST


def _span(part: str) -> tuple[Key, Key] | None:
    """Return the ends of a range of text keys. Raises UsageError for one that runs backwards."""
    first, dots, last = (piece.strip() for piece in part.partition(".."))
    if not (first and dots and last) or first.endswith("/") or last.startswith(("/", ".")):
        return None
    if natural_order(first) > natural_order(last):
        raise _backwards(part, f"{last}..{first}")
    return Key(first), Key(last)


def _spans(first: Key, last: Key, key: str) -> bool:
    return natural_order(first) <= natural_order(key) and (
        natural_order(key) <= natural_order(last) or key.startswith(last)
    )


def _forwards(part: str, first: int, last: int) -> tuple[int, int]:
    if first > last:
        raise _backwards(part, f"{last}-{first}")
    return first, last


def is_number(text: str) -> bool:
    """Say whether a key is a number: ASCII digits, at most 18 of them."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


def _is_date_like(second: str) -> bool:
    """Say whether the second half of what looks like a backwards range is the month of a key like 2024-05."""
    return len(second) == 2 and second.startswith("0")


def _key(text: str) -> Key:
    bare = text.removeprefix("#")
    return Key(str(int(bare))) if is_number(bare) else Key(text)


def _backwards(part: str, forwards: str) -> UsageError:
    backwards = N_("the range {range} runs backwards")
    return UsageError(Problem.of(backwards, hint=N_("did you mean {suggestion}?"), range=part, suggestion=forwards))
