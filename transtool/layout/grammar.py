r"""The grammar of path templates: text -> a tree, or what is wrong with it and where.

`{lang}` `{number}` `{date}` `{key}` `{name}` one part within a folder name, `{name**}` one across folders, `{_}` and
`{_**}` parts that are not compared, `[...]` optional, `(a|b)` alternatives, `\\` before a character that is meant
literally.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from transtool.errors import N_, ConfigError, Message, Problem

LONGEST = 1000
DEEPEST = 4
MOST_CHOICES = 8
MOST_LANGUAGES = 4

# What people write for a part that means something else: `{language}` would silently be a text key.
_MEANT = {"language": "lang", "locale": "lang", "lng": "lang", "num": "number", "nr": "number"}
_PART = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)(?P<across>\*\*)?")
_CLOSING = {"{": "}", "[": "]", "(": ")"}


class TemplateError(ConfigError):
    """A path template that cannot be understood; `message` says what is wrong and at which character."""

    def __init__(self, template: str, /, **facts: object) -> None:
        """Keep the message so that a reader of a configuration can add file and line."""
        self.message = Message(template, facts)
        super().__init__(Problem(message=self.message))


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands in every path."""

    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One `{name}` or, with `across`, one `{name**}`; `offset` is where it stands in the template."""

    name: str
    across: bool
    offset: int

    @property
    def free(self) -> bool:
        """Whether any text fits (so that only what follows says where it ends)."""
        return self.name not in {"lang", "number", "date"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences, the first that fits: `[x]` is `x` or nothing."""

    options: tuple["Nodes", ...]
    optional: bool


Node = Literal | Part | Choice
Nodes = tuple[Node, ...]


def parse(text: str) -> Nodes:
    """Return the tree of the template `text`. Raises TemplateError."""
    if not text:
        raise TemplateError(N_("the path template is empty"))
    if len(text) > LONGEST:
        too_long = N_("the path template has {length} characters; more than {most} are not accepted")
        raise TemplateError(too_long, length=len(text), most=LONGEST)
    nodes, _ = _sequence(text, 0, "", 0)
    _check(text, nodes)
    return nodes


def walk(nodes: Nodes) -> Iterator[Part | Choice]:
    """Yield every part and choice of `nodes` in the order in which they stand in the template."""
    for node in nodes:
        if isinstance(node, Literal):
            continue
        yield node
        if isinstance(node, Choice):
            for option in node.options:
                yield from walk(option)


def parts(nodes: Nodes) -> tuple[Part, ...]:
    """Return every part of `nodes`, wherever it stands."""
    return tuple(node for node in walk(nodes) if isinstance(node, Part))


def _sequence(text: str, at: int, closing: str, depth: int) -> tuple[Nodes, int]:
    """Read nodes from `at` to `closing` (or `|` before a `)`, or the end); return them and where they end."""
    nodes: list[Node] = []
    literal = ""
    while at < len(text) and not ((closing and text[at] == closing) or (closing == ")" and text[at] == "|")):
        if text[at] in "{[(":
            if literal:
                nodes.append(Literal(literal))
                literal = ""
            node, at = _part(text, at) if text[at] == "{" else _choice(text, at, depth + 1)
            nodes.append(node)
            continue
        character, at = _character(text, at)
        literal += character
    if literal:
        nodes.append(Literal(literal))
    return tuple(nodes), at


def _character(text: str, at: int) -> tuple[str, int]:
    """Read one literal character from `at`; return it and where it ends."""
    character = text[at]
    if character == "\\":
        if at + 1 == len(text) or text[at + 1] not in "{}[]()|*\\":
            backslash = N_(
                "{template}: a backslash may only precede a special character; folders end with / (character {column})"
            )
            _refuse(text, at, backslash)
        return text[at + 1], at + 2
    if character in "}])":
        _refuse(text, at, N_("{template}: {character} closes nothing (character {column})"))
    if character == "|":
        _refuse(text, at, N_("{template}: alternatives go in parentheses, as in (a|b) (character {column})"))
    if character == "*":
        _refuse(text, at, N_("{template}: * means nothing here, {{_}} matches anything (character {column})"))
    if ord(character) < 32 or ord(character) == 127:
        _refuse(text, at, N_("{template}: there is a control character here (character {column})"))
    return character, at + 1


