"""What a configuration says about whole sites: what is left out, what is not wanted, what fields are made of."""

from pathlib import Path

import pytest

from tests.sites import Site, judged
from transtool.i18n import ENGLISH
from transtool.model import Report, Status
from transtool.site.open import find_config, open_site

HEAD = 'source = "en"\nlanguages = ["es", "fr"]\n'
SERIES = '[series.notes]\npath = "{lang}/{key}.md"\n'


def page(**fields: str) -> str:
    """A page with these fields."""
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + "---\nWords enough to tell.\n"


def statuses(report: Report) -> dict[tuple[str, str], Status]:
    return {(episode.key, cell.language): cell.status for episode in report.episodes for cell in episode.cells}


def findings(report: Report, rule: str) -> list[tuple[str, str]]:
    return [(each.path, ENGLISH.finding(each)) for each in report.all_findings() if each.rule == rule]


def notes(root: Path) -> list[str]:
    return [ENGLISH.message(note.message) for note in open_site(root).stages.notes]


# What is left out


def test_what_is_excluded_is_no_page_of_the_site(tmp_path: Path) -> None:
    head = HEAD + 'exclude = ["en/drafts", "**/_*"]\n'
    series = SERIES.replace("{key}", "{key**}") + 'exclude = ["*/index.md"]\n'
    kept = {"en/a.md": page(title="A"), "en/b/c.md": page(title="C")}
    left = {"en/drafts/d.md": page(), "en/b/_e.md": page(), "en/index.md": page(), "es/index.md": page()}
    Site(tmp_path, head + series, {**kept, **left})

    assert {key for key, _ in statuses(judged(tmp_path))} == {"a", "b/c"}
    assert notes(tmp_path) == []


def test_a_glob_that_excludes_nothing_is_said(tmp_path: Path) -> None:
    Site(tmp_path, HEAD + 'exclude = ["en/draft"]\n' + SERIES + 'exclude = ["x*"]\n', {"en/a.md": page()})

    assert notes(tmp_path) == ["exclude: no file is en/draft", "exclude: no file is x*"]


# What is not wanted


@pytest.mark.parametrize(
    ("exempt", "wanted"),
    [
        ('{ keys = ["old-*"] }', {"2020-05-01-b", "new", "marked"}),
        ('{ keys = ["old-*"], languages = ["fr"] }', {"old-1", "2020-05-01-b", "new", "marked"}),
        ("{ before = 2021-01-01 }", {"new", "marked"}),  # by the field `date`, and by the key
        ("{ after = 2020-12-31 }", {"old-1", "2020-05-01-b", "marked"}),
        ("{ before = 2020-05-02, after = 2020-04-30 }", {"old-1", "new", "marked"}),
        ('{ field = "local_only" }', {"old-1", "2020-05-01-b", "new"}),
        ('{ field = "tags", is = "fun" }', {"old-1", "2020-05-01-b", "marked"}),
        ('{ field = "local_only", of = "translation" }', {"old-1", "2020-05-01-b", "new", "marked"}),
    ],
)
def test_pages_are_exempt_by_key_by_date_and_by_what_they_say(exempt: str, wanted: set[str], tmp_path: Path) -> None:
    pages = {
        "en/old-1.md": page(date="2019-03-01"),
        "en/2020-05-01-b.md": page(title="B"),
        "en/new.md": page(date="2022-03-01 10:00:00 +0200", tags="[fun, games]"),
        "en/marked.md": page(local_only="true"),
    }
    Site(tmp_path, HEAD + SERIES + f"exempt = [{exempt}]\n", pages)

    found = statuses(judged(tmp_path))

    assert {key for (key, language), status in found.items() if language == "es" and status != Status.EXEMPT} == wanted


def test_a_stub_is_exempt_and_the_language_that_has_none_is_not(tmp_path: Path) -> None:
    stub = page(untranslated="yes")
    Site(tmp_path, HEAD + SERIES + 'exempt = [{ field = "untranslated" }]\n', {"en/a.md": page(), "es/a.md": stub})

    assert statuses(judged(tmp_path)) == {("a", "es"): Status.EXEMPT, ("a", "fr"): Status.MISSING}


def test_what_is_exempt_by_its_page_is_not_scaffolded(tmp_path: Path) -> None:
    site = Site(tmp_path, HEAD + SERIES + 'exempt = [{ field = "skip" }]\n', {"en/a.md": page(skip="true")})

    assert site.plan().changes == ()


def test_exemptions_that_fit_nothing_are_said(tmp_path: Path) -> None:
    exempt = 'exempt = [{ keys = ["x*"] }, { field = "stub" }, { keys = ["a"] }]\n'
    Site(tmp_path, HEAD + 'noun = "page"\n' + SERIES + exempt, {"en/a.md": page()})

    assert notes(tmp_path) == ["series notes has no x* to exempt", "no page of series notes has stub: true"]


# What links pages


def test_pages_without_the_field_of_their_key_are_said_to_have_none_and_are_no_duplicates(tmp_path: Path) -> None:
    series = '[series.notes]\npath = "{lang}/{_}.md"\nkey = { field = "id", pattern = "[0-9]+" }\n'
    pages = {"en/a.md": page(id="7"), "en/b.md": page(), "en/c.md": page(), "es/d.md": page(id="none")}
    Site(tmp_path, HEAD + series, pages)

    report = judged(tmp_path)

    assert findings(report, "duplicate") == []
    assert findings(report, "identity") == [
        ("en/b.md", "nothing says which one this is: there is no field id"),
        ("en/c.md", "nothing says which one this is: there is no field id"),
        ("es/d.md", "nothing says which one this is: there is no key in the field id"),
    ]
    assert {key for key, _ in statuses(report)} == {"7"}


