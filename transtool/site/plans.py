"""Plan what can be made from the sources of a site, with what the plans need to know of the world."""

from collections.abc import Iterable
from functools import partial

from transtool import sync as syncing
from transtool.edits import Plan
from transtool.scaffold import plan as scaffolding
from transtool.selection import Selection, names_in
from transtool.site import update as updating
from transtool.site.git import object_format
from transtool.site.judge import past_of
from transtool.site.open import Site, selection_of
from transtool.site.scan import exists, is_readable


def scaffold(site: Site, selection: Selection, *, body: scaffolding.Body, add_front_matter: bool) -> Plan:
    """Plan the selected translations that are missing (see `scaffold.plan`)."""
    return scaffolding.plan(
        site.catalogue,
        site.config,
        selection,
        body=body,
        exists=partial(exists, site.root),
        is_readable=partial(is_readable, site.root),
        algorithm=object_format(site.root),
        add_front_matter=add_front_matter,
    )


def sync(site: Site, selection: Selection, *, fields: Iterable[str] | None = None, origin: str | None = None) -> Plan:
    """Plan to bring front matter in line: of all fields or of some, by the source or by the language `origin`.

    Raises UsageError for a field that no selected page has, and for a language that the site does not have.
    """
    names = None if fields is None else frozenset(names_in(fields))
    syncing.require_fields(names or (), site.catalogue, selection)
    right = None if origin is None else next(iter(selection_of(site, [origin]).languages or ()), None)
    with past_of(site) as past:
        return syncing.plan(site.catalogue, site.config, selection, wish=syncing.Wish(names, right), past=past)


def update(site: Site, selection: Selection) -> tuple[Plan, tuple[updating.Outcome, ...]]:
    """Plan to carry over what needs no translator, and say what became of each translation (see `site.update`)."""
    with past_of(site) as past:
        return updating.plan(site, selection, past)
