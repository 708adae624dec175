"""The values of front matter, read raw: what was written, where, and when two of them say the same."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone

import msgspec


class Span(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """Where something stands: offsets into the text of the whole file, and its first line (1-based)."""

    start: int = 0
    end: int = 0
    line: int = 1


NOWHERE = Span()


class _Compared(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """Compared by what it says: not by where it stands and how that is written."""

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._said() == self._said()

    def __hash__(self) -> int:
        return hash(self._said())

    def _said(self) -> object:
        """Return what is compared. Every value has its own; a Struct cannot be an abstract class."""
        raise NotImplementedError


class Scalar(_Compared, frozen=True):
    """One value as text: quotes and escapes resolved, the type never guessed.

    `plain` says that it was written without quotes and not as a block. `tagged` is how many characters before it its
    tag (`!!int`) takes, with an anchor and blanks; 0 without a tag, and for `!!str`. Where it stands and how it is
    tagged does not count when two values are compared.
    """

    text: str
    plain: bool = False
    span: Span = NOWHERE
    tagged: int = 0

    @property
    def null(self) -> bool:
        """Whether this is one of the ways in which YAML writes nothing."""
        return self.plain and self.text in _NULLS

    def _said(self) -> tuple[str, bool]:
        return self.text, self.plain


class Sequence(_Compared, frozen=True):
    """A list, in order. `flow` says that it is written between brackets."""

    items: "tuple[Value, ...]"
    flow: bool = False
    span: Span = NOWHERE

    def _said(self) -> "tuple[Value, ...]":
        return self.items


class Mapping(_Compared, frozen=True):
    """Names and their values, in the order of the file; of a name that appears twice, only the last.

    `keys` says where the names stand, where that was read.
    """

    items: "tuple[tuple[str, Value], ...]"
    flow: bool = False
    span: Span = NOWHERE
    keys: tuple[Span, ...] = ()

    def get(self, name: str) -> "Value | None":
        """Return the value of `name`, or None."""
        return next((value for key, value in self.items if key == name), None)

    def _said(self) -> "tuple[tuple[str, Value], ...]":
        return self.items


Value = Scalar | Sequence | Mapping

Path = tuple[str | int, ...]
"""The way to a value inside another one: names and, in lists, places counted from 0."""


def find(value: Value | None, dotted: str) -> Path | None:
    """Return the way to the value with a dotted name (`guests.0`), or None; the longest name that is there wins."""
    match value:
        case Sequence(items=items):
            first, _, rest = dotted.partition(".")
            if not (first.isascii() and first.isdigit() and len(first) < 6 and int(first) < len(items)):
                return None
            way = find(items[int(first)], rest) if rest else ()
            return None if way is None else (int(first), *way)
        case Mapping():
            end = len(dotted)
            while end >= 0:
                inner = value.get(dotted[:end])
                way = () if end == len(dotted) else find(inner, dotted[end + 1 :])
                if inner is not None and way is not None:
                    return (dotted[:end], *way)
                end = dotted.rfind(".", 0, end)
    return None


def follow(value: Value, path: Path) -> Value:
    """Return the value at the end of a way that `find` gave."""
    for step in path:
        if isinstance(value, Sequence) and isinstance(step, int):
            value = value.items[step]
        elif isinstance(value, Mapping):
            value = dict(value.items)[str(step)]
    return value


def same_value(a: Value | None, b: Value | None) -> bool:
    """Say whether two values mean the same to a site.

    Quotes, spacing and the layout of lists do not count; `1` is `"1"`; every way to write nothing is equal
    to an absent field; dates are compared as instants, a bare date with the day of an instant; lists keep
    their order, mappings do not.
    """
    a, b = _present(a), _present(b)
    if a is None or b is None:
        return a is b
    match a, b:
        case Scalar(), Scalar():
            return a.text == b.text or _same_truth(a, b) or _same_time(a.text, b.text)
        case Sequence(), Sequence():
            return len(a.items) == len(b.items) and all(map(same_value, a.items, b.items))
        case Mapping(), Mapping():
            theirs = dict(b.items)
            return a.items == b.items or (
                len(a.items) == len(b.items)
                and all(name in theirs and same_value(value, theirs[name]) for name, value in a.items)
            )
    return False


def show(value: Value | None, limit: int = 80) -> str:
    """Return `value` as one short line for messages: at most `limit` characters, nothing is `null`."""
    text = " ".join(_shown(value, limit).split()) or '""'
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def instant(text: str) -> datetime | None:
    """Return the moment that `text` names, or None where it is not a date and time.

    Reads ISO 8601, the text of JavaScript's `Date`, and the dates of mail, in this order; nothing is guessed.
    A time without a zone is in UTC, as YAML has it. A bare date is not a moment: see `day`.
    """
    text = text.strip()
    if day(text) is not None:
        return None
    for read in (_iso, _javascript, _mail):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue  # An impossible date (month 13, year 0) is text, as any other text is.
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def day(text: str) -> date | None:
    """Return the bare date that `text` is (`2020-05-08`), or None."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def kind(text: str) -> str:
    """Name the type that some YAML reader gives to `text` written without quotes.

    One of `null`, `bool`, `based` (octal, hexadecimal), `int`, `float`, `date`, `special` and `text`. Covers
    YAML 1.1, YAML 1.2 and Ruby's reader, because the same file is read by more than one of them.
    """
    return next((name for name, pattern in _KINDS if pattern.fullmatch(text)), "text")


