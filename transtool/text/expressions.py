"""Regular expressions that a site gives in its configuration, run by an engine that no expression can make run away.

RE2 walks a text once, whatever the expression: it has neither backtracking nor what needs it (looking around, and
references to groups). What transtool's own modules look for is fixed, and a test shows that it is linear; that stays
with `re`, which is there anyway.
"""

from functools import cache
from typing import Protocol


class NoExpression(ValueError):
    """The text is no regular expression that RE2 reads; says why."""


class Found(Protocol):
    """What was found: the whole of it, and its groups (None for one that took no part)."""

    def group(self) -> str:
        """Return all that was matched."""

    def groups(self) -> tuple[str | None, ...]:
        """Return the groups."""


class Expression:
    """A compiled expression. Raises NoExpression when made of a text that is none."""

    def __init__(self, text: str, *, ignore_case: bool = False) -> None:
        import re2  # Only a few configurations have any.

        options = re2.Options()
        options.log_errors = False
        options.case_sensitive = not ignore_case
        try:
            self._search = re2.compile(text, options).search
        except re2.error as error:
            told = error.args[0]
            raise NoExpression(told.decode(errors="replace") if isinstance(told, bytes) else str(told)) from error

    def search(self, text: str) -> Found | None:
        """Return the first match in `text`, or None."""
        found: Found | None = self._search(text.encode(errors="replace").decode())  # YAML can name half a character.
        return found


compiled = cache(Expression)
"""Returns the expression that a text is, made once."""
