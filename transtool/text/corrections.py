"""Whether an edit only corrected a text (spelling, inflection, doubled or function words): no translation shows that.

Judged word by word, on the edit script of the two texts. An edit is never a correction where a number, a name, a
negation, code, or any word that is not of the closed classes came, went or was exchanged for another one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from types import MappingProxyType

from transtool.text.words import PICTOGRAPHS

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\S")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\Z")
_PUNCTUATION = frozenset("\"'`“”‘’«»()[]{},;:.!?…*_~—–-")

_TYPO = 2
"""Letters (inserted, left out, exchanged or swapped) by which a misspelt word differs from the right one at most."""
_SHORTEST_TYPO = 4
"""Letters of the shortest word that can be misspelt by one letter and still be known for the same word."""
_STEM = 0.6
"""Share of the longer word's letters that two inflections of a word begin with alike."""
_SHORTEST_STEM = 3
"""Letters of the shortest common beginning that makes two words inflections of one."""
_ENDING = 4
"""Letters of the longest ending that inflection exchanges."""
_MOST = 60
"""Words on each side of one exchanged passage that are compared one by one; a longer one is a rewording."""

_FUNCTION_WORDS = {
    "en": """
        a an the of in on at to for by with as into onto upon about is are was were be been being am has
        have had having do does did it its it's this that these those which who whom whose there here their
        they them he she his her we our us you your i my me so then also just very really quite simply will
        would that's you'll we'll it'll you're we're they're you've we've i've i'm let's
    """,
    "es": """
        el la los las un una unos unas lo al del de en a por para con como que se le les su sus este esta
        estos estas ese esa esos esas es son fue fueron ser sido ha han había muy también
    """,
    "fr": """
        le la les un une des du de à au aux en dans sur par pour avec comme que qui se ce cet cette ces son
        sa ses leur leurs est sont a ont été être très aussi y
    """,
    "de": """
        der die das den dem des ein eine einen einem einer eines in im an am auf zu zum zur für von vom mit
        bei als ist sind war waren sein hat haben wird werden es sie er wir ihr sich dieser diese dieses
        auch sehr
    """,
    "it": """
        il lo la i gli le un uno una di del della dei delle a al alla ai alle in nel nella da dal dalla per
        con come che si questo questa questi queste è sono ha hanno essere stato anche molto
    """,
    "pt": """
        o a os as um uma uns umas de do da dos das em no na nos nas por para com como que se este esta estes
        estas é são foi ser tem têm ao aos à às também muito
    """,
}

FUNCTION_WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
)
"""Articles, plain prepositions, forms of to be, to have and to do, pronouns and fillers, by language of the text.

Words that carry a meaning of their own are not among them: negations, conditions, conjunctions that choose (`or`),
numbers, quantities, modal verbs, and prepositions of time, direction or exclusion (`before`, `from`, `without`). Set
by hand.
"""

_DOUBLED = frozenset[str]()


def is_correction(before: str, after: str, language: str, vocabulary: Collection[str] = ()) -> bool:
    """Say whether the edit of one wording into another only corrected it.

    `language` is the tag of the texts' language: its function words do not count. `vocabulary` has the words (lower
    case) of the rest of the page: a word that is used elsewhere, too, was not misspelt, and another one in its place
    says something else.
    """
    old, new = _tokens(before), _tokens(after)
    if [token for token in old if not _is_word(token)] != [token for token in new if not _is_word(token)]:
        return False
    return old != new and all(
        _corrects(old[i:i_end], new[j:j_end], old[max(0, i - 1) : i], language, vocabulary)
        for i, i_end, j, j_end in _exchanged(old, new)
    )


