"""The help of commands, in the language of the interface throughout: what Typer itself says there is English."""

from typing import Any

from typer.core import TyperCommand

from transtool.cli.terminal import _
from transtool.errors import N_

_HELP_TEXTS = frozenset(
    {
        N_("Show this message and exit."),
        N_("Install completion for the current shell."),
        N_("Show completion for the current shell, to copy it or customize the installation."),
    }
)
"""What Typer says of the options that it adds."""


class Command(TyperCommand):
    """A command whose help is in the language of the interface."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the line that begins with `Usage:`."""
        write_usage(self, ctx, formatter)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help."""
        translate(self, ctx)
        super().format_help(ctx, formatter)


def write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    """Write the line that begins with `Usage:`."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=f"{_(N_('Usage:'))} ")


def translate(command: Any, ctx: Any) -> None:
    """Give Typer our words for what it is about to print (the titles of its boxes, its own options), and our console.

    Typer's console would cut a sentence without spaces, as Japanese has them, at the edge of its box.
    """
    from typer import rich_utils

    from transtool.render.screen import FlowingConsole

    vars(rich_utils)["Console"] = FlowingConsole
    rich_utils.ARGUMENTS_PANEL_TITLE = _(N_("Arguments"))
    rich_utils.OPTIONS_PANEL_TITLE = _(N_("Options"))
    rich_utils.COMMANDS_PANEL_TITLE = _(N_("Commands"))
    rich_utils.REQUIRED_LONG_STRING = _(N_("[required]"))
    rich_utils.DEFAULT_STRING = _(N_("[default: {value}]"), value="{}")
    for option in command.get_params(ctx):
        if getattr(option, "help", None) in _HELP_TEXTS:
            option.help = _(option.help)
