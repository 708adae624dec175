"""What several parts of the dashboard share: the view they are given, statuses, bars, names and links."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count, product
from urllib.parse import quote

from transtool import languages
from transtool.assess.work_list import Order, Task, command, shared_keys, tasks
from transtool.errors import N_
from transtool.i18n import Words
from transtool.model import Age, Cell, EpisodeReport, Finding, Key, Language, Report, Status, Tally
from transtool.render.html.elements import Child, Markup, el, join, shown
from transtool.render.links import Links, links
from transtool.render.readable import prose

BAR = (Status.CURRENT, Status.STALE, Status.UNKNOWN, Status.DRAFT, Status.UNREADABLE, Status.MISSING)
"""The statuses in the order in which bars show them, best first."""

SETTLED = (Status.CURRENT, Status.EXEMPT)
"""The statuses that leave nothing to do."""


SHORT = 7
"""The letters of a commit's id that are shown, as git does."""


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
        return self._unique(lambda episode: f"episode/{episode.series}/{episode.key}")

    @cached_property
    def places(self) -> dict[tuple[str, str], str]:
        """What stands in the address of an episode in one language: its key, with the series where several have it."""
        return self._unique(
            lambda episode: f"{episode.series}/{episode.key}" if self.ambiguous(episode) else episode.key
        )

    def _unique(self, name: Callable[[EpisodeReport], str]) -> dict[tuple[str, str], str]:
        """Return a name for each episode, numbered where two would be alike; none is another's change."""
        taken: set[str] = set()
        found: dict[tuple[str, str], str] = {}
        for episode in self.report.episodes:
            plain = "_".join(shown(name(episode)).split())
            numbered = (f"{plain}~{number}" for number in count(2))
            chosen = next(each for each in chain([plain], numbered) if not _is_taken(each, taken))
            taken.add(chosen)
            found[episode.series, episode.key] = chosen
        return found

    def ambiguous(self, episode: EpisodeReport) -> bool:
        """Say whether another series has an episode with the same key."""
        return episode.key in self._shared

    @cached_property
    def _shared(self) -> frozenset[Key]:
        return shared_keys((each.series, each.key) for each in self.report.episodes)

    @cached_property
    def sums(self) -> dict[tuple[Language | None, str | None], Sum]:
        """Statuses and words by language and series, counted in one pass; None stands for all of them."""
        counts: dict[tuple[Language | None, str | None], Counter[Status]] = {}
        left: Counter[tuple[Language | None, str | None]] = Counter()
        for episode, cell in self.report.translations:
            for place in product((cell.language, None), (episode.series, None)):
                counts.setdefault(place, Counter())[cell.status] += 1
                left[place] += cell.words
        return {place: Sum(Tally(found), left[place]) for place, found in counts.items()}

    def sum(self, language: Language | None = None, series: str | None = None) -> Sum:
        """Return the sums of a language (or of all) in a series (or in all)."""
        return self.sums.get((language, series), Sum(Tally({}), 0))

    def place(self, episode: EpisodeReport, language: Language, number: int | None = None) -> str:
        """Return the id of an episode in one language, or of one of its changes (from 1 on)."""
        place = f"{language}/{self.places[episode.series, episode.key]}"
        return place if number is None else f"{place}/{number}"

    def anchor(self, episode: EpisodeReport, language: Language | None = None, number: int | None = None) -> str:
        """Return the address on the page of an episode, of one of its translations, or of a change in that."""
        place = (
            self.identifiers[episode.series, episode.key] if language is None else self.place(episode, language, number)
        )
        return "#" + quote(place, safe="/~", errors="backslashreplace")

    @cached_property
    def numbered(self) -> bool:
        """Whether episodes have numbers; a site may have text keys instead."""
        return any(episode.key.isdigit() for episode in self.report.episodes)

    @property
    def key_heading(self) -> str:
        """What the column of the keys is called."""
        return self.words.text(N_("No.")) if self.numbered else self.words.text(N_("Key"))

    def source_of(self, episode: EpisodeReport) -> Language:
        """Return the language an episode was written in."""
        return self.report.source if episode.source is None else episode.source.language

    @cached_property
    def tasks(self) -> dict[tuple[str, Key, Language], Task]:
        """What there is to do, by series, key and language; longest first."""
        return {(task.series, task.key, task.language): task for task in tasks(self.report, Order.LONGEST)}

    @cached_property
    def cells(self) -> dict[tuple[str, Key, Language], tuple[EpisodeReport, Cell]]:
        """Every translation with its episode, by series, key and language."""
        return {(e.series, e.key, cell.language): (e, cell) for e, cell in self.report.translations}

    def command(self, episode: EpisodeReport, cell: Cell) -> Markup | None:
        """Return the command to begin work on a translation with, options kept whole; nothing where there is none."""
        task = self.tasks.get((episode.series, episode.key, cell.language))
        if task is None:
            return None
        return command_line(task.command)

    def settling(self, episode: EpisodeReport, cell: Cell, verb: str) -> Markup:
        """Return the command that says of a translation that it was reviewed (`stamp`), or need not follow."""
        series = episode.series if self.ambiguous(episode) else None
        return command_line(command(verb, episode.key, language=cell.language, series=series))

    def age(self, age: Age | None) -> Markup | None:
        """Return since when a translation is behind, by how many commits, and by which one first."""
        if age is None:
            return None
        since = self.words.behind(age)
        commits = self.words.counted("commits", age.commits)
        name = el("code", age.commit[:SHORT], dir="ltr")
        linked = link(self.links.commit(age.commit), name) or name
        return el("span", el("time", since, datetime=age.since), " · ", commits, " · ", linked, class_="age soft")

    @cached_property
    def statuses(self) -> dict[Status, Markup]:
        """Every status as symbol, word and colour."""
        return {status: el("span", self.words.status(status), class_=f"s {status}") for status in Status}

    @cached_property
    def names(self) -> dict[Language, Markup]:
        """Every language of the site by its own name."""
        known = dict.fromkeys(cell.language for cell in self.report.cells)
        return {
            tag: el("bdi", shown(languages.own_name(tag)), **in_language(tag))
            for tag in (*known, *self.report.languages)
        }

    @cached_property
    def glossed(self) -> dict[Language, Markup]:
        """Every language of the site by its own name, and its name in the reader's language where it differs."""
        return {tag: _glossed(own, self.words.language(tag)) for tag, own in self.names.items()}

    def title(self, episode: EpisodeReport) -> str:
        """Return what an episode is called; its key where it has no title."""
        return shown(prose(episode.title)) or shown(episode.key)

    def titled(self, episode: EpisodeReport) -> Markup:
        """Return what an episode is called, to stand in a line of the reader's language."""
        return el("bdi", self.title(episode), **in_language(self.source_of(episode)))


