"""Write values as TOML, and texts as comments."""

import json
import re
from collections.abc import Sequence
from textwrap import wrap

from transtool.settings import FromSource, Learn, LocalValue, Pattern, TitleOf

_WIDEST = 110
# What words are apart by: white space and control characters, but not the no-break spaces of French.
_APART = re.compile(r"(?:[^\S\u00a0\u202f]|[\x00-\x1f\x7f])+")


def text(value: str) -> str:
    """Return `value` as a TOML string."""
    # JSON's escapes are TOML's, but for DEL, which JSON leaves alone.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(name: str) -> str:
    """Return `name` as a TOML key, quoted where it must be."""
    return name if re.fullmatch("[A-Za-z0-9_-]+", name) else text(name)


def texts(values: Sequence[str]) -> str:
    """Return `values` as a TOML list, over several lines if it is long."""
    line = f"[{', '.join(map(text, values))}]"
    if len(line) <= _WIDEST:
        return line
    rows = [""]
    for value in map(text, values):
        if len(rows[-1]) + len(value) > _WIDEST - 6:
            rows.append("")
        rows[-1] += f"{value}, "
    return "\n".join(["[", *(f"    {row.rstrip()}" for row in rows), "]"])


def local(value: LocalValue) -> str:
    """Return where a local field comes from, as the configuration has it."""
    match value:
        case Pattern(template):
            return text(template)
        case TitleOf(path):
            return f"{{ title_of = {text(path)} }}"
        case Learn():
            return "{ learn = true }"
        case FromSource():
            return "{ from_source = true }"
        case _:
            return "{ labels = true }"


def comment(sentence: str) -> list[str]:
    """Return `sentence` as lines of comment, without what a comment cannot hold."""
    plain = _APART.sub(" ", sentence).strip(" ")
    return [f"# {row}" for row in wrap(plain, _WIDEST - 2, break_long_words=False, break_on_hyphens=False)]
