"""JSON as every format of ours writes it, so that nothing of a site reaches a terminal or an editor raw."""

import json
from typing import Any

from transtool.i18n.safe_text import escaped_in_json


def dumps(document: Any, *, indent: int | None = 2) -> str:
    """Return plain values as JSON with a final line end, letters as they are; what steers or hides is escaped."""
    return escaped_in_json(_indented(document, indent)) + "\n"


def _indented(document: Any, indent: int | None) -> str:
    # The package writes no line ends without going slowly, value by value, through all of it; msgspec adds them to
    # finished JSON.
    text = json.dumps(document, ensure_ascii=False)
    if indent is None:
        return text
    import msgspec

    try:
        return msgspec.json.format(text, indent=indent)
    except UnicodeEncodeError:  # bytes of file names that are not UTF-8
        return json.dumps(document, ensure_ascii=False, indent=indent)
