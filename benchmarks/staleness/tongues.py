"""Sentences in an invented English, and translators into languages that do not exist.

A translator replaces words by those of a seeded lexicon (other lengths, inflected by place, articles dropped,
other word order, synonyms) and keeps numbers, code, targets and most names, so that a translation looks like
one: nothing but anchors, lengths and structure tells which sentence belongs to which.
"""

import random
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NOUNS = _words(
    """
    archive antenna baker barrel basket bell boat bridge broom bucket cable cellar chapel choir clock compass cook
    cottage courier desk drum engine farmer ferry fiddle garden gate glacier guest hall harbour hedge hill jar
    kettle ladder lantern library listener loft map market meadow mill mirror neighbour notebook oar orchard oven
    paddle parcel path pond postcard quarry quilt radio river roof rope school shelf shop signal sledge spring
    stable station stove studio tent tower trail tunnel valley volunteer wagon wall watch well window workshop yard
    """
)
VERBS = _words(
    """
    answers borrows brings builds carries checks cleans collects counts describes draws explains feeds finds follows
    guards hears invites keeps lends lifts marks measures mends needs offers opens paints plans posts prints reads
    records remembers repairs replaces rings saves sends shares shows sorts starts teaches tests trims visits waters
    weighs writes
    """
)
ADJECTIVES = _words(
    """
    broad bright brittle calm careful cheap clever cold crooked deep distant dusty early empty faint familiar famous
    fragile gentle green heavy hollow honest humble late lively lonely loud modest narrow new noisy old patient pale
    plain quick quiet rare rough rusty sharp shy simple slow small smooth soft steep stubborn sturdy tall tidy warm
    wet wide wild wooden young
    """
)
ADVERBS = _words(
    """
    again always barely clearly daily gladly hardly mostly never often once quickly quietly rarely slowly soon
    together twice usually weekly
    """
)
PREPOSITIONS = _words(
    """
    above across after against along around before behind below beside between beyond near through under until
    """
)
LINKS = ("and", "but", "while", "because", "so", "when")
ARTICLES = ("the", "a", "every", "our", "this", "that", "each", "their")
NAMES = _words(
    """
    Alba Boreas Corvina Delmar Edda Falk Grete Hollis Imre Jorun Kasimir Liesl Marek Nadia Oskar Petra Quill Runa
    Sandor Tilde
    """
)
CODE = (
    "tune --all",
    "sow_plan",
    "make jam",
    "HARBOUR_KEY",
    "bell.ring()",
    "--dry",
    "ferry.toml",
    "push(oar)",
    "mill_rate",
    "git sow",
)
HOSTS = ("harbour.example", "orchard.example", "radio.example", "mill.example")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number, name, code span or link of a sentence, with the punctuation behind it."""

    text: str
    kind: str = "word"  # word, number, name, code, link
    target: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the source; `id` stays when it is edited."""

    id: int
    words: tuple[Word, ...]

    @property
    def meaning(self) -> tuple[tuple[str, str], ...]:
        """What a translator has to say: everything but the targets of links."""
        return tuple((word.text, word.after) for word in self.words)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A sentence as translated: its words, what it says in the source, and the translator's choices."""

    id: int
    words: tuple[Word, ...]
    meaning: tuple[tuple[str, str], ...]
    seed: int


