"""Change one field of front matter, whatever it is written in: the first way to write it that reads back right."""

from collections.abc import Callable, Iterator
from collections.abc import Mapping as Names

from transtool.document import header_text, json_text, splice, toml_text
from transtool.document.head import Head
from transtool.document.kinds import FrontMatterKind
from transtool.document.values import Mapping, Path, Scalar, Sequence, Value, find
from transtool.document.yaml_text import Broken

_Ways = Callable[[Head, str, str | None], Iterator[str]]

_WAYS: Names[FrontMatterKind, _Ways] = {
    FrontMatterKind.YAML: splice.candidates,
    FrontMatterKind.TOML: toml_text.candidates,
    FrontMatterKind.JSON: json_text.candidates,
    FrontMatterKind.HEADER: header_text.candidates,
}


def changed(before: Head, name: str, wanted: str | None, read: Callable[[str], Head]) -> str | None:
    """Return the text of `before` with the field `name` (dotted) set to `wanted` (None: gone).

    None where no way to write that reads back right.
    `read` reads the text of front matter, with its fences, and raises `Broken`.
    """
    name = header_text.folded(name) if before.kind is FrontMatterKind.HEADER else name
    for candidate in _WAYS[before.kind](before, name, wanted):
        try:
            after = read(candidate)
        except Broken:
            continue
        if after.kind is before.kind and _is_changed(before, after, name, wanted) and _agrees(before, after, name):
            return candidate
    return None


def _agrees(before: Head, after: Head, name: str) -> bool:
    """Ask a second reader, where the format has one."""
    path = find(before.mapping, name) or (name,)
    match before.kind:
        case FrontMatterKind.YAML:
            return splice.reads_everywhere(before, after)
        case FrontMatterKind.TOML:
            return toml_text.is_same_but(before.inner, after.inner, path)
        case FrontMatterKind.JSON:
            return json_text.is_same_but(before.inner, after.inner, path)
    return True


def _is_changed(before: Head, after: Head, name: str, wanted: str | None) -> bool:
    """Say whether `after` is `before` with nothing but the field `name` set to `wanted`, or without it."""
    path = find(before.mapping, name)
    if path is not None and wanted is not None:
        return _same_but(before.mapping, after.mapping, path, wanted)
    if tuple(item for item in after.mapping.items if item[0] != name) != tuple(
        item for item in before.mapping.items if item[0] != name
    ):
        return False
    value = after.mapping.get(name)
    return value is None if wanted is None else value is not None and _says(value, wanted)


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
