"""Dismiss changes of sources: which there are to dismiss, and the edit of the site's file that remembers it."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from transtool.assess import dismissed_file
from transtool.edits import Edit, Plan
from transtool.errors import N_, Problem
from transtool.model import Change, Dismissal, Dismissed, EpisodeReport, Language, Report, Status
from transtool.selection import Selection
from transtool.staleness.dismissals import name_of


@dataclass(frozen=True, slots=True)
class OpenChange:
    """A change of a source, and the languages whose translations are behind with it."""

    change: Change
    languages: tuple[Language, ...]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """An episode with the changes of its source that translations are behind with, in the order of the source.

    Translations that were made from different versions of the source are behind with different changes of one segment.
    What was removed comes last.
    """

    episode: EpisodeReport
    changes: tuple[OpenChange, ...]


def open_pages(report: Report) -> tuple[OpenPage, ...]:
    """Return the episodes of `report` that have open changes."""
    pages = (OpenPage(each, tuple(_open(each))) for each in report.episodes)
    return tuple(page for page in pages if page.changes)


def _open(episode: EpisodeReport) -> Iterator[OpenChange]:
    found: dict[str, list[tuple[Change, Language]]] = {}
    for cell in episode.cells:
        for change in cell.changes:
            found.setdefault(name_of(change.before, change.after), []).append((change, cell.language))
    ordered = sorted(found.values(), key=lambda each: (each[0][0].source_line is None, each[0][0].source_line or 0))
    for behind in ordered:
        yield OpenChange(behind[0][0], tuple(language for _, language in behind))


def untold(report: Report) -> Iterator[Problem]:
    """Give the translations that are stale nobody can say by what, so that there is nothing to dismiss."""
    for cell in report.cells:
        if cell.status is Status.STALE and not cell.changes:
            yield Problem.of(
                N_("the source changed since this translation was stamped; git cannot show where"), cell.path
            )


def plan(
    known: Dismissed,
    pages: Iterable[OpenPage],
    exists: Callable[[str], bool],
    *,
    languages: Collection[Language] = (),
    reason: str = "",
    notes: Sequence[Problem] = (),
) -> Plan:
    """Plan to dismiss the changes of `pages`, for `languages` or for all. `exists` tells which files are there."""
    new = [
        Dismissal(
            series=page.episode.series,
            key=page.episode.key,
            before=each.change.before,
            after=each.change.after,
            languages=tuple(sorted(languages)),
            reason=" ".join(reason.split()),
        )
        for page in pages
        for each in page.changes
    ]
    edit = dismissed_file.changed(known, [*dismissed_file.together([*new, *known.entries])]) if new else None
    return Plan((*_edits(edit, exists),), tuple(notes))


def undo(known: Dismissed, selection: Selection, wanted: Callable[[int], bool], exists: Callable[[str], bool]) -> Plan:
    """Plan to take back what was dismissed of the selected episodes: of each, the changes whose number is `wanted`.

    Where languages are selected, only for these, of what was dismissed for single languages.
    """
    taken = [entry for number, entry in numbered(known, selection) if wanted(number)]
    kept = [each for entry in known.entries for each in (_rest(entry, selection) if entry in taken else (entry,))]
    return Plan((*_edits(dismissed_file.changed(known, kept), exists),))


def tidy(known: Dismissed, idle: Collection[Dismissal], exists: Callable[[str], bool]) -> Plan:
    """Plan to take out of the file what no translation is behind with any more (`idle`)."""
    kept = [entry for entry in known.entries if entry not in idle]
    return Plan((*_edits(dismissed_file.changed(known, kept), exists),))


def numbered(known: Dismissed, selection: Selection) -> Iterator[tuple[int, Dismissal]]:
    """Yield what was dismissed of the selected episodes and languages, numbered from 1 in each episode."""
    counts: dict[tuple[str, str], int] = {}
    for entry in known.entries:
        place = entry.series, entry.key
        about = not entry.languages or any(selection.wants_language(Language(each)) for each in entry.languages)
        if about and selection.wants_episode(*place):
            counts[place] = counts.get(place, 0) + 1
            yield counts[place], entry


def _rest(entry: Dismissal, selection: Selection) -> tuple[Dismissal, ...]:
    """Return what stays of a change that is taken back for the selected languages."""
    if selection.languages is None:
        return ()
    left = tuple(each for each in entry.languages if not selection.wants_language(Language(each)))
    return (replace(entry, languages=left),) if left or not entry.languages else ()


def _edits(edit: Edit | None, exists: Callable[[str], bool]) -> Iterator[Edit]:
    """Yield an edit of the file, and what makes git merge it line by line, where that is not there yet."""
    if edit is None:
        return
    if not exists(dismissed_file.ATTRIBUTES.path):
        yield dismissed_file.ATTRIBUTES
    yield edit
