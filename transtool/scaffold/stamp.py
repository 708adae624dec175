"""Record which state of the source a translation stands for, in the translation's own front matter."""

from collections.abc import Mapping

from transtool.document import Document, Unreadable, edit
from transtool.edits import Change, Edit, Plan
from transtool.errors import N_, EditRefused, Message, Problem
from transtool.history import blob_id
from transtool.link import Catalogue, Episode
from transtool.model import Key, Language, Report, Status
from transtool.segments import source_digest, split
from transtool.selection import Selection
from transtool.settings import Config, Series


def values(source: Document, series: Series, config: Config, algorithm: str = "sha1") -> Mapping[str, str]:
    """Return the stamp of `source` as it is now: field -> value, in the order in which they are written.

    `algorithm` is what the site's repository names its objects by (`sha1` or `sha256`).
    """
    digest = source_digest(split(source, series.fields.translated))
    return {config.stamp.digest: digest, config.stamp.blob: blob_id(source.data, algorithm)}


def plan(
    catalogue: Catalogue,
    config: Config,
    selection: Selection,
    *,
    only_current: Report | None = None,
    algorithm: str = "sha1",
) -> Plan:
    """Plan to stamp the selected translations with their sources as they are now, changing nothing else.

    With `only_current`, only those that this report says are current. A translation that bears that stamp
    already is left as it is.
    """
    current = None if only_current is None else _current(only_current)
    changes: list[Change] = []
    notes: list[Problem] = []
    for episode in catalogue.episodes:
        if not selection.wants_episode(episode.series, episode.key):
            continue
        wanted = [
            language
            for language in episode.translations
            if selection.wants_language(language)
            and (current is None or (episode.series, episode.key, language) in current)
        ]
        if wanted:
            _stamp(episode, wanted, config, algorithm, changes, notes)
    return Plan(tuple(changes), tuple(notes))


def _current(report: Report) -> frozenset[tuple[str, Key, Language]]:
    return frozenset(
        (episode.series, episode.key, cell.language)
        for episode in report.episodes
        for cell in episode.cells
        if cell.status is Status.CURRENT
    )


def _stamp(
    episode: Episode,
    languages: list[Language],
    config: Config,
    algorithm: str,
    changes: list[Change],
    notes: list[Problem],
) -> None:
    """Add the edits of one episode to `changes`, and to `notes` why there is none."""
    series, source = config.named(episode.series), episode.source
    if series is None or source is None or isinstance(source.document, Unreadable):
        message = N_("there is no source to stamp it with") if source is None else N_("the source cannot be read")
        notes += [Problem(message=Message(message), path=episode.translations[language].path) for language in languages]
        return
    stamp = values(source.document, series, config, algorithm)
    for language in languages:
        entry = episode.translations[language]
        if isinstance(entry.document, Unreadable):
            notes.append(
                Problem(message=Message(N_("this file cannot be read, so it was not stamped")), path=entry.path)
            )
            continue
        try:
            after = edit(entry.document, {}, append=stamp)
        except EditRefused as refused:
            notes += refused.problems
            continue
        if after != entry.document.data:
            changes.append(Edit(entry.path, entry.document.data, after))
