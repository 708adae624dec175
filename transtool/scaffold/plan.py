"""Plan the translations that are missing: everything copied that can be copied, made what can be made."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from transtool.assess import local_fields as local
from transtool.assess import stamps_file
from transtool.assess.exemptions import is_exempt
from transtool.document import NOT_EDITED, Document, FrontMatterKind, Unreadable, edit, parse
from transtool.edits import Change, Copy, Edit, Plan
from transtool.errors import N_, EditRefused, Message, Problem
from transtool.link import Catalogue, Entry, Episode
from transtool.model import Language, Stamp
from transtool.scaffold.assets import copies
from transtool.scaffold.outline import outline
from transtool.scaffold.pointers import Forms, forms, pointer
from transtool.scaffold.stamp import fields, stamp_of, unfit
from transtool.selection import Selection
from transtool.settings import Config, PointsTo, Reading, Series, StampPlace

Body = Literal["copy", "outline", "empty"]
"""What the body of a new translation starts as."""


def plan(
    catalogue: Catalogue,
    config: Config,
    selection: Selection,
    *,
    body: Body = "copy",
    exists: Callable[[str], bool] = lambda path: False,
    is_readable: Callable[[str], bool] = lambda path: True,
    algorithm: str = "sha1",
    add_front_matter: bool = False,
) -> Plan:
    """Plan the selected translations that do not exist yet, each from its source.

    A new file has the source's fields in the source's order: local ones made for the language, all others as they
    are, then the stamp. Nothing is planned where a file is there already, and nothing for what the configuration
    exempts. `exists` tells whether there is anything at a path of the site (for assets, and for files that no
    template fits), `is_readable` whether that is a file which can be copied; `algorithm` is how the site's
    repository names its objects. What has no front matter is copied
    without a stamp, unless `add_front_matter`; other front matter that is not edited, where a copy is right as it is.
    """
    draft = _Draft(
        catalogue=catalogue,
        conventions=local.learn(catalogue, config),
        config=config,
        body=body,
        exists=exists,
        is_readable=is_readable,
        algorithm=algorithm,
        add_front_matter=add_front_matter,
    )
    for episode in catalogue.episodes:
        series = config.named(episode.series)
        if series is not None and selection.wants_episode(episode.series, episode.key):
            draft.add(episode, series, selection)
    remarks = (*unfit(draft.copied, N_("the copy has no stamp")), *draft.unknown_labels())
    kept = stamps_file.changed(catalogue.stamps, draft.kept, {*catalogue.pages, *draft.kept})
    changes = (*draft.changes, *(() if kept is None else (kept,)))
    return Plan(changes, (*draft.notes, *unfit(draft.refused, N_("no file was created")), *remarks))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """The source of an episode, its document and its stamp."""

    entry: Entry
    document: Document
    series: Series
    stamp: Stamp


@dataclass(slots=True, kw_only=True)
class _Draft:
    """The plan as it grows: changes in order, paths taken, what was learnt, the local fields that nobody knew.

    `copied` and `refused` have the files whose front matter nothing can be written into, by its kind.
    """

    catalogue: Catalogue
    conventions: local.Conventions
    config: Config
    body: Body
    exists: Callable[[str], bool]
    is_readable: Callable[[str], bool]
    algorithm: str
    add_front_matter: bool
    changes: list[Change] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    forms: dict[str, Forms] = field(default_factory=dict)
    unknown: dict[tuple[str, str, Language], list[str]] = field(default_factory=dict)
    copied: dict[FrontMatterKind, list[str]] = field(default_factory=dict)
    refused: dict[FrontMatterKind, list[str]] = field(default_factory=dict)
    kept: dict[str, Stamp] = field(default_factory=dict)

    def add(self, episode: Episode, series: Series, selection: Selection) -> None:
        """Plan the translations of one episode that are selected, expected and missing."""
        wanted = [each for each in self._languages(episode, series, selection) if each not in episode.translations]
        if not wanted:
            return
        entry = episode.source
        if entry is None or isinstance(entry.document, Unreadable):
            if entry is not None or selection.numbers is not None:
                self._note_source(episode)
            return
        stamp = stamp_of(entry.document, series, self.algorithm)
        source = _Source(entry=entry, document=entry.document, series=series, stamp=stamp)
        for language in wanted:
            path = local.place(episode, language, series, self.conventions)
            if self._is_free(path, source, language):
                self._write(source, language, path or "")

    def unknown_labels(self) -> Iterator[Problem]:
        """Say, once a field and language, which local fields kept the source's value because nobody knew theirs."""
        hint = N_('write {language} = "..." under [labels.{field}] in the configuration')
        for (_, name, language), paths in self.unknown.items():
            facts = {"field": name, "language": language}
            message = Message(
                N_("{field} is not known in {language}: it was left as in the source"),
                facts,
                plural=N_("{field} is not known in {language}: it was left as in the source, in {count} files"),
                count=len(paths),
            )
            yield Problem(message=message, path=paths[0], hint=Message(hint, facts))

    def _languages(self, episode: Episode, series: Series, selection: Selection) -> Iterator[Language]:
        """Give the languages that are wanted of an episode; say which were asked for by name and are not."""
        for language in series.languages:
            if selection.wants_language(language) and not is_exempt(episode, language, series):
                yield language
        if selection.languages is None or selection.numbers is None:
            return
        for language in sorted(selection.languages - {self.config.source}):
            if is_exempt(episode, language, series) and language not in episode.translations:
                exempt = N_("{series} {key} is not wanted in {language}: the configuration exempts it")
                self.notes.append(Problem.of(exempt, series=series.name, key=episode.key, language=language))

    def _note_source(self, episode: Episode) -> None:
        path = next((entry.path for entry in episode.entries), None)
        message = N_("{series} {key} has no source to translate from")
        if episode.source is not None:
            message = N_("the source of {series} {key} cannot be read")
        self.notes.append(Problem.of(message, path, series=episode.series, key=episode.key))

    def _is_free(self, path: str | None, source: _Source, language: Language) -> bool:
        """Tell whether the file can be created at `path`; say why not."""
        if path is None:
            nowhere = N_("the layout does not say where the {language} file belongs")
            self.notes.append(Problem.of(nowhere, source.entry.path, language=language))
            return False
        if path in self.taken or path in self.catalogue.pages or self.exists(path):
            self.notes.append(Problem.of(N_("another file is already here; the translation was not created"), path))
            return False
        return True

    def _write(self, source: _Source, language: Language, path: str) -> None:
        try:
            after = self._content(source, language, path)
        except EditRefused as refused:
            self.notes += refused.problems
            return
        if after is None:
            self.refused.setdefault(source.document.format, []).append(path)
            return
        self.taken.add(path)
        skip = frozenset([*source.series.fields.local, *source.series.fields.translated])
        for copy in copies(source.document, path, skip, self.exists):  # first: a run that is stopped can be repeated
            if copy.path not in self.taken:
                self.taken.add(copy.path)
                self._copy(copy)
        self.changes.append(Edit(path, None, after))
        if self.config.stamps is StampPlace.FILE:
            self.kept[path] = source.stamp

    def _copy(self, copy: Copy) -> None:
        """Plan a copy; say so where its origin is not a file (a folder, a pipe, a link out of the site)."""
        if self.is_readable(copy.origin):
            self.changes.append(copy)
            return
        not_copied = N_("not copied: {origin} is no file of the site that can be read")
        self.notes.append(Problem.of(not_copied, copy.path, origin=copy.origin))

    def _content(self, source: _Source, language: Language, path: str) -> bytes | None:
        """Return the new file; None where the front matter of its source is of a kind that does not allow for it."""
        document = replace(_with_body(source.document, self.body, source.series.reading), path=path)
        kind = source.document.format
        if kind in NOT_EDITED and not (kind is FrontMatterKind.NONE and self.add_front_matter):
            if not self._is_right_as_a_copy(source):
                return None
            if self.config.stamps is StampPlace.FIELDS:
                self.copied.setdefault(kind, []).append(path)
            return document.data
        document = self._without_own(source, document)
        append = {**self._pointer(source), **fields(source.stamp, self.config)}
        return edit(document, self._local_values(source, language, path), append=append, create=self.add_front_matter)

    def _is_right_as_a_copy(self, source: _Source) -> bool:
        """Tell whether nothing has to be written into the front matter, and its end is known where the body changes."""
        if isinstance(source.series.key, PointsTo):
            return False
        bare = source.document.format in (FrontMatterKind.NONE, FrontMatterKind.PLAIN)
        return bare or (self.body == "copy" and not source.series.fields.local)

    def _pointer(self, source: _Source) -> dict[str, str]:
        """Return the field that names the source, in a series whose translations do so."""
        series = source.series
        if not isinstance(series.key, PointsTo):
            return {}
        if series.name not in self.forms:
            self.forms[series.name] = forms(series.name, series.key.field, self.catalogue)
        return {series.key.field: pointer(source.entry, self.forms[series.name])}

    def _local_values(self, source: _Source, language: Language, path: str) -> dict[str, str]:
        """Return the values of the local fields that a translation of the source needs."""
        values = {}
        for name, made in source.series.fields.local.items():
            if not local.is_given(name, source.series, source.document, self.conventions):
                continue
            value = local.expected(
                name, made, series=source.series, key=source.entry.key, language=language, conventions=self.conventions
            )
            if value is None and source.document.has(name):
                self.unknown.setdefault((source.series.name, name, language), []).append(path)
            elif value is not None:
                values[name] = value
        return values

    def _without_own(self, source: _Source, document: Document) -> Document:
        """Return the document without the fields that differ on purpose; one that cannot be taken out stays."""
        for name in source.series.fields.own:
            try:
                changed = parse(document.path, edit(document, {name: None}))
            except EditRefused:
                continue
            document = changed if isinstance(changed, Document) else document
        return document


def _with_body(document: Document, body: Body, reading: Reading) -> Document:
    """Return `document` with the body that its translations start with."""
    if body == "copy":
        return document
    text = document.text[: document.body_start] + (outline(document, reading) if body == "outline" else "")
    mark = document.data[: len(document.data) - len(document.text.encode())]
    changed = parse(document.path, mark + text.encode())
    return changed if isinstance(changed, Document) else document
