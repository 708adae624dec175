"""Remember the findings a site has today, so that a run can fail on new ones only."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator

from transtool.errors import N_, ConfigError, Message, Problem
from transtool.model import Finding, Report
from transtool.text.nesting import is_too_deep

NAME = ".transtool-baseline.json"
"""The file beside `transtool.toml`."""

MOST = 16 << 20
"""Bytes that such a file may have: 130,000 findings."""

_SCHEMA = 1
_TELLING = ("field", "value", "suggestion", "other", "folder", "digest", "names", "languages", "target")

Known = Counter[str]
"""How many findings with each fingerprint are known."""


def fingerprint(finding: Finding) -> str:
    """Return what makes a finding the same one next time: rule, place and what is wrong, but no line numbers.

    A stale translation is a new finding once its source changes again (`digest` is the source's).
    """
    facts = {name: finding.facts[name] for name in _TELLING if name in finding.facts}
    parts = [finding.rule, finding.problem, finding.path, finding.series, finding.key, finding.language, facts]
    return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=12).hexdigest()


def write(findings: Iterable[Finding]) -> str:
    """Return the text of the baseline file: one line a finding, in a stable order, made to be committed."""
    lines = sorted((finding.path, finding.rule, fingerprint(finding)) for finding in findings)
    entries = ",\n".join(f"    {json.dumps([mark, rule, path], ensure_ascii=False)}" for path, rule, mark in lines)
    return f'{{\n  "schema": {_SCHEMA},\n  "findings": [\n{entries}\n  ]\n}}\n'


def read(text: str, path: str) -> Known:
    """Return the known findings. Raises ConfigError where `text` is no baseline file."""
    try:
        return Counter(_marks(text))
    except (ValueError, RecursionError) as error:
        hint = Message(N_("write it again with `transtool check --write-baseline`"))
        raise ConfigError(Problem(message=Message(N_("this is not a baseline file")), path=path, hint=hint)) from error


def _marks(text: str) -> Iterator[str]:
    """Give the fingerprints that a baseline file lists. Raises ValueError and RecursionError where it is none."""
    if len(text) > MOST or is_too_deep(text):
        raise ValueError(len(text))
    match json.loads(text):
        case {"schema": schema, "findings": [*entries]} if schema == _SCHEMA:
            for entry in entries:
                match entry:
                    case [str(mark), *_]:
                        yield mark
                    case _:
                        raise ValueError(entry)
        case other:
            raise ValueError(type(other))


def without(report: Report, known: Known) -> tuple[Report, int]:
    """Return `report` without the known findings, and how many there were. Statuses stay as they are."""
    if not known:
        return report, 0
    left = Counter(known)
    narrowed = report.with_findings(lambda finding: not _take(left, fingerprint(finding)))
    return narrowed, known.total() - left.total()


def _take(left: Known, mark: str) -> bool:
    if left[mark] <= 0:
        return False
    left[mark] -= 1
    return True
