"""Find text of a translation that still reads as the source.

Only words of the source's language count: neither code, identifiers, file names, versions, dates and addresses, nor
names, nor anything in a segment whose other words are in another script. What most translations of a page keep is kept
on purpose (see `assess.across`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording, wording_of
from transtool.text.scripts import UNSPACED
from transtool.text.words import SHINGLE, shingles, words

_WORD = re.compile(r"\w+")
_CAPITALISED_INSIDE = re.compile(r"[^\W\d_a-z](?<=[\w,;)] .)\w*")
# However long, the address and title of a link end within 2,000 characters.
_CITED = re.compile(r"(?<!!)\[(?:[^\[\]]++|\[[^\[\]]*+\])*+\]\(\s*+<?https?://[^)]{0,2000}+\)")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)[^`]++(?<!`)\1(?!`)")
# The address of a mailbox is written so that it is tried once a word only, however many `@` and dots there are.
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|(?<!\S)(?=\S[^\s@]*+@\S+\.\w)\S+\.\w+|(?<!\w)@[\w-]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A chunk between blanks that is no word of any language: it has a digit, or something inside that words have not.
_TECHNICAL = re.compile(r"\d|\w[_./:\\=#@(+]\w|[$<>{}\\=_|*]|::|\w\(\)|[^\W\d_A-Z][A-Z]|^-{1,2}\w|^[./~]+\w")
_EDGES = "\"'`“”‘’«»()[]{},;:.!?…*_~—–"
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]+")
_UNSPACED = re.compile(f"[{UNSPACED}]+")
_ALPHABETIC = re.compile(r"[^\W\d_]+")

_LEAST_WORDS = 3
"""Words of its own that a segment needs before anybody has to translate it. Set by hand."""
_LEAST_WORDS_ALIKE = 5
"""Words that a segment needs to be found in the source by its runs of words. Set by hand."""
_ALIKE = 0.6
"""Share of a segment's runs of words that the source has, too, if it was merged or lightly edited. Set by hand."""
_FOREIGN = 0.2
"""Share of letters in another script than the source's from which on a segment is translated; an ideograph counts as
two. Fitted on the release notes of www.ruby-lang.org in Japanese, Korean, Ukrainian and Chinese."""
_LONG = 10
_SPARSE = 0.3


@dataclass(frozen=True, slots=True)
class Overlap:
    """What still reads as the source: the segments (fields too) and their words, with the total number of words.

    `identical` says that every segment is worded as in the source, even those that need no translator. `here` and
    `there` count the segments in the bodies of the translation and of the source.
    """

    segments: tuple[Segment, ...]
    words: int
    total: int
    identical: bool
    here: int = 0
    there: int = 0

    @property
    def sparse(self) -> bool:
        """Whether most of the text is missing: all of it, or more than 70 % of the segments of a long page."""
        return self.there > 0 and (self.here == 0 or (self.there >= _LONG and self.here < _SPARSE * self.there))

    @property
    def share(self) -> float:
        """Words that read as the source / words of the translation; 0.0 where it has none."""
        return self.words / self.total if self.total else 0.0


def overlap(source: Sequence[Segment], translation: Sequence[Segment], names: frozenset[str]) -> Overlap:
    """Return which part of `translation` is worded as `source`.

    A segment counts when its wording is that of a source segment, or when at least 60 % of its runs of three
    words occur in the source (w-shingling, Broder 1997: text that was merged, split or lightly edited is found too).
    Segments of fewer than
    three words of their own (see `own_words`) do not count: they need no translator.
    """
    said = _said(tuple(source))
    texts = [(segment, wording(segment)) for segment in translation if segment.translatable]
    alike = [(segment, text) for segment, text in texts if _reads_as(text, said)]
    found = [(segment, text) for segment, text in alike if counts(segment, names)]
    total = sum(words(text) for _, text in texts)
    return Overlap(
        segments=tuple(segment for segment, _ in found),
        words=sum(words(text) for _, text in found),
        total=total,
        identical=total > 0 and len(alike) == len(texts) and any(counts(segment, names) for segment, _ in alike),
        here=sum(not segment.field for segment, _ in texts),
        there=said.in_body,
    )


