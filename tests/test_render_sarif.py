"""SARIF: what code scanning needs of it, and what its own validator says.

The validator comes from npm: in some folder, `npm install @microsoft/sarif-multitool`; then either put its
`node_modules/.bin` on the PATH, or let SARIF_MULTITOOL name the program. Without it, one test is skipped.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.reports import EMPTY, EN, ES, NASTY, SMALL, filled_with, finding, large, path
from transtool.model import Finding, Report
from transtool.render.sarif import document, render
from transtool.rules import RULES


def results(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(render(report))["runs"][0]["results"]
    return found


def of(*findings: Finding) -> Report:
    return Report(version="0.1.0", source=EN, languages=(ES,), series=("episodes",), episodes=(), findings=findings)


def test_every_finding_is_a_result_with_rule_level_place_and_sentence() -> None:
    assert len(results(SMALL)) == len(SMALL.all_findings())
    stale = next(result for result in results(SMALL) if result["ruleId"] == "stale")
    assert stale["level"] == "warning"
    assert stale["message"]["text"].endswith("4 segments, 24 words.")
    place = stale["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == path("episodes", "9", ES)
    assert place["region"] == {"startLine": 63}
    assert stale["properties"] == {"series": "episodes", "key": "9", "language": "es"}


def test_the_index_of_a_result_leads_to_its_rule() -> None:
    rules = document(SMALL)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in results(SMALL))


@pytest.mark.parametrize("line", [None, 0, 1])
def test_a_result_always_has_a_line(line: int | None) -> None:
    region = results(of(finding("orphan", "a.md", line)))[0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1}


@pytest.mark.parametrize("name", ["a b/ç#1?.md", "100%.md", "C:/x.md", "[a].md", 'quo"te.md'])
def test_paths_are_relative_uris_that_lead_back_to_the_path(name: str) -> None:
    uri = results(of(finding("orphan", name)))[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == name
    assert uri.isascii()
    assert not set(uri) & set(' #?:[]"')


def test_a_bytes_name_that_is_not_utf_8_keeps_its_bytes() -> None:
    uri = results(of(finding("orphan", "caf\udce9.md")))[0]["locations"][0]["physicalLocation"]["artifactLocation"][
        "uri"
    ]
    assert uri == "caf%E9.md"


def fingerprints(*findings: Finding) -> list[str]:
    return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results(of(*findings))]


def test_a_finding_is_known_again_when_its_line_and_its_counts_have_changed() -> None:
    before = finding("stale", "a.md", 10, key="1", language="es", segments=1, words=5)
    after = finding("stale", "a.md", 90, key="1", language="es", segments=7, words=50)
    assert fingerprints(before) == fingerprints(after)


def test_findings_about_different_things_are_told_apart() -> None:
    """The missing translations of one episode are all reported at line 1 of its source."""
    missing = [finding("missing", "a.md", 1, key="1", language=language) for language in ("es", "de", "fr")]
    fields = [finding("local", "a.md", 1, key="1", language="es", field=field) for field in ("lang", "parent")]
    twice = [finding("placeholder", "a.md", line, key="1", sentence="body") for line in (3, 9)]
    found = fingerprints(*missing, *fields, *twice)
    assert len(set(found)) == len(found) == 7


@pytest.mark.parametrize("text", NASTY)
def test_every_text_of_a_site_survives(text: str) -> None:
    rendered = render(filled_with(text))
    assert json.loads(rendered)["version"] == "2.1.0"
    rendered.encode()


def test_what_looks_like_a_link_in_a_value_is_none() -> None:
    report = of(finding("placeholder", "a.md", field="x", value="[press](1)"))
    assert r"\[press](1)" in results(report)[0]["message"]["text"]


@pytest.mark.parametrize("kind", ["Sarif", "Ghas"])
def test_the_validator_of_the_format_finds_no_error(kind: str, tmp_path: Path) -> None:
    tool = os.environ.get("SARIF_MULTITOOL") or shutil.which("sarif-multitool")
    if tool is None:
        pytest.skip("@microsoft/sarif-multitool is not installed")
    logs = {"small": SMALL, "empty": EMPTY, "large": large(20), "nasty": filled_with("a [b](1) {0} <x> \x1b é: %20")}
    for name, report in logs.items():
        log, verdict = tmp_path / f"{name}.sarif", tmp_path / f"{name}-{kind}.sarif"
        log.write_text(render(report), encoding="utf-8")
        command = [tool, "validate", "--rule-kind", kind, "--output", str(verdict), str(log)]
        subprocess.run(command, check=False, capture_output=True, cwd=tmp_path)
        found = json.loads(verdict.read_text("utf-8-sig"))["runs"][0]["results"]
        assert [result["message"] for result in found if result.get("level") == "error"] == []
