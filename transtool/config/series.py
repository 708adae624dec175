"""One `[series.NAME]` table of the configuration: templates, keys, exemptions, and what it inherits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from transtool.config.check import Faults
from transtool.config.fields import check_labelled, merged, read_fields, read_labels, with_labels
from transtool.config.languages import Languages
from transtool.config.lines import Path
from transtool.config.tables import ExemptTable, KeyTable, SeriesTable, SiteTable
from transtool.errors import N_, UsageError
from transtool.keys import NumberSet, parse_numbers
from transtool.layout import Template, TemplateError, compile_template
from transtool.model import Language
from transtool.settings import Exemption, FieldIs, Fields, KeyField, KeyFrom, LabelTable, PointsTo, Reading, Series
from transtool.text.expressions import NoExpression, compiled
from transtool.text.globs import LONGEST

_NAME = re.compile(r"\{(\w+)(?:\*\*)?\}", re.ASCII)


class SeriesReader:
    """Makes `Series` of their tables; knows what they inherit from the site, and the paths already claimed."""

    def __init__(
        self,
        languages: Languages,
        fields: Fields,
        labels: LabelTable,
        reading: Reading,
        document: Mapping[str, object],
        faults: Faults,
    ) -> None:
        self.languages, self.fields, self.labels, self.reading = languages, fields, labels, reading
        self.document, self.faults = document, faults
        self.claims: dict[str, Path] = {}

    def read(self, name: str, table: SeriesTable) -> Series:
        """Return the series called `name`."""
        place: Path = ("series", name)
        own = read_fields(table.fields, (*place, "fields"), places(table), self.faults)
        labels = read_labels(table.labels, (*place, "labels"), self.languages.resolve, self.faults)
        fields = merged(self.fields, own, self._given((*place, "fields")))
        check_labelled(table.labels, (*place, "labels"), fields.local, self.faults)
        key = self._key(table.key, (*place, "key"))
        pointer = (key.field,) if isinstance(key, PointsTo) else ()
        return ignoring(
            Series(
                name=name,
                templates=tuple(self._templates(table, (*place, "path"))),
                languages=self.languages.translations(name),
                since=table.since,
                key=key,
                exempt=tuple(self._exemptions(table.exempt, (*place, "exempt"))),
                exclude=read_globs(table.exclude, (*place, "exclude"), self.faults),
                fields=fields,
                labels=with_labels(self.labels, labels),
                reading=read_reading(table, self.reading),
            ),
            pointer,
        )

    def _given(self, place: Path) -> frozenset[str]:
        """Return the keys that the document has at `place`."""
        table: object = self.document
        for part in place:
            if isinstance(table, list) and isinstance(part, int):
                table = table[part]
            else:
                table = table.get(part) if isinstance(table, dict) else None
        return frozenset(table) if isinstance(table, dict) else frozenset()

    def _templates(self, table: SeriesTable, place: Path) -> Iterator[Template]:
        if table.path is None:
            if not self.faults.around(place):
                self.faults.add(place, N_("{key} is missing: the path template of the files"))
            return
        if self.languages.source is None:
            return
        texts = [table.path] if isinstance(table.path, str) else table.path
        for index, text in enumerate(texts):
            at = place if isinstance(table.path, str) else (*place, index)
            self._claim(text, at)
            try:
                yield compile_template(text, self.languages.spellings, source=self.languages.source)
            except TemplateError as error:
                self.faults.add(at, N_("{key}: {problem}"), problem=error.message)

    def _claim(self, text: str, place: Path) -> None:
        """Two templates that are the same text would claim the same files."""
        first = self.claims.setdefault(text, place)
        if first != place:
            line = self.faults.line(first)
            self.faults.add(place, N_("{key}: {value} is already used on line {line}"), value=text, line=line)

    def _key(self, table: KeyTable | None, place: Path) -> KeyFrom | None:
        if table is None:
            return None
        pattern = table.pattern
        if table.points_to is not None:
            if table.field is not None or pattern is not None:
                self.faults.add(place, N_("{key}: points_to cannot be combined with field or pattern"))
            return PointsTo(table.points_to)
        if table.field is None:
            if not self.faults.around(place):
                self.faults.add(place, N_("{key} needs field or points_to"))
            return None
        if pattern is not None:
            check_expression(pattern, (*place, "pattern"), self.faults)
        return KeyField(several(table.field), pattern)

    def _exemptions(self, tables: list[ExemptTable], place: Path) -> Iterator[Exemption]:
        for index, table in enumerate(tables):
            at = (*place, index)
            made = Exemption(
                keys=None if table.key is None else self._keys(table.key, (*at, "key")),
                languages=None if table.languages is None else self._tags(table.languages, (*at, "languages")),
                globs=() if table.keys is None else tuple(table.keys),
                before=table.before,
                after=table.after,
                field=self._mark(table, at),
            )
            if made == Exemption() and not self.faults.around(at):
                self.faults.add(at, N_("{key} exempts everything: give it keys, languages, dates or a field"))
            if made.before is not None and made.after is not None and made.before <= made.after:
                self.faults.add((*at, "before"), N_("{key} is not later than {other}"), other="after")
            yield made

    def _mark(self, table: ExemptTable, place: Path) -> FieldIs | None:
        if table.field is None:
            for name in self._given(place) & {"is", "of"}:
                self.faults.add((*place, name), N_("{key} says nothing without {other}"), other="field")
            return None
        return FieldIs(table.field, _written(table.value), table.of)

    def _keys(self, text: int | str, place: Path) -> NumberSet:
        try:
            return parse_numbers(str(text))
        except UsageError as error:
            problem = error.problems[0]
            self.faults.add(place, N_("{key}: {problem}"), problem.hint, problem=problem.message)
            return NumberSet()

    def _tags(self, texts: list[str], place: Path) -> tuple[Language, ...]:
        found = (self.languages.resolve(text, (*place, index), self.faults) for index, text in enumerate(texts))
        return tuple(tag for tag in found if tag is not None)


def ignoring(series: Series, names: tuple[str, ...]) -> Series:
    """Return `series` with `names` ignored: fields that are transtool's or the site's own bookkeeping."""
    fields = series.fields
    more = tuple(name for name in names if name not in (*fields.ignored, *fields.translated, *fields.local))
    return replace(series, fields=replace(fields, ignored=(*fields.ignored, *dict.fromkeys(more))))


def places(*tables: SeriesTable) -> tuple[str, ...]:
    """Return the names in the path templates of `tables`, which patterns of local fields can use."""
    texts = [text for table in tables if table.path is not None for text in several(table.path)]
    return tuple(name for text in texts for name in _NAME.findall(text) if name != "_")


def read_globs(globs: list[str], place: Path, faults: Faults) -> tuple[str, ...]:
    """Return globs of paths, noting those that no path of a site can fit."""
    for index, glob in enumerate(globs):
        at = (*place, index)
        if glob.startswith("/") or "\\" in glob or any(name in ("", ".", "..") for name in glob.rstrip("/").split("/")):
            faults.add(at, N_("{key}: {value} is no path inside the site; globs are relative to it"), value=glob)
        if len(glob) > LONGEST:
            faults.add(at, N_("{key} is longer than {most} characters"), most=LONGEST)
    return tuple(globs)


def _written(value: bool | float | str) -> str:
    """Return a value of the configuration as front matter has it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_reading(table: SeriesTable | SiteTable, above: Reading) -> Reading:
    """Return how files are read; what `table` does not say is as in `above`."""
    names = table.prose_attributes
    return Reading(
        dialect=above.dialect if table.dialect is None else table.dialect,
        prose_attributes=above.prose_attributes
        if names is None
        else tuple(dict.fromkeys(name.lower() for name in names)),
    )


def several(value: str | list[str]) -> tuple[str, ...]:
    """Return what stands alone or in a list as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def check_expression(text: str, place: Path, faults: Faults) -> None:
    """Note `text` that is not a regular expression."""
    try:
        compiled(text)
    except NoExpression as error:
        faults.add(place, N_("{key} is not a regular expression: {problem}"), problem=str(error))
