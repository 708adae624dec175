"""Text of a site in Markdown: the one place where it is kept from meaning anything to those who render it.

What is written here reads the same in CommonMark, on GitHub and GitLab (tables, mentions, references, links made of
bare addresses, mathematics, emoji by name) and in kramdown behind Liquid.
"""

import re
from html import escape as in_html

from transtool.i18n.safe_text import visible

_SPECIAL = re.compile(r"[\\`*_\[\]|~$^{}&<>]|==")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "{": "&#123;", "}": "&#125;", "^": "&#94;", "==": "&#61;&#61;"}
"""What some dialect has a meaning for that a backslash would not take away."""
_FIRST = re.compile(r"(?P<before>[0-9]*)(?P<mark>[-+#:=.)])")
"""What begins a list, a heading or a definition where it is the first of a line."""
_BREAK = "<!-- -->"
"""Nothing at all: no mention, reference, address or emoji goes on behind it."""
_MEANT = re.compile(
    r"@(?=\w)|[#!&](?=\d)|\bGH-(?=\d)"
    r"|\b(?:https?|ftp|mailto|xmpp)(?=:)|\bwww(?=\.)"
    r"|:(?=[\w+-]+:)"
    r"|\b(?=[0-9a-f]{0,39}[0-9])(?=[0-9a-f]{0,39}[a-f])[0-9a-f]{6}(?=[0-9a-f]{1,34}\b)",
    re.IGNORECASE,
)
_BACKTICKS = re.compile(r"`+")
_NO_ADDRESS = re.compile(r"[\x00-\x20<>\\|`]")


def text(raw: str) -> str:
    """Return text of the site as it reads, on one line: nothing in it is markup, HTML, a mention or a reference."""
    return escaped(visible(raw))


def escaped(sentence: str) -> str:
    """Return a finished sentence (see `Words`) so that nothing in it is markup, wherever in a line it is put."""
    shown = sentence.strip()
    done = _without_meaning(shown)
    first = _FIRST.match(done)
    if first is None:
        return done
    mark = "&#61;" if first["mark"] == "=" else f"\\{first['mark']}"
    return f"{first['before']}{mark}{done[first.end() :]}"


def run(raw: str) -> str:
    """Return a piece of a text of the site, with the blanks that part it from the pieces before and after."""
    shown = visible(raw)
    bare = shown.strip(" ")
    if not bare:
        return shown
    start = shown.index(bare)
    return f"{shown[:start]}{escaped(bare)}{shown[start + len(bare) :]}"


def inside_html(sentence: str) -> str:
    """Return a finished sentence for a line of HTML, in which Markdown has no meaning, but mentions have."""
    return _without_meaning(sentence, markdown=False)


def code(raw: str, *, cell: bool = False) -> str:
    """Return text of the site as code, whatever backticks it has; in the `cell` of a table, bars are apart."""
    shown = visible(raw)
    fence = "`" * (max(map(len, _BACKTICKS.findall(shown)), default=0) + 1)
    space = " " if shown[:1] in ("`", " ", "") or shown[-1:] == "`" else ""
    span = f"{fence}{space}{shown}{space}{fence}"
    return span.replace("|", r"\|") if cell else span


def linked(shown: str, address: str) -> str:
    """Return Markdown that leads to a web address; without one, as it is."""
    return f"[{shown}](<{_NO_ADDRESS.sub(_quoted, address)}>)" if address else shown


def _without_meaning(shown: str, *, markdown: bool = True) -> str:
    parts: list[str] = []
    done = 0
    for found in _MEANT.finditer(shown):
        parts += [shown[done : found.end()], _BREAK]
        done = found.end()
    parts.append(shown[done:])
    return "".join(
        part if part is _BREAK else _SPECIAL.sub(_escape, part) if markdown else in_html(part) for part in parts
    )


def _escape(found: re.Match[str]) -> str:
    return _ENTITIES.get(found[0], f"\\{found[0]}")


def _quoted(found: re.Match[str]) -> str:
    return f"%{ord(found[0]):02X}"
