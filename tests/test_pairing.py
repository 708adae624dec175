"""Which segments correspond is a value: what was asked before, and in which order, makes no difference."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transtool.document import Document, parse
from transtool.segments import split
from transtool.staleness.page_store import Past
from transtool.staleness.pages import Page, diff_pages
from transtool.staleness.pairing import Pairing, joined_wording, pair_pages
from transtool.staleness.since_version import SinceVersion

TEA = "# Tea\n\nBoil 2 litres of water.\n\nPut in the leaves.\n\nWait for 4 minutes.\n"
TE = "# Té\n\nHierva 2 litros de agua.\n\nPonga las hojas.\n\nEspere 4 minutos.\n"
TE_MORE = TE + "\nBébalo caliente, con amigos.\n"


def page(text: str) -> Page:
    document = parse("tea.md", b"\n" + text.encode())  # whatever the text begins with is no front matter
    assert isinstance(document, Document)
    return Page("", document, split(document, ()))


@pytest.fixture
def pairing() -> Pairing:
    return pair_pages(page(TEA + "\n## Then\n"), page(TE_MORE))


def test_segments_correspond_in_order(pairing: Pairing) -> None:
    assert [pairing.targets(at) for at in range(5)] == [(0,), (1,), (2,), (3,), ()]
    assert pairing.translated(1) == "Hierva 2 litros de agua."
    assert pairing.unaligned == {4}


def test_adopting_a_counterpart_gives_another_pairing(pairing: Pairing) -> None:
    adopted = pairing.adopting(4, (4,))

    assert (adopted.targets(4), adopted.unaligned) == ((4,), frozenset())
    assert (pairing.targets(4), pairing.unaligned) == ((), {4}), "the first one is what it was"


def test_what_was_asked_before_adopting_makes_no_difference() -> None:
    asked, unasked = (pair_pages(page(TEA + "\n## Then\n"), page(TE_MORE)) for _ in range(2))
    assert (asked.unaligned, asked.lengths) == ({4}, asked.lengths)

    assert asked.adopting(4, (4,)).unaligned == unasked.adopting(4, (4,)).unaligned
    assert asked.adopting(4, (4,)).lengths == unasked.adopting(4, (4,)).lengths


@pytest.mark.parametrize(
    ("source", "translation", "expected"),
    [(TEA, TE, False), (TEA + "\n## Then\n", TE, True), (TEA, TE_MORE, True), (TEA + "\n---\n", TE, False)],
    ids=["all pair", "prose of the source is alone", "prose of the translation is alone", "only a break is alone"],
)
def test_a_pairing_has_gaps_where_prose_is_alone(source: str, translation: str, expected: bool) -> None:
    assert pair_pages(page(source), page(translation)).has_gaps is expected


def test_known_pairs_decide_where_the_pages_leave_a_choice() -> None:
    source, translation = page("Drink it hot now.\n\nDrink it cold now.\n"), page("Bébalo bien caliente.\n")

    found = [pair_pages(source, translation, known=[(at, 0)]).targets(at) for at in (0, 1)]

    assert found == [(0,), (0,)]


def test_a_store_aligns_two_pages_once() -> None:
    past, source, translation = Past(None, lambda name: None), page(TEA), page(TE)

    assert past.pairing(source, translation) is past.pairing(source, translation)
    assert past.pairing(source, page(TE)) is not past.pairing(source, translation)
    assert past.anew().pairing(source, translation) is not past.pairing(source, translation)


BLOCKS = st.lists(
    st.sampled_from(
        [
            "# Tea",
            "Boil the water.",
            "Boil all the water now.",
            "Wait.",
            "- one",
            "- two",
            "```\nx\n```",
            "x",
            "*x*",
            "---",
        ]
    ),
    max_size=9,
).map("\n\n".join)


@settings(deadline=None)
@given(BLOCKS, BLOCKS)
def test_what_is_sure_without_a_diff_is_what_a_diff_says(one: str, other: str) -> None:
    old, new = page(one), page(other)
    diff = diff_pages(old, new)

    for at in range(len(new.segments)):
        place = old.sure_place(new, at)
        assert diff.became[at].same or not old.has_surely(new, at)
        assert place is None or diff.became[at].old == (place,)
        if place is not None and old.keeps_around(new, place):
            assert not {place - 1, place, place + 1} & diff.removed


@settings(deadline=None)
@given(BLOCKS, BLOCKS, BLOCKS)
def test_what_is_untouched_says_what_it_said(source: str, one: str, other: str) -> None:
    past, now, old, new = Past(None, lambda _: None), page(source), page(one), page(other)
    pairing = past.pairing(now, new)
    since = SinceVersion(pairing, past.diff(now, now), old, past)

    for at, targets in pairing.counterparts.items():
        if since._is_untouched(targets):
            then, present = since._translation_edit(targets, (at,))
            assert then == present == joined_wording(new.segments[target] for target in sorted(targets))
