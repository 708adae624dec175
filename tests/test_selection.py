"""Which part of a report is asked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.errors import UsageError
from transtool.keys import NumberSet, asked_for, parse_numbers
from transtool.languages import Spellings
from transtool.model import Cell, EpisodeReport, Finding, Key, Language, Report, Severity, Source, Status
from transtool.selection import EVERYTHING, Selection, parse, require_numbers, select
from transtool.text.suggestions import suggestion

EN, ES, DE = map(Language, ("en", "es", "de"))


def finding(rule: str, language: Language | None, series: str | None = "episodes", key: str | None = "1") -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.WARNING,
        path="x.md",
        series=series,
        key=None if key is None else Key(key),
        language=language,
    )


def cell(language: Language, *rules: str) -> Cell:
    status = Status.STALE if "stale" in rules else Status.CURRENT
    return Cell(
        language=language, status=status, path="x.md", findings=tuple(finding(rule, language) for rule in rules)
    )


def episode(series: str, key: str) -> EpisodeReport:
    return EpisodeReport(
        series=series,
        key=Key(key),
        title="T",
        source=Source(language=EN, path="s.md", findings=(finding("placeholder", EN),)),
        cells=(cell(DE), cell(ES, "stale", "local")),
    )


REPORT = Report(
    version="0",
    source=EN,
    languages=(DE, ES),
    series=("episodes", "briefs"),
    episodes=(episode("episodes", "1"), episode("episodes", "2"), episode("briefs", "1"), episode("briefs", "part-2")),
    findings=(
        finding("identity", None, None, None),
        finding("orphan", ES, "briefs", "9"),
        finding("duplicate", DE, "episodes", "1"),
    ),
)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("100-160,200", ["100", "131", "160", "200"], ["99", "161", "201", "13", "100-160"]),
        ("7", ["7"], ["07x", "70", "17"]),
        ("007", ["7"], ["70"]),
        ("#12", ["12"], ["1"]),
        (" 1 , 3 - 5 ,", ["1", "3", "4", "5"], ["2", "6"]),
        ("8..10", ["8", "9", "10"], ["7"]),
        ("part-2, intro", ["part-2", "intro"], ["part", "2"]),
        ("2024-05", ["2024-05"], ["2024", "5"]),
        ("2024-05-01", ["2024-05-01"], ["2024"]),
        ("0", ["0"], ["1", ""]),
        ("9" * 5000, ["9" * 5000], ["9"]),
        ("1-9", ["5"], ["9" * 5000, "٣", "5.0"]),
    ],
)
def test_numbers_ranges_and_text_keys_can_be_asked_for(text: str, inside: list[str], outside: list[str]) -> None:
    numbers = parse_numbers(text)

    assert [key for key in inside if key not in numbers] == []
    assert [key for key in outside if key in numbers] == []


def test_what_is_no_text_is_in_no_set() -> None:
    assert 5 not in parse_numbers("5")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("part-9..part-2", "the range part-9..part-2 runs backwards (did you mean part-2..part-9?)"),
        ("160-100", "the range 160-100 runs backwards (did you mean 100-160?)"),
        ("", "'' names no episode"),
        (" , ", "' , ' names no episode"),
    ],
)
def test_nonsense_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_numbers(text)

    assert str(caught.value) == said


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 50)), min_size=1, max_size=5), st.integers(0, 400))
def test_a_number_is_in_the_set_exactly_when_a_range_holds_it(pairs: list[tuple[int, int]], number: int) -> None:
    text = ",".join(f"{first:03}-{first + more}" if more else str(first) for first, more in pairs)

    assert (str(number) in parse_numbers(text)) == any(first <= number <= first + more for first, more in pairs)


@given(st.text(max_size=20))
def test_no_text_makes_it_crash(text: str) -> None:
    try:
        assert parse_numbers(text) != NumberSet()
    except UsageError as error:
        assert error.problems


def test_what_matches_nothing_is_known() -> None:
    keys = [Key("1"), Key("12"), Key("part-2")]

    assert parse_numbers("1,3,10-19,20-29,part-2,part-3").unmatched(keys) == ("3", "part-3", "20-29")


def ask(**options: list[str]) -> Selection:
    spellings = Spellings.of(["en", "es", "de", "pt-BR"])
    return parse(
        **options,
        spellings=spellings,
        known_languages=[*map(Language, ("en", "es", "de", "pt-BR"))],
        known_series=["episodes", "briefs"],
    )


def test_no_options_select_everything() -> None:
    assert ask() == EVERYTHING


def test_options_may_be_repeated_and_hold_several_values() -> None:
    selection = ask(
        languages=["ES,pt_br", "de"], series=["briefs"], numbers=["1-3", "7,9"], rules=["stale", "missing, local"]
    )

    assert selection.languages == {"es", "pt-BR", "de"}
    assert selection.series == {"briefs"}
    assert [key for key in ("1", "4", "7", "9") if key in (selection.numbers or NumberSet())] == ["1", "7", "9"]
    assert selection.rules == {"stale", "missing", "local"}


def test_every_unknown_value_is_reported_with_what_was_meant() -> None:
    with pytest.raises(UsageError) as caught:
        ask(languages=["pt", "xx"], series=["brief"], numbers=["9-1"], rules=["stael", "zzz"])

    assert [str(problem) for problem in caught.value.problems] == [
        "unknown language pt (did you mean pt-BR?)",
        "unknown language xx (there are: en, es, de, pt-BR)",
        "unknown series brief (did you mean briefs?)",
        "unknown rule stael (did you mean stale?)",
        "unknown rule zzz (there are: missing, stale, correction, markup, unknown, untranslated, foreign, incomplete,"
        " mismatch, local, placeholder, structure, link, damaged, orphan, duplicate, identity, unreadable)",
        "the range 9-1 runs backwards (did you mean 1-9?)",
    ]


@pytest.mark.parametrize(
    ("numbers", "series", "said"),
    [
        ("1,2", None, None),
        ("1-3", "episodes", None),
        ("3", None, "there is no episode 3 (there are 1 to 7)"),
        ("3,9", "episodes", "there is no episode 3 (there are 1 to 2)\nthere is no episode 9 (there are 1 to 2)"),
        ("part2", None, "there is no episode part2 (did you mean part-2?)"),
        ("4-9", "episodes", "there is no episode 4-9 (there are 1 to 2)"),
        ("1", "nothing", "there is no episode 1"),
        ("2", "notes", "there is no episode 2 (there is only 7)"),
    ],
)
def test_a_number_that_does_not_exist_is_refused(numbers: str, series: str | None, said: str | None) -> None:
    selection = Selection(numbers=parse_numbers(numbers), series=None if series is None else frozenset({series}))
    keys = [*((episode.series, episode.key) for episode in REPORT.episodes), ("notes", Key("7"))]

    if said is None:
        require_numbers(selection, keys)
        return
    with pytest.raises(UsageError) as caught:
        require_numbers(selection, keys)
    assert str(caught.value) == said


def test_without_numbers_none_is_required() -> None:
    require_numbers(EVERYTHING, [])


def test_selecting_everything_keeps_the_report() -> None:
    assert select(REPORT, EVERYTHING) is REPORT


def test_a_language_narrows_cells_findings_and_every_denominator() -> None:
    narrowed = select(REPORT, Selection(languages=frozenset({ES})))

    assert narrowed.languages == (ES,)
    assert {cell.language for episode in narrowed.episodes for cell in episode.cells} == {ES}
    assert narrowed.tally().expected == 4
    assert [finding.rule for finding in narrowed.findings] == ["orphan"]
    assert {finding.language for finding in narrowed.all_findings()} == {ES}


def test_the_source_language_can_be_selected_too() -> None:
    narrowed = select(REPORT, Selection(languages=frozenset({EN})))

    assert {finding.rule for finding in narrowed.all_findings()} == {"placeholder"}
    assert narrowed.tally().expected == 0


def test_a_series_and_numbers_narrow_episodes() -> None:
    narrowed = select(REPORT, Selection(series=frozenset({"episodes"}), numbers=parse_numbers("1,part-2")))

    assert narrowed.series == ("episodes",)
    assert [(episode.series, episode.key) for episode in narrowed.episodes] == [("episodes", "1")]
    assert [finding.rule for finding in narrowed.findings] == ["duplicate"]


def test_a_rule_narrows_findings_and_leaves_every_status_as_it_is() -> None:
    narrowed = select(REPORT, Selection(rules=frozenset({"local", "identity"})))

    assert {finding.rule for finding in narrowed.all_findings()} == {"local", "identity"}
    assert narrowed.tally() == REPORT.tally()


@pytest.mark.parametrize(
    ("name", "said"),
    [("Missing", "did you mean missing?"), ("mising", "did you mean missing?"), ("quux", None), ("", None)],
)
def test_a_near_name_is_suggested(name: str, said: str | None) -> None:
    found = suggestion(name, ["missing", "stale"])

    assert (None if found is None else str(found)) == said


KEYS = (
    *("1", "2", "7", "part-2", "part-9", "part-10", "1-2", "a..b", "a, b", "[slug]"),
    *("news/2024-01-31-a", "news/2024-02-01-b", "news/2024-03-31-c"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("part-2..part-10", ["part-2", "part-9", "part-10"]),
        ("news/2024-02..news/2024-03", ["news/2024-02-01-b", "news/2024-03-31-c"]),
        ("news/*", ["news/2024-01-31-a", "news/2024-02-01-b", "news/2024-03-31-c"]),
        ("part-?", ["part-2", "part-9"]),
        ("part-[29],7", ["7", "part-2", "part-9"]),
        ("[slug]", ["[slug]"]),
        ("1[-]2", ["1-2"]),
        ("a.[.]b", ["a..b"]),
        ("**", [*KEYS]),
    ],
)
def test_text_keys_are_asked_for_by_ranges_and_globs_too(text: str, expected: list[str]) -> None:
    asked = parse_numbers(text)

    assert [key for key in KEYS if key in asked] == expected
    assert asked.unmatched(map(Key, KEYS)) == ()


def test_a_range_or_glob_that_means_nothing_is_said() -> None:
    asked = parse_numbers("part-2..part-3,old/*,x..y,news/*,part-77..part-78")

    assert asked.unmatched(map(Key, KEYS)) == ("x..y", "part-77..part-78", "old/*")


def test_a_severity_means_what_is_worse_as_well() -> None:
    known = {"spellings": Spellings.of(["en"]), "known_languages": (), "known_series": ()}
    levels = (Severity.ERROR, Severity.WARNING, Severity.INFO)

    found = {level: parse(severity=level, **known).severities for level in levels}

    assert found == {level: frozenset(levels[: at + 1]) for at, level in enumerate(levels)}
    assert select(REPORT, parse(severity=Severity.WARNING, **known)) == REPORT
    narrowed = select(REPORT, parse(severity=Severity.ERROR, **known))
    assert (narrowed.all_findings(), narrowed.tally()) == ((), REPORT.tally())


@pytest.mark.parametrize("key", KEYS)
def test_a_key_is_asked_for_so_that_no_other_is_meant(key: str) -> None:
    assert [each for each in KEYS if each in parse_numbers(asked_for(Key(key)))] == [key]
