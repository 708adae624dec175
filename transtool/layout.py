"""Path templates: which episode and language a path is, and which path an episode has in a language.

A template both matches and builds (`grammar` says how it is written). What is built always matches again with the same
key and language; where nothing such can be built the answer is None.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from types import MappingProxyType

from transtool.errors import N_, Message
from transtool.grammar import Choice, Literal, Node, Nodes, Part, TemplateError, parse, parts
from transtool.languages import Spellings, canonical, exists, fold, same
from transtool.model import Key, Language
from transtool.pattern import Pattern, any_of, compile_pattern, is_clean

__all__ = ["Match", "Template", "TemplateError", "compile_template"]

# Every combination of options is a path that could be meant; more than a handful are never needed.
_MOST_CANDIDATES = 256
_TAG_LIKE = r"(?ai:[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a path says: language and key, and how they are written.

    `spelling` is the language as written (`pt_br`), empty where the path names none and is the source's; `number`
    the digits as written (`0010`), empty where the template has none; `captures` every other named part. `template`
    is the text of the template. `rank` orders claims of the same place, larger is more specific: a path that
    names its language before one that does not, then the more specific template, then its earlier alternative.
    """

    language: Language
    key: Key
    spelling: str
    number: str
    captures: Mapping[str, str]
    template: str
    rank: tuple[int, ...]
    slots: tuple[str | None, ...] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A compiled path template.

    `rank` orders templates, larger is more specific. `static_prefix` is the folder that every path is in (empty:
    the site). `key_names` are the parts that make the key, none where the template has no such part;
    `has_language` tells whether a path can name a language.
    """

    text: str
    source: Language
    rank: tuple[int, ...]
    static_prefix: str
    key_names: tuple[str, ...]
    has_language: bool
    nodes: Nodes = field(repr=False)
    spellings: Spellings = field(repr=False, compare=False)
    pattern: Pattern = field(repr=False, compare=False)

    def match(self, path: str) -> Match | None:
        """Return what `path` (with `/`, relative to the site) says, or None where it does not fit.

        Parts of the same name must agree: texts exactly, numbers by value, languages by what they spell.
        """
        slots = self.pattern.fullmatch(path)
        if slots is None:
            return None
        named = self._languages(slots)
        if len(named) > 1:
            slots = next(filter(None, (self._only(language).fullmatch(path) for language in named)), None)
            if slots is None:
                return None
        return self._read(slots)

    def build(
        self, *, language: Language, key: Key, like: Match | None = None, spelling: str | None = None
    ) -> str | None:
        """Return the path of episode `key` in `language`, or None where that cannot be known.

        `like` is a file of the same episode, or of another one of the site: it gives the width of the number, the
        alternatives, the parts that are not compared and the way languages are spelled. `spelling` is how this
        language is spelled, where that is known. In a series that takes its keys from front matter, `key` is
        `like.key`, the key that the path would have.
        """
        values = self._values(key, like)
        if values is None:
            return None
        wanted = _Wanted(
            language=language,
            values=values | {"lang": spelling or _spelling(self.spellings, language, like)},
            like=like if like is not None and like.template == self.text else None,
            source=self.source,
        )
        key = Key(_plain_number(key)) if self.key_names == ("number",) else key
        for path in islice(_paths(self.nodes, 0, wanted), _MOST_CANDIDATES):
            if _is_safe(path):
                found = self.match(path)
                if found is not None and (found.language, found.key) == (language, key):
                    return path
        return None

    def foreign(self, path: str) -> str | None:
        """Return the folder of `path` that stands in the language's place and names an unknown language, or None."""
        found = _pattern(self.text, self.nodes, _TAG_LIKE).expression.fullmatch(path) if self.has_language else None
        for index, slot in enumerate(self.pattern.slots, 1):
            if found is None or slot is None or slot.name != "lang" or found[index] is None:
                continue
            folder = path[: found.end(index)]
            alone = f"/{path}"[: found.start(index) + 1].endswith("/") and path[found.end(index) :].startswith("/")
            if alone and self.spellings.resolve(found[index]) is None and exists(found[index]):
                return folder
        return None

    def _languages(self, slots: tuple[str | None, ...]) -> dict[Language, str]:
        """Return the languages in `slots`, each with its first spelling."""
        named: dict[Language, str] = {}
        for part, text in zip(self.pattern.slots, slots, strict=True):
            if part is not None and part.name == "lang" and text is not None:
                language = self.spellings.resolve(text)
                if language is not None:
                    named.setdefault(language, text)
        return named

    def _only(self, language: Language) -> Pattern:
        """Return the pattern that takes no other language than `language`."""
        spellings = [spelling for spelling, known in self.spellings.known.items() if known == language]
        return _pattern(self.text, self.nodes, any_of(spellings))

    def _read(self, slots: tuple[str | None, ...]) -> Match | None:
        captures: dict[str, str] = {}
        for part, text in zip(self.pattern.slots, slots, strict=True):
            if part is None or part.name in {"_", "lang"} or text is None:
                continue
            known = captures.setdefault(part.name, text)
            if part.name == "number" and _plain_number(known) != _plain_number(text):
                return None
        language, spelling = next(iter(self._languages(slots).items()), (self.source, ""))
        number = captures.pop("number", "")
        key = _plain_number(number) if self.key_names == ("number",) else _joined(self.key_names, captures)
        options = tuple(-i for i, part in enumerate(self.pattern.slots) if part is None and slots[i] is not None)
        return Match(
            language=language,
            key=Key(key),
            spelling=spelling,
            number=number,
            captures=MappingProxyType(captures),
            template=self.text,
            rank=(int(spelling != ""), *self.rank, *options),
            slots=slots,
        )

    def _values(self, key: Key, like: Match | None) -> dict[str, str] | None:
        """Return the text of every named part, or None where `key` cannot be a key of this template."""
        values = {} if like is None else {**like.captures, "number": like.number}
        if self.key_names == ("number",):
            if not re.fullmatch("[0-9]+", key):
                return None
            width = len(like.number) if like is not None and like.number.startswith("0") else 0
            same_number = like is not None and _plain_number(like.number) == _plain_number(key)
            digits = like.number if like is not None and same_number else _plain_number(key).zfill(width)
            return values | {"number": digits}
        split = _split(self.nodes, self.key_names, key)
        return None if split is None else values | split


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """What a path is built from; `like` is only kept where it fits the same template."""

    language: Language
    values: Mapping[str, str]
    like: Match | None
    source: Language

    def order(self, choice: Choice, slot: int) -> list[int]:
        """Return the options of `choice` (whose first slot is `slot`) by number, the best first."""
        options = range(len(choice.options))
        named = [any(part.name == "lang" for part in parts(option)) for option in choice.options]
        is_source = self.language == self.source
        decides = any(named) and not all(named)
        followed = self.like
        if followed is not None and decides and (followed.language == self.source) != is_source:
            followed = None
        before = None if followed is None else _chosen(choice, slot, followed)
        default = -1 if choice.optional else 1
        return sorted(
            options, key=lambda i: (i != before, decides and named[i] == is_source, i * (1 if decides else default))
        )


