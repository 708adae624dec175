"""Carry over to one translation what its source changed since one baseline: the bytes of the new file, and why.

The three pages are merged as sequences of tokens (`skeleton`, `groups`, `merge`); what changed inside of a text or a
block of code is merged by itself (`inline`). Afterwards the result is split again: unless its prose and code are the
wanted ones, to the letter, the change that is to blame is left out.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from transtool.assess.rules.untranslated import counts, proper_names
from transtool.document import Document
from transtool.model import Change, ChangeKind, SegmentKind
from transtool.segments import Segment, labels
from transtool.segments.views import prose_values, wording_digest
from transtool.staleness.evidence import Base, Evidence
from transtool.update.balance import closed, opened
from transtool.update.groups import NEW, OLD, OURS, Group, groups, is_merged, is_recast, label_of, spans
from transtool.update.inline import SamePlural, Sort, carry
from transtool.update.inline import Why as NotCarried
from transtool.update.lead import added, key_of, lead_of, without
from transtool.update.merge import Splice, like, merge, merged_lines
from transtool.update.model import Done, Left, Why
from transtool.update.skeleton import BLANK, DEFINITION, END_OF_LINE, Token, defined, folded, is_neutral, tokens
from transtool.update.tables import Row, is_sound, tables

Split = Callable[[str], tuple[Segment, ...]]
"""Splits the text of a whole file as the translation is split."""

_LABEL = re.compile(r"\[([^\[\]]+)\](?![(:])")
_WORDED = re.compile(
    r"(?<![\w:@.-])(?!(?:class|className|style|rel|id|sizes|srcset|allow)\s*=)[\w:@.-]+\s*=\s*"
    r"(?:\"[^\"=;]*[^\W\d_]{2}\s+[^\W\d_]{2}[^\"=;]*\"|'[^'=;]*[^\W\d_]{2}\s+[^\W\d_]{2}[^'=;]*')"
)
"""An attribute that holds several words, in a tag or a shortcode."""
_TARGET = re.compile(r"[^\n]*?\]:\s*(\S+)")
_VOID = re.compile(r"\s*!\[\]\([^()]*\)\s*\Z|\s*<(?:img|br|hr|source)\b|\s*<!--.*-->\s*\Z", re.IGNORECASE)
_CALL = re.compile(r"\s*+\{[{%][<%-]?\s*+(?P<name>[\w./-]++)[^{}]*+\}\s*+\}?\s*+\Z")
"""A line that is one tag or shortcode, perhaps the opening one of two."""

_SEAM = "\n\ue004\n"
"""Stands between texts that are looked at as one: a private character, which no text holds."""
_MARK = re.compile(r"^[ \t]*(?:#{1,6}|[-*+]|\d+[.)])[ \t]+", re.MULTILINE)
_FEW_WORDS = 3
"""Up to so many words, code says by chance what prose said elsewhere. Set by hand."""
_FAR = 8
"""How many changes, one after the other, are tried together where none of them can be made alone. Set by hand."""

_DONE = {
    Sort.TARGET: Done.TARGET,
    Sort.NUMBER: Done.NUMBER,
    Sort.CODE: Done.MARKUP,
    Sort.MARKUP: Done.MARKUP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How pages are updated.

    Whether new source text goes into the translation, whether texts are moved, how a text is split, what plurals its
    language has.
    """

    takes_source: bool
    moves: bool
    split: Split
    same_plural: SamePlural


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the new text, and the prose and code in it."""

    text: str
    holds: tuple[str, ...] = ()
    key: str = ""


@dataclass(slots=True)
class Pass:
    """What one pass over a page did: the new text, what was done, what was left, and what is new and has no place yet.

    `fresh` are the positions of segments of the source that the result does not have, by the offset in the result
    before which they belong: runs of lines of the source (see `_Runs`).
    """

    text: str
    done: Counter[Done] = field(default_factory=Counter)
    left: list[Left] = field(default_factory=list)
    fresh: list["Fresh"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fresh:
    """New text of the source, to be marked: where it belongs in the translation, its lines, and what it follows.

    `item` says how far an item of a list, which it is, is indented (None: it is a block of its own).
    """

    offset: int
    text: str
    positions: tuple[int, ...]
    source_line: int
    indent: int | None
    after_blank: bool


class Known:
    """The open changes of a page by the positions of their segments."""

    def __init__(self, source: Sequence[Segment], ours: Sequence[Segment], changes: Iterable[Change]) -> None:
        places: dict[tuple[object, ...], list[int]] = {}
        for at, segment in enumerate(source):
            places.setdefault((segment.line, segment.kind, segment.field or None, wording_digest(segment)), []).append(
                at
            )
        there: dict[tuple[object, ...], list[int]] = {}
        for at, segment in enumerate(ours):
            there.setdefault((segment.line, segment.kind, segment.text), []).append(at)
        self.edited: dict[int, Change] = {}
        self.added: dict[int, Change] = {}
        self.removed: dict[int, Change] = {}
        for change in changes:
            if change.change is ChangeKind.REMOVED:
                found = there.get((change.line, change.kind, change.present))
                into = self.removed
            else:
                found = places.get((change.source_line, change.kind, change.field, change.digest))
                into = self.edited if change.change is ChangeKind.EDITED else self.added
            if found:
                into[found.pop(0)] = change


class PagePass:
    """One pass: a baseline, the present source, and the translation."""

    def __init__(self, evidence: Evidence, base: Base, how: How) -> None:
        """Take the baseline of this pass."""
        self._how, self._base = how, base
        self._pairing = evidence.pairing
        self._old, self._new = base.diff.old, base.diff.new
        self._ours = evidence.pairing.translation
        self._document: Document = self._ours.document
        pages = (self._old.segments, self._new.segments, self._ours.segments)
        self._pages = pages
        self.known = Known(pages[NEW], pages[OURS], evidence.changes)
        self._groups = groups(base, evidence.pairing, self.known.removed)
        self._by_key: dict[str, Group] = {}
        for group in self._groups:
            self._by_key.setdefault(group.key, group)
        self._texts = [page.document.text for page in (self._old, self._new, self._ours)]
        self._tokens = [
            tokens(self._texts[page], each.document.body_start, spans(self._groups, pages[page], page))
            for page, each in enumerate((self._old, self._new, self._ours))
        ]
        self.done: Counter[Done] = Counter()
        self.left: list[Left] = []
        self.handled: set[int] = set()

    def run(self) -> Pass:
        """Return the result."""
        inner = self._inner()
        splices = self._splices()
        refused: set[Splice] = set()
        parts = self._parts(splices, inner)
        if not self._holds(parts):
            splices, inner, refused = self._bisected(splices, inner)
            parts = self._parts(splices, inner)
        body = "".join(part.text for part in parts)
        result = Pass(self._texts[OURS][: self._document.body_start] + body, Counter(self.done), [*self.left])
        for each in inner.values():
            result.done.update(each.done)
        for splice in splices:
            result.done.update(self._kinds(splice))
        result.left += [self._conflict(each) for each in refused]
        result.fresh = [fresh for splice in splices for fresh in self._fresh(splice)]
        return result

    # What changed inside of texts and code.

    def _inner(self) -> dict[str, "_Inner"]:
        found: dict[str, _Inner] = {}
        self.left += self._recast()
        for group in self._groups:
            if not group.is_single:
                made = self._joined(group)
                if made is not None:
                    found[group.key] = made
                continue
            old, new, ours = (self._pages[page][group.pages[page][0]] for page in (OLD, NEW, OURS))
            if SegmentKind.DEFINITION in (old.kind, new.kind, ours.kind):
                made = self._defined(old, new, ours)
                if made is not None:
                    found[group.key] = made
                continue
            is_code = SegmentKind.CODE in (old.kind, new.kind, ours.kind)
            is_new_code = group.pages[NEW][0] in self._indented[NEW]
            made = self._code(old, new, ours, is_prose=is_new_code) if is_code else self._prose(group, old, new, ours)
            if made is not None:
                found[group.key] = made
        return found

    def _recast(self) -> Iterator[Left]:
        """Yield what became a text of another kind, while the translation has one of the old kind."""
        before, after = self._pages[OLD], self._pages[NEW]
        for step in self._base.diff.steps:
            ours = [one for at in step.new for one in self._pairing.counterpart(at)]
            if ours and is_recast(step.old, step.new, before, after) and ours[0].kind is before[step.old[0]].kind:
                yield Left(Why.OWN, ours[0].line, after[step.new[0]].line)

    def _joined(self, group: Group) -> "_Inner | None":
        """Return texts that were split or joined on one of the pages, with what changed in them besides words."""
        segments = [[self._pages[page][at] for at in group.pages[page]] for page in (OLD, NEW, OURS)]
        if not all(segments) or not all(one.translatable for each in segments for one in each):
            return None
        if any(at in self.known.edited for at in group.pages[NEW]):
            return None
        old, new, ours = (_SEAM.join(one.text for one in each) for each in segments)
        carried = carry(old.replace(_SEAM, "\n"), new.replace(_SEAM, "\n"), ours, self._how.same_plural)
        texts = carried.text.split(_SEAM)
        if carried.why is not None or carried.text == ours or len(texts) != len(segments[OURS]):
            return None
        start, span = segments[OURS][0].start, self._texts[OURS]
        parts, done = [], start
        for one, text in zip(segments[OURS], texts, strict=True):
            parts += [span[done : one.start], text]
            done = one.end
        return _Inner("".join(parts), Counter({_DONE[sort]: 1 for sort in carried.sorts}), tuple(texts))

    def _defined(self, old: Segment, new: Segment, ours: Segment) -> "_Inner | None":
        """Return a link definition of the translation with the target of today."""
        before, after, there = (" ".join(each.text.split()) for each in (old, new, ours))
        if before == after or there == after:
            return None
        if there != before:
            self.left.append(Left(Why.OWN, ours.line, new.line))
            return None
        text = like(new.text, self._texts[OURS])
        targets = [_TARGET.match(each.text) for each in (old, new, ours)]
        if None not in targets:
            was, now, mine = (each or text for each in targets)
            if not isinstance(now, str) and not isinstance(was, str) and not isinstance(mine, str):
                rest = [each.string[: each.start(1)] + each.string[each.end(1) :] for each in (was, now)]
                if " ".join(rest[0].split()) == " ".join(rest[1].split()):
                    text = ours.text[: mine.start(1)] + now[1] + ours.text[mine.end(1) :]
        return _Inner(text, Counter([Done.TARGET]))

    def _code(self, old: Segment, new: Segment, ours: Segment, *, is_prose: bool) -> "_Inner | None":
        if old.text == new.text or not old.kind is new.kind is ours.kind:
            return None
        leads = [lead_of(self._texts[page], each.start) for page, each in enumerate((old, new, ours))]
        texts = [
            each.text if lead is None else without(each.text, lead)
            for each, lead in zip((old, new, ours), leads, strict=True)
        ]
        merged = None if None in texts or is_prose else merged_lines(*(text or "" for text in texts))
        if merged is None:
            self.left.append(Left(Why.OWN, ours.line, new.line))
            return None
        own = leads[OURS]
        text = merged if own is None else added(merged, own)
        return None if text == ours.text else _Inner(text, Counter([Done.CODE]))

    def _prose(self, group: Group, old: Segment, new: Segment, ours: Segment) -> "_Inner | None":
        at = group.pages[NEW][0]
        change = self.known.edited.get(at)
        step = self._base.diff.became[at]
        if change is None and old.text == new.text:
            return None
        before = old.text if change is None else change.before
        carried = carry(before, new.text, ours.text, self._how.same_plural)
        if carried.why is None:
            if change is not None:
                self.handled.add(at)
            if carried.text == ours.text:
                return None
            return _Inner(like(carried.text, self._texts[OURS]), Counter({_DONE[sort]: 1 for sort in carried.sorts}))
        if change is None and not step.same:
            return None
        if change is None:
            why = Why.FORM if carried.why is NotCarried.FORM else Why.OWN
            self.left.append(Left(why, ours.line, new.line))
            return None
        return _Inner(self._fitted(new.text, ours), Counter()) if self._takes([at]) else None

    def _takes(self, positions: Collection[int]) -> bool:
        """Say whether new text of the source goes into the translation: if `check` finds that it is not translated."""
        new = self._pages[NEW]
        return self._how.takes_source and (not positions or any(counts(new[at], self._names) for at in positions))

    @cached_property
    def _names(self) -> frozenset[str]:
        return proper_names(self._pages[NEW])

    def _fitted(self, text: str, ours: Segment) -> str:
        """Return text of the source as it can stand in the place of a segment of the translation."""
        if ours.kind is SegmentKind.LABEL:
            text = labels.written(text, ours.level, self._texts[OURS][ours.start - 1])
        return like(text, self._texts[OURS])

    # What changed around them.

    def _splices(self) -> list[Splice]:
        keys = [[token.key for token in each] for each in self._tokens]
        found = merge(keys[OLD], keys[NEW], keys[OURS], is_neutral)
        self.left += [self._conflict(each) for each in found if not each.certain and self._matters(each)]
        slid = [self._slid(each) for each in found if each.certain and not self._loses_definition(each)]
        self.left += [self._conflict(each) for each in slid if self._reads_as_code(each)]
        slid = [each for each in slid if not self._reads_as_code(each)]
        wanted = [each for each in slid if self._fits(each) and (self._how.moves or not self._moves(each))]
        self.left += [self._conflict(each) for each in slid if each not in wanted and self._matters(each)]
        while True:
            wrong = self._wrong(wanted)
            if not wrong:
                return wanted
            self.left += [self._conflict(each) for each in wrong if self._matters(each)]
            wanted = [each for each in wanted if each not in wrong]

    def _reads_as_code(self, splice: Splice) -> bool:
        """Say whether a splice would put source text in the place of translated text that became code by its indent."""
        came = (self._by_key[token.key].pages[NEW] for token in self._spans(NEW, splice.new_start, splice.new_end))
        gone = (self._by_key[token.key].pages[OLD] for token in self._spans(OURS, splice.start, splice.end))
        now, was = (frozenset(at for each in side for at in each) for side in (came, gone))
        return not (self._indented[NEW].isdisjoint(now) and self._indented[OLD].isdisjoint(was))

    def _spans(self, page: int, start: int, end: int) -> list[Token]:
        return [token for token in self._tokens[page][start:end] if token.is_span]

    @cached_property
    def _indented(self) -> Mapping[int, frozenset[int]]:
        """By page: the code of the new source that was prose in the old one, and that prose."""
        old, new = self._pages[OLD], self._pages[NEW]
        still = {_words(one.text) for one in new if one.translatable}
        there = {at: text for at, one in enumerate(old) if one.translatable and (text := _words(one.text)) not in still}
        had = {each.text for each in old if each.kind is SegmentKind.CODE}
        code = {
            at: f" {_words(one.text)} "
            for at, one in enumerate(new)
            if one.kind is SegmentKind.CODE and one.text not in had
        }
        found = [
            (was, at)
            for at, text in code.items()
            for was, said in there.items()
            if text.strip() == said or (said.count(" ") >= _FEW_WORDS and f" {said} " in text)
        ]
        return {OLD: frozenset(was for was, _ in found), NEW: frozenset(at for _, at in found)}

    def _loses_definition(self, splice: Splice) -> bool:
        """Say whether a link definition would go that the translation still uses."""
        defined = self._labels(NEW, splice.new_start, splice.new_end)
        return any(label in self._used for label in self._labels(OURS, splice.start, splice.end) - defined)

    def _labels(self, page: int, start: int, end: int) -> set[str]:
        there = (self._texts[page][each.start : each.end] for each in self._tokens[page][start:end] if each.is_span)
        return {label for text in there if (label := defined(text)) is not None}

    @cached_property
    def _used(self) -> frozenset[str]:
        """The labels in brackets in the translation, in lower case, other than those that define links."""
        lines = (line for line in self._document.body.splitlines() if not DEFINITION.match(line))
        return frozenset(folded(label) for label in _LABEL.findall("\n".join(lines)))

    def _wrong(self, splices: Sequence[Splice]) -> list[Splice]:
        """Return the splices after which a text of the translation would be lost or stand twice."""
        ours, new = self._tokens[OURS], self._tokens[NEW]
        gone: Counter[str] = Counter()
        came: Counter[str] = Counter()
        for each in splices:
            gone.update(token.key for token in ours[each.start : each.end] if token.is_span)
            came.update(
                token.key
                for token in new[each.new_start : each.new_end]
                if token.is_span and self._translated(token) is not None
            )
        lost = {key for key in gone if gone[key] > came[key] and not self._may_go(key)}
        twice = {key for key in came if came[key] > gone[key]} | self._too_many(splices)
        wrong = []
        for each in splices:
            there = {token.key for token in ours[each.start : each.end]}
            now = {token.key for token in new[each.new_start : each.new_end]}
            if there & lost or (now - there) & twice:
                wrong.append(each)
        return wrong

    def _too_many(self, splices: Sequence[Splice]) -> set[str]:
        """Return the lines that the translation would have more often than the source: it has them somewhere else."""
        ours, new = self._tokens[OURS], self._tokens[NEW]
        there = Counter(token.key for token in ours)
        wanted = Counter(token.key for token in new)
        more: Counter[str] = Counter()
        for each in splices:
            more.update(token.key for token in new[each.new_start : each.new_end])
            more.subtract(token.key for token in ours[each.start : each.end])
        return {
            key for key, count in more.items() if count > 0 and not is_neutral(key) and there[key] + count > wanted[key]
        }

    def _may_go(self, key: str) -> bool:
        """Say whether the source no longer has what a token stands for."""
        return key not in self._still_said

    @cached_property
    def _still_said(self) -> frozenset[str]:
        """The keys of what the source has now; what both sources have may be two groups of one key."""
        return frozenset(group.key for group in self._groups if group.pages[NEW])

    def _translated(self, token: Token) -> Group | None:
        """Return the group of a token of the new source if the translation has it."""
        group = self._by_key.get(token.key)
        return group if group is not None and group.pages[OURS] else None

    def _slid(self, splice: Splice) -> Splice:
        """Return an insertion that begins where a line does, if it may as well begin there."""
        new, ours = self._tokens[NEW], self._tokens[OURS]
        if splice.start != splice.end:
            return splice
        alike = [splice]
        while (
            alike[-1].start < len(ours)
            and alike[-1].new_end < len(new)
            and new[alike[-1].new_start].key == new[alike[-1].new_end].key == ours[alike[-1].start].key
        ):
            last = alike[-1]
            alike.append(Splice(last.start + 1, last.end + 1, last.new_start + 1, last.new_end + 1, certain=True))
        begin = [each for each in alike if self._begins_line(each.new_start)]
        return next((each for each in begin if new[each.new_start].key != BLANK), begin[0] if begin else splice)

    def _fits(self, splice: Splice) -> bool:
        """Say whether a splice begins and ends where lines do, or inside of lines on both sides."""
        ends = [(splice.start, splice.new_start), (splice.end, splice.new_end)]
        begins = [(self._begins_line(ours, OURS), self._begins_line(new)) for ours, new in ends]
        if begins[0][0] is not begins[0][1] or (begins[1][0] is not begins[1][1] and not self._wraps(splice)):
            return False
        lines = self._lines(splice)
        if not lines:
            return True
        return (begins[0][1] or lines[0].is_kept) and (begins[1][1] or lines[-1].is_kept)

    def _wraps(self, splice: Splice) -> bool:
        """Say whether a splice ends with what makes the text after it a quotation, or takes that away."""
        ours, new = self._tokens[OURS], self._tokens[NEW]
        if splice.end >= len(ours) or splice.new_end >= len(new) or ours[splice.end].key != new[splice.new_end].key:
            return False
        leads = [
            lead_of(self._texts[page], there[at].start)
            for page, there, at in ((OURS, ours, splice.end), (NEW, new, splice.new_end))
        ]
        return ours[splice.end].is_span and None not in leads

    def _begins_line(self, at: int, page: int = NEW) -> bool:
        there, text = self._tokens[page], self._texts[page]
        start = there[at].start if at < len(there) else len(text)
        before = there[at - 1].key if at else END_OF_LINE
        return before in (END_OF_LINE, BLANK) or text[start - 1 : start] in ("\n", "\r")

    def _moves(self, splice: Splice) -> bool:
        """Say whether a text of the translation would come to stand in another place."""
        return any(
            token.is_span and self._translated(token) is not None
            for token in self._tokens[NEW][splice.new_start : splice.new_end]
        )

    def _matters(self, splice: Splice) -> bool:
        """Say whether a conflict is about more than what is listed anyway, as new or reworded."""
        new, ours = self._tokens[NEW], self._tokens[OURS]
        there = {token.key for token in ours[splice.start : splice.end]}
        now = [token for token in new[splice.new_start : splice.new_end] if not is_neutral(token.key)]
        if any(token.key not in there and not self._is_listed(token) for token in now):
            return True
        keys = {token.key for token in now}
        return any(not is_neutral(key) and key not in keys for key in there)

    def _is_listed(self, token: Token) -> bool:
        group = self._by_key.get(token.key)
        return token.is_span and group is not None and any(at in self.known.added for at in group.pages[NEW])

    def _conflict(self, splice: Splice) -> Left:
        ours, new = self._tokens[OURS], self._tokens[NEW]
        return Left(
            Why.OWN,
            self._line(OURS, ours[min(splice.start, len(ours) - 1)].start) if ours else None,
            self._line(NEW, new[min(splice.new_start, len(new) - 1)].start) if new else None,
        )

    def _line(self, page: int, offset: int) -> int:
        return self._texts[page].count("\n", 0, offset) + 1

    def _kinds(self, splice: Splice) -> set[Done]:
        ours, new = self._tokens[OURS][splice.start : splice.end], self._tokens[NEW][splice.new_start : splice.new_end]
        moved = any(token.is_span and self._translated(token) for token in new)
        removed = any(token.is_span and self._may_go(token.key) for token in ours)
        written = "".join(part.text for part in self._written(splice))
        there = "".join(self._texts[OURS][token.start : token.end] for token in ours)
        lines = not moved and not removed and written != there and bool(written.strip() or there.strip())
        flags = {Done.MOVED: moved, Done.REMOVED: removed, Done.LINES: lines}
        return {kind for kind, there_is in flags.items() if there_is}

    # The result.

    def _parts(self, splices: Sequence[Splice], inner: Mapping[str, "_Inner"]) -> list[Part]:
        parts: list[Part] = []
        done = 0
        for each in sorted(splices):
            parts += [self._part(token, inner) for token in self._tokens[OURS][done : each.start]]
            parts += self._written(each, inner)
            done = each.end
        parts += [self._part(token, inner) for token in self._tokens[OURS][done:]]
        return [*self._led(parts)]

    def _led(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield the parts; a text that has become a quotation, or is none any more, gets the marks on all its lines."""
        line = ""
        for part in parts:
            own, now = self._leads.get(part.key), _lead(line)
            if own is not None and now is not None and key_of(own) != key_of(now):
                moved = [text if (bare := without(text, own)) is None else added(bare, now) for text in part.holds]
                if len(moved) == 1 and part.holds == (part.text,):
                    part = Part(moved[0], (moved[0],), part.key)
            yield part
            line = part.text if "\n" in part.text else line + part.text
            line = line[line.rfind("\n") + 1 :]

    @cached_property
    def _leads(self) -> Mapping[str, str]:
        """What stands before each text of the translation on its line, where that is no more than marks and blanks."""
        found = {token.key: lead_of(self._texts[OURS], token.start) for token in self._tokens[OURS] if token.is_span}
        return {key: lead for key, lead in found.items() if lead is not None}

    def _part(self, token: Token, inner: Mapping[str, "_Inner"]) -> Part:
        """Return a token of the translation, with what changed in it."""
        text = self._texts[OURS][token.start : token.end]
        if not token.is_span:
            return Part(text)
        made = inner.get(token.key)
        if made is not None:
            return Part(made.text, made.holds or (made.text,), token.key)
        inside = (one for one in self._pages[OURS] if token.start <= one.start and one.end <= token.end)
        return Part(text, tuple(one.text for one in inside if is_merged(one)), token.key)

    def _written(self, splice: Splice, inner: Mapping[str, "_Inner"] | None = None) -> list[Part]:
        """Return what a splice puts in the place of what it takes away."""
        lines = self._lines(splice)
        kept = [line for line in lines if line.is_kept]
        if len(kept) == len(lines):
            return [self._new_part(token, inner or {}) for line in lines for token in line.tokens]
        return [
            self._new_part(token, inner or {})
            for at, line in enumerate(lines)
            if line.is_kept and not (line.is_blank and not _is_wanted(lines, at))
            for token in line.tokens
        ]

    def _new_part(self, token: Token, inner: Mapping[str, "_Inner"]) -> Part:
        group = self._translated(token) if token.is_span else None
        if group is not None:
            there = next(each for each in self._tokens[OURS] if each.key == token.key)
            return self._part(there, inner)
        text = like(self._texts[NEW][token.start : token.end], self._texts[OURS])
        if not token.is_span:
            return Part(self._style.get(token.key, text) if token.key.strip() else text)
        inside = (one for one in self._pages[NEW] if token.start <= one.start and one.end <= token.end)
        return Part(text, tuple(like(one.text, self._texts[OURS]) for one in inside if is_merged(one)))

    @cached_property
    def _style(self) -> Mapping[str, str]:
        """How the translation writes the marks of list items, where it always does it in one way."""
        found: dict[str, set[str]] = {}
        for token in self._tokens[OURS]:
            if not token.is_span and is_neutral(token.key) and token.key.strip():
                found.setdefault(token.key, set()).add(self._texts[OURS][token.start : token.end])
        return {key: next(iter(texts)) for key, texts in found.items() if len(texts) == 1 and "|" not in key}

    def _lines(self, splice: Splice) -> list["_Line"]:
        """Return what a splice adds, line by line, with whether each may go into the translation as it is."""
        found: list[_Line] = []
        run: list[Token] = []
        for token in self._tokens[NEW][splice.new_start : splice.new_end]:
            run.append(token)
            if not token.is_span and self._texts[NEW][token.start : token.end].endswith(("\n", "\r")):
                found.append(self._as_line(run))
                run = []
        if run:
            found.append(self._as_line(run))
        if self._how.takes_source and all(line.is_kept or line.is_blank for line in found):
            return found
        if any(line.fresh for line in found):
            text = "".join(self._text(NEW, line.tokens) for line in found)
            found = [replace(line, is_kept=line.is_kept and self._stands_alone(line, text)) for line in found]
        return [*_in_blocks(found)]

    def _text(self, page: int, run: Sequence[Token]) -> str:
        return self._texts[page][run[0].start : run[-1].end] if run else ""

    def _stands_alone(self, line: "_Line", run: str) -> bool:
        """Say whether a line without prose says something by itself and is not put around the prose of a run."""
        text = self._text(NEW, line.tokens)
        if line.is_blank or line.moved or any(token.is_span for token in line.tokens):
            return True
        call = _CALL.match(text)
        if call is not None:
            name = re.escape(call["name"].lstrip("/"))
            return not call["name"].startswith(("/", "end")) and not re.search(rf"[{{%<-]\s*+(?:/|end){name}\b", run)
        return _VOID.match(text) is not None

    def _as_line(self, run: Sequence[Token]) -> "_Line":
        prose = [token for token in run if token.is_span]
        moved = any(self._translated(token) for token in prose)
        fresh = tuple(at for token in prose for at in self._fresh_positions(token))
        is_left_out = any(not self._translated(token) and not self._is_fresh_or_code(token) for token in prose)
        text = self._text(NEW, run)
        is_worded = not prose and (_WORDED.search(text) is not None or any(prose_values(text)))
        is_unused = any(label not in self._used for label in self._labels_of(run))
        keeps = self._takes(fresh) or not (fresh or is_worded or is_unused)
        is_blank = all(token.key == BLANK for token in run)
        return _Line(tuple(run), keeps and not is_left_out, moved, fresh, is_blank, is_worded)

    def _labels_of(self, run: Sequence[Token]) -> set[str]:
        """Return the labels of the link definitions among some tokens of the new source."""
        groups = (self._by_key[token.key] for token in run if token.is_span)
        found = (label_of(self._pages[NEW][at]) for group in groups for at in group.pages[NEW])
        return {label for label in found if label is not None}

    def _is_fresh_or_code(self, token: Token) -> bool:
        return bool(self._fresh_positions(token)) or self._is_code(token)

    def _is_code(self, token: Token) -> bool:
        group = self._by_key.get(token.key)
        opaque = (SegmentKind.CODE, SegmentKind.DEFINITION)
        return group is not None and all(self._pages[NEW][at].kind in opaque for at in group.pages[NEW])

    def _fresh_positions(self, token: Token) -> tuple[int, ...]:
        group = self._by_key.get(token.key)
        if group is None or group.pages[OURS]:
            return ()
        return tuple(at for at in group.pages[NEW] if at in self.known.added)

    def _fresh(self, splice: Splice) -> Iterator[Fresh]:
        """Yield what of a splice is new text to be marked; only where nothing else of the page has to change."""
        if self._how.takes_source or not self._begins_line(splice.new_start):
            return
        ours = self._tokens[OURS]
        before = ours[splice.start - 1] if splice.start else None
        offset = ours[splice.start].start if splice.start < len(ours) else len(self._texts[OURS])
        after_blank = before is None or before.key == BLANK
        for block in _blocks(self._lines(splice)):
            lines = [line for line in block if not line.is_kept and not line.is_blank]
            positions = tuple(at for line in lines for at in line.fresh)
            if positions or any(line.is_worded for line in lines):
                first, last = lines[0].tokens[0], lines[-1].tokens[-1]
                text = self._texts[NEW][first.start : last.end].strip("\r\n")
                line = self._line(NEW, first.start)
                yield Fresh(offset, text, positions, line, self._indent(lines[0]), after_blank)

    def _indent(self, line: "_Line") -> int | None:
        first = line.tokens[0]
        if first.is_span or not is_neutral(first.key) or "|" in first.key or not first.key.strip():
            return None
        return len(self._texts[NEW][first.start : first.end].expandtabs(4))

    # Whether the result is what was wanted.

    def _holds(self, parts: Sequence[Part]) -> bool:
        body = "".join(part.text for part in parts)
        text = self._texts[OURS][: self._document.body_start] + body
        wanted = [held for part in parts for held in part.holds]
        if wanted != [one.text for one in self._how.split(text) if is_merged(one)]:
            return False
        if not self._stand_where_they_may(parts) or not self._rows_are_whole(parts):
            return False
        now = opened(body)
        return all(now[name] == self._opened[name] for name in self._paired)

    def _stand_where_they_may(self, parts: Sequence[Part]) -> bool:
        """Say whether every text of the translation follows on its line what it followed, or what the source has.

        One that became a quotation, or is none any more, must also stand between the same as in the source.
        """
        there = [*_standing((part.text, part.key) for part in parts)]
        if any(each.key and each.lead not in self._before[each.key] for each in there):
            return False
        for before, each, after in zip([None, *there], there, [*there[1:], None], strict=False):
            own = self._leads.get(each.key)
            if own is None or key_of(own) == each.lead or _lead(each.lead) is None:
                continue
            wanted = self._neighbours.get(each.key)
            if wanted is not None and wanted != (_same(before), _same(after)):
                return False
        return True

    def _rows_are_whole(self, parts: Sequence[Part]) -> bool:
        """Say whether every row of a table is what it was, or what the source's is."""
        if not self._cells:
            return True
        made = tables(((part.text, part.key) for part in parts), self._cells)
        return is_sound(made, self._tables[1], self._tables[0], self._cells, self._is_reworded)

    @cached_property
    def _cells(self) -> frozenset[str]:
        """The keys of what the translation has in cells of tables."""
        ours = self._pages[OURS]
        return frozenset(
            each.key for each in self._groups if each.pages[OURS] and ours[each.pages[OURS][0]].kind is SegmentKind.CELL
        )

    @cached_property
    def _tables(self) -> tuple[list[list[Row]], list[list[Row]]]:
        """The tables of the new source, and of the translation."""
        pieces = [
            [(self._texts[page][each.start : each.end], self._key_in_row(each)) for each in self._tokens[page]]
            for page in (NEW, OURS)
        ]
        return tables(pieces[0], self._cells), tables(pieces[1], self._cells)

    def _key_in_row(self, token: Token) -> str:
        return token.key if token.is_span and self._translated(token) is not None else ""

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """What every text of the new source stands between."""
        text = self._texts[NEW]
        there = [*_standing((text[each.start : each.end], each.key * each.is_span) for each in self._tokens[NEW])]
        around = zip([None, *there], there, [*there[1:], None], strict=False)
        return {each.key: (_same(before), _same(after)) for before, each, after in around if each.key}

    @cached_property
    def _before(self) -> Mapping[str, set[str]]:
        """What stands before each text on its line, on the page of the translation and on that of the source."""
        found: dict[str, set[str]] = {}
        for page in (NEW, OURS):
            line = ""
            for token in self._tokens[page]:
                # A text that is reworded as well becomes no quotation before somebody has seen it.
                if token.is_span and (
                    page == OURS or (self._is_alike(token) and (_lead(line) is None or not self._is_open(token)))
                ):
                    found.setdefault(token.key, set()).add(key_of(line))
                text = self._texts[page][token.start : token.end]
                line = text if "\n" in text else line + text
                line = "" if token.is_span else line[line.rfind("\n") + 1 :]
        return found

    def _is_alike(self, token: Token) -> bool:
        """Say whether a text of the source is of the same kind as its translation."""
        new, ours = ({self._pages[page][at].kind for at in self._by_key[token.key].pages[page]} for page in (NEW, OURS))
        return not new.isdisjoint(ours)

    def _is_open(self, token: Token) -> bool:
        return self._is_reworded(token.key)

    def _is_reworded(self, key: str) -> bool:
        group = self._by_key[key]
        return any(at in self.known.edited and at not in self.handled for at in group.pages[NEW])

    @cached_property
    def _opened(self) -> Counter[str]:
        return opened(self._document.body)

    @cached_property
    def _paired(self) -> frozenset[str]:
        """What has to be closed where it is opened."""
        return closed(page.document.body for page in (self._old, self._new, self._ours))

    def _bisected(
        self, splices: Sequence[Splice], inner: Mapping[str, "_Inner"]
    ) -> tuple[list[Splice], dict[str, "_Inner"], set[Splice]]:
        """Return what can be done without anything else changing: change by change."""
        kept: list[Splice] = []
        texts: dict[str, _Inner] = {}
        for key, each in inner.items():
            if self._holds(self._parts(kept, {**texts, key: each})):
                texts[key] = each
        waiting: list[Splice] = []
        for splice in splices:
            # What opens and what closes something may be in two places, with more between them.
            for more in ([splice], *([*waiting[-count:], splice] for count in range(1, min(_FAR, len(waiting)) + 1))):
                tried = sorted([*kept, *more])
                if not self._wrong(tried) and self._holds(self._parts(tried, texts)):
                    kept = tried
                    waiting = [each for each in waiting if each not in more]
                    break
            else:
                waiting.append(splice)
        return kept, texts, set(waiting)


