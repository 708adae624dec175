"""A regular expression engine that counts its steps: the backtracking of `re`, written out, without any clock.

It walks the tree that `re` itself parses, tries what `re` tries in the same order, and counts. Repetitions that are
bounded by a number are cut down to `BOUND`: the bound is a constant of the pattern, and what must be shown is how the
steps grow with the text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from random import Random
from typing import Any, Literal

# What `re` parses patterns with, so that none is read in another way here; typeshed does not know it. One line, since a
# `type: ignore` counts for one, and sorting would break it in two.
from re import _compiler, _constants as op, _parser  # type: ignore[attr-defined]  # isort: skip

BOUND = 6
_SINGLE = frozenset({op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN})
_REPEATS = {op.MAX_REPEAT: "greedy", op.MIN_REPEAT: "lazy", op.POSSESSIVE_REPEAT: "possessive"}


class TooManySteps(Exception):
    """More steps than asked for."""


@dataclass
class Program:
    """A pattern, written out as instructions."""

    bound: int
    code: list[tuple[Any, ...]] = field(default_factory=list)
    slots: int = 0

    def write(self, *instruction: Any) -> int:
        self.code.append(instruction)
        return len(self.code) - 1

    def items(self, items: Any, flags: int) -> None:
        for kind, value in items:
            self.item(kind, value, flags)

    def item(self, kind: Any, value: Any, flags: int) -> None:
        if kind in _SINGLE:
            self.write("one", _one(kind, value, flags))
        elif kind in _REPEATS:
            self.repeat(_REPEATS[kind], *value, flags)
        elif kind is op.SUBPATTERN:
            group, added, removed, inner = value
            group is not None and self.write("save", 2 * group)
            self.items(inner, (flags | added) & ~removed)
            group is not None and self.write("save", 2 * group + 1)
        elif kind is op.BRANCH:
            self.branch(value[1], flags)
        elif kind is op.AT:
            self.write("at", _AT[_flagged(value, flags)])
        elif kind is op.ATOMIC_GROUP:
            self.inner("atomic", value, flags)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            behind = value[1].getwidth()[0] if value[0] < 0 else 0
            self.inner("look", value[1], flags, behind, kind is op.ASSERT)
        elif kind is op.GROUPREF:
            self.write("again", value, bool(flags & re.IGNORECASE))
        else:
            raise NotImplementedError(kind)  # a construct that no pattern of the package has yet: the test says which

    def inner(self, name: str, items: Any, flags: int, *facts: Any) -> None:
        at = self.write(name)
        self.items(items, flags)
        self.write("done")
        self.code[at] = (name, len(self.code), *facts)

    def branch(self, ways: Sequence[Any], flags: int) -> None:
        ends = []
        for way in ways[:-1]:
            split = self.write("split")
            self.items(way, flags)
            ends.append(self.write("jump"))
            self.code[split] = ("split", split + 1, len(self.code))
        self.items(ways[-1], flags)
        for end in ends:
            self.code[end] = ("jump", len(self.code))

    def repeat(self, way: str, least: int, most: Any, items: Any, flags: int) -> None:
        most = None if most is op.MAXREPEAT else max(least, min(most, self.bound))
        if len(items) == 1 and items[0][0] in _SINGLE:
            self.write("run", _one(*items[0], flags), least, most, way)
            return
        if way == "possessive":
            at = self.write("atomic")
            self.repeat("greedy", least, op.MAXREPEAT if most is None else most, items, flags)
            self.write("done")
            self.code[at] = ("atomic", len(self.code))
            return
        for _ in range(least):
            self.items(items, flags)
        if most is None:
            self.loop(way, items, flags)
            return
        splits = []
        for _ in range(most - least):
            splits.append(self.write("split"))
            self.items(items, flags)
        for split in splits:
            self.code[split] = self.split(way, split + 1, len(self.code))

    def loop(self, way: str, items: Any, flags: int) -> None:
        split, slot = self.write("split"), self.slots
        self.slots += 1
        self.write("mark", slot)
        self.items(items, flags)
        self.write("moved", slot)
        self.write("jump", split)
        self.code[split] = self.split(way, split + 1, len(self.code))

    @staticmethod
    def split(way: str, more: int, on: int) -> tuple[Any, ...]:
        return ("split", more, on) if way == "greedy" else ("split", on, more)


def _flagged(at: Any, flags: int) -> Any:
    if flags & re.MULTILINE:
        return op.AT_MULTILINE.get(at, at)
    return at


def _word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


_AT: dict[Any, Callable[[str, int], bool]] = {
    op.AT_BEGINNING: lambda text, at: at == 0,
    op.AT_BEGINNING_STRING: lambda text, at: at == 0,
    op.AT_BEGINNING_LINE: lambda text, at: at == 0 or text[at - 1] == "\n",
    op.AT_END: lambda text, at: at == len(text) or (at == len(text) - 1 and text[at] == "\n"),
    op.AT_END_STRING: lambda text, at: at == len(text),
    op.AT_END_LINE: lambda text, at: at == len(text) or text[at] == "\n",
    op.AT_BOUNDARY: lambda text, at: _word(text, at) != _word(text, at - 1),
    op.AT_NON_BOUNDARY: lambda text, at: _word(text, at) == _word(text, at - 1),
}


def _one(kind: Any, value: Any, flags: int) -> Callable[[str], bool]:
    """Return whether a character is what one item of a pattern asks for: `re` itself is asked."""
    state = _parser.State()
    state.flags = flags & ~re.DEBUG
    item = _parser.SubPattern(state, [(kind, value)])
    matches = _compiler.compile(item, flags & (re.IGNORECASE | re.DOTALL | re.ASCII | re.UNICODE)).match
    return cache(lambda character: matches(character) is not None)


@cache
def _program(pattern: str, flags: int, bound: int) -> tuple[list[tuple[Any, ...]], int, int]:
    tree = _parser.parse(pattern, flags)
    program = Program(bound)
    program.items(tree, tree.state.flags)
    program.write("end")
    return program.code, program.slots, tree.state.groups


class Engine:
    """Tries one pattern on one text and counts the steps, up to `limit` of them; a match may have to be `whole`."""

    def __init__(
        self, pattern: re.Pattern[str], text: str, limit: int, *, whole: bool = False, bound: int = BOUND
    ) -> None:
        self.code, self.slots, self.groups = _program(pattern.pattern, pattern.flags & ~re.UNICODE, bound)
        self.text = text
        self.left = limit
        self.whole = whole
        self.empty_at = -1  # where nothing more may be found that is empty

    def match(self, at: int) -> tuple[int, ...] | None:
        """Return the end of the match at `at`, behind the places of its groups."""
        return self._run(0, at, (None,) * (2 * self.groups), (None,) * self.slots)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Give the matches that `finditer` gives."""
        at, was_empty = 0, False
        while at <= len(self.text):
            self.empty_at = at if was_empty else -1
            found = self.match(at)
            if found is None:
                at, was_empty = at + 1, False
            else:
                yield at, found[0]
                at, was_empty = found[0], found[0] == at

    def _run(  # noqa: C901 - one case for each instruction
        self, at_code: int, at: int, groups: tuple[Any, ...], marks: tuple[Any, ...]
    ) -> Any:
        code, text, size = self.code, self.text, len(self.text)
        waiting: list[Any] = [(at_code, at, groups, marks)]
        while waiting:
            here, at, groups, marks = waiting.pop()
            if type(here) is tuple:  # how a run may be longer or shorter
                here, step, until = here
                self.left -= 1
                if at != until:
                    waiting.append(((here, step, until), at + step, groups, marks))
            while True:
                self.left -= 1
                if self.left < 0:
                    raise TooManySteps
                name, *facts = code[here]
                here += 1
                if name == "one":
                    if at == size or not facts[0](text[at]):
                        break
                    at += 1
                elif name == "run":
                    one, least, most, way = facts
                    end = at
                    last = size if most is None else min(size, at + most)
                    while end < last and one(text[end]):
                        end += 1
                    self.left -= end - at
                    if end < at + least:
                        break
                    if way == "greedy" and end > at + least:
                        waiting.append(((here, -1, at + least), end - 1, groups, marks))
                    elif way == "lazy" and end > at + least:
                        waiting.append(((here, 1, end), at + least + 1, groups, marks))
                    at = at + least if way == "lazy" else end
                elif name == "split":
                    waiting.append((facts[1], at, groups, marks))
                    here = facts[0]
                elif name == "jump":
                    here = facts[0]
                elif name == "save":
                    groups = (*groups[: facts[0]], at, *groups[facts[0] + 1 :])
                elif name == "mark":
                    marks = (*marks[: facts[0]], at, *marks[facts[0] + 1 :])
                elif name == "moved":
                    if marks[facts[0]] == at:
                        here += 1  # nothing was taken: on, past the jump back
                elif name == "at":
                    if not facts[0](text, at):
                        break
                elif name == "atomic":
                    found = self._run(here, at, groups, marks)
                    if found is None:
                        break
                    at, groups, here = found[0], found[1:], facts[0]
                elif name == "look":
                    start = at - facts[1]
                    found = self._run(here, start, groups, marks) if start >= 0 else None
                    if (found is not None) is not facts[2]:
                        break
                    groups, here = found[1:] if found else groups, facts[0]
                elif name == "again":
                    start, end = groups[2 * facts[0]], groups[2 * facts[0] + 1]
                    if start is None or end is None:
                        break
                    same = text[start:end]
                    self.left -= len(same)
                    if text[at : at + len(same)] != same:
                        break
                    at += len(same)
                elif name == "end" and ((self.whole and at < size) or at == self.empty_at):
                    break
                else:
                    return (at, *groups)
        return None


