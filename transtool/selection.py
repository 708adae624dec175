"""Which languages, series, episodes and rules a run is about, and a report narrowed to them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from transtool.errors import N_, Message, Problem, UsageError
from transtool.languages import Spellings
from transtool.model import Cell, EpisodeReport, Finding, Key, Language, Report, Source, natural_order
from transtool.rules import RULES

_LONGEST_NUMBER = 18
"""Digits of a number; longer runs of digits are text."""

_RANGE = re.compile(r"([0-9]{1,18})\s*(?:-|\.\.|–)\s*([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class NumberSet:
    """A set of keys: single ones by name and `ranges` of numbers, both ends included."""

    names: frozenset[Key] = frozenset()
    ranges: tuple[tuple[int, int], ...] = ()

    def __contains__(self, key: object) -> bool:
        """Say whether `key` (a number as text without leading zeros, or a text key) is in the set."""
        if not isinstance(key, str):
            return False
        if key in self.names:
            return True
        return _is_number(key) and any(first <= int(key) <= last for first, last in self.ranges)

    def unmatched(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """Return what was asked for and is none of `keys`: names, and ranges that hold not one of them."""
        there = set(keys)
        numbers = [int(key) for key in there if _is_number(key)]
        names = sorted(self.names - there, key=natural_order)
        ranges = [pair for pair in self.ranges if not any(pair[0] <= number <= pair[1] for number in numbers)]
        return (*names, *(f"{first}-{last}" for first, last in ranges))


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a run is about; None stands for everything."""

    languages: frozenset[Language] | None = None
    series: frozenset[str] | None = None
    numbers: NumberSet | None = None
    rules: frozenset[str] | None = None

    def wants_episode(self, series: str | None, key: Key | None) -> bool:
        """Say whether the episode is selected; what belongs to no episode is not, once any is asked for."""
        if self.series is not None and series not in self.series:
            return False
        return self.numbers is None or key in self.numbers

    def wants_language(self, language: Language | None) -> bool:
        """Say whether `language` is selected."""
        return self.languages is None or language in self.languages


EVERYTHING = Selection()
"""The selection that keeps a report as it is."""


def parse_numbers(text: str) -> NumberSet:
    """Return the set that `100-160,200` (or text keys, `part-2`) means.

    A range is two numbers, the smaller first; leading zeros do not count. Raises UsageError for a range that
    runs backwards and for text that names nothing.
    """
    names: set[Key] = set()
    ranges: list[tuple[int, int]] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        pair = _RANGE.fullmatch(part)
        if pair is None:
            names.add(_key(part))
        elif int(pair[1]) <= int(pair[2]):
            ranges.append((int(pair[1]), int(pair[2])))
        elif _is_date_like(pair[2]):
            names.add(Key(part))
        else:
            raise _backwards(part, pair[1], pair[2])
    if not names and not ranges:
        raise UsageError(Problem(message=Message(N_("{text} names no episode"), {"text": repr(text)})))
    return NumberSet(frozenset(names), tuple(ranges))


def parse(
    *,
    languages: Iterable[str] = (),
    series: Iterable[str] = (),
    numbers: Iterable[str] = (),
    rules: Iterable[str] = (),
    spellings: Spellings,
    known_languages: Iterable[Language],
    known_series: Iterable[str],
) -> Selection:
    """Return what options of the command line select; each option may hold several values with commas.

    Raises UsageError with every value that names nothing, and what was probably meant.
    """
    problems: list[Problem] = []
    chosen = _choose(tuple(languages), {str(tag): tag for tag in known_languages}, spellings, problems)
    wanted_series = _names(tuple(series), tuple(known_series), N_("unknown series {name}"), problems)
    wanted_rules = _names(tuple(rules), tuple(RULES), N_("unknown rule {name}"), problems)
    asked, wanted_numbers = tuple(numbers), None
    try:
        wanted_numbers = parse_numbers(",".join(asked)) if asked else None
    except UsageError as error:
        problems += error.problems
    if problems:
        raise UsageError(*problems)
    return Selection(languages=chosen, series=wanted_series, numbers=wanted_numbers, rules=wanted_rules)


def require_numbers(selection: Selection, keys: Iterable[tuple[str, Key]]) -> None:
    """Raise UsageError for every selected number that no (series, key) of the selected series has."""
    if selection.numbers is None:
        return
    there = [key for series, key in keys if selection.series is None or series in selection.series]
    unmatched = selection.numbers.unmatched(there)
    if unmatched:
        raise UsageError(*(_no_episode(name, there) for name in unmatched))


def select(report: Report, selection: Selection) -> Report:
    """Return the part of `report` that `selection` is about.

    Languages, series and numbers narrow cells and findings, so that every count has the selection as its
    denominator; rules narrow findings only, because a status does not depend on what is listed. A finding
    that belongs to no episode (or to no language) is left out once episodes (or languages) are selected.
    """
    if selection == EVERYTHING:
        return report
    return replace(
        report,
        languages=tuple(language for language in report.languages if selection.wants_language(language)),
        series=tuple(name for name in report.series if selection.series is None or name in selection.series),
        episodes=tuple(_narrow(episode, selection) for episode in report.episodes if _wanted(episode, selection)),
        findings=tuple(
            finding
            for finding in _of_rules(report.findings, selection)
            if selection.wants_episode(finding.series, finding.key) and selection.wants_language(finding.language)
        ),
    )


