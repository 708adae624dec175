"""Fold a long list of findings so that people can read it: by rule, then what is the same in many files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from transtool.errors import N_
from transtool.i18n import Words
from transtool.model import Finding, Severity
from transtool.rules import RULES

FOLD_FROM = 4
"""Places of one and the same sentence from which on it is said only once."""

STATED = frozenset({"missing", "stale", "unknown"})
"""Rules whose findings only repeat the status of their cell."""

_SEVERITIES = tuple(Severity)
_RULES = tuple(RULES)


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence and the findings that it says, in the order of lists."""

    sentence: str
    findings: tuple[Finding, ...]

    @property
    def places(self) -> tuple[tuple[str, int | None], ...]:
        """The paths and lines that it is true of."""
        return tuple(dict.fromkeys((finding.path, finding.line) for finding in self.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The findings of one rule and severity.

    `entries` are sorted: what is the same in many places first, the rest (each an entry with one place) in the order
    of lists.
    """

    rule: str
    severity: Severity
    findings: tuple[Finding, ...]
    entries: tuple[Entry, ...]

    @property
    def files(self) -> int:
        """How many files the group is about."""
        return len({finding.path for finding in self.findings})

    @property
    def fields(self) -> tuple[tuple[str, int], ...]:
        """The fields that findings are about, with the number of findings."""
        named = Counter(str(finding.facts["field"]) for finding in self.findings if "field" in finding.facts)
        return tuple(named.most_common())


def details(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that say more than the status of their cell does."""
    return tuple(finding for finding in findings if finding.rule not in STATED)


def grouped(findings: Iterable[Finding], words: Words) -> tuple[Group, ...]:
    """Group findings (in the order of lists), the most severe first, then in the order of the rules."""
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.severity, finding.rule), []).append(finding)
    return tuple(
        Group(rule=rule, severity=severity, findings=tuple(groups[severity, rule]), entries=entries)
        for severity, rule in sorted(groups, key=_rank)
        for entries in [_entries(groups[severity, rule], words)]
    )


def _rank(group: tuple[Severity, str]) -> tuple[int, int, str]:
    severity, rule = group
    return (_SEVERITIES.index(severity), _RULES.index(rule) if rule in RULES else len(_RULES), rule)


def _entries(findings: list[Finding], words: Words) -> tuple[Entry, ...]:
    said: dict[tuple[str, str, int | None], list[Finding]] = {}
    for sentence, found in _sentences(findings, words):
        said.setdefault((sentence, found[0].path, found[0].line), []).extend(found)
    sentences: dict[str, list[Finding]] = {}
    for (sentence, *_), found in said.items():
        sentences.setdefault(sentence, []).extend(found)
    folded = [
        entry for entry in map(Entry, sentences, map(tuple, sentences.values())) if len(entry.places) >= FOLD_FROM
    ]
    repeated = {entry.sentence for entry in folded}
    single = [Entry(sentence, tuple(found)) for (sentence, *_), found in said.items() if sentence not in repeated]
    return (*sorted(folded, key=lambda entry: -len(entry.places)), *single)


def _sentences(findings: list[Finding], words: Words) -> Iterator[tuple[str, list[Finding]]]:
    """Say every finding; of missing translations, once for an episode which languages it lacks."""
    if findings[0].rule != "missing":
        yield from ((words.finding(finding), [finding]) for finding in findings)
        return
    episodes: dict[tuple[str, int | None], list[Finding]] = {}
    for finding in findings:
        if not _tongues(finding) or finding.problem == "language":
            yield words.finding(finding), [finding]
        else:
            episodes.setdefault((finding.path, finding.line), []).append(finding)
    for lacking in episodes.values():
        names = dict.fromkeys(words.language(tag) for each in lacking for tag in _tongues(each))
        yield words.text(N_("no translation into {languages}"), languages=words.list(names)), lacking


def _tongues(finding: Finding) -> list[str]:
    """Return the languages that a finding is about: one, or those that it lists."""
    named = finding.facts.get("languages")
    if finding.language is not None:
        return [finding.language]
    return [str(each) for each in named] if isinstance(named, list) else []