@dataclass(frozen=True, slots=True)
class _Inner:
    """The new text of a segment of the translation, and what was done in it."""

    text: str
    done: Counter[Done]
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that the source added: whether the translation gets it as it is, and which new prose is on it."""

    tokens: tuple[Token, ...]
    is_kept: bool
    moved: bool
    fresh: tuple[int, ...]
    is_blank: bool
    is_worded: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    """A text or a line of a page: its key (none for a line), and what stands before it on its line."""

    key: str
    lead: str
    text: str

    @property
    def same(self) -> str:
        """What is equal for the same thing on two pages."""
        return f"{self.lead}{self.key or self.text}"


def _same(standing: "_Standing | None") -> str | None:
    return None if standing is None else standing.same


def _standing(pieces: Iterable[tuple[str, str]]) -> Iterator[_Standing]:
    """Yield the texts of a page and the lines between them that say anything, given its pieces with their keys."""
    line = ""
    for text, key in pieces:
        if key:
            yield _Standing(key, key_of(line), "")
            line = ""
            continue
        line += text
        while "\n" in line:
            whole, _, line = line.partition("\n")
            if whole.strip(" \t\r>"):
                yield _Standing("", "", " ".join(whole.split()))


def _words(text: str) -> str:
    """Return a text without line ends and the marks of headings and list items."""
    return " ".join(_MARK.sub("", text).split())


def _lead(line: str) -> str | None:
    return lead_of(line, len(line))


def _blocks(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield runs of lines without blank ones."""
    run: list[_Line] = []
    for line in lines:
        if line.is_blank:
            if run:
                yield run
            run = []
        else:
            run.append(line)
    if run:
        yield run


def _in_blocks(lines: Sequence[_Line]) -> Iterator[_Line]:
    """Yield the lines; with one that is left out, all of its block are, unless translated text is in it."""
    run: list[_Line] = []
    for line in [*lines, None]:
        if line is not None and not line.is_blank:
            run.append(line)
            continue
        left_out = any(not each.is_kept for each in run) and not any(each.moved for each in run)
        for each in run:
            yield replace(each, is_kept=False) if left_out else each
        run = []
        if line is not None:
            yield line


def _is_wanted(lines: Sequence[_Line], at: int) -> bool:
    """Say whether a blank line goes with something that is kept: the lines before it, or those after it at the end."""
    if at and not lines[at - 1].is_blank:
        return lines[at - 1].is_kept
    return at + 1 < len(lines) and lines[at + 1].is_kept
