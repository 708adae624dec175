"""A site's past, month by month: every point is what a report would have said at the time."""

import sys
from calendar import timegm
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.pages import page
from tests.repositories import Repository
from tests.runs import run
from tests.sites import judged
from transtool import history
from transtool.assess.stamps_file import NAME
from transtool.errors import UsageError
from transtool.keys import parse_numbers
from transtool.model import Language
from transtool.selection import Selection
from transtool.site import git
from transtool.site import trend as lookback
from transtool.site.judge import past_of
from transtool.site.open import open_site
from transtool.site.progress import Stages
from transtool.staleness.page_store import Past
from transtool.trend.compute import Retrospect, plan
from transtool.trend.compute import trend as put_together
from transtool.trend.episode import Versions
from transtool.trend.model import Trend
from transtool.trend.month_ends import mainline, month_ends

FAR = 2**33
"""A moment after every commit of these tests."""

CONFIG = """
source = "en"
languages = ["es", "fr"]
[series.talks]
path = "talks/{number}/{lang}.md"
exempt = [{ key = "3", languages = ["fr"] }]
"""
RAIN = page("title: Rain", "Rain fell on the roof all night.\n\nNobody in the house could sleep.\n")
LLUVIA = page("title: Lluvia", "La lluvia cayó toda la noche sobre el tejado.\n\nNadie pudo dormir en la casa.\n")
PLUIE = page("title: Pluie", "La pluie est tombée toute la nuit sur le toit.\n\nPersonne n'a pu dormir.\n")
SNOW = page("title: Snow", "Snow lay on the hills for a week.\n\nThe road to the village was closed.\n")
NIEVE = page("title: Nieve", "La nieve cubrió las colinas una semana.\n\nEl camino al pueblo estaba cerrado.\n")
LONGER = RAIN.replace("Nobody in the house", "Nobody but the old grey cat in the house")
LARGA = LLUVIA.replace("Nadie pudo", "Nadie más que la vieja gata gris pudo")

Files = Mapping[str, str | bytes | None]


def on(day: str) -> int:
    """The moment that a day (`2021-03-09`) begins, in UTC."""
    year, month, number = map(int, day.split("-"))
    return timegm((year, month, number, 0, 0, 0))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with the configuration of a site."""
    made = Repository(tmp_path / "site")
    made.commit({"transtool.toml": CONFIG}, when=on("2020-12-30"))
    return made


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge everything anew, unless a test asks for the cache."""
    monkeypatch.setenv("TRANSTOOL_NO_CACHE", "1")


EVENTS: tuple[tuple[str, Files], ...] = (
    ("2021-01-05", {"talks/1/en.md": RAIN}),
    ("2021-01-20", {"talks/1/es.md": LLUVIA, "talks/1/fr.md": RAIN}),
    ("2021-02-01", {"talks/1/en.md": LONGER, "talks/2/en.md": SNOW, "talks/2/es.md": b"---\ntitle: [\n---\n"}),
    ("2021-02-11", {"talks/1/es.md": LARGA}),
    ("2021-04-02", {"talks/2/es.md": NIEVE, "talks/3/en.md": RAIN, "talks/3/es.md": LLUVIA}),
    ("2021-04-03", {"talks/1/fr.md": PLUIE, "talks/3/en.md": b"\xff\xfe"}),
    ("2021-05-31", {"talks/1/en.md": RAIN}),
    ("2021-06-01", {"talks/2/en.md": None, "talks/1/es.md": LLUVIA}),
    ("2021-07-09", {"talks/2/en.md": SNOW, "talks/3/en.md": RAIN, "talks/3/fr.md": PLUIE}),
)


def tell(repository: Repository, events: tuple[tuple[str, Files], ...] = EVENTS) -> dict[str, str]:
    """Commit `events`; return the newest commit of each month."""
    return {day[:7]: repository.commit(files, when=on(day)) for day, files in events}


def trend(repository: Repository, selection: Selection | None = None) -> Trend:
    """The trend of the site in `repository`."""
    return lookback.trend_of(open_site(repository.root), *([selection] if selection else []))


def figures(found: Trend, language: str = "es") -> dict[str, tuple[int, int, int]]:
    """Expected, covered and current translations of a language by month."""
    points = found.of(Language(language))
    return {point.month: (point.tally.expected, point.tally.covered, point.tally.current) for point in points}


# Points


