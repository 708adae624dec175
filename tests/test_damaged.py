"""Markdown that is broken in a translation and not in its source."""

import pytest

from tests.pages import linked, page, settings
from transtool.assess.rules.damaged import damaged
from transtool.document import Document
from transtool.model import Finding, Key, Language
from transtool.segments import split
from transtool.staleness.translation_pair import Pair

HITS = [
    ("link-space", "Lea [las reglas] (https://example.org/rules) ahora."),
    ("link-space", "Lea [las reglas] (/rules/) ahora."),
    ("link-wide", "请看[规则]（https://example.org/rules）。"),
    ("address", "Lea [las reglas](hhttps://example.org/rules)."),
    ("address", "Lea [las reglas](https:/example.org/rules)."),
    ("address", "Lea [las reglas](https//example.org/rules)."),
    ("address-space", "Lea [las reglas](https://example.org/ru les)."),
    ("emphasis-space", "Es ** muy importante ** leerlo."),
    ("heading", "##Las reglas"),
    ("heading", "Antes.\n###规则\nDespués."),
    ("fence", "Antes.\n\n```sh\nmake tea\n"),
]
NEAR_MISSES = [
    "Lea [las reglas](https://example.org/rules) (https://example.org es el sitio).",
    "Una nota [1] (véase abajo).",
    'Lea [las reglas](https://example.org/rules "El título").',
    "Es **muy importante** y **urgente** leerlo.",
    "2 ** 3 es 8.",
    "#hashtag y ##canal son nombres.",
    "Use `##Heading` y `](hhttps://x)` como ejemplo.",
    "```sh\nmake tea\n```",
    "## Las reglas",
    "<!-- [a] (https://example.org) -->\nTexto.",
]


def findings(translation: str, source: str = "Read [the rules](https://example.org/rules) now.") -> list[Finding]:
    config = settings()
    catalogue = linked(
        {"talks/1/talk.md": page("title: A", source), "talks/1/es/talk.md": page("title: B", translation)}, config
    )
    episode = catalogue.episodes[0]
    entry = episode.translations[Language("es")]
    assert episode.source is not None
    ours, theirs = entry.document, episode.source.document
    assert isinstance(ours, Document)
    assert isinstance(theirs, Document)
    assert episode.key == Key("1")
    return list(
        damaged(
            Pair(
                config=config,
                series=config.series[0],
                entry=entry,
                source=theirs,
                translation=ours,
                source_segments=split(theirs, ()),
                segments=split(ours, ()),
            )
        )
    )


@pytest.mark.parametrize(("problem", "text"), HITS)
def test_broken_markup_is_found_in_its_line(problem: str, text: str) -> None:
    found = findings(f"Bien.\n\n{text}")

    assert [each.problem for each in found] == [problem]
    assert found[0].line is not None
    assert found[0].line >= 6


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_whole_markup_is_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(("problem", "text"), HITS)
def test_what_the_source_has_too_is_its_way_of_writing(problem: str, text: str) -> None:
    assert findings(text, source=text) == [], problem


def test_more_of_it_than_the_source_has_is_found() -> None:
    text = "Lea [a] (https://example.org/a) y [b] (https://example.org/b)."

    assert len(findings(text, source="Read [a] (https://example.org/a).")) == 1
