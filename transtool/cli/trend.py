"""`transtool report --history`: how a site went over time, in the formats that can show it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from transtool.cli.progress import shown
from transtool.cli.shared import among, screen
from transtool.cli.terminal import WORDS, deliver
from transtool.errors import N_

if TYPE_CHECKING:  # reading a site takes modules that `--help` and `--version` can do without
    from transtool.selection import Selection
    from transtool.site import Site


def trend_format(name: str | None, output: Path | None) -> str:
    """Return the format of a trend that is asked for, by name or by the suffix of a file. Raises UsageError."""
    from transtool.render import TREND_SUFFIXES, TRENDS

    chosen = name or (TREND_SUFFIXES.get(output.suffix.lower(), "table") if output is not None else "table")
    among(TRENDS, chosen, N_("unknown format {name} of --history"))
    return chosen


def export_trend(site: "Site", selection: "Selection", name: str, output: Path | None) -> None:
    """Deliver how the selected part of `site` went, in a format that `trend_format` knows."""
    from transtool.lookback import report_and_trend, trend_of
    from transtool.render import trend_renderer

    with shown(site.stages):
        report, trend = report_and_trend(site, selection) if name == "html" else (None, trend_of(site, selection))
    draw = trend_renderer(name)
    formats: dict[str, Callable[[], str]] = {
        "table": lambda: draw(trend, WORDS, **screen(output)),
        "html": lambda: draw(report, WORDS, trend=trend),
        "csv": lambda: draw(trend),
        "svg": lambda: draw(trend, WORDS),
        "json": lambda: draw(trend),
    }
    with site.stages.stage(N_("rendering")):
        deliver(formats[name](), output)
