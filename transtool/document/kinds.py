"""Kinds of front matter, told by how a file begins."""

import re
from collections.abc import Mapping
from enum import StrEnum

from transtool.errors import N_


class FrontMatterKind(StrEnum):
    """How the fields of a file are written."""

    YAML = "yaml"
    TOML = "toml"
    JSON = "json"
    """A JSON object at the very beginning, as Hugo has it."""
    ELIXIR = "elixir"
    """A map `%{ title: "..." }` and a line `---` at the very beginning, as NimblePublisher has it."""
    HEADER = "header"
    """Lines such as `Title: ...` at the very beginning, as Pelican, MkDocs and MultiMarkdown have them."""
    PLAIN = "plain"
    """None, in AsciiDoc or reStructuredText, where nobody expects any."""
    NONE = "none"


def without(path: str) -> FrontMatterKind:
    """Return what is said of a file that has no front matter, by its name."""
    return FrontMatterKind.PLAIN if path.lower().endswith(_PLAIN) else FrontMatterKind.NONE


def unfenced(text: str) -> FrontMatterKind:
    """Return what kind of front matter begins a text without fences."""
    if _JSON.match(text):
        return FrontMatterKind.JSON
    if _ELIXIR.match(text):
        return FrontMatterKind.ELIXIR
    first = _LINE.match(text)
    if first is None:
        return FrontMatterKind.NONE
    known = first["name"].casefold() in _NAMES
    return FrontMatterKind.HEADER if known or _LINE.match(text, first.end()) else FrontMatterKind.NONE


_PLAIN = (".adoc", ".asciidoc", ".rst")
# An object, not the `{"` that any text may begin with: a name and its colon, or nothing at all.
_JSON = re.compile(r"\{\s*(?:\"[^\"\n]*\"\s*:|\}[ \t\r]*(?:\n|\Z))")
_ELIXIR = re.compile(r"%\{\s*(?:[a-z_]\w*:|\"|\}\s*\n---)")
# Python-Markdown's extension `meta` allows three blanks before a name; MultiMarkdown, blanks inside of it.
_LINE = re.compile(r"[ ]{0,3}(?P<name>[A-Za-z0-9][A-Za-z0-9_ -]{0,40}):(?:[ \t][^\n]*|\r?)(?:\n|\Z)")
_NAMES = frozenset(
    """title subtitle date modified author authors slug url save_as lang language translation
    category categories tags keywords status summary description template""".split()  # noqa: SIM905  (one list, two lines)
)
"""Names of which one is enough to make a header of the first line; any other text needs a second such line."""

NOT_EDITED: Mapping[FrontMatterKind, str] = {
    # Translators: a map of the programming language Elixir at the beginning of a file: %{ title: "..." }
    FrontMatterKind.ELIXIR: N_("a map of Elixir (`%{{…}}`) can be read, but not edited"),
    FrontMatterKind.PLAIN: N_("AsciiDoc and reStructuredText are given no front matter"),
    FrontMatterKind.NONE: N_("there is no front matter to edit"),
}
"""What is said of the kinds of front matter that nothing can be written into."""
