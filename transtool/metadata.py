"""Judge the front matter of a translation against its source: shared and local values."""

from collections.abc import Iterator, Sequence

from transtool.document import same_value, show
from transtool.link import language_field
from transtool.local import expected
from transtool.model import Finding
from transtool.pair import Pair
from transtool.placeholders import is_placeholder


def mismatches(pair: Pair) -> Iterator[Finding]:
    """Report shared fields that differ from the source (dates as instants, lists as lists)."""
    for name in _shared(pair):
        ours, theirs = pair.translation.value(name), pair.source.value(name)
        if name in pair.disputed or same_value(ours, theirs) or is_placeholder(ours, pair.config):
            continue
        line = pair.translation.line_of(name)
        if not pair.translation.has(name):
            yield pair.finding("mismatch", problem="absent", line=1, field=name, expected=show(theirs))
        elif not pair.source.has(name):
            yield pair.finding("mismatch", problem="extra", line=line, field=name, value=show(ours))
        else:
            yield pair.finding("mismatch", line=line, field=name, value=show(ours), expected=show(theirs))


def locals_wrong(pair: Pair) -> Iterator[Finding]:
    """Report local fields that have not the value the configuration gives for the language."""
    for name, made in pair.series.fields.local.items():
        if not (pair.source.has(name) or pair.translation.has(name)) or name in pair.disputed:
            continue
        wanted = expected(
            name,
            made,
            series=pair.series,
            key=pair.entry.key,
            language=pair.language,
            catalogue=pair.catalogue,
            config=pair.config,
        )
        told = pair.translation.raw(name)
        if wanted is None or told == wanted:
            continue
        if told is None:
            yield pair.finding("local", problem="absent", line=1, field=name, expected=wanted)
        else:
            yield pair.finding("local", line=pair.translation.line_of(name), field=name, value=told, expected=wanted)


def _shared(pair: Pair) -> Sequence[str]:
    """Return the fields without a role of their own, in the order of the source, then of the translation."""
    fields = pair.series.fields
    roles = (*fields.translated, *fields.ignored, *fields.local)
    apart = {name.split(".")[0] for name in roles} | {language_field(pair.series)}
    names = dict.fromkeys(each.name for each in (*pair.source.fields, *pair.translation.fields))
    return tuple(name for name in names if name not in apart)
