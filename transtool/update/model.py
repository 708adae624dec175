"""How pages are updated, what that does and what it leaves, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from transtool.segments import Segment

SamePlural = Callable[[str, str], bool]
"""Says whether a language uses the same form of nouns after two numbers."""

Split = Callable[[str], tuple[Segment, ...]]
"""Splits the text of a whole file as the translation is split."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How pages are updated.

    Whether new source text goes into the translation, whether texts are moved, how a text is split, what plurals its
    language has.
    """

    takes_source: bool
    moves: bool
    split: Split
    same_plural: SamePlural


class Done(StrEnum):
    """What was carried over."""

    CODE = "code"
    """A block of code."""
    TARGET = "target"
    NUMBER = "number"
    MARKUP = "markup"
    """Attributes, tags, includes and code inside a text."""
    LINES = "lines"
    """Everything between texts: added, removed or written differently."""
    MOVED = "moved"
    REMOVED = "removed"


class Why(StrEnum):
    """Why something was left to a person."""

    NEW = "new"
    REWORDED = "reworded"
    OWN = "own"
    """The source changed it, and the translation has something of its own there."""
    REMOVED = "removed"
    """The source no longer has it."""
    FORM = "form"
    """A number changed after which the language needs another form of words."""
    SOURCE = "source"
    """It still is the source's text."""
    UNSETTLED = "unsettled"
    """What is carried over would not be the same after another run, so that nothing of the page is."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is left to a person: why, and where (1-based lines; None where there is no such place).

    `marked` says that it was marked in the file.
    """

    why: Why
    line: int | None
    source_line: int | None
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """A translation file as an update leaves it.

    `done` counts what was carried over, `cleared` the comments of earlier updates that are not needed any more.
    """

    data: bytes
    done: Mapping[Done, int] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    cleared: int = 0

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left for a person."""
        return not self.left
