"""Front matter by itself, read: what every way of editing it starts from."""

from dataclasses import dataclass

from transtool.document.kinds import FrontMatterKind
from transtool.document.values import Mapping, Path, Value, follow
from transtool.document.yaml_text import Tree


@dataclass(frozen=True)
class Head:
    """Front matter with its fences: `text`, what it says, and where the fields start and stop (offsets into it)."""

    text: str
    tree: Tree
    start: int
    stop: int
    kind: FrontMatterKind = FrontMatterKind.YAML

    @property
    def inner(self) -> str:
        """The text between the fences."""
        return self.text[self.start : self.stop]

    @property
    def mapping(self) -> Mapping:
        """The fields that count: of a repeated name only the last."""
        last = {entry.name: entry for entry in self.tree.entries}
        there = [entry for entry in self.tree.entries if last[entry.name] is entry]
        pairs = tuple((entry.name, entry.value) for entry in there)
        return Mapping(pairs, self.tree.flow, keys=tuple(entry.key for entry in there))

    def value(self, path: Path) -> Value:
        """Return the value at the end of a way that `find` gave."""
        return follow(self.mapping, path)


def eol_of(text: str) -> str:
    """Return the line end that `text` uses."""
    first = text.find("\n")
    return "\r\n" if first > 0 and text[first - 1] == "\r" else "\n"
