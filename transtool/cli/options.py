"""Every option once, so that it means the same for every command."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from transtool.cli import completion
from transtool.cli.terminal import _
from transtool.errors import N_

_SELECT = _(N_("What to look at"))
_GATE = _(N_("What fails the run"))
_SHOW = _(N_("How much to show"))
_GENERAL = _(N_("General"))


class Level(StrEnum):
    """The severities that findings can be asked for by; those above each are meant, too."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Body(StrEnum):
    """What a new translation's body starts as."""

    COPY = "copy"
    OUTLINE = "outline"
    EMPTY = "empty"


def _format(help_text: str, offered: Callable[[typer.Context, str], list[completion.Offer]]) -> Any:
    """Return the option that chooses a format."""
    return typer.Option("--format", "-f", metavar="FORMAT", autocompletion=offered, help=_(help_text))


REPORT_FORMAT = _format(
    N_("table, json, csv, markdown, html, sarif, github, junit, atom, badge, shields, xlsx, parquet, data, jekyll."),
    completion.report_formats,
)
FLEET_FORMAT = _format(
    N_("table, json, csv, markdown, html or parquet."),
    completion.among("table", "json", "csv", "markdown", "html", "parquet"),
)
TextOrJson = Annotated[str, _format(N_("text or json."), completion.among("text", "json"))]
TextFormat = Annotated[
    str, _format(N_("text, json, markdown or html."), completion.among("text", "json", "markdown", "html"))
]
Where = Annotated[
    Path,
    typer.Argument(metavar="PATH", help=_(N_("The site, or any folder in it: transtool.toml is looked for upwards."))),
]
Site = Annotated[
    Path,
    typer.Option(
        "--site",
        metavar="PATH",
        help=_(N_("The site, or any folder in it: transtool.toml is looked for upwards.")),
        rich_help_panel=_GENERAL,
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help=_(N_("Use this configuration file.")), rich_help_panel=_GENERAL),
]
UiLanguage = Annotated[
    str | None,
    typer.Option(
        "--ui-language",
        metavar="LANG",
        autocompletion=completion.interface_languages,
        help=_(N_("Language of messages and reports (default: LANGUAGE, LC_ALL, LC_MESSAGES, LANG).")),
        rich_help_panel=_GENERAL,
    ),
]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", "-v", help=_(N_("Say what was read and where the time went.")), rich_help_panel=_GENERAL),
]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language",
        "-l",
        metavar="LANG",
        autocompletion=completion.languages,
        help=_(N_("Only this language; repeat for more.")),
        rich_help_panel=_SELECT,
    ),
]
SeriesNames = Annotated[
    list[str] | None,
    typer.Option(
        "--series",
        "-s",
        metavar="NAME",
        autocompletion=completion.series,
        help=_(N_("Only this series; repeat for more.")),
        rich_help_panel=_SELECT,
    ),
]
Numbers = Annotated[
    list[str] | None,
    typer.Option(
        "--number",
        "-n",
        metavar="NUMBERS",
        autocompletion=completion.numbers,
        help=_(N_("Only these episodes: 100-160,200,news/*.")),
        rich_help_panel=_SELECT,
    ),
]
Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        "-r",
        metavar="RULE",
        autocompletion=completion.rules,
        help=_(N_("Only findings of this rule; repeat for more.")),
        rich_help_panel=_SELECT,
    ),
]
AtLeast = Annotated[
    Level | None,
    typer.Option("--severity", help=_(N_("Only findings of this severity or a worse one.")), rich_help_panel=_SELECT),
]
Every = Annotated[
    bool,
    typer.Option("--all", help=_(N_("Everything, not only a part.")), rich_help_panel=_SELECT),
]
Summary = Annotated[
    bool,
    typer.Option(
        "--summary", help=_(N_("Show coverage and how many findings there are, none of them.")), rich_help_panel=_SHOW
    ),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help=_(N_("Show only what fails the run.")), rich_help_panel=_SHOW),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="REF",
        help=_(N_("Only what was edited since this commit or branch, sources and translations.")),
        rich_help_panel=_SELECT,
    ),
]
Changed = Annotated[
    bool,
    typer.Option("--changed", help=_(N_("Only what was edited and is not committed yet.")), rich_help_panel=_SELECT),
]
WriteBaseline = Annotated[
    bool,
    typer.Option(
        "--write-baseline",
        help=_(N_("Record today's findings: from now on only new ones are shown and fail the run.")),
        rich_help_panel=_GATE,
    ),
]
History = Annotated[
    bool,
    typer.Option(
        "--history",
        help=_(N_("Show coverage and freshness month by month: table, html, csv, svg or json.")),
        rich_help_panel=_SELECT,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=_(N_("Write to this file instead of the terminal.")),
        rich_help_panel=_GENERAL,
    ),
]
AddFrontMatter = Annotated[
    bool,
    typer.Option("--add-front-matter", help=_(N_("Give files without front matter some, to hold the stamp."))),
]
Segments = Annotated[
    list[str] | None,
    typer.Option(
        "--segment", metavar="N", help=_(N_("Only these changes, by the numbers that diff gives them: 1,3-4."))
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=_(N_("Do not ask.")))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_(N_("Write nothing; print the changes as a diff.")))]
Strict = Annotated[bool, typer.Option("--strict", help=_(N_("Warnings fail the run too.")), rich_help_panel=_GATE)]
StrictCorrections = Annotated[
    bool,
    typer.Option(
        "--strict-corrections",
        help=_(N_("A source that was only corrected makes its translations stale too.")),
        rich_help_panel=_GATE,
    ),
]
FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        metavar="RULE",
        autocompletion=completion.rules,
        help=_(N_("Findings of this rule fail the run; repeat for more.")),
        rich_help_panel=_GATE,
    ),
]
MinCoverage = Annotated[
    list[str] | None,
    typer.Option(
        "--min-coverage",
        metavar="[LANG=]PERCENT",
        help=_(N_("Fail when less is translated, in any language or in this one.")),
        rich_help_panel=_GATE,
    ),
]
MinFreshness = Annotated[
    list[str] | None,
    typer.Option(
        "--min-freshness",
        metavar="[LANG=]PERCENT",
        help=_(N_("Fail when less is up to date, in any language or in this one.")),
        rich_help_panel=_GATE,
    ),
]
Episodes = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NUMBER...",
        autocompletion=completion.numbers,
        help=_(N_("Episodes by number or key; ranges and globs too: 100-160,news/*.")),
    ),
]
Episode = Annotated[
    str,
    typer.Argument(
        metavar="NUMBER",
        autocompletion=completion.numbers,
        help=_(N_("The episode's number or key.")),
    ),
]
