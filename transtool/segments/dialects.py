"""What a file is written in: which constructs besides CommonMark its text may hold.

A dialect is a set of features. It is configured, or told from the file: by its suffix, and by what only MDX has. A
`.md` file that nobody says anything about may hold every construct that no other dialect means something else by;
that is all but those of MDX, in which braces are code and indented text is prose.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto
from functools import cache
from types import MappingProxyType

from transtool.settings import DEFAULT_PROSE_ATTRIBUTES, Dialect, Reading


class Feature(Enum):
    """A family of constructs."""

    LIQUID = auto()
    """Tags and outputs of Liquid, shortcodes of Hugo, interpolations of Vue: `{% %}`, `{{ }}`, `{{< >}}`."""
    ATTRIBUTES = auto()
    """Attribute lists on lines of their own: `{: .note}`, `{ #anchor }`."""
    DIRECTIVES = auto()
    """`:::note[Title]` … `:::`, `::youtube[Title]{id=1}`; containers of VitePress, fenced divs of Pandoc."""
    BOXES = auto()
    """Admonitions and tabs with an indented body: `!!! note "Title"`, `??? tip`, `=== "Tab"`."""
    BLOCKS = auto()
    """`/// tip | Title` … `///`."""
    SNIPPETS = auto()
    """What MkDocs puts in the place of a line: `--8<-- "file"`, `{* file *}`, `::: package.module`."""
    FOOTNOTES = auto()
    DEFINITIONS = auto()
    """Terms with definitions below them that start with a colon."""
    MATH = auto()
    MDX = auto()
    """ESM, JSX and expressions; neither HTML nor indented code."""


_TOLD = frozenset(Feature) - {Feature.MDX}
_NOTED = frozenset({Feature.FOOTNOTES, Feature.MATH})
_DEFINED = _NOTED | {Feature.ATTRIBUTES, Feature.DEFINITIONS}

FEATURES: Mapping[Dialect | None, frozenset[Feature]] = MappingProxyType(
    {
        None: _TOLD,
        Dialect.COMMONMARK: frozenset(),
        Dialect.JEKYLL: _DEFINED | {Feature.LIQUID},
        Dialect.HUGO: _DEFINED | {Feature.LIQUID},
        Dialect.MKDOCS: _DEFINED | {Feature.LIQUID, Feature.BOXES, Feature.BLOCKS, Feature.SNIPPETS},
        Dialect.PANDOC: _DEFINED | {Feature.DIRECTIVES},
        Dialect.VITEPRESS: _NOTED | {Feature.LIQUID, Feature.ATTRIBUTES, Feature.DIRECTIVES},
        Dialect.MDX: _NOTED | {Feature.MDX, Feature.DIRECTIVES},
    }
)
"""What each dialect has; without one (None): everything but MDX."""

_MARKS: Mapping[Feature, tuple[str, ...]] = MappingProxyType(
    {
        Feature.LIQUID: ("]:",),
        Feature.ATTRIBUTES: ("toc]", "TOC]"),
        Feature.DIRECTIVES: ("::",),
        Feature.BOXES: ("!!!", "???", '=== "', '===! "', '===+ "'),
        Feature.BLOCKS: ("///",),
        Feature.SNIPPETS: ("8<", "{*", "{!"),
        Feature.FOOTNOTES: ("[^",),
        Feature.DEFINITIONS: ("\n:", "\r:", " :", "\t:", ">:"),
        Feature.MATH: ("$$",),
    }
)
"""What a text holds in which there is something that the rules of a feature read."""

# What only a module of JavaScript starts a paragraph with; the blank line tells it from the script of a Vue component.
_ESM = re.compile(
    r"(?:\A|\n[ \t]*\r?\n)import[ ](?:[^\n\"']*?(?<![\w$])from[ ]*)?[\"'][^\"'\n]+[\"']"
    r";?[ \t]*(?=\r?\n|\Z)"
)
_FENCE = re.compile(r"^[ \t]*(?:`{3}|~{3})|<script\b|</script>", re.MULTILINE)


class Syntax:
    """How a text is read: the features of its dialect, and the attributes that hold prose.

    There is one instance of each, so that it can be part of the key of a cache at no cost.
    """

    __slots__ = ("_marks", "attributes", "features", "in_liquid", "mdx")

    def __init__(self, features: frozenset[Feature], attributes: tuple[str, ...] | None) -> None:
        self.features = features
        self.attributes = DEFAULT_PROSE_ATTRIBUTES if attributes is None else attributes
        self.in_liquid = attributes is not None
        self.mdx = Feature.MDX in features
        self._marks = tuple((feature, marks) for feature, marks in _MARKS.items() if feature in features)

    def has(self, feature: Feature) -> bool:
        """Say whether the text may hold constructs of a family."""
        return feature in self.features

    def used(self, text: str) -> frozenset[Feature]:
        """Return the features that `text` may make use of, so that nobody looks for the others line by line."""
        found = [feature for feature, marks in self._marks if any(mark in text for mark in marks)]
        return frozenset((*found, Feature.MDX) if self.mdx else found)

    def plain(self) -> "Syntax":
        """Return what a text is read as that does not hold what this promises."""
        return syntax(None, self.attributes if self.in_liquid else None)


def syntax(dialect: Dialect | None = None, attributes: tuple[str, ...] | None = None) -> Syntax:
    """Return how texts of a dialect are read."""
    return _syntax(dialect, attributes)


@cache
def _syntax(dialect: Dialect | None, attributes: tuple[str, ...] | None) -> Syntax:
    return Syntax(FEATURES[dialect], attributes)


def syntax_of(path: str, text: str, reading: Reading) -> Syntax:
    """Return how the file at `path` with this `text` is read."""
    dialect = reading.dialect
    if dialect is None and (path.endswith(".mdx") or (path.endswith(".md") and _is_module(text))):
        dialect = Dialect.MDX
    return syntax(dialect, reading.prose_attributes)


def _is_module(text: str) -> bool:
    """Say whether a text imports something outside of code and scripts: Docusaurus calls such pages `.md` too."""
    found = _ESM.search(text) if "import " in text else None
    return found is not None and len(_FENCE.findall(text, 0, found.end())) % 2 == 0
