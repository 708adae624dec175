"""Which exemptions of the configuration fit nothing: most likely a key is misspelt, or its episode was renamed."""

from collections.abc import Iterable, Iterator

from transtool.errors import N_, Message, Problem
from transtool.link import Episode
from transtool.model import Key
from transtool.settings import Config, Exemption, Series


def idle(episodes: Iterable[Episode], config: Config) -> Iterator[Problem]:
    """Give, for every exemption, its keys that no episode has and its languages that its series does not expect."""
    keys: dict[str, set[Key]] = {}
    for episode in episodes:
        keys.setdefault(episode.series, set()).add(episode.key)
    for series in config.series:
        if series.name in keys:  # of a series without files, that is said instead
            for exemption in series.exempt:
                for message in _idle(exemption, series, keys[series.name]):
                    yield Problem(message=message, path=config.path)


def _idle(exemption: Exemption, series: Series, keys: set[Key]) -> Iterator[Message]:
    for name in () if exemption.keys is None else exemption.keys.unmatched(keys):
        yield Message(N_("series {series} has no episode {number} to exempt"), {"series": series.name, "number": name})
    for language in exemption.languages or ():
        if language not in series.languages:
            facts = {"series": series.name, "language": language}
            yield Message(N_("series {series} exempts {language_name}, which it does not expect anyway"), facts)