def test_every_point_is_what_a_report_would_have_said_at_the_time(repository: Repository, tmp_path: Path) -> None:
    newest = tell(repository)
    found = trend(repository)

    for month, commit in newest.items():
        there = tmp_path / month
        repository.git("worktree", "add", "-q", "--detach", str(there), commit)
        report = judged(there)
        for language in report.languages:
            tally = report.tally(language)
            assert figures(found, language)[month] == (tally.expected, tally.covered, tally.current), (month, language)


def test_a_story_in_months(repository: Repository) -> None:
    tell(repository)

    assert figures(trend(repository)) == {
        "2021-01": (1, 1, 1),
        "2021-02": (2, 1, 1),
        "2021-03": (2, 1, 1),
        "2021-04": (3, 3, 2),
        "2021-05": (3, 3, 1),
        "2021-06": (3, 3, 1),
        "2021-07": (3, 3, 3),
    }


def test_a_stamp_in_the_site_s_own_file_counts_from_when_it_was_committed(
    repository: Repository, tmp_path: Path
) -> None:
    repository.commit({"transtool.toml": 'stamps = "file"\n' + CONFIG}, when=on("2021-01-02"))
    newest = tell(
        repository,
        (
            ("2021-01-05", {"talks/1/en.md": RAIN}),
            ("2021-01-20", {"talks/1/es.md": LLUVIA}),
            ("2021-02-01", {"talks/1/en.md": LONGER}),
        ),
    )
    assert run("stamp", "1", "--language", "es", "--yes", at=repository.root).returncode == 0
    stamps = (repository.root / NAME).read_bytes()
    newest |= tell(
        repository,
        (
            ("2021-03-01", {NAME: stamps}),
            ("2021-04-01", {NAME: "no stamps\n"}),
            ("2021-05-01", {NAME: stamps}),
            ("2021-06-01", {"talks/1/en.md": SNOW}),
        ),
    )
    found = figures(trend(repository))

    assert {month: current for month, (_, _, current) in found.items()} == {
        "2021-01": 1,
        "2021-02": 0,
        "2021-03": 1,
        "2021-04": 0,
        "2021-05": 1,
        "2021-06": 0,
    }


def test_a_month_without_commits_is_like_the_one_before(repository: Repository) -> None:
    tell(repository)

    found = figures(trend(repository), "fr")

    assert found["2021-03"] == found["2021-02"]


def test_what_is_not_committed_does_not_count(repository: Repository) -> None:
    tell(repository)
    before = trend(repository)

    repository.write({"talks/1/es.md": None, "talks/9/en.md": RAIN})

    assert trend(repository) == before


def test_a_selection_narrows_what_is_counted(repository: Repository) -> None:
    tell(repository)

    found = trend(repository, Selection(languages=frozenset({Language("es")}), numbers=parse_numbers("2-3")))

    assert found.languages == ("es",)
    assert figures(found)["2021-07"] == (2, 2, 2)


def test_a_file_that_moved_since_is_found_where_it_was(repository: Repository) -> None:
    repository.commit({"old/1.md": RAIN, "old/1-es.md": LLUVIA}, when=on("2021-01-05"))
    repository.commit(
        {"old/1.md": None, "old/1-es.md": None, "talks/1/en.md": RAIN, "talks/1/es.md": LLUVIA}, when=on("2021-03-05")
    )

    assert figures(trend(repository)) == dict.fromkeys(("2021-01", "2021-02", "2021-03"), (1, 1, 1))


def test_a_renumbered_episode_counts_once(repository: Repository) -> None:
    repository.commit({"talks/1/en.md": RAIN, "talks/1/es.md": LLUVIA}, when=on("2021-01-05"))
    moved = {"talks/1/en.md": None, "talks/1/es.md": None, "talks/7/en.md": RAIN, "talks/7/es.md": LLUVIA}
    repository.commit(moved, when=on("2021-02-05"))

    assert figures(trend(repository)) == {"2021-01": (1, 1, 1), "2021-02": (1, 1, 1)}


def test_keys_in_front_matter_are_those_of_the_time(repository: Repository) -> None:
    keyed = CONFIG.replace("path =", 'key = { field = "number" }\npath =').replace("{number}", "{key}")
    one, uno = RAIN.replace("title", "number: 1\ntitle"), LLUVIA.replace("title", "number: 1\ntitle")
    repository.commit({"transtool.toml": keyed, "talks/a/en.md": one, "talks/b/es.md": uno}, when=on("2021-01-05"))
    repository.commit({"talks/b/es.md": uno.replace("number: 1", "number: 2")}, when=on("2021-02-05"))

    assert figures(trend(repository)) == {"2021-01": (1, 1, 1), "2021-02": (2, 1, 0)}


