"""The three views of a segment: its wording, its markup, and the layout that is neither.

A translation is out of date when the *wording* of its source changed; a changed *markup* (targets, includes,
code, attributes) can be carried over mechanically; a changed *layout* (line breaks, emphasis, quotes) needs no
action. Everything here depends only on the raw text and is cached by it, because the many versions of a page share
nearly all of their paragraphs.
"""

import hashlib
import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from transtool.model import SegmentKind
from transtool.settings import DEFAULT_PROSE_ATTRIBUTES
from transtool.text.normal_forms import normalized
from transtool.text.scripts import WIDE
from transtool.text.words import LETTER

TRANSLATABLE = frozenset(
    {
        SegmentKind.HEADING,
        SegmentKind.PARAGRAPH,
        SegmentKind.ITEM,
        SegmentKind.CELL,
        SegmentKind.FIELD,
        SegmentKind.LABEL,
    }
)
"""The kinds of segments that a translator translates."""

# Fragments of regular expressions. Every repetition that may fail late is bounded or possessive: a hostile
# paragraph must not cost more than its length.
# What stands between two marks is looked at from no more than MOST_MARKS openings before it.
MOST_MARKS = 50
LIQUID = (
    rf"\{{%[^%]*+(?:%(?!\}})[^%]*+){{0,{MOST_MARKS}}}+%\}}"
    rf"|\{{\{{[^{{}}]*+(?:(?:\}}(?!\}})|\{{)[^{{}}]*+){{0,{MOST_MARKS}}}+\}}\}}"
)
_BRACES = r"\{(?:[^{}]++|\{[^{}]*+\})*+\}"
TAG = rf"<!--.*?(?:-->|\Z)|</?[A-Za-z](?:[^<>\"'{{]|\"[^\"<]*\"|'[^'<]*'|{_BRACES}|\{{)*+>|</?>|<[!?][A-Za-z\[][^<>]*>"
_ATTRIBUTES = (
    r"\{:{1,2}[^{}\n]*\}|\{\s*[#.][\w.:=\"' #-]*\}"
    r"|(?<=[)\]])\{\s*+[\w-]++=(?:\"[^\"{}\n]*+\"|'[^'{}\n]*+'|[^\s{}\"']++)[^{}\n]*+\}"
)
# An expression of JavaScript: a comment, a string, a name and what is done with it. Other braces are text.
_EXPRESSION = (
    r"\{\s*+(?:/\*(?:[^*]|\*(?!/)){0,2000}+\*/|\"[^\"\n]*+\"|'[^'\n]*+'|`[^`]*+`|[A-Za-z_$][\w$]*+(?=\s*+[.(\[?&|=<>+}])"
    r"(?:[^{}]++|\{[^{}]*+\})*+)\s*+\}"
)
_MATH = r"\$\$[^$]++\$\$|(?<![\\\w$])\$(?=[^\s$])(?=[^$\n]*[\\^_{}])[^$\n]++(?<=\S)\$(?![\w$])"
_BARE = rf"(?:[^()\\\s{{]++|{LIQUID}|\{{|\\.|\((?:[^()\\\s]|\\.)*+\)){{0,100}}+"
_TITLE = r"\"[^\"]*\"|'[^']*'|\([^()]*\)"
_DESTINATION = rf"\]\(\s*+(?:(?:<[^<>\n]*>|{_BARE})(?:\s++(?:{_TITLE}))?\s*+\)|(?<=\s)(?:{_TITLE})\s*+\))"
_ADDRESS = r"(?:https?|ftp)://[^\s<>\"'`|\\^{}\[\]]*[^\s<>\"'`|\\^{}.,;:!?)\[\]*_~]|\bmailto:[^\s<>()\[\]]+"
_CODE = r"(?P<ticks>(?<!`)`+(?!`))(?P<inside>(?:(?!\n[ \t]*\n).){0,2000}?)(?<!`)(?P=ticks)(?!`)"

