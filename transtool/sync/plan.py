"""Plan what brings translations in line: shared fields with their source, local ones with the configuration."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from transtool.assess import local_fields as local
from transtool.assess.across import Across
from transtool.assess.rules.metadata import Difference, differences, wrong_locals
from transtool.assess.rules.placeholders import is_placeholder, leaves
from transtool.document import Document, Scalar, Unreadable, Value, adopt, edit, parse, show
from transtool.edits import Change, Edit, Plan
from transtool.errors import N_, EditRefused, Message, Problem, UsageError
from transtool.link import Catalogue, Entry, Episode, readable
from transtool.model import Language
from transtool.selection import Selection
from transtool.settings import DEFAULT_TRANSLATED, Config, Series
from transtool.staleness.page_store import Past
from transtool.staleness.translation_pair import Files
from transtool.sync.later import Later
from transtool.text.suggestions import unknown


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be brought in line: only `fields` and what is in them (None: all), and by which language.

    With `origin`, the values of that translation go to the source and to the other languages.
    """

    fields: frozenset[str] | None = None
    origin: Language | None = None

    def wants(self, name: str) -> bool:
        """Say whether a field is wanted."""
        return self.fields is None or any(name == each or name.startswith(f"{each}.") for each in self.fields)

    def names(self, name: str) -> bool:
        """Say whether a field is asked for by name."""
        return self.fields is not None and self.wants(name)


def plan(
    catalogue: Catalogue, config: Config, selection: Selection, *, wish: Wish | None = None, past: Past | None = None
) -> Plan:
    """Plan to bring the selected translations in line, every byte but those of the fields' values as it was.

    A shared field gets the source's value as it is written there, or goes where the source has none; a local one gets
    what the configuration gives. Left to a person is a value that was changed later than the source's (by `past`),
    one that only a placeholder would replace, and a field that differs in most translations, unless it is named.
    """
    draft = _Draft(
        config=config,
        wish=wish or Wish(),
        across=Across(catalogue, config),
        conventions=local.learn(catalogue, config),
        later=Later(past),
    )
    for episode in catalogue.episodes:
        series = config.named(episode.series)
        if series is not None and selection.wants_episode(episode.series, episode.key):
            draft.add(episode, series, selection)
    return Plan(tuple(draft.changes), tuple(draft.notes), tuple(draft.left))


def require_fields(names: Iterable[str], catalogue: Catalogue, selection: Selection) -> None:
    """Raise UsageError for every name that is not a field of any selected page, with what was probably meant."""
    selected = [each for each in catalogue.episodes if selection.wants_episode(each.series, each.key)]
    pages = [page for episode in selected for entry in episode.entries if (page := readable(entry)) is not None]
    problems = [
        unknown(
            N_("no page has the field {name}"), name, dict.fromkeys(each.name for page in pages for each in page.fields)
        )
        for name in names
        if not any(page.has(name) for page in pages)
    ]
    if problems:
        raise UsageError(*problems)


