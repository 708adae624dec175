"""Single fields of the front matter changed, and every other byte kept."""

from collections.abc import Mapping

from transtool.document import splice
from transtool.document.adopted import adopted
from transtool.document.change import changed
from transtool.document.head import Head
from transtool.document.kinds import NOT_EDITED, FrontMatterKind
from transtool.document.members import place_of, value_at
from transtool.document.model import Document
from transtool.document.reading import fence_of, tree_of
from transtool.document.values import Scalar
from transtool.document.yaml_text import Broken
from transtool.errors import N_, EditRefused, Message, Problem


def edit(
    document: Document,
    changes: Mapping[str, str | None],
    *,
    append: Mapping[str, str] | None = None,
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
        head = _changed(document, head, name, value)
    return document.written(head + document.body)


def adopt(document: Document, source: Document, path: tuple[str, ...]) -> bytes:
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
    after = adopted(ours, theirs, whole, _head)
    if after is None:
        raise _refused(document, N_("{field} cannot be changed without changing something else"), field=".".join(path))
    return document.written(after + document.body)


def _holds(document: Document, name: str, wanted: str | None) -> bool:
    """Say whether nothing needs to be done."""
    value = document.value(name)
    if wanted is None or value is None:
        return wanted is None and value is None
    return isinstance(value, Scalar) and not value.null and value.text == wanted


def _changed(document: Document, text: str, name: str, wanted: str | None) -> str:
    """Return front matter (with its fences) with one field changed."""
    after = changed(_head(text), name, wanted, _head)
    if after is None:
        raise _refused(document, N_("{field} cannot be changed without changing something else"), field=name)
    return after


def _head(text: str) -> Head:
    """Read front matter; raises `Broken` unless all of `text` is front matter."""
    fence = fence_of(text)
    if fence is None or fence.end != len(text):
        raise Broken(Message(N_("the front matter would end elsewhere")), None)
    tree = tree_of(fence.format, text[fence.start : fence.stop], fence.start)
    return Head(text, tree, fence.start, fence.stop, fence.format)


def _refused(document: Document, template: str, **facts: object) -> EditRefused:
    field = facts.get("field")
    line = document.line_of(field) if isinstance(field, str) else None
    return EditRefused(Problem(message=Message(template, facts), path=document.path, line=line))
