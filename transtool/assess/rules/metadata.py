"""Compare the front matter of a translation with that of its source: shared and local fields."""

from collections.abc import Iterator
from datetime import date

from transtool.assess.local_fields import Conventions, belongs, expected
from transtool.assess.rules.placeholders import is_placeholder
from transtool.document import Document, Mapping, Scalar, Value, same_value, show
from transtool.document.values import day, instant
from transtool.link import language_field
from transtool.model import Finding
from transtool.staleness.translation_pair import Files


def mismatches(files: Files) -> Iterator[Finding]:
    """Report shared fields that differ from the source (dates as instants, lists as lists, mappings name by name).

    `false` is what a field says that is not there, and a date that another field of the page tells is not lacking.
    """
    for name, ours, theirs in _shared(files):
        if same_value(_told(ours), _told(theirs)) or is_placeholder(ours, files.config, name):
            continue
        line = files.translation.line_of(name)
        if ours is None:
            if not _is_told_elsewhere(theirs, files.translation):
                yield files.finding("mismatch", problem="absent", line=1, field=name, expected=show(theirs))
        elif theirs is None:
            yield files.finding("mismatch", problem="extra", line=line, field=name, value=show(ours))
        else:
            yield files.finding("mismatch", line=line, field=name, value=show(ours), expected=show(theirs))


def _told(value: Value | None) -> Value | None:
    return None if isinstance(value, Scalar) and value.text.casefold() == "false" else value


def _is_told_elsewhere(value: Value | None, page: Document) -> bool:
    """Say whether a value is a date whose day another field of the page has (`date` for `publishDate`)."""
    when = _day(value)
    return when is not None and any(_day(each.value) == when for each in page.fields)


def _day(value: Value | None) -> date | None:
    if not isinstance(value, Scalar):
        return None
    moment = instant(value.text)
    return day(value.text) or (None if moment is None else moment.date())


def locals_wrong(files: Files, conventions: Conventions) -> Iterator[Finding]:
    """Report local fields whose value is not the one that the configuration gives for the language."""
    for name, made in files.series.fields.local.items():
        if not (files.translation.has(name) or belongs(name, files.series, files.source, conventions)):
            continue
        wanted = expected(
            name,
            made,
            series=files.series,
            key=files.entry.key,
            language=files.language,
            conventions=conventions,
        )
        told = files.translation.raw(name)
        if wanted is None or told == wanted:
            continue
        if told is None:
            yield files.finding("local", problem="absent", line=1, field=name, expected=wanted)
        else:
            yield files.finding("local", line=files.translation.line_of(name), field=name, value=told, expected=wanted)


def _shared(files: Files) -> Iterator[tuple[str, Value | None, Value | None]]:
    """Give the fields without a role of their own with both values, in the order of the source, then the translation.

    A mapping on both sides is taken apart: its parts have dotted names, and may have roles of their own.
    """
    fields = files.series.fields
    roles = frozenset((*fields.translated, *fields.ignored, *fields.own, *fields.local, language_field(files.series)))
    names = dict.fromkeys(each.name for each in (*files.source.fields, *files.translation.fields))
    for name in names:
        yield from _parts(name, _whole(files.translation, name), _whole(files.source, name), roles)


def _whole(page: Document, name: str) -> Value | None:
    field = page.field(name)
    return None if field is None else field.value


def _parts(
    name: str, ours: Value | None, theirs: Value | None, roles: frozenset[str]
) -> Iterator[tuple[str, Value | None, Value | None]]:
    if name in roles:
        return
    inside = any(role.startswith(f"{name}.") for role in roles)
    if not (inside or (isinstance(ours, Mapping) and isinstance(theirs, Mapping))):
        yield name, ours, theirs
        return
    here, there = (dict(each.items) if isinstance(each, Mapping) else {} for each in (ours, theirs))
    for key in dict.fromkeys((*there, *here)):
        yield from _parts(f"{name}.{key}", here.get(key), there.get(key), roles)
