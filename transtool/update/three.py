"""One page three times: its old source, its new one and its translation, as tokens with keys in common."""

from collections.abc import Mapping
from functools import cached_property

from transtool.staleness.evidence import Base
from transtool.staleness.pairing import Pairing
from transtool.update.groups import NEW, OLD, OURS, Group, groups, spans
from transtool.update.inline import without_ends
from transtool.update.layout import Ends, laid_out
from transtool.update.merge import Splice
from transtool.update.model import Left, Why
from transtool.update.open_changes import OpenChanges
from transtool.update.skeleton import BLANK, END_OF_LINE, Token, tokens


class Three:
    """The pages by number (`OLD`, `NEW`, `OURS`): documents, texts, segments and tokens; and what is open in them."""

    def __init__(self, base: Base, pairing: Pairing, still_open: OpenChanges) -> None:
        pages = (base.diff.old, base.diff.new, pairing.translation)
        self.base, self.pairing, self.open = base, pairing, still_open
        self.documents = [page.document for page in pages]
        self.segments = [page.segments for page in pages]
        self.texts = [page.document.text for page in pages]
        self.groups = groups(base, pairing, still_open.removed)
        self._by_key: dict[str, Group] = {}
        for group in self.groups:
            self._by_key.setdefault(group.key, group)
        self.tokens = [
            tokens(self.texts[page], each.body_start, spans(self.groups, self.segments[page], page))
            for page, each in enumerate(self.documents)
        ]
        self.tokens[OLD] = laid_out(self.tokens[OLD], self.tokens[OURS], self.texts[OURS], self._dropped())

    def _dropped(self) -> dict[str, Ends]:
        """Return by its key what tags stood around a text on its lines in the old source only."""
        found: dict[str, Ends] = {}
        for group in self.groups:
            if all(group.pages):
                old, *others = ([self.segments[page][at].text for at in group.pages[page]] for page in (OLD, NEW, OURS))
                ends = without_ends(old[0])[0], without_ends(old[-1])[2]
                rest = [without_ends(each[0])[0] + without_ends(each[-1])[2] for each in others]
                if any(ends) and not any(rest):
                    found[group.key] = ends
        return found

    def group(self, token: Token) -> Group | None:
        """Return the group that a token stands for; None for a piece of the lines between."""
        return self._by_key.get(token.key)

    def at(self, page: int, key: str) -> tuple[int, ...]:
        """Return the positions of the segments on a page that the key of a span stands for."""
        return self._by_key[key].pages[page]

    def translated(self, token: Token) -> Group | None:
        """Return the group of a token of the new source if the translation has it."""
        group = self.group(token)
        return group if group is not None and group.pages[OURS] else None

    def new_positions(self, token: Token) -> tuple[int, ...]:
        """Return the positions of what a token of the new source has that nobody has translated yet."""
        group = self.group(token)
        if group is None or group.pages[OURS]:
            return ()
        return tuple(at for at in group.pages[NEW] if at in self.open.added)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The positions of the texts of the translation among its tokens, by their keys."""
        return {token.key: at for at, token in enumerate(self.tokens[OURS]) if token.is_span}

    def may_go(self, key: str) -> bool:
        """Say whether the source no longer has what a token stands for."""
        return key not in self._still_said

    @cached_property
    def _still_said(self) -> frozenset[str]:
        """The keys of what the source has now; what both sources have may be two groups of one key."""
        return frozenset(group.key for group in self.groups if group.pages[NEW])

    def written(self, page: int, token: Token) -> str:
        """Return what a token is on its page."""
        return self.texts[page][token.start : token.end]

    def begins_line(self, at: int, page: int = NEW) -> bool:
        """Say whether a line begins before the token at a position."""
        there, text = self.tokens[page], self.texts[page]
        start = there[at].start if at < len(there) else len(text)
        before = there[at - 1].key if at else END_OF_LINE
        return before in (END_OF_LINE, BLANK) or text[start - 1 : start] in ("\n", "\r")

    def line(self, page: int, offset: int) -> int:
        """Return the number of the line that an offset of a page is on, from 1."""
        return self.texts[page].count("\n", 0, offset) + 1

    def conflict(self, splice: Splice) -> Left:
        """Return a splice that is not made as something to look at."""
        ours, new = self.tokens[OURS], self.tokens[NEW]
        return Left(
            Why.OWN,
            self.line(OURS, ours[min(splice.start, len(ours) - 1)].start) if ours else None,
            self.line(NEW, new[min(splice.new_start, len(new) - 1)].start) if new else None,
        )