# What fields are made of


def made(root: Path, configuration: str, pages: dict[str, str], path: str) -> str:
    """The front matter of a translation that is scaffolded."""
    site = Site(root, HEAD + configuration, pages)
    site.scaffold(languages="es")
    return site.read(path).decode().split("---\n")[1]


def test_a_place_of_the_path_fills_a_local_field_and_is_compared(tmp_path: Path) -> None:
    series = '[series.posts]\npath = "{lang}/{date}-{slug}.md"\n[fields.local]\nlink = "/{lang}/{slug}/{date}"\n'
    pages = {"en/2020-01-02-tea.md": page(link="x")}

    assert "link: /es/tea/2020-01-02\n" in made(tmp_path, series, pages, "es/2020-01-02-tea.md")
    assert findings(judged(tmp_path), "local") == []

    Site(tmp_path, HEAD + series, {"es/2020-01-02-tea.md": page(link="/es/coffee/2020-01-02")})
    assert findings(judged(tmp_path), "local") == [
        ("es/2020-01-02-tea.md", "link is “/es/coffee/2020-01-02”, expected “/es/tea/2020-01-02”")
    ]


FROM_SOURCE = SERIES + "[fields.local]\npermalink = { from_source = true }\n"


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("/en/tea/", "/es/tea/"),
        ("/tea/en-route/en/", "/tea/en-route/es/"),
        ("https://example.org/en/tea", "https://example.org/es/tea"),
        ("tea-en", "tea-es"),
        ("/tea-en.html", "/tea-es.html"),
        ("/tea/", "/es/tea/"),
    ],
)
def test_a_value_of_the_source_is_given_the_language(value: str, wanted: str, tmp_path: Path) -> None:
    pages = {"en/a.md": page(permalink=value)}

    assert f"permalink: {wanted}\n" in made(tmp_path, FROM_SOURCE, pages, "es/a.md")
    assert findings(judged(tmp_path), "local") == []


def test_the_language_is_put_where_other_translations_have_it(tmp_path: Path) -> None:
    pages = {
        "en/a.md": page(permalink="/tea.html"),
        "en/b.md": page(permalink="/rice.html"),
        "fr/b.md": page(permalink="/rice-fr.html"),
        "fr/a.md": page(permalink="/tea.html"),
    }

    assert "permalink: /tea-es.html\n" in made(tmp_path, FROM_SOURCE, pages, "es/a.md")
    assert findings(judged(tmp_path), "local") == [
        ("fr/a.md", "permalink is “/tea.html”, expected “/tea-fr.html”"),
    ]


def test_a_local_field_that_no_source_has_is_written_and_missed(tmp_path: Path) -> None:
    series = SERIES + '[fields.local]\nlang = "{lang}"\n'
    pages = {"en/a.md": page(title="A"), "en/b.md": page(title="B"), "fr/b.md": page(title="C")}

    assert "lang: es\n" in made(tmp_path, series, pages, "es/a.md")
    assert findings(judged(tmp_path), "local") == [("fr/b.md", "lang is absent, expected “fr”")]


def test_a_local_field_that_the_source_and_most_translations_lack_is_not_missed(tmp_path: Path) -> None:
    series = SERIES + '[fields.local]\nlang = "{lang}"\n'
    pages = {"en/a.md": page(title="A"), "fr/a.md": page(title="B"), "es/a.md": page(title="C", lang="es")}
    Site(tmp_path, HEAD + series, pages | {"en/b.md": page(title="D"), "fr/b.md": page(title="E")})

    assert findings(judged(tmp_path), "local") == []


def test_a_local_field_that_only_another_series_uses_is_not_missed(tmp_path: Path) -> None:
    series = SERIES + '[series.talks]\npath = "talks/{number}/{lang}.md"\n[fields.local]\nlink = "{lang}"\n'
    pages = {"en/a.md": page(), "fr/a.md": page(), "talks/1/en.md": page(link="en"), "talks/1/fr.md": page(link="fr")}
    Site(tmp_path, HEAD + series, pages)

    assert findings(judged(tmp_path), "local") == []


def test_own_fields_are_neither_compared_nor_copied(tmp_path: Path) -> None:
    series = SERIES + '[fields]\nown = ["weight"]\n'
    pages = {"en/a.md": page(title="A", weight="3"), "fr/a.md": page(title="A", weight="4")}

    assert "weight" not in made(tmp_path, series, pages, "es/a.md")
    assert findings(judged(tmp_path), "mismatch") == []


# Where a configuration is found


def test_pyproject_is_found_where_there_is_no_file_of_its_own(tmp_path: Path) -> None:
    inner = tmp_path / "docs" / "guide"
    inner.mkdir(parents=True)
    table = "[tool.transtool]\nsource = 'en'\n"
    (tmp_path / "pyproject.toml").write_text(table)
    (tmp_path / "docs" / "pyproject.toml").write_text("[project]\nname = 'transtool-docs'\n")
    assert find_config(inner) == tmp_path / "pyproject.toml"

    (tmp_path / "transtool.toml").write_text("")
    assert find_config(inner) == tmp_path / "transtool.toml"

    (inner / "pyproject.toml").write_text(table)
    assert find_config(inner) == inner / "pyproject.toml"


def test_what_a_site_calls_its_pages_is_what_reports_call_them(tmp_path: Path) -> None:
    Site(tmp_path, HEAD + 'noun = "article"\n' + SERIES, {"en/a.md": page(), "en/b.md": page()})

    noun = judged(tmp_path).noun

    assert ENGLISH.counted("episodes", 2) == "2 episodes"
    assert ENGLISH.calling(noun).counted("episodes", 2) == "2 articles"
