"""The file of known findings: a run shows and fails on new ones only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages import assessed, page
from transtool.assess import baseline_file as known
from transtool.errors import ConfigError

SITE = {
    "talks/1/en/talk.md": page("title: One"),
    "talks/2/en/talk.md": page("title: Two"),
    "talks/2/es/talk.md": page("title: Dos\nmood: wet"),
}


def recorded() -> known.Known:
    """The known findings of the site, through the text of the file."""
    return known.read(known.write(assessed(SITE).all_findings()), known.NAME)


def test_what_is_known_is_not_shown_again() -> None:
    left, hidden = known.without(assessed(SITE), recorded())

    assert left.all_findings() == ()
    assert hidden == len(assessed(SITE).all_findings())


def test_statuses_and_coverage_stay_as_they_are() -> None:
    left, _ = known.without(assessed(SITE), recorded())

    assert left.tally() == assessed(SITE).tally()


def test_what_is_new_is_shown() -> None:
    worse = assessed({**SITE, "talks/3/en/talk.md": page("title: Three")})

    left, _ = known.without(worse, recorded())

    assert {(each.rule, each.key) for each in left.all_findings()} == {("missing", "3")}


def test_a_known_finding_stays_known_when_its_line_moves() -> None:
    moved = {**SITE, "talks/2/es/talk.md": page("# a comment\ntitle: Dos\nmood: wet")}

    assert known.without(assessed(moved), recorded())[0].all_findings() == ()


def test_a_field_that_is_wrong_in_another_way_is_new() -> None:
    other = {**SITE, "talks/2/es/talk.md": page("title: Dos\nmood: dry")}

    assert [each.rule for each in known.without(assessed(other), recorded())[0].all_findings()] == ["mismatch"]


def test_the_file_does_not_depend_on_the_order_of_findings() -> None:
    findings = assessed(SITE).all_findings()

    assert known.write(findings) == known.write(tuple(reversed(findings)))


ODD = ("null", '"abc"', "{}", "[3]", "[[]]", "[[3]]", '["abc"]', "[{}]")
NO_BASELINES = [
    *(
        "",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        '{"schema": 1, "findings": ' * 50_000,
        "9" * 5_000,
        " " * (known.MOST + 1),
    ),
    '{"schema": 2, "findings": []}',
    *(
        f'{{"schema": 1, "findings": {odd}}}'
        for odd in ("null", '"abc"', "{}", "[3]", "[[]]", "[[3]]", '["abc"]', "[{}]")
    ),
]


@pytest.mark.parametrize("text", NO_BASELINES, ids=lambda text: text[:40])
def test_a_file_that_is_none_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(ConfigError, match="write-baseline"):
        known.read(text, known.NAME)


@given(st.text(max_size=30))
def test_no_text_crashes_the_reader(text: str) -> None:
    try:
        known.read(text, known.NAME)
    except ConfigError as error:
        assert error.problems[0].path == known.NAME
