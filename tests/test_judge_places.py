"""What is not stale: paragraphs that a translator joined or split, that moved, or that a small edit followed."""

from pathlib import Path

import pytest

from tests.repositories import Repository
from tests.test_judge import EN, SOURCE, TARGET, Site, edited, told
from transtool.model import Status
from transtool.staleness.verdict import Verdict

SIEVE = "Wait for four minutes, then pour the tea through a sieve. Nobody likes leaves between the teeth."
COLADOR = "Espere cuatro minutos y sirva el té con un colador. A nadie le gustan las hojas entre los dientes."
SHORT = "Sit down with your guests now."
CORTO = "Siéntese ya con sus invitados."
CAKE = "Bake a cake with 250 grams of flour on the day before, and cut it while the water boils in the kettle."


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(Repository(tmp_path))


def test_a_paragraph_that_a_new_translation_joined_to_another_is_not_lacking(site: Site) -> None:
    site.commit(SOURCE)
    site.commit(edited(SOURCE, SIEVE, f"{SIEVE}\n\n{SHORT}"))
    site.commit(target=edited(TARGET, COLADOR, f"{COLADOR} {CORTO}"))

    assert site.judge().status is Status.CURRENT


def test_a_paragraph_that_a_new_translation_does_not_have_tells_an_older_source(site: Site) -> None:
    site.commit(SOURCE)
    site.commit(f"{SOURCE}\n{CAKE}\n")
    site.commit(target=TARGET)

    assert told(site.judge()) == [("added", "paragraph", 21, None)]


def test_what_a_translation_was_made_from_is_told(site: Site) -> None:
    site.commit(SOURCE)
    site.commit(f"{SOURCE}\n{CAKE}\n")
    site.commit(target=TARGET)
    site.commit(f"{SOURCE}\n{CAKE}\n\n{SHORT}\n")

    baseline = site.judge().baseline

    assert baseline is not None
    assert baseline.document.text == SOURCE


def test_half_of_a_split_paragraph_is_not_what_the_source_removed(site: Site) -> None:
    site.commit(edited(SOURCE, SIEVE, f"{CAKE}\n\n{SIEVE}"))
    site.commit(SOURCE)
    site.commit(target=edited(TARGET, COLADOR, COLADOR.replace(". A nadie", ".\n\nA nadie")))

    assert site.judge().status is Status.CURRENT


def test_what_the_source_removed_before_a_translation_was_new_is_removed_where_it_has_it(site: Site) -> None:
    pastel = "Haga un pastel con 250 gramos de harina el día anterior y córtelo mientras hierve el agua."
    site.commit(edited(SOURCE, SIEVE, f"{CAKE}\n\n{SIEVE}"))
    site.commit(SOURCE)
    site.commit(target=edited(TARGET, COLADOR, f"{pastel}\n\n{COLADOR}"))

    assert told(site.judge()) == [("removed", "paragraph", None, 17)]


def test_two_paragraphs_of_one_commit_that_its_translation_joined_are_in_step(site: Site) -> None:
    site.commit(SOURCE)
    site.commit(target=TARGET)
    pot = "Put the pot on the table, and a small jug of milk beside it, and do not forget the sugar."
    jarra = "Ponga la jarra en la mesa, una jarrita de leche a su lado, y no olvide el azúcar."
    site.commit(
        edited(SOURCE, SIEVE, f"{SIEVE}\n\n## At the table\n\n{SHORT}\n\n{pot}"),
        edited(TARGET, COLADOR, f"{COLADOR}\n\n## En la mesa\n\n{CORTO} {jarra}"),
    )

    assert site.judge().status is Status.CURRENT


def test_a_paragraph_split_after_a_word_of_it_was_caught_up_is_in_step(site: Site) -> None:
    site.commit(SOURCE)
    site.commit(target=TARGET)
    later = edited(SOURCE, "through a sieve", "through a cloth")
    site.commit(later)
    site.commit(target=edited(TARGET, "con un colador", "con un paño"))
    site.commit(edited(later, "cloth. Nobody", "cloth.\n\nNobody"))

    assert site.judge().status is Status.CURRENT


