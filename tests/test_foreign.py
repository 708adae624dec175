"""Text in the source's language that is not the source's text of today."""

from transtool.assess.across import sample
from transtool.assess.function_words import FunctionWords, function_words, is_foreign
from transtool.assess.judgement import Suspect
from transtool.assess.rules.foreign import suspects
from transtool.assess.rules.untranslated import overlap
from transtool.segments import split_body

SOURCE = """
The valve of this radio is warm, and you can touch it with your hand if you are careful.

You should not open the case while it is on the bench, because the coil holds a charge.
"""
SPANISH = """
La válvula de esta radio está tibia y se puede tocar con la mano si uno tiene cuidado.

No abra la caja mientras esté en el banco, porque la bobina guarda carga.
"""
WORDS = FunctionWords(
    frozenset(
        [
            "the",
            "of",
            "this",
            "is",
            "and",
            "you",
            "can",
            "it",
            "with",
            "your",
            "if",
            "are",
            "should",
            "not",
            "while",
            "on",
            "because",
            "a",
            "to",
            "any",
        ]
    ),
    frozenset(["the", "of", "this", "is", "and", "you", "it", "not", "to"]),
)


def found(translation: str) -> list[Suspect]:
    source, page = split_body(SOURCE), split_body(translation)
    alike = overlap(source, page, frozenset()).segments
    return [each for each in suspects(source, page, alike) if is_foreign(each, WORDS)]


def test_a_translation_has_none() -> None:
    assert found(SPANISH) == []


def test_an_older_paragraph_of_the_source_is_found_with_its_line() -> None:
    old = "You can touch the case of this radio, and it is not warm if you are on the bench with it."

    assert [(each.line, each.end_line) for each in found(f"{SPANISH}\n{old}\n")] == [(6, 6)]


def test_what_a_machine_answered_is_found() -> None:
    assert len(found(f"{SPANISH}\nYou did not provide any of the text to translate, and it is not the case.\n")) == 1


def test_todays_text_of_the_source_is_another_rules_business() -> None:
    assert found(SPANISH + SOURCE) == []


def test_a_button_and_a_title_are_cited() -> None:
    assert (
        found(f"{SPANISH}\nPulse **Open the case of this radio and touch it** con cuidado en el banco ahora.\n") == []
    )
    assert found(f"{SPANISH}\nLea “You can touch the valve if you are not on the case” en el banco ahora.\n") == []


def test_a_language_that_has_the_same_words_is_not_suspected() -> None:
    pidgin = "\n\n".join(
        f"You fit touch the valve of this radio if you no dey for the bench {at} times." for at in "abcd"
    )

    assert found(pidgin) == []


def test_another_script_is_another_language() -> None:
    assert found(f"{SPANISH}\n`the case of this` is and you 収音機の弁は温かいので、気をつけて触ってください。\n") == []


def test_function_words_are_short_and_in_most_pages() -> None:
    pages = [
        f"{SOURCE} transformer {word} " + " ".join(f"filler{at}x" for at in range(1)) for word in ("ab", "cd", "ef")
    ]
    padded = [
        page + " ".join(["alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi"] * 2)
        for page in pages
    ]
    learnt = function_words(padded)

    assert {"the", "you", "because"} <= learnt.words
    assert "transformer" not in learnt.words
    assert "ab" not in learnt.words
    assert len(learnt.core) == 25


def test_too_few_pages_teach_nothing() -> None:
    assert function_words([SOURCE, SOURCE]) == FunctionWords()
    assert not is_foreign(Suspect(1, 1, ("the", "you", "it")), FunctionWords())


def test_a_sample_is_drawn_evenly() -> None:
    assert list(sample(["a"])) == ["a"]
    assert len(sample([str(at) for at in range(1000)])) == 60
    assert sample([str(at) for at in range(1000)])[1] == "16"
