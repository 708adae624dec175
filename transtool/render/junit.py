"""The report as JUnit XML: a suite for each language, a case for each episode, for the test pages of CI servers."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from transtool.assess.gate import Gate
from transtool.i18n import ENGLISH, Words
from transtool.i18n.safe_text import location
from transtool.model import Cell, EpisodeReport, Finding, Report, Status
from transtool.render.xml_text import document, legal, text


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One test: what is tested, where, and what came of it."""

    suite: str
    name: str
    path: str
    wrong: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    status: Status | None = None
    reason: str = ""

    @property
    def outcome(self) -> str:
        """`error` (cannot be read), `failure` (a finding that fails the run), `skipped` (not judged) or nothing."""
        if self.status is Status.UNREADABLE:
            return "error"
        if self.wrong:
            return "failure"
        return "" if self.status in (None, Status.CURRENT) else "skipped"


def render(report: Report, words: Words = ENGLISH, gate: Gate | None = None) -> str:
    """Return the XML. It is in English whatever `words` speak: programs read it.

    A case fails where its translation has a finding that fails the run by `gate` (an error, unless more is asked for):
    the test page and the exit code of `check` say the same. It is skipped where nothing was judged (`exempt`,
    `unknown`) or nothing fails for its status. All other findings are in its output. The source files have a suite of
    their own, as have findings that belong to no episode.
    """
    suites: dict[str, list[_Case]] = {language: [] for language in report.languages}
    for case in _cases(report, gate or Gate()):
        suites.setdefault(case.suite, []).append(case)
    root = ET.Element("testsuites", _counts("transtool", [case for cases in suites.values() for case in cases]))
    for name, cases in suites.items():
        suite = ET.SubElement(root, "testsuite", _counts(name, cases))
        if report.generated:
            suite.set("timestamp", text(report.generated))
        suite.extend(_element(case) for case in cases)
    return document(root)


def _cases(report: Report, gate: Gate) -> Iterator[_Case]:
    for episode in report.episodes:
        if episode.source is not None:
            suite = f"{report.source} (source)"
            source = episode.source
            yield _case(suite, _name(episode), source.path, source.findings, gate)
        yield from (_translation(episode, cell, gate) for cell in episode.cells)
    for path in dict.fromkeys(finding.path for finding in report.findings):
        findings = tuple(finding for finding in report.findings if finding.path == path)
        yield _case("(site)", path, path, findings, gate)


def _case(suite: str, name: str, path: str, findings: Sequence[Finding], gate: Gate) -> _Case:
    wrong = tuple(filter(gate.fails, findings))
    notes = tuple(finding for finding in findings if not gate.fails(finding))
    return _Case(suite=suite, name=name, path=path, wrong=wrong, notes=notes)


def _translation(episode: EpisodeReport, cell: Cell, gate: Gate) -> _Case:
    found = _case(cell.language, _name(episode), cell.path, cell.findings, gate)
    return replace(found, status=cell.status, reason=cell.reason)


def _name(episode: EpisodeReport) -> str:
    return f"{episode.series} {episode.key}" + (f": {episode.title}" if episode.title else "")


def _counts(name: str, cases: Iterable[_Case]) -> dict[str, str]:
    outcomes = [case.outcome for case in cases]
    return {
        "name": text(name),
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count("failure")),
        "errors": str(outcomes.count("error")),
        "skipped": str(outcomes.count("skipped")),
        "time": "0",
    }


def _element(case: _Case) -> ET.Element:
    attributes = {"classname": f"transtool.{case.suite}", "name": case.name, "file": case.path, "time": "0"}
    element = ET.Element("testcase", {name: text(value) for name, value in attributes.items()})
    wrong, notes = case.wrong, case.notes
    if case.outcome == "skipped":
        ET.SubElement(element, "skipped", {"message": text(_why_skipped(case))})
    elif case.outcome:
        first = ENGLISH.finding(wrong[0]) if wrong else str(case.status)
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        kind = wrong[0].rule if wrong else str(case.status)
        ET.SubElement(element, case.outcome, {"message": text(first + more), "type": kind}).text = _lines(wrong)
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
    return "\n".join(map(legal, said))
