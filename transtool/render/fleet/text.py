"""A fleet for people: its sites and their languages as tables, on a terminal and in Markdown."""

from rich.console import RenderableType
from rich.text import Text

from transtool.errors import N_
from transtool.fleet import Fleet
from transtool.i18n import Words
from transtool.i18n.safe_text import visible
from transtool.render.coverage import Line, fitting, legend
from transtool.render.fleet import title
from transtool.render.markdown import language_cell, tally_table
from transtool.render.markdown_text import escaped, text
from transtool.render.screen import PLAIN_WIDTH, drawn


def render(fleet: Fleet, words: Words, *, colour: bool = False, width: int | None = None) -> str:
    """Return a table of sites and one of the languages of all of them; see `render.table` for `colour` and `width`."""
    total = fleet.tally()
    sum_ = Line(words.text(N_("Total")), total, total=True)
    sites = [Line(visible(site.name), site.report.tally()) for site in fleet.judged]
    tallies = [(language, fleet.tally(language)) for language in fleet.languages]
    languages = [
        Line(words.language(language, alone=True), tally, tag=visible(language))
        for language, tally in tallies
        if tally.expected
    ]
    parts: list[RenderableType] = [Text(title(fleet, words), "bold")]
    for lines, heading in ((sites, N_("site")), (languages, N_("language"))):
        if lines:
            parts += ["", fitting((*lines, sum_), total, words, width or PLAIN_WIDTH, heading)]
    if languages:
        parts += ["", legend(total, words)]
    return drawn(parts, words, colour=colour, width=width)


def render_markdown(fleet: Fleet, words: Words) -> str:
    """Return the same as Markdown."""
    total = fleet.tally()
    sites = [(text(site.name), site.report.tally()) for site in fleet.judged]
    languages = [(language_cell(language, words), fleet.tally(language)) for language in fleet.languages]
    lines = [f"### {escaped(words.text(N_('Translations')))}", "", escaped(title(fleet, words)), ""]
    lines += [*tally_table(sites, total, words, N_("site")), "", *tally_table(languages, total, words)]
    broken = [f"- {text(site.name)}: {escaped(words.problem(site.problems[0]))}" for site in fleet.broken]
    return "\n".join([*lines, *([""] if broken else []), *broken]) + "\n"
