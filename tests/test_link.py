"""Linking files of one episode across languages, whatever order they are found in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages import TALKS, linked, page, settings
from transtool.link import canonical_key
from transtool.model import Key, Language


def test_files_of_one_number_are_one_episode() -> None:
    catalogue = linked({"talks/7/en/talk.md": page("title: A"), "talks/7/es/talk.md": page("title: B")}, settings())

    (episode,) = catalogue.episodes

    assert (episode.series, episode.key) == ("talks", Key("7"))
    assert episode.source is not None
    assert list(episode.translations) == ["es"]
    assert catalogue.findings == ()


def test_the_same_number_in_two_series_is_two_episodes() -> None:
    catalogue = linked({"talks/1/en/talk.md": page("title: A"), "notes/en/1.md": page("title: B")}, settings())

    assert [(episode.series, episode.key) for episode in catalogue.episodes] == [("talks", "1"), ("notes", "1")]


def test_episodes_come_in_the_order_of_series_and_numbers() -> None:
    files = {f"talks/{number}/en/talk.md": page("title: A") for number in (10, 9, 2)}
    files["notes/en/part-10.md"] = files["notes/en/part-9.md"] = page("title: A")

    keys = [episode.key for episode in linked(files, settings()).episodes]

    assert keys == ["2", "9", "10", "part-9", "part-10"]


def test_a_source_beside_language_folders_is_a_duplicate_and_the_folder_wins() -> None:
    catalogue = linked({"talks/7/talk.md": page("title: Old"), "talks/7/en/talk.md": page("title: New")}, settings())

    (episode,), (finding,) = catalogue.episodes, catalogue.findings

    assert episode.source is not None
    assert episode.source.path == "talks/7/en/talk.md"
    assert (finding.rule, finding.path, finding.facts["other"]) == (
        "duplicate",
        "talks/7/talk.md",
        "talks/7/en/talk.md",
    )


def test_a_translation_without_a_source_is_an_orphan() -> None:
    (finding,) = linked({"talks/7/es/talk.md": page("title: B")}, settings()).findings

    assert (finding.rule, finding.problem, finding.language) == ("orphan", "", "es")


def test_an_orphan_with_a_misspelt_key_is_told_the_nearest_source() -> None:
    files = {"notes/en/in-this-together.md": page("title: A"), "notes/es/n-this-together.md": page("title: B")}

    (finding,) = linked(files, settings()).findings

    assert (finding.rule, finding.facts["suggestion"]) == ("orphan", "in-this-together")


def test_a_misspelt_key_is_not_explained_by_a_source_that_has_that_translation() -> None:
    files = {
        "notes/en/together.md": page("title: A"),
        "notes/es/together.md": page("title: B"),
        "notes/es/togethe.md": page("title: C"),
    }

    (finding,) = linked(files, settings()).findings

    assert finding.problem == ""


def test_numbers_are_never_near() -> None:
    (finding,) = linked(
        {"talks/12/en/talk.md": page("title: A"), "talks/13/es/talk.md": page("a: b")}, settings()
    ).findings

    assert (finding.rule, finding.problem) == ("orphan", "")


@pytest.mark.parametrize(
    ("fields", "field", "value", "expected"),
    [
        ("number: 8", "number", "8", "7"),
        ("number: '#8'", "number", "#8", "7"),
        ("lang: fr", "lang", "fr", "es"),
    ],
)
def test_path_and_front_matter_that_disagree_are_an_identity_finding(
    fields: str, field: str, value: str, expected: str
) -> None:
    files = {"talks/7/en/talk.md": page("title: A"), "talks/7/es/talk.md": page(f"title: B\n{fields}")}

    (finding,) = linked(files, settings()).findings

    assert (finding.rule, finding.line, finding.facts) == (
        "identity",
        3,
        {"field": field, "value": value, "expected": expected},
    )


@pytest.mark.parametrize("fields", ["number: 007", "number: '7'", "number: seven", "lang: ES", "lang: xx", "number:"])
def test_spellings_of_the_same_number_and_language_agree(fields: str) -> None:
    files = {"talks/7/en/talk.md": page("title: A"), "talks/7/es/talk.md": page(f"title: B\n{fields}")}

    assert linked(files, settings()).findings == ()


def test_a_key_is_read_raw_from_front_matter() -> None:
    text = TALKS.replace(
        'path = "notes/{lang}/{key}.md"', 'path = "notes/{lang}/{_}.md"\nkey = { field = ["ref", "id"] }'
    )
    files = {
        "notes/en/hello.md": page("ref: 042"),
        "notes/es/hola.md": page("ref: '42'"),
        "notes/fr/salut.md": page("id: '#42'"),
    }

    (episode,) = linked(files, settings(text)).episodes

    assert (episode.key, list(episode.translations)) == ("42", ["es", "fr"])


def test_a_pattern_finds_the_key_inside_a_value() -> None:
    text = TALKS.replace(
        'path = "notes/{lang}/{key}.md"',
        'path = "notes/{lang}/{_}.md"\nkey = { field = "title", pattern = \'(?:#|nr\\. )(\\d+)\' }',
    )
    files = {"notes/en/a.md": page("title: 'Talk #12: on rain'"), "notes/es/b.md": page("title: 'Charla nr. 12'")}

    (episode,) = linked(files, settings(text)).episodes

    assert episode.key == "12"


@pytest.mark.parametrize(
    "pointer", ["/en/rain.md", "notes/en/rain.md", "/notes/en/rain/", "https://site.example.org/en/rain.html?a=b#c"]
)
def test_a_translation_that_names_its_source_is_linked_to_it(pointer: str) -> None:
    text = TALKS.replace(
        'path = "notes/{lang}/{key}.md"', 'path = "notes/{lang}/{key}.md"\nkey = { points_to = "translationOf" }'
    )
    files = {"notes/en/rain.md": page("title: Rain"), "notes/es/lluvia.md": page(f"translationOf: {pointer}")}

    (episode,) = linked(files, settings(text)).episodes

    assert (episode.key, list(episode.translations)) == ("rain", ["es"])


def test_an_unknown_language_folder_is_reported_once() -> None:
    others = ("talks/7/sv/talk.md", "talks/8/sv/talk.md", "talks/8/img/talk.md", "readme.md")

    catalogue = linked({"talks/7/en/talk.md": page("title: A")}, settings(), others)

    assert [(each.rule, each.facts) for each in catalogue.findings] == [("identity", {"folder": "sv"})]


def test_a_page_of_no_episode_that_cannot_be_read_is_reported() -> None:
    (finding,) = linked({"nav/es.md": b"---\ntitle: \xff\n---\n"}, settings()).findings

    assert (finding.rule, finding.path, finding.line, finding.key) == ("unreadable", "nav/es.md", 2, None)


_FILES = {
    "talks/7/talk.md": page("title: Old"),
    "talks/7/en/talk.md": page("title: New\nnumber: 8"),
    "talks/7/ES/talk.md": page("title: B"),
    "talks/7/es/talk.md": page("title: B"),
    "talks/8/fr/talk.md": page("title: C"),
    "notes/en/a.md": page("title: D"),
    "notes/fr/b.md": page("title: D"),
}


@given(st.permutations(list(_FILES)))
def test_the_order_in_which_files_are_found_does_not_matter(order: list[str]) -> None:
    there = linked({path: _FILES[path] for path in order}, settings())
    sorted_ = linked(_FILES, settings())

    assert there.findings == sorted_.findings
    assert [(each.key, [entry.path for entry in each.entries]) for each in there.episodes] == [
        (each.key, [entry.path for entry in each.entries]) for each in sorted_.episodes
    ]


@pytest.mark.parametrize(
    ("text", "key"), [("042", "42"), ("#7", "7"), ("000", "0"), (" a-01 ", "a-01"), ("1.10", "1.10")]
)
def test_keys_are_canonical(text: str, key: str) -> None:
    assert canonical_key(text) == key


def test_an_episode_can_be_looked_up() -> None:
    catalogue = linked({"talks/7/en/talk.md": page("title: A")}, settings())

    assert catalogue.episode("talks", Key("7")) is catalogue.episodes[0]
    assert catalogue.episode("talks", Key("8")) is None
    assert Language("en") == catalogue.episodes[0].entries[0].language
