"""The blocks of MDX: ESM, and lines that are nothing but JSX tags and expressions.

As the extensions of micromark have it (`micromark-extension-mdxjs-esm`, `-mdx-jsx` and `-mdx-expression`, which
`@mdx-js/mdx` stands on): tags open and close by themselves, and what stands between them is Markdown; an expression
ends with the brace that balances it; ESM ends with a blank line at which its brackets are balanced. JavaScript is not
parsed: strings, templates and comments are passed over, brackets are counted. `benchmarks/mdx` holds these rules
against the originals. How far a text is walked over is limited (`Walk`).
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

NONE = -1
"""There is no such construct here."""
OPEN = -2
"""The text ends before the construct does."""
BROKEN = "mdx_open"
"""Where a parser's environment holds the first line (0-based) of a construct that is never closed."""
_WALK = "mdx_walk"

# A string ends with its line; a quotation mark that does not close there is an apostrophe in the text of an element.
_PASSED = (
    r"\"(?:[^\"\\\n]++|\\.){0,100}+\"|'(?:[^'\\\n]++|\\.){0,100}+'"
    r"|(?<![:\w/])//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"
)
_IN_EXPRESSION = re.compile(rf"[{{}}`]|{_PASSED}", re.DOTALL)
# A heading ends ESM too: to the original, that is a mistake.
_IN_MODULE = re.compile(rf"[()\[\]{{}}`]|\n[ \t]*+(?=\r?\n|\Z)|\n(?=\#{{1,6}}(?:[ \t\r\n]|\Z))|{_PASSED}", re.DOTALL)
_IN_TEMPLATE = re.compile(r"`|\$\{|\\.", re.DOTALL)
_CLOSERS = {"(": ")", "[": "]", "{": "}", "${": "}", "`": "`"}

_ESM = re.compile(
    r"import[ ]\s*+(?:[\"'{*]|(?:type\s++)?[\w$]++\s*+(?:,|from\b))"
    r"|export[ ]\s*+(?:[{*]|(?:default|const|let|var|type|interface|async|function|class)\b)"
)
_NAME = r"[A-Za-z_$][\w$-]*+(?::[A-Za-z_$][\w$-]*+|(?:\.[A-Za-z_$][\w$-]*+)*+)"
_TAG_NAME = re.compile(rf"<\s*+(?:/\s*+)?(?:{_NAME})?+(?=[\s/>{{]|\Z)", re.ASCII)
_PART = re.compile(
    r"\s*+(?:(?P<end>/?\s*+>)|(?P<brace>\{)"
    r"|[A-Za-z_$:@][\w$:.@-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?P<value>[{\"'])))?+)",
    re.ASCII,
)
_UNDERLINE = re.compile(r"(=++|-++)[ \t]*+")
_SPACES = re.compile(r"[ \t]*+")
_COMMENT_END = re.compile("-->")
_CONSTRUCT = re.compile(r"^(?:[ \t>*+\-0-9.)]*+(?P<flow>[<{])|(?P<module>(?:import|export)[ ]))", re.MULTILINE)


_MOST = 10
"""How many times its length a text may be walked over: pages that people write need 3."""
_SHORT = 1_000
"""Characters that may be walked over in any text."""
_FAR = 200
"""Characters of white space in a tag after which nothing is expected to come."""


class Walk:
    """A part of a text that is walked over, and how far it may still be.

    Tags and braces can be so entangled that each is walked over from every line. Beyond the limit everything counts as
    open, so that a text takes a time that is linear in its length.
    """

    __slots__ = ("end", "left", "text")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        """Take the part of `text` from `start` to `end`: what reaches beyond it is open."""
        self.text, self.end = text, len(text) if end is None else end
        self.left = _MOST * (self.end - start) + _SHORT

    def took(self, found: re.Match[str] | None, start: int) -> re.Match[str] | None:
        """Return what was found from `start` on; nothing where the walk has been too long already."""
        self.left -= 0 if found is None else found.end() - start
        return found if self.left > 0 else None


def tag_end(walk: Walk, start: int) -> int:
    """Return where the JSX tag that starts at `start` ends, NONE or OPEN (also where something else follows in it)."""
    name = _TAG_NAME.match(walk.text, start, walk.end)
    if name is None:
        return NONE
    position = name.end()
    while (part := walk.took(_PART.match(walk.text, position, walk.end), position)) is not None:
        position = part.end()
        if part["end"]:
            return position
        if part["brace"] or part["value"] == "{":
            position = expression_end(walk, position - 1)
            if position == OPEN:
                return OPEN
        elif part["value"]:
            return OPEN
    more = walk.text[name.end() : min(name.end() + _FAR, walk.end)].strip()
    return NONE if more and position == name.end() else OPEN


def expression_end(walk: Walk, start: int) -> int:
    """Return where the expression ends whose opening brace stands at `start`, or OPEN."""
    return _balanced(walk, start + 1, _IN_EXPRESSION, ["}"])


def module_end(walk: Walk, start: int) -> int:
    """Return the end of the line with which the ESM ends that starts at `start`, NONE or OPEN."""
    return NONE if _ESM.match(walk.text, start) is None else _balanced(walk, start, _IN_MODULE, [])


