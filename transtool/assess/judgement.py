"""What is remembered of a translation that was judged: nouns alone, so that whoever remembers one need not judge."""

from dataclasses import dataclass

from transtool.model import Basis, Change, Finding, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """One segment or field that still reads as the source: its line, its place in the text, its words."""

    line: int
    start: int
    end: int
    words: int
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """What is remembered of an `Overlap`: places instead of texts, and how many segments the translation has."""

    left: tuple[Left, ...]
    total: int
    identical: bool
    sparse: bool
    here: int
    there: int
    segments: int

    @property
    def words(self) -> int:
        """The words of all that still reads as the source."""
        return sum(each.words for each in self.left)

    @property
    def share(self) -> float:
        """Words that read as the source / words of the translation; 0.0 where it has none."""
        return self.words / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Suspect:
    """A segment that may be in the source's language: its lines, and its words in lower case.

    A word that the translation's own language has, too, is empty.
    """

    line: int
    end_line: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One link inside the site: its line and its target as written."""

    line: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the text of a translation, its source's and the past of both say: all that can be remembered of a cell.

    `verdict` is the status by its past; whether it is a draft instead is settled with the other translations of the
    page (see `assess.settle`). `changes`, `corrections` and `markup` are those of the verdict. `findings` hold in any
    case, `behind` only if it is no draft. `alike` is what of it still reads as the source. `suspects` may be in the
    source's language; `links` lead to other pages of the site. `dismissed` are the names of the dismissed changes that
    the verdict rests on.
    """

    verdict: Status
    basis: Basis | None
    changes: tuple[Change, ...]
    corrections: tuple[Change, ...]
    markup: tuple[Change, ...]
    findings: tuple[Finding, ...]
    behind: tuple[Finding, ...]
    alike: Alike
    suspects: tuple[Suspect, ...]
    links: tuple[Link, ...]
    length: float
    total: int
    reason: str
    dismissed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found out about translations of one source, in the order in which they were asked for.

    `missing` are the names of the objects that git could not give meanwhile.
    """

    judgements: tuple[Judgement, ...]
    missing: tuple[str, ...]
