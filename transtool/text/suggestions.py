"""Say what was probably meant where a name is none of those that there are."""

from collections.abc import Iterable

from transtool.errors import N_, Message, Problem
from transtool.text.near import Names


def unknown(template: str, name: str, known: Iterable[str]) -> Problem:
    """Return the problem that `name` is none of `known`: what was probably meant, else everything there is."""
    there = tuple(known)
    hint = suggestion(name, there) or Message(N_("there are: {names}"), {"names": ", ".join(there)})
    return Problem(message=Message(template, {"name": name}), hint=hint)


def suggestion(name: str, known: Iterable[str]) -> Message | None:
    """Return the "did you mean" for `name` among `known`, or None where nothing is near."""
    there = tuple(known)
    longer = (each for each in there if name and each.casefold().startswith(f"{name.casefold()}-"))
    near = next(longer, None) or Names(there).nearest(name)
    return None if near is None else Message(N_("did you mean {suggestion}?"), {"suggestion": near})
