"""The nouns: what a site's translations are, and what was found out about them."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NewType, TypeVar

Language = NewType("Language", str)
"""A language tag as configured (BCP 47, e.g. `pt-BR`), aliases already resolved."""

Key = NewType("Key", str)
"""What links the files of one episode inside its series: a number without leading zeros, or text."""

if TYPE_CHECKING:
    Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
else:  # msgspec, which reads judgements that were remembered, knows no type that contains itself
    Json = None | bool | int | float | str | list[Any] | dict[str, Any]


class Status(StrEnum):
    """The state of one (episode, language), worst first."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    DRAFT = "draft"
    STALE = "stale"
    UNKNOWN = "unknown"
    CURRENT = "current"
    EXEMPT = "exempt"


COUNTED = (
    Status.CURRENT,
    Status.STALE,
    Status.DRAFT,
    Status.MISSING,
    Status.UNKNOWN,
    Status.UNREADABLE,
    Status.EXEMPT,
)
"""The order in which machine formats give the counts of statuses."""


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Noun(StrEnum):
    """What a site calls an episode."""

    EPISODE = "episode"
    ARTICLE = "article"
    PAGE = "page"
    POST = "post"
    LESSON = "lesson"
    CHAPTER = "chapter"
    GUIDE = "guide"
    NEWSLETTER = "newsletter"
    DOCUMENT = "document"


class Basis(StrEnum):
    """Where the baseline of a translation came from."""

    STAMP = "stamp"
    PIN = "pin"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a translation was reviewed against: the digest of the source's text, and git's id of the source file.

    `reviewed` are the marks of single segments that were looked at since (see `staleness.dismissals.mark`). Of a page
    that was only reviewed segment by segment, digest and blob are empty.
    """

    digest: str
    blob: str
    reviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamps:
    """The stamps that a site keeps in a file of its own: its content (None: no such file), and what it says by path."""

    data: bytes | None = None
    by_path: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A change of a source that needs no translation: what the segment said before and after, as it is written.

    `before` is empty for what was added, `after` for what was removed. No `languages` stand for all. `line` is where
    the site's file says so.
    """

    series: str
    key: Key
    before: str
    after: str
    languages: tuple[str, ...] = ()
    reason: str = ""
    line: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Dismissed:
    """The changes that a site dismissed: the content of its file of them (None: no such file), and what it says."""

    data: bytes | None = None
    entries: tuple[Dismissal, ...] = ()

    def of(self, series: str, key: Key) -> tuple[Dismissal, ...]:
        """Return those of one episode."""
        return tuple(each for each in self.entries if each.key == key and each.series == series)


class ChangeKind(StrEnum):
    """What happened to a segment of the source since the baseline."""

    EDITED = "edited"
    ADDED = "added"
    REMOVED = "removed"


