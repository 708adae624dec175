"""Files are written whole or not at all, inside the site, and never over something that was not read."""

import errno
import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.rights import reachable, without_root
from transtool.edits import Copy, Edit
from transtool.errors import WorldError
from transtool.site.place import inside
from transtool.site.write import apply, is_leftover, save


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "en").mkdir(parents=True)
    (root / "en" / "1.md").write_bytes(b"one\n")
    return root


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_files_are_created_replaced_and_copied_with_the_folders_they_need(site: Path) -> None:
    (site / "en" / "cover.png").write_bytes(b"\x89PNG")
    apply(
        site,
        [
            Edit("en/1.md", b"one\n", b"uno\n"),
            Edit("es/deep/1.md", None, b"hola\n"),
            Copy("es/cover.png", "en/cover.png"),
        ],
    )
    assert everything(site) == {
        "en/1.md": b"uno\n",
        "en/cover.png": b"\x89PNG",
        "es/cover.png": b"\x89PNG",
        "es/deep/1.md": b"hola\n",
    }


def test_the_permissions_of_a_replaced_file_stay(site: Path) -> None:
    (site / "en" / "1.md").chmod(0o640)
    apply(site, [Edit("en/1.md", b"one\n", b"uno\n")])
    assert stat.S_IMODE((site / "en" / "1.md").stat().st_mode) == 0o640


def test_a_new_file_gets_the_permissions_of_any_new_file(site: Path) -> None:
    apply(site, [Edit("es/1.md", None, b"hola\n")])
    (site / "plain").touch()
    assert (site / "es" / "1.md").stat().st_mode == (site / "plain").stat().st_mode


def test_a_file_that_stays_the_same_is_not_written(site: Path) -> None:
    before = (site / "en" / "1.md").stat()
    apply(site, [Edit("en/1.md", b"one\n", b"one\n")])
    assert (site / "en" / "1.md").stat().st_ino == before.st_ino


def test_a_link_to_a_file_stays_a_link_and_its_target_is_written(site: Path) -> None:
    (site / "link.md").symlink_to("en/1.md")
    apply(site, [Edit("link.md", b"one\n", b"uno\n")])
    assert (site / "link.md").is_symlink()
    assert (site / "en" / "1.md").read_bytes() == b"uno\n"


