"""`init` looks at a site without configuration and proposes one that fits its files."""

import random
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layouts import LAYOUTS, Site, page, site_of
from transtool.config import parse
from transtool.discover import Proposal, propose
from transtool.errors import UsageError
from transtool.settings import Config, KeyField, Learn, LocalValue, Pattern, PointsTo, TitleOf

SHARED = Path(__file__).parents[2] / "shared"


def proposal(site: Site) -> Proposal:
    return propose(list(site), lambda path: site[path].encode())


def config(site: Site) -> Config:
    return parse(proposal(site).text.encode(), "transtool.toml")


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_layout_of_a_site_is_found(name: str) -> None:
    site, source, languages, series = LAYOUTS[name]
    text = proposal(site).text
    found = parse(text.encode(), "transtool.toml")

    assert found.source == source
    assert [found.spellings.spell(tag) for tag in found.languages] == [
        found.spellings.spell(found.spellings.resolve(tag) or found.source) for tag in languages
    ]
    assert {each.name: [template.text for template in each.templates] for each in found.series} == series


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_page_of_the_site_fits_the_series_that_are_proposed(name: str) -> None:
    site, _, languages, _ = LAYOUTS[name]
    found = config(site)
    templates = [template for each in found.series for template in each.templates]
    matches = {path: [match for each in templates if (match := each.match(path))] for path in site}

    beside = ("src/notes.md", "404.md", "README.md", "_quarto.yml", "docusaurus.config.js")
    assert [path for path, fits in matches.items() if not fits and path not in beside] == []
    assert {fits[0].language for fits in matches.values() if fits} == {found.source, *found.languages}
    assert len(languages) == len(found.languages)


def test_a_field_links_files_with_names_in_their_own_language() -> None:
    names = {"en": ["cat", "dog", "cow"], "es": ["gato", "perro", "vaca"], "no": ["katt", "hund", "ku"]}
    site = {
        f"content/{tag}/blog/{name}.md": page(
            title=f"A {name}", **{["translationKey", "TranslationKey"][i % 2]: f"k{i}"}
        )
        for tag, each in names.items()
        for i, name in enumerate(each)
    }
    (series,) = config(site).series

    assert series.key == KeyField(("translationKey", "TranslationKey"))
    assert [template.text for template in series.templates] == ["content/{lang}/blog/{_}.md"]
    assert any("3 episodes, 9 files" in str(seen) for seen in proposal(site).seen)


def test_translations_that_name_their_source_point_to_it() -> None:
    site = {f"en/{name}.md": page(title=f"A {name}") for name in ("cat", "dog", "cow")} | {
        f"es/{name}.md": page(title=f"Un {name}", translationOf=f"/en/{of}/")
        for name, of in (("gato", "cat"), ("perro", "dog"), ("vaca", "cow"))
    }
    (series,) = config(site).series

    assert series.key == PointsTo("translationOf")
    assert series.fields.translated == ("title",)


def test_translations_may_point_to_the_url_of_their_source() -> None:
    """As linking reads it: what `init` proposes is what `check` finds."""
    animals = (("gato", "cat"), ("perro", "dog"), ("vaca", "cow"))
    site = {f"en/{of}.md": page(title=f"A {of}", url=f"/animals/the-{of}/") for _, of in animals} | {
        f"es/{name}.md": page(title=f"Un {name}", translationOf=f"/animals/the-{of}/") for name, of in animals
    }
    (series,) = config(site).series

    assert series.key == PointsTo("translationOf")


def show(language: str, number: int, **fields: object) -> dict[str, str]:
    return {f"shows/show-{number}/{language}/show.md": page(language, number=number, **fields)}


def nav(language: str, name: str, title: str) -> dict[str, str]:
    return {f"shows/{language}/{name}.md": page(language, title=title)}


def podcast(**fields: Callable[[str, int], object]) -> dict[str, str]:
    """Six episodes in four languages with fields made from language and number, and pages of navigation."""
    site: dict[str, str] = {}
    for language, title in (("en", "Shows"), ("es", "Programas"), ("fr", "Émissions"), ("de", "Sendungen")):
        site |= nav(language, "all", title)
        for number in range(1, 7):
            site |= show(language, number, **{name: made(language, number) for name, made in fields.items()})
    return site


TITLES = {"en": "Shows", "es": "Programas", "fr": "Émissions", "de": "Sendungen"}
NAMES = {"en": "English", "es": "Español", "fr": "Français", "de": "Deutsch"}

