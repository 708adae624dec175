"""How much was edited, and whether an edit of a translation followed one of its source."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transtool.align.literals import numbers_differ, version_by_literals, version_by_missing_numbers
from transtool.staleness.followed import NO_BACKGROUND, BackgroundEdits, background_edits, followed, is_misspelling
from transtool.text.edit_size import bare, edit_size

SOURCE = "Boil the water. Warm the pot. Put in the leaves. Wait a while. Pour the tea. Drink it hot."
TARGET = "Hierva el agua. Caliente la jarra. Ponga las hojas. Espere un poco. Sirva el té. Bébalo caliente."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boil it, then wait.", "Boil it - then wait!"),
        ("Don't wait", "Don’t wait"),
        ("a late-night tea", "a late night tea"),
        ("Made on Github", "made on GitHub"),
        ("You did it!", "You did it! 🎉"),
        ("茶を、飲む。", "茶を飲む"),
        ("¿Té?", "Té"),
    ],
)
def test_punctuation_capitals_and_pictographs_say_nothing(one: str, other: str) -> None:
    assert bare(one).replace(" ", "") == bare(other).replace(" ", "")


@pytest.mark.parametrize(
    ("before", "after", "words", "characters"),
    [
        ("recieve the guests", "receive the guests", 1, 2),
        ("two cups", "three cups", 1, 4),
        ("wait", "wait for four minutes", 3, 16),
        ("wait for four minutes", "wait", 3, 16),
        ("version 5.0", "version 5.1", 1, 1),
        ("喝热茶", "喝凉茶", 1, 1),
        ("the same", "the  same.", 0, 0),
    ],
)
def test_an_amount_counts_words_and_letters(before: str, after: str, words: int, characters: int) -> None:
    assert edit_size(before, after) == (words, characters)


@given(st.text(max_size=60), st.text(max_size=60))
def test_amounts_are_alike_both_ways_and_nothing_for_the_same(before: str, after: str) -> None:
    there, back = edit_size(before, after), edit_size(after, before)

    assert edit_size(before, before) == (0, 0)
    assert (there.words == 0) == (back.words == 0)
    assert min(there) >= 0


@given(st.text(max_size=60))
@example("İ")
def test_what_is_bare_stays_bare(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("una cuchrada de té", "una cucharada de té", True),
        ("una cucharada de té", "una taza de té", False),
        ("10 tazas", "51 tazas", False),
        ("una dos", "uno dos tres", False),
        ("喝热茶", "喝凉茶", False),
        ("tome té", "tomar té", False),
        ("la casa", "la copa", False),
        ("喝热热茶", "喝热茶", True),
        ("喝茶热", "喝热茶", True),
        ("喝热茶", "不喝热茶", False),
        ("喝热茶", "喝茶", False),
    ],
)
def test_a_misspelling_is_a_letter_or_two_of_one_word(old: str, new: str, expected: bool) -> None:
    assert is_misspelling(old, new) is expected


def edit(text: str, *pairs: str) -> tuple[str, str]:
    new = text
    for pair in pairs:
        old, replacement = pair.split("/")
        assert old in new
        new = new.replace(old, replacement)
    return text, new


@pytest.mark.parametrize(
    ("name", "source", "target", "expected"),
    [
        (
            "the same sentence",
            edit(SOURCE, "the leaves/the fresh leaves"),
            edit(TARGET, "las hojas/las hojas frescas"),
            True,
        ),
        ("a misspelling", edit(SOURCE, "the leaves/the fresh leaves"), edit(TARGET, "hojas/ojas"), False),
        ("nothing", edit(SOURCE, "the leaves/the fresh leaves"), edit(TARGET, "agua./agua!"), False),
        (
            "too little",
            edit(SOURCE, "Put in the leaves/Put in as many spoons of fresh leaves as there are guests at the table"),
            edit(TARGET, "Ponga/Añada"),
            False,
        ),
        ("a number", edit(SOURCE, "a while/4 minutes"), edit(TARGET, "un poco/4 minutos"), True),
        ("a number in Arabic digits", edit(SOURCE, "a while/4 minutes"), ("انتظر قليلا.", "انتظر ٤ دقائق."), True),
        (
            "another number in Arabic digits",
            edit(SOURCE, "a while/4 minutes"),
            ("انتظر قليلا.", "انتظر ٥ دقائق."),
            False,
        ),
        ("another number", edit(SOURCE, "a while/4 minutes"), edit(TARGET, "un poco/un rato"), False),
        (
            "a name that went",
            ("Ask Boreas twice.", "Ask twice."),
            ("Pregunte dos veces a Boreas.", "Pregunte dos veces."),
            True,
        ),
        (
            "a name that stayed",
            ("Ask Boreas twice.", "Ask twice."),
            ("Llame a Boreas.", "Hable a Boreas."),
            False,
        ),
        ("one sign for one word", ("Drink hot tea.", "Drink no hot tea."), ("喝热茶。", "不喝热茶。"), True),
        (
            "one sign for many words",
            ("Drink tea.", "Drink tea while it is so hot that it hurts your tongue."),
            ("请你坐下来慢慢喝热茶。", "请你坐下来慢慢喝了热茶。"),
            False,
        ),
        (
            "a number behind a name",
            ("Ask Jorun 10 times.", "Ask Jorun 34 times."),
            ("问Jorun10次。", "问Jorun34次。"),
            True,
        ),
        (
            "the other end of a long sentence",
            (
                "Sit down. The old man who lives behind the mill with his dog and cats has never liked our tea.",
                "Sit down. The young man who lives behind the mill with his dog and cats has never liked our tea.",
            ),
            (
                "Siéntese. Nunca le ha gustado nuestro té al que vive detrás del molino con su perro, gatos y años.",
                "Siéntese. Nunca le ha gustado nuestro té al que vive detrás del molino con su perro, gatos y brío.",
            ),
            True,
        ),
        ("a slip for a slip", edit(SOURCE, "leaves/leavs"), edit(TARGET, "hojas/ojas"), True),
        ("a short word", edit(SOURCE, "Put in/Throw in"), edit(TARGET, "las hojas/tus hojas"), True),
        ("a slip of the source", edit(SOURCE, "leaves/leafs"), edit(TARGET, "Sirva/Vierta", "agua/agua fresca"), True),
    ],
)
def test_an_edit_follows_another_where_size_place_and_names_say_so(
    name: str, source: tuple[str, str], target: tuple[str, str], expected: bool
) -> None:
    assert followed(source, target) is expected, name


def test_what_is_touched_like_all_around_it_was_not_followed() -> None:
    source, target = edit(SOURCE, "the leaves/the fresh leaves"), edit(TARGET, "las hojas/las hojas frescas")

    assert followed(source, target)
    assert not followed(source, target, background=lambda: BackgroundEdits(share=0.6, extent=0.1))
    assert followed(source, target, background=lambda: BackgroundEdits(share=0.6, extent=0.01))
    assert followed(source, target, background=lambda: BackgroundEdits(share=0.9, extent=0.8)), "translated anew"


def test_touches_are_counted_where_there_are_enough_of_them() -> None:
    same, other = ("a b c d", "a b c d"), ("a b c d", "a b c x")

    assert background_edits([other] * 4) == NO_BACKGROUND
    assert background_edits([same] * 6) == NO_BACKGROUND
    assert background_edits([same] * 3 + [other] * 3) == BackgroundEdits(share=0.5, extent=0.25)


def test_what_else_was_touched_is_asked_only_where_it_can_decide() -> None:
    def unasked() -> BackgroundEdits:
        raise AssertionError

    assert followed(edit(SOURCE, "a while/4 minutes"), edit(TARGET, "un poco/4 minutos"), background=unasked)
    assert not followed(edit(SOURCE, "the leaves/the fresh leaves"), edit(TARGET, "hojas/ojas"), background=unasked)


@pytest.mark.parametrize(
    ("then", "now", "present", "expected"),
    [
        ('Click "Graphs".', 'Click "Insights".', 'Haga clic en "Insights".', 1),
        ('Click "Graphs".', 'Click "Insights".', 'Haga clic en "Graphs".', -1),
        ('Click "Graphs".', 'Click "Insights".', "Haga clic allí.", 0),
        ("Close the bug.", "Close the issue.", "Закройте issue.", 1),
        ("Close the bug.", "Close the issue.", "Cierre el issue.", 0),
        ("Wait 4 minutes.", "Wait 5 minutes.", "Espere 5 minutos.", 1),
        ("Wait 4 minutes.", "Wait 5 minutes.", "৫ মিনিট অপেক্ষা করুন।", 1),
        ("Wait 4 minutes.", "Wait 5 minutes.", "४ मिनट रुकें।", -1),
        ("Run `wait` 4 times.", "Run `wait` 5 times.", "运行wait5次。", 1),
        ("Open the jar with tea.toml.", "Open the tin with tea.toml.", "用tea.toml打开tin。", 1),
    ],
)
def test_names_numbers_and_foreign_letters_tell_which_source_was_translated(
    then: str, now: str, present: str, expected: int
) -> None:
    assert version_by_literals(then, now, present) == expected


@pytest.mark.parametrize(
    ("then", "now", "present", "expected"),
    [
        ("Wait.", "Wait 4 minutes.", "Espere.", -1),
        ("Wait 4 minutes.", "Wait.", "Espere.", 1),
        ("Wait 4 minutes.", "Wait 5 minutes.", "Espere cinco minutos.", 0),
        ("Wait 4 minutes.", "Sit 4 minutes.", "Espere.", 0),
    ],
)
def test_numbers_that_are_lacking_tell_which_source_was_translated(
    then: str, now: str, present: str, expected: int
) -> None:
    assert version_by_missing_numbers(then, now, present) == expected


@pytest.mark.parametrize(
    ("source", "present", "expected"),
    [("Wait 4 minutes.", "Espere 4 minutos.", False), ("Wait 4 minutes.", "Espere.", True), ("Wait.", "等4分钟", True)],
)
def test_texts_with_other_numbers_are_no_translations(source: str, present: str, expected: bool) -> None:
    assert numbers_differ(source, present) is expected


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_judged(a: str, b: str, c: str, d: str) -> None:
    assert followed((a, b), (c, d)) in (True, False)
