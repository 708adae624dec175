"""Whether a translation is out of date, and where: by stamp, by pin, by the history of real repositories."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.repositories import Repository
from transtool import config, document, history
from transtool.link import link
from transtool.model import Basis, ChangeKind, Language, SegmentKind, Status
from transtool.segments import source_digest, split
from transtool.site import git
from transtool.staleness.page_store import Past, alike_in
from transtool.staleness.translation_pair import Pair
from transtool.staleness.verdict import Verdict, judge

CONFIGURATION = """
source = "en"
languages = ["es"]
[series.pages]
path = "{lang}/{key}.md"
[fields]
translated = ["title"]
"""

EN, ES = "en/tea.md", "es/tea.md"
SOURCE = """---
title: How to make tea
---

# Tea for two

Boil fresh water in the big kettle. Warm the pot with a little of it.

Put in one spoon of leaves for each cup, and one for the pot.

## Things you need

- a kettle and a pot
- leaves of a good black tea
- two cups that you like

Wait for four minutes, then pour the tea through a sieve. Nobody likes leaves between the teeth.

Read [more about leaves](https://example.org/leaves) where you want to know why.
"""
TARGET = """---
title: Cómo hacer té
---

# Té para dos

Hierva agua fresca en la tetera grande. Caliente la jarra con un poco de ella.

Ponga una cucharada de hojas por taza, y una para la jarra.

## Lo que necesita

- una tetera y una jarra
- hojas de un buen té negro
- dos tazas que le gusten

Espere cuatro minutos y sirva el té con un colador. A nadie le gustan las hojas entre los dientes.

Lea [más sobre las hojas](https://example.org/leaves) si quiere saber por qué.
"""
POT = "Put in one spoon of leaves for each cup, and one for the pot."
LATER_POT = "Put in two spoons of fresh leaves for each cup, but never one for the pot."
JARRA = "Ponga una cucharada de hojas por taza, y una para la jarra."
LATER_JARRA = "Ponga dos cucharadas de hojas frescas por taza, pero ninguna para la jarra."


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


CHANGED = edited(SOURCE, POT, LATER_POT)
FOLLOWED = edited(TARGET, JARRA, LATER_JARRA)


@dataclass
class Site:
    repository: Repository
    configuration: str = CONFIGURATION

    def commit(self, source: str | None = None, target: str | None = None) -> str:
        files = {EN: source, ES: target}
        return self.repository.commit({path: text for path, text in files.items() if text is not None})

    def judge(self, *, git_known: bool = True, reader: Callable[[git.Blobs], object] | None = None) -> Verdict:
        root = self.repository.root
        snapshot = git.read(root) if git_known else git.Snapshot(reason="no-git")
        with git.Blobs(root) as blobs:
            read = reader(blobs) if reader else blobs
            known = None
            if not snapshot.reason:
                known = history.parse(snapshot.log, prefix=snapshot.prefix, alike=alike_in(blobs))
            past = Past(known, read, algorithm=snapshot.algorithm, reason=snapshot.reason)
            return judge(self.pair(), past=past)

    def pair(self) -> Pair:
        settings = config.parse(self.configuration.encode(), "transtool.toml")
        root = self.repository.root
        found = [
            document.parse(path.relative_to(root).as_posix(), path.read_bytes()) for path in sorted(root.rglob("*.md"))
        ]
        catalogue = link(found, settings)
        (episode,) = catalogue.episodes
        entry, source = episode.translations[Language("es")], episode.source
        assert source is not None
        assert isinstance(source.document, document.Document)
        assert isinstance(entry.document, document.Document)
        series = settings.series[0]
        return Pair(
            config=settings,
            series=series,
            entry=entry,
            source=source.document,
            translation=entry.document,
            source_segments=split(source.document, series.fields.translated),
            segments=split(entry.document, series.fields.translated),
        )


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site whose Spanish page was translated from the English one, in a commit of its own."""
    site = Site(Repository(tmp_path / "site"))
    site.commit(SOURCE)
    site.commit(target=TARGET)
    return site


def told(verdict: Verdict) -> list[tuple[str, str, int | None, int | None]]:
    return [(each.change.value, each.kind.value, each.source_line, each.line) for each in verdict.changes]


# History: what makes a translation stale


def test_a_translation_of_the_source_as_it_is_now_is_current(site: Site) -> None:
    verdict = site.judge()

    assert (verdict.status, verdict.basis, verdict.changes, verdict.markup) == (
        Status.CURRENT,
        Basis.HISTORY,
        (),
        (),
    )


def test_an_edited_paragraph_is_shown_with_what_it_was_is_and_stands_for_it(site: Site) -> None:
    site.commit(CHANGED)

    verdict = site.judge()

    assert (verdict.status, verdict.basis) == (Status.STALE, Basis.HISTORY)
    (change,) = verdict.changes
    assert (change.change, change.kind) == (ChangeKind.EDITED, SegmentKind.PARAGRAPH)
    assert (change.source_line, change.line) == (9, 9)
    assert (change.before, change.after, change.present) == (POT, LATER_POT, JARRA)
    assert 0 < change.words < 10 < change.characters


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: How to make tea", "title: How to make good tea", ("edited", "field", 2, 2)),
        ("## Things you need", "## What must be at hand", ("edited", "heading", 11, 11)),
        ("black tea", "black tea from Assam", ("edited", "item", 14, 14)),
        ("two cups", "three cups", ("edited", "item", 15, 15)),
        ("Nobody likes leaves between the teeth.", "", ("edited", "paragraph", 17, 17)),
        (POT, f"{POT}\n\nStir it well with a long wooden spoon.", ("added", "paragraph", 11, None)),
        (f"{POT}\n\n", "", ("removed", "paragraph", None, 9)),
        ("- two cups that you like\n", "", ("removed", "item", None, 15)),
        ("- two cups", "- milk, if there must be\n- two cups", ("added", "item", 15, None)),
    ],
)
def test_each_change_of_wording_is_told_by_itself(
    old: str, new: str, expected: tuple[str, str, int | None, int | None], site: Site
) -> None:
    site.commit(edited(SOURCE, old, new))

    assert told(site.judge()) == [expected]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("reflow", SOURCE.replace(". Warm", ".\nWarm").replace("cup, and", "cup,\nand")),
        ("emphasis", SOURCE.replace("fresh water", "**fresh** _water_")),
        ("line ends", SOURCE.replace("\n", "\r\n")),
        ("no final newline", SOURCE.rstrip("\n")),
        ("bullets", SOURCE.replace("\n- ", "\n* ")),
        ("a comma and a full stop", SOURCE.replace("minutes, then", "minutes then").replace("you like", "you like.")),
        ("capitals", SOURCE.replace("Tea for two", "Tea For Two")),
        ("a paragraph split", SOURCE.replace(" Nobody", "\n\nNobody")),
        ("paragraphs joined", SOURCE.replace("of it.\n\nPut", "of it. Put")),
        ("a paragraph moved", edited(SOURCE, POT + "\n\n", "") + "\n" + POT + "\n"),
        ("a shared field", SOURCE.replace("---\n\n", "date: 2020-05-05\n---\n\n", 1)),
    ],
)
def test_what_says_the_same_asks_nothing_of_translators(name: str, text: str, site: Site) -> None:
    assert text != SOURCE, name
    site.commit(text)

    verdict = site.judge()

    assert (verdict.status, verdict.changes, verdict.markup) == (Status.CURRENT, (), ())


