"""One field in one translation beside its source: the evidence for what a field is."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from transtool.assess import from_source
from transtool.document import Document, Value, same_value
from transtool.document import Mapping as Nested
from transtool.document import Sequence as Listed
from transtool.document.values import Scalar, day, instant
from transtool.languages import fold, own_name
from transtool.model import Key, Language
from transtool.settings import FromSource, Learn, LocalValue, Pattern, TitleOf

# Shares of translations, or of languages, from which on something is a habit and no accident.
_MOST_TRANSLATIONS = 0.6
_MOST_LANGUAGES = 0.5
_CONSTANT = 0.8
_LONGEST_LABEL = 6
# The share of a series' translations that must have a field before a rule is made of how it looks there.
_COMMON = 0.1

Titles = Mapping[tuple[Language, str], frozenset[str]]
"""The pages (paths with `{lang}`) that have a title in a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A field of the translation of `key` into `language`, beside its source's; None where it is absent.

    `spelling` is the language as the path writes it, `origin` how the source's may be written.
    """

    series: str
    key: Key
    language: Language
    spelling: str
    source: Value | None
    value: Value | None
    origin: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The translation's text where it is one."""
        return self.value.text if isinstance(self.value, Scalar) else ""

    @property
    def same(self) -> bool:
        """Whether both are there and mean the same."""
        return self.source is not None and self.value is not None and same_value(self.source, self.value)

    @property
    def differs(self) -> bool:
        """Whether both are there and do not mean the same."""
        return self.source is not None and self.value is not None and not same_value(self.source, self.value)


def local_value(cases: Sequence[Case], titles: Titles, among: int = 0) -> LocalValue | None:
    """Return where the values of a field come from if they are made for the language, else None.

    `among` counts the translations of the series, with the field or without.
    """
    told = [case for case in cases if case.text]
    expected = [case for case in cases if case.source is not None]
    # A local field is missed wherever the source has it: it is none if most translations do without.
    if not told or 2 * sum(case.value is not None for case in expected) < len(expected):
        return None
    # One that no source has is missed in every translation: it is a habit of all languages, or of none.
    if not expected and len(told) < _CONSTANT * among:
        return None
    if len(told) < _COMMON * among:
        return _from_source(told)
    return _pattern(told) or _from_source(told) or _title_of(told, titles) or _language_name(told) or _label(cases)


def usual(cases: Iterable[Case]) -> dict[Language, str]:
    """Return the commonest text of a field in every language."""
    counts: dict[Language, Counter[str]] = defaultdict(Counter)
    for case in cases:
        if case.text:
            counts[case.language][case.text] += 1
    return {language: min(texts, key=lambda text: (-texts[text], text)) for language, texts in sorted(counts.items())}


def _pattern(told: Sequence[Case]) -> Pattern | None:
    """Return the pattern with `{lang}` in it that most texts follow."""
    found: Counter[str] = Counter()
    languages: dict[str, set[Language]] = defaultdict(set)
    for case in told:
        for pattern in _patterns(case):
            found[pattern] += 1
            languages[pattern].add(case.language)
    best = max(found, key=lambda pattern: (found[pattern], pattern.count("{"), pattern), default=None)
    if best is None or found[best] < _MOST_TRANSLATIONS * len(told) or (found[best] == 1 and best != "{lang}"):
        return None
    # In a sentence, a short tag may just be a word of that language.
    return Pattern(best) if len(languages[best]) > 1 or not re.search(r"\s", best) else None


def _from_source(told: Sequence[Case]) -> FromSource | None:
    """Return `FromSource` where most texts are the source's with the language replaced, or put in."""
    fitting = [case for case in told if isinstance(case.source, Scalar) and _is_made_of(case.source.text, case)]
    return FromSource() if len(fitting) > 1 and len(fitting) >= _MOST_TRANSLATIONS * len(told) else None


def _is_made_of(source: str, case: Case) -> bool:
    forms = from_source.FORMS.values()
    ways = dict.fromkeys((case.spelling, case.language))
    return case.text != source and any(form(source, case.origin, way) == case.text for form in forms for way in ways)


