"""The top of the dashboard: how the site stands as a whole, and each language of each series."""

from urllib.parse import quote

from transtool.errors import N_
from transtool.model import Language, Status, Tally
from transtool.render.html.common import BAR, Sum, View, bar, share
from transtool.render.html.elements import Markup, el, shown

_COLUMNS = (
    ("name", N_("Language"), ""),
    ("", N_("Progress"), ""),
    ("coverage", N_("Coverage"), "n"),
    ("freshness", N_("Freshness"), "n"),
    ("words", N_("Words to translate"), "n"),
    ("", N_("Work list"), ""),
)


def overview(view: View) -> Markup:
    """Return the figures of the whole site and the bar of all its translations."""
    words, report = view.words, view.report
    tally = view.sum().tally
    figures = (
        (words.text(N_("Coverage")), words.percent(tally.coverage), _of(tally.covered, tally, view)),
        (words.text(N_("Freshness")), words.percent(tally.freshness), _of(tally[Status.CURRENT], tally, view)),
        (
            words.text(N_("Words to translate")),
            words.number(view.sum().words),
            words.plural(N_("into {count} language"), N_("into {count} languages"), len(report.languages)),
        ),
        (
            words.text(N_("Episodes")),
            words.number(len(report.episodes)),
            words.text(N_("written in {language_name}"), language=report.source),
        ),
    )
    tiles = [el("div", el("dt", name), el("dd", value), el("dd", note, class_="soft")) for name, value, note in figures]
    return el("div", el("dl", tiles, class_="figures"), bar(tally, ""), legend(view, tally), class_="overview")


def _of(part: int, tally: Tally, view: View) -> str:
    return view.words.text(N_("{part} of {whole} translations"), part=part, whole=tally.expected)


def legend(view: View, tally: Tally) -> Markup:
    """Return every status with its number: the key to all symbols and colours of the page."""
    entries = []
    for status in (*BAR, Status.EXEMPT):
        if tally[status]:
            count = el("span", view.words.number(tally[status]), class_="n")
            entries.append(el("li", el("a", view.statuses[status], " ", count, href=f"#?status={status}")))
    return el("ul", entries, class_="legend")


def language_table(view: View) -> Markup:
    """Return coverage and freshness of every language, and of its series where there are several."""
    words = view.words
    head = [
        el("th", words.text(text), scope="col", class_=kind or None, data_sort=key or None)
        for key, text, kind in _COLUMNS
    ]
    body = [_group(view, language) for language in view.report.languages]
    caption = el("caption", words.text(N_("Coverage and freshness of each language")), class_="vh")
    table = el("table", caption, el("thead", el("tr", head)), body, id="languages-table", class_="languages")
    return el("div", table, class_="scroll")


def _group(view: View, language: Language) -> Markup:
    """Return the rows of one language: its own, and one for each series."""
    own = view.sum(language)
    named = el("span", " ", view.words.language(language), class_="vh")
    to_list = el("a", view.words.text(N_("Open")), named, href=f"#todo/{language}")
    query = f"language={language}&"
    name = el("a", view.glossed[language], href=f"#{language}")
    rows = [_row(view, el("th", name, scope="row"), own, to_list, query)]
    used = [series for series in view.report.series if view.sum(language, series).tally.counts]
    for series in used if len(view.report.series) > 1 else ():
        heading = el("th", shown(series), scope="row")
        inside = f"{query}series={quote(series, errors='backslashreplace')}&"
        rows.append(_row(view, heading, view.sum(language, series), None, inside))
    numbers: dict[str, str | int] = {
        "data_name": view.words.language(language),
        "data_coverage": f"{own.tally.coverage:.4f}",
        "data_freshness": f"{own.tally.freshness:.4f}",
        "data_words": own.words,
    }
    return el("tbody", rows, **numbers)


def _row(view: View, name: Markup, own: Sum, to_list: Markup | None, query: str) -> Markup:
    """Return a row of figures, its bar filtering by `query`; that of a series has no work list of its own."""
    tally, words = own.tally, view.words
    return el(
        "tr",
        name,
        el("td", bar(tally, query), class_="progress"),
        _figure(share(tally.covered, tally.expected, words), words.text(N_("Coverage"))),
        _figure(share(tally[Status.CURRENT], tally.expected, words), words.text(N_("Freshness"))),
        _figure(words.number(own.words), words.text(N_("Words to translate"))),
        el("td", to_list),
        class_=None if to_list else "series",
    )


def _figure(text: str, label: str) -> Markup:
    """Return a cell with a figure; narrow pages show the label, which is its column's, in the cell."""
    return el("td", text, class_="n", data_label=label)