def compile_template(text: str, spellings: Spellings, *, source: Language) -> Template:
    """Return the compiled template `text`. Raises TemplateError saying what is wrong and where.

    `spellings` says what `{lang}` can be; a path without it is in the language `source`.
    """
    nodes = parse(text)
    names = {part.name: part for part in parts(nodes)}
    keys = _key_names(names)
    across = [name for name in keys if names[name].across]
    if len(across) > 1:
        raise TemplateError(
            Message(
                N_("{template}: only one of {names} can reach across folders; call the one that links files {{key}}"),
                {"template": text, "names": ", ".join(f"{{{name}**}}" for name in across)},
            )
        )
    first = nodes[0]
    return Template(
        text=text,
        source=source,
        rank=_rank(nodes),
        static_prefix=first.text.rpartition("/")[0] if isinstance(first, Literal) else "",
        key_names=keys,
        has_language="lang" in names,
        nodes=nodes,
        spellings=spellings,
        pattern=_pattern(text, nodes, any_of(tuple(spellings.known))),
    )


@cache
def _pattern(text: str, nodes: Nodes, languages: str) -> Pattern:
    return compile_pattern(text, nodes, languages)


def _key_names(names: Mapping[str, Part]) -> tuple[str, ...]:
    """Return which parts make the key: the number, else `{key}`, else all that have a name of their own."""
    for name in ("number", "key"):
        if name in names:
            return (name,)
    return tuple(name for name in names if name not in {"lang", "_"})


