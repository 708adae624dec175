"""Where a new file came from, when one commit deletes a file and creates another."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from transtool.text.words import shingles

_CANDIDATES = 8
_REMEMBERED = 32
ALIKE = 0.5
"""The least similarity of an edited file to what it was. The same as git's default."""

_SUFFIX = re.compile(r"\.(md|mdx|markdown|mkd|html|htm|adoc|rst|txt)$", re.IGNORECASE)
_INDEX = re.compile(r"/(_?index|readme)$", re.IGNORECASE)
_EMPTY = frozenset(
    {
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    }
)


def origin(
    path: str, blob: str, deleted: Sequence[tuple[str, str]], alike: Callable[[str, str], float] | None = None
) -> str | None:
    """Return which of the `deleted` (path, blob) files the new file `path` is, or None.

    It is one with the same bytes, one of the same name with another ending (`go.md`, `go.mdx`,
    `go/_index.md`), or, where `alike` can compare blobs, one with a similar name that is at least half the same.
    """
    same = [old for old, content in deleted if content == blob and blob not in _EMPTY]
    if same:
        return _closest(path, same)
    named = [old for old, _ in deleted if _name(old) == _name(path) and old != path]
    if named:
        return _closest(path, named)
    return _most_alike(path, blob, deleted, alike) if alike else None


def alike(one: bytes, other: bytes) -> float:
    """Return the share (0 to 1) of shingles of words that two files have in common, however they are wrapped.

    It is 0 where one is so much longer that they cannot reach `ALIKE`.
    """
    ours, theirs = len(_read(one)) - 2, len(_read(other)) - 2
    if min(ours, theirs) < ALIKE * max(ours, theirs):
        return 0.0
    left, right = _shingles(one), _shingles(other)
    both = sum([min(left[run], right[run]) for run in left.keys() & right.keys()])
    return both / max(1, ours, theirs)


@lru_cache(maxsize=_REMEMBERED)
def _read(data: bytes) -> list[bytes]:
    """Return the words of a file with an empty one at either end, so that there are as many shingles as words."""
    return [b"", *data.split(), b""]


@lru_cache(maxsize=_REMEMBERED)
def _shingles(data: bytes) -> Counter[tuple[bytes, ...]]:
    return Counter(shingles(_read(data)))


def _most_alike(
    path: str, blob: str, deleted: Sequence[tuple[str, str]], alike: Callable[[str, str], float]
) -> str | None:
    # Only files that share a part of their name are compared, the nearest names first, and not many.
    words = _words(path)
    near = sorted(deleted, key=lambda old: (-_shared(words, old[0]), old[0]))[:_CANDIDATES]
    rated = [(alike(content, blob), old) for old, content in near if content and _shared(words, old)]
    share, best = max(rated, key=lambda one: one[0], default=(0.0, None))
    return best if share >= ALIKE else None


def _closest(path: str, candidates: Sequence[str]) -> str:
    words = _words(path)
    return min(candidates, key=lambda old: (-_shared(words, old), len(old), old))


def _shared(words: Counter[str], old: str) -> int:
    return (words & _words(old)).total()


@lru_cache(maxsize=1 << 14)
def _words(path: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", _SUFFIX.sub("", path)))


def _name(path: str) -> str:
    return _INDEX.sub("", _SUFFIX.sub("", path))
