"""The help of commands, in the language of the interface: what they take, in two columns and without frames.

Typer's own drawing is not asked: it loads rich, Markdown and Pygments, which took half of the time of a help, and says
part of it in English.
"""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from typer.core import TyperCommand

from transtool.cli.terminal import _, wants_colour, width
from transtool.errors import N_
from transtool.text.scripts import BETWEEN_LETTERS

_HELP_TEXTS = frozenset(
    {
        N_("Show this message and exit."),
        N_("Install completion for the current shell."),
        N_("Show completion for the current shell, to copy it or customize the installation."),
    }
)
"""What Typer says of the options that it adds."""

_MARGIN = 2
"""Columns before a name, and between the longest name and what is said of it."""
_WIDEST_NAME = 1 / 3
"""Of all columns, how many a name may have and leave room beside it; what is said of a longer one stands below it."""
_NARROWEST = 40
"""Columns that help takes at least: below that every other line would hold one word."""
_USUAL = 80
"""Columns where nobody tells how many there are."""
_BREAKS = re.compile(f"(?<= )|{BETWEEN_LETTERS.pattern}")

Section = tuple[str, list[tuple[str, str]]]
"""A title, and names with what is said of them."""


class OurHelp:
    """A command or a group of commands whose help is in the language of the interface."""

    def format_usage(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the line that begins with `Usage:`."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{_(N_('Usage:'))} ")

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the whole help, as wide as the terminal, and coloured where the terminal shows that."""
        ctx.color = wants_colour()
        columns = formatter.width = max(width() or _USUAL, _NARROWEST)
        self.format_usage(ctx, formatter)
        formatter.write("\n" + "".join(f"{line}\n" for line in _wrapped(self.help, columns)))
        for title, rows in sections(self, ctx):
            formatter.write("\n" + "".join(f"{line}\n" for line in _drawn(title, rows, columns, colour=ctx.color)))


class Command(OurHelp, TyperCommand):
    """A command with our help."""


def sections(command: Any, ctx: Any) -> list[Section]:
    """Return what `command` takes: its commands, arguments and options by the groups that they belong to."""
    found: dict[str, list[tuple[str, str]]] = {}
    for param in command.get_params(ctx):
        is_argument = param.param_type_name == "argument"
        usual = _(N_("Arguments")) if is_argument else _(N_("Options"))
        name = param.make_metavar(ctx) if is_argument else _names(param, ctx)
        found.setdefault(param.rich_help_panel or usual, []).append((name, " ".join(_said(param, ctx))))
    for name in command.list_commands(ctx) if hasattr(command, "list_commands") else ():
        found.setdefault(_(N_("Commands")), []).append((name, command.get_command(ctx, name).help))
    first = (_(N_("Arguments")), _(N_("Options")))
    return sorted(found.items(), key=lambda section: first.index(section[0]) if section[0] in first else len(first))


def _names(option: Any, ctx: Any) -> str:
    """Return how an option is written, the short way first."""
    names = ", ".join(sorted(option.opts, key=len))
    return names if option.is_flag else f"{names} {option.make_metavar(ctx)}"


def _said(param: Any, ctx: Any) -> Iterator[str]:
    """Give what is said of a parameter, and what it is otherwise."""
    yield _(param.help) if param.help in _HELP_TEXTS else param.help
    usual = param.get_default(ctx)
    if isinstance(usual, str | Path) and str(usual) and param.show_default:
        yield _(N_("[default: {value}]"), value=usual.value if isinstance(usual, Enum) else str(usual))
    if param.required:
        yield _(N_("[required]"))


def _drawn(title: str, rows: list[tuple[str, str]], columns: int, *, colour: bool) -> Iterator[str]:
    """Give the lines of one section."""
    bold, name_style, plain = ("\x1b[1m", "\x1b[36m", "\x1b[0m") if colour else ("", "", "")
    yield f"{bold}{title}:{plain}"
    beside = max((cell_len(name) for name, _said in rows if cell_len(name) <= columns * _WIDEST_NAME), default=0)
    start = 2 * _MARGIN + beside
    for name, said in rows:
        first, *others = _wrapped(said, columns - start)
        head = f"{' ' * _MARGIN}{name_style}{name}{plain}"
        if cell_len(name) <= beside:
            yield f"{head}{' ' * (start - _MARGIN - cell_len(name))}{first}"
        else:
            yield head
            others.insert(0, first)
        yield from (f"{' ' * start}{line}" for line in others)


def _wrapped(text: str, columns: int) -> list[str]:
    """Return a text in lines of that many columns, broken at spaces and between letters of scripts without spaces."""
    lines = [""]
    for piece in _BREAKS.split(text):
        if lines[-1] and cell_len(lines[-1] + piece.rstrip(" ")) > columns:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip(" ") for line in lines]