class Author:
    """Writes sentences, each with an id of its own."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.last = 0

    def sentence(self, *, short: bool = False) -> Sentence:
        """Return a new sentence; a short one has no verb and no full stop, as in a heading or a cell."""
        self.last += 1
        words = self._phrase() if short else self._clauses()
        words[0] = (
            replace(words[0], text=words[0].text[:1].upper() + words[0].text[1:])
            if words[0].kind == "word"
            else words[0]
        )
        if not short:
            words[-1] = replace(words[-1], after=self.rng.choice(".......!?"))
        return Sentence(self.last, tuple(words))

    def sentences(self, least: int, most: int) -> list[Sentence]:
        """Return between `least` and `most` sentences."""
        return [self.sentence() for _ in range(self.rng.randint(least, most))]

    def word(self, like: str = "") -> str:
        """Return some word other than `like`, of the same sort if that is known."""
        sort = next((sort for sort in (NOUNS, VERBS, ADJECTIVES, ADVERBS, PREPOSITIONS) if like.lower() in sort), NOUNS)
        return self.rng.choice([word for word in sort if word != like.lower()])

    def target(self) -> str:
        """Return the address of a page."""
        return f"https://{self.rng.choice(HOSTS)}/{self.rng.choice(NOUNS)}/{self.rng.choice(NOUNS)}"

    def _clauses(self) -> list[Word]:
        words = self._clause()
        while self.rng.random() < 0.4 and len(words) < 24:
            words[-1] = replace(words[-1], after=self.rng.choice((",", ",", ";", "")))
            words += [Word(self.rng.choice(LINKS)), *self._clause()]
        return words

    def _clause(self) -> list[Word]:
        rng = self.rng
        words = self._phrase()
        if rng.random() < 0.3:
            words.append(Word(rng.choice(ADVERBS)))
        words.append(Word(rng.choice(VERBS)))
        words += self._phrase()
        if rng.random() < 0.5:
            words += [Word(rng.choice(PREPOSITIONS)), *self._phrase()]
        if rng.random() < 0.08:
            words += [Word("with"), Word(rng.choice(CODE), "code")]
        return words

    def _phrase(self) -> list[Word]:
        rng = self.rng
        if rng.random() < 0.1:
            return [Word(rng.choice(NAMES), "name")]
        if rng.random() < 0.1:
            return [
                Word(str(rng.choice((2, 3, 7, 12, 40, 128, 365, 1987, 2024)) + rng.randrange(9)), "number"),
                Word(rng.choice(NOUNS) + "s"),
            ]
        words = [Word(rng.choice(ARTICLES))]
        if rng.random() < 0.5:
            words.append(Word(rng.choice(ADJECTIVES)))
        noun = rng.choice(NOUNS)
        if rng.random() < 0.08:
            return [*words, Word(f"{noun} {rng.choice(NOUNS)}", "link", self.target())]
        return [*words, Word(noun)]


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: the tag it is filed under, its syllables, and how it differs from the source's."""

    tag: str
    syllables: tuple[str, ...]
    stretch: float  # length of a word against the source's
    swaps: float  # how often neighbours change places
    verb_last: bool = False
    articles: bool = True
    spaces: bool = True
    names: float = 1.0  # how often a name keeps its spelling
    stop: str = "."

    def translate(self, sentence: Sentence, seed: int) -> Rendition:
        """Return a translation of `sentence` with the choices that `seed` stands for."""
        words = [done for word in sentence.words if (done := self._word(word, seed)) is not None]
        words = self._ordered(words, sentence) or [Word(self._invented("", 0))]
        words[0] = replace(words[0], text=words[0].text[:1].upper() + words[0].text[1:])
        ends = sentence.words[-1].after
        words[-1] = replace(words[-1], after=self.stop if ends == "." else ends)
        return Rendition(sentence.id, tuple(words), sentence.meaning, seed)

    def _word(self, word: Word, seed: int) -> Word | None:
        if word.kind in ("number", "code"):
            return replace(word, after="")
        if word.kind == "name":
            keeps = random.Random(f"{self.tag} {word.text}").random() < self.names
            return replace(word, text=word.text if keeps else self._invented(word.text, 0).capitalize(), after="")
        if word.kind == "link":
            return replace(word, text=self._joined([self._invented(each, 0) for each in word.text.split()]), after="")
        if word.text.lower() in ARTICLES and not self.articles:
            return None
        synonym = int(random.Random(f"{seed} {word.text}").random() < 0.15)
        after = word.after if word.after in (",", ";") else ""
        return Word(self._invented(word.text.lower(), synonym), after=after)

    def _ordered(self, words: list[Word], sentence: Sentence) -> list[Word]:
        rng = random.Random(f"{self.tag} {sentence.id}")
        if self.verb_last and len(words) > 4:
            middle = rng.randrange(1, len(words) - 1)
            words = words[:middle] + words[middle + 1 :] + [replace(words[middle], after="")]
        at = 0
        while at < len(words) - 1:
            if not words[at].after and not words[at + 1].after and rng.random() < self.swaps:
                words[at], words[at + 1] = words[at + 1], words[at]
                at += 1
            at += 1
        return words

    def _joined(self, words: list[str]) -> str:
        return (" " if self.spaces else "").join(words)

    def _invented(self, word: str, synonym: int) -> str:
        return _lexicon(self).get((word, synonym)) or _made_up(self, word, synonym, 0)