Use = Literal["search", "match", "fullmatch"]
"""How a pattern is tried: everywhere in a text, at one place, or on the whole of a text."""


def steps(pattern: re.Pattern[str], text: str, use: Use, limit: int = 1 << 40) -> int:
    """Return how many steps it takes to try a pattern on a text. Raises TooManySteps."""
    engine = Engine(pattern, text, limit, whole=use == "fullmatch")
    if use == "search":
        for _ in engine.spans():
            pass
    else:
        engine.match(0)
    return limit - engine.left


@dataclass(frozen=True)
class Attack:
    """A text that grows: something, the same thing many times, something that does not fit."""

    before: str
    again: str
    after: str

    def text(self, count: int) -> str:
        return self.before + self.again * count + self.after


def attacks(pattern: re.Pattern[str]) -> list[Attack]:
    """Return texts made to be hard for `pattern`: what each of its repetitions repeats, behind what leads up to it.

    Nothing fits at their end, so that every way to divide the repeated among the repetitions is tried; and what leads
    up to a repetition is repeated with it, so that it begins again and again.
    """
    tree = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    found: dict[Attack, None] = {}
    for seed in range(_SEEDS):
        for before, body in _repetitions(tree, tree.state.flags, Random(seed), ""):
            for again in body:
                for after in ("", "\x01", "\n"):
                    found[Attack(before, again, after)] = None
                    found[Attack("", before + again, after)] = None
                    found[Attack("", again, after)] = None
                found[Attack("", before + again + " ", "")] = None
            if before:
                found[Attack("", before, "")] = None
    return list(found)


