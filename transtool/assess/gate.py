"""Decide whether a report fails the run, and say why."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from transtool.errors import N_, Message, Problem, UsageError
from transtool.languages import Spellings
from transtool.model import Finding, Language, Report, Severity, Tally
from transtool.rules import RULES
from transtool.text.suggestions import unknown


@dataclass(frozen=True, slots=True)
class Threshold:
    """The least `share` (0 to 1) that `language` must reach; None means every language by itself."""

    language: Language | None
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What fails a run besides findings of severity `error`: warnings too (`strict`), rules, thresholds."""

    strict: bool = False
    fail_on: frozenset[str] = frozenset()
    coverage: tuple[Threshold, ...] = ()
    freshness: tuple[Threshold, ...] = ()


def parse_gate(
    *,
    strict: bool,
    fail_on: Iterable[str],
    coverage: Iterable[str],
    freshness: Iterable[str],
    spellings: Spellings,
) -> Gate:
    """Return the gate that options of the command line ask for.

    Raises UsageError for unknown rules and for thresholds that are not `PERCENT` or `LANG=PERCENT`.
    """
    rules = frozenset(rule for value in fail_on for rule in value.split(",") if rule)
    for rule in sorted(rules - set(RULES)):
        raise UsageError(unknown(N_("unknown rule {name}"), rule, RULES))
    return Gate(
        strict=strict,
        fail_on=rules,
        coverage=tuple(_threshold(text, spellings) for text in coverage),
        freshness=tuple(_threshold(text, spellings) for text in freshness),
    )


def failures(report: Report, gate: Gate) -> tuple[Message, ...]:
    """Return why `report` fails the run; nothing where it passes."""
    return (*_findings(report.all_findings(), gate), *_thresholds(report, gate))


def _threshold(text: str, spellings: Spellings) -> Threshold:
    name, _, number = text.rpartition("=")
    language = spellings.resolve(name) if name else None
    if name and language is None:
        raise UsageError(unknown(N_("unknown language {name}"), name, spellings.written))
    try:
        share = float(number.strip().removesuffix("%")) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        message = Message(N_("{text} is no percentage"), {"text": repr(text)})
        hint = Message(N_("write 90 or es=90, between 0 and 100"))
        raise UsageError(Problem(message=message, hint=hint))
    return Threshold(language, share)


def _findings(findings: tuple[Finding, ...], gate: Gate) -> Iterator[Message]:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        yield Message(N_("{count} error"), plural=N_("{count} errors"), count=errors)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    if gate.strict and warnings:
        yield Message(N_("{count} warning (--strict)"), plural=N_("{count} warnings (--strict)"), count=warnings)
    for rule in RULES:
        count = sum(finding.rule == rule for finding in findings)
        if rule in gate.fail_on and count:
            template = N_("{count} finding of {rule} (--fail-on)")
            yield Message(template, {"rule": rule}, plural=N_("{count} findings of {rule} (--fail-on)"), count=count)


def _thresholds(report: Report, gate: Gate) -> Iterator[Message]:
    for threshold in gate.coverage:
        template = N_("coverage of {language_name} is {percent} ({part}/{whole}), wanted {wanted_percent}")
        yield from _below(report, threshold, template, lambda tally: (tally.covered, tally.coverage))
    for threshold in gate.freshness:
        template = N_("freshness of {language_name} is {percent} ({part}/{whole}), wanted {wanted_percent}")
        yield from _below(report, threshold, template, lambda tally: (tally.current, tally.freshness))


def _below(
    report: Report, threshold: Threshold, template: str, measure: Callable[[Tally], tuple[int, float]]
) -> Iterator[Message]:
    for language in report.languages if threshold.language is None else (threshold.language,):
        tally = report.tally(language)
        part, share = measure(tally)
        if share < threshold.share:
            facts = {
                "language": language,
                "share": share,
                "wanted": threshold.share,
                "part": part,
                "whole": tally.expected,
            }
            yield Message(template, facts)
