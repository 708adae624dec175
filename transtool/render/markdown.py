"""The report as Markdown, fit for a comment on a pull request: a table, then what is wrong, folded away."""

from collections.abc import Iterator, Sequence

from transtool.errors import N_
from transtool.i18n import Words
from transtool.i18n.safe_text import location, visible
from transtool.model import Language, Report, Status, Tally
from transtool.render.groups import Entry, Group, grouped
from transtool.render.links import Links, links
from transtool.render.markdown_text import code, escaped, inside_html, linked, text
from transtool.render.marks import SEVERITY_SYMBOLS, SYMBOLS

LIMIT = 60_000
"""Characters; a comment on GitHub holds 65,536."""

_LENGTHS = ((200, 20), (50, 5), (20, 3), (5, 1), (1, 1))
"""Entries of a rule and places of an entry to show: the first that keeps the text short enough counts."""
_COLUMNS = (Status.CURRENT, Status.STALE, Status.DRAFT, Status.MISSING, Status.UNKNOWN)
_WHERE_ANY = (Status.UNREADABLE, Status.EXEMPT)


def render(report: Report, words: Words) -> str:
    """Return the Markdown, short enough for a comment: of a long list, it says how much more there is."""
    groups = grouped(report.all_findings(), words)
    targets = links(report.repository)
    head = "\n".join(_head(report, words))
    for entries, places in _LENGTHS:
        whole = "\n".join((head, *_details(groups, targets, words, entries, places)))
        if len(whole) <= LIMIT:
            break
    return whole + "\n"


def _head(report: Report, words: Words) -> Iterator[str]:
    yield f"### {escaped(words.text(N_('Translations')))}"
    yield ""
    yield escaped(sentence(len(report.episodes), report.tally(), words))
    used = report.used_series
    for name in used:
        if len(used) > 1:
            yield from ("", f"#### {text(name)}")
        yield from ("", *_table(report, name, words))


def sentence(episodes: int, tally: Tally, words: Words) -> str:
    """Return how many `episodes` there are, and how many of their translations."""
    return words.text(
        N_("{counted_episodes}. Translated: {covered} of {expected} ({coverage}). Current: {current} ({freshness})."),
        episodes=episodes,
        expected=tally.expected,
        covered=tally.covered,
        coverage=tally.coverage,
        current=tally[Status.CURRENT],
        freshness=tally.freshness,
    )


def _table(report: Report, series: str, words: Words) -> Iterator[str]:
    rows = [(language, report.tally(language, series)) for language in report.languages]
    yield from tally_table(
        [(language_cell(language, words), tally) for language, tally in rows], report.tally(series=series), words
    )


def language_cell(language: Language, words: Words) -> str:
    """Return a language by its name and tag, for a cell of a table."""
    return f"{escaped(words.language(language, alone=True))} {code(language, cell=True)}"


def tally_table(
    rows: Sequence[tuple[str, Tally]], total: Tally, words: Words, heading: str = N_("language")
) -> Iterator[str]:
    """Yield a table of figures, by what a row is about (Markdown), and their `total`; rows that expect nothing go."""
    rows = [(name, tally) for name, tally in rows if tally.expected]
    if not rows:
        return
    statuses = (*_COLUMNS, *(status for status in _WHERE_ANY if total[status]))
    titles = [words.text(heading), words.text(N_("coverage")), words.text(N_("fresh"))]
    titles += [words.status(status) for status in statuses]
    marks = ["", "", "", *(f"{SYMBOLS[status]} " for status in statuses)]
    yield _row([f"{mark}{escaped(title[:1].upper() + title[1:])}" for mark, title in zip(marks, titles, strict=True)])
    yield _row([":--", *["--:"] * (len(statuses) + 2)])
    for name, tally in rows:
        yield _row([name, *_figures(tally, statuses, words)])
    if len(rows) > 1:
        yield _row([f"**{escaped(words.text(N_('Total')))}**", *_figures(total, statuses, words)])


def _figures(tally: Tally, statuses: Sequence[Status], words: Words) -> Iterator[str]:
    for count, share in ((tally.covered, tally.coverage), (tally[Status.CURRENT], tally.freshness)):
        yield f"{words.number(count)}/{words.number(tally.expected)} · {words.percent(share)}"
    for status in statuses:
        yield words.number(tally[status]) if tally[status] else "–"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _details(groups: Sequence[Group], targets: Links, words: Words, entries: int, places: int) -> Iterator[str]:
    for group in groups:
        count = words.total(group.severity, len(group.findings))
        symbol = SEVERITY_SYMBOLS[group.severity]
        title = f"{symbol} <b>{inside_html(visible(group.rule))}</b>: {inside_html(words.rule(group.rule))} ({count})"
        yield from ("", "<details>", f"<summary>{title}</summary>", "")
        for entry in group.entries[:entries]:
            yield from _entry(entry, targets, words, places)
        hidden = len(group.findings) - sum(len(entry.findings) for entry in group.entries[:entries])
        if hidden:
            yield f"- {escaped(words.text(N_('and {count} more'), count=hidden))}"
        yield from ("", "</details>")


def _entry(entry: Entry, targets: Links, words: Words, limit: int) -> Iterator[str]:
    if len(entry.places) == 1:
        yield f"- {place(*entry.places[0], targets)} {escaped(entry.sentence)}"
        return
    yield f"- {escaped(entry.sentence)} ({escaped(words.counted('places', len(entry.places)))})"
    for path, line in entry.places[:limit]:
        yield f"  - {place(path, line, targets)}"
    hidden = len(entry.places[limit:])
    if hidden:
        yield f"  - {escaped(words.text(N_('and {count} more'), count=hidden))}"


def place(path: str, line: int | None, targets: Links) -> str:
    """Return a place as code, leading to where it can be read."""
    shown = code(location(path, line))
    address = targets.view(path, line)
    return linked(shown, address)
