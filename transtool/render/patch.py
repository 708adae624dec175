"""Show a unified diff to people: coloured, and with nothing in it that could drive the terminal."""

from rich.text import Text

from transtool.i18n import Words
from transtool.i18n.safe_text import visible
from transtool.render.screen import drawn

_STYLES = (("+++", "bold"), ("---", "bold"), ("@@", "cyan"), ("+", "green"), ("-", "red"), ("diff ", "bold"))


def render(patch: str, words: Words, *, colour: bool) -> str:
    """Return `patch` line by line as it can be shown; a program that applies it needs the text as it is."""
    lines = (_shown(line) for line in patch.removesuffix("\n").split("\n"))
    return drawn(lines, words, colour=colour, width=None) if patch else ""


def _shown(line: str) -> Text:
    style = next((style for start, style in _STYLES if line.startswith(start)), "")
    return Text(visible(line), style)
