"""Alignment of two languages, and what became of segments from one version to the next."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.markdown_texts import markdown
from transtool.align import Bead, PreparedPage, Step, carried_over, is_of_whole
from transtool.align import align as align_sides
from transtool.align import diff as diff_sides
from transtool.align.scoring import Scorer
from transtool.document import Document, parse
from transtool.segments import Segment, split, split_body
from transtool.text.similarity import SHORT, similarity

WORDS = "amber basin cedar delta ember fjord grove hazel inlet jetty kayak lagoon maple nectar orbit plaza quartz ridge"


def text(seed: object, count: int = 14) -> str:
    rng = random.Random(str(seed))
    return " ".join(rng.choice(WORDS.split()) for _ in range(count)).capitalize() + "."


def foreign(said: str, stretch: float = 1.2) -> str:
    """Something as long as a translation of `said` may be, that shares nothing with it."""
    rng = random.Random(said)
    return " ".join("".join(rng.choices("bdgklmnprst", k=max(1, round(len(word) * stretch)))) for word in said.split())


def align(
    source: Sequence[Segment],
    target: Sequence[Segment],
    known: Iterable[tuple[int, int]] = (),
    *,
    complete: bool = False,
) -> tuple[Bead, ...]:
    return align_sides(PreparedPage(source), PreparedPage(target), known, complete=complete)


def diff(old: Sequence[Segment], new: Sequence[Segment]) -> tuple[Step, ...]:
    return diff_sides(PreparedPage(old), PreparedPage(new))


def body(*blocks: str) -> tuple[Segment, ...]:
    return split_body("\n\n".join(blocks) + "\n")


def pairs(source: tuple[Segment, ...], target: tuple[Segment, ...], beads: tuple[Bead, ...]) -> list[tuple[str, str]]:
    return [
        ("+".join(source[i].text for i in bead.source), "+".join(target[j].text for j in bead.target)) for bead in beads
    ]


A, B, C, D, E = (text(letter, size) for letter, size in zip("abcde", (14, 30, 9, 20, 25), strict=True))
a, b, c, d, e = map(foreign, (A, B, C, D, E))
MIRRORED = [
    (A, a), (B, b), (C, c), (E, e), (A, A), (f"# {C}", f"# {c}"), (f"30 {A}", f"30 {a}"), (f"40 {A}", f"40 {a}"),
    (f"[x](/en/b/) {A}", f"[y](/es/b/) {a}"), ("`run` x", "`run` y"), ("```\nrun\n```", "```\nrun\n```"),
    ("```\nrun\n```", "```\ncorre\n```"),
]  # fmt: skip
b_first, b_second = " ".join(b.split()[:14]), " ".join(b.split()[14:])


ALIGNED = {
    "equal structure": ((f"# {C}", A, B), (f"# {c}", a, b), [(C, c), (A, a), (B, b)]),
    "a paragraph more in the source": ((A, B, C), (a, c), [(A, a), (B, ""), (C, c)]),
    "a paragraph more in the translation": ((A, C), (a, b, c), [(A, a), ("", b), (C, c)]),
    "a paragraph split by the translator": (
        (A, D, B, E, C),
        (a, d, b_first, b_second, e, c),
        [(A, a), (D, d), (B, f"{b_first}+{b_second}"), (E, e), (C, c)],
    ),
    "two paragraphs joined by the translator": (
        (A, D, E, C),
        (a, f"{d} {e}", c),
        [(A, a), (f"{D}+{E}", f"{d} {e}"), (C, c)],
    ),
    "numbers that stand nowhere else": (
        (f"{A} 1984", f"{A} 2001", f"{A} 77"),
        (f"{a} 2001", f"{a} 77"),
        [(f"{A} 1984", ""), (f"{A} 2001", f"{a} 2001"), (f"{A} 77", f"{a} 77")],
    ),
    "code, targets and names": (
        (f"{C} `go up`", f"{C} [x](/y)", f"{C} Xanadu"),
        (f"{c} `go up`", f"{c} Xanadu"),
        [(f"{C} `go up`", f"{c} `go up`"), (f"{C} [x](/y)", ""), (f"{C} Xanadu", f"{c} Xanadu")],
    ),
    "numbers in other digits": (
        (f"{C} 12", f"{C} 34"),
        (f"{c} \u0663\u0664",),
        [(f"{C} 12", ""), (f"{C} 34", f"{c} \u0663\u0664")],
    ),
    "a section more in the source": (
        ("# " + A, B, "# " + C, D, "# " + E, A),
        ("# " + a, b, "# " + e, a),
        [(A, a), (B, b), (C, ""), (D, ""), (E, e), (A, a)],
    ),
    "whole subtrees of headings": (
        ("# K", "## " + A, B, "# L", "## " + C, D, "# M", "## " + E, A),
        ("# " + foreign("K"), "## " + a, b, "# " + foreign("M"), "## " + e, a),
        [("K", foreign("K")), (A, a), (B, b), ("L", ""), (C, ""), (D, ""), ("M", foreign("M")), (E, e), (A, a)],
    ),
    "a heading of another level": (
        ("# K", A, "# L", B, "# M", D),
        ("# " + foreign("K"), a, "## " + foreign("L"), b, "# " + foreign("M"), d),
        [("K", foreign("K")), (A, a), ("L", foreign("L")), (B, b), ("M", foreign("M")), (D, d)],
    ),
    "text left in the source's language, moved": (
        ("# Karlo", A, "# Lulu", B),
        ("# Karlo", B, "# Lulu", a),
        [("Karlo", "Karlo"), (A, ""), ("Lulu", "Lulu"), ("", a), (B, B)],
    ),
    "nothing at all": ((), (), []),
    "an empty translation": ((A,), (), [(A, "")]),
}


@pytest.mark.parametrize(("source", "target", "expected"), ALIGNED.values(), ids=ALIGNED)
def test_segments_belong_together(
    source: tuple[str, ...], target: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    """By kind, length, anchors and headings."""
    ours, theirs = body(*source), body(*target)

    assert sorted(pairs(ours, theirs, align(ours, theirs))) == sorted(expected)


def test_fields_belong_together_by_name() -> None:
    """Whatever they say, and in whatever order they are."""
    ours, theirs = (
        parse("a.md", data) for data in (b"---\ntitle: A\nnote: B\n---\n", b"---\nmore: y\ntitle: x\n---\n")
    )
    assert isinstance(ours, Document)
    assert isinstance(theirs, Document)
    source, target = split(ours, ["title", "note"]), split(theirs, ["more", "title"])

    assert sorted(pairs(source, target, align(source, target))) == [("", "y"), ("A", "x"), ("B", "")]


def test_code_and_html_are_anchors() -> None:
    """Opaque segments are in beads, too."""
    ours = body(A, "```\nrun\n```", A)
    theirs = body("```\nrun\n```", a)

    assert pairs(ours, theirs, align(ours, theirs)) == [(A, ""), ("```\nrun\n```", "```\nrun\n```"), (A, a)]


def test_known_pairs_decide_where_nothing_else_does() -> None:
    """Three short items, two short translations: only an older version tells which is new."""
    ours, theirs = body("- Sand\n- Salt\n- Silt"), body("- mnop\n- qrst")

    for known, expected in (
        ([(0, 0), (1, 1)], [("Sand", "mnop"), ("Salt", "qrst"), ("Silt", "")]),
        ([(1, 0), (2, 1)], [("Sand", ""), ("Salt", "mnop"), ("Silt", "qrst")]),
    ):
        assert pairs(ours, theirs, align(ours, theirs, known)) == expected


def test_in_a_complete_translation_nothing_is_missing() -> None:
    """A short paragraph was joined with its neighbour rather than left out."""
    ours, theirs = body(A, E, C, B), body(a, f"{e} {c}", b)

    assert ("+".join((E, C)), f"{e} {c}") in pairs(ours, theirs, align(ours, theirs, complete=True))
    assert (C, "") in pairs(ours, theirs, align(ours, theirs))


def test_links_are_carried_over_to_new_versions() -> None:
    """A split paragraph carries its bead to both parts, a removed one to nothing."""
    beads = (Bead((0,), (0,), 1.0), Bead((1,), (1,), 1.0), Bead((2,), (), 0.0))
    ours = (Step((0,), (0, 1), True), Step((1,), (), False), Step((2,), (2,), True))
    theirs = (Step((0,), (1,), True), Step((1,), (0,), True))

    assert carried_over(beads, ours, theirs) == ((0, 1), (1, 1))


def test_a_long_page_aligns_in_time_that_grows_with_its_length() -> None:
    """3,000 paragraphs without a heading, some of them only on one side; the suite's timeout is the judge."""
    source = [f"{text(number, 8 + number % 23)} {number % 7}" for number in range(3_000)]
    target = [foreign(said) for number, said in enumerate(source) if number % 97]
    ours, theirs = body(*source), body(*target)

    beads = align(ours, theirs)

    right = sum(
        len(each.source) == 1 and foreign(ours[each.source[0]].text) in (theirs[j].text for j in each.target)
        for each in beads
    )
    assert right > 2_800


