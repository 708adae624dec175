"""The command that writes tracking issues, and says how to file them."""

from pathlib import Path
from typing import Annotated

from transtool.cli import options as opt
from transtool.cli.shared import HERE, explain, judged, open_site, selection_of, usage
from transtool.cli.terminal import WORDS, _, emit, is_stdout, note
from transtool.errors import N_
from transtool.i18n import Words, speaking
from transtool.model import Language


def issues(
    where: opt.Where = HERE,
    languages: opt.Languages = None,
    series: opt.SeriesNames = None,
    output: Annotated[
        Path | None,
        opt.option(
            "--output -o",
            "FOLDER",
            N_("Write a file for each language into this folder; without it, print that of one --language."),
        ),
    ] = None,
    in_language: Annotated[
        bool, opt.flag("--in-language", N_("Write each file in its own language, where that is spoken here."))
    ] = False,
    label: Annotated[str, opt.option("--label", "NAME", N_("The label that the issues are found by."))] = "transtool",
    config: opt.ConfigFile = None,
    ui_language: opt.UiLanguage = None,
) -> None:
    """Write an issue for each language, and print the commands that open or update them."""
    from transtool.render.issue import command
    from transtool.render.issue import issues as drawn
    from transtool.site.write import save_all

    site = open_site(where, config)
    selection = selection_of(site, languages, series)
    if is_stdout(output) and len(selection.languages or ()) != 1:
        raise usage(N_("say --output FOLDER, or one --language"))
    report = judged(site, selection)

    def words_for(language: Language) -> Words:
        own = speaking(language) if in_language else None
        return (own or WORDS).calling(report.noun)

    found = drawn(report, words_for, sorted(selection.series or ()))
    explain(site, report, verbose=False)
    if output is None or is_stdout(output):
        emit("".join(issue.body for issue in found))
        return
    files = {f"{issue.language}.md": issue for issue in found}
    written = save_all(output, {name: issue.body.encode() for name, issue in files.items()}, make=True)
    for name in written:
        note(_(N_("wrote {path}"), path=(output / name).as_posix()))
    if not written:
        note(_(N_("nothing to write")))
    emit("".join(f"{command(issue, (output / name).as_posix(), label)}\n" for name, issue in files.items()))
