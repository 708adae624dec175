"""What to do next: for each language, the translations that need work and the metadata to correct."""

from transtool.errors import N_
from transtool.i18n.phrases import STEPS
from transtool.model import Cell, EpisodeReport, Finding, Language, Severity, Status
from transtool.render.groups import details
from transtool.render.html.common import View, finding_list, link
from transtool.render.html.elements import Markup, el, join, lines, shown

LONGEST = 100
"""Rows of a list that are written out; the matrix has them all."""

Work = tuple[EpisodeReport, Cell]


def work_lists(view: View) -> Markup:
    """Return a list for each language, folded up, so that a translator opens theirs."""
    cells = view.cells
    todo: dict[Language, list[Work]] = {language: [] for language in view.report.languages}
    for where in view.tasks:
        todo.setdefault(where[2], []).append(cells[where])
    notes: dict[Language, list[Finding]] = {}
    for _, cell in cells.values():
        notes.setdefault(cell.language, []).extend(details(cell.findings))
    return join([_language(view, language, work, notes.get(language, [])) for language, work in todo.items()])


def _language(view: View, language: Language, todo: list[Work], notes: list[Finding]) -> Markup:
    words = view.words
    summary = el(
        "summary",
        view.glossed[language],
        el("span", words.counted("translations", len(todo)), class_="n"),
        el("span", words.counted("words", sum(cell.words for _, cell in todo)), class_="n"),
        el("span", words.counted("findings", len(notes)), class_="n soft") if notes else None,
    )
    body = [_table(view, language, todo), _more(view, language, len(todo))] if todo else [_nothing(view)]
    return el("details", summary, body, _corrections(view, notes), id=f"todo/{language}", data_language=language)


def _nothing(view: View) -> Markup:
    return el("p", view.words.text(N_("Nothing to translate: every translation is current.")), class_="done")


def _more(view: View, language: Language, total: int) -> Markup | None:
    """Return where the rest of a long list is."""
    if total <= LONGEST:
        return None
    text = view.words.text(N_("The {shown} longest of {total} are listed here."), shown=LONGEST, total=total)
    query = f"#?language={language}&status={','.join(STEPS)}&sort=-words"
    return el("p", text, " ", el("a", view.words.text(N_("All of them in the matrix")), href=query))


def _table(view: View, language: Language, todo: list[Work]) -> Markup:
    words = view.words
    titles = (
        (view.key_heading, "key"),
        (words.text(N_("Episode")), None),
        (words.text(N_("Status")), None),
        (words.text(N_("Words")), "n"),
        (words.text(N_("Next step")), "step"),
        (words.text(N_("File")), None),
    )
    head = el("tr", [el("th", title, scope="col", class_=kind) for title, kind in titles])
    name = words.language(language)
    caption = el("caption", words.text(N_("{name}: to translate, longest first"), name=name), class_="vh")
    rows = lines(_row(view, episode, cell) for episode, cell in todo[:LONGEST])
    return el("div", el("table", caption, el("thead", head), el("tbody", rows), class_="todo"), class_="scroll")


def _row(view: View, episode: EpisodeReport, cell: Cell) -> Markup:
    words = view.words
    return el(
        "tr",
        el("td", shown(episode.key), class_="key"),
        el("th", el("a", view.titled(episode), href=view.anchor(episode, cell.language)), scope="row"),
        el("td", view.statuses[cell.status], " ", view.age(cell.age), class_="status"),
        el("td", words.number(cell.words), class_="n", data_label=words.text(N_("Words"))),
        el("td", words.text(STEPS[cell.status]), class_="step"),
        el("td", work_link(view, cell) or view.command(episode, cell)),
    )


def work_link(view: View, cell: Cell) -> Markup | None:
    """Return the link that leads to working on a translation, if there is one: create its file, or edit it."""
    if cell.status is Status.MISSING:
        return link(view.links.create(cell.path), view.words.text(N_("Create")))
    return link(view.links.edit(cell.path), view.words.text(N_("Edit")))


def _corrections(view: View, notes: list[Finding]) -> Markup | None:
    """Return the findings as a list of what to correct, each at its place."""
    if not notes:
        return None
    words = view.words
    heading = el("h3", words.text(N_("Also to correct")))
    worst = sorted(notes, key=lambda finding: list(Severity).index(finding.severity))
    rest = len(notes) - LONGEST
    more = words.text(N_("and {count} more, in the matrix"), count=rest) if rest > 0 else None
    return join(heading, finding_list(view, worst[:LONGEST]), el("p", more) if more else None)