_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.,]+?)[ \t]*([Zz]|[+-][0-9]{2}(?::?[0-9]{2}){0,2})?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JAVASCRIPT = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?P<month>[A-Z][a-z]{2}) (?P<day>[0-9]{2}) (?P<year>[0-9]{4,6})"
    r" (?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r" GMT(?P<sign>[+-])(?P<hours>[0-9]{2})(?P<minutes>[0-9]{2})(?: \([^()]*\))?"
)
# The mail reader guesses at anything; only what has the shape of such a date is handed to it.
_MAIL = re.compile(r"(?:[A-Za-z]{3}, *)?[0-9]{1,2} [A-Za-z]{3} [0-9]{4} [0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?: \S+)?")

_KINDS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("null", r"|~|null|Null|NULL"),
        ("bool", r"(?i:y|n|yes|no|on|off|true|false)"),
        ("based", r"[-+]?(?:0[xX][0-9a-fA-F_,]+|0[oO]?[0-9_,]+|0[bB][01_,]+)"),
        ("int", r"[-+]?[0-9][0-9_,]*"),
        ("int", r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+"),
        ("float", r"[-+]?(?:[0-9][0-9_,]*+(?:\.[0-9_]*+)?|\.[0-9_]+)(?:[eE][-+]?[0-9]+)?"),
        ("float", r"[-+]?(?:[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"),
        ("date", r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?"),
        ("special", r"=|<<|:.*"),
    )
)


def _present(value: Value | None) -> Value | None:
    return None if isinstance(value, Scalar) and value.null else value


def _same_truth(a: Scalar, b: Scalar) -> bool:
    both = {a.text.lower(), b.text.lower()}
    return a.plain and b.plain and (both <= _TRUE or both <= _FALSE)


def _same_time(a: str, b: str) -> bool:
    days = (day(a), day(b))
    moments = (instant(a), instant(b))
    if moments[0] is not None and moments[1] is not None:
        return moments[0] == moments[1]
    # JavaScript reads a bare date as midnight in UTC and prints it in local time, people mean the day on the
    # clock: either way it is the same date, and no reader of the site can tell the two apart.
    for bare, moment in zip(days, reversed(moments), strict=True):
        if bare is not None and moment is not None:
            return bare in _days(moment)
    return False


def _days(moment: datetime) -> tuple[date, ...]:
    try:
        return (moment.date(), moment.astimezone(UTC).date())
    except OverflowError:
        return (moment.date(),)


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    # Jekyll's own form has a blank before the offset, which `fromisoformat` does not read.
    return None if found is None else datetime.fromisoformat(found[1] + (found[2] or "").upper())


def _javascript(text: str) -> datetime | None:
    found = _JAVASCRIPT.fullmatch(text)
    if found is None:
        return None
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    return datetime(
        int(found["year"]),
        _MONTHS.index(found["month"]) + 1,
        int(found["day"]),
        int(found["hour"]),
        int(found["minute"]),
        int(found["second"]),
        tzinfo=timezone(-offset if found["sign"] == "-" else offset),
    )


def _mail(text: str) -> datetime | None:
    if not _MAIL.fullmatch(text):
        return None
    from email.utils import parsedate_to_datetime  # Slow to import and hardly ever needed.

    return parsedate_to_datetime(text)


def _shown(value: Value | None, limit: int) -> str:
    """Return `value` as flow YAML without quotes, hardly longer than `limit`: it is cut anyway."""
    match _present(value):
        case None:
            return "null"
        case Scalar(text=text):
            return text[: limit * 4]
        case Sequence(items=items):
            return "[" + _joined((_shown(item, limit) for item in items), limit) + "]"
        case Mapping(items=pairs):
            return "{" + _joined((f"{name}: {_shown(item, limit)}" for name, item in pairs), limit) + "}"


def _joined(parts: Iterable[str], limit: int) -> str:
    shown: list[str] = []
    length = 0
    for part in parts:
        shown.append(part)
        length += len(part)
        if length > limit:
            break
    return ", ".join(shown)
