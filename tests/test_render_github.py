"""Annotations of workflow runs."""

import re

import pytest

from tests.reports import CLEAN, EN, ES, NASTY, SMALL, filled_with, finding, large
from transtool.i18n import ENGLISH
from transtool.model import Finding, Report, Severity
from transtool.render import markdown
from transtool.render.github import render, summary

COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]*),line=(\d+),title=transtool%3A ([\w-]+)::([^\r\n]*)")


def of(*findings: Finding) -> Report:
    return Report(version="0.1.0", source=EN, languages=(ES,), series=("episodes",), episodes=(), findings=findings)


def test_a_finding_is_a_command_at_its_place() -> None:
    assert render(of(finding("local", "a.md", 7, field="parent", value="Episodes", expected="Episodios"))) == (
        "::warning file=a.md,line=7,title=transtool%3A local::parent is “Episodes”, expected “Episodios”\n"
    )


def test_places_and_sentences_are_escaped_as_workflow_commands_ask() -> None:
    report = of(finding("placeholder", "a:b, 100%\n.md", field="x", value="50%::error::"))
    command = render(report)
    assert command.startswith("::warning file=a%3Ab%2C 100%25%0A.md,line=1,")
    assert command.endswith("“50%25::error::”\n")
    assert command.count("\n") == 1


@pytest.mark.parametrize("text", NASTY)
def test_no_text_of_a_site_can_be_a_command_of_its_own(text: str) -> None:
    lines = render(filled_with(text)).encode().decode().split("\n")
    assert all(COMMAND.fullmatch(line) or line.startswith("transtool: ") for line in lines[:-1])


def test_of_every_level_ten_are_shown_and_the_others_are_counted() -> None:
    lines = render(large()).splitlines()
    warnings = [found for line in lines if (found := COMMAND.fullmatch(line)) and found[1] == "warning"]
    assert len(warnings) == 10
    rest = next(line for line in lines if line.startswith("transtool: "))
    hidden = int(re.sub(r"\D", "", rest))
    shown = sum(int(re.search(r"and in (\d+) more", found[5])[1]) if "more" in found[5] else 0 for found in warnings)
    total = sum(finding.severity is Severity.WARNING for finding in large().all_findings())
    assert hidden + shown + len(warnings) == total


def test_a_rule_that_fires_everywhere_does_not_hide_the_others() -> None:
    rules = {found[4] for line in render(large()).splitlines() if (found := COMMAND.fullmatch(line))}
    assert rules == {"missing", "stale", "local", "mismatch", "unknown"}


def test_errors_come_first_and_nothing_is_said_of_a_clean_site() -> None:
    levels = [found[1] for line in render(SMALL).splitlines() if (found := COMMAND.fullmatch(line))]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert render(CLEAN) == ""


def test_the_summary_of_the_step_is_the_markdown_report() -> None:
    assert summary(SMALL) == markdown.render(SMALL, ENGLISH)
