"""The file that holds the changes that a site dismissed: TOML, a line a change, sorted, made to be committed.

Each line stands for itself, so that any two versions of the file can be merged line by line, as git's merge driver
`union` does (`ATTRIBUTES` asks for it). What a merge leaves twice or out of order is read all the same, and put in
order by the next edit.
"""

import json
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from transtool.edits import Edit
from transtool.errors import N_, ConfigError, Message, Problem
from transtool.model import Dismissal, Dismissed, Key, Report, Status, natural_order
from transtool.text.nesting import is_too_deep

NAME = ".transtool/dismissed.toml"
"""Where it is, relative to the site."""

ATTRIBUTES = Edit(".transtool/.gitattributes", None, b"dismissed.toml merge=union\n")
"""What makes git merge it line by line, also where two branches add a line in the same place."""

MOST = 16 << 20
"""Bytes that it may have: some 20,000 changes."""

_HEADER = "# Changes of the source that need no translation, a line each: see `transtool dismiss --help`."
_TEXTS = ("before", "after", "reason")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def read(data: bytes, path: str) -> Dismissed:
    """Return what the file with this content says. Raises ConfigError for the first line that is none, with its number.

    Of lines about the same change, languages and the first reason count together.
    """
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        message = Message(N_("not UTF-8: byte {byte}"), {"byte": f"0x{data[error.start]:02x}"})
        line = data.count(b"\n", 0, error.start) + 1
        raise ConfigError(Problem(message=message, path=path, line=line)) from error
    found: list[Dismissal] = []
    for number, text in enumerate(lines, 1):
        if text.strip() and not text.lstrip().startswith("#"):
            found.append(_read(text.rstrip("\r"), path, number))
    return Dismissed(data, tuple(together(found)))


def _read(text: str, path: str, line: int) -> Dismissal:
    try:
        if is_too_deep(text):
            raise ValueError(text)
        ((series, keys),) = tomllib.loads(text).items()
        ((key, names),) = keys.items()
        ((_, told),) = names.items()
        return _dismissal(series, key, told, line)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        message = Message(N_("this line is not a dismissed change"))
        hint = Message(N_("of a merge, keep the lines of both sides; or delete the line and dismiss the change again"))
        raise ConfigError(Problem(message=message, path=path, line=line, hint=hint)) from error


def _dismissal(series: str, key: str, told: Mapping[str, Any], line: int) -> Dismissal:
    """Return what a line says. Raises ValueError where it says something else."""
    before, after, reason = (told.get(name, "") for name in _TEXTS)
    languages = told.get("languages", [])
    is_known = told.keys() <= {*_TEXTS, "languages"} and isinstance(languages, list)
    says = is_known and (before or after) and bool(languages) is ("languages" in told)
    if not says or not all(isinstance(each, str) for each in (before, after, reason, *languages)):
        raise ValueError(told)
    return Dismissal(
        series=series,
        key=Key(key),
        before=before,
        after=after,
        languages=tuple(sorted(set(languages))),
        reason=reason,
        line=line,
    )


def write(entries: Iterable[Dismissal]) -> bytes:
    """Return the content of the file."""
    lines = [_line(each) for each in sorted(together(entries), key=_order)]
    return "\n".join([_HEADER, *lines, ""]).encode("utf-8", "backslashreplace")


def _name(entry: Dismissal) -> str:
    """Return the name of a dismissed change, which no other change of the page has."""
    from transtool.staleness.dismissals import name_of

    return name_of(entry.before, entry.after)


def _line(entry: Dismissal) -> str:
    """Return a change as one line of TOML."""
    place = ".".join(map(_key, (entry.series, entry.key, _name(entry))))
    parts = [f"{name} = {_text(getattr(entry, name))}" for name in _TEXTS if getattr(entry, name)]
    if entry.languages:
        parts.append(f"languages = [{', '.join(map(_text, entry.languages))}]")
    return f"{place} = {{ {', '.join(parts)} }}"


def _text(value: str) -> str:
    # JSON's escapes are TOML's, but for DEL, which JSON leaves alone; half a character is in no file.
    whole = value.encode("utf-8", "replace").decode()
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _order(entry: Dismissal) -> tuple[object, ...]:
    return entry.series, natural_order(entry.key), entry.key, _name(entry)


def together(entries: Iterable[Dismissal]) -> Iterator[Dismissal]:
    """Yield the entries with those about the same change as one: for the languages of all, with the first reason."""
    found: dict[tuple[str, Key, str], Dismissal] = {}
    for entry in entries:
        place = (entry.series, entry.key, _name(entry))
        known = found.get(place)
        if known is None:
            found[place] = entry
            continue
        everyone = not (known.languages and entry.languages)
        languages = () if everyone else tuple(sorted({*known.languages, *entry.languages}))
        found[place] = replace(known, languages=languages, reason=known.reason or entry.reason)
    yield from found.values()


def changed(known: Dismissed, entries: Collection[Dismissal]) -> Edit | None:
    """Return the edit after which the file says `entries`; None where it does."""
    wanted = write(entries)
    if (known.data is None and not entries) or write(known.entries) == wanted:
        return None
    return Edit(NAME, known.data, wanted)


def idle(dismissed: Dismissed, report: Report) -> tuple[Dismissal, ...]:
    """Return the dismissed changes that no translation of a report of the whole site is behind with any more.

    Those of an episode whose translations cannot all be judged are not among them.
    """
    doubtful: set[tuple[str, Key]] = set()
    used: set[tuple[str, Key, str]] = set()
    for episode in report.episodes:
        place = episode.series, episode.key
        used.update((*place, name) for cell in episode.cells for name in cell.dismissed)
        if any(cell.basis is None and cell.status not in _UNASKED for cell in episode.cells):
            doubtful.add(place)
    return tuple(
        each
        for each in dismissed.entries
        if (each.series, each.key) not in doubtful and (each.series, each.key, _name(each)) not in used
    )


_UNASKED = (Status.MISSING, Status.EXEMPT)


def unused(dismissed: Dismissed, report: Report, path: str) -> Iterator[Problem]:
    """Say how many changes of the file called `path` no translation is behind with any more, if any."""
    found = idle(dismissed, report) if dismissed.entries else ()
    if found:
        message = Message(
            N_("no translation is behind with this dismissed change any more"),
            plural=N_("no translation is behind with {count} dismissed changes any more; this is the first"),
            count=len(found),
        )
        hint = Message(N_("`transtool dismiss --tidy` takes such lines out"))
        yield Problem(message=message, path=path, line=found[0].line, hint=hint)
