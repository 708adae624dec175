"""The report as JUnit XML: a suite for each language, a case for each episode, for the test pages of CI servers."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from transtool.i18n import ENGLISH, Words
from transtool.i18n.safe_text import location, visible
from transtool.model import Cell, EpisodeReport, Finding, Report, Severity, Status

_WRONG = (Severity.ERROR, Severity.WARNING)
# What XML 1.0 cannot hold; control characters and surrogates are visible escapes by then.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One test: what is tested, where, and what came of it."""

    suite: str
    name: str
    path: str
    findings: tuple[Finding, ...]
    status: Status | None = None
    reason: str = ""

    @property
    def outcome(self) -> str:
        """`error` (cannot be read), `failure` (an error or a warning), `skipped` (not judged) or nothing."""
        if self.status is Status.UNREADABLE:
            return "error"
        if any(finding.severity in _WRONG for finding in self.findings):
            return "failure"
        return "" if self.status in (None, Status.CURRENT) else "skipped"


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return the XML. It is in English whatever `words` speak: programs read it.

    A case fails where its translation has a finding of severity `error` or `warning`; it is skipped where nothing
    was judged (`exempt`, `unknown`, or a status whose rule is off). Notes are in its output. The source files
    have a suite of their own, as have findings that belong to no episode.
    """
    suites: dict[str, list[_Case]] = {language: [] for language in report.languages}
    for case in _cases(report):
        suites.setdefault(case.suite, []).append(case)
    root = ET.Element("testsuites", _counts("transtool", [case for cases in suites.values() for case in cases]))
    for name, cases in suites.items():
        suite = ET.SubElement(root, "testsuite", _counts(name, cases))
        if report.generated:
            suite.set("timestamp", _text(report.generated))
        suite.extend(_element(case) for case in cases)
    ET.indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _cases(report: Report) -> Iterator[_Case]:
    for episode in report.episodes:
        if episode.source is not None:
            suite = f"{report.source} (source)"
            source = episode.source
            yield _Case(suite=suite, name=_name(episode), path=source.path, findings=source.findings)
        yield from (_translation(episode, cell) for cell in episode.cells)
    for path in dict.fromkeys(finding.path for finding in report.findings):
        findings = tuple(finding for finding in report.findings if finding.path == path)
        yield _Case(suite="(site)", name=path, path=path, findings=findings)


def _translation(episode: EpisodeReport, cell: Cell) -> _Case:
    return _Case(
        suite=cell.language,
        name=_name(episode),
        path=cell.path,
        findings=cell.findings,
        status=cell.status,
        reason=cell.reason,
    )


def _name(episode: EpisodeReport) -> str:
    return f"{episode.series} {episode.key}" + (f": {episode.title}" if episode.title else "")


def _counts(name: str, cases: Iterable[_Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "name": _text(name),
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
        "time": "0",
    }


def _element(case: _Case) -> ET.Element:
    attributes = {"classname": f"transtool.{case.suite}", "name": case.name, "file": case.path, "time": "0"}
    element = ET.Element("testcase", {name: _text(value) for name, value in attributes.items()})
    wrong = [finding for finding in case.findings if finding.severity in _WRONG]
    notes = [finding for finding in case.findings if finding.severity not in _WRONG]
    if case.outcome == "skipped":
        ET.SubElement(element, "skipped", {"message": _text(_why_skipped(case))})
    elif case.outcome:
        first = ENGLISH.finding(wrong[0]) if wrong else str(case.status)
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        kind = wrong[0].rule if wrong else str(case.status)
        ET.SubElement(element, case.outcome, {"message": _text(first + more), "type": kind}).text = _lines(wrong)
    if notes:
        ET.SubElement(element, "system-out").text = _lines(notes)
    return element


def _why_skipped(case: _Case) -> str:
    said = ENGLISH.reason(case.reason) if case.reason else ""
    return f"{case.status}: {said}" if said else str(case.status)


def _lines(findings: Iterable[Finding]) -> str:
    said = (
        f"{location(finding.path, finding.line)}: {ENGLISH.finding(finding)} [{finding.rule}]" for finding in findings
    )
    return "\n".join(_NO_XML.sub(_escape, line) for line in said)


def _text(text: str) -> str:
    return _NO_XML.sub(_escape, visible(text))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
