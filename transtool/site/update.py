"""Plan the update of a site's translations: judge each by its past, and carry over what its source changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from transtool.document import Document, Unreadable, parse
from transtool.edits import Change, Edit, Plan
from transtool.errors import N_, Message, Problem
from transtool.languages import same_plural
from transtool.link import Catalogue, Entry, Episode
from transtool.model import Language
from transtool.scaffold import stamp as stamping
from transtool.segments import Segment, split
from transtool.segments.dialects import syntax_of
from transtool.selection import Selection
from transtool.settings import Config, Series
from transtool.site.open import Site
from transtool.staleness.evidence import Evidence, evidence
from transtool.staleness.page_store import Past
from transtool.staleness.translation_pair import Pair
from transtool.update import Left, Manner, Updated, Why, update
from transtool.update.marks import HTML, MDX, Comments

_REASONS = {
    Why.NEW: N_("line {source_line} of the source is new and not translated yet"),
    Why.REWORDED: N_("line {source_line} of the source was reworded"),
    Why.OWN: N_("line {source_line} of the source changed, but what is here is not what the source had: look at both"),
    Why.REMOVED: N_("the source no longer says this"),
    Why.FORM: N_("line {source_line} of the source has another number, which takes other forms of words"),
    Why.SOURCE: N_("this is still the source's text"),
    Why.UNSETTLED: N_("nothing can be carried over for certain: compare the page with its source"),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one translation."""

    path: str
    updated: Updated


def plan(site: Site, selection: Selection, past: Past) -> tuple[Plan, tuple[Outcome, ...]]:
    """Plan to update the selected translations, and say what was done and left in each."""
    outcomes: list[Outcome] = []
    finished: list[tuple[Episode, Language]] = []
    after: dict[str, Document] = {}
    for episode in site.catalogue.episodes:
        if not selection.wants_episode(episode.series, episode.key):
            continue
        own = past.anew()
        for language, entry in sorted(episode.translations.items()):
            if not selection.wants_language(language):
                continue
            outcome = _updated(episode, entry, site.config, own)
            if outcome is None:
                continue
            outcomes.append(outcome)
            document = parse(entry.path, outcome.updated.data)
            if isinstance(document, Document):
                after[entry.path] = document
                if outcome.updated.is_finished and _is_stamped(entry, site.config):
                    finished.append((episode, language))
    stamps = _stamps(site, finished, after, past.algorithm)
    left = tuple(each for outcome in outcomes for each in _listed(outcome))
    marked = sum(len(outcome.updated.left) for outcome in outcomes) - len(left)
    return Plan((*_edits(site.catalogue, after, stamps),), stamps.notes, left, marked), tuple(outcomes)


def _updated(episode: Episode, entry: Entry, config: Config, past: Past) -> Outcome | None:
    series, source = config.named(episode.series), episode.source
    if series is None or source is None or not isinstance(source.document, Document):
        return None
    if not isinstance(entry.document, Document):
        return None
    pair = _pair(config, series, entry, source.document, entry.document)

    def look(document: Document) -> Evidence | None:
        shown = replace(pair, translation=document, segments=_split(series, document))
        return evidence(replace(shown, entry=replace(entry, document=document)), past.anew())

    manner = Manner(
        mark=config.mark,
        comments=comments_of(entry.document, series),
        split=partial(_split, series),
        same_plural=partial(same_plural, entry.language),
    )
    updated = update(entry.document, look, manner)
    return None if updated is None else Outcome(entry.path, updated)


def _pair(config: Config, series: Series, entry: Entry, source: Document, translation: Document) -> Pair:
    return Pair(
        config=config,
        series=series,
        entry=entry,
        source=source,
        translation=translation,
        source_segments=_split(series, source),
        segments=_split(series, translation),
    )


def _split(series: Series, document: Document) -> tuple[Segment, ...]:
    return split(document, series.fields.translated, series.reading)


def comments_of(document: Document, series: Series) -> Comments | None:
    """Return how comments are written in a file; None where nobody knows."""
    lower = document.path.lower()
    if syntax_of(document.path, document.body, series.reading).mdx:
        return MDX
    return HTML if lower.endswith((".md", ".markdown", ".html", ".htm", ".qmd", ".liquid", ".njk")) else None


def _listed(outcome: Outcome) -> Iterator[Problem]:
    """Say what is left in a page and not marked in it."""
    for each in outcome.updated.left:
        if not each.marked or each.why is Why.SOURCE:
            yield _problem(outcome.path, each)


def _problem(path: str, left: Left) -> Problem:
    message = Message(_REASONS[left.why], {"source_line": left.source_line or "?"})
    return Problem(message=message, path=path, line=left.line)


def _is_stamped(entry: Entry, config: Config) -> bool:
    if entry.stamp is not None:
        return True
    return isinstance(entry.document, Document) and bool(entry.document.raw(config.stamp.digest))


def _stamps(
    site: Site, finished: Iterable[tuple[Episode, Language]], after: dict[str, Document], algorithm: str
) -> Plan:
    """Plan the stamps of pages on which nothing is left for a person."""
    episodes = []
    for episode, language in finished:
        entry = episode.translations[language]
        entry = replace(entry, document=after[entry.path])
        episodes.append(replace(episode, translations={language: entry}))
    catalogue = replace(site.catalogue, episodes=tuple(episodes))
    return stamping.plan(catalogue, site.config, Selection(), algorithm=algorithm)


def _edits(catalogue: Catalogue, after: dict[str, Document], stamps: Plan) -> Iterator[Change]:
    """Yield one edit a file: what was carried over, and the stamp on top."""
    stamped = {each.path: each for each in stamps.changes}
    for path, document in after.items():
        before = catalogue.pages.get(path)
        stamp = stamped.pop(path, None)
        data = stamp.after if isinstance(stamp, Edit) else document.data
        if before is not None and not isinstance(before, Unreadable) and before.data != data:
            yield Edit(path, before.data, data)
    yield from stamped.values()


def summary(outcome: Outcome) -> Problem | None:
    """Return how much was carried over to a page and is open in it; None where the page says nothing of it."""
    updated = outcome.updated
    done, marked = sum(updated.done.values()), any(each.marked for each in updated.left)
    if not done and not marked and not updated.cleared:
        return None
    facts = {"done": done, "marked": len(updated.left), "cleared": updated.cleared}
    message = N_("carried over: {done}, for a translator: {marked}, finished since the last update: {cleared}")
    return Problem(message=Message(message, facts), path=outcome.path)
