"""Text in XML 1.0, which cannot hold every character, and documents of it."""

import re
import xml.etree.ElementTree as ET

from transtool.i18n.safe_text import visible

# What XML 1.0 cannot hold; control characters and surrogates are visible escapes by then.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text(raw: str) -> str:
    """Return text of a site on one line, with an escape for whatever cannot be shown or is no XML."""
    return legal(visible(raw))


def legal(shown: str) -> str:
    """Return text that is safe to show already, with an escape for whatever is no XML."""
    return _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)


def document(root: ET.Element) -> str:
    """Return an element as a document, a child on a line."""
    ET.indent(root)
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{ET.tostring(root, encoding='unicode')}\n"
