"""The commands: each gathers its options, asks the core once and hands on what comes back."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from transtool.cli import options as opt
from transtool.cli.terminal import WORDS, _, deliver, emit, note, wants_colour, width
from transtool.errors import N_, Message, Problem, UsageError
from transtool.model import Report
from transtool.selection import Selection
from transtool.site import Site, Stages, open_site, report_on

HERE = Path()


def check(
    where: opt.Where = HERE,
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help=_(N_("table, json, csv, markdown ...")))
    ] = "table",
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    numbers: opt.Numbers = None,
    rules: opt.Rules = None,
    fail_on: opt.FailOn = None,
    min_coverage: opt.MinCoverage = None,
    min_freshness: opt.MinFreshness = None,
    strict: opt.Strict = False,
    output: opt.Output = None,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
    verbose: opt.Verbose = False,
) -> None:
    """Judge the site and gate on it."""
    from transtool.gate import failures, parse_gate

    site = open_site(where, config, Stages())
    gate = parse_gate(
        strict=strict,
        fail_on=fail_on or (),
        coverage=min_coverage or (),
        freshness=min_freshness or (),
        spellings=site.config.spellings,
    )
    report = _selected(site, _selection(site, languages, series, numbers, rules))
    deliver(_rendered(report, output_format, output), output)
    _explain(site, verbose)
    reasons = failures(report, gate)
    for reason in reasons:
        note(_(N_("failed: {reason}"), reason=WORDS.message(reason)))
    raise typer.Exit(1 if reasons else 0)


def report(
    where: opt.Where = HERE,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=_(N_("table, json, csv, markdown, html ... (default: what the file name says)")),
        ),
    ] = None,
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    numbers: opt.Numbers = None,
    rules: opt.Rules = None,
    output: opt.Output = None,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
    verbose: opt.Verbose = False,
) -> None:
    """Export the state of the site."""
    site = open_site(where, config, Stages())
    judged = _selected(site, _selection(site, languages, series, numbers, rules))
    deliver(_rendered(judged, output_format or _format_of(output), output), output)
    _explain(site, verbose)


def show(
    number: opt.Episode,
    series: opt.SeriesNames = None,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Show one episode in all its languages."""
    from transtool.render.episode import render

    site = open_site(where, config)
    judged = _selected(site, _selection(site, (), series, [number], ()))
    emit(render(judged, WORDS, colour=wants_colour(), width=width()))


def scaffold(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    all_languages: Annotated[
        bool, typer.Option("--all-languages", help=_(N_("Every language the series expects.")))
    ] = False,
    missing: Annotated[bool, typer.Option("--missing", help=_(N_("Everything that is missing.")))] = False,
    series: opt.SeriesNames = None,
    body: Annotated[
        opt.Body,
        typer.Option("--body", help=_(N_("What the body starts as: a copy of the source, its outline, or nothing."))),
    ] = opt.Body.COPY,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Create missing translation files."""
    from transtool import scaffold as scaffolding

    site = open_site(where, config)
    if not (numbers or missing):
        raise _usage(N_("say which episodes, or --missing"))
    if not (languages or all_languages or missing):
        raise _usage(N_("say which --language, or --all-languages"))
    wanted = _selection(site, languages or (), series, numbers, ())
    plan = scaffolding.plan(site.catalogue, site.config, wanted, body=body.value)
    _carry_out(site, plan, dry_run)


def stamp(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    all_current: Annotated[
        bool, typer.Option("--all-current", help=_(N_("Every translation that is current now.")))
    ] = False,
    series: opt.SeriesNames = None,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Record translations as reviewed against the source as it is now."""
    from transtool import stamp as stamping

    site = open_site(where, config)
    if not (numbers or all_current):
        raise _usage(N_("say which episodes, or --all-current"))
    wanted = _selection(site, languages or (), series, numbers, ())
    only = report_on(site) if all_current else None
    _carry_out(site, stamping.plan(site.catalogue, site.config, wanted, only_current=only), dry_run)


COMMANDS: tuple[tuple[str, Callable[..., None], str], ...] = (
    ("check", check, N_("Show coverage and findings; exit with 1 when the site does not pass.")),
    ("show", show, N_("Show one episode in all its languages.")),
    ("scaffold", scaffold, N_("Create missing translation files, with everything copied that can be copied.")),
    ("stamp", stamp, N_("Record translations as reviewed against the source as it is now.")),
    ("report", report, N_("Export the state of the site; never fails on findings.")),
)
"""Name, function and help of every command, in the order in which help shows them."""


def _selection(
    site: Site,
    languages: Iterable[str] | None,
    series: Iterable[str] | None,
    numbers: Iterable[str] | None,
    rules: Iterable[str] | None,
) -> Selection:
    """Return what the options select; raises UsageError for what the site does not have."""
    from transtool.selection import parse, require_numbers

    selection = parse(
        languages=languages or (),
        series=series or (),
        numbers=numbers or (),
        rules=rules or (),
        spellings=site.config.spellings,
        known_languages=site.config.known_languages,
        known_series=(each.name for each in site.config.series),
    )
    require_numbers(selection, ((episode.series, episode.key) for episode in site.catalogue.episodes))
    return selection


def _selected(site: Site, selection: Selection) -> Report:
    from transtool.selection import select

    return select(report_on(site), selection)


def _rendered(judged: Report, name: str, output: Path | None) -> str | bytes:
    from transtool.render import FORMATS, renderer

    if name not in FORMATS:
        from transtool.selection import suggestion

        hint = suggestion(name, FORMATS) or Message(N_("there are: {names}"), {"names": ", ".join(FORMATS)})
        raise UsageError(Problem(message=Message(N_("unknown format {name}"), {"name": name}), hint=hint))
    if name == "table":
        on_screen = output is None
        return renderer(name)(judged, WORDS, colour=on_screen and wants_colour(), width=width() if on_screen else None)
    return renderer(name)(judged, WORDS)


def _format_of(output: Path | None) -> str:
    """Return the format that the name of the file asks for."""
    from transtool.render import SUFFIXES

    return SUFFIXES.get(output.suffix.lower(), "table") if output is not None else "table"


def _usage(template: str) -> UsageError:
    return UsageError(Problem(message=Message(template)))


def _explain(site: Site, verbose: bool) -> None:
    """Say on stderr what was read and where the time went."""
    if not verbose:
        return
    for name, count in site.stages.counts.items():
        note(f"{_(name)}: {WORDS.number(count)}")
    for name, seconds in site.stages.seconds.items():
        note(_(N_("{stage}: {seconds} s"), stage=_(name), seconds=round(seconds, 3)))


def _carry_out(site: Site, plan: "Plan", dry_run: bool) -> None:
    """Show the plan's changes as a diff, or make them; then say what could not be planned."""
    from transtool.files import apply, diff

    if dry_run:
        emit(diff(plan.changes))
    else:
        apply(site.root, plan.changes)
        for change in plan.changes:
            note(_(N_("wrote {path}"), path=change.path))
    for each in plan.notes:
        note(WORDS.problem(each))