# History: what catches up


def test_a_translation_that_followed_is_current(site: Site) -> None:
    site.commit(CHANGED)
    site.commit(target=FOLLOWED)

    assert site.judge().status is Status.CURRENT


def test_source_and_translation_of_one_commit_are_in_step(site: Site) -> None:
    site.commit(CHANGED, FOLLOWED)

    assert site.judge().status is Status.CURRENT


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a typo mended", TARGET.replace("Hierva", "Herva")),
        ("a typo in the same paragraph", TARGET.replace("cucharada", "cuchrada")),
        ("a word elsewhere", TARGET.replace("buen té negro", "excelente té negro")),
        ("another layout", TARGET.replace(". Caliente", ".\nCaliente").replace("\n", "\r\n")),
        ("a field", TARGET.replace("---\n\n", "reviewer: Ana\n---\n\n", 1)),
    ],
)
def test_touching_a_translation_is_not_catching_up(name: str, text: str, site: Site) -> None:
    assert text != TARGET, name
    site.commit(CHANGED)
    site.commit(target=text)

    (change,) = site.judge().changes

    assert (change.source_line, change.before, change.after) == (9, POT, LATER_POT)


def test_going_through_a_whole_translation_for_its_language_is_not_catching_up(site: Site) -> None:
    site.commit(CHANGED)
    words = {
        "grande": "más grande",
        "Ponga una": "Añada una",
        "buen té": "té bueno",
        "sirva": "vierta",
        "tazas": "copas",
    }
    polished = TARGET
    for old, new in words.items():
        polished = edited(polished, old, new)
    site.commit(target=polished)

    assert told(site.judge()) == [("edited", "paragraph", 9, 9)]


