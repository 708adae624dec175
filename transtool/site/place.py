"""Where a path of a site, or one that people name, really is; and how to get there without following a link.

A path of a site is resolved first: links that stay in the site lead where they lead. Then it is walked from the site's
own handle without following any: a folder that is swapped for a link meanwhile is an error. A path that people name
may go through links of theirs, but through none that lies in a repository or a site: it may have come with it.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from transtool.errors import N_, Message, Problem, WorldError
from transtool.site.folder import Folder, LinkInTheWay

_MOST_LINKS = 40
"""Links that one path may go through, as Linux has it."""
_GIT = frozenset({".git", "git~1"})
"""Git's own folder as people and file systems spell it: what stands in it can run programs and hold passwords."""
_ROOTS = (".git", "transtool.toml")
"""What stands at the top of a repository or a site."""


def inside(root: Path, path: str) -> Path:
    """Return where `path` of the site at `root` really is. Raises WorldError where that is outside the site.

    Git's own folder is no part of a site.
    """
    try:
        place, site = (root / path).resolve(), root.resolve()
        if place.is_relative_to(site) and not belongs_to_git(place.relative_to(site).parts):
            return place
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL
        raise WorldError(
            Problem(message=Message(N_("this path cannot be used: {error}"), {"error": str(error)}), path=path)
        ) from error
    raise WorldError(Problem(message=Message(N_("this path leads out of the site; nothing was written")), path=path))


def belongs_to_git(names: Sequence[str]) -> bool:
    """Tell whether a path with these names leads into a folder that belongs to git."""
    return any(name.casefold().rstrip(". ") in _GIT for name in names)


def located(root: Path, path: str, *, new: bool = False) -> tuple[tuple[str, ...], str]:
    """Return the real folders, from the site down, and the name that `path` means; where `new`, no link is its end."""
    real = inside(root, path)
    if new:
        real = inside(root, str(Path(path).parent)) / Path(path).name
    *folders, name = real.relative_to(root.resolve()).parts or ("",)
    return tuple(folders), name


@contextmanager
def reading(site: Folder, root: Path, path: str) -> Iterator[BinaryIO]:
    """Give the regular file `path` of the site at `root`, which `site` is open at. Raises OSError and WorldError."""
    folders, name = located(root, path)
    with site.walk(folders) as folder, folder.open(name) as file:
        yield file


def is_readable(root: Path, path: str) -> bool:
    """Tell whether `path` is a regular file of the site at `root` that can be read."""
    try:
        with Folder.at(root) as site, reading(site, root, path):
            return True
    except (OSError, WorldError):
        return False


def resolved(target: Path) -> Path:
    """Return where `target`, which people name, really is. Raises OSError for a link that is not theirs.

    The folder of the result goes through no link, and is walked without following any.
    """
    here = target.absolute()
    place, waiting, links = Path(here.anchor), [*here.parts[:0:-1]], 0
    while waiting:
        name = waiting.pop()
        if name == "..":
            place = place.parent
            continue
        try:
            goal = (place / name).readlink()
        except OSError:  # no link, or nothing at all
            place /= name
            continue
        links += 1
        if links > _MOST_LINKS or _is_foreign(place):
            raise LinkInTheWay(str(place / name))
        place = Path(goal.anchor) if goal.is_absolute() else place
        waiting += goal.parts[: 0 if goal.is_absolute() else None : -1]
    return place


def _is_foreign(folder: Path) -> bool:
    """Say whether a real folder lies in a repository or a site, whose links are not those of whoever runs this."""
    return any(os.path.lexists(above / name) for above in (folder, *folder.parents) for name in _ROOTS)


@contextmanager
def folder_of(place: Path, *, mode: int | None = None) -> Iterator[Folder]:
    """Give the folder of a real path, walked from the top without following links; see `Folder.walk`."""
    top = Path(place.anchor)
    with Folder.at(top) as start, start.walk(place.parent.relative_to(top).parts, mode=mode) as folder:
        yield folder
