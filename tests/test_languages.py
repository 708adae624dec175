"""Language tags: what is one, what is the same one, how it is called and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.languages import Spellings, canonical, direction, exists, fold, is_wellformed, name, own_name, same

WELLFORMED = [
    "en", "pt-BR", "pt_br", "zh-Hant-TW", "es-419", "de-CH-1996", "sl-rozaj-biske", "zh-min-nan", "art-lojban",
    "i-klingon", "en-GB-oed", "x-ours", "de-x-ours", "en-a-bbb-x-a", "hy-Latn-IT-arevela", "tlh", "ENGLISH", "abcd",
]  # fmt: skip
ILL_FORMED = [
    "", "e", "en-", "-en", "en--US", "en US", "..", "../en", "en/..", "a/b", ".", "en.", "é", "ſv", "en\n", "en\0",
    "de-419-DE", "a-DE", "ar-a-aaa-b-bbb-a-ccc", "de-1996-1996", "presentations", "v1.0", "x", "en-x", "42", "no:b",
]  # fmt: skip


@pytest.mark.parametrize("tag", WELLFORMED)
def test_a_tag_by_rfc_5646_is_wellformed_with_dashes_or_underscores_in_any_case(tag: str) -> None:
    assert is_wellformed(tag)


@pytest.mark.parametrize("tag", ILL_FORMED)
def test_what_is_no_tag_is_refused_and_has_no_canonical_form(tag: str) -> None:
    assert not is_wellformed(tag)
    with pytest.raises(ValueError, match="not a language tag"):
        canonical(tag)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("pt_br", "pt-BR"),
        ("zh-hans", "zh-Hans"),
        ("ZH-HANT-tw", "zh-Hant-TW"),
        ("EN", "en"),
        ("es-419", "es-419"),
        ("de-ch-1996", "de-CH-1996"),
        ("en-A-BBBB-x-US", "en-a-bbbb-x-us"),
        ("x-PT-br", "x-pt-br"),
    ],
)
def test_the_canonical_form_has_the_case_that_bcp_47_recommends(tag: str, expected: str) -> None:
    assert canonical(tag) == expected
    assert same(tag, expected)


@given(st.text(max_size=20))
def test_a_wellformed_tag_is_a_harmless_part_of_a_path(text: str) -> None:
    if is_wellformed(text):
        assert not set(text) & set("./\\:\0 ")
        assert canonical(text) == canonical(canonical(text))
        assert fold(canonical(text)) == fold(text)


def test_a_site_spells_its_languages_in_its_own_way() -> None:
    spellings = Spellings.of(["en", "pt_br", "no"], {"iw": "he", "gr": "el"})

    assert spellings.resolve("PT-br") == "pt-BR"
    assert spellings.resolve("iw") == "he"
    assert spellings.resolve("he") is None, "only the alias was declared"
    assert spellings.resolve("nb") is None
    assert (spellings.spell(canonical("pt-BR")), spellings.spell(canonical("he"))) == ("pt_br", "iw")
    assert spellings.spell(canonical("de")) == "de"


def test_an_alias_wins_over_the_tag_that_is_spelled_the_same() -> None:
    spellings = Spellings.of(["br", "he"], {"br": "pt-BR", "iw": "he"})

    assert spellings.resolve("br") == "pt-BR"
    assert spellings.resolve("he") == "he"
    assert spellings.spell(canonical("he")) == "iw"


@pytest.mark.parametrize(
    ("tag", "english", "own"),
    [
        ("es", "Spanish", "Español"),
        ("pt_br", "Portuguese (Brazil)", "Português (Brasil)"),
        ("ja", "Japanese", "日本語"),
        ("iw", "Hebrew", "עברית"),
        ("tlh", "Klingon", "tlh"),
        ("xx", "xx", "xx"),
        ("../es", "../es", "../es"),
    ],
)
def test_a_language_has_a_name_and_an_unknown_one_keeps_its_tag(tag: str, english: str, own: str) -> None:
    assert (name(tag), own_name(tag)) == (english, own)


def test_names_are_told_in_the_language_of_the_reader_or_in_a_wider_one() -> None:
    assert name("de", "fr") == "allemand"
    assert name("sl-rozaj-biske", "es") == "esloveno (rozaj-biske)"
    assert name("de", "xx") == "de"


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("iw", "rtl"), ("fa-IR", "rtl"), ("ur", "rtl"), ("az-Arab", "rtl"), ("az", "ltr"),
     ("ar-Latn", "ltr"), ("ja", "ltr"), ("xx", "ltr"), ("..", "ltr")],
)  # fmt: skip
def test_the_script_decides_which_way_a_language_runs(tag: str, expected: str) -> None:
    assert direction(tag) == expected


@pytest.mark.parametrize(("tag", "expected"), [("es", True), ("pcm", True), ("tlh", True), ("iw", True), ("css", False),
                                               ("img", False), ("xx", False), ("presentations", False),
                                               ("zh-Hans", True), ("no-void", False), ("as_date", False)])  # fmt: skip
def test_a_folder_is_a_language_only_if_somebody_speaks_it(tag: str, expected: bool) -> None:
    assert exists(tag) is expected
