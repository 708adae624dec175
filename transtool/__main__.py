"""Start the command line: `python -m transtool` and the console script."""

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

from transtool import __version__


def main() -> None:
    """Run the command line on `sys.argv` and exit with its code."""
    if sys.argv[1:] == ["--version"] and _has_said(f"transtool {__version__}\n"):
        return
    # A run makes values, hardly a cycle among them, and ends: to look for cycles takes a tenth of it and finds nothing.
    gc.disable()
    from transtool.errors import TranstoolError

    try:
        from transtool.cli import run

        _leave(run())
    except TranstoolError as error:  # an interface language that does not exist: nothing can be said in it
        from transtool.i18n.safe_text import legible

        sys.stderr.write(f"transtool: {legible(str(error))}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:  # before the command line could see to it
        sys.exit(130)


def _has_said(text: str) -> bool:
    """Print what needs none of the commands; where that fails, say nothing of it: the command line knows how to."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, AttributeError):  # a full disk, or no stdout at all
        return False
    return True


def _leave(code: int) -> NoReturn:
    """End at once: to take apart, object by object, what nobody will look at again takes a tenth of a run."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            if stream is not None:
                stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
