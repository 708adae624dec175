"""Find values and passages that nobody meant to publish: placeholders, remains of a translation prompt."""

import re
from collections.abc import Iterator
from collections.abc import Sequence as Several
from functools import lru_cache

from transtool.document import Document, Mapping, Scalar, Sequence, Value, same_value, show
from transtool.link import Entry, finding_about
from transtool.model import Finding
from transtool.settings import DEFAULT_PLACEHOLDERS, Config
from transtool.text.expressions import Expression, compiled

_DEFAULTS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in DEFAULT_PLACEHOLDERS)
_INCLUDE = re.compile(r"\{%-?\s*include(?:_cached|_relative)?\s++\S++\s++([^%]*+)%\}")
_ATTRIBUTE = re.compile(r"""(?<![\w-])([\w-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_LABELS = frozenset({"title", "summary", "description"})
# It begins with the line end before it, so that only places where a line begins are looked at.
_PROMPTS = re.compile(
    r"""\n[ \t]*(?:[A-Z]{2}:[ ]*)?(?:
        (?:please[ ])?translate[ ](?:the[ ]following|this|that|it)\b
      | please[ ](?:provide|enter|paste|share)[ ](?:me[ ])?(?:the|a|some)[ ](?:text|sentence|content|paragraph)\b
      | (?:sure|certainly|of[ ]course)[,!.][^\n]{0,40}\btranslat
      | (?:tradu(?:ce|zca|zir|za|ci|cir|re)|tradurre|traduire|traduis(?:ez)?)
        [ ](?:el|la|o|il|le|lo)[ ](?:siguiente|seguinte|seguente|suivant|frase|phrase)\b
      | traduci[ ]in[ ]\w+:
      | (?:tradu\u00e7\u00e3o|traduzione|traducci\u00f3n|traduction|\u00fcbersetzung|translation)[ ]?:
      | (?:\u00fcbersetzen[ ]sie|\u00fcbersetze)[ ](?:den|die|das|folgende[nrs]?)\b
    )[^\n]*""",
    re.IGNORECASE | re.VERBOSE,
)


def placeholders(
    document: Document, entry: Entry, config: Config, *, known: Document | None = None
) -> Iterator[Finding]:
    """Report placeholder values of fields, and passages of the body that nobody meant to publish.

    What `known` (the source) has as well is reported there only.
    """
    for each in document.fields:
        if known is not None and same_value(known.value(each.name), each.value):
            continue
        for name, leaf in leaves(each.value, each.name):
            if is_placeholder(leaf, config, name):
                yield finding_about(
                    "placeholder", entry, config, line=leaf.span.line, field=name, value=show(leaf) or '""'
                )
    there = "" if known is None else known.body
    for problem, passages in (("body", _includes(document, config)), ("prompt", _prompts(document))):
        for line, text in passages:
            if text not in there:
                yield finding_about("placeholder", entry, config, problem=problem, line=line, value=text)


def is_placeholder(value: Value | None, config: Config, name: str) -> bool:
    """Tell whether a scalar as a whole is one of the configured placeholders; `name` is the (dotted) name it has."""
    return isinstance(value, Scalar) and _is_unfinished(value.text, config, name)


def _is_unfinished(text: str, config: Config, name: str) -> bool:
    """Tell whether a value is a placeholder.

    A label is one only in its own place: `summary: Summary` is, a box headed `title: Summary` is not.
    """
    label = text.strip(" .").casefold()
    if label in _LABELS and label != name.rpartition(".")[2].casefold():
        return False
    return _looks_unfinished(text, config.placeholders)


@lru_cache(maxsize=4096)
def _looks_unfinished(text: str, patterns: tuple[str, ...]) -> bool:
    return any(expression.search(text) for expression in _expressions(patterns))


@lru_cache(maxsize=4)
def _expressions(patterns: tuple[str, ...]) -> Several[Expression | re.Pattern[str]]:
    if patterns == DEFAULT_PLACEHOLDERS:
        return _DEFAULTS
    return tuple(compiled(pattern, ignore_case=True) for pattern in patterns)


def _includes(document: Document, config: Config) -> Iterator[tuple[int, str]]:
    """Yield line and text of includes with a placeholder as an argument."""
    for line, include in _found(_INCLUDE, document.body, document.body_line):
        values = ((name, double or single) for name, double, single in _ATTRIBUTE.findall(include.group(1)))
        if any(value and _is_unfinished(value, config, name) for name, value in values):
            yield line, include.group()


def _prompts(document: Document) -> Iterator[tuple[int, str]]:
    """Yield line and text of prompts to a machine translator, and of its answers."""
    for line, prompt in _found(_PROMPTS, "\n" + document.body, document.body_line):
        yield line, prompt.group().strip()


def _found(expression: re.Pattern[str], text: str, line: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield every match in `text`, which begins on `line`, with its line."""
    position = 0
    for match in expression.finditer(text):
        line += text.count("\n", position, match.start())
        position = match.start()
        yield line, match


def leaves(value: Value, name: str) -> Iterator[tuple[str, Scalar]]:
    """Give every scalar inside a value with its dotted name (`guests.0`, `head.0.content`)."""
    match value:
        case Scalar():
            yield name, value
        case Sequence(items=items):
            for index, item in enumerate(items):
                yield from leaves(item, f"{name}.{index}")
        case Mapping(items=pairs):
            for key, item in pairs:
                yield from leaves(item, f"{name}.{key}")