_SEEDS = 4
_REPEATED = 8
_CANDIDATES = "a 0\n-Z\t\r_.,:;/\\\"'`*#<>[]{}()|&!?=+~%@$^\u0301\u00e9\u4e00\u0e01\x00"


def _repetitions(items: Any, flags: int, random: Random, before: str) -> Iterator[tuple[str, list[str]]]:
    """Give every repetition of some length, as texts that it repeats, with a text that leads up to it."""
    for kind, value in items:
        if kind in _REPEATS:
            _, most, inner = value
            if most is op.MAXREPEAT or most >= _REPEATED:
                if len(inner) == 1 and inner[0][0] in _SINGLE:
                    yield before, list(_some(*inner[0], flags)[:3])
                else:
                    yield before, [text for _ in range(3) if (text := "".join(_sample(inner, flags, random, {})))]
            yield from _repetitions(inner, flags, random, before)
        elif kind is op.SUBPATTERN:
            yield from _repetitions(value[3], flags, random, before)
        elif kind is op.BRANCH:
            for way in value[1]:
                yield from _repetitions(way, flags, random, before)
        elif kind is op.ATOMIC_GROUP:
            yield from _repetitions(value, flags, random, before)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _repetitions(value[1], flags, random, before)
        before += "".join(_sample([(kind, value)], flags, random, {}))


def _some(kind: Any, value: Any, flags: int) -> tuple[str, ...]:
    """Return characters that an item stands for."""
    matches = _one(kind, value, flags)
    if kind is op.LITERAL:
        return (chr(value),)
    found = tuple(each for each in _CANDIDATES if matches(each))
    return found or (next(chr(at) for at in range(0x20000) if matches(chr(at))),)


def _sample(items: Any, flags: int, random: Random, groups: dict[int, str]) -> Iterator[str]:
    """Give the parts of a text that is made as the pattern says, but for what it asks to stand around."""
    for kind, value in items:
        if kind in _SINGLE:
            yield random.choice(_some(kind, value, flags)[:6])
        elif kind in _REPEATS:
            least, most, inner = value
            for _ in range(random.randint(least, least + 2 if most is op.MAXREPEAT else min(most, least + 2))):
                yield from _sample(inner, flags, random, groups)
        elif kind is op.GROUPREF:
            yield groups.get(value, "")
        elif kind is op.SUBPATTERN:
            text = "".join(_sample(value[3], flags, random, groups))
            groups[value[0] or -1] = text
            yield text
        elif kind is op.BRANCH:
            yield from _sample(random.choice(value[1]), flags, random, groups)
        elif kind is op.ATOMIC_GROUP:
            yield from _sample(value, flags, random, groups)
