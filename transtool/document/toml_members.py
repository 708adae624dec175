"""Ways to copy one field of TOML front matter from one file into another as it is written, best first."""

from collections.abc import Iterator

from transtool.document.head import Head, eol_of
from transtool.document.members import Names
from transtool.document.toml_text import Found, Places, key_of


def copied(head: Head, theirs: Head, path: Names) -> Iterator[str]:
    """Yield `head.text` with the field at `path` as `theirs` has it, in every way worth trying."""
    ours, other = Places(head.inner).scanned(), Places(theirs.inner).scanned()
    there = path in other.values or path in other.tables
    mine = ours.values.get(path)
    if mine is not None and path in other.values:
        yield _spliced(head, *mine, _value(theirs, other, path, head))
        return
    rest = head.inner if path not in ours.values and path not in ours.tables else _without(head.inner, ours, path)
    if rest is None:
        return
    if not there:
        yield _with(head, rest)
    elif path in other.values:
        yield from (_with(head, text) for text in _inserted(rest, path, _value(theirs, other, path, head), other, head))
    else:
        block = _block(theirs.inner, other, path)
        if block is not None:
            yield _with(head, _at_end(rest, theirs.inner[block[0] : block[1]], head))


def _value(theirs: Head, other: Found, path: Names, head: Head) -> str:
    start, end = other.values[path]
    return theirs.inner[start:end].replace("\r\n", "\n").replace("\n", eol_of(head.text))


def _spliced(head: Head, start: int, end: int, value: str) -> str:
    return _with(head, head.inner[:start] + value + head.inner[end:])


def _with(head: Head, inner: str) -> str:
    return head.text[: head.start] + inner + head.text[head.stop :]


def _without(inner: str, found: Found, path: Names) -> str | None:
    """Return the text without a field: its lines, what stands between commas, or its table."""
    place = found.values.get(path)
    if place is None:
        block = _block(inner, found, path)
        return None if block is None else inner[: block[0]] + inner[block[1] :]
    start = found.keys[path]
    if path[:-1] in found.values:
        siblings = sorted(
            start for each, start in found.keys.items() if len(each) == len(path) and each[:-1] == path[:-1]
        )
        at = siblings.index(start)
        if at + 1 < len(siblings):
            return inner[:start] + inner[siblings[at + 1] :]
        before = inner.rfind(",", 0, start) if at else start
        return inner[:before] + inner[place[1] :]
    first = inner.rfind("\n", 0, start) + 1
    return inner[:first] + inner[inner.find("\n", place[1]) + 1 :]


def _block(inner: str, found: Found, path: Names) -> tuple[int, int] | None:
    """Return where the table at `path` stands with those in it; None unless they follow each other."""
    headers = sorted((start, each) for each, (start, _) in found.tables.items())
    own = [start for start, each in headers if each[: len(path)] == path]
    others = [start for start, each in headers if each[: len(path)] != path]
    if not own:
        return None
    end = min((start for start in others if start > own[0]), default=len(inner))
    if any(start > end for start in own):
        return None
    return inner.rfind("\n", 0, own[0]) + 1, inner.rfind("\n", 0, end) + 1 if end < len(inner) else end


def _inserted(inner: str, path: Names, value: str, other: Found, head: Head) -> Iterator[str]:
    """Yield the text with a new `name = value` beside those that it stands beside in the other file."""
    found = Places(inner).scanned()
    name = key_of(path[-1])
    parent = path[:-1]
    if parent in found.values:
        start = found.values[parent][0]
        last = max(
            (stop for each, (_, stop) in found.values.items() if each[:-1] == parent and each != parent), default=0
        )
        at = last or start + 1
        yield f"{inner[:at]}{', ' if last else ' '}{name} = {value}{'' if last else ' '}{inner[at:]}"
        return
    eol = eol_of(head.text)
    siblings = {
        each[-1]: place for each, place in found.values.items() if each[:-1] == parent and len(each) == len(path)
    }
    theirs = [each[-1] for each in other.values if each[:-1] == parent and len(each) == len(path)]
    before = [each for each in theirs[: theirs.index(path[-1])] if each in siblings] if path[-1] in theirs else []
    if before:
        at = inner.find("\n", siblings[before[-1]][1]) + 1
    elif parent in found.tables:
        at = inner.find("\n", found.tables[parent][0]) + 1
    elif not parent:
        at = 0
    else:
        return
    yield f"{inner[:at]}{name} = {value}{eol}{inner[at:]}"


def _at_end(inner: str, block: str, head: Head) -> str:
    eol = eol_of(head.text)
    gap = "" if not inner or inner.endswith((f"{eol}{eol}",)) else eol
    written = block.replace("\r\n", "\n").strip("\n").replace("\n", eol)
    return f"{inner}{gap}{written}{eol}"
