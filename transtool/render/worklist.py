"""Show a work list (`transtool todo`): what to do next, with words and the command to begin with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from transtool.assess.work_list import Task
from transtool.errors import N_
from transtool.i18n import Said, Words
from transtool.render.json_text import dumps
from transtool.render.marks import STYLES, SYMBOLS
from transtool.render.readable import prose
from transtool.render.screen import drawn, shown, unbroken

_GAP = "  "
_INDENT = 2
_NUMBER = 8
"""Columns that a table keeps for its numbers, whose head is a word."""


def render(
    tasks: Sequence[Task],
    words: Words,
    whole: str = "",
    *,
    most: int | None = None,
    colour: bool = False,
    width: int | None = None,
) -> str:
    """Return `tasks` for a terminal, the first `most` of them, what they come to, and the command that lists all."""
    if not tasks:
        return drawn([Text(words.text(N_("nothing to do")), "green")], words, colour=colour, width=width)
    listed = tasks[:most]
    total = sum(task.words for task in tasks)
    summary = words.text(N_("{counted_translations}, {counted_words}"), translations=len(tasks), words=total)
    several = len({task.language for task in listed}) > 1
    rows = [_row(task, words, several=several) for task in listed]
    parts: list[RenderableType] = [*_list(rows, words, width), Text(), Text(summary, "bold")]
    if len(listed) < len(tasks):
        more = words.text(N_("and {count} more: {command}"), count=len(tasks) - len(listed), command=Said(whole))
        parts.append(unbroken(more, "dim"))
    return drawn(parts, words, colour=colour, width=width)


def render_json(tasks: Sequence[Task]) -> str:
    """Return `tasks` as JSON, in their order."""
    document = {
        "schema": 1,
        "tasks": [
            {
                "series": task.series,
                "key": task.key,
                "language": task.language,
                "title": task.title,
                "status": task.status.value,
                "words": task.words,
                "path": task.path,
                "source": task.source_path,
                "command": task.command,
            }
            for task in tasks
        ],
    }
    return dumps(document)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One task: short cells, how many words (as a number, and with its noun), the title, the command to begin with."""

    cells: tuple[Text, ...]
    number: Text
    words: Text
    title: Text
    command: Text


def _row(task: Task, words: Words, *, several: bool) -> _Row:
    style = STYLES[task.status]
    cells = [Text.assemble((f"{SYMBOLS[task.status]} ", style), shown(words.status(task.status), words, style))]
    cells += [shown(words.language(task.language), words)] if several else []
    cells += [shown(f"{task.series} {task.key}", words, "bold")]
    return _Row(
        cells=tuple(cells),
        number=Text(words.number(task.words)),
        words=shown(words.counted("words", task.words), words),
        title=shown(prose(task.title), words),
        command=Text(task.command, "cyan"),
    )


def _list(rows: Sequence[_Row], words: Words, width: int | None) -> Iterator[RenderableType]:
    """Give the tasks as one table; where that is too wide, each in lines of its own, the command in the last."""
    columns = [max(cell.cell_len for cell in column) for column in zip(*(row.cells for row in rows), strict=True)]
    number = max(_NUMBER, *(row.number.cell_len for row in rows))
    title, command = (max(cells) for cells in zip(*((r.title.cell_len, r.command.cell_len) for r in rows), strict=True))
    if width is None or sum(columns) + number + title + command + len(_GAP) * (len(columns) + 3) <= width:
        yield _table(rows, words)
        return
    phrase = max(row.words.cell_len for row in rows)
    for row in rows:
        cells = [_padded(cell, each) for cell, each in zip(row.cells, columns, strict=True)]
        line = Text(_GAP).join([*cells, Text(" " * (phrase - row.words.cell_len)) + row.words])
        yield from _lines(row, line if line.cell_len <= width else Text(_GAP).join([*row.cells, row.words]), width)


def _lines(row: _Row, line: Text, width: int) -> Iterator[RenderableType]:
    """Give one task: the title with the rest where it fits; the command unbroken, so that it can be copied."""
    fits = line.cell_len + len(_GAP) + row.title.cell_len <= width
    yield Text(_GAP).join([line, row.title]) if fits else line
    if not fits:
        yield Padding(row.title, (0, 0, 0, _INDENT), expand=False)
    yield unbroken(row.command.plain, "cyan", _INDENT)


def _padded(cell: Text, width: int) -> Text:
    padded = cell.copy()
    padded.pad_right(width - cell.cell_len)
    return padded


def _table(rows: Sequence[_Row], words: Words) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(shown(words.text(N_("status")), words), no_wrap=True)
    if len(rows[0].cells) > 2:
        table.add_column(shown(words.text(N_("language")), words), no_wrap=True)
    table.add_column(shown(words.episode(), words), no_wrap=True)
    table.add_column(shown(words.text(N_("words")), words), justify="right", no_wrap=True)
    table.add_column(shown(words.text(N_("title")), words), no_wrap=True)
    table.add_column(shown(words.text(N_("begin with")), words), no_wrap=True)
    for row in rows:
        table.add_row(*row.cells, row.number, row.title, row.command)
    return table
