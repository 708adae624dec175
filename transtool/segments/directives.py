"""Lines that are markup by themselves in one dialect or another, and boxes and definitions with an indented body.

A container (`:::note` … `:::`, `/// tip` … `///`) is read flat: the lines that open and close it are markup, and what
stands between them is Markdown like any other. So a page is read alike whether its containers are closed or not.
Admonitions of Python-Markdown and definitions have a body by its indentation. Their rules are our own, because those of
mdit-py-plugins end a box at two blank lines, know no tabs, and take a heading below a list of definitions for a term.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from transtool.segments.dialects import Feature
from transtool.segments.views import LIQUID

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    Rule = Callable[[StateBlock, int, int, bool], bool]

MARKERS = frozenset({Feature.DIRECTIVES, Feature.BLOCKS, Feature.ATTRIBUTES, Feature.LIQUID, Feature.SNIPPETS})
"""The features that have lines of markup."""

_DIRECTIVE = re.compile(r"(?P<colons>:{2,}+)(?P<space>[ \t]*+)(?P<name>[^\W\d_][\w-]*+)?")
_BLOCK = re.compile(r"/{3,}+[ \t]*+(?:[A-Za-z][\w-]*+[ \t]*+(?:\|[ \t]*+(?P<title>\S.*))?)?\Z")
_BOX = re.compile(
    r"(?:(?:!!!|\?\?\?\+?)[ \t]*+[\w-]++(?:[ \t]++[\w-]++)*+|===[!+]?(?=[ \t]*+\"))"
    r"[ \t]*+(?:\"(?P<title>.*)\")?\Z"
)
_SNIPPET = re.compile(r";?-+8<-+(?P<file>[ \t].*)?\Z|\{(?P<mark>[*!]).*(?P=mark)\}\Z")
_CONTENTS = re.compile(r"\[\[?(?:toc|TOC)\]\]?\Z")
_LIQUID_DEFINITION = re.compile(
    rf"\[(?!\^)[^\[\]]++\]:[ \t]*+(?:[^\s{{}}]++|{LIQUID})++(?:[ \t]++(?:\"[^\"]*+\"|'[^']*+'))?\Z"
)
_AUTODOC = re.compile(r":::[ \t]+[A-Za-z_][\w.:]*+\Z")
_OPTION = re.compile(r"[\w-]++:(?:[ \t]|\Z)")
_BODY = 4  # columns by which the body of a box, and what belongs to a directive of mkdocstrings, is indented
_HANGING = 2  # columns by which what continues a definition is indented at least
_FORMULA_END = re.compile(r"(\$\$)[ \t]*+$|^[ \t>]*+$", re.MULTILINE)
_FORMULAS = "formulas"
_LONGEST_SNIPPET = 50  # lines between two marks that name one file each


class Title(NamedTuple):
    """Where the title stands in a line: offsets into it, and whether it is in `quotes`, `brackets` or neither."""

    start: int
    end: int
    within: str


def title(line: str) -> Title | None:
    """Return the title that a line of markup bears, if it bears one."""
    line = line.rstrip()
    if line.startswith(":"):
        found = _directive(line)
        return found if found is not None and found.end else None
    match = (_BLOCK if line.startswith("/") else _BOX).match(line)
    if match is None or not match["title"] or not match["title"].strip():
        return None
    return Title(*match.span("title"), "" if line.startswith("/") else "quotes")


def _directive(line: str) -> Title | None:
    """Return the title of a directive (an empty one where it has none), None if `line` is no directive."""
    match = _DIRECTIVE.match(line)
    if match is None:
        return None
    leaf, start, end = len(match["colons"]) == 2, match.end(), len(line)
    if leaf and (not match["name"] or match["space"]):
        return None
    if line.startswith("[", start):
        closing = line.rfind("]", start)
        rest = line[closing + 1 :].strip()
        fits = closing > 0 and match["name"] and (not rest or (rest[0] == "{" and rest[-1] == "}"))
        return Title(start + 1, closing, "brackets") if fits else None
    end = len(line[: end if leaf else len(line.rstrip(":"))].rstrip())
    if line.endswith("}", start, end) and (brace := line.find("{", start, end)) >= 0:
        end = len(line[:brace].rstrip())
    if end <= start:
        return Title(0, 0, "")
    if leaf or not match["name"] or line[start] not in " \t":
        return None
    return Title(end - len(line[start:end].lstrip()), end, "")


# The rules. Each tells whether the lines from `first` on are what it reads, and pushes a token for them.


def _line(state: "StateBlock", number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def _push(state: "StateBlock", info: str, first: int, after: int) -> bool:
    token = state.push("marker", "", 0)
    token.map, token.info, state.line = [first, after], info, after
    return True


def marker_rule(used: frozenset[Feature]) -> "Rule":
    """Return the rule that reads all lines of markup of these features, told by their first character."""
    readers: dict[str, tuple[Callable[[StateBlock, int, int], int], str]] = {}
    if Feature.DIRECTIVES in used:
        readers[":"] = (_directive_end, "directive")
    if Feature.BLOCKS in used:
        readers["/"] = (_block_end, "directive")
    if Feature.ATTRIBUTES in used or Feature.LIQUID in used:
        readers["["] = (_bracket_end, "definition")
    if Feature.SNIPPETS in used:
        readers |= dict.fromkeys("-;{", (_snippet_end, "snippet"))

    def rule(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
        start = state.bMarks[first] + state.tShift[first]
        reader = readers.get(state.src[start : start + 1])
        if reader is None or state.is_code_block(first):
            return False
        end = reader[0](state, first, after)
        if end <= first or silent:
            return end > first and reader[1] != "definition"
        info = reader[1]
        if info == "directive" and end > first + 1:
            info = "snippet"
        elif info == "definition" and _CONTENTS.match(_line(state, first)):
            info = "directive"
        return _push(state, info, first, end)

    return rule


def _directive_end(state: "StateBlock", first: int, after: int) -> int:
    line = _line(state, first)
    if not line.startswith("::"):
        return first
    if _AUTODOC.match(line):
        last = first + 1
        while last < after and not state.isEmpty(last) and state.sCount[last] >= state.sCount[first] + _BODY:
            last += 1
        if (last > first + 1 and _OPTION.match(_line(state, first + 1))) or "." in line:
            return last
    return first if _directive(line) is None else first + 1


def _block_end(state: "StateBlock", first: int, after: int) -> int:
    return first + (_BLOCK.match(_line(state, first)) is not None)


def _bracket_end(state: "StateBlock", first: int, after: int) -> int:
    line = _line(state, first)
    return first + (_CONTENTS.match(line) is not None or ("{" in line and _LIQUID_DEFINITION.match(line) is not None))


def _snippet_end(state: "StateBlock", first: int, after: int) -> int:
    match = _SNIPPET.match(_line(state, first))
    if match is None:
        return first
    if not match["mark"] and not match["file"]:
        for last in range(first + 1, min(after, first + _LONGEST_SNIPPET)):
            line = _line(state, last)
            if not line or line.startswith("#"):
                break
            if _SNIPPET.match(line):
                return last + 1
    return first + 1


def box_rule(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
    """Read an admonition or a tab of Python-Markdown that has a body."""
    start = state.bMarks[first] + state.tShift[first]
    if state.src[start : start + 3] not in ("!!!", "???", "===") or state.is_code_block(first):
        return False
    indent, last = state.sCount[first] + _BODY, first + 1
    body = last + (last < after and state.isEmpty(last))
    if body >= after or state.isEmpty(body) or state.sCount[body] < indent or not _BOX.match(_line(state, first)):
        return False
    if silent:
        return True
    last = body + 1
    while last < after and (state.isEmpty(last) or state.sCount[last] >= indent):
        last += 1
    while state.isEmpty(last - 1):
        last -= 1
    _push(state, "directive", first, first + 1)
    _inside(state, "box", indent, first + 1, last, last)
    return True


def definition_rule(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
    """Read a definition: it starts with a colon, below a paragraph or another definition."""
    start, end = state.bMarks[first] + state.tShift[first], state.eMarks[first]
    if state.src[start : start + 1] != ":" or state.src[start + 1 : start + 2] not in (" ", "\t"):
        return False
    content = state.skipSpaces(start + 1)
    if content >= end or state.is_code_block(first):
        return False
    if silent:
        return True
    last = state.tokens[-1] if state.tokens else None
    if last is None or last.type not in ("paragraph_close", "dd_close") or state.level != last.level:
        return False
    if first > 1 and state.isEmpty(first - 1) and state.isEmpty(first - 2):
        return False
    shift, column, indent = state.tShift[first], state.sCount[first], state.sCount[first] + _HANGING
    state.tShift[first] = content - state.bMarks[first]
    state.sCount[first] = column + content - start
    _inside(state, "dd", indent, first, after, state.lineMax)
    state.tShift[first], state.sCount[first] = shift, column
    return True


def _inside(state: "StateBlock", kind: str, indent: int, first: int, after: int, lines: int) -> None:
    """Read lines `first` to `after` (exclusive) as the blocks inside of one whose body is indented by `indent`."""
    old = state.blkIndent, state.lineMax, state.parentType
    token = state.push(f"{kind}_open", "", 1)
    state.blkIndent, state.lineMax, state.parentType = indent, lines, kind
    state.md.block.tokenize(state, first, after)
    state.blkIndent, state.lineMax, state.parentType = old
    state.push(f"{kind}_close", "", -1)
    token.meta = {"lines": [first, state.line]}


def math_rule(rule: "Rule") -> "Rule":
    """Return the rule for formulas with a guard: it is asked only where a line ends one before the next blank line.

    The rule itself looks through all lines that follow, from every line that could open a formula.
    """

    def guarded(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
        start = state.bMarks[first] + state.tShift[first]
        if not state.src.startswith("$$", start):
            return False
        if _FORMULAS not in state.env:
            state.env[_FORMULAS] = [(match.start(), bool(match[1])) for match in _FORMULA_END.finditer(state.src)]
        ends: list[tuple[int, bool]] = state.env[_FORMULAS]
        at = bisect_left(ends, (start + 2, False))
        return at < len(ends) and ends[at][1] and rule(state, first, after, silent)

    return guarded