ROLES: dict[str, tuple[Callable[[str, int], object], str | LocalValue]] = {
    "same everywhere is shared": (lambda tag, n: f"pod-{n}.mp3", "shared"),
    "a list that is the same is shared": (lambda tag, n: f"[tag{n}, b]", "shared"),
    "the same instant in another zone is shared": (
        lambda tag, n: f"2024-0{n}-01T1{'0' if tag == 'en' else '2'}:00:00+0{'0' if tag == 'en' else '2'}:00",
        "shared",
    ),
    "a few mistakes do not make a field translated": (
        lambda tag, n: "x" if (tag, n) == ("es", 2) else "yes it is",
        "shared",
    ),
    "words that differ are translated": (lambda tag, n: f"number {n} said in {NAMES[tag]}", "translated"),
    "a list of words that differs is translated": (lambda tag, n: f"[word {n}, other in {tag}]", "translated"),
    "the language": (lambda tag, n: tag, Pattern("{lang}")),
    "a pattern with number and language": (
        lambda tag, n: f"/{tag}/SHOW{n:02}-{tag}/",
        Pattern("/{lang}/SHOW{number}-{lang}/"),
    ),
    "a pattern without the number": (lambda tag, n: f"feed_{tag}", Pattern("feed_{lang}")),
    "the language in capitals": (lambda tag, n: f"id-{tag.upper()}", Pattern("id-{lang}")),
    "a pattern that only translations follow": (
        lambda tag, n: f"/show-{n}/" if tag == "en" else f"/{tag}/show-{n}/",
        Pattern("/{lang}/show-{number}/"),
    ),
    "the title of a page": (lambda tag, n: TITLES[tag], TitleOf("shows/{lang}/all.md")),
    "the title of a page, though two languages are swapped": (
        lambda tag, n: TITLES[{"es": "fr", "fr": "es"}.get(tag, tag) if n > 3 else tag],
        TitleOf("shows/{lang}/all.md"),
    ),
    "the name of the language": (lambda tag, n: NAMES[tag], Pattern("{Language}")),
    "a label": (lambda tag, n: {"en": "Home", "es": "Inicio", "fr": "Accueil", "de": "Start"}[tag], Learn()),
    "numbers that differ are not compared": (lambda tag, n: n * 100 + len(TITLES[tag]), "ignored"),
    "addresses that differ are not compared": (lambda tag, n: f"https://a.example/{TITLES[tag]}/{n}", "ignored"),
    "what only translations have is not compared": (lambda tag, n: "null" if tag == "en" else "Ana", "ignored"),
    "a tag that is a word of the sentence is no pattern": (
        lambda tag, n: {"en": f"It is {n}", "es": f"Esto es {n}", "fr": f"Voici {n}", "de": f"Das ist {n}"}[tag],
        "translated",
    ),
}


@pytest.mark.parametrize("name", ROLES)
def test_the_role_of_a_field_shows_in_its_values(name: str) -> None:
    made, role = ROLES[name]
    fields = config(podcast(thing=made)).series[0].fields
    found = (
        fields.local.get("thing")
        or ("translated" if "thing" in fields.translated else "ignored" if "thing" in fields.ignored else "shared")
    )  # fmt: skip

    assert found == role


def test_a_title_is_translated_even_if_nobody_has_done_it_yet() -> None:
    fields = config(podcast(title=lambda tag, n: f"The show about {n}")).series[0].fields

    assert fields.translated == ("title",)


def test_nested_fields_are_named_with_dots() -> None:
    fields = (
        config(podcast(seo=lambda tag, n: f"{{ title: words {n} {tag}, robots: all, url: /{tag}/x }}")).series[0].fields
    )

    assert fields.translated == ("seo.title",)
    assert fields.local["seo.url"] == Pattern("/{lang}/x")


def test_series_that_make_a_field_differently_have_roles_of_their_own() -> None:
    site = podcast(permalink=lambda tag, n: f"show{n}-{tag}", title=lambda tag, n: f"words {n} {tag}")
    site |= {
        f"shorts/short-{n}/{tag}/x.md": page(tag, number=n, permalink=f"short/{tag}/{n}", ref=f"r{n}-{tag}", title="So")
        for tag in ("en", "es")
        for n in (1, 2, 3)
    }
    shows, shorts = config(site).series

    assert shows.fields.local == {"lang": Pattern("{lang}"), "permalink": Pattern("show{number}-{lang}")}
    assert shorts.fields.local == {
        "lang": Pattern("{lang}"),
        "permalink": Pattern("short/{lang}/{number}"),
        "ref": Pattern("r{number}-{lang}"),
    }
    assert shorts.fields.translated == shows.fields.translated == ("title",)


def test_a_label_without_a_page_is_learnt_where_another_series_makes_it() -> None:
    site = podcast(parent=lambda tag, n: TITLES[tag])
    site |= {
        f"shorts/short-1/{tag}/x.md": page(tag, number=1, parent=parent)
        for tag, parent in (("en", "Shorts"), ("es", "Cortos"), ("fr", "Courts"))
    }
    shows, shorts = config(site).series

    assert shows.fields.local["parent"] == TitleOf("shows/{lang}/all.md")
    assert shorts.fields.local["parent"] == Learn()
    assert "es Cortos, fr Courts" in proposal(site).text