def _part(text: str, at: int) -> tuple[Part, int]:
    """Read `{name}` or `{name**}` at `at`; return it and where it ends."""
    end = text.find("}", at)
    if end < 0:
        _refuse(text, at, N_("{template}: nothing closes {character} (character {column})"))
    found = _PART.fullmatch(text[at + 1 : end])
    if found is None:
        _refuse(text, at, N_("{template}: braces contain one name, as in {{number}} (character {column})"))
    name = found["name"]
    meant = _MEANT.get(name.lower(), name.lower())
    if meant != name and meant in {"lang", "number", "date", "key"}:
        unknown = N_("{template}: {{{name}}} is not known, did you mean {{{meant}}}? (character {column})")
        _refuse(text, at, unknown, name=name, meant=meant)
    if found["across"] and name in {"lang", "number", "date"}:
        across = N_(
            "{template}: {{lang}}, {{number}} and {{date}} stay within one folder name, without ** (character {column})"
        )
        _refuse(text, at, across)
    return Part(name, bool(found["across"]), at), end + 1


def _choice(text: str, at: int, depth: int) -> tuple[Choice, int]:
    """Read `[...]` or `(...|...)` at `at`; return it and where it ends."""
    if depth > DEEPEST:
        _refuse(text, at, N_("{template}: brackets are nested too deeply (character {column})"))
    closing = _CLOSING[text[at]]
    options: list[Nodes] = []
    end = at
    while True:
        option, end = _sequence(text, end + 1, closing, depth)
        options.append(option)
        if end == len(text):
            _refuse(text, at, N_("{template}: nothing closes {character} (character {column})"))
        if text[end] == closing:
            break
    if closing == "]":
        if not options[0]:
            _refuse(text, at, N_("{template}: these brackets are empty (character {column})"))
        return Choice((options[0], ()), optional=True), end + 1
    return Choice(tuple(options), optional=False), end + 1


def _check(text: str, nodes: Nodes) -> None:
    """Refuse what parses but cannot be meant, or cannot be matched in reasonable time."""
    if sum(isinstance(node, Choice) for node in walk(nodes)) > MOST_CHOICES:
        raise TemplateError(
            N_("{template}: more than {most} brackets and parentheses"), template=text, most=MOST_CHOICES
        )
    if sum(part.name == "lang" for part in parts(nodes)) > MOST_LANGUAGES:
        raise TemplateError(N_("{template}: more than {most} times {{lang}}"), template=text, most=MOST_LANGUAGES)
    _check_touching(text, nodes, None)
    _check_folders(text, nodes)
    across: dict[str, bool] = {}
    for part in parts(nodes):
        if part.name != "_" and across.setdefault(part.name, part.across) != part.across:
            mixed = N_("{template}: {name} is used with ** here and without it elsewhere (character {column})")
            _refuse(text, part.offset, mixed, name=part.name)


def _check_touching(text: str, nodes: Nodes, before: Part | None) -> Part | None:
    """Refuse two parts without text between them; return a part that may end `nodes` after `before`, if any."""
    for node in nodes:
        match node:
            case Literal():
                before = None
            case Part():
                if before is not None:
                    unclear = N_(
                        "{template}: it is unclear where {{{before}}} ends and {{{name}}} begins (character {column})"
                    )
                    _refuse(text, node.offset, unclear, before=before.name, name=node.name)
                before = node
            case Choice():
                ends = [_check_touching(text, option, before) for option in node.options]
                before = next((end for end in ends if end is not None), None)
    return before


def _check_folders(text: str, nodes: Nodes) -> None:
    """Refuse a template whose paths would be absolute, leave the site or name a folder."""
    skeleton = "".join(node.text if isinstance(node, Literal) else "\0" for node in nodes)
    if skeleton.startswith("/") or re.match(r"[A-Za-z]:", skeleton):
        _refuse(text, 0, N_("{template}: paths are relative to the site, without a leading / (character {column})"))
    found = re.search(r"(?:^|/)(?:\.{1,2}(?=/|$)|(?=/))", skeleton)
    if found or skeleton.endswith("/"):
        bad_name = N_("{template}: paths cannot contain '.', '..' or empty folder names, or end with /")
        raise TemplateError(bad_name, template=text)


def _refuse(text: str, at: int, template: str, **facts: object) -> NoReturn:
    """Raise TemplateError about the character at offset `at` of the template `text`."""
    raise TemplateError(template, **{"template": text, "column": at + 1, "character": text[at], **facts})
