"""The benchmarks on real histories: what they take for the truth, and what they make of a small site with pins."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benchmarks.fit.edges import Titles
from benchmarks.fit.examples import Example, Examples
from benchmarks.pins import adapter, reading, updates, verdicts
from benchmarks.pins.oracle import blocks, changed_words, edited
from tests.repositories import Repository
from transtool.site.judge import past_of
from transtool.site.open import Site

CONFIG = """source = "en"
languages = ["es"]
[series.pages]
path = "{lang}/{key**}.md"
[pin]
field = "pin"
kind = "commit"
"""

UNREAD = {
    "code": ("Tea.\n", "Tea.\n\n```sh\nboil --water\n```\n"),
    "a comment": ("Tea.\n", "Tea.\n\n<!-- not\n\nfor readers -->\n"),
    "a tag": ("Tea.\n", '<p class="note">Tea.</p>\n'),
    "a template": ("Tea.\n", '{{% note title="x" %}}\nTea.\n{{% /note %}}\n'),
    "a target": ("[Tea](/tea).\n", '[Tea](/drinks/tea "hot").\n'),
    "a label of a box": ("> Tea.\n", "> [!NOTE]\n>\n> Tea.\n"),
    "a mark": ("*Tea*, hot.\n", "__Tea__ hot!\n"),
    "a definition": ("Tea.\n", "Tea.\n\n[tea]: https://example.org/tea\n"),
    "a field that is not translated": ("---\nweight: 1\n---\nTea.\n", "---\nweight: 2\n---\nTea.\n"),
    "line ends": ("Hot\ntea.\n", "Hot tea.\r\n"),
    "a numbered list": ("1. Tea\n2. Milk\n", "1. Tea\n1. Milk\n"),
    "the order": ("Tea.\n\nMilk.\n", "Milk.\n\nTea.\n"),
    "where a paragraph is split": ("Tea. Milk.\n", "Tea.\n\nMilk.\n"),
}


@pytest.mark.parametrize(("before", "after"), UNREAD.values(), ids=UNREAD)
def test_what_is_not_read_changes_no_words(before: str, after: str) -> None:
    """Of the page as people hear it, nothing else is there."""
    assert changed_words(blocks(before.encode(), ["title"]), blocks(after.encode(), ["title"])) == 0


def test_changed_words_are_counted() -> None:
    """A title, a word for another, a word more."""
    before, after = b"---\ntitle: Tea\n---\nBoil the water.\n", b"---\ntitle: Teas\n---\nBoil fresh hot water.\n"

    assert changed_words(blocks(before, ["title"]), blocks(after, ["title"])) == 3


def test_edited_blocks_are_those_that_say_something_else() -> None:
    """What moved is not among them; what came besides is counted."""
    before = b"One.\n\nTwo.\n\nThree.\n\n- four\n- five\n"
    after = b"Three.\n\nOne.\n\nTwo and more.\n\n- four\n- five\n- six\n"

    what = edited(blocks(before, []), blocks(after, []))

    assert [(block.first, block.words) for block in what.blocks] == [(3, "two")]
    assert what.added == 1


def page(pin: str, *paragraphs: str) -> str:
    head = f"---\npin: {pin}\n---\n\n" if pin else ""
    return head + "\n\n".join(paragraphs) + "\n"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a repository: the source changed twice, the translation took the first change over and touched a word."""
    root = tmp_path_factory.mktemp("pinned")
    before = os.environ.get("TRANSTOOL_NO_CACHE")
    repository = Repository(root / "repository")
    source = ["Boil the water in the kettle.", "Pour it slowly over the tea leaves.", "Wait for four minutes."]
    own = ["Hierve el agua en la tetera.", "Viértela despacio sobre las hojas.", "Espera cuatro minutos."]
    first = repository.commit({"en/tea.md": page("", *source)})
    repository.commit({"es/tea.md": page(first, *own)})
    source[0] = "Boil fresh cold water in the large kettle."
    second = repository.commit({"en/tea.md": page("", *source)})
    own[1] = "Viértela despacito sobre las hojas."
    repository.commit({"es/tea.md": page(first, *own)})
    own[0] = "Hierve agua fría y fresca en la tetera grande."
    repository.commit({"es/tea.md": page(second, *own)})
    source[1] = "Pour it over the leaves of the tea at once."
    repository.commit({"en/tea.md": page("", *source)})
    (root / "transtool.toml").write_text(CONFIG, "utf-8")
    yield root
    if before is None:
        os.environ.pop("TRANSTOOL_NO_CACHE", None)


@pytest.fixture
def site(history: Path, tmp_path: Path) -> Iterator[Site]:
    with adapter.checked_out(history / "repository", "HEAD", history / "transtool.toml", tmp_path) as opened:
        yield opened


def test_each_judge_is_held_against_the_wording(site: Site) -> None:
    """The source changed after the pin: six words, by any judge."""
    told: Mapping[str, adapter.Told] = adapter.reports(site, pins=True)
    with adapter.histories(site) as past:
        (verdict,) = verdicts.verdicts([*adapter.pages(site)], past, told, adapter.reports(site, pins=False))

    assert (verdict.words, verdict.by_date, verdict.left_alone) == (6, True, False)
    assert verdicts.is_stale(verdict.by_pin) and verdicts.is_stale(verdict.by_history)
    assert "1 hits, 0 false, 0 missed" in verdicts.table([verdict])


def test_an_update_is_told_from_the_state_before_it(site: Site) -> None:
    """The segment that the translator then edited was named."""
    with adapter.histories(site) as past:
        (update,) = updates.updates([*adapter.pages(site)], past)

    assert [block.first for block in update.edited.blocks] == [*update.lines] == [5]
    assert (update.added, update.edited.added, update.without_line) == (0, 0, 0)
    assert "1.000  1.000  1.000   1 hits" in updates.table([update])


def test_an_edit_that_followed_is_not_doubted(site: Site) -> None:
    """History alone says the same of the update."""
    with adapter.histories(site) as past:
        found = reading.doubts([*adapter.pages(site)], past)

    assert (found.edits, found.doubts) == (1, ())


def labelled(site: Site, titles: Titles | None = None) -> list[tuple[str, int, str]]:
    with past_of(site) as past:
        found: list[Example] = [*Examples(site, past, "tea", titles).of_all(10)]
    return [(each.kind, each.label, each.own[1]) for each in found]


def test_edits_are_labelled_by_what_moved_the_pin(site: Site) -> None:
    """One followed; one was made before its source changed."""
    assert labelled(site) == [
        ("before", 0, "Viértela despacito sobre las hojas."),
        ("update", 1, "Hierve agua fría y fresca en la tetera grande."),
    ]


def test_without_pins_titles_of_commits_label_edits(site: Site) -> None:
    """Here: the fifth commit brought the translation in step."""
    assert labelled(site, Titles(site.root, "^commit 5$")) == labelled(site)
