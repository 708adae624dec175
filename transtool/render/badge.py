"""Badges for a README: the share of translations of one language, or of all, as an SVG or for shields.io."""

import unicodedata
from html import escape

from transtool.errors import N_
from transtool.i18n import ENGLISH, Words
from transtool.i18n.safe_text import right_to_left, visible
from transtool.model import Language, Report
from transtool.render.json_text import dumps

# Each is dark enough for white text (WCAG AA); shields.io takes the same values.
_STEPS = ((0.95, "#1a7f37"), (0.8, "#4d6b00"), (0.5, "#8a6100"), (0.25, "#b35900"), (0.0, "#c62828"))
_NONE, _LABEL = "#57606a", "#24292f"

_FONT = 11
_NARROW, _BROAD = frozenset("fijlrtI.,:;|!'()[]/· "), frozenset("mwMWGOQ%@—")
_PADDING = 6


def render(report: Report, words: Words = ENGLISH) -> str:
    """Return an SVG badge in the language of `words`: `Spanish · fresh | 87% (26/30)`.

    It is about the only language of the report, or else about all of them.
    """
    return _drawn(report, words, _only(report))


def shields(report: Report, words: Words = ENGLISH) -> str:
    """Return the same as JSON for the endpoint badge of shields.io, in English: programs read it."""
    return _endpoint(report, _only(report))


def badges(report: Report, words: Words = ENGLISH) -> dict[str, str]:
    """Return every badge by its file name: `all.svg`, `all.json`, and both for each language."""
    found = {}
    for name, language in (("all", None), *((language, language) for language in report.languages)):
        found[f"{name}.svg"] = _drawn(report, words, language)
        found[f"{name}.json"] = _endpoint(report, language)
    return found


def _only(report: Report) -> Language | None:
    return report.languages[0] if len(report.languages) == 1 else None


def _drawn(report: Report, words: Words, language: Language | None) -> str:
    label, message, colour = _content(report, words, language)
    return _svg(visible(label), visible(message), colour)


def _endpoint(report: Report, language: Language | None) -> str:
    label, message, colour = _content(report, ENGLISH, language)
    return dumps({"schemaVersion": 1, "label": label, "message": message, "color": colour}, indent=None)


def _content(report: Report, words: Words, language: Language | None) -> tuple[str, str, str]:
    """Return label, message and colour."""
    tally = report.tally(language)
    name = words.text(N_("Translations")) if language is None else words.language(language, alone=True)
    label = f"{name} · {words.text(N_('fresh'))}"
    if not tally.expected:
        return label, "–", _NONE
    colour = next(colour for least, colour in _STEPS if tally.freshness >= least)
    count = f"{words.number(tally.current)}/{words.number(tally.expected)}"
    return label, f"{words.percent(tally.freshness)} ({count})", colour


def _svg(label: str, message: str, colour: str) -> str:
    widths = (_width(label), _width(message))
    left, right = (width + 2 * _PADDING for width in widths)
    title = escape(f"{label}: {message}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f"<title>{title}</title>"
        f'<clipPath id="r"><rect width="{left + right}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="{_LABEL}"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{colour}"/></g>'
        f'<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="{_FONT}">'
        f"{_line(label, _PADDING, widths[0])}{_line(message, left + _PADDING, widths[1])}</g></svg>\n"
    )


def _line(text: str, start: int, width: int) -> str:
    """Return one text, fitted to its width: nobody knows which font the reader has."""
    # Where letters join or run from the right, `start` would be their right end: the middle is always the middle.
    direction = ' direction="rtl"' if right_to_left(text) else ""
    return (
        f'<text x="{start + width / 2:g}" y="14" text-anchor="middle" textLength="{width}"'
        f' lengthAdjust="spacingAndGlyphs"{direction}>{escape(text)}</text>'
    )


def _width(text: str) -> int:
    """Return about how many pixels `text` is wide in Verdana of 11 pixels."""
    return max(1, round(sum(map(_advance, text))))


def _advance(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return float(_FONT)
    if unicodedata.bidirectional(character) == "AL":
        return 5.4
    return 4.3 if character in _NARROW else 9.7 if character in _BROAD else 6.9
