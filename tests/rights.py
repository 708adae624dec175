"""Do without root's rights for a moment, so that tests of permissions mean something in a container too."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def without_root() -> Iterator[None]:
    """Give the process the rights of nobody, if it has root's."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def reachable(folder: Path) -> Path:
    """Let everybody look into `folder`: the temporary folders of pytest are private."""
    for each in (folder, *folder.parents):
        mode = stat.S_IMODE(each.stat().st_mode)
        if mode & 0o055 != 0o055 and each.owner() == folder.owner():
            each.chmod(mode | 0o055)
    return folder