def test_wrong_labels_are_told() -> None:
    wrong = {"es": "fr", "fr": "es"}
    site = podcast(parent=lambda tag, n: TITLES[wrong.get(tag, tag)]) | nav("it", "all", "Programmi")
    for number in range(1, 7):
        site |= show("it", number, parent="Programmi")
    told = [str(warning) for warning in proposal(site).warnings]

    assert told == [
        "parent is Émissions in es, but the page it names there is titled Programas",
        "parent is Programas in fr, but the page it names there is titled Émissions",
    ]


def test_a_role_that_one_series_plainly_does_not_share_is_its_own() -> None:
    site = podcast(topic=lambda tag, n: f"topic {n} said in {NAMES[tag]}")
    site |= {
        f"shorts/short-{n}/{tag}/x.md": page(tag, topic=f"one of {n}")
        for tag in ("en", "es", "fr")
        for n in range(1, 9)
    }

    assert {each.name: each.fields.translated for each in config(site).series} == {"shows": ("topic",), "shorts": ()}


def test_languages_that_only_one_series_has_go_to_that_series() -> None:
    site = site_of(lambda tag, n: f"long/long-{n}/{tag}/x.md", "en es fr", range(1, 13))
    site |= site_of(lambda tag, n: f"short/short-{n}/{tag}/x.md", "en es fr ja ar", range(1, 11))
    found = config(site)

    assert found.languages == ("es", "fr")
    assert {each.name: each.languages for each in found.series} == {
        "long": ("es", "fr"),
        "short": ("ar", "es", "fr", "ja"),
    }


def test_a_young_series_is_expected_in_all_languages_of_the_site() -> None:
    site = site_of(lambda tag, n: f"long/long-{n}/{tag}/x.md", "en es fr", range(1, 13))
    site |= site_of(lambda tag, n: f"short/short-{n}/{tag}/x.md", "en es", range(1, 3))

    assert [each.languages for each in config(site).series] == [("es", "fr"), ("es", "fr")]


def test_pages_of_navigation_are_mentioned_but_are_no_series() -> None:
    found = proposal(podcast(title=lambda tag, n: f"words {n} {tag}"))

    assert '# path = "shows/{lang}/{key}.md"' in found.text
    assert [each.name for each in config(podcast()).series] == ["shows"]


HINTED = site_of(lambda tag, n: f"docs/shows/show-{n}/{tag}/show.md", "en es", range(1, 4))


@pytest.mark.parametrize(
    ("hint", "warnings"),
    [
        ("languages: [en, es]\ndefaultLang: en\n", []),
        ("lang: en\n", []),
        ("languages:\n  en: English\n  es: Español\n", []),
        ("languages: [en, es, fr]\n", ["docs/_config.yml lists languages that no file is in: fr"]),
        ("languages: [en]\n", ["files are in languages that docs/_config.yml does not list: es"]),
        ("default_lang: es\n", []),
        ("default_lang: nl\n", ["docs/_config.yml calls nl the default, but most sources are in en"]),
        ("languages: [no: yes\n", []),
        ("title: My site\n", []),
    ],
)
def test_the_configuration_of_jekyll_is_a_hint_and_the_files_decide(hint: str, warnings: list[str]) -> None:
    site = HINTED | {"docs/_config.yml": hint}

    assert [str(warning) for warning in proposal(site).warnings] == warnings
    assert config(site).source == ("es" if hint.startswith("default_lang: es") else "en")


def test_a_hint_makes_a_language_of_what_alone_would_not_be_one() -> None:
    site = site_of(lambda tag, key: f"docs/{tag}/{key}.md", "en pcm", ["one", "two"])

    with pytest.raises(UsageError):
        proposal(site)
    assert config(site | {"_config.yml": "languages: [en, pcm]\n"}).languages == ("pcm",)


@pytest.mark.parametrize(
    "site",
    [
        {},
        {"docs/a.md": page(title="A"), "docs/b.md": page(title="B")},
        {"posts/one.txt": "x", "es/one.txt": "x"},
        {
            f"docs/{folder}/{name}.md": page(title="x")
            for folder in ("api", "img", "new", "my")
            for name in ("index", "a")
        },
        {"node_modules/x/es/a.md": "", "node_modules/x/fr/a.md": "", ".github/es/a.md": "", ".github/fr/a.md": ""},
    ],
)
def test_a_site_without_translations_gets_no_guess_but_a_way_out(site: Site) -> None:
    with pytest.raises(UsageError) as refused:
        proposal(site)

    (problem,) = refused.value.problems
    assert "nothing here looks translated" in str(problem)
    assert problem.hint is not None


