"""Show files and changes of them to people: coloured, and with nothing in them that could drive the terminal."""

from rich.text import Text

from transtool.i18n import Words
from transtool.i18n.safe_text import legible
from transtool.render.screen import drawn

_STYLES = (("+++ ", "bold"), ("--- ", "bold"), ("@@ ", "cyan"), ("+", "green"), ("-", "red"), ("diff ", "bold"))
"""How the lines of a unified diff look that begin so; the first that fits counts."""


def render(patch: str, words: Words, *, colour: bool) -> str:
    """Return a unified diff line by line as it can be shown; a program that applies it needs the text as it is."""
    return drawn((Text(line, _style(line)) for line in _lines(patch)), words, colour=colour, width=None)


def render_file(text: str, words: Words) -> str:
    """Return what a file would hold line by line as it can be shown."""
    return drawn(map(Text, _lines(text)), words, colour=False, width=None)


def _lines(text: str) -> list[str]:
    return legible(text.removesuffix("\n")).split("\n") if text else []


def _style(line: str) -> str:
    return next((style for start, style in _STYLES if line.startswith(start)), "")
