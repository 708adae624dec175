"""Ways to write one changed field into YAML front matter, best first: reading back finds the right one."""

import re
from collections.abc import Iterator

from transtool.document.head import Head
from transtool.document.values import Path, Scalar, find, follow, kind
from transtool.document.yaml_text import reads_alike


def empty(text: str) -> str:
    """Return front matter without fields for a file that has none, with the line ends of `text`."""
    eol = "\r\n" if "\r\n" in text[:4096] else "\n"
    return f"---{eol}---{eol}"


def candidates(head: Head, name: str, wanted: str | None) -> Iterator[str]:
    """Yield `head.text` with the field `name` (dotted) set to `wanted`, or removed, in every way worth trying."""
    path = find(head.mapping, name)
    if wanted is None:
        if path is not None and len(path) == 1 and not head.tree.flow:
            yield from _removed(head, name)
    elif path is None:
        if not head.tree.flow:
            yield from (_appended(head, name, scalar) for scalar in _scalars(wanted, _TEXT))
    else:
        yield from _replaced(head, path, wanted)


def reads_everywhere(before: Head, after: Head) -> bool:
    """Say whether what every reader of YAML could read before, every one can read after."""
    return _is_strict(after) or not _is_strict(before)


def _is_strict(head: Head) -> bool:
    """Say whether the stricter of two readers of YAML reads it as well, and the same."""
    return reads_alike(head.inner, tuple((entry.name, entry.value) for entry in head.tree.entries))


def double_quoted(text: str) -> str:
    """Return `text` as a YAML scalar in double quotes, on one line."""
    return '"' + _ESCAPED.sub(lambda found: _escape(found[0]), text) + '"'


_TEXT = frozenset({"text"})
# What YAML calls printable beyond ASCII, without the line ends that only YAML knows.
_BEYOND = r"\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_ESCAPED = re.compile(rf"[^ -!#-\[\]-~{_BEYOND}]")
_NOT_PRINTABLE = re.compile(rf"[^ -~{_BEYOND}]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_NOTHING = re.compile("")
_BLANK_LINES = re.compile(r"(?:[ \t]*+\r?\n)*")
_INDENT = re.compile(r"(?:[ \t]*\r?\n)*([ ]*)")
_HEADER = re.compile(r"(?P<style>[|>])(?P<rest>[-+0-9]*+)(?P<comment>[^\n]*?)(?P<eol>\r?\n)")


def _escape(character: str) -> str:
    number = ord(character)
    wide = f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}" if number < 0x10000 else f"\\U{number:08X}"
    return _SHORT.get(character, wide)


def _scalars(wanted: str, plain: frozenset[str], style: str = "") -> Iterator[str]:
    """Yield `wanted` on one line: plain if of a kind in `plain`, in single quotes if `style` is `'`, in double.

    What has to be escaped somewhere stands in double quotes: readers differ over tabs and line ends of Unicode.
    """
    printable = not _NOT_PRINTABLE.search(wanted)
    if printable and kind(wanted) in plain and wanted == wanted.strip():
        yield wanted
    if printable and style == "'":
        yield "'" + wanted.replace("'", "''") + "'"
    yield double_quoted(wanted)


def _removed(head: Head, name: str) -> Iterator[str]:
    """Yield the text without the lines of `name`, then without the blank lines that follow them, too.

    Blank lines would otherwise join a block above that keeps its line ends (`|+`).
    """
    for blanks in (_NOTHING, _BLANK_LINES):
        text = head.text
        for entry in reversed(head.tree.entries):
            if entry.name == name:
                start = text.rfind("\n", 0, entry.key.start) + 1
                end = text.find("\n", max(entry.value.span.end, entry.key.end)) + 1
                found = blanks.match(text, end)
                text = text[:start] + text[found.end() if found else end :]
        yield text


def _appended(head: Head, name: str, scalar: str) -> str:
    text, stop = head.text, head.stop
    first = min((entry.key.start for entry in head.tree.entries), default=stop)
    indent = text[text.rfind("\n", 0, first) + 1 : first]
    key = name if _NAME.fullmatch(name) and kind(name) == "text" else double_quoted(name)
    opening = text.find("\n")
    eol = "\r\n" if text[opening - 1] == "\r" else "\n"
    return f"{text[:stop]}{indent}{key}: {scalar}{eol}{text[stop:]}"


def _replaced(head: Head, path: Path, wanted: str) -> Iterator[str]:
    value = follow(head.mapping, path)
    text, start, end = head.text, value.span.start, value.span.end
    if isinstance(value, Scalar) and not value.tagged:
        scalars = _like(text[start:end], value, wanted)
    elif isinstance(value, Scalar):
        scalars = _scalars(wanted, _TEXT)
    else:
        scalars = _scalars(wanted, _TEXT)
        if not value.flow:
            # A block stands on lines of its own: the text that replaces it stands behind the colon.
            entry = next((entry for entry in reversed(head.tree.entries) if (entry.name,) == path), None)
            if entry is None:
                return
            start = text.index(":", entry.key.end) + 1
    before = text[:start]
    if isinstance(value, Scalar) and value.tagged:
        # A tag says what the old value was: `!!int` before other text is an error to all who construct values.
        properties = before[start - value.tagged :]
        anchor = next((f"{part} " for part in properties.split() if part.startswith("&")), "")
        before = before[: start - value.tagged] + anchor
    blank = "" if before[-1].isspace() or before[-1] in "[{," else " "
    yield from (before + blank + scalar + text[end:] for scalar in scalars)


def _like(old: str, value: Scalar, wanted: str) -> Iterator[str]:
    """Yield `wanted` in the style of the scalar `old` (its text in the file), then in other styles."""
    if old[:1] in ("|", ">"):
        yield from _blocks(old, wanted)
    yield from _scalars(wanted, _plain_kinds(value), old[:1])


def _plain_kinds(value: Scalar) -> frozenset[str]:
    """Return the kinds that may stand in the place of `value` without quotes: text, and what it was itself."""
    if not value.plain:
        return frozenset()
    was = kind(value.text)
    return _TEXT if was == "null" else _TEXT | {was, "int" if was == "based" else was}


def _blocks(old: str, wanted: str) -> Iterator[str]:
    """Yield `wanted` as a block scalar with the header and the indentation of `old`."""
    header = _HEADER.match(old)
    if header is None or _NOT_PRINTABLE.search(wanted.replace("\n", "")):
        return
    indent = _INDENT.match(old, header.end())
    margin, eol = indent[1] if indent else "", header["eol"]
    lines = wanted.rstrip("\n").split("\n")
    if header["style"] == ">":
        # In a folded block a single line end is a blank, two are one line end.
        lines = [line for paragraph in lines for line in (paragraph, "")][:-1]
    written = eol.join(margin + line if line else "" for line in lines)
    chomped = "" if wanted.endswith("\n") else "-"
    rests = (header["rest"], header["rest"].strip("+-") + chomped)
    yield from (f"{header['style']}{rest}{header['comment']}{eol}{written}" for rest in dict.fromkeys(rests))
