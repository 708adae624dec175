"""A dismissed change makes translations current, and only that change: by words, whatever commits hold them."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.repositories import Repository
from tests.sites import judged
from transtool.assess import dismissed_file
from transtool.model import Cell, Change, ChangeKind, Dismissal, Key, SegmentKind, Status
from transtool.segments import Segment, source_digest
from transtool.staleness.dismissals import Dismissals, mark, name_of

CONFIG = 'source = "en"\nlanguages = ["es", "fr"]\n[series.walks]\npath = "walks/{key}/{lang}.md"\n'
BUS, COACH = (f"Take the red {which} at nine in the morning." for which in ("bus", "coach"))
OLD = COACH.replace("coach", "coach to the harbour")
CUP, OWN = "Bring a cup and a spoon for the tea.", "Bring your own cup and a small plate."
ENGLISH, SPANISH, FRENCH = "walks/a/en.md", "walks/a/es.md", "walks/a/fr.md"


def page(*paragraphs: str) -> str:
    return "\n\n".join(("# A walk", *paragraphs, "We close at ten, with or without you.")) + "\n"


ES = page("Toma el autobús rojo a las nueve de la mañana.", "Trae una taza y una cuchara para el té.")
FR = page("Prends le bus rouge à neuf heures du matin.", "Apporte une tasse et une cuillère pour le thé.")


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    """A page in three languages, of which none is behind."""
    made = Repository(tmp_path / "site")
    made.commit({"transtool.toml": CONFIG, ENGLISH: page(BUS, CUP), SPANISH: ES, FRENCH: FR})
    return made


def dismissal(before: str, after: str, *languages: str, key: str = "a") -> Dismissal:
    return Dismissal(series="walks", key=Key(key), before=before, after=after, languages=languages)


def dismiss(site: Repository, *entries: Dismissal) -> None:
    site.write({dismissed_file.NAME: dismissed_file.write(entries)})


def cells(root: Path) -> dict[str, Cell]:
    (episode,) = judged(root).episodes
    return {cell.language: cell for cell in episode.cells}


def open_(root: Path) -> dict[str, list[tuple[str, str]]]:
    """What translations are behind with, of those that are stale."""
    found = {language: [(each.before, each.after) for each in cell.changes] for language, cell in cells(root).items()}
    assert {language: bool(changes) for language, changes in found.items()} == {
        language: cell.status is Status.STALE for language, cell in cells(root).items()
    }
    return {language: changes for language, changes in found.items() if changes}


def test_a_dismissed_edit_is_open_in_no_language(site: Repository) -> None:
    site.commit({ENGLISH: page(COACH, CUP)})
    assert open_(site.root) == {"es": [(BUS, COACH)], "fr": [(BUS, COACH)]}

    dismiss(site, dismissal(BUS, COACH))

    assert open_(site.root) == {}
    assert {cell.dismissed for cell in cells(site.root).values()} == {(name_of(BUS, COACH),)}


def test_it_may_be_dismissed_for_one_language(site: Repository) -> None:
    site.commit({ENGLISH: page(COACH, CUP)})
    dismiss(site, dismissal(BUS, COACH, "FR"))
    assert open_(site.root) == {"es": [(BUS, COACH)]}


def test_no_other_change_of_the_page_and_no_other_page_is_dismissed(site: Repository) -> None:
    site.commit({ENGLISH: page(COACH, OWN)})
    dismiss(site, dismissal(BUS, COACH), dismissal(CUP, OWN, key="b"))
    assert open_(site.root) == {"es": [(CUP, OWN)], "fr": [(CUP, OWN)]}


def test_an_edit_that_is_edited_again_is_open_for_the_new_part_only(site: Repository) -> None:
    site.commit({ENGLISH: page(COACH, CUP)})
    dismiss(site, dismissal(BUS, COACH))
    site.commit({ENGLISH: page(OLD, CUP)})

    assert open_(site.root) == {"es": [(COACH, OLD)], "fr": [(COACH, OLD)]}
    assert cells(site.root)["es"].changes[0].words == 3

    dismiss(site, dismissal(BUS, COACH), dismissal(COACH, OLD))
    assert open_(site.root) == {}


def test_commas_and_capitals_that_come_later_open_nothing(site: Repository) -> None:
    site.commit({ENGLISH: page(COACH, CUP)})
    dismiss(site, dismissal(BUS, COACH))
    site.commit({ENGLISH: page(COACH.replace("coach at", "Coach, at"), CUP)})
    assert open_(site.root) == {}


def test_a_correction_after_what_was_dismissed_is_a_correction(site: Repository) -> None:
    site.commit({ENGLISH: page(COACH, CUP)})
    dismiss(site, dismissal(BUS, COACH))
    site.commit({ENGLISH: page(COACH.replace("morning", "mornings"), CUP)})
    assert open_(site.root) == {}
    assert "correction" in {finding.rule for finding in cells(site.root)["es"].findings}


def test_what_was_added_and_removed_can_be_dismissed(site: Repository) -> None:
    new = "Dogs are welcome if they like water and people."
    site.commit({ENGLISH: page(BUS, new)})
    assert sorted(open_(site.root)["es"]) == [("", new), (CUP, "")] or open_(site.root)["es"] == [(CUP, new)]
    dismiss(site, *(dismissal(*each) for each in open_(site.root)["es"]))
    assert open_(site.root) == {}


def test_a_translation_that_was_made_from_an_older_source_stays_behind_with_what_came_first(site: Repository) -> None:
    site.commit({ENGLISH: page(COACH, CUP)})
    site.commit({FRENCH: FR.replace("le bus rouge", "l'autocar rouge")})
    site.commit({ENGLISH: page(OLD, CUP)})
    dismiss(site, dismissal(COACH, OLD))
    assert open_(site.root) == {"es": [(BUS, OLD)]}


REWRITTEN = {
    "rebase": lambda site: rebase(site),
    "squash": lambda site: squash(site),
}


def rebase(site: Repository) -> None:
    site.switch("main")
    site.commit({"notes.md": "Something else.\n"})
    site.switch("slip")
    site.git("rebase", "-q", "main")


def squash(site: Repository) -> None:
    site.switch("main")
    site.git("merge", "-q", "--squash", "slip")
    site.commit({"walks/b/en.md": "Something else.\n"})


@pytest.mark.parametrize("rewrite", REWRITTEN.values(), ids=REWRITTEN)
def test_it_stays_dismissed_when_history_is_rewritten(site: Repository, rewrite: object) -> None:
    site.switch("slip", new=True)
    site.commit({ENGLISH: page(COACH, CUP)})
    dismiss(site, dismissal(BUS, COACH))
    site.commit()

    assert callable(rewrite)
    rewrite(site)

    found = {cell.language: cell.status for each in judged(site.root).episodes[:1] for cell in each.cells}
    assert found == {"es": Status.CURRENT, "fr": Status.CURRENT}
    (site.root / dismissed_file.NAME).unlink()
    found = {cell.language: cell.status for each in judged(site.root).episodes[:1] for cell in each.cells}
    assert found == {"es": Status.STALE, "fr": Status.STALE}


def stamped(text: str, source: str) -> str:
    digest = source_digest([Segment(SegmentKind.PARAGRAPH, 0, 0, 1, 1, each) for each in bodies(source)])
    return f"---\nsource_digest: {digest}\n---\n{text}"


def bodies(source: str) -> Iterable[str]:
    return (part.removeprefix("# ").strip() for part in source.split("\n\n"))


@pytest.mark.parametrize("seen", [(BUS, CUP), (COACH, CUP), (BUS, OWN)])
def test_a_stamp_holds_in_a_shallow_clone_if_all_that_came_later_was_dismissed(
    site: Repository, tmp_path: Path, seen: tuple[str, str]
) -> None:
    site.commit({SPANISH: stamped(ES, page(*seen)), FRENCH: stamped(FR, page(BUS, "Something else."))})
    new = "Dogs are welcome, if they like water."
    dismiss(site, dismissal(BUS, COACH), dismissal(CUP, OWN), dismissal("", new))
    site.commit({ENGLISH: page(COACH, OWN, new)})
    site.git("clone", "-q", "--depth", "1", f"file://{site.root}", str(tmp_path / "shallow"))

    found = {language: cell.status for language, cell in cells(tmp_path / "shallow").items()}

    assert found == {"es": Status.CURRENT, "fr": Status.STALE}


# Commit trailers


def say(site: Repository, message: str, files: dict[str, str]) -> None:
    site.write(files)
    site.git("add", "-A")
    site.git("commit", "-q", "-m", message)


SAID = {
    "as proposed": ("Mend a slip\n\nTranslations: unaffected\n", True),
    "in other letters, beside others": ("Slip\n\nWhy.\n\nReviewed-by: Anna\ntranslations:   None\n", True),
    "not at the end": ("Slip\n\nTranslations: unaffected\n\nBut look at it.\n", False),
    "in the middle of a word": ("Slip\n\nOther-Translations: unaffected\n", False),
    "the contrary": ("Slip\n\nTranslations: affected\n", False),
    "nothing": ("Slip\n", False),
}


@pytest.mark.parametrize(("message", "is_dismissed"), SAID.values(), ids=SAID)
def test_a_commit_can_say_that_its_changes_need_no_translation(
    site: Repository, message: str, is_dismissed: bool
) -> None:
    say(site, message, {ENGLISH: page(COACH, CUP)})
    assert (open_(site.root) == {}) is is_dismissed


def test_what_other_commits_change_is_open(site: Repository) -> None:
    say(site, "Slip\n\nTranslations: unaffected\n", {ENGLISH: page(COACH, CUP)})
    say(site, "More", {ENGLISH: page(OLD, OWN)})
    assert open_(site.root)["es"] == [(COACH, OLD), (CUP, OWN)]


def test_the_site_chooses_what_commits_say(site: Repository) -> None:
    site.write({"transtool.toml": f"unaffected = '^l10n-impact: no$'\n{CONFIG}"})
    say(site, "Slip\n\nTranslations: unaffected\n", {ENGLISH: page(COACH, CUP)})
    say(site, "Slip\n\nL10n-Impact: no\n", {ENGLISH: page(COACH, OWN)})
    assert open_(site.root)["es"] == [(BUS, COACH)]


def test_nothing_of_it_is_remembered_longer_than_it_is_so(
    site: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRANSTOOL_NO_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    site.commit({ENGLISH: page(COACH, CUP)})
    assert set(open_(site.root)) == {"es", "fr"}
    dismiss(site, dismissal(BUS, COACH, "es"))
    assert set(open_(site.root)) == {"fr"}
    dismiss(site, dismissal(BUS, COACH))
    assert set(open_(site.root)) == set()
    dismiss(site)
    assert set(open_(site.root)) == {"es", "fr"}

    say(site, "More\n\nTranslations: unaffected\n", {ENGLISH: page(COACH, OWN)})
    assert open_(site.root)["es"] == [(BUS, COACH)]
    site.commit({ENGLISH: page(BUS, CUP)})
    say(site, "Slip", {ENGLISH: page(COACH, CUP)})
    assert set(open_(site.root)) == {"es", "fr"}
    site.git("commit", "-q", "--amend", "-m", "Slip\n\nTranslations: unaffected")
    assert set(open_(site.root)) == set()
    site.write({"transtool.toml": f'unaffected = "^never$"\n{CONFIG}'})
    assert set(open_(site.root)) == {"es", "fr"}


# The graph of words


def change(before: str, after: str) -> Change:
    kind = ChangeKind.EDITED if before and after else ChangeKind.ADDED if after else ChangeKind.REMOVED
    return Change(change=kind, kind=SegmentKind.PARAGRAPH, before=before, after=after)


def test_removing_one_paragraph_is_no_reason_to_do_without_another() -> None:
    known = Dismissals((("alpha beta", ""), ("", "gamma delta")))
    assert known.settle(change("alpha beta", "gamma delta")).change is not None
    assert known.settle(change("alpha beta", "")).change is None
    assert known.settle(change("", "gamma delta")).change is None


def test_an_added_paragraph_that_was_dismissed_is_open_for_its_new_part_only() -> None:
    known = Dismissals((("", BUS), ("", CUP)))
    left = known.settle(change("", COACH)).change
    assert left is not None
    assert (left.change, left.before, left.words) == (ChangeKind.ADDED, BUS, 1)
    assert known.settle(change("", "Nothing like it")).change == change("", "Nothing like it")


def test_a_reviewed_segment_is_done_until_its_words_change() -> None:
    known = Dismissals((), frozenset({mark(change(BUS, COACH)), mark(change(CUP, ""))}))
    assert known.settle(change(BUS, COACH)).change is None
    assert known.settle(change("", COACH)).change is None
    assert known.settle(change(BUS, OLD)).change is not None
    assert known.settle(change(CUP, "")).change is None
    assert known.settle(change(BUS, CUP)).change is not None


WORDS = st.sampled_from(["", "a tea", "two teas", "three cups", "four cups of it", "five"])


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), max_size=8), WORDS, WORDS)
def test_a_change_is_dismissed_exactly_if_dismissed_ones_lead_from_its_beginning_to_its_end(
    pairs: list[tuple[str, str]], before: str, after: str
) -> None:
    pairs = [(one, other) for one, other in pairs if one != other]
    reached = {before}
    for _ in pairs:
        reached |= {other for one, other in pairs if one in reached and (one or not before)}
    if before == after:
        return

    settled = Dismissals(tuple(pairs)).settle(change(before, after))

    assert (settled.change is None) is (after in reached)
    names = {name_of(*pair) for pair in pairs}
    assert names.issuperset(settled.names)
    assert settled.change is None or settled.change.before in reached
