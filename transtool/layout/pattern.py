"""The regular expression of a path template: one pass, and no path that makes it run away.

A free part (`{key}`) is written so that it cannot be tried again wherever that changes nothing: it is possessive before
`/`, and atomic up to a text that another free part follows. What remains open is counted, and a template with too much
of it is refused. So a match takes milliseconds at worst, on paths and names as long as file systems allow.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from transtool.errors import N_
from transtool.layout.grammar import Choice, Literal, Node, Nodes, Part, TemplateError, parts

LONGEST_PATH = 4096
LONGEST_NAME = 255
_OPEN_ALLOWED = 3
_UNCLEAN = frozenset({"", ".", ".."})

_DATE = r"[0-9]{2,8}(?:[-._][0-9]{1,2}){0,2}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled expression; `slots` says what each of its groups is: a part, or None for an option of a choice.

    `languages` are the positions of those that are a language, `named` those of parts with another name of their own.
    """

    expression: re.Pattern[str]
    slots: tuple[Part | None, ...]
    languages: tuple[int, ...]
    named: tuple[tuple[int, str], ...]

    def find(self, path: str) -> re.Match[str] | None:
        """Return the match of the whole of `path`, or None (also for a path that no file of a site can have)."""
        return self.expression.fullmatch(path) if len(path) <= LONGEST_PATH and is_clean(path) else None


def is_clean(path: str) -> bool:
    """Return whether `path` is relative, stays where it is, and can be the name of a file."""
    names = path.split("/")
    return _UNCLEAN.isdisjoint(names) and (len(path) <= LONGEST_NAME or max(map(len, names)) <= LONGEST_NAME)


def compile_pattern(text: str, nodes: Nodes, languages: str) -> Pattern:
    """Return the expression of `nodes`; `languages` is the expression for `{lang}`, without groups.

    Raises TemplateError (naming `text`) for a template with too many open parts.
    """
    names = [part.name for part in parts(nodes)]
    writer = _Writer(languages, {name for name in names if name != "_" and names.count(name) > 1})
    source = writer.sequence(nodes, last=True)
    if writer.open > _OPEN_ALLOWED:
        too_many = N_("{template}: too many parts that can end anywhere; put more text between them")
        raise TemplateError(too_many, template=text)
    filled = [(at, part.name) for at, part in enumerate(writer.slots) if part is not None and part.name != "_"]
    return Pattern(
        re.compile(source, re.DOTALL),
        tuple(writer.slots),
        tuple(at for at, name in filled if name == "lang"),
        tuple((at, name) for at, name in filled if name != "lang"),
    )


def any_of(spellings: Collection[str]) -> str:
    """Return an expression for the folded `spellings` as sites write them (any case, `-` or `_`), longest first."""
    if not spellings:
        return "(?!)"
    ordered = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))
    return "(?ai:" + "|".join(re.escape(spelling).replace(r"\-", "[-_]") for spelling in ordered) + ")"


class _Writer:
    """Writes the expression and numbers its groups; `open` counts what can be tried again."""

    def __init__(self, languages: str, repeated: set[str]) -> None:
        self.languages = languages
        self.repeated = repeated
        self.slots: list[Part | None] = []
        self.groups: dict[str, int] = {}
        self.certain: set[str] = set()
        self.depth = 0
        self.open = 0

    def sequence(self, nodes: Nodes, *, last: bool) -> str:
        """Return the expression of `nodes`; `last` says that the path ends after them."""
        written: list[str] = []
        at = 0
        while at < len(nodes):
            match nodes[at : at + 3]:
                case (Part() as part, Literal(text), Part() as follower) if self._commits(part, text, follower):
                    written.append(f"(?>{self._group(part, _any(part) + '+?')}{re.escape(text)})")
                    at += 2
                case (node, *_):
                    written.append(self._node(node, nodes[at + 1 :], last=last))
                    at += 1
        return "".join(written)

    def _node(self, node: Node, rest: Nodes, *, last: bool) -> str:
        match node:
            case Literal(text):
                return re.escape(text)
            case Choice(options):
                return "(?:" + "|".join(self._option(option, last=last and not rest) for option in options) + ")"
            case Part(name="lang"):
                return self._group(node, self.languages)
            case Part(name="number"):
                return self._group(node, "[0-9]++")
            case Part(name=name) if name in self.groups:
                return self._again(node)
            case Part(name="date"):
                return self._group(node, _DATE)
            case Part():
                return self._group(node, _any(node) + self._quantifier(node, rest, last=last))

    def _option(self, option: Nodes, *, last: bool) -> str:
        self.slots.append(None)
        self.depth += 1
        written = self.sequence(option, last=last)
        self.depth -= 1
        return f"({written})"

    def _group(self, part: Part, expression: str) -> str:
        self.slots.append(part)
        if part.name in self.repeated:
            self.groups.setdefault(part.name, len(self.slots))
            if self.depth == 0:
                self.certain.add(part.name)
        return f"({expression})"

    def _again(self, part: Part) -> str:
        """Return the expression of a text that stood before."""
        group = self.groups[part.name]
        self.slots.append(part)
        if part.name in self.certain:
            return f"(\\{group})"
        # A group that was skipped together with the brackets around it does not bind this one.
        self.open += 2 if part.across else 1
        return f"((?({group})\\{group}|{_DATE if part.name == 'date' else _any(part) + '+?'}))"

    def _quantifier(self, part: Part, rest: Nodes, *, last: bool) -> str:
        before_slash = bool(rest) and isinstance(rest[0], Literal) and rest[0].text.startswith("/")
        if (last and not rest) or (before_slash and not part.across):
            return "++"
        self.open += 2 if part.across else 1
        return "+?"

    def _commits(self, part: Part, text: str, follower: Part) -> bool:
        """Return whether the first `text` that can end `part` is as good as any later one.

        It is if the `follower` takes whatever `part` could have taken.
        """
        if not (part.free and follower.free) or {part.name, follower.name} & self.repeated:
            return False
        return follower.across or (not part.across and "/" not in text)


def _any(part: Part) -> str:
    return "." if part.across else "[^/]"