def test_a_site_below_its_repository_has_only_its_own_past(tmp_path: Path) -> None:
    made = Repository(tmp_path / "all")
    made.commit({"pod/transtool.toml": CONFIG, "pod/talks/1/en.md": RAIN, "talks/2/en.md": RAIN}, when=on("2021-01-05"))
    made.commit({"pod/talks/1/es.md": LLUVIA, "talks/2/es.md": LLUVIA}, when=on("2021-02-05"))

    found = lookback.trend_of(open_site(made.root / "pod"))

    assert figures(found) == {"2021-01": (1, 0, 0), "2021-02": (1, 1, 1)}


def test_the_report_and_the_trend_of_one_run_agree(repository: Repository) -> None:
    tell(repository)

    report, found = lookback.report_and_trend(open_site(repository.root))

    for language in report.languages:
        tally = report.tally(language)
        assert figures(found, language)["2021-07"] == (tally.expected, tally.covered, tally.current)
    assert found == trend(repository)


def test_without_history_it_is_said_why(tmp_path: Path, repository: Repository) -> None:
    tell(repository)
    repository.git("clone", "-q", "--depth=1", repository.root.as_uri(), str(tmp_path / "shallow"))

    with pytest.raises(UsageError, match="shallow"):
        lookback.trend_of(open_site(tmp_path / "shallow"))


def test_before_anything_is_expected_there_are_no_points(repository: Repository) -> None:
    repository.commit({"talks/1/en.md": RAIN}, when=on("2021-02-05"))

    assert trend(repository).months == ("2021-02",)


# What is judged


@contextmanager
def looked_back(repository: Repository, chooses: Callable[[str], bool] = bool) -> Iterator[tuple[Retrospect, Past]]:
    """What there is to look back on, and the past it is about."""
    opened = open_site(repository.root)
    with past_of(opened) as past:
        yield plan(past, opened.config, now=FAR, chooses=chooses), past


def test_only_what_stands_beside_something_new_is_judged(repository: Repository) -> None:
    tell(repository)
    with looked_back(repository, lambda path: path.startswith("talks/")) as (retrospect, _):
        new: list[Versions] = [pair for story in retrospect.stories for pair in story.tell().judged]

    beside = [(one.path, other.path) for one, other in new]
    assert len(new) == len(set(new))
    assert beside.count(("talks/1/en.md", "talks/1/es.md")) == 4
    assert beside.count(("talks/2/en.md", "talks/2/es.md")) == 3


def test_whoever_watches_is_told_of_every_episode(repository: Repository) -> None:
    tell(repository)
    told: list[tuple[int, int]] = []
    with looked_back(repository) as (retrospect, _):
        stages = Stages(watch=lambda stage, done, total: told.append((done, total)))
        lookback.tell_all(retrospect, lambda asked: None, stages)

    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert {total for _, total in told} == {told[-1][0]}


@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
@pytest.mark.skipif(sys.platform != "linux", reason="only there processes are forked")
def test_episodes_told_by_several_processes_are_those_told_by_one(repository: Repository) -> None:
    tell(repository)
    with looked_back(repository) as (retrospect, _):
        together, alone = (lookback.tell_all(retrospect, lambda asked: None, Stages(), many) for many in (3, 1))

    assert together == alone
    assert len(put_together(retrospect, together).points) > 1


