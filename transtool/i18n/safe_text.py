"""Make text from files and file names safe to show: nothing hidden, nothing that steers the reader's terminal."""

import re
import unicodedata

_STEERING = (
    "\x7f-\x9f"  # control characters of terminals, beside those of ASCII
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u2028\u2029"  # line ends that only some programs know
    "\ufff9-\ufffb\ud800-\udfff"  # annotations; bytes of file names that are not UTF-8
)
_HIDDEN = (
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufff8\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
_JOINED = "\u200c\u200d"
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, where a space without width parts the words."""
# Joiners are part of emoji and of the scripts of Asia, and hide between letters that need none.
_NEEDLESS = f"(?<![^\x00-\u02ff])[{_JOINED}]|[{_JOINED}](?=[{_JOINED}])|(?<![{_SPACELESS}])\u200b"
_UNSAFE = re.compile(f"[\x00-\x1f{_STEERING}{_HIDDEN}]|{_NEEDLESS}")
_UNSAFE_IN_JSON = re.compile(f"[{_STEERING}{_HIDDEN}]|{_NEEDLESS}")
# What no sentence of ours has: the isolates around text that runs the other way are ours.
_STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NAMED_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def visible(text: str) -> str:
    r"""Return `text` with everything that could steer a terminal or hide itself written as an escape.

    Control characters, bidirectional controls, line separators, letters that nobody sees and bytes that are not UTF-8
    (surrogates) become `\n`, `\x1b`, `\u202e` and the like. The result is one line and can always be encoded.
    """
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(_escape, text)


def legible(text: str) -> str:
    r"""Return several lines as `visible` makes each; tabs, which do nothing but leave room, become spaces."""
    return "\n".join(visible(line.expandtabs()) for line in text.split("\n"))


def harmless(lines: str) -> str:
    """Return finished lines as a terminal can be given them; what `visible` saw to stays as it is."""
    return _STEERS.sub(_escape, lines)


def escaped_in_json(document: str) -> str:
    r"""Return JSON of the same value, with everything that `visible` would not show as an escape of JSON (`\u202e`).

    Bytes of file names that are not UTF-8 are not text: of them, what people are shown is part of the value. Beyond
    the first 65,536 code points nothing steers, and YAML, as which Jekyll reads JSON, knows no pairs of surrogates.
    """
    if document.isascii() and "\x7f" not in document:  # JSON itself has escaped what steers
        return document
    return "\n".join(map(_line_escaped_in_json, document.split("\n")))


def _line_escaped_in_json(line: str) -> str:
    # Most lines are plain, and no expression has to go through them.
    return line if line.isascii() and line.isprintable() else _UNSAFE_IN_JSON.sub(_escape_in_json, line)


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
    wide = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return _NAMED_ESCAPES.get(character, wide)


def _escape_in_json(match: re.Match[str]) -> str:
    if _SURROGATE.match(match[0]):
        return _escape(match).replace("\\", "\\\\")
    return f"\\u{ord(match[0]):04x}" if match[0] < "\U00010000" else match[0]
