"""Git is asked once, hardened, and every situation has an answer."""

import os
import re
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from tests.repositories import Repository, environment
from transtool import history
from transtool.errors import UsageError, WorldError
from transtool.site import git, process


@pytest.fixture(autouse=True)
def plain_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own configuration takes part."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = Repository(tmp_path / "site")
    repository.commit({"a.md": "one\n", "folder/b.md": "two\n"})
    repository.commit({"a.md": "one more\n"})
    return repository


def read_history(root: Path) -> history.History:
    snapshot = git.read(root)
    assert snapshot.reason == ""
    assert snapshot.problem is None
    return history.parse(snapshot.log, prefix=snapshot.prefix)


def test_a_history_is_read_with_the_paths_of_the_site(repository: Repository) -> None:
    read = read_history(repository.root)

    assert len(read.commits) == 2
    assert sorted(read.paths()) == ["a.md", "folder/b.md"]


def test_a_site_in_a_subfolder_has_paths_of_its_own(repository: Repository) -> None:
    read = read_history(repository.root / "folder")

    assert list(read.paths()) == ["b.md"]


def test_a_repository_of_sha256_is_read(tmp_path: Path) -> None:
    repository = Repository(tmp_path, algorithm="sha256")
    repository.commit({"a.md": "text\n"})

    snapshot = git.read(tmp_path)

    assert snapshot.algorithm == "sha256"
    blob = history.parse(snapshot.log).blob("a.md", 0)
    assert blob == history.blob_id(b"text\n", "sha256") == repository.git("hash-object", "a.md")


def test_odd_file_names_come_through_unchanged(tmp_path: Path) -> None:
    names = ['quo"ted.md', "líne\nfeed.md", ":colon.md", " space .md", os.fsdecode(b"latin-\xe9.md")]
    repository = Repository(tmp_path)
    repository.commit(dict.fromkeys(names, "text\n"))

    assert sorted(read_history(tmp_path).paths()) == sorted(names)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a detached head", lambda repository: repository.git("checkout", "-q", "--detach", "HEAD~1")),
        ("a work tree", lambda repository: repository.git("worktree", "add", "-q", "../site-2")),
    ],
)
def test_history_is_read_in(name: str, make: object, repository: Repository) -> None:
    make(repository)
    root = repository.root.parent / "site-2" if name == "a work tree" else repository.root

    assert "folder/b.md" in set(read_history(root).paths())


def test_a_submodule_has_its_own_history(repository: Repository, tmp_path: Path) -> None:
    outer = Repository(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository.root), "site")

    assert len(read_history(outer.root / "site").commits) == 2


def test_no_repository_says_so(tmp_path: Path) -> None:
    snapshot = git.read(tmp_path)

    assert (snapshot.reason, snapshot.log) == ("no-git", "")
    assert "not in a git repository" in str(snapshot.problem)


