"""Read a section of a body: its blocks with exact offsets, and whether its end is open.

Plain text is read directly (`fast_path`), the rest with markdown-it-py and the rules of its dialect.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from transtool.segments import directives, fast_path, liquid, mdx
from transtool.segments.dialects import Feature, Syntax
from transtool.segments.lines import MASK, Lines, Span
from transtool.segments.markdown_tokens import Reader, moved

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.token import Token

_FENCE_END = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*")
_CACHED = 1 << 12

_LONGEST_REMEMBERED = 1 << 16
"""Characters of a section that is remembered: longer ones would take more memory than they save time."""


class Section(NamedTuple):
    """The blocks of a section and the number of line ends in it.

    `awaits` holds the marks that would close a block which is still open at the end (an empty string if nothing in
    particular would); it is empty where the next section starts outside of every block. `broken` is the 0-based line of
    the first MDX construct that the section leaves open.
    """

    spans: tuple[Span, ...]
    newlines: int
    awaits: tuple[str, ...]
    broken: int | None = None


def read(text: str, syntax: Syntax) -> Section:
    """Return the blocks of `text`, which must start outside of every block."""
    return (_remembered if len(text) <= _LONGEST_REMEMBERED else _read)(text, syntax)


def _read(text: str, syntax: Syntax) -> Section:
    spans: list[Span] = []
    awaits: tuple[str, ...] = ()
    broken: int | None = None
    for part in fast_path.read(text, syntax):
        if isinstance(part, Span):
            spans.append(part)
            continue
        if part.end - part.start == len(text):
            return parsed(text, syntax)
        section = _parsed(text[part.start : part.end], syntax)
        spans.extend(moved(span, part.start, part.line) for span in section.spans)
        awaits = section.awaits if part.end == len(text) else ()
        if section.broken is not None:
            broken = section.broken + part.line
    return Section(tuple(spans), text.count("\n"), awaits, broken)


_remembered = lru_cache(maxsize=_CACHED)(_read)


def parsed(text: str, syntax: Syntax) -> Section:
    """Return the same as `read`, using only markdown-it-py."""
    regions = liquid.find(text) if syntax.has(Feature.LIQUID) else liquid.NO_REGIONS
    lines = Lines(text)
    env: dict[str, Any] = {}
    found = _parser(syntax.used(text)).parse(lines.masked(regions.found), env)
    reader = Reader(lines, syntax, lambda inner: read(inner, syntax).spans)
    spans = reader.read(found, lines.numbers(regions.found))
    broken: int | None = env.get(mdx.BROKEN)
    awaits = _open_end(found, lines) + regions.awaits
    if broken is not None:
        awaits += ("",)
    if syntax.has(Feature.MATH) and "$$" in text and _is_formula_open(found, lines):
        awaits += ("$$",)
    return Section(tuple(_in_order(spans)), len(lines.starts) - 1, awaits, broken)


_parsed = lru_cache(maxsize=_CACHED)(parsed)
"""Of two versions of a section, most parts that are not plain are the same."""


def tokens(text: str, syntax: Syntax) -> "Sequence[Token]":
    """Return what markdown-it makes of a text in which Liquid means nothing."""
    return _parser(syntax.used(text)).parse(text)


@cache
def _parser(used: frozenset[Feature]) -> "MarkdownIt":
    """Return the parser: CommonMark, tables and these features; block rules only, definitions kept as tokens."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"inline_definitions": True}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    rules = parser.block.ruler
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    if used & directives.MARKERS:
        rules.before("table", "marker", directives.marker_rule(used), interrupting)
    if Feature.BOXES in used:
        rules.before("table", "box", directives.box_rule, interrupting)
    if Feature.DEFINITIONS in used:
        rules.before("paragraph", "definition_list", directives.definition_rule, {"alt": ["paragraph"]})
    if Feature.FOOTNOTES in used:
        from mdit_py_plugins.footnote.index import footnote_def

        rules.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    if Feature.MATH in used:
        from mdit_py_plugins.dollarmath.index import math_block_dollar

        rules.before("fence", "math_block", directives.math_rule(math_block_dollar()), interrupting)
    if Feature.MDX in used:
        rules.disable(["code", "html_block", "lheading"])
        rules.at("paragraph", mdx.text_rule)
        rules.before("table", "mdx_module", mdx.module_rule)
        rules.before("table", "mdx_flow", mdx.flow_rule, interrupting)
    return parser


def _open_end(tokens: "Sequence[Token]", lines: Lines) -> tuple[str, ...]:
    """Return what would close the last block, if following text could belong to it."""
    last = tokens[-1] if tokens else None
    if last is None or last.level or last.map is None:
        return ()
    count = len(lines.starts) - (lines.starts[-1] == len(lines.text))
    if last.map[1] < count:
        return ()
    if last.type == "fence":
        closer = _FENCE_END.fullmatch(lines.line(last.map[1] - 1))
        closed = closer is not None and closer[1].startswith(last.markup) and last.map[1] - last.map[0] > 1
        return () if closed else (last.markup,)
    if last.type == "html_block":
        content = last.content.strip()
        if content == MASK:
            return ()
        if content.startswith("<!--"):
            return () if content.endswith("-->") else ("-->",)
        return ("",)
    return ()


def _is_formula_open(tokens: "Sequence[Token]", lines: Lines) -> bool:
    """Say whether text that follows may close a formula: no blank line comes after the paragraph that opens it."""
    count = len(lines.starts) - (lines.starts[-1] == len(lines.text))
    first = next((number + 1 for number in reversed(range(count)) if not lines.line(number).strip()), 0)
    last = [token for token in tokens if token.type == "inline" and token.map is not None and token.map[0] >= first]
    return any(line.lstrip().startswith("$$") for token in last for line in token.content.split("\n"))


def _in_order(spans: list[Span]) -> Iterator[Span]:
    """Yield the spans in the order of the text, without any that would overlap the one before it."""
    done = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start >= done and span.end > span.start:
            yield span
            done = span.end
