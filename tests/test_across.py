"""What only the pages of a site together tell: missing said once, habits, texts kept on purpose, links home."""

from collections.abc import Mapping

import pytest

from tests.pages import assessed, page
from transtool.model import Finding, Report

SITE = """
source = "en"
languages = ["de", "es", "fr", "it"]
[series.pages]
path = "{lang}/{key}.md"
[fields]
translated = ["title"]
"""
LANGUAGES = ("de", "es", "fr", "it")
TEXT = "The old radio on the shelf still works, and nobody remembers who put it there.\n"
TEXTS = {
    "de": "Das alte Radio im Regal läuft noch, und niemand weiß mehr, wer es dort hingestellt hat.\n",
    "es": "La vieja radio del estante aún funciona y nadie recuerda quién la puso allí.\n",
    "fr": "La vieille radio sur l'étagère marche encore, et personne ne sait plus qui l'a mise là.\n",
    "it": "La vecchia radio sullo scaffale funziona ancora, e nessuno ricorda chi ce l'abbia messa.\n",
}


def report(files: Mapping[str, str], more: str = "") -> Report:
    return assessed(files, SITE + more)


def found(report: Report, rule: str) -> list[Finding]:
    return [finding for finding in report.all_findings() if finding.rule == rule]


def translated(key: str, extra: str = "", fields: str = "") -> dict[str, str]:
    """A page in all five languages; `extra` ends each of them."""
    return {
        f"en/{key}.md": page(f"title: The Radio\n{fields}", TEXT + extra),
        **{f"{tag}/{key}.md": page(f"title: Radio ({tag})\n{fields}", TEXTS[tag] + extra) for tag in LANGUAGES},
    }


# Missing


def test_a_page_that_no_language_has_is_said_once_with_its_languages() -> None:
    (finding,) = found(report({"en/a.md": page("title: A", TEXT)} | translated("b")), "missing")

    assert (finding.key, finding.language, finding.problem) == ("a", None, "page")
    assert finding.facts == {"count": 4, "languages": ["de", "es", "fr", "it"]}
    assert finding.path == "en/a.md"


def test_a_page_that_some_language_has_is_said_language_by_language() -> None:
    files = {"en/a.md": page("title: A", TEXT), "de/a.md": page("title: B", TEXTS["de"])}

    assert [finding.language for finding in found(report(files), "missing")] == ["es", "fr", "it"]


def test_a_language_that_has_hardly_anything_is_said_once() -> None:
    files = {path: text for at in range(10) for path, text in translated(f"p{at}").items()}
    files = {path: text for path, text in files.items() if not path.startswith("it/") or path == "it/p3.md"}

    (finding,) = found(report(files), "missing")

    assert (finding.key, finding.language, finding.problem, finding.facts["count"]) == (None, "it", "language", 9)


def test_statuses_stay_what_they_are_however_it_is_said() -> None:
    (episode,) = report({"en/a.md": page("title: A", TEXT)}).episodes

    assert {cell.status for cell in episode.cells} == {"missing"}


# Habits


def test_a_field_that_differs_nearly_everywhere_is_one_thing_to_say() -> None:
    files = translated("a", fields="translator: none") | translated("b", fields="translator: none")
    for path in files:
        if not path.startswith("en/"):
            files[path] = files[path].replace("translator: none", f"translator: {path[:2]}")

    (finding,) = found(report(files), "mismatch")

    assert (finding.problem, finding.facts) == ("habit", {"field": "translator", "count": 8, "total": 8})


def test_a_field_that_differs_here_and_there_is_said_where_it_does() -> None:
    files = {path: text for at in range(3) for path, text in translated(f"p{at}", fields="shelf: 3").items()}
    files["de/p1.md"] = files["de/p1.md"].replace("shelf: 3", "shelf: 4")

    (finding,) = found(report(files), "mismatch")

    assert (finding.path, finding.problem) == ("de/p1.md", "")


def test_parts_of_a_mapping_are_compared_one_by_one() -> None:
    files = translated("a", fields="sidebar:\n  order: 3\n  label: x")
    files["es/a.md"] = files["es/a.md"].replace("order: 3", "order: 4")

    (finding,) = found(report(files), "mismatch")

    assert finding.facts == {"field": "sidebar.order", "value": "4", "expected": "3"}


@pytest.mark.parametrize(("source", "translation"), [("draft: false", ""), ("", "draft: false")])
def test_false_is_what_a_field_says_that_is_not_there(source: str, translation: str) -> None:
    files = translated("a")
    files["en/a.md"] = page(f"title: The Radio\n{source}", TEXT)
    files["es/a.md"] = page(f"title: La radio\n{translation}", TEXTS["es"])

    assert found(report(files), "mismatch") == []


