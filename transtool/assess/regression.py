"""Tell what a change broke from what was broken before it: today's report beside that of the commit it starts from."""

from collections import Counter

from transtool.assess.baseline_file import fingerprint
from transtool.model import Change, Finding, Key, Language, Report, Status

_Place = tuple[str | None, Key | None, Language | None]


def broken_since(now: Report, before: Report) -> tuple[Report, int]:
    """Return `now` without the findings that `before` has, too, and how many those are. Statuses stay as they are.

    A translation that was stale before is stale anew only by changes of the source that it was not behind with then: a
    paragraph that it was behind with may change again.
    """
    left = Counter(fingerprint(finding) for finding in before.all_findings() if finding.rule != "stale")
    then, today = _behind(before), _behind(now)

    def is_new(finding: Finding) -> bool:
        if finding.rule == "stale":
            place = (finding.series, finding.key, finding.language)
            return place not in then or bool(today[place] - then[place])
        mark = fingerprint(finding)
        left[mark] -= 1
        return left[mark] < 0

    narrowed = now.with_findings(is_new)
    return narrowed, len(now.all_findings()) - len(narrowed.all_findings())


def made_stale(report: Report) -> int:
    """Return how many translations have a finding that they are stale."""
    return sum(finding.rule == "stale" for finding in report.all_findings())


def _behind(report: Report) -> dict[_Place, Counter[tuple[str, ...]]]:
    """Return what every stale translation is behind with."""
    return {
        (episode.series, episode.key, cell.language): Counter(map(_mark, cell.changes))
        for episode in report.episodes
        for cell in episode.cells
        if cell.status is Status.STALE
    }


def _mark(change: Change) -> tuple[str, ...]:
    """Return what makes a change the same one however the source goes on: what it was when it was translated."""
    return change.change, change.kind, change.field or "", change.before or change.after
