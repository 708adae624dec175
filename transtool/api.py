"""The library: open a site, check it, and plan and apply what commands would write. Described in docs/api.md.

Its names are those of `transtool` itself, which loads this module when the first of them is asked for.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from transtool import edits
from transtool.edits import Copy, Edit
from transtool.errors import ConfigError, EditRefused, Problem, TranstoolError, UsageError, WorldError, refused
from transtool.model import (
    Cell,
    Change,
    ChangeKind,
    EpisodeReport,
    Finding,
    Report,
    SegmentKind,
    Severity,
    Status,
)
from transtool.selection import Selection
from transtool.site import open as opening

__all__ = [
    "Cell",
    "Change",
    "ChangeKind",
    "ConfigError",
    "Copy",
    "Edit",
    "EditRefused",
    "EpisodeReport",
    "Finding",
    "Plan",
    "Problem",
    "Report",
    "SegmentKind",
    "Severity",
    "Site",
    "Status",
    "TranstoolError",
    "UsageError",
    "WorldError",
    "open",
]

Names = str | Iterable[str] | None
"""One name or several, as options of the command line take them (`"es"`, `"es,fr"`, `["es", "fr"]`); None: all."""

Numbers = int | str | Iterable[int | str] | None
"""Numbers, ranges or text keys of episodes (`157`, `"100-160"`, `[1, "part-2"]`); None: all."""


@contextmanager
def _saying_why() -> Iterator[None]:
    """Raise what the system refuses as a WorldError: a caller has one family of errors to catch."""
    try:
        yield
    except OSError as error:
        raise refused(error) from error


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written to the site at `root`: nothing is, before `apply`.

    `plan` is the plan of the core, by itself.
    """

    root: Path
    plan: edits.Plan

    @property
    def changes(self) -> tuple[Edit | Copy, ...]:
        """The files to be written, each with its `path` relative to the site."""
        return self.plan.changes

    @property
    def left(self) -> tuple[Problem, ...]:
        """What is left to a person on purpose, and why."""
        return self.plan.left

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What could not be planned, or wants to be looked at."""
        return self.plan.notes

    def diff(self) -> str:
        """Return the changes as one unified diff, as `--dry-run` shows it.

        Bytes that are not UTF-8 are surrogates: encode with `errors="surrogateescape"` for `git apply`.
        """
        return edits.diff(self.changes)

    def apply(self) -> None:
        """Write all changes, one whole file after the other.

        Raises WorldError, before anything is written, where a file is no longer what was read, or a change leads out
        of the site; also when the system refuses, and while another run writes. A site that was opened before does not
        know of what was written: open it again.
        """
        from transtool.site.write import apply

        with _saying_why():
            apply(self.root, self.changes)


@dataclass(frozen=True, slots=True)
class Site:
    """A site as it was when it was opened. `opened` is the site of the shell, by itself.

    What selects works as the options of the command line do. An empty collection is a mistake (UsageError), not
    everything; so is what the site does not have.
    """

    opened: opening.Site

    @property
    def root(self) -> Path:
        """The folder of the configuration, which all paths are relative to."""
        return self.opened.root

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language of the site, that of its sources first."""
        return self.opened.config.known_languages

    @property
    def series(self) -> tuple[str, ...]:
        """The names of the site's series, as configured."""
        return tuple(each.name for each in self.opened.config.series)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What was odd about the site as a whole until now, and why git cannot tell anything of its past, if so."""
        reason = self.opened.stages.no_history
        found: list[Problem] = []
        for each in (*self.opened.stages.notes, *(() if reason is None else (reason,))):
            if each not in found:
                found.append(each)
        return tuple(found)

    def check(
        self,
        *,
        languages: Names = None,
        series: Names = None,
        numbers: Numbers = None,
        rules: Names = None,
        changed: bool = False,
        since: str | None = None,
        known: bool = False,
    ) -> Report:
        """Judge the selected part of the site, as `transtool check` does.

        `changed` and `since` (a commit) narrow the report to what edits concern, those of commits included with
        `since`. The findings that the site's baseline file lists are left out, unless `known` ones are wanted.
        Raises UsageError and WorldError.
        """
        from transtool.assess.baseline_file import without
        from transtool.site.judge import judged

        with _saying_why():
            selection = self._selection(languages, series, numbers, rules)
            report = judged(self.opened, selection, changed=changed, since=since)
            return report if known else without(report, opening.known_findings(self.opened))[0]

    def plan_scaffold(
        self,
        *,
        languages: Names = None,
        series: Names = None,
        numbers: Numbers = None,
        body: Literal["copy", "outline", "empty"] = "copy",
        add_front_matter: bool = False,
    ) -> Plan:
        """Plan the selected translations that are missing. Raises UsageError and WorldError."""
        from transtool.site import plans

        with _saying_why():
            selection = self._selection(languages, series, numbers)
            return self._plan(plans.scaffold(self.opened, selection, body=body, add_front_matter=add_front_matter))

    def plan_sync(
        self,
        *,
        languages: Names = None,
        series: Names = None,
        numbers: Numbers = None,
        fields: Names = None,
        origin: str | None = None,
    ) -> Plan:
        """Plan to bring front matter of the selected translations in line with their sources and the configuration.

        `fields` are the only ones to look at; `origin` is the language whose values are right (`--from`). Raises
        UsageError and WorldError.
        """
        from transtool.site import plans

        with _saying_why():
            selection = self._selection(languages, series, numbers)
            return self._plan(plans.sync(self.opened, selection, fields=_texts(fields), origin=origin))

    def plan_update(self, *, languages: Names = None, series: Names = None, numbers: Numbers = None) -> Plan:
        """Plan to carry the changes of sources into the selected translations, as far as no translator is needed.

        Raises UsageError and WorldError.
        """
        from transtool.site import plans

        with _saying_why():
            return self._plan(plans.update(self.opened, self._selection(languages, series, numbers))[0])

    def _selection(self, languages: Names, series: Names, numbers: Numbers, rules: Names = None) -> Selection:
        return opening.selection_of(self.opened, _texts(languages), _texts(series), _texts(numbers), _texts(rules))

    def _plan(self, made: edits.Plan) -> Plan:
        return Plan(self.root, made)


def open(path: str | os.PathLike[str] = ".", *, config: str | os.PathLike[str] | None = None) -> Site:
    """Read the site that `path` belongs to: that of the configuration there or in the nearest folder above.

    `config` names the configuration instead. Raises ConfigError where it is missing or wrong, UsageError where `path`
    is no folder, and WorldError where something cannot be read. A page that cannot be read is a finding of the report.
    """
    with _saying_why():
        return Site(opening.open_site(Path(path), None if config is None else Path(config)))


def _texts(values: Numbers) -> tuple[str, ...] | None:
    """Return what an option of the command line would hold; of no value at all one that names nothing."""
    if values is None:
        return None
    if isinstance(values, str | int):
        return (str(values),)
    return tuple(map(str, values)) or ("",)
