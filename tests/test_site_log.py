"""The history that is remembered between runs is the one that git tells, whatever was done to it meanwhile."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.repositories import Repository
from transtool.history import Log, extended, read_log
from transtool.site import git, log
from transtool.site.progress import Stages

NUMBERS = count()


def told(root: Path) -> Log:
    """The history as git tells all of it."""
    return read_log(git.read(root).log)


def remembered(root: Path, place: Path) -> Log | None:
    """The history as it is read on from what is remembered."""
    return log.read(root, place, Stages())[1]


def written(made: Repository) -> None:
    made.commit({f"{next(NUMBERS) % 4}.md": str(next(NUMBERS))})


def removed(made: Repository) -> None:
    made.commit({name.name: None for name in sorted(made.root.glob("*.md"))[:1]} or {"0.md": "again"})


def amended(made: Repository) -> None:
    made.git("commit", "-q", "--amend", "-m", f"again {next(NUMBERS)}")


def reset(made: Repository) -> None:
    if made.git("rev-list", "--count", "HEAD") > "2":
        made.git("reset", "-q", "--hard", "HEAD~1")


def merged(made: Repository, start: str = "HEAD") -> None:
    """A branch that left at `start`, and came back beside a commit here."""
    here = made.git("rev-parse", "--abbrev-ref", "HEAD")
    made.git("checkout", "-q", "-b", f"b{next(NUMBERS)}", start)
    made.commit({f"branch{next(NUMBERS)}.txt": "x"})
    branch = made.git("rev-parse", "HEAD")
    made.git("checkout", "-q", here)
    written(made)
    made.git("merge", "-q", "-s", "ours", "--no-ff", "-m", "merge", branch)


def merged_from_before(made: Repository) -> None:
    merged(made, "HEAD~1")


def merged_without_a_past(made: Repository) -> None:
    tree = made.git("rev-parse", "HEAD^{tree}")
    alone = made.git("commit-tree", "-m", f"alone {next(NUMBERS)}", tree)
    made.git("merge", "-q", "-s", "ours", "--allow-unrelated-histories", "--no-ff", "-m", "merge", alone)


STEPS: list[Callable[[Repository], None]] = [
    written,
    written,
    removed,
    amended,
    reset,
    merged,
    merged_from_before,
    merged_without_a_past,
]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(runs=st.lists(st.lists(st.sampled_from(STEPS), min_size=1, max_size=3), min_size=2, max_size=4))
def test_what_is_remembered_is_read_on_to_what_git_tells(
    runs: list[list[Callable[[Repository], None]]], tmp_path: Path
) -> None:
    folder = tmp_path / str(next(NUMBERS))
    made = Repository(folder / "site")
    made.commit({"0.md": "first"})
    made.commit({"1.md": "second"})
    for steps in runs:
        for step in steps:
            step(made)
        whole = told(made.root)
        for _ in range(2):
            found = remembered(made.root, folder / "place.msgpack")
            assert found == whole
            assert found is not None
            assert list(found.touches) == list(whole.touches)
    shutil.rmtree(folder)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "site")
    made.commit({"0.md": "first"})
    made.commit({"1.md": "second"})
    return made


def since(made: Repository, commit: str) -> str:
    """What git tells of the commits after another one."""
    return git.read(made.root, commit).log


def test_only_new_commits_are_asked_for(repository: Repository) -> None:
    before = told(repository.root)
    written(repository)

    assert git.read(repository.root, before.head).since == before.head
    assert extended(before, since(repository, before.head)) == told(repository.root)


@pytest.mark.parametrize("step", [amended, merged_from_before, merged_without_a_past])
def test_a_history_that_does_not_stand_on_the_old_one_is_read_anew(
    repository: Repository, step: Callable[[Repository], None]
) -> None:
    before = told(repository.root)
    step(repository)

    assert extended(before, since(repository, before.head)) is None


def test_a_commit_that_git_no_longer_has_is_no_start(repository: Repository) -> None:
    snapshot = git.read(repository.root, "0" * 40)

    assert (snapshot.since, read_log(snapshot.log)) == ("", told(repository.root))