def _is_taken(name: str, taken: set[str]) -> bool:
    """Say whether something has this name, or could have it as the number of one of its changes."""
    before, _, number = name.rpartition("/")
    return name in taken or (number.isdigit() and before in taken)


def command_line(text: str) -> Markup:
    """Return a command as it can be copied, each option kept whole."""
    first, *options = shown(text).split(" --")
    return el("code", first, [join(" ", el("span", f"--{each}")) for each in options], class_="command", dir="ltr")


def in_language(tag: str) -> dict[str, str]:
    """Return the attributes of text in a language of the site."""
    return {"lang": tag, "dir": languages.direction(tag)}


def _glossed(own: Markup, ours: str) -> Markup:
    alike = f">{ours}<".casefold() in own.casefold()
    return el("span", own, None if alike else join(" ", el("span", ours, class_="soft")), class_="language")


def bar(tally: Tally, query: str | None = None) -> Markup | None:
    """Return a stacked bar of the statuses. It is not read out: the figures stand beside it.

    With `query`, a click on a part filters the matrix: what the address says before the status.
    """
    if not tally.expected:
        return None
    parts, start = [], 0
    for status in BAR:
        if tally[status]:
            part = el("rect", class_=str(status), x=start, width=tally[status], height=1)
            parts.append(part if query is None else el("a", part, href=f"#?{query}status={status}", tabindex="-1"))
            start += tally[status]
    box = {"viewBox": f"0 0 {tally.expected} 1", "preserveAspectRatio": "none"}
    return el("svg", parts, class_="bar", aria_hidden="true", **box)


def share(part: int, whole: int, words: Words) -> Markup:
    """Return a percentage with its denominator."""
    if not whole:
        return el("span", words.text(N_("none expected")), class_="soft")
    of = words.text(N_("{part} of {whole}"), part=part, whole=whole)
    return join(el("strong", words.percent(part / whole)), " ", el("span", of, class_="soft"))


def link(address: str, text: Child) -> Markup | None:
    """Return a link that leaves the page, or nothing where there is no address."""
    return el("a", text, href=address) if address else None


def path(text: str) -> Markup:
    """Return a path of the site: always from left to right, and free to break at its slashes."""
    parts = shown(text).split("/")
    broken = [part if index == 0 else join("/", el("wbr"), part) for index, part in enumerate(parts)]
    return el("code", broken, dir="ltr", class_="path")


def place(view: View, file: str, line: int | None) -> Markup:
    """Return a path and line, linked where the repository shows it."""
    text = join(path(file), "" if line is None else f":{line}")
    address = view.links.view(file, line)
    return el("a", text, href=address, dir="ltr") if address else el("span", text, dir="ltr")


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
