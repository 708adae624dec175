"""The invented podcast in `content/`: it shows every status and finding, and what it says of itself is true."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from transtool.assess.plan import concerning, plan
from transtool.document import Document, parse
from transtool.keys import parse_numbers
from transtool.model import Key, Language, Report, Status
from transtool.rules import RULES
from transtool.segments import source_digest, split
from transtool.selection import Selection, select, touching
from transtool.site.judge import past_of, report_on
from transtool.site.open import Site, open_site
from transtool.staleness.page_store import Past

CONTENT = Path(__file__).parents[1] / "content"
TRANSLATED = ("title", "summary", "description")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy outside of any git repository: all that can be told is what the files alone tell."""
    copy = tmp_path_factory.mktemp("content") / "site"
    shutil.copytree(CONTENT, copy)
    return open_site(copy)


@pytest.fixture(scope="module")
def past(site: Site) -> Iterator[Past]:
    with past_of(site) as found:
        yield found


@pytest.fixture(scope="module")
def report(site: Site, past: Past) -> Report:
    return report_on(site, past)


SELECTIONS = {
    "a language": Selection(languages=frozenset({Language("es")})),
    "a series": Selection(series=frozenset({"briefs"})),
    "some episodes": Selection(numbers=parse_numbers("3-6,9")),
    "an episode in a language": Selection(languages=frozenset({Language("de")}), numbers=parse_numbers("3")),
    "a language that nobody uses": Selection(languages=frozenset({Language("tlh")})),
    "a rule": Selection(rules=frozenset({"missing"})),
}


def same(report: Report) -> Report:
    return replace(report, generated="")


@pytest.mark.parametrize("selection", SELECTIONS.values(), ids=SELECTIONS)
def test_a_part_of_the_site_is_judged_as_the_whole_is(
    site: Site, past: Past, report: Report, selection: Selection
) -> None:
    part = select(report_on(site, past, concerning(selection)), selection)

    assert same(part) == same(select(report, selection))


@pytest.mark.parametrize("kind", ["en", "es", "de"])
def test_what_edits_concern_is_judged_as_the_whole_is(site: Site, past: Past, report: Report, kind: str) -> None:
    for path in (path for path in site.catalogue.pages if f"/{kind}/" in path):
        part = touching(report_on(site, past, concerning(Selection(), {path})), {path})

        assert same(part) == same(touching(report, {path}))


def test_nothing_else_is_judged(site: Site) -> None:
    def judged(selection: Selection, edited: frozenset[str] | None = None) -> set[str]:
        return {each.path for each in plan(site.catalogue, site.config, concerning(selection, edited)).to_judge}

    edited = frozenset({"docs/episodes/mt-3/en/episode.md", "docs/episodes/mt-2/de/episode.md"})
    assert judged(SELECTIONS["an episode in a language"]) == {"docs/episodes/mt-3/de/episode.md"}
    assert judged(Selection(), edited) == {
        *(path for path in judged(Selection(numbers=parse_numbers("3"))) if "/mt-3/" in path),
        "docs/episodes/mt-2/de/episode.md",
    }


def status(report: Report, series: str, key: str, language: str) -> Status:
    [episode] = [each for each in report.episodes if (each.series, each.key) == (series, Key(key))]
    cell = episode.cell(Language(language))
    assert cell is not None
    return cell.status


def test_every_status_is_there(report: Report) -> None:
    assert {cell.status for episode in report.episodes for cell in episode.cells} == set(Status)


def test_every_rule_finds_something(report: Report) -> None:
    """Two rules need the older text of a source, which only git has."""
    assert {finding.rule for finding in report.all_findings()} == set(RULES) - {"correction", "markup"}


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
        ("structure", "lacking-heading"),
        ("missing", "page"),
        ("incomplete", ""),
        ("foreign", ""),
        ("link", "source"),
        ("damaged", "link-space"),
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
