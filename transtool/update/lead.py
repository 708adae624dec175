"""What stands before a text on each of its lines: the marks of quotations, and indents."""

import re

_LEAD = re.compile(r"[ \t]*(?:>[ \t]*)*")
_SPACE = re.compile(r"[ \t]+")


def lead_of(text: str, at: int) -> str | None:
    """Return what stands before offset `at` on its line, if that is nothing but marks of quotations and blanks."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    found = _LEAD.fullmatch(text, start, at)
    return None if found is None else found[0]


def key_of(lead: str) -> str:
    """Return what two leads that mean the same have in common: their marks."""
    return _SPACE.sub("", lead)


def without(text: str, lead: str) -> str | None:
    """Return `text` with `lead` taken away from every line but the first; None where a line does not begin with it."""
    first, *rest = text.split("\n")
    lines = [first]
    for line in rest:
        if line.startswith(lead):
            lines.append(line[len(lead) :])
        elif line.strip() == lead.strip():
            lines.append(line[len(line.rstrip("\r")) :])
        else:
            return None
    return "\n".join(lines)


def added(text: str, lead: str) -> str:
    """Return `text` with `lead` before every line but the first."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"{lead}{line}" if line.strip() else f"{lead.rstrip()}{line}" for line in rest)])
