"""Which changes of the lines around texts the translation takes over from its source, and which are left."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property

from transtool.update.balance import is_in_tag
from transtool.update.definitions import one_by_one
from transtool.update.groups import NEW, OLD, OURS
from transtool.update.indented import Indented
from transtool.update.lead import lead_of
from transtool.update.merge import Splice, merge
from transtool.update.model import Left
from transtool.update.skeleton import BLANK, Token, defined, is_neutral
from transtool.update.source_lines import SourceLines
from transtool.update.three import Three


class Wanted:
    """The splices that are wanted, and what was left."""

    def __init__(self, three: Three, lines: SourceLines, code: Indented, *, moves: bool) -> None:
        """Take the pages, and whether texts are moved."""
        self._three, self._lines, self._indented, self._may_move = three, lines, code, moves
        self.left: list[Left] = []
        self.splices = self._found()

    def _found(self) -> list[Splice]:
        old, new, ours = ([token.key for token in each] for each in self._three.tokens)
        merged = merge(old, new, ours, is_neutral)
        found = [part for each in merged for part in one_by_one(self._three, self._lines, each)]
        self._leave(each for each in found if not each.certain and self._matters(each))
        slid = [self._slid(each) for each in found if each.certain]
        barred = [each for each in slid if self._loses_definition(each) or self._reads_as_code(each)]
        self._leave(barred)
        slid = [each for each in slid if each not in barred]
        wanted = [each for each in slid if self._fits(each) and (self._may_move or not self._moves(each))]
        self._leave(each for each in slid if each not in wanted and self._matters(each))
        while wrong := self.wrong(wanted):
            self._leave(each for each in wrong if self._matters(each))
            wanted = [each for each in wanted if each not in wrong]
        return wanted

    def _leave(self, splices: Iterable[Splice]) -> None:
        self.left += [self._three.conflict(each) for each in splices]

    def _ours(self, splice: Splice) -> list[Token]:
        return self._three.tokens[OURS][splice.start : splice.end]

    def _new(self, splice: Splice) -> list[Token]:
        return self._three.tokens[NEW][splice.new_start : splice.new_end]

    # Whether a splice can be made at all.

    def _reads_as_code(self, splice: Splice) -> bool:
        """Say whether a splice would put source text in the place of translated text that became code by its indent."""
        came = {at for token in self._new(splice) if token.is_span for at in self._three.at(NEW, token.key)}
        gone = {at for token in self._ours(splice) if token.is_span for at in self._three.at(OLD, token.key)}
        return not (self._indented.new.isdisjoint(came) and self._indented.old.isdisjoint(gone))

    def _loses_definition(self, splice: Splice) -> bool:
        """Say whether a link definition would go that the translation still uses."""
        defined = self._labels(NEW, self._new(splice))
        return any(label in self._lines.used for label in self._labels(OURS, self._ours(splice)) - defined)

    def _labels(self, page: int, found: Iterable[Token]) -> set[str]:
        there = (self._three.written(page, each) for each in found if each.is_span)
        return {label for text in there if (label := defined(text)) is not None}

    def _slid(self, splice: Splice) -> Splice:
        """Return an insertion that begins where a line does, if it may as well begin there."""
        new, ours = self._three.tokens[NEW], self._three.tokens[OURS]
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
        begin = [each for each in alike if self._three.begins_line(each.new_start)]
        begin = [each for each in begin if not self._in_tag(each)] or begin
        return next((each for each in begin if new[each.new_start].key != BLANK), begin[0] if begin else splice)

    def _in_tag(self, splice: Splice) -> bool:
        new = self._three.tokens[NEW]
        return splice.new_start < len(new) and is_in_tag(self._three.texts[NEW], new[splice.new_start].start)

    def _fits(self, splice: Splice) -> bool:
        """Say whether a splice begins and ends where lines do, or inside of lines on both sides."""
        ends = [(splice.start, splice.new_start), (splice.end, splice.new_end)]
        begins = [(self._three.begins_line(ours, OURS), self._three.begins_line(new)) for ours, new in ends]
        if begins[0][0] is not begins[0][1] or (begins[1][0] is not begins[1][1] and not self._wraps(splice)):
            return False
        lines = self._lines.of(splice)
        if not lines:
            return True
        return (begins[0][1] or lines[0].is_kept) and (begins[1][1] or lines[-1].is_kept)

    def _wraps(self, splice: Splice) -> bool:
        """Say whether a splice ends with what makes the text after it a quotation, or takes that away."""
        ours, new = self._three.tokens[OURS][splice.end :][:1], self._three.tokens[NEW][splice.new_end :][:1]
        if not ours or not new or ours[0].key != new[0].key or not ours[0].is_span:
            return False
        leads = (lead_of(self._three.texts[page], there[0].start) for page, there in ((OURS, ours), (NEW, new)))
        return None not in leads

    def _moves(self, splice: Splice) -> bool:
        """Say whether a text of the translation would come to stand in another place."""
        return any(token.is_span and self._three.translated(token) is not None for token in self._new(splice))

    # Whether splices can be made together.

    def wrong(self, splices: Sequence[Splice]) -> list[Splice]:
        """Return the splices after which a text of the translation would be lost or appear twice."""
        gone: Counter[str] = Counter()
        came: Counter[str] = Counter()
        for each in splices:
            gone.update(token.key for token in self._ours(each) if token.is_span)
            came.update(token.key for token in self._new(each) if token.is_span and self._three.translated(token))
        lost = {key for key in gone if gone[key] > came[key] and not self._three.may_go(key)}
        twice = {key for key in came if came[key] > gone[key]} | self._too_many(splices)
        wrong = []
        for each in splices:
            there, now = ({token.key for token in side} for side in (self._ours(each), self._new(each)))
            if there & lost or (now - there) & twice:
                wrong.append(each)
        return wrong

    def _too_many(self, splices: Sequence[Splice]) -> set[str]:
        """Return the lines that the translation would have more often than the source: it has them somewhere else."""
        there, wanted = self._counts
        more: Counter[str] = Counter()
        for each in splices:
            more.update(token.key for token in self._new(each))
            more.subtract(token.key for token in self._ours(each))
        return {
            key for key, count in more.items() if count > 0 and not is_neutral(key) and there[key] + count > wanted[key]
        }

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        """How often the translation has each token, and how often the source does."""
        there, wanted = (Counter(token.key for token in self._three.tokens[page]) for page in (OURS, NEW))
        return there, wanted

    # What is said of those that are not made.

    def _matters(self, splice: Splice) -> bool:
        """Say whether a conflict is about more than what is listed anyway, as new or reworded."""
        there = {token.key for token in self._ours(splice)}
        now = [token for token in self._new(splice) if not is_neutral(token.key)]
        if any(token.key not in there and not self._is_listed(token) for token in now):
            return True
        keys = {token.key for token in now}
        return any(not is_neutral(key) and key not in keys for key in there)

    def _is_listed(self, token: Token) -> bool:
        group = self._three.group(token) if token.is_span else None
        return group is not None and any(at in self._three.open.added for at in group.pages[NEW])