class SegmentKind(StrEnum):
    """What a segment is. The first six are translatable, the others are opaque.

    A label is prose in markup: the title of a box, an attribute of a component. A directive is the markup of a box.
    """

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CELL = "cell"
    FIELD = "field"
    LABEL = "label"
    CODE = "code"
    HTML = "html"
    LIQUID = "liquid"
    DEFINITION = "definition"
    ATTRIBUTES = "attributes"
    BREAK = "break"
    DIRECTIVE = "directive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """Since when the source says something else: the commit by its id, its moment in ISO 8601 (UTC).

    `commits` counts those that edited the source since, this one included.
    """

    commit: str
    since: str
    commits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of the source since the baseline, beside what the translation says now.

    Lines are 1-based in the whole file, the last ones included; `source_line` is None for a removed segment, `line` is
    None where the translation has no counterpart. `after_line` is the last line of what an added segment of the body
    follows in the translation, 0 where it comes first. `words` counts the words a translator has to look at,
    `characters` how many characters differ (to tell typo fixes from rewording). `digest` is that of what the source's
    segment says now, of a removed one that of what it said. The texts are the raw segments. `left_alone`: it is small,
    and translators who followed most of what changed with it saw no need to. `age` is None where history cannot tell.
    """

    change: ChangeKind
    kind: SegmentKind
    field: str | None = None
    source_line: int | None = None
    source_end_line: int | None = None
    line: int | None = None
    end_line: int | None = None
    after_line: int | None = None
    words: int = 0
    characters: int = 0
    digest: str = ""
    before: str = ""
    after: str = ""
    present: str = ""
    left_alone: bool = False
    age: Age | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem: a rule, a place and the facts; the sentence is made by `wording`.

    `problem` chooses among the sentences of the rule (see `rules`); `facts` fill it and go to JSON as they
    are. `path` is relative to the site, with `/`; `line` is 1-based. `key` and `language` are None where a
    finding is about the site as a whole.
    """

    rule: str
    severity: Severity
    path: str
    line: int | None = None
    series: str | None = None
    key: Key | None = None
    language: Language | None = None
    problem: str = ""
    facts: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One (episode, language): its status, how that was decided, and what is wrong with it.

    `path` of a missing translation is where it would be. `words` is the number of words left to translate:
    the whole source where it is missing, what still reads as the source in a draft, the changed segments
    where it is stale; `corrections` are changes that it need not follow, `markup` those of links, includes, code or
    attributes alone; `total` the translatable words of the source. `translated` is the share (0 to 1) of
    the source's words that the translation words differently. `reason` says why a baseline is unknown or what
    else decided (`wording` knows its sentence). `dismissed` are the names of the dismissed changes that the status
    rests on.
    """

    language: Language
    status: Status
    path: str
    title: str = ""
    basis: Basis | None = None
    changes: tuple[Change, ...] = ()
    corrections: tuple[Change, ...] = ()
    markup: tuple[Change, ...] = ()
    findings: tuple[Finding, ...] = ()
    words: int = 0
    total: int = 0
    translated: float = 0.0
    reason: str = ""
    dismissed: tuple[str, ...] = ()

    @property
    def age(self) -> Age | None:
        """The age of the oldest of its changes whose age is known."""
        ages = [change.age for change in self.changes if change.age] if self.changes else ()
        return min(ages, key=lambda age: age.since, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The source file of an episode, with the findings about the source itself.

    `since` is when it came to be where it is (ISO 8601, UTC), if something of its episode has no age of its own.
    """

    language: Language
    path: str
    findings: tuple[Finding, ...] = ()
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeReport:
    """One episode in all its languages; `cells` has one for every language the site knows of the series.

    `dated` is the date of its front matter, or in its key or path.
    """

    series: str
    key: Key
    title: str
    source: Source | None
    cells: tuple[Cell, ...]
    dated: date | None = None

    def cell(self, language: Language) -> Cell | None:
        """Return the cell of `language`, or None where the series does not know that language."""
        return next((cell for cell in self.cells if cell.language == language), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many translations there are of each status; every share comes with its denominator."""

    counts: Mapping[Status, int]

    def __getitem__(self, status: Status) -> int:
        """Return the number of translations with `status`."""
        return self.counts.get(status, 0)

    @property
    def expected(self) -> int:
        """Translations that the configuration wants."""
        return sum(count for status, count in self.counts.items() if status is not Status.EXEMPT)

    @property
    def covered(self) -> int:
        """Translations that exist and are no drafts."""
        return sum(self[status] for status in (Status.CURRENT, Status.STALE, Status.UNKNOWN))

    @property
    def current(self) -> int:
        """Translations that say what their source says."""
        return self[Status.CURRENT]

    @property
    def coverage(self) -> float:
        """Translations that exist and are no drafts / expected; 1.0 where none is expected."""
        return self.covered / self.expected if self.expected else 1.0

    @property
    def freshness(self) -> float:
        """Translations that are current / expected; 1.0 where none is expected."""
        return self.current / self.expected if self.expected else 1.0


def added(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    counts: Counter[Status] = Counter()
    for tally in tallies:
        counts.update(tally.counts)
    return Tally(counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What a site puts at the head of its dashboard.

    `help` is the address of a page for people who want to help, `logo` the path of a picture in the site.
    """

    title: str = ""
    intro: str = ""
    help: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Which state of the repository a run saw: its newest commit, and when that was made (ISO 8601, UTC)."""

    commit: str
    moment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a run found out: a cell for every (episode, language), and findings about the site.

    `findings` are only those that belong to no cell and no source (use `all_findings` to walk every one).
    `series` names the series in the order of the configuration. `generated` is the moment of the run in ISO
    8601 (UTC), handed in by the shell so that renderers need no clock; empty where none is wanted.
    `noun` is what the site calls an episode. `state` is None without a git history.
    """

    version: str
    source: Language
    languages: tuple[Language, ...]
    series: tuple[str, ...]
    episodes: tuple[EpisodeReport, ...]
    findings: tuple[Finding, ...] = ()
    repository: str = ""
    generated: str = ""
    noun: Noun = Noun.EPISODE
    masthead: Masthead = field(default_factory=Masthead)
    state: State | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of all episodes."""
        return tuple(cell for _, cell in self.translations)

    @property
    def translations(self) -> "tuple[tuple[EpisodeReport, Cell], ...]":
        """Every cell with its episode."""
        return tuple((episode, cell) for episode in self.episodes for cell in episode.cells)

    @property
    def used_series(self) -> tuple[str, ...]:
        """The series that have episodes."""
        used = {episode.series for episode in self.episodes}
        return tuple(name for name in self.series if name in used)

    def tally(self, language: Language | None = None, series: str | None = None) -> Tally:
        """Count the cells of `language` (or of all) in `series` (or in all)."""
        return added(tally for each, tally in self.tallies(series).items() if language in (None, each))

    def tallies(self, series: str | None = None) -> Mapping[Language, Tally]:
        """Count the cells of every language in `series` (or in all); a language without any is not there."""
        counts: dict[Language, dict[Status, int]] = {}
        for episode in self.episodes:
            for cell in episode.cells if series in (None, episode.series) else ():
                of_language = counts.setdefault(cell.language, {})
                of_language[cell.status] = of_language.get(cell.status, 0) + 1
        return {language: Tally(of_language) for language, of_language in counts.items()}

    def each_finding(self) -> Iterator[Finding]:
        """Give every finding, those of one place together."""
        yield from self.findings
        for episode in self.episodes:
            if episode.source is not None:
                yield from episode.source.findings
            for cell in episode.cells:
                yield from cell.findings

    def all_findings(self) -> tuple[Finding, ...]:
        """Return every finding in the one order that lists use (`finding_order`)."""
        series = {name: index for index, name in enumerate(self.series)}
        return tuple(sorted(self.each_finding(), key=lambda finding: finding_order(finding, series)))

    def with_findings(self, keep: Callable[[Finding], bool]) -> "Report":
        """Return the same report with only the findings to `keep`, which is asked once each, in a fixed order."""
        report = _with(self, keep)
        return replace(report, episodes=tuple(_episode_with(each, keep) for each in self.episodes))

    def with_episodes(self, episodes: Iterable[EpisodeReport]) -> "Report":
        """Return the same report of other episodes."""
        return replace(self, episodes=tuple(episodes))


Told = TypeVar("Told", Report, Source, Cell)


def _episode_with(episode: EpisodeReport, keep: Callable[[Finding], bool]) -> EpisodeReport:
    source = None if episode.source is None else _with(episode.source, keep)
    return replace(episode, source=source, cells=tuple(_with(cell, keep) for cell in episode.cells))


def _with(told: Told, keep: Callable[[Finding], bool]) -> Told:
    """Return a report, source or cell with only the findings to `keep`: itself, if those are all."""
    kept = tuple(finding for finding in told.findings if keep(finding))
    return told if len(kept) == len(told.findings) else replace(told, findings=kept)


_NUMBERS = re.compile("([0-9]+)")
_DIGITS = 1_000
"""Digits of a number that is compared by its value; Python refuses to read one of more than 4,300."""


@lru_cache(maxsize=1 << 17)
def natural_order(key: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that puts `9` before `10` and `part-2` before `part-10`."""
    parts = enumerate(_NUMBERS.split(key))
    return tuple((0, _value(part), part) if index % 2 else (1, 0, part) for index, part in parts if part)


def _value(digits: str) -> int:
    return int(digits) if len(digits) <= _DIGITS else 10**_DIGITS


def finding_order(finding: Finding, series: Mapping[str, int]) -> tuple[object, ...]:
    """Return the sort key of lists of findings: series as configured, key, language, path, line, rule."""
    return (
        series.get(finding.series or "", len(series)),
        natural_order(finding.key or ""),
        finding.language or "",
        finding.path,
        finding.line or 0,
        finding.rule,
        finding.problem,
        str(sorted(finding.facts.items(), key=lambda item: item[0])),
    )
