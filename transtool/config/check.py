"""Check every value of a TOML document against the types of its tables, and collect all that is wrong."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from transtool.config.lines import Path, dotted, line_of
from transtool.errors import N_, Message, Problem
from transtool.text.suggestions import suggestion

_WRONG = object()
_SHOWN = 40


@dataclass(slots=True)
class Faults:
    """What was found wrong with the file at `path` so far; `lines` says where its keys stand."""

    path: str
    lines: Mapping[Path, int]
    problems: list[Problem] = field(default_factory=list)
    places: set[Path] = field(default_factory=set)

    def line(self, place: Path) -> int:
        """Return the line of `place`."""
        return line_of(self.lines, place)

    def add(self, place: Path, template: str, hint: Message | None = None, **facts: object) -> None:
        """Note a problem with the value at `place`; the template may use `{key}`, the path of that value."""
        message = Message(template, {"key": dotted(place), **facts})
        self.problems.append(Problem(message=message, path=self.path, line=self.line(place), hint=hint))
        self.places.add(place)

    def around(self, place: Path) -> bool:
        """Say whether `place` or something inside it is already known to be wrong."""
        return any(wrong[: len(place)] == place for wrong in self.places)

    def sorted(self) -> list[Problem]:
        """Return the problems in the order of the file."""
        return sorted(self.problems, key=lambda problem: problem.line or 0)


def clean(value: Mapping[str, Any], table: type[Struct], faults: Faults) -> dict[str, Any]:
    """Return `value` without everything that does not fit `table`, noting each thing left out in `faults`."""
    return _table(value, table, (), faults)


def show(value: object) -> str:
    """Return `value` as TOML would have it, on one short line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list):
        return "[…]" if value else "[]"
    text = msgspec.json.encode(value).decode() if isinstance(value, str) else str(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _table(value: Mapping[str, Any], table: type[Struct], place: Path, faults: Faults) -> dict[str, Any]:
    known = {info.encode_name: info.type for info in msgspec.structs.fields(table)}
    result = {}
    for name, entry in value.items():
        if name not in known:
            faults.add((*place, name), N_("unknown key {key}"), _hint(name, place, known))
            continue
        kept = _check(entry, known[name], (*place, name), faults)
        if kept is not _WRONG:
            result[name] = kept
    return result


_TOP = (
    "source",
    "languages",
    "repository",
    "noun",
    "exclude",
    "draft_share",
    "max_file_size",
    "corrections",
    "placeholders",
    "stamps",
    "mark",
)
"""Keys that end up inside a table when they are written below its header."""


def _hint(name: str, place: Path, known: Mapping[str, object]) -> Message:
    near = suggestion(name, known)
    if near is not None:
        return near
    if place and name in _TOP:
        return Message(N_("it belongs at the top of the file, above the first [table]"))
    return Message(N_("known here: {names}"), {"names": ", ".join(known)})


def _check(value: object, kind: Any, place: Path, faults: Faults) -> object:
    """Return what is right of `value`, or `_WRONG`."""
    for option in _options(kind):
        inside = _inside(value, option, place, faults)
        if inside is not None:
            return inside
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        faults.add(place, _sentence(kind), value=show(value))
        return _WRONG
    return value


def _inside(value: object, kind: Any, place: Path, faults: Faults) -> object:
    """Look inside a value that has parts, where `kind` has such parts too; None where it does not."""
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Struct):
        return _table(value, kind, place, faults)
    if isinstance(value, dict) and origin is dict:
        parts = {name: _check(entry, arguments[1], (*place, name), faults) for name, entry in value.items()}
        return {name: part for name, part in parts.items() if part is not _WRONG}
    if isinstance(value, list) and value and origin is list:
        checked = [_check(entry, arguments[0], (*place, index), faults) for index, entry in enumerate(value)]
        return [part for part in checked if part is not _WRONG] or _WRONG
    return None


def _options(kind: Any) -> Iterator[Any]:
    """Yield the plain types that `kind` allows."""
    if get_origin(kind) is Annotated:
        yield from _options(get_args(kind)[0])
    elif get_origin(kind) in (Union, types.UnionType):
        for argument in get_args(kind):
            yield from _options(argument)
    else:
        yield kind


def _sentence(kind: Any) -> str:
    """Return the sentence that says what a value of `kind` must be: the outermost that is given."""
    if get_origin(kind) is Annotated:
        for meta in get_args(kind)[1:]:
            if isinstance(meta, Meta) and meta.extra and "must" in meta.extra:
                return str(meta.extra["must"])
    parts = get_args(kind)[:1] if get_origin(kind) is Annotated else get_args(kind)
    return next(filter(None, map(_sentence, parts)), "")
