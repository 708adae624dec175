"""Show a work list (`transtool todo`): what to do next, with words and the command to begin with."""

import json
from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from transtool.errors import N_
from transtool.render.marks import STYLES, SYMBOLS
from transtool.render.screen import drawn, shown
from transtool.todo import Task
from transtool.wording import Words


def render(
    tasks: Sequence[Task], words: Words, *, most: int | None = None, colour: bool = False, width: int | None = None
) -> str:
    """Return `tasks` for a terminal, the first `most` of them, and what they come to."""
    if not tasks:
        return drawn([Text(words.text(N_("nothing to do")), "green")], words, colour=colour, width=width)
    listed = tasks[:most]
    total = sum(task.words for task in tasks)
    summary = words.text(N_("{counted_translations}, {counted_words}"), translations=len(tasks), words=total)
    parts: list[RenderableType] = [_table(listed, words), Text(), Text(summary, "bold")]
    if len(listed) < len(tasks):
        more = words.text(N_("and {more} more (--all)"), more=len(tasks) - len(listed))
        parts.append(Text(more, "dim"))
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
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _table(tasks: Sequence[Task], words: Words) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    several = len({task.language for task in tasks}) > 1
    table.add_column(words.text(N_("status")), no_wrap=True)
    if several:
        table.add_column(words.text(N_("language")), no_wrap=True)
    table.add_column(words.text(N_("episode")), no_wrap=True)
    table.add_column(words.text(N_("words")), justify="right", no_wrap=True)
    table.add_column(words.text(N_("title")), ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(words.text(N_("begin with")), overflow="fold")
    for task in tasks:
        row = [Text(f"{SYMBOLS[task.status]} {words.status(task.status)}", STYLES[task.status])]
        row += [Text(words.language(task.language))] if several else []
        row += [Text(f"{task.series} {task.key}", "bold"), Text(words.number(task.words))]
        table.add_row(*row, shown(task.title, words), Text(task.command, "cyan"))
    return table
