"""Turn the bytes of `transtool.toml` into a `Config`, or into everything that is wrong with them at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import PurePath

import msgspec

from transtool.config.check import Faults, clean
from transtool.config.fields import check_labelled, read_fields, read_labels
from transtool.config.languages import Languages, read_languages
from transtool.config.lines import Path, key_lines
from transtool.config.series import SeriesReader, check_expression, ignoring, places, read_globs, read_reading, several
from transtool.config.tables import PinTable, SiteTable, schema
from transtool.errors import N_, ConfigError, Message, Problem
from transtool.model import Masthead, Severity
from transtool.rules import RULES
from transtool.settings import DEFAULT_PLACEHOLDERS, Config, Fields, Pin, PinKind, Reading, StampNames
from transtool.text.nesting import is_too_deep
from transtool.text.suggestions import suggestion

__all__ = ["load", "parse", "schema"]

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_SERIES_NAME = re.compile(r"[^\s,]+")


SHARED = "pyproject.toml"
"""The file of Python projects that may hold the configuration, in its table `tool.transtool`."""

_WITHIN: Path = ("tool", "transtool")


def parse(data: bytes, path: str) -> Config:
    """Return the configuration that `data`, the content of the file called `path`, describes.

    Of a `pyproject.toml`, that is its table `tool.transtool`. Raises ConfigError with every problem, in the order of
    the file; a text that is not TOML has one.
    """
    document, lines = load(data, path)
    if PurePath(path).name == SHARED:
        document, lines = _within(document, lines, path)
    faults = Faults(path, lines)
    site = msgspec.convert(clean(document, SiteTable, faults), SiteTable)
    config = _read(site, document, faults)
    if config is None or faults.problems:
        raise ConfigError(*faults.sorted())
    return config


def load(data: bytes, path: str) -> tuple[dict[str, object], Mapping[Path, int]]:
    """Return a TOML document and the lines of its keys. Raises ConfigError with the one problem of what is not TOML.

    A byte order mark is forgiven, because editors on Windows write it.
    """
    text = ""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        if is_too_deep(text):
            raise RecursionError
        return tomllib.loads(text), key_lines(text)
    except UnicodeDecodeError as error:
        message = Message(N_("not UTF-8: byte {byte}"), {"byte": f"0x{data[error.start]:02x}"})
        line: int | None = data.count(b"\n", 0, error.start) + 1
    except RecursionError:
        message, line = Message(N_("not valid TOML: it is nested too deeply")), None
    except ValueError as error:  # tomllib.TOMLDecodeError, and numbers that Python refuses to read
        found = _TOML_PLACE.search(str(error))
        line = None if found is None else int(found[1]) if found[1] else text.rstrip().count("\n") + 1
        message = Message(N_("not valid TOML: {problem}"), {"problem": _TOML_PLACE.sub("", str(error))})
    raise ConfigError(Problem(message=message, path=path, line=line))


def holds(data: bytes) -> bool:
    """Say whether a `pyproject.toml` has the table `tool.transtool`, as far as that can be told from a broken one."""
    if b"transtool" not in data:
        return False
    try:
        tool = tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n")).get("tool")
    except (ValueError, RecursionError):
        return re.search(rb"^\s*\[+\s*tool\s*\.\s*transtool\b", data, re.MULTILINE) is not None
    return isinstance(tool, dict) and "transtool" in tool


def _within(
    document: dict[str, object], lines: Mapping[Path, int], path: str
) -> tuple[dict[str, object], Mapping[Path, int]]:
    """Return the table `tool.transtool` of a document, and the lines of its keys."""
    tool = document.get("tool")
    table = tool.get("transtool") if isinstance(tool, dict) else None
    if not isinstance(table, dict):
        raise ConfigError(Problem.of(N_("no [tool.transtool] table is here"), path))
    size = len(_WITHIN)
    inside = {place[size:]: line for place, line in lines.items() if place[:size] == _WITHIN}
    return table, inside


def _read(site: SiteTable, document: Mapping[str, object], faults: Faults) -> Config | None:
    """Return the configuration, noting in `faults` what types alone cannot tell; None without a source."""
    languages = read_languages(site, faults)
    _check_first_things(site, languages, faults)
    fields = read_fields(site.fields, ("fields",), places(*site.series.values()), faults) or Fields()
    labels = read_labels(site.labels, ("labels",), languages.resolve, faults)
    reader = SeriesReader(languages, fields, labels, read_reading(site, Reading()), document, faults)
    series = tuple(reader.read(name, table) for name, table in site.series.items())
    every_local = {**fields.local, **{field: value for each in series for field, value in each.fields.local.items()}}
    check_labelled(site.labels, ("labels",), every_local, faults)
    pins, stamp = _pins(site, faults), _stamp(site, faults)
    exclude = read_globs(site.exclude, ("exclude",), faults)
    check_expression(site.unaffected, ("unaffected",), faults)
    severities, placeholders = _severities(site, faults), _placeholders(site, faults)
    if languages.source is None:
        return None
    bookkeeping = (
        stamp.digest,
        stamp.blob,
        stamp.reviewed,
        *(name for pin in pins if not pin.comment for name in pin.fields),
    )
    return Config(
        path=faults.path,
        source=languages.source,
        languages=tuple(tag for tag in languages.site if tag != languages.source),
        repository="" if site.repository is None else site.repository.rstrip("/"),
        series=tuple(ignoring(each, bookkeeping) for each in series),
        spellings=languages.spellings,
        severities=severities,
        labels=labels,
        placeholders=placeholders,
        draft_share=site.draft_share,
        max_file_size=site.max_file_size << 20,
        corrections=site.corrections,
        stamp=stamp,
        stamps=site.stamps,
        pins=pins,
        exclude=exclude,
        noun=site.noun,
        mark=site.mark,
        unaffected=site.unaffected,
        masthead=_masthead(site),
    )


def _masthead(site: SiteTable) -> Masthead:
    table = site.dashboard
    if table is None:
        return Masthead()
    given = {name: value for name in table.__struct_fields__ if isinstance(value := getattr(table, name), str)}
    return Masthead(**given)


def _check_first_things(site: SiteTable, languages: Languages, faults: Faults) -> None:
    """Note what every configuration needs and this one lacks: a source, series, languages to translate into."""
    if languages.source is None and not faults.around(("source",)):
        faults.add(("source",), N_("{key} is missing: the language episodes are written in"))
    if not site.series and not faults.around(("series",)):
        faults.add(("series",), N_("{key} is missing: no [series.NAME] says where the episodes are"))
    if site.draft_share != site.draft_share:
        faults.add(("draft_share",), N_("{key} must be a number above 0, at most 1, not {value}"), value="nan")
    for name in site.series:
        place = ("series", name)
        if not _SERIES_NAME.fullmatch(name):
            faults.add(place, N_("{key}: the name of a series has no spaces and no commas"))
        given = faults.around(("languages",)) or faults.around((*place, "languages"))
        if not given and languages.source is not None and not languages.translations(name):
            faults.add(place, N_("{key} has no languages to translate into: give it some, or the site as a whole"))


def _severities(site: SiteTable, faults: Faults) -> Mapping[str, Severity]:
    for rule in site.rules:
        if rule not in RULES:
            hint = suggestion(rule, RULES) or Message(N_("there are: {names}"), {"names": ", ".join(RULES)})
            faults.add(("rules", rule), N_("{key}: unknown rule {name}"), hint, name=rule)
    return {rule: site.rules.get(rule, RULES[rule].severity) for rule in RULES}


def _placeholders(site: SiteTable, faults: Faults) -> tuple[str, ...]:
    if site.placeholders is None:
        return DEFAULT_PLACEHOLDERS
    for index, expression in enumerate(site.placeholders):
        check_expression(expression, ("placeholders", index), faults)
    return tuple(site.placeholders)


def _stamp(site: SiteTable, faults: Faults) -> StampNames:
    names = StampNames(site.stamp.digest, site.stamp.blob, site.stamp.reviewed)
    if names.digest == names.blob:
        faults.add(("stamp", "blob"), N_("{key} and {other} have the same name"), other="stamp.digest")
    if names.reviewed in (names.digest, names.blob):
        other = "stamp.digest" if names.reviewed == names.digest else "stamp.blob"
        faults.add(("stamp", "reviewed"), N_("{key} and {other} have the same name"), other=other)
    return names


def _pins(site: SiteTable, faults: Faults) -> tuple[Pin, ...]:
    """Return the pin of `[pin]`, then those of `[[pins]]`."""
    tables: list[tuple[PinTable, Path]] = [] if site.pin is None else [(site.pin, ("pin",))]
    tables += [(table, ("pins", index)) for index, table in enumerate(site.pins)]
    return tuple(pin for table, place in tables if (pin := _pin(table, place, faults)) is not None)


def _pin(table: PinTable, place: Path, faults: Faults) -> Pin | None:
    for name in ("field", "kind"):
        if getattr(table, name) is None and not faults.around((*place, name)):
            faults.add((*place, name), N_("{key} is missing"))
    if table.field is None or table.kind is None:
        return None
    source_field = table.source_field
    if source_field is not None and table.kind is not PinKind.DATE:
        faults.add((*place, "source_field"), N_('{key} is for kind = "date" only'))
    fields = several(table.field)
    if table.kind is PinKind.DATE and source_field is None:
        source_field = fields[0]
    return Pin(fields=fields, kind=table.kind, comment=table.comment, source_field=source_field)
