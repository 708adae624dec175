"""A site whose pages must not get new fields keeps its stamps in one file."""

import json
from pathlib import Path

import pytest

from tests.sites import Site, judged
from transtool.assess import stamps_file
from transtool.edits import Edit
from transtool.errors import ConfigError
from transtool.model import Basis, Report, Stamp, Stamps, Status

CONFIG = 'source = "en"\nlanguages = ["es", "fr"]\nstamps = "file"\n[series.notes]\npath = "{lang}/{key}.md"\n'
ENGLISH, SPANISH = "---\ntitle: Tea\n---\nHot water first.\n", "---\ntitle: Té\n---\nPrimero agua caliente.\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, CONFIG, {"en/tea.md": ENGLISH, "es/tea.md": SPANISH, "fr/tea.md": "De l'eau chaude.\n"})


def stood(report: Report, language: str) -> tuple[Status, Basis | None]:
    (found,) = [cell for each in report.episodes for cell in each.cells if cell.language == language]
    return found.status, found.basis


def test_stamping_writes_one_file_and_touches_no_page(site: Site) -> None:
    before = site.everything()

    site.stamp()

    after = site.everything()
    text = after.pop(stamps_file.NAME).decode()
    assert after == before
    assert [line[:13] for line in text.splitlines()] == ["{", '"es/tea.md": ', '"fr/tea.md": ', '"": {}', "}"]
    assert set(json.loads(text)["es/tea.md"]) == {"digest", "blob"}
    assert stood(judged(site.root), "es") == (Status.CURRENT, Basis.STAMP)
    assert site.stamp().changes == ()


def test_a_source_that_was_reworded_makes_the_translation_stale(site: Site) -> None:
    site.stamp()
    site.write("en/tea.md", ENGLISH.replace("water", "milk"))

    assert stood(judged(site.root), "es") == (Status.STALE, Basis.STAMP)

    site.stamp(languages="es")
    assert stood(judged(site.root), "es") == (Status.CURRENT, Basis.STAMP)
    assert stood(judged(site.root), "fr") == (Status.STALE, Basis.STAMP)


def test_a_scaffolded_page_is_a_copy_that_is_stamped_already(site: Site) -> None:
    (site.root / "es" / "tea.md").unlink()
    (site.root / "fr" / "tea.md").unlink()

    site.scaffold(languages="es,fr")

    assert site.read("es/tea.md").decode() == ENGLISH
    assert site.stamp().changes == ()


def test_stamps_of_pages_that_are_gone_go_with_the_next_edit() -> None:
    known = Stamps(b"old", {"a": Stamp("1", "2"), "b": Stamp("3", "4")})

    changed = stamps_file.changed(known, {"c": Stamp("5", "6")}, {"b"})

    assert isinstance(changed, Edit)
    assert changed.before == b"old"
    assert list(stamps_file.read(changed.after, "x").by_path) == ["b", "c"]
    assert stamps_file.changed(known, {"a": Stamp("1", "2")}, {"b"}) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<<<<<<< ours\n", "x:1"),
        ('{\n"a": {"digest": "1", "blob": "2"},\n=======\n}\n', "x:3"),
        ("[]", "x"),
        ('{"a": 1}', "x"),
        ('{"a": {"digest": 1, "blob": "2"}}', "x"),
    ],
)
def test_what_is_no_file_of_stamps_is_said_with_its_line(text: str, place: str) -> None:
    with pytest.raises(ConfigError, match=f"^{place}: this is no file of stamps"):
        stamps_file.read(text.encode(), "x")
