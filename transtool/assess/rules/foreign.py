"""Find text in the source's language that is not the source's text of today.

A paragraph of an older source, what a machine translator answered, a heading somebody forgot: nothing of it stands in
the source, so it is told by the words that hold sentences of that language together (its function words), as the site
itself uses them.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from transtool.assess.judgement import Suspect
from transtool.assess.rules.untranslated import is_in_another_script, own_words
from transtool.segments import Segment
from transtool.segments.views import wording

_LEAST = 6
"""Words that a segment needs, so that its language can be told."""
_IN_SOURCE = 0.4
"""Share of a segment's words that its source page uses, too, from which on the segment is looked at. Set by hand."""
_OTHER_SCRIPT = 0.15
"""Share of letters that are not Latin from which on a segment is none of a source in Latin letters. Set by hand."""
_OWN = 3
"""Other segments of the page that use a word, from which on it is a word of the translation's language, too."""
_NEAR = 0.25
_FEW = 2
"""More suspects than this, and than this share of a page's longer segments: its language is near to the source's, as a
Creole is, or the page is a draft. Set by hand."""
_SET_APART = re.compile(
    r"(?<!\w)(\*{1,2}|_{1,2}|\")(?=[^\s*_\"])[^*_\"\n]{1,80}\1(?!\w)|[“„«「『][^”“»」』\n]{1,80}[”“»」』]|\[[^\]\n]{1,80}\](?=\()"
)
_MAY_SET_APART = re.compile('[*_"“„«「『\\[]')


def suspects(
    source: Sequence[Segment], translation: Sequence[Segment], alike: Collection[Segment]
) -> Iterator[Suspect]:
    """Give the segments of a translation that share many words with its source page, and are not its text (`alike`)."""
    known = set(alike)
    others = [segment for segment in translation if segment.translatable and segment not in known]
    near = [each for each in others if not is_in_another_script(wording(each), share=_OTHER_SCRIPT)]
    vocabulary = _vocabulary(tuple(source)) if near else frozenset()
    found = [(segment, words) for segment in near if _is_shared(words := _words(segment), vocabulary)]
    if not found:
        return
    said = [(segment, _words(segment)) for segment in others]
    long = sum(len(words) >= _LEAST for _, words in said)
    if len(found) <= max(_FEW, _NEAR * long):
        own = _used_elsewhere(said, {segment for segment, _ in found})
        for segment, words in found:
            yield Suspect(segment.line, segment.end_line, tuple("" if word in own else word for word in words))


@lru_cache(maxsize=4)
def _vocabulary(source: tuple[Segment, ...]) -> frozenset[str]:
    """Return the words of a source page, once for all of its translations."""
    return frozenset(word for segment in source if segment.translatable for word in _words(segment))


def _is_shared(words: Sequence[str], vocabulary: frozenset[str]) -> bool:
    """Say whether a segment has enough words, and the source enough of them."""
    return len(words) >= _LEAST and sum(map(vocabulary.__contains__, words)) >= _IN_SOURCE * len(words)


def _words(segment: Segment) -> tuple[str, ...]:
    """Return the words of a segment in lower case; what is quoted or set apart (a button, a title) is cited."""
    text = _SET_APART.sub(" ", segment.text) if _MAY_SET_APART.search(segment.text) else segment.text
    return tuple(map(str.casefold, own_words(text)))


def _used_elsewhere(said: Iterable[tuple[Segment, tuple[str, ...]]], suspected: Collection[Segment]) -> frozenset[str]:
    """Return the words of the translation's own language: those that several segments use that nobody suspects."""
    counts = Counter(word for segment, words in said if segment not in suspected for word in set(words))
    return frozenset(word for word, count in counts.items() if count >= _OWN)
