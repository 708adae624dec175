"""Start the command line: `python -m transtool` and the console script."""

import gc
import sys


def main() -> None:
    """Run the command line on `sys.argv` and exit with its code."""
    # A run makes values, hardly a cycle among them, and ends: to look for cycles takes a tenth of it and finds nothing.
    gc.disable()
    from transtool.errors import TranstoolError

    try:
        from transtool.cli import run

        sys.exit(run())
    except TranstoolError as error:  # an interface language that does not exist: nothing can be said in it
        sys.stderr.write(f"transtool: {error}\n")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:  # before the command line could see to it
        sys.exit(130)


if __name__ == "__main__":
    main()
