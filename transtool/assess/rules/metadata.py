"""Compare the front matter of a translation with that of its source: shared and local fields."""

from collections.abc import Iterator, Sequence

from transtool.assess.local_fields import Conventions, expected
from transtool.assess.rules.placeholders import is_placeholder
from transtool.document import same_value, show
from transtool.link import language_field
from transtool.model import Finding
from transtool.staleness.translation_pair import Files


def mismatches(files: Files) -> Iterator[Finding]:
    """Report shared fields that differ from the source (dates as instants, lists as lists)."""
    for name in _shared(files):
        ours, theirs = files.translation.value(name), files.source.value(name)
        if same_value(ours, theirs) or is_placeholder(ours, files.config):
            continue
        line = files.translation.line_of(name)
        if not files.translation.has(name):
            yield files.finding("mismatch", problem="absent", line=1, field=name, expected=show(theirs))
        elif not files.source.has(name):
            yield files.finding("mismatch", problem="extra", line=line, field=name, value=show(ours))
        else:
            yield files.finding("mismatch", line=line, field=name, value=show(ours), expected=show(theirs))


def locals_wrong(files: Files, conventions: Conventions) -> Iterator[Finding]:
    """Report local fields whose value is not the one that the configuration gives for the language."""
    for name, made in files.series.fields.local.items():
        if not (files.source.has(name) or files.translation.has(name)):
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


def _shared(files: Files) -> Sequence[str]:
    """Return the fields without a role of their own, in the order of the source, then of the translation."""
    fields = files.series.fields
    roles = (*fields.translated, *fields.ignored, *fields.local)
    apart = {name.split(".")[0] for name in roles} | {language_field(files.series)}
    names = dict.fromkeys(each.name for each in (*files.source.fields, *files.translation.fields))
    return tuple(name for name in names if name not in apart)
