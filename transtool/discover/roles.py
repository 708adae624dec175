"""Infer what the fields of front matter are: shared, translated, made for the language, or not worth comparing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from transtool.discover.cases import Case, Titles, flat, is_wordy, local_value
from transtool.discover.files import LANGUAGE_FIELDS
from transtool.document import Document, Scalar
from transtool.languages import same
from transtool.settings import FromSource, Learn, LocalValue, Pattern

Plain = Literal["shared", "translated", "ignored", "own"]

_TRANSLATED_TEXT = 0.5
_TRANSLATED_LIST = 0.7
_ENOUGH = 10
# A field that differs in this share of so many translations that have it is not kept in step by anybody.
_NOT_KEPT = 0.25
_MANY = 50
# More names than this below one field, each in less than this share of the translations, are data.
_MANY_NAMES = 12
_RARE = 0.02
_PROSE = re.compile(
    r"(?i)(?:.*[._-])?(?:(?:sub|head|link|nav|seo|short)?_?title|summary|(?:meta|short|long)?_?description|excerpt|"
    r"abstract|headline|lead|lede|intro(?:duction)?|teaser|caption|alt|tagline|sidebar_label)"
)
_NO_TEXT = re.compile(
    r"(?is)(?:.*[._-])?(?:name|slug\w{0,32}|id|uid|key|ref|path|url|permalink|aliases|layout|type|kind|class|icon|code|example|"
    r"module|submodule|file|image|img|src|href|link|version|author|authors|translators?|reviewers?|contributors?|"
    r"avatar|card|(?:dev|developer|editor|internal|translator)_?(?:note|comment)s?|_.{0,32}|c?spell.{0,32})"
)
"""Names of fields that hold what programs read, or names of people: they differ or not, but nobody translates them."""
_FOR_TOOLS = re.compile(
    r"(?i)(?:.*[._-])?(?:c?spell.{0,32}|(?:dev|developer|editor|internal|translator)_?(?:note|comment)s?)"
)
"""Names of fields for checkers and for editors: where they differ at all, each language has what it needs."""
_OWN = re.compile(r"(?i)(?:.*[._-])?(?:translators?|translated_?by|reviewers?|reviewed_?by)")
"""Names of fields that say who made a translation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What a field is, and the evidence: in how many of `count` translations that have it it reads as the source."""

    name: str
    role: Plain | LocalValue
    same: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """The roles of all fields: those of the whole site, and those in which single series differ."""

    site: tuple[Role, ...]
    series: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)

    def every(self) -> Iterator[tuple[str, Role]]:
        """Yield every role with the series that it is for, empty for the whole site."""
        for series, found in (("", self.site), *self.series.items()):
            yield from ((series, role) for role in found)


def roles(cases: Mapping[str, Sequence[Case]], titles: Titles, among: Mapping[str, int] | None = None) -> Roles:
    """Return the roles of the fields that `cases` has evidence of, in that order.

    `among` counts the translations of every series that the cases are from.
    """
    site: list[Role] = []
    series: dict[str, list[Role]] = defaultdict(list)
    seen = {case.series for evidence in cases.values() for case in evidence}
    for name, evidence in cases.items():
        by_series: dict[str, list[Case]] = defaultdict(list)
        for case in evidence:
            by_series[case.series].append(case)
        local = _local(name, by_series, titles, among or {})
        everywhere = len(local) == len(by_series) and len({repr(role.role) for role in local.values()}) == 1
        if local and everywhere and (len(local) > 1 or len(seen) == 1):
            site.append(_role(name, next(iter(local.values())).role, evidence))
        elif local:
            for each, role in local.items():
                series[each].append(role)
        else:
            general = _role(name, _plain(name, evidence), evidence)
            site.append(general)
            for each, own in by_series.items():
                special = _role(name, _plain(name, own), own)
                if len(by_series) > 1 and special.count >= _ENOUGH and special.role != general.role:
                    series[each].append(special)
    listed = _together(site, sum((among or {}).values()))
    return Roles(site=listed, series={each: tuple(found) for each, found in series.items()})


def _together(site: Sequence[Role], count: int) -> tuple[Role, ...]:
    """Return `site` with data below one field, named otherwise on every page, as that field alone: not compared.

    `count` is how many translations there are.
    """
    rare: dict[str, list[Role]] = defaultdict(list)
    for role in site:
        top, dot, _ = role.name.partition(".")
        if dot and role.count < _RARE * count and role.role in ("translated", "ignored"):
            rare[top].append(role)
    data = {top: found for top, found in rare.items() if len(found) > _MANY_NAMES}
    below = {role.name for found in data.values() for role in found}
    whole = (
        Role(name=top, role="ignored", same=sum(each.same for each in found), count=sum(each.count for each in found))
        for top, found in data.items()
    )
    return (*(role for role in site if role.name not in below), *whole)


def of_sources(fronts: Sequence[Document], source: str) -> Roles:
    """Return the roles that the names of fields suggest, in a site of which there are only the sources."""
    counts: dict[str, int] = defaultdict(int)
    for front in fronts:
        for name, value in flat(front).items():
            named = name in LANGUAGE_FIELDS and isinstance(value, Scalar) and same(value.text, source)
            counts[name] += named or (_PROSE.fullmatch(name) is not None and is_wordy(value))
    return Roles(
        site=tuple(
            Role(name=name, role=Pattern("{lang}") if name in LANGUAGE_FIELDS else "translated", same=0, count=0)
            for name in sorted(filter(counts.get, counts), key=lambda name: (-counts[name], name))
        )
    )


def _local(
    name: str, by_series: Mapping[str, Sequence[Case]], titles: Titles, among: Mapping[str, int]
) -> dict[str, Role]:
    """Return the local role of a field by series; empty where it is local in none.

    Where a series does not show how its values are made, but they differ as they do elsewhere, they are learnt.
    """
    if _PROSE.fullmatch(name) or _OWN.fullmatch(name):
        return {}
    values = {each: local_value(cases, titles, among.get(each, 0)) for each, cases in by_series.items()}
    if _NO_TEXT.fullmatch(name):
        values = {each: value if isinstance(value, Pattern | FromSource) else None for each, value in values.items()}
    if not any(values.values()):
        return {}
    found: dict[str, Role] = {}
    for each, cases in by_series.items():
        learnt = Learn() if not _NO_TEXT.fullmatch(name) and any(case.differs for case in cases) else None
        value = values[each] or learnt
        if value is not None:
            found[each] = _role(name, value, cases)
    return found


def _plain(name: str, cases: Sequence[Case]) -> Plain:
    if _OWN.fullmatch(name):
        return "own"
    if _PROSE.fullmatch(name) and any(is_wordy(case.value) for case in cases if case.value is not None):
        return "translated"
    compared = [case for case in cases if case.same or case.differs]
    if not compared:
        return "shared" if any(case.source is not None for case in cases) else "ignored"
    differing = [case.value for case in compared if case.differs and case.value is not None]
    threshold = _TRANSLATED_TEXT if isinstance(compared[0].value, Scalar) else _TRANSLATED_LIST
    if len(differing) < threshold * len(compared) and not (differing and _FOR_TOOLS.fullmatch(name)):
        kept = len(compared) < _MANY or len(differing) < _NOT_KEPT * len(compared)
        return "shared" if kept else "ignored"
    wordy = 2 * sum(map(is_wordy, differing)) >= len(differing) and not _NO_TEXT.fullmatch(name)
    return "translated" if wordy else "ignored"


def _role(name: str, role: Plain | LocalValue, cases: Sequence[Case]) -> Role:
    there = [case for case in cases if case.value is not None]
    return Role(name=name, role=role, same=sum(case.same for case in there), count=len(there))
