"""A translation with its source: what every judgement of a translation needs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transtool.document import Document
from transtool.link import Entry, finding_about
from transtool.model import Finding, Json, Language, Stamp
from transtool.settings import Config, Series

if TYPE_CHECKING:
    from transtool.segments import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """A translation file and its source file, with the settings that they are compared by."""

    config: Config
    series: Series
    entry: Entry
    source: Document
    translation: Document

    @property
    def language(self) -> Language:
        """The language of the translation."""
        return self.entry.language

    @property
    def stamp(self) -> Stamp:
        """The stamp of the translation: of the site's file of stamps, else of its front matter; empty without any."""
        if self.entry.stamp is not None:
            return self.entry.stamp
        names = self.config.stamp
        digest, blob, reviewed = map(self.translation.raw, (names.digest, names.blob, names.reviewed))
        return Stamp(digest or "", blob or "", tuple((reviewed or "").split()))

    def finding(self, rule: str, *, line: int | None = None, problem: str = "", **facts: Json) -> Finding:
        """Return a finding about this translation."""
        return finding_about(rule, self.entry, self.config, line=line, problem=problem, **facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Files):
    """A translation and its source, both split into segments."""

    source_segments: "tuple[Segment, ...]"
    segments: "tuple[Segment, ...]"