STEPS = {
    "nothing changed": ((A, B), (A, B), []),
    "only layout changed": ((A, B), (f"*{A[:5]}*{A[5:]}", B.replace(" ", "\n", 1)), []),
    "an edited paragraph": ((A, B, C), (A, B + " More.", C), ["edited"]),
    "an added paragraph": ((A, C), (A, B, C), ["added"]),
    "a removed paragraph": ((A, B, C), (A, C), ["removed"]),
    "a moved paragraph": ((A, B, C), (B, C, A), ["moved"]),
    "a paragraph split": ((A, f"{B} {D}", C), (A, B, D, C), ["same 1:2"]),
    "paragraphs joined": ((A, B, D, C), (A, f"{B} {D}", C), ["same 2:1"]),
    "a paragraph made a list": ((A, f"{B} {C} {D}"), (A, f"- {B}\n- {C}\n- {D}"), ["same 1:3"]),
    "a paragraph made a heading": ((A, C), (A, f"# {C}"), []),
    "a paragraph split and edited": ((A, f"{B} {D}", C), (A, f"{B} Now.", D, C), ["edited 1:2"]),
    "a renamed heading": (("# Here", A, "# There", B), ("# Here", A, "# Elsewhere", B), ["edited"]),
    "a paragraph replaced by another": ((A, B, C), (A, foreign(D), C), ["added", "removed"]),
    "moved and edited": ((A, B, C, D), (B + " And on.", A, C, D), ["moved"]),
    "a changed link": ((f"[{A}](x)", B), (f"[{A}](y)", B), []),
    "changed code": ((A, "```\nx\n```"), (A, "```\ny\n```"), ["same 1:1"]),
    "an image more": ((A, B), (A, "![](x.png)", B), ["same 0:1"]),
}


