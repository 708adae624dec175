"""Two halves of a site: one to develop on (A), one to report on (B). All languages of a page are in the same one."""

import hashlib


def half(key: str) -> str:
    """Return the half that the page with this key is in: `A` or `B`."""
    return "AB"[hashlib.sha256(key.encode()).digest()[0] & 1]
