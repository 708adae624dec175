"""The table of `check` aligns everywhere, and long lists stay readable."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.reports import AR, CLEAN, EMPTY, ES, JA, SMALL, cell, episode, finding, large
from transtool.i18n import ENGLISH, Words
from transtool.model import Finding, Report, Severity, Status, Tally
from transtool.render.extent import Extent
from transtool.render.hints import Hints
from transtool.render.marks import PIECES, bar
from transtool.render.table import render

WORDS = [ENGLISH, *(Words(tag, tag) for tag in ("es", "fr", "de", "it", "pt", "ar", "ja"))]


def with_findings(*findings: Finding) -> Report:
    return replace(CLEAN, findings=findings)


def everything(_: Finding) -> bool:
    """A gate that fails on every finding."""
    return True


def coverage(report: Report, words: Words, width: int | None) -> list[str]:
    """Return the lines of the coverage table: title, blank, then up to the blank before the findings."""
    lines = render(report, words, width=width).splitlines()
    end = next(index for index, line in enumerate(lines) if re.match(r"\W*[✗▲•]\s\w", line))
    return lines[2 : end - 1]


class TestCoverage:
    def test_it_says_how_far_every_language_is(self) -> None:
        assert coverage(SMALL, ENGLISH, None)[:-2] == [
            "language         coverage                             fresh  current  stale  draft  missing  unknown"
            "  unreadable  exempt",
            "─" * 120,
            "episodes",
            "  Spanish es    1/2   50%  ▓▓▓▓▓▓▓▓▓▓··········   0/2    0%        –      1      –        1        –"
            "           –       –",
            "  German de     1/2   50%  ██████████░░░░░░░░░░   1/2   50%        1      –      1        –        –"
            "           –       –",
            "  Japanese ja   2/2  100%  ██████████▒▒▒▒▒▒▒▒▒▒   1/2   50%        1      –      –        –        1"
            "           –       –",
            "  Arabic ar     1/2   50%  ██████████!!!!!!!!!!   1/2   50%        1      –      –        –        –"
            "           1       –",
            "briefs",
            "  Spanish es    1/1  100%  ████████████████████   1/1  100%        1      –      –        –        –"
            "           –       –",
            "  Japanese ja   0/1    0%  ····················   0/1    0%        –      –      –        1        –"
            "           –       –",
            "",
            "Total          6/10   60%  ████████▓▓▒▒░░····!!  4/10   40%        4      1      1        2        1"
            "           1       1",
        ]

    @pytest.mark.parametrize("words", WORDS, ids=lambda words: words.tag)
    @pytest.mark.parametrize("width", [None, 140, 100, 80, 60, 40])
    def test_columns_align_in_every_language(self, words: Words, width: int | None) -> None:
        table = coverage(SMALL, words, width)[:-2]
        figures = [line for line in table if re.search(r"\d/\d", line)]
        assert len({cell_len(line) for line in figures}) == 1
        assert len({cell_len(re.split("[%٪]", line)[0]) for line in figures}) == 1

    @pytest.mark.parametrize("words", WORDS, ids=lambda words: words.tag)
    @pytest.mark.parametrize("width", [140, 100, 80, 60])
    def test_nothing_is_wider_than_the_terminal(self, words: Words, width: int) -> None:
        lines = render(SMALL, words, width=width).splitlines()
        assert max(map(cell_len, lines)) <= width

    def test_one_series_needs_no_title_and_one_cell_no_total(self) -> None:
        lines = render(CLEAN, ENGLISH, width=100).splitlines()
        assert lines[0] == "1 episode, written in English"
        assert not [line for line in lines if line.startswith(("episodes", "Total"))]

    def test_an_empty_site_has_no_table(self) -> None:
        assert render(EMPTY, ENGLISH) == "0 episodes, written in English\n\n✓ nothing to report\n"

    def test_a_language_that_a_series_does_not_want_has_no_line_there(self) -> None:
        briefs = coverage(SMALL, ENGLISH, None)
        assert not [line for line in briefs[briefs.index("briefs") :] if "German" in line]

    def test_titles_written_from_right_to_left_do_not_turn_lines_around(self) -> None:
        report = replace(
            CLEAN,
            series=("حلقات", "x"),
            episodes=(
                episode("حلقات", "1", "T", cell("حلقات", "1", ES, Status.CURRENT)),
                episode("x", "1", "T", cell("x", "1", ES, Status.CURRENT)),
            ),
        )
        (line,) = [line for line in render(report, ENGLISH).splitlines() if "حلقات" in line]
        assert line == "\u200e\u2068حلقات\u2069"


class TestBar:
    @given(st.lists(st.integers(0, 500), min_size=6, max_size=6), st.integers(6, 60))
    def test_a_bar_has_its_length_and_shows_whatever_there_is(self, counts: list[int], length: int) -> None:
        tally = Tally(dict(zip(PIECES, counts, strict=True)))
        pieces = bar(tally, length)
        assert sum(size for _, size in pieces) == (length if sum(counts) else 0)
        assert [status for status, _ in pieces] == [status for status in PIECES if tally[status]]
        assert all(size > 0 for _, size in pieces)

    def test_exempt_translations_are_not_in_it(self) -> None:
        assert bar(Tally({Status.EXEMPT: 3}), 10) == ()
        assert bar(Tally({Status.EXEMPT: 30, Status.CURRENT: 1}), 10) == ((Status.CURRENT, 10),)


class TestPage:
    """What `check` shows on a terminal unless it is asked for more."""

    def test_what_fails_the_run_is_shown_and_the_rest_is_counted(self) -> None:
        drawn = render(large(120), ENGLISH, width=100, fails=lambda each: each.rule == "stale")
        shown, _, counted = drawn.partition("\n▲ missing")
        assert "  docs/episodes/ep-4/de/episode.md:40  the source has changed since: 5 segments, 4 words\n" in shown
        assert "▲ local     720  A local field does not have the value that its language needs\n" in counted
        assert "▲ stale" not in counted

    def test_a_page_fits_a_screen_however_much_there_is(self) -> None:
        assert len(render(large(500), ENGLISH, width=80).splitlines()) < 30

    def test_a_few_findings_are_shown_rather_than_counted(self) -> None:
        drawn = render(with_findings(finding("local", "c.md", 1, field="lang")), ENGLISH, width=80)
        assert "  c.md:1  lang is ?, expected ?\n" in drawn
        assert "--all" not in drawn

    def test_it_says_how_to_see_more_of_what_the_run_was_about(self) -> None:
        hints = Hints(
            site="my site", config="a.toml", selection=("--language", "es"), narrowing=("--severity", "warning")
        )
        drawn = render(large(120), ENGLISH, width=60, hints=hints)
        about = "--language es --severity warning --config a.toml"
        assert f"\nall findings: transtool check 'my site' --all {about}\n" in drawn
        assert f"\nof one rule: transtool check 'my site' --rule missing {about}\n" in drawn
        assert drawn.endswith("\nnext: transtool todo 'my site' --language es --config a.toml\n")

    @pytest.mark.parametrize("width", [None, 80])
    def test_a_summary_has_no_single_finding(self, width: int | None) -> None:
        drawn = render(large(120), ENGLISH, width=width, extent=Extent.SUMMARY, fails=everything)
        assert "episode.md" not in drawn
        assert "Total" in drawn
        assert "▲ missing   120  No file for an expected language\n" in drawn

    def test_asked_to_be_quiet_it_shows_what_fails_and_nothing_else(self) -> None:
        assert render(large(120), ENGLISH, extent=Extent.FAILING) == ""
        lines = render(SMALL, ENGLISH, extent=Extent.FAILING).splitlines()
        assert [line.split(": ")[1] for line in lines] == ["error", "error"]
        assert render(SMALL, ENGLISH, width=80, extent=Extent.FAILING).startswith("✗ identity")


class TestRightToLeft:
    """Arabic lines with paths in them."""

    ARABIC = Words("ar", "ar")

    def test_a_finding_begins_with_its_path_for_whoever_searches(self) -> None:
        lines = render(large(30), self.ARABIC).splitlines()
        found = [line for line in lines if re.match(r"docs/\S+\.md:\d+: \u2068.*\u2069 \[\w+\]$", line)]
        assert len(found) == 480

    def test_so_it_does_on_a_terminal(self) -> None:
        lines = render(SMALL, self.ARABIC, width=100, extent=Extent.ALL).splitlines()
        assert len([line for line in lines if re.match(r" +docs/\S+\.md:\d+(  \u2068|$)", line)]) == 8

    def test_a_path_that_is_written_from_right_to_left_is_kept_from_turning_the_line_around(self) -> None:
        drawn = render(with_findings(finding("local", "ملف/١.md", 3, field="lang")), self.ARABIC)
        assert "\n\u200e\u2068ملف/١.md:3\u2069: \u2068" in drawn


class TestFindings:
    def test_the_most_severe_rule_comes_first_whatever_the_configuration_says_of_it(self) -> None:
        report = with_findings(
            finding("unreadable", "a.md", 1, severity=Severity.INFO, problem="x"),
            finding("structure", "b.md", 1, sentence="code", severity=Severity.ERROR),
            finding("local", "c.md", 1, field="lang"),
        )
        headings = re.findall(r"^[✗▲•] (\w+)", render(report, ENGLISH, width=100), re.MULTILINE)
        assert headings == ["structure", "local", "unreadable"]

    def test_every_finding_has_its_file_and_line(self) -> None:
        lines = render(SMALL, ENGLISH, width=100, extent=Extent.ALL).splitlines()
        assert "  docs/episodes/ep-9/es/episode.md:7  parent is “Episodes”, expected “Episodios”" in lines

    def test_two_thousand_findings_fit_on_two_screens(self) -> None:
        report = large(120)
        assert len(report.all_findings()) == 1920
        assert len(render(report, ENGLISH, width=120, fails=everything).splitlines()) < 80

    def test_what_is_the_same_in_many_files_is_said_once(self) -> None:
        lines = render(large(120), ENGLISH, width=120, fails=everything).splitlines()
        at = lines.index("  img is absent, in the source “a.png”  360 places")
        assert lines[at + 1 : at + 5] == [
            "      docs/episodes/ep-1/de/episode.md:9",
            "      docs/episodes/ep-1/es/episode.md:9",
            "      docs/episodes/ep-1/ja/episode.md:9",
            "      and 357 more",
        ]

    def test_a_long_list_says_how_much_more_there_is_and_how_to_see_it(self) -> None:
        drawn = render(large(120), ENGLISH, width=120, fails=everything)
        assert "  permalink: 360, parent: 360\n" in drawn
        assert "  and 351 more: transtool check --rule local\n" in drawn

    def test_nothing_is_held_back_when_everything_is_asked_for(self) -> None:
        drawn = render(large(20), ENGLISH, width=120, extent=Extent.ALL)
        assert "more" not in drawn
        assert drawn.count("permalink is") == 60

    def test_missing_translations_are_said_once_an_episode(self) -> None:
        report = with_findings(*(finding("missing", "en/1.md", 1, language=tag, target="x") for tag in (ES, JA, AR)))
        assert "  en/1.md:1  no translation into Arabic, Spanish, and Japanese\n" in render(report, ENGLISH, width=100)

    def test_long_paths_stand_above_what_is_said_of_them_and_are_never_broken(self) -> None:
        path = "docs/" + "long-folder/" * 5 + "episode.md"
        lines = render(with_findings(finding("local", path, 3, field="lang")), ENGLISH, width=80).splitlines()
        at = lines.index(f"  {path}:3")
        assert lines[at + 1] == "      lang is ?, expected ?"

    def test_without_a_terminal_every_finding_is_a_line_that_tools_can_read(self) -> None:
        lines = render(large(30), ENGLISH).splitlines()
        found = [line for line in lines if re.match(r"docs/\S+:\d+: (error|warning|note): .* \[\w+\]$", line)]
        assert len(found) == 480

    def test_it_ends_with_the_sum_and_for_people_with_what_to_do_next(self) -> None:
        total = "\n2 errors, 8 warnings, and 1 note in 8 files\n"
        assert render(SMALL, ENGLISH).endswith(total)
        assert render(SMALL, ENGLISH, width=100).endswith(f"{total}next: transtool todo\n")
        assert render(CLEAN, ENGLISH, width=100).endswith("\n✓ nothing to report\n")

    def test_a_page_that_is_not_translated_at_all_is_said_with_the_languages_that_lack_it(self) -> None:
        page = finding("missing", "en/1.md", sentence="page", languages=["ar", "es"], count=2)
        language = finding("missing", "", sentence="language", language=JA, translations=700)
        drawn = render(with_findings(page, language), ENGLISH, width=100)
        assert "  en/1.md  no translation into Arabic and Spanish\n" in drawn
        assert "hardly anything in Japanese yet: 700 translations missing\n" in drawn

    def test_colours_are_only_there_when_asked_for(self) -> None:
        assert "\x1b[" not in render(SMALL, ENGLISH, width=100)
        coloured = render(SMALL, ENGLISH, width=100, colour=True)
        assert "\x1b[" in coloured
        bare = [line.rstrip() for line in re.sub(r"\x1b\[[\d;]*m", "", coloured).splitlines()]
        assert bare == render(SMALL, ENGLISH, width=100).splitlines()

    def test_the_environment_changes_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = render(SMALL, ENGLISH, width=100, colour=True)
        for name, value in {"NO_COLOR": "1", "COLUMNS": "30", "TERM": "dumb", "FORCE_COLOR": "1"}.items():
            monkeypatch.setenv(name, value)
        assert render(SMALL, ENGLISH, width=100, colour=True) == before
