"""The tracking issue of one language: what to do as check lists, with the very paragraphs, and how it is filed.

GitHub's own program finds the issue by its label and by the first line of its text.
"""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from transtool.assess.work_list import Task, tasks
from transtool.errors import N_
from transtool.i18n import Said, Words
from transtool.i18n.phrases import STEPS
from transtool.i18n.safe_text import visible
from transtool.model import Cell, Change, EpisodeReport, Finding, Key, Language, Report, Severity, Status, Tally
from transtool.render.change_text import heading_of, places, told_in_markdown
from transtool.render.groups import details
from transtool.render.links import Links, links
from transtool.render.markdown import LIMIT, place, sentence
from transtool.render.markdown_text import code, escaped, inside_html, linked, text
from transtool.render.readable import is_short, title_of

_FOR_LINES = LIMIT * 2 // 3
"""Characters that the lines of pages may take; the others are for what stands below them."""
_RESERVE = 4000
"""Characters for headings and sentences."""
_FOR_MORE = 100
"""Characters for the words of a sentence that says how much more there is."""
_ROWS = (1000, 700, 500, 300, 200, 150, 100, 70, 50, 30, 20, 10, 5, 2, 1, 0)
"""Pages of a list: the first number counts with which the lines of all lists are short enough."""
_LONGEST_TITLE = 120
"""Characters of a title that are shown."""
_ORDER = (Status.UNREADABLE, Status.STALE, Status.DRAFT, Status.MISSING, Status.UNKNOWN)
_GAP = re.compile(r"\n{3,}")
_NO_NAME = re.compile(r"[^\w.]+")

_Place = tuple[EpisodeReport, Cell]


@dataclass(frozen=True, slots=True)
class Issue:
    """The issue of one language, in Markdown; its `marker` is the first line of its `body`."""

    language: Language
    title: str
    body: str
    marker: str
    is_done: bool


def issues(report: Report, words_for: Callable[[Language], Words], part: Iterable[str] = ()) -> tuple[Issue, ...]:
    """Return the issue of every language that something is expected in, in the words that `words_for` gives.

    `part` names what the report was narrowed to, so that its issue is another one than that of the whole site.
    """
    cells: dict[Language, dict[tuple[str, Key], _Place]] = {language: {} for language in report.languages}
    for episode, cell in report.translations:
        cells.setdefault(cell.language, {})[episode.series, episode.key] = (episode, cell)
    work: dict[Language, list[Task]] = {}
    for task in tasks(report):
        work.setdefault(task.language, []).append(task)
    found = []
    for language in report.languages:
        about = _About(report, language, cells[language], words_for(language))
        if about.tally.expected:
            found.append(_issue(about, work.get(language, []), part))
    return tuple(found)


def command(issue: Issue, file: str, label: str) -> str:
    """Return the line for a POSIX shell that opens the issue from `file`, or updates it if it is open already.

    One of a language in which nothing is left to do is updated and closed, but not opened.
    """
    name, title, body = (shlex.quote(visible(each)) for each in (label, issue.title, file))
    chosen = shlex.quote(f'map(select(.body | startswith("{issue.marker}")).number) | min // empty')
    find = f"gh issue list --label {name} --state open --limit 1000 --json number,body --jq {chosen}"
    update = f'gh issue edit "$n" --title {title} --body-file {body}'
    if issue.is_done:
        return f'(n=$({find}) && if [ -n "$n" ]; then {update} && gh issue close "$n"; fi)'
    create = f"gh issue create --label {name} --title {title} --body-file {body}"
    return f'(n=$({find}) && if [ -n "$n" ]; then {update}; else gh label create {name} 2>/dev/null || :; {create}; fi)'