REFUSED = {
    "a path that climbs out": (Edit("../out.md", None, b"x"), "leads out of the site"),
    "an absolute path": (Edit("/out.md", None, b"x"), "leads out of the site"),
    "a link that leads out": (Edit("away/out.md", None, b"x"), "leads out of the site"),
    "a copy of something outside": (Copy("es/copy.md", "away/secret.md"), "leads out of the site"),
    "a path that no system has": (Edit("a\0b.md", None, b"x"), "this path cannot be used"),
    "a file that is there already": (Edit("en/1.md", None, b"x"), "already exists"),
    "a link to nothing in its place": (Edit("broken.md", None, b"x"), "leads out of the site"),
    "a file that changed since it was read": (Edit("en/1.md", b"old\n", b"x"), "changed since it was read"),
    "a file that is gone": (Edit("en/2.md", b"old\n", b"x"), "cannot be written"),
    "a file where a folder must be": (Edit("en/1.md/2.md", None, b"x"), "cannot be written"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_it_says_why_and_leaves_everything_alone_when_it_meets(site: Path, change: Edit | Copy, reason: str) -> None:
    outside = site.parent / "outside"
    outside.mkdir()
    (outside / "secret.md").write_bytes(b"secret")
    (site / "away").symlink_to(outside)
    (site / "broken.md").symlink_to("../outside/nothing.md")
    before = everything(site.parent)
    with pytest.raises(WorldError, match=reason):
        apply(site, [change])
    assert everything(site.parent) == before


def test_nothing_is_written_when_a_later_change_cannot_be_made(site: Path) -> None:
    with pytest.raises(WorldError):
        apply(site, [Edit("es/1.md", None, b"hola\n"), Edit("../out.md", None, b"x")])
    assert everything(site) == {"en/1.md": b"one\n"}


def test_the_error_names_the_file_as_the_user_knows_it(site: Path) -> None:
    with pytest.raises(WorldError) as caught:
        apply(site, [Edit("en/1.md", None, b"x")])
    assert [problem.path for problem in caught.value.problems] == ["en/1.md"]
    assert caught.value.exit_code == 3


def test_a_folder_without_the_right_to_write_is_an_error_of_one_line(tmp_path: Path) -> None:
    reachable(tmp_path)
    with without_root(), pytest.raises(WorldError, match=r"1\.md: cannot be written: Permission denied"):
        apply(tmp_path, [Edit("1.md", None, b"x")])
    assert everything(tmp_path) == {}


def test_a_file_without_the_right_to_write_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "1.md").write_bytes(b"one\n")
    (tmp_path / "1.md").chmod(0o444)
    reachable(tmp_path).chmod(0o777)
    with without_root(), pytest.raises(WorldError, match="Permission denied"):
        apply(tmp_path, [Edit("1.md", b"one\n", b"x")])
    assert everything(tmp_path) == {"1.md": b"one\n"}


def test_of_many_that_create_one_file_exactly_one_wins(site: Path) -> None:
    """Each has its own copy of the site's lock refused or granted; whoever loses says so."""
    outcomes: list[str] = []

    def create(text: bytes) -> None:
        try:
            apply(site, [Edit("es/1.md", None, text)])
            outcomes.append(text.decode())
        except WorldError:
            outcomes.append("refused")

    threads = [threading.Thread(target=create, args=(b"%d" % number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [outcome for outcome in outcomes if outcome != "refused"]
    assert everything(site) == {"en/1.md": b"one\n", "es/1.md": winner.encode()}


def test_what_a_killed_run_left_behind_is_removed_by_the_next_one_but_nobody_elses_files(site: Path) -> None:
    (site / "en" / ".1.md.transtool-0badcafe.tmp").write_bytes(b"half")
    (site / "en" / ".notes.tmp").write_bytes(b"mine")
    apply(site, [Edit("en/2.md", None, b"two\n")])
    assert sorted(everything(site)) == ["en/.notes.tmp", "en/1.md", "en/2.md"]


def test_a_name_as_long_as_a_file_system_allows_can_be_written(site: Path) -> None:
    name = "é" * 126 + ".md"
    apply(site, [Edit(name, None, b"x")])
    assert (site / name).read_bytes() == b"x"


def test_a_file_system_without_hard_links_is_written_to_and_still_nothing_is_overwritten(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    apply(site, [Edit("es/1.md", None, b"hola\n")])
    with pytest.raises(WorldError, match="already exists"):
        apply(site, [Edit("es/1.md", None, b"x")])
    assert everything(site) == {"en/1.md": b"one\n", "es/1.md": b"hola\n"}


@pytest.mark.parametrize("path", ["en/1.md", "new.md", "en/../en/1.md"])
def test_a_path_inside_the_site_is_resolved(site: Path, path: str) -> None:
    assert inside(site, path) == (site / path).resolve()


KILLED = """
import os, signal, sys
from pathlib import Path
from transtool.site import folder, system
from transtool.site import write as writing
from transtool.edits import Copy, Edit

left = int(sys.argv[2])

def trace(frame, event, argument):
    global left
    if frame.f_code.co_filename not in (folder.__file__, system.__file__, writing.__file__):
        return None
    if event == "line":
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return trace

sys.settrace(trace)
writing.apply(
    Path(sys.argv[1]),
    [Edit("en/1.md", b"one\\n", b"new\\n" * 50_000),
     Edit("es/1.md", None, b"hola\\n" * 50_000), Copy("fr/1.png", "1.png")],
)
sys.settrace(None)
print(left)
"""


def run_until(site: Path, lines: int) -> subprocess.CompletedProcess[str]:
    """Run three changes in a process of their own that kills itself at the given line of `writing`."""
    return subprocess.run([sys.executable, "-c", KILLED, str(site), str(lines)], capture_output=True, text=True)


def test_a_run_killed_at_any_moment_leaves_whole_files_only(tmp_path: Path) -> None:
    """The process is really killed, each time some lines later than the last; then the run is repeated."""
    new = {"en/1.md": b"new\n" * 50_000, "es/1.md": b"hola\n" * 50_000, "fr/1.png": b"\x89PNG"}
    whole = run_until(fresh(tmp_path / "whole"), 10**6)
    lines = 10**6 - int(whole.stdout)
    assert lines > 60
    for moment in range(1, lines, 17):
        site = fresh(tmp_path / str(moment))
        assert run_until(site, moment).returncode == -signal.SIGKILL
        for path, data in everything(site).items():
            if not is_leftover(Path(path).name):
                assert data in (new.get(path), {"en/1.md": b"one\n", "1.png": b"\x89PNG"}.get(path)), (moment, path)


def fresh(site: Path) -> Path:
    (site / "en").mkdir(parents=True)
    (site / "en" / "1.md").write_bytes(b"one\n")
    (site / "1.png").write_bytes(b"\x89PNG")
    return site


def test_save_writes_anywhere_and_keeps_the_permissions(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    save(target, b"first")
    target.chmod(0o600)
    save(target, b"second")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"second", 0o600)
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_save_writes_to_a_device_without_replacing_it() -> None:
    save(Path(os.devnull), b"gone")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


@pytest.mark.parametrize("target", ["no/such/folder/report.html", "."])
def test_save_says_why_it_cannot(tmp_path: Path, target: str) -> None:
    with pytest.raises(WorldError, match="cannot be written"):
        save(tmp_path / target, b"x")