def test_without_the_program_git_nothing_is_known(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    snapshot = git.read(repository.root)

    assert snapshot.reason == "no-git"
    assert "not installed" in str(snapshot.problem)
    assert git.Blobs(repository.root)("HEAD:a.md") is None


def test_a_repository_without_commits_says_so(tmp_path: Path) -> None:
    Repository(tmp_path)

    assert git.read(tmp_path).reason == "no-commits"


def test_a_bare_repository_is_no_site(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "-q", "--bare", ".", "../bare.git")

    assert git.read(tmp_path / "bare.git").reason == "no-git"


def test_a_shallow_clone_is_never_trusted(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "-q", "--depth=1", repository.root.as_uri(), "../shallow")

    snapshot = git.read(tmp_path / "shallow")

    assert (snapshot.reason, snapshot.log) == ("shallow", "")
    assert "fetch-depth: 0" in str(snapshot.problem)


def test_a_repository_of_somebody_else_passes_git_s_advice_on(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setattr(git, "_KEPT", (*git._KEPT, "GIT_TEST"))

    snapshot = git.read(repository.root)

    assert snapshot.reason == "foreign"
    assert f"git config --global --add safe.directory {repository.root}" in str(snapshot.problem)


def test_a_hook_s_variables_do_not_lead_elsewhere(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Repository(tmp_path / "other")
    other.commit({"x.md": "other\n"})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))

    assert "a.md" in set(read_history(repository.root).paths())


def test_blobs_are_read_by_id_and_by_place(repository: Repository) -> None:
    with git.Blobs(repository.root) as blobs:
        assert blobs(history.blob_id(b"one\n")) == b"one\n"
        assert blobs("HEAD:folder/b.md") == b"two\n"
        assert blobs("HEAD~1:a.md") == b"one\n"


@pytest.mark.parametrize(
    "name", ["", "0" * 40, "no such thing", "HEAD", "a\nb", "HEAD:folder", "HEAD: missing", "\udcff"]
)
def test_what_is_no_blob_is_none_and_does_not_disturb_the_next_question(name: str, repository: Repository) -> None:
    with git.Blobs(repository.root) as blobs:
        assert blobs(name) is None
        assert blobs("HEAD:a.md") == b"one more\n"


def test_a_partial_clone_gives_what_it_has_and_fetches_nothing(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", "--filter=blob:none", repository.root.as_uri(), "../partial")
    root = tmp_path / "partial"

    with git.Blobs(root) as blobs:
        assert len(read_history(root).commits) == 2
        assert blobs(history.blob_id(b"one\n")) is None
        assert blobs(history.blob_id(b"one more\n")) == b"one more\n"
        assert blobs(history.blob_id(b"one\n")) is None
    assert _missing(root) == ["?" + history.blob_id(b"one\n")]


def test_what_a_partial_clone_lacks_is_told_and_the_way_out_leads_there(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", "--filter=blob:none", repository.root.as_uri(), "../partial")
    root, lost = tmp_path / "partial", history.blob_id(b"one\n")

    with git.Blobs(root) as blobs:
        assert [blobs(lost), blobs("HEAD:a.md"), blobs("HEAD:nothing")] == [None, b"one more\n", None]

    said = str(git.lacking(1))
    command = re.search(r"git (fetch --no-filter --refetch)", said)
    assert command
    subprocess.run(["git", *command[1].split()], cwd=root, env=environment(), check=True, capture_output=True)
    with git.Blobs(root) as blobs:
        assert blobs(lost) == b"one\n"


def children() -> list[int]:
    """Return the processes that this one started and that run."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = place.read_text().rpartition(")")[2].split()[:2]
            if int(parent) == os.getpid() and state != "Z":
                found.append(int(place.parent.name))
    return found


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_git_is_started_again_when_it_is_killed(how: signal.Signals, repository: Repository) -> None:
    with git.Blobs(repository.root) as blobs:
        for _ in range(12):
            assert blobs("HEAD:a.md") == b"one more\n"
            (child,) = children()
            os.kill(child, how)
            assert blobs(history.blob_id(b"one\n")) == b"one\n"


def test_git_is_started_again_when_it_is_killed_in_the_middle_of_an_answer(repository: Repository) -> None:
    """Of a large object a part is on its way already when git is killed."""
    large = b"x" * 5_000_000
    repository.commit({"large.md": large})

    class Killed(process.Child):
        """A child that is killed before it is heard for the first time."""

        left = 1

        def read(self, size: int) -> bytes:
            if Killed.left:
                Killed.left = 0
                os.kill(self.process.pid, signal.SIGKILL)
            return super().read(size)

    with git.Blobs(repository.root) as blobs:
        blobs._child = Killed(
            git._command("cat-file", "--batch"), cwd=repository.root, env=git._environment(), patience=20
        )
        assert blobs("HEAD:large.md") == large
        assert Killed.left == 0


def test_an_object_over_which_git_ends_is_missing_and_the_others_are_not(repository: Repository) -> None:
    names = [repository.git("rev-parse", f"{commit}:a.md") for commit in ("HEAD", "HEAD~1")]
    place = repository.root / ".git" / "objects" / names[1][:2] / names[1][2:]
    place.chmod(0o644)
    place.write_bytes(b"this is no object")

    with git.Blobs(repository.root) as blobs:
        assert [blobs(name) for name in (*names, *names)] == [b"one more\n", None] * 2


def test_blobs_that_were_expected_are_what_they_are(repository: Repository) -> None:
    there, lost = history.blob_id(b"one\n"), "0" * 40
    names = [history.blob_id(b"one more\n"), lost, there, there, history.blob_id(b"two\n")]

    with git.Blobs(repository.root) as blobs:
        blobs.expect(names)
        assert [blobs(name) for name in names] == [b"one more\n", None, b"one\n", b"one\n", b"two\n"]
        os.kill(children()[0], signal.SIGKILL)
        assert blobs(there) == b"one\n"  # it was kept
        blobs.expect([lost, *(f"{number:040d}" for number in range(2_000))])
        assert [blobs(lost), blobs("HEAD:a.md")] == [None, b"one more\n"]


@pytest.mark.parametrize("room", [0, 4, 9])
def test_of_expected_blobs_as_many_are_kept_as_there_is_room_for(
    room: int, repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "_ROOM", room)
    names = [history.blob_id(text) for text in (b"one more\n", b"one\n", b"two\n")]

    with git.Blobs(repository.root) as blobs:
        blobs.expect(names)
        assert sum(map(len, blobs._kept.values())) <= room
        assert [blobs(name) for name in names] == [b"one more\n", b"one\n", b"two\n"]


def test_what_git_dies_over_among_expected_blobs_is_all_that_is_missing(repository: Repository, tmp_path: Path) -> None:
    repository.git("config", "uploadpack.allowFilter", "true")
    repository.git("clone", "-q", "--filter=blob:none", repository.root.as_uri(), "../partial")
    names = [history.blob_id(text) for text in (b"one more\n", b"one\n", b"two\n")]

    with git.Blobs(tmp_path / "partial") as blobs:
        blobs.expect(names)
        assert [blobs(name) for name in names] == [b"one more\n", None, b"two\n"]


def test_a_version_that_is_larger_than_any_page_is_not_read(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git, "_LARGEST", 5)

    with git.Blobs(repository.root) as blobs:
        assert [blobs(name) for name in ("HEAD:a.md", "HEAD:folder/b.md")] == [None, b"two\n"]
        blobs.expect(names := [history.blob_id(b"one more\n"), history.blob_id(b"two\n")])
        assert [blobs(name) for name in names] == [None, b"two\n"]


def test_a_process_that_was_forked_asks_a_git_of_its_own(repository: Repository) -> None:
    with git.Blobs(repository.root) as blobs:
        assert blobs("HEAD:a.md") == b"one more\n"
        ours = children()
        pid = os.fork()
        if not pid:
            os._exit(0 if blobs("HEAD~1:a.md") == b"one\n" and blobs.close() else 1)
        assert os.waitpid(pid, 0)[1] == 0
        assert children() == ours
        assert blobs("HEAD:folder/b.md") == b"two\n"


def test_a_git_that_keeps_silent_is_waited_for_once(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(git.PATIENCE, "1")
    head = repository.root / ".git" / "HEAD"
    head.unlink()
    os.mkfifo(head)

    snapshot = git.read(repository.root)

    assert (snapshot.reason, snapshot.log) == ("no-git", "")
    assert "no answer for 1 s and" in str(snapshot.problem)
    monkeypatch.setenv(git.PATIENCE, "9999")
    assert str(git.read(repository.root).problem).startswith("git gave no answer")
    assert git.object_format(repository.root) == "sha1"
    with git.Blobs(repository.root) as blobs:
        assert blobs("f" * 40) is None
    with pytest.raises(WorldError, match="no answer"):
        git.fork_point(repository.root, "HEAD")


@pytest.mark.parametrize("value", ["", "0", "-1", "soon", "²", "1e3", "123456"])
def test_a_patience_that_is_no_number_of_seconds_is_not_believed(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(git.PATIENCE, value)

    assert git._patience() == 120


def test_a_history_that_is_too_long_is_said(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "_MOST", 200)

    snapshot = git.read(repository.root)

    assert (snapshot.reason, "stopped" in str(snapshot.problem)) == ("no-git", True)


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_the_format_of_objects_is_told(algorithm: str, tmp_path: Path) -> None:
    Repository(tmp_path / "site", algorithm=algorithm)

    assert git.object_format(tmp_path / "site") == algorithm
    assert git.object_format(tmp_path) == "sha1"


def _missing(root: Path) -> list[str]:
    command = ["git", "rev-list", "--objects", "--missing=print", "HEAD"]
    listing = subprocess.run(command, cwd=root, env=environment(), check=True, capture_output=True, text=True)
    return [line for line in listing.stdout.splitlines() if line.startswith("?")]


PROGRAMS = (
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "core.editor",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "gpg.program",
    "gpg.ssh.program",
    "diff.external",
    "diff.bad.command",
    "diff.bad.textconv",
    "filter.bad.clean",
    "filter.bad.smudge",
    "filter.bad.process",
    "pager.log",
    "alias.log",
    "alias.cat-file",
    "interactive.diffFilter",
    "remote.origin.uploadpack",
    "uploadpack.packObjectsHook",
    "credential.helper",
)


def test_a_hostile_repository_runs_no_program(repository: Repository, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    repository.commit({"c.md": "c\n", ".gitattributes": "*.md diff=bad filter=bad\n"})
    for name in PROGRAMS:
        repository.git("config", name, str(trap))
    for name, value in {
        "log.showSignature": "true",
        "core.hooksPath": str(tmp_path),
        "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true",
        "protocol.ext.allow": "always",
        "diff.orderFile": "missing",
        "diff.relative": "true",
        "log.showRoot": "false",
        "color.ui": "always",
        "log.decorate": "full",
    }.items():
        repository.git("config", name, value)
    (tmp_path / "sprung").unlink(missing_ok=True)

    read = read_history(repository.root)
    with git.Blobs(repository.root) as blobs:
        contents = [blobs("0" * 39 + "1"), blobs(read.blob("c.md", read.head))]
    git.fork_point(repository.root, "HEAD~1")

    assert contents == [None, b"c\n"]
    assert sorted(read.paths()) == [".gitattributes", "a.md", "c.md", "folder/b.md"]
    assert not (tmp_path / "sprung").exists()


def test_the_fork_point_is_the_newest_shared_commit(repository: Repository) -> None:
    fork = repository.git("rev-parse", "HEAD")
    repository.switch("side", new=True)
    repository.commit({"a.md": "side\n"})
    repository.switch("main")
    repository.commit({"folder/b.md": "main\n"})

    assert git.fork_point(repository.root, "side") == fork


@pytest.mark.parametrize("reference", ["nowhere", "", "--help", "HEAD:a.md", "bad\0name"])
def test_a_reference_that_names_no_commit_is_a_usage_error(reference: str, repository: Repository) -> None:
    with pytest.raises(UsageError, match="names no commit"):
        git.fork_point(repository.root, reference)


def test_a_fork_point_needs_a_shared_history(repository: Repository) -> None:
    repository.git("checkout", "-q", "--orphan", "alone")
    repository.commit({"z.md": "z\n"})

    with pytest.raises(UsageError, match="shares no history"):
        git.fork_point(repository.root, "main")
