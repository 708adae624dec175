"""The settings that a judgement of two files depends on, and no others."""

from dataclasses import replace

from transtool.languages import Spellings
from transtool.model import Masthead, Noun
from transtool.settings import Config, Labels, LocalValue, Mark, Pattern, Series

_OF_THE_SITE = ("missing", "orphan", "duplicate", "identity", "local")
"""The rules that other files of the site, or none at all, decide: no judgement of two files finds them."""


def criteria(config: Config, series: Series) -> tuple[Config, Series]:
    """Return `config` and `series` without what no judgement depends on.

    A judgement is given these alone, so that nothing else can change it: where they are equal, what is remembered of
    earlier runs holds. A setting that is not taken away here counts as one that matters.
    """
    own = replace(
        config,
        path="",
        languages=(),
        series=(),
        spellings=Spellings({}),
        repository="",
        noun=Noun.EPISODE,
        mark=Mark.COMMENT,
        masthead=Masthead(),
        exclude=(),
        labels={},
        severities={rule: each for rule, each in config.severities.items() if rule not in _OF_THE_SITE},
    )
    fields = replace(series.fields, local=dict(map(_role, series.fields.local.items())))
    bare = replace(series, templates=(), languages=(), since=None, key=None, exempt=(), exclude=(), labels={})
    bare = replace(bare, fields=fields)
    return own, bare


def _role(local: tuple[str, LocalValue]) -> tuple[str, LocalValue]:
    """Return a local field without its values: that it is one decides, and that it repeats the language."""
    name, value = local
    return name, value if value == Pattern("{lang}") else Labels()
