"""Compare the front matter of a translation with that of its source: shared and local fields."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from transtool.assess.local_fields import Conventions, belongs, expected
from transtool.assess.rules.placeholders import is_placeholder
from transtool.document import Document, Mapping, Scalar, Value, same_value, show
from transtool.document.values import day, instant
from transtool.link import language_field
from transtool.model import Finding
from transtool.staleness.translation_pair import Files


class Difference(NamedTuple):
    """A shared field in which a translation (`ours`) differs from its source (`theirs`); None where it is not there.

    `path` leads to it through mappings.
    """

    path: tuple[str, ...]
    ours: Value | None
    theirs: Value | None

    @property
    def name(self) -> str:
        """The dotted name of the field."""
        return ".".join(self.path)


def differences(files: Files) -> Iterator[Difference]:
    """Give the shared fields that differ from the source (dates as instants, lists as lists, mappings name by name).

    `false` is what a field says that is not there, and a date that another field of the page tells is not lacking.
    """
    for each in _shared(files):
        if same_value(_told(each.ours), _told(each.theirs)):
            continue
        if each.ours is None and _is_told_elsewhere(each.theirs, files.translation):
            continue
        yield each


def mismatches(files: Files) -> Iterator[Finding]:
    """Report shared fields that differ from the source, but for placeholders, which have a rule of their own."""
    for each in differences(files):
        name, ours, theirs = each.name, each.ours, each.theirs
        if is_placeholder(ours, files.config, name):
            continue
        line = files.translation.line_of(name)
        if ours is None:
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


class WrongLocal(NamedTuple):
    """A local field that is not as the configuration gives it: what it says (None: it is not there), and should say."""

    name: str
    told: str | None
    wanted: str


def wrong_locals(files: Files, conventions: Conventions) -> Iterator[WrongLocal]:
    """Give the local fields whose value is not the one that the configuration gives for the language."""
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
        if wanted is not None and told != wanted:
            yield WrongLocal(name, told, wanted)


def locals_wrong(files: Files, conventions: Conventions) -> Iterator[Finding]:
    """Report local fields whose value is not the one that the configuration gives for the language."""
    for name, told, wanted in wrong_locals(files, conventions):
        if told is None:
            yield files.finding("local", problem="absent", line=1, field=name, expected=wanted)
        else:
            yield files.finding("local", line=files.translation.line_of(name), field=name, value=told, expected=wanted)


def _shared(files: Files) -> Iterator[Difference]:
    """Give the fields without a role of their own with both values, in the order of the source, then the translation.

    A mapping on both sides is taken apart: its parts have dotted names, and may have roles of their own.
    """
    fields = files.series.fields
    roles = frozenset((*fields.translated, *fields.ignored, *fields.own, *fields.local, language_field(files.series)))
    names = dict.fromkeys(each.name for each in (*files.source.fields, *files.translation.fields))
    for name in names:
        yield from _parts(Difference((name,), _whole(files.translation, name), _whole(files.source, name)), roles)


def _whole(page: Document, name: str) -> Value | None:
    field = page.field(name)
    return None if field is None else field.value


def _parts(whole: Difference, roles: frozenset[str]) -> Iterator[Difference]:
    path, ours, theirs = whole
    if whole.name in roles:
        return
    inside = any(role.startswith(f"{whole.name}.") for role in roles)
    if not (inside or (isinstance(ours, Mapping) and isinstance(theirs, Mapping))):
        yield whole
        return
    here, there = (dict(each.items) if isinstance(each, Mapping) else {} for each in (ours, theirs))
    for key in dict.fromkeys((*there, *here)):
        yield from _parts(Difference((*path, key), here.get(key), there.get(key)), roles)
