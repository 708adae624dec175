"""Language tags: which texts are tags, which tags are the same, what languages are called and how they run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from transtool.model import Language

if TYPE_CHECKING:
    from babel import Locale

_TAG = re.compile(
    r"""(?x)
    (?: [a-z]{2,3} (?:-[a-z]{3}){0,3} | [a-z]{4,8} )   # language, extended language
    (?: -[a-z]{4} )?                                   # script
    (?: -(?:[a-z]{2}|[0-9]{3}) )?                      # region
    (?P<variants> (?: -(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}) )* )
    (?P<extensions> (?: -[0-9a-wyz](?:-[a-z0-9]{2,8})+ )* )
    (?: -x(?:-[a-z0-9]{1,8})+ )?
    | x(?:-[a-z0-9]{1,8})+
    """
)
# Registered before RFC 4646, not of the form above; see its section 2.2.8.
_IRREGULAR = re.compile(
    "en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de)"
)
_RTL_SCRIPTS = re.compile("Adlm|Arab|Aran|Hebr|Mand|Mend|Nkoo|Rohg|Samr|Syrc|Thaa|Yezi")


def fold(tag: str) -> str:
    """Return `tag` as it is compared: without case, `_` = `-`."""
    return tag.replace("_", "-").lower()


def same(a: str, b: str) -> bool:
    """Return whether two spellings are one tag (`pt_br` and `pt-BR`)."""
    return fold(a) == fold(b)


def is_wellformed(tag: str) -> bool:
    """Return whether `tag` is well-formed by RFC 5646, `_` standing for `-`.

    A well-formed tag holds ASCII letters, digits and `-` or `_` only: it can be part of a path without leaving it.
    """
    folded = fold(tag)
    if not tag.isascii():
        return False
    if _IRREGULAR.fullmatch(folded):
        return True
    found = _TAG.fullmatch(folded)
    if found is None:
        return False
    variants = (found["variants"] or "").split("-")[1:]
    singletons = re.findall(r"-([0-9a-wyz])(?=-)", found["extensions"] or "")
    return len(set(variants)) == len(variants) and len(set(singletons)) == len(singletons)


def canonical(tag: str) -> Language:
    """Return `tag` in the case and punctuation of BCP 47 (`pt_br` -> `pt-BR`, `zh-hans` -> `zh-Hans`).

    Raises ValueError for a tag that is not well-formed.
    """
    if not is_wellformed(tag):
        raise ValueError(f"not a language tag: {tag!r}")
    parts = fold(tag).split("-")
    singleton = next((index for index, part in enumerate(parts) if len(part) == 1), len(parts))
    cased = {2: str.upper, 4: str.capitalize}
    return Language(
        "-".join(
            part if index == 0 or index > singleton or not part.isalpha() else cased.get(len(part), str.lower)(part)
            for index, part in enumerate(parts)
        )
    )


@dataclass(frozen=True, slots=True)
class Spellings:
    """How a site writes its languages.

    `known` maps every spelling (folded, see `fold`) to its language; `written` says how a language is spelled in
    paths that are not there yet.
    """

    known: Mapping[str, Language]
    written: Mapping[Language, str] = field(default_factory=dict)

    @classmethod
    def of(cls, languages: Iterable[str], aliases: Mapping[str, str] | None = None) -> "Spellings":
        """Build from the tags as the site writes them and from its aliases (the site's spelling -> the tag).

        An alias wins over the tag of the same spelling, and is how its language is written. Raises ValueError
        for tags that are not well-formed.
        """
        tags = {fold(spelling): canonical(tag) for spelling, tag in (aliases or {}).items()}
        written: dict[Language, str] = {}
        known: dict[str, Language] = {}
        for spelling in aliases or {}:
            written.setdefault(tags[fold(spelling)], spelling)
        for spelling in languages:
            language = tags.get(fold(spelling)) or canonical(spelling)
            written.setdefault(language, spelling)
            known[fold(language)] = language
        return cls(known | tags, written)

    def resolve(self, text: str) -> Language | None:
        """Return the known language that `text` spells, or None."""
        return self.known.get(fold(text))

    def spell(self, language: Language) -> str:
        """Return how the site writes `language`."""
        return self.written.get(language, language)


def exists(tag: str) -> bool:
    """Return whether the first subtag of `tag` is a language that has a name (`es`, not `css`).

    So must the script have one, if there is any (`zh-Hans`, not `no-void`).
    """
    if not is_wellformed(tag):
        return False
    first, english = fold(tag).split("-")[0], _locale("en")
    named = _named_script(tag)
    if named and english is not None and named not in english.scripts:
        return False
    return _locale(first) is not None or first in _names("en")


def _named_script(tag: str) -> str:
    """Return the script that a well-formed `tag` names; empty where it names none."""
    return next((part for part in canonical(tag).split("-")[1:] if len(part) == 4 and part.isalpha()), "")


def name(tag: str, in_language: str = "en") -> str:
    """Return what `tag` is called in `in_language`; the tag itself where nobody knows."""
    if not is_wellformed(tag):
        return tag
    locale, reader = _locale(tag), _locale(in_language)
    if locale is not None and reader is not None:
        return locale.get_display_name(reader) or tag
    first, _, rest = canonical(tag).partition("-")
    language = _names(in_language).get(first)
    return tag if language is None else f"{language} ({rest})" if rest else language


def own_name(tag: str) -> str:
    """Return what speakers of `tag` call it, as it stands in a menu (`Español`); the tag where nobody knows."""
    called = name(tag, tag)
    return called if called == tag else called[:1].upper() + called[1:]


def direction(tag: str) -> str:
    """Return `rtl` for a language written from right to left, else `ltr`."""
    return "rtl" if _RTL_SCRIPTS.fullmatch(_script(tag)) else "ltr"


@cache
def _script(tag: str) -> str:
    """Return the script `tag` names, or the one its language is usually written in."""
    from babel.core import get_global

    if not is_wellformed(tag):
        return ""
    parts = canonical(tag).split("-")
    if named := _named_script(tag):
        return named
    likely: Mapping[str, str] = get_global("likely_subtags")
    usual = likely.get("_".join(parts[:2]), "") or likely.get(parts[0], "")
    return next((part for part in usual.split("_")[1:] if len(part) == 4), "")


@cache
def _names(tag: str) -> Mapping[str, str]:
    """Return the names of all languages in `tag`, or in its first subtag where nobody knows the rest of it."""
    locale = _locale(tag) or _locale(fold(tag).split("-")[0])
    return {} if locale is None else locale.languages


@cache
def _locale(tag: str) -> "Locale | None":
    """Return what Babel knows of `tag`; None where it knows nothing."""
    from babel import Locale, UnknownLocaleError

    if not is_wellformed(tag):
        return None
    try:
        locale = Locale.parse(canonical(tag), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    # An old code such as `iw` comes back as Hebrew of Israel: the country was not asked for.
    unasked = locale.territory is not None and locale.territory.lower() not in fold(tag).split("-")
    return Locale(locale.language, script=locale.script) if unasked else locale


def same_plural(tag: str, one: str, other: str) -> bool:
    """Say whether `tag` uses the same form of words after two numbers (by CLDR: Russian has others after 2 and 5).

    Numbers that stand for something else than a count (versions, times, years) are among those asked about: what is no
    plain number, and a number above 1,000, changes no form. A language that nobody knows is taken for one with forms.
    """
    if not (one.isdecimal() and other.isdecimal()) or (int(one[:9]) > 1_000 and int(other[:9]) > 1_000):
        return True
    locale = _locale(tag)
    return locale is not None and locale.plural_form(int(one[:9])) == locale.plural_form(int(other[:9]))
