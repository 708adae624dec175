"""Long texts go through the pager of whoever reads them, as those of git do."""

import os
import shlex
import shutil

from transtool.cli.terminal import emit, is_terminal

_LESS = {"LESS": "FRX", "LESSCHARSET": "utf-8"}
"""Settings of `less` where it has none: end at once what fits, show colours, leave the text on the terminal."""


def page(text: str) -> None:
    """Show `text` to a person: in the pager that `PAGER` names, else `less`, if it is longer than the terminal."""
    command = _pager()
    if command and is_terminal() and text.count("\n") >= shutil.get_terminal_size().lines:
        from transtool.site.process import show

        if show(command, text.encode("utf-8", "backslashreplace"), {**_LESS, **os.environ}):
            return
    emit(text)


def _pager() -> list[str]:
    """Return the command of the pager; empty where none is wanted."""
    if os.environ.get("TERM") == "dumb":
        return []
    try:
        asked = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return []
    return [] if asked == ["cat"] else asked
