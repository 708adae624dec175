"""Whether the result of an update is what was wanted: what stands where, what rows hold, what is opened and closed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from transtool.model import SegmentKind
from transtool.update.balance import closed, opened
from transtool.update.groups import NEW, OURS, is_merged
from transtool.update.lead import key_of, lead_of
from transtool.update.model import Split
from transtool.update.parts import Part
from transtool.update.skeleton import Token
from transtool.update.tables import Row, is_sound, tables
from transtool.update.three import Three


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

    @property
    def begins_line(self) -> bool:
        """Whether nothing stands before it on its line but marks of quotations, if any."""
        return lead_of(self.lead, len(self.lead)) is not None


class Soundness:
    """Holds results of an update against the three pages."""

    def __init__(self, three: Three, leads: Mapping[str, str], handled: frozenset[int], split: Split) -> None:
        """Take the pages, what stands before texts of the translation, and which changes need no translator."""
        self._three, self._leads, self._handled, self._split = three, leads, handled, split
        document = three.documents[OURS]
        self._head = three.texts[OURS][: document.body_start]
        self._opened = opened(document.body)
        self._paired = closed(each.body for each in three.documents)

    def holds(self, parts: Sequence[Part]) -> bool:
        """Say whether a result has exactly the prose and code that it should have, each where it may be."""
        body = "".join(part.text for part in parts)
        wanted = [held for part in parts for held in part.holds]
        if wanted != [one.text for one in self._split(self._head + body) if is_merged(one)]:
            return False
        if not self._stand_where_they_may(parts) or not self._rows_are_whole(parts):
            return False
        now = opened(body)
        return all(now[name] == self._opened[name] for name in self._paired)

    # What stands where.

    def _stand_where_they_may(self, parts: Sequence[Part]) -> bool:
        """Say whether every text of the translation follows on its line what it followed, or what the source has.

        One that became a quotation, or is none any more, must also stand between the same as in the source.
        """
        there = [*_standing((part.text, part.key) for part in parts)]
        if any(each.key and each.lead not in self._before[each.key] for each in there):
            return False
        for before, each, after in _between(there):
            own = self._leads.get(each.key)
            if own is None or key_of(own) == each.lead or not each.begins_line:
                continue
            wanted = self._neighbours.get(each.key)
            if wanted is not None and wanted != (_same(before), _same(after)):
                return False
        return True

    @cached_property
    def _neighbours(self) -> Mapping[str, tuple[str | None, str | None]]:
        """What every text of the new source stands between."""
        there = self._standing_on(NEW)
        return {each.key: (_same(one), _same(other)) for one, each, other in _between(there) if each.key}

    @cached_property
    def _before(self) -> Mapping[str, set[str]]:
        """What stands before each text on its line, on the page of the translation and on that of the source."""
        found: dict[str, set[str]] = {}
        for page in (NEW, OURS):
            for each in self._standing_on(page):
                if each.key and (page == OURS or self._may_follow(each)):
                    found.setdefault(each.key, set()).add(each.lead)
        return found

    def _standing_on(self, page: int) -> list[_Standing]:
        there = self._three.tokens[page]
        return [*_standing((self._three.written(page, each), each.key * each.is_span) for each in there)]

    def _may_follow(self, each: _Standing) -> bool:
        """Say whether a translation may follow on its line what its source follows: where it is of the same kind.

        A text that is reworded as well becomes no quotation before somebody has seen it.
        """
        new, ours = (
            {self._three.segments[page][at].kind for at in self._three.at(page, each.key)} for page in (NEW, OURS)
        )
        return not new.isdisjoint(ours) and (not each.begins_line or not self._is_reworded(each.key))

    def _is_reworded(self, key: str) -> bool:
        return any(at in self._three.open.edited and at not in self._handled for at in self._three.at(NEW, key))

    # What rows hold.

    def _rows_are_whole(self, parts: Sequence[Part]) -> bool:
        """Say whether every row of a table is what it was, or what the source's is."""
        if not self._cells:
            return True
        made = tables(((part.text, part.key) for part in parts), self._cells)
        return is_sound(made, self._tables[1], self._tables[0], self._cells, self._is_open)

    def _is_open(self, key: str) -> bool:
        """Say whether the source was reworded, or has something new, where the translation has a text."""
        return self._is_reworded(key) or not self._three.open.added.keys().isdisjoint(self._three.at(NEW, key))

    @cached_property
    def _cells(self) -> frozenset[str]:
        """The keys of what the translation has in cells of tables."""
        ours = self._three.segments[OURS]
        there = ((each.key, each.pages[OURS]) for each in self._three.groups)
        return frozenset(key for key, at in there if at and ours[at[0]].kind is SegmentKind.CELL)

    @cached_property
    def _tables(self) -> tuple[list[list[Row]], list[list[Row]]]:
        """The tables of the new source, and of the translation."""
        return self._rows(NEW), self._rows(OURS)

    def _rows(self, page: int) -> list[list[Row]]:
        there = self._three.tokens[page]
        return tables(((self._three.written(page, each), self._key(each)) for each in there), self._cells)

    def _key(self, token: Token) -> str:
        return token.key if token.is_span and self._three.translated(token) is not None else ""


def _same(standing: _Standing | None) -> str | None:
    return None if standing is None else standing.same


def _between(there: Sequence[_Standing]) -> Iterator[tuple[_Standing | None, _Standing, _Standing | None]]:
    """Yield each with what stands before and after it."""
    return zip([None, *there], there, [*there[1:], None], strict=False)


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