def test_a_section_that_changed_places_after_its_paragraphs_were_caught_up_is_in_step(site: Site) -> None:
    parts = [
        "## 7 cups\n\n![](/cups.jpg)\n\nRinse them in the morning.\n\n![](/shelf.jpg)\n\nThey stand in 3 rows.\n",
        "## Spoons\n\nThe big one is for the leaves. The small ones lie beside the cups, with `sugar.txt`.\n",
        "## The cat\n\nShe sleeps beside the stove from 9 to 12. Let her, and [close the door](https://cat.example/).\n",
    ]
    partes = [
        "## 7 tazas\n\n![](/cups.jpg)\n\nEnjuáguelas por la mañana.\n\n![](/shelf.jpg)\n\nEstán en 3 filas.\n",
        "## Cucharas\n\nLa grande es para las hojas. Las pequeñas están junto a las tazas, con `sugar.txt`.\n",
        "## La gata\n\nDuerme junto a la estufa de 9 a 12. Déjela y [cierre la puerta](https://cat.example/).\n",
    ]
    old, viejo = parts[0].replace("in the morning", "every evening"), partes[0].replace("por la mañana", "cada noche")
    site.commit("\n".join((SOURCE, old, *parts[1:])), "\n".join((TARGET, viejo, *partes[1:])))
    site.commit("\n".join((SOURCE, *parts)))
    site.commit(target="\n".join((TARGET, *partes)))
    site.commit("\n".join((SOURCE, *parts[1:], parts[0])))

    assert site.judge().status is Status.CURRENT


def test_a_first_half_that_stands_by_itself_followed_where_the_second_was_joined_to_what_comes_next(site: Site) -> None:
    boil, spring = "Boil water.", "Boil fresh water."
    rest = "Warm the [brown pot](https://pots.example/brown) with 20 drops of it, and with `kettle.txt`."
    table = "There is [a table](https://pots.example/table) for 12 guests; ask for `table.txt` at the door."
    site.commit(f"{SOURCE}\n## Pots\n\n{boil} {rest}\n\n{table}\n")
    resto = "Caliente la [jarra marrón](https://pots.example/brown) con 20 gotas de ella, y con `kettle.txt`."
    mesa = "Hay [una mesa](https://pots.example/table) para 12 invitados; pida `table.txt` en la puerta."
    site.commit(target=f"{TARGET}\n## Jarras\n\nHierva agua.\n\n{resto} {mesa}\n")
    site.commit(f"{SOURCE}\n## Pots\n\n{spring} {rest}\n\n{table}\n")
    site.commit(target=f"{TARGET}\n## Jarras\n\nHierva agua fresca.\n\n{resto} {mesa}\n")

    assert site.judge().status is Status.CURRENT


def test_a_new_cell_is_lacking_although_another_one_says_the_same(site: Site) -> None:
    head, seats = "\n| Runa | red |\n| --- | --- |\n| Boreas | blue |\n", "\n## Seats\n\n| Alba | 4 |\n| --- | --- |\n"
    cabeza, sillas = head.replace("red", "roja").replace("blue", "azul"), seats.replace("Seats", "Sillas")
    site.commit(SOURCE + head + seats, TARGET + cabeza + sillas)
    site.commit(f"{SOURCE}{head}| Alba | plain |\n{seats}")
    site.commit(target=TARGET.replace("una tetera", "la tetera") + cabeza + sillas)

    assert told(site.judge()) == [("added", "cell", 24, None), ("added", "cell", 24, None)]


def test_a_row_that_came_to_both_sides_is_known_where_only_the_source_has_another_one(site: Site) -> None:
    rows = [
        "| The red cup | Our guest |\n| --- | --- |\n",
        "| Every tower | A new door |\n",
        "| This lamp | That shop |\n",
    ]
    filas = ["| La taza roja | La invitada |\n| --- | --- |\n", "| La torre | Una puerta |\n"]
    site.commit(f"{SOURCE}\n{rows[0]}", f"{TARGET}\n{filas[0]}")
    site.commit(f"{SOURCE}\n{''.join(rows[:2])}", f"{TARGET}\n{''.join(filas)}")
    site.commit(f"{SOURCE}\n{rows[0]}{rows[2]}{rows[1]}")

    assert told(site.judge()) == [("added", "cell", 23, None), ("added", "cell", 23, None)]


