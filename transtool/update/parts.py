"""The new text of a translation, piece by piece."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from transtool.update.groups import NEW, OLD, OURS, is_merged
from transtool.update.inside import Made
from transtool.update.lead import added, key_of, lead_of, without
from transtool.update.merge import Splice, like
from transtool.update.skeleton import Token, is_neutral
from transtool.update.source_lines import SourceLines
from transtool.update.three import Three


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the new text, the prose and code in it, and the key that it has as a token of the translation."""

    text: str
    holds: tuple[str, ...] = ()
    key: str = ""


class Writer:
    """Writes the new text of a translation, given the splices and the new texts of tokens."""

    def __init__(self, three: Three, lines: SourceLines) -> None:
        self._three, self._lines = three, lines
        self._inside: dict[tuple[int, Token], tuple[str, ...]] = {}

    def parts(self, splices: Iterable[Splice], made: Mapping[str, Made]) -> list[Part]:
        """Return the pieces of the new text."""
        ours = self._three.tokens[OURS]
        parts: list[Part] = []
        done = 0
        for each in sorted(splices):
            parts += [self._part(token, made) for token in ours[done : each.start]]
            parts += self.written(each, made)
            done = each.end
        parts += [self._part(token, made) for token in ours[done:]]
        return [*self._led(parts)]

    def written(self, splice: Splice, made: Mapping[str, Made]) -> list[Part]:
        """Return what a splice puts in the place of what it takes away."""
        parts = [self._new_part(token, made) for token in self._lines.kept(splice)]
        gone = self._gone(splice)
        return [part if part.key or part.holds else Part(_in_words(part.text, gone)) for part in parts]

    def _gone(self, splice: Splice) -> Mapping[str, str]:
        """Return what the old source and the translation said in texts that a splice takes away."""
        found = (self._three.group(token) for token in self._three.tokens[OURS][splice.start : splice.end])
        gone = [each.pages for each in found if each is not None and not each.pages[NEW]]
        old, ours = self._three.segments[OLD], self._three.segments[OURS]
        return {old[was[0]].text: ours[now[0]].text for was, _, now in gone if len(was) == len(now) == 1}

    @cached_property
    def leads(self) -> Mapping[str, str]:
        """What stands before each text of the translation on its line, where that is only marks and blanks."""
        text = self._three.texts[OURS]
        found = {token.key: lead_of(text, token.start) for token in self._three.tokens[OURS] if token.is_span}
        return {key: lead for key, lead in found.items() if lead is not None}

    def _led(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield the parts; a text that has become a quotation, or is none any more, gets the marks on all its lines."""
        line = ""
        for part in parts:
            own, now = self.leads.get(part.key), lead_of(line, len(line))
            if own is not None and now is not None and key_of(own) != key_of(now):
                moved = [text if (bare := without(text, own)) is None else added(bare, now) for text in part.holds]
                if len(moved) == 1 and part.holds == (part.text,):
                    part = Part(moved[0], (moved[0],), part.key)
            yield part
            line = part.text if "\n" in part.text else line + part.text
            line = line[line.rfind("\n") + 1 :]

    def _part(self, token: Token, made: Mapping[str, Made]) -> Part:
        """Return a token of the translation, with what changed in it."""
        text = self._three.written(OURS, token)
        if not token.is_span:
            return Part(text)
        now = made.get(token.key)
        if now is not None:
            return Part(now.text, now.holds, token.key)
        return Part(text, self._held(OURS, token), token.key)

    def _new_part(self, token: Token, made: Mapping[str, Made]) -> Part:
        """Return a token of the new source, as the translation has it or writes such things."""
        if token.is_span and self._three.translated(token) is not None:
            return self._part(self._three.tokens[OURS][self._three.places[token.key]], made)
        text = like(self._three.written(NEW, token), self._three.texts[OURS])
        if not token.is_span:
            return Part(text if text.endswith(("\n", "\r")) else self._style.get(token.key, text))
        return Part(text, tuple(like(each, self._three.texts[OURS]) for each in self._held(NEW, token)))

    def _held(self, page: int, token: Token) -> tuple[str, ...]:
        """Return the prose and code in a token of a page; every try to write the page asks for that of all of them."""
        if (page, token) not in self._inside:
            inside = (one for one in self._three.segments[page] if token.start <= one.start and one.end <= token.end)
            self._inside[page, token] = tuple(one.text for one in inside if is_merged(one))
        return self._inside[page, token]

    @cached_property
    def _style(self) -> Mapping[str, str]:
        """How the translation writes the marks of list items, where it always does it in one way."""
        found: dict[str, set[str]] = {}
        for token in self._three.tokens[OURS]:
            text = self._three.written(OURS, token)
            if not token.is_span and is_neutral(token.key) and token.key.strip() and not text.endswith(("\n", "\r")):
                found.setdefault(token.key, set()).add(text)
        return {key: next(iter(texts)) for key, texts in found.items() if len(texts) == 1 and "|" not in key}


def _in_words(line: str, said: Mapping[str, str]) -> str:
    """Return a line of the source whose attributes have the words of the translation, where those stood nearby."""
    for was, now in said.items():
        for before, after in (('="', '"'), ("='", "'"), *((("=", " "),) if " " not in now else ())):
            line = line.replace(f"{before}{was}{after}", f"{before}{now}{after}")
    return line
