"""The command about what is remembered between runs."""

import os
from typing import Annotated

from transtool.cli import options as opt
from transtool.cli.terminal import _, emit
from transtool.errors import N_, Problem, WorldError

_MEGABYTE = 1_000_000


def cache(
    clear: Annotated[bool, opt.flag("--clear", N_("Remove it all; the next run works everything out anew."))] = False,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Show what is remembered between runs, or remove it."""
    from transtool.site import cache_file

    folder = cache_file.folder(os.environ)
    if folder is None:
        raise WorldError(Problem.of(N_("no folder for the cache: XDG_CACHE_HOME or HOME has to name one")))
    kept = cache_file.kept(folder).values()
    if clear:
        cache_file.clear(folder)
    line = N_("removed from {path}: files: {files}, MB: {size}") if clear else N_("{path}: files: {files}, MB: {size}")
    size = f"{sum(status.st_size for status in kept) / _MEGABYTE:.1f}"
    emit(_(line, path=folder.as_posix(), files=len(kept), size=size) + "\n")
