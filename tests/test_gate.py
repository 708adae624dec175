"""What fails a run, and the reasons given."""

import pytest

from tests.pages import TALKS, assessed, page, settings
from transtool.assess.gate import Gate, failures, parse_gate
from transtool.errors import UsageError
from transtool.model import Report


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
    return assessed({f"talks/1/{tag}/talk.md": page(f"title: {tag}\nlang: {tag}") for tag in ("en", "es", "fr")})


@pytest.mark.parametrize(
    ("options", "reasons"),
    [
        ({}, ["1 error"]),
        ({"strict": True}, ["1 error", "3 warnings (--strict)"]),
        ({"fail_on": ["missing"]}, ["1 error", "3 findings of missing (--fail-on)"]),
        (
            {"fail_on": ["missing,unknown"]},
            ["1 error", "3 findings of missing (--fail-on)", "1 finding of unknown (--fail-on)"],
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


@pytest.mark.parametrize("value", ["", "x", "es=", "101", "-1", "nan", "sv=50", "es=50=2"])
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
