"""Make text from files and file names safe to show: nothing hidden, nothing that steers the reader's terminal."""

import re
import unicodedata

_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAMED_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def visible(text: str) -> str:
    r"""Return `text` with everything that could steer a terminal or hide itself written as an escape.

    Control characters, bidirectional controls, line separators and bytes that are not UTF-8 (surrogates) become
    `\n`, `\x1b`, `\u202e` and the like. The result is one line and can always be encoded.
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_escape, text)


def encodable(text: str) -> str:
    r"""Return `text` as it is, but for bytes of file names that are not UTF-8, which become `\xe9` and the like."""
    return _SURROGATE.sub(_escape, text)


def right_to_left(text: str) -> bool:
    """Tell whether `text` has letters that are written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def isolated(text: str, direction: str) -> str:
    """Return `text` so that its own direction cannot disturb a line of `direction` (`ltr` or `rtl`).

    Text that runs the same way is returned as it is.
    """
    disturbs = direction == "rtl" or right_to_left(text)
    return f"{_ISOLATE}{text}{_END_ISOLATE}" if text and disturbs else text


def location(path: str, line: int | None = None) -> str:
    """Return a place as editors and terminals understand it: `path:line`."""
    return visible(path) if line is None else f"{visible(path)}:{line}"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return _NAMED_ESCAPES.get(character) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
