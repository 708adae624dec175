"""Rows of tables in an update: a row stays as it was, or becomes what the source's row is, cell by cell.

A merge of tokens knows nothing of rows: it may take a cell from one and leave it to another. What it makes is
therefore held against the rows that there were.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

Row = tuple[str, ...]
"""What the cells of a row hold: the key of a text, or what is written there."""

_BORDER = re.compile(r"(?<!\\)\|")
_LEAD = re.compile(r"[ \t>]*\Z")


def tables(pieces: Iterable[tuple[str, str]], cells: Collection[str]) -> list[list[Row]]:
    """Return the rows of each table of a page, given its pieces with their keys and the keys of texts in cells."""
    found: list[list[Row]] = [[]]
    for line in _lines(pieces):
        keys = [text for text, is_key in line if is_key]
        row = _row(line)
        if len(row) > 1 and all(key in cells for key in keys):
            found[-1].append(row)
        elif found[-1]:
            found.append([])
    return [each for each in found if each]


def is_sound(
    made: Sequence[Sequence[Row]],
    ours: Sequence[Sequence[Row]],
    new: Sequence[Sequence[Row]],
    cells: Collection[str],
    is_open: Callable[[str], bool],
) -> bool:
    """Say whether the tables of a result are made of whole rows, and have as many columns in each as before.

    `ours` are those of the translation, `new` those of the source. `is_open` says of the key of a text in a cell (those
    are `cells`) whether its source is another: then no other cell of its row is emptied before somebody has seen it.
    """
    before, after = ([row for table in each for row in table] for each in (ours, new))
    known = {*before}
    for row in (row for table in made for row in table):
        if row not in known and not _may_be(row, before, after, cells, is_open):
            return False
    return _uneven(made) <= _uneven(ours)


def _may_be(
    row: Row, before: Sequence[Row], after: Sequence[Row], cells: Collection[str], is_open: Callable[[str], bool]
) -> bool:
    keys = [cell for cell in row if cell in cells]
    if not keys:
        return True
    ours, new = ([each for each in rows if not {*each}.isdisjoint(keys)] for rows in (before, after))
    is_settled = not any(is_open(key) for key in keys)
    for now in new:
        if len(ours) == 1 and len(row) == len(now) == len(ours[0]):
            if any(cell not in pair for cell, *pair in zip(row, ours[0], now, strict=True)):
                continue
            lost = {cell for cell in ours[0] if cell in cells}.difference(keys)
            return is_settled or not lost
    return is_settled and row in after


def _uneven(found: Iterable[Sequence[Row]]) -> int:
    return sum(len({len(row) for row in table}) > 1 for table in found)


def _row(line: Sequence[tuple[str, bool]]) -> Row:
    """Return the cells of a line: one, where it is not a row."""
    cells = [""]
    for text, is_key in line:
        first, *rest = [text] if is_key else _BORDER.split(text)
        cells[-1] += first if is_key else first.strip()
        cells += [each.strip() for each in rest]
    if len(cells) > 1 and _LEAD.match(cells[0]):
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return (*cells, "") if len(cells) == 1 and any("|" in text for text, is_key in line if not is_key) else (*cells,)


def _lines(pieces: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, bool]]]:
    """Yield the lines of a page as pieces: text, or the key of one (True). What spans several cells has no key."""
    line: list[tuple[str, bool]] = []
    for text, key in pieces:
        if key and not _BORDER.search(text):
            line.append((key, True))
            continue
        first, *rest = text.split("\n")
        line.append((first, False))
        for each in rest:
            yield line
            line = [(each, False)]
    yield line