def test_an_item_that_the_source_removed_is_told_although_another_one_says_the_same(site: Site) -> None:
    seats, sillas = (
        "\n## Seats\n\nWith a cup\n\n```sh\n# 1\n```\n\n",
        "\n## Sillas\n\nCon su taza\n\n```sh\n# 1\n```\n\n",
    )
    filas = "- Alba está aquí\n- Con una taza\n- Junto a la puerta\n"
    site.commit(f"{SOURCE}{seats}- Alba is here\n- With a cup\n- By the door\n", f"{TARGET}{sillas}{filas}")
    site.commit(f"{SOURCE}{seats}- Alba is here\n- By the door\n")
    site.commit(target=f"{TARGET}{sillas}{filas.replace('aquí', 'allí')}")

    assert told(site.judge()) == [("removed", "item", None, 30)]


def test_what_stands_where_a_section_was_replaced_still_translates_what_was_there(site: Site) -> None:
    night = "## At night\n\nClose all windows, feed the cat and the birds, and put a chair before the door to the yard."
    lamp = "Then turn off the lamp."
    site.commit(SOURCE, TARGET)
    site.commit(edited(SOURCE, SIEVE, f"{night}\n\n{lamp}"))

    assert told(site.judge()) == [
        ("added", "heading", 17, None),
        ("added", "paragraph", 19, None),
        ("added", "paragraph", 21, None),
        ("removed", "paragraph", None, 17),
    ]


OLD_POT = (
    "Warm the pot with a little of it.",
    "Put in one spoon of leaves for each cup",
    "pour the tea through a sieve",
)
NEW_POT = (
    "Warm the pot with hot milk.",
    "Put in two heaps of herbs for each cup",
    "pour the tea through a fine cloth.",
)
FOLLOWED = {
    "Caliente la jarra con un poco de ella.": "Caliente la jarra con leche.",
    "Ponga una cucharada de hojas por taza": "Ponga dos montones de hierbas por taza",
    "sirva el té con un colador.": "sirva el té con un paño fino.",
}


def of_three_changes(site: Site, *followed: int, newest: str) -> Verdict:
    """Change three paragraphs of the source and `newest` with them, and let a translator follow some of the three."""
    site.commit(SOURCE, TARGET)
    text = SOURCE.replace("where you want to know why", newest)
    for old, new in zip(OLD_POT, NEW_POT, strict=True):
        text = edited(text, old, new)
    site.commit(text)
    target = TARGET
    for old in (each for at, each in enumerate(FOLLOWED) if at in followed):
        target = edited(target, old, FOLLOWED[old])
    site.commit(target=target)
    return site.judge()


def test_a_small_edit_that_was_left_alone_while_the_rest_was_followed_makes_nothing_stale(site: Site) -> None:
    verdict = of_three_changes(site, 0, 1, 2, newest="where you ask yourself why")

    assert verdict.status is Status.CURRENT
    assert [(each.line, each.left_alone) for each in verdict.corrections] == [(19, True)]


def test_where_most_was_not_followed_nothing_was_left_alone_on_purpose(site: Site) -> None:
    verdict = of_three_changes(site, 0, newest="where you ask yourself why")

    assert [line for *_, line in told(verdict)] == [9, 17, 19]


def test_an_edit_of_numbers_was_forgotten_not_left_alone(site: Site) -> None:
    verdict = of_three_changes(site, 0, 1, 2, newest="in 24 hours from now")

    assert [line for *_, line in told(verdict)] == [19]


def test_what_changed_after_the_rest_was_followed_was_not_left_alone(site: Site) -> None:
    of_three_changes(site, 0, 1, 2, newest="where you want to know why")
    source = (site.repository.root / EN).read_text(encoding="utf-8")
    site.commit(edited(source, "where you want to know why", "where you ask yourself why"))

    assert [line for *_, line in told(site.judge())] == [19]
