"""The JSON document is schema 1 of the design, validates, and never depends on the order of anything."""

import json
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import CLEAN, EMPTY, NASTY, SMALL, filled_with, large
from transtool.model import Report
from transtool.render.json_report import document, render
from transtool.render.json_text import dumps
from transtool.schemas import SCHEMAS, schema_text

SCHEMA = json.loads(schema_text(SCHEMAS["report"]))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("report", [SMALL, EMPTY, CLEAN, large(5)], ids=["small", "empty", "clean", "large"])
def test_every_document_validates(report: Report) -> None:
    VALIDATOR.validate(json.loads(render(report)))


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=())) | st.sampled_from(NASTY))
def test_documents_validate_whatever_the_site_says(text: str) -> None:
    VALIDATOR.validate(json.loads(render(filled_with(text))))


@pytest.mark.parametrize("report", [SMALL, EMPTY, large(600), *map(filled_with, NASTY)])
def test_a_document_made_piece_by_piece_is_the_one_made_at_once(report: Report) -> None:
    assert render(report) == dumps(document(report))


AGELESS = {"since": None, "commit": None, "commits": None}
PLAIN = AGELESS | {
    "change": "edited",
    "kind": "paragraph",
    "source_line": None,
    "source_end_line": None,
    "line": None,
    "end_line": None,
    "after_line": None,
    "words": 0,
    "digest": "",
}


def test_the_document_is_the_one_of_the_design() -> None:
    document = json.loads(render(SMALL))
    assert list(document) == ["schema", "tool", "source", "languages", "summary", "episodes", "findings"]
    assert (document["schema"], document["tool"]) == (1, {"name": "transtool", "version": "0.1.0"})
    assert document["languages"] == ["ar", "de", "es", "ja"]
    assert document["summary"]["episodes"] == 3
    assert document["summary"]["languages"]["es"] == {
        "expected": 3,
        "current": 1,
        "stale": 1,
        "draft": 0,
        "missing": 1,
        "unknown": 0,
        "unreadable": 0,
        "exempt": 0,
        "coverage": 0.6667,
        "freshness": 0.3333,
    }
    first = document["episodes"][0]
    assert {name: value for name, value in first.items() if name != "translations"} == {
        "series": "episodes",
        "key": "9",
        "title": "Bread, slowly",
        "source": {"language": "en", "path": "docs/episodes/ep-9/en/episode.md"},
    }
    assert first["translations"]["es"] == {
        "status": "stale",
        "path": "docs/episodes/ep-9/es/episode.md",
        "basis": "stamp",
        **AGELESS,
        "changes": [
            PLAIN | {"source_line": 61, "source_end_line": 62, "line": 63, "end_line": 64, "words": 12, "digest": "d1"},
            PLAIN | {"change": "removed", "kind": "item", "line": 70, "words": 3},
            PLAIN | {"kind": "field", "field": "title", "source_line": 2, "line": 2, "words": 4},
            PLAIN | {"change": "added", "kind": "heading", "source_line": 80, "after_line": 71, "words": 5},
        ],
    }
    assert document["episodes"][1]["translations"]["es"] == {
        "status": "missing",
        "path": "docs/episodes/ep-10/es/episode.md",
        "basis": None,
        **AGELESS,
        "changes": [],
    }


def test_a_finding_has_its_sentence_and_its_facts() -> None:
    (found,) = [each for each in json.loads(render(SMALL))["findings"] if each["rule"] == "local"]
    assert found == {
        "rule": "local",
        "severity": "warning",
        "series": "episodes",
        "key": "9",
        "language": "es",
        "path": "docs/episodes/ep-9/es/episode.md",
        "line": 7,
        "message": "parent is “Episodes”, expected “Episodios”",
        "facts": {"field": "parent", "value": "Episodes", "expected": "Episodios"},
    }


def test_the_order_of_what_was_found_does_not_matter() -> None:
    turned = replace(
        SMALL,
        languages=SMALL.languages[::-1],
        findings=SMALL.findings[::-1],
        episodes=tuple(
            replace(
                episode,
                cells=tuple(replace(cell, findings=cell.findings[::-1]) for cell in reversed(episode.cells)),
            )
            for episode in reversed(SMALL.episodes)
        ),
    )
    assert render(turned) == render(SMALL)


def test_series_come_as_configured_and_keys_in_natural_order() -> None:
    episodes = [(episode["series"], episode["key"]) for episode in json.loads(render(SMALL))["episodes"]]
    assert episodes == [("episodes", "9"), ("episodes", "10"), ("briefs", "9")]


def test_an_episode_without_a_source_says_so() -> None:
    orphan = SMALL.with_episodes([replace(SMALL.episodes[0], source=None)])
    document = json.loads(render(orphan))
    assert document["episodes"][0]["source"] is None
    VALIDATOR.validate(document)


def test_file_names_that_are_not_utf_8_are_written_as_escapes() -> None:
    document = json.loads(render(filled_with("caf\udce9")))
    assert document["episodes"][0]["title"] == r"caf\xe9"


@pytest.mark.parametrize(
    "change",
    [
        {"schema": 2},
        {"extra": 1},
        {"languages": ["es", "es"]},
        {"summary": {"episodes": -1, "languages": {}}},
    ],
)
def test_the_schema_refuses_what_is_not_schema_1(change: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid({**json.loads(render(SMALL)), **change})
