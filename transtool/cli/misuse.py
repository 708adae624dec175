"""What the command line gets wrong, said the way every other error is said: one line, and the way out."""

from typing import Any

import typer
from typer.core import TyperGroup

from transtool.cli.help import OurHelp
from transtool.errors import N_, Message, Problem, UsageError


class Commands(OurHelp, TyperGroup):
    """The commands by name; any other name gets our own answer."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that `args` begin with. Raises UsageError where there is no such command."""
        if args and args[0] not in self.commands:
            if ctx.resilient_parsing:  # a shell asks how it could go on: not at all
                return None, None, []
            from transtool.text.suggestions import unknown

            raise UsageError(unknown(N_("unknown command {name}"), args[0], self.commands))
        return super().resolve_command(ctx, args)


def help_instead(error: typer.TyperException) -> str:
    """Return the help that is the answer to a command line without anything; nothing for every other mistake."""
    return f"{error.message}\n" if type(error).__name__ == "NoArgsIsHelpError" else ""


def as_usage_error(error: typer.TyperException) -> UsageError:
    """Return what Typer found wrong as one problem, with the command that helps as its hint; help has none.

    Typer does not publish the classes of its errors; their names are as old as Click.
    """
    if help_instead(error):
        return UsageError()
    context: typer.Context | None = getattr(error, "ctx", None)
    where = "transtool" if context is None else context.command_path
    return UsageError(Problem(message=_message(error), hint=_hint(error, where)))


def _message(error: typer.TyperException) -> Message:
    option, parameter = getattr(error, "option_name", ""), getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            return Message(N_("unknown option {name}"), {"name": option})
        case "MissingParameter" if parameter is not None:
            return Message(N_("{name} is missing"), {"name": parameter.metavar or parameter.name})
        case "BadParameter" if parameter is not None and (choices := getattr(parameter.type, "choices", ())):
            names = ", ".join(str(getattr(choice, "value", choice)) for choice in choices)
            return Message(N_("{name} must be one of {names}"), {"name": parameter.opts[-1], "names": names})
        case "BadParameter" if parameter is not None:
            return Message(N_("{name}: {cause}"), {"name": parameter.opts[-1], "cause": error.message.rstrip(".")})
        case "BadOptionUsage" if "requires" in error.message:
            return Message(N_("{name} needs a value"), {"name": option})
        case "BadOptionUsage":
            return Message(N_("{name} takes no value"), {"name": option})
        case "UsageError" if "unexpected extra" in error.message:
            return Message(
                N_("{names}: nothing more was expected here"), {"names": error.message.rpartition("(")[2][:-1]}
            )
    return Message("{cause}", {"cause": error.format_message().rstrip(".")})


def _hint(error: typer.TyperException, where: str) -> Message:
    from transtool.text.suggestions import suggestion

    near = suggestion(getattr(error, "option_name", ""), getattr(error, "possibilities", None) or ())
    return near or Message(N_("see {command}"), {"command": f"{where} --help"})
