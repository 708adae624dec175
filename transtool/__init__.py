"""Translation coverage and staleness of numbered Markdown episodes: the names of the library are those of `api`."""

from typing import TYPE_CHECKING

__version__ = "0.1.0"

# Type checkers read a literal list, and the program must not load the library for it: tests hold it to that of `api`.
__all__ = [
    "Cell",
    "Change",
    "ChangeKind",
    "ConfigError",
    "Copy",
    "Edit",
    "EditRefused",
    "EpisodeReport",
    "Finding",
    "Plan",
    "Problem",
    "Report",
    "SegmentKind",
    "Severity",
    "Site",
    "Status",
    "TranstoolError",
    "UsageError",
    "WorldError",
    "__version__",
    "open",
]

if TYPE_CHECKING:
    from transtool.api import (
        Cell,
        Change,
        ChangeKind,
        ConfigError,
        Copy,
        Edit,
        EditRefused,
        EpisodeReport,
        Finding,
        Plan,
        Problem,
        Report,
        SegmentKind,
        Severity,
        Site,
        Status,
        TranstoolError,
        UsageError,
        WorldError,
        open,
    )
else:

    def __getattr__(name: str) -> object:
        """Load the library with the first of its names: the command line does without it."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        found = globals()[name] = getattr(import_module("transtool.api"), name)
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
