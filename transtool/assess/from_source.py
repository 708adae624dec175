"""Put another language into a value of the source, such as its address, in the way in which a site does it."""

import re
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from transtool.link import ORIGIN

_Form = Callable[[str, Collection[str], str], str | None]

_WORD = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
_END = re.compile(r"(?:/|\.[A-Za-z0-9]{1,5})?\Z")


def _folder(value: str, source: Collection[str], target: str) -> str | None:
    """Replace the first whole folder name that is the source's language: `/en/tea/` becomes `/es/tea/`."""
    origin, names = _origin(value), value[len(_origin(value)) :].split("/")
    place = next((at for at, name in enumerate(names) if name in source), None)
    return None if place is None else origin + "/".join([*names[:place], target, *names[place + 1 :]])


def _word(value: str, source: Collection[str], target: str) -> str | None:
    """Replace the last word of a name that is the source's language: `tea-en.html` becomes `tea-es.html`."""
    origin = _origin(value)
    ways = "|".join(map(re.escape, sorted(source, key=len, reverse=True)))
    found = list(re.finditer(rf"(?<![^\W_])(?:{ways})(?![^\W_])", value[len(origin) :]))
    if not found:
        return None
    start, end = found[-1].span()
    return value[: len(origin) + start] + target + value[len(origin) + end :]


def _before(value: str, source: Collection[str], target: str) -> str | None:
    """Put the language first: `/tea/` becomes `/es/tea/`."""
    origin = _origin(value)
    rest = value[len(origin) :]
    return f"{origin}{'/' if rest.startswith('/') or origin else ''}{target}/{rest.removeprefix('/')}"


def _behind(value: str, source: Collection[str], target: str) -> str | None:
    """Put the language last, behind a hyphen: `/tea.html` becomes `/tea-es.html`."""
    found = _END.search(value)
    end = found.start() if found else len(value)
    return f"{value[:end]}-{target}{value[end:]}" if _WORD.search(value[:end]) else None


FORMS: Mapping[str, _Form] = MappingProxyType({"folder": _folder, "word": _word, "before": _before, "behind": _behind})
"""The ways, likeliest first: each takes a value, the spellings of the source's language, and the target's."""

_UNASKED = ("folder", "word")


def made(value: str, source: Collection[str], target: str, habits: Collection[str]) -> str | None:
    """Return `value` for the language spelled `target`, None where nothing tells.

    `habits` are the forms that other translations have, most used first. Without any, a language that is named is
    replaced, and put before an address that names none.
    """
    for name in (*habits, *_UNASKED, *(("before",) if value.startswith("/") or _origin(value) else ())):
        text = FORMS[name](value, source, target)
        if text is not None:
            return text
    return None


def _origin(value: str) -> str:
    found = ORIGIN.match(value)
    return found.group() if found else ""
