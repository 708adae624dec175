"""What commands have in common: selecting, choosing a format, carrying out a plan."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, TypeVar

import typer

from transtool.cli.terminal import WORDS, _, deliver, emit, is_stdout, is_terminal, note, wants_colour, width
from transtool.errors import N_, Problem, UsageError, WorldError
from transtool.model import Status

if TYPE_CHECKING:  # reading a site takes modules that `--help` and `--version` can do without
    from transtool.assess.gate import Gate
    from transtool.assess.work_list import Surroundings
    from transtool.edits import Plan
    from transtool.model import Report, Severity
    from transtool.render.extent import Extent
    from transtool.render.hints import Hints
    from transtool.selection import Selection
    from transtool.site.open import Site

HERE = Path()
"""Where a site is looked for unless told otherwise."""

T = TypeVar("T")


def open_site(where: Path, config: Path | None) -> "Site":
    """Read the site that `where` belongs to, its files only if they are needed; see `site.open_site`."""
    from transtool.site import open as site

    return site.open_site(where, config, lazily=True)


@contextmanager
def open_to_write(where: Path, config: Path | None, *, dry_run: bool) -> "Iterator[Site]":
    """Read the site that `where` belongs to, and keep every other run from writing to it meanwhile.

    Nothing is locked for a `dry_run`.
    """
    from transtool.site import open as site
    from transtool.site.lock import locked

    root = site.root_of(site.find_config(where, config))
    with nullcontext() if dry_run else locked(root):
        yield site.open_site(where, config)


def selection_of(
    site: "Site",
    languages: Iterable[str] | None = None,
    series: Iterable[str] | None = None,
    numbers: Iterable[str] | None = None,
    rules: Iterable[str] | None = None,
    severity: "Severity | None" = None,
) -> "Selection":
    """Return what the options select; raises UsageError for what the site does not have."""
    from transtool.site import open as opening

    return opening.selection_of(site, languages, series, numbers, rules, severity)


def judged(site: "Site", selection: "Selection", *, changed: bool = False, since: str | None = None) -> "Report":
    """Return the report of the selected part of the site, with progress on the terminal; see `site.judged`."""
    from transtool.cli.progress import shown
    from transtool.site import judge

    with shown(site.stages):
        return judge.judged(site, selection, changed=changed, since=since)


def among(known: Mapping[str, T], name: str, template: str = N_("unknown format {name}")) -> T:
    """Return what is called `name`; raises UsageError that says what there is."""
    if name in known:
        return known[name]
    from transtool.text.suggestions import unknown

    raise UsageError(unknown(template, name, known))


def require_format(name: str, output: Path | None, known: Mapping[str, object] | None = None) -> str:
    """Return the name of a format (of reports, or of those `known`), before work is done for nothing.

    Raises UsageError for any other name, and for bytes that would go to a terminal.
    """
    from transtool.render import BINARY, RENDERERS

    among(RENDERERS if known is None else known, name)
    if name in BINARY and is_stdout(output) and is_terminal():
        raise usage(BINARY[name])
    return name


def format_of(output: Path | None, suffixes: Mapping[str, str]) -> str:
    """Return the format that the name of the file asks for, by its suffix; without one, a table."""
    return "table" if output is None else suffixes.get(output.suffix.lower(), "table")


def hints_of(
    where: Path,
    config: Path | None,
    languages: Iterable[str] | None = None,
    series: Iterable[str] | None = None,
    numbers: Iterable[str] | None = None,
    *narrowing: str,
) -> "Hints":
    """Return what commands that this run proposes take over from it; `narrowing` are options that choose findings."""
    from transtool.render.hints import Hints

    chosen = (("--language", languages), ("--series", series), ("--number", numbers))
    return Hints(
        site="" if where == HERE else str(where),
        config="" if config is None else str(config),
        selection=tuple(word for option, values in chosen for value in values or () for word in (option, value)),
        narrowing=narrowing,
    )


def surroundings(site: "Site", hints: "Hints") -> "Surroundings":
    """Return what commands about episodes have to name."""
    from transtool.assess.work_list import Surroundings, shared_keys

    return Surroundings(shared=shared_keys(site.keys), where=hints.where)


def _rendered(
    report: "Report", name: str, output: Path | None, extent: "Extent", gate: "Gate", hints: "Hints"
) -> str | bytes:
    """Return the report in a format: a table of some `extent`, which fits the terminal.

    Into a pipe or a file the table goes line by line, however wide people's terminals are. What fails the run, in
    the table and in JUnit, is what `gate` has.
    """
    from transtool.render import renderer

    draw, words = renderer(name), WORDS.calling(report.noun)
    content: str | bytes
    if name == "table":
        seen = screen(output)
        columns = seen["width"] if is_terminal() else None
        content = draw(
            report, words, colour=seen["colour"], width=columns, extent=extent, fails=gate.fails, hints=hints
        )
    else:
        content = draw(report, words, gate) if name == "junit" else draw(report, words)
    return content


class Screen(TypedDict):
    """How to draw on a terminal or into a file: see the renderers of text."""

    colour: bool
    width: int | None


def screen(output: Path | None) -> Screen:
    """Return how to draw: with colours and as wide as the terminal, but in a file."""
    seen = is_stdout(output)
    return {"colour": seen and wants_colour(), "width": width() if seen else None}


def export(
    report: "Report", name: str, output: Path | None, *, extent: "Extent", gate: "Gate | None" = None, hints: "Hints"
) -> None:
    """Deliver the report in a format: a folder gets one badge a language, GitHub its summary of the step as well.

    All findings on a terminal go through the reader's pager.
    """
    from transtool.assess.gate import Gate

    if name in ("badge", "shields") and output is not None and output.is_dir():
        from transtool.render import badge
        from transtool.site.write import save_all

        drawn = badge.badges(report, WORDS.calling(report.noun))
        save_all(output, {file: text.encode() for file, text in drawn.items()})
        return
    content = _rendered(report, name, output, extent, gate or Gate(), hints)
    if name == "table" and extent == "all":
        to_read(str(content), output)
    else:
        deliver(content, output)
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if name == "github" and summary:
        from transtool.render import github
        from transtool.site.write import append

        append(Path(summary), github.summary(report, WORDS.calling(report.noun)).encode())


def to_read(text: str, output: Path | None) -> None:
    """Deliver a text that may be long: to a person, in the pager."""
    if not is_stdout(output):
        deliver(text, output)
        return
    from transtool.cli.pager import page

    page(text)


def mention(site: "Site", report: "Report | None", verbose: bool) -> None:
    """Say on stderr what is odd about the site as a whole."""
    for problem in site.stages.notes:
        note(WORDS.problem(problem))
    if site.stages.no_history is not None and report is not None and report.tally()[Status.UNKNOWN]:
        note(f"git: {WORDS.problem(site.stages.no_history)}")
    for problem in site.stages.asides if verbose else ():
        note(WORDS.problem(problem))


def account(site: "Site", verbose: bool) -> None:
    """Say on stderr what was read and where the time went, if asked."""
    if verbose:
        from transtool.cli import progress

        progress.account(site.stages)


def explain(site: "Site", report: "Report | None", verbose: bool) -> None:
    """Say on stderr what is odd about the site as a whole; and what was read and where the time went, if asked."""
    mention(site, report, verbose)
    account(site, verbose)


def carry_out(site: "Site", plan: "Plan", dry_run: bool, *, idle: str) -> None:
    """Show the plan's changes as one diff, or make them; then say what was left and why, and how much was done.

    Exits with 3 for what could not be done. `idle` says why there is nothing to write when nothing stands in the way.
    """
    from transtool.site.scan import attempt, diff, possible

    if dry_run:
        outcome = possible(site.root, plan.changes)
        show_patch(diff(outcome.done))
    else:
        outcome = attempt(site.root, plan.changes, lambda change: note(_(N_("wrote {path}"), path=change.path)))
    left = (*plan.left, *plan.notes, *outcome.left)
    for each in left:
        note(WORDS.problem(each))
    if not outcome.done:
        note(_(N_("nothing to write")) if left else _(idle))
    elif left or plan.marked or (len(outcome.done) > 1 and not dry_run):
        template = N_("in all: {counted_files} to write, {left} left")
        if not dry_run:
            template = N_("in all: {counted_files} written, {left} left")
        note(_(template, files=len(outcome.done), left=len(left) + plan.marked))
    if plan.refusals or outcome.left:
        raise typer.Exit(WorldError.exit_code)


def show_patch(patch: str) -> None:
    """Show a diff to a person, or hand it to a program byte by byte: what is not a terminal may well be `git apply`."""
    if not is_terminal():
        emit(patch.encode("utf-8", "surrogateescape"))
        return
    from transtool.render.patch import render

    emit(render(patch, WORDS, colour=wants_colour()))


def show_file(text: str) -> None:
    """Show to a person what a file would hold, or hand it to a program as it is."""
    if not is_terminal():
        emit(text)
        return
    from transtool.render.patch import render_file

    emit(render_file(text, WORDS))


def usage(template: str) -> UsageError:
    """Return the error that says what the command line lacks."""
    return UsageError(Problem.of(template))
