"""Print the manual page, docs/transtool.1, made from the commands themselves (`make manual`)."""

import os
import sys
from collections.abc import Iterator

import typer

os.environ.update(LANGUAGE="en", LC_ALL="C.UTF-8")
sys.argv = sys.argv[:1]  # the language of the help is chosen when it is loaded

_AFTER = r"""
.Sh ENVIRONMENT
.Bl -tag -width Ds
.It Ev LANGUAGE , LC_ALL , LC_MESSAGES , LANG
The language of tables, messages, reports and help.
.It Ev NO_COLOR , FORCE_COLOR
Turn colours off, or on where stdout is no terminal.
.It Ev XDG_CACHE_HOME
Where judgements are remembered between runs; without it
.Pa ~/.cache .
.It Ev TRANSTOOL_NO_CACHE
Remember nothing.
.It Ev TRANSTOOL_GIT_PATIENCE
Seconds after which git is stopped where it keeps silent (120).
.It Ev TRANSTOOL_LOCK_PATIENCE
Seconds to wait for another run that writes to the site (10).
.El
.Sh FILES
.Bl -tag -width Ds
.It Pa transtool.toml
The configuration: in the site or in a folder above the one that is named.
.Ic transtool init
writes it.
.It Pa .transtool-baseline.json
Findings that are known and neither shown nor fail a run.
.El
.Sh EXIT STATUS
.Bl -tag -width Ds -compact
.It 0
fine
.It 1
findings that fail the run (of
.Ic check
only)
.It 2
usage or configuration: nothing was done
.It 3
something could not be read or written
.It 130
interrupted
.El
.Sh SEE ALSO
.Xr git 1
"""


def page() -> str:
    """Return the manual page, in the macros of mdoc(7)."""
    from transtool.cli.app import app

    command = typer.main.get_command(app)
    context = command.make_context("transtool", [], resilient_parsing=True)
    return "\n".join((*_before(command.help or ""), *_commands(command, context))) + _AFTER


def _before(said: str) -> Iterator[str]:
    yield '.\\" Written by docs/manual.py from the help of the commands: change that.'
    yield from (".Dd $Mdocdate$", ".Dt TRANSTOOL 1", ".Os", ".Sh NAME", ".Nm transtool")
    yield from (".Nd find missing and stale translations", ".Sh SYNOPSIS", ".Nm", ".Ar COMMAND", ".Op Ar OPTIONS")
    yield from (".Sh DESCRIPTION", _text(said))


def _commands(group: typer.core.TyperGroup, context: typer.Context) -> Iterator[str]:
    from transtool.cli.help import sections

    ((_, general), *_) = (section for section in sections(group, context) if section[0] == "Options")
    yield from _list(general)
    yield ".Sh COMMANDS"
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            own = command.make_context(name, [], parent=context, resilient_parsing=True)
            yield f".Ss transtool {_text(' '.join((name, *command.collect_usage_pieces(own))))}\\&"
            yield _text(command.help or "")
            yield from _list([row for _, rows in sections(command, own) for row in rows])


def _list(rows: list[tuple[str, str]]) -> Iterator[str]:
    yield ".Bl -tag -width Ds"
    for name, said in rows:
        yield from (f".It {_text(name)}", _text(said))
    yield ".El"


def _text(text: str) -> str:
    """Return a text of which troff takes nothing for more than a character."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}"


if __name__ == "__main__":
    sys.stdout.write(page())
