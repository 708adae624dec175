"""Merge a block of code: by its lines, and by their comments, which translators translate."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from transtool.update.merge import hunks, like, merge

_COMMENT = re.compile(r"(?:^|\s)(?://++|#++|/\*++|<!--)\s|^(?:--|;++)\s")
"""What begins a comment, on a line without blanks at its ends."""


def merged_code(old: str, new: str, translation: str) -> str | None:
    """Return a block of `translation` with the lines that changed from `old` to `new`; None where both changed them.

    White space at the ends of lines does not count, nor that a comment is translated. Nothing is merged in part, and
    merging the result changes nothing.
    """
    merged = _merged(old, new, translation)
    if merged is None or merged == translation:
        return merged
    return merged if _merged(old, new, merged) == merged else None


def _merged(old: str, new: str, translation: str) -> str | None:
    ours, theirs, there = (text.splitlines(keepends=True) for text in (old, new, translation))
    before, now, own = ([line.strip() for line in side] for side in (ours, theirs, there))
    if own == before:
        return like(new, translation)
    translated = {at: key for at, key in _translated(before, own).items() if own[at] not in now}
    keys = [translated.get(at, key) for at, key in enumerate(own)]
    said = {key: own[at] for at, key in reversed([*translated.items()])}
    splices = merge(before, now, keys, lambda key: False)
    made, made_keys = [*there], [*keys]
    for each in reversed(splices):
        came = range(each.new_start, each.new_end)
        reworded = any(at in translated and keys[at] not in now for at in range(each.start, each.end))
        if not each.certain or (reworded and any(_head(now[at]) is not None and now[at] not in said for at in came)):
            return None
        made[each.start : each.end] = [_in_words(like(theirs[at], translation), said) for at in came]
        made_keys[each.start : each.end] = [now[at] for at in came]
    # A line that would be there more often than anywhere is one that the translation has in another place.
    return "".join(made) if Counter(made_keys) <= Counter(now) | Counter(keys) else None


def _in_words(line: str, said: Mapping[str, str]) -> str:
    """Return a line of the source with its comment as the translation says it, where it does."""
    key = line.strip()
    return line.replace(key, said.get(key, key)) if key else line


def _translated(old: Sequence[str], own: Sequence[str]) -> Mapping[int, str]:
    """Return which lines of a translation are which of the old source but for the words of their comments."""
    found: dict[int, str] = {}
    for hunk in hunks(old, own):
        sides = [[*_comments(old, hunk.start, hunk.end)], [*_comments(own, hunk.new_start, hunk.new_end)]]
        heads = [Counter(head for _, head in side) for side in sides]
        if [head for _, head in sides[0]] != [head for _, head in sides[1]]:
            once = {head for head, count in heads[0].items() if count == heads[1][head] == 1}
            sides = [[each for each in side if each[1] in once] for side in sides]
            sides = [sorted(side, key=lambda each: each[1]) for side in sides]
        found.update((at, old[was]) for (was, _), (at, _) in zip(*sides, strict=True))
    return found


def _comments(lines: Sequence[str], start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield which of some lines have a comment, with what stands before its words."""
    for at in range(start, end):
        head = _head(lines[at])
        if head is not None:
            yield at, head


def _head(line: str) -> str | None:
    """Return what a line has before the words of its comment; None for a line without any."""
    found = _COMMENT.search(line)
    return None if found is None or not any(map(str.isalpha, line[found.end() :])) else line[: found.end()]
