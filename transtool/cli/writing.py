"""The commands that write files of a site: init, scaffold, stamp."""

from functools import partial
from typing import Annotated

import typer

from transtool.cli import options as opt
from transtool.cli.shared import HERE, carry_out, judged, open_site, selection_of, show_file, usage
from transtool.cli.terminal import WORDS, _, note
from transtool.errors import N_


def init(
    where: opt.Where = HERE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_(N_("Print the configuration instead of writing it.")))
    ] = False,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Look at a site and write its configuration."""
    from transtool.site.open import look_at, write_config

    proposal = look_at(where, WORDS.message, again=dry_run)
    for seen in (*proposal.seen, *proposal.warnings):
        note(seen)
    if dry_run:
        show_file(proposal.text)
        return
    path = write_config(where, proposal.text)
    note(_(N_("wrote {path}; read it, then run: transtool check"), path=str(path)))


def scaffold(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    all_languages: Annotated[
        bool, typer.Option("--all-languages", help=_(N_("Every language that the series expects.")))
    ] = False,
    missing: Annotated[bool, typer.Option("--missing", help=_(N_("Everything that is missing.")))] = False,
    series: opt.SeriesNames = None,
    body: Annotated[
        opt.Body,
        typer.Option("--body", help=_(N_("What the body starts as: a copy of the source, its outline, or nothing."))),
    ] = opt.Body.COPY,
    add_front_matter: opt.AddFrontMatter = False,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Create missing translation files."""
    from transtool.scaffold import plan as scaffolding
    from transtool.site.git import object_format
    from transtool.site.scan import exists, is_readable

    if not (numbers or missing):
        raise usage(N_("say which episodes, or --missing"))
    if not (languages or all_languages or missing):
        raise usage(N_("say which --language, or --all-languages"))
    site = open_site(where, config)
    plan = scaffolding.plan(
        site.catalogue,
        site.config,
        selection_of(site, languages, series, numbers),
        body=body.value,
        exists=partial(exists, site.root),
        is_readable=partial(is_readable, site.root),
        algorithm=object_format(site.root),
        add_front_matter=add_front_matter,
    )
    carry_out(site, plan, dry_run, idle=N_("nothing to write: what was asked for already exists"))


def stamp(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    all_current: Annotated[
        bool, typer.Option("--all-current", help=_(N_("Every translation that is current now.")))
    ] = False,
    series: opt.SeriesNames = None,
    add_front_matter: opt.AddFrontMatter = False,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Record translations as reviewed against the source as it is now."""
    from transtool.scaffold import stamp as stamping
    from transtool.selection import EVERYTHING
    from transtool.site.git import object_format

    if not (numbers or all_current):
        raise usage(N_("say which episodes, or --all-current"))
    site = open_site(where, config)
    plan = stamping.plan(
        site.catalogue,
        site.config,
        selection_of(site, languages, series, numbers),
        only_current=judged(site, EVERYTHING) if all_current else None,
        algorithm=object_format(site.root),
        add_front_matter=add_front_matter,
    )
    carry_out(
        site, plan, dry_run, idle=N_("nothing to write: what was asked for is already stamped, or does not exist")
    )
