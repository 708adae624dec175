"""Find values and passages that nobody meant to publish: placeholders, remains of a translation prompt."""

import re
from collections.abc import Iterator
from functools import lru_cache

from transtool.document import Document, Mapping, Scalar, Sequence, Value, same_value, show
from transtool.link import Entry, finding_about
from transtool.model import Finding
from transtool.settings import Config

_INCLUDE = re.compile(r"\{%-?\s*include(?:_cached|_relative)?\s++\S++\s++([^%]*+)%\}")
_ATTRIBUTE = re.compile(r"""(?<![\w-])[\w-]++\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
# A match begins with the line end before it, so that only starts of lines are tried.
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
        for leaf in _leaves(each.value):
            if is_placeholder(leaf, config):
                yield finding_about(
                    "placeholder", entry, config, line=leaf.span.line, field=each.name, value=show(leaf) or '""'
                )
    there = "" if known is None else known.body
    for problem, passages in (("body", _includes(document, config)), ("prompt", _prompts(document))):
        for line, text in passages:
            if text not in there:
                yield finding_about("placeholder", entry, config, problem=problem, line=line, value=text)


def is_placeholder(value: Value | None, config: Config) -> bool:
    """Tell whether a scalar as a whole is one of the configured placeholders."""
    return isinstance(value, Scalar) and _looks_unfinished(value.text, config.placeholders)


@lru_cache(maxsize=4096)
def _looks_unfinished(text: str, patterns: tuple[str, ...]) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _includes(document: Document, config: Config) -> Iterator[tuple[int, str]]:
    """Yield line and text of includes with a placeholder as an argument."""
    for line, include in _found(_INCLUDE, document.body, document.body_line):
        values = (double or single for double, single in _ATTRIBUTE.findall(include.group(1)))
        if any(value and _looks_unfinished(value, config.placeholders) for value in values):
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


def _leaves(value: Value) -> Iterator[Scalar]:
    match value:
        case Scalar():
            yield value
        case Sequence(items=items):
            for item in items:
                yield from _leaves(item)
        case Mapping(items=pairs):
            for _, item in pairs:
                yield from _leaves(item)
