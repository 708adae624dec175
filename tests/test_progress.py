"""What a long run shows of itself: a bar on terminals, and an account of its time."""

import io
import sys
import time

import pytest

from transtool.cli import progress
from transtool.site.progress import Stages


class Terminal(io.StringIO):
    """A stderr that somebody looks at."""

    def isatty(self) -> bool:
        return True


def shown(stages: Stages, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch, steps: int = 4) -> str:
    """What is written to `stream` as stderr while a stage makes its steps."""
    monkeypatch.setattr(sys, "stderr", stream)
    with progress.shown(stages):
        for done in range(steps):
            stages.watch("judging", done + 1, steps)
    return stream.getvalue()


def test_a_bar_shows_how_far_a_long_run_is_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    for name, value in {"TERM": "xterm", "COLUMNS": "80"}.items():
        monkeypatch.setenv(name, value)

    written = shown(Stages(), Terminal(), monkeypatch)

    assert "judging" in written
    assert "100%" in written
    assert written.endswith("\x1b[2K")


def test_a_short_run_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 3600)

    assert shown(Stages(), Terminal(), monkeypatch) == ""


def test_where_no_terminal_is_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)

    assert shown(Stages(), io.StringIO(), monkeypatch) == ""


def test_after_the_run_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", 0)
    stages, stream = Stages(), Terminal()
    shown(stages, stream, monkeypatch)
    before = stream.getvalue()

    stages.watch("judging", 1, 1)

    assert stream.getvalue() == before


def test_the_account_names_every_stage_and_what_was_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "perf_counter", lambda: 1100.0)
    stages = Stages(began=1000.0, seconds={"files": 0.0312, "judging": 75.04}, counts={"files": 1, "commits": 2778})

    progress.account(stages)

    said = capsys.readouterr().err.splitlines()
    assert said[0] == "1 file and 2,778 commits in 100 s"
    assert said[1:] == [
        "  files             31 ms",
        "  judging            75 s  ██████████████████",
        "  everything else  24.9 s  ██████",
    ]
