"""Every option once, so that it means the same for every command."""

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


def flag(names: str, help_text: str, panel: str | None = None) -> Any:
    """Return an option without a value. `names` are apart by a space; options of one `panel` stand together in help."""
    return typer.Option(*names.split(), help=_(help_text), rich_help_panel=panel)


def option(
    names: str, metavar: str, help_text: str, panel: str | None = None, offered: completion.Offering | None = None
) -> Any:
    """Return an option with a value, for which shells offer what `offered` gives. See `flag`."""
    return typer.Option(
        *names.split(), metavar=metavar, help=_(help_text), rich_help_panel=panel, autocompletion=offered
    )


def argument(metavar: str, help_text: str, offered: completion.Offering | None = None) -> Any:
    """Return what a command takes by its place."""
    return typer.Argument(metavar=metavar, help=_(help_text), autocompletion=offered)


def _format(help_text: str, *names: str) -> Any:
    """Return the option that chooses a format; without names, those of reports are offered."""
    offered = completion.among(*names) if names else completion.report_formats
    return option("--format -f", "FORMAT", help_text, offered=offered)


_SITE = N_("The site, or any folder in it: transtool.toml is looked for upwards.")

Where = Annotated[Path, argument("PATH", _SITE)]
Episode = Annotated[str, argument("NUMBER", N_("The episode's number or key."), completion.numbers)]
Episodes = Annotated[
    list[str] | None,
    argument("NUMBER...", N_("Episodes by number or key; ranges and globs too: 100-160,news/*."), completion.numbers),
]

REPORT_FORMAT = _format(
    N_("table, json, csv, markdown, html, sarif, github, junit, atom, badge, shields, xlsx, parquet, data, jekyll.")
)
FLEET_FORMAT = _format(
    N_("table, json, csv, markdown, html or parquet."), "table", "json", "csv", "markdown", "html", "parquet"
)
TextOrJson = Annotated[str, _format(N_("text or json."), "text", "json")]
TextFormat = Annotated[str, _format(N_("text, json, markdown or html."), "text", "json", "markdown", "html")]

Site = Annotated[Path, option("--site", "PATH", _SITE, _GENERAL)]
ConfigFile = Annotated[Path | None, option("--config", "FILE", N_("Use this configuration file."), _GENERAL)]
UiLanguage = Annotated[
    str | None,
    option(
        "--ui-language",
        "LANG",
        N_("Language of messages and reports (default: LANGUAGE, LC_ALL, LC_MESSAGES, LANG)."),
        _GENERAL,
        completion.interface_languages,
    ),
]
Verbose = Annotated[bool, flag("--verbose -v", N_("Say what was read and where the time went."), _GENERAL)]
Output = Annotated[
    Path | None, option("--output -o", "FILE", N_("Write to this file instead of the terminal."), _GENERAL)
]

Languages = Annotated[
    list[str] | None,
    option("--language -l", "LANG", N_("Only this language; repeat for more."), _SELECT, completion.languages),
]
SeriesNames = Annotated[
    list[str] | None,
    option("--series -s", "NAME", N_("Only this series; repeat for more."), _SELECT, completion.series),
]
Numbers = Annotated[
    list[str] | None,
    option("--number -n", "NUMBERS", N_("Only these episodes: 100-160,200,news/*."), _SELECT, completion.numbers),
]
Rules = Annotated[
    list[str] | None,
    option("--rule -r", "RULE", N_("Only findings of this rule; repeat for more."), _SELECT, completion.rules),
]
AtLeast = Annotated[Level | None, flag("--severity", N_("Only findings of this severity or a worse one."), _SELECT)]
Every = Annotated[bool, flag("--all", N_("Everything, not only a part."), _SELECT)]
Since = Annotated[
    str | None,
    option(
        "--since", "REF", N_("Only what was edited since this commit or branch, sources and translations."), _SELECT
    ),
]
Changed = Annotated[bool, flag("--changed", N_("Only what was edited and is not committed yet."), _SELECT)]
History = Annotated[
    bool, flag("--history", N_("Show coverage and freshness month by month: table, html, csv, svg or json."), _SELECT)
]

Summary = Annotated[bool, flag("--summary", N_("Show coverage and how many findings there are, none of them."), _SHOW)]
Quiet = Annotated[bool, flag("--quiet -q", N_("Show only what fails the run."), _SHOW)]

FailOn = Annotated[
    list[str] | None,
    option("--fail-on", "RULE", N_("Findings of this rule fail the run; repeat for more."), _GATE, completion.rules),
]
MinCoverage = Annotated[
    list[str] | None,
    option(
        "--min-coverage", "[LANG=]PERCENT", N_("Fail when less is translated, in any language or in this one."), _GATE
    ),
]
MinFreshness = Annotated[
    list[str] | None,
    option(
        "--min-freshness", "[LANG=]PERCENT", N_("Fail when less is up to date, in any language or in this one."), _GATE
    ),
]
Strict = Annotated[bool, flag("--strict", N_("Warnings fail the run too."), _GATE)]
StrictCorrections = Annotated[
    bool, flag("--strict-corrections", N_("A source that was only corrected makes its translations stale too."), _GATE)
]
WriteBaseline = Annotated[
    bool,
    flag(
        "--write-baseline", N_("Record today's findings: from now on only new ones are shown and fail the run."), _GATE
    ),
]

AddFrontMatter = Annotated[
    bool, flag("--add-front-matter", N_("Give files without front matter some, to hold the stamp."))
]
Segments = Annotated[
    list[str] | None, option("--segment", "N", N_("Only these changes, by the numbers that diff gives them: 1,3-4."))
]
Yes = Annotated[bool, flag("--yes -y", N_("Do not ask."))]
DryRun = Annotated[bool, flag("--dry-run", N_("Write nothing; print the changes as a diff."))]
