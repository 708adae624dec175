"""Versions, ancestry and moves, from the log of real repositories."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile_repositories import CLOCKS, victim
from tests.repositories import Repository
from transtool import history
from transtool.history import Commit, History, Touch, blob_id
from transtool.history import renames as moves
from transtool.site import git

LONG = "".join(f"line {number} of a page that stays as it is\n" for number in range(20))


def load(root: Path, *, alike: bool = False) -> History:
    snapshot = git.read(root)
    blobs = git.Blobs(root)
    rate = cache(lambda one, other: moves.alike(blobs(one) or b"", blobs(other) or b"")) if alike else None
    try:
        read = history.parse(snapshot.log, prefix=snapshot.prefix, alike=rate)
        for path in read.paths():
            read.trail(path).versions()
        return read
    finally:
        blobs.close()


def contents(read: History, path: str, names: dict[str, str], **options: object) -> list[str]:
    """The versions of a file, newest first, each by the text that `names` tells its blob by."""
    known = {blob_id(text.encode()): text for text in names.values()} | {blob_id(b""): ""}
    trail = read.trail(path, **options)
    return [known[version.blob] for version in trail.versions()]


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "site")


def test_versions_come_newest_first_and_untouched_commits_make_none(repository: Repository) -> None:
    repository.commit({"a.md": "1", "b.md": "b"})
    repository.commit({"b.md": "c"})
    repository.commit({"a.md": "2"})

    assert contents(load(repository.root), "a.md", {"1": "1", "2": "2"}) == ["2", "1"]


def test_a_commit_knows_the_version_that_stood_in_its_tree(repository: Repository) -> None:
    first = repository.commit({"a.md": "1"})
    other = repository.commit({"b.md": "b"})
    repository.commit({"a.md": "2"})
    read = load(repository.root)
    position = read.position(other)
    assert position is not None

    assert read.trail("a.md").at(position) == (read.position(first), "a.md", blob_id(b"1"))
    assert read.blob("b.md", 0) == ""


def test_later_is_decided_by_ancestry_and_not_by_the_clock(repository: Repository) -> None:
    repository.commit({"a.md": "1"}, when=2_000_000_000)
    repository.commit({"a.md": "2"}, when=1_000_000_000)

    assert contents(load(repository.root), "a.md", {"1": "1", "2": "2"}) == ["2", "1"]


def test_a_merge_that_takes_the_other_side_s_file_makes_no_version(repository: Repository) -> None:
    repository.commit({"a.md": "1", "b.md": "b"})
    repository.switch("side", new=True)
    side = repository.commit({"a.md": "2"})
    repository.switch("main")
    repository.commit({"b.md": "c"})
    repository.merge("side")
    read = load(repository.root)

    head = read.trail("a.md").head

    assert head is not None
    assert head.commit == read.position(side)


def test_a_merge_with_work_of_its_own_has_both_sides_as_parents(repository: Repository) -> None:
    repository.commit({"a.md": "1"})
    repository.switch("side", new=True)
    repository.commit({"a.md": "side"})
    repository.switch("main")
    repository.commit({"a.md": "main"})
    repository.merge("side", {"a.md": "both"})
    read = load(repository.root)
    trail = read.trail("a.md")
    assert trail.head is not None

    assert {parent.blob for parent in trail.parents(trail.head)} == {blob_id(b"main"), blob_id(b"side")}


def test_a_branch_does_not_see_what_the_other_branch_did(repository: Repository) -> None:
    repository.commit({"a.md": "1", "b.md": "b"})
    repository.switch("side", new=True)
    side = repository.commit({"b.md": "c"})
    repository.switch("main")
    repository.commit({"a.md": "2"})
    repository.merge("side")
    read = load(repository.root)
    position = read.position(side)
    assert position is not None

    version = read.trail("a.md").at(position)

    assert version is not None
    assert version.blob == blob_id(b"1")


def test_uncommitted_work_is_the_newest_version(repository: Repository) -> None:
    repository.commit({"a.md": "1"})
    read = load(repository.root)

    assert contents(read, "a.md", {"1": "1", "2": "2"}, blob=blob_id(b"2")) == ["2", "1"]
    assert contents(read, "a.md", {"1": "1"}, blob=blob_id(b"1")) == ["1"]
    assert read.trail("a.md", blob=blob_id(b"2")).at(read.now) == (read.now, "a.md", blob_id(b"2"))


def test_a_file_never_committed_has_one_version_and_no_past(repository: Repository) -> None:
    repository.commit({"a.md": "1"})
    trail = load(repository.root).trail("new.md", blob=blob_id(b"n"))

    assert trail.committed is None
    assert len(trail.versions()) == 1


def test_a_file_that_nobody_has_ever_seen_has_no_versions(repository: Repository) -> None:
    repository.commit({"a.md": "1"})
    trail = load(repository.root).trail("never.md")

    assert (trail.head, trail.created, trail.versions()) == (None, None, ())


def test_a_file_deleted_and_restored_keeps_its_past(repository: Repository) -> None:
    repository.commit({"a.md": "1"})
    repository.commit({"a.md": "2", "b.md": "b"})
    gone = repository.commit({"a.md": None})
    repository.commit({"a.md": "2"})
    read = load(repository.root)
    position = read.position(gone)
    assert position is not None

    assert contents(read, "a.md", {"1": "1", "2": "2"}) == ["2", "2", "1"]
    assert read.blob("a.md", position) == ""
    assert read.trail("a.md").at(position) == (1, "a.md", blob_id(b"2"))


def test_a_file_made_anew_after_another_one_of_its_name_was_deleted_has_no_past(repository: Repository) -> None:
    repository.commit({"a.md": LONG, "b.md": "b"})
    repository.commit({"a.md": None})
    repository.commit({"a.md": "quite another text"})

    assert len(load(repository.root, alike=True).trail("a.md").versions()) == 1


@pytest.mark.parametrize(
    ("old", "new", "text", "alike"),
    [
        ("docs/a.md", "pages/a.md", LONG, False),
        ("a.md", "z.md", LONG, False),
        ("a.md", "a.mdx", "quite another text", False),
        ("go.md", "go/_index.md", "quite another text", False),
        ("go/index.html", "go.md", "quite another text", False),
        ("zh-cn/a.md", "zh-hans/a.md", LONG.replace("line 3 ", "LINE 3 "), True),
    ],
)
def test_a_file_is_followed_through_a_move(old: str, new: str, text: str, alike: bool, repository: Repository) -> None:
    repository.commit({old: LONG, "other/a.md": "another page\n"})
    moved = repository.commit({old: None, new: text, "other/a.md": None, "third/a.md": "another page\n"})
    read = load(repository.root, alike=alike)
    trail = read.trail(new)

    assert [version.path for version in trail.versions()] == [new, old]
    assert trail.at(0) == (0, old, blob_id(LONG.encode()))
    assert trail.head is not None
    assert trail.head.commit == read.position(moved)


def test_a_chain_of_moves_is_followed_to_its_start(repository: Repository) -> None:
    repository.commit({"a.md": LONG})
    repository.commit({"a.md": None, "b/a.md": LONG})
    repository.commit({"b/a.md": None, "c/a.md": LONG})
    repository.commit({"c/a.md": None, "a.md": LONG})

    paths = [version.path for version in load(repository.root).trail("a.md").versions()]

    assert paths == ["a.md", "c/a.md", "b/a.md", "a.md"]


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("a.md", "b.md", LONG, "quite another text"),
        ("a.md", "b.md", "", ""),
    ],
)
def test_an_unrelated_file_is_no_origin(old: str, new: str, before: str, after: str, repository: Repository) -> None:
    repository.commit({old: before})
    repository.commit({old: None, new: after})

    assert len(load(repository.root, alike=True).trail(new).versions()) == 1


def test_of_files_with_the_same_bytes_the_one_of_the_nearest_name_is_the_origin(repository: Repository) -> None:
    repository.commit({f"edt-{number}/es/episode.md": LONG for number in (1, 2, 3)})
    changes: dict[str, str | None] = {f"edt-{number}/es/episode.md": None for number in (1, 2, 3)}
    repository.commit({**changes, **{f"docs/edt-{number}/es/episode.md": LONG for number in (1, 2, 3)}})

    versions = load(repository.root).trail("docs/edt-2/es/episode.md").versions()

    assert versions[-1].path == "edt-2/es/episode.md"


def test_a_symbolic_link_is_no_version(repository: Repository) -> None:
    repository.write({"a.md": "1"})
    (repository.root / "b.md").symlink_to("a.md")
    repository.commit()

    assert load(repository.root).trail("b.md").head is None


def test_touched_since_names_what_newer_commits_change(repository: Repository) -> None:
    repository.commit({"a.md": "1", "b.md": "1", "c.md": "1"})
    repository.switch("side", new=True)
    repository.commit({"b.md": "2"})
    repository.switch("main")
    base = repository.commit({"a.md": "2"})
    repository.merge("side")
    read = load(repository.root)
    position = read.position(base)
    assert position is not None

    assert read.touched_since(position) == {"b.md"}


def test_commits_are_found_by_the_start_of_their_id(repository: Repository) -> None:
    commit = repository.commit({"a.md": "1"})
    read = load(repository.root)

    assert read.position(commit) == read.position(commit[:8]) == 0
    assert (read.position("f" * 40), read.position("")) == (None, None)


def test_an_ambiguous_start_of_an_id_names_no_commit() -> None:
    read = History([Commit("ab1", 0, ()), Commit("ab2", 0, (0,))], {})

    assert (read.position("ab"), read.position("ab2"), read.position("ab1")) == (None, 1, 0)


def test_an_empty_log_is_an_empty_history() -> None:
    read = history.parse("")

    assert (read.now, read.head, list(read.paths()), read.blob("a", 0)) == (0, -1, [], "")
    assert read.trail("a.md").head is None


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Commit], list[dict[str, str]]]:
    """Commits with one or two parents and the tree that each of them has."""
    commits: list[Commit] = []
    trees: list[dict[str, str]] = []
    for position in range(draw(st.integers(1, 14))):
        parents = draw(st.lists(st.integers(0, position - 1), max_size=2, unique=True)) if position else []
        tree = dict(trees[parents[0]]) if parents else {}
        for path in draw(st.sets(st.sampled_from("ab"))):
            tree[path] = draw(st.sampled_from("123"))
        if draw(st.booleans()):
            tree.pop(draw(st.sampled_from("ab")), None)
        commits.append(Commit(f"{position:02}", 0, tuple(parents)))
        trees.append(tree)
    return commits, trees


@given(graphs())
def test_every_commit_s_tree_is_told_from_touches_alone(graph: tuple[list[Commit], list[dict[str, str]]]) -> None:
    commits, trees = graph
    touches: dict[str, list[Touch]] = {}
    for position, (commit, tree) in enumerate(zip(commits, trees, strict=True)):
        before = trees[commit.parents[0]] if commit.parents else {}
        for path in "ab":
            if tree.get(path) != before.get(path):
                touches.setdefault(path, []).append(Touch(position, tree.get(path, ""), path not in before))

    read = History(commits, touches)

    assert [{path: blob for path in "ab" if (blob := read.blob(path, at))} for at in range(len(commits))] == trees
    for path in "ab":
        versions = read.trail(path).versions()
        assert list(versions) == sorted(versions, reverse=True)
        assert all(trees[version.commit].get(version.path) == version.blob for version in versions)


@given(st.binary(), st.binary())
def test_likeness_is_a_share_and_the_same_both_ways(one: bytes, other: bytes) -> None:
    assert 0 <= moves.alike(one, other) == moves.alike(other, one) <= 1


@pytest.mark.parametrize("clock", CLOCKS.values(), ids=CLOCKS)
def test_a_commit_without_a_readable_date_has_that_of_its_parent(clock: str, tmp_path: Path) -> None:
    """Git makes sense of some of these, as it likes; none may end the reading of the others."""
    target = victim(tmp_path)
    before = load(target.root).commits[-1].time
    target.commit_object(f"committer A <a@example.org> {clock}".rstrip())

    read = load(target.root)

    assert len(read.commits) == 3
    assert (read.commits[-1].time, read.undated) in ((before, 1), (1_577_880_000, 0))


@pytest.mark.parametrize(
    ("log", "times", "undated"),
    [
        (" b a\0 a \0", [0, 0], 2),
        ("7 b a\0 a \0", [7, 7], 1),
        (" c b\0 b a\x007 a \0", [7, 7, 7], 2),
        ("253402300800 b a\x00253402300799 a \0", [253_402_300_799] * 2, 1),
        ("99999999999999999999 b a\x000 a \0", [0, 0], 1),
    ],
)
def test_a_time_that_is_missing_or_beyond_any_calendar_is_that_of_a_neighbour(
    log: str, times: list[int], undated: int
) -> None:
    read = history.parse(log)

    assert ([commit.time for commit in read.commits], read.undated) == (times, undated)
