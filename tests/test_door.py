"""Everything that is written goes through one door: no link of a repository leads a write anywhere."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.runs import run
from transtool import config
from transtool.edits import Copy, Edit
from transtool.errors import WorldError
from transtool.site.folder import Folder, LinkInTheWay
from transtool.site.scan import scan
from transtool.site.system import HANDLES
from transtool.site.write import append, attempt, keep, possible, put, save, save_all

CONFIGURATION = """source = "en"
languages = ["es"]
[series.walks]
path = "walks/{number}/{lang}/page.md"
"""
PAGE = "---\ntitle: Along the canal\n---\n\nWe start at the lock.\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder outside of the site, with a file that is precious."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "precious").write_text("precious\n")
    return folder


@pytest.fixture
def site(tmp_path: Path, outside: Path) -> Path:
    root = tmp_path / "site"
    (root / "walks" / "1" / "en").mkdir(parents=True)
    (root / "walks" / "1" / "en" / "page.md").write_text(PAGE)
    (root / "transtool.toml").write_text(CONFIGURATION)
    return root


def is_untouched(outside: Path) -> bool:
    return {path.name: path.read_text() for path in outside.iterdir()} == {"precious": "precious\n"}


# Links of the repository

LINKS = {
    "a baseline file": (".transtool-baseline.json", "../outside/precious", "check --write-baseline"),
    "a baseline file that is not there yet": (".transtool-baseline.json", "../outside/new", "check --write-baseline"),
    "a baseline file inside": (".transtool-baseline.json", "walks/1/en/page.md", "check --write-baseline"),
    "a badge": ("badges/es.svg", "../../outside/precious", "report --format badge --output badges"),
    "a badge that is not there yet": ("badges/es.svg", "../../outside/new", "report -f badge --output badges"),
    "a badge on a device": ("badges/es.svg", "/dev/null", "report --format badge --output badges"),
    "a folder of badges": ("badges", "../outside", "report --format badge --output badges"),
    "a report": ("report.html", "../outside/precious", "report --output report.html"),
    "a folder of reports": ("public", "../outside", "report --output public/new.html"),
    "a way up": ("public", "..", "report --output public/outside/precious --format csv"),
    "a way by another link": ("public", "walks/out", "report --output public/precious --format csv"),
    "a report on a device": ("report.json", "/dev/full", "report --output report.json"),
}


@pytest.mark.parametrize(("link", "goal", "command"), LINKS.values(), ids=LINKS)
def test_no_link_of_a_site_leads_a_write_anywhere(
    link: str, goal: str, command: str, site: Path, outside: Path
) -> None:
    (site / "badges").mkdir()
    (site / "walks" / "out").symlink_to(outside)
    if link == "badges":
        (site / "badges").rmdir()
    (site / link).symlink_to(goal)

    done = run(*command.split(), at=site)

    assert done.returncode == 3
    assert f"{Path(link).name} is a link, which is not followed; nothing was written" in done.stderr
    assert done.stderr.count("\n") == 1
    assert is_untouched(outside)
    assert (site / "walks" / "1" / "en" / "page.md").read_text() == PAGE


def test_none_of_several_badges_is_written_where_one_is_a_link(site: Path, outside: Path) -> None:
    (site / "badges").mkdir()
    (site / "badges" / "es.svg").symlink_to(outside / "precious")

    run("report", "--format", "badge", "--output", "badges", at=site)

    assert os.listdir(site / "badges") == ["es.svg"]


def test_a_cache_inside_a_site_is_not_led_out(site: Path, outside: Path) -> None:
    (site / ".cache").symlink_to(outside)
    (site / "walks" / "1" / "es").mkdir()
    (site / "walks" / "1" / "es" / "page.md").write_text(PAGE.replace("lock", "puente"))

    done = run("check", at=site, XDG_CACHE_HOME=str(site / ".cache"))

    assert done.returncode == 0
    assert is_untouched(outside)


def test_a_configuration_that_is_a_link_is_that_of_the_folder_it_stands_in(site: Path, outside: Path) -> None:
    (site / "transtool.toml").rename(site.parent / "transtool.toml")
    (site / "transtool.toml").symlink_to("../transtool.toml")
    (site.parent / "walks" / "1" / "en").mkdir(parents=True)
    (site.parent / "walks" / "1" / "en" / "page.md").write_text(PAGE)

    assert run("scaffold", "--missing", at=site).returncode == 0

    assert (site / "walks" / "1" / "es" / "page.md").exists()
    assert not (site.parent / "walks" / "1" / "es").exists()


@pytest.mark.parametrize("path", [".git/hooks/1.es.md", ".GIT/hooks/1.es.md", "sub/.git/1.es.md", "git~1/1.es.md"])
def test_nothing_is_written_into_the_folder_of_git(path: str, site: Path) -> None:
    (site / path).parent.mkdir(parents=True)
    (site / "es").symlink_to(Path(path).parent)

    for way in (path, "es/1.es.md"):
        left = attempt(site, [Edit(way, None, b"x")]).left
        assert "leads out of the site" in str(left[0]), way

    with pytest.raises(WorldError, match="leads out of the site"):
        put(site, ".git/config", b"x")


# Links of people


def test_a_report_goes_through_links_of_people(site: Path, outside: Path) -> None:
    (site.parent / "mine").symlink_to(outside)
    (outside / "report.csv").symlink_to("precious")

    assert run("report", "--output", "../mine/report.csv", at=site).returncode == 0

    assert (outside / "report.csv").is_symlink()
    assert (outside / "precious").read_text() != "precious\n"


def test_a_site_may_lie_behind_a_link(site: Path) -> None:
    (site.parent / "work").symlink_to("site")

    done = run("check", "--write-baseline", at=site.parent / "work")
    report = run("report", "--output", str(site.parent / "work" / "report.html"), at=site.parent)

    assert (done.returncode, report.returncode) == (0, 2)  # there is no site where the second one runs
    assert run("report", "work", "--output", "work/report.html", at=site.parent).returncode == 0
    assert (site / "report.html").is_file()


def test_a_loop_of_links_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    with pytest.raises(WorldError, match="is a link"):
        save(tmp_path / "a", b"x")


def test_folders_are_made_where_that_is_asked_for(tmp_path: Path) -> None:
    keep(tmp_path / "one" / "two" / "file", b"x")
    put(tmp_path, "three/four/file", b"y")

    assert [(tmp_path / name).read_bytes() for name in ("one/two/file", "three/four/file")] == [b"x", b"y"]


def test_a_pipe_that_people_name_is_written_to(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    save(tmp_path / "pipe", b"x")

    assert os.read(reader, 10) == b"x"
    os.close(reader)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/null")])
def test_what_is_no_file_is_not_replaced(make: object, tmp_path: Path) -> None:
    make(tmp_path / "es.svg")

    with pytest.raises(WorldError, match=r"es\.svg: "):
        save_all(tmp_path, {"de.svg": b"x", "es.svg": b"x"})
    with pytest.raises(WorldError, match=r"es\.svg: "):
        put(tmp_path, "es.svg", b"x")

    assert os.listdir(tmp_path) == ["es.svg"]


def test_a_summary_is_added_to_but_not_through_a_link_of_a_site(site: Path, outside: Path) -> None:
    append(outside / "summary", b"one\n")
    append(outside / "summary", b"two\n")
    (site / "summary").symlink_to(outside / "precious")

    assert (outside / "summary").read_bytes() == b"one\ntwo\n"
    with pytest.raises(WorldError, match="is a link"):
        append(site / "summary", b"x")


def test_what_killed_writes_left_is_swept_once_it_is_old(tmp_path: Path) -> None:
    names = [".report.html.transtool-0badcafe.tmp", ".report.html.transtool-0ddba11.tmp", ".other.transtool-01.tmp"]
    for name in names:
        (tmp_path / name).touch()
    for name in (names[0], names[2]):
        os.utime(tmp_path / name, (time.time() - 7200,) * 2)

    save(tmp_path / "report.html", b"x")

    assert sorted(os.listdir(tmp_path)) == sorted([*names[1:], "report.html"])


# Folders that become links meanwhile

SWAPPING = """
import ctypes, sys
folder, link = (name.encode() for name in sys.argv[1:])
exchange = ctypes.CDLL(None).renameat2
assert exchange(-100, folder, -100, link, 2) == 0, "no RENAME_EXCHANGE"
print(flush=True)
while True:
    exchange(-100, folder, -100, link, 2)
