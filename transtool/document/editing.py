"""Single fields of the front matter changed, and every other byte kept, whatever it is written in.

Each kind of front matter gives ways to write a change, best first; the first that reads back right is taken.
"""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as ByName

from transtool.document import header_text, json_text, splice, toml_members, toml_text, yaml_members
from transtool.document.head import Head
from transtool.document.kinds import NOT_EDITED, FrontMatterKind
from transtool.document.members import Names, order, place_of, same_but, value_at
from transtool.document.model import Document
from transtool.document.reading import fence_of, tree_of
from transtool.document.values import Mapping, Path, Scalar, Sequence, Value, find
from transtool.document.yaml_text import Broken
from transtool.errors import N_, EditRefused, Message, Problem

_SETTING: ByName[FrontMatterKind, Callable[[Head, str, str | None], Iterator[str]]] = {
    FrontMatterKind.YAML: splice.candidates,
    FrontMatterKind.TOML: toml_text.candidates,
    FrontMatterKind.JSON: json_text.candidates,
    FrontMatterKind.HEADER: header_text.candidates,
}
"""What gives the ways to set a field."""
_COPYING: ByName[FrontMatterKind, Callable[[Head, Head, Names], Iterator[str]]] = {
    FrontMatterKind.YAML: yaml_members.copied,
    FrontMatterKind.TOML: toml_members.copied,
    FrontMatterKind.JSON: json_text.copied,
    FrontMatterKind.HEADER: header_text.copied,
}
"""What gives the ways to copy a field."""


def edit(
    document: Document,
    changes: ByName[str, str | None],
    *,
    append: ByName[str, str] | None = None,
    create: bool = False,
) -> bytes:
    """Return the file with fields changed: see `transtool.document.edit`, which loads this when it is asked."""
    wanted: dict[str, str | None] = {**changes, **(append or {})}
    wanted = {name: value for name, value in wanted.items() if not _holds(document, name, value)}
    if not wanted:
        return document.data
    if document.format in NOT_EDITED and not (create and document.format is FrontMatterKind.NONE):
        raise _refused(document, NOT_EDITED[document.format])
    head = document.text[: document.body_start] or splice.empty(document.text)
    for name, value in wanted.items():
        after = _changed(_head(head), name, value)
        if after is None:
            raise _refused(document, N_("{field} cannot be changed without changing something else"), field=name)
        head = after
    return document.written(head + document.body)


def adopt(document: Document, source: Document, path: Names) -> bytes:
    """Return the file with the field at `path` as `source` has it: see `transtool.document.adopt`."""
    for each in (document, source):
        if each.format in NOT_EDITED:
            raise _refused(each, NOT_EDITED[each.format])
    if document.format is not source.format:
        raise _refused(document, N_("its front matter is of another kind than the source's"))
    ours, theirs = (_head(each.text[: each.body_start]) for each in (document, source))
    if value_at(ours, path) == value_at(theirs, path):
        return document.data
    whole = next((path[:at] for at in range(1, len(path)) if place_of(ours, path[:at]) is None), path)
    after = _adopted(ours, theirs, whole)
    if after is None:
        raise _refused(document, N_("{field} cannot be changed without changing something else"), field=".".join(path))
    return document.written(after + document.body)


def _holds(document: Document, name: str, wanted: str | None) -> bool:
    """Say whether nothing needs to be done."""
    value = document.value(name)
    if wanted is None or value is None:
        return wanted is None and value is None
    return _says(value, wanted)


def _refused(document: Document, template: str, **facts: object) -> EditRefused:
    field = facts.get("field")
    line = document.line_of(field) if isinstance(field, str) else None
    return EditRefused(Problem(message=Message(template, facts), path=document.path, line=line))


def _head(text: str) -> Head:
    """Read front matter; raises `Broken` unless all of `text` is front matter."""
    fence = fence_of(text)
    if fence is None or fence.end != len(text):
        raise Broken(N_("the front matter would end elsewhere"), None)
    tree = tree_of(fence.format, text[fence.start : fence.stop], fence.start)
    return Head(text, tree, fence.start, fence.stop, fence.format)


def _first_right(before: Head, ways: Iterable[str], is_right: Callable[[Head], bool], path: Path) -> str | None:
    """Return the first of `ways` that reads as it should, to a second reader too where the format has one."""
    for text in ways:
        try:
            after = _head(text)
        except Broken:
            continue
        if after.kind is before.kind and is_right(after) and _agrees(before, after, path):
            return text
    return None


def _agrees(before: Head, after: Head, path: Path) -> bool:
    """Ask a second reader whether `after` is as `before` but for the value at `path`."""
    match before.kind:
        case FrontMatterKind.YAML:
            return splice.reads_everywhere(before, after)
        case FrontMatterKind.TOML:
            return toml_text.is_same_but(before.inner, after.inner, path)
        case FrontMatterKind.JSON:
            return json_text.is_same_but(before.inner, after.inner, path)
    return True


# Setting


def _changed(before: Head, name: str, wanted: str | None) -> str | None:
    """Return front matter with the field `name` (dotted) set to `wanted` (None: gone); None where no way is right."""
    name = header_text.folded(name) if before.kind is FrontMatterKind.HEADER else name
    path = find(before.mapping, name)

    def is_right(after: Head) -> bool:
        if path is not None and wanted is not None:
            return _same_but(before.mapping, after.mapping, path, wanted)
        kept, was = ([item for item in head.mapping.items if item[0] != name] for head in (after, before))
        value = after.mapping.get(name)
        return kept == was and (value is None if wanted is None else value is not None and _says(value, wanted))

    return _first_right(before, _SETTING[before.kind](before, name, wanted), is_right, path or (name,))


def _same_but(before: Value, after: Value, path: Path, wanted: str) -> bool:
    """Compare two values that may differ only at `path`, where `wanted` has to stand."""
    if not path:
        return _says(after, wanted)
    match before, after:
        case Mapping(items=old), Mapping(items=new):
            return [name for name, _ in old] == [name for name, _ in new] and all(
                _same_but(a, b, path[1:], wanted) if name == path[0] else a == b
                for (name, a), (_, b) in zip(old, new, strict=True)
            )
        case Sequence(items=old_items), Sequence(items=new_items):
            return len(old_items) == len(new_items) and all(
                _same_but(a, b, path[1:], wanted) if at == path[0] else a == b
                for at, (a, b) in enumerate(zip(old_items, new_items, strict=True))
            )
    return False


def _says(value: Value, wanted: str) -> bool:
    return isinstance(value, Scalar) and value.text == wanted and not value.null


# Copying


def _adopted(before: Head, theirs: Head, path: Names) -> str | None:
    """Return front matter with the field at `path` as `theirs` has it, or without it; None where no way is right."""
    wanted = value_at(theirs, path)
    moves = wanted is not None and value_at(before, path) is not None

    def is_right(after: Head) -> bool:
        if value_at(after, path) != wanted or not same_but(before.mapping, after.mapping, path):
            return False
        if before.kind is FrontMatterKind.TOML and toml_text.told(after.inner, path) != toml_text.told(
            theirs.inner, path
        ):
            return False
        return not moves or order(before.mapping, path) == order(after.mapping, path)

    return _first_right(before, _COPYING[before.kind](before, theirs, path), is_right, path)
