"""Put the site's logo into its dashboard, which fetches nothing: as a data URI."""

import base64
from pathlib import Path, PurePosixPath

from transtool.errors import N_, Message, Problem, WorldError
from transtool.site.open import own_file

_MOST = 256 << 10
"""The largest logo, in bytes: the whole of it goes into the page."""

_KINDS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
"""Media types of pictures by the suffix of their name. An SVG that is shown as a picture runs no script."""


def embedded(root: Path, path: str) -> str:
    """Return the picture at `path` of the site at `root` as a data URI; raises WorldError where it cannot be one."""
    kind = _KINDS.get(PurePosixPath(path).suffix.lower())
    data = own_file(root, path, _MOST) if kind else b""
    if kind is None or len(data) > _MOST:
        message = Message(
            N_("the logo must be a PNG, JPEG, GIF, WebP or SVG file of at most {size} KiB"), {"size": _MOST >> 10}
        )
        raise WorldError(Problem(message=message, path=path))
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"
