"""The maps at the top of pages of NimblePublisher (`%{ title: "…" }` and a line `---`), which are only read."""

import re
from collections.abc import Iterator

from transtool.document.values import Scalar, Sequence, Span, Value
from transtool.document.yaml_text import Broken, Entry, Tree
from transtool.errors import N_

_CLOSING = re.compile(r"\n\}[ \t\r]*\n---[ \t\r]*(?:\n|\Z)|\}[ \t\r]*\n---[ \t\r]*(?:\n|\Z)")
_MEMBER = re.compile(r"[\s,]*(?:(?P<name>[A-Za-z_]\w*[?!]?):|\"(?P<text>(?:[^\"\\]|\\.)*)\"\s*(?::|=>))\s*")
_STRING = re.compile(r'"""\r?\n(?P<long>.*?)"""|"(?P<text>(?:[^"\\]|\\.)*)"|~s\((?P<sigil>[^)]*)\)', re.DOTALL)
_WORDS = re.compile(r"~w[([{](?P<words>[^)\]}]*)[)\]}]a?")
_LIST = re.compile(r"\[(?P<items>[^\[\]{}]*)\]")
_OTHER = re.compile(r"(?:[^\s,{}\[\]\"]|\{[^{}]*\}|\[[^\[\]]*\]|\"(?:[^\"\\]|\\.)*\"|[ \t](?=[^\s,]))+")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_SAYS = {"n": "\n", "t": "\t", "r": "\r"}


def end_of(text: str, most: int) -> tuple[int, int] | None:
    """Return where the map ends and where the line `---` after it ends; None where there is none."""
    found = _CLOSING.search(text, 0, most)
    return None if found is None else (text.index("}", found.start()) + 1, found.end())


def read(text: str, *, offset: int = 0, line: int = 1) -> Tree:
    """Read the members of a map. Anything but texts, lists of texts and bare values stays as it is written."""
    entries = []
    at, stop = text.index("{") + 1, text.rindex("}")
    while (found := _MEMBER.match(text, at, stop)) is not None:
        name = found["name"] or _plain(found["text"] or "")
        start, number = found.end(), line + text.count("\n", 0, found.start("name" if found["name"] else "text"))
        value, at = _value(text, start, stop, offset, number)
        place = found.start("name" if found["name"] else "text") + offset
        entries.append(Entry(name, value, Span(start=place, end=place + len(name), line=number)))
    if text[at:stop].strip(" \t\r\n,"):
        raise Broken(N_("this map cannot be read"), line + text.count("\n", 0, at))
    return Tree(tuple(entries))


def _value(text: str, at: int, stop: int, offset: int, line: int) -> tuple[Value, int]:
    """Return the value at `at`, and where it ends."""
    for pattern in (_STRING, _WORDS, _LIST, _OTHER):
        found = pattern.match(text, at, stop)
        if found is not None:
            span = Span(start=at + offset, end=found.end() + offset, line=line)
            return _made(found, span), found.end()
    raise Broken(N_("this map cannot be read"), line)


def _made(found: re.Match[str], span: Span) -> Value:
    match found.groupdict():
        case {"long": long, "text": text, "sigil": sigil}:
            return Scalar(long if long is not None else sigil if sigil is not None else _plain(text), span=span)
        case {"words": words}:
            return Sequence(tuple(Scalar(word, span=span) for word in words.split()), True, span)
        case {"items": items}:
            return Sequence(tuple(_items(items, span)), True, span)
    text = found[0].rstrip()
    return Scalar("" if text == "nil" else text.removeprefix(":"), True, span)


def _items(items: str, span: Span) -> Iterator[Value]:
    for found in re.finditer(r'"((?:[^"\\]|\\.)*)"|([^\s,"]+)', items):
        yield Scalar(found[2].removeprefix(":") if found[2] else _plain(found[1]), bool(found[2]), span)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda found: _SAYS.get(found[1], found[1]), text)
