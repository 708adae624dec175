"""sync brings shared fields in line with the source and local ones with the configuration, and touches nothing else."""

from pathlib import Path

import pytest

from tests.own_reader import unmeant, values
from tests.repositories import Repository
from tests.runs import run

CONFIGURATION = """source = "en"
languages = ["es", "fr"]
[series.walks]
path = "walks/{number}/{lang}.md"
[fields]
translated = ["title"]
own = ["credits"]
[fields.local]
lang = "{lang}"
link = "/{lang}/walk-{number}/"
"""
ENGLISH = """---
title: Along the canal
lang: en
link: /en/walk-1/
date: 2031-03-05
tags: [water, "easy walk"]
map:
  scale: 25000
  sheets:
    - A1
    - A2
video: https://youtu.be/abc
credits: Ann
---

We start at the lock.
"""
SPANISH = """---
title: Junto al canal   # nuestro
lang: en
# la fecha
date: "2030-01-01"
tags:
- agua
map: {scale: 50000, extra: 1}
video: https://youtu.be/url
credits: Eva
gone: yes
---

Empezamos en la esclusa.
"""
IN_LINE = """---
title: Junto al canal   # nuestro
lang: es
link: /es/walk-1/
# la fecha
date: 2031-03-05
tags: [water, "easy walk"]
map: {scale: 25000, sheets: [A1, A2]}
video: https://youtu.be/abc
credits: Eva
---

Empezamos en la esclusa.
"""
PATH = "walks/1/es.md"


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "site")
    made.commit({"transtool.toml": CONFIGURATION, "walks/1/en.md": ENGLISH, PATH: SPANISH})
    return made


def text(site: Repository, path: str = PATH) -> str:
    return (site.root / path).read_text("utf-8")


def test_a_page_is_brought_in_line_and_every_other_byte_stays(site: Repository) -> None:
    done = run("sync", "1", at=site.root)

    assert (done.stdout, done.stderr, done.returncode) == ("", f"wrote {PATH}\n", 0)
    assert text(site) == IN_LINE
    assert unmeant(SPANISH.encode(), IN_LINE.encode(), ENGLISH.encode(), {"lang", "link"}) == []


def test_afterwards_check_finds_neither_a_mismatch_nor_a_local_field_and_a_second_run_changes_nothing(
    site: Repository,
) -> None:
    before = run("check", "-r", "mismatch", "-r", "local", at=site.root).stdout
    run("sync", "--all", at=site.root)
    after = run("check", "-r", "mismatch", "-r", "local", at=site.root).stdout
    again = run("sync", "--all", at=site.root)

    assert ("[mismatch]" in before, "[local]" in before) == (True, True)
    assert ("[mismatch]" in after, "[local]" in after) == (False, False)
    assert again.stderr == "nothing to write: everything that was asked for is in line\n"


def test_git_undoes_it(site: Repository) -> None:
    run("sync", "--all", at=site.root)
    site.git("checkout", ".")
    assert text(site) == SPANISH


def test_a_dry_run_shows_one_diff_and_writes_nothing(site: Repository) -> None:
    done = run("sync", "--all", "--dry-run", at=site.root)

    assert text(site) == SPANISH
    assert '\n-date: "2030-01-01"\n' in done.stdout
    assert "\n+date: 2031-03-05\n" in done.stdout
    site.write({"patch": done.stdout})
    site.git("apply", "patch")
    assert text(site) == IN_LINE


def test_only_the_fields_that_are_named_are_written(site: Repository) -> None:
    run("sync", "1", "--field", "map.scale", "--field", "lang", at=site.root)
    expected = SPANISH.replace("lang: en", "lang: es").replace("50000", "25000")
    assert text(site) == expected


def test_a_field_that_no_page_has_is_a_mistake(site: Repository) -> None:
    done = run("sync", "1", "--field", "dat", at=site.root)
    assert done.returncode == 2
    assert "no page has the field dat (did you mean date?)" in done.stderr


@pytest.mark.parametrize("command", [["sync"], ["sync", "--language", "es"]])
def test_it_must_be_said_what_is_to_be_brought_in_line(site: Repository, command: list[str]) -> None:
    done = run(*command, at=site.root)
    assert (done.returncode, text(site)) == (2, SPANISH)


def test_only_the_languages_that_are_asked_for_are_written(site: Repository) -> None:
    site.commit({"walks/1/fr.md": SPANISH})
    run("sync", "--all", "--language", "fr", at=site.root)
    assert (text(site), text(site, "walks/1/fr.md") == SPANISH) == (SPANISH, False)


# Whose value is right


