"""Copy one field of front matter from one file into another as it is written there, whatever it is written in."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as ByKind

from transtool.document import header_text, json_text, splice, toml_members, toml_text, yaml_members
from transtool.document.head import Head
from transtool.document.kinds import FrontMatterKind
from transtool.document.members import (
    Names,
    fitted,
    inserted_between_braces,
    order,
    place_of,
    same_but,
    value_at,
    without_between_braces,
)
from transtool.document.values import Value
from transtool.document.yaml_text import Broken

_Ways = Callable[[Head, Head, Names], Iterator[str]]


def adopted(before: Head, theirs: Head, path: Names, read: Callable[[str], Head]) -> str | None:
    """Return the text of `before` with the field at `path` as `theirs` has it (not at all, if it has none).

    None where no way to write that reads back right, or where the two are not of one kind.
    `read` reads the text of front matter, with its fences, and raises `Broken`.
    """
    if before.kind is not theirs.kind:
        return None
    wanted = value_at(theirs, path)
    for candidate in _WAYS[before.kind](before, theirs, path):
        try:
            after = read(candidate)
        except Broken:
            continue
        if (
            after.kind is before.kind
            and _is_right(before, after, path, wanted)
            and _agrees(before, after, theirs, path)
        ):
            return candidate
    return None


def _is_right(before: Head, after: Head, path: Names, wanted: Value | None) -> bool:
    """Say whether `after` is `before` with nothing but the field at `path` changed, to `wanted`."""
    if value_at(after, path) != wanted or not same_but(before.mapping, after.mapping, path):
        return False
    moved = wanted is not None and value_at(before, path) is not None
    return not moved or order(before.mapping, path) == order(after.mapping, path)


def _agrees(before: Head, after: Head, theirs: Head, path: Names) -> bool:
    """Ask a second reader, where the format has one."""
    match before.kind:
        case FrontMatterKind.YAML:
            return splice.reads_everywhere(before, after)
        case FrontMatterKind.TOML:
            told = toml_text.told(after.inner, path) == toml_text.told(theirs.inner, path)
            return told and toml_text.is_same_but(before.inner, after.inner, path)
        case FrontMatterKind.JSON:
            return json_text.is_same_but(before.inner, after.inner, path)
    return True


def _json(head: Head, theirs: Head, path: Names) -> Iterator[str]:
    ours, other, name = place_of(head, path[:-1]), place_of(theirs, path[:-1]), path[-1]
    if ours is None or (ours.mapping.items and not ours.members):
        return
    mine, wanted = ours[name], None if other is None else other[name]
    if wanted is None or other is None:
        yield without_between_braces(head, ours, name)
    elif mine is not None:
        start, end = wanted.value.span.start, wanted.value.span.end
        value = fitted(theirs.text[start:end], mine.column - wanted.column, head)
        yield head.text[: mine.value.span.start] + value + head.text[mine.value.span.end :]
    else:
        margin = ours.members[0].column if ours.members else wanted.column
        member = fitted(theirs.text[wanted.key.start : wanted.end], margin - wanted.column, head)
        yield inserted_between_braces(head, ours, other, name, member)


_WAYS: ByKind[FrontMatterKind, _Ways] = {
    FrontMatterKind.YAML: yaml_members.copied,
    FrontMatterKind.TOML: toml_members.copied,
    FrontMatterKind.JSON: _json,
    FrontMatterKind.HEADER: header_text.copied,
}