def flow_end(walk: Walk, start: int) -> int:
    """Return the end of the line up to which only tags and expressions stand from `start`, NONE or OPEN."""
    text, position = walk.text, start
    while True:
        position = _one_end(walk, position)
        if position < 0:
            return position
        spaces = _SPACES.match(text, position)
        position = position if spaces is None else spaces.end()
        if text[position : position + 1] not in ("<", "{"):
            return position if text[position : position + 1] in ("", "\n", "\r") else NONE


def _one_end(walk: Walk, start: int) -> int:
    if walk.text.startswith("<!--", start):  # Not MDX any more, but Docusaurus still takes it for a comment.
        found = walk.took(_COMMENT_END.search(walk.text, start, walk.end), start)
        return OPEN if found is None else found.end()
    return tag_end(walk, start) if walk.text[start] == "<" else expression_end(walk, start)


def _balanced(walk: Walk, position: int, scanner: re.Pattern[str], awaited: list[str]) -> int:
    """Return where all that is `awaited` is closed: after the last closing bracket, or (in ESM) at a blank line."""
    module = scanner is _IN_MODULE
    while True:
        searched = _IN_TEMPLATE if awaited and awaited[-1] == "`" else scanner
        match = walk.took(searched.search(walk.text, position, walk.end), position)
        if match is None:
            return walk.end if module and not awaited and walk.left > 0 else OPEN
        mark, position = match[0], match.end()
        if awaited and mark == awaited[-1]:
            awaited.pop()
            if not awaited and not module:
                return position
        elif mark in _CLOSERS:
            awaited.append(_CLOSERS[mark])
        elif mark[0] == "\n" and not awaited:
            return match.start()


def crosses(text: str, start: int, end: int) -> bool:
    """Say whether a construct that a line from `start` opens may reach beyond `end`.

    Where one seems to have another in it, either may not be one: nothing is certain then.
    """
    walk, position = Walk(text, start, end), start
    while (match := _CONSTRUCT.search(text, position, end)) is not None:
        found = flow_end(walk, match.start("flow")) if match["flow"] else module_end(walk, match.start())
        if found == OPEN or found > end or (found > match.end() and _CONSTRUCT.search(text, match.end(), found)):
            return True
        position = max(match.end(), found)
    return False


def _walk(state: "StateBlock") -> Walk:
    """Return the walk over the text that is parsed, the same for all of its lines."""
    walk: Walk = state.env.setdefault(_WALK, Walk(state.src))
    return walk


def module_rule(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
    """Read ESM: only at the very start of a line, outside of every block; it does not interrupt a paragraph."""
    if silent or BROKEN in state.env or state.level or state.blkIndent or state.sCount[first] or state.tShift[first]:
        return False
    return _take(state, "mdx_module", first, after, module_end(_walk(state), state.bMarks[first]))


def flow_rule(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
    """Read lines that are nothing but tags and expressions; they interrupt everything."""
    start = state.bMarks[first] + state.tShift[first]
    if BROKEN in state.env or state.src[start : start + 1] not in ("<", "{"):
        return False
    end = flow_end(_walk(state), start)
    if silent and end != OPEN:
        return end > 0
    return _take(state, "mdx_flow", first, after, end)


def text_rule(state: "StateBlock", first: int, after: int, silent: bool) -> bool:
    """Read a paragraph or a heading that is underlined: as CommonMark has them, yet deep indents change nothing."""
    interrupting = state.md.block.ruler.getRules("paragraph")
    parent, state.parentType = state.parentType, "paragraph"
    indent, state.listIndent = state.listIndent, -1  # an item goes on only where it is not indented like the next one
    last, underline = first + 1, ""
    while last < state.lineMax and not state.isEmpty(last):
        underline = _underline(state, last)
        if underline:
            break
        if state.sCount[last] >= 0 and any(rule(state, last, state.lineMax, True) for rule in interrupting):
            break
        last += 1
    state.parentType, state.listIndent = parent, indent
    kind, tag = ("heading", "h1" if underline == "=" else "h2") if underline else ("paragraph", "p")
    lines = [first, last]
    state.push(f"{kind}_open", tag, 1).markup = underline
    text = state.push("inline", "", 0)
    text.content, text.map = state.getLines(first, last, state.blkIndent, False).strip(), lines
    state.push(f"{kind}_close", tag, -1)
    state.line = last + bool(underline)
    return True


def _underline(state: "StateBlock", line: int) -> str:
    """Return the mark that underlines the text before `line`, nothing where it does not."""
    if state.sCount[line] < state.blkIndent:
        return ""
    match = _UNDERLINE.fullmatch(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return "" if match is None else match[1][0]


def _take(state: "StateBlock", kind: str, first: int, after: int, end: int) -> bool:
    """Push a token of `kind` for the lines up to offset `end`."""
    if end < 0:
        if end == OPEN:
            state.env.setdefault(BROKEN, first)
        return False
    last = first
    while last + 1 < after and state.bMarks[last + 1] <= end - 1:
        last += 1
    token = state.push(kind, "", 0)
    token.map = [first, last + 1]
    state.line = last + 1
    return True