@dataclass(frozen=True)
class _About:
    """What an issue is about, and in which words."""

    report: Report
    language: Language
    cells: Mapping[tuple[str, Key], _Place]
    words: Words

    @cached_property
    def tally(self) -> Tally:
        """How many translations there are of each status."""
        return self.report.tally(self.language)

    @cached_property
    def links(self) -> Links:
        """The links to the files in the repository."""
        return links(self.report.repository)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page that there is something to do about, its line, and the command to begin with, if there is one."""

    episode: EpisodeReport
    cell: Cell
    line: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class _Section:
    """A list of pages, the first of `count`, and the command that lists all of them."""

    heading: str
    pages: Sequence[_Page]
    count: int
    command: str


def _issue(about: _About, work: Sequence[Task], part: Iterable[str]) -> Issue:
    words, language = about.words, about.language
    names = " ".join(_NO_NAME.sub("-", visible(each)) for each in (language, *part))
    marker = f"<!-- transtool: {names} -->"
    # Translators: the title of an issue, e.g. "Translations: Spanish (es)"
    title = words.text(
        N_("Translations: {name} ({tag})"), name=Said(words.language(language, alone=True)), tag=language
    )
    sections = tuple(_sections(about, work))
    body = _GAP.sub("\n\n", "\n".join(_body(about, marker, sections)))
    return Issue(language, title, f"{body}\n", marker, not sections)


def _sections(about: _About, work: Sequence[Task]) -> Iterator[_Section]:
    """Give what there is to do: by status, most valuable first, then what is wrong with pages that are current."""
    words = about.words
    rest = shlex.join(["transtool", "todo", "--language", about.language, "--all"])
    for status in _ORDER:
        open_ = [task for task in work if task.status is status]
        if open_:
            pages = [_page(about, about.cells[each.series, each.key], each.command) for each in open_[: _ROWS[0]]]
            yield _Section(words.text(STEPS[status]), pages, len(open_), rest)
    told = {(task.series, task.key) for task in work}
    wrong = [place for key, place in about.cells.items() if key not in told and _wrong(place[1])]
    if wrong:
        pages = [_page(about, each) for each in wrong[: _ROWS[0]]]
        rest = shlex.join(["transtool", "check", "--language", about.language])
        yield _Section(words.text(N_("Also to correct")), pages, len(wrong), rest)


def _wrong(cell: Cell) -> tuple[Finding, ...]:
    """Return what is wrong with a translation and not said by its status or its changes; notes are not work."""
    found = [each for each in details(cell.findings) if each.severity in (Severity.ERROR, Severity.WARNING)]
    if cell.status is Status.DRAFT:
        found = [each for each in found if each.rule != "untranslated"]
    if not cell.changes and cell.status in (Status.STALE, Status.UNKNOWN):
        found = [*(each for each in cell.findings if each.rule == cell.status), *found]
    return tuple(found)


def _body(about: _About, marker: str, sections: Sequence[_Section]) -> Iterator[str]:
    """Give the lines of the text, as many of them as fit."""
    words, tally = about.words, about.tally
    yield marker
    yield escaped(sentence(tally.expected, tally, words))
    if about.report.masthead.help:
        yield from ("", linked(escaped(words.text(N_("How to help"))), about.report.masthead.help))
    if not sections:
        yield from ("", escaped(words.text(N_("Nothing to translate: every translation is current."))))
    yield from _fitted(about, sections)
    note = words.text(N_("transtool writes this list: what is done leaves it by itself. Ticks and edits do not stay."))
    yield from ("", f"<sub>{inside_html(note)}</sub>")


def _fitted(about: _About, sections: Sequence[_Section]) -> Iterator[str]:
    """Give the lists, as long as there is room, and what stands below each page while there is."""
    rows, room = _rows(sections)
    for section in sections:
        yield from ("", f"### {escaped(section.heading)} ({about.words.number(section.count)})", "")
        for page in section.pages[:rows]:
            parts = [*_parts(about, page, room)]
            room -= sum(map(len, parts))
            yield from (page.line, *parts)
        if (hidden := section.count - rows) > 0:
            yield f"- {_more(about.words, hidden, section.command)}"


def _rows(sections: Sequence[_Section]) -> tuple[int, int]:
    """Return how many pages of each list have a line, and the characters that are left for what stands below."""
    for rows in _ROWS:
        pages = [page for section in sections for page in section.pages[:rows]]
        used = sum(len(page.line) + len(page.command) + _FOR_MORE for page in pages)
        if used <= _FOR_LINES:
            break
    return rows, LIMIT - _RESERVE - used


def _page(about: _About, place: _Place, command: str = "") -> _Page:
    """Return a page with its line: what and where it is, how much there is to do since when, how to begin."""
    episode, cell = place
    words, source = about.words, episode.source
    title = title_of(episode)
    title = text(title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…")
    work = about.links.create if cell.status is Status.MISSING else about.links.edit
    facts = (
        linked(title, about.links.view(source.path) if source else ""),
        linked(code(cell.path), work(cell.path)),
        escaped(words.counted("words", cell.words)) if cell.words else "",
        escaped(words.behind(cell.age)) if cell.age else "",
        code(command) if command else "",
    )
    return _Page(episode, cell, f"- [ ] {' · '.join(filter(None, facts))}", command)


def _parts(about: _About, page: _Page, room: int) -> Iterator[str]:
    """Give what is wrong with a page and what changed in its source, as far as that fits into `room` characters."""
    wrong = _wrong(page.cell)
    total = len(wrong) + len(page.cell.changes)
    parts = _all_parts(about, page, wrong)
    for done in range(total):
        part = next(parts) if room > _FOR_MORE else None
        if part is None or len(part) > room:
            yield f"  - {_more(about.words, total - done, page.command)}"
            return
        room -= len(part)
        yield part


def _all_parts(about: _About, page: _Page, wrong: Sequence[Finding]) -> Iterator[str]:
    words, cell = about.words, page.cell
    for finding in wrong:
        where = ""
        if finding.path != cell.path:
            where = place(finding.path, finding.line, about.links)
        elif finding.line:
            line = words.text(N_("line {line}"), line=finding.line)
            where = linked(escaped(line), about.links.view(cell.path, finding.line))
        yield f"  - {where}{': ' if where else ''}{escaped(words.finding(finding))}"
    for number, change in enumerate(cell.changes, 1):
        yield "\n".join(f"  {line}".rstrip() for line in _change(about, page, number, change))


def _change(about: _About, page: _Page, number: int, change: Change) -> Iterator[str]:
    """Give a change of the source, folded up: where it is, what became of the words, what the translation says."""
    words = about.words
    yield f"<details><summary>{number}. {inside_html(heading_of(change, words))}</summary>"
    where = places(change, page.episode, page.cell, words, lambda path, line: place(path, line, about.links))
    yield from ("", " → ".join(where), "")
    if is_short(change):
        yield from told_in_markdown(change)
    yield from ("</details>", "")


def _more(words: Words, count: int, instead: str) -> str:
    """Say how much more there is, and the command that shows it."""
    if not instead:
        return escaped(words.text(N_("and {count} more"), count=count))
    return words.text(N_("and {count} more: {command}"), count=count, command=Said(code(instead)))
