"""What several parts of the dashboard share: the view they are given, statuses, bars, names and links."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import count, product
from urllib.parse import quote

from transtool import languages
from transtool.errors import N_
from transtool.model import Cell, EpisodeReport, Finding, Language, Report, Status, Tally
from transtool.render.html.elements import Markup, el, join, shown
from transtool.render.links import Links, links
from transtool.wording import Words

STATED = frozenset({"missing", "stale", "unknown"})
"""Rules whose findings only repeat the status of their cell."""

OPEN = (Status.MISSING, Status.UNREADABLE, Status.DRAFT, Status.STALE, Status.UNKNOWN)
"""The statuses that leave something to do, worst first."""

BAR = (Status.CURRENT, Status.STALE, Status.UNKNOWN, Status.DRAFT, Status.UNREADABLE, Status.MISSING)
"""The statuses in the order in which bars show them, best first."""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many translations there are of each status, and the words left to translate."""

    tally: Tally
    words: int


@dataclass(frozen=True)
class View:
    """A report with what is looked up again and again while drawing it."""

    report: Report
    words: Words

    @cached_property
    def links(self) -> Links:
        """The links to the files in the repository."""
        return links(self.report.repository)

    @cached_property
    def identifiers(self) -> dict[tuple[str, str], str]:
        """The anchor of every episode by series and key: readable, stable between runs, unique."""
        taken: set[str] = set()
        found: dict[tuple[str, str], str] = {}
        for episode in self.report.episodes:
            plain = "_".join(shown(f"episode/{episode.series}/{episode.key}").split())
            numbered = (f"{plain}~{number}" for number in count(2))
            chosen = plain if plain not in taken else next(each for each in numbered if each not in taken)
            taken.add(chosen)
            found[episode.series, episode.key] = chosen
        return found

    @cached_property
    def sums(self) -> dict[tuple[Language | None, str | None], Sum]:
        """Statuses and words by language and series, counted in one pass; None stands for all of them."""
        counts: dict[tuple[Language | None, str | None], Counter[Status]] = {}
        left: Counter[tuple[Language | None, str | None]] = Counter()
        for episode in self.report.episodes:
            for cell in episode.cells:
                for place in product((cell.language, None), (episode.series, None)):
                    counts.setdefault(place, Counter())[cell.status] += 1
                    left[place] += cell.words
        return {place: Sum(Tally(found), left[place]) for place, found in counts.items()}

    def sum(self, language: Language | None = None, series: str | None = None) -> Sum:
        """Return the sums of a language (or of all) in a series (or in all)."""
        return self.sums.get((language, series), Sum(Tally({}), 0))

    def identifier(self, episode: EpisodeReport) -> str:
        """Return the id of an episode's panel."""
        return self.identifiers[episode.series, episode.key]

    def anchor(self, episode: EpisodeReport, language: Language | None = None) -> str:
        """Return the address on the page of an episode, or of one of its translations."""
        identifier = self.identifier(episode)
        return "#" + quote(identifier if language is None else f"{identifier}/{language}", safe="/~")

    def source_of(self, episode: EpisodeReport) -> Language:
        """Return the language an episode was written in."""
        return self.report.source if episode.source is None else episode.source.language

    @cached_property
    def labels(self) -> dict[Status, str]:
        """The word for every status."""
        return {status: self.words.status(status) for status in Status}

    def status(self, status: Status) -> Markup:
        """Return a status as symbol, word and colour."""
        return el("span", self.labels[status], class_=f"s {status}")

    def title(self, episode: EpisodeReport) -> str:
        """Return what an episode is called; its key where it has no title."""
        return shown(episode.title) or shown(episode.key)


def in_language(tag: str) -> dict[str, str]:
    """Return the attributes of text in a language of the site."""
    return {"lang": tag, "dir": languages.direction(tag)}


def language_name(tag: Language, words: Words) -> Markup:
    """Return a language by its own name, with its tag, and its name in the reader's language where it differs."""
    own, ours = languages.own_name(tag), words.language(tag)
    gloss = None if own.casefold() == ours.casefold() else el("span", ours, class_="soft")
    return el("span", el("bdi", shown(own), **in_language(tag)), " ", gloss, class_="language")


def bar(tally: Tally) -> Markup | None:
    """Return a stacked bar of the statuses. It is not read out: the figures stand beside it."""
    if not tally.expected:
        return None
    parts, start = [], 0
    for status in BAR:
        if tally[status]:
            parts.append(el("rect", class_=str(status), x=start, width=tally[status], height=1))
            start += tally[status]
    box = {"viewBox": f"0 0 {tally.expected} 1", "preserveAspectRatio": "none"}
    return el("svg", parts, class_="bar", aria_hidden="true", **box)


def share(part: int, whole: int, words: Words) -> Markup:
    """Return a percentage with its denominator."""
    if not whole:
        return el("span", words.text(N_("none expected")), class_="soft")
    of = words.text(N_("{part} of {whole}"), part=part, whole=whole)
    return join(el("strong", words.percent(part / whole)), " ", el("span", of, class_="soft"))


def link(address: str, *text: str, label: str | None = None) -> Markup | None:
    """Return a link that leaves the page, or nothing where there is no address."""
    return el("a", *text, href=address, rel="noreferrer", aria_label=label) if address else None


def path(text: str) -> Markup:
    """Return a path of the site: always from left to right, and free to break at its slashes."""
    parts = shown(text).split("/")
    broken = [part if index == 0 else join("/", el("wbr"), part) for index, part in enumerate(parts)]
    return el("code", broken, dir="ltr", class_="path")


def details(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that say more than the status of their cell does."""
    return tuple(finding for finding in findings if finding.rule not in STATED)


def command(cell: Cell, episode: EpisodeReport, report: Report) -> str:
    """Return the command that helps with a cell, or an empty string."""
    verb = {Status.MISSING: "scaffold", Status.STALE: "diff", Status.UNKNOWN: "stamp"}.get(cell.status)
    if verb is None:
        return ""
    series = f" --series {episode.series}" if len(report.series) > 1 else ""
    return f"transtool {verb} {shown(episode.key)}{series} --language {cell.language}"


def place(view: View, file: str, line: int | None) -> Markup:
    """Return a path and line, linked where the repository shows it."""
    text = join(path(file), "" if line is None else f":{line}")
    address = view.links.view(file, line)
    return el("a", text, href=address, rel="noreferrer", dir="ltr") if address else el("span", text, dir="ltr")


def finding_list(view: View, findings: Iterable[Finding]) -> Markup | None:
    """Return findings as a list: how bad, what, where; nothing where there are none."""
    items = [
        el(
            "li",
            el("span", view.words.severity(finding.severity), class_=f"severity {finding.severity}"),
            " ",
            view.words.finding(finding),
            " ",
            place(view, finding.path, finding.line),
        )
        for finding in findings
    ]
    return el("ul", items, class_="notes") if items else None
