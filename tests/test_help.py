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
    boxed = [line for line in said.splitlines() if line.startswith("│")]
    assert {cell_len(line) for line in boxed} == {80}
