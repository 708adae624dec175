"""Judging every expected translation: statuses, and the findings of each rule."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.pages import TALKS, assessed, cell, page, rules
from tests.repositories import Repository
from tests.sites import judged
from transtool.model import Report, Severity, Status

PROSE = """
Rain fell on the tin roof all night, and nobody in the house could sleep.

## What we heard

The gutters sang in a low voice, and the cat answered from under the stairs.
"""
LLUVIA = """
La lluvia cayó toda la noche sobre el tejado, y nadie en la casa pudo dormir.

## Lo que oímos

Los canalones cantaban en voz baja y la gata respondía debajo de la escalera.
"""
NAV = {"nav/es.md": page("title: Charlas"), "nav/fr.md": page("title: Causeries")}
EN = page(
    "title: Rain on the roof\nlang: en\npermalink: talk-7-en\nparent: Talks\ntags: [rain, cats]\ndate: 2024-05-01",
    PROSE,
)
ES = page(
    "title: Lluvia en el tejado\nlang: es\npermalink: talk-7-es\nparent: Charlas\ntags: [rain, cats]\ndate: 2024-05-01",
    LLUVIA,
)


def report(es: str | bytes | None = ES, en: str | bytes = EN, text: str = TALKS) -> Report:
    """The report of one talk in English, in Spanish if there is one, and not in French."""
    files: dict[str, str | bytes] = {**NAV, "talks/7/en/talk.md": en}
    if es is not None:
        files["talks/7/es/talk.md"] = es
    return assessed(files, text.replace('languages = ["es", "fr"]', 'languages = ["es"]'))


def found(es: str | bytes, rule: str, en: str | bytes = EN) -> list[tuple[int | None, str, dict[str, object]]]:
    """Line, problem and facts of the findings of `rule` about the Spanish file."""
    findings = cell(report(es, en), "7", "es").findings
    return [(each.line, each.problem, dict(each.facts)) for each in findings if each.rule == rule]


def test_a_good_translation_has_only_an_unknown_baseline() -> None:
    assert rules(report()) == ["unknown"]
    assert cell(report(), "7", "es").status is Status.UNKNOWN


def test_what_is_not_there_is_missing_and_says_where_it_would_be() -> None:
    there = cell(report(None), "7", "es")

    assert (there.status, there.path, there.words) == (Status.MISSING, "talks/7/es/talk.md", there.total)
    (finding,) = there.findings
    assert (finding.rule, finding.path, finding.language) == ("missing", "talks/7/en/talk.md", "es")


def test_what_is_exempt_is_not_expected() -> None:
    text = TALKS.replace("[series.notes]", 'exempt = [{ key = 7, languages = ["es"] }]\n[series.notes]')

    there = report(None, text=text)

    assert cell(there, "7", "es").status is Status.EXEMPT
    assert there.tally().expected == 0
    assert rules(there) == []


def test_a_copy_of_the_source_is_a_draft() -> None:
    there = cell(report(EN.replace("talk-7-en", "talk-7-es").replace("lang: en", "lang: es")), "7", "es")

    assert there.status is Status.DRAFT
    assert there.words > 0


def test_a_broken_file_is_unreadable_and_the_rest_goes_on() -> None:
    there = report(b"---\ntitle: [\n---\n")

    assert cell(there, "7", "es").status is Status.UNREADABLE
    assert rules(there) == ["unreadable"]


def test_translations_of_an_unreadable_source_are_unknown() -> None:
    there = report(en=b"---\ntitle: [\n---\n")

    assert (cell(there, "7", "es").status, cell(there, "7", "es").reason) == (Status.UNKNOWN, "source-unreadable")
    assert rules(there) == ["unreadable"]


def test_an_orphan_is_unknown_and_its_other_languages_are_not_expected() -> None:
    there = assessed({**NAV, "talks/7/es/talk.md": ES})

    assert cell(there, "7", "es").status is Status.UNKNOWN
    assert cell(there, "7", "fr").status is Status.EXEMPT
    assert rules(there) == ["orphan"]


UNTRANSLATED = {
    "a paragraph of the source": LLUVIA + "\n" + PROSE.split("\n\n")[2],
    "a paragraph of the source, wrapped in another way": LLUVIA
    + "\nThe gutters sang in a low voice,\nand the cat answered\nfrom under the stairs.\n",
    "a paragraph of the source behind a few words of one's own": LLUVIA
    + "\nAquí va: The gutters sang in a low voice, and the cat answered from under the stairs.\n",
    "two paragraphs run together": LLUVIA
    + "\nPor la mañana salimos al patio a mirar los charcos y a contar las goteras del porche.\n"
    + PROSE.replace("\n\n## What we heard\n\n", " "),
}


@pytest.mark.parametrize("body", UNTRANSLATED.values(), ids=UNTRANSLATED.keys())
def test_text_that_still_reads_as_the_source_is_untranslated(body: str) -> None:
    ((_, problem, facts),) = found(ES.replace(LLUVIA, body), "untranslated")

    assert (problem, facts["segments"]) == ("", 1)


TRANSLATED = {
    "names": "\nMira Okafor, Lindhaven\n",
    "two words": "\nOh yes\n",
    "a link elsewhere, by its title": '\n— Mira, ["How to listen to a gutter"](https://example.org/gutter)\n',
    "an address": "\nhttps://example.org/how-to-listen-to-rain\n",
    "code": "\n```\necho how to listen to rain\n```\n",
    "an include": '\n{% include player.html title="How to listen to the rain at night" %}\n',
}


@pytest.mark.parametrize("text", TRANSLATED.values(), ids=TRANSLATED.keys())
def test_what_needs_no_translator_is_not_untranslated(text: str) -> None:
    talked = "\nWe met Mira Okafor in Lindhaven, and Okafor said that Lindhaven is wet.\n"

    assert found(ES + text, "untranslated", EN + talked + text) == []


def test_a_title_that_was_not_translated_is_found_in_its_line() -> None:
    ((line, problem, facts),) = found(ES.replace("Lluvia en el tejado", "Rain on the roof"), "untranslated")

    assert (line, problem, facts["field"]) == (2, "field", "title")


MISMATCHES = {
    "another value": ("date: 2024-05-01", "date: 2024-05-02", ""),
    "another list": ("[rain, cats]", "[rain]", ""),
    "another order of a list": ("[rain, cats]", "[cats, rain]", ""),
    "no value at all": ("date: 2024-05-01\n", "", "absent"),
    "a field of its own": ("date: 2024-05-01\n", "date: 2024-05-01\nmood: wet\n", "extra"),
}


@pytest.mark.parametrize(("old", "new", "problem"), MISMATCHES.values(), ids=MISMATCHES.keys())
def test_shared_fields_that_differ_are_mismatches(old: str, new: str, problem: str) -> None:
    assert [each[1] for each in found(ES.replace(old, new), "mismatch")] == [problem]


SAME = {
    "the same day with quotes": ("date: 2024-05-01", "date: '2024-05-01'"),
    "a block list": ("tags: [rain, cats]", "tags:\n  - rain\n  - cats"),
    "an ignored field": ("lang: es", "lang: es\nweight: 3"),
}


@pytest.mark.parametrize(("old", "new"), SAME.values(), ids=SAME.keys())
def test_shared_fields_that_say_the_same_match(old: str, new: str) -> None:
    assert found(ES.replace(old, new), "mismatch") == []


def test_one_instant_in_two_time_zones_is_no_mismatch() -> None:
    en = EN.replace("2024-05-01", "Wed Sep 06 2023 17:00:00 GMT-0700 (Pacific Daylight Time)")
    es = ES.replace("2024-05-01", "Wed Sep 06 2023 14:00:00 GMT-1000 (Hawaii-Aleutian Standard Time)")

    assert found(es, "mismatch", en) == []


def test_a_local_field_names_the_value_that_the_page_of_the_language_has() -> None:
    assert found(ES.replace("parent: Charlas", "parent: Causeries"), "local") == [
        (5, "", {"field": "parent", "value": "Causeries", "expected": "Charlas"})
    ]


def test_a_local_field_that_the_source_has_must_be_there() -> None:
    assert found(ES.replace("parent: Charlas\n", ""), "local") == [
        (1, "absent", {"field": "parent", "expected": "Charlas"})
    ]


def test_a_local_field_that_neither_file_has_is_not_missed() -> None:
    assert found(ES.replace("parent: Charlas\n", ""), "local", EN.replace("parent: Talks\n", "")) == []


def test_a_language_that_the_path_contradicts_is_reported_once() -> None:
    files = {**NAV, "talks/7/en/talk.md": EN, "talks/7/es/talk.md": ES.replace("lang: es", "lang: fr")}

    there = cell(assessed(files), "7", "es")

    assert [each.rule for each in there.findings if each.rule in ("identity", "local")] == ["identity"]


def test_placeholders_are_found_with_their_line_and_are_no_mismatch() -> None:
    en, es = (each.replace("date:", "video: https://youtu.be/{}\ndate:") for each in (EN, ES))

    there = cell(report(es.format("url"), en.format("4kXF6Pn")), "7", "es")

    assert [(each.rule, each.line) for each in there.findings if each.rule != "unknown"] == [("placeholder", 7)]


def test_a_placeholder_that_the_source_has_too_is_reported_there_only() -> None:
    en, es = (each.replace("date:", "video: https://youtu.be/url\ndate:") for each in (EN, ES))

    there = report(es, en)

    assert [(each.rule, each.language) for each in there.all_findings() if each.rule == "placeholder"] == [
        ("placeholder", "en")
    ]


@pytest.mark.parametrize(
    "residue",
    [
        "Translate the following to Spanish: the rain",
        "Please provide the text you want translated.",
        "translate this sentence to Spanish: the rain",
        "Traduce el siguiente texto: la lluvia",
        "Traducción: la lluvia",
        "ES: Translate the following: la lluvia",
        "Sure! Here is the translation:",
    ],
)
def test_what_was_said_to_a_machine_is_found(residue: str) -> None:
    ((_, problem, facts),) = found(ES + f"\n{residue}\n", "placeholder")

    assert (problem, facts["value"]) == ("prompt", residue)


@pytest.mark.parametrize("sentence", ["We translate this show for you.", "La traducción del programa es nuestra."])
def test_talking_about_translation_is_no_residue(sentence: str) -> None:
    assert found(ES + f"\n{sentence}\n", "placeholder") == []


def test_an_include_with_a_placeholder_is_found() -> None:
    ((_, problem, facts),) = found(ES + '\n{% include youtube.html id="url" %}\n', "placeholder")

    assert (problem, facts["value"]) == ("body", '{% include youtube.html id="url" %}')


STRUCTURES = {
    "a heading more": ("\n## Y algo más\n", "headings", 2, 1),
    "an include more": ('\n{% include player.html id="abc" %}\n', "includes", 1, 0),
    "a code block more": ("\n```\nls\n```\n", "code", 1, 0),
}


@pytest.mark.parametrize(("text", "problem", "count", "expected"), STRUCTURES.values(), ids=STRUCTURES.keys())
def test_a_skeleton_that_differs_is_a_structure_finding(text: str, problem: str, count: int, expected: int) -> None:
    ((_, what, facts),) = found(ES + text, "structure")

    assert (what, facts["count"], facts["expected"]) == (problem, count, expected)


def test_headings_of_other_levels_are_told_apart_from_missing_ones() -> None:
    assert ES.count("\n## ") == 1

    ((_, what, facts),) = found(ES.replace("\n## ", "\n### "), "structure")

    assert (what, facts["names"]) == ("levels", "h2, h3")


def test_a_rule_that_is_off_finds_nothing() -> None:
    assert rules(report(text=TALKS + '\n[rules]\nunknown = "off"\n')) == []


def test_a_byte_order_mark_and_a_duplicate_key_are_reported() -> None:
    there = found(b"\xef\xbb\xbf" + ES.replace("lang: es\n", "lang: en\nlang: es\n").encode(), "unreadable")

    assert [each[1] for each in there] == ["bom", "duplicate-key"]


def test_mdx_that_is_never_closed_is_told_as_information_and_read_as_markdown() -> None:
    text = TALKS.replace("[series.talks]\n", '[series.talks]\ndialect = "mdx"\n')
    report_ = report(ES + "\n<Card\n\nMás texto.\n", text=text)

    (finding,) = [each for each in cell(report_, "7", "es").findings if each.rule == "unreadable"]

    assert (finding.problem, finding.severity, finding.line) == ("dialect", Severity.INFO, ES.count("\n") + 2)


LONG = "".join(f"Paragraph number {number} of a long story about rain and roofs.\n\n" for number in range(12))
LARGO = [f"El párrafo {number} de una larga historia sobre lluvia y tejados.\n\n" for number in range(12)]


@pytest.mark.parametrize(
    ("paragraphs", "status", "problems"),
    [(0, Status.DRAFT, ["blank"]), (3, Status.DRAFT, ["sparse"]), (4, Status.UNKNOWN, []), (12, Status.UNKNOWN, [])],
)
def test_a_translation_that_has_little_of_a_long_page_is_a_draft(
    paragraphs: int, status: Status, problems: list[str]
) -> None:
    en, es = EN.replace(PROSE, LONG), ES.replace(LLUVIA, "".join(LARGO[:paragraphs]))

    there = cell(report(es, en), "7", "es")

    assert there.status is status
    assert [each.problem for each in there.findings if each.rule == "untranslated"] == problems
    assert (there.translated < 1) is (status is Status.DRAFT)


def test_a_short_page_may_be_shortened() -> None:
    assert cell(report(ES.replace(LLUVIA, "\nLlovió.\n")), "7", "es").status is Status.UNKNOWN


def drafted(tmp_path: Path, *commits: Mapping[str, str]) -> Status:
    """The status of the Spanish talk 1 after `commits`."""
    repository = Repository(tmp_path)
    repository.commit({"transtool.toml": TALKS, "nav/es.md": page("title: Charlas")})
    for files in commits:
        repository.commit({f"talks/1/{name}/talk.md": text for name, text in files.items()})
    return cell(judged(tmp_path), "1", "es").status


def test_a_complete_translation_of_a_source_that_has_grown_is_no_draft(tmp_path: Path) -> None:
    grown = EN.replace(PROSE, PROSE + LONG)

    assert drafted(tmp_path, {"en": EN, "es": ES}, {"en": grown}) is Status.STALE
    assert drafted(tmp_path / "new", {"en": grown, "es": ES}) is Status.DRAFT


def test_a_copy_of_what_the_source_once_said_is_a_draft(tmp_path: Path) -> None:
    assert drafted(tmp_path, {"en": EN, "es": EN}, {"en": EN.replace(PROSE, LONG)}) is Status.DRAFT
