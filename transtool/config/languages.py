"""The languages that a configuration declares, and how its site spells them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transtool.config.check import Faults
from transtool.config.lines import Path
from transtool.config.tables import SiteTable
from transtool.errors import N_, Message
from transtool.languages import Spellings, canonical, fold, is_wellformed
from transtool.model import Language
from transtool.text.suggestions import suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class Languages:
    """The languages of a site: its `source`, those of the `site`, those of each of the `series`."""

    source: Language | None
    site: tuple[Language, ...]
    series: Mapping[str, tuple[Language, ...]]
    spellings: Spellings

    @property
    def known(self) -> tuple[Language, ...]:
        """Return every language, the source first."""
        source = () if self.source is None else (self.source,)
        return tuple(dict.fromkeys((*source, *self.site, *(tag for tags in self.series.values() for tag in tags))))

    def translations(self, series: str) -> tuple[Language, ...]:
        """Return the languages that `series` is translated into."""
        return tuple(tag for tag in self.series[series] if tag != self.source)

    def resolve(self, text: str, place: Path, faults: Faults) -> Language | None:
        """Return the known language that `text` names; None, and a fault, where there is none."""
        found = self.spellings.resolve(text)
        if found not in self.known:
            hint = suggestion(text, self.known) or Message(N_("configured: {names}"), {"names": ", ".join(self.known)})
            faults.add(place, N_("{key}: {value} is not one of the configured languages"), hint, value=text)
            return None
        return found


def read_languages(site: SiteTable, faults: Faults) -> Languages:
    """Return the languages of `site`, noting what is not a tag, and languages that appear twice in a list.

    An alias counts in lists too: with `iw = "he"`, the list `["iw"]` means Hebrew, written `iw` in paths.
    """
    aliases = {
        fold(spelling): tag for spelling, tag in site.aliases.items() if _is_tag(tag, ("aliases", spelling), faults)
    }
    source = () if site.source is None else _declared([site.source], ("source",), aliases, faults)
    general = _declared(site.languages, ("languages",), aliases, faults)
    series = {
        name: general
        if table.languages is None
        else _declared(table.languages, ("series", name, "languages"), aliases, faults)
        for name, table in site.series.items()
    }
    every = [*source, *general, *(pair for pairs in series.values() for pair in pairs)]
    return Languages(
        source=source[0][1] if source else None,
        site=_tags(general),
        series={name: _tags(pairs) for name, pairs in series.items()},
        spellings=_spellings(site, aliases, every),
    )


def _spellings(site: SiteTable, aliases: Mapping[str, str], declared: Sequence[tuple[str, Language]]) -> Spellings:
    """Return how the languages are spelled; an alias of a language that is not declared makes nothing known."""
    known = {tag for _, tag in declared}
    tags = {spelling: aliases.get(fold(spelling)) for spelling in site.aliases}
    wanted = {spelling: tag for spelling, tag in tags.items() if tag is not None and canonical(tag) in known}
    return Spellings.of([text for text, _ in declared], wanted)


def _tags(pairs: Iterable[tuple[str, Language]]) -> tuple[Language, ...]:
    return tuple(tag for _, tag in pairs)


def _declared(
    texts: Iterable[str], place: Path, aliases: Mapping[str, str], faults: Faults
) -> tuple[tuple[str, Language], ...]:
    """Return the languages that `texts` declare, each with its spelling, each once."""
    found: dict[Language, str] = {}
    for index, text in enumerate(texts):
        at = place if place == ("source",) else (*place, index)
        if fold(text) not in aliases and not _is_tag(text, at, faults):
            continue
        tag = canonical(aliases.get(fold(text), text))
        if tag in found:
            faults.add(at, N_("{key}: {value} appears twice in this list"), value=text)
        found.setdefault(tag, text)
    return tuple((text, tag) for tag, text in found.items())


def _is_tag(text: str, place: Path, faults: Faults) -> bool:
    if is_wellformed(text):
        return True
    faults.add(place, N_("{key}: {value} is not a language tag"), value=text)
    return False
