"""Find text of a translation that still reads as the source."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transtool.model import SegmentKind
from transtool.segments import Segment
from transtool.segments.views import wording, wording_of, words

_WORD = re.compile(r"\w+")
_CAPITALISED_INSIDE = re.compile(r"(?<=[\w,;)] )[^\W\d_a-z]\w*")
_CITED = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?https?://[^\s)]*[^)]*\)")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?<!\w)@[\w-]+")
_LEAST_WORDS = 3
_LEAST_WORDS_ALIKE = 5
_ALIKE = 0.6
_RUN = 3


@dataclass(frozen=True, slots=True)
class Overlap:
    """What still reads as the source: the segments (fields too), their words, and all words there are.

    `identical` tells that nothing at all was worded differently, not even what needs no translator; `blank` that the
    body is empty where the source's is not.
    """

    segments: tuple[Segment, ...]
    words: int
    total: int
    identical: bool
    blank: bool = False

    @property
    def share(self) -> float:
        """Words that read as the source / words of the translation; 0.0 where it has none."""
        return self.words / self.total if self.total else 0.0


def overlap(source: Sequence[Segment], translation: Sequence[Segment], names: frozenset[str]) -> Overlap:
    """Return what of `translation` is worded as `source`.

    A segment counts when its wording is that of a source segment, or when at least 60 % of its runs of three
    words occur in the source (so text that was merged, split or lightly edited is found too). Addresses,
    titles of what is linked elsewhere, `names`, and segments of fewer than three other words do not count: they need
    no translator.
    """
    wordings = {wording(segment) for segment in source if segment.translatable}
    runs = {run for text in wordings for run in _runs(text)}
    texts = [segment for segment in translation if segment.translatable]
    alike = [segment for segment in texts if _reads_as(wording(segment), wordings, runs)]
    found = tuple(segment for segment in alike if counts(segment, names))
    total = sum(words(wording(segment)) for segment in texts)
    identical = total > 0 and len(alike) == len(texts)
    says = any(words(wording(segment)) for segment in source if segment.translatable and not segment.field)
    blank = says and all(segment.field for segment in translation)
    return Overlap(found, sum(words(wording(segment)) for segment in found), total, identical, blank)


def counts(segment: Segment, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a segment has enough words of its own to need a translator.

    What is linked on another site is cited by its title, which many translators keep: it does not count.
    """
    text = _ADDRESS.sub(" ", wording_of(_CITED.sub(" ", segment.text)))
    own = " ".join(word for word in _WORD.findall(text) if word not in names and not word.isdigit())
    return words(own) >= _LEAST_WORDS


def proper_names(source: Iterable[Segment], known: Iterable[str] = ()) -> frozenset[str]:
    """Return the words of `source` that look like names: capitalised inside a sentence, never in lower case.

    `known` adds texts that are names as a whole (guests, for instance). Headings are not asked, since English
    capitalises every word there. Of no use for a language that capitalises all nouns.
    """
    texts = [wording(segment) for segment in source if segment.kind in (SegmentKind.PARAGRAPH, SegmentKind.ITEM)]
    capitalised = {word for text in texts for word in _CAPITALISED_INSIDE.findall(text)}
    seen = {word for text in texts for word in _WORD.findall(text)}
    inside = {word for word in capitalised if word.isupper() or word.lower() not in seen}
    return frozenset(inside | {word for text in known for word in _WORD.findall(text)})


def _reads_as(text: str, wordings: set[str], runs: set[tuple[str, ...]]) -> bool:
    if text in wordings:
        return True
    own = _runs(text)
    return len(own) >= _LEAST_WORDS_ALIKE - _RUN + 1 and sum(run in runs for run in own) >= _ALIKE * len(own)


def _runs(text: str) -> list[tuple[str, ...]]:
    tokens = _WORD.findall(text.casefold())
    return list(zip(*(tokens[start:] for start in range(_RUN)), strict=False))
