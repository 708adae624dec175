"""The one error family: what went wrong, where, and the way out.

Everything people read is made late, in their language. Errors therefore carry a `Message` (a gettext
template and its facts), never a finished sentence; `wording` turns it into text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(template: str) -> str:
    """Mark `template` for extraction into the catalogues without translating it here."""
    return template


class _Facts(dict[str, object]):
    """The facts of a message; what is not among them shows as `?`."""

    def __missing__(self, name: str) -> str:
        return "?"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence not yet said: a template with `{named}` places and the facts that fill them.

    `template` must be marked with `N_` where it is written. With `plural` and `count`, the catalogue
    chooses the form; `count` is also available to the template as `{count}`.
    """

    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        """Return the sentence in plain English, for logs and tests; `wording` says it properly."""
        one = self.plural is None or self.count == 1
        template = (self.template if one else self.plural) or ""
        return template.format_map(_Facts(self.facts if self.count is None else {**self.facts, "count": self.count}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: what, where (a path as the user knows it, a 1-based line), what to do."""

    message: Message
    path: str | None = None
    line: int | None = None
    hint: Message | None = None

    @classmethod
    def of(
        cls, template: str, path: str | None = None, line: int | None = None, /, hint: str = "", **facts: object
    ) -> "Problem":
        """Return a problem by its template (marked with `N_`), where it is, and the facts of it and of its `hint`."""
        return cls(message=Message(template, facts), path=path, line=line, hint=Message(hint, facts) if hint else None)

    def __str__(self) -> str:
        """Return the problem as one English line (two with a hint)."""
        where = "" if self.path is None else f"{self.path}: " if self.line is None else f"{self.path}:{self.line}: "
        return f"{where}{self.message}" + ("" if self.hint is None else f" ({self.hint})")


class TranstoolError(Exception):
    """The base of everything transtool raises on purpose; `exit_code` is what the process returns."""

    exit_code = 2

    def __init__(self, *problems: Problem) -> None:
        """Take one or more problems; all are shown, in this order."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class UsageError(TranstoolError):
    """The command line asks for something that cannot be."""


class ConfigError(TranstoolError):
    """`transtool.toml` is missing or wrong."""


class WorldError(TranstoolError):
    """A file, a directory or git could not be read or written."""

    exit_code = 3


class EditRefused(WorldError):
    """An edit would have changed more than it was asked to change; nothing was written."""


def refused(error: OSError) -> WorldError:
    """Return what is said where the system refuses something."""
    path = error.filename if isinstance(error.filename, str) else None
    return WorldError(Problem.of(N_("the system refuses: {cause}"), path, cause=error.strerror or str(error)))


def lacking_extra(message: str, extra: str) -> UsageError:
    """Return what is said where packages of an extra are not installed; `message` says what needs them."""
    command = f"pip install 'transtool[{extra}]'"
    return UsageError(Problem.of(message, hint=N_("install it with {command}"), command=command))


def of_bug(bug: Exception) -> WorldError:
    """Return what is said of a mistake of our own."""
    said = f"{type(bug).__name__}: {bug}"
    hint = N_("please report it with what TRANSTOOL_DEBUG=1 prints")
    return WorldError(Problem.of(N_("this is a bug in transtool: {bug}"), hint=hint, bug=said))
