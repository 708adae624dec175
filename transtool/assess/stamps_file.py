"""The file that holds the stamps of a site whose pages get no fields: a line a page, sorted, made to be committed."""

import json
from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any

from transtool.edits import Edit
from transtool.errors import N_, ConfigError, Message, Problem
from transtool.model import Stamp, Stamps

NAME = ".transtool/stamps.json"
"""Where it is, relative to the site."""

_END = ""
"""The key of the last line, which never changes: two branches that add pages at the end change no line in common."""


def read(data: bytes, path: str) -> Stamps:
    """Return the stamps of the file with this content. Raises ConfigError for any other content, with the line."""
    line: int | None = None
    try:
        document = json.loads(data.decode("utf-8-sig"))
        found = {page: _stamp(told) for page, told in document.items() if page != _END}
        if all(isinstance(part, str) for each in found.values() for part in (each.digest, each.blob, *each.reviewed)):
            return Stamps(data, MappingProxyType(found))
    except json.JSONDecodeError as error:
        line = error.lineno
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    hint = Message(N_("take one side of a merge, or delete it and stamp again"))
    raise ConfigError(Problem(message=Message(N_("this is no file of stamps")), path=path, line=line, hint=hint))


def _stamp(told: Mapping[str, Any]) -> Stamp:
    return Stamp(told["digest"], told["blob"], tuple(told.get("reviewed", "").split()))


def write(stamps: Mapping[str, Stamp]) -> bytes:
    """Return the content of the file."""
    lines = [
        f"{json.dumps(page, ensure_ascii=False)}: {json.dumps(_told(stamp))}," for page, stamp in sorted(stamps.items())
    ]
    return "\n".join(["{", *lines, f'"{_END}": {{}}', "}", ""]).encode("utf-8", "backslashreplace")


def _told(stamp: Stamp) -> dict[str, str]:
    """Return a stamp as the file has it; what no segment was reviewed of has no list of them."""
    reviewed = {"reviewed": " ".join(stamp.reviewed)} if stamp.reviewed else {}
    return {"digest": stamp.digest, "blob": stamp.blob, **reviewed}


def changed(known: Stamps, new: Mapping[str, Stamp], there: Collection[str]) -> Edit | None:
    """Return the edit that adds `new` stamps to those of the file; None where it has them all.

    Stamps of pages that are no longer `there` go.
    """
    if all(known.by_path.get(page) == stamp for page, stamp in new.items()):
        return None
    kept = {page: stamp for page, stamp in known.by_path.items() if page in there}
    return Edit(NAME, known.data, write({**kept, **new}))
