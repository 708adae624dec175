"""A site in which nothing changed is neither read nor judged again, and what is said of it stays the same."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pages import TALKS, page
from tests.repositories import NOTE, Repository
from tests.runs import run, runs
from tests.test_startup import loaded_by
from transtool.render.json_report import render
from transtool.selection import EVERYTHING
from transtool.site import unchanged
from transtool.site.cache_file import OFF
from transtool.site.judge import judged
from transtool.site.open import Site, open_site

FILES = {
    "transtool.toml": TALKS,
    "talks/1/en/talk.md": page("title: Rain on the roof", "It rained all night on the tin roof.\n\nNobody slept.\n"),
    "talks/1/es/talk.md": page("title: Lluvia", "Llovió toda la noche sobre el tejado.\n\nNadie durmió.\n"),
    "talks/2/en/talk.md": page("title: Snow on the roof", "It snowed.\n"),
    "talks/2/es/talk.md": page("title: Nieve", "Nevó.\n"),
}
PAGE = "talks/2/es/talk.md"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A site with a source that changed after it was translated, and nothing remembered of it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    made = Repository(tmp_path / "site")
    made.commit(FILES)
    made.commit(
        {"talks/1/en/talk.md": FILES["talks/1/en/talk.md"].replace("Nobody slept.", "Nobody slept but the cat.")}
    )
    return made


def known(root: Path) -> Site:
    """The site, with what is remembered of it."""
    return open_site(root, lazily=True)


def checked(root: Path) -> str:
    """The report of a run on the site, which remembers it."""
    return render(judged(known(root), EVERYTHING))


def is_read(site: Site) -> bool:
    """Say whether the files of a site were read."""
    return "scan" in vars(site.before)


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock so fine that no two edits leave the same times."""
    monkeypatch.setattr(unchanged, "DOUBTFUL", 0)


@pytest.mark.usefixtures("settled")
def test_no_file_is_read_where_nothing_changed(repository: Repository) -> None:
    first = checked(repository.root)
    site = known(repository.root)

    assert (render(judged(site, EVERYTHING)), is_read(site)) == (first, False)


def test_files_that_were_written_just_now_are_told_by_their_bytes(repository: Repository) -> None:
    """Another edit in the same moment could leave the same times."""
    first = checked(repository.root)
    site = known(repository.root)

    assert (render(judged(site, EVERYTHING)), is_read(site)) == (first, True)
    assert site.before.seen is not None


