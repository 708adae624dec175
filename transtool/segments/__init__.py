"""Split a page into segments: its translatable blocks and fields, and the opaque blocks between them.

What a file is written in is configured or told from it (`dialects`).

A body is read in sections (from one heading to the next) that are cached by their text, so that reading the next
version of a page takes time only for the sections that changed. The result is exactly that of reading the body as a
whole: a section that ends inside an open block (an unclosed fence, for instance) is joined with what follows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from transtool.model import SegmentKind
from transtool.segments import labels
from transtool.segments.dialects import Syntax, syntax, syntax_of
from transtool.segments.plain import is_plain, parts
from transtool.segments.sections import Section, read
from transtool.segments.views import TRANSLATABLE, digest, has_words, markup, wording
from transtool.settings import Reading
from transtool.text.words import bare, words

if TYPE_CHECKING:
    from transtool.document import Document
    from transtool.document.values import Value

__all__ = [
    "Segment",
    "broken",
    "markup",
    "page_digest",
    "replace",
    "source_digest",
    "split",
    "split_body",
    "wording",
    "words",
]

_HEADING = re.compile(r"#{1,6}(?:[ \t\r\n]|\Z)")
_TOLD = Reading()
_PLAIN = syntax()


class Segment(NamedTuple):
    """One block of a body or one translated field.

    `start` and `end` are offsets into the text of the document, `line` and `end_line` 1-based lines of the whole
    file; `text` is the raw slice between the offsets. For a field, `field` is its dotted name, `text` the parsed value,
    and the offsets are those of the value as written, quotes included. `level` is that of a heading, the depth of a
    list item, the column of a cell, or how a label is quoted (`labels.Quoting`).
    """

    kind: SegmentKind
    start: int
    end: int
    line: int
    end_line: int
    text: str
    level: int = 0
    field: str = ""

    @property
    def translatable(self) -> bool:
        """Whether there is anything to translate: a kind that is translated, with a letter or digit in it."""
        return self.kind in TRANSLATABLE and has_words(self.text)


def split(document: "Document", translated: Sequence[str], reading: Reading = _TOLD) -> tuple[Segment, ...]:
    """Return the segments of `document`: the `translated` fields it has, in that order, then its body.

    What cannot be read to its end as MDX is read as plain Markdown (see `broken`).
    """
    return (*_fields(document, translated), *_body(document, reading))


def _body(document: "Document", reading: Reading) -> tuple[Segment, ...]:
    start, line = document.body_start, document.body_line
    if not is_plain(document.path):
        how = syntax_of(document.path, document.body, reading)
        if how.mdx and _broken(document, how) is not None:
            how = how.plain()
        return split_body(document.text, start, line, how)
    return tuple(
        Segment(
            part.kind,
            part.start + start,
            part.end + start,
            part.line + line,
            part.end_line + line,
            document.text[part.start + start : part.end + start],
            part.level,
        )
        for part in parts(document.path, document.body)
    )


def broken(document: "Document", reading: Reading = _TOLD) -> int | None:
    """Return the line (1-based, in the file) of a tag, expression or import that is never closed; None where all are.

    Only MDX can be broken: there is no Markdown that does not read.
    """
    return _broken(document, syntax_of(document.path, document.body, reading))


def _broken(document: "Document", how: Syntax) -> int | None:
    line = document.body_line
    for _, section in _all_sections(document.text, document.body_start, how) if how.mdx else ():
        if section.broken is not None:
            return line + section.broken
        line += section.newlines
    return None


def split_body(text: str, start: int = 0, line: int = 1, how: Syntax = _PLAIN) -> tuple[Segment, ...]:
    """Return the segments of the body that starts at offset `start` of `text`, on line `line` of the file."""
    segments: list[Segment] = []
    append = segments.append
    for length, section in (_all_sections if how.mdx else _sections)(text, start, how):
        for kind, begin, end, first, last, level, raw in section.spans:
            append(Segment(kind, begin + start, end + start, first + line, last + line, raw, level))
        start += length
        line += section.newlines
    return tuple(segments)


def source_digest(segments: Sequence[Segment]) -> str:
    """Return the digest of the wordings of `segments`, fields by name and the body in order.

    Only words count (see `bare`): punctuation, layout, markup and the division into paragraphs make no difference.
    """
    return page_digest((each.field, wording(each)) for each in segments)


def page_digest(said: Iterable[tuple[str, str]]) -> str:
    """Return the digest of a page that says this: the names of fields (empty for the body) with their wordings."""
    told = tuple(said)
    fields = sorted((name, bare(each)) for name, each in told if name)
    body = bare(" ".join(each for name, each in told if not name and each))
    return digest("\n".join((*(f"{name}\0{each}" for name, each in fields), body)))


def replace(document: "Document", texts: Mapping[Segment, str]) -> str:
    """Return the text of `document` with the raw text of some of its segments replaced.

    Every other character is kept. Fields are written by `document.edit`; in labels, characters that would end them are
    escaped. Raises EditRefused where a text cannot be written.
    """
    from transtool.document import edit

    text = document.text
    for segment in sorted((each for each in texts if not each.field), key=lambda each: each.start, reverse=True):
        new = texts[segment]
        if segment.kind is SegmentKind.LABEL:
            new = labels.written(new, segment.level, text[segment.start - 1])
        text = text[: segment.start] + new + text[segment.end :]
    values = {segment.field: new for segment, new in texts.items() if segment.field}
    if not values:
        return text
    edited = edit(document, values).decode("utf-8-sig")
    return edited[: len(edited) - len(document.body)] + text[document.body_start :]


def _fields(document: "Document", translated: Sequence[str]) -> Iterator[Segment]:
    """Yield a segment for every text in the translated fields; the items of a list are named `tags.0` and so on."""
    for name in translated:
        value = document.value(name)
        if value is not None:
            line = document.line_of(name) or 1
            yield from _texts(name, value, line)


def _texts(name: str, value: "Value", line: int) -> Iterator[Segment]:
    from transtool.document.values import Scalar, Sequence

    match value:
        case Scalar():
            if not value.null and value.text:
                start, end = value.span.start, value.span.end
                yield Segment(SegmentKind.FIELD, start, end, line, line, value.text, field=name)
        case Sequence():
            for index, item in enumerate(value.items):
                yield from _texts(f"{name}.{index}", item, item.span.line)
        case _:
            for key, item in value.items:
                yield from _texts(f"{name}.{key}", item, item.span.line)


@lru_cache(maxsize=2)
def _all_sections(text: str, start: int, how: Syntax) -> "tuple[tuple[int, Section], ...]":
    """Return the sections of a body of MDX, which is first looked at for what is broken in it, then split."""
    return tuple(_sections(text, start, how))


def _sections(text: str, start: int, how: Syntax) -> "Iterator[tuple[int, Section]]":
    """Yield the sections of the body that starts at `start`, with their lengths; open ones are joined with the next."""
    cuts = [start, *_headings(text, start), len(text)]
    first, absent = 0, set[str]()
    while first < len(cuts) - 1:
        last, joined = first + 1, 1
        section = read(text[cuts[first] : cuts[last]], how)
        while section.awaits and last < len(cuts) - 1:
            found = _next(text, cuts, last, section.awaits, absent)
            if found is None:
                break
            # Each join takes in twice as many sections as the one before, so that a hostile page takes linear time.
            last, joined = min(max(found, last + joined), len(cuts) - 1), joined * 2
            section = read(text[cuts[first] : cuts[last]], how)
        yield cuts[last] - cuts[first], section
        first = last


def _headings(text: str, start: int) -> Iterator[int]:
    """Yield the offsets of the lines that could be ATX headings, after the first line."""
    position = text.find("\n#", start) + 1
    while position:
        if _HEADING.match(text, position):
            yield position
        position = text.find("\n#", position) + 1


def _next(text: str, cuts: Sequence[int], last: int, awaits: Sequence[str], absent: set[str]) -> int | None:
    """Return the cut to extend a section to, so that it contains the mark that closes it; None if that never comes.

    A fence or comment that is never closed takes in the rest of the page, Liquid that is never closed takes in nothing.
    Marks that do not come any more are in `absent`.
    """
    marks = {mark: text.find(mark, cuts[last]) for mark in awaits if mark not in absent}
    absent.update(mark for mark, offset in marks.items() if offset < 0)
    found = [offset for offset in marks.values() if offset >= 0]
    if found:
        return bisect_right(cuts, min(found))
    return len(cuts) - 1 if any(mark[:1] in "`~-" for mark in awaits) else None
