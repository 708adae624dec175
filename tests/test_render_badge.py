"""Badges: self-drawn and for shields.io."""

import json
import re
import xml.etree.ElementTree as ET

import pytest

from tests.reports import CLEAN, EMPTY, NASTY, SMALL, filled_with
from transtool.i18n import Words
from transtool.render.badge import badges, render, shields

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [str(text.text) for text in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("all", ["Translations · fresh", "40% (4/10)"]), ("es", ["Spanish · fresh", "33% (1/3)"])],
)
def test_a_badge_says_the_share_with_its_denominator(language: str, expected: list[str]) -> None:
    found = badges(SMALL)
    assert texts(found[f"{language}.svg"]) == expected
    endpoint = json.loads(found[f"{language}.json"])
    assert [endpoint["label"], endpoint["message"]] == expected
    assert endpoint["schemaVersion"] == 1


def test_a_report_of_one_language_gives_the_badge_of_that_language() -> None:
    assert texts(render(CLEAN)) == ["Spanish · fresh", "100% (1/1)"]


def test_the_drawn_badge_speaks_the_language_of_the_interface_and_the_data_english() -> None:
    spanish = Words("es", "es")
    found = badges(SMALL, spanish)
    assert texts(found["de.svg"])[0].startswith("Alemán")
    assert json.loads(found["de.json"])["label"].startswith("German")


def test_there_is_a_badge_for_every_language_and_one_for_all() -> None:
    found = badges(SMALL)
    assert sorted(found) == sorted(
        f"{name}.{kind}" for name in ("all", "es", "de", "ja", "ar") for kind in ("svg", "json")
    )
    assert found["all.svg"] == render(SMALL)
    assert found["all.json"] == shields(SMALL)
    assert texts(badges(CLEAN)["all.svg"])[0].startswith("Translations")


def test_a_badge_can_be_read_by_a_screen_reader_and_holds_no_foreign_resource() -> None:
    svg = badges(SMALL)["es.svg"]
    root = ET.fromstring(svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "Spanish · fresh: 33% (1/3)")
    assert "href" not in svg
    assert "script" not in svg


def test_white_text_stands_out_from_every_colour() -> None:
    """WCAG 2.2 AA asks for a contrast of 4.5."""
    from transtool.render import badge

    for colour in (*(colour for _, colour in badge._STEPS), badge._NONE, badge._LABEL):
        channels = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", colour)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) >= 4.5, colour


def test_more_of_it_is_never_a_worse_colour() -> None:
    assert json.loads(shields(CLEAN))["color"] != json.loads(shields(SMALL))["color"]
    assert json.loads(shields(EMPTY))["message"] == "–"


@pytest.mark.parametrize("text", NASTY)
def test_every_text_of_a_site_survives(text: str) -> None:
    report = filled_with(text)
    for name, rendered in badges(report).items():
        rendered.encode()
        assert (
            ET.fromstring(rendered) is not None if name.endswith("svg") else json.loads(rendered)["schemaVersion"] == 1
        )
