"""Single fields of the front matter changed, and every other byte kept."""

import codecs
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
    """Return the file with fields changed (None removes one) and every other byte as it was.

    A new value is written in the style of the old one if it reads back as the same text and type, else in double
    quotes. Fields that are not there yet are added at the end of the front matter (of TOML, above its tables), in
    order, those of `append` last. A file without front matter is given some only with `create`. Raises `EditRefused`
    when anything else would have changed, and for front matter that is only read.
    """
    wanted: dict[str, str | None] = {**changes, **(append or {})}
    wanted = {name: value for name, value in wanted.items() if not _holds(document, name, value)}
    if not wanted:
        return document.data
    if document.format in NOT_EDITED and not (create and document.format is FrontMatterKind.NONE):
        raise _refused(document, NOT_EDITED[document.format])
    head = document.text[: document.body_start] or splice.empty(document.text)
    for name, value in wanted.items():
        head = _changed(document, head, name, value)
    return (codecs.BOM_UTF8 if document.data.startswith(codecs.BOM_UTF8) else b"") + (head + document.body).encode()


def adopt(document: Document, source: Document, path: tuple[str, ...]) -> bytes:
    """Return the file with the field at `path` as `source` has it, and every other byte as it was.

    The value is copied as it is written there: its quotes, the style of its lists, the spelling of dates. A field that
    `source` has not got is taken out; one that is new stands beside those that it stands beside there. Where a mapping
    on the way is missing, the whole of it is copied. Raises `EditRefused` when anything else would change.
    """
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
    return (codecs.BOM_UTF8 if document.data.startswith(codecs.BOM_UTF8) else b"") + (after + document.body).encode()


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