def test_a_date_that_another_field_tells_is_not_lacking() -> None:
    files = translated("a", fields="date: 2024-05-04")
    files["en/a.md"] = page("title: The Radio\ndate: 2024-05-04\npublishDate: 2024-05-04T10:00:00Z", TEXT)

    assert found(report(files), "mismatch") == []


# Kept on purpose


def test_what_most_translations_keep_is_not_untranslated() -> None:
    kept = "\nWarning: the coil of this set is hot\n"

    assert found(report(translated("a", kept)), "untranslated") == []


def test_what_one_translation_keeps_is_untranslated_with_its_line() -> None:
    files = translated("a")
    files["en/a.md"] += "\nWarning: the coil of this set is hot\n"
    files["es/a.md"] += "\nWarning: the coil of this set is hot\n"

    (finding,) = found(report(files), "untranslated")

    assert (finding.path, finding.facts["lines"]) == ("es/a.md", [6])


# Links


def test_a_link_to_the_sources_page_is_said_where_the_own_page_exists() -> None:
    files = translated("a") | translated("b")
    files["es/a.md"] += "\nVea [la otra](../en/b.md).\n"

    (finding,) = found(report(files), "link")

    assert (finding.path, finding.line) == ("es/a.md", 6)
    assert finding.facts == {"target": "../en/b.md", "own": "es/b.md"}


@pytest.mark.parametrize(
    "target", ["b.md", "../es/b.md", "../en/c.md", "https://example.org/en/b.md", "#x", "/en/none/"]
)
def test_other_links_are_left_alone(target: str) -> None:
    files = translated("a") | translated("b") | {"en/c.md": page("title: C", TEXT)}
    files["es/a.md"] += f"\nVea [la otra]({target}).\n"

    assert found(report(files), "link") == []


def test_links_to_the_source_are_a_habit_where_most_lead_there() -> None:
    files = {path: text for at in range(8) for path, text in translated(f"p{at}").items()}
    for at in range(8):
        files[f"es/p{at}.md"] += f"\nVea [la otra](/en/p{(at + 1) % 8}/).\n"

    assert found(report(files), "link") == []


def test_an_anchor_of_the_source_that_the_translation_has_not_is_said() -> None:
    files = translated("a")
    files["en/a.md"] += "\n## The coil\n\nSee [the coil](#the-coil).\n"
    files["es/a.md"] += "\n## La bobina\n\nVea [la bobina](#the-coil).\n"
    files["fr/a.md"] += "\n## La bobine\n\nVoyez [la bobine](#la-bobine).\n"
    files["de/a.md"] += "\n## Die Spule {#the-coil}\n\nSiehe [die Spule](#the-coil).\n"
    files["it/a.md"] += "\n## La bobina\n\nVedi [altro](#made-by-a-script).\n"

    (finding,) = found(report(files), "link")

    assert (finding.path, finding.problem, finding.line) == ("es/a.md", "anchor", 8)


# Placeholders


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ("summary: Summary", ["summary"]),
        ("head:\n  - tag: title\n    content: x", []),
        ("box:\n  title: Summary", []),
        ("box:\n  title: Title", ["box.title"]),
    ],
)
def test_a_label_is_a_placeholder_in_its_own_place_only(fields: str, names: list[str]) -> None:
    files = {"en/a.md": page("title: The Radio", TEXT), "de/a.md": page(f"title: Das Radio\n{fields}", TEXTS["de"])}

    assert [finding.facts["field"] for finding in found(report(files), "placeholder")] == names


def letters(kept: int, title: str = "The Weekly Radio Letter #{}") -> Report:
    """Ten pages in German, of which some keep the title of their source."""
    german = [title if number < kept else "Der wöchentliche Radiobrief {}" for number in range(10)]
    sources = {f"en/{at}.md": page(f"title: {title.format(at)!r}", TEXT) for at in range(10)}
    return report(sources | {f"de/{at}.md": page(f"title: {german[at].format(at)!r}", TEXTS["de"]) for at in range(10)})


@pytest.mark.parametrize(("kept", "told"), [(10, 0), (5, 0), (4, 4)])
def test_the_name_of_a_series_that_a_language_mostly_keeps_is_kept_on_purpose(kept: int, told: int) -> None:
    assert len(found(letters(kept), "untranslated")) == told


def test_one_title_on_many_pages_is_no_name_of_a_series() -> None:
    assert len(found(letters(10, "How the radio began"), "untranslated")) == 10
