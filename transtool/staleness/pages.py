"""Pages in segments, and the edit script from one version of a page to another."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from transtool.align import PreparedPage, Step, diff, unchanged
from transtool.document import Document
from transtool.model import SegmentKind
from transtool.segments import Segment, markup, wording
from transtool.text.corrections import vocabulary


@dataclass(frozen=True, eq=False)
class Page:
    """One version of one file, in segments. `blob` is its id in git. Only one and the same object is equal."""

    blob: str
    document: Document
    segments: tuple[Segment, ...]

    @cached_property
    def prepared(self) -> PreparedPage:
        """The page prepared for comparison."""
        return PreparedPage(self.segments)

    @cached_property
    def shape(self) -> tuple[tuple[SegmentKind, int], ...]:
        """The kinds and levels of what is translated on the page."""
        pairs = zip(self.segments, self.prepared.prose, strict=True)
        return tuple((segment.kind, segment.level) for segment, prose in pairs if prose)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the page, in lower case."""
        return vocabulary(self.wordings)

    @cached_property
    def _keys(self) -> Counter[str]:
        """What its segments can be recognised by, with how often each occurs."""
        return Counter(self.prepared.keys)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The last place of each of these."""
        return {key: place for place, key in enumerate(self.prepared.keys)}

    def has_surely(self, new: "Page", at: int) -> bool:
        """Say whether this page, compared with a newer one, has segment `at` of that unchanged; `False` is uncertain.

        Whatever else a diff does, it finds a segment of the body that occurs once in the new page, and in the old one.
        """
        key = new.prepared.keys[at]
        return not new.segments[at].field and new._keys[key] == 1 and key in self._keys

    def sure_place(self, new: "Page", at: int) -> int | None:
        """Return where segment `at` of the body of a newer page surely stood here; None where a diff has to tell."""
        key = new.prepared.keys[at]
        if not self.has_surely(new, at) or self._keys[key] > 1:
            return None
        place = self._places[key]
        return place if self.prepared.prose[place] else None

    def keeps_around(self, new: "Page", place: int) -> bool:
        """Say whether a newer page surely has what stands before and after a place, somewhere."""
        keys = self.prepared.keys
        return all(self._keys[key] <= new._keys[key] for key in keys[max(0, place - 1) : place + 2])

    @cached_property
    def said(self) -> frozenset[str]:
        """The wordings of all segments."""
        return frozenset(map(wording, self.segments))

    @cached_property
    def wordings(self) -> Counter[str]:
        """The wordings of what is translated on the page, with how often each occurs."""
        return Counter(compress(self.prepared.wordings, self.prepared.prose))


class MarkupEdit(NamedTuple):
    """Segments of a new page (positions) whose markup changed though their words did not, then and now.

    `text` is what they were then.
    """

    positions: tuple[int, ...]
    before: Counter[str]
    after: Counter[str]
    text: str


def text_of(segments: Iterable[Segment]) -> str:
    """Return what segments that are one thing say, as written."""
    return "\n\n".join(segment.text for segment in segments)


def markup_tokens(segments: Iterable[Segment]) -> Counter[str]:
    """Return the links, includes, code and attributes of segments, with how often each occurs."""
    return Counter(token for segment in segments for token in markup(segment))


@dataclass(frozen=True, eq=False)
class PageDiff:
    """The edit script from an old page to a new one. Positions are those of segments."""

    old: Page
    new: Page
    steps: tuple[Step, ...]

    @cached_property
    def became(self) -> Mapping[int, Step]:
        """The step of every position in the new page."""
        return {at: step for step in self.steps for at in step.new}

    @cached_property
    def changed(self) -> frozenset[int]:
        """The positions in the new page whose wording is new or was edited."""
        return frozenset(at for step in self.steps if not step.same for at in step.new)

    def before(self, places: Iterable[int]) -> list[Segment]:
        """Return what segments of the new page were in the old one."""
        return [self.old.segments[at] for at in sorted({old for place in places for old in self.became[place].old})]

    @cached_property
    def markup(self) -> tuple[MarkupEdit, ...]:
        """The edits of the markup of what has the same words."""
        return tuple(filter(None, (self._markup_edit(step) for step in self.steps if step.same)))

    def _markup_edit(self, step: Step) -> MarkupEdit | None:
        olds, news = [self.old.segments[at] for at in step.old], [self.new.segments[at] for at in step.new]
        if not olds or not news or [old.text for old in olds] == [new.text for new in news]:
            return None
        before, after = markup_tokens(olds), markup_tokens(news)
        if before == after:
            return None
        return MarkupEdit(step.new, before, after, text_of(olds))

    @cached_property
    def removed(self) -> frozenset[int]:
        """The positions in the old page of what is no longer there."""
        return frozenset(at for step in self.steps if not step.same and not step.new for at in step.old)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The positions in the old page, by wording."""
        page = self.old.prepared
        return {text: at for at, (text, prose) in enumerate(zip(page.wordings, page.prose, strict=True)) if prose}

    def has_moved(self, at: int) -> bool:
        """Say whether segment `at` of the new page changed places with another, whichever of them counts as moved."""
        step = self.became[at]
        others = (each for each in self.steps if each.moved and step.old)
        return step.moved or any((each.old < step.old) is not (each.new < step.new) for each in others)


def diff_pages(old: Page, new: Page) -> PageDiff:
    """Return the edit script from `old` to `new`; what was rewritten beyond recognition counts as edited."""
    if old is new:
        return PageDiff(old, new, tuple(unchanged(at, at) for at in range(len(old.segments))))
    steps = diff(old.prepared, new.prepared)
    return PageDiff(old, new, tuple(_with_replacements(steps, old.segments, new.segments)))


def _with_replacements(steps: Iterable[Step], old: Sequence[Segment], new: Sequence[Segment]) -> Iterator[Step]:
    """Join what was removed and added in one place, if those are equally many segments of the same kinds."""
    run: list[Step] = []
    for step in steps:
        if not step.same and not (step.old and step.new):
            run.append(step)
            continue
        if run:
            yield from _replaced(run, old, new)
            run = []
        yield step
    yield from _replaced(run, old, new)


def _replaced(run: Sequence[Step], old: Sequence[Segment], new: Sequence[Segment]) -> Sequence[Step]:
    gone = [step for step in run if step.old]
    came = [step for step in run if step.new]
    kinds = [old[step.old[0]].kind for step in gone]
    if not gone or kinds != [new[step.new[0]].kind for step in came]:
        return run
    return [Step(before.old, after.new, same=False) for before, after in zip(gone, came, strict=True)]
