"""Link definitions in a merge: their order says nothing, so each is added and removed by itself."""

from collections.abc import Iterator

from transtool.model import SegmentKind
from transtool.update.groups import NEW, OLD, OURS, label_of
from transtool.update.merge import Splice
from transtool.update.skeleton import BLANK, END_OF_LINE, Token
from transtool.update.source_lines import SourceLines
from transtool.update.three import Three


def one_by_one(three: Three, lines: SourceLines, splice: Splice) -> list[Splice]:
    """Return a splice of link definitions among others as one for each of them; any other splice as it is."""
    there = [*_definitions(three, OURS, max(0, splice.start - 2), min(splice.end + 1, len(three.tokens[OURS])))]
    if not there or not _is_pure(three, splice):
        return [splice]
    removed = (at for at in there if splice.start <= at < splice.end and _may_go(three, lines, at))
    found = [Splice(at, _after(three, OURS, at), splice.new_start, splice.new_start, certain=True) for at in removed]
    for at in _definitions(three, NEW, splice.new_start, splice.new_end):
        group = three.group(three.tokens[NEW][at])
        if group is None or group.pages[OURS] or group.pages[OLD]:
            continue
        place = min(max(splice.start, _place(three, at)), splice.end)
        if not three.begins_line(place, OURS) and three.tokens[OURS][place].key == END_OF_LINE:
            place += 1
        made = Splice(place, place, at, _after(three, NEW, at), certain=True)
        if three.begins_line(place, OURS) and all(line.is_kept for line in lines.of(made)):
            found.append(made)
    return found


def _is_definition(three: Three, page: int, token: Token) -> bool:
    positions = three.at(page, token.key) if token.is_span else ()
    return bool(positions) and all(three.segments[page][at].kind is SegmentKind.DEFINITION for at in positions)


def _definitions(three: Three, page: int, start: int, end: int) -> Iterator[int]:
    return (at for at in range(start, end) if _is_definition(three, page, three.tokens[page][at]))


def _is_pure(three: Three, splice: Splice) -> bool:
    sides = ((OURS, splice.start, splice.end), (NEW, splice.new_start, splice.new_end))
    return all(
        token.key in (END_OF_LINE, BLANK) or _is_definition(three, page, token)
        for page, start, end in sides
        for token in three.tokens[page][start:end]
    )


def _may_go(three: Three, lines: SourceLines, at: int) -> bool:
    """Say whether the source no longer has a link definition of the translation, which does not use it either."""
    group = three.group(three.tokens[OURS][at])
    if group is None or group.pages[NEW] or not group.pages[OLD]:
        return False
    return all(label_of(three.segments[OURS][one]) not in lines.used for one in group.pages[OURS])


def _after(three: Three, page: int, at: int) -> int:
    """Return the token that begins after the line of one."""
    there = three.tokens[page]
    return at + 2 if at + 1 < len(there) and there[at + 1].key == END_OF_LINE else at + 1


def _place(three: Three, at: int) -> int:
    """Return the token of the translation before which a new definition belongs: after the one that it follows."""
    for before in reversed(three.tokens[NEW][:at]):
        if before.is_span:
            place = three.places.get(before.key)
            if not _is_definition(three, NEW, before):
                break
            if place is not None:
                return _after(three, OURS, place)
    return 0