# What inline text is made of; the order of the alternatives is their precedence. Plain characters, which begin nothing
# else, come first, so that not every alternative is tried on each of them.
_INLINE = re.compile(
    r"(?P<plain>(?:[^\\`*_~\[\]{}<!$hfm]++|h(?!ttps?:)|f(?!tp:)|m(?!ailto:))++)"
    rf"|(?P<liquid>{LIQUID})"
    rf"|(?P<attributes>{_ATTRIBUTES})"
    rf"|(?P<expression>{_EXPRESSION})"
    rf"|(?P<math>{_MATH})"
    r"|(?P<escape>\\[!-/:-@\[-`{-~\n])"
    rf"|(?P<code>{_CODE})"
    rf"|(?P<autolink><(?:{_ADDRESS}|[\w.+-]+@[\w.-]+)>)"
    rf"|(?P<tag>{TAG})"
    rf"|(?P<target>{_DESTINATION})"
    r"|(?P<reference>\]\[[^\[\]\n]*\])"
    rf"|(?P<address>{_ADDRESS})"
    r"|(?P<footnote>\[\^[^\[\]\s]+\]:?)"
    r"|(?P<bracket>!?\[|\])"
    r"|(?P<star>(?<!\s)\*+|\*+(?!\s)|~~)"
    r"|(?P<underscore>(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_]))",
    re.DOTALL,
)
_SPECIAL = re.compile(r"[\\`*_~\[\]{}<]|\$[^$\n]+\$")
_PLAIN = re.compile(r"[A-Za-z0-9,;()/\"%+#@$=?:'](?:[A-Za-z0-9,;()/\"%+#@$=?:']++| (?! )|[.!](?!\.)|-(?!-))*+(?<! )")
_QUOTED = re.compile(r"\n[ \t]*(?:>[ \t]?)+")
_CHECKBOX = re.compile(r"^\[[ xX]\][ \t]+")
_ADMONITION = re.compile(r"^[ \t]*:{3,}[ \t]*\{?[\w-]*\}?|^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+\w+", re.MULTILINE)
_WIDE_BREAK = re.compile(rf"(?<=[{WIDE}])[ \t]*\r?\n[ \t]*(?=[{WIDE}])")
# Python refuses to read a number of thousands of digits; no character has one.
_HUGE_REFERENCE = re.compile(r"&#[0-9]{1000,}+;?")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff]")
_DASHES = re.compile(r"---?|[\u2012-\u2015]")
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        "\u2026": "...",
        "\u2010": "-",
        "\u2011": "-",
        "\u00ad": None,
    }
)
_TYPOGRAPHIC = re.compile("[\u00ab\u00ad\u00bb\u02bc\u2010-\u2015\u2018-\u201f\u2026\u2032\u2033]")
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_LAYOUT_TAG = re.compile(r"</|<!--|<(?:b|br|em|i|p|span|strong|u|wbr)\s*/?>", re.IGNORECASE)

# What no reader sees, and what builds a table of contents.
_UNRENDERED = re.compile(r"\{%-?\s*(?:assign|comment|endcomment)\b|\{/\*|\{:\s*toc\b|<!--")
_HIDDEN = tuple(
    (opening, re.compile(closing))
    for opening, closing in (
        ("{% comment", r"endcomment\s*-?%\}"),
        ("{%- comment", r"endcomment\s*-?%\}"),
        ("<!--", "-->"),
        ("{/*", r"\*/\}"),
    )
)
NO_PROSE = r"(?=\S*[/\\_=<>{}@])\S++|[\d.,:%x-]++|true|false|[\w-]++(?:\.[\w-]++)++"
"""One word that is an address, a path, an identifier, a file name or a number: nobody translates it (a pattern)."""
_CODE_WORD = re.compile(rf"{NO_PROSE}|--?[\w-]++(?:=\S*+)?")
"""The same, or an option of a program."""
_PROSE_ATTRIBUTE = re.compile(
    rf"(?<![\w:@.-])(?P<name>{'|'.join(DEFAULT_PROSE_ATTRIBUTES)})\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)')",
    re.IGNORECASE,
)
_BESIDES_CHARACTERS = frozenset(
    "liquid attributes expression math code autolink tag target reference address footnote".split()  # noqa: SIM905
)

_CACHED = 1 << 14


class Raw(Protocol):
    """What a view needs of a segment."""

    @property
    def kind(self) -> SegmentKind:
        """What the segment is."""

    @property
    def text(self) -> str:
        """The raw slice of the file, or the text of the field."""


def wording(segment: Raw) -> str:
    """Return what `segment` says: its text without targets, attributes, emphasis, Liquid and typography.

    Code spans keep their contents, entities are decoded, white space and quotes are made uniform, Unicode is
    composed (NFC). Opaque segments say nothing.
    """
    return wording_of(segment.text) if segment.kind in TRANSLATABLE else ""


def markup(segment: Raw) -> tuple[str, ...]:
    """Return what `segment` contains besides words, in order: targets, Liquid, tags with attributes, code."""
    return markup_of(segment.text) if segment.kind in TRANSLATABLE else opaque_markup(segment.text)


@lru_cache(maxsize=_CACHED)
def wording_of(text: str) -> str:
    """Return the wording of raw Markdown inline text (see `wording`)."""
    if _PLAIN.fullmatch(text):
        return text
    if "\n" in text or text[:1] in ("[", ":", "!", "?"):
        text = _CHECKBOX.sub("", _ADMONITION.sub("", _QUOTED.sub("\n", text)))
    text = "".join(_spoken(text)) if _is_marked(text) else _typed(text)
    if not text.isascii():
        text = _WIDE_BREAK.sub("", text) if "\n" in text else text
        text = _INVISIBLE.sub(" ", normalized("NFC", text))
    return " ".join(text.split())