def counts(segment: Segment, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a segment has enough words of its own to need a translator.

    A list item or cell of nothing but capitalised words is a name (of a product, a person, a place).
    """
    found = [word for word in own_words(segment.text) if word not in names]
    if sum(map(words, found)) < _LEAST_WORDS:
        return False
    named = segment.kind in (SegmentKind.ITEM, SegmentKind.CELL)
    return not named or any(word[0].islower() or not word[0].isupper() for word in found)


@lru_cache(maxsize=1 << 12)
def own_words(text: str) -> tuple[str, ...]:
    """Return the words of raw Markdown text that belong to its language.

    Left out are code spans, titles of what is linked on another site, addresses, and every chunk between blanks that
    is technical: versions, dates, paths, identifiers, options.
    """
    text = _CODE.sub(" ", text) if "`" in text else text
    prose = wording_of(_CITED.sub(" ", text) if "](" in text else text)
    if "@" in prose or "://" in prose or "www." in prose:
        prose = _ADDRESS.sub(" ", prose)
    return tuple(chain.from_iterable(map(_words_in, prose.split())))


def _words_in(chunk: str) -> Sequence[str]:
    """Return the words of what stands between two blanks, none if it is technical."""
    chunk = chunk.strip(_EDGES)
    if chunk.isalpha() and chunk[1:] == chunk[1:].lower():
        return (chunk,)
    return tuple(_LETTERS.findall(chunk)) if chunk and not _TECHNICAL.search(chunk) else ()


def proper_names(source: Iterable[Segment], known: Iterable[str] = ()) -> frozenset[str]:
    """Return the words of `source` that look like names: capitalised inside a sentence, never in lower case.

    `known` adds texts that are names as a whole (guests, for instance). Headings are left out, since English
    capitalises every word in them. This does not work for a language that capitalises all nouns.
    """
    texts = [wording(segment) for segment in source if segment.kind in (SegmentKind.PARAGRAPH, SegmentKind.ITEM)]
    capitalised = set(chain.from_iterable(map(_CAPITALISED_INSIDE.findall, texts)))
    seen = set(chain.from_iterable(map(_WORD.findall, texts)))
    inside = {word for word in capitalised if word.isupper() or word.lower() not in seen}
    return frozenset(inside | {word for text in known for word in _WORD.findall(text)})


@dataclass(frozen=True)
class _Said:
    """The wordings of a source, and how many segments of its body have one."""

    wordings: frozenset[str]
    in_body: int

    @cached_property
    def counts(self) -> "_Counts":
        """How many words there are between two blanks, and how many of them it has, too."""
        return _Counts(word for text in self.wordings for word in _tokens(text))

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every run of three words of it."""
        return frozenset(run for text in self.wordings for run in shingles(_tokens(text)))

    @cached_property
    def is_latin(self) -> bool:
        """Whether it is written in Latin letters."""
        return not is_in_another_script("".join(self.wordings), share=0.5)


_MANY_BYTES = 1.3
"""Bytes for each character from which on a text is hardly written in Latin letters."""
_AND = 1 << 32
"""What the first of two numbers is multiplied with, so that one sum counts both."""


class _Counts(dict[str, int]):
    """The number of words in what stands between two blanks (times `_AND`), with that of those that a page has."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        super().__init__()
        self._vocabulary = frozenset(vocabulary)

    def __missing__(self, chunk: str) -> int:
        words = _words_in(chunk)
        found = self[chunk] = len(words) * _AND + sum(map(self._vocabulary.__contains__, words))
        return found


@lru_cache(maxsize=4)
def _said(source: tuple[Segment, ...]) -> _Said:
    """Return the wordings of a source, once for all of its translations."""
    texts = [(segment, wording(segment)) for segment in source if segment.translatable]
    return _Said(
        wordings=frozenset(text for _, text in texts),
        in_body=sum(not segment.field for segment, _ in texts),
    )


def _reads_as(text: str, said: _Said) -> bool:
    if text in said.wordings:
        return True
    foreign = said.is_latin and len(text.encode("utf-8", "replace")) > _MANY_BYTES * len(text)
    if foreign and is_in_another_script(text, share=_FOREIGN):
        return False
    total, known = divmod(sum(map(said.counts.__getitem__, text.casefold().split())), _AND)
    # A shingle occurs only if all of its words do: without enough of those, nothing needs to be looked up.
    count = total - SHINGLE + 1
    if total < _LEAST_WORDS_ALIKE or known - SHINGLE + 1 < _ALIKE * count:
        return False
    if sum(map(said.shingles.__contains__, shingles(_tokens(text)))) < _ALIKE * count:
        return False
    if said.is_latin and is_in_another_script(text, share=_FOREIGN):
        return False
    # A sentence may be translated around a long list of names.
    plain = [word for word in chain.from_iterable(map(_words_in, text.split())) if not word[0].isupper()]
    known = sum(said.counts[word.casefold()] % _AND for word in plain)
    return 0 < _ALIKE * len(plain) <= known


def is_in_another_script(text: str, *, share: float) -> bool:
    """Say whether at least a `share` of the letters of a text are not Latin; an ideograph counts as two."""
    if text.isascii():
        return False
    latin, letters, ideographs = _letters(text)
    other = letters - latin + ideographs
    return other > 0 and other >= share * (other + latin)


@lru_cache(maxsize=1 << 12)
def _letters(text: str) -> tuple[int, int, int]:
    """Count the Latin letters of a text, all of its letters, and its ideographs."""
    latin, letters, ideographs = (len("".join(each.findall(text))) for each in (_LATIN, _ALPHABETIC, _UNSPACED))
    return latin, letters, ideographs


def _tokens(text: str) -> list[str]:
    """Return the words of a wording in lower case; what is technical is none."""
    return [*chain.from_iterable(map(_words_in, text.casefold().split()))]
