"""What a run went through: where its time went, how far it is, and what it came across on the way."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from transtool.errors import Problem


@dataclass(slots=True)
class Stages:
    """What a run went through: seconds by stage in the order in which they began, counts, and what was odd.

    `notes` are for everybody, `asides` for whoever wants to know more (`--verbose`). `no_history` says why git cannot
    tell anything of the past, if it was asked. `watch` is told of long stages how much is done and how much there is
    to do.
    """

    watch: Callable[[str, int, int], None] = lambda stage, done, total: None
    began: float = field(default_factory=time.perf_counter)
    seconds: dict[str, float] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    asides: list[Problem] = field(default_factory=list)
    no_history: Problem | None = None

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time that the block takes to the stage `name`."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    @property
    def total(self) -> float:
        """The seconds since the run began."""
        return time.perf_counter() - self.began
