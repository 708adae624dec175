"""List the changes of sources that are open, numbered, and those that were dismissed (`transtool dismiss --list`)."""

from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.text import Text

from transtool.errors import N_
from transtool.i18n import Words
from transtool.i18n.safe_text import location, visible
from transtool.model import Change, Dismissal, EpisodeReport, Report
from transtool.render.change_text import heading_of
from transtool.render.changes import text_of
from transtool.render.readable import prose, readable
from transtool.render.screen import drawn, shown
from transtool.scaffold.dismiss import OpenChange, open_pages


def render(
    report: Report,
    dismissed: Iterable[tuple[int, Dismissal]],
    words: Words,
    *,
    colour: bool = False,
    width: int | None = None,
) -> str:
    """Return the changes of every episode of `report` that has any, open or dismissed, each with its number."""
    known: dict[tuple[str, str], list[tuple[int, Dismissal]]] = {}
    for number, entry in dismissed:
        known.setdefault((entry.series, entry.key), []).append((number, entry))
    open_ = {(page.episode.series, page.episode.key): page.changes for page in open_pages(report)}
    parts: list[RenderableType] = []
    for episode in report.episodes:
        place = episode.series, episode.key
        if place in known or place in open_:
            parts += _episode(episode, open_.get(place, ()), known.get(place, ()), words, width)
    return drawn(parts, words, colour=colour, width=width)


def _episode(
    episode: EpisodeReport,
    open_: Iterable[OpenChange],
    dismissed: Iterable[tuple[int, Dismissal]],
    words: Words,
    width: int | None,
) -> Iterator[RenderableType]:
    name = shown(f"{episode.series} {episode.key}", words, "bold")
    yield Text("  ").join([name, shown(prose(episode.title), words)])
    yield Text()
    for number, each in enumerate(open_, 1):
        change, tags = readable(each.change), ", ".join(each.languages)
        place = _place(change, episode)
        yield Text.assemble((f"{number}. {heading_of(change, words)}", "bold"), (place, "cyan"), (f"  {tags}", "dim"))
        yield from (*text_of(change.before, change.after, width), Text())
    for number, entry in dismissed:
        # Translators: a change of the source that somebody said needs no translation; before it stands its number
        head = Text(f"{number}. {words.text(N_('dismissed'))}", "bold")
        for told in (", ".join(entry.languages), entry.reason and words.quote(entry.reason)):
            head.append(f"  {visible(told)}" if told else "", "dim")
        yield from (head, *text_of(prose(entry.before), prose(entry.after), width), Text())


def _place(change: Change, episode: EpisodeReport) -> str:
    """Return where a change stands in the source, after two blanks; nothing of what was removed."""
    if episode.source is None or change.source_line is None:
        return ""
    return f"  {location(episode.source.path, change.source_line)}"
