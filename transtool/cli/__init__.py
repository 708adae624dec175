"""The command line: options in, one call into the core, text and exit code out."""

from transtool.cli.app import run

__all__ = ["run"]