@dataclass(slots=True, kw_only=True)
class _Draft:
    """The plan as it grows; `doubtful` are the fields that were said once to be hardly shared."""

    config: Config
    wish: Wish
    across: Across
    conventions: local.Conventions
    later: Later
    changes: list[Change] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    left: list[Problem] = field(default_factory=list)
    doubtful: set[tuple[str, str]] = field(default_factory=set)

    def add(self, episode: Episode, series: Series, selection: Selection) -> None:
        """Plan the selected translations of one episode."""
        source = readable(episode.source)
        if source is None:
            return
        wanted = [each for each in episode.translations if selection.wants_language(each)]
        if self.wish.origin is not None:
            self._add_from(self.wish.origin, episode, series, source, wanted)
            return
        for language in wanted:
            entry = episode.translations[language]
            page = readable(entry)
            if page is None:
                self._note_unreadable(entry)
                continue
            files = Files(config=self.config, series=series, entry=entry, source=source, translation=page)
            after = self._with_locals(files, self._with_shared(files))
            self._write(page, after)

    def _add_from(
        self, origin: Language, episode: Episode, series: Series, source: Document, wanted: Iterable[Language]
    ) -> None:
        """Plan to carry the values of one translation to the source, and on to the other languages."""
        entry = episode.translations.get(origin)
        page = readable(entry)
        if entry is None or page is None:
            return
        files = Files(config=self.config, series=series, entry=entry, source=source, translation=page)
        right = [each for each in self._shared(files) if each.ours is not None and self._is_real(each, files)]
        after = self._adopted(source, page, right)
        self._write(source, after)
        paths = {each.path for each in right}
        for language in wanted:
            other = readable(episode.translations[language])
            if language == origin or other is None:
                continue
            pair = replace(files, entry=episode.translations[language], source=after, translation=other)
            self._write(other, self._adopted(other, after, [each for each in differences(pair) if each.path in paths]))

    def _is_real(self, each: Difference, files: Files) -> bool:
        """Tell whether the value of a translation may go to its source; say why not."""
        if not _has_placeholder(each.ours, each.name, self.config):
            return True
        placeholder = N_("{field} is a placeholder here ({value}): it was not carried over")
        self._leave(files, placeholder, each, value=show(each.ours))
        return False

    def _with_shared(self, files: Files) -> Document:
        """Return the translation with its shared fields as in the source, as far as they are to be."""
        wanted = [each for each in self._shared(files) if self._is_to_be_taken(each, files)]
        return self._adopted(files.translation, files.source, wanted)

    def _shared(self, files: Files) -> Iterator[Difference]:
        """Give the shared fields that differ and are wanted; say once which of them are hardly shared at all."""
        series = files.series.name
        for each in differences(files):
            if not self.wish.wants(each.name):
                continue
            doubt = None if self.wish.names(each.name) else self._doubt(series, each)
            if doubt is None:
                yield each
            elif (series, each.name) not in self.doubtful:
                self.doubtful.add((series, each.name))
                hint = Message(N_("declare it under [fields], or say --field {field}"), {"field": each.name})
                self.left.append(Problem(message=doubt, path=files.entry.path, hint=hint))

    def _doubt(self, series: str, each: Difference) -> Message | None:
        """Return why a field may be shared by the configuration's silence only; None where it is shared."""
        if each.name in DEFAULT_TRANSLATED:
            message = N_("{field} is usually translated, and no role in the configuration says so: it was left alone")
            return Message(message, {"field": each.name})
        habit = self.across.habit(series, each.name)
        if habit is None:
            return None
        facts = {"field": each.name, "differ": habit.differ, "total": habit.total}
        return Message(N_("{field} differs in {differ} of {total} translations: it was left alone"), facts)

    def _is_to_be_taken(self, each: Difference, files: Files) -> bool:
        """Tell whether the source's value is to replace the translation's; say why not."""
        unfinished = is_placeholder(each.ours, self.config, each.name)
        if _has_placeholder(each.theirs, each.name, self.config):
            if not unfinished:
                placeholder = N_("{field} is a placeholder in the source ({expected}): it was left alone")
                self._leave(files, placeholder, each, expected=show(each.theirs))
            return False
        if unfinished or not self.later(files.translation, files.source, each.path):
            return True
        later = N_("{field} was changed later here ({value}) than in the source ({expected}): it was left alone")
        hint = N_("sync --from {language} carries it to the source")
        values = {"value": show(each.ours), "expected": show(each.theirs)}
        self._leave(files, later, each, hint, language=files.language, **values)
        return False

    def _with_locals(self, files: Files, page: Document) -> Document:
        """Return the translation with its local fields as the configuration gives them."""
        for each in wrong_locals(replace(files, translation=page), self.conventions):
            if not self.wish.wants(each.name) or is_placeholder(Scalar(each.wanted), self.config, each.name):
                continue
            if each.told is None and files.source.field(each.name) is not None and page.field(each.name) is None:
                page = self._tried(page, partial(adopt, page, files.source, (each.name,)))
            page = self._tried(page, partial(edit, page, {each.name: each.wanted}))
        return page

    def _adopted(self, page: Document, source: Document, wanted: Iterable[Difference]) -> Document:
        for each in wanted:
            page = self._tried(page, partial(adopt, page, source, each.path))
        return page

    def _tried(self, page: Document, change: Callable[[], bytes]) -> Document:
        """Return the page changed; as it is where that is refused, which is said."""
        try:
            after = parse(page.path, change())
        except EditRefused as refused:
            known = {(each.path, str(each.message)) for each in self.notes}
            self.notes += [each for each in refused.problems if (each.path, str(each.message)) not in known]
            return page
        return after if isinstance(after, Document) else page

    def _write(self, before: Document, after: Document) -> None:
        if after.data != before.data:
            self.changes.append(Edit(before.path, before.data, after.data))

    def _leave(self, files: Files, template: str, each: Difference, hint: str = "", **facts: str) -> None:
        line = files.translation.line_of(each.name)
        self.left.append(Problem.of(template, files.entry.path, line, hint=hint, field=each.name, **facts))

    def _note_unreadable(self, entry: Entry) -> None:
        if isinstance(entry.document, Unreadable):
            self.notes.append(Problem.of(N_("this file cannot be read, so it was left alone"), entry.path))


def _has_placeholder(value: Value | None, name: str, config: Config) -> bool:
    return value is not None and any(is_placeholder(leaf, config, inner) for inner, leaf in leaves(value, name))
