"""`init` on sites in real repositories: what it proposes is what `check` and `scaffold` can work with."""

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layouts import COMPLETE, LAYOUTS, page
from tests.repositories import Repository
from tests.runs import run
from tests.sites import Site, judged
from transtool.config import parse
from transtool.discover import Wish, merged
from transtool.model import Status
from transtool.schemas import schema_id
from transtool.settings import Config, FromSource, Pattern, PinKind
from transtool.site.look import Drawn, look_at, write_config


def configured(root: Path, source: str = "", *languages: str) -> Config:
    """Let init write the configuration of the site at `root`, and return it."""
    drawn = look_at(root, str, Wish(source, languages))
    return parse(write_config(drawn).read_bytes(), "transtool.toml")


def drawn(root: Path, files: Mapping[str, str], source: str = "", *languages: str) -> Drawn:
    """Look at a site that has just been committed."""
    Repository(root).commit(files)
    return look_at(root, str, Wish(source, languages))


def completed(root: Path, config: Config) -> Site:
    """Return the site with everything written that was missing."""
    site = Site(root, (root / "transtool.toml").read_text(), {})
    assert site.config == config
    plan = site.scaffold()
    assert not plan.refusals
    return site


@pytest.mark.parametrize("name", COMPLETE)
def test_what_init_proposes_can_be_checked_and_completed(name: str, tmp_path: Path) -> None:
    Repository(tmp_path).commit(LAYOUTS[name][0])
    config = configured(tmp_path)
    told = {finding.rule for finding in judged(tmp_path).all_findings()}
    site = completed(tmp_path, config)
    report = site.report()

    assert told <= {"missing", "untranslated"}
    assert {finding.rule for finding in report.all_findings()} <= {"untranslated"}
    assert report.tally()[Status.MISSING] == 0
    assert not site.plan().changes


def test_the_first_line_tells_editors_the_schema_and_is_not_written_into_a_file_that_people_have(
    tmp_path: Path,
) -> None:
    files, *_ = LAYOUTS[COMPLETE[0]]
    first = drawn(tmp_path, files).proposal.text

    schema, _, rest = first.partition("\n")
    assert schema == f"#:schema {schema_id('config')}"
    assert merged(rest, first) == rest


@pytest.mark.parametrize("name", [name for name in COMPLETE if "special" not in name])
def test_a_site_without_any_translation_is_laid_out_and_completed(name: str, tmp_path: Path) -> None:
    files, source, _, _ = LAYOUTS[name]
    Repository(tmp_path / "whole").commit(files)
    config = configured(tmp_path / "whole")
    templates = [template for each in config.series for template in each.templates]
    translated = {
        path
        for path in files
        if any((match := each.match(path)) is not None and match.language != config.source for each in templates)
    }
    Repository(tmp_path / "young").commit({path: files[path] for path in files if path not in translated})
    young = configured(tmp_path / "young", source, "es", "pt-BR") if source != "es" else config
    told = {finding.rule for finding in judged(tmp_path / "young").all_findings()}
    site = completed(tmp_path / "young", young)
    report = site.report()

    assert young.languages == ("es", "pt-BR")
    assert told <= {"missing"}
    assert {finding.rule for finding in report.all_findings()} <= {"untranslated", "unknown"}
    assert report.tally()[Status.MISSING] == 0
    assert all(len(episode.cells) == 2 for episode in report.episodes)


def pages(folder: str, names: str, ending: str = "md") -> dict[str, str]:
    return {f"{folder}{name}.{ending}": page(title=f"About {name}") for name in names.split()}


