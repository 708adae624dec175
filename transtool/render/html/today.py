"""The first screen: for the reader's language, what is worth most to do now, with its changed paragraphs open."""

from transtool.assess.work_list import Task, tasks
from transtool.errors import N_
from transtool.i18n.phrases import STEPS
from transtool.model import Cell, EpisodeReport, Language, Status
from transtool.render.html.changes import change_block
from transtool.render.html.common import View, bar, link
from transtool.render.html.elements import Markup, el, join, shown
from transtool.render.html.todo import work_link

_JOBS = 5
"""Jobs of a language that stand on the first screen."""

_OPEN = 4
"""Changes of a job that are shown there; its page has them all."""


def today(view: View) -> Markup | None:
    """Return the languages to choose from, and what to do in each; the script and the styles show one."""
    if not view.report.languages:
        return None
    by_language: dict[Language, list[Task]] = {language: [] for language in view.report.languages}
    for task in tasks(view.report):
        by_language.setdefault(task.language, []).append(task)
    chosen = [el("li", _choice(view, language, len(found))) for language, found in by_language.items()]
    label = view.words.text(N_("Your language"))
    choice = el("nav", el("ul", chosen, class_="chips"), class_="choose", aria_label=label)
    return el("div", choice, [_mine(view, language, found) for language, found in by_language.items()], class_="today")


def _choice(view: View, language: Language, count: int) -> Markup:
    number = el("span", view.words.number(count), class_="soft", aria_hidden="true")
    said = el("span", ", ", view.words.counted("translations", count), class_="vh")
    return el("a", view.names[language], " ", number, said, href=f"#{language}", data_language=language)


def _mine(view: View, language: Language, found: list[Task]) -> Markup:
    """Return what there is to do in one language, in short."""
    words, own = view.words, view.sum(language)
    identifier = f"{language}-heading"
    heading = el("h2", view.glossed[language], id=identifier)
    counts = [words.counted("translations", len(found)), words.counted("words", own.words)]
    rest = el("a", words.text(N_("Work list")), href=f"#todo/{language}")
    summary = el("p", join(counts[0], " · ", counts[1]), " · ", rest, class_="soft")
    parts = [summary, bar(own.tally, f"language={language}&"), _jobs(view, found)]
    return el("section", heading, parts, id=language, class_="mine", tabindex="-1", aria_labelledby=identifier)


def _jobs(view: View, found: list[Task]) -> Markup:
    if not found:
        text = view.words.text(N_("Nothing to translate: every translation is current."))
        return el("p", text, " ", el("a", view.words.text(N_("Languages")), href="#languages"), class_="done")
    cells = [view.cells[task.series, task.key, task.language] for task in found[:_JOBS]]
    return el("ol", [el("li", _job(view, *each)) for each in cells], class_="jobs")


def _job(view: View, episode: EpisodeReport, cell: Cell) -> list[Markup | None]:
    """Return one job: which page, what to do and how to begin, and what changed."""
    words = view.words
    heading = el(
        "h3",
        el("span", shown(episode.key), class_="key") if view.numbered else None,
        " ",
        el("a", view.titled(episode), href=view.anchor(episode, cell.language)),
    )
    count = words.counted("words", cell.words) if cell.words else None
    facts = el("p", view.statuses[cell.status], " ", count, " ", view.age(cell.age))
    look = link(view.links.view(cell.path), words.text(N_("View"))) if cell.status is not Status.MISSING else None
    step = el("p", words.text(STEPS[cell.status]), ": ", join(work_link(view, cell), " ", look, " "),
              view.command(episode, cell), class_="begin")  # fmt: skip
    numbers = range(1, min(len(cell.changes), _OPEN) + 1)
    changes = [change_block(view, episode, cell, number, anchored=False) for number in numbers]
    rest = len(cell.changes) - _OPEN
    more = None
    if rest > 0:
        text = words.text(N_("and {count} more"), count=rest)
        more = el("p", el("a", text, href=view.anchor(episode, cell.language, _OPEN + 1)))
    return [el("header", heading, facts, step), *changes, more]
