"""The matrix of episodes and languages, the filters over it, and what the script draws it from."""

from collections.abc import Sequence

from transtool import languages
from transtool.errors import N_
from transtool.model import Cell, EpisodeReport, Language, Severity, Status
from transtool.render.groups import details
from transtool.render.html.common import SETTLED, View
from transtool.render.html.elements import Markup, el, join, lines, shown
from transtool.render.readable import prose

PAGE = 200
"""Rows of a page of the matrix."""

COLUMNS = 40
"""Episodes of a page of the transposed matrix, whose rows are languages."""

COMPACT = 8
"""Languages up to which cells show the word beside the symbol; in wider tables it is only read out."""

FITTING = 6
"""Languages up to which the table fits beside its words into a page, and scrolls with it."""

TURNED = 12
"""Languages up to which they are the columns, unless the reader wants otherwise."""

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
        el("label", el("input", type="checkbox", name="status", value=status), view.statuses[status])
        for status in present
    ]
    statuses = el("fieldset", el("legend", words.text(N_("Status")), class_="vh"), boxes, class_="statuses")
    boxes_of_rows = [
        _box("open", words.text(N_("Hide what is complete"))),
        _box("turn", words.text(N_("Languages as rows"))),
    ]
    reset = el("button", words.text(N_("Clear filters")), type="reset")
    label = words.text(N_("Filter the matrix"))
    row = el("div", text, language, several, _range(view) if view.numbered else None, class_="fields")
    second = el("div", statuses, boxes_of_rows, reset, class_="fields")
    return el("form", row, second, id="filters", class_="filters", role="search", aria_label=label, hidden=True)


def _box(name: str, label: str) -> Markup:
    return el("label", el("input", type="checkbox", name=name, value="1"), el("span", label), class_="box")


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
    """Return the place where the script draws the matrix, and the whole of it for readers without script."""
    words, episodes = view.words, view.report.episodes
    if not episodes:
        nothing = words.of_episodes(N_("No episode was found."), N_("Nothing was found."))
        help_ = words.text(N_("Do the paths in transtool.toml fit the files? `transtool init` proposes some that do."))
        return el("p", nothing, " ", help_, class_="empty")
    status = el("p", words.counted("episodes", len(episodes)), role="status", id="shown", class_="soft")
    caption = words.of_episodes(N_("State of every episode in every language"), N_("State in every language"))
    table = el("table", el("caption", caption, class_="vh"), id="matrix-table", class_="matrix")
    count = len(view.report.languages)
    width = "narrow" if count <= FITTING else "wide"
    region = {"role": "region", "aria_label": caption, "tabindex": "0"}
    drawn = el("div", table, class_=f"scroll drawn {width}", **region)
    nothing = el("p", words.text(N_("Nothing matches these filters.")), id="none", class_="empty", hidden=True)
    plain = el("noscript", _plain(view, caption), class_="plain")
    return join(status, drawn, nothing, _pager(view), plain)


def _plain(view: View, caption: str) -> Markup:
    """Return the whole matrix as a table in few words: statuses, and the words that are left."""
    words = view.words
    titles = [view.key_heading, words.text(N_("Episode")), *map(words.language, view.report.languages)]
    head = el("tr", [el("th", title, scope="col") for title in titles])
    rows = lines(_plain_row(view, episode) for episode in view.report.episodes)
    return el("table", el("caption", caption, class_="vh"), el("thead", head), el("tbody", rows), class_="matrix")


def _plain_row(view: View, episode: EpisodeReport) -> Markup:
    cells = {cell.language: cell for cell in episode.cells}
    title = el("th", el("a", view.title(episode), href=view.anchor(episode)), scope="row")
    said = [_said(view, cells.get(language)) for language in view.report.languages]
    return el("tr", el("td", shown(episode.key)), title, [el("td", text) for text in said])


def _said(view: View, cell: Cell | None) -> str:
    if cell is None:
        return ""
    status = view.words.status(cell.status)
    return status if not cell.words else f"{status} {view.words.number(cell.words)}"


def _pager(view: View) -> Markup:
    words = view.words
    back = el("button", words.text(N_("Previous page")), type="button", data_step="-1")
    on = el("button", words.text(N_("Next page")), type="button", data_step="1")
    label = words.text(N_("Pages of the matrix"))
    return el("nav", back, el("span", id="page"), on, id="pager", class_="pager", aria_label=label, hidden=True)


def index(view: View) -> dict[str, object]:
    """Return what the script draws, filters and sorts: a row for each episode, statuses as one digit a language."""
    words, report = view.words, view.report
    return {
        "language": words.tag,
        "source": report.source,
        "languages": list(report.languages),
        "names": [words.language(tag) for tag in report.languages],
        "rtl": [tag for tag in _written_in(view) if languages.direction(tag) == "rtl"],
        "series": list(report.series),
        "statuses": list(_CODES),
        "words": [words.status(status) for status in _CODES],
        "settled": "".join(_CODES[status] for status in SETTLED),
        "compact": len(report.languages) > COMPACT,
        "turned": len(report.languages) > TURNED,
        "page": PAGE,
        "columns": COLUMNS,
        "texts": _texts(view),
        "episodes": [_record(view, episode) for episode in report.episodes],
    }


def _written_in(view: View) -> set[Language]:
    return {view.report.source, *(view.source_of(episode) for episode in view.report.episodes)}


def _texts(view: View) -> dict[str, str]:
    words = view.words
    return {
        "shown": words.text(N_("Episodes shown: {shown} of {total}"), shown="{shown}", total="{total}"),
        "page": words.text(N_("Page {page} of {pages}"), page="{page}", pages="{pages}"),
        "key": view.key_heading,
        "episode": words.text(N_("Episode")),
        "left": words.text(N_("Words left")),
        "series": words.text(N_("Series")),
        "language": words.text(N_("Language")),
        "findings": words.text(N_("Findings")),
        "since": words.text(N_("behind since {day}"), day="{day}"),
        "coverage": words.text(N_("Coverage")),
        "freshness": words.text(N_("Freshness")),
        "copy": words.text(N_("Copy")),
        "copied": words.text(N_("Copied")),
        "reviewed": words.text(N_("Reviewed")),
        "dismiss": words.text(N_("Needs no translation")),
    }


def _record(view: View, episode: EpisodeReport) -> list[object]:
    """Return series, key, panel, place, titles, statuses, words, other facts and language of an episode.

    The other facts are those of single languages by their column: findings, whether one is more than a note, the day
    since when the translation is behind. The language is 0 where it is the site's.
    """
    cells = {cell.language: cell for cell in episode.cells}
    chosen = [cells.get(language) for language in view.report.languages]
    titles = dict.fromkeys([view.title(episode), *(shown(prose(cell.title)) for cell in episode.cells if cell.title)])
    facts = {at: told for at, cell in enumerate(chosen) if cell is not None and (told := _facts(cell))}
    source = view.source_of(episode)
    return [
        view.report.series.index(episode.series) if episode.series in view.report.series else -1,
        shown(episode.key),
        view.identifiers[episode.series, episode.key],
        view.places[episode.series, episode.key],
        "\n".join(titles),
        "".join("-" if cell is None else _CODES[cell.status] for cell in chosen),
        [cell.words if cell else 0 for cell in chosen],
        facts or 0,
        0 if source == view.report.source else source,
    ]


def _facts(cell: Cell) -> list[object] | None:
    notes = details(cell.findings) if cell.findings else ()
    age = cell.age
    if not notes and age is None:
        return None
    grave = any(finding.severity is not Severity.INFO for finding in notes)
    return [len(notes), int(grave), age.since[:10] if age else ""]