@cache
def _lexicon(tongue: Tongue) -> dict[tuple[str, int], str]:
    """Return the words of a tongue for everything that authors say; no two are the same."""
    words: dict[str, tuple[str, int]] = {}
    for word in (
        *NOUNS,
        *(f"{noun}s" for noun in NOUNS),
        *VERBS,
        *ADJECTIVES,
        *ADVERBS,
        *PREPOSITIONS,
        *ARTICLES,
        *LINKS,
    ):
        for synonym in (0, 1):
            attempts = (_made_up(tongue, word, synonym, attempt) for attempt in count())
            words[next(made for made in attempts if made not in words)] = (word, synonym)
    return {meaning: made for made, meaning in words.items()}


def _made_up(tongue: Tongue, word: str, synonym: int, attempt: int) -> str:
    rng = random.Random(f"{tongue.tag} {word} {synonym} {attempt}")
    length = max(1, round(len(word) * tongue.stretch * rng.uniform(0.7, 1.4)))
    text = ""
    while len(text) < length:
        text += rng.choice(tongue.syllables)
    return text


def _table(consonants: str, vowels: str, ends: str = "") -> tuple[str, ...]:
    return tuple(c + v for c in consonants for v in vowels) + tuple(
        c + v + e for c in consonants[::2] for v in vowels for e in ends
    )


TONGUES = (
    Tongue("es", _table("bcdlmnprstv", "aeioá", "nrs"), 1.1, 0.25),
    Tongue("de", _table("bdfghklmnrstwz", "aeiouü", "nrtch"), 1.25, 0.15, verb_last=True),
    Tongue("fi", _table("hjklmnprstv", "aeiouäy", "nst"), 1.3, 0.2, articles=False),
    Tongue("ru", _table("бвгдзклмнпрст", "аеиоуы", "йнть"), 1.05, 0.25, articles=False, names=0.3),
    Tongue(
        "zh",
        tuple(chr(0x4E00 + 7 * at) for at in range(2_000)),
        0.28,
        0.2,
        articles=False,
        spaces=False,
        names=0.4,
        stop="。",
    ),
    Tongue("ar", _table("بتجدرزسشعفقكلمنهو", "اوي", "نم"), 0.9, 0.3, articles=False, names=0.2),
)


@dataclass(slots=True)
class Translator:
    """Somebody who translates into one tongue, with moods of their own."""

    tongue: Tongue
    rng: random.Random = field(default_factory=random.Random)

    def fresh(self, sentence: Sentence) -> Rendition:
        """Translate a sentence from nothing."""
        return self.tongue.translate(sentence, self.rng.getrandbits(32))

    def again(self, sentence: Sentence, old: Rendition | None) -> Rendition:
        """Translate an edited sentence: mostly only what differs is touched, sometimes all is said anew."""
        if old is None or self.rng.random() < 0.25:
            return self.fresh(sentence)
        return self.tongue.translate(sentence, old.seed)
