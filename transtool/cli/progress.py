"""What a long run shows of itself on a terminal: how far it is, and with `--verbose` where the time went."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from transtool.cli.terminal import WORDS, _, note
from transtool.errors import N_

if TYPE_CHECKING:  # drawing takes modules that short runs can do without
    from rich.progress import Progress, TaskID

    from transtool.site.progress import Stages

_PATIENCE = 0.7
"""Seconds before anything is shown: a run that is over by then needs no bar."""
_LONG = 100
_BAR = 24


@contextmanager
def shown(stages: "Stages") -> Iterator[None]:
    """Show how far `stages` are while the block runs, where stderr is a terminal; the line is gone afterwards."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    bar = _Bar()
    stages.watch = bar.move
    try:
        yield
    finally:
        stages.watch = lambda stage, done, total: None
        bar.close()


class _Bar:
    """A bar on stderr that appears once a run takes long."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def move(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of a stage are made."""
        if self._progress is None:
            if time.monotonic() - self._began < _PATIENCE:
                return
            self._progress = _progress()
            self._progress.start()
        share = WORDS.percent(done / max(1, total))
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(_(stage), total=total, share=share)
        self._progress.update(self._tasks[stage], completed=done, share=share)

    def close(self) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()


def _progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[share]}"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def account(stages: "Stages") -> None:
    """Say on stderr what was read and how long it took, then stage by stage where the time went."""
    from rich.cells import cell_len

    total = stages.total
    things = WORDS.list(WORDS.counted(noun, count) for noun, count in stages.counts.items())
    note(_(N_("{things} in {time}"), things=things, time=_time(total)))
    parts = {_(name): seconds for name, seconds in stages.seconds.items()}
    parts[_(N_("everything else"))] = max(0.0, total - sum(parts.values()))
    wide, long = (max(map(cell_len, texts)) for texts in (parts, map(_time, parts.values())))
    for name, seconds in parts.items():
        bar = "█" * round(_BAR * seconds / total) if total else ""
        figures = " " * (wide - cell_len(name) + long - cell_len(_time(seconds))) + _time(seconds)
        note(f"  {name}  {figures}  {bar}".rstrip())


def _time(seconds: float) -> str:
    """Return a duration to about two figures: milliseconds below a second."""
    if seconds < 1:
        return _(N_("{milliseconds} ms"), milliseconds=round(1000 * seconds))
    return _(N_("{seconds} s"), seconds=round(seconds, 1 if seconds < _LONG else None))
