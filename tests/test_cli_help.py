"""Help speaks the language of the interface, also where the words are those of Typer."""

from pathlib import Path

import pytest

from tests.runs import runs
from transtool.i18n.catalogues import available

TYPER = ("Usage:", "Show this message", "ompletion for", "[default", "[required]", "Commands:")


@pytest.mark.parametrize("language", [tag for tag in available() if tag != "en"])
def test_no_english_is_left_in_help(language: str, tmp_path: Path) -> None:
    done = runs(["--help", "show --help"], at=tmp_path, LANGUAGE=language, COLUMNS="200", TERM="xterm")

    text = "".join(run.stdout for run in done.values())
    assert "--install-completion" in text
    assert [words for words in TYPER if words in text] == []


def test_english_help_says_what_is_needed_and_what_is_taken_otherwise(tmp_path: Path) -> None:
    done = runs(["show --help"], at=tmp_path, COLUMNS="200", TERM="xterm")["show --help"].stdout

    assert "Usage: transtool show [OPTIONS]" in done
    assert "[required]" in done
    assert "[default: .]" in done
