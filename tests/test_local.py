"""Which value a local field should have, from patterns, pages, labels and the files that are there."""

import pytest

from transtool import config, document
from transtool.assess.local_fields import expected, learn, place
from transtool.link import Catalogue, link
from transtool.model import Key, Language
from transtool.settings import Config

CONFIG = """
source = "en"
languages = ["es", "pt-BR", "he"]
[series.walks]
path = "walks/{number}/{lang}/page.md"
[series.talks]
path = "talks/{number}/{lang}.md"
labels = { menu = { es = "Charlas" } }
[fields.local]
lang = "{lang}"
link = "/walk-{number}-{lang}/"
place = "{key}"
language = "{Language}"
parent = { title_of = "pages/{lang}.md" }
menu = { labels = true }
mood = { learn = true }
[labels.menu]
es = "Paseos"
[aliases]
iw = "he"
"""


def settings(text: str = CONFIG) -> Config:
    return config.parse(text.encode(), "transtool.toml")


def site(files: dict[str, str], configuration: Config) -> Catalogue:
    """The linked site of these front matters."""
    return link(
        [document.parse(path, f"---\n{head}\n---\nText.\n".encode()) for path, head in files.items()], configuration
    )


def value(
    files: dict[str, str], field: str, language: str, key: str = "7", series: str = "walks", text: str = CONFIG
) -> str | None:
    """The value expected of `field` in a site of these files."""
    configuration = settings(text)
    found = configuration.named(series)
    assert found is not None
    return expected(
        field,
        found.fields.local[field],
        series=found,
        key=Key(key),
        language=Language(language),
        conventions=learn(site(files, configuration), configuration),
    )


SOURCE = {"walks/7/en/page.md": "title: Seven"}


@pytest.mark.parametrize(
    ("field", "language", "wanted"),
    [
        ("lang", "es", "es"),
        ("link", "es", "/walk-7-es/"),
        ("place", "es", "7"),
        ("language", "es", "Español"),
        ("lang", "pt-BR", "pt-BR"),
        ("lang", "he", "iw"),
        ("link", "he", "/walk-7-iw/"),
    ],
)
def test_a_pattern_is_filled(field: str, language: str, wanted: str) -> None:
    assert value(SOURCE, field, language) == wanted


def test_the_language_is_spelled_as_the_sites_paths_spell_it() -> None:
    files = {
        **SOURCE,
        "walks/1/pt_br/page.md": "title: Um",
        "walks/2/pt_br/page.md": "title: Dois",
        "walks/3/pt-BR/page.md": "title: Três",
    }
    assert value(files, "lang", "pt-BR") == "pt_br"


def test_the_language_is_spelled_as_that_field_spells_it_even_if_paths_do_otherwise() -> None:
    files = {**SOURCE, "walks/1/pt_br/page.md": "{lang: pt-BR, link: /walk-1-pt-br/}"}
    assert value(files, "lang", "pt-BR") == "pt-BR"
    assert value(files, "link", "pt-BR") == "/walk-7-pt-br/"


def test_the_number_is_padded_where_the_source_pads_it() -> None:
    padded = {"walks/007/en/page.md": "link: /walk-007-en/"}
    plain = {"walks/007/en/page.md": "link: /walk-7-en/"}
    assert value(padded, "link", "es") == "/walk-007-es/"
    assert value(plain, "link", "es") == "/walk-7-es/"


def test_the_title_of_a_page_comes_before_a_label_and_before_what_files_say() -> None:
    files = {**SOURCE, "pages/es.md": "title: Paseos", "walks/1/es/page.md": "parent: Passeios"}
    text = CONFIG + '[labels.parent]\nes = "Caminatas"\n'
    assert value(files, "parent", "es", text=text) == "Paseos"
    files.pop("pages/es.md")
    assert value(files, "parent", "es", text=text) == "Caminatas"
    assert value(files, "parent", "es") == "Passeios"
    assert value(SOURCE, "parent", "es") is None


def test_the_page_is_found_under_the_spelling_it_has() -> None:
    assert value({**SOURCE, "pages/pt-br.md": "title: Passeios"}, "parent", "pt-BR") == "Passeios"
    assert value({**SOURCE, "pages/iw.md": "title: Tiyulim"}, "parent", "he") == "Tiyulim"


@pytest.mark.parametrize("page", ["draft: true", "title:", 'title: ""', "title: [a", "title: a: b: c"])
def test_a_page_without_a_title_or_that_cannot_be_read_teaches_nothing(page: str) -> None:
    assert value({**SOURCE, "pages/es.md": page}, "parent", "es") is None


def test_a_label_of_the_series_wins_over_the_sites() -> None:
    assert value(SOURCE, "menu", "es") == "Paseos"
    assert value({"talks/7/en.md": "title: x"}, "menu", "es", series="talks") == "Charlas"
    assert value(SOURCE, "menu", "he") is None


MOODS = {
    "all agree": (["alegre", "alegre"], "alegre"),
    "most agree": (["alegre", "alegre", "triste"], "alegre"),
    "one file is enough": (["alegre"], "alegre"),
    "half is not most": (["alegre", "triste"], None),
    "everyone says something else": (["a", "b", "c"], None),
    "nobody says anything": ([], None),
}


@pytest.mark.parametrize(("moods", "wanted"), MOODS.values(), ids=MOODS.keys())
def test_what_most_files_of_the_language_say_is_learnt(moods: list[str], wanted: str | None) -> None:
    files = {f"walks/{number}/es/page.md": f"mood: {mood}" for number, mood in enumerate(moods, 1)}
    assert value({**SOURCE, **files}, "mood", "es") == wanted


def test_nothing_is_learnt_from_another_language_or_series() -> None:
    files = {**SOURCE, "walks/1/he/page.md": "mood: x", "walks/1/en/page.md": "mood: x", "talks/1/es.md": "mood: x"}
    assert value(files, "mood", "es") is None


LAYOUT = """
source = "en"
languages = ["es", "pt-BR"]
[series.walks]
path = ["{key}.md", "i18n/{lang}/{key}.md"]
"""


@pytest.mark.parametrize(
    ("paths", "language", "wanted"),
    [
        (["a.md"], "es", "i18n/es/a.md"),
        (["a.md", "i18n/pt_br/b.md"], "pt-BR", "i18n/pt_br/a.md"),
        (["a.md", "i18n/pt_br/b.md", "i18n/pt-br/c.md", "i18n/pt-br/d.md"], "pt-BR", "i18n/pt-br/a.md"),
        (["a.md", "i18n/PT-BR/a.md"], "pt-BR", "i18n/PT-BR/a.md"),
    ],
)
def test_a_translation_has_or_would_have_a_place(paths: list[str], language: str, wanted: str) -> None:
    configuration = settings(LAYOUT)
    catalogue = site(dict.fromkeys(paths, "title: x"), configuration)
    episode = catalogue.episode("walks", Key("a"))
    assert episode is not None
    found = place(episode, Language(language), configuration.series[0], learn(catalogue, configuration))
    assert found == wanted


def test_a_layout_that_does_not_tell_a_place_gives_none() -> None:
    configuration = settings('source = "en"\nlanguages = ["es"]\n[series.walks]\npath = "{key}.md"\n')
    catalogue = site({"a.md": "title: x"}, configuration)
    (episode,) = catalogue.episodes
    assert place(episode, Language("es"), configuration.series[0], learn(catalogue, configuration)) is None