NEWCOMERS: dict[str, tuple[dict[str, str], dict[str, list[str]], list[str]]] = {
    "Jekyll": (
        {"_config.yml": "title: x\n", **pages("_posts/", "2024-01-01-a 2024-01-02-b")},
        {"posts": ["_posts/[{lang}/]{key**}.md"]},
        ["_posts/{key**}[.{lang}].md", "translations/{lang}/_posts/{key**}.md"],
    ),
    "Hugo": (
        {"hugo.toml": 'baseURL = "x"\n', **pages("content/", "a posts/b")},
        {"content": ["content/{key**}[.{lang}].md"]},
        ["content[.{lang}]/{key**}.md", "content/{lang}/{key**}.md"],
    ),
    "Zola": (
        {"config.toml": 'base_url = "x"\n', **pages("content/", "a posts/b")},
        {"content": ["content/{key**}[.{lang}].md"]},
        ["content/[{lang}/]{key**}.md", "content/{lang}/{key**}.md"],
    ),
    "Astro": (
        {"astro.config.mjs": "", **pages("src/content/docs/", "a guides/b", "mdx"), **pages("src/pages/", "x")},
        {"docs": ["src/content/docs/[{lang}/]{key**}.mdx"]},
        ["src/content/docs/{key**}[.{lang}].mdx"],
    ),
    "Docusaurus": (
        {"docusaurus.config.js": "", **pages("docs/", "a guides/b"), **pages("blog/", "2024-01-01-a")},
        {
            "docs": ["docs/{key**}.md", "i18n/{lang}/docusaurus-plugin-content-docs/current/{key**}.md"],
            "blog": ["blog/{key**}.md", "i18n/{lang}/docusaurus-plugin-content-blog/{key**}.md"],
        },
        ["docs/{key**}[.{lang}].md"],
    ),
    "MkDocs": (
        {"mkdocs.yml": "site_name: x\n", **pages("docs/", "index a")},
        {"docs": ["docs/{key**}[.{lang}].md"]},
        ["docs/{lang}/{key**}.md"],
    ),
    "VitePress": (
        {"docs/.vitepress/config.ts": "", **pages("docs/", "index guide/a"), "README.md": "# x\n"},
        {"docs": ["docs/[{lang}/]{key**}.md"]},
        ["docs/{key**}[.{lang}].md"],
    ),
    "Eleventy": (
        {".eleventy.js": "", **pages("src/", "a b"), **pages("src/", "index", "njk")},
        {"src": ["src/[{lang}/]{key**}.(md|njk)"]},
        ["src/{key**}[.{lang}].(md|njk)"],
    ),
    "Hexo": (
        {"_config.yml": "new_post_name: x\n", **pages("source/", "_posts/a about/index")},
        {"source": ["source/[{lang}/]{key**}.md"]},
        ["source/{key**}[.{lang}].md"],
    ),
    "Pelican": (
        {"pelicanconf.py": "", **pages("content/", "a pages/b")},
        {"content": ["content/{key**}[.{lang}].md"]},
        ["content/[{lang}/]{key**}.md"],
    ),
    "Quarto": (
        {"_quarto.yml": "project:\n  type: book\n", **pages("", "index intro", "qmd"), "README.md": "# x\n"},
        {"pages": ["{key}[.{lang}].qmd"]},
        ["[{lang}/]{key}.qmd"],
    ),
    "nobody knows which": (
        {**pages("docs/", "a b"), "README.md": "# x\n"},
        {"docs": ["docs/[{lang}/]{key**}.md"]},
        ["docs/{key**}[.{lang}].md", "translations/{lang}/docs/{key**}.md"],
    ),
    "the source has a folder of its own": (
        pages("content/en/", "a b/c"),
        {"content": ["content/{lang}/{key**}.md"]},
        [],
    ),
    "only the README is translated": (
        {**pages("docs/", "a b c d e f g h i j k"), "README.md": "# x\n", "README.es.md": "# y\n"},
        {"docs": ["docs/[{lang}/]{key**}.md"]},
        [],
    ),
}


@pytest.mark.parametrize("name", NEWCOMERS)
def test_a_first_translation_goes_where_the_generator_looks_for_it(name: str, tmp_path: Path) -> None:
    files, series, others = NEWCOMERS[name]
    made = drawn(tmp_path, files, "", "es", "fr")
    config = parse(made.proposal.text.encode(), "transtool.toml")

    assert {each.name: [template.text for template in each.templates] for each in config.series} == series
    assert config.languages == ("es", "fr")
    assert config.series[0].fields.translated == ("title",)
    assert all(f'"{other}"' in made.proposal.text for other in others)


def test_without_languages_a_site_that_has_none_is_told_how_to_say_them(tmp_path: Path) -> None:
    Repository(tmp_path).commit(pages("docs/", "a b"))
    done = run("init", at=tmp_path)

    assert done.returncode == 2
    assert "2 pages, no language in their paths" in done.stderr
    assert "transtool init --languages es,fr" in done.stderr


@pytest.mark.parametrize("option", ["--languages=es,fr", "--language=es --language=fr", "-l es,fr"])
def test_languages_can_be_said_in_every_way_that_people_try(option: str, tmp_path: Path) -> None:
    Repository(tmp_path).commit(pages("docs/", "a b"))
    done = run("init", *option.split(), "--source", "de", at=tmp_path)
    config = parse((tmp_path / "transtool.toml").read_bytes(), "transtool.toml")

    assert done.returncode == 0
    assert (config.source, config.languages) == ("de", ("es", "fr"))


@pytest.mark.parametrize("arguments", [["--languages", "es,../x"], ["--source", "in English"], ["--languages", "en"]])
def test_languages_that_cannot_be_meant_are_refused(arguments: list[str], tmp_path: Path) -> None:
    Repository(tmp_path).commit(pages("docs/", "a b"))
    done = run("init", *arguments, at=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "transtool.toml").exists()


