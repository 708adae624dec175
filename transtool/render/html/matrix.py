"""The matrix of episodes and languages, the filters over it, and what the script needs to work on it."""

from collections.abc import Sequence

from transtool.errors import N_
from transtool.model import Cell, EpisodeReport, Finding, Language, Severity, Status
from transtool.render.html.common import View, details, in_language
from transtool.render.html.elements import Markup, el, join, lines, shown

WHOLE = 2000
"""Episodes up to which the matrix is one table; longer ones are paged by the script."""

PAGE = 200
"""Rows of a page of a longer matrix."""

COMPACT = 8
"""Languages up to which cells show the word beside the symbol; in wider tables it is only read out."""

FITTING = 6
"""Languages up to which the table fits beside its words into a page, and scrolls with it."""

_CODES = {status: str(index) for index, status in enumerate(Status)}


def filters(view: View) -> Markup:
    """Return the filters; they show once the script runs."""
    words, report = view.words, view.report
    language = _choice("language", words.text(N_("Language")), words.text(N_("All languages")), [
        (tag, words.language(tag)) for tag in report.languages
    ])  # fmt: skip
    series = _choice("series", words.text(N_("Series")), words.text(N_("All series")), [
        (name, shown(name)) for name in report.series
    ])  # fmt: skip
    text = el(
        "label", el("span", words.text(N_("Search"))), el("input", type="search", name="text", autocomplete="off")
    )
    several = series if len(report.series) > 1 else None
    present = [status for status in Status if view.sum().tally[status]]
    boxes = [
        el("label", el("input", type="checkbox", name="status", value=status), view.status(status))
        for status in present
    ]
    statuses = el("fieldset", el("legend", words.text(N_("Status")), class_="vh"), boxes, class_="statuses")
    reset = el("button", words.text(N_("Clear filters")), type="reset")
    label = words.text(N_("Filter the matrix"))
    row = el("div", text, language, several, _range(view) if view.numbered else None, class_="fields")
    second = el("div", statuses, reset, class_="fields")
    return el("form", row, second, id="filters", class_="filters", role="search", aria_label=label, hidden=True)


def _choice(name: str, label: str, everything: str, options: Sequence[tuple[str, str]]) -> Markup:
    chosen = [el("option", everything, value=""), *(el("option", text, value=value) for value, text in options)]
    return el("label", el("span", label), el("select", chosen, name=name))


def _range(view: View) -> Markup:
    first, last = view.words.text(N_("First number")), view.words.text(N_("Last number"))
    number = {"type": "number", "min": "0", "step": "1", "inputmode": "numeric"}
    return el(
        "fieldset",
        el("legend", view.words.text(N_("Numbers"))),
        el("input", name="from", aria_label=first, **number),
        el("span", "–", aria_hidden="true"),
        el("input", name="to", aria_label=last, **number),
        class_="range",
    )


def matrix(view: View) -> Markup:
    """Return the table; of a long one the first page, and the others for readers without script."""
    words, episodes = view.words, view.report.episodes
    if not episodes:
        return el("p", words.of_episodes(N_("No episode was found."), N_("Nothing was found.")))
    count = PAGE if len(episodes) > WHOLE else len(episodes)
    status = el("p", words.counted("episodes", len(episodes)), role="status", id="shown", class_="soft")
    rest = el("noscript", _table(view, episodes[count:], None), id="rest") if episodes[count:] else None
    return join(status, _table(view, episodes[:count], "matrix-table"), rest, _pager(view))


def _table(view: View, episodes: Sequence[EpisodeReport], identifier: str | None) -> Markup:
    caption = view.words.of_episodes(N_("State of every episode in every language"), N_("State in every language"))
    count = len(view.report.languages)
    width = "narrow" if count <= FITTING else "wide" if count <= COMPACT else "wide compact"
    table = el(
        "table",
        el("caption", caption, class_="vh"),
        el("thead", _head(view)),
        el("tbody", "\n", lines(row(view, episode) for episode in episodes), "\n"),
        id=identifier,
        class_="matrix",
    )
    region = {"role": "region", "aria_label": caption, "tabindex": "0"}
    return el("div", table, class_=f"scroll {width}", **region)


