"""Ways to copy one field of YAML front matter from one file into another as it is written, best first."""

import re
from collections.abc import Iterator

from transtool.document.head import Head, eol_of
from transtool.document.members import (
    Member,
    Names,
    Place,
    column,
    fitted,
    inserted_between_braces,
    is_nothing,
    neighbours,
    place_of,
    without_between_braces,
)
from transtool.document.splice import double_quoted
from transtool.document.values import Mapping, Scalar, Value

_COMMENT = re.compile(r"#[^\n]*")
_BLANK_LINES = re.compile(r"(?:[ \t]*+\r?\n)*+")


def copied(head: Head, theirs: Head, path: Names) -> Iterator[str]:
    """Yield `head.text` with the field at `path` as `theirs` has it, in every way worth trying."""
    ours, other, name = place_of(head, path[:-1]), place_of(theirs, path[:-1]), path[-1]
    if ours is None or (ours.mapping.items and not ours.members):
        return
    mine, wanted = ours[name], None if other is None else other[name]
    if wanted is None or other is None:
        yield from _without(head, ours, name)
    elif mine is not None:
        yield from _replaced(head, mine, theirs, wanted, flow=ours.mapping.flow)
    else:
        yield from _inserted(head, ours, theirs, other, name)


def flow(value: Value) -> str:
    """Return a value between brackets, on one line."""
    match value:
        case Scalar():
            return value.text if value.plain else double_quoted(value.text)
        case Mapping():
            return "{" + ", ".join(f"{_name(name)}: {flow(each)}" for name, each in value.items) + "}"
    return "[" + ", ".join(map(flow, value.items)) + "]"


def _name(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][\w-]*", name, re.ASCII) else double_quoted(name)


def _colon(head: Head, member: Member) -> int:
    """Return where the colon after a name ends."""
    return head.text.index(":", member.key.end) + 1


def _end(head: Head, member: Member) -> int:
    return _colon(head, member) if is_nothing(member.value) else max(_colon(head, member), member.value.span.end)


def _replaced(head: Head, mine: Member, theirs: Head, wanted: Member, *, flow: bool) -> Iterator[str]:
    """Yield the text with another value, its own margin kept where both are laid out alike."""
    text, other = head.text, theirs.text
    starts, ends = (_colon(head, mine), _colon(theirs, wanted)), (_end(head, mine), _end(theirs, wanted))
    by = mine.column - wanted.column
    if not (is_nothing(mine.value) or is_nothing(wanted.value)):
        margins = text[starts[0] : mine.value.span.start], other[starts[1] : wanted.value.span.start]
        shapes = {_shape(margin, each.column) for margin, each in zip(margins, (mine, wanted), strict=True)}
        if len(shapes) == 1 and None not in shapes:
            value = fitted(other[wanted.value.span.start : ends[1]], by, head)
            yield text[: mine.value.span.start] + value + text[ends[0] :]
    chunk = fitted(other[starts[1] : ends[1]], by, head)
    if not flow or "\n" not in chunk:
        yield text[: starts[0]] + chunk + text[ends[0] :]
        # A comment behind the old value would be part of a block.
        line_end = text.find("\n", ends[0])
        comment = text[ends[0] : line_end].strip()
        if comment.startswith("#") and not flow:
            yield text[: starts[0]] + chunk + text[line_end - text[:line_end].endswith("\r") :]
    yield text[: starts[0]] + " " + _flow(wanted.value) + text[ends[0] :]


_flow = flow


def _shape(margin: str, key: int) -> tuple[bool, int] | None:
    """Say how a value is laid out after its colon: whether on a new line, and there, how far from its key's column.

    None where its tag or anchor stands there.
    """
    if _COMMENT.sub("", margin).strip():
        return None
    return ("\n" in margin, len(margin) - margin.rfind("\n") - 1 - key if "\n" in margin else 0)


def _inserted(head: Head, ours: Place, theirs: Head, other: Place, name: str) -> Iterator[str]:
    """Yield the text with a new field beside those that it stands beside in the other file."""
    wanted = other[name]
    if wanted is None:
        return
    written = theirs.text[wanted.key.start : _end(theirs, wanted)]
    if ours.mapping.flow:
        for member in (written, f"{_name(name)}: {flow(wanted.value)}"):
            if "\n" not in member:
                yield inserted_between_braces(head, ours, other, name, member)
        return
    text, eol = head.text, eol_of(head.text)
    beside = next(iter(ours.members), None)
    margin = 0 if beside is None else beside.column
    values = (fitted(written, margin - wanted.column, head), f"{_name(name)}: {flow(wanted.value)}")
    previous, following = neighbours(name, ours, other)
    for value in values:
        line = " " * margin + value + eol
        if previous is None and following is not None:
            at = text.rfind("\n", 0, following.key.start) + 1
            yield text[:at] + line + text[at:]
            continue
        last = previous or (ours.members[-1] if ours.members and column(text, ours.members[-1].key.start) else None)
        at = head.stop if last is None else text.find("\n", _end(head, last)) + 1
        yield text[:at] + line + text[at:]
        found = _BLANK_LINES.match(text, at)  # they belong to a block that keeps them
        if found is not None and found.end() > at:
            yield text[: found.end()] + line + text[found.end() :]


def _without(head: Head, ours: Place, name: str) -> Iterator[str]:
    """Yield the text without a field: without its lines, or without what stands between its commas."""
    text, mine = head.text, ours[name]
    if mine is None:
        return
    if ours.mapping.flow:
        yield without_between_braces(head, ours, name)
        return
    if len(ours.members) == 1 and mine.column:
        start = text.rfind("\n", 0, mine.key.start)  # a mapping that nothing is left in
        start -= text[:start].endswith("\r")
        yield f"{text[:start]} {{}}{text[_end(head, mine) :]}"
    start = text.rfind("\n", 0, mine.key.start) + 1
    end = text.find("\n", _end(head, mine)) + 1
    yield text[:start] + text[end:]
    found = _BLANK_LINES.match(text, end)
    if found is not None and found.end() > end:
        yield text[:start] + text[found.end() :]
