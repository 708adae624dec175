"""Tell changes of what a source says from corrections of it, and from changes that were dismissed."""

from collections.abc import Callable, Iterable
from itertools import chain
from typing import NamedTuple

from transtool.align.literals import strong_anchors
from transtool.model import Change, ChangeKind, Language
from transtool.segments.views import wording_of
from transtool.staleness.dismissals import Dismissals
from transtool.staleness.pages import Page
from transtool.text.corrections import is_correction


class Sorted(NamedTuple):
    """What happened to a source since the baseline: what it says now, and what needs no translation.

    `dismissed` are the names of the dismissed changes without which there would be more.
    """

    changes: tuple[Change, ...]
    corrections: tuple[Change, ...]
    dismissed: tuple[str, ...] = ()


def sort_out(
    found: Iterable[Change],
    source: Page,
    language: Language | None,
    dismissals: Callable[[], Dismissals],
    *,
    first_only: bool = False,
) -> Sorted:
    """Tell changes of `source`, a page in `language`, from corrections, from what translators left alone or dismissed.

    Where `language` is None, corrections and what was left alone count as changes. With `first_only`, nothing is looked
    at beyond the first change. `dismissals` gives what was dismissed; it is asked for nothing before there is a change.
    """
    changes: list[Change] = []
    corrections: list[Change] = []
    names: list[str] = []
    for each in found:
        if language is not None and (each.left_alone or _only_corrects([each], source, language)):
            corrections.append(each)
            continue
        known = dismissals()
        left, used = known.settle(each)
        names += used
        if left is None:
            continue
        shorter = chain([left], known.shorter(left)) if known.pairs else iter(())
        (corrections if _only_corrects(shorter, source, language) else changes).append(left)
        if first_only and changes:
            break
    return Sorted(tuple(changes), tuple(corrections), tuple(dict.fromkeys(names)))


def _only_corrects(ways: Iterable[Change], source: Page, language: Language | None) -> bool:
    """Say whether a change, looked at in any of these ways, only corrects the text."""
    return language is not None and any(_corrects(each, source, language) for each in ways)


def _corrects(change: Change, source: Page, language: Language) -> bool:
    """Say whether a change corrects the text, and its targets, code and numbers are as before or as translated."""
    if change.change is not ChangeKind.EDITED:
        return False
    then, now, present = (strong_anchors(text) for text in (change.before, change.after, change.present))
    if not now - then <= present or (then - now) & present:
        return False
    before, after = wording_of(change.before), wording_of(change.after)
    return is_correction(before, after, language, source.vocabulary)
