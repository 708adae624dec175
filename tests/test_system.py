"""Windows and macOS, as far as one machine can tell: what they lack is taken away (`other_systems`)."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.other_systems import SYSTEMS, command
from tests.repositories import Repository
from tests.runs import COMMAND, ROOT, environment
from transtool.site import system

CONFIG = """source = "en"
languages = ["es", "de"]
[series.talks]
path = "{lang}/talks/{number}.md"
[fields.local]
lang = "{lang}"
"""
SOURCE = (
    "---\ntitle: The talk\ndate: 2024-01-02\nlang: en\n---\n\nA first paragraph → with an arrow.\n\nA second one.\n"
)
SPANISH = "---\ntitle: La charla\ndate: 2023-01-02\nlang: es\n---\n\nUn primer párrafo → con flecha.\n\nY otro más.\n"
EDITED = SOURCE.replace("A second one.", "A second paragraph, which says something that is quite different now.")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    repository = Repository(tmp_path / "site")
    repository.commit({"transtool.toml": CONFIG, "en/talks/7.md": SOURCE, "es/talks/7.md": SPANISH})
    repository.commit({"en/talks/7.md": EDITED})
    return repository.root


def run(start: tuple[str, ...], *arguments: str, at: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    variables = environment(XDG_CACHE_HOME=str(at.parent / "cache"), **changes)
    return subprocess.run([*start, *arguments], cwd=at, env=variables, stdin=subprocess.DEVNULL, capture_output=True)


def contents(site: Path) -> dict[str, bytes]:
    return {str(path.relative_to(site)): path.read_bytes() for path in site.rglob("*.md")}


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_report_is_the_same_everywhere(name: str, site: Path) -> None:
    for _ in ("first run", "with what the first one remembered"):
        here, there = (run(start, "check", "--format", "json", at=site) for start in (COMMAND, command(name)))
        assert json.loads(there.stdout)["episodes"][0]["translations"]["es"]["status"] == "stale"
        assert (there.stdout, there.stderr, there.returncode) == (here.stdout, here.stderr, here.returncode)


@pytest.mark.parametrize("name", SYSTEMS)
def test_files_are_written_the_same_everywhere(name: str, site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    subprocess.run(["git", "clone", "-q", str(site), str(other)], check=True, env=environment())
    commands = (
        "scaffold --missing",
        "sync --all",
        "stamp 7 --language es --yes",
        "check --write-baseline",
        "report -o r.html",
    )
    for arguments in map(str.split, commands):
        here, there = run(COMMAND, *arguments, at=site), run(command(name), *arguments, at=other)
        assert (there.stdout, there.stderr, there.returncode) == (here.stdout, here.stderr, here.returncode)
        assert there.stderr.count(b"wrote") == here.stderr.count(b"wrote")

    assert contents(other) == contents(site)
    assert "de/talks/7.md" in contents(other)
    assert not list(other.rglob("*.tmp"))


@pytest.mark.parametrize("name", SYSTEMS)
def test_one_run_at_a_time_writes_to_a_site_everywhere(name: str, site: Path) -> None:
    holder = (
        "from pathlib import Path; from transtool.site.lock import locked\n"
        "with locked(Path()):\n    print('held', flush=True); input()\n"
    )
    start = (sys.executable, "-c", SYSTEMS[name] + holder)
    with subprocess.Popen(
        start, cwd=site, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        refused = run(command(name), "sync", "--all", at=site, TRANSTOOL_LOCK_PATIENCE="0")
        process.communicate("\n")

    assert (b"another transtool is writing" in refused.stderr, refused.returncode) == (True, 3)
    assert run(command(name), "sync", "--all", at=site, TRANSTOOL_LOCK_PATIENCE="0").returncode == 0


LOCALES = {
    "a console of Windows": {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
    "no locale": {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.mark.parametrize("variables", LOCALES.values(), ids=list(LOCALES))
def test_what_is_said_is_utf8_whatever_the_locale(variables: dict[str, str], site: Path) -> None:
    for arguments in (
        "diff 7",
        "check",
        "show 7",
        "--help",
        "stamp nonsense",
        "diff 7 --ui-language ja",
        "--help --ui-language ja",
    ):
        here, there = (run(COMMAND, *arguments.split(), at=site, **each) for each in ({}, variables))
        assert (there.stdout, there.stderr, there.returncode) == (here.stdout, here.stderr, here.returncode), arguments


@pytest.mark.parametrize("variables", LOCALES.values(), ids=list(LOCALES))
def test_files_are_utf8_whatever_the_locale(variables: dict[str, str], site: Path) -> None:
    run(COMMAND, "scaffold", "--missing", at=site, **variables)
    run(COMMAND, "check", "--format", "markdown", "--output", "r.md", "--ui-language", "ja", at=site, **variables)

    assert "→ with an arrow" in (site / "de/talks/7.md").read_text("utf-8")
    assert "翻訳" in (site / "r.md").read_text("utf-8")


@pytest.mark.parametrize("arguments", ["check", "diff 7", "todo"])
def test_a_checkout_with_other_line_ends_gets_the_same_verdicts(arguments: str, site: Path, tmp_path: Path) -> None:
    crlf = tmp_path / "crlf"
    clone = ["git", "clone", "-q", "-c", "core.autocrlf=true", str(site), str(crlf)]
    subprocess.run(clone, check=True, env=environment())
    assert b"\r\n" in (crlf / "en/talks/7.md").read_bytes()

    here, there = (run(COMMAND, *arguments.split(), "--format", "json", at=each) for each in (site, crlf))
    assert json.loads(there.stdout) == json.loads(here.stdout)


def test_only_one_module_names_what_not_all_systems_have() -> None:
    foreign = {
        path.relative_to(ROOT).as_posix(): sorted(set(named) & NOT_EVERYWHERE)
        for path in (ROOT / "transtool").rglob("*.py")
        if path != Path(system.__file__)
        for named in [names(ast.parse(path.read_text("utf-8")))]
    }

    assert {path: found for path, found in foreign.items() if found} == {}


MODULES = "crypt curses fcntl grp msvcrt posix pty pwd resource syslog termios tty winreg winsound _winapi"
OF_OS = (
    "chown chroot ctermid fchmod fchown fchdir fork forkpty getegid geteuid getgid getgroups getloadavg getpgid "
    "getpgrp getppid getuid initgroups killpg lchown lockf memfd_create mkfifo mknod nice pathconf pipe2 "
    "posix_spawn pread preadv pwrite sched_getaffinity sched_setaffinity sendfile setsid setuid startfile "
    "statvfs uname wait3 wait4 waitid waitpid O_ASYNC O_BINARY O_CLOEXEC O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_PATH "
    "supports_dir_fd supports_effective_ids"
)
OTHERS = (
    "SIGALRM SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 SIGUSR2 pthread_sigmask sigwait setitimer alarm poll epoll kqueue "
    "POLLIN process_group start_new_session pass_fds preexec_fn creationflags platform CDLL WinDLL"
)
NOT_EVERYWHERE = {*MODULES.split(), *OF_OS.split(), *OTHERS.split()}


def names(tree: ast.AST) -> Iterator[str]:
    """Give the modules that are imported, the attributes that are read of those that differ, and keywords."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=found):
                yield from (each.name.partition(".")[0] for each in found)
            case ast.ImportFrom(module=str(module), names=found, level=0):
                yield module.partition(".")[0]
                if module in ("os", "sys", "signal", "select", "ctypes"):
                    yield from (each.name for each in found)
            case ast.Attribute(value=ast.Name(id="os" | "sys" | "signal" | "select" | "subprocess"), attr=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case ast.Call(
                func=ast.Name(id="getattr" | "hasattr"), args=[ast.Name(), ast.Constant(value=str(name)), *_]
            ):
                yield name