def test_broken_pages_are_counted_and_stop_nothing() -> None:
    site = HINTED | {"docs/shows/show-2/es/show.md": "---\ntitle: [broken\n---\n"}

    assert [str(warning) for warning in proposal(site).warnings] == [
        "1 file cannot be read: docs/shows/show-2/es/show.md"
    ]


def test_the_proposal_does_not_depend_on_the_order_of_files() -> None:
    site = podcast(title=lambda tag, n: f"words {n} {tag}", parent=lambda tag, n: TITLES[tag])
    paths = list(site)
    texts = set()
    for seed in range(5):
        random.Random(seed).shuffle(paths)
        texts.add(propose(paths, lambda path: site[path].encode()).text)

    assert len(texts) == 1


def test_every_page_is_read_at_most_twice() -> None:
    site = podcast(title=lambda tag, n: f"words {n} {tag}")
    reads: Counter[str] = Counter()

    def read(path: str) -> bytes:
        reads[path] += 1
        return site[path].encode()

    propose(list(site), read)

    assert max(reads.values()) <= 2


def test_the_comments_are_said_in_the_language_of_the_reader() -> None:
    text = propose(list(HINTED), lambda path: HINTED[path].encode(), lambda message: "¡hola!\nmundo").text

    assert parse(text.encode(), "transtool.toml").source == "en"
    comments = {line for line in text.splitlines() if line.startswith("#") and not line.startswith("#:schema ")}
    assert comments <= {"# ¡hola! mundo", "#   ¡hola! mundo"}


NAMES_OF_FILES = st.text(st.characters(blacklist_characters="/\0", blacklist_categories=["Cs"]), min_size=1, max_size=8)
VALUES = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


@given(
    st.lists(NAMES_OF_FILES, min_size=1, max_size=4, unique=True),
    st.dictionaries(st.text(max_size=8), VALUES, max_size=4),
    st.sampled_from(
        ["a/{tag}/{name}.md", "{name}/{tag}/x.md", "{name}.{tag}.md", "a.{tag}/{name}/{name}.md", "x/{tag}.md"]
    ),
)
@settings(max_examples=150)
def test_whatever_files_and_fields_are_called_the_configuration_is_valid(
    names: list[str], fields: dict[str, str], where: str
) -> None:
    import json

    site = {
        where.replace("{tag}", tag).replace("{name}", name): page(
            **{json.dumps(field): json.dumps(f"{value}{tag}") for field, value in fields.items()}
        )
        for name in names
        for tag in ("en", "es", "pt-BR")
    }
    try:
        text = proposal(site).text
    except UsageError:
        return
    parse(text.encode(), "transtool.toml")


def real(root: Path) -> Proposal:
    paths = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    return propose(paths, lambda path: (root / path).read_bytes())


@pytest.mark.skipif(not (SHARED / "corpora" / "edt").is_dir(), reason="the corpora are not here")
def test_the_site_of_the_first_user_is_understood() -> None:
    found = real(SHARED / "corpora" / "edt")
    config = parse(found.text.encode(), "transtool.toml")
    episodes, briefs = config.series

    assert config.known_languages == ("en", "de", "es", "fr", "it", "pt")
    assert [each.templates[0].text for each in config.series] == [
        "docs/episodes/edt-{number}/{lang}/episode.md",
        "docs/briefs/edw-{number}/{lang}/episode.md",
    ]
    assert episodes.fields.translated == briefs.fields.translated == ("title", "summary", "description")
    assert episodes.fields.local == {
        "lang": Pattern("{lang}"),
        "permalink": Pattern("episode-EDT{number}-{lang}"),
        "parent": TitleOf("docs/{lang}/episodes.md"),
        "grand_parent": TitleOf("docs/{lang}/index.md"),
    }
    assert briefs.fields.local == {
        "lang": Pattern("{lang}"),
        "permalink": Pattern("brief-EDW{number}-{lang}"),
        "ref": Pattern("brief-EDW{number}-{lang}"),
        "parent": Learn(),
        "grand_parent": TitleOf("docs/{lang}/index.md"),
    }
    assert "ignored" not in found.text


@pytest.mark.skipif(not (SHARED / "corpora" / "open-source-guides.bundle").is_file(), reason="the corpora are not here")
def test_a_site_with_its_source_at_the_root_is_understood(tmp_path: Path) -> None:
    bundle = SHARED / "corpora" / "open-source-guides.bundle"
    subprocess.run(["git", "clone", "-q", str(bundle), str(tmp_path / "site")], check=True)
    config = parse(real(tmp_path / "site").text.encode(), "transtool.toml")
    (articles,) = config.series

    assert [template.text for template in articles.templates] == ["_articles/[{lang}/]{key}.md"]
    assert (config.source, len(config.known_languages)) == ("en", 29)
    assert articles.fields.translated == ("title", "description")
    assert articles.fields.local == {"lang": Pattern("{lang}")}
