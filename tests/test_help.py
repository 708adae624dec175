"""The help in every language of the interface: whole sentences within the width of the terminal."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.runs import runs
from transtool.i18n.catalogues import available

HELP = ("--help", "check --help", "scaffold --help")


@pytest.mark.parametrize("language", available())
def test_help_fits_and_nothing_of_it_is_cut(language: str, tmp_path: Path) -> None:
    done = runs(HELP, at=tmp_path, LANGUAGE=language, LC_ALL=f"{language}.UTF-8", COLUMNS="80")

    for command, said in done.items():
        assert said.returncode == 0, command
        assert max(map(cell_len, said.stdout.splitlines())) <= 80, command
        assert "…" not in said.stdout, command
        assert "\x1c" not in said.stdout, command


def test_japanese_help_fills_its_lines_and_translates_the_words_of_typer(tmp_path: Path) -> None:
    said = runs(HELP, at=tmp_path, LANGUAGE="ja", LC_ALL="ja.UTF-8", COLUMNS="80")["check --help"].stdout

    assert "Options" not in said
    assert "Show this" not in said
    assert any(cell_len(line) in (79, 80) for line in said.splitlines())


def test_help_on_a_narrow_terminal_puts_what_is_said_below_long_names(tmp_path: Path) -> None:
    said = runs(["check --help"], at=tmp_path, COLUMNS="40")["check --help"].stdout.splitlines()

    assert max(map(len, said)) <= 40
    below = said.index("  --min-freshness [LANG=]PERCENT") + 1
    assert said[below].startswith("   ")


def test_help_is_coloured_where_that_is_asked_for_and_nowhere_else(tmp_path: Path) -> None:
    asked = runs(["--help"], at=tmp_path, NO_COLOR=None, FORCE_COLOR="1")["--help"].stdout

    assert "\x1b[1mCommands:\x1b[0m" in asked
    assert "\x1b" not in runs(["--help"], at=tmp_path)["--help"].stdout
