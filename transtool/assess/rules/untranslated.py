"""Find text of a translation that still reads as the source."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording, wording_of
from transtool.text.words import SHINGLE, shingles, words

_WORD = re.compile(r"\w+")
_CAPITALISED_INSIDE = re.compile(r"[^\W\d_a-z](?<=[\w,;)] .)\w*")
_CITED = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?https?://[^\s)]*[^)]*\)")
# The expression for mail addresses is tried only once a word, however many `@` and dots that has.
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|(?<!\S)(?=\S[^\s@]*+@\S+\.\w)\S+\.\w+|(?<!\w)@[\w-]+")
_LEAST_WORDS = 3
_LEAST_WORDS_ALIKE = 5
_ALIKE = 0.6
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
    Addresses, titles of pages on other sites, `names`, and segments of fewer than three other words do not count: they
    need no translator.
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
        identical=total > 0 and len(alike) == len(texts),
        here=sum(not segment.field for segment, _ in texts),
        there=said.in_body,
    )


def counts(segment: Segment, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a segment has enough words of its own to need a translator.

    The title of a page on another site does not count: many translators keep it.
    """
    text = _ADDRESS.sub(" ", wording_of(_CITED.sub(" ", segment.text)))
    own = " ".join(word for word in _WORD.findall(text) if word not in names and not word.isdigit())
    return words(own) >= _LEAST_WORDS


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
    def vocabulary(self) -> frozenset[str]:
        """Every word of it."""
        return frozenset(word for text in self.wordings for word in _tokens(text))

    @cached_property
    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Every run of three words of it."""
        return frozenset(run for text in self.wordings for run in shingles(_tokens(text)))


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
    tokens = _tokens(text)
    count = len(tokens) - SHINGLE + 1
    if count < _LEAST_WORDS_ALIKE - SHINGLE + 1:
        return False
    # A shingle occurs only if all of its words do: without enough of those, nothing needs to be looked up.
    if sum(map(said.vocabulary.__contains__, tokens)) - SHINGLE + 1 < _ALIKE * count:
        return False
    return sum(map(said.shingles.__contains__, shingles(tokens))) >= _ALIKE * count


def _tokens(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
