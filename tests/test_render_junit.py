"""JUnit XML for the test pages of CI servers."""

import xml.etree.ElementTree as ET

import pytest

from tests.reports import DE, EMPTY, EN, ES, NASTY, SMALL, cell, episode, filled_with, finding
from transtool.assess.gate import Gate
from transtool.model import Report, Severity, Status
from transtool.render.junit import render


def suites(report: Report) -> dict[str, ET.Element]:
    return {str(suite.get("name")): suite for suite in ET.fromstring(render(report))}


def outcome(suite: ET.Element, number: str) -> list[str]:
    case = next(case for case in suite if f" {number}" in str(case.get("name")))
    return [child.tag for child in case]


def test_there_is_a_suite_for_each_language_and_a_case_for_each_episode() -> None:
    found = suites(SMALL)
    assert list(found) == ["es", "de", "ja", "ar", "en (source)", "(site)"]
    assert [case.get("name") for case in found["es"]] == [
        "episodes 9: Bread, slowly",
        "episodes 10: Salt",
        "briefs 9: =HYPERLINK(1)",
    ]
    assert found["es"][0].get("file") == "docs/episodes/ep-9/es/episode.md"
    assert found["es"].get("timestamp") == SMALL.generated


@pytest.mark.parametrize(
    ("status", "rule", "expected"),
    [
        (Status.CURRENT, None, []),
        (Status.CURRENT, "mismatch", ["system-out"]),
        (Status.CURRENT, "structure", ["system-out"]),
        (Status.CURRENT, "identity", ["failure"]),
        (Status.MISSING, "missing", ["skipped", "system-out"]),
        (Status.MISSING, None, ["skipped"]),
        (Status.STALE, "stale", ["skipped", "system-out"]),
        (Status.UNKNOWN, "unknown", ["skipped", "system-out"]),
        (Status.UNREADABLE, "unreadable", ["error"]),
        (Status.EXEMPT, None, ["skipped"]),
    ],
)
def test_what_comes_of_a_case(status: Status, rule: str | None, expected: list[str]) -> None:
    findings = () if rule is None else (finding(rule, "a.md", 3, key="1", language="es"),)
    report = Report(
        version="0.1.0",
        source=EN,
        languages=(ES,),
        series=("episodes",),
        episodes=(episode("episodes", "1", "One", cell("episodes", "1", ES, status, findings=findings)),),
    )
    assert outcome(suites(report)["es"], "1") == expected


def test_the_counts_of_a_suite_are_those_of_its_cases() -> None:
    root = ET.fromstring(render(SMALL))
    for suite in (root, *root):
        cases = list(suite.iter("testcase"))
        tags = [case[0].tag for case in cases if len(case)]
        counted = (suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped"))
        assert counted == (str(len(cases)), *(str(tags.count(tag)) for tag in ("failure", "error", "skipped")))


def test_a_failure_says_first_what_is_worst_to_read_and_lists_the_rest() -> None:
    strict = ET.fromstring(render(SMALL, gate=Gate(strict=True)))
    failure = next(suite for suite in strict if suite.get("name") == "es")[0].find("failure")
    assert failure is not None
    assert failure.get("type") == "stale"
    assert str(failure.get("message")).endswith("24 words (and 1 more)")
    assert [line.split(": ")[0] for line in str(failure.text).splitlines()] == [
        "docs/episodes/ep-9/es/episode.md:63",
        "docs/episodes/ep-9/es/episode.md:7",
    ]


def test_cases_fail_as_the_run_does() -> None:
    def failing(gate: Gate) -> int:
        return int(str(ET.fromstring(render(SMALL, gate=gate)).get("failures")))

    assert failing(Gate()) < failing(Gate(fail_on=frozenset({"stale"}))) < failing(Gate(strict=True))


def test_a_note_fails_nothing() -> None:
    noted = finding("stale", "a.md", severity=Severity.INFO)
    report = Report(version="1", source=EN, languages=(DE,), series=(), episodes=(), findings=(noted,))
    assert suites(report)["(site)"].get("failures") == "0"


@pytest.mark.parametrize("text", [*NASTY, "\ufffe\uffff"])
def test_every_text_of_a_site_survives(text: str) -> None:
    rendered = render(filled_with(text)).encode()
    assert len(list(ET.fromstring(rendered).iter("testcase"))) == 3


def test_a_report_of_nothing_is_a_document_too() -> None:
    assert ET.fromstring(render(EMPTY)).get("tests") == "0"
