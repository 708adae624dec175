"""The commands that write what can be made from the source: init, scaffold, sync, update."""

from collections.abc import Iterable
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

from transtool.cli import completion
from transtool.cli import options as opt
from transtool.cli.shared import HERE, carry_out, explain, open_to_write, selection_of, show_file, show_patch, usage
from transtool.cli.terminal import WORDS, _, note
from transtool.errors import N_, Problem, UsageError

if TYPE_CHECKING:
    from transtool.discover import Wish


def init(
    where: opt.Where = HERE,
    languages: Annotated[
        list[str] | None,
        opt.option(
            "--languages --language -l",
            "LANG,...",
            N_("The languages to translate into, for what files cannot tell: es,fr."),
        ),
    ] = None,
    source: Annotated[
        str | None, opt.option("--source", "LANG", N_("The language that sources are written in."))
    ] = None,
    dry_run: opt.DryRun = False,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Look at a site and write its configuration, or add to it what it lacks."""
    from transtool.edits import diff
    from transtool.site.lock import locked
    from transtool.site.look import look_at, write_config
    from transtool.site.open import require_directory

    require_directory(where)
    with nullcontext() if dry_run else locked(where):
        drawn = look_at(where, WORDS.message, _wish(source, languages or ()))
        for seen in (*drawn.proposal.seen, *drawn.proposal.warnings):
            note(seen)
        if drawn.edit is None:
            note(_(N_("nothing to write: the configuration says all of this already")))
        elif dry_run and drawn.edit.before is None:
            show_file(drawn.proposal.text)
        elif dry_run:
            show_patch(diff([drawn.edit]))
        else:
            path = write_config(drawn)
            note(_(N_("wrote {path}; read it, then run: transtool check"), path=path.as_posix()))


def _wish(source: str | None, languages: Iterable[str]) -> "Wish":
    """Return what was said about the site's languages; raises UsageError for what is not a language tag."""
    from transtool.discover import Wish
    from transtool.languages import is_wellformed

    tags = [tag.strip() for text in languages for tag in text.split(",") if tag.strip()]
    for tag in filter(None, (*tags, source)):
        if not is_wellformed(tag):
            raise UsageError(Problem.of(N_("{language} is not a language tag"), language=tag))
    return Wish(source or "", tuple(dict.fromkeys(tags)))


def scaffold(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    all_languages: Annotated[bool, opt.flag("--all-languages", N_("Every language that the series expects."))] = False,
    missing: Annotated[bool, opt.flag("--missing", N_("Everything that is missing."))] = False,
    series: opt.SeriesNames = None,
    body: Annotated[
        opt.Body, opt.flag("--body", N_("What the body starts as: a copy of the source, its outline, or nothing."))
    ] = opt.Body.COPY,
    add_front_matter: opt.AddFrontMatter = False,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Create missing translation files."""
    from transtool.site import plans

    if not (numbers or missing):
        raise usage(N_("say which episodes, or --missing"))
    if not (languages or all_languages or missing):
        raise usage(N_("say which --language, or --all-languages"))
    with open_to_write(where, config, dry_run=dry_run) as site:
        selection = selection_of(site, languages, series, numbers)
        plan = plans.scaffold(site, selection, body=body.value, add_front_matter=add_front_matter)
        carry_out(site, plan, dry_run, idle=N_("nothing to write: what was asked for already exists"))


def sync(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    every: opt.Every = False,
    fields: Annotated[
        list[str] | None,
        opt.option(
            "--field", "NAME", N_("Only this field, and what is in it; repeat for more."), offered=completion.fields
        ),
    ] = None,
    origin: Annotated[
        str | None,
        opt.option(
            "--from",
            "LANG",
            N_("This translation is right: carry its values to the source and on."),
            offered=completion.languages,
        ),
    ] = None,
    series: opt.SeriesNames = None,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Bring front matter of translations in line with their sources and the configuration."""
    from transtool.site import plans

    if not (numbers or every):
        raise usage(N_("say which episodes, or --all"))
    with open_to_write(where, config, dry_run=dry_run) as site:
        selection = selection_of(site, languages, series, numbers)
        drawn = plans.sync(site, selection, fields=fields, origin=origin)
        if drawn.changes and site.stages.no_history is not None:
            note(f"git: {WORDS.problem(site.stages.no_history)}")
        carry_out(site, drawn, dry_run, idle=N_("nothing to write: everything that was asked for is in line"))


def update(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    every: opt.Every = False,
    series: opt.SeriesNames = None,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Carry over what needs no translator, and mark the rest."""
    from transtool.cli.progress import shown
    from transtool.site import plans
    from transtool.site.update import summary

    if not (numbers or every):
        raise usage(N_("say which episodes, or --all"))
    with open_to_write(where, config, dry_run=dry_run) as site:
        selection = selection_of(site, languages, series, numbers)
        with shown(site.stages):
            plan, outcomes = plans.update(site, selection)
        for each in outcomes:
            if (said := summary(each)) is not None:
                note(WORDS.problem(said))
        explain(site, None, verbose=False)
        carry_out(site, plan, dry_run, idle=N_("nothing to write: what needs no translator is carried over already"))
