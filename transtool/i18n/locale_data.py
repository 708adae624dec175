"""Write numbers, shares, days and lists as a language does. English (`tag` None) needs no Babel and looks the same."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LARGEST = 10**15
"""From here on (and for what is not a number) Babel's arithmetic fails."""


def number(value: float, tag: str | None) -> str:
    """Return a number with separators and at most three decimals; one that nobody can read, as Python writes it."""
    if not abs(value) < _LARGEST:
        return str(value)
    if tag is None:
        return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}".rstrip("0").rstrip(".")
    from babel.numbers import format_decimal

    return format_decimal(value, locale=_locale(tag))


def percent(share: float, tag: str | None, decimals: int = 0) -> str:
    """Return a share in percent with at most `decimals`; only 0 is 0 % and only 1 is 100 %, whatever rounding says."""
    if not abs(share) < _LARGEST:
        return str(share)
    step = 10.0**-decimals
    rounded = round(share * 100, decimals)
    if 0 < share < 1:
        rounded = min(max(rounded, step), 100 - step)
    if tag is None:
        return f"{number(rounded if decimals else int(rounded), None)}%"
    from babel.numbers import format_percent, parse_pattern

    if not decimals:
        return format_percent(int(rounded) / 100, locale=_locale(tag))
    pattern = parse_pattern(_locale(tag).percent_formats[None].pattern)
    pattern.frac_prec = (0, decimals)
    return str(pattern.apply(rounded / 100, _locale(tag)))


def day(moment: date, tag: str | None) -> str:
    """Return a day in the medium format of the language; a moment counts in its own time zone."""
    if tag is None:
        return f"{_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"
    from babel.dates import format_date

    return format_date(moment, locale=_locale(tag))


def listed(items: Sequence[str], tag: str | None) -> str:
    """Return texts joined to one list (`a, b, and c`)."""
    if tag is not None:
        from babel.lists import format_list

        return format_list(items, locale=_locale(tag))
    if len(items) < 3:
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"


@lru_cache
def _locale(tag: str) -> "Locale":
    """Return the locale data of a tag, or of its language where the rest is unknown."""
    from babel import Locale, UnknownLocaleError

    for candidate in (tag, tag.split("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")
