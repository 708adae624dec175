"""The findings as SARIF 2.1.0, for code scanning: stable English, the same bytes for the same report."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from transtool.i18n import ENGLISH, Words
from transtool.i18n.safe_text import encodable
from transtool.model import Finding, Report, Severity
from transtool.render.json_text import dumps
from transtool.rules import RULES, Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
    Severity.OFF: "none",
}

_RANKS = {"error": "error", "warning": "warning", "note": "recommendation", "none": "recommendation"}
_INDEXES = {rule: index for index, rule in enumerate(RULES)}
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?", re.ASCII)
# `[text](1)` is a link in a SARIF message; what a site says is not a link.
_LINK = re.compile(r"\[(?=[^\[\]]*\]\()")


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return the log. It is in English whatever `words` speak: programs read it."""
    return dumps(document(report))


def document(report: Report) -> dict[str, Any]:
    """Return the log as plain values: one run, every rule, a result for every finding in the order of lists."""
    run: dict[str, Any] = {
        "tool": {"driver": _driver(report)},
        "automationDetails": {"id": "transtool/"},
        "columnKind": "unicodeCodePoints",
        "results": _results(report.all_findings()),
    }
    if report.repository.startswith(("https://", "http://")):
        address = quote(encodable(report.repository), safe="/:?#[]@%+~=&")
        run["versionControlProvenance"] = [{"repositoryUri": address, "mappedTo": {"uriBaseId": "%SRCROOT%"}}]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(report: Report) -> dict[str, Any]:
    version = encodable(report.version)
    semantic = {"semanticVersion": version} if _SEMANTIC.fullmatch(version) else {}
    rules = [_rule(rule) for rule in RULES.values()]
    return {"name": "transtool", "version": version or "0", **semantic, "rules": rules}


def _rule(rule: Rule) -> dict[str, Any]:
    level = LEVELS[rule.severity]
    return {
        "id": rule.id,
        "name": f"Translation{rule.id.capitalize()}",
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": f"{rule.summary}."},
        "help": {"text": _help(rule), "markdown": _help(rule)},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["translation"], "precision": "high", "problem.severity": _RANKS[level]},
    }


def _help(rule: Rule) -> str:
    return (
        f"{rule.summary}. The severity of `{rule.id}` is set in `transtool.toml` under `[rules]` "
        f'(`{rule.id} = "error"`, `"warning"`, `"info"` or `"off"`).'
    )


def _results(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    seen: Counter[str] = Counter()
    results = []
    for finding in findings:
        fingerprint = _fingerprint(finding)
        seen[fingerprint] += 1
        results.append(_result(finding, f"{fingerprint}:{seen[fingerprint]}"))
    return results


def _result(finding: Finding, fingerprint: str) -> dict[str, Any]:
    index = {"ruleIndex": _INDEXES[finding.rule]} if finding.rule in _INDEXES else {}
    location = {
        "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": max(1, finding.line or 1)},
    }
    about = {"series": finding.series, "key": finding.key, "language": finding.language}
    return {
        "ruleId": finding.rule,
        **index,
        "level": LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [{"physicalLocation": location}],
        # Code scanning knows an alert again by this name alone; without it, the five missing translations of
        # one episode, all reported at line 1 of the source, would be one alert.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
        "properties": {name: encodable(value) for name, value in about.items() if value is not None},
    }


def _message(finding: Finding) -> str:
    sentence = _LINK.sub(r"\\[", ENGLISH.finding(finding))
    return sentence if sentence.endswith((".", "?", "!")) else f"{sentence}."


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"), safe="/") or "."


def _fingerprint(finding: Finding) -> str:
    """Identify a finding by what it is about: not by its line or by counts, which change with every edit."""
    about = [finding.rule, finding.problem, finding.path, finding.series, finding.key, finding.language]
    field = finding.facts.get("field")
    text = json.dumps([*about, field])
    return hashlib.sha256(text.encode()).hexdigest()[:16]
