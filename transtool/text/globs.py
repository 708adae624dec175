"""Globs of paths and keys: `*` and `?` stay within one name, `**` reaches across folders, `[ab]` is one of these."""

import re
from collections.abc import Iterator
from functools import lru_cache

LONGEST = 500
"""Characters of a glob that are accepted."""

_TOKEN = re.compile(
    r"(?P<tree>\*\*/)|(?P<across>\*\*+)|(?P<any>\*)|(?P<one>\?)|\[(?P<set>!?\]?[^\]\[/]*+)\]|(?P<text>.)", re.DOTALL
)


def fits(glob: str, path: str) -> bool:
    """Say whether `glob` means `path`: all of it, or a folder that it lies in (`drafts` means `drafts/1.md`)."""
    return _compiled(glob).match(path) is not None


@lru_cache(maxsize=1 << 10)
def _compiled(glob: str) -> re.Pattern[str]:
    return re.compile("".join(_parts(glob.rstrip("/"))) + r"(?:/|\Z)", re.DOTALL)


def _parts(glob: str) -> Iterator[str]:
    """Yield the expression of each part; free text is matched lazily and never more than one folder name at a time."""
    for found in _TOKEN.finditer(glob):
        match found.lastgroup:
            case "tree":
                yield "(?:[^/]+/)*"
            case "across":
                yield ".*"
            case "any":
                yield "[^/]*"
            case "one":
                yield "[^/]"
            case "set":
                yield _set(found["set"])
            case _:
                yield re.escape(found[0])


def _set(names: str) -> str:
    negated = names.startswith("!")
    inside = re.sub(r"([\\\[\]^&|~])", r"\\\1", names.removeprefix("!"))
    return f"[{'^/' if negated else ''}{inside}]" if inside else re.escape(f"[{names}]")
