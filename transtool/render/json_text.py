"""JSON as every format of ours writes it, so that nothing of a site reaches a terminal or an editor raw."""

import json
from typing import Any

from transtool.i18n.safe_text import escaped_in_json


def dumps(document: Any, *, indent: int | None = 2) -> str:
    """Return plain values as JSON with a final line end, letters as they are; what steers or hides is escaped."""
    return escaped_in_json(json.dumps(document, ensure_ascii=False, indent=indent)) + "\n"
