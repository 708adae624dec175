"""Which languages, series, episodes and rules a run is about, and a report narrowed to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from transtool.errors import N_, Message, Problem, UsageError
from transtool.keys import NumberSet, is_number, parse_numbers
from transtool.languages import Spellings
from transtool.model import EpisodeReport, Finding, Key, Language, Noun, Report, Severity, Source, natural_order
from transtool.rules import RULES
from transtool.text.suggestions import suggestion, unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a run is about; None stands for everything."""

    languages: frozenset[Language] | None = None
    series: frozenset[str] | None = None
    numbers: NumberSet | None = None
    rules: frozenset[str] | None = None
    severities: frozenset[Severity] | None = None

    @property
    def names_episodes(self) -> bool:
        """Whether episodes were asked for one by one, each by its name."""
        return self.numbers is not None and self.numbers == NumberSet(names=self.numbers.names)

    @property
    def is_whole(self) -> bool:
        """Whether it leaves out no episode and no language."""
        return self.languages is None and self.series is None and self.numbers is None

    def wants_finding(self, finding: Finding) -> bool:
        """Say whether a finding is of a selected rule and severity."""
        return (self.rules is None or finding.rule in self.rules) and (
            self.severities is None or finding.severity in self.severities
        )

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


def parse(
    *,
    languages: Iterable[str] = (),
    series: Iterable[str] = (),
    numbers: Iterable[str] = (),
    rules: Iterable[str] = (),
    severity: Severity | None = None,
    spellings: Spellings,
    known_languages: Iterable[Language],
    known_series: Iterable[str],
) -> Selection:
    """Return what options of the command line select; each option may hold several values with commas.

    `severity` selects it and what is worse. Raises UsageError with every value that names nothing, and what was
    probably meant.
    """
    problems: list[Problem] = []
    chosen = _choose(tuple(languages), {str(tag): tag for tag in known_languages}, spellings, problems)
    wanted_series = names_among(tuple(series), tuple(known_series), N_("unknown series {name}"), problems)
    wanted_rules = names_among(tuple(rules), tuple(RULES), N_("unknown rule {name}"), problems)
    asked, wanted_numbers = tuple(numbers), None
    try:
        wanted_numbers = parse_numbers(",".join(asked)) if asked else None
    except UsageError as error:
        problems += error.problems
    if problems:
        raise UsageError(*problems)
    worst_first = tuple(Severity)
    levels = None if severity is None else frozenset(worst_first[: worst_first.index(severity) + 1])
    return Selection(
        languages=chosen, series=wanted_series, numbers=wanted_numbers, rules=wanted_rules, severities=levels
    )


def require_numbers(selection: Selection, keys: Iterable[tuple[str, Key]], noun: Noun = Noun.EPISODE) -> None:
    """Raise UsageError for every selected number that no (series, key) of the selected series has."""
    if selection.numbers is None:
        return
    there = [key for series, key in keys if selection.series is None or series in selection.series]
    unmatched = selection.numbers.unmatched(there)
    if unmatched:
        raise UsageError(*(_no_episode(name, there, noun) for name in unmatched))


def select(report: Report, selection: Selection) -> Report:
    """Return the part of `report` that `selection` is about.

    Languages, series and numbers narrow cells and findings, so that every count has the selection as its
    denominator; rules and severities narrow findings only, because a status does not depend on what is listed. A
    finding that belongs to no episode (or to no language) is left out once episodes (or languages) are selected.
    """
    if selection == EVERYTHING:
        return report
    selected = replace(
        report,
        languages=tuple(language for language in report.languages if selection.wants_language(language)),
        series=tuple(name for name in report.series if selection.series is None or name in selection.series),
        episodes=tuple(
            _in_languages(episode, selection)
            for episode in report.episodes
            if selection.wants_episode(episode.series, episode.key)
        ),
        findings=tuple(
            found
            for finding in report.findings
            if selection.wants_episode(finding.series, finding.key)
            and (found := _of_languages(finding, selection)) is not None
        ),
    )
    if selection.rules is None and selection.severities is None:
        return selected
    return selected.with_findings(selection.wants_finding)


def _of_languages(finding: Finding, selection: Selection) -> Finding | None:
    """Return a finding as far as it is about selected languages; one about a whole page names those it is about."""
    named = finding.facts.get("languages")
    if finding.language is not None or not isinstance(named, list):
        return finding if selection.wants_language(finding.language) else None
    kept = [each for each in named if selection.wants_language(Language(str(each)))]
    return replace(finding, facts={**finding.facts, "languages": kept, "count": len(kept)}) if kept else None


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


def _silent(source: Source | None) -> Source | None:
    return None if source is None else replace(source, findings=())


def _in_languages(episode: EpisodeReport, selection: Selection) -> EpisodeReport:
    wanted = episode.source is not None and selection.wants_language(episode.source.language)
    cells = tuple(cell for cell in episode.cells if selection.wants_language(cell.language))
    return replace(episode, source=episode.source if wanted else _silent(episode.source), cells=cells)


def _split(values: tuple[str, ...], problems: list[Problem]) -> tuple[str, ...]:
    """Return the values at the commas. An option without any is a mistake: it would select everything."""
    names = tuple(filter(None, (part.strip() for value in values for part in value.split(","))))
    if values and not names:
        problems.append(Problem(message=Message(N_("{text} selects nothing"), {"text": repr(",".join(values))})))
    return names


def names_in(values: Iterable[str]) -> tuple[str, ...]:
    """Return the names that an option lists. Raises UsageError where it was given and lists none."""
    problems: list[Problem] = []
    names = _split(tuple(values), problems)
    if problems:
        raise UsageError(*problems)
    return names


def names_among(
    values: tuple[str, ...], known: Collection[str], template: str, problems: list[Problem]
) -> frozenset[str] | None:
    """Return the names that an option lists, None where it was not given; note in `problems` those not `known`.

    `template` is the sentence for an unknown name. An option that was given and names nothing is a problem, too.
    """
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


def _no_episode(name: str, keys: Iterable[Key], noun: Noun) -> Problem:
    there = sorted(set(keys), key=natural_order)
    called = N_("there is no episode {number}")
    template = called if noun is Noun.EPISODE else N_("nothing has the number or key {number}")
    message = Message(template, {"number": name})
    if not there:
        return Problem(message=message)
    numbers = [key for key in there if is_number(key)]
    if len(there) == 1:
        return Problem(message=message, hint=Message(N_("there is only {number}"), {"number": there[0]}))
    if numbers and (len(numbers) == len(there) or name.strip("0123456789-") == ""):
        facts = {"first": numbers[0], "last": numbers[-1]}
        return Problem(message=message, hint=Message(N_("there are {first} to {last}"), facts))
    return Problem(message=message, hint=suggestion(name, there))
