"""Decide whether a report fails the run, and say why."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from transtool.errors import N_, Message, Problem, UsageError
from transtool.languages import Spellings
from transtool.model import Finding, Language, Report, Severity, Tally
from transtool.rules import RULES
from transtool.selection import names_among
from transtool.text.suggestions import unknown

_PERCENTAGE = re.compile(r"\s*+([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*+%?+\s*+")
_FINEST = 3
"""Decimals of a percentage that is asked for, and of the percentages that failures name."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least `share` (0 to 1, exact) that `language` must reach; None means every language by itself."""

    language: Language | None
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What fails a run besides findings of severity `error`: warnings too (`strict`), rules, thresholds."""

    strict: bool = False
    fail_on: frozenset[str] = frozenset()
    coverage: tuple[Threshold, ...] = ()
    freshness: tuple[Threshold, ...] = ()

    def fails(self, finding: Finding) -> bool:
        """Say whether one finding alone fails the run."""
        if finding.severity is Severity.ERROR or finding.rule in self.fail_on:
            return True
        return self.strict and finding.severity is Severity.WARNING


def parse_gate(
    *,
    strict: bool,
    fail_on: Iterable[str],
    coverage: Iterable[str],
    freshness: Iterable[str],
    spellings: Spellings,
) -> Gate:
    """Return the gate that options of the command line ask for.

    Raises UsageError for unknown rules, for a list of rules that names none, and for thresholds that are not
    `PERCENT` or `LANG=PERCENT`.
    """
    problems: list[Problem] = []
    rules = names_among(tuple(fail_on), RULES, N_("unknown rule {name}"), problems)
    if problems:
        raise UsageError(*problems)
    return Gate(
        strict=strict,
        fail_on=rules or frozenset(),
        coverage=tuple(_threshold(text, spellings) for text in coverage),
        freshness=tuple(_threshold(text, spellings) for text in freshness),
    )


def failures(report: Report, gate: Gate) -> tuple[Message, ...]:
    """Return why `report` fails the run; nothing where it passes."""
    return (*_findings(report, gate), *_thresholds(report, gate))


def _threshold(text: str, spellings: Spellings) -> Threshold:
    name, given, number = text.rpartition("=")
    language = spellings.resolve(name) if name else None
    if name and language is None:
        raise UsageError(unknown(N_("unknown language {name}"), name, spellings.written))
    found = _PERCENTAGE.fullmatch(number)
    share = None if found is None else Fraction(found[1]) / 100
    if share is None or share > 1 or (given and not name):
        message = Message(N_("{text} is not a percentage"), {"text": repr(text)})
        hint = Message(N_("write 90 or es=90, between 0 and 100"))
        raise UsageError(Problem(message=message, hint=hint))
    return Threshold(language, share)


def _findings(report: Report, gate: Gate) -> Iterator[Message]:
    severities = Counter(finding.severity for finding in report.each_finding())
    errors, warnings = severities[Severity.ERROR], severities[Severity.WARNING]
    if errors:
        yield Message(N_("{count} error"), plural=N_("{count} errors"), count=errors)
    if gate.strict and warnings:
        yield Message(N_("{count} warning (--strict)"), plural=N_("{count} warnings (--strict)"), count=warnings)
    rules = Counter(finding.rule for finding in report.each_finding()) if gate.fail_on else Counter()
    for rule in RULES:
        if rule in gate.fail_on and (count := rules[rule]):
            template = N_("{count} finding of {rule} (--fail-on)")
            yield Message(template, {"rule": rule}, plural=N_("{count} findings of {rule} (--fail-on)"), count=count)


def _thresholds(report: Report, gate: Gate) -> Iterator[Message]:
    for threshold in gate.coverage:
        template = N_("coverage of {language_name} is {percent} ({part}/{whole}), wanted {wanted_percent}")
        yield from _below(report, threshold, template, lambda tally: tally.covered)
    for threshold in gate.freshness:
        template = N_("freshness of {language_name} is {percent} ({part}/{whole}), wanted {wanted_percent}")
        yield from _below(report, threshold, template, lambda tally: tally.current)


def _below(report: Report, threshold: Threshold, template: str, measure: Callable[[Tally], int]) -> Iterator[Message]:
    for language in report.languages if threshold.language is None else (threshold.language,):
        tally = report.tally(language)
        part, whole = measure(tally), tally.expected
        if not whole or Fraction(part, whole) >= threshold.share:
            continue
        share, decimals = _said(Fraction(part, whole), threshold.share)
        facts = {
            "language": language,
            "share": share,
            "wanted": float(threshold.share),
            "decimals": decimals,
            "part": part,
            "whole": whole,
        }
        yield Message(template, facts)


def _said(share: Fraction, wanted: Fraction) -> tuple[float, int]:
    """Return a share that is below `wanted`, and with how few decimals of a percent that can be seen."""
    for decimals in range(_FINEST):
        scale = 100 * 10**decimals
        rounded = round(share * scale)
        if rounded < wanted * scale == round(wanted * scale) and (rounded or not share):
            return float(share), decimals
    scale = 100 * 10**_FINEST
    return math.floor(share * scale) / scale, _FINEST
