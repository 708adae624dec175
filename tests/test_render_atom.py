"""The Atom feed of what is stale or missing: valid, stable, and nothing in it but text."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reports import CLEAN, DE, EMPTY, ES, NASTY, SMALL, STALE_CHANGES, cell, episode, filled_with
from tests.repositories import NOTE, Repository, behind
from tests.runs import run
from transtool.i18n import ENGLISH, Words
from transtool.model import Age, Language, Report, Source, State, Status
from transtool.render import renderer
from transtool.render.atom import MOST

ATOM = "{http://www.w3.org/2005/Atom}"


def read(text: str) -> ET.Element:
    """The feed, after a look at what RFC 4287 demands of every feed and entry (4.1.1, 4.1.2)."""
    feed = ET.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    for each in (feed, *feed.iter(f"{ATOM}entry")):
        counts = {name: len(each.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")}
        assert set(counts.values()) == {1}, counts
        assert each.findtext(f"{ATOM}id", "").startswith("tag:")
        assert each.findtext(f"{ATOM}updated", "").endswith("Z")
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    for entry in feed.iter(f"{ATOM}entry"):
        assert entry.find(f"{ATOM}content") is not None or entry.find(f"{ATOM}link[@rel='alternate']") is not None
        assert entry.find(f"{ATOM}category").get("term") is not None
    names = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(names)) == len(names)
    return feed


def entries(text: str) -> dict[str, ET.Element]:
    return {each.findtext(f"{ATOM}title", ""): each for each in read(text).iter(f"{ATOM}entry")}


def dated(*days: str) -> Report:
    """A site with one stale page; the changes of its source are of these days."""
    changes = tuple(
        replace(change, age=Age(commit=f"c{day}", since=f"2024-05-{day}T09:30:00Z", commits=1))
        for change, day in zip(STALE_CHANGES, days, strict=False)
    )
    page = episode("episodes", "9", "Bread", cell("episodes", "9", ES, Status.STALE, changes=changes, words=24))
    return replace(CLEAN, episodes=(page,), repository="https://example.org/owner/site")


def made(report: Report, words: Words = ENGLISH) -> str:
    return str(renderer("atom")(report, words))


def test_a_stale_page_is_as_new_as_the_newest_change_and_behind_since_the_oldest() -> None:
    [entry] = entries(made(dated("02", "07", "05"))).values()

    assert entry.findtext(f"{ATOM}published") == "2024-05-02T09:30:00Z"
    assert entry.findtext(f"{ATOM}updated") == "2024-05-07T09:30:00Z"


def test_a_new_change_is_a_new_entry_and_following_one_is_none() -> None:
    names = [read(made(dated(*days))).findtext(f"{ATOM}entry/{ATOM}id") for days in (["02"], ["02", "07"], ["07"])]

    assert names[0] != names[1] == names[2] == "tag:example.org,2026:owner/site/episodes/9/es/c07"


def test_an_entry_says_in_few_words_what_changed_and_shows_it() -> None:
    [entry] = entries(made(dated("02", "07"))).values()

    assert entry.findtext(f"{ATOM}summary") == (
        "Redo what changed in the source · 2 segments · 24 words · edited: paragraph, 12 words: “, salt … patience”"
    )
    assert "<ins>, salt</ins>" in entry.findtext(f"{ATOM}content", "")
    assert "<blockquote>El pan necesita tiempo y sal.</blockquote>" in entry.findtext(f"{ATOM}content", "")


def test_the_newest_changes_are_told_first_and_the_others_counted() -> None:
    many = dated("02", "03", "09", "03")
    [page] = many.episodes
    changes = tuple(
        replace(change, before="", after=f"text {place}")
        for place, change in enumerate((*page.cells[0].changes, *STALE_CHANGES), 1)
    )
    told = replace(many, episodes=(replace(page, cells=(replace(page.cells[0], changes=changes),)),))
    [entry] = entries(made(told)).values()

    assert re.findall(r"“(text \d)”", entry.findtext(f"{ATOM}summary", "")) == [f"text {at}" for at in (3, 2, 4, 1, 5)]
    assert entry.findtext(f"{ATOM}content", "").endswith("<p>and 3 more</p>")


def test_an_entry_leads_to_where_work_begins_to_the_source_and_to_the_commit() -> None:
    [entry] = entries(made(dated("02"))).values()

    assert {link.get("rel"): link.get("href") for link in entry.iter(f"{ATOM}link")} == {
        "alternate": "https://example.org/owner/site/edit/HEAD/docs/episodes/ep-9/es/episode.md",
        "related": "https://example.org/owner/site/blob/HEAD/docs/episodes/ep-9/en/episode.md",
        "via": "https://example.org/owner/site/commit/c02",
    }


def test_without_a_repository_there_are_names_and_no_links() -> None:
    feed = read(made(replace(dated("02"), repository="")))

    assert list(feed.iter(f"{ATOM}link")) == []
    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == "tag:localhost,2026:/episodes/9/es/c02"


def test_what_has_no_date_is_in_no_feed_and_a_feed_without_entries_is_as_old_as_the_site() -> None:
    assert entries(made(SMALL)) == {}
    assert read(made(EMPTY)).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    state = State("c1", "2024-01-02T03:04:05Z")
    assert read(made(replace(CLEAN, state=state))).findtext(f"{ATOM}updated") == state.moment


def test_the_newest_entries_are_told_first_and_not_all_of_a_large_site() -> None:
    pages = tuple(
        replace(
            episode("episodes", str(day), "x", cell("episodes", str(day), DE, Status.MISSING)),
            source=Source(language=ES, path="x", since=f"2024-01-01T00:{day // 60:02}:{day % 60:02}Z"),
        )
        for day in range(MOST + 7)
    )
    feed = read(made(replace(SMALL, episodes=pages)))
    moments = [entry.findtext(f"{ATOM}updated", "") for entry in feed.iter(f"{ATOM}entry")]

    assert len(moments) == MOST
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == moments[0]


def test_it_speaks_the_language_of_the_interface() -> None:
    feed = read(made(dated("02"), Words("es", "es")))

    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "es"
    assert feed.findtext(f"{ATOM}title") == "Traducciones · Español"


@pytest.mark.parametrize("raw", [*NASTY, "\x01\x0b\ufffe\uffff\ud800", "]]>", "<!--", "&#0;"])
def test_text_of_a_site_is_text_and_nothing_that_xml_forbids(raw: str) -> None:
    report = filled_with(raw)
    hostile = replace(
        report.episodes[0], source=Source(language=Language("en"), path=raw, since="2024-01-01T00:00:00Z")
    )
    document = made(replace(report, episodes=(hostile,)))
    content = read(document).findtext(f"{ATOM}entry/{ATOM}content", "")

    assert document.encode()
    assert {tag.partition(">")[0].strip("/") for tag in content.split("<")[1:]} <= {"p", "b", "blockquote", "ins"}


# On a real site


@pytest.fixture
def site(tmp_path: Path) -> Repository:
    return behind(tmp_path / "site", 'repository = "https://example.org/owner/site"\n')


def test_a_stale_page_is_as_old_as_its_change_and_a_missing_one_as_its_source(site: Repository) -> None:
    found = entries(run("report", "--format", "atom", at=site.root).stdout)
    moments = {title: entry.findtext(f"{ATOM}updated") for title, entry in found.items()}

    days = site.git("log", "--reverse", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd").split("\n")
    assert moments == {"Bus · Spanish · stale": days[2], "Bus · French · missing": days[0]}


def test_commits_that_change_nothing_leave_a_feed_as_it_is_byte_by_byte(site: Repository) -> None:
    first = run("report", "--output", "feed.atom", at=site.root)
    before = (site.root / "feed.atom").read_bytes()
    site.commit({"README": "hello"})
    run("report", "--output", "feed.atom", at=site.root)

    assert first.returncode == 0
    assert (site.root / "feed.atom").read_bytes() == before
    assert b"noon and is red" in before


def test_a_feed_can_be_about_one_language_and_has_a_name_of_its_own(site: Repository) -> None:
    whole = read(run("report", "--format", "atom", at=site.root).stdout)
    french = read(run("report", "--format", "atom", "--language", "fr", at=site.root).stdout)

    assert [each.get("term") for each in french.iter(f"{ATOM}category")] == ["fr"]
    assert french.findtext(f"{ATOM}id") == "tag:example.org,2026:owner/site/notes/fr"
    assert whole.findtext(f"{ATOM}id") == "tag:example.org,2026:owner/site/notes"
    assert french.findtext(f"{ATOM}entry/{ATOM}id") in {each.text for each in whole.iter(f"{ATOM}id")}


def test_what_is_not_committed_is_not_in_the_feed_yet(site: Repository) -> None:
    site.write({"2/en.md": NOTE.format("Tram", "The tram leaves at ten.")})

    assert "Tram" not in run("report", "--format", "atom", at=site.root).stdout


def test_a_moved_source_is_where_it_is_since_it_was_moved(site: Repository) -> None:
    site.git("mv", "1", "2")
    moved = site.commit()
    day = site.git("show", "-s", "--date=format-local:%Y-%m-%dT%H:%M:%SZ", "--format=%cd", moved)

    found = entries(run("report", "--format", "atom", at=site.root).stdout)

    assert found["Bus · French · missing"].findtext(f"{ATOM}updated") == day
