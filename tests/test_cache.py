"""Judgements remembered between runs are those that would be worked out anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.pages import TALKS, page
from tests.repositories import Repository
from transtool.assess.report import Task
from transtool.assess.translation import Judgement
from transtool.model import Report
from transtool.site import cache
from transtool.site import open as site
from transtool.staleness import Verdict, judge
from transtool.staleness.page_store import Past
from transtool.staleness.translation_pair import Pair

FILES = {
    "transtool.toml": TALKS,
    "nav/es.md": page("title: Charlas"),
    "talks/1/en/talk.md": page("title: Rain on the roof", "It rained all night on the tin roof.\n\nNobody slept.\n"),
    "talks/1/es/talk.md": page("title: Lluvia", "Llovió toda la noche sobre el tejado.\n\nNadie durmió.\n"),
    "talks/2/en/talk.md": page("title: Snow on the roof\nparent: Talks", "It snowed.\n"),
    "talks/2/es/talk.md": page("title: Nieve\nparent: Talks", "Nevó.\n"),
}
CHANGED = FILES["talks/1/en/talk.md"].replace("Nobody slept.", "Nobody slept but the cat.")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A site whose source of talk 1 changed after it was translated."""
    made = Repository(tmp_path / "site")
    made.commit(FILES)
    made.commit({"talks/1/en/talk.md": CHANGED})
    return made


@contextmanager
def memory(repository: Repository, place: Path, text: bytes = TALKS.encode()) -> Iterator[tuple[cache.Memory, Past]]:
    """What is remembered at `place`, and the past it is about."""
    with site.past_of(site.open_site(repository.root)) as past:
        yield cache.Memory(place, text, past), past


def asked(repository: Repository, place: Path, text: bytes = TALKS.encode()) -> list[str]:
    """Run once; return the paths of the translations that had to be judged anew."""
    judged = []
    opened = site.open_site(repository.root)
    with memory(repository, place, text) as (known, past):

        def watched(pair: Pair) -> Verdict:
            judged.append(pair.entry.path)
            return judge(pair, past=past)

        site.assess_with(opened, watched, known.recall)
        known.keep()
    return sorted(judged)


BOTH = ["talks/1/es/talk.md", "talks/2/es/talk.md"]


def test_the_second_run_judges_nothing(repository: Repository, tmp_path: Path) -> None:
    assert asked(repository, tmp_path / "cache") == BOTH
    assert asked(repository, tmp_path / "cache") == []


EDITS = {
    "the source": {"talks/2/en/talk.md": FILES["talks/2/en/talk.md"] + "\nAgain.\n"},
    "the translation": {"talks/2/es/talk.md": FILES["talks/2/es/talk.md"] + "\nOtra vez.\n"},
}


@pytest.mark.parametrize("files", EDITS.values(), ids=EDITS.keys())
@pytest.mark.parametrize("committed", [True, False])
def test_only_what_was_edited_is_judged_anew(
    repository: Repository, tmp_path: Path, files: dict[str, str], committed: bool
) -> None:
    asked(repository, tmp_path / "cache")
    repository.commit(files) if committed else repository.write(files)

    assert asked(repository, tmp_path / "cache") == ["talks/2/es/talk.md"]


def test_a_commit_elsewhere_changes_nothing(repository: Repository, tmp_path: Path) -> None:
    asked(repository, tmp_path / "cache")
    repository.commit({"readme.md": "Hello."})

    assert asked(repository, tmp_path / "cache") == []


def test_another_configuration_is_another_judgement(repository: Repository, tmp_path: Path) -> None:
    asked(repository, tmp_path / "cache")

    assert asked(repository, tmp_path / "cache", TALKS.encode() + b"\n# more\n") == BOTH


@pytest.mark.parametrize("rubbish", [b"", b"\x00\xff" * 40, b"\x81\xa3abc\xc0"])
def test_a_broken_cache_is_no_cache(repository: Repository, tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "cache").write_bytes(rubbish)

    assert asked(repository, tmp_path / "cache") == BOTH


def test_a_cache_that_cannot_be_written_is_none(repository: Repository, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert asked(repository, tmp_path / "file" / "cache") == BOTH


def test_what_is_remembered_is_what_was_found(repository: Repository, tmp_path: Path) -> None:
    def found() -> list[Judgement]:
        seen: list[Judgement] = []
        opened = site.open_site(repository.root)
        with memory(repository, tmp_path / "cache") as (known, past):

            def noted(task: Task) -> Judgement:
                seen.append(known.recall(task))
                return seen[-1]

            site.assess_with(opened, partial(judge, past=past), noted)
            known.keep()
        return seen

    first, second = found(), found()

    assert first == second
    assert [each.status for each in first] == ["stale", "current"]


def test_the_report_is_the_same_with_and_without(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def report() -> Report:
        return site.report_on(site.open_site(repository.root))

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    first, second = report(), report()
    monkeypatch.setenv(cache.OFF, "1")
    third = report()

    assert first.episodes == second.episodes == third.episodes
    assert len(list((tmp_path / "caches").rglob("*.msgpack"))) == 1


@pytest.mark.parametrize(
    ("environment", "there"),
    [
        ({"XDG_CACHE_HOME": "/c"}, True),
        ({"HOME": "/h"}, True),
        ({}, False),
        ({"XDG_CACHE_HOME": "relative"}, False),
        ({"HOME": "/h", cache.OFF: "1"}, False),
    ],
)
def test_the_cache_is_where_users_expect_it_or_nowhere(environment: dict[str, str], there: bool) -> None:
    found = cache.place(Path("/site"), environment)

    assert (found is not None) is there


def test_another_clone_of_the_same_history_is_judged_from_memory(repository: Repository, tmp_path: Path) -> None:
    """So a build that keeps the cache folder needs to judge only what is new."""
    asked(repository, tmp_path / "cache")
    repository.git("clone", "-q", ".", str(tmp_path / "clone"))

    assert asked(Repository(tmp_path / "clone"), tmp_path / "cache") == []


def test_a_run_on_a_part_of_the_site_forgets_nothing(repository: Repository, tmp_path: Path) -> None:
    asked(repository, tmp_path / "cache")
    with memory(repository, tmp_path / "cache") as (known, _):
        known.keep(whole=False)

    assert asked(repository, tmp_path / "cache") == []
