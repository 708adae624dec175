"""Say things to people: sentences, numbers, dates and names in the language of the interface."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from transtool import languages
from transtool.errors import N_, Message, Problem, UsageError
from transtool.i18n import catalogues, locale_data, phrases
from transtool.i18n.safe_text import isolated, location, visible
from transtool.model import Age, Finding, Noun, Status
from transtool.rules import RULES

UNKNOWN_FACT = "?"
LONGEST_VALUE = 80
"""Characters of a front matter value that a sentence quotes; JSON has the whole of it."""

_PLACE = re.compile(r"\{\{|\}\}|\{([A-Za-z_]\w*)\}")
_QUOTED = frozenset({"value", "expected", "folder"})
_MOST_LINES = 12
"""Lines that a sentence names; JSON has all of them."""
_SHARES = frozenset({"percent", "share", "coverage", "freshness"})
_ORDINALS = frozenset({"line", "column", "number", "key", "year", "code"})
_PHRASES: Mapping[str, Mapping[str, str]] = {
    "kind": phrases.KINDS,
    "status": phrases.STATUSES,
    "severity": phrases.SEVERITIES,
    "basis": phrases.BASES,
    "change": phrases.CHANGES,
}
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Said(str):
    """Text that is ready to be read. As a fact of another sentence it is not escaped again."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What people read, in one language.

    `tag` is the language as chosen, with its region (`pt-BR` formats numbers as Brazil does), `catalogue` the
    language of the sentences, `noun` what the site calls an episode.

    Whatever comes out is safe to print as it is: facts are made visible, and must
    not be escaped again; only the escapes of the format (HTML, Markdown) are left to renderers.
    """

    tag: str = catalogues.SOURCE_LANGUAGE
    catalogue: str = catalogues.SOURCE_LANGUAGE
    noun: Noun = Noun.EPISODE

    @property
    def direction(self) -> str:
        """The writing direction of the interface: `ltr` or `rtl`."""
        return languages.direction(self.catalogue) if self._formats else "ltr"

    def text(self, message: Message | str, **facts: object) -> str:
        """Return a sentence; of a template (marked with `N_`), with its places filled with `facts`."""
        return self.message(Message(message, facts) if isinstance(message, str) else message)

    def calling(self, noun: Noun) -> "Words":
        """Return the words for a site that calls an episode so."""
        return replace(self, noun=noun)

    def of_episodes(self, template: str, neutral: str, **facts: object) -> str:
        """Return a sentence that says "episode", or the `neutral` one where the site calls them something else."""
        return self.text(template if self.noun is Noun.EPISODE else neutral, **facts)

    def episode(self) -> str:
        """Return what an episode is called."""
        return self._gettext(phrases.NOUNS[self.noun])

    def plural(self, one: str, many: str, count: int, **facts: object) -> str:
        """Return the form of a sentence that `count` needs; `{count}` is a place in it."""
        return self.message(Message(one, facts, many, count))

    def message(self, message: Message) -> str:
        """Return the sentence of `message`. A place without a fact shows as `?`; nothing here fails."""
        facts = dict(message.facts) if message.count is None else {"count": message.count, **message.facts}
        return _fill(self._template(message), lambda name: self._fact(name, facts))

    def problem(self, problem: Problem) -> str:
        """Return a problem as `path:line: what (what to do)`: the path first, as other programs look for it."""
        text = self.message(problem.message)
        if problem.hint is not None:
            text = self.text(N_("{text} ({hint})"), text=Said(text), hint=problem.hint)
        if problem.path is None:
            return text
        where = isolated(location(problem.path, problem.line), "ltr")
        return f"{where}: {self.beside(text)}"

    def beside(self, sentence: str) -> str:
        """Return a sentence of ours to stand beside a path, in a line from left to right whatever its language."""
        return isolated(sentence, "ltr") if self.direction == "rtl" else sentence

    def finding(self, finding: Finding) -> str:
        """Return what is wrong, without the place. Values of front matter are quoted and cut short."""
        sentences = RULES[finding.rule].sentences if finding.rule in RULES else {}
        template = sentences.get(finding.problem) or sentences.get("") or visible(finding.rule)
        facts = {"language": finding.language, "key": finding.key, "series": finding.series, **finding.facts}
        return _fill(self._gettext(template), lambda name: self._fact(name, facts, quote=name in _QUOTED))

    def rule(self, rule: str) -> str:
        """Return what a rule is about, in a few words; of an unknown rule, its id."""
        return self._gettext(RULES[rule].summary) if rule in RULES else visible(rule)

    def status(self, status: Status | str) -> str:
        """Return the word for a status."""
        return self._phrase("status", status)

    def severity(self, severity: str) -> str:
        """Return the word for a severity."""
        return self._phrase("severity", severity)

    def kind(self, kind: str) -> str:
        """Return what a segment of `kind` is called."""
        return self._phrase("kind", kind)

    def reason(self, reason: str) -> str:
        """Return the sentence for a cell's `reason`; one that nobody knows is returned as it is."""
        template = phrases.REASONS.get(reason) or RULES["unknown"].sentences.get(reason) or reason
        return Said(self._own(template))

    def counted(self, noun: str, count: int) -> str:
        """Return a number of things (`episodes`, and the keys of `phrases.COUNTED`) with the noun's right form."""
        told = phrases.COUNTED_NOUNS[self.noun] if noun == "episodes" else phrases.COUNTED[noun]
        return self.message(_counted(told, count))

    def total(self, severity: str, count: int) -> str:
        """Return `3 warnings`."""
        return self.message(_counted(phrases.TOTALS[severity], count))

    def language(self, tag: str, *, alone: bool = False) -> str:
        """Return the name of a language, `alone` with a capital letter; a tag that nobody knows stays as it is."""
        name = visible(languages.name(tag, self.tag))
        return Said(name[:1].upper() + name[1:] if alone and name != tag else name)

    def quote(self, text: str) -> str:
        """Return `text` in quotation marks, cut to 80 characters."""
        shown = visible(text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…")
        # Translators: the quotation marks of your language
        return self.text(N_("“{text}”"), text=Said(isolated(shown, self.direction)))

    def number(self, number: float) -> str:
        """Return a number with the separators of the language, with at most three decimals."""
        return locale_data.number(number, self._formats)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share (0 to 1) in percent. 100 % means all and 0 % none: 0.999 gives 99 %, without `decimals`."""
        # After Arabic letters the sign would change to the other side of the number.
        return isolated(locale_data.percent(share, self._formats, decimals), self.direction)

    def date(self, moment: date | datetime) -> str:
        """Return a day (`Sep 6, 2023`), of a moment in its own time zone."""
        return locale_data.day(moment, self._formats)

    def behind(self, age: Age) -> str:
        """Return since when a translation is behind."""
        return self.text(N_("behind since {day}"), day=Said(self.date(datetime.fromisoformat(age.since))))

    def list(self, items: Iterable[str]) -> str:
        """Return texts as one list: `a, b, and c`. They are taken as they are: make them visible first."""
        return Said(locale_data.listed(list(items), self._formats))

    @property
    def _formats(self) -> str | None:
        return None if self.catalogue == catalogues.SOURCE_LANGUAGE else self.tag

    def _gettext(self, template: str) -> str:
        return catalogues.load(self.catalogue).gettext(template) if template else ""

    def _own(self, template: str) -> str:
        """Return the translation of what is mostly, but not certainly, a sentence of ours: it may isolate its parts."""
        known = self._gettext(template)
        return visible(template) if known == template else known

    def _template(self, message: Message) -> str:
        if message.plural is None:
            return self._gettext(message.template)
        count = 0 if message.count is None else message.count
        return catalogues.load(self.catalogue).ngettext(message.template, message.plural, count)

    def _phrase(self, kind: str, term: str) -> str:
        known = _PHRASES[kind].get(term)
        return visible(term) if known is None else self._gettext(known)

    def _fact(self, name: str, facts: Mapping[str, object], *, quote: bool = False) -> str:
        """Return what stands at the place `name`: a fact, or what can be derived from one."""
        fact = facts.get(name)
        if name in facts and fact is not None:
            return self._said(name, fact, facts, quote=quote)
        if name.endswith("_name") and isinstance(tag := facts.get(name.removesuffix("_name")), str):
            return self.language(tag)
        noun = name.removeprefix("counted_")
        if (
            noun != name
            and (noun == "episodes" or noun in phrases.COUNTED)
            and isinstance(count := facts.get(noun), int)
        ):
            return self.counted(noun, count)
        share = facts.get("share" if name == "percent" else name.removesuffix("_percent"))
        if name.endswith("percent") and isinstance(share, float):
            decimals = facts.get("decimals")
            return self.percent(share, decimals if isinstance(decimals, int) else 0)
        return UNKNOWN_FACT

    def _said(self, name: str, fact: object, facts: Mapping[str, object], *, quote: bool = False) -> str:
        match fact:
            case Said():
                return fact
            case Message():
                return self.message(fact)
            case bool():
                return "true" if fact else "false"
            case int() | float() if name in _SHARES:
                return self.percent(fact if isinstance(fact, float) else fact / 100)
            case int() if name in _ORDINALS:
                return str(fact)
            case int() | float():
                return self.number(fact)
            case str() if name in _PHRASES and fact in _PHRASES[name]:
                return self._phrase(name, fact)
            case str() if name == "problem":
                # A finding about a broken file holds the template of what is wrong beside the facts that fill it.
                return _fill(self._own(fact), lambda place: self._fact(place, {**facts, "problem": None}))
            case str() if quote:
                return self.quote(fact)
            case list() | tuple() if name == "lines":
                return self._lines(fact)
            case list() | tuple():
                return self.list(self._said(name, item, facts, quote=quote) for item in fact)
            case _:
                return isolated(visible(str(fact)), self.direction) or UNKNOWN_FACT

    def _lines(self, lines: Sequence[object]) -> str:
        """Return `line 7` or `lines 7, 12 and 40`; of many, the first ones."""
        more = ["…"] if len(lines) > _MOST_LINES else []
        numbers = self.list([*map(str, lines[:_MOST_LINES]), *more])
        return self.message(Message(phrases.LINES.template, {"lines": Said(numbers)}, phrases.LINES.plural, len(lines)))


ENGLISH = Words()
"""The words of machine formats; says everything but language names without Babel."""


def choose(ui_language: str | None, environ: Mapping[str, str]) -> Words:
    """Return the words for whoever runs the tool.

    `ui_language` (what `--ui-language` says) wins; then the variables that gettext reads, in its order: the list
    `LANGUAGE`, unless the locale is expressly C or POSIX; `LC_ALL`, `LC_MESSAGES`, `LANG`. The first language with
    a catalogue counts; without any, English does. Raises UsageError for a `ui_language` without a catalogue.
    """
    if ui_language:
        chosen = speaking(ui_language)
        if chosen is None:
            known = ", ".join(catalogues.available())
            problem = Message(N_("the interface is not available in {language}"), {"language": ui_language})
            raise UsageError(Problem(message=problem, hint=Message(N_("there are: {names}"), {"names": known})))
        return chosen
    return next((words for tag in _wanted(environ) if (words := speaking(tag)) is not None), ENGLISH)


def _wanted(environ: Mapping[str, str]) -> list[str]:
    locale = next((environ[name] for name in _LOCALE_VARIABLES if environ.get(name)), "")
    listed = [] if locale in ("C", "POSIX") else environ.get("LANGUAGE", "").split(":")
    return [*filter(None, listed), locale]


def speaking(spelling: str) -> Words | None:
    """Return the words for a language tag or a locale name such as `pt_BR.UTF-8@euro`; None without a catalogue."""
    bare = re.split(r"[.@]", spelling, maxsplit=1)[0].replace("_", "-")
    if bare in ("C", "POSIX"):
        return ENGLISH
    if not languages.is_wellformed(bare):
        return None
    tag = languages.canonical(bare)
    parts = tag.split("-")
    shorter = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    catalogue = next((each for each in shorter if each in catalogues.available()), None)
    return None if catalogue is None else Words(tag, catalogue)


def _fill(template: str, place: Callable[[str], str]) -> Said:
    """Put facts into the places of a template; everything else of it stays, broken or not."""

    def replacement(match: re.Match[str]) -> str:
        return place(match[1]) if match[1] else match[0][0]

    return Said(_PLACE.sub(replacement, template))


def _counted(message: Message, count: int) -> Message:
    return Message(message.template, {}, message.plural, count)