def _head(view: View) -> Markup:
    words = view.words
    several = len(view.report.series) > 1
    fixed = [
        el("th", view.key_heading, scope="col", data_sort="key"),
        el("th", words.text(N_("Episode")), scope="col", data_sort="title"),
        el("th", words.text(N_("Words left")), scope="col", data_sort="words", class_="n"),
    ]
    series = el("th", words.text(N_("Series")), scope="col", data_sort="series", class_="series")
    own = [el("th", _named(view, tag), scope="col", class_="l", data_sort=tag) for tag in view.report.languages]
    return el("tr", fixed[0], series if several else None, fixed[1:], own)


def _named(view: View, language: Language) -> Markup:
    """Return the head of a language's column: its name, or where columns are narrow its tag."""
    name = view.words.language(language)
    if len(view.report.languages) <= COMPACT:
        return join(name)
    return join(el("span", language, aria_hidden="true"), el("span", name, class_="vh"))


def row(view: View, episode: EpisodeReport) -> Markup:
    """Return the row of an episode. It is one line of text: the script cuts long tables at line ends."""
    cells = {cell.language: cell for cell in episode.cells}
    title = el("bdi", view.title(episode), **in_language(view.source_of(episode)))
    several = len(view.report.series) > 1
    return el(
        "tr",
        el("td", shown(episode.key), class_="key"),
        el("td", shown(episode.series), class_="series") if several else None,
        el("th", el("a", title, href=view.anchor(episode)), scope="row"),
        el("td", view.words.number(sum(cell.words for cell in episode.cells)), class_="n"),
        [_cell(view, cells.get(language)) for language in view.report.languages],
    )


def _cell(view: View, cell: Cell | None) -> Markup:
    if cell is None:
        return el("td", class_="l")
    notes = details(cell.findings) if cell.findings else ()
    return el("td", view.status(cell.status), _notes(view, notes) if notes else None, class_="l")


def _notes(view: View, notes: Sequence[Finding]) -> Markup:
    """Return how many findings there are besides the status, in colour where one is more than a note."""
    said = view.words.counted("findings", len(notes))
    kind = "plus soft" if all(finding.severity is Severity.INFO for finding in notes) else "plus"
    number = el("span", f"+{len(notes)}", class_=kind, aria_hidden="true", dir="ltr")
    return join(number, el("span", f", {said}", class_="vh"))


def _pager(view: View) -> Markup:
    words = view.words
    back = el("button", words.text(N_("Previous page")), type="button", data_step="-1")
    on = el("button", words.text(N_("Next page")), type="button", data_step="1")
    label = words.text(N_("Pages of the matrix"))
    return el("nav", back, el("span", id="page"), on, id="pager", class_="pager", aria_label=label, hidden=True)


def index(view: View) -> dict[str, object]:
    """Return what the script filters and sorts by: a row for each episode, statuses as one digit a language."""
    words = view.words
    return {
        "language": words.tag,
        "languages": list(view.report.languages),
        "series": list(view.report.series),
        "statuses": list(_CODES),
        "compact": len(view.report.languages) > COMPACT,
        "page": PAGE,
        "whole": WHOLE,
        "texts": {
            "shown": words.text(N_("Episodes shown: {shown} of {total}"), shown="{shown}", total="{total}"),
            "page": words.text(N_("Page {page} of {pages}"), page="{page}", pages="{pages}"),
        },
        "episodes": [_record(view, episode) for episode in view.report.episodes],
    }


def _record(view: View, episode: EpisodeReport) -> list[object]:
    """Return series, key, panel, searchable text, statuses and words of an episode."""
    cells = {cell.language: cell for cell in episode.cells}
    chosen = [cells.get(language) for language in view.report.languages]
    titles = dict.fromkeys([view.title(episode), *(shown(cell.title) for cell in episode.cells if cell.title)])
    return [
        view.report.series.index(episode.series) if episode.series in view.report.series else -1,
        shown(episode.key),
        view.identifier(episode),
        "\n".join(titles),
        "".join("-" if cell is None else _CODES[cell.status] for cell in chosen),
        [cell.words if cell else 0 for cell in chosen],
    ]