def _joined(names: tuple[str, ...], captures: Mapping[str, str]) -> str:
    return "/".join(captures[name] for name in names if name in captures)


def _split(nodes: Nodes, names: tuple[str, ...], key: str) -> dict[str, str] | None:
    """Return the text of every part in `names` that `_joined` would join to `key`, or None."""
    if not names:
        return None if key else {}
    across = {part.name for part in parts(nodes) if part.across}
    reaching = next((index for index, name in enumerate(names) if name in across), None)
    pieces = key.split("/")
    if reaching is not None and len(pieces) >= len(names):
        end = len(pieces) - (len(names) - reaching - 1)
        pieces[reaching:end] = ["/".join(pieces[reaching:end])]
    return dict(zip(names, pieces, strict=True)) if len(pieces) == len(names) else None


def _paths(nodes: Nodes, slot: int, wanted: _Wanted) -> Iterator[str]:
    """Yield what `nodes`, whose first slot is `slot`, can be written as, the best first."""
    if not nodes:
        yield ""
        return
    head, rest = nodes[0], nodes[1:]
    for text in _texts(head, slot, wanted):
        for tail in _paths(rest, slot + _size(head), wanted):
            yield text + tail


def _texts(node: Node, slot: int, wanted: _Wanted) -> Iterator[str]:
    match node:
        case Literal(text):
            yield text
        case Part(name="_"):
            text_there = None if wanted.like is None else wanted.like.slots[slot]
            if text_there is not None:
                yield text_there
        case Part(name):
            if wanted.values.get(name):
                yield wanted.values[name]
        case Choice(options):
            for index in wanted.order(node, slot):
                yield from _paths(options[index], _option_slot(node, slot, index) + 1, wanted)


def _size(node: Node) -> int:
    """Return how many slots `node` takes: one for a part, one for every option and what is in it."""
    match node:
        case Choice(options):
            return sum(1 + sum(map(_size, option)) for option in options)
        case Part():
            return 1
        case Literal():
            return 0


def _option_slot(choice: Choice, slot: int, index: int) -> int:
    return slot + sum(1 + sum(map(_size, option)) for option in choice.options[:index])


def _chosen(choice: Choice, slot: int, like: Match) -> int | None:
    return next((i for i in range(len(choice.options)) if like.slots[_option_slot(choice, slot, i)] is not None), None)


def _spelling(spellings: Spellings, language: Language, like: Match | None) -> str:
    """Return how to write `language` where no file of the site shows it."""
    configured = spellings.spell(language)
    if like is None or not like.spelling:
        return configured
    if like.language == language:
        return like.spelling
    if configured != language or not same(like.spelling, like.language) or len(like.language) < 4:
        return configured
    text = canonical(language) if like.spelling != like.spelling.lower() else fold(language)
    return text.replace("-", "_") if "_" in like.spelling else text


def _rank(nodes: Nodes) -> tuple[int, int, int]:
    """Return how specific `nodes` are: few parts across folders, few free parts, much text."""
    free = [part for part in parts(nodes) if part.free]
    return (-sum(part.across for part in free), -len(free), _least_text(nodes))


def _least_text(nodes: Nodes) -> int:
    total = 0
    for node in nodes:
        match node:
            case Literal(text):
                total += len(text)
            case Choice(options):
                total += min(map(_least_text, options))
    return total


def _plain_number(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _is_safe(path: str) -> bool:
    """Return whether `path` stays inside the site on every system and can be written."""
    return is_clean(path) and not re.search(r"[\x00-\x1f\x7f\\]|^[A-Za-z]:", path)
