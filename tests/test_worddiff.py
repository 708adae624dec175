"""Word-level differences: what a translator sees of a changed segment."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transtool.text.worddiff import WORK_LIMIT, Run, RunKind, diff, tokens

WORDS = st.lists(
    st.sampled_from(
        ["the", "of", "sea", "boat,", "boat", "don't", "天気", "ภาษา", "(x)", "👩‍👩‍👧", "-", "हिन्दी", "\n", "  "]
    )
)
TEXTS = st.one_of(st.text(), st.builds(" ".join, WORDS), st.builds("".join, WORDS))


def shown(before: str, after: str) -> str:
    """Return a diff as people write it: [-removed-] and {+added+}."""
    frames = {RunKind.EQUAL: "{}", RunKind.REMOVED: "[-{}-]", RunKind.ADDED: "{{+{}+}}"}
    return "".join(frames[run.kind].format(run.text) for run in diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("The quick brown fox.", "The slow brown fox.", "The [-quick-]{+slow+} brown fox."),
        ("We sail.", "We sail!", "We sail[-.-]{+!+}"),
        ("one two three", "one three", "one [-two -]three"),
        ("one three", "one two three", "one {+two +}three"),
        ("one two", "one", "one[- two-]"),
        ("two one", "one", "[-two -]one"),
        ("", "a b", "{+a b+}"),
        ("a b", "", "[-a b-]"),
        ("", "", ""),
        ("a  b\nc", "a b c", "a b c"),
        ("don't go", "do not go", "[-don't-]{+do not+} go"),
        ("l’eau claire", "l’eau trouble", "l’eau [-claire-]{+trouble+}"),
        (
            "[map](https://example.org/a)",
            "[map](https://example.org/b)",
            "[map]([-https://example.org/a-]{+https://example.org/b+})",
        ),
        ("![a](/one.png).", "![a](/two.png).", "![a]([-/one.png-]{+/two.png+})."),
        ("See https://a.org/x_(y).", "See https://a.org/x_(z).", "See [-https://a.org/x_(y)-]{+https://a.org/x_(z)+}."),
        ("(https://a.org), b", "(https://a.org), c", "(https://a.org), [-b-]{+c+}"),
    ],
)
def test_a_diff_shows_the_words_that_changed_and_no_more(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("今日は良い天気です。", "今日は悪い天気ですね。", "今日は[-良-]{+悪+}い天気です{+ね+}。"),
        ("हिन्दी भाषा", "हिन्दी बोली", "हिन्दी [-भाषा-]{+बोली+}"),
        ("مرحبا بالعالم", "مرحبا بالجميع", "مرحبا [-بالعالم-]{+بالجميع+}"),
        ("한국어 문장", "한국어 문단", "한국어 [-문장-]{+문단+}"),
    ],
)
def test_every_script_is_compared_by_its_own_words(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


def test_characters_that_belong_together_are_never_parted() -> None:
    family = "👩\u200d👩\u200d👧"
    assert tokens(f"{family}👍🏽e\u0301") == (family, "👍🏽", "e\u0301")
    assert diff(family, "👩") == (Run(RunKind.REMOVED, family), Run(RunKind.ADDED, "👩"))


def test_words_shared_by_chance_do_not_chop_up_a_rewritten_phrase() -> None:
    before = "They met in Paris on Monday, and talked for hours"
    after = "Nobody came home that evening, except both old dogs"
    assert [run.kind for run in diff(before, after)] == [RunKind.REMOVED, RunKind.ADDED]


def test_a_comparison_that_would_cost_too_much_is_one_replacement_between_what_is_common() -> None:
    length = int(WORK_LIMIT**0.5)
    before, after = "start " + "a b " * length + "end", "start " + "b a " * length + "end"
    assert [run.kind for run in diff(before, after)] == [
        RunKind.EQUAL, RunKind.REMOVED, RunKind.ADDED, RunKind.EQUAL,
    ]  # fmt: skip


@given(TEXTS)
def test_tokens_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(TEXTS, TEXTS)
def test_both_texts_can_be_had_back_from_their_diff(before: str, after: str) -> None:
    runs = diff(before, after)
    assert "".join(run.text for run in runs if run.kind is not RunKind.REMOVED) == after
    old = "".join(run.text for run in runs if run.kind is not RunKind.ADDED)
    assert "".join(old.split()) == "".join(before.split())


@given(TEXTS, TEXTS)
def test_runs_are_not_empty_and_neighbours_differ(before: str, after: str) -> None:
    runs = diff(before, after)
    assert all(run.text for run in runs)
    assert all(one.kind is not two.kind for one, two in pairwise(runs))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself_however_it_is_wrapped(text: str) -> None:
    assert {run.kind for run in diff("\n".join(text.split()), " ".join(text.split()))} <= {RunKind.EQUAL}
