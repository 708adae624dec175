"""What a command wants to change, as values: shown by `--dry-run`, done by `files.apply`."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from transtool.errors import Problem
from transtool.text.bounded_matcher import BoundedMatcher
from transtool.text.sequences import common_prefix

_CONTEXT = 3
_UNSAFE = re.compile(r'[\x00-\x1f"\\\x7f\udc80-\udcff]')
_ESCAPES = {"\t": "\\t", "\n": "\\n", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


@dataclass(frozen=True, slots=True)
class Edit:
    """One file as it was read (None: not there, to be created) and as it shall be. `path` is relative to the site."""

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class Copy:
    """A file to be created as a copy of `origin`; both are paths relative to the site."""

    path: str
    origin: str


Change = Edit | Copy


@dataclass(frozen=True, slots=True)
class Plan:
    """What a command would change, and what it could not do or wants looked at, for people to read.

    `left` is what it leaves to a person on purpose, and why: shown as the notes are, but no failure. `marked` is how
    much more it leaves, said in the files themselves.
    """

    changes: tuple[Change, ...]
    notes: tuple[Problem, ...] = ()
    left: tuple[Problem, ...] = ()
    marked: int = 0

    @property
    def refusals(self) -> tuple[Problem, ...]:
        """The notes on what was not planned; the others are remarks on files that are among the changes."""
        planned = {change.path for change in self.changes}
        return tuple(note for note in self.notes if note.path not in planned)


def diff(changes: Iterable[Change]) -> str:
    """Return `changes` as one unified diff that `git apply` understands.

    Bytes that are not UTF-8 come through as surrogates (write the text with `errors="surrogateescape"`).
    Line ends and the absence of a final newline are kept.
    """
    return "".join(part for change in changes for part in _one(change))


def _one(change: Change) -> Iterator[str]:
    if isinstance(change, Copy):
        ours, theirs = _quoted(f"a/{change.origin}"), _quoted(f"b/{change.path}")
        yield f"diff --git {ours} {theirs}\nsimilarity index 100%\n"
        yield f"copy from {_quoted(change.origin)}\ncopy to {_quoted(change.path)}\n"
    elif change.before != change.after:
        yield from _text_diff(change)


def _text_diff(edit: Edit) -> Iterator[str]:
    old, new = _lines(edit.before or b""), _lines(edit.after)
    ours, theirs = _quoted(f"a/{edit.path}"), _quoted(f"b/{edit.path}")
    yield f"diff --git {ours} {theirs}\n"
    if edit.before is None:
        yield "new file mode 100644\n"
    if not (old or new):
        return
    blank = "\t" if " " in edit.path and not ours.startswith('"') else ""
    yield "--- /dev/null\n" if edit.before is None else f"--- {ours}{blank}\n"
    yield f"+++ {theirs}{blank}\n"
    yield from _hunks(old, new)


def _lines(data: bytes) -> list[str]:
    """Split after LF only, as git does, so that a CR stays part of its line."""
    return io.StringIO(data.decode("utf-8", "surrogateescape"), newline="\n").readlines()


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """Give the hunks; what both begin and end with is left out before anything is compared."""
    start, end = _alike(old, new)
    first = max(0, start - _CONTEXT)
    last = min(end, _CONTEXT)
    old, new = old[first : len(old) - end + last], new[first : len(new) - end + last]
    for group in BoundedMatcher(old, new).get_grouped_opcodes(_CONTEXT):
        (_, old_from, _, new_from, _), (_, _, old_to, _, new_to) = group[0], group[-1]
        yield f"@@ -{_range(first + old_from, old_to - old_from)} +{_range(first + new_from, new_to - new_from)} @@\n"
        for kind, i1, i2, j1, j2 in group:
            if kind == "equal":
                yield from (_line(" ", line) for line in old[i1:i2])
            else:
                yield from (_line("-", line) for line in old[i1:i2])
                yield from (_line("+", line) for line in new[j1:j2])


def _alike(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many lines both begin with, and how many of the rest both end with."""
    start = common_prefix(old, new)
    return start, common_prefix(old[start:][::-1], new[start:][::-1])


def _range(start: int, count: int) -> str:
    return f"{start + (count > 0)},{count}"


def _line(mark: str, line: str) -> str:
    return f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}\n\\ No newline at end of file\n"


def _quoted(path: str) -> str:
    """Quote a path as git does: in C's way where it holds controls, quotes or bytes that are not UTF-8."""
    if not _UNSAFE.search(path):
        return path
    return '"' + _UNSAFE.sub(lambda found: _ESCAPES.get(found[0]) or f"\\{ord(found[0]) & 0xFF:03o}", path) + '"'