def test_files_that_stay_the_same_for_long_enough_are_told_by_their_times(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(repository.root)
    monkeypatch.setattr(unchanged, "DOUBTFUL", 0)
    checked(repository.root)

    assert not is_read(known(repository.root))


def rewritten(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n\n", b"\n \n"))


def same_size_and_time(path: Path) -> None:
    before = path.stat()
    path.write_bytes(path.read_bytes().swapcase())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path) -> None:
    other = path.with_suffix(".new")
    other.write_bytes(path.read_bytes().swapcase())
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


def linked(path: Path) -> None:
    path.rename(path.with_suffix(".real"))
    path.symlink_to(path.with_suffix(".real").name)


EDITS: dict[str, Callable[[Path], object]] = {
    "another text": rewritten,
    "a text of the same size, with the time of the old one": same_size_and_time,
    "another file of the same size and time": replaced,
    "nothing": Path.unlink,
    "a link to what it was": linked,
    "what may not be read": lambda path: path.chmod(0),
    "a file beside it": lambda path: path.with_name("other.txt").touch(),
    "a link out of the site beside it": lambda path: path.parent.with_name("fr").symlink_to(path.parents[4]),
}


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_whatever_becomes_of_a_file_is_noticed(
    repository: Repository, edit: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(repository.root)
    time.sleep(0.02)  # the clock of file systems goes by steps
    edit(repository.root / PAGE)
    found = checked(repository.root), checked(repository.root)
    monkeypatch.setenv(OFF, "1")

    assert found == (checked(repository.root),) * 2


CHANGES: dict[str, Callable[[Repository], object]] = {
    "a commit": lambda made: made.commit(),
    "an amended commit": lambda made: made.git("commit", "-q", "--amend", "-m", "again"),
    "a comment in the configuration": lambda made: made.write({"transtool.toml": TALKS + "# more\n"}),
    "a new page": lambda made: made.write({"talks/2/fr/talk.md": page("title: Neige", "Il neigea.\n")}),
    "a dismissed change": lambda made: run("dismiss", "1", at=made.root),
    "a shallow clone": lambda made: made.write({".git/shallow": made.git("rev-parse", "HEAD~1") + "\n"}),
    "no history": lambda made: (made.root / ".git").rename(made.root / "away"),
    "another folder of the repository": lambda made: (made.root / ".git").rename(made.root.parent / ".git"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_site_that_changed_is_judged_again(
    repository: Repository, change: Callable[[Repository], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = checked(repository.root)
    change(repository)
    site = known(repository.root)
    found = render(judged(site, EVERYTHING))
    monkeypatch.setenv(OFF, "1")

    assert found == checked(repository.root)
    assert found == before or site.stages.seconds["judging"]


def test_other_settings_than_those_of_the_configuration_have_their_own_report(tmp_path: Path) -> None:
    made = Repository(tmp_path / "site")
    config = 'source = "en"\nlanguages = ["es"]\n[series.notes]\npath = "{number}/{lang}.md"\n'
    made.commit({"transtool.toml": config, "1/en.md": NOTE.format("Bus", "The bus leves at ten in the morning.")})
    made.commit({"1/es.md": NOTE.format("Autobús", "El autobús sale a las diez de la mañana.")})
    made.commit({"1/en.md": NOTE.format("Bus", "The bus leaves at ten in the morning.")})
    asked = ("check --format json", "check --format json --strict-corrections")
    first = runs(asked, at=made.root, **{OFF: None})

    assert runs(asked, at=made.root, **{OFF: None}) == first
    assert first[asked[0]].stdout != first[asked[1]].stdout


COMMANDS = (
    "check",
    "check --all",
    "check --format json",
    "check --language es",
    "check --series talks --language fr,es",
    "check --number 1",
    "check --rule stale",
    "check --severity error",
    "check --changed",
    "check --strict-corrections",
    "show 1",
    "show 1 --language es --format json",
    "show 9",
    "diff 1",
    "diff --language es --format json",
    "todo",
    "todo --language fr",
    "report --format csv",
    "report --format atom --language es",
    "report --format sarif --number 2",
)


def test_commands_say_the_same_from_memory(repository: Repository, tmp_path: Path) -> None:
    exclude = 'exclude = ["nowhere/**"]\n'
    repository.write({"transtool.toml": exclude + TALKS})
    caches = {"XDG_CACHE_HOME": str(tmp_path / "own"), OFF: None}
    without = runs(COMMANDS, at=repository.root, **{OFF: "1"})
    runs(["check"], at=repository.root, **caches)

    assert runs(COMMANDS, at=repository.root, **caches) == without
    assert "nowhere" in without["check"].stderr


def test_a_report_does_not_keep_the_folder_that_it_was_asked_for_in(repository: Repository) -> None:
    """Paths of messages are those that lead from there."""
    repository.write({"transtool.toml": 'exclude = ["nowhere/**"]\n' + TALKS})

    def said() -> list[str]:
        return [
            run("check", to, at=at).stderr for to, at in ((".", repository.root), ("..", repository.root / "talks"))
        ]

    first = said()

    assert said() == first
    assert first[0] != first[1]


def test_a_run_that_finds_nothing_changed_loads_nothing_that_reads_or_judges(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("check", at=repository.root, **{OFF: None})
    monkeypatch.chdir(repository.root)
    monkeypatch.delenv(OFF, raising=False)
    judging = {f"transtool.{name}" for name in ("assess.plan", "document", "history", "link", "segments", "staleness")}

    assert loaded_by("check", "--format", "json") & (judging | {"markdown_it", "rich.console", "yaml"}) == set()
