"""What changed in the source: one change beside the present translation, and all changes by whom they concern."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transtool.errors import N_
from transtool.model import Cell, Change, EpisodeReport, Key, Language, Status
from transtool.render.change_text import apart
from transtool.render.html.common import View, in_language, link
from transtool.render.html.elements import Markup, el, join, shown, shown_lines
from transtool.render.readable import readable
from transtool.text.worddiff import Run, RunKind, diff

_MARKS = {RunKind.REMOVED: "del", RunKind.ADDED: "ins"}

_MOST = 50
"""Changes of the source that are listed by whom they concern, those of most languages first."""


def change_block(view: View, episode: EpisodeReport, cell: Cell, number: int, *, anchored: bool) -> Markup:
    """Return one change of the source (the `number`th, from 1 on) beside what the translation says now.

    Where it is `anchored`, its address leads here.
    """
    change, words = cell.changes[number - 1], view.words
    what = el("h5", _named(view, change), " ", el("span", words.counted("words", change.words), class_="soft"))
    file = episode.source.path if episode.source else ""
    absent = el("p", words.text(N_("There is nothing here yet.")), class_="soft")
    sides = (
        _side(view, view.source_of(episode), file, change.source_line, differences(change)),
        _side(view, cell.language, cell.path, change.line, shown_lines(readable(change).present))
        if change.present
        else absent,
    )
    place = view.place(episode, cell.language, number) if anchored else None
    return el("div", what, el("div", sides, class_="sides"), class_=f"change {change.change}", id=place)


def _named(view: View, change: Change) -> str:
    template = N_("{field}: {change}") if change.field else N_("{kind}: {change}")
    return view.words.text(template, field=change.field, kind=change.kind, change=change.change)


def _side(view: View, language: Language, file: str, line: int | None, text: str) -> Markup:
    """Return a text with whose it is and on which line of its file it stands."""
    words = view.words
    at = None if line is None else words.text(N_("line {line}"), line=line)
    label = join(words.language(language), " · " if at else None, at and (link(view.links.view(file, line), at) or at))
    return el("div", el("p", label, class_="label"), el("div", text, class_="text", **in_language(language)))


def differences(change: Change) -> Markup:
    """Return the words of the source before and after, what went struck out, what came underlined."""
    told = readable(change)
    return _differences(told.before, told.after)


@lru_cache(maxsize=256)
def _differences(before: str, after: str) -> Markup:
    """Return the difference of two texts; the translations of one source mostly lack the same changes."""
    return join([_marked(run) for run in diff(shown_lines(before), shown_lines(after))])


def _marked(run: Run) -> Markup:
    """Return a run of words, struck out or underlined without the white space around it."""
    before, said, after = apart(run)
    return join(before, el(_MARKS[run.kind], said) if said and run.kind in _MARKS else said, after)


# By change


@dataclass(frozen=True, slots=True)
class _Concerned:
    """A translation that a change of the source concerns, and the number that the change has there."""

    episode: EpisodeReport
    cell: Cell
    number: int

    @property
    def change(self) -> Change:
        return self.cell.changes[self.number - 1]


def change_list(view: View) -> Markup:
    """Return the changes of the source that translations lack, those that most languages lack first."""
    words = view.words
    groups = sorted(_groups(view), key=_weight)
    if not groups:
        return el("p", words.text(N_("No translation lacks a change of its source.")), class_="done")
    rest = len(groups) - _MOST
    more = el("p", words.text(N_("and {count} more"), count=rest), class_="soft") if rest > 0 else None
    return join(el("ol", [_slip(view, group) for group in groups[:_MOST]], class_="slips"), more)


def _groups(view: View) -> list[list[_Concerned]]:
    groups: dict[tuple[str, Key, str, str], list[_Concerned]] = {}
    for episode, cell in view.report.translations:
        for number, change in enumerate(cell.changes if cell.status is Status.STALE else (), 1):
            same = change.digest or f"{change.before}\0{change.after}"
            key = (episode.series, episode.key, change.change.value, same)
            groups.setdefault(key, []).append(_Concerned(episode, cell, number))
    return list(groups.values())


def _weight(group: Sequence[_Concerned]) -> tuple[int, int]:
    return -len({each.cell.language for each in group}), -group[0].change.words


def _slip(view: View, group: Sequence[_Concerned]) -> Markup:
    """Return one change of the source with the translations that lack it."""
    episode, words = group[0].episode, view.words
    usual = Counter(each.change.before for each in group).most_common(1)[0][0]
    change = next(each.change for each in group if each.change.before == usual)
    cells = {each.cell.language: each for each in group}
    made = words.plural(
        N_("this makes {count} translation stale"), N_("this makes {count} translations stale"), len(cells)
    )
    heading = el(
        "h3",
        el("span", shown(episode.key), class_="key"),
        " ",
        el("a", view.titled(episode), href=view.anchor(episode)),
    )
    concerned = [
        el("li", el("a", view.names[language], href=view.anchor(episode, language, each.number)))
        for language, each in cells.items()
    ]
    age = view.age(change.age)
    what = el("p", _named(view, change), " · ", el("strong", made), " · " if age else None, age, class_="what")
    text = el("div", differences(change), class_="text", **in_language(view.source_of(episode)))
    return el("li", heading, what, text, el("ul", concerned, class_="chips"))
