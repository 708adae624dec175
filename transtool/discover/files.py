"""The pages of a site that is looked at: read once, and kept without their texts."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from transtool import document
from transtool.document import Document, Unreadable
from transtool.languages import is_wellformed

LANGUAGE_FIELDS = ("lang", "language", "locale", "lang_code")
"""What fields are called that name the language of their page."""

_MEMBER = re.compile(r'"(?P<name>[\w-]+)"\s*:\s*"(?P<value>[0-9A-Fa-f]{7,64})"')
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class Files:
    """The pages of a site, parsed when they are needed."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        self.read = read
        self.unread: list[str] = []
        self._fronts: dict[str, Document | None] = {}
        self._recorded: dict[str, Mapping[str, str]] = {}

    def front(self, path: str) -> Document | None:
        """Return the front matter of a page; None where it cannot be read."""
        if path not in self._fronts:
            found = self.whole(path)
            if isinstance(found, Document):
                self._recorded[path] = _records(found.body) if "<!--" in found.text else {}
                self._fronts[path] = replace(found, data=b"", body_start=0)
            else:
                self._fronts[path] = None
                self.unread.append(path)
        return self._fronts[path]

    def recorded(self, path: str) -> Mapping[str, str]:
        """Return the ids and digests that comments of a page name."""
        self.front(path)
        return self._recorded.get(path, {})

    def told(self, path: str) -> str | None:
        """Return the language that the front matter of a page names."""
        front = self.front(path)
        named = (None if front is None else front.raw(name) for name in LANGUAGE_FIELDS)
        return next((tag for tag in named if tag is not None and is_wellformed(tag)), None)

    def whole(self, path: str) -> Document | Unreadable:
        """Return a page with its text."""
        return document.parse(path, self.read(path))

    def text(self, path: str) -> str:
        """Return the body of a page."""
        found = self.whole(path)
        return found.body if isinstance(found, Document) else ""


def _records(body: str) -> Mapping[str, str]:
    """Return what JSON in the comments of a page names with an id or a digest, by name."""
    return {
        member["name"]: member["value"] for comment in _COMMENT.findall(body) for member in _MEMBER.finditer(comment)
    }