def test_what_was_judged_once_is_remembered_until_something_it_depends_on_changes(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(repository)
    monkeypatch.delenv("TRANSTOOL_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def remembered(configuration: str = CONFIG) -> tuple[Trend, bytes]:
        repository.write({"transtool.toml": configuration})
        found = trend(repository)
        (kept,) = (tmp_path / "cache").rglob("*.past.msgpack")
        return found, kept.read_bytes()

    first, once = remembered()

    assert remembered() == (first, once)
    assert remembered(f'# more\n{CONFIG}[rules]\nmissing = "error"\n') == (first, once)
    assert remembered("draft_share = 0.9\n" + CONFIG)[1] != once


def test_a_file_that_git_has_lost_is_unreadable_and_nothing_is_remembered_then(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(repository)
    monkeypatch.delenv("TRANSTOOL_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    whole = repository.git("rev-parse", "HEAD:talks/1/es.md")
    lost = repository.root / ".git/objects" / whole[:2] / whole[2:]
    lost.rename(tmp_path / "lost")

    without = figures(trend(repository))
    (tmp_path / "lost").rename(lost)

    assert without["2021-07"] == (3, 1, 1)
    assert figures(trend(repository))["2021-07"] == (3, 3, 3)


# Months


def read(repository: Repository) -> history.History:
    """The history of a repository."""
    return history.parse(git.read(repository.root).log)


def months(repository: Repository, now: int = FAR) -> list[tuple[str, str]]:
    """Every month and the subject of the commit at its end."""
    known = read(repository)
    ends = month_ends(known, now)
    return [(month, repository.git("show", "-s", "--format=%s", known.commits[commit].id)) for month, commit in ends]


@pytest.fixture
def bare(tmp_path: Path) -> Repository:
    """An empty repository."""
    return Repository(tmp_path / "bare")


def test_a_month_ends_with_its_last_commit(bare: Repository) -> None:
    for day in ("2021-11-30", "2021-12-01", "2021-12-31", "2022-02-01"):
        bare.commit(when=on(day))

    assert months(bare) == [
        ("2021-11", "commit 1"),
        ("2021-12", "commit 3"),
        ("2022-01", "commit 3"),
        ("2022-02", "commit 4"),
    ]


def test_a_branch_counts_from_when_it_was_merged(bare: Repository) -> None:
    bare.commit(when=on("2021-01-05"))
    bare.switch("side", new=True)
    bare.commit({"a": "1"}, when=on("2021-02-05"))
    bare.switch("main")
    bare.git("merge", "-q", "--no-ff", "-m", "merged", "side", when=on("2021-03-05"))

    assert months(bare) == [("2021-01", "commit 1"), ("2021-02", "commit 1"), ("2021-03", "merged")]


@pytest.mark.parametrize("wrong", ["1999-05-05", "2031-05-05"])
def test_a_clock_that_was_wrong_for_a_while_tells_no_month(bare: Repository, wrong: str) -> None:
    for day in ("2021-01-05", "2021-02-05", wrong, "2021-03-05", "2021-04-05"):
        bare.commit(when=on(day))

    assert [month for month, _ in months(bare)] == ["2021-01", "2021-02", "2021-03", "2021-04"]


def test_no_month_is_later_than_now_and_the_last_has_the_newest_commit(bare: Repository) -> None:
    for day in ("2021-01-05", "2021-02-05", "2038-01-01"):
        bare.commit(when=on(day))

    assert months(bare, on("2021-03-15"))[-1] == ("2021-03", "commit 3")
    bare.commit(when=on("1975-01-01"))
    assert months(bare, on("2021-03-15"))[-1] == ("2021-03", "commit 4")


def swapped(repository: Repository, day: str) -> None:
    """Work on a copy of `main` as it was at the first commit, merge `main` into it on `day` and call that `main`."""
    repository.git("switch", "-q", "-c", "copy", "HEAD~3")
    repository.commit({"mine": "1"}, when=on("2021-01-06"))
    repository.git("merge", "-q", "--no-ff", "-m", "swapped", "main", when=on(day))
    repository.git("branch", "-q", "-f", "main")


def test_a_merge_that_swapped_the_parents_does_not_hide_what_the_branch_was(bare: Repository) -> None:
    for day in ("2021-01-05", "2021-03-05", "2021-06-05", "2021-09-05"):
        bare.commit({"theirs": day}, when=on(day))
    swapped(bare, "2021-10-05")

    assert [subject for month, subject in months(bare) if month in ("2021-01", "2021-03", "2021-07", "2021-10")] == [
        "commit 1",
        "commit 2",
        "commit 3",
        "swapped",
    ]


def test_first_parents_are_followed_where_they_are_not_silent(bare: Repository) -> None:
    for day in ("2021-01-05", "2021-01-07", "2021-01-08", "2021-01-09"):
        bare.commit({"theirs": day}, when=on(day))
    swapped(bare, "2021-01-15")

    line = [bare.git("show", "-s", "--format=%s", read(bare).commits[commit].id) for commit in mainline(read(bare))]
    assert line == ["commit 1", "commit 5", "swapped"]


def test_the_past_of_a_repository_that_was_merged_in_is_not_that_of_the_site(bare: Repository) -> None:
    bare.commit({"a": "1"}, when=on("2021-01-05"))
    bare.git("switch", "-q", "--orphan", "other")
    for day in ("2021-02-05", "2021-05-05", "2021-09-05"):
        bare.commit({"b": day}, when=on(day))
    bare.switch("main")
    bare.git("merge", "-q", "--allow-unrelated-histories", "-m", "joined", "other", when=on("2021-10-05"))

    assert {subject for _, subject in months(bare)} == {"commit 1", "joined"}


def test_nothing_committed_is_no_month() -> None:
    assert month_ends(history.parse(""), FAR) == ()
