"""The commands that look at a site: check, show, diff, todo, report, config."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from transtool.assess.work_list import Order
from transtool.cli import completion
from transtool.cli import options as opt
from transtool.cli.progress import shown
from transtool.cli.shared import (
    HERE,
    account,
    among,
    explain,
    export,
    format_of,
    hints_of,
    judged,
    mention,
    open_site,
    require_format,
    screen,
    selection_of,
    surroundings,
    to_read,
    usage,
)
from transtool.cli.terminal import WORDS, _, deliver, emit, note
from transtool.errors import N_

if TYPE_CHECKING:  # reading a site takes modules that `--help` and `--version` can do without
    from transtool.model import Severity
    from transtool.render.extent import Extent
    from transtool.selection import Selection
    from transtool.site.open import Site

_MOST_TASKS = 20
"""Entries of the work list that are shown without `--all`: what fits a screen."""


def check(
    where: opt.Where = HERE,
    output_format: Annotated[str, opt.REPORT_FORMAT] = "table",
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    numbers: opt.Numbers = None,
    rules: opt.Rules = None,
    severity: opt.AtLeast = None,
    since: opt.Since = None,
    changed: opt.Changed = False,
    every: opt.Every = False,
    summary: opt.Summary = False,
    quiet: opt.Quiet = False,
    fail_on: opt.FailOn = None,
    min_coverage: opt.MinCoverage = None,
    min_freshness: opt.MinFreshness = None,
    strict: opt.Strict = False,
    strict_corrections: opt.StrictCorrections = False,
    write_baseline: opt.WriteBaseline = False,
    output: opt.Output = None,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
    verbose: opt.Verbose = False,
) -> None:
    """Judge the site and gate on it."""
    from transtool.assess import baseline_file as known
    from transtool.assess.gate import failures, parse_gate
    from transtool.settings import Corrections
    from transtool.site.open import known_findings, remember_findings

    if write_baseline and (languages or series or numbers or rules or severity or since or changed):
        raise usage(N_("--write-baseline records the whole site: leave out what narrows it"))
    require_format(output_format, output)
    extent = _extent(output_format, rules, every=every, summary=summary, quiet=quiet)
    site = open_site(where, config)
    if strict_corrections:
        site = replace(site, config=replace(site.config, corrections=Corrections.STALE))
    gate = parse_gate(
        strict=strict,
        fail_on=fail_on or (),
        coverage=min_coverage or (),
        freshness=min_freshness or (),
        spellings=site.config.spellings,
    )
    selection = selection_of(site, languages, series, numbers, rules, _severity(severity))
    report = judged(site, selection, changed=changed, since=since)
    if write_baseline:
        path, count = remember_findings(site, report)
        note(_(N_("wrote {path}: {counted_findings} known"), path=path.as_posix(), findings=count))
        raise typer.Exit
    report, hidden = known.without(report, known_findings(site))
    if not quiet:
        mention(site, report, verbose)
    if hidden and not quiet:
        note(_(N_("{counted_findings} known, not shown ({path})"), findings=hidden, path=known.NAME))
    narrowing = (
        *(("--severity", severity.value) if severity else ()),
        *(("--since", since) if since else ()),
        *(("--changed",) if changed else ()),
        *(("--strict-corrections",) if strict_corrections else ()),
    )
    with site.stages.stage(N_("rendering")):
        hints = hints_of(where, config, languages, series, numbers, *narrowing)
        export(report, output_format, output, extent=extent, gate=gate, hints=hints)
    account(site, verbose)
    reasons = failures(report, gate)
    for reason in reasons:
        note(_(N_("failed: {reason}"), reason=reason))
    raise typer.Exit(1 if reasons else 0)


def _extent(name: str, rules: list[str] | None, *, every: bool, summary: bool, quiet: bool) -> "Extent":
    """Return how much of the table is asked for. Raises UsageError for options that exclude each other."""
    from transtool.render.extent import Extent

    asked = [
        extent for extent, wanted in ((Extent.ALL, every), (Extent.SUMMARY, summary), (Extent.FAILING, quiet)) if wanted
    ]
    if asked and name != "table":
        raise usage(N_("--all, --summary and --quiet are about the format table"))
    if len(asked) > 1:
        raise usage(N_("--all, --summary and --quiet exclude each other"))
    return asked[0] if asked else Extent.ALL if rules else Extent.PAGE


def _severity(level: opt.Level | None) -> "Severity | None":
    from transtool.model import Severity

    return None if level is None else Severity.INFO if level is opt.Level.NOTE else Severity(level.value)


def show(
    number: opt.Episode,
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    output_format: opt.TextOrJson = "text",
    output: opt.Output = None,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Show one episode in all its languages."""
    from transtool.render import episode, renderer

    site = open_site(where, config)
    report = judged(site, selection_of(site, languages, series, [number]))
    about = surroundings(site, hints_of(where, config))
    formats: dict[str, Callable[[], str | bytes]] = {
        "text": lambda: episode.render(report, WORDS, about=about, **screen(output)),
        "json": lambda: renderer("json")(report, WORDS),
    }
    deliver(among(formats, output_format)(), output)


