"""Tell corrections of the source from changes of what it says."""

from collections.abc import Iterable
from typing import NamedTuple

from transtool.align.literals import STRONG, anchors
from transtool.model import Change, ChangeKind, Language
from transtool.segments.views import wording_of
from transtool.staleness.pages import Page
from transtool.text.corrections import is_correction


class Sorted(NamedTuple):
    """What happened to a source since the baseline: what it says now, and what needs no translation."""

    changes: tuple[Change, ...]
    corrections: tuple[Change, ...]


def sort_out(found: Iterable[Change], source: Page, language: Language, *, first_only: bool = False) -> Sorted:
    """Tell changes of `source`, a page in `language`, from corrections and what translators saw and left alone.

    With `first_only`, nothing is looked at beyond the first change.
    """
    changes: list[Change] = []
    corrections: list[Change] = []
    for each in found:
        (corrections if each.left_alone or _only_corrects(each, source, language) else changes).append(each)
        if first_only and changes:
            break
    return Sorted(tuple(changes), tuple(corrections))


def _only_corrects(change: Change, source: Page, language: Language) -> bool:
    """Say whether a change corrects the text and leaves its targets, code and numbers as they were."""
    if change.change is not ChangeKind.EDITED or _strong(change.before) != _strong(change.after):
        return False
    before, after = wording_of(change.before), wording_of(change.after)
    return is_correction(before, after, language, source.vocabulary)


def _strong(text: str) -> frozenset[str]:
    return frozenset(each for each in anchors(text) if each[0] in STRONG)