def _patterns(case: Case) -> set[str]:
    """Return the patterns with `{lang}` that the text of `case` may have been made from."""
    if "{" in case.text or "}" in case.text or len(case.text) > 500:
        return set()
    tags = "|".join(sorted({re.escape(fold(tag)).replace(r"\-", "[-_]") for tag in (case.language, case.spelling)}))
    text = re.sub(rf"(?<![^\W_])(?ai:{tags})(?![^\W_])", "{lang}", case.text)
    if "{lang}" not in text:
        return set()
    if case.key.isdigit():
        return {text, re.sub(rf"(?<![0-9])0*{case.key}(?![0-9])", "{number}", text)}
    return {text, re.sub(rf"(?<!\w){re.escape(case.key)}(?!\w)", "{key}", text)} if len(case.key) > 1 else {text}


def _title_of(told: Sequence[Case], titles: Titles) -> TitleOf | None:
    """Return the page whose title the field has in at least half of the languages."""
    values = usual(told)
    if sum(case.text == values[case.language] for case in told) < _MOST_LANGUAGES * len(told):
        return None
    pages = Counter(page for language, text in values.items() for page in titles.get((language, text), ()))
    best = min(pages, key=lambda page: (-pages[page], page), default=None)
    return TitleOf(best) if best is not None and pages[best] >= max(2, _MOST_LANGUAGES * len(values)) else None


def _language_name(told: Sequence[Case]) -> Pattern | None:
    values = usual(told)
    own = sum(text.casefold() == own_name(language).casefold() for language, text in values.items())
    return Pattern("{Language}") if own >= max(2, _MOST_LANGUAGES * len(values)) else None


def _label(cases: Sequence[Case]) -> Learn | None:
    """Return `Learn` for a short text that is always the same in one language, and another in the next."""
    both = [case for case in cases if case.text and isinstance(case.source, Scalar)]
    values = usual(both)
    constant = sum(case.text == values[case.language] for case in both)
    sources = Counter(case.source.text for case in both if isinstance(case.source, Scalar))
    if not both or max(sources.values()) < _CONSTANT * len(both) or constant < _CONSTANT * len(both):
        return None
    repeated = len({case.key for case in both}) > 2 and len(both) >= 2 * len(values)
    other = sum(text not in sources for text in values.values())
    short = all(len(text.split()) <= _LONGEST_LABEL for text in values.values())
    wordy = any(is_wordy(case.value) for case in both if case.value is not None)
    return Learn() if repeated and short and wordy and other >= _MOST_LANGUAGES * len(values) else None


_DEEPEST = 3
_NO_WORDS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//.*|[^\s@]+@[^\s@]+|[^\s/]*+/\S*+|[\w./-]+\.[a-z0-9]{2,4}|[0-9a-f]{12,}", re.IGNORECASE
)


_TAG = re.compile(r"</?(?!script|style|svg|pre)[a-z][^<>]*>")
_CODE = re.compile(r"</?(?:script|style|svg|pre)\b|[;{}]\s*\n|=>|\w\(\)|\w\([\w\s,.]*\);|```")
"""Shows that a text is code: programs read it, and a comment in it is not a reason to compare it."""


def flat(document: Document) -> Mapping[str, Value]:
    """Return every field that holds something, those inside mappings by dotted names."""
    return dict(pair for each in document.fields if each.name for pair in _flat(each.name, each.value, 1))


def is_wordy(value: Value) -> bool:
    """Return whether `value` holds words: not only numbers, dates, addresses or file names."""
    match value:
        case Scalar(text=text):
            plain = re.fullmatch("(?i:true|false|yes|no|on|off)", text) is not None
            dated = day(text) is not None or instant(text) is not None
            text = _TAG.sub(" ", text)
            told = not plain and not dated and not _NO_WORDS.fullmatch(text) and not _CODE.search(text)
            return told and bool(re.search(r"[^\W\d_]{2}", text))
        case Listed(items=items):
            return any(map(is_wordy, items))
        case Nested(items=pairs):
            return any(is_wordy(item) for _, item in pairs)


def _flat(name: str, value: Value, depth: int) -> Iterator[tuple[str, Value]]:
    match value:
        case Scalar():
            if not value.null and value.text:
                yield name, value
        case Listed(items=items):
            if items:
                yield name, value
        case Nested(items=pairs):
            if depth == _DEEPEST or any("." in key or not key for key, _ in pairs):
                yield name, value
                return
            for key, item in pairs:
                yield from _flat(f"{name}.{key}", item, depth + 1)
