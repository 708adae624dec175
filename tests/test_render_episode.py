"""`show` says of one episode how each language stands and what is wrong with it."""

from dataclasses import replace

import pytest

from tests.reports import DE, SMALL, STALE_CHANGES
from transtool.i18n import ENGLISH, Words
from transtool.model import Report
from transtool.render.episode import render


def only(number: int) -> Report:
    return SMALL.with_episodes([SMALL.episodes[number]])


def test_it_shows_status_path_title_and_what_is_wrong() -> None:
    assert render(only(0), ENGLISH, width=100) == (
        "episodes 9  Bread, slowly\n"
        "docs/episodes/ep-9/en/episode.md  source, English\n"
        "\n"
        "↻ stale  Spanish es  Pan, despacio\n"
        "    docs/episodes/ep-9/es/episode.md\n"
        "    to translate: 24 words of 310 (8%) · baseline: stamp\n"
        "     7  ▲ local  parent is “Episodes”, expected “Episodios”\n"
        "    63  ▲ stale  the source has changed since: 4 segments, 24 words\n"
        "    63  edited paragraph   12 words, source line 61\n"
        "    70  removed list item  3 words\n"
        "     2  edited title       4 words, source line 2\n"
        "     –  added heading      5 words, source line 80\n"
        "    compare: transtool diff 9 --language es\n"
        "\n"
        "✓ current  German de  Brot, ganz langsam\n"
        "    docs/episodes/ep-9/de/episode.md\n"
        "    baseline: git history\n"
        "\n"
        "✓ current  Japanese ja  ゆっくり焼くパン\n"
        "    docs/episodes/ep-9/ja/episode.md\n"
        "    baseline: stamp\n"
        "\n"
        "\u200e✓ current  Arabic ar  \u2068خبز على مهل\u2069\n"
        "    docs/episodes/ep-9/ar/episode.md\n"
        "    baseline: pin\n"
    )


def test_a_missing_translation_shows_where_it_would_be_and_how_long_it_is() -> None:
    assert (
        "✗ missing  Spanish es\n    would be docs/episodes/ep-10/es/episode.md\n    to translate: 200 words\n"
        in render(only(1), ENGLISH, width=100)
    )


def test_findings_about_the_source_stand_with_the_source() -> None:
    assert render(only(2), ENGLISH, width=100).splitlines()[:3] == [
        "briefs 9  =HYPERLINK(1)",
        "docs/briefs/ep-9/en/episode.md  source, English",
        "8  ▲ placeholder  video is a placeholder: “https://youtu.be/url”",
    ]


def test_an_episode_without_a_source_says_so() -> None:
    report = SMALL.with_episodes([replace(SMALL.episodes[0], source=None)])
    assert render(report, ENGLISH).splitlines()[1] == "no source file"


def test_many_changes_are_counted() -> None:
    cell = SMALL.episodes[0].cells[0]
    many = replace(SMALL.episodes[0], cells=(replace(cell, changes=STALE_CHANGES * 5),))
    assert "and 8 more: transtool diff 9 --language es" in render(SMALL.with_episodes([many]), ENGLISH)


def test_a_reason_that_no_finding_tells_is_told() -> None:
    cell = replace(SMALL.episodes[0].cells[1], language=DE, reason="no-git", basis=None)
    report = SMALL.with_episodes([replace(SMALL.episodes[0], cells=(cell,))])
    assert "there is no git history" in render(report, ENGLISH)


def test_episodes_stand_below_each_other() -> None:
    assert render(SMALL, ENGLISH).count("source, English") == 3


@pytest.mark.parametrize("words", [Words("es", "es"), Words("ar", "ar")], ids=["es", "ar"])
def test_it_speaks_the_language_of_the_interface(words: Words) -> None:
    assert words.language("de", alone=True) in render(only(0), words)
