"""Find what is wrong with a file on its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from transtool.assess.rules.placeholders import placeholders
from transtool.document import Document, Unreadable
from transtool.link import Entry, finding_about, reason
from transtool.model import Finding, Severity
from transtool.settings import Config, Reading, Series

Unclosed = Callable[[Document, Reading], int | None]
"""Gives the line of what is never closed in a page of MDX, None where all is; see `unclosed`."""


def unclosed(document: Document, reading: Reading) -> int | None:
    """Return the line of what is never closed in a page of MDX; None where all is, and for any other page."""
    from transtool.segments import broken

    return broken(document, reading)


def file_findings(
    entry: Entry, config: Config, series: Series, known: Document | None = None, unclosed: Unclosed = unclosed
) -> Iterator[Finding]:
    """Yield what is wrong with a file on its own: unreadable, odd front matter, placeholders."""
    document = entry.document
    if isinstance(document, Unreadable):
        yield replace(finding_about("unreadable", entry, config, line=document.line), facts=reason(document))
        return
    for note in document.notes:
        yield finding_about("unreadable", entry, config, line=note.line, problem=note.problem, field=note.field)
    yield from _unclosed(document, entry, config, series, unclosed)
    yield from placeholders(document, entry, config, known=known)


def _unclosed(
    document: Document, entry: Entry, config: Config, series: Series, unclosed: Unclosed
) -> Iterator[Finding]:
    """Report, as information only, a page of MDX that was read as plain Markdown."""
    told = series.reading.dialect is None and not document.path.endswith(".mdx")
    if told and b"import " not in document.data:
        return  # it is no MDX (see `segments.dialects`), and nothing has to be loaded to say so
    line = unclosed(document, series.reading)
    if line is not None:
        found = finding_about("unreadable", entry, config, line=line, problem="dialect")
        yield found if found.severity is Severity.OFF else replace(found, severity=Severity.INFO)
