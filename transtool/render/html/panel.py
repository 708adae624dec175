"""One episode in all its languages: how each verdict was reached, what changed, what to correct, where to work."""

from functools import lru_cache

from transtool.errors import N_
from transtool.model import Basis, Cell, Change, EpisodeReport, Language, Status
from transtool.render.html.common import SETTLED, View, details, finding_list, in_language, link, place
from transtool.render.html.elements import Child, Markup, el, join, shown, shown_lines
from transtool.render.html.todo import work_link
from transtool.text.worddiff import Run, RunKind, diff

_MARKS = {RunKind.REMOVED: "del", RunKind.ADDED: "ins"}

_EVIDENCE = {
    Basis.STAMP: N_("Compared with the stamp in its front matter"),
    Basis.PIN: N_("Compared with the version of the source that it names"),
    Basis.HISTORY: N_("Compared segment by segment with the git history"),
}

_VERDICTS = {
    Status.MISSING: N_("There is no file where it belongs"),
    Status.UNREADABLE: N_("The file cannot be parsed"),
    Status.DRAFT: N_("Only {share} of the source’s words are translated"),
    Status.EXEMPT: N_("Not wanted, by configuration"),
    Status.UNKNOWN: N_("Nothing records which version of the source it was made from"),
}


def panels(view: View) -> Markup:
    """Return the panels of all episodes.

    Each stands in a `noscript`: without script all are there; with it they are inert text, and one is drawn when
    it is asked for.
    """
    return join(
        [el("noscript", panel(view, episode), data_panel=view.identifier(episode)) for episode in view.report.episodes]
    )


def panel(view: View, episode: EpisodeReport) -> Markup:
    """Return the panel of one episode."""
    title = el("h3", view.title(episode), **in_language(view.source_of(episode)))
    eyebrow = el("p", shown(episode.series), " ", shown(episode.key), class_="eyebrow")
    wanted = [cell for cell in episode.cells if cell.status is not Status.EXEMPT]
    told = [cell for cell in wanted if cell.changes or details(cell.findings)]
    return el(
        "article",
        el("header", eyebrow, title, _source(view, episode)),
        _verdicts(view, episode),
        [_translation(view, episode, cell) for cell in told],
        id=view.identifier(episode),
        class_="episode",
    )


def _source(view: View, episode: EpisodeReport) -> Markup:
    """Return where the source is, and what is wrong with it."""
    source = episode.source
    if source is None:
        return el(
            "p",
            view.words.of_episodes(N_("The source of this episode does not exist."), N_("There is no source file.")),
        )
    edit = link(view.links.edit(source.path), view.words.text(N_("Edit")))
    return join(
        el("p", view.words.text(N_("Source")), ": ", place(view, source.path, None), " ", edit, class_="source"),
        finding_list(view, source.findings),
    )


def _verdicts(view: View, episode: EpisodeReport) -> Markup:
    """Return the translations that need work as a table, and below it those that do not, by how that was decided."""
    words = view.words
    heads = (N_("Language"), N_("Status"), N_("Words left"), N_("How this was decided"), N_("File"))
    head = el("tr", [el("th", words.text(text), scope="col") for text in heads])
    rows = [_verdict(view, episode, cell) for cell in episode.cells if cell.status not in SETTLED]
    caption = el("caption", words.text(N_("Translations that need work")), class_="vh")
    table = el("div", el("table", caption, el("thead", head), el("tbody", rows), class_="verdicts"), class_="scroll")
    return join(table if rows else None, _settled(view, episode))


def _verdict(view: View, episode: EpisodeReport, cell: Cell) -> Markup:
    words = view.words
    title = el("bdi", shown(cell.title), class_="soft", **in_language(cell.language)) if cell.title else None
    look = link(view.links.view(cell.path), words.text(N_("View"))) if cell.status is not Status.MISSING else None
    return el(
        "tr",
        el("th", view.language(cell.language), el("br") if title else None, title, scope="row"),
        el("td", view.status(cell.status)),
        el("td", words.number(cell.words) if cell.words else "–", class_="n"),
        el("td", evidence(view, cell), view.command(episode, cell), class_="how"),
        el("td", look, " ", work_link(view, cell)),
        id=f"{view.identifier(episode)}/{cell.language}",
    )


