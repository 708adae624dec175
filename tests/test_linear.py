"""What a site holds is read in a time that grows as its size does, however it is made.

The patterns are tried by an engine that counts its steps (`tests/backtracking.py`): what is compared is work, not time,
so that no other load on the machine can decide.
"""

import ast
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

import transtool
from tests.backtracking import Engine, TooManySteps, Use, attacks, steps

_FEW = 20
_GROWTH = 4
_LINEAR = 7.0
"""Steps for a text `_GROWTH` times as long / steps for the text: 4 if they are linear, 16 if they are quadratic."""

_MOST_ATTACKS = 150
_CHEAP = 12
"""Steps for a character which are few enough to be linear in any case."""

_METHODS: dict[str, Use] = {"match": "match", "fullmatch": "fullmatch"}
_ALL = {"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"}

# What functions make patterns of, and why they cannot make one that runs away.
MADE = {
    "transtool.layout.pattern": "path templates: see the module; paths have 4,096 characters",
    "transtool.site.scan": "paths with `[^/]+` in the places of languages",
    "transtool.discover.families": "one class, and a constant",
    "transtool.discover.cases": "escaped texts in a row",
    "transtool.assess.from_source": "escaped texts",
    "transtool.update.source_lines": "the escaped name of a tag",
    "transtool.text.globs": "globs of the configuration; paths have 4,096 characters",
    "transtool.discover.generators": "the names of configuration files, from a table of its own",
}


class Known(NamedTuple):
    """A pattern of the package: where it is, what it is, and how it is used."""

    name: str
    pattern: re.Pattern[str]
    use: Use


def modules() -> list[ModuleType]:
    found = pkgutil.walk_packages(transtool.__path__, "transtool.")
    return [importlib.import_module(each.name) for each in found if not each.name.endswith("__main__")]


def tree(module: ModuleType) -> ast.Module:
    assert module.__file__ is not None
    return ast.parse(Path(module.__file__).read_text("utf-8"))


def compiled(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """Give the patterns in a value, also those in containers."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict) and depth:
        yield from (each for inner in value.values() for each in compiled(inner, depth - 1))
    elif isinstance(value, tuple | list | frozenset | set) and depth:
        yield from (each for inner in value for each in compiled(inner, depth - 1))


def uses(module: ast.Module) -> tuple[dict[str, set[str]], set[str]]:
    """Return with which methods each name is searched, and the methods of what has no name of its own."""
    named: dict[str, set[str]] = defaultdict(set)
    unnamed: set[str] = set()
    for call in ast.walk(module):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _ALL:
            base = call.func.value
            base = base.value if isinstance(base, ast.Subscript) else base
            if isinstance(base, ast.Name) and base.id.lstrip("_").isupper():
                named[base.id].add(call.func.attr)
            elif call.func.attr != "split" and not (isinstance(base, ast.Name) and base.id == "re"):
                unnamed.add(call.func.attr)
    return named, unnamed


def use_of(methods: set[str]) -> Use:
    """Return the hardest way in which a pattern is used."""
    ways = {_METHODS.get(method, "search") for method in methods}
    return next((way for way in ("search", "match") if way in ways), "fullmatch" if ways else "search")


def written(module: ModuleType) -> Iterator[Known]:
    """Give the patterns that are written where they are used, as constants: `re.search("[a-z]", text)`."""
    for call in ast.walk(tree(module)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        if isinstance(call.func.value, ast.Name) and call.func.value.id == "re" and call.func.attr in _ALL:
            first = call.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Known(f"{module.__name__}:{call.lineno}", re.compile(first.value), use_of({call.func.attr}))


@cache
def known() -> tuple[Known, ...]:
    """Return every pattern of the package once, with the hardest way in which it is used."""
    found: list[Known] = []
    loaded = modules()
    everywhere: dict[str, set[str]] = defaultdict(set)
    for module in loaded:
        for name, methods in uses(tree(module))[0].items():
            if not name.startswith("_"):
                everywhere[name] |= methods
    for module in loaded:
        named, unnamed = uses(tree(module))
        for name, value in vars(module).items():
            methods = (named[name] or unnamed) if name.startswith("_") else everywhere[name]
            found += [Known(f"{module.__name__}.{name}", pattern, use_of(methods)) for pattern in compiled(value)]
        found += written(module)
    own = {(each.pattern.pattern, each.pattern.flags, each.use): each for each in found}
    return tuple(own.values())


def test_every_pattern_is_listed() -> None:
    assert len(known()) > 100
    assert {each.name.partition(".")[2].partition(".")[0] for each in known()} >= {"segments", "document", "align"}


def test_no_function_makes_a_pattern_of_what_it_is_given_but_for_a_few() -> None:
    makers = set()
    for module in modules():
        for function in ast.walk(tree(module)):
            if isinstance(function, ast.FunctionDef):
                for call in ast.walk(function):
                    if (
                        isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Attribute)
                        and isinstance(call.func.value, ast.Name)
                        and call.func.value.id == "re"
                        and call.func.attr in _ALL | {"compile"}
                        and not isinstance(call.args[0], ast.Constant)
                    ):
                        makers.add(module.__name__)
    assert makers == set(MADE)


@pytest.mark.parametrize("each", known(), ids=lambda each: each.name.removeprefix("transtool."))
def test_a_pattern_takes_steps_as_its_text_is_long(each: Known) -> None:
    every = attacks(each.pattern)
    for attack in every[:: 1 + len(every) // _MOST_ATTACKS]:
        long = attack.text(_FEW * _GROWTH)
        try:
            many = steps(each.pattern, long, each.use, limit=200 * len(long) + 2_000)
        except TooManySteps:
            pytest.fail(f"{each.name} runs away on {attack}")
        if many > _CHEAP * len(long):
            few = steps(each.pattern, attack.text(_FEW), each.use)
            assert many / few < _LINEAR, attack


@pytest.mark.parametrize(
    ("pattern", "use"),
    [
        (r"(a+)+b", "match"),
        (r"[ \t]*(?P<key>[^=\n#\[]+?)[ \t]*=[ \t]*(?P<raw>.*?)[ \t\r]*", "fullmatch"),
        (r"\[[^\[\]]*\]\(\s*https?://[^\s)]*[^)]*\)", "search"),
        (r"<!--\s*(\{.*?\})\s*-->", "search"),
        (r"\A(\d*)(.*?)(\d*)\Z", "search"),
        (r"\s+$", "search"),
        (r"\S*/\S*", "fullmatch"),
        (r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "search"),
    ],
)
def test_a_pattern_that_can_run_away_is_recognised(pattern: str, use: Use) -> None:
    """Most of them stood in this package once."""
    expression = re.compile(pattern, re.DOTALL)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        test_a_pattern_takes_steps_as_its_text_is_long(Known("", expression, use))


@pytest.mark.parametrize("each", known(), ids=lambda each: each.name.removeprefix("transtool."))
def test_the_engine_that_counts_finds_what_re_finds(each: Known) -> None:
    every = attacks(each.pattern)
    for attack in every[:: 1 + len(every) // 40]:
        text = attack.text(3)
        found = list(Engine(each.pattern, text, 1 << 30, bound=1 << 20).spans())
        assert found == [match.span() for match in each.pattern.finditer(text)], text
