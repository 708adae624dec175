"""An environment that says nonsense, and what cannot be read, are met without a crash and said once."""

import os
from pathlib import Path

import pytest

from tests.pages import TALKS
from tests.rights import reachable, without_root
from tests.runs import run
from tests.sites import Site
from transtool.i18n import ENGLISH
from transtool.site.open import open_site

PAGE = "---\ntitle: One\n---\n\nBread.\n"


@pytest.mark.parametrize("name", ["COLUMNS", "LINES", "TERMINAL_WIDTH"])
@pytest.mark.parametrize("value", ["²", "999999999", "0", "-5", "٣", "wide", "", "9" * 5000])
def test_a_size_of_the_terminal_that_is_none_is_not_believed(name: str, value: str, tmp_path: Path) -> None:
    Site(tmp_path, TALKS, {"talks/1/en/talk.md": PAGE})

    done = [run(command, at=tmp_path, TERM="xterm", **{name: value}) for command in ("--help", "check")]

    assert [each.returncode for each in done] == [0, 0]
    assert all(len(line) <= 1000 for each in done for line in each.stdout.splitlines())


def test_what_the_system_does_not_let_us_read_is_said_once(tmp_path: Path) -> None:
    site = Site(tmp_path, TALKS, {"talks/1/en/talk.md": PAGE, "talks/1/es/talk.md": PAGE})
    (site.root / "talks/1/es/talk.md").chmod(0)
    reachable(tmp_path)

    with without_root():
        findings = site.report().all_findings()

    said = [ENGLISH.finding(finding) for finding in findings if finding.rule == "unreadable"]
    assert said == ["cannot be read: the system refuses: Permission denied"]
    os.chmod(site.root / "talks/1/es/talk.md", 0o600)


@pytest.mark.parametrize(
    ("exempt", "said"),
    [
        ('{ key = "1-3,7", languages = ["es"] }', ["transtool.toml: series talks has no episode 7 to exempt"]),
        ('{ key = "one-long-past" }', ["transtool.toml: series talks has no episode one-long-past to exempt"]),
        ('{ key = "20-29" }, { key = 2 }', ["transtool.toml: series talks has no episode 20-29 to exempt"]),
        ('{ languages = ["de"] }', ["transtool.toml: series talks exempts German, which it does not expect anyway"]),
        ('{ key = 1, languages = ["es"] }, { languages = ["fr"] }', []),
    ],
)
def test_an_exemption_that_fits_nothing_is_said(exempt: str, said: list[str], tmp_path: Path) -> None:
    text = TALKS.replace("[series.notes]", f'languages = ["es", "fr"]\nexempt = [{exempt}]\n[series.notes]')
    text = text.replace('["es", "fr"]', '["es", "fr", "de"]', 1)
    files = {f"talks/{number}/en/talk.md": PAGE for number in (1, 2)}
    Site(tmp_path, text, {**files, "notes/en/a.md": PAGE})

    notes = open_site(tmp_path).stages.notes

    assert [ENGLISH.problem(note).rpartition("/")[2] for note in notes] == said