def test_the_source_is_the_language_in_which_pages_were_first_not_the_one_with_most(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    for n in range(6):
        repository.commit({f"en/post-{n}x.md": page(title=f"Post {n}")})
        repository.commit({f"uk/post-{n}x.md": page(title=f"Допис {n}")})
    repository.commit({f"uk/own-{n}x.md": page(title=f"Власний {n}") for n in range(3)})
    made = look_at(tmp_path, str)

    assert 'source = "en"' in made.proposal.text
    assert "source language: en (by git, 6 of 6 pages were there first in it)" in map(str, made.proposal.seen)


def test_the_source_is_not_english_where_git_says_so(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    for n in range(6):
        repository.commit({f"docs/de/{n}x.md": page(title=f"Seite {n}")})
        repository.commit({f"docs/en/{n}x.md": page(title=f"Page {n}")})

    assert configured(tmp_path).source == "de"


def test_the_configuration_of_the_generator_does_not_outweigh_what_git_says_of_nearly_all_pages(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({"hugo.toml": 'defaultContentLanguage = "en"\n'})
    for n in range(6):
        repository.commit({f"content/de/{n}x.md": page(title=f"Seite {n}")})
        repository.commit({f"content/en/{n}x.md": page(title=f"Page {n}")})

    assert configured(tmp_path).source == "de"


def test_a_source_that_was_moved_into_a_folder_later_is_still_older(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    texts = {n: page(title=f"Page {n}") for n in range(6)}
    repository.commit({f"docs/{n}x.md": text for n, text in texts.items()})
    repository.commit({f"docs/de/{n}x.md": page(title=f"Seite {n}") for n in texts})
    repository.commit({f"docs/{n}x.md": None for n in texts} | {f"docs/en/{n}x.md": text for n, text in texts.items()})

    assert configured(tmp_path).source == "en"


def test_without_git_it_is_said_that_the_source_is_a_guess(tmp_path: Path) -> None:
    for path in (f"docs/{tag}/{n}x.md" for tag in ("de", "nl") for n in range(3)):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(page(title=path))
    made = look_at(tmp_path, str)

    assert any("make sure that sources are in de" in str(warning) for warning in made.proposal.warnings)


def test_an_english_copy_among_the_translations_is_not_the_source(tmp_path: Path) -> None:
    names = "a b guide/c"
    files = pages("", names) | {
        path: text for tag in ("en", "es", "ko") for path, text in pages(f"translations/{tag}/", names).items()
    }
    config = parse(drawn(tmp_path, files).proposal.text.encode(), "transtool.toml")

    assert (config.source, config.languages) == ("en", ("es", "ko"))
    assert [template.text for template in config.series[0].templates] == [
        "{key**}.md",
        "translations/{lang}/{key**}.md",
    ]


def pinned(root: Path, pin: Callable[[Repository, str], str]) -> Drawn:
    """Look at a site whose translations record the version of the source, before which and after which it changes."""
    repository = Repository(root)
    for n in range(4):
        repository.commit({f"docs/en/{n}x.md": page(title=f"Page {n}", lastmod=f"2024-01-0{n + 1}")})
        text = pin(repository, f"docs/en/{n}x.md")
        repository.commit({f"docs/es/{n}x.md": text})
        repository.commit({f"docs/en/{n}x.md": page(title=f"Page {n}, again", lastmod=f"2024-02-0{n + 1}")})
    return look_at(root, str)


PINS: dict[str, tuple[Callable[[Repository, str], str], tuple[tuple[str, ...], PinKind, bool]]] = {
    "a commit": (
        lambda repository, path: page(title="Una", source_commit=repository.git("rev-parse", "HEAD")),
        (("source_commit",), PinKind.COMMIT, False),
    ),
    "a short commit": (
        lambda repository, path: page(title="Una", l10n=f"{{ rev: '{repository.git('rev-parse', 'HEAD')[:12]}' }}"),
        (("l10n.rev",), PinKind.COMMIT, False),
    ),
    "a blob": (
        lambda repository, path: page(title="Una", original=repository.git("rev-parse", f"HEAD:{path}")),
        (("original",), PinKind.BLOB, False),
    ),
    "a commit in a comment": (
        lambda repository, path: (
            page(title="Una") + f'\n<!-- {{"original_hash": "{repository.git("rev-parse", "HEAD")}"}} -->\n'
        ),
        (("original_hash",), PinKind.COMMIT, True),
    ),
    "a date": (
        lambda repository, path: page(title="Una", lastmod=f"2024-01-0{int(path[8]) + 1}"),
        (("lastmod",), PinKind.DATE, False),
    ),
    "a date under another name": (
        lambda repository, path: page(title="Una", source_date=f"2024-01-0{int(path[8]) + 1}"),
        (("source_date",), PinKind.DATE, False),
    ),
}


@pytest.mark.parametrize("name", PINS)
def test_a_pin_is_proposed_if_it_fits_the_repository(name: str, tmp_path: Path) -> None:
    made, (fields, kind, comment) = PINS[name]
    found = pinned(tmp_path, made)
    [pin] = parse(found.proposal.text.encode(), "transtool.toml").pins

    assert pin is not None
    assert (pin.fields, pin.kind, pin.comment) == (fields, kind, comment)
    assert any("pins 4 translations" in str(seen) and "4 of 4 tried fit" in str(seen) for seen in found.proposal.seen)


@pytest.mark.parametrize(
    "fields",
    [
        {"source_commit": "0123456789abcdef0123456789abcdef01234567"},
        {"updated": "2019-01-01"},
        {"date": "2024-01-01"},
        {"phone": "5550100123"},
    ],
)
def test_what_fits_nothing_in_the_repository_is_no_pin(fields: dict[str, str], tmp_path: Path) -> None:
    found = pinned(tmp_path, lambda repository, path: page(title="Una", **fields))

    assert parse(found.proposal.text.encode(), "transtool.toml").pins == ()


def test_the_language_without_pins_is_the_source(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit({f"docs/{tag}/{n}x.md": page(title=f"{tag} {n}") for tag in ("nl", "fr") for n in range(4)})
    commit = repository.git("rev-parse", "HEAD")
    repository.commit({f"docs/fr/{n}x.md": page(title=f"fr {n}", commit=commit) for n in range(4)})

    assert configured(tmp_path).source == "nl"


REMOTES = {
    "https://github.com/owner/name.git": "https://github.com/owner/name",
    "https://somebody:secret@github.com/owner/name": "https://github.com/owner/name",
    "git@github.com:owner/name.git": "https://github.com/owner/name",
    "ssh://git@gitlab.example.org:2222/group/sub/name.git": "https://gitlab.example.org/group/sub/name",
    "/somewhere/on/disk": "",
    "../name.git": "",
    "file:///srv/name.git": "",
}


@pytest.mark.parametrize("remote", REMOTES)
def test_the_address_of_the_repository_comes_from_its_remote(remote: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(pages("docs/en/", "a b") | pages("docs/es/", "a b"))
    repository.git("remote", "add", "origin", remote)

    assert configured(tmp_path).repository == REMOTES[remote]


WRITTEN = """# Ours.
source = "en"  # as ever
languages = ["es"]

# 1 episode, 2 files: en 1, es 1
[series.everything]
path = "docs/{lang}/{key**}.md"   # both

[fields]
translated = ["title", "subtitle"]
"""


def test_a_second_look_adds_what_is_missing_and_touches_nothing_else(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(
        {f"docs/{tag}/{n}x.md": page(tag, title=f"{tag} {n}", subtitle=tag * 3) for tag in ("en", "es") for n in "abc"}
    )
    repository.git("remote", "add", "origin", "git@github.com:owner/name.git")
    repository.write({"transtool.toml": WRITTEN})
    dry = run("init", "--dry-run", at=tmp_path)
    before = (tmp_path / "transtool.toml").read_text()
    wet = run("init", at=tmp_path)
    after = (tmp_path / "transtool.toml").read_text()
    again = run("init", at=tmp_path)

    assert (dry.returncode, wet.returncode, again.returncode) == (0, 0, 0)
    assert before == WRITTEN
    assert '+repository = "https://github.com/owner/name"' in dry.stdout
    assert '+lang = "{lang}"' in dry.stdout
    assert [line for line in dry.stdout.splitlines() if line.startswith("-") and line != "--- a/transtool.toml"] == []
    assert [line for line in WRITTEN.splitlines() if line not in after.splitlines()] == []
    assert len(parse(after.encode(), "transtool.toml").series) == 1
    assert "nothing to write" in again.stderr
    assert (tmp_path / "transtool.toml").read_text() == after


SERIES = """source = "en"
languages = ["es"]
[series.everything]
path = "docs/{lang}/{key**}.md"
"""

HAND_MADE = {
    "a list of tables": SERIES + 'exempt = [{ field = "untranslated", is = true }, { key = "old" }]\n',
    "tables in a table": SERIES + '[fields.local]\nparent = { title_of = "docs/{lang}/ax.md" }\nlang = "{lang}"\n',
    "dotted keys": SERIES + '[fields]\ntranslated = ["title"]\nlocal.lang = "{lang}"\n',
    "tables on one line": (
        'fields = { translated = ["title"], local = { parent = { learn = true } } }\n'
        'series = { everything = { path = "docs/{lang}/{key**}.md" } }\nsource = "en"\nlanguages = ["es"]\n'
    ),
    "pins on one line": (
        'pins = [{ field = "sha", kind = "commit" }]\n' + SERIES.replace('["es"]', '[\n  "es" # [series.everything]\n]')
    ),
    "several pins": SERIES + '[[pins]]\nfield = ["sha"]\nkind = "commit"\n\n[[pins]]\nfield = "blob"\nkind = "blob"\n',
    "a text over several lines": SERIES + '[series.everything.fields]\nignored = ["""a\n[fields]\nb""", "c"]\n',
}


@pytest.mark.parametrize("written", HAND_MADE.values(), ids=HAND_MADE)
def test_whatever_a_configuration_holds_a_second_look_only_adds_to_it(written: str, tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(
        {f"docs/{tag}/{n}x.md": page(tag, title=f"{tag} {n}", parent=f"{tag} a") for tag in ("en", "es") for n in "abc"}
    )
    repository.write({"transtool.toml": written})
    first = run("init", at=tmp_path)
    after = (tmp_path / "transtool.toml").read_text()
    again = run("init", at=tmp_path)

    assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
    assert [line for line in written.splitlines() if line not in after.splitlines()] == []
    assert (tmp_path / "transtool.toml").read_text() == after
    assert len(parse(after.encode(), "transtool.toml").series) == 1


def inline(value: object) -> str:
    """Write a value as TOML on one line."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {inline(each)}' for name, each in value.items())} }}"
    return f"[{', '.join(map(inline, value))}]" if isinstance(value, list) else json.dumps(value)


NAMES = st.sampled_from(
    ["fields", "local", "translated", "series", "docs", "path", "pin", "pins", "field", "lang", "title"]
)
PLAIN = st.one_of(st.booleans(), st.integers(0, 9), NAMES)
INNER = st.one_of(PLAIN, st.lists(PLAIN, max_size=3), st.dictionaries(NAMES, PLAIN, max_size=3))
VALUES = st.one_of(PLAIN, st.lists(INNER, max_size=3), st.dictionaries(NAMES, INNER, max_size=3))
PROPOSED = """source = "en"
languages = ["es"]
exclude = ["a"]
[pin]
field = "sha"
kind = "commit"
[[pins]]
field = "blob"
kind = "blob"
# 2 episodes
[series.docs]
path = ["docs/{lang}/{key}.md", "docs/{key}.md"]
exempt = [{ field = "untranslated", is = true, of = "translation" }]
[series.docs.fields.local]
parent = { title_of = "docs/{lang}/a.md" }
[fields]
translated = ["title", "summary"]
[fields.local]
lang = "{lang}"
permalink = { from_source = true }
"""


@settings(deadline=None)
@given(st.dictionaries(NAMES, VALUES))
def test_no_value_in_no_place_of_a_configuration_keeps_the_rest_from_being_added(had: dict[str, object]) -> None:
    written = "".join(f"{name} = {inline(value)}\n" for name, value in had.items())
    text = merged(written, PROPOSED)
    now = tomllib.loads(text)

    assert written.rstrip("\n") in text or not had
    assert all(now[name] == value or isinstance(value, dict) for name, value in had.items())
    assert (now["source"], now["exclude"]) == ("en", ["a"])
    assert merged(text, PROPOSED) == text


def test_what_no_source_has_and_translates_no_source_is_in_no_series(tmp_path: Path) -> None:
    files = pages("docs/en/", "a b c") | pages("docs/es/", "a b") | pages("docs/fr/", "a c")
    files |= pages("docs/es/", "home", "html") | pages("docs/fr/", "home", "html")
    Repository(tmp_path).commit(files)

    assert [each.text for each in configured(tmp_path).series[0].templates] == ["docs/{lang}/{key}.md"]
    assert "duplicate" not in {finding.rule for finding in judged(tmp_path).all_findings()}


def test_a_translation_with_another_suffix_than_its_source_is_one_nevertheless(tmp_path: Path) -> None:
    files = pages("docs/en/", "a b c") | pages("docs/es/", "a b") | pages("docs/es/", "c", "html")
    Repository(tmp_path).commit(files)

    assert [each.text for each in configured(tmp_path).series[0].templates] == ["docs/{lang}/{key}.(md|html)"]


def test_a_comment_that_init_wrote_is_brought_up_to_date_and_one_that_a_person_wrote_is_not(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(pages("docs/en/", "a b") | pages("docs/es/", "a b"))
    configured(tmp_path)
    text = (tmp_path / "transtool.toml").read_text()
    repository.commit(pages("docs/en/", "c d") | pages("docs/es/", "c"))
    configured(tmp_path)
    renewed = (tmp_path / "transtool.toml").read_text()
    by_hand = renewed.replace("# 4 episodes, 7 files: en 4, es 3", "# All of our pages.")
    repository.write({"transtool.toml": by_hand, "docs/en/e.md": page(title="E")})

    assert "# 2 episodes, 4 files: en 2, es 2" in text
    assert text.replace("# 2 episodes, 4 files: en 2, es 2", "# 4 episodes, 7 files: en 4, es 3") == renewed
    assert look_at(tmp_path, str).edit is None


def test_a_field_that_has_a_role_gets_no_second_one(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    repository.commit(
        {f"docs/{tag}/{n}x.md": page(tag, title=f"{tag} {n}", code=f"{tag}{n}1") for tag in ("en", "es") for n in "abc"}
    )
    written = WRITTEN.replace('"subtitle"', '"code", "lang"')
    repository.write({"transtool.toml": written})
    fields = configured(tmp_path).series[0].fields

    assert (fields.translated, dict(fields.local)) == (("title", "code", "lang"), {})


def test_a_configuration_that_is_wrong_is_reported_and_left_alone(tmp_path: Path) -> None:
    Repository(tmp_path).commit(pages("docs/en/", "a b") | pages("docs/es/", "a b") | {"transtool.toml": "sorce = 1\n"})
    done = run("init", at=tmp_path)

    assert done.returncode == 2
    assert "sorce" in done.stderr
    assert (tmp_path / "transtool.toml").read_text() == "sorce = 1\n"


def test_what_was_seen_fits_on_a_screen(tmp_path: Path) -> None:
    fields = {f"note{n}": f"words of {n}" for n in range(40)}
    files = {
        f"content/{tag}/{n}x.md": page(
            tag, title=f"{tag} {n}", **{name: f"{text} {tag}" for name, text in fields.items()}
        )
        for tag in ("en", "es", "fr")
        for n in range(5)
    }
    made = drawn(tmp_path, files | pages("other/", "a b c d") | {"hugo.toml": 'defaultContentLanguage = "en"\n'})
    seen = [str(each) for each in made.proposal.seen]

    assert len(seen) < 10
    assert seen[:2] == ["built with Hugo: hugo.toml", "source language: en (hugo.toml says so)"]
    assert "in no series: 4 pages (other/ 4)" in seen


@pytest.mark.parametrize("name", ["untranslated", "stub"])
def test_a_field_that_marks_stubs_is_told(name: str, tmp_path: Path) -> None:
    files = {f"docs/{tag}/{n}x.md": page(title=f"{tag} {n}") for tag in ("en", "es") for n in range(4)}
    made = drawn(tmp_path, files | {"docs/es/1x.md": page(title="en 1", **{name: "true"})})

    assert f"{name} is true in 1 translation: not translated yet" in map(str, made.proposal.seen)


def test_a_stub_is_exempt_and_so_is_a_source_that_is_not_to_be_translated(tmp_path: Path) -> None:
    files = {f"docs/{tag}/{n}x.md": page(title=f"{tag} {n}") for tag in ("en", "es") for n in range(4)}
    files |= {"docs/es/1x.md": page(title="en 1", untranslated="true")}
    files |= {"docs/en/9x.md": page(title="Nine", i18nReady="false")}
    Repository(tmp_path).commit(files)
    configured(tmp_path)
    statuses = {episode.key: episode.cells[0].status for episode in judged(tmp_path).episodes}

    assert (statuses["1x"], statuses["9x"]) == (Status.EXEMPT, Status.EXEMPT)
    assert Status.MISSING not in statuses.values()


def test_what_the_source_says_of_itself_is_no_mark(tmp_path: Path) -> None:
    files = {f"docs/{tag}/{n}x.md": page(title=f"{tag} {n}", stub="true") for tag in ("en", "es") for n in range(4)}

    assert "exempt" not in drawn(tmp_path, files).proposal.text


def test_a_field_that_differs_only_by_the_language_is_made_from_the_source(tmp_path: Path) -> None:
    files = {
        f"{tag}/{name}.md": page(tag, title=f"{tag} {name}", **({"permalink": f"/{tag}/{slug}/"} if slug else {}))
        for tag in ("en", "es", "fr")
        for name, slug in (("tea", "hot/tea"), ("milk", "cold/milk"), *((f"plain-{n}x", "") for n in range(30)))
    }
    Repository(tmp_path).commit(files | {"en/water.md": page("en", title="Water", permalink="/en/wet/water/")})
    config = configured(tmp_path)
    site = completed(tmp_path, config)

    assert config.series[0].fields.local == {"lang": Pattern("{lang}"), "permalink": FromSource()}
    assert b"permalink: /es/wet/water/" in site.read("es/water.md")


def test_who_translated_is_the_translations_own(tmp_path: Path) -> None:
    files = {
        f"docs/{tag}/{n}x.md": page(title=f"{tag} {n}", translator=f"Somebody {n} {tag}")
        for tag in ("en", "es")
        for n in range(4)
    }
    Repository(tmp_path).commit(files)

    assert configured(tmp_path).series[0].fields.own[0] == "translator"


def test_a_copy_of_the_source_among_the_translations_is_excluded(tmp_path: Path) -> None:
    names = "a b guide/c"
    Repository(tmp_path).commit(
        pages("", names)
        | {path: text for tag in ("en", "es") for path, text in pages(f"translations/{tag}/", names).items()}
    )
    config = configured(tmp_path)
    report = judged(tmp_path)

    assert config.series[0].exclude == ("translations/en",)
    assert {episode.source.path for episode in report.episodes if episode.source} == {"a.md", "b.md", "guide/c.md"}
    assert "duplicate" not in {finding.rule for finding in report.all_findings()}


def test_what_is_about_the_project_is_no_page_of_a_site_at_the_top(tmp_path: Path) -> None:
    Repository(tmp_path).commit(pages("", "a b c") | {"README.md": "# x\n", "CODE_OF_CONDUCT.md": "# y\n"})
    config = configured(tmp_path, "", "es")

    assert config.series[0].exclude == ("CODE_OF_CONDUCT.md", "README.md")
    assert [episode.key for episode in judged(tmp_path).episodes] == ["a", "b", "c"]


def test_of_several_pins_all_are_proposed(tmp_path: Path) -> None:
    found = pinned(
        tmp_path,
        lambda repository, path: page(
            title="Una", commit=repository.git("rev-parse", "HEAD"), blob=repository.git("rev-parse", f"HEAD:{path}")
        ),
    )
    config = parse(found.proposal.text.encode(), "transtool.toml")

    assert {(pin.fields, pin.kind) for pin in config.pins} == {(("commit",), "commit"), (("blob",), "blob")}


def test_a_configuration_that_other_programs_share_is_left_alone(tmp_path: Path) -> None:
    shared = (
        '[tool.transtool]\nsource = "en"\nlanguages = ["es"]\n[tool.transtool.series.docs]\npath = "{lang}/{key}.md"\n'
    )
    Repository(tmp_path).commit(pages("en/", "a b") | pages("es/", "a b") | {"pyproject.toml": shared})
    done = run("init", at=tmp_path)

    assert done.returncode == 2
    assert "pyproject.toml" in done.stderr
    assert not (tmp_path / "transtool.toml").exists()


def test_versions_of_documentation_are_series_beside_what_is_newest(tmp_path: Path) -> None:
    plugin = "i18n/fr/docusaurus-plugin-content-docs"
    names = "a b c d guide/e guide/f guide/g"
    files = {"docusaurus.config.js": "i18n: { defaultLocale: 'en', locales: ['en', 'fr'] }"}
    files |= (
        pages("docs/", names) | pages("versioned_docs/version-3/", names) | pages("versioned_docs/version-2/", names)
    )
    files |= pages(f"{plugin}/current/", "a b c d guide/e guide/f") | pages(f"{plugin}/version-3/", names)
    files |= pages(f"{plugin}/version-2/", names)
    Repository(tmp_path).commit(files)
    config = configured(tmp_path)
    report = judged(tmp_path)

    assert {each.name: [template.text for template in each.templates] for each in config.series} == {
        "docs": ["docs/{key**}.md", "i18n/{lang}/docusaurus-plugin-content-docs/current/{key**}.md"],
        "versioned_docs": ["versioned_docs/{key**}.md", "i18n/{lang}/docusaurus-plugin-content-docs/{key**}.md"],
    }
    assert "orphan" not in {finding.rule for finding in report.all_findings()}
    assert report.tally()[Status.MISSING] == 1


def test_collections_of_jekyll_are_translated_in_collections_of_their_own(tmp_path: Path) -> None:
    files = (
        pages("_tour/", "a b c d e f")
        | pages("_overviews/", "x/j x/k x/l x/m x/n x/p x/q x/r y z core/o")
        | pages("_sips/", "1 2 3")
    )
    files |= pages("_ja/tour/", "a b c d e f") | pages("_ja/overviews/", "x/j x/k x/l x/m x/n x/p y z")
    files |= (
        pages("_zh-cn/tour/", "a b c")
        | pages("_ru/tour/", "a b c")
        | pages("_ru/books/ex/", "j k l m n p q r")
        | pages("_zh-cn/overviews/", "core/o y z")
    )
    files |= {"_includes/ja.md": "x"}
    Repository(tmp_path).commit(files)
    config = configured(tmp_path)

    assert config.source == "en"
    assert {each.name: [template.text for template in each.templates] for each in config.series} == {
        "overviews": ["_overviews/{key**}.md", "_{lang}/overviews/{key**}.md"],
        "tour": ["_tour/{key}.md", "_{lang}/tour/{key}.md"],
        "x": ["_overviews/x/{key}.md", "_{lang}/books/ex/{key}.md", "_{lang}/overviews/x/{key}.md"],
    }
    assert "orphan" not in {finding.rule for finding in judged(tmp_path).all_findings()}


def test_the_only_language_that_paths_name_is_not_the_sources_where_half_of_it_has_one_beside_it(
    tmp_path: Path,
) -> None:
    files = pages("docs/", "a b c d") | pages("docs/zh/", "a b c d e f g h i j")

    assert (drawn(tmp_path, files).proposal.text.partition("source = ")[2])[:4] == '"en"'


@pytest.mark.parametrize(("said", "written"), [("true", "true"), ("1", "1"), ("yes", "true"), ("True", "true")])
def test_however_a_mark_is_written_it_is_understood(said: str, written: str, tmp_path: Path) -> None:
    files = {f"docs/{tag}/{n}x.md": page(title=f"{tag} {n}") for tag in ("en", "es") for n in range(4)}
    Repository(tmp_path).commit(files | {"docs/es/1x.md": page(title="en 1", untranslated=said)})
    configured(tmp_path)

    assert (
        f'{{ field = "untranslated", is = {written}, of = "translation" }}' in (tmp_path / "transtool.toml").read_text()
    )
    assert judged(tmp_path).tally()[Status.EXEMPT] == 1


def test_a_source_that_is_marked_untranslated_leaves_the_mark_to_its_translations(tmp_path: Path) -> None:
    files = {f"docs/{tag}/{n}x.md": page(title=f"{tag} {n}") for tag in ("en", "es") for n in range(4)}
    files |= {f"docs/{tag}/1x.md": page(title="en 1", untranslated="true") for tag in ("en", "es")}

    assert "exempt" in drawn(tmp_path, files).proposal.text


def test_a_language_that_most_series_have_is_expected_of_one_that_has_just_been_begun(tmp_path: Path) -> None:
    names = " ".join(f"{letter}x" for letter in "abcdefghijkl")
    files: dict[str, str] = {}
    for folder in ("reference", "examples"):
        for tag in ("en", "es", "fr"):
            files |= pages(f"src/{folder}/{tag}/", names)
    files |= pages("src/tutorials/en/", names) | pages("src/tutorials/fr/", "ax")
    Repository(tmp_path).commit(files)
    config = configured(tmp_path)

    assert config.languages == ("es", "fr")
    assert {each.languages for each in config.series} == {("es", "fr")}


def test_posts_whose_folder_and_names_are_translated_are_linked_by_their_dates(tmp_path: Path) -> None:
    files = pages("", "index about data", "qmd") | pages("", "index.es about.es", "qmd")
    files |= {"_quarto.yml": "babelquarto:\n  mainlanguage: en\n  languages: [es]\n"}
    files |= {f"news/2025-0{month}-1{month}-new-data.qmd": page(title=f"New {month}") for month in range(1, 6)}
    files |= {f"noticias/2025-0{month}-1{month}-datos.es.qmd": page(title=f"Datos {month}") for month in range(2, 6)}
    Repository(tmp_path).commit(files)
    config = configured(tmp_path)
    report = judged(tmp_path)

    assert {each.name: [template.text for template in each.templates] for each in config.series} == {
        "news": ["news/{date}-{_}.qmd", "noticias/{date}-{_}.{lang}.qmd"],
        "pages": ["{key}[.{lang}].qmd"],
    }
    assert report.tally()[Status.MISSING] == 2
    assert "orphan" not in {finding.rule for finding in report.all_findings()}


def test_pages_beside_translations_into_english_of_a_country_are_in_no_english(tmp_path: Path) -> None:
    files = {f"docs/{n}x.md": page(title=f"第{n}页：如何使用这个工具") for n in range(4)}
    files |= pages("docs/", "0x.en-US 1x.en-US")
    Repository(tmp_path).commit({path: text.replace("Some words", "这里有一些文字") for path, text in files.items()})

    assert configured(tmp_path).source == "zh"


def test_what_lies_beside_the_folder_of_all_sources_is_in_no_series(tmp_path: Path) -> None:
    files = pages("docs/en/docs/", "a b c guide/d guide/e f") | pages("docs/es/docs/", "a b guide/d")
    files |= pages("docs/fr/docs/", "a c guide/e") | pages("docs/es/", "prompt") | pages("docs/fr/", "prompt")
    Repository(tmp_path).commit(files)
    config = configured(tmp_path)

    assert [each.text for each in config.series[0].templates] == ["docs/{lang}/docs/{key**}.md"]
    assert "orphan" not in {finding.rule for finding in judged(tmp_path).all_findings()}


def test_a_field_that_most_translations_do_without_is_not_made_for_them(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for n in range(12):
        files[f"en/{n}x.md"] = page(title=f"The {n}", permalink=f"/en/{n}/")
        files[f"es/{n}x.md"] = page(title=f"El {n}", **({"permalink": f"/es/{n}/"} if n < 3 else {}))
    Repository(tmp_path).commit(files)

    assert "permalink" not in configured(tmp_path).series[0].fields.local
    assert "local" not in {finding.rule for finding in judged(tmp_path).all_findings()}


def test_what_nobody_keeps_in_step_is_not_compared(tmp_path: Path) -> None:
    files: dict[str, str] = {}
    for n in range(60):
        files[f"en/{n}x.md"] = page(title=f"The {n}", module="Shape", weight=str(n))
        files[f"es/{n}x.md"] = page(title=f"El {n}", module="Shape" if n % 3 else "Core", weight=str(n + (n == 7)))
    files |= {f"en/a{n}x.md": page(title=f"New {n}", module="Shape") for n in range(400)}
    Repository(tmp_path).commit(files)
    fields = configured(tmp_path).series[0].fields

    assert "module" in fields.ignored
    assert "weight" not in fields.ignored


def test_data_that_is_named_otherwise_on_every_page_is_one_field(tmp_path: Path) -> None:
    files = {
        f"{tag}/{n}x.md": f"---\ntitle: {tag} {n}\nmethods:\n  do{n}:\n    description: {tag} says what {n} does\n---\n"
        for tag in ("en", "es")
        for n in range(60)
    }
    Repository(tmp_path).commit(files)

    assert configured(tmp_path).series[0].fields.ignored[0] == "methods"
    assert "mismatch" not in {finding.rule for finding in judged(tmp_path).all_findings()}


def test_a_field_that_one_language_adds_is_no_rule_for_the_others(tmp_path: Path) -> None:
    files = {f"{tag}/{n}x.md": page(title=f"{tag} {n}") for tag in ("en", "es", "fr") for n in range(6)}
    files |= {f"zh/{n}x.md": page(title=f"zh {n}", permalink=f"/zh/book/{n}.html") for n in range(6)}
    Repository(tmp_path).commit(files)

    assert not configured(tmp_path).series[0].fields.local
