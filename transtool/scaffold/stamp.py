"""Record which state of the source a translation stands for, in its front matter or in the site's file of stamps."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from transtool.assess.stamps_file import changed
from transtool.document import NOT_EDITED, Document, FrontMatterKind, Unreadable, edit
from transtool.edits import Edit, Plan
from transtool.errors import N_, EditRefused, Message, Problem
from transtool.history import blob_id
from transtool.link import Catalogue, Episode
from transtool.model import Change, Key, Language, Report, Stamp, Status
from transtool.segments import source_digest, split
from transtool.selection import Selection
from transtool.settings import Config, Series, StampPlace
from transtool.staleness.dismissals import mark, marks
from transtool.staleness.translation_pair import Files


def stamp_of(source: Document, series: Series, algorithm: str = "sha1") -> Stamp:
    """Return the stamp of `source` as it is now.

    `algorithm` is what the site's repository names its objects by (`sha1` or `sha256`).
    """
    digest = source_digest(split(source, series.fields.translated, series.reading))
    return Stamp(digest, blob_id(source.data, algorithm))


def fields(stamp: Stamp, config: Config) -> Mapping[str, str]:
    """Return what of a stamp goes into front matter: field -> value, in the order in which they are written."""
    if config.stamps is StampPlace.FILE:
        return {}
    names = config.stamp
    told = {names.digest: stamp.digest, names.blob: stamp.blob, names.reviewed: " ".join(stamp.reviewed)}
    return {name: value for name, value in told.items() if value}


def plan(
    catalogue: Catalogue,
    config: Config,
    selection: Selection,
    *,
    only_current: Report | None = None,
    algorithm: str = "sha1",
    add_front_matter: bool = False,
) -> Plan:
    """Plan to stamp the selected translations with their sources as they are now, changing nothing else.

    With `only_current`, only those that this report says are current. A translation that bears that stamp
    already is left as it is. One without front matter is given some only with `add_front_matter`.
    """
    current = None if only_current is None else _current(only_current)
    stamping = _Stamping(config, algorithm, add_front_matter)
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
            stamping.add(episode, wanted)
    return stamping.plan(catalogue)


def plan_segments(
    episode: Episode,
    language: Language,
    chosen: Collection[Change],
    catalogue: Catalogue,
    config: Config,
    *,
    add_front_matter: bool = False,
) -> Plan:
    """Plan to record single segments of a translation as reviewed: `chosen` changes of its source.

    Marks of segments that the source no longer has go; what the translation is compared with stays.
    """
    stamping = _Stamping(config, "", add_front_matter)
    entry, source, series = episode.translations[language], episode.source, config.named(episode.series)
    assert source is not None and series is not None  # noqa: S101  (there are no changes of a source that is not there)
    assert isinstance(entry.document, Document) and isinstance(source.document, Document)  # noqa: S101
    files = Files(config=config, series=series, entry=entry, source=source.document, translation=entry.document)
    there = marks(split(source.document, series.fields.translated, series.reading))
    kept = [each for each in files.stamp.reviewed if each in there or each.startswith("-")]
    stamping.write(entry.document, replace(files.stamp, reviewed=tuple(sorted({*kept, *map(mark, chosen)}))))
    return stamping.plan(catalogue)


def unfit(paths: Mapping[FrontMatterKind, Sequence[str]], outcome: str) -> Iterator[Problem]:
    """Say, once for each kind of front matter that nothing can be written into, which file is the first of how many.

    `outcome` is what came of it.
    """
    for kind, found in paths.items():
        facts = {"reason": Message(NOT_EDITED[kind]), "outcome": Message(outcome)}
        more = N_("{reason}; {outcome} (this file is the first of {count})")
        message = Message(N_("{reason}; {outcome}"), facts, plural=more, count=len(found))
        hints = {
            FrontMatterKind.NONE: Message(N_("--add-front-matter gives such files some")),
            FrontMatterKind.PLAIN: Message(N_('stamps = "file" keeps their stamps in a file of its own')),
        }
        yield Problem(message=message, path=found[0], hint=hints.get(kind))


def _current(report: Report) -> frozenset[tuple[str, Key, Language]]:
    return frozenset(
        (episode.series, episode.key, cell.language)
        for episode, cell in report.translations
        if cell.status is Status.CURRENT
    )


@dataclass(slots=True)
class _Stamping:
    """The plan as it grows: edits, why some files get none, and the files whose front matter nothing fits into.

    `kept` are the stamps for the site's own file of them, by path.
    """

    config: Config
    algorithm: str
    add_front_matter: bool
    changes: list[Edit] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    unfit: dict[FrontMatterKind, list[str]] = field(default_factory=dict)
    kept: dict[str, Stamp] = field(default_factory=dict)

    def add(self, episode: Episode, languages: list[Language]) -> None:
        """Plan to stamp the translations of one episode, or say why not."""
        series, source = self.config.named(episode.series), episode.source
        if series is None or source is None or isinstance(source.document, Unreadable):
            message = N_("there is no source to stamp it with") if source is None else N_("the source cannot be read")
            paths = [episode.translations[language].path for language in languages]
            self.notes += [Problem.of(message, path) for path in paths]
            return
        stamp = stamp_of(source.document, series, self.algorithm)
        for language in languages:
            self.write(episode.translations[language].document, stamp)

    def plan(self, catalogue: Catalogue) -> Plan:
        """Return the plan as it is now."""
        kept = changed(catalogue.stamps, self.kept, catalogue.pages)
        changes = (*self.changes, *(() if kept is None else (kept,)))
        return Plan(changes, (*self.notes, *unfit(self.unfit, N_("no stamp was written"))))

    def write(self, document: Document | Unreadable, stamp: Stamp) -> None:
        """Plan to give a file a stamp, or say why not. What it says of single segments gives way to that."""
        if isinstance(document, Unreadable):
            self.notes.append(Problem.of(N_("this file cannot be read, so it was not stamped"), document.path))
            return
        if self.config.stamps is StampPlace.FILE:
            self.kept[document.path] = stamp
            return
        missing = document.format is FrontMatterKind.NONE
        if document.format in NOT_EDITED and not (missing and self.add_front_matter):
            self.unfit.setdefault(document.format, []).append(document.path)
            return
        try:
            gone = {} if stamp.reviewed else {self.config.stamp.reviewed: None}
            after = edit(document, gone, append=fields(stamp, self.config), create=self.add_front_matter)
        except EditRefused as refused:
            self.notes += refused.problems
            return
        if after != document.data:
            self.changes.append(Edit(document.path, document.data, after))
