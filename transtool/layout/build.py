"""Write a path from a template's tree: every way in which it can be written, the likeliest first."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from transtool.languages import Spellings, canonical, fold, same
from transtool.layout.grammar import Choice, Literal, Node, Nodes, Part, parts
from transtool.layout.pattern import is_clean
from transtool.model import Language

# Every combination of options is a path that could be meant; more than a handful are never needed.
_MOST_CANDIDATES = 256

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]|^[A-Za-z]:")
"""Finds what some system cannot write, or takes for a drive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a path is made of: the text of every named part, and whether it is of the source.

    `slots` is how another path of the same template fills it (see `Pattern.slots`) and `slots_of_source` whether that
    one is of the source; None where there is no such path. With `same_language` it is of the language wanted.
    """

    values: Mapping[str, str]
    of_source: bool
    slots: tuple[str | None, ...] | None
    slots_of_source: bool
    same_language: bool

    def text(self, part: Part, slot: int) -> str:
        """Return what stands for `part`, whose slot is `slot`; nothing where that is not known."""
        there = (None if self.slots is None else self.slots[slot]) or ""
        if part.name == "_" or (part.name == "lang" and self.same_language and there):
            return there
        value = self.values.get(part.name, "")
        return digits(value, there) if part.name == "number" and value and there else value


def paths(nodes: Nodes, wanted: Wanted) -> Iterator[str]:
    """Yield the paths that `nodes` can be written as, the likeliest first; not all of them stay inside the site."""
    return islice(_sequence(nodes, 0, wanted), _MOST_CANDIDATES)


def spell(spellings: Spellings, language: Language, written: str, written_language: Language) -> str:
    """Return how to write `language` in a site that writes `written` for `written_language` (empty: nothing known)."""
    configured = spellings.spell(language)
    if not written:
        return configured
    if written_language == language:
        return written
    if configured != language or not same(written, written_language):
        return configured  # An alias, or the site's own choice: no rule would find it.
    if written.isupper():
        return language.upper()
    if len(written) < 4:
        return configured
    text = fold(language) if written == written.lower() else canonical(language)
    return text.replace("-", "_") if "_" in written else text


def digits(number: str, like: str) -> str:
    """Return `number` written as the site writes `like`: as it is there, or as wide where zeros fill it up."""
    plain = plain_number(number)
    if like and plain_number(like) == plain:
        return like
    return plain.zfill(len(like)) if like.startswith("0") else plain


def plain_number(number: str) -> str:
    """Return the digits of `number` without leading zeros."""
    return number.lstrip("0") or "0"


def _sequence(nodes: Nodes, slot: int, wanted: Wanted) -> Iterator[str]:
    """Yield what `nodes`, whose first slot is `slot`, can be written as."""
    written = ""
    for at, node in enumerate(nodes):
        if isinstance(node, Choice):
            rest, behind = nodes[at + 1 :], slot + _size(node)
            for text in _choice(node, slot, wanted):
                for tail in _sequence(rest, behind, wanted):
                    yield written + text + tail
            return
        text = node.text if isinstance(node, Literal) else wanted.text(node, slot)
        if not text:
            return
        written += text
        slot += isinstance(node, Part)
    yield written


def _choice(choice: Choice, slot: int, wanted: Wanted) -> Iterator[str]:
    for index in _order(choice, slot, wanted):
        yield from _sequence(choice.options[index], _option_slot(choice, slot, index) + 1, wanted)


def _order(choice: Choice, slot: int, wanted: Wanted) -> list[int]:
    """Return the options of `choice` (whose first slot is `slot`) by number, the likeliest first.

    Where one option names the language and another does not, the source has none and translations have one, unless
    the other path is no translation either (or both are) and does otherwise. Apart from that, as the other path does;
    without one, the first alternative and no option.
    """
    named = [any(part.name == "lang" for part in parts(option)) for option in choice.options]
    tells = any(named) and not all(named)
    follows = wanted.slots is not None and (not tells or wanted.slots_of_source == wanted.of_source)
    before = _chosen(choice, slot, wanted.slots) if follows and wanted.slots is not None else None
    direction = -1 if choice.optional and not tells else 1

    def key(index: int) -> tuple[bool, bool, int]:
        return (index != before, tells and named[index] == wanted.of_source, index * direction)

    return sorted(range(len(choice.options)), key=key)


def _chosen(choice: Choice, slot: int, slots: tuple[str | None, ...]) -> int | None:
    return next((i for i in range(len(choice.options)) if slots[_option_slot(choice, slot, i)] is not None), None)


def _option_slot(choice: Choice, slot: int, index: int) -> int:
    return slot + sum(1 + sum(map(_size, option)) for option in choice.options[:index])


def _size(node: Node) -> int:
    """Return how many slots `node` takes: one for a part, one for every option and what is in it."""
    match node:
        case Choice(options):
            return sum(1 + sum(map(_size, option)) for option in options)
        case Part():
            return 1
        case Literal():
            return 0


def is_safe(path: str) -> bool:
    """Return whether `path` stays inside the site on every system and can be written."""
    return is_clean(path) and not _UNSAFE.search(path)
