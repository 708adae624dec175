"""The application: every command, and the one place where errors become an exit code."""

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from transtool import __version__
from transtool.cli import cache, completion, fleet, issues, reading, reviewing, terminal, writing
from transtool.cli import options as opt
from transtool.cli.help import Command
from transtool.cli.misuse import Commands, as_usage_error, help_instead
from transtool.cli.terminal import _, emit, note
from transtool.errors import N_, TranstoolError, of_bug, refused

app = typer.Typer(
    cls=Commands,
    name="transtool",
    help=_(N_("Find missing and stale translations of numbered Markdown episodes, and what to do about them.")),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        emit(f"transtool {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help=_(N_("Print the version.")))
    ] = False,
    ui_language: Annotated[
        str | None,
        opt.option(
            "--ui-language",
            "LANG",
            N_("Language of messages, reports and this help."),
            offered=completion.interface_languages,
        ),
    ] = None,
) -> None:
    """Take the options that stand before a command."""


_INTERRUPTED = 130

_COMMANDS: tuple[tuple[str, Callable[..., None], str], ...] = (
    ("check", reading.check, N_("Show coverage and findings; exit with 1 when the site does not pass.")),
    ("show", reading.show, N_("Show one episode in all its languages.")),
    ("diff", reading.diff, N_("Show what changed in the source since a translation was made, paragraph by paragraph.")),
    ("todo", reading.todo, N_("List what to do next, most valuable first.")),
    ("report", reading.report, N_("Export the state of the site; never fails on findings.")),
    ("issues", issues.issues, N_("Write a tracking issue for each language, and the commands that open or update it.")),
    ("scaffold", writing.scaffold, N_("Create missing translation files, with everything copied that can be copied.")),
    (
        "dismiss",
        reviewing.dismiss,
        N_("Record changes of the source as needing no translation, in all languages at once."),
    ),
    ("stamp", reviewing.stamp, N_("Record translations as reviewed against the source as it is now.")),
    (
        "sync",
        writing.sync,
        N_("Bring front matter in line: shared fields with the source, local ones with the configuration."),
    ),
    ("update", writing.update, N_("Carry the source's changes over where no translator is needed, and mark the rest.")),
    ("fleet", fleet.fleet, N_("Judge many sites and give one report of them all; never fails on findings.")),
    ("init", writing.init, N_("Look at a site and write its transtool.toml.")),
    ("cache", cache.cache, N_("Show what is remembered between runs, or remove it.")),
    ("config", reading.configuration, N_("Check transtool.toml, or print a JSON Schema.")),
)
"""Name, function and help of every command, in the order in which help shows them."""

for _name, _command, _help in _COMMANDS:
    app.command(_name, cls=Command, help=_(_help))(_command)


def run() -> int:
    """Run the command line and return the exit code: 0, 1 findings, 2 usage, 3 input or output, 130 interrupted."""
    terminal.speak_utf8()
    if completion.VARIABLE in os.environ:
        return completion.answer(app)
    terminal.distrust_environment()
    try:
        code = _run()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        note(f"transtool: {_(N_('interrupted'))}")
    return code


def _run() -> int:
    try:
        code = app(prog_name="transtool", standalone_mode=False)
    except typer.TyperException as error:
        emit(help_instead(error))
        return terminal.complain(as_usage_error(error))
    except TranstoolError as error:
        return terminal.complain(error)
    except OSError as error:
        terminal.hush(sys.stdout)
        if isinstance(error, BrokenPipeError):
            return 0
        return terminal.complain(refused(error))
    except Exception as bug:
        if os.environ.get("TRANSTOOL_DEBUG"):
            raise
        return terminal.complain(of_bug(bug))
    return code if isinstance(code, int) else 0
