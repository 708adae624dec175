"""Sets of keys: numbers, ranges of numbers, text keys."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from transtool.errors import N_, Message, Problem, UsageError
from transtool.model import Key, natural_order

_LONGEST_NUMBER = 18
"""Digits of a number; longer runs of digits are text."""
_RANGE = re.compile(r"([0-9]{1,18})\s*(?:-|\.\.|–)\s*([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class NumberSet:
    """A set of keys: single ones by name and `ranges` of numbers, both ends included."""

    names: frozenset[Key] = frozenset()
    ranges: tuple[tuple[int, int], ...] = ()

    def __contains__(self, key: object) -> bool:
        """Say whether `key` (a number as text without leading zeros, or a text key) is in the set."""
        if not isinstance(key, str):
            return False
        if key in self.names:
            return True
        return is_number(key) and any(first <= int(key) <= last for first, last in self.ranges)

    def unmatched(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """Return what was asked for and is none of `keys`: names, and ranges that hold not one of them."""
        there = set(keys)
        numbers = [int(key) for key in there if is_number(key)]
        names = sorted(self.names - there, key=natural_order)
        ranges = [pair for pair in self.ranges if not any(pair[0] <= number <= pair[1] for number in numbers)]
        return (*names, *(f"{first}-{last}" for first, last in ranges))


def parse_numbers(text: str) -> NumberSet:
    """Return the set that `100-160,200` (or text keys, `part-2`) means.

    A range is two numbers, the smaller first; leading zeros do not count. Raises UsageError for a range that
    runs backwards and for text that names nothing.
    """
    names: set[Key] = set()
    ranges: list[tuple[int, int]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        pair = _RANGE.fullmatch(part)
        if pair is None:
            names.add(_key(part))
        elif int(pair[1]) <= int(pair[2]):
            ranges.append((int(pair[1]), int(pair[2])))
        elif _is_date_like(pair[2]):
            names.add(Key(part))
        else:
            raise _backwards(part, pair[1], pair[2])
    if not names and not ranges:
        raise UsageError(Problem(message=Message(N_("{text} names no episode"), {"text": repr(text)})))
    return NumberSet(frozenset(names), tuple(ranges))


def is_number(text: str) -> bool:
    """Say whether a key is a number: ASCII digits, at most 18 of them."""
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


def _is_date_like(second: str) -> bool:
    """Say whether the second half of what looks like a backwards range is the month of a key like 2024-05."""
    return len(second) == 2 and second.startswith("0")


def _key(text: str) -> Key:
    bare = text.removeprefix("#")
    return Key(str(int(bare))) if is_number(bare) else Key(text)


def _backwards(part: str, first: str, last: str) -> UsageError:
    message = Message(N_("the range {range} runs backwards"), {"range": part})
    hint = Message(N_("did you mean {suggestion}?"), {"suggestion": f"{last}-{first}"})
    return UsageError(Problem(message=message, hint=hint))
