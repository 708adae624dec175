"""What fails a run, and the reasons given."""

import pytest

from tests.pages import TALKS, assessed, page, settings
from tests.reports import EN, ES, episode
from transtool.assess.gate import Gate, failures, parse_gate
from transtool.errors import UsageError
from transtool.i18n import ENGLISH, Words, choose
from transtool.model import Cell, Report, Status


def gate(**options: object) -> Gate:
    """The gate of these options."""
    given: dict[str, object] = {"strict": False, "fail_on": (), "coverage": (), "freshness": (), **options}
    return parse_gate(spellings=settings().spellings, **given)  # options as data


def report() -> Report:
    """Two talks, of which Spanish has one and French none; one finding is an error."""
    return assessed(
        {
            "talks/1/en/talk.md": page("title: One"),
            "talks/1/talk.md": page("title: One too"),
            "talks/1/es/talk.md": page("title: Uno"),
            "talks/2/en/talk.md": page("title: Two"),
        }
    )


def fine() -> Report:
    """One talk that has every translation, without a baseline."""
    return assessed(
        {
            f"talks/1/{tag}/talk.md": page(f"title: {tag}\nlang: {tag}\npermalink: talk-1-{tag}")
            for tag in ("en", "es", "fr")
        }
    )


@pytest.mark.parametrize(
    ("options", "reasons"),
    [
        ({}, ["1 error"]),
        ({"strict": True}, ["1 error", "2 warnings (--strict)"]),
        ({"fail_on": ["missing"]}, ["1 error", "2 findings of missing (--fail-on)"]),
        (
            {"fail_on": ["missing,unknown"]},
            ["1 error", "2 findings of missing (--fail-on)", "1 finding of unknown (--fail-on)"],
        ),
    ],
)
def test_errors_always_fail_and_the_rest_when_asked(options: dict[str, object], reasons: list[str]) -> None:
    assert [str(reason) for reason in failures(report(), gate(**options))] == reasons


@pytest.mark.parametrize("options", [{}, {"strict": True}, {"coverage": ["100"]}, {"coverage": ["es=100%", "fr=100"]}])
def test_a_site_without_errors_passes(options: dict[str, object]) -> None:
    assert failures(fine(), gate(**options)) == ()


@pytest.mark.parametrize(
    ("option", "value", "languages"),
    [
        ("coverage", "50", ["fr"]),
        ("coverage", "51", ["es", "fr"]),
        ("coverage", "es=51", ["es"]),
        ("coverage", "ES=50", []),
        ("freshness", "fr=0", []),
        ("freshness", "1", ["es", "fr"]),
    ],
)
def test_a_threshold_holds_for_every_language_or_for_one(option: str, value: str, languages: list[str]) -> None:
    reasons = failures(report(), gate(**{option: [value]}))[1:]

    assert [reason.facts["language"] for reason in reasons] == languages
    assert all(reason.facts["whole"] == 2 for reason in reasons)


@pytest.mark.parametrize(
    "value", ["", "x", "es=", "=90", "101", "-1", "nan", "1e1", "٩٠", "9" * 5000, "0." + "1" * 5000, "sv=50", "es=50=2"]
)
def test_a_threshold_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(UsageError):
        gate(coverage=[value])


def test_an_unknown_rule_is_refused_with_what_was_meant() -> None:
    with pytest.raises(UsageError, match="did you mean missing"):
        gate(fail_on=["mising"])


def test_a_language_that_nothing_is_expected_in_passes() -> None:
    everything = assessed(
        {"talks/1/en/talk.md": page("title: One")},
        TALKS.replace('"talks/', 'since = 5\npath = "talks/').replace("path = since", "since"),
    )

    assert failures(everything, gate(coverage=["100"])) == ()


@pytest.mark.parametrize(
    ("translated", "wanted", "said"),
    [
        (1, "1", "is 0.8% (1/120), wanted 1%"),
        (119, "99.2", "is 99.17% (119/120), wanted 99.2%"),
        (119, "100", "is 99% (119/120), wanted 100%"),
        (0, "0.1", "is 0% (0/120), wanted 0.1%"),
        (1, "0.834", "is 0.833% (1/120), wanted 0.834%"),
        (60, "50.001", "is 50% (60/120), wanted 50.001%"),
        (20, "16.667", "is 16.666% (20/120), wanted 16.667%"),
        (30, "26", "is 25% (30/120), wanted 26%"),
    ],
)
@pytest.mark.parametrize("words", [ENGLISH, choose("en-GB", {})])
def test_a_share_that_is_too_low_reads_as_lower_than_what_was_wanted(
    words: Words, translated: int, wanted: str, said: str
) -> None:
    (reason,) = failures(counted(translated, 120), gate(coverage=[f"es={wanted}"]))

    assert words.text(reason).endswith(said)


@pytest.mark.parametrize(
    ("translated", "whole", "wanted"), [(11, 1000, "1.1"), (7, 1000, "0.7"), (29, 100, "29"), (1, 3, "33.333")]
)
def test_a_share_that_is_just_reached_passes(translated: int, whole: int, wanted: str) -> None:
    assert failures(counted(translated, whole), gate(coverage=[wanted])) == ()


@pytest.mark.parametrize("value", ["", " ", ",", " , "])
def test_a_list_of_rules_that_names_none_does_not_open_the_gate(value: str) -> None:
    with pytest.raises(UsageError, match="selects nothing"):
        gate(fail_on=[value])


def counted(translated: int, whole: int) -> Report:
    """A report on so many talks, of which so many are translated into Spanish."""
    cells = [
        Cell(language=ES, status=Status.UNKNOWN if at < translated else Status.MISSING, path="x") for at in range(whole)
    ]
    episodes = tuple(episode("talks", str(at), "", one) for at, one in enumerate(cells))
    return Report(version="0", source=EN, languages=(ES,), series=("talks",), episodes=episodes)