def _settled(view: View, episode: EpisodeReport) -> Markup | None:
    """Return the translations that need no work: a line for each way in which that was decided."""
    groups: dict[tuple[Status, str], list[Markup]] = {}
    for cell in episode.cells:
        if cell.status in SETTLED:
            name = view.name(cell.language)
            address = view.links.view(cell.path) if cell.status is Status.CURRENT else ""
            groups.setdefault((cell.status, evidence(view, cell)), []).append(link(address, name) or name)
    items = [
        el("li", view.status(status), " ", _listed(names), el("span", how, class_="soft how"))
        for (status, how), names in sorted(groups.items())
    ]
    return el("ul", items, class_="settled") if items else None


def _listed(names: list[Markup]) -> Markup:
    return join(names[0], [join(", ", name) for name in names[1:]])


def evidence(view: View, cell: Cell) -> str:
    """Return in a sentence how the status of a cell was decided."""
    words = view.words
    about = next((finding for finding in cell.findings if finding.rule == cell.status), None)
    if cell.status is Status.UNKNOWN and about is not None:
        return words.finding(about)
    if cell.status in _VERDICTS:
        said = words.text(_VERDICTS[cell.status], share=cell.translated)
        return words.reason(cell.reason) if cell.status is Status.UNKNOWN and cell.reason else said
    return words.text(_EVIDENCE[cell.basis]) if cell.basis else words.reason(cell.reason)


def _translation(view: View, episode: EpisodeReport, cell: Cell) -> Markup:
    """Return what there is to redo and to correct in one translation."""
    heading = el("h4", view.language(cell.language), " ", view.status(cell.status))
    changes = [_change(view, episode, cell, change) for change in cell.changes]
    return el(
        "section",
        heading,
        changes,
        finding_list(view, details(cell.findings)),
        class_="translation",
        id=f"{view.identifier(episode)}/{cell.language}/changes",
    )


def _change(view: View, episode: EpisodeReport, cell: Cell, change: Change) -> Markup:
    """Return one change of the source beside what the translation says now."""
    words, written_in = view.words, view.source_of(episode)
    template = N_("{field}: {change}") if change.field else N_("{kind}: {change}")
    named = words.text(template, field=change.field, kind=change.kind, change=change.change)
    what = el("h5", named, " ", el("span", words.counted("words", change.words), class_="soft"))
    file = episode.source.path if episode.source else ""
    absent = el("p", words.text(N_("There is nothing here yet.")), class_="soft")
    sides = (
        _side(view, written_in, file, change.source_line, differences(change)),
        _side(view, cell.language, cell.path, change.line, shown_lines(change.present)) if change.present else absent,
    )
    return el("div", what, el("div", sides, class_="sides"), class_=f"change {change.change}")


def _side(view: View, language: Language, file: str, line: int | None, text: str) -> Markup:
    """Return a text with whose it is and on which line of its file it stands."""
    words = view.words
    at = None if line is None else words.text(N_("line {line}"), line=line)
    label = join(words.language(language), " · " if at else None, at and (link(view.links.view(file, line), at) or at))
    return el("div", el("p", label, class_="label"), el("div", text, class_="text", **in_language(language)))


def differences(change: Change) -> Markup:
    """Return the words of the source before and after, what went struck out, what came underlined."""
    return _differences(change.before, change.after)


@lru_cache(maxsize=256)
def _differences(before: str, after: str) -> Markup:
    """Return the difference of two texts; the translations of one source mostly lack the same changes."""
    return join([_marked(run) for run in diff(shown_lines(before), shown_lines(after))])


def _marked(run: Run) -> Child:
    """Return a run of words, struck out or underlined without the whitespace around it."""
    if run.kind is RunKind.EQUAL or not run.text.strip():
        return run.text
    text = run.text.strip()
    before, _, after = run.text.partition(text)
    return join(before, el(_MARKS[run.kind], text), after)