def diff(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    output_format: opt.TextFormat = "text",
    output: opt.Output = None,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Show what changed in the source since a translation."""
    from transtool.render import changes, renderer

    if not (numbers or languages or series):
        raise usage(N_("say which episodes, or which --language"))
    site = open_site(where, config)
    selection = selection_of(site, languages, series, numbers)
    report = judged(site, selection)
    told = report if selection.names_episodes else changes.changed(report)
    formats: dict[str, Callable[[], str | bytes]] = {
        "text": lambda: changes.render(told, WORDS, **screen(output)),
        "json": lambda: changes.render_json(report),
        "markdown": lambda: changes.render_markdown(told, WORDS),
        "html": lambda: renderer("html")(report, WORDS.calling(report.noun)),
    }
    content = among(formats, output_format)()
    if output_format == "text":
        to_read(str(content), output)
    else:
        deliver(content, output)


def todo(
    where: opt.Where = HERE,
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    numbers: opt.Numbers = None,
    order: Annotated[Order, opt.flag("--sort", N_("What comes first."))] = Order.VALUE,
    every: opt.Every = False,
    output_format: opt.TextOrJson = "text",
    output: opt.Output = None,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """List what to do next."""
    from transtool.assess.work_list import tasks
    from transtool.render import worklist

    site = open_site(where, config)
    report = judged(site, selection_of(site, languages, series, numbers))
    hints = hints_of(where, config, languages, series, numbers)
    about = surroundings(site, hints)
    words = WORDS.calling(site.config.noun)
    whole = hints.all_tasks("" if order is Order.VALUE else order.value)
    most = None if every else _MOST_TASKS
    formats: dict[str, Callable[[], str]] = {
        "text": lambda: worklist.render(tasks(report, order, about), words, whole, most=most, **screen(output)),
        "json": lambda: worklist.render_json(tasks(report, order, replace(about, where=()))),
    }
    deliver(among(formats, output_format)(), output)


def report(
    where: opt.Where = HERE,
    output_format: Annotated[str | None, opt.REPORT_FORMAT] = None,
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    numbers: opt.Numbers = None,
    rules: opt.Rules = None,
    severity: opt.AtLeast = None,
    history: opt.History = False,
    output: opt.Output = None,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
    verbose: opt.Verbose = False,
) -> None:
    """Export the state of the site."""
    from transtool.render import SUFFIXES, TREND_SUFFIXES, TRENDS

    if history:
        name = output_format or format_of(output, TREND_SUFFIXES)
        among(TRENDS, name, N_("unknown format {name} of --history"))
        site = open_site(where, config)
        _export_trend(site, selection_of(site, languages, series, numbers, rules), name, output)
        explain(site, None, verbose)
        return
    name = require_format(output_format or format_of(output, SUFFIXES), output)
    site = open_site(where, config)
    found = judged(site, selection_of(site, languages, series, numbers, rules, _severity(severity)))
    with site.stages.stage(N_("rendering")):
        hints = hints_of(where, config, languages, series, numbers)
        export(found, name, output, extent=_extent(name, rules, every=False, summary=False, quiet=False), hints=hints)
    explain(site, found, verbose)


def configuration(
    schema: Annotated[
        str | None,
        opt.option(
            "--schema",
            "config|report|fleet",
            N_("Print a JSON Schema: of transtool.toml, or of what report or fleet writes."),
            offered=completion.schemas,
        ),
    ] = None,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Check the configuration, or print a JSON Schema."""
    from transtool.schemas import SCHEMAS, schema_text
    from transtool.site.open import read_config

    if schema is not None:
        emit(schema_text(among(SCHEMAS, schema, N_("unknown schema {name}"))))
        return
    path, settings = read_config(where, config)
    names = [each.name for each in settings.series]
    note(_(N_("{path} is fine: {series}"), path=path.as_posix(), series=names))


def _export_trend(site: "Site", selection: "Selection", name: str, output: Path | None) -> None:
    """Deliver how the selected part of `site` went, in a format of `TRENDS`."""
    from transtool.render import TRENDS, renderer
    from transtool.site.trend import report_and_trend, trend_of

    with shown(site.stages):
        report, trend = report_and_trend(site, selection) if name == "html" else (None, trend_of(site, selection))
    draw = renderer(name, TRENDS)
    with site.stages.stage(N_("rendering")):
        if name == "html":
            content = draw(report, WORDS.calling(site.config.noun), trend=trend)
        else:
            content = draw(trend, WORDS, **screen(output)) if name == "table" else draw(trend, WORDS)
        deliver(content, output)
