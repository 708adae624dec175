"""Reduce a body to its outline: headings, includes, code and HTML stay, prose goes."""

import re

from transtool.document import Document
from transtool.model import SegmentKind
from transtool.segments import Segment, split
from transtool.settings import Reading

_PROSE = frozenset([SegmentKind.PARAGRAPH, SegmentKind.ITEM, SegmentKind.CELL])
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t\r]*\Z")
_HTML_HEADING = re.compile(r"<(?:h[1-6]|summary|title|caption|th)\b[^<>]*>\s*\Z", re.IGNORECASE)
_LONGEST_TAG = 500


def outline(document: Document, reading: Reading) -> str:
    """Return the body of `document` without its paragraphs, lists and tables.

    What stays keeps its lines as they are, with one blank line wherever something was left out. Prose inside of
    HTML goes too, and leaves its tags; what a `<summary>` or `<h2>` says stays.
    """
    segments = split(document, (), reading)
    prose = [segment for segment in segments if _is_prose(segment, document.text)]
    lines = document.text.split("\n")
    gone = set(prose)
    kept = {number for each in segments if each not in gone for number in _lines_of(each, lines)}
    left = _without(document, prose)
    end = "\r" if lines[document.body_line - 1].endswith("\r") else ""
    out: list[str] = []
    for number, line in enumerate(left, document.body_line):
        if number in kept and (line.strip() or not lines[number - 1].strip()):
            out.append(line)
        elif not out or out[-1].strip():
            out.append(end)
    while out and not out[-1].strip():
        out.pop()
    return "\n".join([*out, ""]) if out else ""


def _is_prose(segment: Segment, text: str) -> bool:
    """Tell whether a segment is to go; a paragraph that says nothing (an image, an include) is not prose."""
    if segment.kind is SegmentKind.PARAGRAPH:
        before = text[max(0, segment.start - _LONGEST_TAG) : segment.start]
        return segment.translatable and not _HTML_HEADING.search(before)
    return segment.kind in _PROSE


def _lines_of(segment: Segment, lines: list[str]) -> range:
    """Return the 1-based lines of a segment, with the line that underlines a heading."""
    end = segment.end_line
    setext = segment.kind is SegmentKind.HEADING and not lines[end - 1].lstrip(" \t>").startswith("#")
    return range(segment.line, end + 1 + (setext and end < len(lines) and _UNDERLINE.match(lines[end]) is not None))


def _without(document: Document, prose: list[Segment]) -> list[str]:
    """Return the lines of the body with `prose` cut out, line by line so that their numbers stay."""
    parts, position = [], document.body_start
    for segment in prose:
        parts += [document.text[position : segment.start], "\n" * segment.text.count("\n")]
        position = segment.end
    return "".join([*parts, document.text[position:]]).split("\n")