def touching(report: Report, paths: Collection[str]) -> Report:
    """Return the part of `report` that edits of `paths` concern: translations that were edited, or whose source was."""
    episodes = []
    for episode in report.episodes:
        source = episode.source if episode.source is not None and episode.source.path in paths else None
        cells = tuple(cell for cell in episode.cells if source is not None or cell.path in paths)
        if source is not None or cells:
            episodes.append(replace(episode, source=source or _silent(episode.source), cells=cells))
    findings = tuple(finding for finding in report.findings if finding.path in paths)
    return replace(report, episodes=tuple(episodes), findings=findings)


def unknown(template: str, name: str, known: Iterable[str]) -> Problem:
    """Return the problem that `name` is none of `known`: what was probably meant, else everything there is."""
    there = tuple(known)
    hint = suggestion(name, there) or Message(N_("there are: {names}"), {"names": ", ".join(there)})
    return Problem(message=Message(template, {"name": name}), hint=hint)


def suggestion(name: str, known: Iterable[str]) -> Message | None:
    """Return the "did you mean" for `name` among `known`, or None where nothing is near."""
    folded = {candidate.casefold(): candidate for candidate in known}
    longer = [candidate for candidate in folded if name and candidate.startswith(f"{name.casefold()}-")]
    near = longer or get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return Message(N_("did you mean {suggestion}?"), {"suggestion": folded[near[0]]}) if near else None


def _silent(source: Source | None) -> Source | None:
    return None if source is None else replace(source, findings=())


def _wanted(episode: EpisodeReport, selection: Selection) -> bool:
    return selection.wants_episode(episode.series, episode.key)


def _narrow(episode: EpisodeReport, selection: Selection) -> EpisodeReport:
    source = episode.source
    if source is not None:
        kept = _of_rules(source.findings, selection) if selection.wants_language(source.language) else ()
        source = replace(source, findings=tuple(kept))
    cells = tuple(_narrow_cell(cell, selection) for cell in episode.cells if selection.wants_language(cell.language))
    return replace(episode, source=source, cells=cells)


def _narrow_cell(cell: Cell, selection: Selection) -> Cell:
    return cell if selection.rules is None else replace(cell, findings=tuple(_of_rules(cell.findings, selection)))


def _of_rules(findings: Iterable[Finding], selection: Selection) -> Iterable[Finding]:
    return (finding for finding in findings if selection.rules is None or finding.rule in selection.rules)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


def _is_date_like(second: str) -> bool:
    """Say whether the second half of what looks like a backwards range is the month of a key like 2024-05."""
    return len(second) == 2 and second.startswith("0")


def _key(text: str) -> Key:
    bare = text.removeprefix("#")
    return Key(str(int(bare))) if _is_number(bare) else Key(text)


def _backwards(part: str, first: str, last: str) -> UsageError:
    message = Message(N_("the range {range} runs backwards"), {"range": part})
    hint = Message(N_("did you mean {suggestion}?"), {"suggestion": f"{last}-{first}"})
    return UsageError(Problem(message=message, hint=hint))


def _split(values: tuple[str, ...], problems: list[Problem]) -> tuple[str, ...]:
    """Return the values at the commas. An option without any is a mistake: it would select everything."""
    names = tuple(filter(None, (part.strip() for value in values for part in value.split(","))))
    if values and not names:
        problems.append(Problem(message=Message(N_("{text} selects nothing"), {"text": repr(",".join(values))})))
    return names


def _names(
    values: tuple[str, ...], known: tuple[str, ...], template: str, problems: list[Problem]
) -> frozenset[str] | None:
    names = _split(values, problems)
    problems += (unknown(template, name, known) for name in names if name not in known)
    return frozenset(names) or None


def _choose(
    values: tuple[str, ...], known: Mapping[str, Language], spellings: Spellings, problems: list[Problem]
) -> frozenset[Language] | None:
    found: set[Language] = set()
    for text in _split(values, problems):
        language = spellings.resolve(text)
        if language is None:
            problems.append(unknown(N_("unknown language {name}"), text, known))
        else:
            found.add(language)
    return frozenset(found) or None


def _no_episode(name: str, keys: Iterable[Key]) -> Problem:
    there = sorted(set(keys), key=natural_order)
    message = Message(N_("there is no episode {number}"), {"number": name})
    if not there:
        return Problem(message=message)
    numbers = [key for key in there if _is_number(key)]
    if len(there) == 1:
        return Problem(message=message, hint=Message(N_("there is only {number}"), {"number": there[0]}))
    if numbers and (len(numbers) == len(there) or name.strip("0123456789-") == ""):
        facts = {"first": numbers[0], "last": numbers[-1]}
        return Problem(message=message, hint=Message(N_("there are {first} to {last}"), facts))
    return Problem(message=message, hint=suggestion(name, there))