@lru_cache(maxsize=_CACHED)
def markup_of(text: str) -> tuple[str, ...]:
    """Return the markup of raw Markdown inline text (see `markup`)."""
    if not _is_marked(text):
        return ()
    return tuple(part for match in _INLINE.finditer(text) if (part := _marked(match)))


@lru_cache(maxsize=_CACHED >> 3)
def opaque_markup(text: str) -> tuple[str, ...]:
    """Return the lines of an opaque segment that are rendered, stripped and without empty ones."""
    lines = (line.strip() for line in _shown(text).splitlines())
    return tuple(line for line in lines if line and not _UNRENDERED.match(line))


def _shown(text: str) -> str:
    """Return `text` without comments."""
    for opening, closing in _HIDDEN:
        parts: list[str] = []
        done = 0
        while (start := text.find(opening, done)) >= 0 and (end := closing.search(text, start)) is not None:
            parts += (text[done:start], "\n")
            done = end.end()
        text = "".join((*parts, text[done:])) if parts else text
    return text


@lru_cache(maxsize=_CACHED)
def has_words(text: str) -> bool:
    """Say whether the wording of raw Markdown inline text contains a letter or digit."""
    return LETTER.search(wording_of(text)) is not None


def digest(text: str) -> str:
    """Return the digest of `text`: 32 hexadecimal digits."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def wording_digest(segment: Raw) -> str:
    """Return the digest of what `segment` says."""
    return digest(wording(segment))


def markup_digest(segment: Raw) -> str:
    """Return the digest of the markup of `segment`."""
    return digest("\0".join(markup(segment)))


def layout_digest(segment: Raw) -> str:
    """Return the digest of `segment` as it is written: every character counts."""
    return digest(segment.text)


def inline_markup(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield what raw Markdown inline text holds besides characters: its sort, and where it starts and ends.

    Sorts are `liquid`, `attributes`, `code`, `autolink`, `tag`, `target` (from the bracket to the parenthesis that
    closes it), `reference`, `address` and `footnote`.
    """
    for match in _INLINE.finditer(text) if _is_marked(text) else ():
        if match.lastgroup in _BESIDES_CHARACTERS:
            yield match.lastgroup, match.start(), match.end()


def _is_marked(text: str) -> bool:
    """Say whether `text` may contain anything but plain characters."""
    return _SPECIAL.search(text) is not None or "://" in text or "mailto:" in text


def _spoken(text: str) -> Iterator[str]:
    """Yield the parts of `text` that a reader reads, with uniform typography outside of code."""
    position = 0
    for match in _INLINE.finditer(text):
        if match.lastgroup == "plain":
            continue
        if match.start() > position:
            yield _typed(text[position : match.start()])
        position = match.end()
        yield _said(match)
    yield _typed(text[position:])


def _said(match: re.Match[str]) -> str:
    """Return what the wording keeps of one piece of inline markup."""
    kind = match.lastgroup
    if kind == "code":
        return match["inside"]
    if kind == "escape":
        return match[0][1]
    if kind in ("liquid", "tag") and "=" in match[0] and not match[0].startswith("{%"):
        return "".join(f" {value} " for value in prose_values(match[0])) or " " * (kind == "liquid")
    if kind in ("liquid", "math") or (kind == "tag" and _BREAK_TAG.match(match[0])):
        return " "
    return ""


def prose_values(tag: str) -> Iterator[str]:
    """Yield what the attributes of a tag, shortcode or include say that stands inside of a paragraph."""
    for match in _PROSE_ATTRIBUTE.finditer(tag):
        value = match["double"] or match["single"] or ""
        if not _CODE_WORD.fullmatch(value.strip()):
            yield value


def _marked(match: re.Match[str]) -> str:
    """Return what the markup keeps of one piece of inline markup."""
    kind, text = match.lastgroup, match[0]
    if kind in ("liquid", "tag") and "=" in text and not text.startswith("{%"):
        text = _PROSE_ATTRIBUTE.sub(r"\g<name>=", text)
    if kind in ("liquid", "attributes", "address", "footnote", "math", "expression"):
        return "" if _UNRENDERED.match(text) else " ".join(text.split())
    if kind in ("autolink", "target", "reference"):
        return " ".join(text.strip("]()<>[").split())
    if kind == "tag" and not _LAYOUT_TAG.match(text):
        return " ".join(text.split())
    return ""


def _typed(text: str) -> str:
    """Decode entities and make quotes, dashes and ellipses uniform."""
    if "&" in text:
        text = html.unescape(_HUGE_REFERENCE.sub("\ufffd", text))
    if not text.isascii() and _TYPOGRAPHIC.search(text):
        return _DASHES.sub("-", text.translate(_TYPOGRAPHY))
    return _DASHES.sub("-", text) if "--" in text else text
