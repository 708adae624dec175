"""Annotations of a GitHub workflow run, and the summary of its step."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from transtool.i18n import ENGLISH, Words
from transtool.i18n.safe_text import visible
from transtool.model import Report, Severity
from transtool.render import markdown
from transtool.render.groups import Entry, Group, grouped

SHOWN = 10
"""Annotations of one level that GitHub shows for a step; it drops the others without a word."""

COMMANDS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}

_Row = tuple[Group, Entry]


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return workflow commands, a line each: of every level at most ten, then how many findings they leave out.

    Each rule has its turn, so that one that fires everywhere does not hide the others; what is the same in many
    files is one annotation, at the first of them. English whatever `words` speak: programs match these lines.
    """
    groups = grouped(report.all_findings(), ENGLISH)
    return "".join(f"{line}\n" for severity in COMMANDS for line in _level(severity, groups))


def summary(report: Report, words: Words = ENGLISH) -> str:
    """Return the Markdown for the file that `GITHUB_STEP_SUMMARY` names, in the language of `words`."""
    return markdown.render(report, words)


def _level(severity: Severity, groups: Sequence[Group]) -> Iterator[str]:
    rows = tuple(_turns([(group, entry) for entry in group.entries] for group in groups if group.severity is severity))
    yield from (_command(COMMANDS[severity], *row) for row in rows[:SHOWN])
    hidden = sum(len(entry.findings) for _, entry in rows[SHOWN:])
    if hidden:
        yield f"transtool: {ENGLISH.total(severity, hidden)} more, in the summary of this step"


def _turns(rows: Iterable[list[_Row]]) -> Iterator[_Row]:
    """Take one row of every rule, then the second of every rule, and so on."""
    return (row for row in chain.from_iterable(zip_longest(*rows)) if row is not None)


def _command(command: str, group: Group, entry: Entry) -> str:
    path, line = entry.places[0]
    properties = {"file": path, "line": str(max(1, line or 1)), "title": f"transtool: {group.rule}"}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    others = len(entry.places) - 1
    more = f" (and in {others} more {'place' if others == 1 else 'places'})" if others else ""
    return f"::{command} {listed}::{_data(entry.sentence + more)}"


def _data(text: str) -> str:
    """Return text of a command: the runner decodes line ends, the log shows the rest as it is."""
    parts = (visible(part) for part in text.replace("%", "%25").replace("\r", "%0D").split("\n"))
    return "%0A".join(parts)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