def described(step: Step) -> str:
    """Say what a step is; plain ones are nothing."""
    if step.moved:
        return "moved"
    shape = f"{len(step.old)}:{len(step.new)}"
    if step.same:
        return f"same {shape}"
    word = "edited" if step.old and step.new else "removed" if step.old else "added"
    return word if shape in ("1:1", "1:0", "0:1") else f"{word} {shape}"


@pytest.mark.parametrize(("before", "after", "expected"), STEPS.values(), ids=STEPS)
def test_a_version_becomes_the_next_by(before: tuple[str, ...], after: tuple[str, ...], expected: list[str]) -> None:
    """Only words count; their order and their paragraphs do not."""
    old, new = body(*before), body(*after)
    steps = diff(old, new)

    plain = [step for step in steps if step.same and not step.moved and len(step.old) == len(step.new) == 1]
    found = [described(step) for step in steps if step not in plain]
    changed = [
        step
        for step in plain
        if old[step.old[0]].text.startswith("```") and old[step.old[0]].text != new[step.new[0]].text
    ]
    assert sorted(found + [described(step) for step in changed]) == sorted(expected)


def test_an_edited_field_is_the_same_field() -> None:
    """However much of it changed, and never a paragraph."""
    old, new = (
        split(page, ["title"])
        for page in (
            parse("a.md", b"---\ntitle: One\n---\nOne\n"),
            parse("a.md", b"---\ntitle: Quite another\n---\nOne\n"),
        )
        if isinstance(page, Document)
    )

    assert diff(old, new) == (Step((0,), (0,), False), Step((1,), (1,), True))


