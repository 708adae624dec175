"""Find the front matter field that links the files of an episode where their names do not."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from transtool.discover.drafts import Draft, Placed
from transtool.discover.files import Files
from transtool.document import Document, Scalar
from transtool.layout import Match
from transtool.link import normalised_pointer, pointer_targets
from transtool.model import Key, Language

# Shares of files: fewer links by path than this, and a field is looked for; it must link as many as that, and tell
# the sources apart.
_LINKED_BY_PATH = 0.5
_LINKED_BY_FIELD = 0.6
_UNIQUE = 0.9

_TELLING = re.compile(r"(?i)(?:translation|page|lang|i18n|l10n)?[-_]?(?:key|id|uid|ref|of|number)")


def with_key(draft: Draft, placed: Sequence[Placed], source: Language, files: Files) -> Draft:
    """Return `draft`, with the field that links its files where their paths do not and a field does.

    `placed` are its files by path alone.
    """
    sources = [each for each in placed if each.language == source]
    others = [each for each in placed if each.language != source]
    keys = {each.key for each in sources}
    linked = sum(each.key in keys for each in others)
    if draft.family.numbered or not sources or not others or linked >= _LINKED_BY_PATH * len(others):
        return draft
    originals = {each.path: document for each in sources if (document := files.front(each.path)) is not None}
    translations = [document for each in others if (document := files.front(each.path)) is not None]
    fields = _linking_fields(list(originals.values()), translations)
    if fields:
        return replace(draft, key_fields=fields, templates=tuple(map(_uncompared, draft.templates)))
    pointer = _pointer(originals, translations)
    return replace(draft, points_to=pointer) if pointer else draft


def key_reader(placed: Sequence[Placed], source: Language, files: Files) -> Callable[[Draft, str, Match], Key]:
    """Return what gives the key of a path in a series, from front matter where the series takes it from there.

    `placed` are the files by path alone.
    """
    pointed: dict[tuple[str, str], Key] = {}
    for each in placed:
        front = files.front(each.path)
        if each.language == source and front is not None:
            pointed |= {(each.series, place): each.key for place in pointer_targets(each.path, front)}

    def key_of(draft: Draft, path: str, match: Match) -> Key:
        front = files.front(path) if draft.key_fields or draft.points_to else None
        if front is None:
            return match.key
        if draft.points_to:
            return pointed.get((draft.name, normalised_pointer(front.raw(draft.points_to) or "")), match.key)
        return Key(next((text for name in draft.key_fields if (text := front.raw(name))), match.key))

    return key_of


def _linking_fields(sources: Sequence[Document], translations: Sequence[Document]) -> tuple[str, ...]:
    """Return the field, in every capitalisation in use, that links most translations; nothing where none does."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    there, elsewhere = _values(sources, names), _values(translations, names)
    best: tuple[float, bool, str] | None = None
    for name, values in there.items():
        told = elsewhere.get(name, [])
        linked = sum(map(set(values).__contains__, told)) / len(translations) if translations else 0
        unique = len(set(values)) >= _UNIQUE * max(len(values), 2)
        if unique and linked >= _LINKED_BY_FIELD and (best is None or (linked, _tells(name)) > best[:2]):
            best = (linked, _tells(name), name)
    return () if best is None else tuple(name for name, _ in names[best[2]].most_common())


def _values(documents: Sequence[Document], names: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """Return the texts of every field by its folded name; count in `names` how it is capitalised."""
    texts: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        for field in document.fields:
            if isinstance(field.value, Scalar) and not field.value.null and field.value.text:
                texts[field.name.casefold()].append(field.value.text)
                names[field.name.casefold()][field.name] += 1
    return texts


def _tells(name: str) -> bool:
    return _TELLING.fullmatch(name) is not None


def _pointer(sources: dict[str, Document], translations: Sequence[Document]) -> str:
    """Return the field in which most translations name their source, empty where there is none."""
    places = {place for path, document in sources.items() for place in pointer_targets(path, document)}
    fields = (field for document in translations for field in document.fields)
    texts = ((field.name, field.value.text) for field in fields if isinstance(field.value, Scalar))
    pointing = Counter(name for name, text in texts if "/" in text and normalised_pointer(text) in places)
    name, count = next(iter(pointing.most_common(1)), ("", 0))
    return name if count and count >= _LINKED_BY_FIELD * len(translations) else ""


def _uncompared(template: str) -> str:
    """Return `template` with the names of its files not compared."""
    return template.replace("{key**}", "{path**}").replace("{key}", "{_}").replace("{date}", "{_}")
