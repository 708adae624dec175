"""One episode in all its languages: how each verdict was reached, what changed, what to correct, where to work.

The script shows it whole, or what of it is about one language.
"""

from transtool.assess.work_list import command
from transtool.errors import N_
from transtool.model import Basis, Cell, EpisodeReport, Language, Status
from transtool.render.groups import details
from transtool.render.html.changes import change_block
from transtool.render.html.common import (
    SETTLED,
    View,
    command_line,
    finding_list,
    in_language,
    link,
    place,
)
from transtool.render.html.elements import Markup, el, join, shown
from transtool.render.html.todo import work_link
from transtool.render.readable import prose

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
        [
            el("noscript", panel(view, episode), data_panel=view.identifiers[episode.series, episode.key])
            for episode in view.report.episodes
        ]
    )


def panel(view: View, episode: EpisodeReport) -> Markup:
    """Return the panel of one episode."""
    title = el("h3", view.title(episode), **in_language(view.source_of(episode)))
    eyebrow = el("p", shown(episode.series), " ", shown(episode.key), class_="eyebrow")
    missing = [cell for cell in episode.cells if cell.status is Status.MISSING]
    told = [
        cell
        for cell in episode.cells
        if cell.status not in (*SETTLED, Status.MISSING) or (cell.status is Status.CURRENT and details(cell.findings))
    ]
    return el(
        "article",
        el("header", eyebrow, title, _source(view, episode)),
        _missing(view, episode, missing) if missing else None,
        _settled(view, episode),
        [_translation(view, episode, cell) for cell in told],
        id=view.identifiers[episode.series, episode.key],
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


def _missing(view: View, episode: EpisodeReport, cells: list[Cell]) -> Markup:
    """Return the translations that are missing, each leading to where it is created, and the command that does it.

    The script puts the one language into the command that it shows.
    """
    series = episode.series if view.ambiguous(episode) else None
    begin = None
    if episode.source is not None:
        whole = command("scaffold", episode.key, series=series)
        one = command("scaffold", episode.key, language=Language("LANGUAGE"), series=series)
        begin = el("span", command_line(whole), data_command=shown(one))
    links = [
        el("a", view.names[cell.language], href=view.links.create(cell.path) or None,
           id=view.place(episode, cell.language), data_language=cell.language)
        for cell in cells
    ]  # fmt: skip
    words = el("span", view.words.counted("words", cells[0].words), class_="soft")
    return el("p", view.statuses[Status.MISSING], " ", words, " ", _listed(links), " ", begin, class_="missing-in")


def _settled(view: View, episode: EpisodeReport) -> Markup | None:
    """Return the translations that need no work: a line for each way in which that was decided."""
    groups: dict[tuple[Status, str], list[Markup]] = {}
    for cell in episode.cells:
        if cell.status in SETTLED:
            name = view.names[cell.language]
            address = view.links.view(cell.path) if cell.status is Status.CURRENT else ""
            named = el("span", link(address, name) or name, data_language=cell.language)
            groups.setdefault((cell.status, evidence(view, cell)), []).append(named)
    items = [
        el("li", view.statuses[status], " ", _listed(names), el("span", how, class_="soft how"))
        for (status, how), names in sorted(groups.items())
    ]
    return el("ul", items, class_="settled") if items else None


def _listed(names: list[Markup]) -> Markup:
    return join(names[0], [join(" ", name) for name in names[1:]])


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
    """Return how one translation stands, and what there is to redo and to correct in it."""
    words = view.words
    count = words.counted("words", cell.words) if cell.words else None
    title = el("bdi", shown(prose(cell.title)), class_="soft", **in_language(cell.language)) if cell.title else None
    heading = el("h4", view.glossed[cell.language], " ", view.statuses[cell.status], " ", title)
    look = link(view.links.view(cell.path), words.text(N_("View")))
    how = el("span", evidence(view, cell), class_="how")
    begin = el("p", join(work_link(view, cell), " ", look, " "), view.command(episode, cell), class_="begin")
    changes = [change_block(view, episode, cell, number, anchored=True) for number in range(1, len(cell.changes) + 1)]
    return el(
        "section",
        heading,
        el("p", how, " · " if count else None, count, " ", view.age(cell.age), class_="facts soft"),
        begin,
        _settling(view, episode, cell) if cell.status in (Status.STALE, Status.UNKNOWN) else None,
        changes,
        finding_list(view, details(cell.findings)),
        class_="translation",
        id=view.place(episode, cell.language),
        data_language=cell.language,
    )


def _settling(view: View, episode: EpisodeReport, cell: Cell) -> Markup:
    """Return the commands that settle a translation as it is; the script adds them to each change, with its number."""
    words = view.words
    reviewed = el("span", words.text(N_("Reviewed")), ": ", view.settling(episode, cell, "stamp"), class_="stamp")
    needless = None
    if cell.changes:
        text = words.text(N_("Needs no translation"))
        needless = el("span", text, ": ", view.settling(episode, cell, "dismiss"), class_="dismiss")
    return el("p", reviewed, " ", needless, class_="settle")