def test_steps_stand_in_the_order_of_the_new_version() -> None:
    """A removed segment stands behind what it stood behind."""
    steps = diff(body(A, B, C), body(A, C, D))

    assert [(step.old, step.new) for step in steps] == [((0,), (0,)), ((1,), ()), ((2,), (1,)), ((), (2,))]


@settings(max_examples=150)
@given(markdown(), markdown())
def test_every_segment_is_in_exactly_one_step_and_one_link(before: str, after: str) -> None:
    """On both sides, whatever the pages are."""
    old, new = split_body(before), split_body(after)

    steps = diff(old, new)

    assert sorted(at for step in steps for at in step.old) == list(range(len(old)))
    assert sorted(at for step in steps for at in step.new) == list(range(len(new)))
    assert all(step.same and not step.moved for step in diff(old, old))
    beads = align(old, new)
    for side, segments in ((0, old), (1, new)):
        positions = [at for bead in beads for at in bead[side]]
        assert len(positions) == len(set(positions))
        assert set(positions) >= {at for at, each in enumerate(segments) if each.translatable}
    assert all(bead.source == bead.target for bead in align(old, old))


@settings(max_examples=150)
@given(st.text("ab cd \u65e5\u672c", max_size=30), st.text("ab cd \u65e5\u672c", max_size=30))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    """And 1 for the same text."""
    said, heard = " ".join(one.split()), " ".join(other.split())

    assert 0 <= similarity(said, heard) <= 1
    assert similarity(said, heard) == pytest.approx(similarity(heard, said))
    assert similarity(said, said) == pytest.approx(1.0)


@settings(deadline=None, max_examples=60)
@given(markdown(), markdown(), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3))
def test_a_row_of_scores_is_what_its_pairs_score_one_by_one(one: str, other: str, known: list[tuple[int, int]]) -> None:
    source, target = PreparedPage(split_body(one)).body, PreparedPage(split_body(other)).body

    for i in range(len(source.at)):
        row = Scorer(source, target, known).row(i, 0, len(target.at))
        alone = Scorer(source, target, known)
        expected = (
            (j, a, b, alone.score(i, a, j, b))
            for j in range(len(target.at))
            for a, b in ((1, 1), (1, 2), (2, 1))
            if i + a <= len(source.at) and j + b <= len(target.at)
        )
        assert [*row] == [each for each in expected if each[3] is not None]


@settings(deadline=None)
@given(st.text("abA ", max_size=SHORT - 1), st.text("abA ", max_size=SHORT - 1))
def test_short_texts_are_as_similar_as_their_pairs_of_letters(one: str, other: str) -> None:
    ours, theirs = (Counter(f"{a}{b}" for a, b in pairwise(each.lower())) for each in (one, other))
    shared, total = (ours & theirs).total(), ours.total() + theirs.total()

    assert similarity(one, other) >= (0.9 * 2 * shared / total if total else 0)
    words, others = (set(each.lower().split()) for each in (one, other))
    if words and others and not words & others and total:
        assert similarity(one, other) == 0.9 * 2 * shared / total


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(MIRRORED), max_size=6), st.integers(0, 5))
def test_pages_that_mirror_each_other_align_as_if_all_segments_were_compared(
    blocks: list[tuple[str, str]], moved: int
) -> None:
    said = [block[1] for block in blocks]
    ours = PreparedPage(body(*(block[0] for block in blocks)))
    theirs = PreparedPage(body(*said[:moved], *said[moved : moved + 2][::-1], *said[moved + 2 :]))
    nowhere = [(-1, -1)]  # a pair of no segments says nothing, but is looked at by whoever scores all

    quick, slow = align_sides(ours, theirs), align_sides(ours, theirs, nowhere)

    assert [each[:2] for each in quick] == [each[:2] for each in slow]
    assert all(a.score <= b.score for a, b in zip(quick, slow, strict=True))
    assert is_of_whole(quick, theirs) is is_of_whole(slow, theirs)
