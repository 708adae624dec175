"""What every command shares with the terminal: words, colours, data to stdout, all else to stderr."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from transtool.errors import N_, Message, Problem, TranstoolError, WorldError
from transtool.i18n import Words, choose
from transtool.i18n.safe_text import harmless


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
    return sys.stdout is not None and sys.stdout.isatty()


def wants_colour() -> bool:
    """Tell whether stdout gets colours: `NO_COLOR` wins, then `FORCE_COLOR`, then whether it is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR")
    if forced is not None:
        return forced not in ("", "0", "false")
    return is_terminal() and os.environ.get("TERM") != "dumb"


_WIDEST = 1000
"""Columns that are believed of a terminal; wider tables take forever to lay out."""
_USUAL = 80
"""Columns of a terminal that does not know how many it has."""


def width() -> int | None:
    """Return the columns of the terminal, or None where lines must not be cut."""
    if (columns := _columns(os.environ.get("COLUMNS", ""))) is not None:
        return columns
    if not is_terminal():
        return None
    try:
        return min(os.get_terminal_size(sys.stdout.fileno()).columns, _WIDEST) or _USUAL
    except OSError:
        return _USUAL


def distrust_environment() -> None:
    """Drop sizes of the terminal that cannot be: what draws the help and the bar believes whatever it is told."""
    for name in ("COLUMNS", "LINES", "TERMINAL_WIDTH"):
        if name in os.environ:
            columns = _columns(os.environ.pop(name))
            if columns is not None:
                os.environ[name] = str(columns)


def _columns(text: str) -> int | None:
    """Return a number of columns or lines; None for what is not such a number."""
    digits = text if text.isascii() and text.isdecimal() and len(text) < 10 else ""
    return min(int(digits), _WIDEST) or None if digits else None


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale says, but on a terminal that shows something else; let nothing be unwritable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")


def emit(content: str | bytes) -> None:
    """Write data to stdout. When the reader has gone, the rest is dropped without a word.

    Text is UTF-8, but on a terminal that cannot show that. Raises WorldError where the data cannot be written.
    """
    data = content if isinstance(content, bytes) else _encoded(content)
    try:
        if sys.stdout is None:  # closed by whoever started the run (`>&-`)
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        hush(sys.stdout)
    except OSError as error:
        hush(sys.stdout)
        cause = error.strerror or str(error)
        raise WorldError(Problem.of(N_("the output cannot be written: {cause}"), cause=cause)) from error


def hush(stream: TextIO | None) -> None:
    """Let what is still to be written to `stream` vanish: the interpreter flushes it at exit, and must not fail."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def note(message: Message | str) -> None:
    """Tell people something on stderr, if they can be told."""
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(harmless(message if isinstance(message, str) else WORDS.message(message)) + "\n")
            sys.stderr.flush()


def complain(error: TranstoolError) -> int:
    """Print every problem of `error` as a line of its own and return the exit code."""
    for problem in error.problems:
        note("transtool: " + WORDS.problem(problem))
    return error.exit_code


def is_stdout(output: Path | None) -> bool:
    """Tell whether what `--output` asks for is stdout."""
    return output is None or str(output) == "-"


def deliver(content: str | bytes, output: Path | None) -> None:
    """Write data to `output` (whole or not at all), or to stdout where no file is asked for."""
    if output is None or is_stdout(output):
        emit(content)
        return
    from transtool.site.write import save

    save(output, content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace"))


def _encoded(text: str) -> bytes:
    if is_terminal() and sys.stdout.encoding.lower() != "utf-8":
        return text.encode(sys.stdout.encoding, "replace")
    return text.encode("utf-8", "backslashreplace")
