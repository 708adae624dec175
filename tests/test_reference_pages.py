"""Pages of tables with names and code, in languages of unlike lengths, that people write in both languages at once."""

from pathlib import Path

import pytest

from tests.repositories import Repository
from tests.test_judge import Site, edited, told
from transtool.model import Status

CODE = ("on", "`boolean`", "`true`"), ("level", "`number`", "`3`"), ("tone", "`'soft' | 'loud'`", "`'soft'`")
PROSE = {
    "on": ("打开", "Whether it is on."),
    "level": ("音量", "How loud it is."),
    "tone": ("音色", "What it sounds like."),
}
CELL = "| tone | 音色 |"
TONE = "| tone | What it sounds like. |"


def reference(language: int, title: str, *, heading: str, name: str) -> str:
    """Return a page with a table of properties: `language` 0 is the source, 1 the translation."""
    rows = [f"| {key} | {PROSE[key][language]} | {kind} | {value} |" for key, kind, value in CODE]
    return "\n".join([f"# {title}", "", f"## {heading}", "", f"| {name} | - | - | - |", "| - | - | - | - |", *rows, ""])


SOURCE = reference(0, "铃", heading="API", name="属性")
TARGET = reference(1, "Bell", heading="API", name="Name")
MORE = "\n## Gong\n\n| 属性 | - |\n| - | - |\n| weight | 整面锣的重量，以克计 |\n"
MORE_EN = "\n## Gong\n\n| Name | - |\n| - | - |\n| weight | How heavy the whole gong is, in grams. |\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(Repository(tmp_path))
    site.commit(SOURCE, TARGET)
    return site


def test_short_characters_translate_long_phrases_beside_code_that_is_the_same(site: Site) -> None:
    source = edited(SOURCE, CELL, "| key | 键 | `string` | - |\n" + CELL)
    site.commit(source, edited(TARGET, TONE, "| key | The key that it is in. | `string` | - |\n" + TONE))
    assert site.judge().status is Status.CURRENT

    site.commit(edited(source, CELL, "| size | 大小 | `number` | - |\n" + CELL))
    assert told(site.judge())[-1][:2] == ("added", "cell")


def test_a_table_with_headings_as_other_tables_have_them_was_added_to_both(site: Site) -> None:
    site.commit(SOURCE + MORE, TARGET + MORE_EN)
    assert site.judge().status is Status.CURRENT

    site.commit(SOURCE + MORE + "\n锣挂在门边。\n")
    assert told(site.judge()) == [("added", "paragraph", 17, None)]


def test_what_one_commit_edited_on_both_sides_is_in_step(site: Site) -> None:
    site.commit(edited(SOURCE, "API", "属性"), edited(TARGET, "API", "Properties"))

    assert site.judge().status is Status.CURRENT


def test_what_two_commits_edited_may_be_something_else(site: Site) -> None:
    site.commit(target=edited(TARGET, "API", "Properties"))
    site.commit(edited(SOURCE, "API", "全部属性"))

    assert told(site.judge()) == [("edited", "heading", 3, 3)]


LINK = "Ask [the keeper](https://example.org/1) of the bell."


@pytest.mark.parametrize(("there", "status"), [("2", Status.CURRENT), ("1", Status.STALE)])
def test_a_correction_may_come_with_a_link_that_the_translation_has(site: Site, there: str, status: Status) -> None:
    site.commit(f"{SOURCE}\n{LINK}\n", f"{TARGET}\nPregunte al [guarda](https://example.org/1).\n")
    site.commit(target=f"{TARGET}\nPregunte al [guarda](https://example.org/{there}).\n")
    site.commit(f"{SOURCE}\nAsk [keeper](https://example.org/2) of the bell.\n")

    assert site.judge().status is status
