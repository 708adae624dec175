"""What every command shares with the terminal: words, colours, data to stdout, all else to stderr."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from transtool.errors import Message, Problem, TranstoolError
from transtool.wording import Words, choose


def _asked_language(arguments: Sequence[str]) -> str | None:
    """Return the value of `--ui-language`: help texts are made before options are parsed."""
    for index, argument in enumerate(arguments):
        if argument == "--ui-language" and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith("--ui-language="):
            return argument.partition("=")[2]
    return None


WORDS: Words = choose(_asked_language(sys.argv[1:]), os.environ)
"""The language of the interface, for the whole run."""

_ = WORDS.text


def is_terminal() -> bool:
    """Tell whether a person reads stdout."""
    return sys.stdout.isatty()


def wants_colour() -> bool:
    """Tell whether stdout gets colours: `NO_COLOR` wins, then `FORCE_COLOR`, then whether it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced is not None:
        return forced not in ("", "0", "false")
    return is_terminal() and os.environ.get("TERM") != "dumb"


def width() -> int | None:
    """Return the columns of the terminal, or None where lines must not be cut."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    return os.get_terminal_size().columns if is_terminal() else None


def emit(content: str | bytes) -> None:
    """Write data to stdout. When the reader has gone, the rest is dropped without a word."""
    data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The interpreter flushes stdout once more at exit: give it a place where that cannot fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def note(message: Message | str) -> None:
    """Tell people something on stderr."""
    typer.echo(message if isinstance(message, str) else WORDS.message(message), err=True)


def complain(error: TranstoolError) -> int:
    """Print every problem of `error` as a line of its own and return the exit code."""
    for problem in error.problems:
        note("transtool: " + WORDS.problem(problem))
    return error.exit_code


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write data to `output` (whole or not at all), or to stdout where no file is asked for."""
    if output is None or str(output) == "-":
        emit(content)
        return
    from transtool.writing import save

    save(output, content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))


__all__ = ["WORDS", "Problem", "_", "complain", "deliver", "emit", "is_terminal", "note", "wants_colour", "width"]
