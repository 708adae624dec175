"""Segments as they read, for people: characters for entities, and prose in lines of any length."""

import re
from dataclasses import replace
from functools import lru_cache
from html import unescape
from html.entities import html5

from transtool.i18n.safe_text import visible
from transtool.model import Change, EpisodeReport
from transtool.segments.views import TRANSLATABLE

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_CODE_SPAN = re.compile(r"(`[^`]*+`)")
_PARAGRAPHS = re.compile(r"\n[ \t]*+\n\s*+")
LONGEST = 4000
"""Characters of a change, in all of its texts, that an entry of a long list has room for."""
_QUOTES = ('"', "'")
"""What of ASCII is written as an entity without being meant as no markup."""


def readable(change: Change) -> Change:
    """Return a change with its texts as they read; code stays as it is written."""
    if change.kind not in TRANSLATABLE:
        return change
    return replace(change, before=prose(change.before), after=prose(change.after), present=prose(change.present))


def title_of(episode: EpisodeReport) -> str:
    """Return the title of an episode as it reads, its key where it has none."""
    return prose(episode.title) or episode.key


def is_short(change: Change) -> bool:
    """Say whether the texts of a change are short enough to be shown among many; of others, the place is told."""
    return len(change.before) + len(change.after) + len(change.present) <= LONGEST


@lru_cache(maxsize=1024)
def prose(text: str) -> str:
    """Return text of a page as it reads, each paragraph on a line, with characters for entities outside of code.

    Entities stay of what would be markup (`&lt;`), what nobody would see (`&nbsp;`) and what would steer a terminal.
    """
    parts = _CODE_SPAN.split(text)
    parts[::2] = [_ENTITY.sub(_character, part) for part in parts[::2]]
    return "\n".join(" ".join(paragraph.split()) for paragraph in _PARAGRAPHS.split("".join(parts)))


def _character(entity: re.Match[str]) -> str:
    if entity[0][1] != "#" and entity[0][1:] not in html5:
        return entity[0]
    character = unescape(entity[0])
    is_plain = character.isprintable() and visible(character) == character
    return character if is_plain and (not character.isascii() or character in _QUOTES) else entity[0]
