"""Make HTML and SVG elements; the one place where text becomes markup, and therefore where it is escaped."""

import json
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from transtool.i18n.safe_text import escaped_in_json, harmless, visible

VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})


class Markup(str):
    """Text that is markup already. Only this module makes it."""

    __slots__ = ()


Child: TypeAlias = "str | Markup | Iterable[Child] | None"
Attribute: TypeAlias = "str | int | float | bool | None"


def el(tag: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """Return an element. Children that are no Markup are escaped, None is left out, iterables are walked.

    Attribute names lose a final `_` and get `-` for other `_` (`class_`, `aria_label`); True gives a bare
    attribute, False and None leave it out.
    """
    opening = f"<{tag}{''.join(_attribute(name, value) for name, value in attributes.items())}>"
    if tag in VOID:
        return Markup(opening)
    return Markup(f"{opening}{join(*children)}</{tag}>")


def join(*children: Child) -> Markup:
    """Return markup of all children, one after the other."""
    return Markup("".join(_content(child) for child in children))


def lines(children: Iterable[Markup]) -> Markup:
    """Return elements one on a line, none holding a line break of its own (see `shown`)."""
    return Markup("\n".join(children))


def shown(text: str) -> str:
    """Return text from a file so that nothing in it hides or turns the reading direction, on one line."""
    return visible(" ".join(text.split()))


def shown_lines(text: str) -> str:
    """Return text from a file as `shown` does, its lines kept."""
    return "\n".join(visible(line.replace("\t", "    ")) for line in text.splitlines())


def style(css: str) -> Markup:
    """Return a style element. `css` is the tool's own text."""
    return _raw("style", css)


def script(javascript: str) -> Markup:
    """Return a script element. `javascript` is the tool's own text."""
    return _raw("script", javascript)


def data(identifier: str, value: object) -> Markup:
    """Return a JSON value as a block that scripts can read and that cannot end early."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    safe = escaped_in_json(text).replace("<", r"\u003c")
    return Markup(f'<script type="application/json" id="{escape(identifier)}">{safe}</script>')


def document(language: str, direction: str, head: Iterable[Markup], body: Iterable[Markup]) -> str:
    """Return a whole HTML document."""
    parts = el("head", lines(head)), el("body", lines(body))
    return f"<!doctype html>\n{el('html', lines(parts), lang=language, dir=direction)}\n"


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'


def _content(child: Child) -> str:
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return escape(harmless(child))
    return "" if child is None else "".join(_content(each) for each in child)


def _raw(tag: str, text: str) -> Markup:
    if f"</{tag}" in text.lower():
        raise ValueError(f"{tag} would end early")
    return Markup(f"<{tag}>{text}</{tag}>")
