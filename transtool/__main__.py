"""Start the command line: `python -m transtool` and the console script."""

import sys


def main() -> None:
    """Run the command line on `sys.argv` and exit with its code."""
    from transtool.errors import TranstoolError

    try:
        from transtool.cli import run
    except TranstoolError as error:  # an interface language that does not exist: nothing can be said in it
        sys.stderr.write(f"transtool: {error}\n")
        sys.exit(error.exit_code)
    sys.exit(run())


if __name__ == "__main__":
    main()
