"""Bad input of every kind gets one clear line and the right exit code: what `docs/errors.md` says, and more."""

import errno
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.repositories import Repository
from tests.runs import COMMAND, ROOT, environment, run, runs

PAGE = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
CONFIGURATION = re.search(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]
EPISODE = "---\ntitle: One small thing\n---\n\nHello to all of you.\n"
SPANISH = "---\ntitle: Una cosa pequeña\n---\n\nHola a todos.\n"

Change = Callable[[Path], object]


def write(path: Path, content: str | bytes = EPISODE) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with three episodes, none of them translated."""
    root = tmp_path / "site"
    write(root / "transtool.toml", CONFIGURATION)
    for number in (1, 2, 3):
        write(root / f"ep-{number}" / "en" / "episode.md")
    return root


def spanish(content: str | bytes = SPANISH) -> Change:
    return lambda site: write(site / "ep-1" / "es" / "episode.md", content)


def link_out(at: str) -> Change:
    def change(site: Path) -> None:
        (site.parent / "outside").mkdir()
        shutil.rmtree(site / at, ignore_errors=True)
        (site / at).symlink_to(site.parent / "outside")

    return change


def configured(old: str, new: str) -> Change:
    def change(site: Path) -> None:
        assert old in CONFIGURATION
        write(site / "transtool.toml", CONFIGURATION.replace(old, new))

    return change


def configuration(content: str | bytes) -> Change:
    return lambda site: write(site / "transtool.toml", content)


def orphan(site: Path) -> None:
    write(site / "ep-4" / "es" / "episode.md", SPANISH)
    configured('["es"]', '["es", "fr"]')(site)


def empty(site: Path) -> None:
    for number in (1, 2, 3):
        shutil.rmtree(site / f"ep-{number}")


def committed(site: Path) -> Repository:
    spanish()(site)
    repository = Repository(site)
    repository.commit()
    return repository


def begun(site: Path) -> None:
    spanish()(site)
    Repository(site)


def shallow(site: Path) -> None:
    origin = site.with_name("origin")
    site.rename(origin)
    committed(origin).commit()
    subprocess.run(["git", "clone", "-q", "--depth", "1", origin.as_uri(), site], check=True, env=environment())


def picture(site: Path) -> None:
    (site / "ep-1" / "en" / "cover.png").mkdir()
    write(site / "ep-1" / "en" / "episode.md", EPISODE.replace("title", "img: cover.png\ntitle"))


def as_it_is(site: Path) -> None:
    assert site.is_dir()


# What the page says

SITUATIONS: dict[str, list[Change]] = {
    "Broken YAML": [spanish("---\ntitle: Uno: y más\n---\n\nHola.\n")] * 2,
    "Wrong encoding": [spanish("---\ntitle: Uno pequeño\n---\n\nHola.\n".encode("latin-1"))],
    "A path that leaves the site": [
        link_out("ep-2"),
        configured("ep-{number}/{lang}/episode.md", "../{number}/{lang}.md"),
    ],
    "Missing source": [orphan],
    "Empty site": [empty],
    "No configuration": [lambda site: (site / "transtool.toml").unlink()],
    "Bad configuration": [
        configuration(CONFIGURATION.replace("source", "sorce").replace('["es"]', '"es"')),
        configured('["es"]', ""),
    ],
    "A baseline file that is none": [lambda site: write(site / ".transtool-baseline.json", "<<<<<<< HEAD\n{}")],
    "A baseline file that is a link": [lambda site: (site / ".transtool-baseline.json").symlink_to("../profile")],
    "No repository": [spanish(), spanish()],
    "Git is not installed": [spanish()],
    "Nothing is committed": [begun],
    "A shallow clone": [shallow],
    "A reference that does not exist": [committed],
    "Unwritable target": [lambda site: write(site / "ep-1" / "es", ""), as_it_is],
    "A target outside the site": [link_out("ep-1/es")],
    "A picture that is no file": [picture],
}
ELSEWHERE = ["Output that cannot be written", "Interrupted run", "Closed pipe"]


def section(heading: str) -> str:
    level = heading.split(" ")[0]
    return re.split(rf"^#{{1,{len(level)}}} ", PAGE.partition(f"\n{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def examples() -> list[object]:
    """Every example of the page: how the site is changed, the command, what must be said, the exit code."""
    found: list[object] = []
    for heading, situations in SITUATIONS.items():
        parts = re.findall(
            r"^```console\n\$ ([^\n]+)\n(.*?)^```\n\nExit code (\d+)",
            section(f"### {heading}"),
            re.MULTILINE | re.DOTALL,
        )
        assert len(parts) == len(situations), heading
        found += [
            pytest.param(change, command, said.splitlines(), int(code), id=f"{heading}: {command}")
            for change, (command, said, code) in zip(situations, parts, strict=True)
        ]
    return found


@pytest.mark.parametrize(("change", "command", "said", "code"), examples())
def test_bad_input_gets_its_line_and_its_exit_code(
    change: Change, command: str, said: list[str], code: int, site: Path, request: pytest.FixtureRequest
) -> None:
    change(site)
    without_git = {"PATH": "/nowhere"} if "not installed" in request.node.callspec.id else {}

    done = run(*shlex.split(command)[1:], at=site, **without_git)

    printed = (done.stdout + done.stderr).splitlines()
    assert [line for line in said if line not in printed] == [], printed
    assert [line for line in done.stderr.splitlines() if line not in (*said, "failed: 1 error")] == []
    assert done.returncode == code


def test_a_mistake_in_the_command_line_gets_its_line(site: Path) -> None:
    mistakes = dict(re.findall(r"^\| `transtool ([^`]*)` \| `(.*)` \|$", PAGE, re.MULTILINE))
    apart = "check --ui-language xx"  # the language is chosen before anything else

    done = {**runs(set(mistakes) - {apart}, at=site), apart: run(*apart.split(), at=site)}

    assert len(mistakes) > 25
    assert {command: each.stderr for command, each in done.items()} == {
        command: f"{said}\n" for command, said in mistakes.items()
    }
    assert {(each.stdout, each.returncode) for each in done.values()} == {("", 2)}


def test_the_page_has_no_example_that_is_not_tried() -> None:
    headings = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)

    assert sorted(headings) == sorted([*SITUATIONS, *ELSEWHERE])


# More of each kind


def fifo(site: Path) -> None:
    (site / "ep-1" / "es").mkdir()
    os.mkfifo(site / "ep-1" / "es" / "episode.md")


def circle(site: Path) -> None:
    (site / "ep-1" / "es").symlink_to(site / "ep-2" / "es")
    (site / "ep-2" / "es").symlink_to(site / "ep-1" / "es")


def folder_for_file(site: Path) -> None:
    (site / "ep-1" / "es" / "episode.md").mkdir(parents=True)


UNREADABLE = {
    "front matter that never ends": ("---\ntitle: Uno\n\nHola.\n", "1: error: cannot be read: the front matter is not"),
    "UTF-16": ("---\ntitle: Uno\n---\n\nHola.\n".encode("utf-16"), "1: error: cannot be read: UTF-16, not UTF-8"),
    "a picture": (bytes(range(128, 256)) * 20, "1: error: cannot be read: not UTF-8"),
    "a list": ("---\n- one\n- two\n---\n\nHola.\n", "error: cannot be read: "),
    "nesting": (f"---\ntitle: {'[' * 4000}\n---\n\nHola.\n", "error: cannot be read: "),
}


@pytest.mark.parametrize(("content", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_file_is_one_finding_and_the_rest_is_judged(content: str | bytes, said: str, site: Path) -> None:
    spanish(content)(site)

    done = run("check", at=site)

    assert said in next(line for line in done.stdout.splitlines() if line.startswith("ep-1/es/episode.md:"))
    assert "ep-3/en/episode.md: warning: no Spanish translation" in done.stdout
    assert (done.stderr, done.returncode) == ("failed: 1 error\n", 1)


@pytest.mark.parametrize("change", [fifo, circle, folder_for_file, lambda site: (site / "up").symlink_to("..")])
def test_what_is_no_file_is_passed_over(change: Change, site: Path) -> None:
    change(site)

    done = run("check", at=site)

    assert done.stdout.count("warning: no Spanish translation") == 3
    assert done.returncode == ("up" in os.listdir(site))  # a link out of the site is reported


@pytest.mark.parametrize("change", [fifo, folder_for_file])
def test_what_is_no_file_is_not_overwritten(change: Change, site: Path) -> None:
    change(site)

    done = run("scaffold", "1", "--language", "es", at=site)

    said = "ep-1/es/episode.md: another file is already here; the translation was not created\nnothing to write\n"
    assert (done.stderr, done.returncode) == (said, 3)


CONFIGURATIONS = {
    "empty": ("", ["transtool.toml:1: source is missing", "transtool.toml:1: series is missing"]),
    "Latin-1": ('source = "é"\n'.encode("latin-1"), ["transtool.toml:1: not UTF-8: byte 0xe9"]),
    "nesting": (f"a = {'[' * 100_000}", ["transtool.toml: not valid TOML: it is nested too deeply"]),
    "many mistakes": (
        'source = "english language"\nlanguages = ["es", "es", 3]\nrepository = 1\n\n'
        '[series.talks]\npath = "talks/{numbr}/{lang}.md"\nsince = "four"\n\n[series.empty]\n\n'
        '[rules]\nstale = "fatal"\nstael = "error"\n\n[fields]\nlocale = {}\n',
        [f"transtool.toml:{line}: " for line in (1, 2, 3, 7, 9, 12, 13)],
    ),
}


@pytest.mark.parametrize(("content", "said"), CONFIGURATIONS.values(), ids=CONFIGURATIONS)
def test_a_bad_configuration_shows_every_mistake_with_its_line(
    content: str | bytes, said: list[str], site: Path
) -> None:
    configuration(content)(site)

    done = runs(["check", "config"], at=site)

    lines = done["check"].stderr.splitlines()
    assert [each for each in said if not any(line.startswith(f"transtool: {each}") for line in lines)] == [], lines
    assert all(line.startswith("transtool: transtool.toml:") for line in lines)
    assert (done["check"].stdout, done["check"].returncode) == ("", 2)
    assert done["config"] == done["check"]


def test_a_configuration_with_a_byte_order_mark_and_windows_line_ends_is_read(site: Path) -> None:
    configuration(b"\xef\xbb\xbf" + CONFIGURATION.replace("\n", "\r\n").encode())(site)

    done = run("config", at=site)

    assert (done.stderr, done.returncode) == ("transtool.toml is fine: episodes\n", 0)


def test_a_series_without_files_is_pointed_out_beside_one_that_has_some(site: Path) -> None:
    configuration(f'{CONFIGURATION}\n[series.briefs]\npath = "brief-{{number}}/{{lang}}.md"\n')(site)

    done = run("check", at=site)

    said = "transtool.toml: no file of the site matches the path of series briefs: brief-{number}/{lang}.md\n"
    assert (done.stderr, done.returncode) == (said, 0)


def test_a_pin_that_no_translation_has_is_pointed_out(site: Path) -> None:
    configuration(f'{CONFIGURATION}\n[pin]\nfield = ["maed_from", "commit"]\nkind = "commit"\n')(site)
    spanish()(site)

    done = run("check", at=site)

    assert "transtool.toml: no translation has the pin maed_from, commit" in done.stderr.splitlines()
    assert done.returncode == 0


def test_every_command_says_that_there_is_no_configuration(site: Path) -> None:
    (site / "transtool.toml").unlink()
    reading = ["check", "show 1", "diff 1", "todo", "report", "config"]
    writing = ["scaffold --missing", "scaffold 1 --language es --dry-run", "stamp 1", "stamp --all-current"]

    done = runs([*reading, *writing], at=site)

    start = "transtool: .: no transtool.toml here or in any folder above (`transtool init`"
    assert [command for command, each in done.items() if not each.stderr.startswith(start)] == []
    assert {(each.stdout, each.stderr.count("\n"), each.returncode) for each in done.values()} == {("", 1, 2)}


@pytest.mark.parametrize("output", [".", "ep-1/en/episode.md/report", "missing/report"])
def test_a_report_that_cannot_be_written_is_no_report(output: str, site: Path) -> None:
    done = run("report", "--format", "json", "--output", output, at=site)

    assert done.stderr.startswith(f"transtool: {output}: cannot be written: ")
    assert (done.stdout, done.stderr.count("\n"), done.returncode) == ("", 1, 3)


def test_a_file_name_that_is_not_utf_8_is_shown_and_not_lost(site: Path) -> None:
    configured("{number}", "{key}")(site)
    write(Path(os.fsdecode(os.fsencode(site) + b"/ep-\xff/en/episode.md")))

    done = [run(*command, at=site) for command in (["check"], ["report", "-f", "json"], ["scaffold", "--missing"])]

    assert "ep-\\xff/en/episode.md: warning: no Spanish translation" in done[0].stdout
    assert [(each.returncode, "Traceback" in each.stderr) for each in done] == [(0, False)] * 3
    assert os.listdir(os.fsencode(site) + b"/ep-\xff/es") == [b"episode.md"]


@pytest.mark.parametrize("cache", ["/dev/null/nowhere", "relative", ""])
def test_nobody_notices_a_cache_that_cannot_be_written(cache: str, site: Path) -> None:
    spanish()(site)

    done = run("check", at=site, XDG_CACHE_HOME=cache, HOME="/dev/null")

    assert (done.stderr, done.returncode) == ("git: the site is not in a git repository\n", 0)


# Interruptions, pipes and terminals


def start(*arguments: str, at: Path, stdout: int = subprocess.PIPE, **changes: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=at,
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def stop(process: subprocess.Popen[str], how: signal.Signals) -> str:
    """Stop a run and return what it says. Python does not hear a signal that comes between two reads: insist."""
    while True:
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):  # long enough not to disturb a run that is stopping already
            return process.communicate(timeout=20)[1]


def test_a_run_that_is_interrupted_while_it_reads_ends_with_130(site: Path) -> None:
    """Git is replaced by a program that says it has begun, and never ends."""
    spanish()(site)
    (site / ".git").mkdir()
    said_so = site / "begun"
    os.mkfifo(said_so)
    git = site / "bin" / "git"
    write(git, f"#!/bin/sh\necho begun > '{said_so}'\nexec sleep 3600\n")
    git.chmod(0o755)

    reading = start("check", at=site, PATH=f"{git.parent}{os.pathsep}{os.environ['PATH']}")
    try:
        assert said_so.read_text() == "begun\n"
        said = stop(reading, signal.SIGINT)
    finally:
        with suppress(ProcessLookupError):  # all of them have ended already, as they should
            os.killpg(reading.pid, signal.SIGKILL)

    assert (said, reading.returncode) == ("transtool: interrupted\n", 130)


@pytest.mark.parametrize(("how", "said"), [(signal.SIGINT, "transtool: interrupted\n"), (signal.SIGKILL, "")])
def test_a_run_that_is_stopped_while_it_writes_leaves_only_whole_files(
    how: signal.Signals, said: str, site: Path
) -> None:
    """The picture beside episode 2 is so large that the run is stopped while it copies it."""
    picture = site / "ep-2" / "en" / "picture.png"
    write(picture, "half of a picture")
    os.truncate(picture, 4 << 30)
    write(site / "ep-2" / "en" / "episode.md", EPISODE.replace("title", "img: picture.png\ntitle"))

    writing = start("scaffold", "--missing", at=site)
    try:
        while not any(path.stat().st_size for path in site.glob("ep-2/es/.*.tmp")):
            assert writing.poll() is None
        printed = stop(writing, how)
    finally:
        writing.kill()

    assert (printed, writing.returncode) == (f"wrote ep-1/es/episode.md\n{said}", 130 if how is signal.SIGINT else -how)
    whole = [path for path in site.glob("ep-*/es/*") if not path.name.endswith(".tmp")]
    assert [path.relative_to(site).as_posix() for path in whole] == ["ep-1/es/episode.md"]
    assert whole[0].read_text().endswith("Hello to all of you.\n")
    picture.unlink()
    write(picture, "a picture")
    assert run("scaffold", "--missing", at=site).returncode == 0
    there = ["ep-1/es/episode.md", "ep-2/es/episode.md", "ep-2/es/picture.png", "ep-3/es/episode.md"]
    assert sorted(path.relative_to(site).as_posix() for path in site.glob("ep-*/es/*")) == there


@pytest.mark.parametrize("command", [["report", "--format", "json"], ["check"], ["scaffold", "--missing", "--dry-run"]])
def test_a_reader_that_stops_early_ends_a_run_quietly(command: list[str], site: Path) -> None:
    for number in range(4, 400):  # more than a pipe holds
        write(site / f"ep-{number}" / "en" / "episode.md", EPISODE * 3)

    writing = start(*command, at=site)
    assert writing.stdout is not None
    assert writing.stdout.readline()
    writing.stdout.close()
    assert writing.stderr is not None

    assert (writing.stderr.read(), writing.wait()) == ("", 0)
    writing.stderr.close()


@pytest.mark.parametrize("command", [["check"], ["show", "1"], ["--version"], ["config", "--schema", "config"]])
def test_a_reader_that_has_gone_ends_a_run_quietly(command: list[str], site: Path) -> None:
    read, written = os.pipe()
    os.close(read)

    done = subprocess.run([*COMMAND, *command], cwd=site, env=environment(), stdout=written, stderr=subprocess.PIPE)

    os.close(written)
    assert (done.stderr, done.returncode) == (b"", 0)


@pytest.mark.parametrize("command", ["check", "report --format html", "--version", "scaffold --missing --dry-run"])
def test_output_that_finds_no_room_is_said(command: str, site: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, *command.split()], cwd=site, env=environment(), stdout=full, stderr=subprocess.PIPE, text=True
        )

    assert done.stderr.splitlines() == [
        line for line in section("### Output that cannot be written").splitlines() if line.startswith("transtool: ")
    ]
    assert done.returncode == 3


@pytest.mark.parametrize(
    ("closed", "said", "code"),
    [
        ("<&-", "", 0),
        (">&-", f"transtool: the output cannot be written: {os.strerror(errno.EBADF)}\n", 3),
        ("2>&-", "", 0),
    ],
)
def test_a_run_does_without_a_stream_that_is_closed(closed: str, said: str, code: int, site: Path) -> None:
    done = subprocess.run(
        f"{shlex.join(COMMAND)} check {closed}", shell=True, cwd=site, env=environment(), capture_output=True, text=True
    )

    assert (done.stderr, done.returncode) == (said, code)


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "LANGUAGE": None},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "xx_YY.KOI8-R"},
    ],
    ids=str,
)
def test_what_goes_into_a_pipe_is_utf_8_whatever_the_locale(locale: dict[str, str | None], site: Path) -> None:
    spanish()(site)

    shown = run("show", "1", at=site, **locale)
    asked = run("show", "ñ", at=site, **locale)

    assert "Una cosa pequeña" in shown.stdout
    assert (shown.stderr, shown.returncode) == ("", 0)
    assert asked.stderr.startswith("transtool: there is no episode ")
    assert asked.returncode == 2


def test_a_terminal_that_knows_ascii_only_gets_nothing_else(site: Path) -> None:
    spanish()(site)
    terminal, its_end = pty.openpty()

    done = subprocess.run(
        [*COMMAND, "show", "1"],
        cwd=site,
        env=environment(PYTHONIOENCODING="ascii", TERM="xterm", COLUMNS="80"),
        stdin=subprocess.DEVNULL,
        stdout=its_end,
        stderr=subprocess.PIPE,
    )
    os.close(its_end)
    printed = os.read(terminal, 100_000)
    os.close(terminal)

    assert (done.stderr, done.returncode) == (b"", 0)
    assert b"Una cosa peque?a" in printed
    assert printed.isascii()