@lru_cache(maxsize=1 << 12)
def _tokens(text: str) -> tuple[str, ...]:
    """Return the words and other signs of a text, without punctuation and pictographs."""
    found = _TOKEN.findall(PICTOGRAPHS.sub(" ", text))
    return tuple(token.replace("’", "'") for token in found if token not in _PUNCTUATION)


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of texts, in lower case."""
    return frozenset(token.casefold() for text in texts for token in _tokens(text) if _is_word(token))


def _is_word(token: str) -> bool:
    return _LETTERS.match(token) is not None


def _exchanged(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Give the passages that one edit script exchanges, by their positions; capitals do not count."""
    folded = [token.casefold() for token in old], [token.casefold() for token in new]
    for kind, i, i_end, j, j_end in SequenceMatcher(None, *folded, autojunk=False).get_opcodes():
        if kind != "equal":
            yield i, i_end, j, j_end


def _corrects(
    old: Sequence[str], new: Sequence[str], before: Sequence[str], language: str, vocabulary: Collection[str]
) -> bool:
    """Say whether one exchanged passage is a correction; `before` is the word that stands right before it."""
    if max(len(old), len(new)) > _MOST:
        return False
    if not new and len(old) == 1 and [word.casefold() for word in before] == [old[0].casefold()]:
        return True  # a doubled word
    if "".join(old).casefold() == "".join(new).casefold():
        return True  # written in one word, or apart
    return any(
        len(gone) == len(came)
        and all(
            one.casefold() == other.casefold() or _is_same_word(one, other, vocabulary)
            for one, other in zip(gone, came, strict=True)
        )
        for gone, came in ((_content(old, language), _content(new, language)), (old, new))
    )


def _content(tokens: Sequence[str], language: str) -> list[str]:
    """Return the words that are not function words."""
    function = FUNCTION_WORDS.get(language.split("-")[0].casefold(), _DOUBLED)
    return [token for token in tokens if token.casefold() not in function]


def _is_same_word(old: str, new: str, vocabulary: Collection[str]) -> bool:
    """Say whether `new` is `old` in another form, or spelt right."""
    one, other = old.casefold(), new.casefold()
    if one in _MEANING or other in _MEANING or (old[:1].isupper() and new[:1].isupper() and old[1:].islower()):
        return _is_misspelling(one, other) and one not in vocabulary and one not in _MEANING and other not in _MEANING
    if _is_inflection(one, other):
        return True
    return one not in vocabulary and _is_misspelling(one, other)


_MEANING_WORDS = """
    not no nor never none cannot can't don't doesn't isn't aren't won't wasn't weren't didn't shouldn't mustn't
    without now new old on off must may might can could should shall all any each every only one two three first
    last if unless or and but no ni nunca sin non pas jamais sans nicht kein keine ohne mai senza não nunca sem
"""
_MEANING = frozenset(_MEANING_WORDS.split())
"""Words that change the meaning: never taken for a misspelling of another word, nor another word for theirs."""


def _is_inflection(one: str, other: str) -> bool:
    """Say whether two words begin alike and differ in a short ending only (`separated`, `separate`)."""
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    longer = max(len(one), len(other))
    return shared >= max(_SHORTEST_STEM, _STEM * longer) and longer - shared <= _ENDING


def _is_misspelling(one: str, other: str) -> bool:
    """Say whether two words differ by a letter or two in their middle, as slips of the keyboard do."""
    if _is_swapped(one, other):
        return True
    if min(len(one), len(other)) < _SHORTEST_TYPO or abs(len(one) - len(other)) > _TYPO:
        return False
    if one[0] != other[0] and one[1:2] != other[:1]:
        return False  # another beginning makes another word: un-, in-, re-
    allowed = 1 if min(len(one), len(other)) <= _SHORTEST_TYPO else _TYPO
    return _distance(one, other, allowed) <= allowed


def _is_swapped(one: str, other: str) -> bool:
    """Say whether two words differ by two neighbouring letters in the wrong order, the first letter being the same."""
    places = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    swapped = len(one) == len(other) >= _SHORTEST_STEM and len(places) == 2 and places[1] == places[0] + 1
    return swapped and places[0] > 0 and one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]


def _distance(one: str, other: str, most: int) -> int:
    """Return the optimal string alignment distance (Damerau 1964, adjacent swaps as one), or more than `most`."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        oldest, before, row = before, row, [i, *[0] * len(other)]
        for j, b in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                row[j] = min(row[j], oldest[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]
