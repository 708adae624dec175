"""The page of sites: how each one stands, and a way to its dashboard."""

from collections.abc import Iterable

from transtool.errors import N_
from transtool.fleet import INDEX, Broken, Fleet, Judged
from transtool.i18n import Words
from transtool.model import Language, Status, Tally
from transtool.render.fleet import title
from transtool.render.html.common import bar, share
from transtool.render.html.elements import Child, Markup, document, el, shown
from transtool.render.html.page import asset, footer, head

_HEADS = (N_("Progress"), N_("Coverage"), N_("Freshness"), N_("Words to translate"))


def render(fleet: Fleet, words: Words, *, linked: bool = False) -> str:
    """Return the page as one self-contained HTML file; `linked` where the dashboards lie beside it (`files`)."""
    heading = words.text(N_("Translations"))
    sites = [_site(site, words, linked) for site in fleet.sites]
    languages = [
        _row(
            shown(words.language(language, alone=True)),
            fleet.tally(language),
            _words_left(fleet.judged, language),
            words,
        )
        for language in fleet.languages
    ]
    body = [
        el("header", el("div", el("h1", heading), el("p", title(fleet, words), class_="site")), class_="top"),
        el(
            "main",
            _section(words.text(N_("Sites")), words.text(N_("Site")), sites, words),
            _section(words.text(N_("Languages")), words.text(N_("Language")), languages, words),
        ),
        footer(words, fleet.version, fleet.generated),
    ]
    return document(words.tag, words.direction, head(heading, fleet.version, asset("report.css")), body)


def files(fleet: Fleet, words: Words) -> dict[str, bytes]:
    """Return the page and every dashboard, by the names of their files."""
    pages = {f"{site.name}.html": site.page for site in fleet.judged}
    made = {f"{INDEX}.html": render(fleet, words, linked=True), **pages}
    return {name: text.encode("utf-8", "backslashreplace") for name, text in made.items()}


def _section(heading: str, first: str, rows: list[Markup], words: Words) -> Markup:
    wordy, numeric = (first, words.text(_HEADS[0])), map(words.text, _HEADS[1:])
    titles = [
        *(el("th", text, scope="col") for text in wordy),
        *(el("th", text, scope="col", class_="n") for text in numeric),
    ]
    table = el("table", el("thead", el("tr", titles)), el("tbody", rows), class_="languages")
    return el("section", el("h2", heading), el("div", table, class_="scroll"))


def _site(site: Judged | Broken, words: Words, linked: bool) -> Markup:
    match site:
        case Judged(name=name, report=report):
            shown_name = el("a", name, href=f"{name}.html") if linked else name
            return _row(shown_name, report.tally(), _words_left([site]), words)
        case Broken(name=name, problems=problems):
            said = words.problem(problems[0])
            return el("tr", el("th", name, scope="row"), el("td", said, colspan=len(_HEADS)))


def _row(name: Child, tally: Tally, left: int, words: Words) -> Markup:
    return el(
        "tr",
        el("th", name, scope="row"),
        el("td", bar(tally, ""), class_="progress"),
        el("td", share(tally.covered, tally.expected, words), class_="n", data_label=words.text(_HEADS[1])),
        el("td", share(tally[Status.CURRENT], tally.expected, words), class_="n", data_label=words.text(_HEADS[2])),
        el("td", words.number(left), class_="n", data_label=words.text(_HEADS[3])),
    )


def _words_left(sites: Iterable[Judged], language: Language | None = None) -> int:
    """Count the words to translate into a language, or into all."""
    return sum(cell.words for site in sites for cell in site.report.cells if language in (None, cell.language))