"""


@contextmanager
def swapped(folder: Path, outside: Path) -> Iterator[None]:
    """Let another process swap `folder` for a link to `outside` and back, as fast as it can, until the block ends."""
    link = folder.with_name("link")
    link.symlink_to(outside)
    command = [sys.executable, "-c", SWAPPING, str(folder), str(link)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two names at once")
def test_a_folder_that_is_swapped_for_a_link_leads_nothing_out(site: Path, outside: Path) -> None:
    (outside / "old.md").write_text("old\n")
    (outside / "secret.png").write_text("secret\n")
    (site / "es").mkdir()
    (site / "es" / "old.md").write_text("old\n")
    done: list[object] = []

    with swapped(site / "es", outside):
        for number in range(400):
            changes = [
                Edit(f"es/{number}.md", None, b"new"),
                Edit(f"es/deep/{number}.md", None, b"new"),
                Edit("es/old.md", b"old\n", b"old\n"),
                Copy(f"{number}.png", "es/secret.png"),
            ]
            done += attempt(site, changes).done
            for path in (f"es/{number}.txt", "es/deep/x"):
                try:
                    put(site, path, b"x")
                    keep(site / path, b"x")
                    save(site / path, b"x")
                    save_all(site / "es", {f"{number}.svg": b"x"})
                except WorldError:
                    continue

    assert done
    assert sorted(os.listdir(outside)) == ["old.md", "precious", "secret.png"]
    assert (outside / "old.md").read_text() == "old\n"
    assert not list(site.glob("*.png"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges two names at once")
def test_a_folder_that_is_swapped_for_a_link_is_not_read(site: Path, outside: Path) -> None:
    configuration = config.parse(CONFIGURATION.encode(), "transtool.toml")
    (site / "walks" / "1" / "es").mkdir()
    (site / "walks" / "1" / "es" / "page.md").write_text(PAGE)
    (outside / "page.md").write_text("secret")

    with swapped(site / "walks" / "1" / "es", outside):
        read = [data for _ in range(400) for _, data in scan(site, configuration).files]

    assert set(read) == {PAGE.encode()}


# One bad thing


def test_of_many_changes_those_are_made_that_can_be(site: Path, outside: Path) -> None:
    (site / "away").symlink_to(outside)
    (site / "file").touch()
    (site / "folder.png").mkdir()
    os.mkfifo(site / "pipe.png")
    (site / "nowhere.png").symlink_to("nothing")
    (site / "loop.png").symlink_to("loop.png")
    bad = [
        Edit("away/1.md", None, b"x"),
        Edit("file/1.md", None, b"x"),
        Edit("transtool.toml", b"something else", b"x"),
        *(Copy(f"es/{name}.png", f"{name}.png") for name in ("folder", "pipe", "nowhere", "loop", "away/precious")),
        Edit("../out.md", None, b"x"),
        Edit("a\0b", None, b"x"),
    ]
    good = [Edit("es/1.md", None, b"hola"), Edit("es/2.md", None, b"hola")]
    mixed = [good[0], *bad, good[1]]

    told = possible(site, mixed)
    outcome = attempt(site, mixed)

    assert told == outcome
    assert outcome.done == tuple(good)
    assert len(outcome.left) == len(bad)
    assert sorted(os.listdir(site / "es")) == ["1.md", "2.md"]
    assert is_untouched(outside)


ASSETS = {
    "a folder": os.mkdir,
    "a pipe": os.mkfifo,
    "a link to nowhere": lambda path: path.symlink_to("nothing"),
    "a loop": lambda path: path.symlink_to(path.name),
    "a link out": lambda path: path.symlink_to("../../../../outside/precious"),
    "a link into git": lambda path: path.symlink_to("../../../.git/config"),
}


@pytest.mark.parametrize("make", ASSETS.values(), ids=ASSETS)
def test_one_bad_asset_is_a_note_and_the_rest_is_written(make: object, site: Path) -> None:
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("password")
    (site / "walks" / "2" / "en").mkdir(parents=True)
    (site / "walks" / "2" / "en" / "page.md").write_text(PAGE.replace("title", "img: cover.png\nicon: icon.png\ntitle"))
    (site / "walks" / "2" / "en" / "icon.png").write_text("icon")
    make(site / "walks" / "2" / "en" / "cover.png")

    tried = run("scaffold", "--missing", "--dry-run", at=site)
    done = run("scaffold", "--missing", at=site)

    note = "walks/2/es/cover.png: not copied: walks/2/en/cover.png is no file of the site that can be read\n"
    assert (tried.stderr, tried.returncode) == (note + "in all: 3 files to write, 1 left\n", 3)
    assert note in done.stderr
    assert done.returncode == 3
    written = sorted(str(path.relative_to(site)) for path in site.glob("walks/*/es/*"))
    assert written == ["walks/1/es/page.md", "walks/2/es/icon.png", "walks/2/es/page.md"]
    assert tried.stdout.count("\n+++ b/") == 2


# The folder itself, with and without handles


@pytest.fixture(params=[pytest.param(True, marks=pytest.mark.skipif(not HANDLES, reason="no handles here")), False])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    (tmp_path / "below").mkdir()
    (tmp_path / "file").write_text("text")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "way").symlink_to("below")
    os.mkfifo(tmp_path / "pipe")
    with Folder.at(tmp_path, handles=request.param) as opened:
        yield opened


def test_a_folder_gives_reads_and_names_its_own_files(folder: Folder) -> None:
    with folder.create("new", 0o600) as file:
        file.write(b"one")
    folder.publish("new", "other")
    folder.replace("new", "file")
    folder.flush()

    assert [folder.read(name) for name in ("file", "other")] == [b"one", b"one"]
    assert sorted(folder.names()) == ["below", "file", "link", "other", "pipe", "way"]
    assert folder.status("new") is None
    assert folder.may_write("file")
    folder.remove("other")
    folder.remove("other")
    assert "other" not in folder.names()


def test_a_folder_is_walked_from_and_made(folder: Folder) -> None:
    with folder.walk(["below", "one", "two"], mode=0o777) as deep, deep.extend("file") as file:
        file.write(b"deep")
    with folder.walk(["below", "one", "two"]) as again:
        assert again.read("file") == b"deep"


@pytest.mark.parametrize(
    "act",
    [
        lambda folder: folder.read("link"),
        lambda folder: folder.extend("link"),
        lambda folder: folder.walk(["way"]),
        lambda folder: folder.walk(["way", "deep"], mode=0o777),
    ],
)
def test_a_folder_follows_no_link(act: object, folder: Folder) -> None:
    with pytest.raises(LinkInTheWay):
        act(folder)


@pytest.mark.parametrize("name", ["pipe", "below", "nothing", "", ".", "..", "a/b", "below/../file", "a\0b"])
def test_a_folder_reads_no_path_and_nothing_but_files(name: str, folder: Folder) -> None:
    with pytest.raises(OSError, match=r".") as caught:
        folder.read(name)
    assert not isinstance(caught.value, LinkInTheWay)


def test_a_folder_overwrites_nothing_unasked(folder: Folder) -> None:
    with pytest.raises(FileExistsError):
        folder.create("file", 0o600)
    with folder.create("new", 0o600):
        pass
    with pytest.raises(FileExistsError):
        folder.publish("new", "link")


def test_there_is_no_folder_where_there_is_none(tmp_path: Path) -> None:
    for handles in {HANDLES, False}:
        with pytest.raises(OSError, match=r"No such|Not a directory"):
            Folder.at(tmp_path / "nothing", handles=handles)
