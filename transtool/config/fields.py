"""What a configuration says about front matter: the roles of fields, and labels by language."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from transtool.config.check import Faults
from transtool.config.lines import Path
from transtool.config.tables import FieldsTable, LabelsTable, LocalTable
from transtool.errors import N_
from transtool.model import Language
from transtool.settings import Fields, FromSource, Labels, LabelTable, Learn, LocalValue, Pattern, TitleOf
from transtool.text.suggestions import suggestion

PLACES = ("lang", "Language", "number", "key")
"""What stands in braces in the pattern of a local field, beside the named parts of the path."""

_PLACE = re.compile(r"\{([^{}]*)\}")
_WAYS: Mapping[str, LocalValue] = {"labels": Labels(), "learn": Learn(), "from_source": FromSource()}


def read_fields(table: FieldsTable | None, place: Path, captures: tuple[str, ...], faults: Faults) -> Fields | None:
    """Return the roles that `table` gives; None where there is no table. `captures` are the named parts of paths."""
    if table is None:
        return None
    _check_roles(table, place, faults)
    known = tuple(dict.fromkeys((*PLACES, *captures)))
    local = {name: _local(value, (*place, "local", name), known, faults) for name, value in table.local.items()}
    return Fields(
        translated=tuple(table.translated),
        ignored=tuple(table.ignored),
        own=tuple(table.own),
        local={name: value for name, value in local.items() if value is not None},
    )


def merged(site: Fields, own: Fields | None, given: frozenset[str]) -> Fields:
    """Return `site` with a series' `own` roles on top.

    `given` names the keys that the series' table has: `translated`, `ignored` and `own` replace the site's list,
    `local` adds field by field. A field that has a role in the series loses the one it has in the site.
    """
    if own is None:
        return site
    taken = {*own.translated, *own.ignored, *own.own, *own.local}
    inherited = {name: value for name, value in site.local.items() if name not in taken}
    return Fields(
        translated=own.translated if "translated" in given else _without(site.translated, taken),
        ignored=own.ignored if "ignored" in given else _without(site.ignored, taken),
        own=own.own if "own" in given else _without(site.own, taken),
        local={**inherited, **own.local},
    )


def read_labels(
    table: LabelsTable, place: Path, resolve: Callable[[str, Path, Faults], Language | None], faults: Faults
) -> LabelTable:
    """Return the values of local fields by language; `resolve` notes languages that the site does not have."""
    return {
        field: {
            language: text
            for spelling, text in by_language.items()
            if (language := resolve(spelling, (*place, field, spelling), faults)) is not None
        }
        for field, by_language in table.items()
    }


def with_labels(site: LabelTable, own: LabelTable) -> LabelTable:
    """Return `site` with a series' `own` labels on top."""
    fields = dict.fromkeys([*site, *own])
    return {field: {**site.get(field, {}), **own.get(field, {})} for field in fields}


def check_labelled(table: LabelsTable, place: Path, local: Mapping[str, LocalValue], faults: Faults) -> None:
    """Note labels for fields that no label is ever asked for: those that are not local, or made by a pattern."""
    labelled = [name for name, value in local.items() if not isinstance(value, Pattern | FromSource)]
    for field in table:
        if field not in labelled:
            faults.add(
                (*place, field),
                N_("{key} is never used: {field} is not a local field with title_of, labels or learn"),
                suggestion(field, labelled),
                field=field,
            )


def _without(names: tuple[str, ...], taken: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in taken)


def _check_roles(table: FieldsTable, place: Path, faults: Faults) -> None:
    """Note fields that have two roles, or one role twice."""
    seen: dict[str, str] = {}
    for role, index, name in _named(table):
        if name not in seen:
            seen[name] = role
            continue
        at = (*place, role, name if index is None else index)
        if seen[name] == role:
            faults.add(at, N_("{key}: {value} appears twice in this list"), value=name)
        else:
            faults.add(at, N_("{key}: {value} is in {other} too; a field has one role"), value=name, other=seen[name])


def _named(table: FieldsTable) -> Iterator[tuple[str, int | None, str]]:
    for role in ("translated", "ignored", "own"):
        yield from ((role, index, name) for index, name in enumerate(getattr(table, role)))
    for name in table.local:
        yield "local", None, name


def _local(value: str | LocalTable, place: Path, known: tuple[str, ...], faults: Faults) -> LocalValue | None:
    if isinstance(value, str):
        _check_places(value, known, place, faults)
        return Pattern(value)
    ways: list[LocalValue] = []
    for name, way in _WAYS.items():
        given = getattr(value, name)
        if given is False:
            faults.add((*place, name), N_("{key} can only be true: leave it out instead"))
        ways += [] if given is None else [way]
    if value.title_of is not None:
        ways.insert(0, _title_of(value.title_of, (*place, "title_of"), faults))
    if len(ways) != 1 and not faults.around(place):
        faults.add(place, N_("{key} needs exactly one of title_of, labels, learn and from_source"))
    return ways[0] if ways else None


def _title_of(path: str, place: Path, faults: Faults) -> TitleOf:
    _check_places(path, ("lang",), place, faults)
    if "{lang}" not in path:
        faults.add(place, N_("{key} has no {{lang}}: it would be the same page for every language"))
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        faults.add(place, N_("{key} leaves the site: {value}"), value=path)
    return TitleOf(path)


def _check_places(text: str, known: tuple[str, ...], place: Path, faults: Faults) -> None:
    for name in _PLACE.findall(text):
        if name not in known:
            hint = suggestion(name, known)
            faults.add(
                place,
                N_("{key}: unknown place {{{name}}}; there are {names}"),
                hint,
                name=name,
                names=", ".join(f"{{{each}}}" for each in known),
            )
