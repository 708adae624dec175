"""A stamp says which source a translation stands for; writing it changes nothing else."""

from pathlib import Path

import pytest

from tests.sites import Site
from transtool.document import Document, parse
from transtool.model import Cell, EpisodeReport, Key, Language, Report, Status

CONFIG = """
source = "en"
languages = ["es", "fr"]
[series.walks]
path = "walks/{number}/{lang}.md"
[fields]
translated = ["title"]
"""
SPANISH = "---\r\ntitle: 'Siete'   # título\r\ndate: 2021-05-08\r\n---\r\nTexto.  "


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(
        tmp_path,
        CONFIG,
        {"walks/7/en.md": "---\ntitle: Seven\n---\nText.\n", "walks/7/es.md": SPANISH, "walks/7/fr.md": "Texte.\n"},
    )


def stamped(site: Site, path: str) -> tuple[str | None, str | None]:
    document = parse(path, site.read(path))
    assert isinstance(document, Document)
    return document.raw("source_digest"), document.raw("source_blob")


def test_two_fields_are_added_and_every_other_byte_stays(site: Site) -> None:
    site.stamp("7", "es")
    digest, blob = stamped(site, "walks/7/es.md")
    added = f"source_digest: {digest}\r\nsource_blob: {blob}\r\n"
    assert site.read("walks/7/es.md").decode() == SPANISH.replace("---\r\nTexto", f"{added}---\r\nTexto")
    assert site.read("walks/7/fr.md") == b"Texte.\n"


def test_a_second_run_changes_nothing(site: Site) -> None:
    assert len(site.stamp("7", add=True).changes) == 2
    assert site.stamp("7").changes == ()


def test_a_scaffolded_translation_bears_the_stamp_already(site: Site) -> None:
    (site.root / "walks" / "7" / "fr.md").unlink()
    site.scaffold("7", "fr")
    assert site.stamp("7", "fr").changes == ()


def test_new_wording_of_the_source_makes_another_stamp_in_the_same_place(site: Site) -> None:
    site.stamp("7", "es")
    before = stamped(site, "walks/7/es.md")
    site.write("walks/7/en.md", "---\ntitle: Seven\n---\nOther text.\n")
    site.stamp("7", "es")
    after = stamped(site, "walks/7/es.md")
    assert before[0] != after[0] and before[1] != after[1]
    assert site.read("walks/7/es.md").count(b"source_") == 2


def test_new_layout_of_the_source_changes_only_which_bytes_it_was(site: Site) -> None:
    site.stamp("7", "es")
    before = stamped(site, "walks/7/es.md")
    site.write("walks/7/en.md", "---\ntitle:   Seven\n---\n\nText.\n")
    site.stamp("7", "es")
    after = stamped(site, "walks/7/es.md")
    assert before[0] == after[0] and before[1] != after[1]


def test_a_translation_without_front_matter_gets_some_where_that_is_asked_for(site: Site) -> None:
    site.stamp("7", "fr", add=True)
    digest, blob = stamped(site, "walks/7/fr.md")
    assert site.read("walks/7/fr.md").decode() == f"---\nsource_digest: {digest}\nsource_blob: {blob}\n---\nTexte.\n"


def test_only_those_that_a_report_calls_current_are_stamped_if_asked_for(site: Site) -> None:
    def cell(language: str, status: Status) -> Cell:
        return Cell(language=Language(language), status=status, path="")

    episode = EpisodeReport(
        series="walks",
        key=Key("7"),
        title="",
        source=None,
        cells=(cell("es", Status.CURRENT), cell("fr", Status.STALE)),
    )
    languages = (Language("es"), Language("fr"))
    report = Report(version="", source=Language("en"), languages=languages, series=("walks",), episodes=(episode,))
    assert [change.path for change in site.stamp(only_current=report).changes] == ["walks/7/es.md"]


UNFENCED = {
    "nothing": ("Texte.\n", "there is no front matter to edit"),
    "one line that is prose": ("Note: ceci.\n\nTexte.\n", "there is no front matter to edit"),
    "a line of dashes": ("---\nTexte.\n", "there is no front matter to edit"),
    "no JSON": ("{{ page.title }}\nTexte.\n", "there is no front matter to edit"),
    "a map of Elixir": (
        '%{\n  title: "Sept"\n}\n---\nTexte.\n',
        "a map of Elixir (`%{…}`) can be read, but not edited",
    ),
}


@pytest.mark.parametrize(("text", "reason"), UNFENCED.values(), ids=UNFENCED)
def test_what_nothing_can_be_written_into_is_left_alone_and_said_once(site: Site, text: str, reason: str) -> None:
    site.write("walks/8/en.md", "---\ntitle: Eight\n---\nText.\n")
    for path in ("walks/7/fr.md", "walks/8/fr.md"):
        site.write(path, text)
    before = site.everything()

    plan = site.stamp(languages="fr", add="Elixir" in reason)

    assert (plan.changes, site.everything()) == ((), before)
    (note,) = plan.refusals
    assert str(note).startswith(f"walks/7/fr.md: {reason}; no stamp was written (this file is the first of 2)")
    assert (note.hint is not None) == (reason == "there is no front matter to edit")


UNFIT = {
    "without a source": ({"walks/8/es.md": "x"}, "walks/8/es.md", "no source"),
    "of an unreadable source": (
        {"walks/8/en.md": "---\na: [\n---\n", "walks/8/es.md": "x"},
        "walks/8/es.md",
        "source cannot",
    ),
    "that cannot be read": (
        {"walks/8/en.md": "x", "walks/8/es.md": "---\na: [\n---\n"},
        "walks/8/es.md",
        "cannot be read",
    ),
}


@pytest.mark.parametrize(("contents", "path", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_it_says_why_it_does_not_stamp_a_translation(
    tmp_path: Path, contents: dict[str, str], path: str, reason: str
) -> None:
    plan = Site(tmp_path, CONFIG, contents).stamp("8")
    assert plan.changes == ()
    (note,) = plan.notes
    assert (note.path, reason in str(note)) == (path, True)