def test_a_value_that_was_changed_later_than_the_sources_is_shown_and_left(site: Repository) -> None:
    run("sync", "--all", at=site.root)
    site.commit()
    site.commit({PATH: IN_LINE.replace("scale: 25000", "scale: 10000")})
    site.commit({"walks/1/en.md": ENGLISH.replace("Ann", "Ann and Bo").replace("2031-03-05", "2031-03-06")})

    done = run("sync", "--all", at=site.root)

    assert done.returncode == 0
    assert (
        f"{PATH}:8: map.scale was changed later here (10000) than in the source (25000): it was left alone"
        in done.stderr
    )
    assert "(sync --from es carries it to the source)" in done.stderr
    assert text(site) == IN_LINE.replace("25000", "10000").replace("2031-03-05", "2031-03-06")


def test_what_is_not_committed_yet_is_later_than_all_commits(site: Repository) -> None:
    run("sync", "--all", at=site.root)
    site.commit()
    site.write({PATH: IN_LINE.replace("scale: 25000", "scale: 10000")})
    assert "was changed later here" in run("sync", "--all", at=site.root).stderr


def test_a_value_that_the_source_changed_later_is_overwritten(site: Repository) -> None:
    run("sync", "--all", at=site.root)
    site.commit({PATH: IN_LINE.replace("scale: 25000", "scale: 10000")})
    site.commit({"walks/1/en.md": ENGLISH.replace("25000", "30000")})
    run("sync", "--all", at=site.root)
    assert values(text(site).encode())["map"]["scale"] == "30000"


def test_from_carries_the_value_of_a_translation_to_the_source_and_to_the_other_languages(site: Repository) -> None:
    run("sync", "--all", at=site.root)
    french = IN_LINE.replace("es", "fr")
    site.commit({PATH: IN_LINE.replace("scale: 25000", "scale: 10000"), "walks/1/fr.md": french})

    done = run("sync", "1", "--from", "es", "--field", "map", at=site.root)

    assert done.returncode == 0
    assert text(site, "walks/1/en.md") == ENGLISH.replace("25000", "10000")
    assert text(site, "walks/1/fr.md") == french.replace("25000", "10000")


def test_a_placeholder_overwrites_no_value_in_either_direction(site: Repository) -> None:
    unfinished = ENGLISH.replace("youtu.be/abc", "youtu.be/url")
    site.commit({"walks/1/en.md": unfinished, PATH: IN_LINE})

    done = run("sync", "--all", at=site.root)
    assert "video is a placeholder in the source (https://youtu.be/url): it was left alone" in done.stderr
    assert text(site) == IN_LINE

    site.commit({"walks/1/en.md": ENGLISH, PATH: IN_LINE.replace("youtu.be/abc", "youtu.be/url")})
    done = run("sync", "--all", "--from", "es", at=site.root)
    assert "video is a placeholder here (https://youtu.be/url): it was not carried over" in done.stderr
    assert text(site, "walks/1/en.md") == ENGLISH


def test_a_field_that_differs_in_most_translations_is_left_unless_it_is_named(site: Repository) -> None:
    pages = {f"walks/{number}/en.md": ENGLISH for number in range(2, 8)}
    pages |= {f"walks/{number}/es.md": IN_LINE.replace("2031-03-05", f"2031-04-0{number}") for number in range(2, 8)}
    site.commit(pages)

    done = run("sync", "2-7", at=site.root)
    assert (
        "date differs in 7 of 7 translations: it was left alone (declare it under [fields], or say --field date)"
        in (done.stderr)
    )
    assert "2031-04-02" in text(site, "walks/2/es.md")

    run("sync", "2-7", "--field", "date", at=site.root)
    assert "2031-03-05" in text(site, "walks/2/es.md")


def test_a_title_that_is_shared_by_the_silence_of_the_configuration_is_not_overwritten(site: Repository) -> None:
    site.commit({"transtool.toml": CONFIGURATION.replace('translated = ["title"]\n', "")})

    done = run("sync", "--all", at=site.root)

    assert "title is usually translated, and no role in the configuration says so: it was left alone" in done.stderr
    assert text(site) == IN_LINE


# What stands in the way


def test_a_page_that_cannot_be_edited_is_said_and_the_others_go_on(site: Repository) -> None:
    site.commit(
        {"walks/1/fr.md": '{"title": "t"}\n\nNous.\n', "walks/2/en.md": ENGLISH, "walks/2/es.md": "---\n a: [\n---\n"}
    )
    done = run("sync", "--all", at=site.root)

    assert done.returncode == 3
    assert "walks/1/fr.md: its front matter is of another kind than the source's" in done.stderr
    assert "walks/2/es.md: this file cannot be read, so it was left alone" in done.stderr
    assert text(site) == IN_LINE


def test_without_git_the_source_is_right(tmp_path: Path) -> None:
    for path, content in {"transtool.toml": CONFIGURATION, "walks/1/en.md": ENGLISH, PATH: SPANISH}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(content)
    done = run("sync", "--all", at=tmp_path)
    assert (done.returncode, (tmp_path / PATH).read_text()) == (0, IN_LINE)
