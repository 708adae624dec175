"""The commands that record what people looked at: stamp, dismiss."""

import sys
from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from transtool.cli import options as opt
from transtool.cli.shared import HERE, carry_out, judged, open_to_write, selection_of, usage
from transtool.cli.terminal import WORDS, _, emit, note, wants_colour, width
from transtool.errors import N_, Message, Problem, UsageError
from transtool.model import Key, Report

if TYPE_CHECKING:  # reading a site takes modules that `--help` and `--version` can do without
    from transtool.edits import Plan
    from transtool.keys import NumberSet
    from transtool.scaffold.dismiss import OpenPage
    from transtool.selection import Selection
    from transtool.site.open import Site


def stamp(
    numbers: opt.Episodes = None,
    languages: opt.Languages = None,
    segments: opt.Segments = None,
    all_current: Annotated[bool, opt.flag("--all-current", N_("Every translation that is current now."))] = False,
    series: opt.SeriesNames = None,
    yes: opt.Yes = False,
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
    with open_to_write(where, config, dry_run=dry_run) as site:
        selection = selection_of(site, languages, series, numbers)
        report = judged(site, EVERYTHING if all_current else selection)
        chosen = _numbers_of(segments)
        plan = None if chosen is None else _segment_plan(site, report, chosen, add_front_matter=add_front_matter)
        if plan is None:
            if chosen is None and not all_current and not _may_stamp(report, yes=yes or dry_run):
                return
            plan = stamping.plan(
                site.catalogue,
                site.config,
                selection,
                only_current=report if all_current else None,
                algorithm=object_format(site.root),
                add_front_matter=add_front_matter,
            )
        carry_out(
            site, plan, dry_run, idle=N_("nothing to write: what was asked for is already stamped, or does not exist")
        )


def dismiss(
    numbers: opt.Episodes = None,
    segments: opt.Segments = None,
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    reason: Annotated[
        str, opt.option("--reason", "TEXT", N_("Why it needs no translation, for whoever reads it."))
    ] = "",
    yes: opt.Yes = False,
    listing: Annotated[
        bool, opt.flag("--list", N_("Write nothing; list what there is to dismiss, and what was dismissed."))
    ] = False,
    undo: Annotated[bool, opt.flag("--undo", N_("Take back what was dismissed."))] = False,
    tidy: Annotated[
        bool, opt.flag("--tidy", N_("Forget what no translation is behind with any more, in the whole site."))
    ] = False,
    dry_run: opt.DryRun = False,
    where: opt.Site = HERE,
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Record changes of the source as needing no translation, once for all languages."""
    if not (numbers or tidy or listing):
        raise usage(N_("say which episodes"))
    chosen = _numbers_of(segments)
    with open_to_write(where, config, dry_run=dry_run or listing) as site:
        selection = selection_of(site, languages, series, numbers)
        idle = N_("nothing to write: no translation is behind with a change of the source")
        if listing:
            _list(site, selection)
            return
        if tidy:
            plan: Plan | None = _tidy_plan(site)
            idle = N_("nothing to write: all that was dismissed is needed")
        elif undo:
            plan = _undo_plan(site, selection, chosen)
            idle = N_("nothing to write: nothing of this was dismissed")
        else:
            plan = _dismiss_plan(site, selection, chosen, reason, yes=yes or dry_run)
        if plan is not None:
            carry_out(site, plan, dry_run, idle=idle)


def _tidy_plan(site: "Site") -> "Plan":
    """Return the plan to forget what no translation of the site is behind with any more."""
    from transtool.assess.dismissed_file import idle
    from transtool.scaffold.dismiss import tidy
    from transtool.selection import EVERYTHING
    from transtool.site.scan import exists

    return tidy(site.dismissed, idle(site.dismissed, judged(site, EVERYTHING)), partial(exists, site.root))


def _undo_plan(site: "Site", selection: "Selection", chosen: "NumberSet | None") -> "Plan":
    """Return the plan to take back what was dismissed."""
    from transtool.scaffold.dismiss import undo
    from transtool.site.scan import exists

    return undo(site.dismissed, selection, partial(_is_among, chosen), partial(exists, site.root))


def _dismiss_plan(
    site: "Site", selection: "Selection", chosen: "NumberSet | None", reason: str, *, yes: bool
) -> "Plan | None":
    """Return the plan to dismiss open changes; None where whoever was asked does not want that."""
    from transtool.scaffold.dismiss import open_pages, plan, untold
    from transtool.site.scan import exists

    report = judged(site, selection)
    pages = _chosen(open_pages(report), chosen, yes=yes)
    if pages is None:
        return None
    languages, notes = selection.languages or (), [*untold(report)]
    there = partial(exists, site.root)
    return plan(site.dismissed, pages, there, languages=languages, reason=reason, notes=notes)


def _segment_plan(site: "Site", report: Report, chosen: "NumberSet", *, add_front_matter: bool) -> "Plan | None":
    """Return the plan to record some segments of the one selected translation; None where no other is left open."""
    from transtool.scaffold import stamp as stamping

    places = [each for each in report.translations if each[1].total and each[1].basis]
    if len(places) != 1:
        raise usage(N_("--segment goes with one episode and one --language, whose translation can be compared"))
    ((told, cell),) = places
    _require(chosen, len(cell.changes))
    taken = [change for number, change in enumerate(cell.changes, 1) if _is_among(chosen, number)]
    episode = site.catalogue.episode(told.series, told.key)
    if episode is None or len(taken) == len(cell.changes):
        return None
    return stamping.plan_segments(
        episode, cell.language, taken, site.catalogue, site.config, add_front_matter=add_front_matter
    )


def _may_stamp(report: Report, *, yes: bool) -> bool:
    """Say whether translations may be stamped although segments are open; see `_agreed`."""
    behind = [cell for cell in report.cells if cell.changes]
    count = sum(len(cell.changes) for cell in behind)
    message = Message(
        N_("one segment is open, and would count as reviewed"),
        plural=N_("{count} segments are open, and would count as reviewed"),
        count=count,
    )
    hint = Message(N_("`transtool diff` shows them; --yes stamps all the same, --segment single ones"))
    return not count or _agreed(
        Problem(message=message, path=behind[0].path if len(behind) == 1 else None, hint=hint), yes=yes
    )


def _list(site: "Site", selection: "Selection") -> None:
    """Print the open changes of the selected episodes, and those that were dismissed."""
    from transtool.render.dismissals import render
    from transtool.scaffold.dismiss import numbered

    dismissed = numbered(site.dismissed, selection)
    report = judged(site, selection)
    emit(render(report, dismissed, WORDS, colour=wants_colour(), width=width()))


def _chosen(pages: "Sequence[OpenPage]", chosen: "NumberSet | None", *, yes: bool) -> "Sequence[OpenPage] | None":
    """Return the changes that are to be dismissed: those named, else all; None where that is not agreed to."""
    from dataclasses import replace

    count = sum(len(page.changes) for page in pages)
    if chosen is not None:
        if len(pages) > 1:
            raise usage(N_("--segment goes with one episode"))
        _require(chosen, count)
        named = [
            replace(
                page, changes=tuple(each for number, each in enumerate(page.changes, 1) if _is_among(chosen, number))
            )
            for page in pages
        ]
        return [page for page in named if page.changes]
    if count > 1:
        message = Message(
            N_("{count} change is open"),
            plural=N_("{count} changes are open; say which need no translation"),
            count=count,
        )
        hint = Message(N_("--list shows them; --segment names some, --yes means all"))
        if not _agreed(Problem(message=message, hint=hint), yes=yes):
            return None
    return pages


def _agreed(doubt: Problem, *, yes: bool) -> bool:
    """Say whether to go on in spite of a doubt: with `--yes`, or if somebody at the terminal says so.

    Raises UsageError where nobody can be asked.
    """
    if yes:
        return True
    if sys.stdin is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(doubt)
    note(WORDS.problem(doubt))
    return typer.confirm(_(N_("Go on?")), err=True)


def _numbers_of(segments: Collection[str] | None) -> "NumberSet | None":
    """Return the numbers of changes that an option names; None where it was not given."""
    from transtool.keys import parse_numbers

    return parse_numbers(",".join(segments)) if segments else None


def _is_among(chosen: "NumberSet | None", number: int) -> bool:
    return chosen is None or str(number) in chosen


def _require(chosen: "NumberSet", count: int) -> None:
    """Raise UsageError for numbers beyond those of the `count` changes there are."""
    lacking = chosen.unmatched([Key(str(number)) for number in range(1, count + 1)])
    if not lacking:
        return
    message = Message(N_("there is no change {number}"), {"number": ", ".join(lacking)})
    hint = Message(N_("there are {first} to {last}"), {"first": "1", "last": str(count)}) if count > 1 else None
    raise UsageError(Problem(message=message, hint=hint))
