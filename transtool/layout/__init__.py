"""Path templates: which episode and language a path is, and which path an episode has in a language.

A template both matches and builds (`layout.grammar` says how it is written). What is built always matches again with
the same key and language; where nothing such can be built the answer is None.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from transtool.errors import N_
from transtool.languages import Spellings, exists
from transtool.layout.build import Wanted, digits, is_safe, paths, plain_number, spell
from transtool.layout.grammar import Choice, Literal, Nodes, Part, TemplateError, parse, parts
from transtool.layout.pattern import Pattern, any_of, compile_pattern
from transtool.model import Key, Language

__all__ = ["Match", "Template", "TemplateError", "compile_template"]

_TAG_LIKE = r"(?ai:[a-z]{2,3}(?:[-_][a-z0-9]{2,8}){0,2})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a path says: language and key, and how they are written.

    `spelling` is the language as written (`pt_br`), empty where the path names none and is the source's; `number`
    the digits as written (`0010`), empty where the template has none; `captures` every other named part. `template`
    is the text of the template, `slots` how the path fills it.
    """

    language: Language
    key: Key
    spelling: str
    number: str
    captures: Mapping[str, str] = field(hash=False)
    template: str
    slots: tuple[str | None, ...] = field(repr=False)


class _Said(NamedTuple):
    """What a path says: the language and how it is written, the text of every other named part, and of every slot."""

    language: Language
    spelling: str
    captures: dict[str, str]
    slots: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A compiled path template.

    `rank` orders templates, larger is more specific. `static_prefix` is the folder that every path is in (empty:
    the site). `names` are those of its parts, `key_names` of those that make the key, none where the template has no
    such part; `has_language` tells whether a path can name a language.
    """

    text: str
    source: Language
    rank: tuple[int, ...]
    static_prefix: str
    key_names: tuple[str, ...]
    names: frozenset[str]
    has_language: bool
    nodes: Nodes = field(repr=False)
    spellings: Spellings = field(repr=False, compare=False)
    pattern: Pattern = field(repr=False, compare=False)

    def match(self, path: str) -> Match | None:
        """Return what `path` (with `/`, relative to the site) says, or None where it does not fit.

        Parts of the same name must agree: texts exactly, numbers by value, languages by what they spell.
        """
        said = self._said(path)
        if said is None:
            return None
        key = self._key(said.captures)
        return Match(
            language=said.language,
            key=key,
            spelling=said.spelling,
            number=said.captures.pop("number", ""),
            captures=said.captures,
            template=self.text,
            slots=said.slots,
        )

    def build(
        self, *, language: Language, key: Key, like: Match | None = None, spelling: str | None = None
    ) -> str | None:
        """Return the path of episode `key` in `language`, or None where that cannot be known.

        `like` is a file of the same episode, or of another one of the site: it gives the width of the number, the
        alternatives, the parts that are not compared and the way languages are spelled. `spelling` is how this
        language is spelled, where that is known. In a series that takes its keys from front matter, `key` is
        `like.key`, the key that the path would have.
        """
        written = ("", language) if like is None else (like.spelling, like.language)
        spelled = spelling or spell(self.spellings, language, *written)
        same = like is not None and like.language == language and spelling is None
        place = (language, plain_number(key) if "number" in self.key_names and _is_number(key) else key)
        for way in _ways(self, key, like, of_source=language == self.source, same_language=same):
            path = way.replace(_LANGUAGE, spelled)
            said = self._said(path) if is_safe(path) else None
            if said is not None and (said.language, self._key(said.captures)) == place:
                return path
        return None

    def foreign(self, path: str) -> str | None:
        """Return the folder of `path` that stands in the language's place and names an unknown language, or None.

        Only what is the name of a language (`nl`, not `css`) and a whole folder name counts.
        """
        found = _pattern(self.text, self.nodes, _TAG_LIKE).find(path) if self.has_language else None
        for index, slot in enumerate(self.pattern.slots, 1):
            if found is None or slot is None or slot.name != "lang" or found[index] is None:
                continue
            before, after = path[: found.start(index)], path[found.end(index) :]
            whole = (not before or before.endswith("/")) and after.startswith("/")
            if whole and self.spellings.resolve(found[index]) is None and exists(found[index]):
                return before + found[index]
        return None

    def _said(self, path: str) -> _Said | None:
        """Return what `path` says part by part, or None where it does not fit."""
        found = self.pattern.find(path)
        if found is None:
            return None
        named = self._languages(found.groups())
        if len(named) > 1:
            found = next(filter(None, (self._only(language).find(path) for language in named)), None)
            named = {} if found is None else self._languages(found.groups())
        captures = None if found is None else self._captures(found.groups())
        if found is None or captures is None:
            return None
        language, spelling = next(iter(named.items()), (self.source, ""))
        return _Said(language, spelling, captures, found.groups())

    def _languages(self, slots: tuple[str | None, ...]) -> dict[Language, str]:
        """Return the languages in `slots`, each with its first spelling."""
        named: dict[Language, str] = {}
        for at in self.pattern.languages:
            text = slots[at]
            language = None if text is None else self.spellings.resolve(text)
            if text is not None and language is not None:
                named.setdefault(language, text)
        return named

    def _only(self, language: Language) -> Pattern:
        """Return the pattern that takes no other language than `language`."""
        spellings = [spelling for spelling, known in self.spellings.known.items() if known == language]
        return _pattern(self.text, self.nodes, any_of(spellings))

    def _captures(self, slots: tuple[str | None, ...]) -> dict[str, str] | None:
        """Return the text of every named part in `slots` but the language; None where two numbers disagree."""
        captures: dict[str, str] = {}
        for at, name in self.pattern.named:
            text = slots[at]
            if text is None:
                continue
            known = captures.setdefault(name, text)
            if name == "number" and plain_number(known) != plain_number(text):
                return None
        return captures

    def _key(self, captures: Mapping[str, str]) -> Key:
        number = captures.get("number", "")
        return Key(plain_number(number) if number else _joined(_key_names(captures), captures))

    def values(self, key: Key, like: Match | None) -> dict[str, str]:
        """Return the text of every named part as far as `key` and `like` tell."""
        values = {} if like is None else {**like.captures, "number": like.number}
        if "number" in self.key_names and _is_number(key):
            return values | {"number": digits(key, like.number if like is not None and like.number else "")}
        if "key" in self.names:
            return values | {"key": key}
        return values | _split(self.nodes, self.key_names, key)


def compile_template(text: str, spellings: Spellings, *, source: Language) -> Template:
    """Return the compiled template `text`. Raises TemplateError saying what is wrong and where.

    `spellings` says what `{lang}` can be; a path without it is in the language `source`.
    """
    nodes = parse(text)
    names = _names(nodes)
    keys = _key_names(names)
    across = [name for name in keys if names[name].across]
    if len(across) > 1:
        several = N_("{template}: only one of {names} can span folders; name the one that links files {{key}}")
        raise TemplateError(several, template=text, names=", ".join(f"{{{name}**}}" for name in across))
    first = nodes[0]
    return Template(
        text=text,
        source=source,
        rank=_rank(nodes),
        static_prefix=first.text.rpartition("/")[0] if isinstance(first, Literal) else "",
        key_names=keys,
        names=frozenset(names),
        has_language="lang" in names,
        nodes=nodes,
        spellings=spellings,
        pattern=_pattern(text, nodes, any_of(tuple(spellings.known))),
    )


_LANGUAGE = "\0"
"""What stands for the language in a path that is not in any yet."""


@lru_cache(maxsize=16)
def _ways(template: Template, key: Key, like: Match | None, *, of_source: bool, same_language: bool) -> tuple[str, ...]:
    """Return the paths that an episode can have, the likeliest first, once for all languages (see `Template.build`)."""
    wanted = Wanted(
        values=template.values(key, like) | {"lang": _LANGUAGE},
        of_source=of_source,
        slots=like.slots if like is not None and like.template == template.text else None,
        slots_of_source=like is not None and like.language == template.source,
        same_language=same_language,
    )
    return tuple(paths(template.nodes, wanted))


@cache
def _pattern(text: str, nodes: Nodes, languages: str) -> Pattern:
    return compile_pattern(text, nodes, languages)


def _names(nodes: Nodes) -> dict[str, Part]:
    return {part.name: part for part in parts(nodes)}


def _key_names(names: Collection[str]) -> tuple[str, ...]:
    """Return which parts make the key: the number, else `{key}`, else all that have a name of their own."""
    for name in ("number", "key"):
        if name in names:
            return (name,)
    return tuple(name for name in names if name not in {"lang", "_"})


def _joined(names: tuple[str, ...], captures: Mapping[str, str]) -> str:
    return "/".join(captures[name] for name in names if name in captures)


def _split(nodes: Nodes, names: tuple[str, ...], key: str) -> dict[str, str]:
    """Return the text of every part in `names` that `_joined` would join to `key`; nothing where that cannot be."""
    across = {part.name for part in parts(nodes) if part.across}
    reaching = next((index for index, name in enumerate(names) if name in across), None)
    pieces = key.split("/")
    if reaching is not None and len(pieces) >= len(names):
        end = len(pieces) - (len(names) - reaching - 1)
        pieces[reaching:end] = ["/".join(pieces[reaching:end])]
    return dict(zip(names, pieces, strict=True)) if len(pieces) == len(names) else {}


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


def _is_number(key: str) -> bool:
    return key.isascii() and key.isdigit()