def test_numbers_and_names_tell_that_a_small_edit_followed(site: Site) -> None:
    site.commit(edited(SOURCE, "four minutes", "240 seconds"), edited(TARGET, "cuatro minutos", "180 segundos"))
    site.commit(edited(SOURCE, "four minutes", "300 seconds"))
    assert site.judge().status is Status.STALE

    site.commit(target=edited(TARGET, "cuatro minutos", "300 segundos"))
    assert site.judge().status is Status.CURRENT


def test_only_what_was_caught_up_is_off_the_list(site: Site) -> None:
    site.commit(edited(CHANGED, "two cups that you like", "two cups made of thin china"))
    site.commit(target=FOLLOWED)

    assert told(site.judge()) == [("edited", "item", 15, 15)]


def test_what_was_caught_up_before_is_the_baseline_of_what_came_after(site: Site) -> None:
    site.commit(CHANGED)
    site.commit(target=FOLLOWED)
    site.commit(edited(CHANGED, "for each cup", "for each thirsty guest"))

    (change,) = site.judge().changes

    assert change.before == LATER_POT


def test_text_that_is_the_same_on_both_sides_is_in_step(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.commit(SOURCE, edited(TARGET, JARRA, LATER_POT))
    site.commit(CHANGED)

    assert site.judge().status is Status.CURRENT


def test_what_was_left_in_english_and_translated_later_is_of_the_english_that_stood_there(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.commit(SOURCE, edited(TARGET, JARRA, POT))
    site.commit(CHANGED)
    site.commit(target=TARGET)

    assert told(site.judge()) == [("edited", "paragraph", 9, 9)]


def test_a_change_taken_back_is_no_change(site: Site) -> None:
    site.commit(CHANGED)
    site.commit(SOURCE)

    assert site.judge().status is Status.CURRENT


def test_a_change_taken_back_after_it_was_translated_is_one(site: Site) -> None:
    site.commit(CHANGED)
    site.commit(target=FOLLOWED)
    site.commit(SOURCE)

    (change,) = site.judge().changes

    assert (change.before, change.after, change.present) == (LATER_POT, POT, LATER_JARRA)


# History: commits in any order


def test_later_is_told_by_ancestry_and_not_by_the_clock(site: Site) -> None:
    site.repository.commit({EN: CHANGED}, when=1_000_000_000)
    assert site.judge().status is Status.STALE

    site.repository.commit({ES: FOLLOWED}, when=999_999_999)
    assert site.judge().status is Status.CURRENT


def test_a_translation_made_on_a_branch_is_of_the_source_on_that_branch(site: Site) -> None:
    site.repository.switch("work", new=True)
    site.commit(target=edited(TARGET, JARRA, "Eche una cucharada de hojas por taza y otra más."))
    site.repository.switch("main")
    site.commit(CHANGED)
    site.repository.merge("work")

    assert told(site.judge()) == [("edited", "paragraph", 9, 9)]


def test_a_merge_of_a_change_and_its_translation_is_in_step(site: Site) -> None:
    site.commit(CHANGED)
    site.repository.switch("work", new=True)
    site.commit(target=FOLLOWED)
    site.repository.switch("main")
    site.commit(CHANGED.replace("Nobody likes", "Hardly anybody likes"))
    site.repository.merge("work")

    assert told(site.judge()) == [("edited", "paragraph", 17, 17)]


def test_files_are_followed_to_their_new_places(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.repository.commit({"docs/en/tea.md": SOURCE, "docs/es/tea.md": TARGET})
    site.repository.commit({"docs/en/tea.md": CHANGED})
    moved = edited(TARGET, "---\n\n#", "lang: es\n---\n\n#")
    site.repository.commit({"docs/en/tea.md": None, "docs/es/tea.md": None, EN: CHANGED, ES: moved})

    assert told(site.judge()) == [("edited", "paragraph", 9, 10)]


def test_a_new_translation_of_an_older_source_is_stale_where_it_shows(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.commit(SOURCE)
    site.commit(CHANGED + "\n## What is left\n\nCold tea keeps for a day. Plants like it as much as people do.\n")
    site.commit(target=TARGET)

    assert told(site.judge()) == [
        ("edited", "paragraph", 9, 9),
        ("added", "heading", 21, None),
        ("added", "paragraph", 23, None),
    ]


def test_a_summary_is_not_stale_for_what_it_never_said(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.commit(SOURCE, "---\ntitle: Cómo hacer té\n---\n\nHojas, agua, paciencia: eso es todo.\n")
    site.commit(CHANGED)

    assert site.judge().status is Status.CURRENT


# History: work that is not committed yet


def test_an_edit_of_the_source_that_is_not_committed_counts(site: Site) -> None:
    site.repository.write({EN: CHANGED})

    assert told(site.judge()) == [("edited", "paragraph", 9, 9)]


def test_catching_up_that_is_not_committed_counts(site: Site) -> None:
    site.commit(CHANGED)
    site.repository.write({ES: FOLLOWED})

    assert site.judge().status is Status.CURRENT


def test_edits_of_both_that_are_not_committed_are_in_step(site: Site) -> None:
    site.repository.write({EN: CHANGED, ES: FOLLOWED})

    assert site.judge().status is Status.CURRENT


def test_line_ends_that_git_changes_on_checkout_are_no_edit(site: Site) -> None:
    site.commit(CHANGED)
    site.repository.write({EN: CHANGED.replace("\n", "\r\n"), ES: TARGET.replace("\n", "\r\n")})

    assert told(site.judge()) == [("edited", "paragraph", 9, 9)]


# History: what it cannot tell


def unknown(verdict: Verdict) -> str:
    assert (verdict.status, verdict.basis, verdict.changes) == (Status.UNKNOWN, None, ())
    return verdict.reason


def test_without_git_nothing_is_guessed(site: Site) -> None:
    site.commit(CHANGED)

    assert unknown(site.judge(git_known=False)) == "no-git"


def test_a_shallow_clone_is_not_guessed_from(site: Site, tmp_path: Path) -> None:
    site.repository.git("clone", "-q", "--depth=1", site.repository.root.as_uri(), "../shallow")
    site.repository.root = tmp_path / "shallow"

    assert unknown(site.judge()) == "shallow"


@pytest.mark.parametrize("missing", [EN, ES])
def test_a_file_never_committed_has_no_baseline(missing: str, tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    files = {EN: SOURCE, ES: TARGET}
    site.repository.commit({path: text for path, text in files.items() if path != missing})
    site.repository.write({missing: files[missing]})

    assert unknown(site.judge()) == "uncommitted"


def test_a_repository_without_commits_has_no_baseline(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.repository.write({EN: SOURCE, ES: TARGET})

    assert unknown(site.judge()) == "no-commits"


def test_a_pair_made_on_parallel_branches_starts_where_they_were_merged(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.repository.commit({"other.txt": "x\n"})
    site.repository.switch("spanish", new=True)
    site.commit(target=TARGET)
    site.repository.switch("main")
    site.commit(SOURCE)
    site.repository.merge("spanish")
    assert site.judge().status is Status.CURRENT

    site.commit(CHANGED)
    assert told(site.judge()) == [("edited", "paragraph", 9, 9)]


def test_a_translation_older_than_its_source_has_no_baseline(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.commit(target=TARGET)
    site.commit(SOURCE)

    assert unknown(site.judge()) == "older"


def test_a_source_that_git_does_not_have_any_more_is_not_guessed(site: Site) -> None:
    site.commit(CHANGED)

    assert unknown(site.judge(reader=lambda _: lambda _: None)) == "lost"


# Links, includes, code


def test_a_link_that_only_the_source_changed_is_markup(site: Site) -> None:
    site.commit(edited(SOURCE, "https://example.org/leaves", "https://example.org/all-leaves"))

    verdict = site.judge()

    assert (verdict.status, verdict.changes, [each.line for each in verdict.markup]) == (Status.CURRENT, (), [19])


@pytest.mark.parametrize("address", ["https://example.org/all-leaves", "https://example.org/es/hojas"])
def test_a_link_that_the_translation_changed_too_is_its_own_business(address: str, site: Site) -> None:
    site.commit(edited(SOURCE, "https://example.org/leaves", "https://example.org/all-leaves"))
    site.commit(target=edited(TARGET, "https://example.org/leaves", address))

    assert site.judge().markup == ()


def test_code_that_only_the_source_changed_is_markup(tmp_path: Path) -> None:
    code = "\n```sh\nboil --now water\n```\n"
    site = Site(Repository(tmp_path))
    site.commit(SOURCE + code, TARGET + code)
    site.commit(SOURCE + code.replace("--now", "--soon"))

    verdict = site.judge()

    assert (verdict.status, [each.line for each in verdict.markup]) == (Status.CURRENT, [21])


# Stamps


def stamped(text: str, digest: str, blob: str = "") -> str:
    return text.replace("---\n\n", f"source_digest: {digest}\nsource_blob: {blob}\n---\n\n", 1)


def digest_of(text: str) -> str:
    page = document.parse(EN, text.encode())
    assert isinstance(page, document.Document)
    return source_digest(split(page, ("title",)))


@pytest.mark.parametrize("git_known", [True, False])
def test_an_equal_stamp_is_current_whatever_history_says(git_known: bool, site: Site) -> None:
    site.commit(CHANGED, stamped(TARGET, digest_of(CHANGED)))

    verdict = site.judge(git_known=git_known)

    assert (verdict.status, verdict.basis) == (Status.CURRENT, Basis.STAMP)


def test_another_stamp_is_stale_and_git_shows_where(site: Site) -> None:
    site.commit(CHANGED, stamped(TARGET, digest_of(SOURCE), history.blob_id(SOURCE.encode())))

    verdict = site.judge()

    assert (verdict.status, verdict.basis) == (Status.STALE, Basis.STAMP)
    assert told(verdict) == [("edited", "paragraph", 9, 11)]


@pytest.mark.parametrize("blob", ["", "0" * 40, "no blob", history.blob_id(b"something else\n")])
def test_a_stamp_whose_source_cannot_be_read_is_stale_without_places(blob: str, site: Site) -> None:
    site.repository.commit({"other.txt": "something else\n"})
    site.commit(CHANGED, stamped(TARGET, digest_of(SOURCE), blob))

    verdict = site.judge()

    assert (verdict.status, verdict.basis, verdict.changes) == (Status.STALE, Basis.STAMP, ())


@pytest.mark.parametrize("digest", ["yes", "12345", "0" * 31, "g" * 32, "'{}'"])
def test_a_stamp_that_is_no_digest_is_reported_and_history_decides(digest: str, site: Site) -> None:
    site.commit(CHANGED)
    site.commit(target=stamped(TARGET, digest))

    verdict = site.judge()

    assert (verdict.status, verdict.basis, verdict.reason) == (Status.STALE, Basis.HISTORY, "bad-stamp")
    assert verdict.facts == {"value": digest.strip("'")}


def test_a_stamp_that_is_no_digest_is_the_reason_where_nothing_else_decides(site: Site) -> None:
    site.commit(target=stamped(TARGET, "yes"))

    assert unknown(site.judge(git_known=False)) == "bad-stamp"


def test_a_source_that_is_what_was_stamped_is_current_though_other_words_were_read_in_it_then(site: Site) -> None:
    site.commit(CHANGED, stamped(TARGET, "0" * 32, history.blob_id(CHANGED.encode())))

    verdict = site.judge(git_known=False)

    assert (verdict.status, verdict.basis, verdict.changes) == (Status.CURRENT, Basis.STAMP, ())


def test_a_stamped_version_of_the_source_shows_where_though_other_words_were_read_in_it_then(site: Site) -> None:
    site.commit(CHANGED, stamped(TARGET, "0" * 32, history.blob_id(SOURCE.encode())))

    verdict = site.judge()

    assert (verdict.status, verdict.basis) == (Status.STALE, Basis.STAMP)
    assert told(verdict) == [("edited", "paragraph", 9, 11)]


def test_other_punctuation_than_stamped_is_no_change_of_wording(site: Site) -> None:
    source = SOURCE.replace("minutes, then", "minutes - then")
    site.commit(source, stamped(TARGET, digest_of(SOURCE), history.blob_id(SOURCE.encode())))

    assert site.judge().status is Status.CURRENT


# Pins


def pinned_site(site: Site, value: str, kind: str, target: str = TARGET) -> Site:
    pin = f'[pin]\nfield = "made_from"\nkind = "{kind}"\n'
    site.configuration = CONFIGURATION.replace("[fields]", pin + "[fields]")
    site.commit(CHANGED, target.replace("---\n\n", f"made_from: '{value}'\n---\n\n", 1))
    return site


def test_a_pin_of_an_older_source_is_stale_although_history_is_in_step(site: Site) -> None:
    verdict = pinned_site(site, site.repository.git("rev-parse", "HEAD"), "commit").judge()

    assert (verdict.status, verdict.basis) == (Status.STALE, Basis.PIN)
    assert told(verdict) == [("edited", "paragraph", 9, 10)]


def test_a_pin_of_the_present_source_is_current(site: Site) -> None:
    verdict = pinned_site(site, history.blob_id(CHANGED.encode()), "blob").judge()

    assert (verdict.status, verdict.basis) == (Status.CURRENT, Basis.PIN)


def test_a_pin_of_another_repository_is_reported_and_history_decides(site: Site) -> None:
    verdict = pinned_site(site, "0123456789abcdef" * 2 + "01234567", "commit", FOLLOWED).judge()

    assert (verdict.status, verdict.basis, verdict.reason) == (Status.CURRENT, Basis.HISTORY, "pin")


def test_a_pin_that_contradicts_the_source_is_not_overruled_silently(site: Site) -> None:
    verdict = pinned_site(site, "0123456789abcdef" * 2, "md5", FOLLOWED).judge()

    assert (verdict.status, verdict.reason) == (Status.CURRENT, "pin-overruled")


DATED = edited(SOURCE, "title: How to make tea", "title: How to make tea\nlastmod: 2020-05-08")
FECHADO = edited(TARGET, "title: Cómo hacer té", "title: Cómo hacer té\nlastmod: 2020-05-08")


def dated_site(root: Path) -> Site:
    site = Site(Repository(root))
    site.configuration = CONFIGURATION.replace("[fields]", '[pin]\nfield = "lastmod"\nkind = "date"\n[fields]')
    site.commit(DATED)
    site.commit(target=FECHADO)
    site.commit(edited(DATED, POT, LATER_POT))
    return site


def test_a_source_that_changed_under_the_same_date_makes_stale(tmp_path: Path) -> None:
    verdict = dated_site(tmp_path).judge()

    assert (verdict.status, verdict.basis) == (Status.STALE, Basis.PIN)


def test_work_that_was_done_later_under_the_same_date_counts(tmp_path: Path) -> None:
    site = dated_site(tmp_path)
    site.commit(target=edited(FECHADO, JARRA, LATER_JARRA))

    verdict = site.judge()

    assert (verdict.status, verdict.basis) == (Status.CURRENT, Basis.PIN)


def test_a_stamp_counts_before_a_pin(site: Site) -> None:
    site = pinned_site(site, site.repository.git("rev-parse", "HEAD"), "commit")
    site.commit(target=stamped((site.repository.root / ES).read_text(), digest_of(CHANGED)))

    assert site.judge().basis is Basis.STAMP


# Every kind of evidence


@pytest.fixture(params=["history", "stamp", "pin"])
def evidence(request: pytest.FixtureRequest, site: Site) -> Iterator[Site]:
    """The same change of the source, told by each kind of evidence."""
    if request.param == "history":
        site.commit(CHANGED.replace("- two cups that you like\n", ""))
    elif request.param == "stamp":
        blob = history.blob_id(SOURCE.encode())
        site.commit(CHANGED.replace("- two cups that you like\n", ""), stamped(TARGET, digest_of(SOURCE), blob))
    else:
        pinned_site(site, site.repository.git("rev-parse", "HEAD"), "commit")
        site.commit(CHANGED.replace("- two cups that you like\n", ""))
    yield site


def test_all_evidence_shows_changes_alike(evidence: Site) -> None:
    changes = evidence.judge().changes

    assert [(each.change.value, each.kind.value, each.source_line) for each in changes] == [
        ("edited", "paragraph", 9),
        ("removed", "item", None),
    ]
    assert [each.present for each in changes] == [JARRA, "dos tazas que le gusten"]


def test_a_correction_of_the_source_leaves_the_translation_current(tmp_path: Path) -> None:
    site = Site(Repository(tmp_path))
    site.commit(edited(SOURCE, "Nobody likes leaves", "Nobdy like the leaves"), TARGET)
    site.commit(SOURCE)

    verdict = site.judge()

    assert verdict.status is Status.CURRENT
    assert [(each.source_line, each.line) for each in verdict.corrections] == [(17, 17)]


def test_corrections_are_told_apart_from_what_changed_beside_them(site: Site) -> None:
    site.commit(edited(CHANGED, "two cups that you like", "two cup that you like"))

    verdict = site.judge()

    assert told(verdict) == [("edited", "paragraph", 9, 9)]
    assert [each.source_line for each in verdict.corrections] == [15]


def test_corrections_count_as_changes_where_the_configuration_says_so(site: Site) -> None:
    site.configuration = 'corrections = "stale"\n' + CONFIGURATION
    site.commit(edited(SOURCE, "two cups that you like", "two cup that you like"))

    assert told(site.judge()) == [("edited", "item", 15, 15)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[more about leaves](https://example.org/leaves)", "[more about leafs](https://example.org/leafs)"),
        ("a big kettle", "a `kettles` tool"),
    ],
)
def test_a_correction_changes_no_target_and_no_code(tmp_path: Path, old: str, new: str) -> None:
    site = Site(Repository(tmp_path))
    before = edited(SOURCE, "the big kettle", "a `kettle` tool")
    old = old.replace("a big kettle", "a `kettle` tool")
    site.commit(before, TARGET)
    site.commit(edited(before, old, new))

    assert site.judge().status is Status.STALE


def test_a_stamp_holds_when_its_source_is_only_corrected(site: Site) -> None:
    site.commit(target=stamped(TARGET, digest_of(SOURCE), history.blob_id(SOURCE.encode())))
    site.commit(edited(SOURCE, "Nobody likes leaves", "Nobody like leaves"))

    verdict = site.judge()

    assert (verdict.status, verdict.basis, len(verdict.corrections)) == (Status.CURRENT, Basis.STAMP, 1)


def test_a_change_says_where_it_stands_in_both_files(site: Site) -> None:
    sieve = "Wait for four minutes,\nthen pour"
    site.commit(edited(SOURCE, "Wait for four minutes, then pour", sieve), TARGET)
    site.commit(edited(SOURCE, "Wait for four minutes, then pour", sieve.replace("four", "nine")))

    (change,) = site.judge().changes

    assert (change.source_line, change.source_end_line, change.line, change.end_line) == (17, 18, 17, 17)


@pytest.mark.parametrize(
    ("before", "after"),
    [("# Tea for two\n\n", 5), ("## Things you need\n\n", 11), ("- two cups that you like\n\n", 15)],
)
def test_what_was_added_says_after_which_line_it_belongs(site: Site, before: str, after: int) -> None:
    cake = "Bake a cake with 250 grams of flour on the day before.\n\n"
    site.commit(edited(SOURCE, before, before + cake))

    (change,) = site.judge().changes

    assert (change.line, change.after_line) == (None, after)


def test_what_was_added_above_all_else_comes_first(site: Site) -> None:
    site.commit(edited(SOURCE, "# Tea for two", "Bake a cake with 250 grams of flour.\n\n# Tea for two"))

    (change,) = site.judge().changes

    assert (change.line, change.after_line) == (None, 0)


def test_equal_words_have_an_equal_digest(site: Site) -> None:
    site.commit(CHANGED)
    (one,) = site.judge().changes
    site.commit(
        edited(CHANGED, "# Tea for two", "# **Tea** for two").replace(LATER_POT, LATER_POT.replace(" but", "\nbut"))
    )
    (other,) = site.judge().changes

    assert one.digest == other.digest
