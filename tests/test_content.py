"""The invented podcast in `content/`: it shows every status and finding, and what it says of itself is true."""

import hashlib
import shutil
from pathlib import Path

import pytest

from transtool.document import Document, parse
from transtool.model import Key, Language, Report, Status
from transtool.rules import RULES
from transtool.segments import source_digest, split
from transtool.site import open_site, report_on

CONTENT = Path(__file__).parents[1] / "content"
TRANSLATED = ("title", "summary", "description")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a copy outside of any git repository: what the files alone can tell."""
    copy = tmp_path_factory.mktemp("content") / "site"
    shutil.copytree(CONTENT, copy)
    return report_on(open_site(copy))


def status(report: Report, series: str, key: str, language: str) -> Status:
    [episode] = [each for each in report.episodes if (each.series, each.key) == (series, Key(key))]
    cell = episode.cell(Language(language))
    assert cell is not None
    return cell.status


def test_every_status_is_there(report: Report) -> None:
    assert {cell.status for episode in report.episodes for cell in episode.cells} == set(Status)


def test_every_rule_finds_something(report: Report) -> None:
    """`markup` needs the older text of a source, which only git has."""
    assert {finding.rule for finding in report.all_findings()} == set(RULES) - {"markup"}


def test_every_sentence_that_files_alone_can_cause_is_said(report: Report) -> None:
    said = {(finding.rule, finding.problem) for finding in report.all_findings()}

    assert said >= {
        ("identity", ""),
        ("identity", "language-folder"),
        ("orphan", ""),
        ("orphan", "near"),
        ("placeholder", ""),
        ("placeholder", "body"),
        ("placeholder", "prompt"),
        ("stale", "digest"),
        ("structure", "code"),
        ("structure", "headings"),
        ("unknown", "no-git"),
        ("unreadable", ""),
        ("unreadable", "bom"),
        ("unreadable", "duplicate-key"),
        ("untranslated", ""),
        ("untranslated", "field"),
    }


@pytest.mark.parametrize(
    ("series", "key", "language", "expected"),
    [
        ("episodes", "1", "es", Status.CURRENT),
        ("episodes", "1", "fr", Status.UNKNOWN),
        ("episodes", "3", "ja", Status.EXEMPT),
        ("episodes", "4", "es", Status.STALE),
        ("episodes", "5", "es", Status.CURRENT),
        ("episodes", "7", "de", Status.UNREADABLE),
        ("episodes", "9", "de", Status.DRAFT),
        ("episodes", "10", "fr", Status.MISSING),
        ("briefs", "1", "es", Status.EXEMPT),
        ("briefs", "2", "ar", Status.CURRENT),
        ("briefs", "4", "es", Status.STALE),
        ("briefs", "5", "fr", Status.UNREADABLE),
        ("guides", "solder-safely", "fr", Status.MISSING),
    ],
)
def test_a_translation_has_the_status_it_was_written_for(
    report: Report, series: str, key: str, language: str, expected: Status
) -> None:
    assert status(report, series, key, language) is expected


def test_the_swapped_labels_are_reported_with_the_label_expected(report: Report) -> None:
    found = [
        (each.language, each.facts["value"], each.facts["expected"])
        for each in report.all_findings()
        if each.rule == "local" and each.facts["field"] == "parent"
    ]

    assert found == [("de", "Épisodes", "Folgen"), ("fr", "Folgen", "Épisodes")]


def test_the_same_moment_in_another_zone_is_no_mismatch(report: Report) -> None:
    dates = [each for each in report.all_findings() if each.rule == "mismatch" and each.facts["field"] == "date"]

    assert [(each.key, each.language) for each in dates] == [("3", "es")]


def documents() -> list[Document]:
    parsed = (parse(str(path.relative_to(CONTENT)), path.read_bytes()) for path in sorted(CONTENT.rglob("*.md")))
    return [document for document in parsed if isinstance(document, Document)]


def test_every_stamp_is_the_digest_of_a_text_that_was_there() -> None:
    """All but two: one source was reworded and its old text is gone, one stamp is no digest at all."""
    sources = [document for document in documents() if document.raw("lang") == "en"]
    digests = {source_digest(split(document, TRANSLATED)) for document in sources}
    stamped = {
        document.path: document.raw("source_digest") for document in documents() if document.has("source_digest")
    }

    assert {path for path, digest in stamped.items() if digest not in digests} == {
        "docs/briefs/mm-4/es/episode.md",
        "docs/episodes/mt-8/ja/episode.md",
    }


def test_every_blob_is_the_id_of_a_file_that_was_there() -> None:
    known = {
        hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
        for data in (path.read_bytes() for path in CONTENT.rglob("*.md"))
    }
    blobs = {document.path: document.raw("source_blob") for document in documents() if document.has("source_blob")}

    assert {path for path, blob in blobs.items() if blob not in known} == {"docs/briefs/mm-4/es/episode.md"}
