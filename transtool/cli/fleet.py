"""The command that looks at many sites: fleet."""

from pathlib import Path
from typing import Annotated

import typer

from transtool.cli import options as opt
from transtool.cli.progress import shown
from transtool.cli.shared import format_of, require_format, screen
from transtool.cli.terminal import WORDS, deliver, note
from transtool.errors import N_, WorldError


def fleet(
    sites: Annotated[Path, opt.argument("SITES.toml", N_("The file that lists the sites, a table [sites.NAME] each."))],
    output_format: Annotated[str | None, opt.FLEET_FORMAT] = None,
    output: opt.Output = None,
    scheduler: Annotated[
        str | None, opt.option("--scheduler", "ADDRESS", N_("Have the workers of this Dask cluster judge."))
    ] = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Judge many sites and give one report."""
    from transtool.render import renderer
    from transtool.render.fleet import RENDERERS, SUFFIXES
    from transtool.site import fleet as judging
    from transtool.site.progress import Stages

    folder = output is not None and output.is_dir()
    name = output_format or ("html" if folder else format_of(output, SUFFIXES))
    require_format(name, output, RENDERERS)
    stages = Stages()
    with shown(stages):
        found = judging.judge(
            judging.members(sites),
            scheduler=scheduler,
            pages=WORDS if folder else None,
            watch=lambda done, total: stages.watch(N_("judging"), done, total),
        )
    if folder and output is not None:
        from transtool.render.fleet.page import files
        from transtool.site.write import save_all

        save_all(output, files(found, WORDS))
    else:
        draw = renderer(name, RENDERERS)
        deliver(draw(found, WORDS, **screen(output)) if name == "table" else draw(found, WORDS), output)
    for site in found.broken:
        for problem in site.problems:
            note(f"{site.name}: {WORDS.problem(problem)}")
    raise typer.Exit(WorldError.exit_code if found.broken else 0)
